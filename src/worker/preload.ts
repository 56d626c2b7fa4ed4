import { releaseChannel } from './channel-reference.ts';
import { CONTROL_CMD, type ToWorker } from './control-messages.ts';
import { Drain } from './drain.ts';
import { removePreload } from './exec-argv.ts';
import { MasterLink } from './master-link.ts';
import { OpenConnections } from './open-connections.ts';
import { openInspector } from './open-inspector.ts';
import { RequestCounter } from './request-counter.ts';

/**
 * Runs in the user's process before the app, and leaves no trace in it: listens to the master, and counts and drains when told to.
 */
function start(send: NonNullable<typeof process.send>): void {
  const open = new OpenConnections();
  const counter = new RequestCounter(open, (counts) => link.send({ cmd: CONTROL_CMD, act: 'counts', ...counts }));
  let drain: Drain | null = null;
  const onDrained = () => {
    counter.flush();
    link.send({ cmd: CONTROL_CMD, act: 'drained' });
  };
  open.onSession = (session) => {
    counter.watch(session);
    drain?.endSession(session);
  };
  const link = new MasterLink(send, (message: ToWorker) => {
    switch (message.act) {
      case 'count':
        return counter.start();
      case 'stop-counting':
        return counter.stop();
      case 'inspect':
        return link.send({ cmd: CONTROL_CMD, act: 'inspecting', opened: openInspector() });
      case 'drain':
        drain ??= new Drain(open, onDrained);
        return drain.start(message.idleGraceMs);
    }
  });
  // Runs after the first turn, in which Node loads a CommonJS script with all that it requires.
  setImmediate(() => link.send({ cmd: CONTROL_CMD, act: 'loaded' }));
}

removePreload(process.execArgv, __filename);
delete require.cache[__filename];
// Threads of the app load this file too; they have no channel, and neither has a process without a master.
if (process.connected && process.send) {
  start(process.send);
  // The type of process knows no internal events.
  const isClusterWorker = (process as NodeJS.EventEmitter)
    .listeners('internalMessage')
    .some(({ name }) => name === 'onInternalMessage');
  // Loaded already in a cluster worker; elsewhere it would be loaded for nothing.
  if (isClusterWorker) releaseChannel(require('node:cluster'));
}
