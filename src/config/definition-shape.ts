import { isRecord } from '../shared/is-record.ts';
import { type Finding, show } from './findings.ts';
import { keyNamed, keyNames } from './keys.ts';
import { didYouMean } from './nearest-word.ts';
import { staticApps } from './static-apps.ts';

type Fields = Readonly<Record<string, unknown>>;

/** An app as written, with the place where it stands: `apps[2]`. */
export interface DeclaredApp {
  readonly at: string;
  readonly fields: Fields;
}

/** What a definition declares. */
export interface Declared {
  readonly apps: readonly DeclaredApp[];
  /** `deploy.<name>.env`, the weakest of a file's variables. */
  readonly deploy: Fields;
}

/** Beside the apps, these stand at the top of a file; `x-...` is free for the user's own anchors. */
const topKeys = ['apps', 'pm2', 'deploy', 'static'];

/** Finds the apps in any of the shapes of a definition: `{apps}`, `{pm2}`, a list, or one app alone; and beside them `static`. */
export function declaredIn(value: unknown, isPackage: boolean, found: Finding[]): Declared {
  if (Array.isArray(value)) return { apps: listOf('', value, found), deploy: {} };
  if (!isRecord(value)) {
    found.push({ at: 'The file', says: `must hold an object with "apps", or a list of apps; got ${show(value)}` });
    return { apps: [], deploy: {} };
  }
  const deploy = isRecord(value.deploy) ? value.deploy : {};
  const served = isPackage || value.static === undefined ? [] : staticApps(value.static, found);
  const section = ['apps', 'pm2'].find((key) => Object.hasOwn(value, key));
  if (section === undefined) return { apps: [...loneApp(value, isPackage, found), ...served], deploy };
  if (!isPackage) checkTop(value, found);
  const apps = value[section];
  if (Array.isArray(apps) && apps.length === 0 && served.length > 0) return { apps: served, deploy };
  if (Array.isArray(apps) || isRecord(apps)) return { apps: [...listOf(section, apps, found), ...served], deploy };
  found.push({ at: section, says: `must be a list of apps; got ${show(apps)}` });
  return { apps: [], deploy };
}

function listOf(at: string, apps: readonly unknown[] | Fields, found: Finding[]): DeclaredApp[] {
  if (isRecord(apps)) return [{ at, fields: apps }];
  if (apps.length === 0) found.push({ at: at || 'The file', says: 'must have at least one app; the list is empty' });
  return apps.flatMap((app: unknown, i) => {
    if (isRecord(app)) return [{ at: `${at}[${i}]`, fields: app }];
    found.push({ at: `${at}[${i}]`, says: `must be an app: an object with "script"; got ${show(app)}` });
    return [];
  });
}

function loneApp(value: Fields, isPackage: boolean, found: Finding[]): DeclaredApp[] {
  if (isPackage) {
    found.push({ at: 'package.json', says: 'has no "apps" and no "pm2" section that declares apps' });
    return [];
  }
  const isAppKey = (key: string) => keyNamed(key) !== undefined;
  if (Object.keys(value).some(isAppKey)) {
    return [
      { at: '', fields: Object.fromEntries(Object.entries(value).filter(([key]) => isAppKey(key) || !isTopKey(key))) },
    ];
  }
  if (!checkTop(value, found) && value.static === undefined)
    found.push({ at: 'The file', says: 'must have "apps": it declares none' });
  return [];
}

/** Whether there were mistakes in the keys beside the apps. */
function checkTop(value: Fields, found: Finding[]): boolean {
  const before = found.length;
  for (const key of Object.keys(value)) {
    if (isTopKey(key)) continue;
    const hint = keyNamed(key) ? ' It is a key of an app.' : didYouMean(key, [...topKeys, ...keyNames]);
    found.push({ at: key.slice(0, 80), says: `is not a key of a definition.${hint}` });
  }
  return found.length > before;
}

const isTopKey = (key: string): boolean => topKeys.includes(key) || key.startsWith('x-') || key === '$schema';
