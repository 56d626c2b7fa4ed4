import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Version in the nearest package.json that has one, from a folder upward; 'N/A' when there is none. */
export function packageVersion(folder: string): string {
  const version = versionIn(join(folder, 'package.json'));
  if (version !== undefined) return version;
  return dirname(folder) === folder ? 'N/A' : packageVersion(dirname(folder));
}

function versionIn(path: string): string | undefined {
  try {
    const content: unknown = JSON.parse(readFileSync(path, 'utf8'));
    const version =
      typeof content === 'object' && content !== null && 'version' in content ? content.version : undefined;
    return typeof version === 'string' ? version : undefined;
  } catch {
    return undefined; // not there, or not JSON: no reason to refuse an app
  }
}
