import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';

interface SourceFile {
  /** From src/, with `/`. */
  readonly path: string;
  readonly text: string;
  /** Text without comments and the insides of strings, line by line as in the file. */
  readonly code: string;
  readonly imports: readonly Import[];
}

interface Import {
  /** Path from src/ of a file of ours, else the name of the package. */
  readonly of: string;
  readonly typeOnly: boolean;
  readonly lazy: boolean;
}

const files = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts'))
  .map(readSource);

/** What a folder may import besides itself, `shared` and `node:*`. */
const MAY_IMPORT: Record<string, readonly string[]> = {
  shared: ['package.json', 'croner'],
  protocol: [],
  config: ['yaml', 'json5'],
  daemon: ['protocol', 'pm2-wire', 'pidusage', 'chokidar'],
  'pm2-wire': ['protocol', 'config', 'api'],
  master: ['protocol', 'worker'],
  worker: [],
  'logs-reader': [],
  'static-server': [],
  cli: ['protocol', 'config', 'ui', 'logs-reader', 'commander', 'chalk'],
  ui: ['protocol', 'logs-reader', 'blessed'],
  api: ['protocol', 'config', 'logs-reader'],
};

const DECIDING = /-(machine|policy|plan|rows|sort)\.ts$/;
const CLOCK = /\bDate\.now\b|\bnew Date\(\)|\bperformance\.|\bsetTimeout\b|\bsetInterval\b|\bhrtime\b/;

describe('imports', () => {
  test('each folder imports only what it may', () => {
    const strange = edges().filter(({ from, to }) => {
      const [folder, other] = [topOf(from.path), topOf(to.of)];
      return (
        other !== folder && other !== 'shared' && !to.of.startsWith('node:') && !MAY_IMPORT[folder]?.includes(other)
      );
    });
    expect(strange.map(sayEdge)).toEqual([]);
  });

  test('what runs inside the app takes nothing along: the worker folder imports types and node: modules only', () => {
    const taken = edges().filter(
      ({ from, to }) =>
        topOf(from.path) === 'worker' && topOf(to.of) !== 'worker' && !to.of.startsWith('node:') && !to.typeOnly,
    );
    expect(taken.map(sayEdge)).toEqual([]);
  });

  test('only the dashboard and its widgets know blessed', () => {
    const knowing = edges()
      .filter(({ to }) => to.of === 'blessed')
      .map(({ from }) => from.path);
    expect(knowing).not.toEqual([]);
    expect(knowing.filter((path) => path !== 'ui/dashboard.ts' && !path.startsWith('ui/widgets/'))).toEqual([]);
  });

  test('files that decide import no node: module and read no clock', () => {
    const deciding = files.filter(({ path }) => DECIDING.test(path));
    expect(deciding.map(({ path }) => path)).toEqual(
      expect.arrayContaining(['master/worker-machine.ts', 'master/restart-policy.ts']),
    );
    const impure = deciding.filter(
      ({ code, imports }) => CLOCK.test(code) || imports.some(({ of }) => of.startsWith('node:')),
    );
    expect(impure.map(({ path }) => path)).toEqual([]);
  });

  test('there is no cycle', () => {
    expect(findCycle()).toEqual([]);
  });
});

