import type { Json, JsonObject } from '../../base/index.ts';

/**
 * What Go programs, kubectl among them, send of built-in kinds when they create one: an envelope with a magic number and
 * the name of the kind, and in it the object by the numbers of its fields, as Kubernetes' `generated.proto` files have
 * them. Only small kinds are known here; of any other the client hears that JSON is wanted.
 */
const magic = Buffer.from('k8s\0', 'latin1');

/** A name and a type for each number; `[]` before a type: repeated; `map:` entries whose keys are texts. */
type Message = Readonly<Record<number, readonly [name: string, type: string]>>;

const messages: Readonly<Record<string, Message>> = {
  Unknown: { 1: ['typeMeta', 'TypeMeta'], 2: ['raw', 'bytes'], 3: ['', 'string'], 4: ['', 'string'] },
  TypeMeta: { 1: ['apiVersion', 'string'], 2: ['kind', 'string'] },
  ObjectMeta: {
    1: ['name', 'string'],
    2: ['generateName', 'string'],
    3: ['namespace', 'string'],
    4: ['selfLink', 'string'],
    5: ['uid', 'string'],
    6: ['resourceVersion', 'string'],
    7: ['generation', 'number'],
    8: ['creationTimestamp', 'Empty'],
    11: ['labels', 'map:string'],
    12: ['annotations', 'map:string'],
    14: ['finalizers', '[]string'],
  },
  Empty: {},
  Namespace: {
    1: ['metadata', 'ObjectMeta'],
    2: ['spec', 'NamespaceSpec'],
    3: ['status', 'NamespaceStatus'],
  },
  NamespaceSpec: { 1: ['finalizers', '[]string'] },
  NamespaceStatus: { 1: ['phase', 'string'] },
  ConfigMap: {
    1: ['metadata', 'ObjectMeta'],
    2: ['data', 'map:string'],
    3: ['binaryData', 'map:bytes'],
    4: ['immutable', 'bool'],
  },
  Secret: {
    1: ['metadata', 'ObjectMeta'],
    2: ['data', 'map:bytes'],
    3: ['type', 'string'],
    4: ['stringData', 'map:string'],
    5: ['immutable', 'bool'],
  },
  SelfSubjectAccessReview: {
    1: ['metadata', 'ObjectMeta'],
    2: ['spec', 'AccessSpec'],
    3: ['status', 'AccessStatus'],
  },
  AccessSpec: { 1: ['resourceAttributes', 'ResourceAttributes'] },
  ResourceAttributes: {
    1: ['namespace', 'string'],
    2: ['verb', 'string'],
    3: ['group', 'string'],
    4: ['version', 'string'],
    5: ['resource', 'string'],
    6: ['subresource', 'string'],
    7: ['name', 'string'],
  },
  AccessStatus: {
    1: ['allowed', 'bool'],
    2: ['reason', 'string'],
    3: ['evaluationError', 'string'],
    4: ['denied', 'bool'],
  },
};

const kinds = ['Namespace', 'ConfigMap', 'Secret', 'SelfSubjectAccessReview'];

/** The object as JSON has it; undefined when it is of a kind, or has a field, that is not known here. */
export function decodeProtobuf(body: Buffer): JsonObject | undefined {
  if (!body.subarray(0, magic.length).equals(magic)) return undefined;
  try {
    const { typeMeta, raw } = readMessage('Unknown', body.subarray(magic.length));
    const { apiVersion = '', kind = '' } = Object(typeMeta);
    if (!kinds.includes(kind)) return undefined;
    const object = readMessage(kind, Buffer.from(String(raw ?? ''), 'base64'));
    const { status: _status, ...rest } = object;
    return { apiVersion, kind, ...rest };
  } catch (thrown) {
    if (thrown instanceof Undecodable) return undefined;
    throw thrown;
  }
}

class Undecodable extends Error {}

/** Fields in any order. What JSON would leave out, a text or a number that is empty, is left out. */
function readMessage(name: string, bytes: Buffer): Record<string, Json> {
  const fields = messages[name] ?? {};
  const found: Record<string, Json> = {};
  const lists = new Map<string, Json[]>();
  const reader = readerOf(bytes);
  while (!reader.ended()) {
    const key = reader.varint();
    const [field, type] = fields[key >> 3] ?? [];
    if (field === undefined || type === undefined) throw new Undecodable(`${name} has a field ${key >> 3}`);
    const value = readValue(type, key & 7, reader);
    if (/^(?:\[\]|map:)/.test(type)) {
      // Put together at the end: a copy for each entry takes minutes for an object of 1 MB.
      const list = lists.get(field) ?? [];
      list.push(value);
      lists.set(field, list);
      found[field] = type.startsWith('map:') ? {} : list;
    } else if (type === 'bool' || !isEmpty(value)) found[field] = value;
  }
  for (const [field, list] of lists) {
    if (found[field] !== list)
      found[field] = Object.fromEntries(list.flatMap((entry) => Object.entries(Object(entry))));
  }
  return found;
}

function isEmpty(value: Json): boolean {
  return value === '' || value === 0 || (typeof value === 'object' && Object.keys(value ?? {}).length === 0);
}

function readValue(type: string, wire: number, reader: Reader): Json {
  if (wire === 0) {
    const number = reader.varint();
    return type === 'bool' ? number !== 0 : number;
  }
  if (wire !== 2) throw new Undecodable(`wire type ${wire}`);
  const bytes = reader.bytes(reader.varint());
  const plain = type.replace('[]', '');
  if (plain === 'string') return bytes.toString('utf8');
  if (plain === 'bytes') return bytes.toString('base64');
  return plain.startsWith('map:') ? readEntry(plain.slice('map:'.length), bytes) : readMessage(plain, bytes);
}

/** One entry of a map: a key and a value, either of which is left out when it is empty. */
function readEntry(type: string, bytes: Buffer): Json {
  const reader = readerOf(bytes);
  let [key, value]: [string, Json] = ['', ''];
  while (!reader.ended()) {
    const tag = reader.varint();
    if (tag >> 3 === 1) key = String(readValue('string', tag & 7, reader));
    else value = readValue(type, tag & 7, reader);
  }
  return { [key]: value };
}

type Reader = ReturnType<typeof readerOf>;

function readerOf(buffer: Buffer) {
  let at = 0;
  return {
    ended: () => at >= buffer.length,
    /** Whole and not negative; large enough for lengths and generations. */
    varint(): number {
      let [value, factor] = [0, 1];
      for (;;) {
        const byte = buffer[at++];
        if (byte === undefined) throw new Undecodable('it ends within a number');
        value += (byte & 0x7f) * factor;
        if (byte < 0x80) return value;
        factor *= 0x80;
        if (factor > Number.MAX_SAFE_INTEGER / 0x80) throw new Undecodable('a number is too large');
      }
    },
    bytes(length: number): Buffer {
      if (at + length > buffer.length) throw new Undecodable('it ends within a field');
      at += length;
      return buffer.subarray(at - length, at);
    },
  };
}
