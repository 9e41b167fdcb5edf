import { createRequire as __WEBPACK_EXTERNAL_createRequire } from "module";
/******/ var __webpack_modules__ = ({

/***/ 6982:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("crypto");

/***/ }),

/***/ 2250:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("dns");

/***/ }),

/***/ 9896:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("fs");

/***/ }),

/***/ 8611:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("http");

/***/ }),

/***/ 5692:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("https");

/***/ }),

/***/ 9278:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("net");

/***/ }),

/***/ 1421:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:child_process");

/***/ }),

/***/ 7598:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:crypto");

/***/ }),

/***/ 610:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:dns");

/***/ }),

/***/ 3024:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs");

/***/ }),

/***/ 1455:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs/promises");

/***/ }),

/***/ 7067:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:http");

/***/ }),

/***/ 4708:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:https");

/***/ }),

/***/ 7030:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:net");

/***/ }),

/***/ 8161:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:os");

/***/ }),

/***/ 6760:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:path");

/***/ }),

/***/ 1692:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:tls");

/***/ }),

/***/ 3136:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:url");

/***/ }),

/***/ 857:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("os");

/***/ }),

/***/ 6928:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("path");

/***/ }),

/***/ 4756:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("tls");

/***/ }),

/***/ 7016:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("url");

/***/ }),

/***/ 9154:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("vm");

/***/ }),

/***/ 5455:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  C: () => (/* binding */ toInstant),
  S: () => (/* binding */ systemClock),
  _: () => (/* binding */ parseDuration),
  a: () => (/* binding */ parseJsonPath),
  b: () => (/* binding */ messageOf),
  c: () => (/* binding */ canonicalJson),
  d: () => (/* binding */ holdsItself),
  f: () => (/* binding */ isJsonObject),
  g: () => (/* binding */ formatDuration),
  h: () => (/* binding */ formatBound),
  i: () => (/* binding */ silentLog),
  l: () => (/* binding */ equalJson),
  m: () => (/* binding */ startDeadline),
  n: () => (/* binding */ printable),
  o: () => (/* binding */ readJsonPath),
  p: () => (/* binding */ listAt),
  r: () => (/* binding */ shellWord),
  s: () => (/* binding */ at),
  t: () => (/* binding */ version),
  u: () => (/* binding */ fieldsAt),
  v: () => (/* binding */ parseQuantity),
  x: () => (/* binding */ toStreamGateError),
  y: () => (/* binding */ StreamGateError)
});

;// CONCATENATED MODULE: external "node:util/types"
const types_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:util/types");
;// CONCATENATED MODULE: ./base.mjs


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
/** An RFC 3339 instant with milliseconds, as Kubernetes `MicroTime` and JSON evidence like it. */
function toInstant(ms) {
	return new Date(ms).toISOString();
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
/** Makes a StreamGateError of whatever was thrown; ours pass through unchanged. */
function toStreamGateError(thrown) {
	if (thrown instanceof StreamGateError) return thrown;
	return new StreamGateError("Internal", messageOf(thrown), {
		cause: thrown,
		remedy: "This is a defect of StreamGate. Please report it with the stack trace of the debug log."
	});
}
/** An error of any realm: those of Node's own sockets are no `instanceof Error` inside of a vm context. */
function isError(value) {
	return value instanceof Error || (0,types_namespaceObject.isNativeError)(value);
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
const durationUnits = {
	ms: 1,
	s: 1e3,
	m: 6e4,
	h: 36e5,
	d: 864e5
};
/** Reads `90s`, `5m`, `1h30m`, `250ms`. Undefined when it is none: a bare number has no unit and is none. */
function parseDuration(text) {
	if (text === "0") return 0;
	if (!/^(?:\d+(?:\.\d+)?(?:ms|[smhd]))+$/.test(text)) return void 0;
	let total = 0;
	for (const [, amount, unit] of text.matchAll(/(\d+(?:\.\d+)?)(ms|[smhd])/g)) total += Number(amount) * (durationUnits[unit ?? ""] ?? NaN);
	return Number.isFinite(total) ? total : void 0;
}
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
/** A share as an upper bound: two digits that count, rounded up, since a bound may not look smaller than it is. `0.26 %` */
function formatBound(share) {
	const value = Math.min(100, share * 100);
	const step = 10 ** (Math.floor(Math.log10(value)) - 1);
	return `${Number((Math.ceil(value / step - 1e-9) * step).toPrecision(2))} %`;
}
function trimZero(text) {
	return text.endsWith(".0") ? text.slice(0, -2) : text;
}
const quantitySuffixes = {
	n: 1e-9,
	u: 1e-6,
	m: .001,
	"": 1,
	k: 1e3,
	M: 1e6,
	G: 1e9,
	T: 0xe8d4a51000,
	P: 0x38d7ea4c68000,
	E: 0xde0b6b3a7640000,
	Ki: 1024,
	Mi: 2 ** 20,
	Gi: 2 ** 30,
	Ti: 2 ** 40,
	Pi: 2 ** 50,
	Ei: 2 ** 60
};
/**
* Reads a Kubernetes quantity (`250m`, `1.5Gi`, `2e3`) as a number of base units (cores, bytes).
* Undefined when it is none. Grammar: k8s.io/apimachinery/pkg/api/resource.
*/
function parseQuantity(text) {
	const match = /^([+-]?(?:\d+(?:\.\d*)?|\.\d+))(?:([eE][+-]?\d+)|([numkMGTPE]|[KMGTPE]i)?)$/.exec(text);
	if (match === null) return void 0;
	const [, digits = "", exponent = "", suffix = ""] = match;
	const value = Number(digits + exponent) * (quantitySuffixes[suffix] ?? NaN);
	return Number.isFinite(value) ? value : void 0;
}

// src/base/deadline.ts
/** Starts a deadline of `ms`. What is `excused` counts against it, but not against the deadlines within. */
function startDeadline(clock, ms, what, parent, excused) {
	return start({
		clock,
		ms,
		what,
		parent,
		excused,
		isInner: false
	});
}
function start({ clock, ms, what, parent, excused, isInner }) {
	const controller = new AbortController();
	const allowance = isInner && excused !== void 0 ? excused : () => 0;
	const begun = clock.monotonic() - allowance();
	const remaining = () => Math.max(0, begun + ms + allowance() - clock.monotonic());
	let cancelTimer = () => {};
	const wait = (leftMs) => {
		cancelTimer = clock.after(leftMs, () => {
			const prolongedMs = remaining();
			if (prolongedMs > 0) return wait(prolongedMs);
			controller.abort(tooLong(what, ms));
			unlink();
		});
	};
	wait(ms);
	const follow = () => {
		cancelTimer();
		controller.abort(parent?.reason);
	};
	const unlink = () => parent?.removeEventListener("abort", follow);
	if (parent?.aborted) follow();
	else parent?.addEventListener("abort", follow, { once: true });
	const children = [];
	return {
		signal: controller.signal,
		remaining,
		excused,
		within(childMs, childWhat) {
			const parent = controller.signal;
			const child = start({
				clock,
				ms: childMs,
				what: childWhat,
				parent,
				excused,
				isInner: true
			});
			children.push(child);
			return child;
		},
		clear() {
			cancelTimer();
			unlink();
			for (const child of children) child.clear();
		}
	};
}
function tooLong(limit, ms) {
	const { what, remedy } = typeof limit === "string" ? {
		what: limit,
		remedy: void 0
	} : limit;
	return new StreamGateError("Timeout", `${what} took longer than ${formatDuration(ms)}`, { remedy });
}

// src/base/json.ts
function isJsonObject(value) {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}
/** Follows keys and indices; undefined as soon as one is missing. */
function at(value, ...path) {
	let current = value;
	for (const key of path) {
		if (typeof current !== "object" || current === null) return void 0;
		current = current[key];
	}
	return current;
}
/** The list at a path; empty when something else stands there, or nothing. */
function listAt(value, ...path) {
	const list = at(value, ...path);
	return Array.isArray(list) ? list : [];
}
/** The fields of the object at a path; none when something else stands there, or nothing. */
function fieldsAt(value, ...path) {
	const fields = at(value, ...path);
	return isJsonObject(fields) ? fields : {};
}
/** Whether a value stands somewhere inside of itself, as an alias of YAML can make it: no JSON can be written of it. */
function holdsItself(value, outer = /* @__PURE__ */ new Set()) {
	if (typeof value !== "object" || value === null) return false;
	if (outer.has(value)) return true;
	const inside = new Set(outer).add(value);
	return Object.values(value).some((inner) => holdsItself(inner, inside));
}
/** A text that is equal for equal values whatever the order of their keys: for comparing and hashing. */
function canonicalJson(value) {
	return JSON.stringify(value, (_key, inner) => isJsonObject(inner) ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => a < b ? -1 : a > b ? 1 : 0)) : inner);
}
/** Whether two values are the same JSON, whatever the order of their keys; a key without a value is none. */
function equalJson(a, b) {
	if (a === b) return true;
	if (Array.isArray(a) || Array.isArray(b)) {
		if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false;
		return a.every((item, index) => equalJson(item, b[index]));
	}
	if (!isJsonObject(a) || !isJsonObject(b)) return false;
	const keys = definedKeys(a);
	return keys.length === definedKeys(b).length && keys.every((key) => Object.hasOwn(b, key) && equalJson(a[key], b[key]));
}
function definedKeys(value) {
	return Object.keys(value).filter((key) => value[key] !== void 0);
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

// src/base/log.ts
const silentLog = {
	debug() {},
	info() {},
	warn() {},
	error() {}
};

// src/base/quote.ts
/**
* Text from outside as one printable line: what a server answered may hold line breaks, terminal escapes or
* invisible direction marks, and none of them may reach a log, a summary or a terminal.
*/
function printable(text, maxLength = 200) {
	const line = text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]+/gu, " ").replace(/ {2,}/g, " ").trim();
	return line.length > maxLength ? `${line.slice(0, maxLength)}…` : line;
}
/** One word of a shell's command line: in quotes where a shell would read something else. */
function shellWord(text) {
	return /^[\w./:@%=,+-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

// package.json
var version$1 = "0.1.0";

// src/base/version.ts
/** Version of StreamGate, as evidence and `--version` tell it. */
const version = version$1;



/***/ }),

/***/ 2303:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   t: () => (/* binding */ commands)
/* harmony export */ });
/* harmony import */ var _contract2_mjs__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(3487);
/* harmony import */ var _contract3_mjs__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(1366);
/* harmony import */ var _contract4_mjs__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(6137);
/* harmony import */ var _contract5_mjs__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(4424);
/* harmony import */ var _contract6_mjs__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(691);
/* harmony import */ var _contract7_mjs__WEBPACK_IMPORTED_MODULE_5__ = __nccwpck_require__(5242);
/* harmony import */ var _contract8_mjs__WEBPACK_IMPORTED_MODULE_6__ = __nccwpck_require__(3437);








// src/commands/index.ts
/** Every command of the product. A new one is one line here. */
const commands = [
	{
		contract: _contract2_mjs__WEBPACK_IMPORTED_MODULE_0__.t,
		load: async () => (await Promise.all(/* import() */[__nccwpck_require__.e(949), __nccwpck_require__.e(212), __nccwpck_require__.e(460), __nccwpck_require__.e(760)]).then(__nccwpck_require__.bind(__nccwpck_require__, 9760))).command
	},
	{
		contract: _contract5_mjs__WEBPACK_IMPORTED_MODULE_3__.t,
		load: async () => (await Promise.all(/* import() */[__nccwpck_require__.e(949), __nccwpck_require__.e(212), __nccwpck_require__.e(460), __nccwpck_require__.e(264)]).then(__nccwpck_require__.bind(__nccwpck_require__, 9264))).command
	},
	{
		contract: _contract4_mjs__WEBPACK_IMPORTED_MODULE_2__.t,
		load: async () => (await Promise.all(/* import() */[__nccwpck_require__.e(949), __nccwpck_require__.e(212), __nccwpck_require__.e(839)]).then(__nccwpck_require__.bind(__nccwpck_require__, 8839))).command
	},
	{
		contract: _contract7_mjs__WEBPACK_IMPORTED_MODULE_5__.t,
		load: async () => (await Promise.all(/* import() */[__nccwpck_require__.e(949), __nccwpck_require__.e(212), __nccwpck_require__.e(546)]).then(__nccwpck_require__.bind(__nccwpck_require__, 4546))).command
	},
	{
		contract: _contract3_mjs__WEBPACK_IMPORTED_MODULE_1__.t,
		load: async () => (await Promise.all(/* import() */[__nccwpck_require__.e(949), __nccwpck_require__.e(212), __nccwpck_require__.e(382)]).then(__nccwpck_require__.bind(__nccwpck_require__, 4382))).command
	},
	{
		contract: _contract8_mjs__WEBPACK_IMPORTED_MODULE_6__.t,
		load: async () => (await Promise.all(/* import() */[__nccwpck_require__.e(949), __nccwpck_require__.e(212), __nccwpck_require__.e(371)]).then(__nccwpck_require__.bind(__nccwpck_require__, 7371))).command
	},
	{
		contract: _contract6_mjs__WEBPACK_IMPORTED_MODULE_4__.t,
		load: async () => (await __nccwpck_require__.e(/* import() */ 593).then(__nccwpck_require__.bind(__nccwpck_require__, 4593))).command
	}
];



/***/ }),

/***/ 9759:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   a: () => (/* binding */ describeKind),
/* harmony export */   c: () => (/* binding */ defineContract),
/* harmony export */   i: () => (/* binding */ usageError),
/* harmony export */   n: () => (/* binding */ secretsOf),
/* harmony export */   o: () => (/* binding */ literalDefault),
/* harmony export */   r: () => (/* binding */ suggest),
/* harmony export */   s: () => (/* binding */ camelCase),
/* harmony export */   t: () => (/* binding */ readInputs)
/* harmony export */ });
/* harmony import */ var _rolldown_runtime_mjs__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(8907);
/* harmony import */ var _base_mjs__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(5455);



// src/contract/define.ts
/** Checks names by type and keeps every literal, so that `Inputs` and `Outputs` can be inferred. */
function defineContract(contract) {
	return contract;
}
/** `probe-rate` → `probeRate`. */
function camelCase(name) {
	return name.replace(/-([a-z0-9])/g, (_match, letter) => letter.toUpperCase());
}

// src/contract/describe.ts
/** What is allowed, in words that complete "wanted is …": `a whole number from 1 to 1000`. */
function describeKind(kind) {
	switch (kind.kind) {
		case "string": return kind.shape ?? `text${kind.maxLength === void 0 ? "" : ` of at most ${kind.maxLength} characters`}`;
		case "boolean": return "`true` or `false`";
		case "integer": return `a whole number${range(kind.min, kind.max)}`;
		case "number": return `a number${range(kind.min, kind.max)}`;
		case "weight": return `a whole percentage${range(kind.min ?? 0, kind.max ?? 100)}`;
		case "duration": return `a duration like \`90s\` or \`5m\`${range(kind.min, kind.max, ",")}`;
		case "quantity": return `a quantity like \`250m\` or \`1.5Gi\`${range(kind.min, kind.max, ",")}`;
		case "enum": return kind.values.map((value) => `\`${value}\``).join(", ");
		case "list": return `a list, between commas or line breaks, each ${describeKind(kind.item)}`;
		case "yaml": return kind.shape ?? "YAML or JSON";
		case "files": return "files, globs or directories, between commas or line breaks; `-` is standard input";
		case "secret": return kind.orFile === true ? "the path of a file, or the whole content as a secret" : "a secret";
	}
}
/** The default that the parser applies: not an expression, which only the runner can evaluate. */
function literalDefault(spec) {
	return spec.default === void 0 || isExpression(spec.default) ? void 0 : spec.default;
}
function isExpression(text) {
	return text.includes("${{");
}
function range(min, max, before = "") {
	if (min !== void 0 && max !== void 0) return `${before} from ${min} to ${max}`;
	if (min !== void 0) return `${before} at least ${min}`;
	if (max !== void 0) return `${before} at most ${max}`;
	return "";
}

// src/contract/problems.ts
const yamlSpelling = {
	name: (input) => input,
	assignment: (input, value) => `${input}: ${yamlScalar(value)}`
};
/** The one error about a wrong configuration, whatever the number of problems. */
function usageError(contract, problems, spelling = yamlSpelling) {
	const blocks = problems.map((problem) => writeProblem(contract.inputs[problem.input], problem, spelling));
	const count = problems.length === 1 ? "one input needs" : `${problems.length} inputs need`;
	return new _base_mjs__WEBPACK_IMPORTED_MODULE_1__.y("Usage", [`${contract.name} did not start: ${count} your attention.`, ...blocks].join("\n\n"), { remedy: "Correct this and run it again; nothing was touched." });
}
function writeProblem(spec, problem, spelling) {
	const { input, given, meant } = problem;
	const lines = [`  ✗ ${problem.word === true ? input : spelling.name(input)} ${problem.problem}`];
	const add = (label, text) => lines.push(`      ${label.padEnd(8)}${text}`);
	if (given !== void 0) add("given", quoteGiven(given));
	if (meant !== void 0) add("perhaps", problem.unknown ? spelling.name(meant) : spelling.assignment(input, meant));
	if (spec === void 0 || problem.unknown === true) return lines.join("\n");
	add("wanted", plainWanted(spec));
	const example = spec.example ?? literalDefault(spec);
	if (example !== void 0 && meant === void 0) add("example", exampleOf(input, example, spelling));
	return lines.join("\n");
}
function plainWanted(spec) {
	const unit = spec.unit === void 0 ? "" : ` ${spec.unit}`;
	const fallback = literalDefault(spec);
	const otherwise = fallback === void 0 ? "" : `; ${fallback}${unit} when not given`;
	return `${describeKind(spec).replaceAll("`", "")}${unit}${otherwise}`;
}
/** A long example keeps its lines, under the name. */
function exampleOf(input, example, spelling) {
	return spelling.assignment(input, example).replaceAll("\n", `\n${" ".repeat(14)}`);
}
function quoteGiven(given) {
	const line = given.replace(/:\/\/.*@/gs, "://…@").replace(/\s*\n\s*/g, " ⏎ ").replace(/[\p{Cc}\p{Cf}]/gu, " ");
	return line.length > 120 ? `${line.slice(0, 119)}…` : line;
}
/** A value as it stands behind `name:` in a workflow; several lines become a block. */
function yamlScalar(value) {
	if (value.includes("\n")) return `|\n${value.replace(/^/gm, "  ")}`;
	return /^[\w./][\w./ :%@=-]*$/.test(value) && !/: |:$|^\d+\.\d+$/.test(value) ? value : `'${value.replaceAll("'", "''")}'`;
}

// src/contract/suggest.ts
const longestName = 100;
/** The candidate that was probably meant; undefined when none is near. Case and `_` for `-` cost nothing. */
function suggest(given, candidates) {
	const wanted = plain(given);
	if (wanted.length > longestName) return void 0;
	const limit = Math.max(1, Math.floor(wanted.length / 3));
	let best;
	for (const name of candidates) {
		const distance = editDistance(wanted, plain(name));
		if (distance <= limit && (best === void 0 || distance < best.distance)) best = {
			name,
			distance
		};
	}
	return best?.name;
}
function plain(text) {
	return text.trim().toLowerCase().replaceAll("_", "-");
}
/** Insertions, deletions, substitutions and swaps of neighbours (optimal string alignment). */
function editDistance(a, b) {
	let beforeLast = [];
	let last = Array.from({ length: b.length + 1 }, (_unused, column) => column);
	for (let row = 1; row <= a.length; row++) {
		const current = [row];
		for (let column = 1; column <= b.length; column++) {
			const same = a[row - 1] === b[column - 1];
			const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
			current.push(Math.min(cell(last, column) + 1, cell(current, column - 1) + 1, cell(last, column - 1) + (same ? 0 : 1), swapped ? cell(beforeLast, column - 2) + 1 : Number.POSITIVE_INFINITY));
		}
		beforeLast = last;
		last = current;
	}
	return cell(last, b.length);
}
function cell(row, column) {
	return row[column] ?? Number.POSITIVE_INFINITY;
}

// src/contract/read.ts
/** Reads one text (not empty, trimmed) as its kind says. */
function readText(kind, text, aids) {
	switch (kind.kind) {
		case "boolean": return readBoolean(text);
		case "list": return readList(kind.item, text, kind.maxItems);
		case "yaml": return readYaml(kind, text, aids.yaml);
		case "files": return readFiles(text, aids.exists);
		case "secret": return kind.orFile === true ? readSecretOrFile(text, aids.exists) : { value: text };
		default: return readItem(kind, text);
	}
}
function readItem(kind, text) {
	switch (kind.kind) {
		case "string": return readString(kind, text);
		case "integer":
		case "weight": {
			const digits = kind.kind === "weight" ? text.replace(/\s*%$/, "") : text;
			if (!/^[+-]?\d+$/.test(digits)) return { problem: "is not a whole number" };
			const limits = kind.kind === "weight" ? {
				min: kind.min ?? 0,
				max: kind.max ?? 100
			} : kind;
			return within(Number(digits), limits.min, limits.max);
		}
		case "number": return /^[+-]?(\d+(\.\d*)?|\.\d+)$/.test(text) ? within(Number(text), kind.min, kind.max) : { problem: "is not a number" };
		case "duration": {
			const ms = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_1__._)(text.toLowerCase().replaceAll(" ", ""));
			if (ms !== void 0) return within(ms, limit(kind.min, _base_mjs__WEBPACK_IMPORTED_MODULE_1__._), limit(kind.max, _base_mjs__WEBPACK_IMPORTED_MODULE_1__._));
			return /^\d+(\.\d+)?$/.test(text) ? {
				problem: "has no unit",
				meant: `${text}s`
			} : { problem: "is not a duration" };
		}
		case "quantity": {
			const amount = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_1__.v)(text);
			if (amount === void 0) return { problem: "is not a quantity" };
			return within(amount, limit(kind.min, _base_mjs__WEBPACK_IMPORTED_MODULE_1__.v), limit(kind.max, _base_mjs__WEBPACK_IMPORTED_MODULE_1__.v));
		}
		case "enum":
			if (kind.values.includes(text)) return { value: text };
			return {
				problem: "is none of the choices",
				meant: suggest(text, kind.values)
			};
	}
}
function readString(kind, text) {
	if (kind.maxLength !== void 0 && text.length > kind.maxLength) return { problem: `has ${text.length} characters, at most ${kind.maxLength} are allowed` };
	const problem = kind.pattern === void 0 || kind.pattern.exec(text)?.[0] === text ? kind.flawOf?.(text) : "does not have the right form";
	return problem === void 0 ? { value: text } : { problem };
}
const booleans = /* @__PURE__ */ new Map([["true", true], ["false", false]]);
const nearBooleans = /* @__PURE__ */ new Map([
	["yes", "true"],
	["on", "true"],
	["1", "true"],
	["no", "false"],
	["off", "false"],
	["0", "false"]
]);
function readBoolean(text) {
	const value = booleans.get(text.toLowerCase());
	return value === void 0 ? {
		problem: "is neither true nor false",
		meant: nearBooleans.get(text.toLowerCase())
	} : { value };
}
function readList(item, text, maxItems) {
	const values = [];
	const items = splitItems(text);
	for (const [index, part] of items.entries()) {
		const reading = readItem(item, part);
		if (!("value" in reading)) return {
			...reading,
			problem: `item ${index + 1}, “${part}”, ${reading.problem}`
		};
		values.push(reading.value);
	}
	if (maxItems !== void 0 && values.length > maxItems) return { problem: `has ${values.length} items, at most ${maxItems} are allowed` };
	return { value: values };
}
/** Parts between commas or line breaks, without empty ones. A comma inside `{…}` belongs to a glob. */
function splitItems(text) {
	const parts = [];
	let part = "";
	let depth = 0;
	for (const character of text) {
		if (character === "{") depth++;
		if (character === "}") depth = Math.max(0, depth - 1);
		if (character === "\n" || character === "," && depth === 0) {
			parts.push(part);
			part = "";
			depth = 0;
		} else part += character;
	}
	return [...parts, part].map((item) => item.trim()).filter((item) => item !== "");
}
function readYaml(kind, text, parseYaml) {
	let value;
	try {
		value = parseYaml(text);
	} catch (cause) {
		return { problem: `is not YAML: ${(0,_base_mjs__WEBPACK_IMPORTED_MODULE_1__.b)(cause).split(/:?\n/)[0]}` };
	}
	if (kind.schema === void 0) return { value };
	const complaints = [];
	const result = kind.schema(value, (path, problem) => complaints.push(`${path} ${problem}`.trim()));
	return complaints.length === 0 ? { value: result } : { problem: complaints.join("; ") };
}
function readFiles(text, exists) {
	const patterns = splitItems(text);
	const empty = patterns.filter((pattern) => pattern !== "-" && exists !== void 0 && !exists(pattern));
	if (empty.length === 0) return { value: patterns };
	return { problem: `${empty.map((pattern) => `“${pattern}”`).join(", ")} names no file in the workspace` };
}
/** Content has several lines or is JSON; everything else can only be a path. The text is never quoted. */
function readSecretOrFile(text, exists) {
	if (!isPath(text)) return { value: { content: text } };
	if (exists === void 0 || exists(text)) return { value: { file: text } };
	return { problem: "is neither an existing file nor the content of one (base64 must be decoded first)" };
}
/** Whether a `secret` that may be a file is the path of one, and hence no secret itself. */
function isPath(text) {
	return !text.includes("\n") && !text.trimStart().startsWith("{") && text.length < 4096;
}
function limit(text, parse) {
	return text === void 0 ? void 0 : parse(text);
}
function within(value, min, max) {
	if (!Number.isFinite(value)) return { problem: "is too large" };
	if (min !== void 0 && value < min) return { problem: "is too small" };
	if (max !== void 0 && value > max) return { problem: "is too large" };
	return { value };
}

// src/contract/rules.ts
/** `spell` writes an input the way its host does: `probe-rate` or `--probe-rate`. */
function brokenRules(rules, facts, spell) {
	return rules.flatMap((rule) => {
		if (rule.when !== void 0 && !holds(rule.when, facts)) return [];
		if (rule.rule === "oneOf") return brokenChoice(rule, facts, spell);
		const reason = describeCondition(rule.when, facts, spell);
		if (rule.rule === "requires") return rule.needs.filter((name) => !facts.given(name)).map((name) => ({
			inputs: [name],
			message: `is missing: ${reason} needs it, because ${rule.because}`
		}));
		return rule.with.filter((condition) => holds(condition, facts)).map((condition) => ({
			inputs: [nameOf(rule.when), nameOf(condition)],
			message: `${reason} and ${describeCondition(condition, facts, spell)} exclude each other: ${rule.because}`
		}));
	});
}
function brokenChoice(rule, facts, spell) {
	const given = rule.of.filter((name) => facts.given(name));
	if (given.length === 1) return [];
	const names = rule.of.map(spell).join(", ");
	const condition = rule.when === void 0 ? "" : ` with ${describeCondition(rule.when, facts, spell)}`;
	const found = given.length === 0 ? "none was given" : `given were ${given.map(spell).join(" and ")}`;
	return [{
		inputs: rule.of,
		message: `exactly one of ${names} is needed${condition}, ${found}: ${rule.because}`
	}];
}
function holds(condition, facts) {
	if (typeof condition === "string") return facts.given(condition);
	const text = facts.text(condition.input);
	return text !== void 0 && condition.is.includes(text.trim());
}
function nameOf(condition) {
	return typeof condition === "string" ? condition : condition.input;
}
function describeCondition(condition, facts, spell) {
	if (typeof condition === "string") return spell(condition);
	return `${spell(condition.input)} ${facts.text(condition.input)?.trim() ?? ""}`.trim();
}

