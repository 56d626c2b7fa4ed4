/** What the reader of a definition knows about the person who runs the command. */
export interface ReadContext {
  /** Folder the command was run in, absolute. */
  readonly cwd: string;
  /** Environment of the command. */
  readonly shellEnv: Readonly<Record<string, string>>;
  /** `--env <name>`: the `env_<name>` block to lay over `env`. */
  readonly envName?: string;
  /** Hears what is odd and no mistake. */
  readonly warn?: (text: string) => void;
  /** `--only <names>`: the apps of the file to read; the others are validated all the same. */
  readonly only?: readonly string[];
  /**
   * Flags that the user gave, by key name, alias or camelCase form (commander's own). They override the file. Leave out
   * what was not given: a default of the option parser would override the file too.
   */
  readonly flags: Readonly<Record<string, unknown>>;
}
