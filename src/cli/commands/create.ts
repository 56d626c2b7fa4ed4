import { cp, readdir } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { problem } from '../../shared/problems.ts';
import { defineCommand, type Session } from '../command.ts';

const EXAMPLES = join(__dirname, '../examples');

/** Those of our examples that run without packages. */
const boilerplates: Readonly<Record<string, { readonly says: string; readonly script: string }>> = {
  http: { says: 'A web server, CommonJS', script: 'server.js' },
  esm: { says: 'A web server, ES module', script: 'server.mjs' },
};

export default defineCommand({
  summary: 'Copy a small project, and start it',
  operands: '[kind] [folder]',
  operandsHelp: `Asks for what is not given. Kinds: ${Object.keys(boilerplates).join(', ')}.`,
  words: Object.keys(boilerplates),
  example: ['pm create http my-app', 'then "pm reload my-app" after a change'],
  run: async ({ operands }, session) => {
    const { cwd, out } = session;
    const [kind = '', name = ''] = await complete(operands, session);
    const chosen = Object.hasOwn(boilerplates, kind) ? boilerplates[kind] : undefined;
    if (!chosen || name === '') {
      const message = chosen ? 'The folder needs a name.' : `There is no project of the kind "${kind}".`;
      const hint = `Write "pm create <kind> <folder>", with one of ${Object.keys(boilerplates).join(', ')}.`;
      return out.problem(problem('usage/invalid', { message, hint }));
    }
    const folder = resolve(cwd, name);
    const present = await readdir(folder).catch(() => []);
    if (present.length > 0) {
      return out.problem(problem('usage/invalid', { message: `${folder} is there already, and not empty.` }));
    }
    await cp(join(EXAMPLES, kind), folder, { recursive: true });
    out.note(`Project written to ${folder}`);
    const { default: start } = await import('./start.ts');
    return start.run(
      { operands: [join(folder, chosen.script)], options: { name: basename(folder), instances: 'max' }, appArgs: null },
      session,
    );
  },
});

/** What was typed, and the answers to what was not. */
async function complete(operands: readonly string[], { out }: Session): Promise<readonly string[]> {
  if (operands.length >= 2) return operands;
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    if (operands.length === 0)
      for (const [kind, { says }] of Object.entries(boilerplates)) out.line(`${kind}: ${says}`);
    const lines = terminal[Symbol.asyncIterator](); // also when both come at once, or none
    const answer = async (question: string): Promise<string> => {
      terminal.setPrompt(question);
      terminal.prompt();
      return (await lines.next()).value?.trim() ?? '';
    };
    return [operands[0] ?? (await answer('Kind: ')), await answer('Folder: ')];
  } finally {
    terminal.close();
  }
}
