import { resolve } from 'node:path';
import { findDefaultEcosystemFile, isEcosystemFile } from '../../config/ecosystem-files.ts';
import { fail, type Outcome, succeed } from '../../shared/outcome.ts';
import { problem } from '../../shared/problems.ts';

/** What is to be done with a deployment. */
export type DeployAction =
  | { readonly kind: 'setup' | 'list' }
  /** No ref: that of the deployment. */
  | { readonly kind: 'deploy'; readonly ref?: string }
  /** `back` deploys ago; 0 is what is there. */
  | { readonly kind: 'revert' | 'show'; readonly back: number }
  | { readonly kind: 'exec'; readonly command: string };

export interface DeployRequest {
  /** Absolute path of the ecosystem file. */
  readonly file: string;
  /** Name of the deployment. */
  readonly name: string;
  readonly action: DeployAction;
}

/** Reads `[file] <name> [command]`. */
export function deployRequest(operands: readonly string[], cwd: string): Outcome<DeployRequest> {
  const named = operands[0] !== undefined && isEcosystemFile(operands[0]);
  const [name, ...command] = named ? operands.slice(1) : operands;
  const file = named ? resolve(cwd, operands[0] ?? '') : findDefaultEcosystemFile(cwd);
  if (file === undefined) return fail(problem('config/not-found', { path: resolve(cwd, 'ecosystem.config.js') }));
  if (name === undefined) return mistake('The name of the deployment is missing.');
  const action = actionOf(command);
  return action.ok ? succeed({ file, name, action: action.value }) : action;
}

function actionOf([word, ...rest]: readonly string[]): Outcome<DeployAction> {
  switch (word) {
    case undefined:
    case 'update':
      return succeed({ kind: 'deploy' });
    case 'setup':
    case 'list':
      return succeed({ kind: word });
    case 'curr':
    case 'current':
      return succeed({ kind: 'show', back: 0 });
    case 'prev':
    case 'previous':
      return succeed({ kind: 'show', back: 1 });
    case 'revert':
      return /^\d{1,6}$/.test(rest[0] ?? '1')
        ? succeed({ kind: 'revert', back: Number(rest[0] ?? '1') })
        : mistake(`"${rest[0]}" is not a number of deploys to go back.`);
    case 'exec':
    case 'run':
      return rest.length > 0
        ? succeed({ kind: 'exec', command: rest.join(' ') })
        : mistake(`What to ${word} is missing.`);
    case 'ref':
      return refOf(rest[0]);
    default:
      return refOf(word);
  }
}

function refOf(ref: string | undefined): Outcome<DeployAction> {
  if (ref === undefined) return succeed({ kind: 'deploy' });
  return ref.startsWith('-')
    ? mistake(`"${ref}" is not a branch, a tag or a commit.`)
    : succeed({ kind: 'deploy', ref });
}

const mistake = (message: string): Outcome<never> =>
  fail(problem('usage/invalid', { message, hint: '"pm deploy --help" shows what can be typed.' }));
