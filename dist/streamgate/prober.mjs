import { isNativeError } from "node:util/types";
import { timingSafeEqual } from "node:crypto";
import { connect, createServer, isIP } from "node:net";
import { lookup } from "node:dns";
import { connect as connect$1 } from "node:tls";

// src/base/clock.ts
const systemClock = {
	now: () => Date.now(),
	monotonic: () => performance.now(),
	sleep: (ms, signal) => sleepOn(systemClock, ms, signal),
	after: (ms, callback) => {
		const timer = setTimeout(callback, Math.max(0, ms));
		return () => clearTimeout(timer);
	}
};
/** `sleep` made of `after`: shared by every clock. */
function sleepOn(clock, ms, signal) {
	return new Promise((resolve, reject) => {
		if (signal?.aborted) return reject(signal.reason);
		const onAbort = () => {
			cancel();
			reject(signal?.reason);
		};
		const cancel = clock.after(ms, () => {
			signal?.removeEventListener("abort", onAbort);
			resolve();
		});
		signal?.addEventListener("abort", onAbort, { once: true });
	});
}

// src/base/errors.ts
/** The one error type that reaches a person: what happened, why, and what to do now. */
var StreamGateError = class extends Error {
	name = "StreamGateError";
	code;
	remedy;
	evidence;
	constructor(code, message, details = {}) {
		super(message, details.cause === void 0 ? void 0 : { cause: details.cause });
		this.code = code;
		this.remedy = details.remedy;
		this.evidence = details.evidence ?? [];
	}
};
/** An error of any realm: those of Node's own sockets are no `instanceof Error` inside of a vm context. */
function isError(value) {
	return value instanceof Error || isNativeError(value);
}
/** The message of anything thrown, with the messages of its causes: `fetch failed: connect ECONNREFUSED`. */
function messageOf(thrown) {
	const parts = [];
	let current = thrown;
	while (isError(current) && parts.length < 5) {
		if (current.message && !parts.includes(current.message)) parts.push(current.message);
		current = current.cause;
	}
	return parts.length > 0 ? parts.join(": ") : String(thrown);
}

// src/base/units.ts
/** The shortest text that a person reads at a glance: `250 ms`, `2.6 s`, `4 min 10 s`, `2 h`. */
function formatDuration(ms) {
	if (!Number.isFinite(ms)) return "unknown";
	if (ms < 1e3) return `${Math.round(ms)} ms`;
	if (ms < 6e4) return `${trimZero((ms / 1e3).toFixed(1))} s`;
	const seconds = Math.round(ms / 1e3);
	return [
		[Math.floor(seconds / 3600), "h"],
		[Math.floor(seconds % 3600 / 60), "min"],
		[seconds % 60, "s"]
	].filter(([amount]) => amount > 0).slice(0, 2).map(([amount, unit]) => `${amount} ${unit}`).join(" ");
}
function trimZero(text) {
	return text.endsWith(".0") ? text.slice(0, -2) : text;
}

// src/base/jsonpath.ts
const step = /\.([A-Za-z_$][\w$-]*)|\[(\d+)\]|\['((?:[^'\\]|\\.)*)'\]|\["((?:[^"\\]|\\.)*)"\]/y;
/**
* Reads the part of RFC 9535 that names exactly one value: `$.status.version`, `$.items[0]`, `$['odd key']`.
* Undefined for everything else (wildcards, slices, filters), so that a caller can refuse it by name.
*/
function parseJsonPath(text) {
	if (!text.startsWith("$")) return void 0;
	const steps = [];
	let position = 1;
	while (position < text.length) {
		step.lastIndex = position;
		const match = step.exec(text);
		if (match === null) return void 0;
		const [, name, index, single, double] = match;
		if (index !== void 0) steps.push(Number(index));
		else steps.push(name ?? (single ?? double ?? "").replace(/\\(.)/g, "$1"));
		position = step.lastIndex;
	}
	return steps;
}
/** The value at the path; undefined when there is none. Never looks at inherited properties. */
function readJsonPath(value, path) {
	let current = value;
	for (const key of path) {
		if (typeof current !== "object" || current === null) return void 0;
		if (Array.isArray(current) !== (typeof key === "number")) return void 0;
		current = Object.getOwnPropertyDescriptor(current, key)?.value;
	}
	return current;
}

// src/base/quote.ts
/**
* Text from outside as one printable line: what a server answered may hold line breaks, terminal escapes or
* invisible direction marks, and none of them may reach a log, a summary or a terminal.
*/
function printable(text, maxLength = 200) {
	const line = text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]+/gu, " ").replace(/ {2,}/g, " ").trim();
	return line.length > maxLength ? `${line.slice(0, maxLength)}…` : line;
}

