import { request } from 'node:http';
import { Duplex } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ResponseParser } from '../../../src/load/response-parser.ts';

describe('reading one HTTP/1.1 answer', () => {
  it('takes a content-length body and lets the connection be used again', () => {
    const parser = feed('HTTP/1.1 200 OK\r\nX-Version: v2\r\nContent-Length: 5\r\n\r\nhello');
    expect(parser.head).toMatchObject({ status: 200, minor: 1 });
    expect(parser.head?.headers.get('x-version')).toEqual(['v2']);
    expect(parser.body).toBe('hello');
    expect(parser.reusable).toBe(true);
  });

  it('takes chunks, their extensions and trailers', () => {
    const parser = feed(
      'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3;x=1\r\nabc\r\nA\r\n0123456789\r\n0\r\ntrail: er\r\n\r\n',
    );
    expect(parser.body).toBe('abc0123456789');
    expect(parser.end()).toBe('done');
    expect(parser.reusable).toBe(true);
  });

  it('skips interim answers', () => {
    const parser = feed(
      'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nlink: x\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n',
    );
    expect(parser.head?.status).toBe(204);
    expect(parser.end()).toBe('done');
  });

  it.each([204, 304])('expects no body after a %i, whatever its content-length says', (status) => {
    const parser = feed(`HTTP/1.1 ${status} x\r\ncontent-length: 10\r\n\r\n`);
    expect(parser.end()).toBe('done');
    expect(parser.reusable).toBe(true);
  });

  it('takes a body that ends with the connection', () => {
    const parser = feed('HTTP/1.0 200 OK\r\n\r\nall of it');
    expect(parser.reusable).toBe(false);
    expect(parser.end()).toBe('done');
    expect(parser.body).toBe('all of it');
  });

  it('bears lines that end in LF alone', () => {
    const parser = feed('HTTP/1.1 200 OK\nContent-Length: 2\n\nok');
    expect(parser.end()).toBe('done');
    expect(parser.body).toBe('ok');
  });

  it('keeps only the first bytes of a body, and counts all of them', () => {
    const parser = new ResponseParser(4);
    expect(parser.push(Buffer.from('HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n0123456789'))).toBe('done');
    expect(parser.body).toBe('0123');
    expect(parser.bodyBytes).toBe(10);
  });

  it.each([
    ['connection: close', 'HTTP/1.1 200 OK\r\nconnection: Close\r\ncontent-length: 0\r\n\r\n'],
    ['HTTP/1.0', 'HTTP/1.0 200 OK\r\ncontent-length: 0\r\n\r\n'],
    ['bytes after the end', 'HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\nHTTP/1.1 200 OK\r\n'],
    [
      'two framings at once',
      'HTTP/1.1 200 OK\r\ncontent-length: 3\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n',
    ],
  ])('does not use a connection again after %s', (_what, wire) => {
    const parser = feed(wire);
    expect(parser.end()).toBe('done');
    expect(parser.reusable).toBe(false);
  });

  it.each([
    ['nothing at all', '', 'nothing'],
    ['an interim answer only', 'HTTP/1.1 100 Continue\r\n\r\n', 'nothing'],
    ['half a status line', 'HTTP/1.1 20', 'truncated'],
    ['half of the headers', 'HTTP/1.1 200 OK\r\ncontent-le', 'truncated'],
    ['half of a body', 'HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n01234', 'truncated'],
    ['half of a chunk', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nab', 'truncated'],
    [
      'chunks without the last one',
      'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\nab\r\n',
      'truncated',
    ],
    [
      'the last chunk without its end',
      'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n0\r\n',
      'truncated',
    ],
  ])('tells what is missing when the connection ends after %s', (_what, wire, end) => {
    expect(feed(wire).end()).toBe(end);
  });

  it.each([
    ['SSH-2.0-OpenSSH_9.6\r\n', 'not an HTTP answer'],
    ['<html>', 'not an HTTP answer'],
    ['HTTP/2 200\r\n\r\n', 'not an HTTP answer'],
    ['HTTP/1.1 okay\r\n\r\n', 'not an HTTP status line'],
    ['HTTP/1.1 200 OK\r\nno colon\r\n\r\n', 'not a header line'],
    ['HTTP/1.1 101 Switching\r\n\r\n', 'switched protocols'],
    ['HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n', 'content-length'],
    ['HTTP/1.1 200 OK\r\ncontent-length: -1\r\n\r\n', 'content-length'],
    ['HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nxyz\r\n', 'not a chunk size'],
    ['HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n1\r\nabc\r\n', 'a chunk longer'],
    [`HTTP/1.1 200 OK\r\nbig: ${'x'.repeat(70_000)}\r\n\r\n`, 'headers larger'],
    [`HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n1;${'x'.repeat(5_000)}`, 'chunk size line'],
  ])('refuses %j', (wire, problem) => {
    const parser = new ResponseParser(100);
    expect(parser.push(Buffer.from(wire))).toBe('bad');
    expect(parser.problem).toContain(problem);
  });
});

describe('against the parser of Node', () => {
  it('reads every whole answer alike, wherever the network cuts it', async () => {
    await fc.assert(
      fc.asyncProperty(
        answers,
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 8 }),
        async (wire, cuts) => {
          const pieces = cut(wire, cuts);
          const ours = new ResponseParser(1_000_000);
          for (const piece of pieces) ours.push(piece);
          expect(ours.end()).toBe('done');
          const theirs = await readWithNode(pieces);
          expect({
            status: ours.head?.status,
            body: ours.body,
            version: ours.head?.headers.get('x-version'),
          }).toEqual(theirs);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('calls no answer whole that Node calls cut off, nor the other way round', async () => {
    await fc.assert(
      fc.asyncProperty(framedAnswers, fc.double({ min: 0, max: 0.999, noNaN: true }), async (wire, share) => {
        const piece = wire.subarray(0, Math.floor(wire.length * share));
        const ours = new ResponseParser(1_000_000);
        ours.push(piece);
        const whole = await readWithNode([piece]).then(
          () => true,
          () => false,
        );
        expect(ours.end() === 'done').toBe(whole);
      }),
      { numRuns: 300 },
    );
  });
});

function feed(wire: string): ResponseParser {
  const parser = new ResponseParser(1_000);
  parser.push(Buffer.from(wire, 'latin1'));
  return parser;
}

const body = fc.string({ maxLength: 60, unit: 'binary' }).map((text) => text.toWellFormed());
const status = fc.constantFrom(200, 201, 302, 404, 500, 503);
const interim = fc.constantFrom('', 'HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n');
const versionLine = fc.constantFrom('x-version: v1', 'X-VERSION:   v2  ', 'X-Version:\tgreen');

function head(statusCode: number, lines: readonly string[]): string {
  return `HTTP/1.1 ${statusCode} Some Reason\r\n${lines.join('\r\n')}\r\n\r\n`;
}

const withLength = fc
  .tuple(interim, status, versionLine, body)
  .map(([before, code, version, text]) =>
    Buffer.from(before + head(code, [version, `Content-Length: ${Buffer.byteLength(text)}`]) + text),
  );

const chunked = fc
  .tuple(interim, status, versionLine, fc.array(body, { maxLength: 4 }), fc.boolean())
  .map(([before, code, version, texts, trailer]) => {
    const chunks = texts
      .filter((text) => text !== '')
      .map((text) => `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`);
    const tail = `0\r\n${trailer ? 'x-sum: 1\r\n' : ''}\r\n`;
    return Buffer.from(before + head(code, [version, 'transfer-encoding: Chunked']) + chunks.join('') + tail);
  });

const bodiless = fc
  .tuple(fc.constantFrom(204, 304), versionLine)
  .map(([code, version]) => Buffer.from(head(code, [version])));

const untilClose = fc
  .tuple(status, versionLine, body)
  .map(([code, version, text]) => Buffer.from(head(code, [version, 'connection: close']) + text));

const framedAnswers = fc.oneof(withLength, chunked, bodiless);
const answers = fc.oneof(withLength, chunked, bodiless, untilClose);

function cut(wire: Buffer, cuts: readonly number[]): Buffer[] {
  const points = [
    0,
    ...cuts.map((share) => Math.floor(share * wire.length)).sort((a, b) => a - b),
    wire.length,
  ];
  return points.slice(1).map((end, index) => wire.subarray(points[index], end));
}

interface NodeAnswer {
  readonly status: number | undefined;
  readonly body: string;
  readonly version: readonly string[] | undefined;
}

/** Reads the pieces through node:http over a stream in memory. Rejects when the answer is not whole. */
function readWithNode(pieces: readonly Buffer[]): Promise<NodeAnswer> {
  return new Promise((resolve, reject) => {
    const wire = new Duplex({ read() {}, write: (_chunk, _encoding, done) => done() });
    const client = request({ createConnection: () => wire, host: 'test', headers: { connection: 'close' } });
    client.on('error', reject);
    client.on('response', (message) => {
      const chunks: Buffer[] = [];
      message.on('data', (chunk: Buffer) => chunks.push(chunk));
      message.on('error', reject);
      message.on('end', () => {
        const version = message.headersDistinct['x-version'];
        resolve({ status: message.statusCode, body: Buffer.concat(chunks).toString('utf8'), version });
      });
    });
    client.end();
    for (const piece of pieces) if (piece.length > 0) wire.push(piece);
    wire.push(null);
  });
}
