import blessed, { type Widgets } from 'blessed';
import { toAscii } from '../ascii.ts';
import type { Area } from '../layout.ts';
import type { Mark, Palette } from '../palette.ts';
import type { Line } from '../styled-text.ts';
import { charWidth, clustersOf } from '../text-width.ts';
import { type Cell, type CellLine, cellsOf, packLook } from './cells.ts';

export interface PaneOptions {
  readonly screen: Widgets.Screen;
  readonly palette: Palette;
  readonly unicode: boolean;
}

/** What a pane shows. */
export interface PaneContent {
  readonly lines: readonly Line[];
  /** Lines with a mark, by index. */
  readonly marks?: ReadonlyMap<number, Mark>;
}

/** A rectangle of the screen, filled with lines as they are: wide ones are cut, missing ones are blank. */
export class Pane {
  readonly #options: PaneOptions;
  #area: Area = { left: 0, top: 0, width: 0, height: 0 };
  #content: PaneContent = { lines: [] };

  constructor(options: PaneOptions) {
    this.#options = options;
    const box = blessed.box({ parent: options.screen, left: 0, top: 0, width: 0, height: 0 });
    Object.assign(box, { render: () => this.#paint() });
  }

  show(area: Area, content: PaneContent): void {
    this.#area = area;
    this.#content = content;
  }

  #paint(): void {
    const { left, top, width, height } = this.#area;
    const cells = cellsOf(this.#options.screen);
    for (let index = 0; index < height; index += 1) {
      const line = cells[top + index];
      if (line) this.#paintLine(line, this.#content.lines[index] ?? [], { left, right: left + width, index });
    }
  }

  #paintLine(
    cells: CellLine,
    line: Line,
    { left, right, index }: { left: number; right: number; index: number },
  ): void {
    const { palette, unicode } = this.#options;
    const mark = this.#content.marks?.get(index) ?? 'none';
    let x = left;
    for (const { text, tone } of line) {
      const attributes = packLook(palette(tone, mark));
      for (const cluster of clustersOf(text)) {
        const width = charWidth(cluster);
        if (x + width > right) break;
        if (width > 0) put(cells, x, [attributes, unicode ? cluster : toAscii(cluster)]);
        if (width === 2) put(cells, x + 1, [attributes, unicode ? ' ' : '?']); // blessed skips it after a wide character
        x += width;
      }
    }
    const blank: Cell = [packLook(palette('plain', mark)), ' '];
    for (; x < right; x += 1) put(cells, x, blank);
  }
}

function put(cells: CellLine, x: number, [attributes, char]: Cell): void {
  const cell = cells[x];
  if (!cell || (cell[0] === attributes && cell[1] === char)) return;
  cell[0] = attributes;
  cell[1] = char;
  cells.dirty = true;
}
