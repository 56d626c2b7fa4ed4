/** What never counts unless it is watched by name: editors, version control and package managers write there. */
const ALWAYS = ['.*', 'node_modules'];

/**
 * Tells of absolute paths whether patterns as in gitignore(5) leave them out; the last that matches decides. A pattern without a slash is about
 * names at any depth, another starts at `cwd`; `regex:` is tested on the whole path. `roots` themselves are never left out.
 */
export function ignoreRule(
  patterns: readonly string[],
  { cwd, roots }: { cwd: string; roots: readonly string[] },
): (path: string) => boolean {
  const rules = [...ALWAYS, ...patterns].map((pattern) => ruleOf(pattern, cwd));
  return (path) => {
    const root = roots.find((one) => path === one || path.startsWith(one.endsWith('/') ? one : `${one}/`));
    if (root === undefined || path === root) return false;
    const below = path.slice(root.length).replace(/^\/?/, '/');
    const last = rules.findLast(({ matches }) => matches({ path, below }));
    return last?.ignores ?? false;
  };
}

interface Rule {
  readonly ignores: boolean;
  matches(where: { path: string; below: string }): boolean;
}

function ruleOf(pattern: string, cwd: string): Rule {
  if (pattern.startsWith('!')) return { ...ruleOf(pattern.slice(1), cwd), ignores: false };
  if (pattern.startsWith('regex:')) {
    const regex = compile(pattern.slice('regex:'.length));
    return { ignores: true, matches: ({ path }) => regex.test(path) };
  }
  const glob = pattern.replace(/\/+$/, '').replace(/^\.\//, '');
  if (!glob.includes('/')) {
    const regex = compile(`/${sourceOf(glob)}(?:/|$)`);
    return { ignores: true, matches: ({ below }) => regex.test(below) };
  }
  const full = glob.startsWith(`${cwd}/`) ? glob : `${cwd === '/' ? '' : cwd}/${glob.replace(/^\//, '')}`;
  const own = compile(`^${sourceOf(full)}(?:/|$)`);
  const elsewhere = glob.startsWith('/') ? compile(`^${sourceOf(glob)}(?:/|$)`) : own; // absolute, outside cwd
  return { ignores: true, matches: ({ path }) => own.test(path) || elsewhere.test(path) };
}

/** A regular expression; one that is none matches nothing. */
function compile(source: string): RegExp {
  try {
    return new RegExp(source);
  } catch {
    return /(?!)/;
  }
}

const GLOB = /\*\*\/|\*\*|\*|\?|\{[^{}/]*\}|\[!?[^\]/]+\]|[\\^$.|+()[\]{}]/g;

const sourceOf = (glob: string): string =>
  glob.replace(GLOB, (token) => {
    if (token === '**/') return '(?:.*/)?';
    if (token === '**') return '.*';
    if (token === '*') return '[^/]*';
    if (token === '?') return '[^/]';
    if (token.length === 1) return `\\${token}`;
    if (token.startsWith('{')) return `(?:${token.slice(1, -1).split(',').map(sourceOf).join('|')})`;
    return `[${token.slice(1, -1).replace(/^!/, '^').replaceAll('\\', '\\\\')}]`;
  });