// src/load/classify.ts
/** The machine that probes could not even ask: no name, no port, no descriptor, no route. */
const ownSideCodes = /* @__PURE__ */ new Set([
	"ENOTFOUND",
	"EAI_AGAIN",
	"EAI_FAIL",
	"EAI_NODATA",
	"ENODATA",
	"ESERVFAIL",
	"EADDRNOTAVAIL",
	"EADDRINUSE",
	"EMFILE",
	"ENFILE",
	"ENOBUFS",
	"ENOMEM",
	"ENETUNREACH",
	"ENETDOWN",
	"EHOSTUNREACH",
	"EHOSTDOWN",
	"EACCES",
	"EPERM"
]);
/** Codes of a failed handshake or a certificate that does not hold, as OpenSSL and Node name them. */
const tlsCode = /^(?:ERR_TLS_|ERR_SSL_|CERT_|CRL_|EPROTO$|DEPTH_ZERO_|SELF_SIGNED|UNABLE_TO_|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH|HOSTNAME_MISMATCH|ERROR_IN_C)/;
/** A connection that could not be opened. */
function classifyConnectError(error) {
	const code = codeOf(error);
	const detail = messageOf(error);
	if (code === "ECONNREFUSED") return {
		class: "refused",
		detail
	};
	if (code === "ETIMEDOUT") return {
		class: "timeout",
		detail
	};
	if (ownSideCodes.has(code)) return {
		class: "own-side",
		detail
	};
	if (tlsCode.test(code)) return {
		class: "tls",
		detail
	};
	return {
		class: "reset",
		detail
	};
}
/** A connection that broke after it had been opened. */
function classifyBrokenConnection(error, parser) {
	const code = codeOf(error);
	if (tlsCode.test(code)) return {
		class: "tls",
		detail: messageOf(error)
	};
	return {
		class: "reset",
		detail: `${messageOf(error)} ${progress(parser)}`
	};
}
/** A connection that the server ended in order, though the answer was not whole. */
function classifyEndOfStream(parser) {
	if (parser.end() === "nothing") return {
		class: "eof",
		detail: "connection closed before the first byte of an answer"
	};
	return {
		class: "truncated",
		detail: `connection closed ${progress(parser)}`
	};
}
function progress(parser) {
	if (!parser.began) return "before the first byte of an answer";
	if (parser.head === void 0) return "within the headers";
	return `after ${parser.bodyBytes} bytes of the body (status ${parser.head.status})`;
}
function codeOf(error) {
	return "code" in error && typeof error.code === "string" ? error.code : "";
}
/** Statuses with which an edge turns the prober itself away. */
function turnsAway(status) {
	return status === 403 || status === 429;
}

// src/load/schedule.ts
/** Arrivals at 0, 1/rate, 2/rate, … seconds, all before `durationMs`. */
function constantSchedule(ratePerSecond, durationMs) {
	const dueAt = (n) => n * 1e3 / ratePerSecond;
	const total = firstNotDue((n) => dueAt(n) < durationMs, durationMs * ratePerSecond / 1e3);
	return {
		dueAt,
		countBy: (elapsedMs) => Math.min(total, firstNotDue((n) => dueAt(n) <= elapsedMs, elapsedMs * ratePerSecond / 1e3))
	};
}
/** The guess is right but for rounding: a division and a multiplication need not meet. */
function firstNotDue(due, guess) {
	let n = Math.max(0, Math.floor(guess));
	while (n > 0 && !due(n - 1)) n -= 1;
	while (due(n)) n += 1;
	return n;
}

// src/load/remote/wire.ts
function encode(message) {
	return `${JSON.stringify(message)}\n`;
}
/** Longer lines are not of this protocol. */
const maxLineLength = 65536;
/** Cuts a stream of text into messages. Throws for what is none, so that the connection is given up. */
function createDecoder(onMessage) {
	let rest = "";
	return (text) => {
		const lines = (rest + text).split("\n");
		rest = lines.pop() ?? "";
		if (rest.length > maxLineLength) throw new Error("a line is too long to be a message");
		for (const line of lines) onMessage(JSON.parse(line));
	};
}

