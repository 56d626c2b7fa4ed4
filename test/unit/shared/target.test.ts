import { expect, test } from 'vitest';
import { matchTarget, type Nameable } from '../../../src/shared/target.ts';

const app = (namespace: string, name: string, ...pmIds: number[]): Nameable => ({
  spec: { namespace, name, script: `/srv/${name}.js` },
  workers: pmIds.map((pmId) => ({ pmId })),
});
const apps = [app('default', 'web', 0, 1), app('jobs', 'web', 2), app('jobs', 'mail', 3), app('default', '3', 4)];

test.each([
  ['all', ['default/web:0,1', 'jobs/web:2', 'jobs/mail:3', 'default/3:4']],
  ['web', ['default/web:0,1', 'jobs/web:2']],
  ['jobs/web', ['jobs/web:2']],
  ['jobs', ['jobs/web:2', 'jobs/mail:3']],
  ['/srv/mail.js', ['jobs/mail:3']],
  ['1', ['default/web:1']],
  ['3', ['default/3:4']], // a name comes before an id
  ['/^w|ai/', ['default/web:0,1', 'jobs/web:2', 'jobs/mail:3']],
  ['/(/', []],
  ['/', []],
  ['9', []],
  ['-1', []],
  ['we', []],
])('%s names %j', (target, expected) => {
  const named = matchTarget(apps, target).map(
    ({ app, pmIds }) => `${app.spec.namespace}/${app.spec.name}:${pmIds.join(',')}`,
  );
  expect(named).toEqual(expected);
});
