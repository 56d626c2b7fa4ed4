import { splitWords } from '../../config/shell-words.ts';
import { problem } from '../../shared/problems.ts';
import { defineCommand } from '../command.ts';
import { setSettings } from '../settings/change-settings.ts';
import { KEY_HELP } from '../settings/read-or-set.ts';

export default defineCommand({
  summary: 'Change several settings at once',
  operands: '<pairs...>',
  operandsHelp: `Keys and values in turn, in one text or as words of their own. ${KEY_HELP}`,
  example: ["pm multiset 'api:color red api:size 10'", 'restarts the app once'],
  run: async ({ operands }, session) => {
    const words = operands.length === 1 ? splitWords(operands[0] ?? '') : operands;
    if (!words || words.length === 0 || words.length % 2 !== 0) {
      return session.out.problem(
        problem('usage/invalid', {
          message: `${operands.join(' ')} is not a list of keys and values in turn.`,
          hint: "Write them as 'key value key value'; a value with spaces in double quotes.",
        }),
      );
    }
    const pairs = words.flatMap((word, at) => (at % 2 === 0 ? [[word, words[at + 1] ?? ''] as const] : []));
    return setSettings(pairs, session);
  },
});
