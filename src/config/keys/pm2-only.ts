import type { AppKey } from '../app-key.ts';
import { anything } from '../kinds.ts';

const noEffect = { kind: anything, support: 'no-effect', step: 'none' } as const;

/** Keys of PM2 files that have no effect here. */
export const pm2OnlyKeys = [
  { name: 'force', help: 'What runs already is restarted anyway.', ...noEffect },
  { name: 'kill_retry_time', help: 'Processes are not polled here.', ...noEffect },
  {
    name: 'disable_source_map_support',
    help: 'Source maps are off unless asked for.',
    flags: ['--disable-source-map-support'],
    ...noEffect,
  },
  { name: 'vizion', help: 'Reads no version control.', flags: ['--no-vizion'], ...noEffect },
  { name: 'pmx', help: 'Nothing is injected into the app.', flags: ['--no-pmx'], ...noEffect },
  { name: 'automation', help: 'Nothing is injected into the app.', flags: ['--no-automation'], ...noEffect },
  { name: 'trace', help: 'Tracing by the PM2 service.', flags: ['--trace'], ...noEffect },
  { name: 'disable_trace', help: 'Tracing by the PM2 service.', flags: ['--disable-trace'], ...noEffect },
  { name: 'v8', help: 'Metrics of the PM2 service.', flags: ['--v8'], ...noEffect },
  { name: 'event_loop_inspector', help: 'Metrics of the PM2 service.', flags: ['--event-loop-inspector'], ...noEffect },
  { name: 'deep_monitoring', help: 'Metrics of the PM2 service.', flags: ['--deep-monitoring'], ...noEffect },
  { name: 'io', help: 'Options of the PM2 service.', ...noEffect },
  { name: 'km_link', help: 'The PM2 service.', ...noEffect },
  { name: 'windows_hide', help: 'Windows only.', ...noEffect },
  { name: 'write', help: 'Internal to PM2.', ...noEffect },
  { name: 'install_url', help: 'Internal to PM2.', ...noEffect },
] as const satisfies readonly AppKey[];
