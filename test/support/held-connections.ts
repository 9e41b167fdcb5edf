import { type IncomingMessage, request } from 'node:http';
import type { Duplex } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { at } from '../../src/base/index.ts';

/** One request that takes long, as its caller saw it. Times are wall clock, in milliseconds. */
export interface LongRequest {
  readonly beganAt: number;
  readonly endedAt: number;
  /** `200`, or what the connection broke with. */
  readonly how: string;
  /** Who answered; undefined when nobody did. */
  readonly version: string | undefined;
}

export interface LongRequests {
  /** Waits until requests that began now have been under way for so long. */
  underWay(ms: number): Promise<void>;
  /** Begins no more of them, and waits for the end of each. */
  stop(): Promise<readonly LongRequest[]>;
}

/** Begins a request each `everyMs`, on a connection of its own, whose answer takes `lastingMs`; none is repeated. */
export function startLongRequests(
  place: { readonly url: string; readonly host: string },
  { everyMs, lastingMs }: { readonly everyMs: number; readonly lastingMs: number },
): LongRequests {
  const ended: Promise<LongRequest>[] = [];
  const timer = setInterval(() => ended.push(askSlowly(place, lastingMs)), everyMs);
  return {
    underWay: (ms) => pause(ms),
    async stop() {
      clearInterval(timer);
      return Promise.all(ended);
    },
  };
}

/** One request whose answer takes `ms`, on a connection of its own. */
export function askSlowly(
  { url, host }: { readonly url: string; readonly host: string },
  ms: number,
): Promise<LongRequest> {
  const beganAt = Date.now();
  const path = new URL(`/?latency=${ms}ms`, url);
  return new Promise((resolve) => {
    const end = (how: string, answer?: IncomingMessage) => {
      const version = answer?.headers['x-version'];
      resolve({
        beganAt,
        endedAt: Date.now(),
        how,
        version: version === undefined ? version : String(version),
      });
    };
    const call = request(path, { agent: false, headers: { host } });
    call.on('response', (answer) => {
      answer.resume();
      answer.on('end', () => end(String(answer.statusCode), answer));
      answer.on('error', (error) => end(error.message, answer));
    });
    call.on('error', (error) => end(error.message));
    call.end();
  });
}

/** A WebSocket to the demo service, which says each second who it is. */
export interface HeldSocket {
  /** Who spoke, and when, wall clock. */
  readonly heard: readonly { readonly version: string; readonly at: number }[];
  /** The status code of the close frame; undefined while it is open, `null` when it ended without one. */
  readonly closed: number | null | undefined;
  /** Ends it as a client does. */
  close(): void;
}

const opcodes = { text: 0x1, close: 0x8 } as const;

export async function holdWebSocket(url: string, host: string): Promise<HeldSocket> {
  const heard: { readonly version: string; readonly at: number }[] = [];
  let closed: number | null | undefined;
  const socket = await upgrade(url, host);
  let rest = Buffer.alloc(0);
  socket.on('data', (bytes: Buffer) => {
    rest = Buffer.concat([rest, bytes]);
    for (let frame = readFrame(rest); frame !== undefined; frame = readFrame(rest)) {
      rest = rest.subarray(frame.length);
      if (frame.opcode === opcodes.close) closed = frame.payload.readUInt16BE(0);
      else
        heard.push({ version: String(at(JSON.parse(frame.payload.toString()), 'version')), at: Date.now() });
    }
  });
  socket.on('error', () => socket.destroy());
  socket.on('close', () => {
    closed ??= null;
  });
  return {
    heard,
    get closed() {
      return closed;
    },
    close: () => socket.destroy(),
  };
}

function upgrade(url: string, host: string): Promise<Duplex> {
  const headers = {
    host,
    connection: 'Upgrade',
    upgrade: 'websocket',
    'sec-websocket-version': '13',
    'sec-websocket-key': Buffer.from('a key of 16 byte').toString('base64'),
  };
  return new Promise((resolve, reject) => {
    const call = request(url, { agent: false, headers });
    call.on('upgrade', (_answer, socket, head) => {
      socket.unshift(head);
      resolve(socket);
    });
    call.on('response', (answer) => reject(new Error(`answered ${answer.statusCode} instead of 101`)));
    call.on('error', reject);
    call.end();
  });
}

/** The first whole frame, none of which is longer than 125 bytes here. */
function readFrame(bytes: Buffer) {
  const [first = 0, size = 0] = bytes;
  const length = 2 + size;
  if (bytes.length < Math.max(2, length)) return undefined;
  if (size > 125) throw new Error(`a frame of another length: ${size}`);
  return { opcode: first & 0xf, payload: bytes.subarray(2, length), length };
}
