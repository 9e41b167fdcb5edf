import { describe, expect, it } from '@jest/globals';
import { parseManifests } from '../../../src/cluster/index.ts';

/** What `kubectl create --dry-run=client --output json` (1.34) makes of plain words, asked one by one. */
const read = {
  true: 'yes Yes YES on On ON y Y true True TRUE',
  false: 'no No NO off Off OFF n N false False FALSE',
  null: 'null Null NULL ~',
  text:
    '_0x1 +. 1e400 -1e400 0b2 0o8 0b102 1,000 1.2.3 v1 -- -a 1-2 10.0.0.1 100m 1Gi 1e3x yEs tRue inf 1:30 12:30:45 ' +
    '190:20:30 2001-01-01 2001-12-14T21:59:43Z 0x 1e = _1 0b 0b12 0xg 0x1p4 123e4567 true# ' +
    `0x52908400098527886E0F7030069857D2E4169EE7 -0xFFFFFFFFFFFFFFFF 0b${'1'.repeat(70)} ${'1'.repeat(400)}`,
};
const numbers: Readonly<Record<string, number>> = {
  '0B11': 3,
  '0x7FFFFFFFFFFFFC00': 2 ** 63 - 1024,
  '018446744073709551616': 2 ** 64,
  '07777777777777777777777777': 7.777777777777778e24,
  '0b1_1': 3,
  '+_1': 1,
  '1e_3': 1000,
  '0x_1F': 31,
  '0_x1F': 31,
  '1.e3': 1000,
  '.5e1': 5,
  '-.5_0': -0.5,
  '5._0': 5,
  '000': 0,
  '-09': -9,
  '0_9': 9,
  '+0b11': 3,
  '08e1': 80,
  '1_000': 1000,
  '0x1F': 31,
  '0X1F': 31,
  '0b11': 3,
  '0o14': 12,
  '0O14': 12,
  '014': 12,
  '0400': 256,
  '-014': -12,
  '+014': 12,
  '1E3': 1000,
  '1.5e3': 1500,
  '5.': 5,
  '1_0.5': 10.5,
  '-0': 0,
  '1.10': 1.1,
  '+.5': 0.5,
  '1__0': 10,
  '1_': 1,
  '0_7': 7,
  '010e2': 1000,
  '08.5': 8.5,
  '1.5E+3': 1500,
  '-0x1F': -31,
  '-0b11': -3,
  '0_14': 12,
  '1e-7': 1e-7,
  '0.30000000000000004': 0.30000000000000004,
};
const words = (list: string) => list.split(' ').map((word): [string] => [word]);
const given = (value: string) => {
  const head = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: x }\n';
  return parseManifests([{ name: 'x.yaml', text: `${head}data:\n  value: ${value}\n` }]);
};
const readAs = (value: string) => Object(given(value).objects[0]?.data).value;

describe('a plain word in a manifest is what kubectl makes of it', () => {
  it.each(words(read.true))('%s: true', (word) => expect(readAs(word)).toBe(true));
  it.each(words(read.false))('%s: false', (word) => expect(readAs(word)).toBe(false));
  it.each(words(read.null))('%s: nothing', (word) => expect(readAs(word)).toBe(null));
  it.each(words(read.text))('%s: a text', (word) => expect(readAs(word)).toBe(word));
  it.each(Object.entries(numbers))('%s: the number %d', (word, number) => {
    expect(readAs(word)).toBe(number);
  });

  it.each(['yes', 'off', '0400', '1_000', '.inf'])('%s in quotes: a text', (word) => {
    expect(readAs(`"${word}"`)).toBe(word);
    expect(readAs(`'${word}'`)).toBe(word);
    expect(readAs(`!!str ${word}`)).toBe(word);
  });

  it('as the name of a field: true', () => {
    const text = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: x }\ndata:\n  on: x\n';
    expect(parseManifests([{ name: 'x.yaml', text }]).objects[0]?.data).toEqual({ true: 'x' });
  });

  it.each(['.inf', '-.Inf', '.nan'])('%s: refused, since no object can hold it', (word) => {
    expect(given(word)).toEqual({ objects: [], problems: [expect.stringContaining('write it in quotes')] });
  });
});
