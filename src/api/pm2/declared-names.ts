import type { AppDefinition } from '../app-definition.ts';
import type { Bus } from './bus.ts';
import type { Callback } from './callback.ts';
import type { CustomOptions } from './pm2.ts';
import type { Pm2Process, Pm2Result } from './records.ts';

/** The names that types have in PM2's own declarations: programs import them, or write `pm2.StartOptions`. */

export type ProcessDescription = Pm2Process;
export type Proc = Pm2Process & Pm2Result;
export type Monit = Pm2Process['monit'];
export type Pm2Env = Pm2Process['pm2_env'];
/** An app, with every key of docs/config.md. PM2 does not ask for a script where a target is given as well. */
export type StartOptions = Partial<AppDefinition>;
export interface ReloadOptions {
  readonly updateEnv?: boolean;
}
export type Command = { readonly locked?: boolean; readonly metadata?: unknown; readonly started_at?: unknown };
export type Platform =
  | 'ubuntu'
  | 'centos'
  | 'redhat'
  | 'gentoo'
  | 'systemd'
  | 'darwin'
  | 'amazon'
  | 'upstart'
  | 'systemv'
  | 'openrc'
  | 'launchd'
  | 'rcd';
export type ErrCallback = (error: Error) => void;
export type ErrProcCallback = Callback<Proc>;
export type ErrProcDescCallback = Callback<Pm2Process>;
export type ErrProcDescsCallback = Callback<Pm2Process[]>;
export type ErrResultCallback = Callback;
export type ErrBusCallback = Callback<Bus>;
export type InstallOptions = CustomOptions;
