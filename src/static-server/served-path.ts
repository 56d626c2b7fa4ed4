import { join } from 'node:path';

/** What a URL asks for, below the folder that is served. */
export type Asked =
  /** `segments` are names, none of them `.` or `..`. */
  | { readonly kind: 'path'; readonly segments: readonly string[]; readonly endsWithSlash: boolean }
  /** It cannot be decoded, or names something that no file system has. */
  | { readonly kind: 'malformed' };

/** Reads the path of a request. `..` never leads out of the folder, however it is written. */
export function askedPath(url: string): Asked {
  const [encoded = ''] = url.split(/[?#]/, 1);
  let path: string;
  try {
    path = decodeURIComponent(encoded);
  } catch {
    return { kind: 'malformed' };
  }
  if (!path.startsWith('/') || path.includes('\0') || path.includes('\\')) return { kind: 'malformed' };
  const segments: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '..') segments.pop();
    else if (segment !== '' && segment !== '.') segments.push(segment);
  }
  return { kind: 'path', segments, endsWithSlash: /\/\.{0,2}$/.test(path) };
}

/** Names with a dot in front are not for others: .env, .git. RFC 8615 has an exception. */
export const isHidden = (segments: readonly string[]): boolean =>
  segments.some((segment, at) => segment.startsWith('.') && !(at === 0 && segment === '.well-known'));

export const fileBelow = (root: string, segments: readonly string[]): string => join(root, ...segments);

/** The path as a URL, for a redirect: it begins with one slash, so that it leads to no other server. */
export const urlOf = (segments: readonly string[]): string =>
  segments.map((segment) => `/${encodeURIComponent(segment)}`).join('');
