import type { Kind } from './kinds.ts';

/** One key of an app in a definition: parsing, defaults, flags, documentation and example all come from its row. */
export interface AppKey {
  /** snake_case; the camelCase form is accepted too. */
  readonly name: string;
  readonly aliases?: readonly string[];
  readonly kind: Kind<unknown>;
  /** Value when the key is absent. */
  readonly default?: unknown;
  /** Words for a default that is found out at run time. */
  readonly defaultText?: string;
  readonly help: string;
  /** PM2's variable for the value of apps that do not say. */
  readonly variable?: string;
  /** Command-line forms, in commander's notation: `-k, --kill-timeout <ms>`. A repeatable one says so. */
  readonly flags?: readonly string[];
  readonly repeatable?: true;
  /** `no-effect`: accepted for PM2's sake. `later`: refused, unless switched off, until the feature is there. */
  readonly support?: 'no-effect' | 'later';
}
