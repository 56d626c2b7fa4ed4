import JSON5 from 'json5';
import { LineCounter, parseDocument } from 'yaml';

/** A definition read from text, or why it could not be, with line and column. */
export type ReadText = { readonly value: unknown } | { readonly reason: string };

/** JSON with comments, trailing commas and unquoted keys: what PM2's files in JSON may have. */
export function readJson(text: string): ReadText {
  try {
    return { value: JSON5.parse(withoutMark(text)) };
  } catch (error) {
    return { reason: String(error instanceof Error ? error.message : error).replace(/^JSON5: /, '') };
  }
}

/** YAML 1.2 with merge keys (`<<`), as js-yaml reads them. */
export function readYaml(text: string): ReadText {
  const lines = new LineCounter();
  const document = parseDocument(withoutMark(text), { lineCounter: lines, prettyErrors: false, merge: true });
  const [error] = document.errors;
  if (error) {
    const { line, col } = lines.linePos(error.pos[0]);
    return { reason: `${error.message} (line ${line}, column ${col})` };
  }
  try {
    return { value: document.toJS() };
  } catch (cause) {
    return { reason: cause instanceof Error ? cause.message : String(cause) }; // too many aliases, or one without anchor
  }
}

/** Without the byte order mark that some editors put first. */
const withoutMark = (text: string): string => (text.startsWith('\uFEFF') ? text.slice(1) : text);
