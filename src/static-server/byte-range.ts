/** The bytes of a file that are to be sent: all (null), some, or none because there are none such. */
export type ByteRange = { readonly start: number; readonly end: number } | 'none' | null;

/** Reads a `Range` header (RFC 9110, 14.2). Several ranges, and units other than bytes, may be ignored: all is sent. */
export function byteRange(header: string | undefined, sizeBytes: number): ByteRange {
  const match = /^bytes=\s*(\d{0,15})-(\d{0,15})\s*$/.exec(header ?? '');
  if (!match) return null;
  const [, first = '', last = ''] = match;
  if (first === '' && last === '') return null;
  if (first === '') {
    const length = Math.min(Number(last), sizeBytes);
    return length === 0 ? 'none' : { start: sizeBytes - length, end: sizeBytes - 1 };
  }
  const start = Number(first);
  const end = last === '' ? sizeBytes - 1 : Math.min(Number(last), sizeBytes - 1);
  if (last !== '' && Number(last) < start) return null; // not a range at all
  return start < sizeBytes ? { start, end } : 'none';
}
