import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BareNode } from '../managers/bare.ts';
import { Crew } from '../managers/crew.ts';
import { freePort } from '../measure/first-answer.ts';
import type { Row } from '../row.ts';
import { compareRates, startManagers } from './throughput.ts';

const script = fileURLToPath(new URL('../apps/logging-http.js', import.meta.url));
const WORKERS = 2;

export const logWeb: Row = {
  id: 'log-web',
  title: `Web app that logs a line per request, ${WORKERS} workers, against bare node:cluster with stdout to a file`,
  async *run(context) {
    const folder = mkdtempSync(join(tmpdir(), 'bench-'));
    await using crew = new Crew();
    const ports = await startManagers(context, crew, script, WORKERS);
    const port = await freePort();
    crew.add(BareNode.cluster(script, port, WORKERS, join(folder, 'out.log')));
    ports.set('bare', port);
    yield await compareRates(ports, { kind: 'keep-alive', bar: 0.97, quick: context.quick });
    rmSync(folder, { recursive: true, force: true });
  },
};
