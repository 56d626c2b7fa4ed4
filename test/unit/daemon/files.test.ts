import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { AppEntry } from '../../../src/daemon/app-list.ts';
import { DaemonLog } from '../../../src/daemon/daemon-log.ts';
import { DumpFile } from '../../../src/daemon/dump-file.ts';
import { type SavedApp, viewOfSaved } from '../../../src/daemon/saved-app.ts';
import { StateFile } from '../../../src/daemon/state-file.ts';
import { appKey } from '../../../src/shared/app-spec.ts';
import { succeed } from '../../../src/shared/outcome.ts';
import { appSpec } from '../../helpers/listed-app.ts';

let folder: string;
let path: string;
const log = new DaemonLog(() => '');
const note = vi.spyOn(log, 'note');

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pm-files-'));
  path = join(folder, 'file.json');
  note.mockReset().mockImplementation(() => {});
});

afterEach(() => rm(folder, { recursive: true }));

const savedApp = (name: string): SavedApp => ({
  spec: appSpec({ name, env: { GREETING: 'é日本\n' } }),
  masterId: '1',
  workers: [{ slot: 0, pmId: 3, restarts: 2, createdAt: 5, shouldRun: true, pid: 77, startTicks: 88 }],
});

describe('state.json', () => {
  const stateFile = (apps: readonly SavedApp[], boot = 'this') =>
    new StateFile({ path, boot, log, apps: () => [...apps] });

  test('says to the next daemon what should run, and to nobody else', async () => {
    await stateFile([savedApp('api'), savedApp('mail')]).flush();
    expect(await stateFile([]).read()).toEqual([savedApp('api'), savedApp('mail')]);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(await readdir(folder)).toEqual(['file.json']);
  });

  test('of another boot says nothing of this one; neither does one that is not there', async () => {
    expect(await stateFile([]).read()).toEqual([]);
    await stateFile([savedApp('api')]).flush();
    expect(await stateFile([], 'next').read()).toEqual([]);
    expect(note).not.toHaveBeenCalled();
  });

  test('gathers changes into one write, and writes the last of them', async () => {
    const apps: SavedApp[] = [];
    const state = stateFile(apps);
    for (let count = 0; count < 100; count += 1) {
      apps.push(savedApp(`app-${count}`));
      state.changed();
    }
    await Promise.all([state.flush(), state.flush()]);
    expect(await stateFile([]).read()).toHaveLength(100);
  });

  test.each([
    ['cut short', '{"boot":"this","apps":[{"sp'],
    ['of another shape', '{"boot":"this","apps":[{"spec":{"name":"api"}}]}'],
    ['not an object', 'null'],
    ['empty', ''],
  ])('that is %s is put aside with a word in the log', async (_what, text) => {
    await writeFile(path, text);
    expect(await stateFile([]).read()).toEqual([]);
    expect(await readFile(`${path}.corrupt`, 'utf8')).toBe(text);
    expect(note).toHaveBeenCalledWith(expect.stringContaining(`it is kept as ${path}.corrupt`));
  });

  test('that cannot be written is logged, and the next change tries again', async () => {
    const blocked = `${path}.new`;
    await mkdir(blocked);
    const state = stateFile([savedApp('api')]);
    await state.flush();
    expect(note).toHaveBeenCalledWith(expect.stringContaining('could not be written'));
    await rm(blocked, { recursive: true });
    await state.flush();
    expect(await stateFile([]).read()).toHaveLength(1);
  });
});

describe('the saved list', () => {
  const backup = () => `${path}.bak`;
  const dumpFile = (names: 'pm' | 'pm2' = 'pm') => new DumpFile({ dump: path, dumpBackup: backup(), names }, log);
  const entry = (name: string): AppEntry => {
    const { spec, masterId, workers } = savedApp(name);
    const views = workers.map((saved) => ({
      view: { ...viewOfSaved(saved), status: 'online' as const },
      shouldRun: true,
    }));
    return { key: appKey(spec), spec, masterId, workers: views };
  };
  const dump = (name: string) => succeed({ apps: [savedApp(name)], foreign: [] });

  test('keeps the one before, and falls back to it when the newest is broken', async () => {
    const file = dumpFile();
    expect(await file.read()).toMatchObject({ ok: false, problem: { code: 'dump/not-found' } });
    await Promise.all([file.save([entry('first')]), file.save([entry('second')])]);
    expect(await file.read()).toEqual(dump('second'));

    await writeFile(path, '{"savedAt":1,"apps":[');
    expect(await file.read()).toEqual(dump('first'));
    expect(note).toHaveBeenCalledWith(expect.stringContaining(`${backup()} is taken instead.`));

    await file.save([entry('third')]);
    await writeFile(path, '{}');
    expect(await file.read()).toEqual(dump('first')); // the broken one did not replace it
  });

  test.each([
    ['{"savedAt":1,"apps":[{}]}', 'dump.apps[0].spec must be an object'],
    ['[1]', 'dump[0] must be an object'],
    ['[{"name":"api","pm_app":null}]', 'dump[0].spec'],
    ['[{"name":"api","pm_app":{"spec":{},"worker":{}}}]', 'dump[0].spec'],
  ])('says what is wrong when there is nothing to fall back to: %s', async (text, message) => {
    await writeFile(path, text);
    expect(await dumpFile().read()).toMatchObject({
      ok: false,
      problem: { code: 'dump/malformed', message: expect.stringContaining(message) },
    });
  });

  test("is a list of PM2's records in PM2's home, of which those of PM2 itself are left to others", async () => {
    await dumpFile('pm2').save([entry('api')]);
    const records: Record<string, unknown>[] = JSON.parse(await readFile(path, 'utf8'));
    expect(records).toMatchObject([
      {
        name: 'api',
        status: 'online',
        pm_exec_path: '/srv/api/app.js',
        GREETING: 'é日本\n',
        exec_mode: 'cluster_mode',
      },
    ]);
    const foreign = { name: 'old', pm_exec_path: '/srv/old.js' };
    const edited = { ...records[0], env: { GREETING: 'hi' } };
    await writeFile(path, JSON.stringify([edited, foreign]));
    const read = await dumpFile().read(); // also where files have other names
    const [saved] = [savedApp('api')];
    expect(read).toEqual(
      succeed({ apps: [{ ...saved, spec: { ...saved.spec, env: edited.env } }], foreign: [foreign] }),
    );
  });
});
