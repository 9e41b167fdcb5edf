import {
  formatDuration,
  isJsonObject,
  type JsonObject,
  type Milliseconds,
  parseDuration,
  printable,
} from '../base/index.ts';

/** One mistake in hand-written checks. */
export interface Problem {
  /** `checks[2].within` */
  readonly where: string;
  readonly problem: string;
  readonly remedy: string;
}

const maxWithinMs = 600_000;
const maxCount = 1_000;

/** Reads the fields of one object and collects what is wrong with them, instead of ending at the first. */
export class FieldReader {
  readonly #object: JsonObject;
  readonly #where: string;
  readonly #problems: Problem[];

  constructor(object: JsonObject, where: string, problems: Problem[]) {
    this.#object = object;
    this.#where = where;
    this.#problems = problems;
  }

  value(field: string): unknown {
    return this.#object[field];
  }

  complain(field: string, problem: string, remedy: string): void {
    this.#problems.push({ where: `${this.#where}.${printable(field)}`, problem, remedy });
  }

  refuseUnknown(known: readonly string[]): void {
    for (const field of Object.keys(this.#object)) {
      if (known.includes(field)) continue;
      const meant = known.find((name) => soundsLike(name, field));
      const remedy = meant === undefined ? `Known fields: ${known.join(', ')}.` : `Did you mean "${meant}"?`;
      this.complain(printable(field, 40), 'is no field of a check', remedy);
    }
  }

  text(field: string): string | undefined {
    const value = this.value(field);
    if (value === undefined || (typeof value === 'string' && value !== '')) return value;
    this.complain(field, 'is no text', 'Write a text, in quotes when it looks like a number.');
    return undefined;
  }

  port(field: string): number | undefined {
    const value = this.value(field);
    if (value === undefined) return undefined;
    if (typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= 65_535) return value;
    this.complain(field, 'is no port', 'Write the number on which the container listens, 1 to 65535.');
    return undefined;
  }

  count(field: string): number | undefined {
    const value = this.value(field);
    if (value === undefined) return undefined;
    if (typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= maxCount) return value;
    this.complain(field, 'is no number of answers', `Write a whole number, 1 to ${maxCount}.`);
    return undefined;
  }

  oneOf<const Choice extends string>(field: string, choices: readonly Choice[]): Choice | undefined {
    const value = this.value(field);
    if (value === undefined) return undefined;
    const chosen = choices.find((choice) => choice.toLowerCase() === String(value).toLowerCase());
    if (chosen === undefined)
      this.complain(field, 'is none of the choices', `Write one of ${choices.join(', ')}.`);
    return chosen;
  }

  duration(field: string): Milliseconds | undefined {
    const value = this.value(field);
    if (value === undefined) return undefined;
    const ms = typeof value === 'string' ? parseDuration(value) : undefined;
    if (ms !== undefined && ms > 0 && ms <= maxWithinMs) return ms;
    const remedy = `Write a number with a unit, for example 500ms or 2s; at most ${formatDuration(maxWithinMs)}.`;
    this.complain(field, 'is no duration', remedy);
    return undefined;
  }

  entries(field: string): readonly (readonly [string, unknown])[] {
    const value = this.value(field);
    if (value === undefined) return [];
    if (isJsonObject(value)) return Object.entries(value);
    this.complain(field, 'is no list of names and values', `Write it as ${field}: { name: value }.`);
    return [];
  }
}

/** Equal but for case and plural, or one letter away. */
function soundsLike(known: string, given: string): boolean {
  const [a, b] = [known, given.toLowerCase()].map((text) => text.replace(/s$/, ''));
  if (a === undefined || b === undefined || Math.abs(a.length - b.length) > 1) return false;
  if (a === b) return true;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start += 1;
  const rests = [a.slice(start + 1), a.slice(start)];
  return (
    (a.length === b.length && rests[0] === b.slice(start + 1)) ||
    (a.length > b.length && rests[0] === b.slice(start)) ||
    (a.length < b.length && rests[1] === b.slice(start + 1)) ||
    [...a].sort().join('') === [...b].sort().join('')
  );
}
