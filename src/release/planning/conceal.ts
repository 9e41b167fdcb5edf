import { createHmac } from 'node:crypto';

/** Says of a value only whether it is the same as another one: `hash 5b1e99d2`. */
export type Conceal = (value: string) => string;

/**
 * Hashes with a key that is thrown away with the run. Equal values have equal hashes within one document; outside of
 * it, nobody can find out a short password by hashing all that it could be.
 */
export function concealWith(key: string): Conceal {
  return (value) => `hash ${createHmac('sha256', key).update(value).digest('hex').slice(0, 8)}`;
}

/** What a person may read of one value, by where it stands. */
export function readable(kind: string, path: readonly string[], value: unknown, conceal: Conceal): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  if (kind === 'Secret' && isData(path)) return conceal(text);
  if (kind === 'ConfigMap' && isData(path)) return `${Buffer.byteLength(text)} bytes, ${conceal(text)}`;
  if (isLiteral(path)) return conceal(text);
  return text.length > 200 ? `${text.slice(0, 160)}… (${text.length} characters, ${conceal(text)})` : text;
}

function isData([first = '']: readonly string[]): boolean {
  return first === 'data' || first === 'stringData' || first === 'binaryData';
}

/** The value of an environment variable, or of a header that a probe sends: `…env[NAME].value`. */
function isLiteral(path: readonly string[]): boolean {
  return path.at(-1) === 'value' && ['env', 'httpHeaders'].includes(path.at(-3) ?? '');
}
