import { watch } from 'chokidar';

/** Files and folders that are watched. */
export interface FileWatcher {
  close(): Promise<void>;
}

/** Tells of every file that appears, changes or goes, from when the present ones are known. */
export function watchFiles(
  paths: readonly string[],
  { ignored, options }: { ignored: (path: string) => boolean; options: Readonly<Record<string, boolean | number>> },
  sink: { changed(path: string): void; failed(reason: string): void },
): FileWatcher {
  return watch([...paths], { ...options, ignored, ignoreInitial: true, ignorePermissionErrors: true })
    .on('all', (_event, path) => sink.changed(path))
    .on('error', (error) => sink.failed(error instanceof Error ? error.message : String(error)));
}
