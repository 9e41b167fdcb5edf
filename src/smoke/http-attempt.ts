import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { isIP } from 'node:net';
import type { Clock, Milliseconds } from '../base/index.ts';
import type { HttpCheck } from './check.ts';

/** Where one request goes. */
export interface HttpEndpoint {
  readonly host: string;
  readonly port: number;
  readonly secure: boolean;
  /** Whether the certificate has to be valid for the name. */
  readonly verify: boolean;
  /** Sent as `Host` and for SNI, when it is another than `host`. */
  readonly publicHost: string | undefined;
  /** Put before the path of the check. */
  readonly basePath: string;
}

export interface HttpAnswer {
  readonly status: number;
  /** Names in lower case; repeated headers joined by a comma. */
  readonly headers: Readonly<Record<string, string>>;
  /** At most the first MiB. */
  readonly body: string;
  /** From the first try to connect to the end of the body. */
  readonly tookMs: Milliseconds;
}

const maxBodyBytes = 1024 * 1024;

/** A connection that is kept from one request to the next. */
export interface KeptLine {
  readonly agent: HttpAgent;
  close(): void;
}

export function keepLine(secure: boolean): KeptLine {
  const options = { keepAlive: true, maxSockets: 1 };
  const agent = secure ? new HttpsAgent(options) : new HttpAgent(options);
  return { agent, close: () => agent.destroy() };
}

/**
 * Sends one request, on a connection of its own unless one is kept. Redirects are not followed and nothing is repeated.
 * @throws the signal's reason when it is aborted first; Node's error when no whole answer came
 */
export function sendHttp(
  check: HttpCheck,
  endpoint: HttpEndpoint,
  clock: Clock,
  signal: AbortSignal,
  line?: KeptLine,
): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    const startedAt = clock.monotonic();
    const publicName = (endpoint.publicHost ?? endpoint.host).replace(/:\d+$/, '');
    const common = {
      host: endpoint.host,
      port: endpoint.port,
      method: check.method,
      path: `${endpoint.basePath}${check.path}`,
      headers: headersOf(check, endpoint),
      signal,
    };
    const fail = (error: Error) => reject(signal.aborted ? signal.reason : error);
    let answering = false;
    const onResponse = (message: IncomingMessage) => {
      answering = true;
      readAnswer(message).then(
        (answer) => resolve({ ...answer, tookMs: clock.monotonic() - startedAt }),
        fail,
      );
    };
    const request = endpoint.secure
      ? httpsRequest(
          {
            ...common,
            agent: line?.agent ?? new HttpsAgent({ keepAlive: false }),
            rejectUnauthorized: endpoint.verify,
            ...(isIP(publicName) === 0 ? { servername: publicName } : {}),
          },
          onResponse,
        )
      : httpRequest({ ...common, agent: line?.agent ?? new HttpAgent({ keepAlive: false }) }, onResponse);
    request.on('error', (error) => {
      // Once an answer has begun, its own error tells more.
      if (!answering || signal.aborted) fail(error);
    });
    // Where nobody listens for it, Node lets the connection go without a word: no timeout could end the attempt then.
    request.on('upgrade', (_message, socket) => {
      socket.destroy();
      fail(new Error('switched protocols without being asked to'));
    });
    request.on('close', () => {
      if (!answering) fail(new Error('the connection ended without an answer'));
    });
    request.end(check.body);
  });
}

function headersOf(check: HttpCheck, endpoint: HttpEndpoint): Record<string, string> {
  return {
    'user-agent': 'streamgate-smoke',
    ...(endpoint.publicHost === undefined ? {} : { host: endpoint.publicHost }),
    ...(check.body === undefined ? {} : { 'content-length': String(Buffer.byteLength(check.body)) }),
    ...check.headers,
  };
}

function readAnswer(message: IncomingMessage): Promise<Omit<HttpAnswer, 'tookMs'>> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const done = () => {
      const body = Buffer.concat(chunks).subarray(0, maxBodyBytes).toString('utf8');
      resolve({ status: message.statusCode ?? 0, headers: joinHeaders(message), body });
    };
    message.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      size += chunk.length;
      if (size < maxBodyBytes) return;
      // A stream without an end would otherwise be read for ever.
      done();
      message.destroy();
    });
    message.on('end', done);
    message.on('error', (cause) => {
      reject(
        new Error(
          `answered ${message.statusCode}, but the connection broke after ${size} bytes of the body`,
          { cause },
        ),
      );
    });
  });
}

function joinHeaders(message: IncomingMessage): Record<string, string> {
  const entries = Object.entries(message.headersDistinct);
  return Object.fromEntries(entries.map(([name, values]) => [name, (values ?? []).join(', ')]));
}
