import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type InputSpec, readInputs } from '../../../src/contract/index.ts';
import { oneInput, problemOf, readAs } from './one-input.ts';

describe('string', () => {
  const spec = { kind: 'string', description: '', pattern: /[a-z]+/, maxLength: 5 } as const;

  it('is taken without the blanks around it', async () => {
    expect(await readAs(spec, '  shop \n')).toBe('shop');
  });

  it('must match the pattern as a whole', async () => {
    expect(await problemOf(spec, 'shop1')).toBe('does not have the right form');
    expect(await problemOf(spec, '1shop')).toBe('does not have the right form');
  });

  it('must not be longer than its limit', async () => {
    expect(await problemOf(spec, 'shopping')).toBe('has 8 characters, at most 5 are allowed');
  });
});

describe('boolean', () => {
  const spec = { kind: 'boolean', description: '' } as const;

  it.each([
    ['true', true],
    ['True', true],
    ['FALSE', false],
  ])('reads %s', async (text, value) => {
    expect(await readAs(spec, text)).toBe(value);
  });

  it.each(['constructor', '__proto__'])('does not read %s, a name that every object has', async (text) => {
    const { problems } = await readInputs(oneInput(spec), { it: text });
    expect(problems).toMatchObject([{ problem: 'is neither true nor false', meant: undefined }]);
  });

  it('says what was meant by other languages’ words for it', async () => {
    const { problems } = await readInputs(oneInput(spec), { it: 'yes' });
    expect(problems).toMatchObject([{ problem: 'is neither true nor false', meant: 'true' }]);
  });
});

describe('numbers', () => {
  it('integer takes whole numbers within its limits, and nothing else', async () => {
    const spec = { kind: 'integer', description: '', min: -5, max: 100 } as const;
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: -1_000, max: 1_000 }), async (number) => {
        const inside = number >= -5 && number <= 100;
        const { inputs } = await readInputs(oneInput(spec), { it: String(number) });
        expect(inputs?.it).toBe(inside ? number : undefined);
      }),
    );
    for (const text of ['1.5', '1e3', '0x10', 'ten', '1_000', 'NaN', 'Infinity', '--1']) {
      expect(await problemOf(spec, text)).toBe('is not a whole number');
    }
  });

  it('number takes fractions, and no exponents or words', async () => {
    const spec = { kind: 'number', description: '', min: 0.1 } as const;
    expect(await readAs(spec, '.5')).toBe(0.5);
    expect(await readAs(spec, '20')).toBe(20);
    expect(await problemOf(spec, '0')).toBe('is too small');
    for (const text of ['1e3', 'Infinity', 'NaN', '.', '1,5'])
      expect(await problemOf(spec, text)).toBe('is not a number');
  });

  it('a number too large for the machine is no number', async () => {
    expect(await problemOf({ kind: 'integer', description: '' }, '9'.repeat(400))).toBe('is too large');
  });

  it('weight is a whole percentage, with or without its sign', async () => {
    const spec = { kind: 'weight', description: '' } as const;
    expect(await readAs(spec, '25')).toBe(25);
    expect(await readAs(spec, '25 %')).toBe(25);
    expect(await problemOf(spec, '101')).toBe('is too large');
    expect(await problemOf(spec, '-1')).toBe('is too small');
    expect(await problemOf(spec, '0.5')).toBe('is not a whole number');
  });
});

describe('duration', () => {
  const spec = { kind: 'duration', description: '', min: '1s', max: '1h' } as const;

  it.each([
    ['90s', 90_000],
    ['5m', 300_000],
    ['1m30s', 90_000],
    ['1M 30S', 90_000],
    ['1h', 3_600_000],
  ])('reads %s as %d ms', async (text, ms) => {
    expect(await readAs(spec, text)).toBe(ms);
  });

  it('asks for the unit of a bare number', async () => {
    const { problems } = await readInputs(oneInput(spec), { it: '90' });
    expect(problems).toMatchObject([{ problem: 'has no unit', meant: '90s' }]);
  });

  it('keeps to its limits', async () => {
    expect(await problemOf(spec, '999ms')).toBe('is too small');
    expect(await problemOf(spec, '61m')).toBe('is too large');
  });
});

describe('quantity', () => {
  const spec = { kind: 'quantity', description: '', min: '10m', max: '4Gi' } as const;

  it.each([
    ['250m', 0.25],
    ['1.5Gi', 1.5 * 2 ** 30],
    ['2k', 2_000],
  ])('reads %s', async (text, amount) => {
    expect(await readAs(spec, text)).toBe(amount);
  });

  it('refuses other units, and what is beyond its limits', async () => {
    expect(await problemOf(spec, '5GB')).toBe('is not a quantity');
    expect(await problemOf(spec, '5Gi')).toBe('is too large');
    expect(await problemOf(spec, '1m')).toBe('is too small');
  });
});

