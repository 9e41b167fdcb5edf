import fc from 'fast-check';
import type { Evidence } from '../../../src/evidence/index.ts';

const words = new Set(
  'schema verdict outcome slot strategy mode from role population class attribution action basis'.split(' '),
);
const instants = new Set('startedAt at firstAt lastAt'.split(' '));

/** The document with every free text replaced; instants too when asked. */
export function replaceTexts(evidence: Evidence, replacement: () => string, alsoInstants = false): Evidence {
  return JSON.parse(JSON.stringify(evidence), (key, value) => {
    const kept = typeof value !== 'string' || words.has(key) || (instants.has(key) && !alsoInstants);
    return kept ? value : replacement();
  });
}

/** What pods, headers and people could write to break a view. */
const fragments = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '</td></tr></table>',
  '</details><h1>',
  '"><svg onload=alert(1)>',
  "' onmouseover='alert(1)",
  '</style></title>',
  '<!--',
  '&lt;b&gt;',
  '|',
  '\\|',
  '\\',
  '`',
  '```',
  '~~~~',
  '[link](https://evil.example)',
  '![image](https://evil.example/x.png)',
  '[ref]: https://evil.example',
  '<https://evil.example>',
  'https://evil.example',
  'www.evil.example',
  'mail@evil.example',
  '@octocat',
  '#1',
  '**bold** _it_ ~~no~~',
  '$x^2$',
  '\n',
  '\r\n\n',
  '\u2028',
  '\u202Eabc',
  '\u001b[2J\u001b[31m',
  '\u001b]8;;https://evil.example\u0007',
  '\u0000',
  '\ud800',
  '::error::forged',
  '##[group]forged',
  '- item',
  '# heading',
  '---',
  '    indented',
  'plain words',
];

export const hostileText: fc.Arbitrary<string> = fc
  .array(fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...fragments) }, fc.string({ maxLength: 6 })), {
    minLength: 1,
    maxLength: 4,
  })
  .map((parts) => parts.join(''))
  .filter((text) => text !== '');

/** Different ones, so that a view that joins equal texts joins them no oftener than harmless ones. */
export const hostileTexts: fc.Arbitrary<readonly string[]> = fc.uniqueArray(hostileText, {
  minLength: 1,
  maxLength: 23,
});

/** Hands them out in turn. */
export function inTurn(texts: readonly string[]): () => string {
  let next = 0;
  return () => texts[next++ % texts.length] ?? 'x';
}

/** Harmless texts in their places: equal where they are equal. */
export function harmlessFor(texts: readonly string[]): () => string {
  return inTurn(texts.map((_, index) => `x${index}`));
}
