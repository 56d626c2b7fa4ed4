import { createHash, timingSafeEqual } from 'node:crypto';
import type { Settings } from './settings.ts';

/** Whether a request may be answered, by its `Authorization` header (RFC 7617: the password may have a colon in it). */
export function mayEnter(header: string | undefined, login: Settings['login']): boolean {
  if (login === null) return true;
  const [, encoded = ''] = /^Basic +([\w+/=-]+)$/i.exec(header ?? '') ?? [];
  const given = Buffer.from(encoded, 'base64').toString('utf8');
  return sameText(given, `${login.username}:${login.password}`);
}

/** Takes as long for a text that is nearly right as for any other. */
function sameText(one: string, other: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}