// src/contract/parse.ts
/** Reads all inputs, and reports all that is wrong instead of the first. */
async function readInputs(contract, given, options = {}) {
	const { spelling = yamlSpelling } = options;
	const facts = createFacts(contract, given);
	const aids = {
		yaml: await loadYaml(contract, facts),
		exists: options.exists
	};
	const problems = [];
	const values = {};
	for (const [name, spec] of Object.entries(contract.inputs)) {
		const text = facts.text(name);
		if (text === void 0) {
			if (spec.required === true) problems.push({
				input: name,
				problem: "is missing"
			});
			values[camelCase(name)] = void 0;
			continue;
		}
		const reading = readText(spec, text, aids);
		if ("value" in reading) values[camelCase(name)] = reading.value;
		else problems.push({
			input: name,
			...reading,
			given: spec.kind === "secret" ? void 0 : text
		});
	}
	const wrong = new Set(problems.map(({ input }) => input));
	for (const { inputs, message } of brokenRules(contract.rules, facts, spelling.name)) {
		const input = inputs.find((name) => !wrong.has(name));
		if (input !== void 0) problems.push({
			input,
			problem: message
		});
	}
	return {
		inputs: problems.length === 0 ? Object.freeze(values) : void 0,
		problems,
		unknown: unknownInputs(contract, given)
	};
}
/**
* The texts that must never be printed, for a host to mask before it does anything else. `exists` tells whether a path names
* a file: only then it is no secret.
*/
function secretsOf(contract, given, exists) {
	return Object.entries(contract.inputs).flatMap(([name, spec]) => {
		const text = given[name]?.trim() ?? "";
		return spec.kind === "secret" && text !== "" ? maskable(spec, text, exists) : [];
	});
}
/** A shorter word may stand anywhere: a mask of it would black out what has nothing to do with it. */
const shortestMasked = 16;
/**
* A document is masked by its long words, for a mask of each of its lines would black out `kind: Config` everywhere,
* and with it every output that happens to contain it. Addresses stay readable. What should be a path and leads to no file
* may be a document in base64.
*/
function maskable(spec, text, exists) {
	if (spec.orFile === true && isPath(text)) return text.length < shortestMasked || exists(text) ? [] : [text];
	if (!text.includes("\n") && !text.startsWith("{")) return [text];
	const words = text.split(/[\s"',{}[\]]+/).filter((word) => word.length >= shortestMasked && !word.includes("://"));
	return [...new Set(words)];
}
function createFacts(contract, given) {
	const textGiven = (name) => given[name]?.trim() || void 0;
	return {
		given: (name) => textGiven(name) !== void 0,
		text(name) {
			const spec = contract.inputs[name];
			return textGiven(name) ?? (spec === void 0 ? void 0 : literalDefault(spec));
		}
	};
}
/** The YAML reader is loaded only when there is YAML to read: most runs start without it. */
async function loadYaml(contract, facts) {
	if (!Object.entries(contract.inputs).some(([name, spec]) => spec.kind === "yaml" && facts.text(name) !== void 0)) return () => null;
	const { parse } = await Promise.all(/* import() */[__nccwpck_require__.e(949), __nccwpck_require__.e(709)]).then(__nccwpck_require__.bind(__nccwpck_require__, 7709)).then((m) => /* @__PURE__ */ (0,_rolldown_runtime_mjs__WEBPACK_IMPORTED_MODULE_0__.r)(m.default, 1));
	return (text) => {
		const value = parse(text, { maxAliasCount: 100 });
		if ((0,_base_mjs__WEBPACK_IMPORTED_MODULE_1__.d)(value)) throw new Error("an alias (`*name`) stands inside of what it names");
		return value;
	};
}
function unknownInputs(contract, given) {
	const declared = Object.keys(contract.inputs);
	return Object.keys(given).filter((name) => !Object.hasOwn(contract.inputs, name)).map((name) => ({
		name,
		meant: suggest(name, declared)
	}));
}



/***/ }),

/***/ 3487:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   t: () => (/* binding */ contract)
/* harmony export */ });
/* harmony import */ var _contract_mjs__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(9759);
/* harmony import */ var _inputs_mjs__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(3883);
/* harmony import */ var _outputs_mjs__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(665);
/* harmony import */ var _rules_mjs__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(5814);





// src/commands/bluegreen-deploy/inputs.ts
/** Inputs of this command alone that say what is released, how its traffic moves, and what is put up with. */
const force = {
	kind: "boolean",
	default: "false",
	description: "Release even when the new version has the same template as the running one."
};
const allowOlder = {
	kind: "boolean",
	default: "false",
	description: "Release even when something newer is live: a later run released it, or this commit is an ancestor of the released one, or the two have no order. Else an older commit ends `Superseded`."
};
const githubToken = {
	kind: "secret",
	default: "${{ github.token }}",
	description: "Token with which GitHub is asked how this commit stands to the released one; it takes `contents: read`. Without it, only the order of the workflow runs counts."
};
const image = {
	kind: "list",
	item: {
		kind: "string",
		shape: "an image, or `container=image` when the pod has several containers",
		pattern: /([a-z0-9]([a-z0-9-]*[a-z0-9])?=)?[\w][\w./:@-]*/
	},
	maxItems: 20,
	quote: true,
	description: "Image to run instead of the one that the manifests name; `container=image` picks the container. A digest (`name@sha256:…`) is the only name that cannot come to mean something else.",
	example: "ghcr.io/acme/shop:1.10.0"
};
const workload = {
	kind: "string",
	description: "Name of the Deployment to release. When not given: the one with the name of the app, or the only one there is. Other workloads of the manifests are applied like everything else.",
	shape: "the name of a Deployment",
	pattern: /[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?/,
	example: "web"
};
const service = {
	kind: "string",
	description: "Name of the app's own Service, which the routes name. When not given: the one with the name of the app, or the only one that selects the Deployment. Other Services that select it move together with this one.",
	shape: "the name of a Service",
	pattern: /[a-z]([a-z0-9-]{0,61}[a-z0-9])?/,
	example: "web"
};
const traffic = {
	kind: "enum",
	values: [
		"auto",
		"gateway",
		"service"
	],
	default: "auto",
	description: "What moves the traffic. `gateway`: the weights of HTTPRoutes. `service`: the selector of the Service of the app, for apps that callers reach without a route, or through an Ingress. `auto`: routes when any leads to the app, its Service otherwise."
};
const drain = {
	kind: "enum",
	values: ["keep", "close"],
	default: "keep",
	description: "What becomes of callers that keep a connection to a pod of the old version. `keep`: they stay there while it is warm, and are counted. `close`: once the new version is promoted the old pods are let go, which ends their connections; a rollback has to start them again."
};
const drainDeadline = {
	kind: "duration",
	default: "2m",
	min: "1s",
	max: "6h",
	description: "How long the old pods may take to go with `drain: close`; they get their SIGTERM and their grace period as ever.",
	example: "10m"
};
const tolerance = {
	kind: "integer",
	default: "0",
	min: 0,
	unit: "requests",
	description: "How many failed requests, attributable to the new version or to the switch, are put up with before the release is undone.",
	example: "2"
};

// src/commands/bluegreen-deploy/contract.ts
const contract = (0,_contract_mjs__WEBPACK_IMPORTED_MODULE_0__.c)({
	name: "bluegreen-deploy",
	summary: "Release a new version beside the running one and switch to it without losing a request",
	description: "Brings the new version up in the idle slot, proves it with smoke tests, switches the traffic, and counts every request on the real entry point meanwhile. A failed check, a lost request or a cancelled run takes everything back. The old version stays warm for the rollback window.\n\nCalling it again for the same app continues what an earlier call left: `until: preview` stops at a proven preview, a second call with `until: promoted` goes on from there.",
	branding: {
		icon: "git-merge",
		color: "green"
	},
	post: true,
	positional: "app",
	inputs: {
		app: _inputs_mjs__WEBPACK_IMPORTED_MODULE_1__.t,
		namespace: _inputs_mjs__WEBPACK_IMPORTED_MODULE_1__.o,
		manifests: {
			kind: "files",
			description: "Manifests of the app: files, globs or directories, each with any number of documents; `-` reads rendered output from standard input. When not given, the running workload is released with another `image`.",
			example: "k8s/*.yaml"
		},
		image,
		workload,
		service,
		route: _inputs_mjs__WEBPACK_IMPORTED_MODULE_1__.u,
		"version-configs": {
			kind: "enum",
			values: ["auto", "none"],
			default: "auto",
			description: "`auto`: a ConfigMap of the manifests that the pods read is released with them, as a copy that is named by its content; a rollback finds the old one. `none`: ConfigMaps are applied under their own names, but never one that the live pods read and that would change."
		},
		"version-secrets": {
			kind: "list",
			item: {
				kind: "string",
				shape: "the name of a Secret",
				pattern: /[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?/
			},
			maxItems: 20,
			description: "Secrets that are released in the same way. It takes the right to read and write Secrets, and keeps old credentials: leave out those that are rotated.",
			example: "shop-api-keys"
		},
		"allow-owner": {
			kind: "list",
			item: {
				kind: "enum",
				values: ["argocd", "flux"]
			},
			maxItems: 2,
			description: "Confirms that this sync leaves alone what a release steers; what to tell it is said by the refusal and by docs/gitops.md.",
			example: "argocd"
		},
		"allow-annotations": {
			kind: "list",
			item: {
				kind: "string",
				shape: "the whole name of an annotation",
				pattern: /[a-z0-9.-]+\/[A-Za-z0-9._-]+/
			},
			maxItems: 50,
			description: "Annotations of the Service by which a cloud or gateway treats its pods in its own way, and which need not hold while the route sends to the Services of the slots. Any other one of that sort is refused.",
			example: "cloud.google.com/neg"
		},
		traffic,
		mode: {
			kind: "enum",
			values: ["deploy", "plan"],
			default: "deploy",
			description: "`plan` shows every step and the permissions that it takes, and changes nothing."
		},
		until: {
			kind: "enum",
			values: [
				"preview",
				"promoted",
				"retired"
			],
			default: "promoted",
			description: "Where to stop. `preview`: the new version is up and proven, and takes no traffic. `promoted`: it takes all traffic and the old one stays warm. `retired`: the rollback window is waited for and the old version is let go."
		},
		"preview-replicas": {
			kind: "integer",
			min: 1,
			description: "With `until: preview`: how many pods the preview has. Before it is promoted it is brought to the size of the live version. When not given: as many as the live version.",
			example: "1"
		},
		smoke: _inputs_mjs__WEBPACK_IMPORTED_MODULE_1__.d,
		"smoke-timeout": _inputs_mjs__WEBPACK_IMPORTED_MODULE_1__.f,
		"probe-url": _rules_mjs__WEBPACK_IMPORTED_MODULE_3__.c,
		"probe-host": _rules_mjs__WEBPACK_IMPORTED_MODULE_3__.a,
		"probe-rate": _rules_mjs__WEBPACK_IMPORTED_MODULE_3__.s,
		"probe-from": _rules_mjs__WEBPACK_IMPORTED_MODULE_3__.i,
		"probe-image": _rules_mjs__WEBPACK_IMPORTED_MODULE_3__.o,
		"version-header": _rules_mjs__WEBPACK_IMPORTED_MODULE_3__.l,
		"version-jsonpath": _rules_mjs__WEBPACK_IMPORTED_MODULE_3__.u,
		tolerance,
		"progress-deadline": {
			kind: "duration",
			default: "5m",
			min: "1s",
			max: "6h",
			description: "By when the pods of the new version must be ready. What cannot become ready, like a wrong image, ends it earlier.",
			example: "10m"
		},
		"scheduling-timeout": {
			kind: "duration",
			default: "30s",
			min: "0s",
			max: "6h",
			description: "How long pods of the new version may go without a node. Longer where nodes are added on demand.",
			example: "5m"
		},
		observe: {
			kind: "duration",
			default: "10s",
			min: "0s",
			max: "6h",
			description: "How long the new version is watched under the full traffic before it counts as promoted.",
			example: "5m"
		},
		"rollback-window": {
			kind: "duration",
			default: "10m",
			min: "0s",
			max: "7d",
			description: "How long the old version stays warm after the switch, so that a rollback is one patch.",
			example: "1h"
		},
		drain,
		"drain-deadline": drainDeadline,
		"deploy-budget": {
			kind: "duration",
			default: "5m",
			min: "10s",
			max: "6h",
			description: "How long the whole release may take, besides `observe`; after that it is undone.",
			example: "15m"
		},
		"rollback-budget": _inputs_mjs__WEBPACK_IMPORTED_MODULE_1__.l,
		"park-timeout": {
			kind: "duration",
			default: "24h",
			min: "1m",
			max: "30d",
			description: "How long a preview waits to be gone on with. After that the next release, or `retire`, takes it back, and it cannot be promoted any more.",
			example: "2h"
		},
		release: {
			kind: "string",
			description: "Id of the release to go on with, as the output `release` of the call with `until: preview` gave it. Any other state of the app is refused.",
			shape: "the id of a release",
			pattern: /[a-z0-9]([a-z0-9.-]*[a-z0-9])?/,
			example: "shop-7-tp4gvb"
		},
		force,
		"allow-older": allowOlder,
		"github-token": githubToken,
		"lock-timeout": _inputs_mjs__WEBPACK_IMPORTED_MODULE_1__.a,
		"lease-duration": _inputs_mjs__WEBPACK_IMPORTED_MODULE_1__.i,
		kubeconfig: _inputs_mjs__WEBPACK_IMPORTED_MODULE_1__.r,
		context: _inputs_mjs__WEBPACK_IMPORTED_MODULE_1__.n,
		"report-dir": _inputs_mjs__WEBPACK_IMPORTED_MODULE_1__.c,
		"publish-logs": _inputs_mjs__WEBPACK_IMPORTED_MODULE_1__.s
	},
	rules: [
		{
			rule: "conflicts",
			when: {
				input: "traffic",
				is: ["service"]
			},
			with: ["route"],
			because: "a route is not what moves the traffic then"
		},
		{
			rule: "conflicts",
			when: {
				input: "drain",
				is: ["close"]
			},
			with: ["rollback-window"],
			because: "the old version goes at once, so that there is no window"
		},
		{
			rule: "conflicts",
			when: {
				input: "drain",
				is: ["keep"]
			},
			with: ["drain-deadline"],
			because: "nothing is waited for while the old version is kept"
		},
		..._rules_mjs__WEBPACK_IMPORTED_MODULE_3__.t
	],
	outputs: {
		release: _outputs_mjs__WEBPACK_IMPORTED_MODULE_2__.s,
		outcome: (0,_outputs_mjs__WEBPACK_IMPORTED_MODULE_2__.a)("Promoted", "Retired", "Parked", "NothingToRelease", "Aborted", "Inconclusive", "Superseded", "Planned", "Refused"),
		verdict: _outputs_mjs__WEBPACK_IMPORTED_MODULE_2__.u,
		reason: _outputs_mjs__WEBPACK_IMPORTED_MODULE_2__.o,
		"active-slot": _outputs_mjs__WEBPACK_IMPORTED_MODULE_2__.t,
		"previous-revision": {
			kind: "number",
			description: "Number of the revision that was live before; empty for the first release of an app.",
			example: "7"
		},
		"duration-seconds": _outputs_mjs__WEBPACK_IMPORTED_MODULE_2__.n,
		requests: _outputs_mjs__WEBPACK_IMPORTED_MODULE_2__.l,
		"failed-requests": _outputs_mjs__WEBPACK_IMPORTED_MODULE_2__.i,
		"cutover-ms": {
			kind: "number",
			description: "Milliseconds from the first answer of the new version to the last one of the old; empty when not measured.",
			example: "180"
		},
		evidence: _outputs_mjs__WEBPACK_IMPORTED_MODULE_2__.r,
		report: _outputs_mjs__WEBPACK_IMPORTED_MODULE_2__.c,
		"rollback-command": {
			description: "The command that takes it back, with the entry point as it was given here (but for one with a user or a query); empty when nothing was released, or there is nothing to go back to.",
			example: "streamgate rollback shop --namespace production --probe-url https://shop.example.com/"
		}
	}
});



/***/ }),

/***/ 1366:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   t: () => (/* binding */ contract)
/* harmony export */ });
/* harmony import */ var _contract_mjs__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(9759);
/* harmony import */ var _inputs_mjs__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(3883);
/* harmony import */ var _outputs_mjs__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(665);




// src/commands/release/contract.ts
const contract = (0,_contract_mjs__WEBPACK_IMPORTED_MODULE_0__.c)({
	name: "release",
	summary: "Hand an app back as plain objects, with its pods running on",
	description: "With `--eject`: what serves goes on serving as a plain Deployment, Services and routes without anything of StreamGate in them, and no pod is restarted. The idle slot, the slot Services, kept revisions, the journal and the lock are deleted. A run that was cut short is ended by the same command. To release a version, use `bluegreen-deploy`.",
	hosts: ["terminal"],
	positional: "app",
	inputs: {
		app: _inputs_mjs__WEBPACK_IMPORTED_MODULE_1__.t,
		namespace: _inputs_mjs__WEBPACK_IMPORTED_MODULE_1__.o,
		eject: {
			kind: "boolean",
			default: "false",
			description: "Say that the app is to be handed back. There is no way back but taking it over again."
		},
		"lock-timeout": _inputs_mjs__WEBPACK_IMPORTED_MODULE_1__.a,
		"lease-duration": _inputs_mjs__WEBPACK_IMPORTED_MODULE_1__.i,
		kubeconfig: _inputs_mjs__WEBPACK_IMPORTED_MODULE_1__.r,
		context: _inputs_mjs__WEBPACK_IMPORTED_MODULE_1__.n
	},
	rules: [],
	outputs: {
		outcome: (0,_outputs_mjs__WEBPACK_IMPORTED_MODULE_2__.a)("Ejected", "Inconclusive", "Superseded", "Aborted", "Refused"),
		verdict: _outputs_mjs__WEBPACK_IMPORTED_MODULE_2__.u,
		reason: _outputs_mjs__WEBPACK_IMPORTED_MODULE_2__.o
	}
});



/***/ }),

/***/ 6137:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   t: () => (/* binding */ contract)
/* harmony export */ });
/* harmony import */ var _contract_mjs__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(9759);
/* harmony import */ var _inputs_mjs__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(3883);
/* harmony import */ var _outputs_mjs__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(665);




// src/commands/retire/contract.ts
const contract = (0,_contract_mjs__WEBPACK_IMPORTED_MODULE_0__.c)({
	name: "retire",
	summary: "Let old pods go once their rollback window is over",
	description: "After a release the old version stays warm for the rollback window, and nothing in the cluster watches the clock. This does, whenever it is called: it scales the old pods of an app to 0, or with `due` those of every app of the namespace whose window is over, and takes back previews that nobody went on with in time. A release that is under way is left alone. A rollback works afterwards, too; it starts the pods again from their recorded revision.",
	branding: {
		icon: "moon",
		color: "gray-dark"
	},
	positional: "app",
	inputs: {
		app: {
			..._inputs_mjs__WEBPACK_IMPORTED_MODULE_1__.t,
			required: false,
			description: "Name of the app. Left out with `due`."
		},
		namespace: _inputs_mjs__WEBPACK_IMPORTED_MODULE_1__.o,
		due: {
			kind: "boolean",
			default: "false",
			description: "Look at every app of the namespace, and let go what is due. For a schedule; there is nothing to do most of the time, and that passes."
		},
		now: {
			kind: "boolean",
			default: "false",
			description: "Let the old pods go although the rollback window is not over yet."
		},
		"lock-timeout": {
			..._inputs_mjs__WEBPACK_IMPORTED_MODULE_1__.a,
			default: "1m",
			description: "How long to wait for a release of the same app to end; then the app is left alone."
		},
		"lease-duration": _inputs_mjs__WEBPACK_IMPORTED_MODULE_1__.i,
		kubeconfig: _inputs_mjs__WEBPACK_IMPORTED_MODULE_1__.r,
		context: _inputs_mjs__WEBPACK_IMPORTED_MODULE_1__.n,
		"report-dir": _inputs_mjs__WEBPACK_IMPORTED_MODULE_1__.c
	},
	rules: [{
		rule: "requires",
		when: {
			input: "due",
			is: ["false"]
		},
		needs: ["app"],
		because: "only `due` looks at all apps"
	}, {
		rule: "conflicts",
		when: {
			input: "due",
			is: ["true"]
		},
		with: ["app", {
			input: "now",
			is: ["true"]
		}],
		because: "it takes what is due of all apps, and nothing before its time"
	}],
	outputs: {
		outcome: (0,_outputs_mjs__WEBPACK_IMPORTED_MODULE_2__.a)("Retired", "Checked", "Inconclusive", "Aborted", "Refused"),
		verdict: _outputs_mjs__WEBPACK_IMPORTED_MODULE_2__.u,
		reason: _outputs_mjs__WEBPACK_IMPORTED_MODULE_2__.o,
		retired: {
			description: "Apps whose old pods were let go, or whose preview was taken back, separated by commas.",
			example: "shop,cart"
		},
		left: {
			kind: "number",
			description: "How many apps were left as they are.",
			example: "3"
		},
		"duration-seconds": _outputs_mjs__WEBPACK_IMPORTED_MODULE_2__.n,
		evidence: _outputs_mjs__WEBPACK_IMPORTED_MODULE_2__.r,
		report: _outputs_mjs__WEBPACK_IMPORTED_MODULE_2__.c
	}
});



/***/ }),

/***/ 4424:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   t: () => (/* binding */ contract)
/* harmony export */ });
/* harmony import */ var _contract_mjs__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(9759);
/* harmony import */ var _inputs_mjs__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(3883);
/* harmony import */ var _outputs_mjs__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(665);
/* harmony import */ var _rules_mjs__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(5814);





// src/commands/rollback/contract.ts
const contract = (0,_contract_mjs__WEBPACK_IMPORTED_MODULE_0__.c)({
	name: "rollback",
	summary: "Take an app back to the version before, with nothing in hand but its name",
	description: "Within the rollback window the old version is still warm, and one patch per route gives it the traffic back. Later it is brought up from its recorded revision first. Either way it is proven that the old version answers. When there is nothing to go back to, it refuses and says why.",
	branding: {
		icon: "rotate-ccw",
		color: "orange"
	},
	post: true,
	positional: "app",
	inputs: {
		app: _inputs_mjs__WEBPACK_IMPORTED_MODULE_1__.t,
		namespace: _inputs_mjs__WEBPACK_IMPORTED_MODULE_1__.o,
		to: {
			kind: "integer",
			min: 1,
			description: "Number of the revision to go back to. When not given: the one before the live one.",
			example: "7"
		},
		drill: {
			kind: "boolean",
			default: "false",
			description: "Go back and return at once, to measure the way back while nobody needs it. Only while the old version is warm."
		},
		now: {
			kind: "boolean",
			default: "false",
			description: "Send the traffic back before anything else, also to fewer pods than the live version has: they are scaled up afterwards. When not set, the older version is brought to the live size first. Pods that are gone have to be started in any case."
		},
		"unfinished-only": {
			kind: "boolean",
			default: "false",
			description: "Only reverse a release that never ended, because its runner was lost; when there is none, do nothing and pass. For a job that runs after a release that did not succeed."
		},
		mode: {
			kind: "enum",
			values: ["deploy", "plan"],
			default: "deploy",
			description: "`plan` shows every step, and changes nothing."
		},
		route: _inputs_mjs__WEBPACK_IMPORTED_MODULE_1__.u,
		"probe-url": {
			..._rules_mjs__WEBPACK_IMPORTED_MODULE_3__.c,
			description: "Address of the real entry point, as callers use it; it is asked all through the rollback to count lost requests. When not given: the one that the Gateway of the route, an Ingress or the Service publishes. Where none is found, the traffic goes back all the same, nothing is asked, and the outcome says that loss was not measured; only `drill` needs one."
		},
		"probe-host": _rules_mjs__WEBPACK_IMPORTED_MODULE_3__.a,
		"probe-rate": _rules_mjs__WEBPACK_IMPORTED_MODULE_3__.s,
		"probe-from": _rules_mjs__WEBPACK_IMPORTED_MODULE_3__.i,
		"probe-image": _rules_mjs__WEBPACK_IMPORTED_MODULE_3__.o,
		"version-header": _rules_mjs__WEBPACK_IMPORTED_MODULE_3__.l,
		"version-jsonpath": _rules_mjs__WEBPACK_IMPORTED_MODULE_3__.u,
		"progress-deadline": {
			kind: "duration",
			default: "2m",
			min: "1s",
			max: "6h",
			description: "By when the pods of the old version must be ready again, when they are no longer warm.",
			example: "5m"
		},
		"rollback-budget": _inputs_mjs__WEBPACK_IMPORTED_MODULE_1__.l,
		"lock-timeout": _inputs_mjs__WEBPACK_IMPORTED_MODULE_1__.a,
		"lease-duration": _inputs_mjs__WEBPACK_IMPORTED_MODULE_1__.i,
		kubeconfig: _inputs_mjs__WEBPACK_IMPORTED_MODULE_1__.r,
		context: _inputs_mjs__WEBPACK_IMPORTED_MODULE_1__.n,
		"report-dir": _inputs_mjs__WEBPACK_IMPORTED_MODULE_1__.c,
		"publish-logs": _inputs_mjs__WEBPACK_IMPORTED_MODULE_1__.s
	},
	rules: [
		{
			rule: "conflicts",
			when: {
				input: "unfinished-only",
				is: ["true"]
			},
			with: ["to", {
				input: "drill",
				is: ["true"]
			}],
			because: "what is reversed is the release that did not end, wherever that leads back to"
		},
		{
			rule: "conflicts",
			when: {
				input: "now",
				is: ["true"]
			},
			with: [{
				input: "drill",
				is: ["true"]
			}],
			because: "a drill is for quiet times, and must not leave callers with too few pods"
		},
		..._rules_mjs__WEBPACK_IMPORTED_MODULE_3__.t
	],
	outputs: {
		release: _outputs_mjs__WEBPACK_IMPORTED_MODULE_2__.s,
		outcome: (0,_outputs_mjs__WEBPACK_IMPORTED_MODULE_2__.a)("FastRolledBack", "RolledBack", "Promoted", "Aborted", "Inconclusive", "Superseded", "Planned", "Checked", "Refused"),
		verdict: _outputs_mjs__WEBPACK_IMPORTED_MODULE_2__.u,
		reason: _outputs_mjs__WEBPACK_IMPORTED_MODULE_2__.o,
		"active-slot": _outputs_mjs__WEBPACK_IMPORTED_MODULE_2__.t,
		revision: {
			kind: "number",
			description: "Number of the revision that is live now.",
			example: "7"
		},
		"duration-seconds": _outputs_mjs__WEBPACK_IMPORTED_MODULE_2__.n,
		"rollback-ms": {
			kind: "number",
			description: "Milliseconds from the start to the last answer of the abandoned version; empty when not measured.",
			example: "1900"
		},
		requests: _outputs_mjs__WEBPACK_IMPORTED_MODULE_2__.l,
		"failed-requests": _outputs_mjs__WEBPACK_IMPORTED_MODULE_2__.i,
		evidence: _outputs_mjs__WEBPACK_IMPORTED_MODULE_2__.r,
		report: _outputs_mjs__WEBPACK_IMPORTED_MODULE_2__.c
	}
});



