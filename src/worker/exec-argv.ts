/**
 * Takes the option that loaded `file` out of a list of Node options, in place, and nothing else: whatever the app forks or runs in a
 * thread takes the list over.
 */
export function removePreload(execArgv: string[], file: string): void {
  const at = execArgv.findIndex((option, i) => (option === '--require' || option === '-r') && execArgv[i + 1] === file);
  if (at !== -1) execArgv.splice(at, 2);
}
