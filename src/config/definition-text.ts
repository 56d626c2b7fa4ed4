/** A definition read from text, or why it could not be, with line and column. */
export type ReadText = { readonly value: unknown } | { readonly reason: string };

// The parsers are loaded by the file that needs them: `pm start app.js` should not pay 8 ms for them.

/** JSON with comments, trailing commas and unquoted keys: what PM2's files in JSON may have. */
export async function readJson(text: string): Promise<ReadText> {
  const { default: json5 } = await import('json5');
  try {
    return { value: json5.parse(withoutMark(text)) };
  } catch (error) {
    return { reason: String(error instanceof Error ? error.message : error).replace(/^JSON5: /, '') };
  }
}

/** YAML 1.2 with merge keys (`<<`), as js-yaml reads them. */
export async function readYaml(text: string): Promise<ReadText> {
  const { LineCounter, parseDocument } = await import('yaml');
  const lines = new LineCounter();
  try {
    const document = parseDocument(withoutMark(text), { lineCounter: lines, prettyErrors: false, merge: true });
    const [error] = document.errors;
    if (!error) return { value: document.toJS() };
    const { line, col } = lines.linePos(error.pos[0]);
    return { reason: `${error.message} (line ${line}, column ${col})` };
  } catch (cause) {
    // Too many aliases, an alias without anchor, or nested so deep that the stack ends.
    return { reason: cause instanceof Error ? cause.message : String(cause) };
  }
}

/** Without the byte order mark that some editors put first. */
const withoutMark = (text: string): string => (text.startsWith('\uFEFF') ? text.slice(1) : text);