/***/ }),

/***/ 691:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   t: () => (/* binding */ contract)
/* harmony export */ });
/* harmony import */ var _contract_mjs__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(9759);
/* harmony import */ var _outputs_mjs__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(665);



// src/commands/sandbox/contract.ts
const contract = (0,_contract_mjs__WEBPACK_IMPORTED_MODULE_0__.c)({
	name: "sandbox",
	summary: "Run a small Kubernetes in this process, to try everything without a cluster",
	description: "`up` opens the API and a gateway on loopback, writes a kubeconfig and runs until Ctrl-C. `down` ends one that runs elsewhere. Pods are local processes with real sockets; their images come from a fixed table, and nothing of a manifest is executed.",
	hosts: ["terminal"],
	positional: "action",
	inputs: {
		action: {
			kind: "enum",
			values: ["up", "down"],
			required: true,
			description: "`up` starts a sandbox, `down` ends it.",
			example: "up"
		},
		"kubeconfig-out": {
			kind: "string",
			default: ".streamgate/kubeconfig",
			description: "Where the kubeconfig is written; the process id stands beside it.",
			example: "/tmp/sandbox.kubeconfig"
		},
		port: {
			kind: "integer",
			default: "0",
			min: 0,
			max: 65535,
			description: "Port of the API on loopback; 0 takes a free one.",
			example: "6443"
		}
	},
	rules: [],
	outputs: {
		outcome: (0,_outputs_mjs__WEBPACK_IMPORTED_MODULE_1__.a)("Checked", "Inconclusive", "Aborted", "Refused"),
		verdict: _outputs_mjs__WEBPACK_IMPORTED_MODULE_1__.u,
		reason: _outputs_mjs__WEBPACK_IMPORTED_MODULE_1__.o,
		kubeconfig: { description: "Path of the kubeconfig." },
		gateway: {
			description: "Address of the gateway.",
			example: "http://127.0.0.1:8080"
		}
	}
});



/***/ }),

/***/ 5242:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   t: () => (/* binding */ contract)
/* harmony export */ });
/* harmony import */ var _contract_mjs__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(9759);
/* harmony import */ var _inputs_mjs__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(3883);
/* harmony import */ var _outputs_mjs__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(665);
/* harmony import */ var _rules_mjs__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(5814);





// src/commands/smoke-test/contract.ts
const contract = (0,_contract_mjs__WEBPACK_IMPORTED_MODULE_0__.c)({
	name: "smoke-test",
	summary: "Check each pod of a version, or one address, and prove which version answered",
	description: "Checks come from the probes and ports of the workload and from `smoke`. With `app` each ready pod is asked by itself, through a port-forward; with `url` that address is. A failing check is tried again until the deadline. Every answer must come from the version that is meant. No checks at all are `invalid`, never a pass.",
	branding: {
		icon: "check-circle",
		color: "blue"
	},
	positional: "app",
	inputs: {
		app: {
			..._inputs_mjs__WEBPACK_IMPORTED_MODULE_1__.t,
			required: false
		},
		url: {
			..._rules_mjs__WEBPACK_IMPORTED_MODULE_3__.c,
			flawOf: (0,_rules_mjs__WEBPACK_IMPORTED_MODULE_3__.r)("give `authorization` in the `headers` of a check"),
			description: "Address to check, instead of the pods of an `app`.",
			example: "https://shop.example.com"
		},
		namespace: _inputs_mjs__WEBPACK_IMPORTED_MODULE_1__.o,
		slot: {
			kind: "enum",
			values: [
				"active",
				"idle",
				"blue",
				"green"
			],
			default: "active",
			description: "Which pods of the app: those that take the traffic, those that do not, or those of a slot by name."
		},
		smoke: _inputs_mjs__WEBPACK_IMPORTED_MODULE_1__.d,
		"smoke-timeout": _inputs_mjs__WEBPACK_IMPORTED_MODULE_1__.f,
		version: {
			kind: "string",
			quote: true,
			maxLength: 200,
			description: "Version that must answer. When not given, every pod only has to answer with the same one.",
			example: "1.10.0"
		},
		"version-header": _rules_mjs__WEBPACK_IMPORTED_MODULE_3__.l,
		"version-jsonpath": _rules_mjs__WEBPACK_IMPORTED_MODULE_3__.u,
		kubeconfig: _inputs_mjs__WEBPACK_IMPORTED_MODULE_1__.r,
		context: _inputs_mjs__WEBPACK_IMPORTED_MODULE_1__.n,
		"report-dir": _inputs_mjs__WEBPACK_IMPORTED_MODULE_1__.c
	},
	rules: [
		{
			rule: "oneOf",
			of: ["app", "url"],
			because: "that is what gets checked"
		},
		{
			rule: "requires",
			when: "url",
			needs: ["smoke"],
			because: "an address has no probes that checks could be derived from"
		},
		_rules_mjs__WEBPACK_IMPORTED_MODULE_3__.n
	],
	outputs: {
		outcome: (0,_outputs_mjs__WEBPACK_IMPORTED_MODULE_2__.a)("Checked", "Inconclusive", "Aborted", "Refused"),
		verdict: _outputs_mjs__WEBPACK_IMPORTED_MODULE_2__.u,
		reason: _outputs_mjs__WEBPACK_IMPORTED_MODULE_2__.o,
		checks: {
			kind: "number",
			description: "How many checks were made.",
			example: "12"
		},
		"failed-checks": {
			kind: "number",
			description: "How many of them failed.",
			example: "0"
		},
		version: {
			description: "What the answers called themselves; empty when they did not, or did not agree.",
			example: "1.10.0"
		},
		"duration-seconds": _outputs_mjs__WEBPACK_IMPORTED_MODULE_2__.n,
		evidence: _outputs_mjs__WEBPACK_IMPORTED_MODULE_2__.r,
		report: _outputs_mjs__WEBPACK_IMPORTED_MODULE_2__.c
	}
});



/***/ }),

/***/ 3437:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   t: () => (/* binding */ contract)
/* harmony export */ });
/* harmony import */ var _contract_mjs__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(9759);
/* harmony import */ var _inputs_mjs__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(3883);
/* harmony import */ var _outputs_mjs__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(665);




// src/commands/status/contract.ts
const contract = (0,_contract_mjs__WEBPACK_IMPORTED_MODULE_0__.c)({
	name: "status",
	summary: "Show which version of an app is live, what is going on, and the way back",
	description: "Reads the cluster and changes nothing. Exits with 0 whatever it finds, also while a release is at work and after one that failed: what it finds is in the words and in `--json`. Exits with 3 where there is nothing to find: an app that was never released in the namespace (its first release has begun when its journal is there), or an API that gives no answer.",
	hosts: ["terminal"],
	positional: "app",
	inputs: {
		app: _inputs_mjs__WEBPACK_IMPORTED_MODULE_1__.t,
		namespace: _inputs_mjs__WEBPACK_IMPORTED_MODULE_1__.o,
		watch: {
			kind: "boolean",
			default: "false",
			description: "Show every change until the release that is going on has ended."
		},
		kubeconfig: _inputs_mjs__WEBPACK_IMPORTED_MODULE_1__.r,
		context: _inputs_mjs__WEBPACK_IMPORTED_MODULE_1__.n
	},
	rules: [],
	outputs: {
		outcome: (0,_outputs_mjs__WEBPACK_IMPORTED_MODULE_2__.a)("Checked", "Inconclusive", "Aborted", "Refused"),
		verdict: _outputs_mjs__WEBPACK_IMPORTED_MODULE_2__.u,
		reason: _outputs_mjs__WEBPACK_IMPORTED_MODULE_2__.o,
		release: _outputs_mjs__WEBPACK_IMPORTED_MODULE_2__.s,
		phase: {
			description: "Where the release stands: the state of its journal; empty when there was none yet.",
			example: "retired"
		},
		"active-slot": _outputs_mjs__WEBPACK_IMPORTED_MODULE_2__.t,
		revision: {
			kind: "number",
			description: "Number of the live revision.",
			example: "7"
		},
		"rollback-command": { description: "The command that goes back; empty when there is nothing to go back to." }
	}
});



/***/ }),

/***/ 5666:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   a: () => (/* binding */ renderSummary),
/* harmony export */   c: () => (/* binding */ plainText),
/* harmony export */   i: () => (/* binding */ renderPlainSummary),
/* harmony export */   n: () => (/* binding */ sealEvidence),
/* harmony export */   o: () => (/* binding */ renderHtml),
/* harmony export */   r: () => (/* binding */ renderTerminal),
/* harmony export */   s: () => (/* binding */ oneLine),
/* harmony export */   t: () => (/* binding */ worstVerdict)
/* harmony export */ });
/* harmony import */ var _base_mjs__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(5455);
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(7598);



// src/evidence/render/figures.ts
/** `12,000`: the same on every machine, whatever its locale. */
function formatCount(count) {
	if (!Number.isFinite(count)) return "unknown";
	return String(Math.round(count)).replace(/\B(?=(\d{3})+$)/g, ",");
}
/** `1 observation`, `6 observations`. */
function countOf(count, noun) {
	return `${formatCount(count)} ${noun}${count === 1 ? "" : "s"}`;
}
/** `36 by the candidate, 1 by the switch, 4 on the prober's own side`; empty when nothing failed. */
function attributionSentence(traffic) {
	return attributions.map(([attribution, phrase]) => [traffic.byAttribution[attribution] ?? 0, phrase]).filter(([count]) => count > 0).map(([count, phrase]) => `${formatCount(count)} ${phrase}`).join(", ");
}
const attributions = [
	["candidate", "by the candidate"],
	["switch", "by the switch"],
	["stable", "by the stable version"],
	["own-side", "on the prober's own side"]
];
/** A share with two significant digits: `0.025 %`. */
function formatShare(share) {
	return Number.isFinite(share) ? `${Number((share * 100).toPrecision(2))} %` : "unknown";
}
/**
* `0 of 12,000 (95 % bound 3/12,000 = 0.025 %)` or `37 of 12,000 (0.31 %)`.
* None of N failed bounds the true share by 3/N with 95 % confidence: the rule of three.
*/
function lossSentence(traffic) {
	const total = formatCount(traffic.planned);
	const counted = `${formatCount(traffic.failed)} of ${total}`;
	if (traffic.bound95 !== null) return `${counted} (95 % bound 3/${total} = ${(0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.h)(traffic.bound95)})`;
	return traffic.planned > 0 ? `${counted} (${formatShare(traffic.failed / traffic.planned)})` : counted;
}
/**
* `3 of 8 kept connections still talked to the old version when the traffic had moved; 0 requests on them ended without
* an answer`; empty where connections follow their route.
*/
function keptSentence({ keptConnections: kept }) {
	if (kept === null) return "";
	return `${`${formatCount(kept.onAbandoned)} of ${countOf(kept.connections, "kept connection")} still talked to the old version when the traffic had moved`}; ${countOf(kept.cut, "request")} on kept connections ended without an answer`;
}
function answeredCount(traffic) {
	return traffic.byVersion.reduce((sum, version) => sum + version.answers, 0);
}
/** Classes that occurred, most frequent first. */
function occurredClasses(traffic) {
	return knownClasses.map((name) => ({
		class: name,
		count: traffic.byClass[name] ?? 0
	})).filter(({ count }) => count > 0).sort((a, b) => b.count - a.count);
}
const knownClasses = [
	"ok",
	"status",
	"refused",
	"reset",
	"eof",
	"truncated",
	"timeout",
	"wrong-version",
	"protocol",
	"tls",
	"own-side"
];
/** Said when the classes do not add up to the plan; undefined when every request is accounted for. */
function accountingProblem(traffic) {
	const counted = occurredClasses(traffic).reduce((sum, { count }) => sum + count, 0);
	if (counted === traffic.planned) return void 0;
	return `${formatCount(counted)} requests ended, but ${formatCount(traffic.planned)} were planned: this count cannot be trusted.`;
}
/** The instants between which both versions answered: first of the candidate, last of the stable one. */
function cutoverWindow(traffic) {
	if (traffic.cutoverMs === null) return void 0;
	const telling = traffic.byVersion.filter(({ population }) => traffic.keptConnections === null || population === "fresh");
	const first = telling.filter((v) => v.role === "candidate").map((v) => Date.parse(v.firstAt));
	const last = telling.filter((v) => v.role === "stable").map((v) => Date.parse(v.lastAt));
	const from = Math.min(...first);
	const to = Math.max(...last);
	return Number.isFinite(from) && Number.isFinite(to) ? {
		from,
		to
	} : void 0;
}
function formatCutover(traffic) {
	return traffic.cutoverMs === null ? "not seen" : (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.g)(traffic.cutoverMs);
}
/** Time of day of an instant in UTC, `14:03:12.480`; the text itself when it is no instant. */
function timeOfDay(instant) {
	const ms = Date.parse(instant);
	return Number.isFinite(ms) ? new Date(ms).toISOString().slice(11, 23) : instant;
}
/** `2026-03-14 14:03:12 UTC`; the text itself when it is no instant. */
function dayAndTime(instant) {
	const ms = Date.parse(instant);
	if (!Number.isFinite(ms)) return instant;
	return `${new Date(ms).toISOString().slice(0, 19).replace("T", " ")} UTC`;
}
const eighths = [
	"",
	"▏",
	"▎",
	"▍",
	"▌",
	"▋",
	"▊",
	"▉",
	"█"
];
/** A bar of block characters, `width` long at share 1; anything above nothing is visible. */
function blockBar(share, width) {
	if (!(share > 0)) return "";
	const steps = Math.max(1, Math.round(Math.min(1, share) * width * 8));
	return "█".repeat(Math.floor(steps / 8)) + (eighths[steps % 8] ?? "");
}
const levels = " ▁▂▃▄▅▆▇█";
/** Numbers over time as one line of at most `width` characters; a dot where nothing happened. */
function sparkline(values, width, top = Math.max(...values, 0)) {
	const columns = Math.min(width, values.length);
	return Array.from({ length: columns }, (_, column) => {
		const from = Math.floor(column * values.length / columns);
		const to = Math.max(from + 1, Math.floor((column + 1) * values.length / columns));
		const slice = values.slice(from, to);
		const mean = slice.reduce((sum, value) => sum + value, 0) / slice.length;
		return mean > 0 && top > 0 ? levels[Math.max(1, Math.round(Math.min(1, mean / top) * 8))] ?? "█" : "·";
	}).join("");
}

// src/evidence/render/words.ts
/** Icon and word of a verdict. The icon never stands alone: some readers see neither shape nor colour. */
const verdictLook = {
	pass: {
		emoji: "✅",
		glyph: "✓",
		word: "Pass"
	},
	fail: {
		emoji: "❌",
		glyph: "✗",
		word: "Fail"
	},
	inconclusive: {
		emoji: "❔",
		glyph: "?",
		word: "Inconclusive"
	},
	invalid: {
		emoji: "⚠️",
		glyph: "!",
		word: "Invalid"
	}
};
const stepLook = {
	done: {
		glyph: "✓",
		word: "done"
	},
	failed: {
		glyph: "✗",
		word: "failed"
	},
	undone: {
		glyph: "↺",
		word: "undone"
	},
	skipped: {
		glyph: "–",
		word: "skipped"
	},
	planned: {
		glyph: "○",
		word: "planned"
	}
};
/** What an outcome says of its app: `shop was promoted`. */
const outcomePhrase = {
	Promoted: "was promoted",
	Retired: "was promoted and its old version retired",
	Ejected: "handed back",
	Parked: "is parked at a proven preview",
	NothingToRelease: "has nothing to release",
	Aborted: "was not released, every change was undone",
	RolledBack: "was rolled back",
	FastRolledBack: "was rolled back onto warm pods",
	Superseded: "gave way to a newer release",
	Inconclusive: "ended without a clear answer",
	Planned: "has a plan, nothing was changed",
	Checked: "was checked",
	Refused: "was refused, nothing was changed"
};
const classMeaning = {
	ok: "a wanted answer of a version of this release",
	status: "an HTTP status that was not wanted",
	refused: "the connection was refused",
	reset: "the connection was reset",
	eof: "closed before the first byte of an answer",
	truncated: "closed in the middle of an answer",
	timeout: "no whole answer in time",
	"wrong-version": "answered by neither side of the release",
	protocol: "an answer that is not HTTP",
	tls: "the TLS handshake failed",
	"own-side": "the prober's own side; never counted against a release"
};
const populationPhrase = {
	kept: "kept open",
	fresh: "one per request"
};
/** `shop in production was promoted`; where no app is meant, the command speaks for itself: `smoke-test was checked`. */
function outcomeSentence(evidence) {
	const subject = subjectOf(evidence);
	const where = subject === void 0 ? "" : ` in ${subject.namespace}`;
	return `${subject?.app ?? evidence.command}${where} ${outcomePhrase[evidence.outcome]}`;
}
/** What ended before any traffic was to be watched, or watches none. */
const unwatched = [
	"Planned",
	"Refused",
	"NothingToRelease",
	"Checked",
	"Superseded",
	"Ejected"
];
/** Whether a reader should hear that loss was not measured: not of a plan, a refusal, or a command that never probes. */
function missesTraffic({ traffic, outcome, release }) {
	return traffic === null && release !== null && !unwatched.includes(outcome);
}
/** Whether nothing was done yet, so that every duration is an expectation. */
function arePlanned(steps) {
	return steps.length > 0 && steps.every(({ outcome }) => outcome === "planned");
}
/** Documents of an earlier version name it in their release only. */
function subjectOf({ subject, release }) {
	return subject ?? release ?? void 0;
}

// src/evidence/render/facts.ts
/** Who released what, from where to where, when: the head of every view. Unknown facts are left out. */
function factsOf(evidence) {
	return [
		...subjectFacts(evidence),
		...releaseFacts(evidence),
		fact("Started", text$1(dayAndTime(evidence.startedAt))),
		fact("Duration", text$1((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.g)(evidence.durationMs))),
		fact("Commit", commitPiece(evidence.run)),
		fact("Run", runPiece(evidence.run)),
		fact("By", evidence.run.actor === "" ? void 0 : text$1(evidence.run.actor))
	].filter((found) => found !== void 0);
}
function subjectFacts(evidence) {
	const { app = null, namespace } = subjectOf(evidence) ?? {};
	return [fact("App", app === null ? void 0 : code$1(app)), fact("Namespace", namespace === void 0 ? void 0 : code$1(namespace))];
}
function releaseFacts({ release }) {
	if (release === null) return [];
	const { stable, candidate } = release;
	const first = stable === null ? text$1("first release → ") : void 0;
	return [
		fact("Release", code$1(release.id), text$1(` (${release.strategy})`)),
		fact("Traffic moved by", release.mode === "service" ? text$1("the selector of the app's own Service") : void 0),
		fact("Revision", first, ...change(stable, candidate, (side) => [text$1(revisionOf$1(side))])),
		fact("Version", ...change(stable, candidate, (side) => codes$1(side.versions, "not said"))),
		fact("Image", ...change(stable, candidate, (side) => codes$1(side.images, "unknown"))),
		fact("Replicas", ...change(stable, candidate, (side) => [text$1(String(side.replicas))]))
	];
}
/** The arrow of a change; one side alone when both read the same or there was only one. */
function change(from, to, show) {
	if (from === null) return show(to);
	const [before, after] = [show(from), show(to)];
	return JSON.stringify(before) === JSON.stringify(after) ? after : [
		...before,
		text$1(" → "),
		...after
	];
}
function revisionOf$1(side) {
	return side.revision === 0 ? `none yet (${side.slot})` : `${side.revision} (${side.slot})`;
}
function codes$1(values, none) {
	if (values.length === 0) return [text$1(none)];
	return values.flatMap((value, index) => index === 0 ? [code$1(value)] : [text$1(", "), code$1(value)]);
}
function fact(label, ...pieces) {
	const known = pieces.filter((piece) => piece !== void 0);
	return known.length === 0 ? void 0 : {
		label,
		pieces: known
	};
}
function text$1(value) {
	return {
		kind: "text",
		text: value
	};
}
function code$1(value) {
	return {
		kind: "code",
		text: value
	};
}
function commitPiece(run) {
	if (run.commit === "") return void 0;
	const short = run.commit.slice(0, 12);
	const server = serverOf(run);
	if (!(server !== void 0 && /^[0-9a-f]{7,64}$/.test(run.commit))) return code$1(short);
	return {
		kind: "link",
		text: short,
		href: `${server}/${run.repository}/commit/${run.commit}`
	};
}
function runPiece(run) {
	if (run.runId === "") return void 0;
	const attempt = run.runAttempt === "" || run.runAttempt === "1" ? "" : `, attempt ${run.runAttempt}`;
	const label = `${run.runId}${attempt}`;
	if (serverOf(run) === void 0) return text$1(label);
	return {
		kind: "link",
		text: label,
		href: run.runUrl
	};
}
/**
* `https://github.com`, when the address of the run is that of its repository on one server.
* Only such an address becomes a link; its alphabet needs no escaping in any view.
*/
function serverOf(run) {
	if (!/^[\w.-]+\/[\w.-]+$/.test(run.repository)) return void 0;
	if (run.runUrl.includes("..")) return void 0;
	const [, server, path] = /^(https:\/\/[\w.-]+(?::\d+)?)\/([\w./-]+)$/.exec(run.runUrl) ?? [];
	return path?.startsWith(`${run.repository}/`) ? server : void 0;
}

