import { join } from 'node:path';

/** What `script: serve` stands for, unless there is a file of that name. */
export const SERVE = 'serve';

/** The server of files, beside the running bundle: settings come by its variables (static-server/settings.ts). */
export const staticServerScript = (): string => join(__dirname, 'static-server.cjs');
