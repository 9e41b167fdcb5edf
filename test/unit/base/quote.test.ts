import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { printable } from '../../../src/base/index.ts';

describe('quoting what a server said', () => {
  it('makes one line of it and keeps what can be read', () => {
    expect(printable('  {"error":\r\n\t"boom ü 火"}\u001b[31m\u202e ')).toBe('{"error": "boom ü 火"} [31m');
  });

  it('shortens and says so', () => {
    expect(printable('x'.repeat(300))).toBe(`${'x'.repeat(200)}…`);
  });

  it('never lets a control or format character through', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(printable(text)).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
      }),
    );
  });
});