// src/evidence/render/plain.ts
const terminalSequence = new RegExp(`${String.fromCharCode(27)}(?:\\[[0-9;?]*[ -/]*[@-~]|\\][^\\u0007]*\\u0007?)`, "g");
/** They reorder what follows, so that a reader sees another text than a machine (CVE-2021-42574). */
const bidirectional = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]/g;
const lineBreak = /\r\n|[\n\r\v\f\u0085\u2028\u2029]/;
const unprintable = /[\p{Cc}\p{Cs}]/gu;
/** One line of at most `limit` characters; line breaks and tabs become spaces, other controls `�`. */
function oneLine(value, limit = 500) {
	return shorten(clean(value.slice(0, limit * 8).split(lineBreak).join(" ")).trim(), limit);
}
/** A text of any number of lines, as it is but for what a terminal would obey. */
function plainText(value) {
	return value.split(lineBreak).map(clean).join("\n");
}
/** The lines of several texts, each cleaned; at most `maxLines`, then one line that says how many are left out. */
function manyLines(values, maxLines = 200, limit = 1e3) {
	const all = values.flatMap((value) => value.split(lineBreak));
	const shown = all.slice(0, maxLines).map((line) => shorten(clean(line.slice(0, limit * 8)).trimEnd(), limit));
	const left = all.length - shown.length;
	return left === 0 ? shown : [...shown, `… ${left} more lines are in the evidence file`];
}
/**
* A message that lists what it found, as `first line` and one `  - …` each: its first line, and the list. Any other text
* is one line and no list, so that nothing from outside makes one.
*/
function listed(value) {
	const [first = "", ...rest] = value.split("\n");
	if (!rest.every((line) => line.startsWith("  - "))) return [value, []];
	return [first, rest.map((line) => oneLine(line.slice(4), 2e3))];
}
/** A sentence for a page: names in backticks, which mean something in Markdown only, stand in quotation marks. */
function prose(value) {
	return value.replace(/`([^`\n]+)`/g, "“$1”");
}
/** The reason in one line; a list of reasons stands once, with what went wrong. */
function headOf({ reason, failure }) {
	return failure === null ? reason : listed(reason)[0].replace(/:$/, "");
}
/** Cuts between characters, never inside a surrogate pair. */
function shorten(text, limit) {
	if (text.length <= limit) return text;
	const characters = [...text.slice(0, limit * 2)];
	if (characters.length <= limit) return text;
	return `${characters.slice(0, limit - 1).join("").trimEnd()}…`;
}
function clean(line) {
	return line.replace(terminalSequence, "").replaceAll("	", " ").replace(bidirectional, "").replace(unprintable, "�");
}

// src/evidence/render/html-escape.ts
const entities = {
	"&": "&amp;",
	"<": "&lt;",
	">": "&gt;",
	"\"": "&quot;",
	"'": "&#39;",
	"`": "&#96;"
};
/** Template tag: strings and numbers are escaped, `Html` is kept, null is nothing. */
function html(literals, ...parts) {
	return { html: literals.map((literal, index) => literal + show(parts[index] ?? null)).join("") };
}
function show(part) {
	if (part === null) return "";
	if (typeof part === "string") return escapeHtml(part);
	if (typeof part === "number") return Number.isFinite(part) ? String(Math.round(part * 100) / 100) : "0";
	return "html" in part ? part.html : part.map((inner) => inner?.html ?? "").join("");
}
function escapeHtml(value) {
	return replaceMarkup(keepSpaces(value));
}
function replaceMarkup(value) {
	return value.replace(/[&<>"'`]/g, (character) => entities[character] ?? "");
}
/** Blanks at the ends belong to our own pieces of a sentence. */
function keepSpaces(value) {
	const [, before = "", after = ""] = /^( ?).*?( ?)$/s.exec(value) ?? [];
	const line = oneLine(value, 4e3);
	return line === "" ? before : `${before}${line}${after}`;
}
/** Cleaned lines for a `pre`, blanks kept. */
function htmlLines(lines) {
	return { html: lines.map(replaceMarkup).join("\n") };
}

// src/evidence/render/html-proof.ts
const maxRows$3 = 500;
/** A table that scrolls sideways by itself, so that the page never does. */
function htmlTable(label, columns, rows) {
	const head = columns.map(([name, style]) => html`<th scope="col" class="${style ?? ""}">${name}</th>`);
	return html`<div class="scroll" tabindex="0" role="region" aria-label="${label}"><table><thead><tr>${head}</tr></thead><tbody>${rows}</tbody></table></div>`;
}
function leftOut$1(count, shown) {
	if (count <= shown) return null;
	return html`<p class="note">${formatCount(count - shown)} more are in the evidence file.</p>`;
}
const verdictTone = {
	pass: "good",
	fail: "bad",
	inconclusive: "doubtful",
	invalid: "doubtful"
};
const stepTone = {
	done: "good",
	failed: "bad",
	undone: "doubtful",
	skipped: "muted",
	planned: "muted"
};
function gatesPart(gates) {
	if (gates.length === 0) return null;
	const shown = gates.slice(0, maxRows$3);
	return html`<section aria-labelledby="gates"><h2 id="gates">Gates</h2>${shown.map(gatePart)}${leftOut$1(gates.length, maxRows$3)}</section>`;
}
/** What failed stands open with its answer; what passed is folded when it is long. */
function gatePart(gate) {
	const { glyph, word } = verdictLook[gate.verdict];
	const failed = gate.observations.filter(({ ok }) => !ok);
	const passed = gate.observations.filter(({ ok }) => ok);
	const folded = passed.length === 0 ? null : html`<details><summary>${countOf(passed.length, "observation")} passed</summary>${observationTable(gate, passed)}</details>`;
	return html`<h3>${gate.gate} <span class="${verdictTone[gate.verdict]}">${glyph} ${word}</span></h3>
<p>${prose(gate.reason)} <span class="muted">Took ${(0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.g)(gate.durationMs)}.</span></p>
${failed.length === 0 ? null : observationTable(gate, failed)}${folded}`;
}
function observationTable(gate, observations) {
	const rows = observations.slice(0, maxRows$3).map((seen) => {
		const answer = seen.detail === void 0 || seen.detail === "" ? null : html`<tr class="answer"><td colspan="5"><pre>${seen.detail}</pre></td></tr>`;
		const mark = seen.ok ? html`<span class="good">✓ ok</span>` : html`<span class="bad">✗ failed</span>`;
		const attempts = seen.attempts === void 0 ? "" : formatCount(seen.attempts);
		return html`<tr><th scope="row" class="wide">${seen.name}</th><td class="word">${mark}</td><td>${seen.seen}</td><td>${seen.wanted}</td><td class="number">${attempts}</td></tr>${answer}`;
	});
	return html`${htmlTable(`Observations of ${gate.gate}`, [
		["Looked at"],
		["Result"],
		["Seen"],
		["Wanted"],
		["Attempts", "number"]
	], rows)}${leftOut$1(observations.length, maxRows$3)}`;
}
function stepsPart(steps) {
	if (steps.length === 0) return null;
	const planned = arePlanned(steps);
	const rows = steps.slice(0, maxRows$3).map((step) => {
		const { glyph, word } = stepLook[step.outcome];
		const took = step.startedAt === null ? expectedOf(step) : (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.g)(step.durationMs);
		const title = html`<th scope="row" class="wide">${prose(step.title)}</th>`;
		if (planned) return html`<tr>${title}<td class="number">${took}</td></tr>`;
		return html`<tr>${title}<td class="word ${stepTone[step.outcome]}">${glyph} ${word}</td><td class="number">${took}</td><td class="wide">${prose(step.detail)}</td></tr>`;
	});
	return html`<section aria-labelledby="steps"><h2 id="steps">Steps</h2>${htmlTable("Steps", planned ? [["Step"], ["Would take", "number"]] : [
		["Step"],
		["Outcome"],
		["Took", "number"],
		["Seen"]
	], rows)}${leftOut$1(steps.length, maxRows$3)}</section>`;
}
function expectedOf({ durationMs }) {
	return durationMs > 0 ? `about ${(0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.g)(durationMs)}` : "–";
}

// src/evidence/render/plan-words.ts
const actionLook = {
	create: {
		glyph: "+",
		word: "create"
	},
	change: {
		glyph: "~",
		word: "change"
	},
	unchanged: {
		glyph: "=",
		word: "unchanged"
	}
};
/** `1 object to create, 2 to change, 3 as they are; about 40 s`. */
function planSentence(plan) {
	const count = (action) => plan.objects.filter((object) => object.action === action).length;
	const known = plan.basis === "history" ? "by earlier releases" : "by estimate";
	return `${countOf(count("create"), "object")} to create, ${formatCount(count("change"))} to change, ${formatCount(count("unchanged"))} as they are; about ${(0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.g)(plan.durationMs)} in all, ${known}`;
}
/**
* What the fields of a change are the difference to. An object of the other slot may stay as it is, and yet differ from
* the live one: its pods are those that would take the traffic.
*/
function comparedWith({ action, against, fields }) {
	if (against === null) return "";
	if (fields.length === 0) return `the same as ${against}`;
	return action === "unchanged" ? `stays as it is; differs from ${against}` : `compared with ${against}`;
}
function shownValue(value) {
	return value ?? "(none)";
}
/** `750 m`, `2 cores`: thousandths only where they are needed. */
function cpuOf(millis) {
	if (millis === null) return "not said";
	return millis % 1e3 === 0 ? `${formatCount(millis / 1e3)} cores` : `${formatCount(millis)} m`;
}
function memoryOf(bytes) {
	if (bytes === null) return "not said";
	const units = [
		"B",
		"KiB",
		"MiB",
		"GiB",
		"TiB"
	];
	let value = bytes;
	let unit = 0;
	while (value >= 1024 && unit < units.length - 1) {
		value /= 1024;
		unit += 1;
	}
	return `${Number(value.toPrecision(3))} ${units[unit] ?? ""}`;
}
/** All slots together; a figure that one of them does not say is not known of the sum either. */
function totalOf(capacity) {
	const sum = (values) => values.some((value) => value === null) ? null : values.reduce((total, value) => total + (value ?? 0), 0);
	return {
		replicas: capacity.reduce((total, { replicas }) => total + replicas, 0),
		cpuMillis: sum(capacity.map(({ cpuMillis }) => cpuMillis)),
		memoryBytes: sum(capacity.map(({ memoryBytes }) => memoryBytes))
	};
}
/** What becomes of a match when the candidate comes. */
function matchWord({ stable, candidate }) {
	if (stable === null) return candidate ? "would find them" : "would not find them";
	if (stable && candidate) return "finds both versions";
	return candidate ? "would begin to match" : "would stop matching";
}

// src/evidence/render/html-plan.ts
const maxRows$2 = 500;
const tones$1 = {
	create: "good",
	change: "doubtful",
	unchanged: "muted"
};
/** What would happen, as the page shows it; nothing without a plan. */
function planPart(plan) {
	if (plan === void 0) return null;
	const objects = plan.objects.slice(0, maxRows$2).map(objectPart);
	const notes = plan.notes.slice(0, maxRows$2).map((note) => html`<li>Not seen: ${prose(note)}</li>`);
	return html`<section aria-labelledby="plan"><h2 id="plan">What would change</h2><p>${planSentence(plan)}.</p>
${objects}${leftOut$1(plan.objects.length, maxRows$2)}${notes.length === 0 ? null : html`<ul class="warnings">${notes}</ul>`}</section>
${capacityPart(plan)}${selectorsPart(plan)}
<section aria-labelledby="role"><h2 id="role">Permissions that it takes</h2><details><summary>As a Role</summary><pre>${htmlLines(manyLines([plan.role]))}</pre></details></section>`;
}
function objectPart(change) {
	const { object, action, fields } = change;
	const { glyph, word } = actionLook[action];
	const sentence = comparedWith(change);
	const compared = sentence === "" ? null : html`<p class="note">${sentence[0]?.toUpperCase() ?? ""}${sentence.slice(1)}.</p>`;
	const rows = fields.slice(0, maxRows$2).map(({ path, before, after }) => html`<tr><th scope="row" class="wide"><code>${path}</code></th><td class="wide"><code>${shownValue(before)}</code></td><td class="wide"><code>${shownValue(after)}</code></td></tr>`);
	const list = rows.length === 0 ? null : htmlTable(`Fields of ${object}`, [
		["Field"],
		["Before"],
		["After"]
	], rows);
	return html`<h3><span class="${tones$1[action]}">${glyph} ${word}</span> <code>${object}</code></h3>${compared}${list}`;
}
function capacityPart({ capacity }) {
	if (capacity.length === 0) return null;
	const row = (name, of) => html`<tr><th scope="row">${name}</th><td class="number">${formatCount(of.replicas)}</td><td class="number">${cpuOf(of.cpuMillis)}</td><td class="number">${memoryOf(of.memoryBytes)}</td></tr>`;
	const rows = capacity.map((slot) => row(`${slot.role} (${slot.slot})`, slot));
	const total = capacity.length > 1 ? [row("both, while both run", totalOf(capacity))] : [];
	return html`<section aria-labelledby="capacity"><h2 id="capacity">Capacity</h2>${htmlTable("Capacity", [
		["Pods of"],
		["Replicas", "number"],
		["CPU requested", "number"],
		["Memory requested", "number"]
	], [...rows, ...total])}</section>`;
}
function selectorsPart({ selectors }) {
	if (selectors.length === 0) return null;
	const rows = selectors.slice(0, maxRows$2).map((match) => {
		const same = match.stable === null || match.stable === match.candidate;
		return html`<tr><th scope="row" class="wide"><code>${match.object}</code></th><td>${match.effect}</td><td class="${same ? "" : "doubtful"}">${matchWord(match)}</td></tr>`;
	});
	return html`<section aria-labelledby="selectors"><h2 id="selectors">Who selects the pods</h2>${htmlTable("Selectors", [
		["Object"],
		["Effect"],
		["With the candidate"]
	], rows)}${leftOut$1(selectors.length, maxRows$2)}</section>`;
}

// src/evidence/render/html-traffic.ts
/** What callers saw: the loss, who answered when, how requests ended. */
function trafficPart(evidence) {
	const { traffic } = evidence;
	if (traffic === null) {
		if (!missesTraffic(evidence)) return null;
		return html`<section aria-labelledby="traffic"><h2 id="traffic">Traffic</h2><p>Loss was not measured: nothing was probed.</p></section>`;
	}
	const blame = attributionSentence(traffic);
	const kept = keptSentence(traffic);
	const problem = accountingProblem(traffic);
	return html`<section aria-labelledby="traffic"><h2 id="traffic">Traffic</h2>
<p>Failed: <strong>${lossSentence(traffic)}</strong>${blame === "" ? "" : `: ${blame}`}. ${formatCount(answeredCount(traffic))} were answered.</p>
${problem === void 0 ? null : html`<p><strong class="doubtful">! Invalid count:</strong> ${problem}</p>`}
${kept === "" ? null : html`<p>${kept}.</p>`}
${versionTable$1(traffic.byVersion)}
${classTable$1(traffic)}
${failureTable(traffic.failures)}
${probing(traffic)}</section>`;
}
function probing(traffic) {
	const { latencyMs } = traffic;
	const host = traffic.host === null ? null : html` as <code>${traffic.host}</code>`;
	const latency = latencyMs === null ? "" : ` Latency: median ${(0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.g)(latencyMs.p50)}, 99th percentile ${(0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.g)(latencyMs.p99)}, longest ${(0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.g)(latencyMs.max)}.`;
	return html`<p class="note">Probed from the ${traffic.from} with ${formatCount(traffic.ratePerSecond)} requests per second for ${(0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.g)(traffic.durationMs)} on <code>${traffic.url}</code>${host}, versions told apart by <code>${traffic.versionSource}</code>.${latency} The prober itself sent at most ${(0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.g)(traffic.lagP99Ms)} late in 99 % of cases.</p>`;
}
function versionTable$1(versions) {
	if (versions.length === 0) return null;
	const rows = versions.slice(0, 200).map((seen) => html`<tr><th scope="row">${seen.version === null ? "not said" : html`<code>${seen.version}</code>`}</th><td>${seen.role}</td><td>${populationPhrase[seen.population]}</td><td class="number">${formatCount(seen.answers)}</td><td class="number ${seen.failed > 0 ? "bad" : ""}">${formatCount(seen.failed)}</td><td class="number">${timeOfDay(seen.firstAt)}</td><td class="number">${timeOfDay(seen.lastAt)}</td></tr>`);
	return html`<h3>By version</h3>${htmlTable("Answers by version", [
		["Version"],
		["Role"],
		["Connections"],
		["Answers", "number"],
		["Failed", "number"],
		["First answer, UTC", "number"],
		["Last answer, UTC", "number"]
	], rows)}`;
}
function classTable$1(traffic) {
	const ended = occurredClasses(traffic);
	if (ended.length === 0) return null;
	const rows = ended.map((entry) => html`<tr><th scope="row"><code>${entry.class}</code></th><td class="number">${formatCount(entry.count)}</td><td>${classMeaning[entry.class]}</td></tr>`);
	return html`<h3>How requests ended</h3>${htmlTable("Requests by class", [
		["Class"],
		["Requests", "number"],
		["Meaning"]
	], rows)}`;
}
function failureTable(failures) {
	if (failures.length === 0) return null;
	const rows = failures.slice(0, 100).map((failed) => html`<tr><th scope="row" class="word">${timeOfDay(failed.at)}</th><td><code>${failed.class}</code></td><td>${failed.status ?? "–"}</td><td>${failed.version ?? "not said"}</td><td>${failed.attribution}</td><td>${populationPhrase[failed.population]}</td><td class="wide"><code>${failed.detail}</code></td><td><code>${failed.id}</code></td></tr>`);
	const table = htmlTable("Failed requests", [
		"At, UTC",
		"Class",
		"Status",
		"Version",
		"Attributed to",
		"Connection",
		"Answer",
		"Request"
	].map((name) => [name]), rows);
	const heading = html`<h3>Failed requests</h3>`;
	if (failures.length <= 10) return html`${heading}${table}`;
	return html`${heading}<details><summary>The first ${rows.length} failed requests</summary>${table}</details>`;
}

// src/evidence/render/palette.ts
const light = {
	ground: "#ffffff",
	raised: "#f5f6f8",
	hairline: "#e2e5ea",
	ink: "#16191d",
	quiet: "#5a6370",
	pass: "#0f6b3d",
	fail: "#b01e1e",
	doubt: "#855300",
	link: "#1f57b8",
	stable: "#7c8aa3",
	candidate: "#1f6f8b",
	hatch: "#4b93ab",
	unknown: "#8f7f4a",
	band: "#d9e6f5"
};
const dark = {
	ground: "#0f1216",
	raised: "#181c22",
	hairline: "#2a3038",
	ink: "#e7eaee",
	quiet: "#98a2b0",
	pass: "#5fce94",
	fail: "#ff8a80",
	doubt: "#f0b752",
	link: "#8ab4f8",
	stable: "#66748c",
	candidate: "#58b4d1",
	hatch: "#2f7d97",
	unknown: "#a8965a",
	band: "#1d3045"
};
function cssVariables(palette) {
	return Object.entries(palette).map(([name, colour]) => `--${name}: ${colour};`).join(" ");
}

// src/evidence/render/style.ts
/** The whole style of the page. No images, no web fonts: the page must open from a disk without a network. */
const pageStyle = `
:root { color-scheme: light dark; ${cssVariables(light)} }
@media (prefers-color-scheme: dark) { :root { ${cssVariables(dark)} } }
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--ground); color: var(--ink);
  font: 15px/1.6 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
  font-variant-numeric: tabular-nums; }
code, pre { font: 0.87em/1.6 ui-monospace, "SF Mono", SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace; }
code { overflow-wrap: anywhere; }
a { color: var(--link); text-underline-offset: 2px; }
.page { max-width: 1128px; margin: 0 auto; padding: clamp(24px, 5vw, 64px) clamp(16px, 3vw, 24px) 72px; }
.eyebrow { margin: 0 0 20px; color: var(--quiet); font-size: 13px; letter-spacing: 0.01em; overflow-wrap: anywhere; }
h1 { margin: 0; font-size: clamp(26px, 4vw, 38px); line-height: 1.2; font-weight: 650; letter-spacing: -0.02em;
  text-wrap: balance; overflow-wrap: anywhere; }
.verdict { display: inline-flex; align-items: center; gap: 9px; margin: 0 0 14px; font-weight: 650; font-size: 15px; }
.verdict .icon { display: inline-grid; place-items: center; width: 24px; height: 24px; border-radius: 50%;
  border: 2px solid currentColor; font-size: 13px; line-height: 1; }
.pass { color: var(--pass); } .fail { color: var(--fail); } .inconclusive, .invalid { color: var(--doubt); }
.lead { margin: 14px 0 0; max-width: 68ch; font-size: 17px; color: var(--quiet); overflow-wrap: anywhere; }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(132px, 1fr)); gap: 24px 32px;
  margin: 40px 0 0; padding: 24px 0; border: solid var(--hairline); border-width: 1px 0; }
.figures div { min-width: 0; }
.figures dt { color: var(--quiet); font-size: 13px; }
.figures dd { margin: 2px 0 0; font-size: 25px; line-height: 1.25; font-weight: 600; letter-spacing: -0.015em; }
.figures dd small { display: block; margin-top: 2px; font-size: 13px; font-weight: 400; letter-spacing: 0; color: var(--quiet); }
section { margin-top: 56px; }
h2 { margin: 0 0 16px; font-size: 19px; line-height: 1.3; font-weight: 650; letter-spacing: -0.01em; }
h3 { margin: 28px 0 8px; font-size: 15px; font-weight: 650; }
p { max-width: 76ch; margin: 0 0 12px; overflow-wrap: anywhere; }
.note { margin-top: 16px; color: var(--quiet); font-size: 13px; }
.scroll { overflow-x: auto; } .sideways { display: none; }
.scroll:focus-visible, a:focus-visible, summary:focus-visible { outline: 2px solid var(--link); outline-offset: 3px; }
table { width: 100%; border-collapse: collapse; font-size: 14px; }
th, td { padding: 9px 24px 9px 0; text-align: left; vertical-align: top; border-bottom: 1px solid var(--hairline); }
th:last-child, td:last-child { padding-right: 0; }
thead th { color: var(--quiet); font-size: 13px; font-weight: 500; white-space: nowrap; padding-top: 0; }
tbody th { font-weight: 500; }
td, th, td code, th code { overflow-wrap: break-word; }
.number { text-align: right; white-space: nowrap; }
.word { white-space: nowrap; }
.wide, .wide code { min-width: 24ch; overflow-wrap: anywhere; }
tr:has(+ .answer) > * { border-bottom: 0; padding-bottom: 4px; }
.answer pre { margin: 0 0 6px; }
.bad { color: var(--fail); font-weight: 600; } .good { color: var(--pass); } .doubtful { color: var(--doubt); } .muted { color: var(--quiet); }
.facts { display: grid; grid-template-columns: minmax(96px, max-content) minmax(0, 1fr); gap: 8px 32px; margin: 0; font-size: 14px; }
.facts dt { color: var(--quiet); } .facts dd { margin: 0; overflow-wrap: anywhere; }
.failure { padding: 24px clamp(16px, 3vw, 28px); background: var(--raised); border-left: 3px solid var(--fail); border-radius: 0 6px 6px 0; }
.failure p:last-child, .failure pre:last-child { margin-bottom: 0; }
pre { margin: 12px 0; padding: 14px 16px; background: var(--raised); border-radius: 6px; overflow-x: auto; white-space: pre-wrap; overflow-wrap: anywhere; }
.failure pre { background: var(--ground); }
details { margin-top: 16px; } summary { cursor: pointer; color: var(--quiet); font-size: 14px; margin-bottom: 12px; }
.warnings { margin: 0; padding: 0; list-style: none; } .warnings li { padding: 6px 0; overflow-wrap: anywhere; }
footer { margin-top: 72px; padding-top: 20px; border-top: 1px solid var(--hairline); color: var(--quiet); font-size: 13px; overflow-wrap: anywhere; }
${timelineStyle()}
@media (max-width: 880px) { .sideways { display: block; } }
@media (max-width: 600px) { .figures { gap: 24px 20px; } .figures dd { font-size: 21px; } th, td { padding-right: 18px; }
  .facts { grid-template-columns: 1fr; gap: 0; } .facts dd { margin-bottom: 10px; } section { margin-top: 44px; } }
@media print { :root { ${cssVariables(light)} } body { font-size: 12px; } .page { max-width: none; padding: 0; }
  section { margin-top: 28px; break-inside: auto; } tr, .figures, .failure, .timeline { break-inside: avoid; }
  .scroll { overflow: visible; } .sideways { display: none; } .timeline { min-width: 0; } .failure, pre { border: 1px solid var(--hairline); } }
`.trim();
function timelineStyle() {
	return `
.timeline { display: block; width: 100%; min-width: 860px; height: auto; overflow: visible; }
.timeline text { fill: var(--ink); font-size: 12.5px; paint-order: stroke; stroke: var(--ground); stroke-width: 3px; stroke-linejoin: round; }
.timeline .tick, .timeline .axis-title, .timeline .step-note { fill: var(--quiet); font-size: 12px; }
.timeline .mark-label { font-weight: 600; }
.timeline .grid { stroke: var(--hairline); stroke-width: 1; }
.timeline .mark { stroke: var(--ink); stroke-width: 1; stroke-dasharray: 2 3; }
.timeline .mark-dot { fill: var(--ink); }
.timeline .cutover { fill: var(--band); }
.timeline .bar-stable { fill: var(--stable); } .timeline .bar-candidate { fill: url(#hatch); } .timeline .bar-unknown { fill: var(--unknown); }
.timeline .candidate { fill: var(--candidate); } .timeline .hatch { stroke: var(--hatch); stroke-width: 2; }
.timeline .step { fill: var(--quiet); } .timeline .step-failed { fill: var(--fail); } .timeline .step-undone { fill: var(--doubt); }
.timeline .step-planned, .timeline .step-skipped { fill: none; stroke: var(--quiet); }
.timeline .glyph-done { fill: var(--pass); } .timeline .glyph-failed { fill: var(--fail); } .timeline .glyph-undone { fill: var(--doubt); }
.timeline .cross { stroke: var(--fail); stroke-width: 2.2; fill: none; }
.timeline .failed-count, .timeline .failed-title { fill: var(--fail); font-weight: 600; } .timeline .bar-failed { fill: var(--fail); }
`.trim();
}

// src/evidence/render/timeline.ts
function scaleBetween(from, to, left, right) {
	const span = Math.max(1, to - from);
	return {
		from,
		to: from + span,
		left,
		right,
		x: (at) => left + Math.min(1, Math.max(0, (at - from) / span)) * (right - left)
	};
}
/** From the first thing that happened to the last; undefined when nothing did, as in a plan, or none can be read. */
function timeSpan(evidence) {
	const spans = [
		evidence,
		...evidence.steps,
		...evidence.traffic === null ? [] : [evidence.traffic]
	].map((part) => ({
		from: Date.parse(part.startedAt ?? ""),
		lasted: part.durationMs
	})).filter(({ from, lasted }) => Number.isFinite(from) && Number.isFinite(lasted) && lasted >= 0);
	if (!(evidence.traffic !== null || evidence.steps.some((step) => step.startedAt !== null)) || spans.length === 0) return void 0;
	const from = Math.min(...spans.map((span) => span.from));
	return {
		from,
		to: Math.max(from + 1, ...spans.map((span) => span.from + span.lasted))
	};
}
/** Round steps of 1, 2 or 5 (of 15 or 30 for minutes and hours) that give about `count` ticks. */
function timeTicks(span, count = 8) {
	const step = niceSteps.find((candidate) => span / candidate <= count) ?? 864e5;
	return Array.from({ length: Math.floor(span / step) + 1 }, (_, index) => index * step);
}
const niceSteps = [
	1,
	2,
	5,
	10,
	20,
	50,
	100,
	200,
	500
].concat([
	1,
	2,
	5,
	10,
	15,
	30,
	60,
	120,
	300,
	600,
	900,
	1800,
	3600,
	7200,
	14400,
	43200
].map((s) => s * 1e3));
/** The smallest of 1, 2, 2.5, 5 times a power of ten that is not below `value`. */
function niceCeiling(value) {
	if (!(value > 0)) return 1;
	const power = 10 ** Math.floor(Math.log10(value));
	return ([
		1,
		2,
		2.5,
		5,
		10
	].find((factor) => factor * power >= value * .999) ?? 10) * power;
}
/** Merges bins until at most `limit` are left: a page stays small however long the run. */
function columnsOf(traffic, limit) {
	const start = Date.parse(traffic.startedAt);
	if (!Number.isFinite(start) || !(traffic.binMs > 0)) return [];
	const size = Math.max(1, Math.ceil(traffic.bins.length / limit));
	return Array.from({ length: Math.ceil(traffic.bins.length / size) }, (_, group) => traffic.bins.slice(group * size, (group + 1) * size)).map((group) => ({
		from: start + Math.min(...group.map((bin) => bin.offsetMs)),
		to: start + Math.max(...group.map((bin) => bin.offsetMs)) + traffic.binMs,
		stable: sum(group, "stable"),
		candidate: sum(group, "candidate"),
		unknown: sum(group, "unknown"),
		failed: sum(group, "failed")
	}));
}
function sum(bins, key) {
	return bins.reduce((total, bin) => total + bin[key], 0);
}
/** The recorded marks and the cut-over, in order of time; at most `limit`. */
function marksOf(evidence, cutover, limit) {
	const window = evidence.traffic === null ? void 0 : cutoverWindow(evidence.traffic);
	return [...window === void 0 ? [] : [{
		at: new Date(window.from).toISOString(),
		label: cutover
	}], ...evidence.marks].filter((mark) => Number.isFinite(Date.parse(mark.at))).slice(0, limit).sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
}
/**
* Gives each label, which begins at its line, a row in which it covers no other label and no other line.
* From right to left: a label that reaches over a later line goes above that line's label, where the line
* has not begun yet.
*/
function placeMarks(marks, scale, widthOf) {
	const placed = [];
	for (const mark of [...marks].reverse()) {
		const x = scale.x(Date.parse(mark.at));
		const reached = placed.filter((later) => later.x < x + widthOf(mark.label));
		placed.push({
			x,
			label: mark.label,
			row: Math.max(-1, ...reached.map((later) => later.row)) + 1
		});
	}
	return placed.reverse();
}

// src/evidence/render/svg-traffic.ts
const maxColumns = 200;
const roles = [
	"stable",
	"candidate",
	"unknown"
];
/** From the axis upwards. A request is in one of these only, so together they are the rate of arrivals. */
const layers = [...roles, "failed"];
/** Stacked requests per second by role; failures lie on top and are counted above the plot. */
function drawTraffic(traffic, scale, top, bottom) {
	const columns = columnsOf(traffic, maxColumns);
	const ceiling = niceCeiling(Math.max(...columns.map((column) => height(column, layers.length)), 0));
	const y = (rate) => bottom - Math.min(rate, ceiling) / ceiling * (bottom - top);
	const levels = [
		0,
		ceiling / 2,
		ceiling
	].map((rate) => html`<line class="grid" x1="${scale.left}" y1="${y(rate)}" x2="${scale.right}" y2="${y(rate)}"/><text class="tick" x="${scale.left - 10}" y="${y(rate) + 4}" text-anchor="end">${rateLabel(rate)}</text>`);
	return html`<g>${levels}<text class="axis-title" x="0" y="${top + 4}">Requests per second</text>
${drawKey(traffic, top + 30)}
${layers.map((layer, index) => drawLayer(layer, index, columns, scale, y))}
${drawFailures(columns, scale, top - 16)}</g>`;
}
/** Requests per second of the first `count` layers together. */
function height(column, count) {
	return layers.slice(0, count).reduce((sum, layer) => sum + column[layer], 0) * 1e3 / (column.to - column.from);
}
function rateLabel(rate) {
	return rate < 10 ? String(Number(rate.toFixed(1))) : formatCount(rate);
}
/** One layer as one stepped outline: along its upper edge and back along its lower one. */
function drawLayer(layer, index, columns, scale, y) {
	if (columns.every((column) => column[layer] <= 0)) return null;
	const edge = (column, count) => {
		const level = y(height(column, count)).toFixed(1);
		return [`${scale.x(column.from).toFixed(1)} ${level}`, `${scale.x(column.to).toFixed(1)} ${level}`];
	};
	const upper = columns.flatMap((column) => edge(column, index + 1));
	const lower = columns.flatMap((column) => edge(column, index)).reverse();
	const outline = { html: `M${[...upper, ...lower].join("L")}Z` };
	return html`<path class="bar-${layer}" d="${outline}"/>`;
}
/** Crosses that would touch become one with the sum beside it. */
function drawFailures(columns, scale, y) {
	const groups = [];
	for (const column of columns.filter(({ failed }) => failed > 0)) {
		const x = scale.x((column.from + column.to) / 2);
		const last = groups.at(-1);
		if (last !== void 0 && x - last.x < 44) last.count += column.failed;
		else groups.push({
			x,
			count: column.failed
		});
	}
	if (groups.length === 0) return null;
	const crosses = groups.map(({ x, count }) => html`<path class="cross" d="M${x - 4} ${y - 4}l8 8m0 -8l-8 8"/><text class="failed-count" x="${x + 8}" y="${y + 4}">${formatCount(count)}</text>`);
	return html`<g><text class="failed-title" x="${scale.left - 10}" y="${y + 4}" text-anchor="end">Failed</text>${crosses}</g>`;
}
/** Names of the roles beside the plot, each with its fill; only those that answered. */
function drawKey(traffic, top) {
	const versionsOf = (role) => [...new Set(traffic.byVersion.filter((seen) => seen.role === role).map((seen) => seen.version ?? "not said"))];
	return roles.filter((role) => traffic.bins.some((bin) => bin[role] > 0)).map((role, index) => {
		const y = top + index * 22;
		const versions = versionsOf(role).slice(0, 2).join(", ").slice(0, 14);
		return html`<rect class="bar-${role}" x="0" y="${y - 10}" width="12" height="12"/><text class="key" x="20" y="${y}">${role} ${versions}</text>`;
	});
}

// src/evidence/render/svg.ts
const width = 1080;
const gutter = 268;
const markRow = 20;
const stepRow = 24;
const plotHeight = 168;
const maxSteps = 40;
/** Width of a label in the view box: a little more than letters of the size need, so that none touch. */
function labelWidth(label) {
	return label.length * 6.9 + 16;
}
/**
* Requests per second by role, failures, steps and marks over one axis of time.
* Undefined when nothing happened that could be drawn.
*/
function drawTimeline(evidence) {
	const span = timeSpan(evidence);
	if (span === void 0) return void 0;
	const marks = marksOf(evidence, `cut-over ${cutoverOf(evidence)}`, 12).map((mark) => ({
		...mark,
		label: shorten(mark.label, 30)
	}));
	const scale = scaleFor(span, marks);
	const placed = placeMarks(marks, scale, labelWidth);
	const rows = Math.max(0, ...placed.map((mark) => mark.row + 1));
	const top = 12 + rows * markRow + (evidence.traffic === null ? 0 : 28);
	const plotBottom = evidence.traffic === null ? top : top + plotHeight;
	const axis = plotBottom + 24;
	const steps = evidence.steps.slice(0, maxSteps);
	const bottom = axis + 16 + steps.length * stepRow;
	return html`<svg viewBox="0 0 ${width} ${bottom + 8}" role="img" aria-labelledby="timeline-title timeline-desc" class="timeline">
<title id="timeline-title">Timeline of the release</title>
<desc id="timeline-desc">${describe(evidence)}</desc>
<defs><pattern id="hatch" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="7" height="7" class="candidate"/><line x1="0" y1="0" x2="0" y2="7" class="hatch"/></pattern></defs>
${drawCutover(evidence, scale, top, bottom)}
${drawAxis(scale, top, bottom, axis)}
${evidence.traffic === null ? null : drawTraffic(evidence.traffic, scale, top, plotBottom)}
${drawMarks(placed, rows, bottom)}
${steps.map((step, index) => drawStep(step, scale, axis + 16 + index * stepRow))}
</svg>`;
}
/** The margin on the right holds the labels that begin near the end. */
function scaleFor(span, marks) {
	const full = scaleBetween(span.from, span.to, gutter, 1056);
	const overhang = marks.map((mark) => full.x(Date.parse(mark.at)) + labelWidth(mark.label) - full.right);
	return scaleBetween(span.from, span.to, gutter, 1056 - Math.max(0, ...overhang));
}
function cutoverOf({ traffic }) {
	return traffic === null ? "" : formatCutover(traffic);
}
function describe(evidence) {
	const steps = evidence.steps.map((step) => `${step.title}: ${stepLook[step.outcome].word}`).join("; ");
	const { traffic } = evidence;
	return `${traffic === null ? "No requests were sent." : `${traffic.planned} requests were sent, ${traffic.failed} failed, cut-over ${formatCutover(traffic)}.`} Steps: ${steps === "" ? "none" : steps}. The tables below hold the same figures.`;
}
function drawAxis(scale, top, bottom, axis) {
	const ticks = timeTicks(scale.to - scale.from).map((offset) => {
		const x = scale.x(scale.from + offset);
		const label = offset === 0 ? "0" : (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.g)(offset);
		return html`<line class="grid" x1="${x}" y1="${top}" x2="${x}" y2="${bottom}"/><text class="tick" x="${x}" y="${axis - 8}" text-anchor="middle">${label}</text>`;
	});
	return html`<g>${ticks}</g>`;
}
/** While both versions answered. */
function drawCutover({ traffic }, scale, top, bottom) {
	const window = traffic === null ? void 0 : cutoverWindow(traffic);
	if (window === void 0 || window.to <= window.from) return null;
	const x = scale.x(window.from);
	return html`<rect class="cutover" x="${x}" y="${top}" width="${Math.max(1, scale.x(window.to) - x)}" height="${bottom - top}"/>`;
}
function drawMarks(placed, rows, bottom) {
	const drawn = placed.map(({ x, label, row }) => {
		const y = 12 + (rows - 1 - row) * markRow;
		return html`<line class="mark" x1="${x}" y1="${y}" x2="${x}" y2="${bottom}"/><circle class="mark-dot" cx="${x}" cy="${y}" r="3"/><text class="mark-label" x="${x + 8}" y="${y + 4}">${label}</text>`;
	});
	return html`<g>${drawn}</g>`;
}
/** A band of a step with its glyph and duration; a step that never began is words only. */
function drawStep(step, scale, y) {
	const { glyph, word } = stepLook[step.outcome];
	const title = html`<text class="step-title" x="0" y="${y + 15}"><tspan class="glyph-${step.outcome}">${glyph}</tspan><tspan x="18">${shorten(step.title, 36)}</tspan><title>${`${step.title}: ${word}`}</title></text>`;
	const start = Date.parse(step.startedAt ?? "");
	if (!Number.isFinite(start)) return html`${title}<text class="tick" x="${scale.left}" y="${y + 15}">${word}</text>`;
	const from = scale.x(start);
	const to = scale.x(start + step.durationMs);
	const note = step.outcome === "done" ? (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.g)(step.durationMs) : `${word}, ${(0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.g)(step.durationMs)}`;
	const right = to + 6 + labelWidth(note) <= width;
	return html`${title}<rect class="step step-${step.outcome}" x="${from}" y="${y + 4}" width="${Math.max(2, to - from)}" height="14" rx="2"/><text class="step-note" x="${right ? to + 6 : from - 6}" y="${y + 15}" text-anchor="${right ? "start" : "end"}">${note}</text>`;
}

// src/evidence/render/html.ts
/**
* One self-contained page: no script, no network, light and dark, readable without colour and on paper.
* The policy in its head forbids everything but its own style, should an escape ever be missing.
*/
function renderHtml(evidence) {
	const sentence = outcomeSentence(evidence);
	const { word } = verdictLook[evidence.verdict];
	return `${html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${`${word}: ${sentence}`}</title>
<style>
${{ html: pageStyle }}
</style>
</head>
<body>
<main class="page">
${header(evidence)}
${failurePart(evidence.failure)}
${nextPart(evidence.next)}
${warningsPart(evidence.warnings)}
${planPart(evidence.plan)}
${timelinePart(evidence)}
${logsPart(evidence.failure)}
${trafficPart(evidence)}
${gatesPart(evidence.gates)}
${stepsPart(evidence.steps)}
${factsPart(evidence)}
${footerPart(evidence)}
</main>
</body>
</html>`.html}\n`;
}
function header(evidence) {
	const { glyph, word } = verdictLook[evidence.verdict];
	return html`<header>
<p class="eyebrow">StreamGate · ${evidence.command}</p>
<p class="verdict ${evidence.verdict}"><span class="icon" aria-hidden="true">${glyph}</span>${word}</p>
<h1>${outcomeSentence(evidence)}</h1>
<p class="lead">${prose(headOf(evidence))}</p>
<dl class="figures">${figures(evidence)}</dl>
</header>`;
}
/** The figures that a reader looks for first. */
function figures(evidence) {
	const { traffic, durationMs, release, plan } = evidence;
	const cell = (label, value, note) => html`<div><dt>${label}</dt><dd>${value}<small>${note}</small></dd></div>`;
	const { stable, candidate } = release ?? {
		stable: null,
		candidate: null
	};
	const from = stable === null ? "" : `from revision ${stable.revision}, ${stable.slot}`;
	const revision = candidate === null ? [] : [cell("Revision", revisionOf(candidate), from || "first release")];
	if (plan !== void 0) {
		const differing = plan.objects.filter(({ action }) => action !== "unchanged").length;
		const basis = plan.basis === "history" ? "by earlier releases" : "by estimate";
		return [
			cell("Would change", formatCount(differing), `of ${formatCount(plan.objects.length)} objects`),
			cell("Would take about", (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.g)(plan.durationMs), basis),
			...revision
		];
	}
	return [
		...traffic === null ? missesTraffic(evidence) ? [cell("Failed requests", "not measured", "nothing was probed")] : [] : [cell("Failed requests", `${formatCount(traffic.failed)} of ${formatCount(traffic.planned)}`, boundOf(traffic)), cell("Cut-over", formatCutover(traffic), "first new to last old answer")],
		cell("Duration", (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.g)(durationMs), "of the whole run"),
		...revision
	];
}
function revisionOf(side) {
	return side.revision === 0 ? `none yet, ${side.slot}` : `${side.revision}, ${side.slot}`;
}
function boundOf(traffic) {
	if (traffic.bound95 !== null) return `at most ${(0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.h)(traffic.bound95)} with 95 % confidence`;
	return traffic.planned > 0 ? `${formatShare(traffic.failed / traffic.planned)} of all` : "no requests";
}
function failurePart(failure) {
	if (failure === null) return null;
	const [message, items] = listed(failure.message);
	const list = items.length === 0 ? null : html`<ul>${items.map((item) => html`<li>${prose(item)}</li>`)}</ul>`;
	const remedy = failure.remedy === null ? null : html`<p><strong>What to do:</strong> ${prose(failure.remedy)}</p>`;
	const seen = failure.evidence.length === 0 ? null : html`<h3>What was seen before anything was cleaned up</h3><pre>${htmlLines(manyLines(failure.evidence, 400))}</pre>`;
	return html`<section class="failure" aria-labelledby="failure"><h2 id="failure">What went wrong</h2>
<p><strong class="bad">${failure.code}:</strong> ${prose(message)}</p>${list}${remedy}${seen}</section>`;
}
/** Below what they explain, and folded: they are many, and seldom all of interest. */
function logsPart(failure) {
	const { logs = [] } = failure ?? {};
	if (logs.length === 0) return null;
	const lines = manyLines(logs, 400);
	return html`<section aria-labelledby="logs"><h2 id="logs">Last log lines of its pods</h2><details><summary>${countOf(lines.length, "line")}</summary><pre>${htmlLines(lines)}</pre></details></section>`;
}
function nextPart(next) {
	if (next === null) return null;
	return html`<section aria-labelledby="next"><h2 id="next">Next command</h2><pre><code>${htmlLines(manyLines([next], 20))}</code></pre></section>`;
}
function warningsPart(warnings) {
	if (warnings.length === 0) return null;
	const items = warnings.slice(0, 500).map((warning) => html`<li><strong class="doubtful">! Warning:</strong> ${prose(warning)}</li>`);
	return html`<section aria-labelledby="warnings"><h2 id="warnings">Warnings</h2><ul class="warnings">${items}</ul></section>`;
}
function timelinePart(evidence) {
	const drawn = drawTimeline(evidence);
	if (drawn === void 0) return null;
	return html`<section aria-labelledby="timeline"><h2 id="timeline">Timeline</h2>
<div class="scroll" tabindex="0" role="region" aria-label="Timeline, scrolls sideways">${drawn}</div>
<p class="note sideways">The timeline scrolls sideways; the tables below hold its figures.</p></section>`;
}
function factsPart(evidence) {
	const { environment } = evidence;
	const about = [
		["StreamGate", environment.streamgate],
		["Node", environment.node],
		["Kubernetes", environment.kubernetes],
		["Platform", environment.platform],
		["Digest", evidence.digest]
	];
	const rows = [...factsOf(evidence).map(({ label, pieces }) => html`<dt>${label}</dt><dd>${pieces.map(pieceOf$1)}</dd>`), ...about.map(([label, value]) => html`<dt>${label}</dt><dd><code>${value === "" ? "unknown" : value}</code></dd>`)];
	return html`<section aria-labelledby="facts"><h2 id="facts">Release and environment</h2><dl class="facts">${rows}</dl></section>`;
}
function pieceOf$1(piece) {
	if (piece.kind === "link") return html`<a href="${piece.href}">${piece.text}</a>`;
	return piece.kind === "code" ? html`<code>${piece.text}</code>` : html`${piece.text}`;
}
function footerPart({ schema }) {
	return html`<footer>A view of one evidence document, schema <code>${schema}</code>. The digest covers the document's canonical JSON without the digest itself.</footer>`;
}

// src/evidence/render/markdown-escape.ts
/**
* What begins a construct of GFM inside of a line, of HTML or of GitHub's maths. What counts at the start of a line
* only (`-`, `+`, `=`, `1.`) stays: data never stands there.
*/
const markup = /[\\`*_[\]<>#!|~&$]/g;
const zeroWidthSpace = "​";
/**
* Prose from outside for any place inside a line but its start, table cells too: nothing in it is markup.
* GitHub finds addresses, mentions and issue numbers in finished text, past every escape, so these get an
* invisible break.
*/
function text(value, limit) {
	return oneLine(value, limit).replace(/:\/\/|www\.|@|#(?=\d)/gi, (found) => `${found[0]}${zeroWidthSpace}${found.slice(1)}`).replace(markup, escapeCharacter$1);
}
function escapeCharacter$1(character) {
	return character === "$" ? "&#36;" : character === "&" ? "&amp;" : `\\${character}`;
}
/**
* Something to copy, as a code span: neither mentions nor links are found inside.
* With a pipe it becomes prose, because a cell ends at a pipe even inside of a code span.
*/
function code(value, limit) {
	const line = oneLine(value, limit);
	if (line === "") return "";
	if (line.includes("|")) return text(value, limit);
	const fence = "`".repeat(longestRun(line) + 1);
	const pad = line.startsWith("`") || line.endsWith("`") ? " " : "";
	return `${fence}${pad}${line}${pad}${fence}`;
}
/** Lines as a fenced block whose fence is longer than any inside. */
function fenced(values, language = "text", maxLines) {
	const lines = manyLines(values, maxLines);
	const fence = "`".repeat(Math.max(3, longestRun(lines.join("\n")) + 1));
	return [
		`${fence}${language}`,
		...lines,
		fence
	].join("\n");
}
function longestRun(line) {
	return Math.max(0, ...(line.match(/`+/g) ?? []).map((run) => run.length));
}
/** A table of cells that are escaped already. `columns` name and align them. */
function table(columns, rows) {
	return [
		columns.map(([name]) => name),
		columns.map(([, alignment]) => alignment === "right" ? "---:" : "---"),
		...rows
	].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}
/** A folded block. The summary is ours alone: it stands inside of HTML, where Markdown's escapes do not work. */
function folded(summary, body) {
	return `<details>\n<summary>${summary}</summary>\n\n${body}\n\n</details>`;
}

// src/evidence/render/markdown-plan.ts
const maxRows$1 = 200;
const maxFields$1 = 30;
/** What would happen, as the job summary tells it; nothing without a plan. */
function planSection(plan) {
	if (plan === void 0) return void 0;
	return [
		"### What would change",
		text(`${planSentence(plan)}.`),
		objectsTable(plan.objects),
		...plan.objects.slice(0, maxRows$1).map(fieldsOf),
		capacitySection(plan),
		selectorsSection(plan),
		notesSection(plan.notes),
		folded("Permissions that it takes, as a Role", fenced([plan.role], "yaml"))
	].filter((part) => part !== "").join("\n\n");
}
function objectsTable(objects) {
	if (objects.length === 0) return "";
	const rows = objects.slice(0, maxRows$1).map((change) => {
		const { object, action, fields } = change;
		const { glyph, word } = actionLook[action];
		const differing = fields.length > 0 ? countOf(fields.length, "field") : "";
		return [
			code(object),
			`${glyph} ${word}`,
			differing,
			text(comparedWith(change))
		];
	});
	return table([
		["Object"],
		["Would be"],
		["Differs in"],
		["Against"]
	], rows);
}
function fieldsOf({ object, fields }) {
	if (fields.length === 0) return "";
	const rows = fields.slice(0, maxFields$1).map(({ path, before, after }) => [
		code(path, 300),
		code(shownValue(before), 300),
		code(shownValue(after), 300)
	]);
	const list = table([
		["Field"],
		["Before"],
		["After"]
	], rows);
	const left = fields.length - rows.length;
	const more = left > 0 ? [`… and ${formatCount(left)} more in the evidence file.`] : [];
	const body = [
		`Of ${code(object)}:`,
		list,
		...more
	].join("\n\n");
	return fields.length > 12 ? folded(countOf(fields.length, "changed field"), body) : body;
}
function capacitySection({ capacity }) {
	if (capacity.length === 0) return "";
	const row = (name, of) => [
		name,
		formatCount(of.replicas),
		text(cpuOf(of.cpuMillis)),
		text(memoryOf(of.memoryBytes))
	];
	const rows = capacity.map((slot) => row(`${slot.role} (${slot.slot})`, slot));
	const total = capacity.length > 1 ? [row("**both, while both run**", totalOf(capacity))] : [];
	return ["### Capacity", table([
		["Pods of"],
		["Replicas", "right"],
		["CPU requested", "right"],
		["Memory", "right"]
	], [...rows, ...total])].join("\n\n");
}
function selectorsSection({ selectors }) {
	if (selectors.length === 0) return "";
	const rows = selectors.slice(0, maxRows$1).map((match) => [
		code(match.object),
		text(match.effect),
		matchWord(match)
	]);
	return ["### Who selects the pods", table([
		["Object"],
		["Effect"],
		["With the candidate"]
	], rows)].join("\n\n");
}
function notesSection(notes) {
	if (notes.length === 0) return "";
	return notes.slice(0, maxRows$1).map((note) => `- Not seen: ${text(note)}`).join("\n");
}
/** `about 5 s`: what a planned step is expected to take. */
function expected(durationMs) {
	return durationMs > 0 ? `about ${(0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.g)(durationMs)}` : "";
}

// src/evidence/render/markdown-traffic.ts
/** What callers saw: the loss, who answered when, how requests ended. */
function trafficSection(evidence) {
	const { traffic } = evidence;
	if (traffic === null) return missesTraffic(evidence) ? "### Traffic\n\n**Loss was not measured:** nothing was probed." : void 0;
	const problem = accountingProblem(traffic);
	return [
		"### Traffic",
		`**Failed requests: ${text(lossSentence(traffic))}.** ${blame(traffic)}`,
		probedBy(traffic),
		problem === void 0 ? "" : `⚠️ **Invalid count:** ${problem}`,
		figuresTable(traffic),
		sentenceOf(keptSentence(traffic)),
		traffic.byVersion.length === 0 ? "" : versionTable(traffic.byVersion),
		overTime(traffic),
		classTable(traffic),
		failuresList(traffic.failures)
	].filter((part) => part !== "").join("\n\n");
}
/** Whom the failed ones are attributed to. */
function blame(traffic) {
	return sentenceOf(attributionSentence(traffic));
}
function sentenceOf(words) {
	return words === "" ? "" : `${text(words)}.`;
}
function probedBy(traffic) {
	const host = traffic.host === null ? "" : ` as ${code(traffic.host)}`;
	return `${`Probed with ${formatCount(traffic.ratePerSecond)} requests/s for ${(0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.g)(traffic.durationMs)}`} on ${code(traffic.url)}${host}, versions told apart by ${code(traffic.versionSource)}.`;
}
function figuresTable(traffic) {
	const { latencyMs } = traffic;
	const latency = latencyMs === null ? "unknown" : [
		latencyMs.p50,
		latencyMs.p99,
		latencyMs.max
	].map(_base_mjs__WEBPACK_IMPORTED_MODULE_0__.g);
	return table([
		["Planned", "right"],
		["Answered", "right"],
		["Failed", "right"],
		["Cut-over", "right"],
		["Latency p50 / p99 / max", "right"],
		["Prober's lag p99", "right"]
	], [[
		formatCount(traffic.planned),
		formatCount(answeredCount(traffic)),
		formatCount(traffic.failed),
		formatCutover(traffic),
		typeof latency === "string" ? latency : latency.join(" / "),
		(0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.g)(traffic.lagP99Ms)
	]]);
}
function versionTable(versions) {
	const rows = versions.slice(0, 100).map((seen) => [
		seen.version === null ? "not said" : code(seen.version),
		seen.role,
		populationPhrase[seen.population],
		formatCount(seen.answers),
		formatCount(seen.failed),
		text(timeOfDay(seen.firstAt)),
		text(timeOfDay(seen.lastAt))
	]);
	return table([
		["Version"],
		["Role"],
		["Connections"],
		["Answers", "right"],
		["Failed", "right"],
		["First answer (UTC)"],
		["Last answer (UTC)"]
	], rows);
}
/** One line per role, all to one scale, so that the hand-over can be seen. */
function overTime({ bins }) {
	if (bins.length < 2) return "";
	const top = Math.max(...bins.map((bin) => bin.stable + bin.candidate + bin.unknown));
	const line = (name, values) => values.some((value) => value > 0) ? `${name.padEnd(10)}${sparkline(values, 60, top)}` : "";
	return [
		"```text",
		...[
			line("stable", bins.map((bin) => bin.stable)),
			line("candidate", bins.map((bin) => bin.candidate)),
			line("unknown", bins.map((bin) => bin.unknown)),
			line("failed", bins.map((bin) => bin.failed))
		].filter((text) => text !== ""),
		"```"
	].join("\n");
}
function classTable(traffic) {
	const ended = occurredClasses(traffic);
	if (ended.length === 0) return "";
	const rows = ended.map((entry) => [
		code(entry.class),
		formatCount(entry.count),
		classMeaning[entry.class]
	]);
	const list = table([
		["Class"],
		["Requests", "right"],
		["Meaning"]
	], rows);
	return ended.length === 1 ? folded("How the requests ended", list) : list;
}
function failuresList(failures) {
	if (failures.length === 0) return "";
	const rows = failures.slice(0, 100).map((failed) => [
		text(timeOfDay(failed.at)),
		code(failed.class),
		failed.status === null ? "" : String(failed.status),
		failed.version === null ? "not said" : code(failed.version),
		failed.attribution,
		populationPhrase[failed.population],
		code(failed.detail, 300),
		code(failed.id)
	]);
	const list = table([
		"At (UTC)",
		"Class",
		"Status",
		"Version",
		"Attributed to",
		"Connection",
		"Answer",
		"Request"
	].map((name) => [name]), rows);
	return failures.length > 5 ? folded(`The first ${rows.length} failed requests`, list) : list;
}

// src/evidence/render/markdown.ts
/** GitHub refuses a summary of more than 1 MiB; below that leaves room for other steps' lines. */
const maxBytes = 921600;
const maxRows = 200;
/**
* The job summary in GitHub Flavored Markdown: the verdict first, then what to do, then the proof.
* Safe for any content: data neither breaks a table nor becomes a link, an image, HTML or a mention.
*/
function renderSummary(evidence, { logs = false } = {}) {
	return withinBytes([
		headline(evidence),
		factsTable(evidence),
		failureSection(evidence, logs),
		nextSection(evidence),
		warningsSection(evidence.warnings),
		planSection(evidence.plan),
		trafficSection(evidence),
		gatesSection(evidence.gates),
		stepsSection(evidence.steps),
		footer(evidence)
	]);
}
/** Joins the sections; what does not fit is left out, and said so at the end. */
function withinBytes(sections) {
	const note = "> Some sections are left out here to stay within the limit of a summary; the evidence file has all.";
	let bytes = Buffer.byteLength(note) + 2;
	const all = sections.filter((section) => section !== void 0);
	const kept = all.filter((section) => {
		const size = Buffer.byteLength(section) + 2;
		if (bytes + size > maxBytes) return false;
		bytes += size;
		return true;
	});
	return `${[...kept, ...kept.length < all.length ? [note] : []].join("\n\n")}\n`;
}
function headline(evidence) {
	const { emoji, word } = verdictLook[evidence.verdict];
	return `## ${emoji} ${word}: ${text(outcomeSentence(evidence))}\n\n**Why:** ${text(headOf(evidence), 2e3)}`;
}
function factsTable(evidence) {
	const rows = factsOf(evidence).map(({ label, pieces }) => [`**${label}**`, pieces.map(pieceOf).join("")]);
	return table([["Release"], [""]], rows);
}
function pieceOf(piece) {
	if (piece.kind === "link") return `[${text(piece.text)}](${piece.href})`;
	return piece.kind === "code" ? code(piece.text) : spaced(piece.text);
}
/** The spaces around an arrow or a comma are ours and must survive. */
function spaced(value) {
	const [, before = "", after = ""] = /^( *).*?( *)$/s.exec(value) ?? [];
	return `${before}${text(value)}${after}`;
}
function failureSection({ failure }, showLogs) {
	if (failure === null) return void 0;
	const [message, items] = listed(failure.message);
	const parts = [`### What went wrong`, `**${text(failure.code)}:** ${text(message, 2e3)}`];
	if (items.length > 0) parts.push(items.map((item) => `- ${text(item, 2e3)}`).join("\n"));
	if (failure.remedy !== null) parts.push(`**What to do:** ${text(failure.remedy, 2e3)}`);
	if (failure.evidence.length > 0) {
		const block = fenced(failure.evidence);
		const lines = block.split("\n").length - 2;
		parts.push(lines > 25 ? folded(`What was seen (${lines} lines)`, block) : block);
	}
	const { logs = [] } = failure;
	if (logs.length > 0 && showLogs) parts.push(folded("Last log lines", fenced(logs)));
	else if (logs.length > 0) parts.push(`${countOf(logs.length, "log line")} of its pods stand in the evidence file; ${code("publish-logs: true")} shows them here.`);
	return parts.join("\n\n");
}
function nextSection({ next }) {
	return next === null ? void 0 : `**Next command:**\n\n${fenced([next], "sh", 20)}`;
}
function warningsSection(warnings) {
	if (warnings.length === 0) return void 0;
	const list = [...warnings.slice(0, maxRows).map((warning) => `- ⚠️ Warning: ${text(warning)}`), ...leftOut(warnings.length)].join("\n");
	return `### Warnings\n\n${warnings.length > 8 ? folded(`${warnings.length} warnings`, list) : list}`;
}
function gatesSection(gates) {
	if (gates.length === 0) return void 0;
	const rows = gates.slice(0, maxRows).map((gate) => [
		code(gate.gate),
		`${verdictLook[gate.verdict].emoji} ${verdictLook[gate.verdict].word}`,
		text(gate.reason),
		(0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.g)(gate.durationMs)
	]);
	const columns = [
		["Gate"],
		["Verdict"],
		["Reason"],
		["Took", "right"]
	];
	const shown = gates.slice(0, maxRows).map(observations);
	return [
		"### Gates",
		table(columns, rows),
		...shown
	].filter((part) => part !== "").join("\n\n");
}
/** What did not pass stands open, each with its answer; what passed is folded away. */
function observations(gate) {
	const columns = [
		["Looked at"],
		["Result"],
		["Seen"],
		["Wanted"],
		["Answer"]
	];
	const row = (seen) => [
		text(seen.name),
		seen.ok ? "✓ ok" : "✗ failed",
		text(seen.seen),
		text(seen.wanted),
		code(seen.detail ?? "", 300)
	];
	const failed = gate.observations.filter(({ ok }) => !ok);
	const passed = gate.observations.filter(({ ok }) => ok);
	const parts = [];
	if (failed.length > 0) {
		const open = failed.slice(0, 20).map(row);
		parts.push(`**Failed in** ${code(gate.gate)}:`, table(columns, open), ...leftOut(failed.length, 20));
	}
	if (passed.length > 0) {
		const list = table(columns.slice(0, 4), passed.slice(0, maxRows).map((seen) => row(seen).slice(0, 4)));
		const body = [
			`Gate ${code(gate.gate)}:`,
			list,
			...leftOut(passed.length)
		].join("\n\n");
		parts.push(folded(`${countOf(passed.length, "observation")} passed`, body));
	}
	return parts.join("\n\n");
}
function stepsSection(steps) {
	if (steps.length === 0) return void 0;
	const longest = Math.max(1, ...steps.map((step) => step.durationMs));
	const rows = steps.slice(0, maxRows).map((step) => {
		const { glyph, word } = stepLook[step.outcome];
		const took = step.startedAt === null ? expected(step.durationMs) : (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.g)(step.durationMs);
		const bar = step.startedAt === null ? "" : blockBar(step.durationMs / longest, 12);
		return [
			text(step.title),
			`${glyph} ${word}`,
			took,
			bar,
			text(step.detail)
		];
	});
	const body = [arePlanned(steps) ? table([["Step"], ["Would take", "right"]], rows.map(([title = "", , took = ""]) => [title, took])) : table([
		["Step"],
		["Outcome"],
		["Took", "right"],
		[""],
		["Seen"]
	], rows), ...leftOut(steps.length)].join("\n\n");
	return `### Steps\n\n${steps.length > 30 ? folded(`${steps.length} steps`, body) : body}`;
}
function leftOut(count, shown = maxRows) {
	return count > shown ? [`… and ${formatCount(count - shown)} more in the evidence file.`] : [];
}
function footer({ environment, digest, command }) {
	return `---\n\n${[
		`Command ${code(command)}`,
		`StreamGate ${code(environment.streamgate)}`,
		`Kubernetes ${code(environment.kubernetes)}`,
		`evidence ${code(digest)}`
	].join(" · ")}`;
}

// src/evidence/render/markdown-plain.ts
/** The summary of a run that left no evidence, since its inputs or manifests were wrong. */
function renderPlainSummary({ command, subject, verdict, outcome, message }) {
	const { app, namespace } = subject;
	const of = app ? ` of ${text(app, 100)}` : "";
	const where = namespace ? ` in ${text(namespace, 100)}` : "";
	const { emoji, word } = verdictLook[verdict];
	return `## ${emoji} ${word}: ${command}${of}${where} ended ${outcome}\n\n${fenced([message], "text", 1e4)}\n`;
}

// src/evidence/render/terminal-text.ts
const codes = {
	good: 32,
	bad: 31,
	doubtful: 33,
	quiet: 2,
	strong: 1
};
const escapeCharacter = String.fromCharCode(27);
/** Wraps text in ANSI codes, or leaves it alone. */
function painter(color) {
	if (!color) return (_tone, text) => text;
	return (tone, text) => `${escapeCharacter}[${codes[tone]}m${text}${escapeCharacter}[0m`;
}
/**
* One line that a terminal and a runner show as text. A GitHub runner reads `::name::` at the start of a line,
* after any blanks, and `##[name]` anywhere as commands; a pod's log must not be able to give one.
*/
function printableLine(value, limit) {
	return oneLine(value, limit).replace(/^::/, ": :").replaceAll("##[", "## [");
}
/** The text behind a prefix, broken at blanks to the width, with the prefix's width as indent. */
function wrapped(prefix, value, width) {
	const room = Math.max(20, width - prefix.length);
	const lines = [];
	let line = "";
	for (const word of printableLine(value, 2e3).split(" ")) if (line !== "" && line.length + 1 + word.length > room) {
		lines.push(line);
		line = word;
	} else line = line === "" ? word : `${line} ${word}`;
	lines.push(line);
	const indent = " ".repeat(prefix.length);
	return lines.map((text, index) => index === 0 ? prefix + text : indent + text.replace(/^::/, ": :"));
}
/** Columns two blanks apart, numbers to the right; a line that is too wide is cut. */
function terminalTable(head, rows, rightAligned, width) {
	const all = [head, ...rows];
	const widths = head.map((_, column) => Math.max(...all.map((cells) => cells[column]?.length ?? 0)));
	return all.map((cells) => {
		const padded = cells.map((cell, column) => rightAligned.includes(column) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0));
		return shorten(`  ${padded.join("  ")}`.trimEnd(), width);
	});
}

// src/evidence/render/terminal-plan.ts
const tones = {
	create: "good",
	change: "doubtful",
	unchanged: "quiet"
};
const maxFields = 20;
/** What would happen, for a terminal; nothing without a plan. */
function planLines(plan, paint, width) {
	if (plan === void 0) return [];
	return [
		...wrapped("  ", `${planSentence(plan)}:`, width),
		...plan.objects.slice(0, 200).flatMap((object) => objectLines(object, paint, width)),
		...capacityLines(plan, width),
		...selectorLines(plan, width),
		...plan.notes.slice(0, 20).flatMap((note) => wrapped("  not seen: ", note, width)),
		"",
		"  Permissions that it takes:",
		...manyLines([plan.role.trimEnd()]).map((line) => `    ${blanks(line)}${printableLine(line, 1e3)}`)
	];
}
function objectLines(change, paint, width) {
	const { object, action, fields } = change;
	const { glyph, word } = actionLook[action];
	const compared = comparedWith(change);
	const head = shorten(`${word.padEnd(9)} ${printableLine(object)}`, width - 4);
	const shown = fields.slice(0, maxFields).flatMap(({ path, before, after }) => wrapped("      ", `${path}: ${shorten(shownValue(before), 200)} → ${shorten(shownValue(after), 200)}`, width));
	const left = fields.length - maxFields;
	return [
		`  ${paint(tones[action], glyph)} ${head}`,
		...compared === "" ? [] : wrapped("      ", printableLine(compared), width),
		...shown,
		...left > 0 ? [`      … and ${formatCount(left)} more fields in the evidence file`] : []
	];
}
function capacityLines({ capacity }, width) {
	if (capacity.length === 0) return [];
	const row = (name, of) => [
		name,
		formatCount(of.replicas),
		cpuOf(of.cpuMillis),
		memoryOf(of.memoryBytes)
	];
	const rows = capacity.map((slot) => row(`${slot.role} (${slot.slot})`, slot));
	const total = capacity.length > 1 ? [row("both, while both run", totalOf(capacity))] : [];
	return ["", ...terminalTable([
		"pods of",
		"replicas",
		"CPU requested",
		"memory requested"
	], [...rows, ...total], [
		1,
		2,
		3
	], width)];
}
function selectorLines({ selectors }, width) {
	if (selectors.length === 0) return [];
	const rows = selectors.slice(0, 100).map((match) => [
		printableLine(match.object),
		printableLine(match.effect),
		matchWord(match)
	]);
	return ["", ...terminalTable([
		"who selects the pods",
		"effect",
		"with the candidate"
	], rows, [], width)];
}
/** The indent of a line, which cleaning takes away. */
function blanks(line) {
	return " ".repeat(/^ */.exec(line)?.[0].length ?? 0);
}

// src/evidence/render/terminal.ts
/**
* The evidence for a terminal or a plain log, without a final line break.
* Data can neither move the cursor nor be read as a command by a GitHub runner.
*/
function renderTerminal(evidence, options) {
	const paint = painter(options.color);
	const width = Math.max(40, options.width);
	return [
		headLines(evidence, paint, width),
		evidence.steps.map((step) => stepLine(step, paint, width)),
		planLines(evidence.plan, paint, width),
		evidence.gates.flatMap((gate) => gateLines(gate, paint, width)),
		trafficLines(evidence, paint, width),
		evidence.warnings.slice(0, 20).flatMap((line) => wrapped("! warning: ", line, width)),
		failureLines(evidence.failure, paint, width, options.logs ?? false),
		nextLines(evidence.next, paint)
	].filter((lines) => lines.length > 0).map((lines) => lines.join("\n")).join("\n\n");
}
function headLines(evidence, paint, width) {
	const { glyph, word } = verdictLook[evidence.verdict];
	const tone = evidence.verdict === "pass" ? "good" : evidence.verdict === "fail" ? "bad" : "doubtful";
	const sentence = printableLine(outcomeSentence(evidence));
	return [`${`${paint(tone, `${glyph} ${word}`)}: ${paint("strong", sentence)}`} ${paint("quiet", `(${(0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.g)(evidence.durationMs)})`)}`, ...wrapped("  ", headOf(evidence), width)];
}
const stepTones = {
	done: "good",
	failed: "bad",
	undone: "doubtful",
	skipped: "quiet",
	planned: "quiet"
};
function stepLine(step, paint, width) {
	const { glyph, word } = stepLook[step.outcome];
	const expected = step.durationMs > 0 ? `~ ${(0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.g)(step.durationMs)}` : word;
	const took = (step.startedAt === null ? expected : (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.g)(step.durationMs)).padStart(8);
	const outcome = step.outcome === "done" || step.startedAt === null ? "" : `${word}: `;
	const titleWidth = Math.min(40, Math.max(16, Math.floor(width * .4)));
	const title = shorten(printableLine(step.title), titleWidth).padEnd(titleWidth);
	const detail = shorten(`${outcome}${printableLine(step.detail)}`, Math.max(4, width - titleWidth - 15));
	const line = `${title} ${took}${detail === "" ? "" : `  ${paint("quiet", detail)}`}`;
	return `  ${paint(stepTones[step.outcome], glyph)} ${line}`;
}
/** A gate that passed is one line; otherwise the failing answers are quoted. */
function gateLines(gate, paint, width) {
	const { glyph, word } = verdictLook[gate.verdict];
	const tone = gate.verdict === "pass" ? "good" : gate.verdict === "fail" ? "bad" : "doubtful";
	const [first = "", ...rest] = wrapped("    ", `gate ${gate.gate}: ${word}. ${gate.reason}`, width);
	const quoted = gate.observations.filter(({ ok }) => !ok).slice(0, 5).flatMap((seen) => [...wrapped("    ✗ ", `${seen.name}: ${seen.seen} (wanted ${seen.wanted})`, width), ...seen.detail === void 0 || seen.detail === "" ? [] : [quote(seen.detail, width, "      │ ")]]);
	return [
		`  ${paint(tone, glyph)} ${first.trimStart()}`,
		...rest,
		...quoted
	];
}
function trafficLines(evidence, paint, width) {
	const { traffic } = evidence;
	if (traffic === null) return missesTraffic(evidence) ? ["  Loss was not measured: nothing was probed."] : [];
	const problem = accountingProblem(traffic);
	const failed = occurredClasses(traffic).filter((entry) => entry.class !== "ok").map((entry) => `${formatCount(entry.count)} ${entry.class}`).join(", ");
	const rows = traffic.byVersion.map((seen) => [
		printableLine(seen.version ?? "not said", 24),
		seen.role,
		populationPhrase[seen.population],
		formatCount(seen.answers),
		formatCount(seen.failed),
		printableLine(timeOfDay(seen.firstAt), 12),
		printableLine(timeOfDay(seen.lastAt), 12)
	]);
	const head = [
		"version",
		"role",
		"connections",
		"answers",
		"failed",
		"first (UTC)",
		"last (UTC)"
	];
	const tone = traffic.failed === 0 ? "good" : "bad";
	const blame = attributionSentence(traffic);
	const kept = keptSentence(traffic);
	const loss = lossSentence(traffic);
	const counts = failed === "" ? loss : `${loss}: ${failed}`;
	const [first = "", ...more] = wrapped("  failed requests  ", counts, width);
	return [
		first.replace(loss, paint(tone, loss)),
		...more,
		...blame === "" ? [] : wrapped("  attributed       ", blame, width),
		`  cut-over         ${formatCutover(traffic)}`,
		...kept === "" ? [] : wrapped("  kept connections ", kept, width),
		...problem === void 0 ? [] : wrapped("  ! invalid count: ", problem, width),
		...rows.length === 0 ? [] : ["", ...terminalTable(head, rows, [3, 4], width)],
		...handOver(traffic, width)
	];
}
function handOver({ bins }, width) {
	if (bins.length < 2) return [];
	const top = Math.max(...bins.map((bin) => bin.stable + bin.candidate + bin.unknown));
	const line = (name, values) => values.some((value) => value > 0) ? [`  ${name.padEnd(10)}${sparkline(values, Math.min(60, width - 14), top)}`] : [];
	return [
		"",
		...line("stable", bins.map((bin) => bin.stable)),
		...line("candidate", bins.map((bin) => bin.candidate)),
		...line("failed", bins.map((bin) => bin.failed))
	];
}
function failureLines(failure, paint, width, showLogs) {
	if (failure === null) return [];
	const [message, items] = listed(failure.message);
	const [first = "", ...more] = wrapped("    ", `${failure.code}: ${message}`, width);
	const rest = [...more, ...items.flatMap((item) => wrapped("    - ", item, width))];
	const remedy = failure.remedy === null ? [] : wrapped("  What to do: ", failure.remedy, width);
	const seen = manyLines(failure.evidence, 40).map((line) => quote(line, width, "  │ "));
	const { logs = [] } = failure;
	const lines = showLogs ? manyLines(logs, 40).map((line) => quote(line, width, "  │ ")) : logs.length > 0 ? ["  Log lines of its pods stand in the evidence file; --publish-logs shows them here."] : [];
	return [
		`  ${paint("bad", "✗")} ${first.trimStart()}`,
		...rest,
		...remedy,
		...seen,
		...lines
	];
}
function nextLines(next, paint) {
	if (next === null) return [];
	const lines = manyLines([next], 20).map((line) => `    ${paint("strong", printableLine(line, 1e3))}`);
	return [`  ${paint("quiet", "Next:")}`, ...lines];
}
function quote(line, width, prefix) {
	return prefix + shorten(printableLine(oneLine(line, 1e3), 1e3), Math.max(20, width - prefix.length));
}

// src/evidence/seal.ts
/**
* Completes a draft: names the schema and adds the digest over everything else.
* The digest shows that a document was changed by accident or by hand; it is no signature.
*/
function sealEvidence(draft) {
	const unsealed = {
		...draft,
		schema: "streamgate.evidence/v1",
		digest: void 0
	};
	return {
		...unsealed,
		digest: digestOf(unsealed)
	};
}
/** An undefined field is no field in JSON, so `digest: undefined` leaves the digest itself out. */
function digestOf(withoutDigest) {
	return `sha256:${(0,node_crypto__WEBPACK_IMPORTED_MODULE_1__.createHash)("sha256").update((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.c)(withoutDigest)).digest("hex")}`;
}

// src/evidence/verdict.ts
const severity = {
	pass: 0,
	inconclusive: 1,
	invalid: 2,
	fail: 3
};
/** The worst of several verdicts. Of none at all it is `invalid`: no data is not health. */
function worstVerdict(verdicts) {
	if (verdicts.length === 0) return "invalid";
	return verdicts.reduce((worst, verdict) => severity[verdict] > severity[worst] ? verdict : worst);
}



/***/ }),

