import type { ActionReply } from '../../protocol/messages.ts';
import { problem } from '../../shared/problems.ts';
import { defineCommand, textOption } from '../command.ts';
import { findNamed } from '../named-workers.ts';
import type { Output } from '../output/output.ts';

const TIMEOUT_MS = 30_000;

export default defineCommand({
  summary: 'Run an action that an app has registered, and print what it answers',
  operands: '<target> <action> [param]',
  operandsHelp: 'Apps register actions with the package tx2 or @pm2/io; "pm describe" shows them.',
  options: [{ flags: '--timeout <ms>', help: `Time for the answers. Default: ${TIMEOUT_MS}.` }],
  example: ['pm trigger api clear-cache users', 'each worker of "api" runs its action "clear-cache" with "users"'],
  run: async ({ operands: [typed = '', action = '', param], options }, session) => {
    const { ask, out } = session;
    const timeoutMs = Number(textOption(options, 'timeout') ?? TIMEOUT_MS);
    if (!(Number.isInteger(timeoutMs) && timeoutMs > 0 && timeoutMs < 2 ** 31)) {
      return out.problem(problem('usage/invalid', { message: '--timeout must be a number of milliseconds.' }));
    }
    const named = await findNamed(session, [typed]);
    if (!named.ok) return out.problem(named.problem);
    const targets = named.value.map(({ target }) => target);
    const reply = await ask('app.trigger', {
      targets,
      action,
      timeoutMs,
      ...(param === undefined ? {} : { param }),
    });
    if (!reply.ok) return out.problem(reply.problem);
    for (const failed of reply.value.problems) out.problem(failed);
    return printReplies(out, action, reply.value.replies) && reply.value.problems.length === 0 ? 0 : 1;
  },
});

/** Gives whether every worker that has the action answered, and there is one. */
function printReplies(out: Output, action: string, replies: readonly ActionReply[]): boolean {
  const reached = replies.filter(({ outcome }) => outcome.ok || outcome.problem.code === 'action/timeout');
  if (reached.length > 0) out.note(`${reached.length} processes have received command ${action}`);
  for (const { pmId, name, namespace, outcome } of reached) {
    if (outcome.ok) out.line(`[${name}:${pmId}:${namespace}]=${JSON.stringify(outcome.value)}`);
  }
  const refused = reached.length === 0 ? replies.slice(0, 1) : reached;
  const problems = refused.flatMap(({ outcome }) => (outcome.ok ? [] : [outcome.problem]));
  for (const failed of problems) out.problem(failed);
  return reached.length > 0 && problems.length === 0;
}
