/** What an ecosystem file is written for. */
export interface Project {
  readonly name: string;
  /** From the folder of the file. */
  readonly script: string;
  /** Whether `.js` files are ES modules there. */
  readonly esModule: boolean;
}

/** `simple`: one app and nothing else; `full`: with a second environment and a deployment to fill in. */
export type TemplateMode = 'simple' | 'full';

/** Text of an `ecosystem.config.js` that can be started as it is. */
export function ecosystemTemplate({ name, script, esModule }: Project, mode: TemplateMode): string {
  const app = [`name: ${quote(name)},`, `script: ${quote(script)},`];
  const lines = [
    'apps: [',
    '  {',
    ...indent(mode === 'simple' ? app : [...app, ...SETTINGS], 4),
    '  },',
    '],',
    ...(mode === 'simple' ? [] : DEPLOYMENT),
  ];
  return [`${esModule ? 'export default' : 'module.exports ='} {`, ...indent(lines, 2), '};', ''].join('\n');
}

const SETTINGS = [
  "instances: 'max', // one worker for each CPU, behind one port",
  "exec_mode: 'cluster',",
  "max_memory_restart: '500M',",
  'env: {',
  "  NODE_ENV: 'development',",
  '},',
  'env_production: { // laid over env by: pm start ecosystem.config.js --env production',
  "  NODE_ENV: 'production',",
  '},',
];

const DEPLOYMENT = [
  '// pm deploy production setup, then: pm deploy production',
  'deploy: {',
  '  production: {',
  "    user: 'deploy',",
  "    host: ['server.example.com'],",
  "    ref: 'origin/main',",
  "    repo: 'git@example.com:me/project.git',",
  "    path: '/srv/project',",
  "    'post-deploy': 'npm ci && pm startOrReload ecosystem.config.js --env production',",
  '  },',
  '},',
];

const indent = (lines: readonly string[], columns: number): string[] => lines.map((line) => ' '.repeat(columns) + line);

const quote = (text: string): string =>
  `'${JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
