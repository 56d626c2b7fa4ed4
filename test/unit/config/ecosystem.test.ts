import { expect, test } from 'vitest';
import { readDefinition, readEcosystemFile } from '../../../src/config/ecosystem.ts';
import type { ReadContext } from '../../../src/config/read-context.ts';
import type { AppSpec } from '../../../src/shared/app-spec.ts';
import type { Outcome } from '../../../src/shared/outcome.ts';
import { Folder } from './folder.ts';

/** Apps of a file in JSON beside an app.js. */
async function read(definition: unknown, more: Partial<ReadContext> = {}): Promise<Outcome<AppSpec[]>> {
  using folder = new Folder({ 'app.js': '', 'eco.json': JSON.stringify(definition) });
  return await readEcosystemFile('eco.json', folder.context(more));
}

const value = (outcome: Outcome<AppSpec[]>): AppSpec[] => {
  if (!outcome.ok) throw new Error(`${outcome.problem.message}\n${outcome.problem.evidence?.join('\n')}`);
  return outcome.value;
};

const mistakes = (outcome: Outcome<AppSpec[]>): readonly string[] => {
  expect(outcome).toMatchObject({ ok: false, problem: { code: 'config/invalid' } });
  return outcome.ok ? [] : (outcome.problem.evidence ?? []);
};

test('every mistake of a file is in one report, with place, rule and value', async () => {
  const outcome = await read({
    apps: [
      { name: 'a', script: './app.js', max_restarts: 'lots', kill_timout: 5, env: 'A=secret' },
      { script: './nowhere.js', exec_mode: 'clustered', maxRestarts: -1, max_restarts: 1 },
      'app.js',
      { name: 'a', script: './app.js', cron: false, vizion: false },
      { script: 'app.js', name: 'c', interpreter: 'sh', exec_mode: 'cluster', cwd: './gone', env_test: 5 },
      { name: 'd' },
    ],
    app: 1,
    'x-anchor': 1,
    script: 'y',
  });
  expect(mistakes(outcome).map((line) => line.replace(/\/\S*\/pm-config-\w+/, '<folder>'))).toEqual([
    'app is not a key of a definition. Did you mean "apps"?',
    'script is not a key of a definition. It is a key of an app.',
    `apps[2] must be an app: an object with "script"; got 'app.js'`,
    'apps[0].kill_timout is not a key of an app. Did you mean "kill_timeout"?',
    'apps[0].env must be an object of variables and their values; got a string',
    `apps[0].max_restarts must be a whole number, 0 or more; got 'lots'`,
    'apps[1].max_restarts and apps[1].maxRestarts are the same key; give one of them',
    `apps[1].exec_mode must be one of 'cluster', 'fork'; got 'clustered'`,
    'apps[1].maxRestarts must be a whole number, 0 or more; got -1',
    'apps[1].script: Script not found: <folder>/nowhere.js. Check the path: it starts at the folder of the command or of the ecosystem file.',
    'apps[4].env_test must be an object of variables and their values; got a number',
    'apps[4].cwd is no folder: <folder>/gone does not exist',
    'apps[4].exec_mode is "cluster", which only Node programs can be; the script is run by "sh"',
    'apps[5].script is missing: every app needs the script to run',
    'apps[3] has the name of apps[0], "a"; give each app a "name" of its own',
  ]);
});

test.each<[unknown, string]>([
  [null, 'The file must hold an object with "apps", or a list of apps; got null'],
  ['app.js', `The file must hold an object with "apps", or a list of apps; got 'app.js'`],
  [[], 'The file must have at least one app; the list is empty'],
  [{ apps: [] }, 'apps must have at least one app; the list is empty'],
  [{ apps: 3 }, 'apps must be a list of apps; got 3'],
  [{}, 'The file must have "apps": it declares none'],
  [{ aps: [] }, 'aps is not a key of a definition. Did you mean "apps"?'],
  [{ static: { path: 'x' } }, "static must be a list of folders to serve; got { path: 'x' }"],
  [{ static: [{ prot: 80 }] }, 'static[0].prot is not a key of a folder to serve. Did you mean "port"?'],
  [{ static: [{ port: 0 }] }, 'static[0].port must be a whole number from 1 to 65535; got 0'],
  [
    { static: [{ basic_auth: 'secret' }] },
    'static[0].basic_auth must be an object with username and password; got a string',
  ],
])('%j is no definition', async (definition, message) => {
  expect(mistakes(await read(definition))[0]).toBe(message);
});

test('0 and false are values', async () => {
  const zero = {
    max_restarts: 0,
    min_uptime: 0,
    kill_timeout: '0',
    restart_delay: 0,
    autorestart: false,
    treekill: 'false',
  };
  expect(value(await read({ script: 'app.js', ...zero }))).toMatchObject([
    { maxRestarts: 0, minUptimeMs: 0, killTimeoutMs: 0, restartDelayMs: 0, autorestart: false, treekill: false },
  ]);
});

test('aliases and camelCase forms', async () => {
  const app = {
    exec: 'app.js',
    execInterpreter: 'node',
    nodeArgs: '--max-old-space-size=64',
    errLog: '/e',
    output: '/dev/null',
    log: true,
    combineLogs: true,
    time: true,
    stopExitCodes: [0, '2'],
    killSignal: 'TERM',
  };
  expect(value(await read({ ...app, envFile: null }))).toMatchObject([
    {
      interpreter: 'node',
      interpreterArgs: ['--max-old-space-size=64'],
      errorFile: '/e',
      outFile: '/dev/null',
      logFile: true,
      mergeLogs: true,
      logDateFormat: 'YYYY-MM-DDTHH:mm:ss',
      stopExitCodes: [0, 2],
      killSignal: 'SIGTERM',
    },
  ]);
});

