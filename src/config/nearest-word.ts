/** The known word that a mistyped one most likely stands for, or undefined when none is near. */
export function nearestWord(typed: string, known: Iterable<string>): string | undefined {
  const longest = 40;
  if (typed.length > longest) return undefined;
  let nearest: string | undefined;
  // About one slip in three characters: farther words are other words.
  let best = Math.max(1, Math.floor(typed.length / 3)) + 1;
  for (const word of known) {
    if (word.length > longest) continue;
    const distance = slipsBetween(typed.toLowerCase(), word.toLowerCase());
    if (distance < best) [nearest, best] = [word, distance];
  }
  return nearest;
}

/** Damerau-Levenshtein distance (optimal string alignment): letters added, left out, changed, or two swapped. */
function slipsBetween(a: string, b: string): number {
  let before: number[] = [];
  let above = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1];
      let slips = Math.min(
        (above[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (above[column - 1] ?? 0) + (same ? 0 : 1),
      );
      const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      if (swapped) slips = Math.min(slips, (before[column - 2] ?? 0) + 1);
      current.push(slips);
    }
    [before, above] = [above, current];
  }
  return above[b.length] ?? 0;
}

/** ` Did you mean "x"?`, or nothing. */
export const didYouMean = (typed: string, known: Iterable<string>): string => {
  const nearest = nearestWord(typed, known);
  return nearest === undefined ? '' : ` Did you mean "${nearest}"?`;
};
