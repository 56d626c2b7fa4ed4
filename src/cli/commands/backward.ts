import { defineCommand } from '../command.ts';
import { moveAndReload } from '../git-move.ts';

export default defineCommand({
  summary: 'Put the git repository of an app back by a commit, and reload the app',
  operands: '<app>',
  example: ['pm backward api', 'git reset --keep HEAD~1, pm reload api'],
  run: ({ operands: [name = ''] }, session) =>
    moveAndReload(name, async (git) => void (await git('reset', '--keep', 'HEAD~1')), session),
});
