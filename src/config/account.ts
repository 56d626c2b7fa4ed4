import { readFileSync } from 'node:fs';
import type { AppSpec } from '../shared/app-spec.ts';
import type { ParsedApp } from './app-values.ts';
import type { Finding } from './findings.ts';

/** Whom an app runs as, and the variables of that login. null: whoever runs the daemon. */
export interface Account {
  readonly runAs: AppSpec['runAs'];
  readonly env: Readonly<Record<string, string>>;
}

const SELF: Account = { runAs: null, env: {} };

/** Looks `uid` and `gid` up. Every mistake goes to `found`. */
export function accountOf({ values, placeOf }: ParsedApp, found: Finding[]): Account {
  const { uid: user, gid: group } = values;
  if (user === undefined && group === undefined) return SELF;
  const [ownUid, ownGid] = [process.getuid?.() ?? -1, process.getgid?.() ?? -1];
  const login = user === undefined ? { uid: ownUid, gid: ownGid, env: {} } : loginOf(user);
  if (!login) found.push({ at: placeOf('uid'), says: `names no user of this machine: "${user}"` });
  const gid = group === undefined ? login?.gid : idIn('/etc/group', group);
  if (group !== undefined && gid === undefined)
    found.push({ at: placeOf('gid'), says: `names no group of this machine: "${group}"` });
  if (!login || gid === undefined || (login.uid === ownUid && gid === ownGid)) return SELF;
  if (ownUid !== 0) {
    const at = placeOf(user === undefined ? 'gid' : 'uid');
    found.push({ at, says: 'needs root: only root may run an app as somebody else' });
  }
  return { runAs: { uid: login.uid, gid }, env: login.env };
}

/** Fields of passwd(5): name, password, uid, gid, gecos, home, shell. A number needs no entry. */
function loginOf(user: string): { uid: number; gid: number; env: Record<string, string> } | undefined {
  const [name, , uid, gid, , home] = lineOf('/etc/passwd', user) ?? [];
  if (name !== undefined && home !== undefined)
    return { uid: Number(uid), gid: Number(gid), env: { HOME: home, USER: name, LOGNAME: name } };
  return /^\d{1,10}$/.test(user) ? { uid: Number(user), gid: Number(user), env: {} } : undefined;
}

function idIn(file: string, name: string): number | undefined {
  const id = lineOf(file, name)?.[2] ?? name;
  return /^\d{1,10}$/.test(id) ? Number(id) : undefined;
}

/** The entry of a name, or of an id. */
function lineOf(file: string, wanted: string): string[] | undefined {
  try {
    const lines = readFileSync(file, 'utf8')
      .split('\n')
      .map((line) => line.split(':'));
    return lines.find(([name]) => name === wanted) ?? lines.find(([, , id]) => id === wanted);
  } catch {
    return undefined;
  }
}
