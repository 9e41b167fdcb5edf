// A small web service whose faults are knobs, so that a good and a bad release are the same program.
// No dependencies: it runs in the sandbox, and on a real cluster from a ConfigMap on a stock Node image.
//
//   VERSION          what it calls itself                                            (dev)
//   PORT, HOST       where it listens                                                (8080, all addresses)
//   ERROR_RATE       share of application requests answered with 500, 0 to 1         (0)
//   ERROR_AFTER      application requests after which every answer is 500; 0: all    (never)
//   LATENCY          added to every application answer, such as 50ms                 (0)
//   START_DELAY      /readyz answers 503 for this long                               (0)
//   STOP_DELAY       after SIGTERM it goes on serving for this long                  (0)
//   LONGEST_ANSWER   a request that was accepted may take this long after that       (5s)
//   EXIT_ON_SIGTERM  1: dies at once at SIGTERM, with requests in its hands
//   HANG             1: accepts application requests and never answers them
//   CRASH_AFTER      exits with 1 after this long                                    (never)
//   LEAK             MiB that each application request leaves behind, up to 1 GiB in all    (0)
//   WRONG_VERSION    what the header x-version says instead of VERSION
//   EXIT_WITH_PARENT 1: exits when its standard input is closed
//
// GET /healthz, /readyz and /metrics are for the platform; every other path is an application request.
// GET /any?latency=200ms&status=503 overrides latency and status of that one request.
// A WebSocket on any path hears who talks, at once and each second, and a close frame (1001) when its pod goes.
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import { hostname } from 'node:os';

const { env } = process;
const version = env.VERSION || 'dev';
const shownVersion = env.WRONG_VERSION || version;
const pod = env.POD_NAME || env.HOSTNAME || hostname();
const errorRate = Number(env.ERROR_RATE || 0);
const errorAfter = env.ERROR_AFTER ? Number(env.ERROR_AFTER) : Number.POSITIVE_INFINITY;
const latency = milliseconds(env.LATENCY);
const leakMiB = Number(env.LEAK || 0);
const leaked = [];
const startDelay = milliseconds(env.START_DELAY);
const stopDelay = milliseconds(env.STOP_DELAY);

/** A request that is still unanswered this long after the last one was accepted is given up. */
const longestAnswer = milliseconds(env.LONGEST_ANSWER || '5s');

const startedAt = performance.now();
const bounds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5];
const answersByStatus = new Map();
const answersByBound = bounds.map(() => 0);
let answers = 0;
let secondsSpent = 0;
let applicationRequests = 0;
let errorDebt = 0;
let draining = false;

function milliseconds(text) {
  const match = /^(\d+(?:\.\d+)?)(ms|s|m)?$/.exec(text || '0');
  if (match === null) throw new Error(`not a duration: ${text}`);
  return Number(match[1]) * { ms: 1, s: 1_000, m: 60_000 }[match[2] ?? 'ms'];
}

/** Spreads the errors evenly instead of drawing lots, so that a share of 0.5 is every second answer. */
function nextStatus() {
  applicationRequests += 1;
  if (applicationRequests > errorAfter) return 500;
  errorDebt += errorRate;
  if (errorDebt < 1 - 1e-9) return 200;
  errorDebt -= 1;
  return 500;
}

function record(status, seconds) {
  answers += 1;
  secondsSpent += seconds;
  answersByStatus.set(status, (answersByStatus.get(status) ?? 0) + 1);
  bounds.forEach((bound, index) => {
    if (seconds <= bound) answersByBound[index] += 1;
  });
}

function metrics() {
  const cpu = process.cpuUsage();
  const label = `version=${JSON.stringify(version)}`;
  return [
    '# TYPE http_requests_total counter',
    ...[...answersByStatus].map(([code, n]) => `http_requests_total{${label},code="${code}"} ${n}`),
    '# TYPE http_request_duration_seconds histogram',
    ...bounds.map(
      (le, i) => `http_request_duration_seconds_bucket{${label},le="${le}"} ${answersByBound[i]}`,
    ),
    `http_request_duration_seconds_bucket{${label},le="+Inf"} ${answers}`,
    `http_request_duration_seconds_sum{${label}} ${secondsSpent}`,
    `http_request_duration_seconds_count{${label}} ${answers}`,
    '# TYPE process_cpu_seconds_total counter',
    `process_cpu_seconds_total ${(cpu.user + cpu.system) / 1e6}`,
    '# TYPE process_resident_memory_bytes gauge',
    `process_resident_memory_bytes ${process.memoryUsage.rss()}`,
    '',
  ].join('\n');
}

