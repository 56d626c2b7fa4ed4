/** What a restart by name may change of an app. */
export interface SpecChange {
  readonly watch?: 'toggle';
  readonly cronRestart?: string | null;
}