/***/ 3883:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  a: () => (/* binding */ lockTimeout),
  c: () => (/* binding */ reportDir),
  d: () => (/* binding */ smoke),
  f: () => (/* binding */ smokeTimeout),
  h: () => (/* binding */ deriveChecks),
  i: () => (/* binding */ leaseDuration),
  l: () => (/* binding */ rollbackBudget),
  m: () => (/* binding */ parseChecks),
  n: () => (/* binding */ context),
  o: () => (/* binding */ namespace),
  p: () => (/* binding */ smokeGate),
  r: () => (/* binding */ kubeconfig),
  s: () => (/* binding */ publishLogs),
  t: () => (/* binding */ app),
  u: () => (/* binding */ route)
});

// EXTERNAL MODULE: ./base.mjs + 1 modules
var base = __nccwpck_require__(5455);
// EXTERNAL MODULE: ./evidence.mjs
var evidence = __nccwpck_require__(5666);
;// CONCATENATED MODULE: external "node:vm"
const external_node_vm_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:vm");
// EXTERNAL MODULE: external "node:http"
var external_node_http_ = __nccwpck_require__(7067);
// EXTERNAL MODULE: external "node:https"
var external_node_https_ = __nccwpck_require__(4708);
// EXTERNAL MODULE: external "node:net"
var external_node_net_ = __nccwpck_require__(7030);
;// CONCATENATED MODULE: ./inputs.mjs