describe('enum', () => {
  const spec = { kind: 'enum', description: '', values: ['preview', 'promoted', 'retired'] } as const;

  it('takes its values, in their own case', async () => {
    expect(await readAs(spec, 'promoted')).toBe('promoted');
    expect(await problemOf(spec, 'Promoted')).toBe('is none of the choices');
  });

  it.each([
    ['promted', 'promoted'],
    ['PREVIEW', 'preview'],
    ['retierd', 'retired'],
    ['yes', undefined],
  ])('for %s it suggests %s', async (text, meant) => {
    const { problems } = await readInputs(oneInput(spec), { it: text });
    expect(problems[0]?.meant).toBe(meant);
  });
});

describe('list', () => {
  const spec = { kind: 'list', description: '', item: { kind: 'integer', max: 9 }, maxItems: 3 } as const;

  it('separates by commas and line breaks, and drops what is empty', async () => {
    expect(await readAs(spec, '1, 2\n\n3,')).toEqual([1, 2, 3]);
  });

  it('says which item is wrong', async () => {
    expect(await problemOf(spec, '1, two')).toBe('item 2, “two”, is not a whole number');
    expect(await problemOf(spec, '1,2,3,4')).toBe('has 4 items, at most 3 are allowed');
  });
});

describe('yaml', () => {
  it('reads YAML and JSON', async () => {
    const spec = { kind: 'yaml', description: '' } as const;
    expect(await readAs(spec, 'a: 1\nb: [x]')).toEqual({ a: 1, b: ['x'] });
    expect(await readAs(spec, '{"a": 1}')).toEqual({ a: 1 });
    expect(await problemOf(spec, 'a: [1')).toMatch(/^is not YAML: /);
  });

  it('gathers every complaint of its schema', async () => {
    const spec: InputSpec = {
      kind: 'yaml',
      description: '',
      schema(value, complain) {
        complain('[0].path', 'is missing');
        complain('[1].status', 'is not a status');
        return value;
      },
    };
    expect(await problemOf(spec, '[]')).toBe('[0].path is missing; [1].status is not a status');
  });

  it('refuses what holds itself, for it has no end, and takes an alias beside what it names', async () => {
    const spec = { kind: 'yaml', description: '' } as const;
    expect(await problemOf(spec, '- { path: /, body: &a { x: *a } }')).toBe(
      'is not YAML: an alias (`*name`) stands inside of what it names',
    );
    expect(await readAs(spec, '[&a { x: 1 }, *a]')).toEqual([{ x: 1 }, { x: 1 }]);
  });

  it('does not let aliases blow a small text up', async () => {
    const bomb = Array.from(
      { length: 9 },
      (_unused, n) => `a${n}: &a${n} [${`*a${n - 1},`.repeat(n === 0 ? 0 : 9)}1]`,
    );
    expect(await problemOf({ kind: 'yaml', description: '' }, bomb.join('\n'))).toMatch(/alias/i);
  });
});

describe('files', () => {
  const spec = { kind: 'files', description: '' } as const;

  it('takes patterns, and leaves the commas of a glob alone', async () => {
    expect(await readAs(spec, 'k8s/{a,b}.yaml, more/\n-')).toEqual(['k8s/{a,b}.yaml', 'more/', '-']);
  });

  it('names the patterns that match nothing', async () => {
    const exists = (pattern: string) => pattern === 'k8s';
    const { problems } = await readInputs(oneInput(spec), { it: 'k8s, typo/*.yaml, -' }, { exists });
    expect(problems[0]?.problem).toBe('“typo/*.yaml” names no file in the workspace');
  });
});

describe('secret', () => {
  it('is read as it is', async () => {
    expect(await readAs({ kind: 'secret', description: '' }, 's3cr3t')).toBe('s3cr3t');
  });

  it('may be a file where the contract says so', async () => {
    const spec = { kind: 'secret', orFile: true, description: '' } as const;
    expect(await readAs(spec, '.kube/config')).toEqual({ file: '.kube/config' });
    expect(await readAs(spec, 'apiVersion: v1\nkind: Config')).toEqual({
      content: 'apiVersion: v1\nkind: Config',
    });
    expect(await readAs(spec, '{"kind":"Config"}')).toEqual({ content: '{"kind":"Config"}' });
  });

  it('is never part of a problem', async () => {
    const spec = { kind: 'secret', orFile: true, description: '' } as const;
    const { problems } = await readInputs(oneInput(spec), { it: 'c2VjcmV0' }, { exists: () => false });
    expect(problems).toHaveLength(1);
    expect(JSON.stringify(problems)).not.toContain('c2VjcmV0');
  });
});
