import { pathsOf } from '../shared/paths.ts';
import { Connection } from './connection.ts';
import { Pm } from './pm.ts';
import { Pm2 } from './pm2/pm2.ts';
import { takingCallbacks } from './taking-callbacks.ts';

const connection = new Connection(pathsOf(process.env));

/** The API of PM2, for programs written for it. */
export const pm2: Pm2 = new Pm2({}, connection);

/**
 * The process manager of this user: that of `PM_HOME`, of `PM2_HOME`, or `~/.pm`. Called with a callback, its methods are those of
 * PM2: a program with `require('pm2')` and the dependency `"pm2": "npm:pm"` finds what it expects.
 */
export const pm: Pm & Pm2 = takingCallbacks(new Pm({}, connection), pm2);
export default pm;

export type { PlannedChange } from '../config/apply-plan.ts';
export type { AppliedApp } from '../config/plan-record.ts';
export type { App, Worker } from '../protocol/app.ts';
export type { ReloadReceipt } from '../protocol/messages.ts';
export type { Problem, ProblemCode } from '../shared/problems.ts';
export type { AppDefinition, Definitions } from './app-definition.ts';
export type { ApplySettings } from './apply-definitions.ts';
export type { ChangedApp } from './changed-app.ts';
export type { CallOptions } from './connection.ts';
export type { EventOptions, PmEvent } from './event-stream.ts';
export { Pm, type PmOptions, type StartSettings, type TriggerReply } from './pm.ts';
export { PmError } from './pm-error.ts';
export type { Bus } from './pm2/bus.ts';
export type * from './pm2/declared-names.ts';
export type { Pm2 } from './pm2/pm2.ts';
export type { Pm2Process, Pm2Result } from './pm2/records.ts';
