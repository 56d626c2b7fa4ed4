import { Chalk } from 'chalk';
import type { Paint } from './paint.ts';

/** The sixteen colors that every terminal has. A file of its own, so that output without colors does not load chalk. */
export const chalkPaint: Paint = new Chalk({ level: 1 });