// src/load/response-head.ts
/** Garbage is told at its first wrong byte, without waiting for a line that may never end. */
function couldBeHttp(line) {
	const start = line.subarray(0, 7).toString("latin1");
	return start === "\r" || "HTTP/1.".startsWith(start);
}
/** The head, or what is wrong with it. */
function readHead(lines) {
	const [statusLine = "", ...rest] = lines;
	const match = /^HTTP\/1\.([01]) (\d{3})(?: .*)?$/.exec(statusLine);
	if (match === null) return "not an HTTP status line";
	const headers = /* @__PURE__ */ new Map();
	let last;
	for (const line of rest) {
		if (/^[ \t]/.test(line) && last !== void 0) {
			last.push(`${last.pop() ?? ""} ${line.trim()}`.trim());
			continue;
		}
		const colon = line.indexOf(":");
		const name = line.slice(0, Math.max(0, colon)).toLowerCase();
		if (!/^[!#$%&'*+.^_`|~\w-]+$/.test(name)) return "not a header line";
		last = headers.get(name) ?? [];
		last.push(line.slice(colon + 1).trim());
		headers.set(name, last);
	}
	const status = Number(match[2]);
	return status < 100 ? "not an HTTP status" : {
		status,
		minor: Number(match[1]),
		headers
	};
}
/** The comma-separated parts of a header, in lower case. */
function tokens(values) {
	return (values ?? []).flatMap((value) => value.split(",")).map((token) => token.trim().toLowerCase()).filter((token) => token !== "");
}

// src/load/response-parser.ts
const maxHeadBytes = 65536;
const maxChunkLineBytes = 4096;
const LF = 10;
const CR = 13;
/**
* Reads one HTTP/1.x answer to a GET, byte by byte as the network delivers it (RFC 9112).
* Only the first `keepBytes` of the body are kept. Never throws: what cannot be read is `bad`.
*/
var ResponseParser = class {
	head;
	/** Why the answer is `bad`. */
	problem = "";
	bodyBytes = 0;
	/** Bytes that came after the end of the answer. */
	surplus = 0;
	/** Whether any byte of the final answer (not of a 1xx) has come. */
	began = false;
	#keepBytes;
	#kept = [];
	#keptBytes = 0;
	#phase = "head";
	#line = Buffer.alloc(0);
	#headLines = [];
	#headBytes = 0;
	#left = 0;
	#ambiguous = false;
	constructor(keepBytes) {
		this.#keepBytes = keepBytes;
	}
	get body() {
		return Buffer.concat(this.#kept).toString("utf8");
	}
	/** Whether the server lets this connection carry another request. */
	get reusable() {
		if (this.#phase !== "done" || this.surplus > 0 || this.#ambiguous || this.head === void 0) return false;
		const options = tokens(this.head.headers.get("connection"));
		if (options.includes("close")) return false;
		return this.head.minor === 1 || options.includes("keep-alive");
	}
	push(chunk) {
		let at = 0;
		while (at < chunk.length && this.#phase !== "done" && this.#phase !== "bad") at = this.#takesBytes() ? this.#takeBody(chunk, at) : this.#takeLine(chunk, at);
		this.surplus += chunk.length - at;
		return this.#state();
	}
	/** Tells what the answer is worth when the connection ends here. */
	end() {
		if (this.#phase === "until-close") this.#phase = "done";
		if (this.#phase === "done") return "done";
		return this.began ? "truncated" : "nothing";
	}
	#state() {
		return this.#phase === "done" || this.#phase === "bad" ? this.#phase : "more";
	}
	#takesBytes() {
		return this.#phase === "length" || this.#phase === "chunk-data" || this.#phase === "until-close";
	}
	#takeBody(chunk, at) {
		const wanted = this.#phase === "until-close" ? chunk.length - at : Math.min(this.#left, chunk.length - at);
		const room = Math.min(wanted, this.#keepBytes - this.#keptBytes);
		if (room > 0) {
			this.#kept.push(Buffer.from(chunk.subarray(at, at + room)));
			this.#keptBytes += room;
		}
		this.bodyBytes += wanted;
		this.#left -= wanted;
		if (this.#phase === "length" && this.#left === 0) this.#phase = "done";
		if (this.#phase === "chunk-data" && this.#left === 0) this.#phase = "chunk-end";
		return at + wanted;
	}
	#takeLine(chunk, at) {
		this.began = true;
		const end = chunk.indexOf(LF, at);
		const part = chunk.subarray(at, end < 0 ? chunk.length : end);
		this.#line = this.#line.length === 0 ? Buffer.from(part) : Buffer.concat([this.#line, part]);
		if (this.#phase === "head" || this.#phase === "trailers") {
			this.#headBytes += part.length + 1;
			if (this.#headBytes > maxHeadBytes) this.#fail(`headers larger than ${maxHeadBytes / 1024} KiB`);
		} else if (this.#line.length > maxChunkLineBytes) this.#fail("a chunk size line without an end");
		if (this.#phase === "head" && this.#headLines.length === 0 && !couldBeHttp(this.#line)) this.#fail("not an HTTP answer");
		if (this.#phase === "bad") return chunk.length;
		if (end < 0) return chunk.length;
		const bare = this.#line.at(-1) === CR ? this.#line.subarray(0, -1) : this.#line;
		this.#line = Buffer.alloc(0);
		this.#handleLine(bare.toString("latin1"));
		return end + 1;
	}
	#handleLine(line) {
		if (this.#phase === "chunk-size") this.#startChunk(line);
		else if (this.#phase === "chunk-end") {
			if (line === "") this.#phase = "chunk-size";
			else this.#fail("a chunk longer than its size");
		} else if (this.#phase === "trailers") {
			if (line === "") this.#phase = "done";
		} else if (line !== "") this.#headLines.push(line);
		else if (this.#headLines.length > 0) this.#endHead();
		else this.began = false;
	}
	#startChunk(line) {
		const size = /^([0-9a-f]{1,12})[ \t]*(?:;.*)?$/i.exec(line)?.[1];
		if (size === void 0) {
			this.#fail("not a chunk size");
			return;
		}
		this.#left = Number.parseInt(size, 16);
		if (this.#left > 0) this.#phase = "chunk-data";
		else {
			this.#phase = "trailers";
			this.#headBytes = 0;
		}
	}
	#endHead() {
		const head = readHead(this.#headLines);
		if (typeof head === "string") {
			this.#fail(head);
			return;
		}
		this.#headLines = [];
		this.#headBytes = 0;
		if (head.status === 101) {
			this.#fail("switched protocols without being asked to");
			return;
		}
		if (head.status < 200) {
			this.began = false;
			return;
		}
		this.head = head;
		this.#startBody(head);
	}
	/** RFC 9112 §6.3, for answers to GET. */
	#startBody(head) {
		const codings = tokens(head.headers.get("transfer-encoding"));
		const lengths = new Set(tokens(head.headers.get("content-length")));
		if (head.status === 204 || head.status === 304) this.#phase = "done";
		else if (codings.length > 0) {
			this.#ambiguous = lengths.size > 0;
			this.#phase = codings.at(-1) === "chunked" ? "chunk-size" : "until-close";
		} else if (lengths.size === 0) this.#phase = "until-close";
		else {
			const [length = ""] = lengths;
			this.#left = Number(length);
			this.#phase = this.#left === 0 ? "done" : "length";
			if (lengths.size > 1 || !/^\d{1,15}$/.test(length)) this.#fail("contradictory or bad content-length");
		}
	}
	#fail(problem) {
		this.#phase = "bad";
		this.problem = problem;
	}
};

// src/load/connection.ts
/** After an answer with `connection: close`, how long the server may take to close before we do. */
const lingerMs = 1e3;
/** One connection to the target, carrying one request at a time. It never repeats a request. */
var Connection = class {
	#clock;
	#socket;
	#onIdleChange;
	#openedAt;
	#open = false;
	#closed = false;
	#idleSince;
	#idleBefore = 0;
	/** When the server will have closed it, as its `keep-alive` header says. */
	#expiresAt = Number.POSITIVE_INFINITY;
	#requests = 0;
	#exchange;
	/** Starts connecting at once, with its own DNS look-up. `onIdleChange` is called when it became free or closed. */
	constructor(target, clock, onIdleChange) {
		this.#clock = clock;
		this.#onIdleChange = onIdleChange;
		this.#openedAt = clock.monotonic();
		this.#idleSince = this.#openedAt;
		const { hostname: host, port } = target;
		const where = {
			host,
			port,
			lookup: lookupOne,
			autoSelectFamily: false
		};
		this.#socket = target.secure ? connect$1({
			...where,
			ALPNProtocols: ["http/1.1"],
			...target.servername ? { servername: target.servername } : {}
		}) : connect(where);
		this.#socket.setNoDelay(true);
		this.#socket.on(target.secure ? "secureConnect" : "connect", () => this.#onOpen());
		this.#socket.on("data", (chunk) => this.#onData(chunk));
		this.#socket.on("end", () => this.#onEnd());
		this.#socket.on("error", (error) => this.#onError(error));
		this.#socket.on("close", () => this.#onEnd());
	}
	get closed() {
		return this.#closed;
	}
	/** Open, free, and as far as we know not about to be closed by the server. */
	get usable() {
		return this.#open && !this.#closed && this.#exchange === void 0 && this.#clock.monotonic() < this.#expiresAt && this.#socket.readyState === "open";
	}
	/** Sends one request, as soon as the connection is open. Resolves exactly once, and never rejects. */
	send(request, keepBytes, timeoutMs) {
		return new Promise((resolve) => {
			const cancelTimer = this.#clock.after(timeoutMs, () => this.#onTimeout(timeoutMs));
			this.#exchange = {
				request,
				parser: new ResponseParser(keepBytes),
				resolve,
				cancelTimer,
				sent: false
			};
			if (this.#closed) this.#finish({
				class: "eof",
				detail: "connection closed before the request was sent"
			});
			else if (this.#open) this.#write(this.#exchange);
		});
	}
	/** Closes at once; a request in flight ends as `eof`. */
	destroy() {
		this.#socket.destroy();
		this.#onEnd();
	}
	/** Lets the server close first, so that the closing state of TCP is not kept on our ports. */
	linger() {
		if (this.#closed) return;
		this.#expiresAt = 0;
		const cancel = this.#clock.after(lingerMs, () => this.destroy());
		this.#socket.once("close", cancel);
	}
	#onOpen() {
		this.#open = true;
		this.#idleSince = this.#clock.monotonic();
		if (this.#exchange !== void 0) this.#write(this.#exchange);
		else this.#onIdleChange();
	}
	#write(exchange) {
		exchange.sent = true;
		this.#idleBefore = this.#clock.monotonic() - this.#idleSince;
		this.#requests += 1;
		this.#socket.write(exchange.request);
	}
	#onData(chunk) {
		const exchange = this.#exchange;
		if (exchange === void 0 || !exchange.sent) {
			this.destroy();
			return;
		}
		const state = exchange.parser.push(chunk);
		if (state === "bad") {
			this.#socket.destroy();
			this.#finish({
				class: "protocol",
				detail: exchange.parser.problem
			});
		} else if (state === "done") this.#finish(null);
	}
	#onError(error) {
		const exchange = this.#exchange;
		this.#closed = true;
		if (exchange === void 0) this.#onIdleChange();
		else if (!this.#open) this.#finish(classifyConnectError(error));
		else this.#finish(this.#onOldConnection(classifyBrokenConnection(error, exchange.parser)));
	}
	#onEnd() {
		if (this.#closed) return;
		this.#closed = true;
		const exchange = this.#exchange;
		if (exchange === void 0) this.#onIdleChange();
		else if (exchange.parser.end() === "done") this.#finish(null);
		else this.#finish(this.#onOldConnection(classifyEndOfStream(exchange.parser)));
	}
	#onTimeout(timeoutMs) {
		const exchange = this.#exchange;
		if (exchange === void 0) return;
		const where = !this.#open ? "while connecting" : progress(exchange.parser);
		this.#socket.destroy();
		this.#finish({
			class: "timeout",
			detail: `no whole answer within ${formatDuration(timeoutMs)}, ${where}`
		});
	}
	#finish(failure) {
		const exchange = this.#exchange;
		if (exchange === void 0) return;
		this.#exchange = void 0;
		exchange.cancelTimer();
		const { parser } = exchange;
		if (failure !== null) this.#closed = true;
		this.#idleSince = this.#clock.monotonic();
		this.#expiresAt = parser.reusable ? this.#idleSince + keepAliveMs(parser.head) : 0;
		exchange.resolve({
			failure,
			head: parser.head ?? null,
			body: parser.body
		});
		this.#onIdleChange();
	}
	/** Tells the keep-alive race (idle, then broken as we sent) apart from a dropped request. */
	#onOldConnection(failure) {
		if (this.#requests < 2 || failure.class === "tls") return failure;
		const age = formatDuration(this.#clock.monotonic() - this.#openedAt);
		const idle = formatDuration(this.#idleBefore);
		const history = `request ${this.#requests} on a connection opened ${age} ago, idle ${idle} before`;
		return {
			...failure,
			detail: `${failure.detail}; ${history}`
		};
	}
};
/** For how long an idle connection is safe to use: its announced timeout less a second, as it counts from the server's side. */
function keepAliveMs(head) {
	for (const token of tokens(head?.headers.get("keep-alive"))) {
		const seconds = /^timeout=(\d+)$/.exec(token)?.[1];
		if (seconds !== void 0) return Math.max(Number(seconds) * 500, Number(seconds) * 1e3 - 1e3);
	}
	return Number.POSITIVE_INFINITY;
}
/** One address per look-up, IPv4 when there is one: many runners have no IPv6 route. */
const lookupOne = (hostname, options, callback) => {
	lookup(hostname, {
		...options,
		all: true
	}, (error, addresses) => {
		const chosen = error === null ? addresses.find(({ family }) => family === 4) ?? addresses[0] : void 0;
		if (chosen === void 0) callback(error ?? /* @__PURE__ */ new Error(`no address for ${hostname}`), "", 0);
		else callback(null, chosen.address, chosen.family);
	});
};

// src/load/kept-pool.ts
/**
* Connections that live on between requests. They are used in turn, so that each one opened before a switch goes on
* carrying requests through it. An arrival never waits for another, unless the cap is reached.
*/
var KeptPool = class {
	#open;
	#cap;
	#all = /* @__PURE__ */ new Set();
	/** Free ones, the longest idle first. */
	#idle = [];
	#waiting = [];
	/** Not used any more, but not closed yet. */
	#leaving = /* @__PURE__ */ new Set();
	#closed = false;
	constructor(open, cap) {
		this.#open = open;
		this.#cap = cap;
	}
	/** Opens connections ahead of the first arrival. */
	warm(count) {
		for (let n = 0; n < Math.min(count, this.#cap); n += 1) this.#add();
	}
	/**
	* Calls back, at once where it can, with a connection that is free or still connecting.
	* The returned function gives up waiting; it does nothing once called back.
	*/
	take(use) {
		const idle = this.#takeIdle();
		if (idle !== void 0) use(idle);
		else if (this.#all.size < this.#cap) use(this.#add());
		else this.#waiting.push(use);
		return () => {
			this.#waiting = this.#waiting.filter((other) => other !== use);
		};
	}
	close() {
		this.#closed = true;
		for (const connection of [...this.#all, ...this.#leaving]) connection.destroy();
	}
	#add() {
		const connection = this.#open(() => this.#onIdleChange(connection));
		this.#all.add(connection);
		return connection;
	}
	/** A connection that went away while idle is noticed here, before anything is sent on it. */
	#takeIdle() {
		for (let next = this.#idle.shift(); next !== void 0; next = this.#idle.shift()) {
			if (next.usable) return next;
			this.#drop(next);
		}
	}
	#onIdleChange(connection) {
		this.#idle = this.#idle.filter((other) => other !== connection);
		if (connection.usable) this.#idle.push(connection);
		else this.#drop(connection);
		this.#serveWaiting();
	}
	#drop(connection) {
		this.#all.delete(connection);
		if (connection.closed) this.#leaving.delete(connection);
		else this.#leaving.add(connection);
		connection.linger();
	}
	#serveWaiting() {
		if (this.#closed) return;
		const use = this.#waiting.shift();
		if (use !== void 0) this.take(use);
	}
};

// src/load/redirect.ts
/** `308 to https://shop.example.com/`, without a query, which may hold what nobody is to read. Empty for no redirect. */
function describeRedirect({ status, headers }, target) {
	if (status < 300 || status > 399) return "";
	const [location = ""] = headers.get("location") ?? [];
	const base = `${target.secure ? "https" : "http"}://${target.hostHeader}${target.path}`;
	if (location === "" || !URL.canParse(location, base)) return String(status);
	const { protocol, host, pathname } = new URL(location, base);
	return /^https?:$/.test(protocol) ? printable(`${status} to ${protocol}//${host}${pathname}`) : String(status);
}

// src/load/target.ts
/** Reads the target from a URL; `host` replaces the public name when the URL holds an address. */
function targetOf(url, host) {
	const secure = url.protocol === "https:";
	const hostname = url.hostname.replace(/^\[(.*)\]$/, "$1");
	const publicName = (host ?? hostname).replace(/:\d+$/, "");
	return {
		secure,
		hostname,
		port: url.port === "" ? secure ? 443 : 80 : Number(url.port),
		servername: isIP(publicName) === 0 ? publicName : void 0,
		hostHeader: host ?? url.host,
		path: `${url.pathname}${url.search}`
	};
}
/** The bytes of one GET. */
function renderRequest(target, id, keep) {
	return [
		`GET ${target.path} HTTP/1.1`,
		`host: ${target.hostHeader}`,
		"user-agent: streamgate-prober",
		"accept: */*",
		`x-request-id: ${id}`,
		`connection: ${keep ? "keep-alive" : "close"}`,
		"\r\n"
	].join("\r\n");
}

// src/load/version.ts
const maxVersionLength = 128;
/** @throws StreamGateError `Usage` for a JSONPath that does not name exactly one value. */
function versionReader(source) {
	if (source.kind === "none") return () => null;
	if (source.kind === "header") {
		const name = source.name.toLowerCase();
		return (head) => clean(head?.headers.get(name)?.[0]);
	}
	const path = parseJsonPath(source.path);
	if (path === void 0) throw new StreamGateError("Usage", `"${source.path}" is not a JSONPath that names one value`, { remedy: "Write it with names and indices only, for example $.build.version or $.items[0].version." });
	return (_head, body) => {
		const value = readJsonPath(parseBody(body), path);
		return clean(typeof value === "number" ? String(value) : value);
	};
}
function clean(value) {
	if (typeof value !== "string") return null;
	const text = printable(value, maxVersionLength);
	return text === "" ? null : text;
}
/** An answer that is no JSON does not name a version; that is no failure by itself. */
function parseBody(body) {
	try {
		return JSON.parse(body);
	} catch {
		return;
	}
}

// src/load/start-prober.ts
/** How much of a body is read for its JSONPath, and how much for a quotation. */
const jsonBodyBytes = 262144;
const quotedBodyBytes = 2048;
const warmConnections = 4;
const maxKeptConnections = 4e3;
/**
* Starts probing at once. Arrival n is due n/rate seconds after the start and never later because of an earlier one;
* even arrivals use the kept connections, odd ones open a connection each. `sentAt` is when an arrival began to use or
* open its connection, so `sentAt - plannedAt` is the lateness of the prober itself.
* @throws StreamGateError `Usage` for a bad JSONPath.
*/
const startProber = (options) => {
	const { clock, ratePerSecond, timeoutMs, signal } = options;
	const readVersion = versionReader(options.version);
	const keepBytes = options.version.kind === "jsonpath" ? jsonBodyBytes : quotedBodyBytes;
	const wanted = options.wantedStatus ?? ((status) => status >= 200 && status < 400);
	const target = targetOf(options.url, options.host);
	const schedule = constantSchedule(ratePerSecond, options.maxDurationMs);
	const answers = [];
	const listeners = /* @__PURE__ */ new Set();
	const fresh = /* @__PURE__ */ new Set();
	/** By its number in the answers. A server may end connections all the time: those that ended are not held. */
	const kept = /* @__PURE__ */ new WeakMap();
	let keptOpened = 0;
	const pool = new KeptPool((onIdleChange) => {
		const connection = new Connection(target, clock, onIdleChange);
		kept.set(connection, keptOpened);
		keptOpened += 1;
		return connection;
	}, keptCap(options));
	const startedAtEpoch = clock.now();
	const startedAt = clock.monotonic();
	let next = 0;
	let inFlight = 0;
	let endedAt = null;
	/** Elapsed time at which arrivals ended; null while they go on. */
	let arrivalsEndedMs = null;
	let cancelTick = () => {};
	let allDone = () => {};
	let stopping;
	function tick() {
		const elapsed = clock.monotonic() - startedAt;
		arriveUntil(elapsed);
		if (elapsed >= options.maxDurationMs) stopInBackground();
		else {
			const dueMs = Math.min(schedule.dueAt(next), options.maxDurationMs);
			cancelTick = clock.after(dueMs - (clock.monotonic() - startedAt), tick);
		}
	}
	function arriveUntil(elapsedMs) {
		while (schedule.dueAt(next) <= elapsedMs && schedule.dueAt(next) < options.maxDurationMs) {
			arrive(next);
			next += 1;
		}
	}
	function arrive(n) {
		const id = `${options.runId}-${n}`;
		const plannedAt = startedAt + schedule.dueAt(n);
		inFlight += 1;
		setImmediate(() => {
			if (n % 2 === 0) useKept();
			else exchange("fresh", openFresh());
		});
		function useKept() {
			const cancelTimer = clock.after(timeoutMs, () => {
				giveUp();
				const detail = "the cap of open connections was reached, the request was never sent";
				const now = clock.monotonic();
				finish({
					id,
					population: "kept",
					connection: null,
					plannedAt,
					sentAt: now,
					doneAt: now,
					class: "own-side",
					status: null,
					version: null,
					detail
				});
			});
			const giveUp = pool.take((connection) => {
				cancelTimer();
				exchange("kept", connection);
			});
		}
		function exchange(population, connection) {
			const sentAt = clock.monotonic();
			const request = renderRequest(target, id, population === "kept");
			connection.send(request, keepBytes, timeoutMs).then((ending) => {
				const number = kept.get(connection) ?? null;
				finish({
					id,
					population,
					connection: number,
					plannedAt,
					sentAt,
					doneAt: clock.monotonic(),
					...judge(ending)
				});
			});
		}
	}
	function openFresh() {
		const connection = new Connection(target, clock, () => {
			if (connection.closed) fresh.delete(connection);
			else connection.linger();
		});
		fresh.add(connection);
		return connection;
	}
	function judge({ failure, head, body }) {
		const status = head?.status ?? null;
		const version = readVersion(head, body);
		if (failure !== null) return {
			class: failure.class,
			status,
			version,
			detail: printable(failure.detail, 300)
		};
		if (head !== null && wanted(head.status)) return {
			class: "ok",
			status,
			version,
			detail: version === null ? describeRedirect(head, target) : ""
		};
		const quotation = printable(body);
		const detail = quotation === "" ? `answered ${status}` : `answered ${status} "${quotation}"`;
		return {
			class: classOfStatus(status),
			status,
			version,
			detail
		};
	}
	function finish(answer) {
		inFlight -= 1;
		answers.push(answer);
		for (const listener of listeners) listener(answer);
		if (inFlight === 0) allDone();
	}
	async function stop() {
		cancelTick();
		signal.removeEventListener("abort", stopInBackground);
		if (arrivalsEndedMs === null) {
			arrivalsEndedMs = Math.min(clock.monotonic() - startedAt, options.maxDurationMs);
			arriveUntil(arrivalsEndedMs);
		}
		if (inFlight > 0) await new Promise((resolve) => allDone = resolve);
		endedAt = clock.monotonic();
		pool.close();
		for (const connection of fresh) connection.destroy();
		options.log.debug(`Prober sent ${answers.length} requests in ${formatDuration(endedAt - startedAt)}.`);
	}
	function stopOnce() {
		stopping ??= stop();
		return stopping;
	}
	function stopInBackground() {
		stopOnce();
	}
	function tally() {
		const planned = schedule.countBy(arrivalsEndedMs ?? clock.monotonic() - startedAt);
		return {
			startedAt,
			startedAtEpoch,
			endedAt,
			planned,
			answers,
			inFlight
		};
	}
	if (signal.aborted) {
		arrivalsEndedMs = -1;
		stopInBackground();
	} else {
		signal.addEventListener("abort", stopInBackground, { once: true });
		pool.warm(Math.min(warmConnections, Math.ceil(ratePerSecond / 2)));
		tick();
	}
	return {
		onAnswer(listener) {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
		stop: stopOnce,
		tally
	};
};
/** Enough that no arrival ever waits for another while each ends within the timeout, unless descriptors forbid it. */
function keptCap({ ratePerSecond, timeoutMs }) {
	return Math.min(maxKeptConnections, Math.ceil(ratePerSecond / 2 * (timeoutMs / 1e3)) + warmConnections + 4);
}
/** An edge that turns the prober itself away says nothing about the release. */
function classOfStatus(status) {
	return turnsAway(status) ? "own-side" : "status";
}

// src/load/remote/serve-prober.ts
/**
* Probes for whoever connects, from where this runs, and tells each answer as it comes. Ends by itself when nobody has
* been connected for a while, and by its signal. Resolves when it has ended.
*/
async function serveProber(options) {
	const { clock, log } = options;
	const sessions = /* @__PURE__ */ new Map();
	const sockets = /* @__PURE__ */ new Set();
	const ended = new AbortController();
	let cancelAbandoned = () => {};
	function expectSomebody() {
		cancelAbandoned();
		if (sockets.size > 0) return;
		cancelAbandoned = clock.after(options.abandonedAfterMs, () => {
			log.info("Nobody has asked for a while: ending.");
			ended.abort();
		});
	}
	function open(order) {
		const known = sessions.get(order.runId);
		if (known !== void 0) return known;
		const { host, url, ...same } = order;
		const prober = startProber({
			...same,
			url: new URL(url),
			host: host ?? void 0,
			clock,
			log,
			signal: ended.signal
		});
		const session = {
			prober,
			answers: [],
			listener: void 0
		};
		prober.onAnswer((answer) => {
			session.answers.push(answer);
			session.listener?.({
				kind: "answer",
				n: session.answers.length - 1,
				answer
			});
		});
		sessions.set(order.runId, session);
		return session;
	}
	function serve(socket) {
		let session;
		const send = (reply) => socket.write(encode(reply));
		function handle(request) {
			if (request.kind === "probe") {
				if (!isSame(request.secret, options.secret)) throw new Error("the secret is wrong");
				session = open(request.order);
				send({
					kind: "started",
					startedAt: session.prober.tally().startedAt
				});
				for (const [n, answer] of session.answers.entries()) if (n >= request.from) send({
					kind: "answer",
					n,
					answer
				});
				session.listener = send;
			} else if (session === void 0) throw new Error("the first message must say what to probe");
			else if (request.kind === "ping") send({
				kind: "pong",
				sentAt: request.sentAt,
				at: clock.monotonic()
			});
			else end(session);
		}
		async function end({ prober, answers }) {
			await prober.stop();
			const { planned, endedAt } = prober.tally();
			send({
				kind: "end",
				planned,
				answers: answers.length,
				endedAt: endedAt ?? clock.monotonic()
			});
		}
		const decode = createDecoder(handle);
		sockets.add(socket);
		expectSomebody();
		socket.setNoDelay(true).setEncoding("utf8");
		socket.on("data", (text) => {
			try {
				decode(String(text));
			} catch (thrown) {
				log.warn(`A connection is given up: ${String(thrown)}`);
				socket.destroy();
			}
		});
		socket.on("error", () => socket.destroy());
		socket.on("close", () => {
			sockets.delete(socket);
			if (session?.listener === send) session.listener = void 0;
			expectSomebody();
		});
	}
	const server = createServer(serve);
	await new Promise((resolve, reject) => {
		server.once("error", reject);
		server.listen(options.port, options.host, resolve);
	});
	expectSomebody();
	const over = AbortSignal.any([options.signal, ended.signal]);
	await new Promise((resolve) => {
		if (over.aborted) resolve();
		else over.addEventListener("abort", () => resolve(), { once: true });
	});
	ended.abort();
	cancelAbandoned();
	for (const { prober } of sessions.values()) prober.stop();
	for (const socket of sockets) socket.destroy();
	await new Promise((resolve) => server.close(() => resolve()));
}
function isSame(given, wanted) {
	const [a, b] = [Buffer.from(given), Buffer.from(wanted)];
	return a.length === b.length && timingSafeEqual(a, b);
}

// src/hosts/prober.ts
/**
* The prober as a program of its own, for a pod: one file that needs Node and nothing else. `PORT` and
* `STREAMGATE_SECRET` come from the Job; `HOST` is only set where loopback is shared between pods.
*/
const { PORT = "8089", HOST = "127.0.0.1", STREAMGATE_SECRET = "" } = process.env;
const abandonedAfterMs = 3e4;
const write = (line) => void process.stdout.write(`${line}\n`);
const log = {
	debug() {},
	info: write,
	warn: write,
	error: write
};
const ended = new AbortController();
for (const signal of ["SIGTERM", "SIGINT"]) process.once(signal, () => ended.abort());
await serveProber({
	host: HOST,
	port: Number(PORT),
	secret: STREAMGATE_SECRET,
	clock: systemClock,
	log,
	abandonedAfterMs,
	signal: ended.signal
});

export {  };