describe('files', () => {
  test('none is longer than 250 lines', () => {
    const long = files.filter(({ text }) => text.trimEnd().split('\n').length > 250);
    expect(long.map(({ path }) => path)).toEqual([]);
  });

  test('none is named after nothing in particular', () => {
    expect(
      files.filter(({ path }) => /(utils?|helpers?|common|types|manager)\.ts$/.test(path)).map(({ path }) => path),
    ).toEqual([]);
  });

  test('only main files end their process', () => {
    expect(linesWith(/\bprocess\.(exit|reallyExit|abort)\b/, (path) => !path.endsWith('/main.ts'))).toEqual([]);
  });

  test('only cli/output and the daemon log print', () => {
    const mayPrint = (path: string) => path.startsWith('cli/output/') || path === 'daemon/daemon-log.ts';
    expect(linesWith(/\bconsole\.\w/, (path) => !mayPrint(path))).toEqual([]);
  });

  test('every cast says why, on its line or above', () => {
    expect(
      linesWith(/^(?!.*\[\w+ in )(?!import\b|export\b).*\bas (?!const\b)\S/, () => true).filter(
        (place) => !hasCommentAt(place),
      ),
    ).toEqual([]);
  });

  test('process tests neither sleep nor retry', () => {
    const names = readdirSync('test/process', { recursive: true, encoding: 'utf8' });
    const impatient = names
      .filter((name) => name.endsWith('.ts'))
      .filter((name) =>
        /\bsetTimeout\b|\bdelay\(|\bsleep\(|\bretry\b/.test(readFileSync(join('test/process', name), 'utf8')),
      );
    expect(impatient).toEqual([]);
  });
});

function readSource(path: string): SourceFile {
  const text = readFileSync(join('src', path), 'utf8');
  const code = text
    .replace(/\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, ' '))
    .replace(/(^|[^:'"`])\/\/.*$/gm, '$1');
  return { path, text, code, imports: importsOf(path, code) };
}

function importsOf(path: string, code: string): Import[] {
  const resolved = (name: string) =>
    name.startsWith('.') ? join(dirname(path), name).replace(/^(\.\.\/)+/, '') : name;
  const statics = code.matchAll(/^(?:import|export)\s+(type\s+)?(?:[^;'"=()]*\sfrom\s+)?['"]([^'"]+)['"]/gm);
  const lazies = code.matchAll(/\b(?:import|require)\(\s*['"]([^'"]+)['"]\s*\)/g);
  return [
    ...[...statics].map(([, type, name = '']) => ({ of: resolved(name), typeOnly: type !== undefined, lazy: false })),
    ...[...lazies].map(([, name = '']) => ({ of: resolved(name), typeOnly: false, lazy: true })),
  ];
}

function edges(): { from: SourceFile; to: Import }[] {
  return files.flatMap((from) => from.imports.map((to) => ({ from, to })));
}

function topOf(path: string): string {
  return path.replace(/\/.*/, '');
}

function sayEdge({ from, to }: { from: SourceFile; to: Import }): string {
  return `${from.path} -> ${to.of}`;
}

/** Places as `file:line: text`. */
function linesWith(pattern: RegExp, where: (path: string) => boolean): string[] {
  return files
    .filter(({ path }) => where(path))
    .flatMap(({ path, code }) =>
      code.split('\n').map((line, at) => ({ place: `${path}:${at + 1}: ${line.trim()}`, line })),
    )
    .filter(({ line }) => pattern.test(line.replace(/'[^']*'|"[^"]*"|`[^`]*`/g, "''")))
    .map(({ place }) => place);
}

function hasCommentAt(place: string): boolean {
  const [path, line] = place.split(':');
  const lines = files.find((file) => file.path === path)?.text.split('\n') ?? [];
  return [lines[Number(line) - 1], lines[Number(line) - 2]].some((text) => /\/\/|\*\//.test(text ?? ''));
}

/** One cycle of imports that exist at run time; empty when there is none. */
function findCycle(): string[] {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const done = new Set<string>();
  const visit = (path: string, trail: readonly string[]): string[] => {
    if (trail.includes(path)) return [...trail.slice(trail.indexOf(path)), path];
    if (done.has(path)) return [];
    done.add(path);
    const targets = byPath.get(path)?.imports.filter(({ typeOnly, lazy }) => !typeOnly && !lazy) ?? [];
    for (const { of } of targets) {
      const cycle = visit(of, [...trail, path]);
      if (cycle.length > 0) return cycle;
    }
    return [];
  };
  for (const { path } of files) {
    const cycle = visit(path, []);
    if (cycle.length > 0) return cycle;
  }
  return [];
}
