import { createHash } from 'node:crypto';
import type { Duplex } from 'node:stream';

/** The server's end of one WebSocket (RFC 6455), as far as Kubernetes' channels need it: binary messages. */
export interface WebSocket {
  send(message: Buffer): void;
  close(): void;
}

export interface WebSocketListener {
  message(message: Buffer): void;
  /** Once, however the connection ended. */
  closed(): void;
}

/** Answers the upgrade request and speaks the protocol from then on. */
export function acceptWebSocket(
  socket: Duplex,
  request: { readonly key: string; readonly protocol: string; readonly head: Buffer },
  listener: WebSocketListener,
): WebSocket {
  const accept = createHash('sha1')
    .update(`${request.key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`)
    .digest('base64');
  socket.write(
    [
      'HTTP/1.1 101 Switching Protocols',
      'Upgrade: websocket',
      'Connection: Upgrade',
      `Sec-WebSocket-Accept: ${accept}`,
      `Sec-WebSocket-Protocol: ${request.protocol}`,
      '\r\n',
    ].join('\r\n'),
  );
  let buffered: Buffer = request.head;
  let fragments: Buffer[] = [];
  let open = true;

  function close(): void {
    if (!open) return;
    open = false;
    if (socket.writable) socket.end(encodeFrame(8, Buffer.from([0x03, 0xe8])));
    listener.closed();
  }

  function receive(chunk: Buffer): void {
    buffered = Buffer.concat([buffered, chunk]);
    for (let frame = decodeFrame(buffered); frame !== undefined && open; frame = decodeFrame(buffered)) {
      buffered = buffered.subarray(frame.length);
      if (frame.opcode === 8) close();
      else if (frame.opcode === 9) socket.write(encodeFrame(10, frame.payload));
      else if (frame.opcode <= 2) {
        fragments.push(frame.payload);
        if (!frame.final) continue;
        const message = Buffer.concat(fragments);
        fragments = [];
        listener.message(message);
      }
    }
  }

  socket.on('data', receive);
  socket.on('error', close);
  socket.on('close', close);
  receive(Buffer.alloc(0));
  return {
    send(message) {
      if (open) socket.write(encodeFrame(2, message));
    },
    close,
  };
}

function encodeFrame(opcode: number, payload: Buffer): Buffer {
  const { length } = payload;
  const header =
    length < 126
      ? Buffer.from([0x80 | opcode, length])
      : length < 65_536
        ? Buffer.from([0x80 | opcode, 126, length >> 8, length & 255])
        : Buffer.from([0x80 | opcode, 127, 0, 0, 0, 0, 0, 0, 0, 0]);
  if (length >= 65_536) header.writeBigUInt64BE(BigInt(length), 2);
  return Buffer.concat([header, payload]);
}

interface Frame {
  readonly final: boolean;
  readonly opcode: number;
  readonly payload: Buffer;
  /** Bytes of the whole frame. */
  readonly length: number;
}

/** The frame at the start, or undefined while it is not complete. */
function decodeFrame(bytes: Buffer): Frame | undefined {
  if (bytes.length < 2) return undefined;
  const [first = 0, second = 0] = bytes;
  const short = second & 127;
  const masked = (second & 128) !== 0;
  const start = 2 + (short === 126 ? 2 : short === 127 ? 8 : 0);
  const body = start + (masked ? 4 : 0);
  if (bytes.length < body) return undefined;
  const size =
    short === 126 ? bytes.readUInt16BE(2) : short === 127 ? Number(bytes.readBigUInt64BE(2)) : short;
  if (bytes.length < body + size) return undefined;
  const mask = bytes.subarray(start, body);
  const payload = Buffer.from(bytes.subarray(body, body + size));
  if (masked)
    for (let index = 0; index < size; index++)
      payload[index] = (payload[index] ?? 0) ^ (mask[index % 4] ?? 0);
  return { final: (first & 128) !== 0, opcode: first & 15, payload, length: body + size };
}
