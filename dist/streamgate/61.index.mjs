export const id = 61;
export const ids = [61];
export const modules = {

/***/ 4353:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   a: () => (/* binding */ createPlainProgress),
/* harmony export */   c: () => (/* binding */ namesFiles),
/* harmony export */   d: () => (/* binding */ explain),
/* harmony export */   f: () => (/* binding */ runToEnd),
/* harmony export */   i: () => (/* binding */ readProber),
/* harmony export */   l: () => (/* binding */ readFiles),
/* harmony export */   m: () => (/* binding */ onDefect),
/* harmony export */   n: () => (/* binding */ readRunFacts),
/* harmony export */   o: () => (/* binding */ renderSteps),
/* harmony export */   p: () => (/* binding */ followSignals),
/* harmony export */   r: () => (/* binding */ keepReport),
/* harmony export */   s: () => (/* binding */ wantsLogs),
/* harmony export */   t: () => (/* binding */ createStdinReader),
/* harmony export */   u: () => (/* binding */ endingOfError)
/* harmony export */ });
/* harmony import */ var _base_mjs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5455);
/* harmony import */ var _contract_mjs__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9759);
/* harmony import */ var _evidence_mjs__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(5666);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(1455);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(3024);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(6760);
/* harmony import */ var node_url__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(3136);
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(8161);









// src/hosts/cancellation.ts
/**
* An abort signal that follows SIGINT and SIGTERM. A runner that cancels sends SIGINT, SIGTERM 7.5 s later, and kills
* 2.5 s after that: the first one starts the way back, later ones only call `onRepeat`.
*/
function followSignals(onRepeat) {
	const controller = new AbortController();
	const onSignal = (name) => {
		if (controller.signal.aborted) return onRepeat(name);
		controller.abort(new _base_mjs__WEBPACK_IMPORTED_MODULE_0__.y("Cancelled", `The run was cancelled (${name})`, { remedy: "Run it again when it was not meant to be cancelled." }));
	};
	process.on("SIGINT", onSignal);
	process.on("SIGTERM", onSignal);
	return controller.signal;
}
/** Calls back for what no one caught, so that a defect still ends with its outputs set. */
function onDefect(callback) {
	process.on("uncaughtException", callback);
	process.on("unhandledRejection", callback);
}

// src/hosts/ending.ts
/** Runs the command and never throws. */
async function runToEnd(command, inputs, host) {
	try {
		return endingOfResult(command.contract, await command.run(inputs, host));
	} catch (thrown) {
		return endingOfError(command.contract, thrown);
	}
}
function endingOfResult(contract, result) {
	const { verdict, outcome, reason, remedy, evidence, text, details } = result;
	const values = result.outputs;
	return {
		verdict,
		outcome,
		reason,
		remedy,
		outputs: mapOutputs(contract, (name) => values[(0,_contract_mjs__WEBPACK_IMPORTED_MODULE_1__.s)(name)]),
		evidence,
		text,
		details,
		error: void 0
	};
}
/** Outputs that say how it ended are set even now; the others are empty, which no comparison takes for a result. */
function endingOfError(contract, thrown) {
	const error = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.x)(thrown);
	const { verdict, outcome } = meaningOf(error.code);
	const known = {
		verdict,
		outcome,
		reason: firstLine(error.message)
	};
	return {
		verdict,
		outcome,
		reason: error.message,
		remedy: error.remedy,
		outputs: mapOutputs(contract, (name) => known[name]),
		evidence: void 0,
		text: void 0,
		details: void 0,
		error
	};
}
function mapOutputs(contract, read) {
	const text = (value) => value === void 0 || value === null ? "" : String(value);
	return Object.fromEntries(Object.keys(contract.outputs).map((name) => [name, text(read(name))]));
}
function meaningOf(code) {
	switch (code) {
		case "Usage":
		case "Refused":
		case "NotFound":
		case "Denied": return {
			verdict: "invalid",
			outcome: "Refused"
		};
		case "Superseded": return {
			verdict: "inconclusive",
			outcome: "Superseded"
		};
		case "Unreachable":
		case "Timeout":
		case "Cancelled": return {
			verdict: "inconclusive",
			outcome: "Inconclusive"
		};
		case "Conflict": return {
			verdict: "inconclusive",
			outcome: "Refused"
		};
		case "Failed":
		case "Internal": return {
			verdict: "fail",
			outcome: "Aborted"
		};
	}
}
/** Reason, last evidence and remedy, in the order in which a person needs them, and nothing that a terminal would obey. */
function explain(ending) {
	const evidence = ending.error?.evidence ?? [];
	const parts = [
		ending.reason,
		evidence.map((line) => `  ${line}`).join("\n"),
		ending.remedy ?? ""
	];
	return (0,_evidence_mjs__WEBPACK_IMPORTED_MODULE_2__.c)(parts.filter((part) => part !== "").join("\n\n"));
}
function firstLine(text) {
	return text.split("\n")[0] ?? "";
}

