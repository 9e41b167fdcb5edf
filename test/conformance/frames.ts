import type { Duplex } from 'node:stream';

/** What came on one channel of a port-forward: the port that its first message names, and the bytes after that. */
export interface ChannelText {
  readonly port: number;
  readonly text: string;
}

/** A client's end of a WebSocket with channels, whose messages begin with the number of one. */
export interface Channels {
  /** By channel, so far. */
  heard(): Readonly<Record<string, ChannelText>>;
  /** Status code of the server's close frame, `null` when it ended without one; undefined while it is open. */
  closed(): number | null | undefined;
  say(channel: number, text: string): void;
  close(): void;
}

const opcodes = { binary: 2, close: 8 } as const;

export function openChannels(socket: Duplex, head: Buffer): Channels {
  const heard = new Map<number, { port: number; text: string }>();
  let closed: number | null | undefined;
  let rest = head;

  function hear(message: Buffer): void {
    const [channel = 0] = message;
    const known = heard.get(channel);
    if (known === undefined) heard.set(channel, { port: message.readUInt16LE(1), text: '' });
    else known.text += message.subarray(1).toString('utf8');
  }

  function read(bytes: Buffer): void {
    rest = Buffer.concat([rest, bytes]);
    for (let frame = readFrame(rest); frame !== undefined; frame = readFrame(rest)) {
      rest = rest.subarray(frame.length);
      if (frame.opcode === opcodes.close)
        closed ??= frame.payload.length < 2 ? null : frame.payload.readUInt16BE(0);
      else if (frame.opcode <= opcodes.binary && frame.payload.length > 0) hear(frame.payload);
    }
  }

  socket.on('data', read);
  socket.on('error', () => socket.destroy());
  socket.on('close', () => {
    closed ??= null;
  });
  read(Buffer.alloc(0));
  return {
    heard: () => Object.fromEntries([...heard].sort(([a], [b]) => a - b)),
    closed: () => closed,
    say: (channel, text) => void socket.write(frameOf(Buffer.from([channel, ...Buffer.from(text)]))),
    close: () => socket.destroy(),
  };
}

/** A client has to mask what it sends; a mask of zeros leaves it as it is. */
function frameOf(payload: Buffer): Buffer {
  if (payload.length > 125) throw new Error('longer than these tests need');
  return Buffer.concat([Buffer.from([0x82, 0x80 | payload.length, 0, 0, 0, 0]), payload]);
}

/** The first whole frame from the server, whose frames carry no mask. */
function readFrame(bytes: Buffer) {
  if (bytes.length < 4)
    return bytes.length === 2 && bytes[1] === 0
      ? { opcode: (bytes[0] ?? 0) & 15, payload: Buffer.alloc(0), length: 2 }
      : undefined;
  const short = (bytes[1] ?? 0) & 127;
  const start = short === 126 ? 4 : 2;
  const size = short === 126 ? bytes.readUInt16BE(2) : short;
  if (size === 127) throw new Error('longer than these tests need');
  const length = start + size;
  if (bytes.length < length) return undefined;
  return { opcode: (bytes[0] ?? 0) & 15, payload: bytes.subarray(start, length), length };
}
