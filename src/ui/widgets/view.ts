import type { Widgets } from 'blessed';
import { type Area, type Layout, layOut } from '../layout.ts';
import { listRows } from '../list-rows.ts';
import type { Model } from '../model.ts';
import type { Mark, Palette } from '../palette.ts';
import type { Pages } from '../press-key.ts';
import { barLine } from '../rows/bar-line.ts';
import { detailColumn, detailStrip } from '../rows/detail-lines.ts';
import { headerLine } from '../rows/header-line.ts';
import { HELP_COLUMNS, helpLines } from '../rows/help-lines.ts';
import { listPicture } from '../rows/list-lines.ts';
import { logLines } from '../rows/log-lines.ts';
import { messageLines } from '../rows/message-lines.ts';
import { frame, span } from '../styled-text.ts';
import { Pane } from './pane.ts';

/** Places the lines of a model on the screen. */
export class View {
  readonly #screen: Widgets.Screen;
  readonly #panes: Readonly<
    Record<'header' | 'list' | 'divider' | 'details' | 'logs' | 'message' | 'bar' | 'help', Pane>
  >;
  #pages: Pages = { list: 1, logs: 1 };

  constructor(screen: Widgets.Screen, { palette, unicode }: { palette: Palette; unicode: boolean }) {
    const pane = () => new Pane({ screen, palette, unicode });
    this.#screen = screen;
    this.#panes = {
      header: pane(),
      list: pane(),
      divider: pane(),
      details: pane(),
      logs: pane(),
      message: pane(),
      bar: pane(),
      help: pane(), // the last one lies on top
    };
  }

  /** Rows that a page has, as drawn last. */
  pages(): Pages {
    return this.#pages;
  }

  draw(model: Model, now: number): void {
    const { width, height } = sizeOf(this.#screen);
    const message = messageLines(model, { width, now });
    const layout = layOut({
      width,
      height,
      listLines: listRows({ ...model, filter: '' }).length + 1,
      messageLines: message.length,
      focus: model.focus,
    });
    this.#pages = { list: Math.max(1, layout.list.height - 1), logs: Math.max(1, layout.logs.height - 1) };
    this.#panes.header.show(layout.header, { lines: [headerLine(model, { width, now })] });
    this.#showList(model, layout.list, now);
    this.#showDetails(model, layout, now);
    this.#panes.logs.show(layout.logs, { lines: logLines(model, layout.logs) });
    this.#panes.message.show(layout.message, { lines: message });
    this.#panes.bar.show(layout.bar, { lines: [barLine(model, width)] });
    this.#showHelp(model.prompt.kind === 'help', { width, height });
    this.#screen.render();
  }

  #showList(model: Model, area: Area, now: number): void {
    const { lines, selected } = listPicture(model, { ...area, now });
    const mark: Mark = model.focus === 'list' ? 'selected' : 'remembered';
    this.#panes.list.show(area, { lines, marks: new Map([[selected, mark]]) });
  }

  #showDetails(model: Model, { details, list, wide }: Layout, now: number): void {
    const lines = (wide ? detailColumn : detailStrip)(model, { ...details, now });
    const divider = { left: list.width, top: list.top, width: wide ? 1 : 0, height: wide ? list.height : 0 };
    this.#panes.details.show(details, { lines });
    this.#panes.divider.show(divider, { lines: Array.from({ length: divider.height }, () => [span('│', 'faint')]) });
  }

  #showHelp(shown: boolean, screen: { width: number; height: number }): void {
    const width = Math.min(screen.width, HELP_COLUMNS + 4);
    const lines = frame(helpLines(), width);
    const height = shown ? Math.min(screen.height - 1, lines.length) : 0;
    const left = Math.floor((screen.width - width) / 2);
    const top = Math.floor((screen.height - height) / 2);
    this.#panes.help.show({ left, top, width, height }, { lines });
  }
}

/** blessed declares them as `number | string`. */
const sizeOf = ({ width, height }: Widgets.Screen) => ({ width: Number(width), height: Number(height) });
