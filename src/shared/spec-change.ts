/** What a restart by name may change of an app. */
export interface SpecChange {
  readonly watch?: 'toggle';
  readonly cronRestart?: string | null;
}

/** What goes with a restart by name. */
export interface Changes {
  readonly env?: Readonly<Record<string, string>>;
  readonly change?: SpecChange;
  /** Workers that are restarted or reloaded at a time, app after app. */
  readonly parallel?: number;
}
