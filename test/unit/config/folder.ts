import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { ReadContext } from '../../../src/config/read-context.ts';

/** A temporary folder with files in it, gone at the end of the block. */
export class Folder {
  readonly path = realpathSync(mkdtempSync(join(tmpdir(), 'pm-config-')));

  constructor(files: Readonly<Record<string, string>>) {
    for (const [name, content] of Object.entries(files)) this.write(name, content);
  }

  write(name: string, content: string): string {
    const path = this.at(name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
    return path;
  }

  executable(name: string, content: string): string {
    const path = this.write(name, content);
    chmodSync(path, 0o755);
    return path;
  }

  at(name: string): string {
    return join(this.path, name);
  }

  /** A context of a command that is run here, with a PATH that leads to the system's programs. */
  context(more: Partial<ReadContext> = {}): ReadContext {
    return { cwd: this.path, shellEnv: { PATH: '/usr/bin:/bin' }, flags: {}, ...more };
  }

  [Symbol.dispose](): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}