// src/hosts/files.ts
/** Whether a path, directory or glob names at least one file. */
function namesFiles(workspace, pattern) {
	return expand(workspace, pattern).length > 0;
}
/** Reads every file that the patterns name, each once, in the order of the patterns and then by path. */
async function readFiles(workspace, patterns, readStdin) {
	const files = /* @__PURE__ */ new Map();
	for (const pattern of patterns) {
		if (pattern === "-") files.set("-", await readStdin());
		for (const path of pattern === "-" ? [] : expand(workspace, pattern)) files.set((0,node_path__WEBPACK_IMPORTED_MODULE_5__.relative)(workspace, path) || path, readText(path));
	}
	return [...files].map(([path, content]) => ({
		path,
		content
	}));
}
function expand(workspace, pattern) {
	const path = (0,node_path__WEBPACK_IMPORTED_MODULE_5__.resolve)(workspace, pattern);
	const stats = look(() => (0,node_fs__WEBPACK_IMPORTED_MODULE_4__.statSync)(path, { throwIfNoEntry: false }));
	if (stats?.isDirectory()) return manifestsIn(path);
	if (stats !== void 0) return [path];
	return (look(() => (0,node_fs__WEBPACK_IMPORTED_MODULE_4__.globSync)(pattern, { cwd: workspace })) ?? []).map((match) => (0,node_path__WEBPACK_IMPORTED_MODULE_5__.resolve)(workspace, match)).filter((match) => look(() => (0,node_fs__WEBPACK_IMPORTED_MODULE_4__.statSync)(match, { throwIfNoEntry: false }))?.isFile()).sort();
}
/**
* What cannot be looked at (its name is too long or leads in a circle, its folder is closed to us) is no file that could be
* read. The error says no more than that, and quotes the name, which may be a secret that was taken for one.
*/
function look(read) {
	try {
		return read();
	} catch {
		return;
	}
}
/** Like `kubectl apply -f DIR`: the manifests directly inside, not those of folders below. */
function manifestsIn(directory) {
	return (0,node_fs__WEBPACK_IMPORTED_MODULE_4__.globSync)("*.{yaml,yml,json}", { cwd: directory }).map((name) => (0,node_path__WEBPACK_IMPORTED_MODULE_5__.resolve)(directory, name)).sort();
}
function readText(path) {
	try {
		return (0,node_fs__WEBPACK_IMPORTED_MODULE_4__.readFileSync)(path, "utf8");
	} catch (cause) {
		throw new _base_mjs__WEBPACK_IMPORTED_MODULE_0__.y("Usage", `${path} cannot be read: ${(0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.b)(cause)}`, { cause });
	}
}

// src/hosts/logs.ts
/** Whether log lines of pods may be shown to all who can read the output: they may hold secrets. */
function wantsLogs(given) {
	return given["publish-logs"]?.trim().toLowerCase() === "true";
}

// src/hosts/step-list.ts
const stepGlyph = {
	done: "✓",
	failed: "✗",
	undone: "↺",
	skipped: "–",
	planned: "·"
};
const spinner = [
	"⠋",
	"⠙",
	"⠹",
	"⠸",
	"⠼",
	"⠴",
	"⠦",
	"⠧",
	"⠇",
	"⠏"
];
const colors = {
	waiting: "2",
	running: "36",
	done: "32",
	failed: "31",
	undone: "33",
	skipped: "2",
	planned: "2"
};
/** The whole list as lines, none longer than the terminal is wide. */
function renderSteps(steps, look) {
	const room = Math.max(3, look.height);
	if (steps.length <= room) return steps.map((step) => renderStep(step, look));
	const current = Math.max(0, steps.findIndex(({ state }) => state === "running" || state === "waiting"));
	const first = Math.min(Math.max(0, current - 1), steps.length - (room - 2));
	const shown = steps.slice(first, first + room - 2).map((step) => renderStep(step, look));
	const after = steps.length - first - shown.length;
	return [
		...first > 0 ? [paint(look, "2", `  … ${first} before`)] : [],
		...shown,
		...after > 0 ? [paint(look, "2", `  … ${after} to come`)] : []
	];
}
function renderStep(step, look) {
	const glyph = glyphOf(step.state, look.frame);
	const ms = step.state === "running" && step.startedAt !== void 0 ? look.now - step.startedAt : step.durationMs;
	const took = ms === void 0 ? "" : (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.g)(ms);
	const text = (0,_evidence_mjs__WEBPACK_IMPORTED_MODULE_2__.s)([
		step.title,
		took,
		step.detail
	].filter((part) => part !== "").join("  "), 2e3);
	return `  ${paint(look, colors[step.state], glyph)} ${paint(look, step.state === "waiting" ? "2" : "", clip(text, look.width - 5))}`;
}
function glyphOf(state, frame) {
	if (state === "waiting") return "·";
	if (state === "running") return spinner[frame % spinner.length] ?? "·";
	return stepGlyph[state];
}
function paint(look, code, text) {
	return look.color && code !== "" ? `\u001b[${code}m${text}\u001b[0m` : text;
}
function clip(text, width) {
	return text.length > width ? `${text.slice(0, Math.max(0, width - 1))}…` : text;
}

