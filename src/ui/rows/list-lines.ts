import { clean } from '../clean-text.ts';
import { firstVisible, type ListRow, listRows, selectedIndex } from '../list-rows.ts';
import type { Model } from '../model.ts';
import { clipLine, type Line, span } from '../styled-text.ts';
import { pad } from '../text-width.ts';
import { type Column, columnsFor } from './list-columns.ts';

/** The list of apps and workers below its heading, and which of the lines is selected. */
export interface ListPicture {
  readonly lines: readonly Line[];
  /** -1: none. */
  readonly selected: number;
}

export function listPicture(
  model: Model,
  { width, height, now }: { width: number; height: number; now: number },
): ListPicture {
  const rows = listRows(model);
  const index = selectedIndex(rows, model.selected);
  const first = firstVisible(index, { total: rows.length, height: height - 1 });
  const columns = columnsFor(width);
  const heading = columns.map(({ title, width, side }) => span(`${pad(title, width, side)} `, 'faint'));
  if (rows.length === 0) return { lines: [heading, [span(whyEmpty(model), 'faint')]], selected: -1 };
  const shown = rows.slice(first, first + height - 1);
  const lines = shown.map((row) => clipLine(rowLine(row, columns, { model, now }), width));
  return { lines: [heading, ...lines], selected: index - first + 1 };
}

const rowLine = (row: ListRow, columns: readonly Column[], context: { model: Model; now: number }): Line =>
  columns.flatMap(({ width, side, cell }) => {
    const { text, tone } = cell(row, context);
    return [span(pad(text, width, side), tone), span(' ')];
  });

function whyEmpty({ connection, filter, apps }: Model): string {
  if (connection === 'waiting') return '  connecting to the daemon';
  if (apps.size > 0) return `  no name contains "${clean(filter)}" (Esc shows all)`;
  return '  nothing is managed yet: pm start app.js';
}
