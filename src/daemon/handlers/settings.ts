import type { DaemonRequests, Handlers } from '../../protocol/messages.ts';
import { fail } from '../../shared/outcome.ts';
import { problem } from '../../shared/problems.ts';
import { isSettingPath } from '../../shared/settings.ts';
import type { Parts } from '../parts.ts';

/** The settings of the home. */
export const settingsHandlers = ({ settings }: Parts): Pick<Handlers<DaemonRequests>, 'settings.change'> => ({
  'settings.change': async ({ changes }) => {
    const bad = changes.find(({ path }) => !isSettingPath(path));
    return bad ? fail(problem('settings/bad-key', { key: bad.path.join(':') })) : settings.change(changes);
  },
});
