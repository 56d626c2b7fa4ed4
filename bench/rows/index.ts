import type { Row } from '../row.ts';
import { brokenReload } from './broken-reload.ts';
import { coldStart } from './cold-start.ts';
import { daemonKill } from './daemon-kill.ts';
import { idleCost } from './idle-cost.ts';
import { listTime } from './list-time.ts';
import { logCap } from './log-cap.ts';
import { logHistory } from './log-history.ts';
import { logLines } from './log-lines.ts';
import { logMixed } from './log-mixed.ts';
import { logRotation } from './log-rotation.ts';
import { logWeb } from './log-web.ts';
import { onlyWorkerKill } from './only-worker-kill.ts';
import { pingStorm } from './ping-storm.ts';
import { reloadsUnderLoad } from './reload-under-load.ts';
import { throughput } from './throughput.ts';
import { workerKill } from './worker-kill.ts';

/** Every row, in the order of the table. */
export const rows: readonly Row[] = [
  ...reloadsUnderLoad,
  brokenReload,
  daemonKill,
  workerKill,
  onlyWorkerKill,
  pingStorm,
  listTime,
  coldStart,
  throughput,
  idleCost,
  logLines,
  logMixed,
  logWeb,
  logRotation,
  logCap,
  logHistory,
];
