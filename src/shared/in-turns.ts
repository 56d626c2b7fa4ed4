/** Does something to several items, to at most `atOnce` of them at a time, and gives what came of each. */
export async function mapInTurns<T, R>(
  items: readonly T[],
  act: (item: T) => Promise<R>,
  atOnce = Number.POSITIVE_INFINITY,
): Promise<R[]> {
  const results: R[] = [];
  const waiting = [...items.entries()];
  const work = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [index, item] = next;
      results[index] = await act(item);
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, work));
  return results;
}

/** `[[a, b], [c]]` of three items and a size of two. */
export const chunksOf = <T>(items: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, index) => items.slice(index * size, (index + 1) * size));