// src/smoke/check.ts
/** `GET /healthz` or `TCP connect to port 8080`. */
function describeCheck(check) {
	return check.kind === "http" ? `${check.method} ${check.path}` : `TCP connect to port ${check.port}`;
}
/** `200`, `2xx`, `200-399`, `200 or 204`. */
function describeStatus(ranges) {
	return ranges.map(({ from, to }) => {
		if (from === to) return String(from);
		return from % 100 === 0 && to === from + 99 ? `${from / 100}xx` : `${from}-${to}`;
	}).join(" or ");
}

// src/smoke/derive-checks.ts
/** The kubelet takes 200 to 399 for health. */
const healthy = {
	from: 200,
	to: 399
};
/**
* Makes checks of what Kubernetes already knows about a workload: the startup, readiness and liveness probes of its
* containers, and a TCP connection to each port that a Service sends traffic to. Probes that run a command, or that
* ask another host than the pod, prove nothing from here and are left out.
* @param template a `PodTemplateSpec` as the wire has it
*/
function deriveChecks(template, servicePorts) {
	const ports = namedPorts(template);
	const fromProbes = listAt(template, "spec", "containers").flatMap((container) => [
		"startupProbe",
		"readinessProbe",
		"livenessProbe"
	].flatMap((kind) => checkOf((0,base.s)(container, kind), container)));
	const fromServices = servicePorts.flatMap(({ port, targetPort = port, protocol = "TCP" }) => {
		const number = typeof targetPort === "number" ? targetPort : ports.get(targetPort);
		return protocol === "TCP" && number !== void 0 ? [tcpCheck(number)] : [];
	});
	return unique([...fromProbes, ...fromServices]);
}
function checkOf(probe, container) {
	const http = (0,base.s)(probe, "httpGet");
	if (http !== void 0) {
		const port = portNumber((0,base.s)(http, "port"), container);
		const elsewhere = (0,base.s)(http, "host");
		if (port === void 0 || typeof elsewhere === "string" && elsewhere !== "") return [];
		return [httpCheck(http, port)];
	}
	const tcp = portNumber((0,base.s)(probe, "tcpSocket", "port") ?? (0,base.s)(probe, "grpc", "port"), container);
	return tcp === void 0 ? [] : [tcpCheck(tcp)];
}
function httpCheck(httpGet, port) {
	const path = (0,base.s)(httpGet, "path");
	const headers = listAt(httpGet, "httpHeaders").flatMap((header) => {
		const [name, value] = [(0,base.s)(header, "name"), (0,base.s)(header, "value")];
		return typeof name === "string" && typeof value === "string" ? [[name.toLowerCase(), value]] : [];
	});
	const check = {
		kind: "http",
		name: "",
		method: "GET",
		path: typeof path === "string" && path !== "" ? path.replace(/^(?!\/)/, "/") : "/",
		port,
		scheme: (0,base.s)(httpGet, "scheme") === "HTTPS" ? "https" : "http",
		headers: Object.fromEntries(headers),
		body: void 0,
		wants: {
			status: [healthy],
			contains: void 0,
			matches: void 0,
			values: [],
			headers: [],
			withinMs: void 0
		},
		answers: 1
	};
	return {
		...check,
		name: describeCheck(check)
	};
}
function tcpCheck(port) {
	return {
		kind: "tcp",
		name: `TCP connect to port ${port}`,
		port
	};
}
/** A probe names a port by number or by a name of its own container. */
function portNumber(port, container) {
	if (typeof port === "number") return port;
	if (typeof port !== "string") return void 0;
	if (/^\d+$/.test(port)) return Number(port);
	return portsOf(container).get(port);
}
function namedPorts(template) {
	const containers = listAt(template, "spec", "containers");
	return new Map(containers.flatMap((container) => [...portsOf(container)]));
}
function portsOf(container) {
	const ports = listAt(container, "ports").flatMap((port) => {
		const [name, number] = [(0,base.s)(port, "name"), (0,base.s)(port, "containerPort")];
		return typeof name === "string" && typeof number === "number" ? [[name, number]] : [];
	});
	return new Map(ports);
}
function listAt(value, ...path) {
	const found = (0,base.s)(value, ...path);
	return Array.isArray(found) ? found : [];
}
function unique(checks) {
	return [...new Map(checks.map((check) => [JSON.stringify(check), check])).values()];
}

// src/smoke/field-reader.ts
const maxWithinMs = 6e5;
const maxCount = 1e3;
/** Reads the fields of one object and collects what is wrong with them, instead of ending at the first. */
var FieldReader = class {
	#object;
	#where;
	#problems;
	constructor(object, where, problems) {
		this.#object = object;
		this.#where = where;
		this.#problems = problems;
	}
	value(field) {
		return this.#object[field];
	}
	complain(field, problem, remedy) {
		this.#problems.push({
			where: `${this.#where}.${(0,base.n)(field)}`,
			problem,
			remedy
		});
	}
	refuseUnknown(known) {
		for (const field of Object.keys(this.#object)) {
			if (known.includes(field)) continue;
			const meant = known.find((name) => soundsLike(name, field));
			const remedy = meant === void 0 ? `Known fields: ${known.join(", ")}.` : `Did you mean "${meant}"?`;
			this.complain((0,base.n)(field, 40), "is no field of a check", remedy);
		}
	}
	text(field) {
		const value = this.value(field);
		if (value === void 0 || typeof value === "string" && value !== "") return value;
		this.complain(field, "is no text", "Write a text, in quotes when it looks like a number.");
	}
	port(field) {
		const value = this.value(field);
		if (value === void 0) return void 0;
		if (typeof value === "number" && Number.isInteger(value) && value >= 1 && value <= 65535) return value;
		this.complain(field, "is no port", "Write the number on which the container listens, 1 to 65535.");
	}
	count(field) {
		const value = this.value(field);
		if (value === void 0) return void 0;
		if (typeof value === "number" && Number.isInteger(value) && value >= 1 && value <= maxCount) return value;
		this.complain(field, "is no number of answers", `Write a whole number, 1 to ${maxCount}.`);
	}
	oneOf(field, choices) {
		const value = this.value(field);
		if (value === void 0) return void 0;
		const chosen = choices.find((choice) => choice.toLowerCase() === String(value).toLowerCase());
		if (chosen === void 0) this.complain(field, "is none of the choices", `Write one of ${choices.join(", ")}.`);
		return chosen;
	}
	duration(field) {
		const value = this.value(field);
		if (value === void 0) return void 0;
		const ms = typeof value === "string" ? (0,base._)(value) : void 0;
		if (ms !== void 0 && ms > 0 && ms <= maxWithinMs) return ms;
		const remedy = `Write a number with a unit, for example 500ms or 2s; at most ${(0,base.g)(maxWithinMs)}.`;
		this.complain(field, "is no duration", remedy);
	}
	entries(field) {
		const value = this.value(field);
		if (value === void 0) return [];
		if ((0,base.f)(value)) return Object.entries(value);
		this.complain(field, "is no list of names and values", `Write it as ${field}: { name: value }.`);
		return [];
	}
};
/** Equal but for case and plural, or one letter away. */
function soundsLike(known, given) {
	const [a, b] = [known, given.toLowerCase()].map((text) => text.replace(/s$/, ""));
	if (a === void 0 || b === void 0 || Math.abs(a.length - b.length) > 1) return false;
	if (a === b) return true;
	let start = 0;
	while (start < a.length && a[start] === b[start]) start += 1;
	const rests = [a.slice(start + 1), a.slice(start)];
	return a.length === b.length && rests[0] === b.slice(start + 1) || a.length > b.length && rests[0] === b.slice(start) || a.length < b.length && rests[1] === b.slice(start + 1) || [...a].sort().join("") === [...b].sort().join("");
}

// src/smoke/parse-rules.ts
const success = [{
	from: 200,
	to: 299
}];
/** `200`, `2xx`, or a list of them. 2xx when nothing is said. */
function parseStatus(read) {
	const value = read.value("status");
	if (value === void 0) return success;
	const ranges = (Array.isArray(value) ? value : [value]).map(statusRange);
	const known = ranges.filter((range) => range !== void 0);
	if (known.length === 0 || known.length < ranges.length) read.complain("status", "is no HTTP status", "Write 200, 2xx, or a list such as [200, 204].");
	return known;
}
function statusRange(value) {
	const text = String(value);
	if (/^[1-5]\d\d$/.test(text)) return {
		from: Number(text),
		to: Number(text)
	};
	const family = /^([1-5])xx$/i.exec(text)?.[1];
	return family === void 0 ? void 0 : {
		from: Number(family) * 100,
		to: Number(family) * 100 + 99
	};
}
function parseRegExp(read, field) {
	const text = read.text(field);
	return text === void 0 ? void 0 : compile(read, field, text, "");
}
/** `{ '$.status': up }`: the value at each path must be equal to the one written. */
function parseJsonRules(read) {
	return read.entries("jsonpath").flatMap(([text, value]) => {
		const path = (0,base.a)(text);
		if (path !== void 0) return [{
			text: (0,base.n)(text),
			path,
			value
		}];
		read.complain(`jsonpath.${text}`, "is no path that names one value", "Use names and indices only, for example $.items[0].name.");
		return [];
	});
}
/** `{ content-type: /json/, x-mode: live }`: equal to the text, or matching the expression between slashes. */
function parseHeaderRules(read) {
	return read.entries("header").flatMap(([name, value]) => {
		const rule = headerRule(read, `header.${name}`, value);
		return rule === void 0 ? [] : [{
			name: (0,base.n)(name).toLowerCase(),
			rule
		}];
	});
}
function headerRule(read, field, value) {
	if (typeof value === "number" || typeof value === "boolean") return String(value);
	if (typeof value !== "string") {
		read.complain(field, "is no text", "Write the value of the header, or an expression between slashes.");
		return;
	}
	const [, source, flags] = /^\/(.+)\/(i?)$/s.exec(value) ?? [];
	return source === void 0 ? value : compile(read, field, source, flags ?? "");
}
function compile(read, field, source, flags) {
	try {
		return new RegExp(source, flags);
	} catch (error) {
		read.complain(field, "is no regular expression", `${(0,base.n)((0,base.b)(error))}.`);
		return;
	}
}

