import type { AppKey } from '../app-key.ts';
import { filterEnv } from '../environment.ts';
import { environment } from '../environment-kind.ts';
import { textWhere, wholeNumber } from '../kinds.ts';

/** What the app finds in its environment. `env_<name>` blocks are keys as well; they have the kind of `env`. */
export const environmentKeys = [
  {
    name: 'env',
    kind: environment,
    default: {},
    help: 'Variables of the app. `env_<name>` is laid over it when `--env <name>` is given.',
  },
  {
    name: 'filter_env',
    kind: filterEnv,
    default: [],
    help: 'Variables of the shell that the app does not get: true for all, or names, beginnings of names, or patterns with "*".',
    flags: ['--filter-env <name>'],
    repeatable: true,
  },
  { name: 'port', kind: wholeNumber(0, 65_535), defaultText: 'none', help: 'Sets the variable PORT.' },
  {
    name: 'instance_var',
    kind: textWhere('the name of a variable', (name) => /^[A-Za-z_]\w*$/.test(name)),
    default: 'NODE_APP_INSTANCE',
    help: 'Name of the variable that holds the number of the worker, from 0.',
  },
] as const satisfies readonly AppKey[];
