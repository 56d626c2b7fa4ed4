import { open, rename } from 'node:fs/promises';

/** Replaces a file as a whole, mode 0600: after a crash at any moment there is the old text or the new one. One writer at a time. */
export async function writeAtomically(path: string, text: string): Promise<void> {
  const temporary = `${path}.new`;
  const file = await open(temporary, 'w', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(temporary, path);
}