// src/smoke/parse-checks.ts
const fields = [
	"name",
	"path",
	"port",
	"scheme",
	"method",
	"headers",
	"body",
	"status",
	"contains",
	"matches",
	"jsonpath",
	"header",
	"within",
	"answers"
];
/** A version that errs in half of its answers gives so many good ones in a row once in a thousand times. */
const usualAnswers = 10;
/** What may be asked again without changing anything. */
const repeatable = /* @__PURE__ */ new Set(["GET", "HEAD"]);
const methods = [
	"GET",
	"HEAD",
	"POST",
	"PUT",
	"PATCH",
	"DELETE",
	"OPTIONS"
];
/** Reads hand-written checks: a list of objects, or one object. Names every mistake with its place and remedy. */
function parseChecks(value) {
	const list = Array.isArray(value) ? value : [value];
	const problems = [];
	const checks = list.flatMap((entry, index) => parseCheck(entry, `checks[${index}]`, problems));
	return problems.length > 0 ? { problems } : { checks };
}
function parseCheck(entry, where, problems) {
	if (!(0,base.f)(entry)) {
		problems.push({
			where,
			problem: "is not an object",
			remedy: "Write a check as { path: /healthz, status: 200 }."
		});
		return [];
	}
	const read = new FieldReader(entry, where, problems);
	read.refuseUnknown(fields);
	const path = read.text("path") ?? "/";
	if (!/^\/[\x21-\x7e]*$/.test(path)) read.complain("path", "is no path", "Begin it with a slash and encode blanks, for example /api/items?limit=1.");
	const { body, contentType } = readBody(entry.body);
	const method = read.oneOf("method", methods) ?? (body === void 0 ? "GET" : "POST");
	const within = read.duration("within");
	const check = {
		kind: "http",
		name: "",
		method,
		path,
		port: read.port("port"),
		scheme: read.oneOf("scheme", ["http", "https"]) ?? "http",
		headers: {
			...contentType,
			...readHeaders(read)
		},
		body,
		wants: {
			status: parseStatus(read),
			contains: read.text("contains"),
			matches: parseRegExp(read, "matches"),
			values: parseJsonRules(read),
			headers: parseHeaderRules(read),
			withinMs: within
		},
		answers: read.count("answers") ?? (repeatable.has(method) ? usualAnswers : 1)
	};
	const name = (0,base.n)(read.text("name") ?? "");
	return [{
		...check,
		name: name === "" ? describeCheck(check) : name
	}];
}
/** A text is sent as it is, anything else as JSON. */
function readBody(body) {
	if (body === void 0) return {
		body: void 0,
		contentType: {}
	};
	if (typeof body === "string") return {
		body,
		contentType: {}
	};
	return {
		body: JSON.stringify(body),
		contentType: { "content-type": "application/json" }
	};
}
function readHeaders(read) {
	const headers = {};
	for (const [name, value] of read.entries("headers")) {
		const text = typeof value === "number" || typeof value === "boolean" ? String(value) : value;
		if (!/^[!#$%&'*+.^_`|~\w-]+$/.test(name)) read.complain(`headers.${name}`, "is no header name", "Use letters, digits and hyphens.");
		else if (typeof text !== "string" || !/^[\t\x20-\x7e\x80-\xff]*$/.test(text)) read.complain(`headers.${name}`, "is no header value", "Write it as one line of text.");
		else headers[name.toLowerCase()] = text;
	}
	return headers;
}

// src/smoke/place.ts
/** @param defaultPort the port of the pods for checks that name none */
function placesOf(subject, defaultPort) {
	if (subject.pods !== void 0) return subject.pods.map((pod) => podPlace(pod, defaultPort));
	return [urlPlace(subject.url, subject.host)];
}
function podPlace(pod, defaultPort) {
	return {
		name: pod.name,
		async open(check) {
			const port = check.port ?? defaultPort;
			if (port === void 0) throw new base.y("Usage", `the check "${check.name}" names no port, and the pods declare none`, { remedy: "Add port: to the check." });
			const reach = await pod.connect(port);
			const tls = {
				secure: check.kind === "http" && check.scheme === "https",
				verify: false
			};
			const { host } = reach;
			return {
				host,
				port: reach.port,
				...tls,
				publicHost: void 0,
				basePath: "",
				trouble: () => reach.trouble?.(),
				close: () => reach.close()
			};
		}
	};
}
function urlPlace(url, publicHost) {
	const secure = url.protocol === "https:";
	const urlPort = url.port === "" ? secure ? 443 : 80 : Number(url.port);
	return {
		name: publicHost ?? url.host,
		async open(check) {
			return {
				host: url.hostname.replace(/^\[(.*)\]$/, "$1"),
				port: check.port ?? urlPort,
				secure,
				verify: true,
				publicHost,
				basePath: url.pathname.replace(/\/$/, ""),
				trouble: () => void 0,
				close: async () => {}
			};
		}
	};
}

// src/smoke/match-in-time.ts
/** Longest time that one expression may take on one text: meanwhile nothing else runs, and no lock is renewed. */
const matchWithinMs = 1e3;
const match = new external_node_vm_namespaceObject.Script("match()");
/** Whether the text matches; undefined when that was not found out in time. Some expressions take hours on a short text. */
function matchInTime(rule, text) {
	const context = (0,external_node_vm_namespaceObject.createContext)({ match: () => rule.test(text) });
	try {
		return match.runInContext(context, { timeout: matchWithinMs }) === true;
	} catch (error) {
		if ((0,base.s)(error, "code") === "ERR_SCRIPT_EXECUTION_TIMEOUT") return void 0;
		throw error;
	}
}

// src/smoke/secrets.ts
const secretName = /^(?:authorization|proxy-authorization|cookie|set-cookie|x-api-key)$|token|secret|password|api-?key/i;
const masked = "***";
/** Whether a header of this name must never be shown. */
function isSecretHeader(name) {
	return secretName.test(name);
}
/**
* Makes a function that masks what the checks send in secret, wherever a server echoes it: the whole value, the part
* after its scheme (`Bearer …`), the values of cookies, the decoded form of Basic credentials; as they are, and as JSON, URLs and base64 write them.
*/
function redactorFor(checks) {
	const secrets = /* @__PURE__ */ new Set();
	for (const check of checks) {
		if (check.kind !== "http") continue;
		for (const [name, value] of Object.entries(check.headers)) if (isSecretHeader(name)) for (const part of partsOf(name, value)) for (const form of formsOf(part)) secrets.add(form);
	}
	const ordered = [...secrets].filter((secret) => secret.length >= 4).sort((a, b) => b.length - a.length);
	return (text) => ordered.reduce((rest, secret) => rest.replaceAll(secret, "***"), text);
}
function partsOf(name, value) {
	if (name === "cookie") return [value, ...value.split(";").map((pair) => pair.slice(pair.indexOf("=") + 1).trim())];
	const [scheme = "", credentials = ""] = value.split(/\s+(.*)/s);
	if (scheme.toLowerCase() !== "basic") return [value, credentials];
	const decoded = Buffer.from(credentials, "base64").toString("utf8");
	return [
		value,
		credentials,
		decoded,
		decoded.slice(decoded.indexOf(":") + 1)
	];
}
function formsOf(secret) {
	const base64 = Buffer.from(secret).toString("base64");
	return [
		secret,
		JSON.stringify(secret).slice(1, -1),
		encodeURIComponent(secret),
		base64
	];
}

// src/smoke/assess.ts
/** The first thing that is wrong with an answer; undefined when it is as wanted. `redact` masks secrets in quotations. */
function assessAnswer(answer, wants, redact) {
	const { status, body, tookMs } = answer;
	const seen = quoteAnswer(answer, redact);
	if (!wants.status.some(({ from, to }) => status >= from && status <= to)) return {
		seen,
		wanted: describeStatus(wants.status)
	};
	for (const { name, rule } of wants.headers) {
		const value = Object.hasOwn(answer.headers, name) ? answer.headers[name] : void 0;
		if (value !== void 0 && obeys(value, rule)) continue;
		return {
			seen: `answered ${status} with header ${name} ${value === void 0 ? "none" : isSecretHeader(name) ? "***" : `"${(0,base.n)(redact(value))}"`}`,
			wanted: describeHeader(name, rule)
		};
	}
	if (wants.contains !== void 0 && !body.includes(wants.contains)) return {
		seen,
		wanted: `a body that contains "${(0,base.n)(wants.contains)}"`
	};
	const matched = wants.matches === void 0 || matchInTime(wants.matches, body);
	if (matched !== true) {
		const inTime = matched === void 0 ? `, found out within ${(0,base.g)(matchWithinMs)}` : "";
		return {
			seen,
			wanted: `a body that matches ${(0,base.n)(String(wants.matches))}${inTime}`
		};
	}
	const wrongValue = assessValues(answer, wants, redact);
	if (wrongValue !== void 0) return wrongValue;
	if (wants.withinMs !== void 0 && tookMs > wants.withinMs) {
		const wanted = `an answer within ${(0,base.g)(wants.withinMs)}`;
		return {
			seen: `answered ${status} in ${(0,base.g)(tookMs)}`,
			wanted
		};
	}
}
function assessValues(answer, wants, redact) {
	if (wants.values.length === 0) return void 0;
	const json = parseJson$1(answer.body);
	if (json === void 0) return {
		seen: quoteAnswer(answer, redact),
		wanted: "a JSON body"
	};
	for (const { text, path, value } of wants.values) {
		const found = (0,base.o)(json, path);
		if (found !== void 0 && (0,base.l)(found, value)) continue;
		const shown = found === void 0 ? "nothing" : (0,base.n)(redact(JSON.stringify(found)));
		return {
			seen: `answered ${answer.status} with ${shown} at ${text}`,
			wanted: (0,base.n)(JSON.stringify(value))
		};
	}
}
/** Everything that is wanted, short: `200 within 2 s`. */
function describeWants(wants) {
	const parts = [
		...wants.headers.map(({ name, rule }) => describeHeader(name, rule)),
		...wants.contains === void 0 ? [] : [`a body that contains "${(0,base.n)(wants.contains, 60)}"`],
		...wants.matches === void 0 ? [] : [`a body that matches ${(0,base.n)(String(wants.matches), 60)}`],
		...wants.values.map(({ text, value }) => `${(0,base.n)(JSON.stringify(value), 60)} at ${text}`)
	];
	const within = wants.withinMs === void 0 ? "" : ` within ${(0,base.g)(wants.withinMs)}`;
	const also = parts.length === 0 ? "" : ` with ${parts.join(", ")}`;
	return `${describeStatus(wants.status)}${also}${within}`;
}
function quoteAnswer({ status, body }, redact) {
	const quotation = (0,base.n)(redact(body));
	return quotation === "" ? `answered ${status} with an empty body` : `answered ${status} "${quotation}"`;
}
function describeHeader(name, rule) {
	if (isSecretHeader(name)) return `another header ${name}`;
	return typeof rule === "string" ? `header ${name} "${(0,base.n)(rule, 60)}"` : `header ${name} matching ${(0,base.n)(String(rule), 60)}`;
}
function obeys(value, rule) {
	return typeof rule === "string" ? value === rule : matchInTime(rule, value) === true;
}
function parseJson$1(body) {
	try {
		return JSON.parse(body);
	} catch {
		return;
	}
}

// src/smoke/http-attempt.ts
const maxBodyBytes = 1048576;
function keepLine(secure) {
	const options = {
		keepAlive: true,
		maxSockets: 1
	};
	const agent = secure ? new external_node_https_.Agent(options) : new external_node_http_.Agent(options);
	return {
		agent,
		close: () => agent.destroy()
	};
}
/**
* Sends one request, on a connection of its own unless one is kept. Redirects are not followed and nothing is repeated.
* @throws the signal's reason when it is aborted first; Node's error when no whole answer came
*/
function sendHttp(check, endpoint, clock, signal, line) {
	return new Promise((resolve, reject) => {
		const startedAt = clock.monotonic();
		const publicName = (endpoint.publicHost ?? endpoint.host).replace(/:\d+$/, "");
		const common = {
			host: endpoint.host,
			port: endpoint.port,
			method: check.method,
			path: `${endpoint.basePath}${check.path}`,
			headers: headersOf(check, endpoint),
			signal
		};
		const fail = (error) => reject(signal.aborted ? signal.reason : error);
		let answering = false;
		const onResponse = (message) => {
			answering = true;
			readAnswer(message).then((answer) => resolve({
				...answer,
				tookMs: clock.monotonic() - startedAt
			}), fail);
		};
		const request$2 = endpoint.secure ? (0,external_node_https_.request)({
			...common,
			agent: line?.agent ?? new external_node_https_.Agent({ keepAlive: false }),
			rejectUnauthorized: endpoint.verify,
			...(0,external_node_net_.isIP)(publicName) === 0 ? { servername: publicName } : {}
		}, onResponse) : (0,external_node_http_.request)({
			...common,
			agent: line?.agent ?? new external_node_http_.Agent({ keepAlive: false })
		}, onResponse);
		request$2.on("error", (error) => {
			if (!answering || signal.aborted) fail(error);
		});
		request$2.on("upgrade", (_message, socket) => {
			socket.destroy();
			fail(/* @__PURE__ */ new Error("switched protocols without being asked to"));
		});
		request$2.on("close", () => {
			if (!answering) fail(/* @__PURE__ */ new Error("the connection ended without an answer"));
		});
		request$2.end(check.body);
	});
}
function headersOf(check, endpoint) {
	return {
		"user-agent": "streamgate-smoke",
		...endpoint.publicHost === void 0 ? {} : { host: endpoint.publicHost },
		...check.body === void 0 ? {} : { "content-length": String(Buffer.byteLength(check.body)) },
		...check.headers
	};
}
function readAnswer(message) {
	return new Promise((resolve, reject) => {
		const chunks = [];
		let size = 0;
		const done = () => {
			const body = Buffer.concat(chunks).subarray(0, maxBodyBytes).toString("utf8");
			resolve({
				status: message.statusCode ?? 0,
				headers: joinHeaders(message),
				body
			});
		};
		message.on("data", (chunk) => {
			chunks.push(chunk);
			size += chunk.length;
			if (size < maxBodyBytes) return;
			done();
			message.destroy();
		});
		message.on("end", done);
		message.on("error", (cause) => {
			reject(new Error(`answered ${message.statusCode}, but the connection broke after ${size} bytes of the body`, { cause }));
		});
	});
}
function joinHeaders(message) {
	const entries = Object.entries(message.headersDistinct);
	return Object.fromEntries(entries.map(([name, values]) => [name, (values ?? []).join(", ")]));
}

// src/smoke/tcp-attempt.ts
/**
* A port-forward accepts every connection on this side and closes it when the pod's port refuses, so an open
* connection proves something only when it stays open for a moment.
*/
const tcpSettleMs = 250;
/** How often it is looked whether the moment may begin. */
const lookEveryMs = 20;
/**
* Opens a TCP connection and holds it until the peer speaks or has not closed it for a moment.
* @throws Node's error, one that says that the peer closed at once, or the signal's reason
*/
function holdTcp({ host, port, isCarried }, clock, signal) {
	return new Promise((resolve, reject) => {
		const socket = (0,external_node_net_.connect)({
			host,
			port
		});
		let cancelTimer = () => {};
		const end = (error) => {
			cancelTimer();
			signal.removeEventListener("abort", onAbort);
			socket.destroy();
			if (error === void 0) resolve();
			else reject(error);
		};
		const onAbort = () => end(signal.reason);
		const settle = () => {
			cancelTimer = isCarried() ? clock.after(250, () => end()) : clock.after(lookEveryMs, settle);
		};
		socket.on("connect", settle);
		socket.on("data", () => end());
		socket.on("end", () => end(/* @__PURE__ */ new Error("the connection was closed as soon as it was open")));
		socket.on("error", end);
		if (signal.aborted) onAbort();
		else signal.addEventListener("abort", onAbort, { once: true });
	});
}

// src/smoke/version-proof.ts
/** @throws StreamGateError `Usage` for a JSONPath that does not name exactly one value. */
function versionReader(source) {
	if (source.kind === "none") return () => void 0;
	if (source.kind === "header") return ({ headers }) => clean(headers[source.name.toLowerCase()]);
	const path = (0,base.a)(source.path);
	if (path === void 0) throw new base.y("Usage", `"${source.path}" is not a JSONPath that names one value`, { remedy: "Write it with names and indices only, for example $.build.version or $.items[0].version." });
	return ({ body }) => {
		const value = (0,base.o)(parseJson(body), path);
		return clean(typeof value === "number" ? String(value) : value);
	};
}
/** What is wrong with the version that one answer named. */
function assessVersion(version, status, policy) {
	const { expected, forbidden = [], require = false } = policy;
	if (version === void 0) return require ? {
		seen: `answered ${status} without naming its version`,
		wanted: nameVersions(expected)
	} : void 0;
	const seen = `answered ${status} as version "${version}"`;
	if (expected !== void 0 && !expected.includes(version)) return {
		seen,
		wanted: nameVersions(expected)
	};
	if (forbidden.includes(version)) return {
		seen,
		wanted: "the new version; this is the stable one"
	};
}
/** What the answers of one place, a pod or a URL, called themselves. */
var VersionLedger = class {
	#versions = /* @__PURE__ */ new Set();
	#answers = 0;
	#silent = 0;
	add(version) {
		this.#answers += 1;
		if (version === void 0) this.#silent += 1;
		else this.#versions.add(version);
	}
	get versions() {
		return [...this.#versions].sort();
	}
	/** Undefined when there is nothing to say: no answer, or nobody asked. */
	observe(place, policy) {
		if (policy.source.kind === "none" && policy.require !== true) return void 0;
		const { versions } = this;
		const mixed = policy.expected === void 0 && versions.length > 1;
		const unproven = policy.require === true && versions.length === 0;
		if (this.#answers === 0 && !unproven) return void 0;
		const named = versions.length === 0 ? "not named" : versions.join(" and ");
		const note = this.#silent > 0 && versions.length > 0 ? `, not named by ${this.#silent} of ${this.#answers} answers` : "";
		const wanted = policy.expected === void 0 ? "one version" : nameVersions(policy.expected);
		return {
			name: `version of ${place}`,
			ok: !mixed && !unproven,
			seen: `${named}${note}`,
			wanted
		};
	}
};
function nameVersions(expected) {
	return expected === void 0 ? "a version" : `version ${expected.map((name) => `"${name}"`).join(" or ")}`;
}
function clean(value) {
	const text = typeof value === "string" ? (0,base.n)(value, 128) : "";
	return text === "" ? void 0 : text;
}
function parseJson(body) {
	try {
		return JSON.parse(body);
	} catch {
		return;
	}
}

// src/smoke/attempt.ts
/** Errors of our machine: no name, no port, no descriptor, no route. */
const ownSideCodes = /* @__PURE__ */ new Set([
	"ENOTFOUND",
	"EAI_AGAIN",
	"EADDRNOTAVAIL",
	"EMFILE",
	"ENFILE",
	"ENETUNREACH",
	"EHOSTUNREACH",
	"EACCES"
]);
/** Tries one check once. Never throws for what it meets; the deadline bounds it. */
async function attemptCheck(check, place, context, deadline) {
	let way;
	try {
		way = await unlessAborted(place.open(check), deadline.signal);
	} catch (error) {
		return explainNoWay(error);
	}
	try {
		if (check.kind === "tcp") {
			const endpoint = {
				host: way.host,
				port: way.port,
				isCarried: () => way.trouble() === void 0
			};
			await holdTcp(endpoint, context.clock, deadline.signal);
			return {
				kind: "ok",
				seen: "connected"
			};
		}
		return assess(check, await sendHttp(check, way, context.clock, deadline.signal), context);
	} catch (error) {
		return explainNoAnswer(check, error, way, context.redact);
	} finally {
		await way.close().catch(() => {});
	}
}
/** @throws whatever stands against opening the way */
async function openWay(check, place, context, deadline) {
	const way = await unlessAborted(place.open(check), deadline.signal);
	const line = keepLine(way.secure);
	return {
		async ask({ signal }) {
			try {
				return assess(check, await sendHttp(check, way, context.clock, signal, line), context);
			} catch (error) {
				return signal.aborted ? explainNoAnswer(check, error, way, context.redact) : void 0;
			}
		},
		async close() {
			line.close();
			await way.close().catch(() => {});
		}
	};
}
/** Never throws: an answer that cannot be read, since it is nested too deep for example, is a bad one. */
function assess(check, answer, context) {
	try {
		return assessReadable(check, answer, context);
	} catch (error) {
		const why = (0,base.n)(context.redact((0,base.b)(error)));
		return {
			kind: "bad",
			seen: `answered ${answer.status} with what cannot be read: ${why}`,
			wanted: void 0
		};
	}
}
function assessReadable(check, answer, context) {
	const version = context.readVersion(answer);
	const wrongVersion = assessVersion(version, answer.status, context.policy);
	const wrongAnswer = assessAnswer(answer, check.wants, context.redact);
	const wrong = version === void 0 ? wrongAnswer ?? wrongVersion : wrongVersion ?? wrongAnswer;
	if (wrong !== void 0) return {
		kind: "bad",
		...wrong
	};
	context.ledger.add(version);
	return {
		kind: "ok",
		seen: `${answer.status} in ${(0,base.g)(answer.tookMs)}`
	};
}
/** A pod that is gone is a fault of the candidate; a way that the API would not open is ours. */
function explainNoWay(error) {
	const seen = `could not be reached: ${(0,base.n)((0,base.b)(error))}`;
	if (error instanceof base.y && error.code === "NotFound") return {
		kind: "bad",
		seen,
		wanted: void 0,
		unanswered: true
	};
	return {
		kind: "own-side",
		seen,
		wanted: void 0
	};
}
/** What a way that was not carried says comes first: then nobody has asked the candidate. */
function explainNoAnswer(check, error, way, redact) {
	const trouble = way.trouble();
	if (trouble !== void 0) return explainNoWay(trouble);
	const text = (0,base.n)(redact((0,base.b)(error)));
	const seen = `${check.kind === "http" ? "gave no whole answer" : "failed"}: ${text}`;
	if (ownSideCodes.has((0,base.s)(error, "code"))) return {
		kind: "own-side",
		seen,
		wanted: void 0
	};
	return {
		kind: "bad",
		seen,
		wanted: void 0,
		unanswered: true
	};
}
/** Stops waiting at the abort. A way that opens after that is closed again. */
function unlessAborted(opening, signal) {
	return new Promise((resolve, reject) => {
		const onAbort = () => {
			reject(signal.reason);
			opening.then((late) => late.close()).catch(() => {});
		};
		if (signal.aborted) return onAbort();
		signal.addEventListener("abort", onAbort, { once: true });
		opening.then(resolve, reject).finally(() => signal.removeEventListener("abort", onAbort));
	});
}

// src/smoke/run-check.ts
/**
* Runs one check on one place until it has succeeded, or failed, often enough, or the deadline is over. A version that
* errs now and then passes one request easily; so what is good is asked again, and then no bad answer is put up with.
* @throws the reason of the deadline's signal when that is a cancellation
*/
async function runCheck(check, place, context, patience, deadline) {
	const startedAt = context.clock.monotonic();
	let attempts = 0;
	let failures = 0;
	let streak = 0;
	let last;
	while (!deadline.signal.aborted && failures < patience.attempts && streak < patience.successes) {
		if (attempts > 0 && !await pause(patience.pauseMs, context, deadline)) break;
		const one = deadline.within(patience.attemptMs, describeCheck(check));
		const attempt = await attemptCheck(check, place, context, one).finally(() => one.clear());
		attempts += 1;
		if (!deadline.signal.aborted || last === void 0 || attempt.kind === "ok") last = attempt;
		if (attempt.kind === "ok") streak += 1;
		else {
			streak = 0;
			failures += 1;
		}
	}
	throwIfCancelled(deadline.signal);
	let passed = streak >= patience.successes;
	let brokeOff = false;
	if (passed && check.kind === "http" && streak < check.answers) {
		const repeated = await repeatCheck(check, place, context, patience, deadline, check.answers - streak);
		throwIfCancelled(deadline.signal);
		attempts += repeated.attempts;
		brokeOff = repeated.brokeOff;
		if (repeated.bad !== void 0) {
			const after = attempts - failures - 1;
			last = {
				...repeated.bad,
				seen: `${repeated.bad.seen} after ${after} good ${after === 1 ? "answer" : "answers"}`
			};
			passed = false;
		}
	}
	const durationMs = context.clock.monotonic() - startedAt;
	return conclude(check, place, passed, last, {
		attempts,
		durationMs,
		...brokeOff ? { unanswered: true } : {}
	});
}
/**
* Asks again without a pause, on a connection that is kept: a way through the API server is dear. That we could not ask, or
* that the time is over, says nothing about the version.
*/
async function repeatCheck(check, place, context, { repeatMs, attemptMs }, deadline, times) {
	const until = context.clock.monotonic() + repeatMs;
	const steady = {
		...check,
		wants: {
			...check.wants,
			withinMs: void 0
		}
	};
	const inTime = (ask) => {
		const one = deadline.within(attemptMs, describeCheck(check));
		return ask(one).finally(() => one.clear());
	};
	const way = await openWay(steady, place, context, deadline).catch(() => void 0);
	let attempts = 0;
	let brokeOff = false;
	try {
		while (attempts < times && context.clock.monotonic() < until && !deadline.signal.aborted) {
			const answered = way && await inTime((one) => way.ask(one));
			if (way !== void 0 && answered === void 0) brokeOff = true;
			const attempt = answered ?? await inTime((one) => attemptCheck(steady, place, context, one));
			if (deadline.signal.aborted || attempt.kind === "own-side") break;
			attempts += 1;
			if (attempt.kind === "bad") return {
				attempts,
				bad: attempt,
				brokeOff
			};
		}
	} finally {
		await way?.close();
	}
	return {
		attempts,
		brokeOff
	};
}
function throwIfCancelled(signal) {
	if (!signal.aborted) return;
	const { reason } = signal;
	if (!(reason instanceof base.y) || reason.code !== "Timeout") throw reason;
}
/** False when the deadline ended the pause. */
function pause(ms, { clock }, { signal }) {
	return clock.sleep(ms, signal).then(() => true, () => false);
}
function conclude(check, place, passed, last, effort) {
	const what = describeCheck(check);
	const title = `${check.name === what ? what : `${check.name} (${what})`} on ${place.name}`;
	const wants = check.kind === "http" ? describeWants(check.wants) : "an open connection";
	if (passed && last !== void 0) return {
		verdict: "pass",
		sentence: "",
		observation: {
			name: title,
			ok: true,
			seen: last.seen,
			wanted: wants,
			...effort
		}
	};
	if (last === void 0 || last.kind === "ok") {
		const seen = last === void 0 ? "not tried before the time was over" : "too few answers before the time was over";
		const observation = {
			name: title,
			ok: false,
			seen,
			wanted: wants,
			...effort
		};
		return {
			verdict: "inconclusive",
			sentence: `${title} was ${seen}`,
			observation
		};
	}
	const sentence = `${title} ${last.seen}, wanted ${last.wanted ?? wants}`;
	const silence = last.kind === "bad" && last.unanswered ? { unanswered: last.unanswered } : {};
	const observation = {
		name: title,
		ok: false,
		seen: last.seen,
		wanted: wants,
		detail: sentence,
		...effort,
		...silence
	};
	return {
		verdict: last.kind === "bad" ? "fail" : "invalid",
		sentence,
		observation
	};
}

// src/smoke/smoke-gate.ts
const defaultPatience = {
	attempts: 3,
	pauseMs: 500,
	successes: 1,
	attemptMs: 1e4,
	repeatMs: 3e3
};
/** Each pod costs a port-forward; more at once would strain the API server. */
const podsAtOnce = 8;
/**
* A gate that runs every check on every pod, and holds each answer to the version that has to give it.
* @throws StreamGateError `Usage` for a bad JSONPath of the version
*/
function smokeGate(options) {
	const { checks, clock, version: policy } = options;
	const patience = {
		...defaultPatience,
		...options.patience
	};
	const readVersion = versionReader(policy.source);
	const redact = redactorFor(checks);
	async function checkPlace(place, deadline) {
		const ledger = new VersionLedger();
		const context = {
			clock,
			redact,
			readVersion,
			policy,
			ledger
		};
		const outcomes = [];
		for (const check of checks) outcomes.push(await runCheck(check, place, context, patience, deadline));
		const observation = ledger.observe(place.name, policy);
		if (observation !== void 0) outcomes.push(concludeVersion(observation));
		return {
			outcomes,
			versions: ledger.versions
		};
	}
	return {
		name: "smoke",
		async check(subject, deadline) {
			const [startedAt, begin] = [(0,base.C)(clock.now()), clock.monotonic()];
			throwIfCancelled(deadline.signal);
			const places = placesOf(subject, options.defaultPort);
			const nothing = reasonForNothing(checks, places);
			const results = nothing === void 0 ? await inBatches(places, (place) => checkPlace(place, deadline)) : [];
			const outcomes = results.flatMap((result) => result.outcomes);
			const versionsSeen = [...new Set(results.flatMap(({ versions }) => versions))].sort();
			const verdict = (0,evidence.t)(outcomes.map((outcome) => outcome.verdict));
			return {
				gate: "smoke",
				verdict,
				reason: nothing ?? sayWhy(verdict, outcomes, {
					checks: checks.length,
					places,
					versionsSeen
				}),
				observations: outcomes.map(({ observation }) => observation),
				startedAt,
				durationMs: clock.monotonic() - begin,
				versionsSeen
			};
		}
	};
}
function reasonForNothing(checks, places) {
	if (checks.length === 0) return "there is nothing to check: the pods have no probe over HTTP or TCP, no Service port, and no check was written";
	return places.length === 0 ? "there is no ready pod to check" : void 0;
}
function concludeVersion(observation) {
	const { name, ok, seen, wanted } = observation;
	if (ok) return {
		verdict: "pass",
		sentence: "",
		observation
	};
	const sentence = `${name} is ${seen}, wanted ${wanted}`;
	return {
		verdict: "fail",
		sentence,
		observation: {
			...observation,
			detail: sentence
		}
	};
}
function sayWhy(verdict, outcomes, facts) {
	if (verdict === "pass") {
		const { places, versionsSeen } = facts;
		const [only] = places;
		const where = places.length === 1 && only !== void 0 ? only.name : `each of ${places.length} pods`;
		const as = versionsSeen.length === 0 ? "" : `, answered as ${versionsSeen.join(" and ")}`;
		return `${facts.checks} ${facts.checks === 1 ? "check" : "checks"} passed on ${where}${as}`;
	}
	const worst = outcomes.filter((outcome) => outcome.verdict === verdict);
	const more = worst.length > 1 ? ` (and ${worst.length - 1} more)` : "";
	return `${worst[0]?.sentence ?? verdict}${more}`;
}
async function inBatches(items, run) {
	const results = [];
	for (let start = 0; start < items.length; start += podsAtOnce) results.push(...await Promise.all(items.slice(start, start + podsAtOnce).map(run)));
	return results;
}

// src/commands/smoke-checks.ts
/** Schema of the `smoke` input: what the smoke room reads, and its complaints as those of an input. */
function smokeChecks(value, complain) {
	const { checks, problems = [] } = parseChecks(value);
	for (const { where, problem, remedy } of problems) complain(where, `${problem}. ${remedy}`);
	return checks ?? [];
}

// src/commands/inputs.ts
/** Inputs that several commands share, so that they mean the same everywhere. */
const app = {
	kind: "string",
	required: true,
	description: "Name of the app: of its Deployment and of the Service that callers use.",
	shape: "a DNS label: lower-case letters, digits and `-`, at most 50 characters",
	pattern: /[a-z]([a-z0-9-]{0,48}[a-z0-9])?/,
	maxLength: 50,
	example: "shop"
};
const namespace = {
	kind: "string",
	default: "default",
	description: "Namespace of the app.",
	shape: "a DNS label: lower-case letters, digits and `-`, at most 63 characters",
	pattern: /[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?/,
	maxLength: 63,
	example: "production"
};
const kubeconfig = {
	kind: "secret",
	orFile: true,
	description: "How to reach the cluster: the path of a kubeconfig file, or its whole content from a secret. When not given: `$KUBECONFIG`, then `~/.kube/config`, then the service account of the pod that this runs in.",
	example: ".kube/config"
};
const context = {
	kind: "string",
	description: "Context of the kubeconfig to use instead of its current one.",
	example: "production"
};
const reportDir = {
	kind: "string",
	description: "Directory for the evidence (JSON) and the report (HTML). When not given: a folder of its own for each run, below the temporary directory of the runner, or below `./streamgate-report` on a terminal.",
	example: "reports/release"
};
const publishLogs = {
	kind: "boolean",
	default: "false",
	description: "Show the last log lines of a failed version in the job summary and the terminal as well. They may hold secrets; otherwise they stand in the evidence and the report only."
};
const lockTimeout = {
	kind: "duration",
	default: "5m",
	min: "0s",
	max: "1h",
	description: "How long to wait for another release of the same app to end.",
	example: "10m"
};
const leaseDuration = {
	kind: "duration",
	default: "30s",
	min: "5s",
	max: "10m",
	description: "How long this run may give no sign of life before another one takes it for dead, takes its lock over and goes on or reverses. Longer suits a network that is often away, shorter gets a killed release out of the way sooner.",
	example: "1m"
};
const rollbackBudget = {
	kind: "duration",
	default: "2m",
	min: "1s",
	max: "6h",
	description: "How long it may take until the older version has all the traffic again. The evidence says whether that was met; nothing is cut off.",
	example: "30s"
};
const route = {
	kind: "string",
	description: "Name of the HTTPRoute that sends traffic to the app. When not given: every HTTPRoute of the namespace whose backend is the Service of the app.",
	shape: "the name of an HTTPRoute",
	pattern: /[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?/,
	example: "shop"
};
const smoke = {
	kind: "yaml",
	schema: smokeChecks,
	shape: "a list of checks like `{ path: /healthz, status: 200 }`",
	description: "HTTP checks that every pod of the new version must pass, besides those derived from its probes and ports. A check may have `name`, `path`, `port`, `scheme`, `method`, `headers`, `body`, and of the answer `status`, `contains`, `matches` (regular expression), `jsonpath` (path: wanted value), `header` and `within` (a duration). What is good is asked again, and then has to stay good: `answers` says how often in all (10 for GET and HEAD, else 1), within 3 s.",
	example: "- path: /api/cart\n  status: 200\n  contains: items\n  within: 500ms"
};
const smokeTimeout = {
	kind: "duration",
	default: "1m",
	min: "1s",
	max: "30m",
	description: "By when all checks must have passed. Until then a failing one is tried again.",
	example: "2m"
};



/***/ }),

/***/ 665:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   a: () => (/* binding */ outcome),
/* harmony export */   c: () => (/* binding */ report),
/* harmony export */   i: () => (/* binding */ failedRequests),
/* harmony export */   l: () => (/* binding */ requests),
/* harmony export */   n: () => (/* binding */ durationSeconds),
/* harmony export */   o: () => (/* binding */ reason),
/* harmony export */   r: () => (/* binding */ evidence),
/* harmony export */   s: () => (/* binding */ release),
/* harmony export */   t: () => (/* binding */ activeSlot),
/* harmony export */   u: () => (/* binding */ verdict)
/* harmony export */ });
// src/commands/outputs.ts
/** Outputs that several commands share. `verdict`, `outcome` and `reason` are set on every path, errors included. */
const verdict = {
	description: "`pass`, `fail`, `inconclusive` (too little data) or `invalid` (the check itself cannot be trusted).",
	example: "pass"
};
/** `outcome` of one command: the words that it may end with, the usual one first. */
function outcome(usual, ...others) {
	return {
		description: `How it ended, in one word; one of ${[usual, ...others].map((word) => `\`${word}\``).join(", ")}.`,
		example: usual
	};
}
const reason = { description: "Why, in one sentence." };
const durationSeconds = {
	kind: "number",
	description: "How long it took, in seconds.",
	example: "42.7"
};
const requests = {
	kind: "number",
	description: "Requests that were sent to the entry point; empty when loss was not measured.",
	example: "4210"
};
const failedRequests = {
	kind: "number",
	description: "How many of them failed, attributable to the new version or to the switch.",
	example: "0"
};
const evidence = { description: "Path of the evidence, one JSON document." };
const report = { description: "Path of the report, one self-contained HTML page." };
const release = {
	description: "Id of the release; a later step continues it, a person finds it by it.",
	example: "shop-7-tp4gvb"
};
const activeSlot = {
	description: "Slot that takes the traffic now: `blue` or `green`.",
	example: "green"
};



/***/ }),

/***/ 8907:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  n: () => (/* binding */ __require),
  r: () => (/* binding */ __toESM),
  t: () => (/* binding */ __commonJSMin)
});

;// CONCATENATED MODULE: external "node:module"
const external_node_module_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:module");
;// CONCATENATED MODULE: ./rolldown-runtime.mjs


// \0rolldown/runtime.js
var __create = Object.create;
var __defProp = Object.defineProperty;
var __getOwnPropDesc = Object.getOwnPropertyDescriptor;
var __getOwnPropNames = Object.getOwnPropertyNames;
var __getProtoOf = Object.getPrototypeOf;
var __hasOwnProp = Object.prototype.hasOwnProperty;
var __commonJSMin = (cb, mod) => () => (mod || (cb((mod = { exports: {} }).exports, mod, mod.exports), cb = null), mod.exports);
var __copyProps = (to, from, except, desc) => {
	if (from && typeof from === "object" || typeof from === "function") {
		for (var keys = __getOwnPropNames(from), i = 0, n = keys.length, key; i < n; i++) {
			key = keys[i];
			if (!__hasOwnProp.call(to, key) && key !== except) {
				__defProp(to, key, {
					get: ((k) => from[k]).bind(null, key),
					enumerable: !(desc = __getOwnPropDesc(from, key)) || desc.enumerable
				});
			}
		}
	}
	return to;
};
var __toESM = (mod, isNodeMode, target) => (target = mod != null ? __create(__getProtoOf(mod)) : {}, __copyProps(isNodeMode || !mod || !mod.__esModule || !__hasOwnProp.call(mod, "default") ? __defProp(target, "default", {
	value: mod,
	enumerable: true
}) : target, mod));
var __require = /* #__PURE__ */ (() => (0,external_node_module_namespaceObject.createRequire)(import.meta.url))();



/***/ }),

/***/ 5814:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   a: () => (/* binding */ host),
/* harmony export */   c: () => (/* binding */ url),
/* harmony export */   i: () => (/* binding */ from),
/* harmony export */   l: () => (/* binding */ versionHeader),
/* harmony export */   n: () => (/* binding */ versionInOnePlace),
/* harmony export */   o: () => (/* binding */ image),
/* harmony export */   r: () => (/* binding */ flawOfAddress),
/* harmony export */   s: () => (/* binding */ rate),
/* harmony export */   t: () => (/* binding */ probing),
/* harmony export */   u: () => (/* binding */ versionJsonpath)
/* harmony export */ });
/* harmony import */ var _base_mjs__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(5455);


// src/commands/probe-inputs.ts
/** Inputs about the prober, and about how it learns which version answered. */
const url = {
	kind: "string",
	description: "Address of the real entry point, as callers use it; it is asked all through the release to count lost requests.",
	shape: "an `http://` or `https://` address",
	pattern: /https?:\/\/[^\s/?#]+[^\s#]*/,
	flawOf: flawOfAddress("name an address that answers without"),
	example: "https://shop.example.com/health"
};
const host = {
	kind: "string",
	description: "Host name to ask for when `probe-url` names an address instead of the public name.",
	shape: "a host name, with a port when it is not the usual one",
	pattern: /[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?(:\d{1,5})?/,
	example: "shop.example.com"
};
const rate = {
	kind: "number",
	default: "10",
	min: .1,
	max: 1e3,
	unit: "requests/s",
	description: "How many requests per second are sent to the entry point. The more, the finer a loss is seen: none lost of N bounds the share by 3/N.",
	example: "50"
};
const from = {
	kind: "enum",
	values: [
		"runner",
		"cluster",
		"none"
	],
	default: "runner",
	description: "`runner`: from where this runs. `cluster`: from a short-lived pod, for a runner that cannot reach the service; it takes `probe-image`. `none`: nothing is asked, and the outcome says that loss was not measured."
};
const image = {
	kind: "string",
	description: "Image of the pod that probes with `probe-from: cluster`: any with Node 20 or later. Nothing else in it is used.",
	shape: "an image",
	pattern: /[\w][\w./:@-]*/,
	quote: true,
	example: "docker.io/library/node:24-slim"
};
const versionHeader = {
	kind: "string",
	default: "x-version",
	description: "Response header in which the app says its version. It proves which version answered.",
	shape: "the name of a header",
	pattern: /[\w!#$%&'*+.^`|~-]+/,
	maxLength: 100,
	example: "x-app-version"
};
const versionJsonpath = {
	kind: "string",
	description: "JSONPath into the answer in which the app says its version, instead of a header.",
	shape: "a JSONPath to one value",
	pattern: /\$.+/,
	flawOf: (text) => (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.a)(text) === void 0 ? "names no single value: it takes names and indices only" : void 0,
	example: "$.build.version"
};
/** What is wrong with the address of a URL; `instead` says what to do where it holds credentials. */
function flawOfAddress(instead) {
	return (text) => {
		if (!URL.canParse(text)) return "is no address: look at its host and port";
		const { username, password } = new URL(text);
		return username === "" && password === "" ? void 0 : `holds a user name or password, which would never be sent, but stand in the report: ${instead}`;
	};
}

// src/commands/rules.ts
/** Rules that several commands share, each about inputs that these have from `probe-inputs.ts`. */
const versionInOnePlace = {
	rule: "conflicts",
	when: "version-jsonpath",
	with: ["version-header"],
	because: "the version can be read in one place only"
};
const probing = [
	{
		rule: "conflicts",
		when: {
			input: "probe-from",
			is: ["none"]
		},
		with: ["probe-url"],
		because: "an address is of no use when nothing asks it"
	},
	{
		rule: "requires",
		when: {
			input: "probe-from",
			is: ["cluster"]
		},
		needs: ["probe-image"],
		because: "the pod that probes needs an image that your nodes can pull"
	},
	{
		rule: "requires",
		when: "probe-host",
		needs: ["probe-url"],
		because: "a host name alone does not say where to send the requests"
	},
	versionInOnePlace
];



/***/ })

/******/ });
/************************************************************************/
/******/ // The module cache
/******/ var __webpack_module_cache__ = {};
/******/ 
/******/ // The require function
/******/ function __nccwpck_require__(moduleId) {
/******/ 	// Check if module is in cache
/******/ 	var cachedModule = __webpack_module_cache__[moduleId];
/******/ 	if (cachedModule !== undefined) {
/******/ 		return cachedModule.exports;
/******/ 	}
/******/ 	// Create a new module (and put it into the cache)
/******/ 	var module = __webpack_module_cache__[moduleId] = {
/******/ 		// no module.id needed
/******/ 		// no module.loaded needed
/******/ 		exports: {}
/******/ 	};
/******/ 
/******/ 	// Execute the module function
/******/ 	var threw = true;
/******/ 	try {
/******/ 		__webpack_modules__[moduleId](module, module.exports, __nccwpck_require__);
/******/ 		threw = false;
/******/ 	} finally {
/******/ 		if(threw) delete __webpack_module_cache__[moduleId];
/******/ 	}
/******/ 
/******/ 	// Return the exports of the module
/******/ 	return module.exports;
/******/ }
/******/ 
/******/ // expose the modules object (__webpack_modules__)
/******/ __nccwpck_require__.m = __webpack_modules__;
/******/ 
/************************************************************************/
/******/ /* webpack/runtime/asset-relocator-loader */
/******/ if (typeof __nccwpck_require__ !== 'undefined') __nccwpck_require__.ab = decodeURIComponent(new URL('.', import.meta.url).pathname).slice(import.meta.url.match(/^file:\/\/\/\w:/) ? 1 : 0, -1) + "/";
/******/ 
/******/ /* webpack/runtime/async module */
/******/ (() => {
/******/ 	var webpackQueues = typeof Symbol === "function" ? Symbol("webpack queues") : "__webpack_queues__";
/******/ 	var webpackExports = typeof Symbol === "function" ? Symbol("webpack exports") : "__webpack_exports__";
/******/ 	var webpackError = typeof Symbol === "function" ? Symbol("webpack error") : "__webpack_error__";
/******/ 	var resolveQueue = (queue) => {
/******/ 		if(queue && queue.d < 1) {
/******/ 			queue.d = 1;
/******/ 			queue.forEach((fn) => (fn.r--));
/******/ 			queue.forEach((fn) => (fn.r-- ? fn.r++ : fn()));
/******/ 		}
/******/ 	}
/******/ 	var wrapDeps = (deps) => (deps.map((dep) => {
/******/ 		if(dep !== null && typeof dep === "object") {
/******/ 			if(dep[webpackQueues]) return dep;
/******/ 			if(dep.then) {
/******/ 				var queue = [];
/******/ 				queue.d = 0;
/******/ 				dep.then((r) => {
/******/ 					obj[webpackExports] = r;
/******/ 					resolveQueue(queue);
/******/ 				}, (e) => {
/******/ 					obj[webpackError] = e;
/******/ 					resolveQueue(queue);
/******/ 				});
/******/ 				var obj = {};
/******/ 				obj[webpackQueues] = (fn) => (fn(queue));
/******/ 				return obj;
/******/ 			}
/******/ 		}
/******/ 		var ret = {};
/******/ 		ret[webpackQueues] = x => {};
/******/ 		ret[webpackExports] = dep;
/******/ 		return ret;
/******/ 	}));
/******/ 	__nccwpck_require__.a = (module, body, hasAwait) => {
/******/ 		var queue;
/******/ 		hasAwait && ((queue = []).d = -1);
/******/ 		var depQueues = new Set();
/******/ 		var exports = module.exports;
/******/ 		var currentDeps;
/******/ 		var outerResolve;
/******/ 		var reject;
/******/ 		var promise = new Promise((resolve, rej) => {
/******/ 			reject = rej;
/******/ 			outerResolve = resolve;
/******/ 		});
/******/ 		promise[webpackExports] = exports;
/******/ 		promise[webpackQueues] = (fn) => (queue && fn(queue), depQueues.forEach(fn), promise["catch"](x => {}));
/******/ 		module.exports = promise;
/******/ 		body((deps) => {
/******/ 			currentDeps = wrapDeps(deps);
/******/ 			var fn;
/******/ 			var getResult = () => (currentDeps.map((d) => {
/******/ 				if(d[webpackError]) throw d[webpackError];
/******/ 				return d[webpackExports];
/******/ 			}))
/******/ 			var promise = new Promise((resolve) => {
/******/ 				fn = () => (resolve(getResult));
/******/ 				fn.r = 0;
/******/ 				var fnQueue = (q) => (q !== queue && !depQueues.has(q) && (depQueues.add(q), q && !q.d && (fn.r++, q.push(fn))));
/******/ 				currentDeps.map((dep) => (dep[webpackQueues](fnQueue)));
/******/ 			});
/******/ 			return fn.r ? promise : getResult();
/******/ 		}, (err) => ((err ? reject(promise[webpackError] = err) : outerResolve(exports)), resolveQueue(queue)));
/******/ 		queue && queue.d < 0 && (queue.d = 0);
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/define property getters */
/******/ (() => {
/******/ 	// define getter functions for harmony exports
/******/ 	__nccwpck_require__.d = (exports, definition) => {
/******/ 		for(var key in definition) {
/******/ 			if(__nccwpck_require__.o(definition, key) && !__nccwpck_require__.o(exports, key)) {
/******/ 				Object.defineProperty(exports, key, { enumerable: true, get: definition[key] });
/******/ 			}
/******/ 		}
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/ensure chunk */
/******/ (() => {
/******/ 	__nccwpck_require__.f = {};
/******/ 	// This file contains only the entry chunk.
/******/ 	// The chunk loading function for additional chunks
/******/ 	__nccwpck_require__.e = (chunkId) => {
/******/ 		return Promise.all(Object.keys(__nccwpck_require__.f).reduce((promises, key) => {
/******/ 			__nccwpck_require__.f[key](chunkId, promises);
/******/ 			return promises;
/******/ 		}, []));
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/get javascript chunk filename */
/******/ (() => {
/******/ 	// This function allow to reference async chunks
/******/ 	__nccwpck_require__.u = (chunkId) => {
/******/ 		// return url for filenames based on template
/******/ 		return "" + chunkId + ".index.mjs";
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/hasOwnProperty shorthand */
/******/ (() => {
/******/ 	__nccwpck_require__.o = (obj, prop) => (Object.prototype.hasOwnProperty.call(obj, prop))
/******/ })();
/******/ 
/******/ /* webpack/runtime/make namespace object */
/******/ (() => {
/******/ 	// define __esModule on exports
/******/ 	__nccwpck_require__.r = (exports) => {
/******/ 		if(typeof Symbol !== 'undefined' && Symbol.toStringTag) {
/******/ 			Object.defineProperty(exports, Symbol.toStringTag, { value: 'Module' });
/******/ 		}
/******/ 		Object.defineProperty(exports, '__esModule', { value: true });
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/import chunk loading */
/******/ (() => {
/******/ 	// no baseURI
/******/ 	
/******/ 	// object to store loaded and loading chunks
/******/ 	// undefined = chunk not loaded, null = chunk preloaded/prefetched
/******/ 	// [resolve, Promise] = chunk loading, 0 = chunk loaded
/******/ 	var installedChunks = {
/******/ 		792: 0
/******/ 	};
/******/ 	
/******/ 	var installChunk = (data) => {
/******/ 		var {ids, modules, runtime} = data;
/******/ 		// add "modules" to the modules object,
/******/ 		// then flag all "ids" as loaded and fire callback
/******/ 		var moduleId, chunkId, i = 0;
/******/ 		for(moduleId in modules) {
/******/ 			if(__nccwpck_require__.o(modules, moduleId)) {
/******/ 				__nccwpck_require__.m[moduleId] = modules[moduleId];
/******/ 			}
/******/ 		}
/******/ 		if(runtime) runtime(__nccwpck_require__);
/******/ 		for(;i < ids.length; i++) {
/******/ 			chunkId = ids[i];
/******/ 			if(__nccwpck_require__.o(installedChunks, chunkId) && installedChunks[chunkId]) {
/******/ 				installedChunks[chunkId][0]();
/******/ 			}
/******/ 			installedChunks[ids[i]] = 0;
/******/ 		}
/******/ 	
/******/ 	}
/******/ 	
/******/ 	__nccwpck_require__.f.j = (chunkId, promises) => {
/******/ 			// import() chunk loading for javascript
/******/ 			var installedChunkData = __nccwpck_require__.o(installedChunks, chunkId) ? installedChunks[chunkId] : undefined;
/******/ 			if(installedChunkData !== 0) { // 0 means "already installed".
/******/ 	
/******/ 				// a Promise means "currently loading".
/******/ 				if(installedChunkData) {
/******/ 					promises.push(installedChunkData[1]);
/******/ 				} else {
/******/ 					if(true) { // all chunks have JS
/******/ 						// setup Promise in chunk cache
/******/ 						var promise = import("./" + __nccwpck_require__.u(chunkId)).then(installChunk, (e) => {
/******/ 							if(installedChunks[chunkId] !== 0) installedChunks[chunkId] = undefined;
/******/ 							throw e;
/******/ 						});
/******/ 						var promise = Promise.race([promise, new Promise((resolve) => (installedChunkData = installedChunks[chunkId] = [resolve]))])
/******/ 						promises.push(installedChunkData[1] = promise);
/******/ 					}
/******/ 				}
/******/ 			}
/******/ 	};
/******/ 	
/******/ 	// no prefetching
/******/ 	
/******/ 	// no preloaded
/******/ 	
/******/ 	// no external install chunk
/******/ 	
/******/ 	// no on chunks loaded
/******/ })();
/******/ 
/************************************************************************/
var __webpack_exports__ = {};
/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Cs: () => (/* binding */ runAction),
/* harmony export */   a2: () => (/* binding */ runPost),
/* harmony export */   ak: () => (/* binding */ runCli)
/* harmony export */ });
/* harmony import */ var _rolldown_runtime_mjs__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(8907);
/* harmony import */ var _base_mjs__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(5455);
/* harmony import */ var _commands_mjs__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(2303);




// src/entry.ts
/** What `dist/<name>/index.js` calls. */
async function runAction(name) {
	await (await __nccwpck_require__.e(/* import() */ 127).then(__nccwpck_require__.bind(__nccwpck_require__, 9127))).runAction(find(name));
}
/** What `dist/<name>/post.js` calls at the end of the job. */
async function runPost(name) {
	await (await __nccwpck_require__.e(/* import() */ 127).then(__nccwpck_require__.bind(__nccwpck_require__, 9127))).runPost(find(name));
}
/** The command line; ends the process, since open connections would keep it. */
async function runCli(argv) {
	const terminal = await __nccwpck_require__.e(/* import() */ 61).then(__nccwpck_require__.bind(__nccwpck_require__, 2061));
	process.exit(await terminal.main(argv));
}
function find(name) {
	const entry = _commands_mjs__WEBPACK_IMPORTED_MODULE_2__.t.find(({ contract }) => contract.name === name);
	if (entry === void 0) throw new _base_mjs__WEBPACK_IMPORTED_MODULE_1__.y("Internal", `There is no command ${name}`);
	return entry;
}


var __webpack_exports__runAction = __webpack_exports__.Cs;
var __webpack_exports__runCli = __webpack_exports__.ak;
var __webpack_exports__runPost = __webpack_exports__.a2;
export { __webpack_exports__runAction as runAction, __webpack_exports__runCli as runCli, __webpack_exports__runPost as runPost };
