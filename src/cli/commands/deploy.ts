import { defineCommand } from '../command.ts';
import { deployRequest } from '../deploy/deploy-request.ts';
import { runDeployment } from '../deploy/run-deployment.ts';

const HELP = `The name is one of the "deploy" block of the ecosystem file: pm deploy [file] <name> [command].

Commands:
  setup                 make the folders and the clone on the machines
  update, or none       fetch, reset to "ref", run the hooks
  ref <ref>, or <ref>   the same with another branch, tag or commit
  revert [n]            back to the n-th deploy before this one (1)
  curr[ent]             print the commit that is there
  prev[ious]            print the one before
  list                  print all, the newest first
  exec|run "<command>"  run a command in the folder of the app`;

export default defineCommand({
  summary: 'Bring the code of an app to its machines, over ssh and git',
  operands: '<file|name> [command...]',
  operandsHelp: HELP,
  options: [{ flags: '-f, --force', help: 'Deploy although work in this folder is not committed or not pushed.' }],
  example: ['pm deploy production setup', 'once; from then on "pm deploy production"'],
  run: async ({ operands, options }, session) => {
    const { cwd, out } = session;
    if (operands.length === 1 && operands[0] === 'help') {
      out.line(HELP);
      return 0;
    }
    const request = deployRequest(operands, cwd);
    if (!request.ok) return out.problem(request.problem);
    const { readDeployment } = await import('../../config/ecosystem.ts'); // with its parsers, larger than all else
    const deployment = await readDeployment(request.value.file, request.value.name);
    if (!deployment.ok) return out.problem(deployment.problem);
    const failed = await runDeployment(request.value, deployment.value, { session, force: options.force === true });
    return failed ? out.problem(failed) : 0;
  },
});
