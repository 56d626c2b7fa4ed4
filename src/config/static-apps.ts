import type { DeclaredApp } from './definition-shape.ts';
import { type Finding, mismatch, show } from './findings.ts';
import { anything, flag, type Kind, text, wholeNumber } from './kinds.ts';
import { didYouMean } from './nearest-word.ts';
import { staticServerScript } from './static-server-script.ts';

type Fields = Readonly<Record<string, unknown>>;

interface Login {
  readonly username: string;
  readonly password: string;
}

const login: Kind<Login> = {
  expects: 'an object with username and password',
  secret: true,
  parse(value) {
    const { username, password } = (typeof value === 'object' && value !== null ? value : {}) as Fields; // of unknown values
    const isLogin = typeof username === 'string' && typeof password === 'string' && username !== '' && password !== '';
    return isLogin ? { value: { username, password } } : { rule: login.expects };
  },
};

/** Keys of an entry of `static`, by the variable of the static server that says the same. */
const keys: Readonly<Record<string, { readonly kind: Kind<unknown>; readonly variable?: string }>> = {
  name: { kind: text },
  port: { kind: wholeNumber(1, 65_535), variable: 'PM2_SERVE_PORT' },
  host: { kind: text, variable: 'PM2_SERVE_HOST' },
  path: { kind: text, variable: 'PM2_SERVE_PATH' },
  directory: { kind: text, variable: 'PM2_SERVE_PATH' },
  spa: { kind: flag, variable: 'PM2_SERVE_SPA' },
  ftp: { kind: flag, variable: 'PM2_SERVE_FTP' },
  basic_auth: { kind: login },
  monitor: { kind: anything },
};

const DEFAULT_PORT = 8080;

/** The entries of `static`, each as the app that serves that folder: `static-page-server-<port>`, unless it has a name. */
export function staticApps(entries: unknown, found: Finding[]): DeclaredApp[] {
  if (!Array.isArray(entries)) {
    found.push({ at: 'static', says: `must be a list of folders to serve; got ${show(entries)}` });
    return [];
  }
  return entries.map((entry: unknown, index) => {
    const at = `static[${index}]`;
    const isObject = typeof entry === 'object' && entry !== null && !Array.isArray(entry);
    if (!isObject) found.push({ at, says: `must be an object with "path" and "port"; got ${show(entry)}` });
    return { at, fields: appOf(readEntry(isObject ? entry : {}, at, found)) };
  });
}

function readEntry(entry: object, at: string, found: Finding[]): Map<string, unknown> {
  const values = new Map<string, unknown>();
  for (const [name, value] of Object.entries(entry)) {
    const key = Object.hasOwn(keys, name) ? keys[name] : undefined;
    const parsed = key?.kind.parse(value);
    if (!key || !parsed) {
      const says = `is not a key of a folder to serve.${didYouMean(name, Object.keys(keys))}`;
      found.push({ at: `${at}.${name.slice(0, 80)}`, says });
    } else if ('value' in parsed) values.set(name, parsed.value);
    else found.push({ at: `${at}.${name}`, says: mismatch(parsed.rule, value, key.kind) });
  }
  return values;
}

function appOf(values: ReadonlyMap<string, unknown>): Fields {
  const said = [...values].flatMap(([name, value]) => {
    const variable = keys[name]?.variable;
    return variable === undefined ? [] : [[variable, String(value)]];
  });
  const auth = values.get('basic_auth') as Login | undefined; // its kind makes no other
  return {
    name: values.get('name') ?? `static-page-server-${values.get('port') ?? DEFAULT_PORT}`,
    script: staticServerScript(),
    wait_ready: true,
    env: {
      PM2_SERVE_PORT: String(DEFAULT_PORT),
      ...Object.fromEntries(said),
      ...(auth && {
        PM2_SERVE_BASIC_AUTH: 'true',
        PM2_SERVE_BASIC_AUTH_USERNAME: auth.username,
        PM2_SERVE_BASIC_AUTH_PASSWORD: auth.password,
      }),
    },
  };
}
