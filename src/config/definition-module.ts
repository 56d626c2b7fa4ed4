import { spawnSync } from 'node:child_process';
import { dirname } from 'node:path';
import { pathToFileURL } from 'node:url';
import { plainCopy } from './plain-copy.ts';
import { runsTypeScript, tsxLoader } from './typescript-run.ts';

type Module = Readonly<Record<string, unknown>>;

/** Gives a definition written as a program: its export, called and awaited when it is a function. */
export async function readModule(
  path: string,
  envName: string | undefined,
): Promise<{ value: unknown } | { reason: string }> {
  try {
    const exported = exportOf(await load(path));
    const value: unknown = typeof exported === 'function' ? await exported({ env: envName }) : await exported;
    return { value: plainCopy(value) };
  } catch (error) {
    return { reason: reasonOf(error, path) };
  }
}

async function load(path: string): Promise<Module> {
  const { node } = process.versions;
  if (/\.[cm]?ts$/.test(path) && runsTypeScript(node) !== 'yes') {
    const tsx = tsxLoader(dirname(path));
    if (tsx === undefined) {
      throw new Error(`Node ${node} does not run TypeScript; install tsx next to the file, or use Node 22.18 or newer`);
    }
    await import(tsx); // does for this process what --import tsx does
  }
  return await import(pathToFileURL(path).href);
}

/** The default export, or the named ones that a definition has. */
function exportOf(module: Module): unknown {
  const main = module.default;
  if (main === undefined) return typeof module.apps === 'function' ? module.apps : named(module);
  // A file compiled from an ES module to CommonJS keeps its exports one level below.
  if (typeof main !== 'object' || main === null || !('__esModule' in main)) return main;
  return 'default' in main ? main.default : named({ ...main });
}

const named = ({ apps, deploy }: Module) => (deploy === undefined ? { apps } : { apps, deploy });

/** The message, with line and column in the file where they can be told. */
function reasonOf(error: unknown, path: string): string {
  if (!(error instanceof Error)) return `it threw ${String(error)}`;
  const place =
    placeIn(error.stack ?? '', path) ?? (error.name === 'SyntaxError' ? placeOfSyntaxError(path) : undefined);
  return `${error.name}: ${error.message.split('\n')[0] ?? ''}${place ? ` (${place})` : ''}`;
}

function placeIn(text: string, path: string): string | undefined {
  const from = text.indexOf(path);
  const place = from < 0 ? null : /^:(\d+)(?::(\d+))?/.exec(text.slice(from + path.length));
  return place ? `line ${place[1]}${place[2] ? `, column ${place[2]}` : ''}` : undefined;
}

/** Node tells where a syntax error of an ES module is only when it prints it (20 to 26), so it is made to. */
const placeOfSyntaxError = (path: string): string | undefined =>
  placeIn(spawnSync(process.execPath, ['--check', path], { encoding: 'utf8', timeout: 5_000 }).stderr, path);
