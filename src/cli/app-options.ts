import type { AppKey } from '../config/app-key.ts';
import { appKeys } from '../config/keys.ts';
import type { CommandOption } from './command.ts';

/** The options that declare an app, from the table of keys. */
export const appOptions: readonly CommandOption[] = appKeys.filter(({ support }) => !support).flatMap(optionsOf);

/** Options of PM2 that are understood but have no effect, or none yet. No help shows them. */
export const pm2Options: readonly CommandOption[] = appKeys.filter(({ support }) => support).flatMap(optionsOf);

function optionsOf({ name, flags = [], help, repeatable }: AppKey): CommandOption[] {
  return flags.map((form) => ({
    flags: form,
    help: form.includes('--no-') ? `Turns off \`${name}\`. ${help}` : help,
    ...(repeatable ? { repeatable } : {}),
  }));
}
