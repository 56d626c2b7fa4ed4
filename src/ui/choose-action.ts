import type { Action } from './action.ts';
import { clean } from './clean-text.ts';
import { type ListRow, selectedRow } from './list-rows.ts';
import type { Message, Model } from './model.ts';
import type { Key } from './press-key.ts';

type Chosen = { readonly ok: true; readonly value: Action } | { readonly ok: false; readonly message: Message };

/** The action that a key stands for, on the selected row. undefined: it stands for none. */
export function chooseAction(model: Model, key: Key): Chosen | undefined {
  const kind = KINDS[key.name];
  if (!kind) return undefined;
  if (model.connection !== 'up') return refuse('The daemon is gone; wait until the dashboard is connected again.');
  const row = selectedRow(model);
  if (!row) return refuse('Nothing is selected.');
  if (kind !== 'more' && kind !== 'fewer') return { ok: true, value: { kind, ...targetOf(row) } };
  if (kind === 'fewer' && row.app.workers.length < 2) {
    return refuse(`${labelOf(row.app)} has a single worker. Press s to stop it.`);
  }
  return {
    ok: true,
    value: { kind: 'scale', target: row.key.app, label: labelOf(row.app), by: kind === 'more' ? 1 : -1 },
  };
}

const KINDS: Readonly<Record<string, 'restart' | 'reload' | 'stop' | 'more' | 'fewer'>> = {
  r: 'restart',
  l: 'reload',
  'S-r': 'reload',
  s: 'stop',
  '+': 'more',
  '=': 'more',
  '-': 'fewer',
};

const refuse = (text: string): Chosen => ({ ok: false, message: { tone: 'bad', lines: [text] } });

function targetOf({ key, app, worker }: ListRow): { target: string; label: string } {
  const name = labelOf(app);
  if (key.pmId !== null) return { target: String(key.pmId), label: `worker ${key.pmId} of ${name}` };
  return { target: key.app, label: worker ? name : `${name} (${app.workers.length} workers)` };
}

const labelOf = ({ spec }: ListRow['app']): string => `"${clean(spec.name)}"`;
