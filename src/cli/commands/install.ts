import { problem } from '../../shared/problems.ts';
import { defineCommand } from '../command.ts';

const ROTATION = /^(npm:)?pm2-logrotate(@.*)?$/;

export default defineCommand({
  summary: 'Of PM2: installs its modules; rotation of logs is built in here',
  operands: '[module]',
  operandsHelp: 'pm2-logrotate needs no installation: its settings have effect as they are. Other modules are not run.',
  options: ['--tarball', '--install', '--docker', '--v1', '--safe [ms]'].map((flags) => ({
    flags,
    help: 'Of PM2: without effect.',
  })),
  example: ['pm install pm2-logrotate', 'says that "pm set pm2-logrotate:max_size 10M" is enough'],
  run: async ({ operands: [name = ''] }, { out }) => {
    if (!ROTATION.test(name)) {
      return out.problem(
        problem('usage/invalid', {
          message: `pm does not run modules of PM2${name === '' ? '' : `, so not "${name}"`}.`,
          hint: 'One with a program of its own runs as an app: npm install it, and "pm start" its script.',
        }),
      );
    }
    out.note('Rotation of logs is built in, and on. These settings of pm2-logrotate have effect:');
    out.line('  pm set pm2-logrotate:max_size 10M   (also retain, compress, rotateInterval)');
    return 0;
  },
});
