import type { Check } from './check.ts';

const secretName =
  /^(?:authorization|proxy-authorization|cookie|set-cookie|x-api-key)$|token|secret|password|api-?key/i;

export const masked = '***';

/** Whether a header of this name must never be shown. */
export function isSecretHeader(name: string): boolean {
  return secretName.test(name);
}

/**
 * Makes a function that masks what the checks send in secret, wherever a server echoes it: the whole value, the part
 * after its scheme (`Bearer …`), the values of cookies, the decoded form of Basic credentials; as they are, and as JSON, URLs and base64 write them.
 */
export function redactorFor(checks: readonly Check[]): (text: string) => string {
  const secrets = new Set<string>();
  for (const check of checks) {
    if (check.kind !== 'http') continue;
    for (const [name, value] of Object.entries(check.headers)) {
      if (isSecretHeader(name))
        for (const part of partsOf(name, value)) for (const form of formsOf(part)) secrets.add(form);
    }
  }
  // Longest first, so that a part never spoils the masking of the whole. Very short ones would mask ordinary text.
  const ordered = [...secrets].filter((secret) => secret.length >= 4).sort((a, b) => b.length - a.length);
  return (text) => ordered.reduce((rest, secret) => rest.replaceAll(secret, masked), text);
}

function partsOf(name: string, value: string): readonly string[] {
  if (name === 'cookie')
    return [value, ...value.split(';').map((pair) => pair.slice(pair.indexOf('=') + 1).trim())];
  const [scheme = '', credentials = ''] = value.split(/\s+(.*)/s);
  if (scheme.toLowerCase() !== 'basic') return [value, credentials];
  const decoded = Buffer.from(credentials, 'base64').toString('utf8');
  return [value, credentials, decoded, decoded.slice(decoded.indexOf(':') + 1)];
}

function formsOf(secret: string): readonly string[] {
  const base64 = Buffer.from(secret).toString('base64');
  return [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret), base64];
}