// src/hosts/plain-progress.ts
/** A step that ends sooner is told once, by its end. */
const noticeMs = 1e3;
/**
* Progress where nothing can be redrawn: a line for each step when it has ended, and one before when it takes so long
* that a reader would ask what is going on.
*/
function createPlainProgress(say, clock) {
	const titles = /* @__PURE__ */ new Map();
	const begun = /* @__PURE__ */ new Map();
	const titleOf = (id) => titles.get(id) ?? id;
	const hush = () => {
		for (const step of begun.values()) step.hush();
	};
	return {
		plan(steps) {
			for (const { id, title } of steps) titles.set(id, title);
		},
		begin(id) {
			begun.get(id)?.hush();
			const notice = clock.after(noticeMs, () => say(`… ${titleOf(id)}`));
			begun.set(id, {
				at: clock.monotonic(),
				hush: notice
			});
		},
		end(id, outcome, detail) {
			const step = begun.get(id);
			begun.delete(id);
			step?.hush();
			const took = step === void 0 ? "" : ` (${(0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.g)(clock.monotonic() - step.at)})`;
			say(`${stepGlyph[outcome]} ${titleOf(id)}${took}${detail === "" ? "" : `: ${detail}`}`);
		},
		close: hush
	};
}

// src/hosts/prober-program.ts
const name = "prober.mjs";
/** Reads the prober that stands beside the bundle; a run from the sources takes the one that was built last. */
async function readProber() {
	const here = (0,node_path__WEBPACK_IMPORTED_MODULE_5__.dirname)((0,node_url__WEBPACK_IMPORTED_MODULE_6__.fileURLToPath)(import.meta.url));
	const path = [(0,node_path__WEBPACK_IMPORTED_MODULE_5__.join)(here, name), (0,node_path__WEBPACK_IMPORTED_MODULE_5__.join)(here, "..", "..", "dist", "streamgate", name)].find((place) => (0,node_fs__WEBPACK_IMPORTED_MODULE_4__.existsSync)(place));
	if (path !== void 0) return (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_3__.readFile)(path, "utf8");
	throw new _base_mjs__WEBPACK_IMPORTED_MODULE_0__.y("Failed", `The program of the prober (${name}) was not found beside StreamGate`, { remedy: "Run `npm run build`, or probe from the runner." });
}

// src/hosts/report.ts
/**
* Writes the report as far as it can be written, and never throws: a folder that is full or may not be written to does not
* change how a release ended. Elsewhere, then, in the system's temporary directory; with empty paths, when not there either.
*/
function keepReport(evidence, place, warn) {
	try {
		return writeReport(evidence, place);
	} catch (thrown) {
		const remedy = "Make room there, or name a folder that can be written to with `report-dir`.";
		const why = `The report could not be written where it belongs: ${(0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.b)(thrown)}`;
		try {
			const given = (0,node_fs__WEBPACK_IMPORTED_MODULE_4__.mkdtempSync)((0,node_path__WEBPACK_IMPORTED_MODULE_5__.join)((0,node_os__WEBPACK_IMPORTED_MODULE_7__.tmpdir)(), "streamgate-report-"));
			const report = writeReport(evidence, {
				...place,
				given
			});
			warn(`${why}. It stands in ${given} instead. ${remedy}`);
			return report;
		} catch (again) {
			warn(`${why}, nor elsewhere: ${(0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.b)(again)}. There is none of this run. ${remedy}`);
			return {
				evidencePath: "",
				reportPath: ""
			};
		}
	}
}
/**
* Writes the evidence as one JSON document and as a page that needs nothing else: into `given`, where the last run is the
* one that stays, or into a new folder below `automatic`. Both are absolute.
*/
function writeReport(evidence, { given, automatic }) {
	const directory = given ?? createFolder((0,node_path__WEBPACK_IMPORTED_MODULE_5__.resolve)(automatic, reportName(evidence)));
	(0,node_fs__WEBPACK_IMPORTED_MODULE_4__.mkdirSync)(directory, { recursive: true });
	const report = {
		evidencePath: (0,node_path__WEBPACK_IMPORTED_MODULE_5__.join)(directory, "evidence.json"),
		reportPath: (0,node_path__WEBPACK_IMPORTED_MODULE_5__.join)(directory, "report.html")
	};
	(0,node_fs__WEBPACK_IMPORTED_MODULE_4__.writeFileSync)(report.evidencePath, `${JSON.stringify(evidence, null, 2)}\n`);
	(0,node_fs__WEBPACK_IMPORTED_MODULE_4__.writeFileSync)(report.reportPath, (0,_evidence_mjs__WEBPACK_IMPORTED_MODULE_2__.o)(evidence));
	return report;
}
/** `bluegreen-deploy/production-shop-8-t4x2k1`: by its release when there is one, else by what it was asked about. */
function reportName({ command, subject, release }) {
	const { app, namespace } = subject ?? {
		app: "url",
		namespace: void 0
	};
	return `${command}/${[namespace, release?.id ?? app ?? "all"].filter((part) => part !== void 0).join("-").replace(/[^A-Za-z0-9._-]+/g, "-")}`;
}
/** One job may release two apps, or plan one and then release it: no report takes the place of another. */
function createFolder(path) {
	(0,node_fs__WEBPACK_IMPORTED_MODULE_4__.mkdirSync)((0,node_path__WEBPACK_IMPORTED_MODULE_5__.dirname)(path), { recursive: true });
	for (let count = 1;; count++) {
		const candidate = count === 1 ? path : `${path}-${count}`;
		if (make(candidate)) return candidate;
	}
}
function make(path) {
	try {
		(0,node_fs__WEBPACK_IMPORTED_MODULE_4__.mkdirSync)(path);
		return true;
	} catch (thrown) {
		if ((0,node_fs__WEBPACK_IMPORTED_MODULE_4__.existsSync)(path)) return false;
		throw thrown;
	}
}

