import { didYouMean } from '../../config/nearest-word.ts';
import { fail, type Outcome, succeed } from '../../shared/outcome.ts';
import { problem } from '../../shared/problems.ts';
import type { InitSystem } from './boot-service.ts';
import { launchd } from './launchd.ts';
import { openrc } from './openrc.ts';
import { rcd, rcdOpenbsd } from './rcd.ts';
import { systemd } from './systemd.ts';
import { systemv, upstart } from './sysv.ts';

/** In the order in which they are looked for. */
export const initSystems: readonly InitSystem[] = [systemd, upstart, systemv, openrc, launchd, rcd, rcdOpenbsd];

export const platformNames: readonly string[] = initSystems.flatMap(({ names }) => names);

/** The init system that was named, or else the first of which there is the program. */
export function chooseInitSystem(
  named: string | undefined,
  hasProgram: (name: string) => boolean,
): Outcome<InitSystem> {
  if (named !== undefined) {
    const found = initSystems.find(({ names }) => names.includes(named));
    if (found) return succeed(found);
    return fail(
      problem('usage/invalid', {
        message: `There is no init system called "${named}".${didYouMean(named, platformNames)}`,
        hint: `There is: ${initSystems.map(({ names: [name] }) => name).join(', ')}.`,
      }),
    );
  }
  const found = initSystems.find(({ program }) => hasProgram(program));
  if (found) return succeed(found);
  return fail(
    problem('usage/invalid', {
      message: `Init system not found: there is none of ${initSystems.map(({ program }) => program).join(', ')}.`,
      hint: 'Name it: pm startup <platform>. In a container, let it run "pm resurrect" or pm itself when it starts.',
    }),
  );
}
