/** Draws named values as a tree, lists of names below their parent. */
export function drawTree(value: object, indent = ''): string {
  const entries = Object.entries(value);
  return entries
    .map(([name, child], index) => {
      const last = index === entries.length - 1;
      const line = `${indent}${last ? '└─' : '├─'} ${name}`;
      const isBranch = typeof child === 'object' && child !== null;
      return isBranch ? `${line}\n${drawTree(child, `${indent}${last ? '   ' : '│  '}`)}` : `${line}: ${child}`;
    })
    .join('\n');
}