// src/hosts/run-facts.ts
/** Who runs this, as GitHub's own variables say; empty where they do not. */
function readRunFacts(environment) {
	const read = (name) => environment[name] ?? "";
	const repository = read("GITHUB_REPOSITORY");
	const runId = read("GITHUB_RUN_ID");
	const server = read("GITHUB_SERVER_URL") || "https://github.com";
	return {
		repository,
		commit: read("GITHUB_SHA"),
		ref: read("GITHUB_REF"),
		runId,
		runAttempt: read("GITHUB_RUN_ATTEMPT"),
		actor: read("GITHUB_ACTOR") || read("USER"),
		runUrl: repository === "" || runId === "" ? "" : `${server}/${repository}/actions/runs/${runId}`
	};
}

// src/hosts/stdin.ts
/** All of standard input, read once however often it is asked for. */
function createStdinReader(stream = process.stdin) {
	let content;
	return () => {
		content ??= readAll(stream);
		return content;
	};
}
async function readAll(stream) {
	const chunks = [];
	for await (const chunk of stream) chunks.push(Buffer.from(chunk));
	return Buffer.concat(chunks).toString("utf8");
}



/***/ }),

/***/ 2061:
/***/ ((__webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.a(__webpack_module__, async (__webpack_handle_async_dependencies__, __webpack_async_result__) => { try {
__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   main: () => (/* binding */ main)
/* harmony export */ });
/* harmony import */ var _rolldown_runtime_mjs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8907);
/* harmony import */ var _base_mjs__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5455);
/* harmony import */ var _commands_mjs__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(2303);
/* harmony import */ var _contract_mjs__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(9759);
/* harmony import */ var _evidence_mjs__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(5666);
/* harmony import */ var _stdin_mjs__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(4353);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(3024);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(6760);









// src/hosts/flags.ts
/** What the host itself understands, for every command. */
const hostFlags = [
	"help",
	"json",
	"verbose"
];
/** What hands that know kubectl type by themselves. */
const shorthands = {
	n: "namespace",
	f: "manifests"
};
/** How the command line writes inputs. */
const flagSpelling = {
	name: (input) => `--${input}`,
	assignment: (input, value) => `--${input} ${(0,_base_mjs__WEBPACK_IMPORTED_MODULE_1__.r)(value)}`
};
/** Reads `--flag value`, `--flag=value`, `--flag`/`--no-flag` of booleans, `--` and the positional input. */
function parseFlags(contract, argv) {
	const given = {};
	const host = /* @__PURE__ */ new Set();
	const problems = [];
	const give = (input, value) => {
		const earlier = given[input];
		const kind = contract.inputs[input]?.kind;
		if (earlier === void 0) given[input] = value;
		else if (kind === "list" || kind === "files") given[input] = `${earlier}\n${value}`;
		else problems.push({
			input,
			problem: "is given twice",
			given: `${earlier} and ${value}`
		});
	};
	const givePositional = (value) => {
		const { positional } = contract;
		if (positional !== void 0 && given[positional] === void 0) give(positional, value);
		else problems.push({
			input: value,
			problem: `is one word too many`,
			unknown: true,
			word: true
		});
	};
	let at = 0;
	for (; at < argv.length; at++) {
		const word = argv[at] ?? "";
		if (word === "--") break;
		if (word === "-h") host.add("help");
		else if (word === "-" || !word.startsWith("-")) givePositional(word);
		else at += readFlag(word, argv[at + 1]);
	}
	for (const word of argv.slice(at + 1)) givePositional(word);
	return {
		given,
		host,
		problems
	};
	/** Takes the flag, and says how many further words it took. */
	function readFlag(word, next) {
		const [, written = "", equals] = /^--?([^=]*)(?:=([\s\S]*))?$/.exec(word) ?? [];
		const name = nameOf(word, written);
		const hostFlag = hostFlags.find((flag) => flag === name);
		const negated = name.startsWith("no-") ? name.slice(3) : "";
		if (hostFlag !== void 0 && equals === void 0) host.add(hostFlag);
		else if (isBoolean(negated) && equals === void 0) give(negated, "false");
		else if (!Object.hasOwn(contract.inputs, name)) return reportUnknown(name, equals, next);
		else if (equals !== void 0 || isBoolean(name)) give(name, equals ?? "true");
		else if (next === void 0 || isFlag(next)) problems.push({
			input: name,
			problem: "has no value"
		});
		else {
			give(name, next);
			return 1;
		}
		return 0;
	}
	function nameOf(word, written) {
		const long = word.startsWith("--") ? void 0 : shorthands[written];
		return long !== void 0 && Object.hasOwn(contract.inputs, long) ? long : written;
	}
	function isBoolean(name) {
		return Object.hasOwn(contract.inputs, name) && contract.inputs[name]?.kind === "boolean";
	}
	function reportUnknown(name, equals, next) {
		const meant = (0,_contract_mjs__WEBPACK_IMPORTED_MODULE_3__.r)(name, [...Object.keys(contract.inputs), ...hostFlags]);
		problems.push({
			input: name,
			problem: `is no option of ${contract.name}`,
			meant,
			unknown: true
		});
		return meant !== void 0 && contract.inputs[meant]?.kind !== "boolean" && meant !== "json" && equals === void 0 && next !== void 0 && !isFlag(next) ? 1 : 0;
	}
}
function isFlag(word) {
	return word.startsWith("--") || /^-[A-Za-z]/.test(word);
}

// src/hosts/help.ts
const exitCodes = [
	["0", "pass"],
	["1", "fail"],
	["2", "usage: nothing was touched"],
	["3", "inconclusive or invalid"]
];
/** `streamgate --help` */
function overallHelp(entries, width) {
	return sections([
		"StreamGate ships a service to Kubernetes and proves that the release was good.",
		["Usage", "  streamgate COMMAND [OPTIONS]"],
		["Commands", columns(entries.map(({ contract }) => [contract.name, contract.summary]), width)],
		["Options", columns(hostOptions, width)],
		["Exit codes", columns(exitCodes, width)],
		"streamgate COMMAND --help says more about a command."
	]);
}
/** `streamgate COMMAND --help` */
function commandHelp(contract, width) {
	const { positional } = contract;
	const word = positional === void 0 ? "" : ` ${metaOf(positional, contract)}`;
	const inputs = Object.entries(contract.inputs).map(([name, spec]) => [flagOf(name, spec), detailsOf(spec)]);
	return sections([
		`${contract.summary}.`,
		["Usage", `  streamgate ${contract.name}${word} [OPTIONS]`],
		plain(contract.description).split("\n\n").map((paragraph) => wrap(paragraph, width).join("\n")).join("\n\n"),
		["Options", columns([...inputs, ...hostOptions], width)],
		["Exit codes", columns(exitCodes, width)]
	]);
}
const hostOptions = [
	["--json", "Print one JSON document on standard output, and nothing else there."],
	["--verbose", "Say more while working."],
	["-h, --help", "Show this."]
];
function metaOf(positional, contract) {
	const name = positional.toUpperCase();
	return contract.inputs[positional]?.required === true ? name : `[${name}]`;
}
function flagOf(name, spec) {
	if (spec.kind === "boolean") return `--[no-]${name}`;
	const short = Object.entries(shorthands).find(([, long]) => long === name)?.[0];
	return `${short === void 0 ? "" : `-${short}, `}--${name} ${spec.kind === "enum" ? "CHOICE" : spec.kind.toUpperCase()}`;
}
function detailsOf(spec) {
	const fallback = (0,_contract_mjs__WEBPACK_IMPORTED_MODULE_3__.o)(spec);
	const unit = spec.unit === void 0 ? "" : ` ${spec.unit}`;
	const facts = [
		...spec.required === true ? ["required"] : [],
		...spec.kind === "boolean" || (0,_contract_mjs__WEBPACK_IMPORTED_MODULE_3__.a)(spec) === "text" ? [] : [`${plain((0,_contract_mjs__WEBPACK_IMPORTED_MODULE_3__.a)(spec))}${unit}`],
		...fallback === void 0 ? [] : [`default ${fallback}`],
		...spec.kind === "secret" ? ["also env:NAME, file:PATH or -"] : []
	];
	const addition = facts.length === 0 ? "" : ` (${facts.join("; ")})`;
	return `${plain(spec.description).replaceAll("\n", " ")}${addition}`;
}
/** Markdown's marks mean nothing on a terminal. */
function plain(markdown) {
	return markdown.replace(/`([^`]*)`/g, "$1").replace(/\*([^*\s][^*]*)\*/g, "$1");
}
function sections(parts) {
	return `${parts.map((part) => typeof part === "string" ? part : part.join("\n")).join("\n\n")}\n`;
}
/** Two columns: names, and texts that wrap under themselves. */
function columns(rows, width) {
	const left = Math.min(30, Math.max(...rows.map(([name]) => name.length))) + 4;
	return rows.flatMap(([name, text]) => {
		const lines = wrap(text, Math.max(30, width - left));
		const head = `  ${name}`;
		const [first = "", ...rest] = head.length > left - 2 ? ["", ...lines] : lines;
		return [(head.padEnd(left) + first).trimEnd(), ...rest.map((line) => " ".repeat(left) + line)];
	}).join("\n");
}
function wrap(text, width) {
	const lines = [];
	let line = "";
	for (const word of text.split(/\s+/)) if (line !== "" && line.length + 1 + word.length > width) {
		lines.push(line);
		line = word;
	} else line = line === "" ? word : `${line} ${word}`;
	return [...lines, line];
}

// src/hosts/live-list.ts
const redrawMs = 100;
/** A list of steps that is redrawn in place on a terminal, and lines everywhere else. */
function createDisplay(screen, clock, options) {
	const steps = /* @__PURE__ */ new Map();
	let drawn = 0;
	let frame = 0;
	let cancelRedraw;
	const erase = () => {
		if (drawn > 0) screen.write(`\u001b[${drawn}A\u001b[0J`);
		drawn = 0;
	};
	const draw = () => {
		const { columns, rows } = screen.size();
		const look = {
			color: screen.color,
			width: columns,
			height: rows - 2,
			frame,
			now: clock.monotonic()
		};
		const lines = (0,_stdin_mjs__WEBPACK_IMPORTED_MODULE_5__.o)([...steps.values()], look);
		erase();
		screen.write(lines.map((line) => `${line}\n`).join(""));
		drawn = lines.length;
	};
	const animate = () => {
		cancelRedraw?.();
		cancelRedraw = clock.after(redrawMs, () => {
			frame++;
			draw();
			animate();
		});
	};
	const rest = () => {
		cancelRedraw?.();
		cancelRedraw = void 0;
	};
	const say = (message) => {
		const text = `${(0,_evidence_mjs__WEBPACK_IMPORTED_MODULE_4__.c)(message)}\n`;
		if (!screen.isTTY) return screen.write(text);
		erase();
		screen.write(text);
		if (steps.size > 0) draw();
	};
	const update = (id, change) => {
		const step = {
			...steps.get(id) ?? {
				id,
				title: id,
				state: "waiting",
				detail: ""
			},
			...change
		};
		steps.set(id, step);
		return step;
	};
	const plain = screen.isTTY ? void 0 : (0,_stdin_mjs__WEBPACK_IMPORTED_MODULE_5__.a)((line) => say(`  ${line}`), clock);
	return {
		progress: {
			plan(planned) {
				for (const { id, title } of planned) update(id, { title });
				if (plain !== void 0) return plain.plan(planned);
				draw();
			},
			begin(id) {
				update(id, {
					state: "running",
					startedAt: clock.monotonic()
				});
				if (plain !== void 0) return plain.begin(id);
				draw();
				animate();
			},
			end(id, outcome, detail) {
				const startedAt = steps.get(id)?.startedAt;
				const durationMs = startedAt === void 0 ? void 0 : clock.monotonic() - startedAt;
				update(id, {
					state: outcome,
					durationMs,
					detail
				});
				if (plain !== void 0) return plain.end(id, outcome, detail);
				if (![...steps.values()].some(({ state }) => state === "running")) rest();
				draw();
			}
		},
		log: {
			debug: (message) => options.verbose ? say(`  ${message}`) : void 0,
			info: (message) => say(message),
			warn: (message) => say(`warning: ${message}`),
			error: (message) => say(`error: ${message}`)
		},
		told: ({ id, state }) => steps.get(id)?.state === state,
		close() {
			rest();
			plain?.close();
			if (screen.isTTY && steps.size > 0) draw();
			drawn = 0;
		}
	};
}

// src/hosts/secrets.ts
/**
* Replaces `env:NAME`, `file:PATH` and `-` by what they stand for. A literal is refused without being repeated: other
* users of the machine can read the arguments of a process, and shells keep a history.
*/
async function resolveSecrets(contract, given, sources) {
	const resolved = { ...given };
	const problems = [];
	for (const [input, spec] of Object.entries(contract.inputs)) {
		const text = given[input];
		if (spec.kind !== "secret" || text === void 0) continue;
		const content = await readSecret(text, sources);
		if (content.problem !== void 0) problems.push({
			input,
			problem: content.problem
		});
		else if (content.text !== void 0) resolved[input] = content.text;
		else if (spec.orFile !== true) problems.push({
			input,
			problem: "is a secret, and must not stand on the command line: give env:NAME, file:PATH or - (standard input)"
		});
		else if (text.includes("\n") || text.startsWith("{")) problems.push({
			input,
			problem: "must be a path, env:NAME or - here, not the content itself"
		});
	}
	for (const { input } of problems) resolved[input] = "";
	return {
		given: resolved,
		problems
	};
}
async function readSecret(text, sources) {
	if (text === "-") return { text: await sources.readStdin() };
	if (text.startsWith("env:")) {
		const name = text.slice(4);
		const value = sources.environment(name);
		return value === void 0 ? { problem: `names the variable ${name}, which is not set` } : { text: value };
	}
	if (!text.startsWith("file:")) return {};
	const path = text.slice(5);
	try {
		return { text: (0,node_fs__WEBPACK_IMPORTED_MODULE_6__.readFileSync)((0,node_path__WEBPACK_IMPORTED_MODULE_7__.resolve)(sources.workspace, path), "utf8") };
	} catch {
		return { problem: `names the file ${path}, which cannot be read` };
	}
}

// src/hosts/terminal.ts
const entries = _commands_mjs__WEBPACK_IMPORTED_MODULE_2__.t.filter(({ contract }) => contract.hosts?.includes("terminal") ?? true);
/** `streamgate COMMAND …`: resolves to the exit code once everything is written. */
async function main(argv) {
	const [name = "", ...rest] = argv;
	if (name === "--version" || name === "version") return print(`${_base_mjs__WEBPACK_IMPORTED_MODULE_1__.t}\n`);
	if ([
		"",
		"help",
		"--help",
		"-h"
	].includes(name)) {
		const entry = entries.find(({ contract }) => contract.name === rest[0]);
		return print(entry === void 0 ? overallHelp(entries, width()) : commandHelp(entry.contract, width()));
	}
	const entry = entries.find(({ contract }) => contract.name === name);
	if (entry === void 0) return complain(unknownCommand(name));
	const flags = parseFlags(entry.contract, rest);
	if (flags.host.has("help")) return print(commandHelp(entry.contract, width()));
	const screen = createScreen();
	const display = createDisplay(screen, _base_mjs__WEBPACK_IMPORTED_MODULE_1__.S, { verbose: flags.host.has("verbose") });
	const ending = await runCommand(entry, flags, display);
	display.close();
	return flags.host.has("json") ? printJson(entry, ending) : printForPeople(ending, display, showsLogs(flags.given));
}
async function runCommand(entry, flags, display) {
	const { contract } = entry;
	const readStdin = (0,_stdin_mjs__WEBPACK_IMPORTED_MODULE_5__.t)();
	const workspace = process.cwd();
	const environment = (name) => process.env[name] || void 0;
	try {
		const secrets = await resolveSecrets(contract, flags.given, {
			environment,
			readStdin,
			workspace
		});
		const parsed = await (0,_contract_mjs__WEBPACK_IMPORTED_MODULE_3__.t)(contract, secrets.given, {
			spelling: flagSpelling,
			exists: (pattern) => (0,_stdin_mjs__WEBPACK_IMPORTED_MODULE_5__.c)(workspace, pattern)
		});
		const problems = [
			...flags.problems,
			...secrets.problems,
			...parsed.problems
		];
		if (parsed.inputs === void 0 || problems.length > 0) throw (0,_contract_mjs__WEBPACK_IMPORTED_MODULE_3__.i)(contract, problems, flagSpelling);
		const signal = (0,_stdin_mjs__WEBPACK_IMPORTED_MODULE_5__.p)(() => process.exit(130));
		signal.addEventListener("abort", () => display.log.warn("stopping; press Ctrl-C again to stop at once"));
		const host = createHost(signal, display, readStdin, secrets.given["report-dir"]);
		return await (0,_stdin_mjs__WEBPACK_IMPORTED_MODULE_5__.f)(await entry.load(), parsed.inputs, host);
	} catch (thrown) {
		return (0,_stdin_mjs__WEBPACK_IMPORTED_MODULE_5__.u)(contract, thrown);
	}
}
function createHost(signal, display, readStdin, reportDir) {
	const workspace = process.cwd();
	const saved = /* @__PURE__ */ new Map();
	return {
		kind: "terminal",
		log: display.log,
		clock: _base_mjs__WEBPACK_IMPORTED_MODULE_1__.S,
		startedAt: performance.timeOrigin,
		signal,
		run: (0,_stdin_mjs__WEBPACK_IMPORTED_MODULE_5__.n)(process.env),
		workspace,
		progress: display.progress,
		environment: (name) => process.env[name] || void 0,
		readStdin,
		readProber: _stdin_mjs__WEBPACK_IMPORTED_MODULE_5__.i,
		readFiles: (patterns) => (0,_stdin_mjs__WEBPACK_IMPORTED_MODULE_5__.l)(workspace, patterns, readStdin),
		saveState: (name, value) => void saved.set(name, value),
		state: (name) => saved.get(name) ?? "",
		publish: async (evidence) => {
			const given = reportDir === void 0 ? void 0 : (0,node_path__WEBPACK_IMPORTED_MODULE_7__.resolve)(workspace, reportDir);
			const automatic = (0,node_path__WEBPACK_IMPORTED_MODULE_7__.resolve)(workspace, "streamgate-report");
			return (0,_stdin_mjs__WEBPACK_IMPORTED_MODULE_5__.r)(evidence, {
				given,
				automatic
			}, display.log.warn);
		}
	};
}
/** Progress goes to standard error, so that standard output is the result and nothing else. */
function createScreen() {
	const { stderr } = process;
	return {
		write: (text) => void stderr.write(text),
		isTTY: stderr.isTTY === true && process.env.TERM !== "dumb",
		color: wantsColor(stderr),
		size: () => ({
			columns: stderr.columns ?? 100,
			rows: stderr.rows ?? 40
		})
	};
}
/** https://no-color.org: any value that is not empty turns colours off. */
function wantsColor(stream) {
	return stream.isTTY === true && !process.env.NO_COLOR && process.env.TERM !== "dumb";
}
function width() {
	return Math.min(process.stdout.columns ?? 100, 110);
}
/** A person at a screen may see them; what a pipeline writes down, many may read. */
function showsLogs(given) {
	return (0,_stdin_mjs__WEBPACK_IMPORTED_MODULE_5__.s)(given) || process.stdout.isTTY === true;
}
async function printForPeople(ending, { told }, logs) {
	const { evidence, text, verdict } = ending;
	const { report = "" } = ending.outputs;
	if (evidence !== void 0) {
		const steps = evidence.steps.filter(({ id, outcome }) => !told({
			id,
			state: outcome
		}));
		await print(`\n${(0,_evidence_mjs__WEBPACK_IMPORTED_MODULE_4__.r)({
			...evidence,
			steps
		}, {
			color: wantsColor(process.stdout),
			width: width(),
			logs
		})}\n${report === "" ? "" : `\n  Report:\n    ${report}\n`}`);
	} else if (text !== void 0) await print(`${(0,_evidence_mjs__WEBPACK_IMPORTED_MODULE_4__.c)(text.replace(/\n$/, ""))}\n`);
	else if (verdict === "pass") await print(`✓ ${(0,_evidence_mjs__WEBPACK_IMPORTED_MODULE_4__.c)(ending.reason)}\n`);
	if (evidence === void 0 && verdict !== "pass") await write(process.stderr, `${(0,_stdin_mjs__WEBPACK_IMPORTED_MODULE_5__.d)(ending)}\n`);
	return exitCodeOf(ending);
}
async function printJson({ contract }, ending) {
	const { verdict, outcome, reason, remedy = null, outputs, details, evidence = null, error } = ending;
	const failure = error === void 0 ? null : {
		code: error.code,
		evidence: error.evidence
	};
	const document = {
		command: contract.name,
		verdict,
		outcome,
		reason,
		remedy,
		outputs,
		...details === void 0 ? {} : { details },
		error: failure,
		evidence
	};
	await print(`${JSON.stringify(document, null, 2)}\n`);
	return exitCodeOf(ending);
}
function exitCodeOf({ verdict, error }) {
	if (error?.code === "Usage") return 2;
	if (verdict === "pass") return 0;
	return verdict === "fail" ? 1 : 3;
}
function unknownCommand(name) {
	const names = entries.map(({ contract }) => contract.name);
	const meant = (0,_contract_mjs__WEBPACK_IMPORTED_MODULE_3__.r)(name, names);
	return new _base_mjs__WEBPACK_IMPORTED_MODULE_1__.y("Usage", `streamgate has no command ${name}`, { remedy: meant === void 0 ? `It has: ${names.join(", ")}.` : `Did you mean streamgate ${meant}?` });
}
async function complain(error) {
	await write(process.stderr, `${error.message}\n\n${error.remedy ?? ""}\n`);
	return 2;
}
async function print(text) {
	await write(process.stdout, text);
	return 0;
}
function write(stream, text) {
	return new Promise((done) => stream.write(text, () => done()));
}
if (import.meta.main) process.exit(await main(process.argv.slice(2)));


__webpack_async_result__();
} catch(e) { __webpack_async_result__(e); } }, 1);

/***/ })

};
