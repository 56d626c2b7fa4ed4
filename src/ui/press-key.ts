import type { Action } from './action.ts';
import { askConsent, needsConsent } from './action.ts';
import { chooseAction } from './choose-action.ts';
import { listRows, selectedIndex } from './list-rows.ts';
import { follow, scroll, scrollToStart } from './log-buffer.ts';
import { type Effect, type Model, NO_PROMPT } from './model.ts';

/** A key as blessed names it: `up`, `S-r`, `C-c`; `text` is what it types, if it types anything. */
export interface Key {
  readonly name: string;
  readonly text: string;
}

export interface Pressed {
  readonly model: Model;
  readonly effect: Effect | null;
}

/** Rows that a page has, in the list and in the logs. */
export interface Pages {
  readonly list: number;
  readonly logs: number;
}

/** The model after a key, and what is to be done. */
export function pressKey(model: Model, key: Key, pages: Pages): Pressed {
  if (key.name === 'C-c') return { model, effect: { type: 'quit' } };
  switch (model.prompt.kind) {
    case 'help':
      return stay({ ...model, prompt: NO_PROMPT });
    case 'filter':
      return stay(editFilter(model, key, model.prompt.before));
    case 'consent':
      return { model: { ...model, prompt: NO_PROMPT }, effect: isYes(key) ? model.prompt.effect : null };
    case 'none':
      return browse(model, key, pages);
  }
}

const stay = (model: Model): Pressed => ({ model, effect: null });

function editFilter(model: Model, { name, text }: Key, before: string): Model {
  if (name === 'enter' || name === 'return' || name === 'linefeed') return { ...model, prompt: NO_PROMPT };
  if (name === 'escape') return { ...model, prompt: NO_PROMPT, filter: before };
  if (name === 'backspace') return { ...model, filter: [...model.filter].slice(0, -1).join('') };
  if (name === 'C-u') return { ...model, filter: '' };
  return { ...model, filter: model.filter + text };
}

const isYes = ({ name }: Key): boolean => name === 'y' || name === 'S-y';

function browse(before: Model, key: Key, pages: Pages): Pressed {
  if (key.name === 'escape' && (before.message || before.filter)) {
    return stay(before.message ? { ...before, message: null } : { ...before, filter: '' });
  }
  const model = { ...before, message: null };
  if (key.name === 'q' || key.name === 'escape') return quit(model);
  const chosen = chooseAction(model, key);
  if (chosen) return chosen.ok ? ask(model, chosen.value) : stay({ ...model, message: chosen.message });
  return stay(model.focus === 'logs' ? moveInLogs(model, key, pages) : moveInList(model, key, pages));
}

/** A reload is aborted when who asked for it goes away. */
function quit(model: Model): Pressed {
  const reload = model.running.find(({ action }) => action.kind === 'reload');
  if (!reload) return { model, effect: { type: 'quit' } };
  const question = `Leaving aborts the reload of ${reload.action.label}. Leave?`;
  return stay({ ...model, prompt: { kind: 'consent', question, effect: { type: 'quit' } } });
}

function ask(model: Model, action: Action): Pressed {
  const effect = { type: 'act', action } as const;
  if (!needsConsent(action)) return { model, effect };
  return stay({ ...model, prompt: { kind: 'consent', question: askConsent(action), effect } });
}

function moveInList(model: Model, key: Key, pages: Pages): Model {
  switch (key.name) {
    case 'up':
    case 'k':
      return select(model, -1);
    case 'down':
    case 'j':
      return select(model, 1);
    case 'pageup':
      return select(model, -pages.list);
    case 'pagedown':
      return select(model, pages.list);
    case 'home':
    case 'g':
      return select(model, Number.NEGATIVE_INFINITY);
    case 'end':
    case 'S-g':
      return select(model, Number.POSITIVE_INFINITY);
    case 'enter':
    case 'space':
      return toggleFolded(model);
    default:
      return changeView(model, key);
  }
}

function moveInLogs(model: Model, key: Key, pages: Pages): Model {
  const by = (lines: number): Model => ({ ...model, logs: scroll(model.logs, lines) });
  switch (key.name) {
    case 'up':
    case 'k':
      return by(-1);
    case 'down':
    case 'j':
      return by(1);
    case 'pageup':
      return by(-pages.logs);
    case 'pagedown':
    case 'space':
      return by(pages.logs);
    case 'home':
    case 'g':
      return { ...model, logs: scrollToStart(model.logs) };
    case 'end':
    case 'S-g':
      return { ...model, logs: follow(model.logs) };
    default:
      return changeView(model, key);
  }
}

function changeView(model: Model, key: Key): Model {
  switch (key.name) {
    case 'tab':
    case 'S-tab':
      return { ...model, focus: model.focus === 'list' ? 'logs' : 'list' };
    case '/':
      return { ...model, focus: 'list', prompt: { kind: 'filter', before: model.filter } };
    case '?':
    case 'f1':
      return { ...model, prompt: { kind: 'help' } };
    default:
      return model;
  }
}

function select(model: Model, by: number): Model {
  const rows = listRows(model);
  const index = Math.max(0, Math.min(rows.length - 1, selectedIndex(rows, model.selected) + by));
  const row = rows[index];
  return row ? { ...model, selected: row.key } : model;
}

function toggleFolded(model: Model): Model {
  const rows = listRows(model);
  const row = rows[selectedIndex(rows, model.selected)];
  if (!row || row.app.workers.length < 2) return model;
  const folded = new Set(model.folded);
  if (!folded.delete(row.key.app)) folded.add(row.key.app);
  return { ...model, folded, selected: { app: row.key.app, pmId: null } };
}