test('relative paths start at the file, else at the folder of the command', async () => {
  using folder = new Folder({
    'conf/eco.json': JSON.stringify([
      { name: 'near', script: 'app.js', out_file: 'logs/o.log' },
      { name: 'far', script: './far.js', error_file: './e.log' },
      { name: 'moved', script: 'server.js', cwd: './srv', pid_file: 'p.pid' },
      { name: 'away', script: './app.js', cwd: '../other' },
    ]),
    'conf/app.js': '',
    'app.js': '',
    'far.js': '',
    'conf/srv/server.js': '',
    'other/x': '',
    'package.json': '{"version":"1.2.3"}',
  });
  expect(value(await readEcosystemFile('conf/eco.json', folder.context()))).toMatchObject([
    {
      script: folder.at('conf/app.js'),
      cwd: folder.at('conf'),
      outFile: folder.at('conf/logs/o.log'),
      version: '1.2.3',
    },
    { script: folder.at('far.js'), cwd: folder.path, errorFile: folder.at('e.log') },
    { script: folder.at('conf/srv/server.js'), cwd: folder.at('conf/srv'), pidFile: folder.at('conf/srv/p.pid') },
    { script: folder.at('conf/app.js'), cwd: folder.at('other') },
  ]);
});

test('the environment: shell < deploy < env < env_<name> < port', async () => {
  const shellEnv = {
    PATH: '/bin',
    A: 'shell',
    B: 'shell',
    C: 'shell',
    D: 'shell',
    E: 'shell',
    PWD: '/elsewhere',
    pm_id: '4',
  };
  const definition = {
    apps: [
      {
        script: 'app.js',
        filter_env: ['E'],
        env: { C: 'env', D: 'env', PORT: '1' },
        env_prod: { D: 'block' },
        port: 80,
      },
    ],
    deploy: { prod: { env: { B: 'deploy', C: 'deploy' } } },
  };
  const [app] = value(await read(definition, { shellEnv, envName: 'prod' }));
  expect(app?.env).toEqual({ PATH: '/bin', A: 'shell', B: 'deploy', C: 'env', D: 'block', PORT: '80', PWD: app?.cwd });
  expect(app?.envBlocks).toEqual({ prod: { D: 'block' } });
  const [base] = value(await read(definition, { shellEnv }));
  expect(base?.env).toMatchObject({ B: 'shell', D: 'env' });
});

const two = [
  { name: 'api', script: 'app.js', env_prod: {} },
  { name: 'web', script: './not-built-yet.js' },
];

test('--only leaves the other apps alone, but not their mistakes', async () => {
  expect(value(await read(two, { only: ['api'] })).map(({ name }) => name)).toEqual(['api']);
  expect(mistakes(await read(two, { only: ['apy'] }))).toEqual([
    '--only names no app of the file: "apy". Did you mean "api"? It has: "api", "web".',
  ]);
  expect(
    mistakes(await read([...two, { name: 'x', script: 'app.js', instances: 'many' }], { only: ['api'] })),
  ).toHaveLength(1);
});

test('an unknown --env', async () => {
  const outcome = await read(two, { only: ['api'], envName: 'prd' });
  expect(mistakes(outcome)).toEqual([
    '--env names no environment of the file: "prd". Did you mean "prod"? It has: "prod".',
  ]);
});

test('flags override the file', async () => {
  const flags = {
    instances: '2',
    maxRestarts: '3',
    output: '/o.log',
    autorestart: false,
    nodeArgs: '--trace-warnings',
  };
  const apps = value(
    await read(
      [
        { name: 'a', script: 'app.js', max_restarts: 9 },
        { name: 'b', script: 'app.js' },
      ],
      { flags },
    ),
  );
  expect(apps).toMatchObject(
    ['a', 'b'].map((name) => ({
      name,
      execMode: 'cluster',
      instances: 2,
      maxRestarts: 3,
      outFile: '/o.log',
      autorestart: false,
      interpreterArgs: ['--trace-warnings'],
    })),
  );
  expect(value(await read(two, { flags: { name: 'x' }, only: ['api'] }))).toMatchObject([{ name: 'x' }]);
  expect(
    mistakes(await read([two[0], { ...two[0], name: 'b' }], { flags: { name: 'x', killTimeout: 'soon' } })),
  ).toEqual([expect.stringMatching(/^--kill-timeout must be a time/), '--name fits one app; the file has 2']);
});

test('names', async () => {
  const apps = [
    { script: 'app.js' },
    { script: 'app.js', namespace: 'n', name_prefix: 'p', append_env_to_name: true, env_test: {} },
    { script: 'sh', args: '-c "a b"' },
    { script: 'sh -c true', name: 3000 },
  ];
  expect(value(await read(apps, { envName: 'test' }))).toMatchObject([
    { name: 'app', namespace: 'default' },
    { name: 'p:app-test', namespace: 'n' },
    { name: 'sh', script: 'sh', interpreter: 'none', args: ['-c', 'a b'] },
    { name: '3000', script: 'bash', args: ['-c', 'sh -c true'], execMode: 'fork' },
  ]);
});

test('stdin reports its mistakes too', async () => {
  using folder = new Folder({});
  expect(mistakes(await readDefinition('{script: "x.js"}', folder.context()))).toHaveLength(1);
});
