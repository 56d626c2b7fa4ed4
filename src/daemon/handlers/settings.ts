import type { DaemonRequests, Handlers } from '../../protocol/messages.ts';
import { fail } from '../../shared/outcome.ts';
import { problem } from '../../shared/problems.ts';
import { ROTATION_GROUP } from '../../shared/rotation-settings.ts';
import { isSettingPath } from '../../shared/settings.ts';
import type { Parts } from '../parts.ts';

/** The settings of the home. */
export const settingsHandlers = ({ settings, masters }: Parts): Pick<Handlers<DaemonRequests>, 'settings.change'> => ({
  'settings.change': async ({ changes }) => {
    const bad = changes.find(({ path }) => !isSettingPath(path));
    if (bad) return fail(problem('settings/bad-key', { key: bad.path.join(':') }));
    const changed = await settings.change(changes);
    const isOfLogs = changes.some(({ path: [group = ROTATION_GROUP] }) => group === ROTATION_GROUP); // without one: all
    if (changed.ok && isOfLogs) await masters.callAll((master) => master.call('logs.settings', {}));
    return changed;
  },
});
