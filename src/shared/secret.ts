/** Names of variables that hold secrets as a rule. Words are cut at `_`, so that GIT_AUTHOR_NAME is none. */
const SECRET_NAME =
  /(^|_)(pass|auth|cookie|dsn|key)$|passw(or)?d|passphrase|secret|token|credential|(api|access|private|session)_?key/i;

/** `user:password@` of a URL. */
const URL_PASSWORD = /(\b[a-z][a-z0-9+.-]*:\/\/[^\s/:@]*):[^\s/@]+@/gi;

const HIDDEN = '********';

/** The value of a variable as people may see it: whole, or with what looks like a secret hidden. */
export function concealSecret(name: string, value: string): string {
  if (SECRET_NAME.test(name) && value !== '') return HIDDEN;
  return value.replace(URL_PASSWORD, `$1:${HIDDEN}@`);
}
