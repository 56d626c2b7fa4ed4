import { defineCommand } from '../command.ts';
import { moveAndReload } from '../git-move.ts';

export default defineCommand({
  summary: 'Bring the git repository of an app up to date, and reload the app',
  operands: '<app> [commit]',
  operandsHelp:
    'To the newest commit of its upstream, or to the one given; only forward. What is not committed is never lost. Then the\n' +
    'commands of its "post_update" are run.',
  example: ['pm pull api', 'git fetch, git merge --ff-only, pm reload api'],
  run: ({ operands: [name = '', commit = '@{upstream}'] }, session) =>
    moveAndReload(
      name,
      async (git) => {
        await git('fetch');
        await git('merge', '--ff-only', '--end-of-options', commit);
      },
      session,
    ),
});
