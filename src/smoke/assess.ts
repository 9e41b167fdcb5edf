import { equalJson, formatDuration, printable, readJsonPath } from '../base/index.ts';
import { describeStatus, type HttpWants, type TextRule } from './check.ts';
import type { HttpAnswer } from './http-attempt.ts';
import { matchInTime, matchWithinMs } from './match-in-time.ts';
import { isSecretHeader, masked } from './secrets.ts';

/** What was seen and what was wanted instead, as two ends of one sentence. */
export interface Mismatch {
  /** `answered 500 "boom"` */
  readonly seen: string;
  /** `200` */
  readonly wanted: string;
}

/** The first thing that is wrong with an answer; undefined when it is as wanted. `redact` masks secrets in quotations. */
export function assessAnswer(
  answer: HttpAnswer,
  wants: HttpWants,
  redact: (text: string) => string,
): Mismatch | undefined {
  const { status, body, tookMs } = answer;
  const seen = quoteAnswer(answer, redact);
  if (!wants.status.some(({ from, to }) => status >= from && status <= to)) {
    return { seen, wanted: describeStatus(wants.status) };
  }
  for (const { name, rule } of wants.headers) {
    const value = Object.hasOwn(answer.headers, name) ? answer.headers[name] : undefined;
    if (value !== undefined && obeys(value, rule)) continue;
    const shown =
      value === undefined ? 'none' : isSecretHeader(name) ? masked : `"${printable(redact(value))}"`;
    return { seen: `answered ${status} with header ${name} ${shown}`, wanted: describeHeader(name, rule) };
  }
  if (wants.contains !== undefined && !body.includes(wants.contains)) {
    return { seen, wanted: `a body that contains "${printable(wants.contains)}"` };
  }
  const matched = wants.matches === undefined || matchInTime(wants.matches, body);
  if (matched !== true) {
    const inTime = matched === undefined ? `, found out within ${formatDuration(matchWithinMs)}` : '';
    return { seen, wanted: `a body that matches ${printable(String(wants.matches))}${inTime}` };
  }
  const wrongValue = assessValues(answer, wants, redact);
  if (wrongValue !== undefined) return wrongValue;
  if (wants.withinMs !== undefined && tookMs > wants.withinMs) {
    const wanted = `an answer within ${formatDuration(wants.withinMs)}`;
    return { seen: `answered ${status} in ${formatDuration(tookMs)}`, wanted };
  }
  return undefined;
}

function assessValues(
  answer: HttpAnswer,
  wants: HttpWants,
  redact: (text: string) => string,
): Mismatch | undefined {
  if (wants.values.length === 0) return undefined;
  const json = parseJson(answer.body);
  if (json === undefined) return { seen: quoteAnswer(answer, redact), wanted: 'a JSON body' };
  for (const { text, path, value } of wants.values) {
    const found = readJsonPath(json, path);
    if (found !== undefined && equalJson(found, value)) continue;
    const shown = found === undefined ? 'nothing' : printable(redact(JSON.stringify(found)));
    return {
      seen: `answered ${answer.status} with ${shown} at ${text}`,
      wanted: printable(JSON.stringify(value)),
    };
  }
  return undefined;
}

/** Everything that is wanted, short: `200 within 2 s`. */
export function describeWants(wants: HttpWants): string {
  const parts = [
    ...wants.headers.map(({ name, rule }) => describeHeader(name, rule)),
    ...(wants.contains === undefined ? [] : [`a body that contains "${printable(wants.contains, 60)}"`]),
    ...(wants.matches === undefined ? [] : [`a body that matches ${printable(String(wants.matches), 60)}`]),
    ...wants.values.map(({ text, value }) => `${printable(JSON.stringify(value), 60)} at ${text}`),
  ];
  const within = wants.withinMs === undefined ? '' : ` within ${formatDuration(wants.withinMs)}`;
  const also = parts.length === 0 ? '' : ` with ${parts.join(', ')}`;
  return `${describeStatus(wants.status)}${also}${within}`;
}

function quoteAnswer({ status, body }: HttpAnswer, redact: (text: string) => string): string {
  // Masked before it is shortened: half a secret at the end of a quotation would not be recognised.
  const quotation = printable(redact(body));
  return quotation === '' ? `answered ${status} with an empty body` : `answered ${status} "${quotation}"`;
}

function describeHeader(name: string, rule: TextRule): string {
  if (isSecretHeader(name)) return `another header ${name}`;
  return typeof rule === 'string'
    ? `header ${name} "${printable(rule, 60)}"`
    : `header ${name} matching ${printable(String(rule), 60)}`;
}

function obeys(value: string, rule: TextRule): boolean {
  return typeof rule === 'string' ? value === rule : matchInTime(rule, value) === true;
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
