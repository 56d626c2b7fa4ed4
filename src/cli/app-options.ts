import { appKeys } from '../config/keys.ts';
import type { CommandOption } from './command.ts';

/** The options that declare an app, from the table of keys; `start` shows them, and they may stand anywhere. */
export const appOptions: readonly CommandOption[] = appKeys.flatMap(({ flags = [], help, repeatable }) =>
  flags.map((form) => ({ flags: form, help, ...(repeatable ? { repeatable } : {}) })),
);
