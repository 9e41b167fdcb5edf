import type { Json, JsonPath, Milliseconds } from '../base/index.ts';

/** A text to be equal to, or an expression to match. */
export type TextRule = string | RegExp;

/** An inclusive range of statuses. */
export interface StatusRange {
  readonly from: number;
  readonly to: number;
}

export interface HttpCheck {
  readonly kind: 'http';
  /** Named in reports; the method and path when nobody named it. */
  readonly name: string;
  readonly method: string;
  readonly path: string;
  /** Undefined: that of the URL, or the first port of the pods. */
  readonly port: number | undefined;
  readonly scheme: 'http' | 'https';
  /** Sent as they are; names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
  readonly wants: HttpWants;
  /** Good answers that it takes from each place; the first bad one after a good one fails it. */
  readonly answers: number;
}

/** What an answer must be like; all of it. */
export interface HttpWants {
  readonly status: readonly StatusRange[];
  readonly contains: string | undefined;
  readonly matches: RegExp | undefined;
  readonly values: readonly { readonly text: string; readonly path: JsonPath; readonly value: Json }[];
  /** Names in lower case. */
  readonly headers: readonly { readonly name: string; readonly rule: TextRule }[];
  readonly withinMs: Milliseconds | undefined;
}

/** A connection that opens and is not closed at once. */
export interface TcpCheck {
  readonly kind: 'tcp';
  readonly name: string;
  readonly port: number;
}

export type Check = HttpCheck | TcpCheck;

/** `GET /healthz` or `TCP connect to port 8080`. */
export function describeCheck(check: Check): string {
  return check.kind === 'http' ? `${check.method} ${check.path}` : `TCP connect to port ${check.port}`;
}

/** `200`, `2xx`, `200-399`, `200 or 204`. */
export function describeStatus(ranges: readonly StatusRange[]): string {
  return ranges
    .map(({ from, to }) => {
      if (from === to) return String(from);
      return from % 100 === 0 && to === from + 99 ? `${from / 100}xx` : `${from}-${to}`;
    })
    .join(' or ');
}
