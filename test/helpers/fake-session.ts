import type { Command, Input, Session } from '../../src/cli/command.ts';
import { Output } from '../../src/cli/output/output.ts';
import { plain } from '../../src/cli/output/paint.ts';
import type { DaemonRequests } from '../../src/protocol/messages.ts';
import { type Outcome, succeed } from '../../src/shared/outcome.ts';
import { pathsOf } from '../../src/shared/paths.ts';

type Answers = { [M in keyof DaemonRequests]?: Outcome<DaemonRequests[M]['result']> };

/** What a command did to the world. */
export interface Trace {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Requests other than for the list, in order. */
  readonly asked: readonly [method: string, params: unknown][];
}

/** Runs a command against a daemon that gives these answers, in a world that is as the test says. */
export async function runCommand(
  command: Command,
  input: Partial<Input>,
  answers: Answers,
  world: Partial<Pick<Session, 'cwd' | 'env' | 'paths'>> = {},
): Promise<Trace> {
  const asked: [string, unknown][] = [];
  const printed = { stdout: '', stderr: '' };
  const stream = (name: 'stdout' | 'stderr') => ({
    write(text: string) {
      printed[name] += text;
      return true;
    },
  });
  const session: Session = {
    env: { HOME: '/home/deploy', COLOR: 'red' },
    cwd: '/srv/api',
    paths: pathsOf({ HOME: '/home/deploy' }),
    out: new Output({
      streams: { stdout: stream('stdout'), stderr: stream('stderr') },
      paint: plain,
      errorPaint: plain,
      silent: false,
    }),
    async ask(method, params) {
      if (method === 'host.usage') return succeed(null) as Outcome<never>; // of no interest
      if (method !== 'app.list') asked.push([method, params]);
      const answer = method === 'app.list' ? (answers[method] ?? succeed([])) : answers[method];
      if (!answer) throw new Error(`The command asked for ${method}, which the test did not expect.`);
      return answer as Outcome<never>; // the table above holds answers of the method's own type
    },
    interrupted: () => new AbortController().signal,
    ...world,
  };
  const exitCode = await command.run({ operands: [], options: {}, appArgs: null, ...input }, session);
  return { exitCode, ...printed, asked };
}
