import type { ListedApp } from '../../protocol/messages.ts';
import { problem } from '../../shared/problems.ts';
import { concealSecret } from '../../shared/secret.ts';
import { defineCommand } from '../command.ts';

export default defineCommand({
  summary: 'Show the environment of a worker',
  operands: '<id>',
  options: [{ flags: '--reveal', help: 'Show passwords, tokens and keys too.' }],
  example: ['pm env 0', 'a variable a line; values that look like secrets are hidden'],
  run: async ({ operands: [id = ''], options }, { ask, out }) => {
    const reply = await ask('app.list', { env: true });
    if (!reply.ok) return out.problem(reply.problem);
    const variables = reply.value.flatMap((app) => variablesOf(app, id))[0];
    if (!variables) return out.problem(unknownId(id, reply.value));
    let hidden = 0;
    for (const [name, value] of Object.entries(variables)) {
      const shown = options.reveal ? value : concealSecret(name, value);
      if (shown !== value) hidden += 1;
      out.line(`${name}: ${out.paint.green(shown)}`);
    }
    if (hidden > 0) out.progress(`${hidden} of the values are hidden; --reveal shows them`);
    return 0;
  },
});

/** The variables of the worker with this id, what PM2 shows beside them last; nothing when it is of another app. */
function variablesOf({ spec, workers }: ListedApp, id: string): Record<string, string>[] {
  return workers
    .filter(({ pmId }) => String(pmId) === id)
    .map(({ slot, nodeVersion }) => ({
      ...spec.env,
      [spec.instanceVar]: String(slot),
      namespace: spec.namespace,
      version: spec.version,
      ...(nodeVersion === null ? {} : { node_version: nodeVersion }),
    }));
}

function unknownId(id: string, apps: readonly ListedApp[]) {
  const ids = apps.flatMap(({ workers }) => workers.map(({ pmId }) => pmId)).sort((a, b) => a - b);
  return problem('usage/invalid', {
    message: `Modules with id ${id} not found`,
    hint: ids.length > 0 ? `There is: ${ids.join(', ')}.` : 'Nothing is managed yet.',
  });
}
