import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decodeProtobuf } from '../../../src/sandbox/api/protobuf.ts';

const bytes = (hex: string) => Buffer.from(hex.replace(/\s/g, ''), 'hex');
/** What kubectl 1.34 sends. */
const sent = {
  'create namespace x1':
    '6b3873000a0f0a02763112094e616d657370616365 121a 0a120a02783112001a0022002a00320038004200 12001a020a00 1a002200',
  'create configmap m --from-literal=a=b --from-literal=e=':
    '6b3873000a0f0a0276311209436f6e6669674d6170 1222 0a110a016d12001a0022002a00320038004200' +
    '12060a0161120162 12050a01651200 1a002200',
  'create secret generic s --from-literal=p=q':
    '6b3873000a0c0a0276311206536563726574 121d 0a110a017312001a0022002a00320038004200 12060a0170120171 1a00 1a002200',
};

describe('an object in protobuf, as kubectl creates it,', () => {
  it('is read by the numbers of its fields, without what is empty', () => {
    expect(decodeProtobuf(bytes(sent['create namespace x1']))).toEqual({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: 'x1' },
    });
    expect(decodeProtobuf(bytes(sent['create secret generic s --from-literal=p=q']))).toEqual({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 's' },
      data: { p: Buffer.from('q').toString('base64') },
    });
  });

  it('keeps the keys of a map whose values are empty', () => {
    const map = decodeProtobuf(bytes(sent['create configmap m --from-literal=a=b --from-literal=e=']));
    expect(map).toMatchObject({ kind: 'ConfigMap', data: { a: 'b', e: '' } });
  });

  it('is not guessed at, when its kind or one of its fields is not known', () => {
    const quota =
      '6b3873000a130a027631120d5265736f7572636551756f7461 1224 0a110a017112001a0022002a00320038004200' +
      '120d0a0b0a04706f647312030a01331a00 1a002200';
    expect(decodeProtobuf(bytes(quota))).toBeUndefined();
    // The owners of a namespace, which is field 13 of its metadata.
    const owned = '6b3873000a0f0a02763112094e616d657370616365 1208 0a06 0a0178 6a0100';
    expect(decodeProtobuf(bytes(owned))).toBeUndefined();
    expect(decodeProtobuf(Buffer.from('{"kind":"Namespace"}'))).toBeUndefined();
  });

  it('is refused and never thrown over, wherever it is cut off or broken', () => {
    const whole = bytes(sent['create configmap m --from-literal=a=b --from-literal=e=']);
    const broken = fc.tuple(fc.nat(whole.length - 1), fc.nat(255), fc.nat(whole.length));
    fc.assert(
      fc.property(broken, ([at, byte, length]) => {
        const body = Buffer.from(whole);
        body[at] = byte;
        const read = decodeProtobuf(body.subarray(0, length));
        expect(read === undefined || typeof read.kind === 'string').toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });

  it('has every entry of a map and of a list, of the same key the last, and none of an own name for the prototype', () => {
    const field = (number: number, content: Buffer | string) => {
      const inside = Buffer.from(content);
      return Buffer.concat([Buffer.from([number * 8 + 2, inside.length]), inside]);
    };
    const entry = (key: string, value: string) => field(2, Buffer.concat([field(1, key), field(2, value)]));
    const named = field(1, Buffer.concat([field(1, 'm'), field(14, 'x/a'), field(14, 'x/b')]));
    const raw = Buffer.concat([named, entry('a', '1'), entry('__proto__', '2'), entry('a', '3')]);
    const type = Buffer.concat([field(1, 'v1'), field(2, 'ConfigMap')]);
    const read = decodeProtobuf(
      Buffer.concat([Buffer.from('k8s\0', 'latin1'), field(1, type), field(2, raw)]),
    );
    expect(read?.metadata).toEqual({ name: 'm', finalizers: ['x/a', 'x/b'] });
    expect(Object.entries(Object(read?.data))).toEqual([
      ['a', '3'],
      ['__proto__', '2'],
    ]);
  });
});
