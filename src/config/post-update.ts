import { basename } from 'node:path';
import { fail, type Outcome, succeed } from '../shared/outcome.ts';
import { problem } from '../shared/problems.ts';
import { declaredIn } from './definition-shape.ts';
import { mismatch, sentenceOf } from './findings.ts';
import { commandLines } from './kinds.ts';

/** The `post_update` of an app in a definition. The rest of the file is not looked at: mistakes in it are for who starts it. */
export function postUpdateIn(
  value: unknown,
  { name, path }: { name: string; path: string },
): Outcome<readonly string[]> {
  const { apps } = declaredIn(value, basename(path) === 'package.json', []);
  const app = apps.find(({ fields }) => fields.name === name);
  const given = app?.fields.post_update ?? app?.fields.postUpdate;
  if (app === undefined || given === undefined) return succeed([]);
  const parsed = commandLines.parse(given);
  if ('value' in parsed) return succeed(parsed.value);
  const at = `${app.at}.post_update`;
  const findings = [sentenceOf({ at, says: mismatch(parsed.rule, given, commandLines) })];
  return fail(problem('config/invalid', { path, findings }));
}
