import type { LogIdentity } from '../../../../src/master/logs/log-identity.ts';

/** A worker of the app "api" that writes nothing, and what differs. */
export const identity = (differs: Partial<LogIdentity>): LogIdentity => ({
  app: 'api',
  namespace: 'default',
  slot: 0,
  pmId: 0,
  outFile: null,
  errorFile: null,
  logFile: null,
  dateFormat: null,
  type: 'raw',
  ...differs,
});
