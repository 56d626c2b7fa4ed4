import { constants } from 'node:os';
import { problem } from '../../shared/problems.ts';
import { defineCommand } from '../command.ts';
import { findNamed } from '../named-workers.ts';

export default defineCommand({
  summary: 'Send a signal to the workers of an app',
  operands: '<signal> <target...>',
  operandsHelp: 'The signal is SIGUSR2, USR2 or 12. It goes to each worker itself, not to its children.',
  example: ['pm sendSignal SIGUSR2 api', 'each worker of "api" gets SIGUSR2'],
  run: async ({ operands: [typed = '', ...targets] }, session) => {
    const { ask, out } = session;
    const signal = signalCalled(typed);
    if (signal === undefined) return out.problem(problem('signal/unknown', { signal: typed }));
    const named = await findNamed(session, targets);
    if (!named.ok) return out.problem(named.problem);
    const reply = await ask('app.signal', { targets: named.value.map(({ target }) => target), signal });
    if (!reply.ok) return out.problem(reply.problem);
    for (const { pmId, name } of reply.value.replies) out.note(`Sent ${signal} to [${name}](${pmId})`);
    for (const failed of reply.value.problems) out.problem(failed);
    if (reply.value.problems.length === 0 && reply.value.replies.length === 0) {
      out.warn('No process of it is running');
      return 1;
    }
    return reply.value.problems.length > 0 ? 1 : 0;
  },
});

function signalCalled(typed: string): string | undefined {
  const upper = typed.toUpperCase();
  return Object.entries(constants.signals).find(
    ([name, number]) => name === upper || name === `SIG${upper}` || String(number) === typed,
  )?.[0];
}
