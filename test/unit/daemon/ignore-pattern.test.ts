import { expect, test } from 'vitest';
import { ignoreRule } from '../../../src/daemon/ignore-pattern.ts';

const where = { cwd: '/srv/app', roots: ['/srv/app'] };

test.each<[patterns: string[], path: string, ignored: boolean]>([
  [[], '/srv/app/server.js', false],
  [[], '/srv/app', false],
  [[], '/srv/app/.git/HEAD', true],
  [[], '/srv/app/lib/node_modules/x/index.js', true],
  [['!node_modules'], '/srv/app/node_modules/x.js', false],
  [['!.env'], '/srv/app/.env', false],
  [['*.tmp'], '/srv/app/lib/a.tmp', true],
  [['*.tmp'], '/srv/app/lib/a.tmpl', false],
  [['uploads/'], '/srv/app/uploads/a/b.png', true],
  [['lib/*.js'], '/srv/app/lib/a.js', true],
  [['lib/*.js'], '/srv/app/lib/b/a.js', false],
  [['lib/**/*.js'], '/srv/app/lib/b/c/a.js', true],
  [['./lib'], '/srv/app/lib/a.js', true],
  [['/srv/app/lib'], '/srv/app/lib/a.js', true],
  [['/srv/app/lib'], '/srv/app/library/a.js', false],
  [['*.{log,txt}'], '/srv/app/a.txt', true],
  [['data[0-9].json'], '/srv/app/data7.json', true],
  [['[\\/\\\\]\\./', '['], '/srv/app/a.js', false],
  [['regex:\\.min\\.js$'], '/srv/app/a.min.js', true],
  [['regex:('], '/srv/app/a.js', false],
])('%j and %s: %s', (patterns, path, ignored) => {
  expect(ignoreRule(patterns, where)(path)).toBe(ignored);
});
