import type { Kind } from './kinds.ts';

/** From what nobody notices to another program: each is the least that brings the new value into force. */
export type KeyStep =
  /** It changes nothing. */
  | 'none'
  /** The processes stay. */
  | 'live'
  /** Workers come or go; the others stay. */
  | 'scale'
  /** New workers; in fork mode a restart. */
  | 'reload'
  /** The app stops, and starts below another master. */
  | 'restart'
  /** Another name is another app: the old one is deleted. */
  | 'new app';

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
  /** What "pm apply" does to an app that runs, when this key is changed. */
  readonly step: KeyStep;
  readonly help: string;
  /** PM2's variable for the value of apps that do not say. */
  readonly variable?: string;
  /** Command-line forms, in commander's notation: `-k, --kill-timeout <ms>`. A repeatable one says so. */
  readonly flags?: readonly string[];
  readonly repeatable?: true;
  /** `no-effect`: accepted for PM2's sake. */
  readonly support?: 'no-effect';
}
