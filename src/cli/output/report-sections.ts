/** One part of `pm report`: facts in the order given, or text as it is. */
export interface ReportSection {
  readonly title: string;
  readonly facts?: Readonly<Record<string, string | number>>;
  readonly text?: string;
}

const WIDTH = 79;
const RULE = '='.repeat(WIDTH);

/** The report as it can be pasted into an issue: fenced, and without colors. */
export function drawReport(title: string, sections: readonly ReportSection[]): string {
  return ['```', heading(title), ...sections.flatMap(drawSection), '```'].join('\n');
}

function drawSection({ title, facts = {}, text }: ReportSection): string[] {
  const lines = Object.entries(facts).map(([name, value]) => `${name.padEnd(20)} : ${value}`);
  return [RULE, heading(title), ...lines, ...(text === undefined ? [] : [text])];
}

const heading = (title: string): string => `--- ${title} `.padEnd(WIDTH, '-');
