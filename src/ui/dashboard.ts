import type { Widgets } from 'blessed';
import type { Action } from './action.ts';
import { sayResult } from './action-message.ts';
import { applyEvent } from './apply-event.ts';
import { LogSubject } from './log-subject.ts';
import { type Effect, EMPTY_MODEL, type Model } from './model.ts';
import { type Key, pressKey } from './press-key.ts';
import type { DashboardSource } from './source.ts';
import type { View } from './widgets/view.ts';

/** The world's changes are shown ten times a second at most, keys sooner. */
const FRAME_MS = 100;
const KEY_FRAME_MS = 20;
const CLOCK_MS = 1_000;

export interface DashboardParts {
  readonly source: DashboardSource;
  readonly screen: Widgets.Screen;
  readonly view: View;
}

/** Joins source, model and view: events and keys change the model, and the view is drawn when it has changed. */
export class Dashboard {
  readonly #source: DashboardSource;
  readonly #view: View;
  readonly #screen: Widgets.Screen;
  readonly #logs: LogSubject;
  #model: Model = EMPTY_MODEL;
  #drawnAt = 0;
  #frame: { readonly timer: NodeJS.Timeout; readonly dueAt: number } | null = null;
  #actions = 0;
  #leave: () => void = () => {};

  constructor({ source, screen, view }: DashboardParts) {
    this.#source = source;
    this.#screen = screen;
    this.#view = view;
    this.#logs = new LogSubject(source, (change) => this.#change((model) => ({ ...model, logs: change(model.logs) })));
  }

  /** Resolves when the user leaves. */
  async run(): Promise<void> {
    const left = new Promise<void>((resolve) => {
      this.#leave = resolve;
    });
    const clock = setInterval(() => this.#tick(), CLOCK_MS);
    this.#screen.on('keypress', (text: string | undefined, key: Widgets.Events.IKeyEventArg) => this.#press(text, key));
    this.#screen.on('resize', () => this.#draw());
    this.#source.subscribe((event) => this.#change((model) => applyEvent(model, event, Date.now())));
    this.#draw();
    await left;
    clearInterval(clock);
    clearTimeout(this.#frame?.timer);
    this.#logs.close();
  }

  #press(text: string | undefined, { full }: Widgets.Events.IKeyEventArg): void {
    if (full === 'return') return; // blessed reports it a second time, as `enter`
    if (full === 'C-l') this.#screen.alloc(); // whatever another program wrote over it
    const key: Key = { name: full, text: text && text >= ' ' ? text : '' };
    const { model, effect } = pressKey(this.#model, key, this.#view.pages());
    this.#model = model;
    if (effect) this.#perform(effect);
    this.#drawWithin(KEY_FRAME_MS);
  }

  #perform(effect: Effect): void {
    if (effect.type === 'quit') this.#leave();
    else void this.#act(effect.action);
  }

  async #act(action: Action): Promise<void> {
    this.#actions += 1;
    const id = this.#actions;
    const running = { id, action, startedAt: Date.now() };
    this.#change((model) => ({ ...model, running: [...model.running, running] }));
    const result = await this.#source.act(action);
    this.#change((model) => ({
      ...model,
      running: model.running.filter((each) => each.id !== id),
      message: sayResult(action, result),
    }));
  }

  #change(change: (model: Model) => Model): void {
    this.#model = change(this.#model);
    this.#drawWithin(FRAME_MS);
  }

  /** Uptimes go on although nothing happens. */
  #tick(): void {
    if (Date.now() - this.#drawnAt > CLOCK_MS / 2) this.#drawWithin(FRAME_MS);
  }

  /** Draws at most `frameMs` after the last time; an earlier drawing that is due already does. */
  #drawWithin(frameMs: number): void {
    const dueAt = this.#drawnAt + frameMs;
    if (this.#frame && this.#frame.dueAt <= dueAt) return;
    clearTimeout(this.#frame?.timer);
    this.#frame = { timer: setTimeout(() => this.#draw(), Math.max(0, dueAt - Date.now())), dueAt };
  }

  #draw(): void {
    clearTimeout(this.#frame?.timer);
    this.#frame = null;
    this.#drawnAt = Date.now();
    this.#logs.show(this.#model);
    this.#view.draw(this.#model, this.#drawnAt);
  }
}
