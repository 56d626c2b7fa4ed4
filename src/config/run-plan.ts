import type { AppSpec } from '../shared/app-spec.ts';
import { type Outcome, succeed } from '../shared/outcome.ts';
import type { ParsedApp } from './app-values.ts';
import { usableCpus } from './cpu-count.ts';
import { type Finding, valueOrFinding } from './findings.ts';
import { type Layout, layOut } from './instance-count.ts';
import { checkInterpreter, chooseInterpreter, type Interpreter, itself, type Machine } from './interpreter-choice.ts';
import { findInPath } from './path-search.ts';
import type { FoundScript } from './script-search.ts';
import { quoteWord } from './shell-words.ts';

/** What is started: program, arguments, interpreter, and how many times. */
export interface Run extends Layout, Pick<AppSpec, 'script' | 'args'> {
  readonly interpreter: Interpreter;
}

/** Decides how a script is run. Every mistake goes to `found`. */
export function planRun(script: FoundScript, app: ParsedApp, machine: Machine, found: Finding[]): Run | undefined {
  const { values } = app;
  const at = app.placeOf(values.interpreter === undefined ? 'script' : 'interpreter');
  const interpreter = valueOrFinding(interpreterOf(script, values.interpreter, machine), at, found);
  if (!interpreter) return undefined;
  const isNode = interpreter.name === 'node';
  const execMode = values.execute_command ? 'fork' : values.exec_mode;
  if (execMode === 'cluster' && !isNode) {
    const by =
      script.how === 'shell-line' ? 'a shell' : interpreter.name === 'none' ? 'itself' : `"${interpreter.name}"`;
    const says = `is "cluster", which only Node programs can be; the script is run by ${by}`;
    found.push({ at: app.placeOf('exec_mode'), says });
  }
  const layout = layOut({ instances: values.instances, execMode, isNode, cpus: usableCpus });
  return { ...layout, ...commandOf(script, values.args, interpreter, machine), interpreter };
}

function interpreterOf(script: FoundScript, named: string | undefined, machine: Machine): Outcome<Interpreter> {
  if (script.how === 'shell-line') return succeed(itself);
  if (named !== undefined) return checkInterpreter(named, script.path, machine);
  return script.how === 'program' ? succeed(itself) : chooseInterpreter(script.path, machine);
}

function commandOf(
  script: FoundScript,
  args: readonly string[],
  interpreter: Interpreter,
  machine: Machine,
): Pick<Run, 'script' | 'args'> {
  if (script.how === 'shell-line') {
    const line = [script.line, ...args.map(quoteWord)].join(' ');
    return { script: findInPath('bash', machine.path) ? 'bash' : 'sh', args: ['-c', line] };
  }
  // A program that runs by itself is looked up at each start: its path may change with an upgrade.
  const byName = script.how === 'program' && interpreter.name === 'none';
  return { script: byName ? script.name : script.path, args };
}
