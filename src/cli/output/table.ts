import { widthOf } from '../../ui/text-width.ts';

/** A text and how it is painted. The width counts without the paint. */
export interface Cell {
  readonly text: string;
  readonly paint?: (text: string) => string;
}

/** Columns that a table takes on the terminal. */
export function tableWidth(rows: readonly (readonly Cell[])[]): number {
  return columnWidths(rows).reduce((total, width) => total + width + 3, 1);
}

/** Draws rows of cells in a box; with `header`, a line follows the first row. */
export function drawTable(rows: readonly (readonly Cell[])[], { header }: { header: boolean }): string {
  const widths = columnWidths(rows);
  const border = (left: string, middle: string, right: string) =>
    left + widths.map((width) => '─'.repeat(width + 2)).join(middle) + right;
  const lines = rows.map((row) => `│${widths.map((width, index) => ` ${drawCell(row[index], width)} `).join('│')}│`);
  if (header && rows.length > 1) lines.splice(1, 0, border('├', '┼', '┤'));
  return [border('┌', '┬', '┐'), ...lines, border('└', '┴', '┘')].join('\n');
}

function columnWidths(rows: readonly (readonly Cell[])[]): number[] {
  const count = Math.max(0, ...rows.map((row) => row.length));
  return Array.from({ length: count }, (_, index) => Math.max(...rows.map((row) => widthOf(row[index]?.text ?? ''))));
}

function drawCell({ text, paint }: Cell = { text: '' }, width: number): string {
  const padding = ' '.repeat(width - widthOf(text));
  return (paint ? paint(text) : text) + padding;
}
