/** Modules of PM2 that are built in here, or that change PM2 itself, by what is said instead of installing them. */
const instead: Readonly<Record<string, readonly string[]>> = {
  'pm2-logrotate': [
    'Rotation of logs is built in, and on. These settings of pm2-logrotate have effect:',
    '  pm set pm2-logrotate:max_size 10M   (also retain, compress, rotateInterval)',
  ],
  typescript: ['TypeScript runs through tsx where the project has it installed, or as it is on Node 22.18 and newer.'],
  ...Object.fromEntries(
    [
      'livescript',
      'coffee-script',
      'coffeescript',
      'v8-profiler',
      'profiler',
      'gc-stats',
      'event-loop-inspector',
      'deep-monitoring',
    ].map((name) => [name, [`"${name}" extends PM2 itself; there is nothing to install here.`]]),
  ),
};

/** What to say instead of installing what was typed; undefined: it is to be installed. */
export const insteadOf = (typed: string): readonly string[] | undefined => {
  const name = bareName(typed);
  return Object.hasOwn(instead, name) ? instead[name] : undefined;
};

export const isRotation = (typed: string): boolean => bareName(typed) === 'pm2-logrotate';

/** Without npm's prefix and without a version: `npm:x@1`. */
const bareName = (typed: string): string => typed.replace(/^npm:/, '').replace(/(?<=.)@.*$/, '');
