import { expect, test } from 'vitest';
import { shellPart } from '../../../src/config/environment.ts';

const shell = { PATH: '/bin', REACT_URL: 'u', MY_TOKEN: 't', name: 'n' };

test.each<[true | string[], string[]]>([
  [[], ['PATH', 'REACT_URL', 'MY_TOKEN', 'name']],
  [true, ['PATH']],
  [['REACT_'], ['PATH', 'MY_TOKEN', 'name']],
  [['TOKEN'], ['PATH', 'REACT_URL', 'MY_TOKEN', 'name']],
  [
    ['*TOKEN*', 'n*e'],
    ['PATH', 'REACT_URL'],
  ],
  [
    ['M*KEN', 'R*_*_*L'],
    ['PATH', 'REACT_URL', 'name'],
  ],
  [['*'], []],
])('filter %j leaves %j', (filter, names) => {
  expect(Object.keys(shellPart(shell, filter))).toEqual(names);
});

test('variables that belong to another worker are left out', () => {
  const inside = {
    ...shell,
    pm_id: '3',
    pm_cwd: '/',
    NODE_APP_INSTANCE: '1',
    NODE_CHANNEL_FD: '3',
    NODE_UNIQUE_ID: '2',
    PM_HOME: '/h',
  };
  expect(Object.keys(shellPart(inside, []))).toEqual(['PATH', 'REACT_URL', 'MY_TOKEN', 'PM_HOME']);
});

test('a variable called __proto__ is one like others', () => {
  const part = shellPart(JSON.parse('{"__proto__":"x"}'), []);
  expect(Object.entries(part)).toEqual([['__proto__', 'x']]);
});
