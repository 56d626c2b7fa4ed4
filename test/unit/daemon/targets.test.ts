import { describe, expect, test } from 'vitest';
import { AppList } from '../../../src/daemon/app-list.ts';
import { selectTargets } from '../../../src/daemon/targets.ts';
import { appSpec, listedWorker } from '../../helpers/listed-app.ts';

function listOf(...apps: readonly [namespace: string, name: string, ...pmIds: number[]][]): AppList {
  const list = new AppList(() => {});
  for (const [namespace, name, ...pmIds] of apps) {
    list.declare(appSpec({ namespace, name }), '1');
    for (const [slot, pmId] of pmIds.entries()) {
      list.apply({ type: 'worker-changed', app: `${namespace}/${name}`, worker: listedWorker({ pmId, slot }) });
    }
  }
  return list;
}

const apps = listOf(['default', 'web', 0, 1], ['jobs', 'web', 2], ['jobs', 'mail', 3]).all();

describe('selectTargets', () => {
  test.each<[string[], string[]]>([
    [['all'], ['default/web:0,1', 'jobs/web:2', 'jobs/mail:3']],
    [
      ['1', 'mail', '0'],
      ['default/web:1,0', 'jobs/mail:3'],
    ],
    [
      ['web', '0', 'default/web'],
      ['default/web:0,1', 'jobs/web:2'],
    ],
  ])('%j are these workers, each once', (targets, expected) => {
    const { selected, problems } = selectTargets(targets, apps);
    expect(selected.map(({ app, pmIds }) => `${app.key}:${pmIds.join(',')}`)).toEqual(expected);
    expect(problems).toEqual([]);
  });

  test('what names nothing is said, with the names there are, and the rest is done all the same', () => {
    const { selected, problems } = selectTargets(['nobody', 'mail', '77'], apps);
    expect(selected.map(({ pmIds }) => pmIds)).toEqual([[3]]);
    expect(problems).toMatchObject([
      { code: 'target/not-found', message: 'Process or Namespace nobody not found', hint: 'There is: "web", "mail".' },
      { code: 'target/not-found' },
    ]);
  });

  test('"all" of nothing is a problem of its own', () => {
    expect(selectTargets(['all'], [])).toMatchObject({ selected: [], problems: [{ code: 'target/none' }] });
  });
});
