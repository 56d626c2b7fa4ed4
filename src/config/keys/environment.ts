import type { AppKey } from '../app-key.ts';
import { envFilePaths } from '../env-file.ts';
import { filterEnv } from '../environment.ts';
import { environment } from '../environment-kind.ts';
import { textWhere, wholeNumber } from '../kinds.ts';

/** What the app finds in its environment. `env_<name>` blocks are keys as well; they have the kind of `env`. */
export const environmentKeys = [
  {
    name: 'env',
    kind: environment,
    default: {},
    step: 'reload',
    help: 'Variables of the app. `env_<name>` is laid over it when `--env <name>` is given.',
  },
  {
    name: 'env_file',
    kind: envFilePaths,
    default: [],
    step: 'reload',
    help: 'Files such as .env, in the syntax of `node --env-file`, read at every start and reload. Stronger than the shell, weaker than `env`.',
  },
  {
    name: 'filter_env',
    kind: filterEnv,
    default: [],
    step: 'reload',
    help: 'Variables of the shell that the app does not get: true for all but PATH, HOME, USER, LOGNAME, SHELL, LANG, LC_ALL, TZ and TMPDIR; or names, beginnings of names, or patterns with "*".',
    flags: ['--filter-env <name>'],
    repeatable: true,
  },
  { name: 'port', kind: wholeNumber(0, 65_535), defaultText: 'none', step: 'reload', help: 'Sets the variable PORT.' },
  {
    name: 'increment_var',
    kind: textWhere('the name of a variable', (name) => /^[A-Za-z_]\w*$/.test(name)),
    defaultText: 'none',
    step: 'reload',
    help: 'A variable that is a number, by default 0, and one more for each further worker: PORT 3000, 3001, ...',
  },
  {
    name: 'instance_var',
    variable: 'PM2_PROCESS_INSTANCE_VAR',
    kind: textWhere('the name of a variable', (name) => /^[A-Za-z_]\w*$/.test(name)),
    default: 'NODE_APP_INSTANCE',
    step: 'reload',
    help: 'Name of the variable that holds the number of the worker, from 0.',
  },
] as const satisfies readonly AppKey[];
