import { defineCommand } from '../command.ts';
import { moveAndReload } from '../git-move.ts';

export default defineCommand({
  summary: 'Bring the git repository of an app forward by a commit, and reload the app',
  operands: '<app>',
  operandsHelp: 'Along its upstream, as it was when it was fetched last.',
  example: ['pm forward api', 'undoes a "pm backward api"'],
  run: ({ operands: [name = ''] }, session) =>
    moveAndReload(
      name,
      async (git) => {
        const ahead = await git('rev-list', '--reverse', '--ancestry-path', 'HEAD..@{upstream}');
        const [next = ''] = ahead.split('\n');
        if (next !== '') await git('merge', '--ff-only', next);
      },
      session,
    ),
});
