import { join } from 'node:path';
import { specFromCommandLine } from '../../config/command-line.ts';
import { findDefaultEcosystemFile } from '../../config/ecosystem-files.ts';
import type { AppSpec } from '../../shared/app-spec.ts';
import { fail, type Outcome, succeed } from '../../shared/outcome.ts';
import { problem } from '../../shared/problems.ts';
import { isStandardStream } from '../../shared/standard-stream.ts';
import type { Input, Session } from '../command.ts';
import { isDefinition, readApps, readContext } from '../read-apps.ts';

/**
 * The apps of all targets, without log files of their own unless they name some. `pm-runtime start app.js` is how PM2's images call it.
 */
export async function readTargets(input: Input, session: Session): Promise<Outcome<AppSpec[]>> {
  const named = input.operands[0] === 'start' ? input.operands.slice(1) : input.operands;
  const targets = named.length > 0 ? named : [findDefaultEcosystemFile(session.cwd)];
  const all: AppSpec[] = [];
  for (const target of targets) {
    if (target === undefined)
      return fail(problem('config/not-found', { path: join(session.cwd, 'ecosystem.config.js') }));
    const specs = await readTarget(target, input, session);
    if (!specs.ok) return specs;
    all.push(...specs.value);
  }
  return succeed(all.map(withoutFiles));
}

async function readTarget(target: string, input: Input, session: Session): Promise<Outcome<AppSpec[]>> {
  if (isDefinition(target)) return readApps(target, input, session);
  const spec = await specFromCommandLine(target, input.appArgs ?? [], readContext(input, session));
  return spec.ok ? succeed([spec.value]) : spec;
}

/** Output that the container gets anyway, under the names that are used for it. */
const isOwnOutput = (path: string): boolean => isStandardStream(path) || /^\/proc\/1\/fd\/[12]$/.test(path);

function withoutFiles(spec: AppSpec): AppSpec {
  const file = (path: string | null) => (path === null || isOwnOutput(path) ? '/dev/null' : path);
  const logFile = typeof spec.logFile === 'string' && isOwnOutput(spec.logFile) ? null : spec.logFile;
  return { ...spec, outFile: file(spec.outFile), errorFile: file(spec.errorFile), logFile };
}
