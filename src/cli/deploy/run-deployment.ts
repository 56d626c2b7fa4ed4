import { existsSync, readFileSync, statSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import type { Deployment } from '../../config/deployment.ts';
import { didYouMean } from '../../config/nearest-word.ts';
import { quoteWord } from '../../config/shell-words.ts';
import { type Problem, problem } from '../../shared/problems.ts';
import type { Session } from '../command.ts';
import type { DeployRequest } from './deploy-request.ts';
import { type MachineShell, machineShell, runHere } from './machine-shell.ts';
import { commandScript, deployScript, historyScript, listScript, setupScript } from './scripts.ts';
import { unpushedWork } from './unpushed-work.ts';

/** Words that stand for something to do, for suggestions: any other word is a branch, a tag or a commit. */
export const DEPLOY_WORDS: readonly string[] = [
  ...['setup', 'update', 'revert', 'current', 'previous', 'exec', 'run', 'list', 'ref'],
];

/** Does what was asked on one machine after the other, until one fails. Returns what failed; null: nothing. */
export async function runDeployment(
  request: DeployRequest,
  deployment: Deployment,
  { session, force }: { session: Session; force: boolean },
): Promise<Problem | null> {
  const { cwd, out } = session;
  if (changesCode(request) && !force) {
    const work = await unpushedWork(cwd);
    if (work !== null) return problem('deploy/not-pushed', { what: work });
  }
  if (changesCode(request)) out.line(`--> Deploying to ${deployment.name} environment`);
  const before = request.action.kind === 'deploy' ? deployment.hooks['pre-deploy-local'] : undefined;
  if (before !== undefined) {
    out.line(`  ○ executing pre-deploy-local \`${before}\``);
    const reason = await runHere(before, cwd);
    if (reason !== null)
      return problem('deploy/failed', { host: 'this machine', reason: `pre-deploy-local: ${reason}` });
  }
  for (const host of deployment.hosts) {
    if (changesCode(request) || deployment.hosts.length > 1) out.line(`--> on host ${host}`);
    const reason = await runOn(machineShell(deployment, host, cwd), request, deployment, cwd);
    if (reason !== null) return problem('deploy/failed', { host, reason });
  }
  if (changesCode(request)) out.line('--> Success');
  return null;
}

const changesCode = ({ action: { kind } }: DeployRequest): boolean => kind === 'deploy' || kind === 'revert';

async function runOn(
  shell: MachineShell,
  { action, file }: DeployRequest,
  deployment: Deployment,
  cwd: string,
): Promise<string | null> {
  const postDeploy = deployment.hooks['post-deploy'] ?? usualPostDeploy(relative(cwd, file), deployment.name);
  switch (action.kind) {
    case 'setup':
      return setUp(shell, deployment, cwd);
    case 'list':
      return shell.run(listScript(deployment));
    case 'show':
      return shell.run(historyScript(deployment, action.back));
    case 'exec':
      return shell.run(commandScript(deployment, action.command));
    case 'deploy': {
      const ref = action.ref ?? deployment.ref;
      const reason = await shell.run(deployScript(deployment, { ref, postDeploy }));
      return reason === null || action.ref === undefined
        ? reason
        : `${reason}.${didYouMean(ref, DEPLOY_WORDS)}`.replace(/\.$/, '');
    }
    case 'revert': {
      const commit = (await shell.read(historyScript(deployment, action.back)))?.trim();
      if (!commit) return 'the commit to go back to is not known';
      return shell.run(deployScript(deployment, { ref: commit, postDeploy }));
    }
  }
}

/** What "pre-setup" names runs first: a script of this machine, or else a command. */
async function setUp(shell: MachineShell, deployment: Deployment, cwd: string): Promise<string | null> {
  const first = deployment.hooks['pre-setup'];
  if (first !== undefined) {
    const path = resolve(cwd, first);
    const isScript = existsSync(path) && statSync(path).isFile();
    const reason = await shell.run(isScript ? readFileSync(path, 'utf8') : first);
    if (reason !== null) return `pre-setup: ${reason}`;
  }
  return shell.run(setupScript(deployment));
}

const usualPostDeploy = (file: string, name: string): string =>
  `pm startOrRestart ${quoteWord(file)} --env ${quoteWord(name)}`;
