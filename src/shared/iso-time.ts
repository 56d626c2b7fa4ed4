/** `Date.toISOString`, which V8 11 answers by way of the time zone: a megabyte in a process that needs none otherwise. */
export function isoTime(at: number): string {
  const date = new Date(at);
  const day = `${date.getUTCFullYear()}-${pad(date.getUTCMonth() + 1)}-${pad(date.getUTCDate())}`;
  const time = `${pad(date.getUTCHours())}:${pad(date.getUTCMinutes())}:${pad(date.getUTCSeconds())}`;
  return `${day}T${time}.${pad(date.getUTCMilliseconds(), 3)}Z`;
}

const pad = (value: number, digits = 2): string => String(value).padStart(digits, '0');
