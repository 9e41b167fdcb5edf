/** The head of an HTTP/1.x answer. Names are lower case; a repeated header keeps every value. */
export interface ResponseHead {
  readonly status: number;
  /** 0 for HTTP/1.0, 1 for HTTP/1.1. */
  readonly minor: number;
  readonly headers: ReadonlyMap<string, readonly string[]>;
}

/** Garbage is told at its first wrong byte, without waiting for a line that may never end. */
export function couldBeHttp(line: Buffer): boolean {
  const start = line.subarray(0, 7).toString('latin1');
  return start === '\r' || 'HTTP/1.'.startsWith(start);
}

/** The head, or what is wrong with it. */
export function readHead(lines: readonly string[]): ResponseHead | string {
  const [statusLine = '', ...rest] = lines;
  const match = /^HTTP\/1\.([01]) (\d{3})(?: .*)?$/.exec(statusLine);
  if (match === null) return 'not an HTTP status line';
  const headers = new Map<string, string[]>();
  let last: string[] | undefined;
  for (const line of rest) {
    if (/^[ \t]/.test(line) && last !== undefined) {
      // A folded header (RFC 9112 §5.2) goes on in this line.
      last.push(`${last.pop() ?? ''} ${line.trim()}`.trim());
      continue;
    }
    const colon = line.indexOf(':');
    const name = line.slice(0, Math.max(0, colon)).toLowerCase();
    if (!/^[!#$%&'*+.^_`|~\w-]+$/.test(name)) return 'not a header line';
    last = headers.get(name) ?? [];
    last.push(line.slice(colon + 1).trim());
    headers.set(name, last);
  }
  const status = Number(match[2]);
  return status < 100 ? 'not an HTTP status' : { status, minor: Number(match[1]), headers };
}

/** The comma-separated parts of a header, in lower case. */
export function tokens(values: readonly string[] | undefined): string[] {
  return (values ?? [])
    .flatMap((value) => value.split(','))
    .map((token) => token.trim().toLowerCase())
    .filter((token) => token !== '');
}