function send(response, status, type, body) {
  // While draining, each answer tells its client to find another connection.
  if (draining) response.setHeader('connection', 'close');
  response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(body) });
  response.end(body);
}

/** Filled, since memory that nobody wrote to counts for nothing. */
function leak() {
  if (leaked.length * leakMiB < 1_024) leaked.push(Buffer.alloc(leakMiB * 2 ** 20, leaked.length + 1));
}

function answerApplication(request, response, url) {
  const began = performance.now();
  if (leakMiB > 0) leak();
  const drawn = nextStatus();
  const status = Number(url.searchParams.get('status') ?? drawn);
  if (env.HANG === '1') return;
  const wait = url.searchParams.has('latency') ? milliseconds(url.searchParams.get('latency')) : latency;
  const finish = () => {
    if (response.destroyed) return;
    const id = request.headers['x-request-id'] ?? '';
    record(status, (performance.now() - began) / 1_000);
    // Logged before the answer ends: an id that a client saw answered is always in the log.
    process.stdout.write(
      `${JSON.stringify({ time: new Date().toISOString(), id, method: request.method, path: url.pathname, status, version, pod })}\n`,
    );
    response.setHeader('x-version', shownVersion);
    response.setHeader('x-pod', pod);
    send(
      response,
      status,
      'application/json',
      `${JSON.stringify({ version, pod, path: url.pathname, status })}\n`,
    );
  };
  request.resume();
  if (wait > 0) setTimeout(finish, wait);
  else finish();
}

const server = createServer((request, response) => {
  try {
    answer(request, response);
  } catch (error) {
    send(response, 400, 'text/plain', `${error.message}\n`);
  }
});

function answer(request, response) {
  const url = new URL(request.url ?? '/', 'http://pod');
  if (url.pathname === '/healthz') return send(response, 200, 'text/plain', 'ok\n');
  if (url.pathname === '/readyz') {
    const ready = !draining && performance.now() - startedAt >= startDelay;
    return send(response, ready ? 200 : 503, 'text/plain', ready ? 'ready\n' : 'not ready\n');
  }
  if (url.pathname === '/metrics') return send(response, 200, 'text/plain; version=0.0.4', metrics());
  return answerApplication(request, response, url);
}
// Longer than any proxy keeps an idle connection: the side that sends requests should be the one that closes.
server.keepAliveTimeout = 75_000;

const webSockets = new Set();

/** Frames of a server carry no mask; what clients send is not read, but for their wish to end. */
server.on('upgrade', (request, socket) => {
  const key = request.headers['sec-websocket-key'] ?? '';
  const accept = createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');
  socket.write(
    `HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: Upgrade\r\nsec-websocket-accept: ${accept}\r\nx-version: ${shownVersion}\r\n\r\n`,
  );
  const tell = () => socket.write(frame(0x1, Buffer.from(JSON.stringify({ version, pod }))));
  const timer = setInterval(tell, 1_000);
  tell();
  webSockets.add(socket);
  socket.on('data', (bytes) => (bytes[0] & 0xf) === 0x8 && closeWebSocket(socket, 1_000));
  socket.on('error', () => socket.destroy());
  socket.on('close', () => {
    clearInterval(timer);
    webSockets.delete(socket);
  });
});

function frame(opcode, payload) {
  return Buffer.concat([Buffer.from([0x80 | opcode, payload.length]), payload]);
}

function closeWebSocket(socket, code) {
  socket.end(frame(0x8, Buffer.from([code >> 8, code & 0xff])));
}

process.on('SIGTERM', () => {
  if (env.EXIT_ON_SIGTERM === '1') process.exit(143);
  draining = true;
  setTimeout(() => {
    server.close(() => process.exit(0));
    // A proxy may hold connections that never carried a request; Node does not count those as idle.
    setTimeout(() => server.closeAllConnections(), longestAnswer).unref();
    server.closeIdleConnections();
    for (const socket of webSockets) closeWebSocket(socket, 1_001);
  }, stopDelay);
});
if (env.CRASH_AFTER) {
  setTimeout(() => {
    process.stderr.write(`crashing after ${env.CRASH_AFTER}, as told\n`);
    process.exit(1);
  }, milliseconds(env.CRASH_AFTER));
}
if (env.EXIT_WITH_PARENT === '1') process.stdin.on('close', () => process.exit(0)).resume();

server.listen(Number(env.PORT || 8080), env.HOST || undefined, () => {
  process.stdout.write(
    `${JSON.stringify({ time: new Date().toISOString(), message: 'listening', version, pod })}\n`,
  );
});
