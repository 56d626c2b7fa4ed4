import { defineCommand } from '../command.ts';
import { findNamed } from '../named-workers.ts';

export default defineCommand({
  summary: 'Open the inspector of workers, for a debugger',
  operands: '<target>',
  operandsHelp: 'Each worker listens on a free port of this machine only, until it ends.',
  example: ['pm inspect 0', 'prints ws://127.0.0.1:..., for chrome://inspect, VS Code or "node inspect"'],
  run: async ({ operands: [typed = ''] }, session) => {
    const { ask, out } = session;
    const named = await findNamed(session, [typed]);
    if (!named.ok) return out.problem(named.problem);
    const reply = await ask('app.inspect', { targets: named.value.map(({ target }) => target) });
    if (!reply.ok) return out.problem(reply.problem);
    for (const { pmId, name, url } of reply.value.replies) out.line(`[${name}](${pmId}) ${url}`);
    for (const failed of reply.value.problems) out.problem(failed);
    return reply.value.problems.length > 0 ? 1 : 0;
  },
});
