/** What /proc/<pid>/stat (proc(5)) tells of a process. */
export interface ProcStat {
  /** `Z` and `X`: it is dead and waits to be reaped. */
  readonly state: string;
  readonly parent: number;
  /** Clock ticks since boot, field 22: with the pid it is this process and no later one. */
  readonly startTicks: number;
}

/** undefined: the text is none, as of a process that is gone. */
export function parseProcStat(text: string): ProcStat | undefined {
  // The command name, in brackets, may itself hold spaces and brackets: fields are counted from the last `)`, which ends field 2.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const [state, parent] = fields;
  if (state === undefined || fields.length < 20) return undefined;
  return { state, parent: Number(parent), startTicks: Number(fields[19]) };
}

export const isDead = ({ state }: ProcStat): boolean => state === 'Z' || state === 'X';
