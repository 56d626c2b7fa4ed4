import { expect, test } from 'vitest';
import { Output } from '../../../../src/cli/output/output.ts';
import { plain } from '../../../../src/cli/output/paint.ts';

function printed(columns: number | undefined) {
  const texts = { stdout: '', stderr: '' };
  const stream = (name: keyof typeof texts) => ({
    ...(columns === undefined ? {} : { columns }),
    write: (text: string) => {
      texts[name] += text;
      return true;
    },
  });
  const streams = { stdout: stream('stdout'), stderr: stream('stderr') };
  const out = new Output({ streams, paint: plain, errorPaint: plain, silent: false });
  out.note('one\n\u001b[2Jtwo');
  out.problem({ code: 'app/start-failed', message: 'It failed.', evidence: ['\u001b]0;title\u0007'] });
  return texts;
}

test('what apps print and are called cannot act on a terminal; elsewhere it stays as it is', () => {
  expect(printed(80)).toEqual({
    stdout: '[PM2] one\n^[[2Jtwo\n',
    stderr: '[PM2][ERROR] It failed.\n    ^[]0;title^G\n',
  });
  expect(printed(undefined).stdout).toBe('[PM2] one\n\u001b[2Jtwo\n');
});
