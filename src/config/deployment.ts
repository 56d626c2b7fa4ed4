import { isRecord } from '../shared/is-record.ts';
import { fail, type Outcome, succeed } from '../shared/outcome.ts';
import { problem } from '../shared/problems.ts';
import { type Finding, sentenceOf, show } from './findings.ts';
import { didYouMean } from './nearest-word.ts';

/** How an app gets to its machines: one entry of the `deploy` block. */
export interface Deployment {
  readonly name: string;
  /** One after the other. `localhost` is this machine, without ssh. */
  readonly hosts: readonly string[];
  readonly user: string | undefined;
  readonly port: number | undefined;
  /** Path of a private key. */
  readonly key: string | undefined;
  readonly repo: string;
  /** Folder on the machines; `~/` begins at the home of the user there. */
  readonly path: string;
  /** A branch, a tag or a commit. */
  readonly ref: string;
  readonly forwardAgent: boolean;
  readonly needsTty: boolean;
  /** Of ssh_config(5), for `ssh -o`. */
  readonly sshOptions: readonly string[];
  /** Fetch the last commits only. */
  readonly shallow: boolean;
  readonly hooks: Readonly<Record<HookName, string | undefined>>;
  /** Variables for the hook after a deploy. */
  readonly env: Readonly<Record<string, string>>;
}

const HOOK_NAMES = ['pre-setup', 'post-setup', 'pre-deploy-local', 'pre-deploy', 'post-deploy'] as const;

/** `pre-deploy-local` runs where the command does, the others on the machine. */
export type HookName = (typeof HOOK_NAMES)[number];

const KEYS = [
  ...[
    'user',
    'host',
    'port',
    'key',
    'repo',
    'path',
    'ref',
    'forward-agent',
    'needs_tty',
    'ssh_options',
    'fetch',
    'env',
  ],
  ...HOOK_NAMES,
];

/** The deployment of a definition, or every mistake in it. */
export function deploymentIn(definition: unknown, { name, path }: { name: string; path: string }): Outcome<Deployment> {
  const deploy = isRecord(definition) && isRecord(definition.deploy) ? definition.deploy : {};
  const fields = Object.hasOwn(deploy, name) ? deploy[name] : undefined;
  if (!isRecord(fields)) {
    const known = Object.keys(deploy);
    return fail(problem('deploy/unknown', { name, path, near: didYouMean(name, known), known }));
  }
  const found: Finding[] = [];
  const deployment = parseFields(name, new FieldReader(`deploy.${name}`, fields, found));
  if (found.length === 0) return succeed(deployment);
  return fail(problem('config/invalid', { path, findings: found.map(sentenceOf) }));
}

function parseFields(name: string, read: FieldReader): Deployment {
  read.refuseUnknown(KEYS);
  return {
    name,
    hosts: read.words('host'),
    user: read.text('user'),
    port: read.port('port'),
    key: read.text('key'),
    repo: read.needed('repo'),
    path: read.needed('path').replace(/(?<=.)\/+$/, ''),
    ref: read.needed('ref'),
    forwardAgent: read.flag('forward-agent'),
    needsTty: read.flag('needs_tty'),
    sshOptions: read.list('ssh_options'),
    shallow: read.text('fetch') === 'fast',
    hooks: {
      'pre-setup': read.text('pre-setup'),
      'post-setup': read.text('post-setup'),
      'pre-deploy-local': read.text('pre-deploy-local'),
      'pre-deploy': read.text('pre-deploy'),
      'post-deploy': read.text('post-deploy'),
    },
    env: read.variables('env'),
  };
}

/** Reads fields as what they should be, and notes those that are something else. */
class FieldReader {
  readonly #at: string;
  readonly #fields: Readonly<Record<string, unknown>>;
  readonly #found: Finding[];

  constructor(at: string, fields: Readonly<Record<string, unknown>>, found: Finding[]) {
    this.#at = at;
    this.#fields = fields;
    this.#found = found;
  }

  refuseUnknown(known: readonly string[]): void {
    for (const key of Object.keys(this.#fields)) {
      if (!known.includes(key)) this.#note(key, `is not a key of a deployment.${didYouMean(key, known)}`);
    }
  }

  /** Empty counts as not given. */
  text(key: string): string | undefined {
    const value = this.#fields[key];
    if (value === undefined || value === null || value === '') return undefined;
    if (typeof value === 'string') return value;
    this.#note(key, `must be a text; got ${show(value)}`);
    return undefined;
  }

  needed(key: string): string {
    const value = this.text(key);
    if (value === undefined && !this.#found.some(({ at }) => at === `${this.#at}.${key}`))
      this.#note(key, 'is missing');
    if (value?.startsWith('-')) this.#note(key, `must not begin with "-"; got ${show(value)}`);
    return value ?? '';
  }

  list(key: string): string[] {
    const value = this.#fields[key] ?? [];
    const items: readonly unknown[] = Array.isArray(value) ? value : [value];
    const texts = items.filter((item): item is string => typeof item === 'string' && item !== '');
    if (texts.length < items.length) this.#note(key, `must be a text or a list of texts; got ${show(value)}`);
    return texts;
  }

  /** At least one, and none that ssh would take for an option. */
  words(key: string): string[] {
    const words = this.list(key);
    if (this.#fields[key] === undefined || (Array.isArray(this.#fields[key]) && words.length === 0))
      this.#note(key, 'is missing');
    for (const word of words) if (/^-|\s/.test(word)) this.#note(key, `must be names of machines; got ${show(word)}`);
    return words;
  }

  port(key: string): number | undefined {
    const value = this.#fields[key];
    if (value === undefined || value === null || value === '') return undefined;
    const port = Number(value);
    if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
    this.#note(key, `must be a port; got ${show(value)}`);
    return undefined;
  }

  flag(key: string): boolean {
    const value = this.#fields[key];
    if (value !== undefined && value !== null && !['boolean', 'string'].includes(typeof value)) {
      this.#note(key, `must be true or false; got ${show(value)}`);
    }
    return value === true || ['true', 'yes'].includes(String(value).toLowerCase());
  }

  variables(key: string): Record<string, string> {
    const value = this.#fields[key] ?? {};
    if (!isRecord(value)) this.#note(key, 'must be an object of variables');
    const entries = isRecord(value) ? Object.entries(value) : [];
    for (const [name] of entries) {
      if (!/^[A-Za-z_]\w*$/.test(name)) this.#note(key, `: ${show(name)} cannot be the name of a variable`);
    }
    return Object.fromEntries(
      entries.map(([name, one]) => [name, typeof one === 'object' ? JSON.stringify(one) : String(one)]),
    );
  }

  #note(key: string, says: string): void {
    this.#found.push({ at: `${this.#at}.${key}`, says });
  }
}
