import { setTimeout as delay } from 'node:timers/promises';
import type { Manager } from '../managers/manager.ts';
import type { PerManager, Row } from '../row.ts';

const PINGS = 50;
const TIMEOUT_MS = 60_000; // the managers' own patience; one that hangs for ever is killed
const SETTLE_MS = 2000; // a second daemon that lost a race may need a moment to end

interface Storm {
  readonly answered: number;
  readonly hung: number;
  readonly daemons: number;
}

export const pingStorm: Row = {
  id: 'ping-storm',
  title: `${PINGS} pings at once with no daemon`,
  async *run(context) {
    const storms: PerManager<Storm> = {};
    for (const name of context.managers) {
      await using manager = context.create(name);
      storms[name] = await raise(manager);
    }
    const { pm, PM2 } = storms;
    yield {
      what: 'daemons, answers',
      pm: describe(pm),
      pm2: describe(PM2),
      bar: `1 daemon, ${PINGS} answers`,
      pass: pm ? pm.daemons === 1 && pm.answered === PINGS : null,
      details: storms,
    };
  },
};

async function raise(manager: Manager): Promise<Storm> {
  const pings = await Promise.all(
    Array.from({ length: PINGS }, () => manager.run(['ping'], { timeoutMs: TIMEOUT_MS })),
  );
  await delay(SETTLE_MS);
  return {
    answered: pings.filter(({ code, stdout }) => code === 0 && stdout.includes('pong')).length,
    hung: pings.filter(({ code }) => code === null).length,
    daemons: manager.allPids().length, // nothing else runs: no app was started, and every command has ended
  };
}

function describe(storm: Storm | undefined): string {
  if (!storm) return '-';
  return `${storm.daemons} ${storm.daemons === 1 ? 'daemon' : 'daemons'}, ${storm.answered} answers${storm.hung > 0 ? `, ${storm.hung} commands hung` : ''}`;
}
