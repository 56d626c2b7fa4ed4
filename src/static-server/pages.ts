import type { Dirent } from 'node:fs';
import { urlOf } from './served-path.ts';

/** What a folder holds, as a page: folders first, nothing that is hidden. */
export function listingPage(segments: readonly string[], entries: readonly Dirent[]): string {
  const title = `Index of /${segments.join('/')}`;
  const shown = entries
    .filter(({ name }) => !name.startsWith('.'))
    .map((entry) => ({ name: entry.name, mark: entry.isDirectory() ? '/' : '' }))
    .sort((a, b) => b.mark.localeCompare(a.mark) || a.name.localeCompare(b.name));
  const links = shown.map(
    ({ name, mark }) => `<li><a href="${urlOf([...segments, name])}${mark}">${escapeHtml(name)}${mark}</a></li>`,
  );
  const up = segments.length > 0 ? [`<li><a href="${urlOf(segments.slice(0, -1))}/">..</a></li>`] : [];
  return page(title, `<ul>\n${[...up, ...links].join('\n')}\n</ul>`);
}

/** A page that says what the status means. */
export const statusPage = (title: string): string => page(title, '');

function page(title: string, content: string): string {
  return `<!doctype html>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escapeHtml(title)}</title>
<h1>${escapeHtml(title)}</h1>
${content}
`;
}

const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
