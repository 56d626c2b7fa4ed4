/** Everything that runs now and has to be ended by force when the benchmark is interrupted. */
export const running = new Set<{ kill(): void }>();

/** Has SIGINT, SIGTERM and SIGHUP end it all, instead of leaving daemons behind. */
export function endAllWhenInterrupted(): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => {
      for (const one of running) one.kill();
      process.exit(1);
    });
  }
}
