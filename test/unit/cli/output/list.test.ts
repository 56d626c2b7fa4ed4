import { expect, test } from 'vitest';
import { listRows } from '../../../../src/cli/output/list-rows.ts';
import { sortWorkers } from '../../../../src/cli/output/list-sort.ts';
import { miniList } from '../../../../src/cli/output/mini-list.ts';
import { type Paint, plain } from '../../../../src/cli/output/paint.ts';
import { drawTable } from '../../../../src/cli/output/table.ts';
import { listedApp } from '../../../helpers/listed-app.ts';

const NOW = 1_090_000;
const apps = [
  listedApp(
    { name: 'worker-of-日本', execMode: 'fork', namespace: 'jobs' },
    { pmId: 2, status: 'errored', pid: 0, startedAt: 0, restarts: 15 },
  ),
  listedApp({ name: 'api' }, { pmId: 0 }, { pmId: 1, status: 'waiting restart', pid: 0, startedAt: 0 }),
];

function draw(columns: number, paint = plain): string {
  const workers = sortWorkers(apps);
  if (!workers.ok) throw new Error(workers.problem.message);
  return drawTable(listRows(workers.value, { now: NOW, columns, paint }), { header: true });
}

test('a wide terminal shows all columns, by name', () => {
  expect(draw(300)).toMatchInlineSnapshot(`
    "┌────┬────────────────┬───────────┬─────────┬─────────┬──────┬────────┬────┬─────────────────┬──────┬────────┬────────┬──────────┐
    │ id │ name           │ namespace │ version │ mode    │ pid  │ uptime │ ↺  │ status          │ cpu  │ mem    │ user   │ watching │
    ├────┼────────────────┼───────────┼─────────┼─────────┼──────┼────────┼────┼─────────────────┼──────┼────────┼────────┼──────────┤
    │ 0  │ api            │ default   │ 1.2.3   │ cluster │ 4000 │ 90s    │ 0  │ online          │ 0.3% │ 50.3mb │ deploy │ disabled │
    │ 1  │ api            │ default   │ 1.2.3   │ cluster │ N/A  │ 0      │ 0  │ waiting restart │ 0.3% │ 50.3mb │ deploy │ disabled │
    │ 2  │ worker-of-日本 │ jobs      │ 1.2.3   │ fork    │ N/A  │ 0      │ 15 │ errored         │ 0.3% │ 50.3mb │ deploy │ disabled │
    └────┴────────────────┴───────────┴─────────┴─────────┴──────┴────────┴────┴─────────────────┴──────┴────────┴────────┴──────────┘"
  `);
});

test('a narrow terminal shows fewer, and the narrowest the least', () => {
  expect(draw(80)).toMatchInlineSnapshot(`
    "┌────┬────────────────┬─────────┬────┬─────────────────┬──────┬────────┐
    │ id │ name           │ mode    │ ↺  │ status          │ cpu  │ memory │
    ├────┼────────────────┼─────────┼────┼─────────────────┼──────┼────────┤
    │ 0  │ api            │ cluster │ 0  │ online          │ 0.3% │ 50.3mb │
    │ 1  │ api            │ cluster │ 0  │ waiting restart │ 0.3% │ 50.3mb │
    │ 2  │ worker-of-日本 │ fork    │ 15 │ errored         │ 0.3% │ 50.3mb │
    └────┴────────────────┴─────────┴────┴─────────────────┴──────┴────────┘"
  `);
  expect(draw(50)).toMatchInlineSnapshot(`
    "┌────┬────────────────┬─────────────────┬──────┬────────┐
    │ id │ name           │ status          │ cpu  │ mem    │
    ├────┼────────────────┼─────────────────┼──────┼────────┤
    │ 0  │ api            │ online          │ 0.3% │ 50.3mb │
    │ 1  │ api            │ waiting restart │ 0.3% │ 50.3mb │
    │ 2  │ worker-of-日本 │ errored         │ 0.3% │ 50.3mb │
    └────┴────────────────┴─────────────────┴──────┴────────┘"
  `);
});

test('an empty list is a table of titles', () => {
  expect(drawTable(listRows([], { now: NOW, columns: 80, paint: plain }), { header: true }).split('\n')).toHaveLength(
    3,
  );
});

test('colors do not move the columns', () => {
  const marked: Paint = { ...plain, green: (text) => `<g>${text}</g>`, red: (text) => `<r>${text}</r>` };
  const painted = draw(300, marked);
  expect(painted).toContain('<g>online</g>');
  expect(painted).toContain('<r>errored</r>');
  expect(painted.replace(/<\/?[gr]>/g, '')).toBe(draw(300));
});

test('a long name is cut', () => {
  const workers = sortWorkers([listedApp({ name: 'n'.repeat(60) }, {})]);
  const table = workers.ok
    ? drawTable(listRows(workers.value, { now: NOW, columns: 300, paint: plain }), { header: true })
    : '';
  expect(table).toContain(` ${'n'.repeat(39)}… `);
});

test.each([
  [undefined, [0, 1, 2]],
  ['id:desc', [2, 1, 0]],
  ['status', [2, 0, 1]],
  ['pid:desc', [0, 1, 2]],
  ['namespace:desc', [2, 0, 1]],
  ['uptime', [1, 2, 0]], // of what does not run: none
])('sorted by %s', (order, expected) => {
  const sorted = sortWorkers(apps, order);
  expect(sorted.ok && sorted.value.map(({ worker }) => worker.pmId)).toEqual(expected);
});

test.each(['colour', 'name:up', '__proto__', ''])('%j is no order', (order) => {
  const sorted = sortWorkers(apps, order);
  expect(!sorted.ok && sorted.problem.hint).toContain('namespace, pid, id, cpu, memory');
});

test('the mini list has a paragraph per worker', () => {
  const workers = sortWorkers(apps);
  expect(workers.ok && miniList(workers.value, NOW)).toContain(
    '+--- api\nnamespace : default\nversion : 1.2.3\npid : 4000\npm2 id : 0\n',
  );
});
