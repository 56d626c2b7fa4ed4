import type { WatchSpec } from '../shared/app-spec.ts';
import type { ParsedApp } from './app-values.ts';
import type { Finding } from './findings.ts';
import { type Kind, text } from './kinds.ts';
import { absolute, whatIs } from './path-search.ts';

/** Whether to watch, or what. */
export const watchedPaths: Kind<boolean | readonly string[]> = {
  expects: 'true, false, a path, or a list of paths',
  parse(value) {
    const items = Array.isArray(value) ? value : [value];
    if (value === false || value === null || value === 'false') return { value: false };
    const paths = items.filter((item) => item !== true && item !== 'true');
    if (!paths.every((path): path is string => typeof path === 'string' && 'value' in text.parse(path)))
      return { rule: watchedPaths.expects };
    return { value: paths.length === 0 ? true : paths };
  },
};

/** Patterns; a regular expression becomes `regex:` and its source. */
export const ignoredPaths: Kind<readonly string[]> = {
  expects: 'a pattern of paths, or a list of them',
  parse(value) {
    const items: readonly unknown[] = Array.isArray(value) ? value : value === false || value === null ? [] : [value];
    const patterns = items.flatMap((item) => {
      if (Object.prototype.toString.call(item) === '[object RegExp]') return `regex:${(item as RegExp).source}`; // by its tag
      return typeof item === 'string' ? item.split(/\s+/).filter((word) => word !== '') : [null];
    });
    return patterns.every((pattern) => pattern !== null) ? { value: patterns } : { rule: ignoredPaths.expects };
  },
};

/** `.js` and `js` are the same. */
export const extensions: Kind<readonly string[]> = {
  expects: "an extension such as 'js', or a list of them",
  parse(value) {
    const items: readonly unknown[] = Array.isArray(value)
      ? value
      : typeof value === 'string'
        ? value.split(/[\s,]+/)
        : [null];
    const words = items.map((item) => (typeof item === 'string' ? item.replace(/^\./, '') : null));
    return words.every((word) => word !== null && /^[^/]+$/.test(word))
      ? { value: words.map(String) }
      : { rule: extensions.expects };
  },
};

const KNOWN = ['usePolling', 'interval', 'binaryInterval', 'followSymlinks', 'depth', 'awaitWriteFinish', 'atomic'];
/** Of chokidar too, and not for the user to say here. */
const WITHOUT_EFFECT = [
  'persistent',
  'ignoreInitial',
  'cwd',
  'alwaysStat',
  'ignorePermissionErrors',
  'disableGlobbing',
];

export const watchOptions: Kind<Readonly<Record<string, boolean | number>>> = {
  expects: `an object with some of ${KNOWN.join(', ')}, each a number, true or false`,
  parse(value) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return { rule: watchOptions.expects };
    const given = Object.entries(value).filter(([name]) => !WITHOUT_EFFECT.includes(name));
    const isOption = (entry: [string, unknown]): entry is [string, boolean | number] =>
      KNOWN.includes(entry[0]) && (typeof entry[1] === 'number' || typeof entry[1] === 'boolean');
    return given.every(isOption) ? { value: Object.fromEntries(given) } : { rule: watchOptions.expects };
  },
};

/** What is watched, with absolute paths. */
export function watchPlan({ values, placeOf }: ParsedApp, cwd: string, found: Finding[]): WatchSpec {
  const { watch } = values;
  const paths = typeof watch === 'boolean' ? [cwd] : watch.map((path) => absolute(path, cwd));
  const missing = watch === false ? undefined : paths.find((path) => whatIs(path) === 'nothing');
  if (missing) found.push({ at: placeOf('watch'), says: `names what does not exist: ${missing}` });
  return {
    on: watch !== false,
    paths,
    ignore: values.ignore_watch,
    extensions: values.watch_ext,
    delayMs: values.watch_delay,
    options: values.watch_options,
  };
}
