import type { OpenedInspector } from './control-messages.ts';

/** Opens the inspector of this process on a free port, for this machine alone; one that is open already stays as it is. */
export function openInspector(): OpenedInspector {
  try {
    const inspector: typeof import('node:inspector') = require('node:inspector'); // loaded when it is asked for, which is rare
    if (inspector.url() === undefined) inspector.open(0, '127.0.0.1');
    const url = inspector.url();
    return url === undefined ? { reason: 'it does not listen' } : { url };
  } catch (error) {
    return { reason: error instanceof Error ? error.message : String(error) };
  }
}
