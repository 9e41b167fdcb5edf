/**
 * Text from outside as one printable line: what a server answered may hold line breaks, terminal escapes or
 * invisible direction marks, and none of them may reach a log, a summary or a terminal.
 */
export function printable(text: string, maxLength = 200): string {
  const line = text
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]+/gu, ' ')
    .replace(/ {2,}/g, ' ')
    .trim();
  return line.length > maxLength ? `${line.slice(0, maxLength)}…` : line;
}

/** One word of a shell's command line: in quotes where a shell would read something else. */
export function shellWord(text: string): string {
  return /^[\w./:@%=,+-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
