import { couldBeHttp, type ResponseHead, readHead, tokens } from './response-head.ts';

/** `done`: the whole answer is there. `bad`: it is not HTTP, see `problem`. */
export type ParseState = 'more' | 'done' | 'bad';

/** How the end of the connection leaves an answer that was not done. */
export type EndOfStream = 'done' | 'nothing' | 'truncated';

type Phase =
  | 'head'
  | 'length'
  | 'until-close'
  | 'chunk-size'
  | 'chunk-data'
  | 'chunk-end'
  | 'trailers'
  | 'done'
  | 'bad';

const maxHeadBytes = 64 * 1024;
const maxChunkLineBytes = 4 * 1024;
const LF = 10;
const CR = 13;

/**
 * Reads one HTTP/1.x answer to a GET, byte by byte as the network delivers it (RFC 9112).
 * Only the first `keepBytes` of the body are kept. Never throws: what cannot be read is `bad`.
 */
export class ResponseParser {
  head: ResponseHead | undefined;
  /** Why the answer is `bad`. */
  problem = '';
  bodyBytes = 0;
  /** Bytes that came after the end of the answer. */
  surplus = 0;
  /** Whether any byte of the final answer (not of a 1xx) has come. */
  began = false;

  readonly #keepBytes: number;
  readonly #kept: Buffer[] = [];
  #keptBytes = 0;
  #phase: Phase = 'head';
  #line = Buffer.alloc(0);
  #headLines: string[] = [];
  #headBytes = 0;
  #left = 0;
  #ambiguous = false;

  constructor(keepBytes: number) {
    this.#keepBytes = keepBytes;
  }

  get body(): string {
    return Buffer.concat(this.#kept).toString('utf8');
  }

  /** Whether the server lets this connection carry another request. */
  get reusable(): boolean {
    if (this.#phase !== 'done' || this.surplus > 0 || this.#ambiguous || this.head === undefined)
      return false;
    const options = tokens(this.head.headers.get('connection'));
    if (options.includes('close')) return false;
    return this.head.minor === 1 || options.includes('keep-alive');
  }

  push(chunk: Buffer): ParseState {
    let at = 0;
    while (at < chunk.length && this.#phase !== 'done' && this.#phase !== 'bad') {
      at = this.#takesBytes() ? this.#takeBody(chunk, at) : this.#takeLine(chunk, at);
    }
    this.surplus += chunk.length - at;
    return this.#state();
  }

  /** Tells what the answer is worth when the connection ends here. */
  end(): EndOfStream {
    if (this.#phase === 'until-close') this.#phase = 'done';
    if (this.#phase === 'done') return 'done';
    return this.began ? 'truncated' : 'nothing';
  }

  #state(): ParseState {
    return this.#phase === 'done' || this.#phase === 'bad' ? this.#phase : 'more';
  }

  #takesBytes(): boolean {
    return this.#phase === 'length' || this.#phase === 'chunk-data' || this.#phase === 'until-close';
  }

  #takeBody(chunk: Buffer, at: number): number {
    const wanted =
      this.#phase === 'until-close' ? chunk.length - at : Math.min(this.#left, chunk.length - at);
    const room = Math.min(wanted, this.#keepBytes - this.#keptBytes);
    if (room > 0) {
      // A copy: the network layer owns the chunk, and a slice would keep all of it alive.
      this.#kept.push(Buffer.from(chunk.subarray(at, at + room)));
      this.#keptBytes += room;
    }
    this.bodyBytes += wanted;
    this.#left -= wanted;
    if (this.#phase === 'length' && this.#left === 0) this.#phase = 'done';
    if (this.#phase === 'chunk-data' && this.#left === 0) this.#phase = 'chunk-end';
    return at + wanted;
  }

  #takeLine(chunk: Buffer, at: number): number {
    this.began = true;
    const end = chunk.indexOf(LF, at);
    const part = chunk.subarray(at, end < 0 ? chunk.length : end);
    this.#line = this.#line.length === 0 ? Buffer.from(part) : Buffer.concat([this.#line, part]);
    if (this.#phase === 'head' || this.#phase === 'trailers') {
      this.#headBytes += part.length + 1;
      if (this.#headBytes > maxHeadBytes) this.#fail(`headers larger than ${maxHeadBytes / 1024} KiB`);
    } else if (this.#line.length > maxChunkLineBytes) this.#fail('a chunk size line without an end');
    if (this.#phase === 'head' && this.#headLines.length === 0 && !couldBeHttp(this.#line)) {
      this.#fail('not an HTTP answer');
    }
    if (this.#phase === 'bad') return chunk.length;
    if (end < 0) return chunk.length;

    // RFC 9112 §2.2: a recipient may take a lone LF as the end of a line.
    const bare = this.#line.at(-1) === CR ? this.#line.subarray(0, -1) : this.#line;
    this.#line = Buffer.alloc(0);
    this.#handleLine(bare.toString('latin1'));
    return end + 1;
  }

  #handleLine(line: string): void {
    if (this.#phase === 'chunk-size') this.#startChunk(line);
    else if (this.#phase === 'chunk-end') {
      if (line === '') this.#phase = 'chunk-size';
      else this.#fail('a chunk longer than its size');
    } else if (this.#phase === 'trailers') {
      if (line === '') this.#phase = 'done';
    } else if (line !== '') this.#headLines.push(line);
    else if (this.#headLines.length > 0) this.#endHead();
    else this.began = false; // an empty line before the status line is skipped
  }

  #startChunk(line: string): void {
    const size = /^([0-9a-f]{1,12})[ \t]*(?:;.*)?$/i.exec(line)?.[1];
    if (size === undefined) {
      this.#fail('not a chunk size');
      return;
    }
    this.#left = Number.parseInt(size, 16);
    if (this.#left > 0) this.#phase = 'chunk-data';
    else {
      this.#phase = 'trailers';
      this.#headBytes = 0;
    }
  }

  #endHead(): void {
    const head = readHead(this.#headLines);
    if (typeof head === 'string') {
      this.#fail(head);
      return;
    }
    this.#headLines = [];
    this.#headBytes = 0;
    if (head.status === 101) {
      this.#fail('switched protocols without being asked to');
      return;
    }
    if (head.status < 200) {
      this.began = false; // an interim answer; the final one follows
      return;
    }
    this.head = head;
    this.#startBody(head);
  }

  /** RFC 9112 §6.3, for answers to GET. */
  #startBody(head: ResponseHead): void {
    const codings = tokens(head.headers.get('transfer-encoding'));
    const lengths = new Set(tokens(head.headers.get('content-length')));
    if (head.status === 204 || head.status === 304) this.#phase = 'done';
    else if (codings.length > 0) {
      this.#ambiguous = lengths.size > 0;
      this.#phase = codings.at(-1) === 'chunked' ? 'chunk-size' : 'until-close';
    } else if (lengths.size === 0) this.#phase = 'until-close';
    else {
      const [length = ''] = lengths;
      this.#left = Number(length);
      this.#phase = this.#left === 0 ? 'done' : 'length';
      if (lengths.size > 1 || !/^\d{1,15}$/.test(length)) this.#fail('contradictory or bad content-length');
    }
  }

  #fail(problem: string): void {
    this.#phase = 'bad';
    this.problem = problem;
  }
}
