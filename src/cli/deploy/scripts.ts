import type { Deployment } from '../../config/deployment.ts';
import { quoteWord } from '../../config/shell-words.ts';

/**
 * Bash scripts for the machine that is deployed to. There, <path> has: source (the clone), current (a link to it), shared/logs,
 * shared/pids, and .deploys: the commits that were deployed, one a line, the newest last.
 */

const SHALLOW = '--depth=5';

/** Makes the folders and the clone. Where they are already, only what is missing is made. */
export function setupScript({ path, repo, ref, shallow, hooks }: Deployment): string {
  const branch = ref.replace(/^origin\//, '');
  return script(path, [
    say('running setup'),
    'mkdir -p "$base"/shared/logs "$base"/shared/pids',
    'if [ -e "$base"/source/.git ]; then',
    `  ${say('the clone is there already')}`,
    '  cd "$base"/source',
    `  git remote set-url origin ${quoteWord(repo)}`,
    'else',
    `  ${say(`cloning ${repo}`)}`,
    ...(shallow
      ? [
          `  git clone -q ${SHALLOW} --no-single-branch --branch ${quoteWord(branch)} -- ${quoteWord(repo)} "$base"/source ||`,
          `    git clone -q ${SHALLOW} --no-single-branch -- ${quoteWord(repo)} "$base"/source`,
        ]
      : [`  git clone -q -- ${quoteWord(repo)} "$base"/source`]),
    'fi',
    'ln -sfn "$base"/source "$base"/current',
    'touch "$base"/.deploys',
    ...hook('post-setup', hooks['post-setup']),
    say('setup complete'),
  ]);
}

/** Brings the clone to a commit. `postDeploy` runs then, with the variables of the deployment. */
export function deployScript(
  { path, shallow, hooks, env }: Deployment,
  { ref, postDeploy }: { ref: string; postDeploy: string },
): string {
  const unknown = `There is no branch, tag or commit called ${ref} in the repository.`;
  return script(path, [
    ...requireSetup,
    say(`deploying ${ref}`),
    ...hook('pre-deploy', hooks['pre-deploy']),
    'cd "$base"/source',
    say(shallow ? 'fast fetch' : 'full fetch'),
    `git fetch -q ${shallow ? `${SHALLOW} ` : ''}--all --tags --force`,
    `ref=${quoteWord(ref)}`,
    // A branch as it was cloned stays behind; the one of the repository has just been fetched.
    'commit=$(git rev-parse -q --verify "refs/remotes/origin/$ref^{commit}" || git rev-parse -q --verify "$ref^{commit}") ||',
    `  fail ${quoteWord(unknown)}`,
    say(`resetting HEAD to ${ref}`),
    'git reset -q --hard "$commit"',
    'if [ -f .gitmodules ]; then git submodule -q update --init --recursive; fi',
    'ln -sfn "$base"/source "$base"/current',
    'git rev-parse --short HEAD >> "$base"/.deploys',
    ...Object.entries(env).map(([name, value]) => `export ${name}=${quoteWord(value)}`),
    ...hook('post-deploy', postDeploy),
    say(`successfully deployed ${ref}`),
  ]);
}

/** Prints a commit that was deployed: 0 is the newest. Fails when there is none so far back. */
export const historyScript = ({ path }: Deployment, back: number): string =>
  script(path, [
    ...requireSetup,
    `[ "$(wc -l < "$base"/.deploys)" -gt ${back} ] || fail 'There is no deploy so far back.'`,
    `tail -n ${back + 1} "$base"/.deploys | head -n 1`,
  ]);

/** Prints every commit that was deployed, the newest first, with the number that \`revert\` takes. */
export const listScript = ({ path }: Deployment): string =>
  script(path, [
    ...requireSetup,
    `awk '{ line[NR] = $0 } END { for (i = NR; i > 0; i--) printf "%d\\t%s\\n", NR - i, line[i] }' "$base"/.deploys`,
  ]);

/** Runs a command where the app is. */
export const commandScript = ({ path }: Deployment, command: string): string =>
  script(path, [...requireSetup, 'cd "$base"/current', `bash -c ${quoteWord(command)}`]);

const requireSetup = [`[ -e "$base"/source/.git ] || fail 'Nothing is set up there: run "setup" first.'`];

function script(path: string, lines: readonly string[]): string {
  return ['set -e', `fail() { echo "$1" >&2; exit 1; }`, `base=${folder(path)}`, ...lines, ''].join('\n');
}

/** Only a leading `~/` or `$HOME/` means something there. */
function folder(path: string): string {
  const inHome = /^(?:~|\$HOME)(?:\/(.*))?$/s.exec(path);
  return inHome ? `"$HOME"/${quoteWord(inHome[1] ?? '')}` : quoteWord(path);
}

const hook = (name: string, command: string | undefined): string[] =>
  command === undefined
    ? []
    : [
        say(`executing ${name} \`${command}\``),
        `(cd "$base"/source && bash -c ${quoteWord(command)}) || fail '${name} failed.'`,
      ];

/** printf prints it as it is, whatever echo would make of a backslash. */
const say = (text: string): string => `printf '  ○ %s\\n' ${quoteWord(text)}`;
