export const id = 127;
export const ids = [127];
export const modules = {

/***/ 9127:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   runAction: () => (/* binding */ runAction),
/* harmony export */   runPost: () => (/* binding */ runPost)
/* harmony export */ });
/* harmony import */ var _rolldown_runtime_mjs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8907);
/* harmony import */ var _base_mjs__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5455);
/* harmony import */ var _contract_mjs__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(9759);
/* harmony import */ var _evidence_mjs__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(5666);
/* harmony import */ var _stdin_mjs__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(4353);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(6760);
/* harmony import */ var os__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(857);
/* harmony import */ var crypto__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(6982);
/* harmony import */ var fs__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(9896);
/* harmony import */ var path__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(6928);













// node_modules/@actions/core/lib/utils.js
/**
* Sanitizes an input into a string so it can be passed into issueCommand safely
* @param input input to sanitize into a string
*/
function toCommandValue(input) {
	if (input === null || input === void 0) return "";
	else if (typeof input === "string" || input instanceof String) return input;
	return JSON.stringify(input);
}
/**
*
* @param annotationProperties
* @returns The command properties to send with the actual annotation command
* See IssueCommandProperties: https://github.com/actions/runner/blob/main/src/Runner.Worker/ActionCommandManager.cs#L646
*/
function toCommandProperties(annotationProperties) {
	if (!Object.keys(annotationProperties).length) return {};
	return {
		title: annotationProperties.title,
		file: annotationProperties.file,
		line: annotationProperties.startLine,
		endLine: annotationProperties.endLine,
		col: annotationProperties.startColumn,
		endColumn: annotationProperties.endColumn
	};
}

// node_modules/@actions/core/lib/command.js
/**
* Issues a command to the GitHub Actions runner
*
* @param command - The command name to issue
* @param properties - Additional properties for the command (key-value pairs)
* @param message - The message to include with the command
* @remarks
* This function outputs a specially formatted string to stdout that the Actions
* runner interprets as a command. These commands can control workflow behavior,
* set outputs, create annotations, mask values, and more.
*
* Command Format:
*   ::name key=value,key=value::message
*
* @example
* ```typescript
* // Issue a warning annotation
* issueCommand('warning', {}, 'This is a warning message');
* // Output: ::warning::This is a warning message
*
* // Set an environment variable
* issueCommand('set-env', { name: 'MY_VAR' }, 'some value');
* // Output: ::set-env name=MY_VAR::some value
*
* // Add a secret mask
* issueCommand('add-mask', {}, 'secretValue123');
* // Output: ::add-mask::secretValue123
* ```
*
* @internal
* This is an internal utility function that powers the public API functions
* such as setSecret, warning, error, and exportVariable.
*/
function issueCommand(command, properties, message) {
	const cmd = new Command(command, properties, message);
	process.stdout.write(cmd.toString() + os__WEBPACK_IMPORTED_MODULE_6__.EOL);
}
const CMD_STRING = "::";
var Command = class {
	constructor(command, properties, message) {
		if (!command) command = "missing.command";
		this.command = command;
		this.properties = properties;
		this.message = message;
	}
	toString() {
		let cmdStr = CMD_STRING + this.command;
		if (this.properties && Object.keys(this.properties).length > 0) {
			cmdStr += " ";
			let first = true;
			for (const key in this.properties) if (this.properties.hasOwnProperty(key)) {
				const val = this.properties[key];
				if (val) {
					if (first) first = false;
					else cmdStr += ",";
					cmdStr += `${key}=${escapeProperty(val)}`;
				}
			}
		}
		cmdStr += `${CMD_STRING}${escapeData(this.message)}`;
		return cmdStr;
	}
};
function escapeData(s) {
	return toCommandValue(s).replace(/%/g, "%25").replace(/\r/g, "%0D").replace(/\n/g, "%0A");
}
function escapeProperty(s) {
	return toCommandValue(s).replace(/%/g, "%25").replace(/\r/g, "%0D").replace(/\n/g, "%0A").replace(/:/g, "%3A").replace(/,/g, "%2C");
}

// node_modules/@actions/core/lib/file-command.js
function issueFileCommand(command, message) {
	const filePath = process.env[`GITHUB_${command}`];
	if (!filePath) throw new Error(`Unable to find environment variable for file command ${command}`);
	if (!fs__WEBPACK_IMPORTED_MODULE_8__.existsSync(filePath)) throw new Error(`Missing file at path: ${filePath}`);
	fs__WEBPACK_IMPORTED_MODULE_8__.appendFileSync(filePath, `${toCommandValue(message)}${os__WEBPACK_IMPORTED_MODULE_6__.EOL}`, { encoding: "utf8" });
}
function prepareKeyValueMessage(key, value) {
	const delimiter = `ghadelimiter_${crypto__WEBPACK_IMPORTED_MODULE_7__.randomUUID()}`;
	const convertedValue = toCommandValue(value);
	if (key.includes(delimiter)) throw new Error(`Unexpected input: name should not contain the delimiter "${delimiter}"`);
	if (convertedValue.includes(delimiter)) throw new Error(`Unexpected input: value should not contain the delimiter "${delimiter}"`);
	return `${key}<<${delimiter}${os__WEBPACK_IMPORTED_MODULE_6__.EOL}${convertedValue}${os__WEBPACK_IMPORTED_MODULE_6__.EOL}${delimiter}`;
}

// node_modules/@actions/core/lib/summary.js
var __awaiter$1 = void 0 && (void 0).__awaiter || function(thisArg, _arguments, P, generator) {
	function adopt(value) {
		return value instanceof P ? value : new P(function(resolve) {
			resolve(value);
		});
	}
	return new (P || (P = Promise))(function(resolve, reject) {
		function fulfilled(value) {
			try {
				step(generator.next(value));
			} catch (e) {
				reject(e);
			}
		}
		function rejected(value) {
			try {
				step(generator["throw"](value));
			} catch (e) {
				reject(e);
			}
		}
		function step(result) {
			result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected);
		}
		step((generator = generator.apply(thisArg, _arguments || [])).next());
	});
};
const { access, appendFile, writeFile } = fs__WEBPACK_IMPORTED_MODULE_8__.promises;
const SUMMARY_ENV_VAR = "GITHUB_STEP_SUMMARY";
var Summary = class {
	constructor() {
		this._buffer = "";
	}
	/**
	* Finds the summary file path from the environment, rejects if env var is not found or file does not exist
	* Also checks r/w permissions.
	*
	* @returns step summary file path
	*/
	filePath() {
		return __awaiter$1(this, void 0, void 0, function* () {
			if (this._filePath) return this._filePath;
			const pathFromEnv = process.env[SUMMARY_ENV_VAR];
			if (!pathFromEnv) throw new Error(`Unable to find environment variable for $${SUMMARY_ENV_VAR}. Check if your runtime environment supports job summaries.`);
			try {
				yield access(pathFromEnv, fs__WEBPACK_IMPORTED_MODULE_8__.constants.R_OK | fs__WEBPACK_IMPORTED_MODULE_8__.constants.W_OK);
			} catch (_a) {
				throw new Error(`Unable to access summary file: '${pathFromEnv}'. Check if the file has correct read/write permissions.`);
			}
			this._filePath = pathFromEnv;
			return this._filePath;
		});
	}
	/**
	* Wraps content in an HTML tag, adding any HTML attributes
	*
	* @param {string} tag HTML tag to wrap
	* @param {string | null} content content within the tag
	* @param {[attribute: string]: string} attrs key-value list of HTML attributes to add
	*
	* @returns {string} content wrapped in HTML element
	*/
	wrap(tag, content, attrs = {}) {
		const htmlAttrs = Object.entries(attrs).map(([key, value]) => ` ${key}="${value}"`).join("");
		if (!content) return `<${tag}${htmlAttrs}>`;
		return `<${tag}${htmlAttrs}>${content}</${tag}>`;
	}
	/**
	* Writes text in the buffer to the summary buffer file and empties buffer. Will append by default.
	*
	* @param {SummaryWriteOptions} [options] (optional) options for write operation
	*
	* @returns {Promise<Summary>} summary instance
	*/
	write(options) {
		return __awaiter$1(this, void 0, void 0, function* () {
			const overwrite = !!(options === null || options === void 0 ? void 0 : options.overwrite);
			const filePath = yield this.filePath();
			yield (overwrite ? writeFile : appendFile)(filePath, this._buffer, { encoding: "utf8" });
			return this.emptyBuffer();
		});
	}
	/**
	* Clears the summary buffer and wipes the summary file
	*
	* @returns {Summary} summary instance
	*/
	clear() {
		return __awaiter$1(this, void 0, void 0, function* () {
			return this.emptyBuffer().write({ overwrite: true });
		});
	}
	/**
	* Returns the current summary buffer as a string
	*
	* @returns {string} string of summary buffer
	*/
	stringify() {
		return this._buffer;
	}
	/**
	* If the summary buffer is empty
	*
	* @returns {boolen} true if the buffer is empty
	*/
	isEmptyBuffer() {
		return this._buffer.length === 0;
	}
	/**
	* Resets the summary buffer without writing to summary file
	*
	* @returns {Summary} summary instance
	*/
	emptyBuffer() {
		this._buffer = "";
		return this;
	}
	/**
	* Adds raw text to the summary buffer
	*
	* @param {string} text content to add
	* @param {boolean} [addEOL=false] (optional) append an EOL to the raw text (default: false)
	*
	* @returns {Summary} summary instance
	*/
	addRaw(text, addEOL = false) {
		this._buffer += text;
		return addEOL ? this.addEOL() : this;
	}
	/**
	* Adds the operating system-specific end-of-line marker to the buffer
	*
	* @returns {Summary} summary instance
	*/
	addEOL() {
		return this.addRaw(os__WEBPACK_IMPORTED_MODULE_6__.EOL);
	}
	/**
	* Adds an HTML codeblock to the summary buffer
	*
	* @param {string} code content to render within fenced code block
	* @param {string} lang (optional) language to syntax highlight code
	*
	* @returns {Summary} summary instance
	*/
	addCodeBlock(code, lang) {
		const attrs = Object.assign({}, lang && { lang });
		const element = this.wrap("pre", this.wrap("code", code), attrs);
		return this.addRaw(element).addEOL();
	}
	/**
	* Adds an HTML list to the summary buffer
	*
	* @param {string[]} items list of items to render
	* @param {boolean} [ordered=false] (optional) if the rendered list should be ordered or not (default: false)
	*
	* @returns {Summary} summary instance
	*/
	addList(items, ordered = false) {
		const tag = ordered ? "ol" : "ul";
		const listItems = items.map((item) => this.wrap("li", item)).join("");
		const element = this.wrap(tag, listItems);
		return this.addRaw(element).addEOL();
	}
	/**
	* Adds an HTML table to the summary buffer
	*
	* @param {SummaryTableCell[]} rows table rows
	*
	* @returns {Summary} summary instance
	*/
	addTable(rows) {
		const tableBody = rows.map((row) => {
			const cells = row.map((cell) => {
				if (typeof cell === "string") return this.wrap("td", cell);
				const { header, data, colspan, rowspan } = cell;
				const tag = header ? "th" : "td";
				const attrs = Object.assign(Object.assign({}, colspan && { colspan }), rowspan && { rowspan });
				return this.wrap(tag, data, attrs);
			}).join("");
			return this.wrap("tr", cells);
		}).join("");
		const element = this.wrap("table", tableBody);
		return this.addRaw(element).addEOL();
	}
	/**
	* Adds a collapsable HTML details element to the summary buffer
	*
	* @param {string} label text for the closed state
	* @param {string} content collapsable content
	*
	* @returns {Summary} summary instance
	*/
	addDetails(label, content) {
		const element = this.wrap("details", this.wrap("summary", label) + content);
		return this.addRaw(element).addEOL();
	}
	/**
	* Adds an HTML image tag to the summary buffer
	*
	* @param {string} src path to the image you to embed
	* @param {string} alt text description of the image
	* @param {SummaryImageOptions} options (optional) addition image attributes
	*
	* @returns {Summary} summary instance
	*/
	addImage(src, alt, options) {
		const { width, height } = options || {};
		const attrs = Object.assign(Object.assign({}, width && { width }), height && { height });
		const element = this.wrap("img", null, Object.assign({
			src,
			alt
		}, attrs));
		return this.addRaw(element).addEOL();
	}
	/**
	* Adds an HTML section heading element
	*
	* @param {string} text heading text
	* @param {number | string} [level=1] (optional) the heading level, default: 1
	*
	* @returns {Summary} summary instance
	*/
	addHeading(text, level) {
		const tag = `h${level}`;
		const allowedTag = [
			"h1",
			"h2",
			"h3",
			"h4",
			"h5",
			"h6"
		].includes(tag) ? tag : "h1";
		const element = this.wrap(allowedTag, text);
		return this.addRaw(element).addEOL();
	}
	/**
	* Adds an HTML thematic break (<hr>) to the summary buffer
	*
	* @returns {Summary} summary instance
	*/
	addSeparator() {
		const element = this.wrap("hr", null);
		return this.addRaw(element).addEOL();
	}
	/**
	* Adds an HTML line break (<br>) to the summary buffer
	*
	* @returns {Summary} summary instance
	*/
	addBreak() {
		const element = this.wrap("br", null);
		return this.addRaw(element).addEOL();
	}
	/**
	* Adds an HTML blockquote to the summary buffer
	*
	* @param {string} text quote text
	* @param {string} cite (optional) citation url
	*
	* @returns {Summary} summary instance
	*/
	addQuote(text, cite) {
		const attrs = Object.assign({}, cite && { cite });
		const element = this.wrap("blockquote", text, attrs);
		return this.addRaw(element).addEOL();
	}
	/**
	* Adds an HTML anchor tag to the summary buffer
	*
	* @param {string} text link text/content
	* @param {string} href hyperlink
	*
	* @returns {Summary} summary instance
	*/
	addLink(text, href) {
		const element = this.wrap("a", text, { href });
		return this.addRaw(element).addEOL();
	}
};
const _summary = new Summary();
const summary = _summary;

// node_modules/@actions/core/lib/core.js
var __awaiter = void 0 && (void 0).__awaiter || function(thisArg, _arguments, P, generator) {
	function adopt(value) {
		return value instanceof P ? value : new P(function(resolve) {
			resolve(value);
		});
	}
	return new (P || (P = Promise))(function(resolve, reject) {
		function fulfilled(value) {
			try {
				step(generator.next(value));
			} catch (e) {
				reject(e);
			}
		}
		function rejected(value) {
			try {
				step(generator["throw"](value));
			} catch (e) {
				reject(e);
			}
		}
		function step(result) {
			result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected);
		}
		step((generator = generator.apply(thisArg, _arguments || [])).next());
	});
};
/**
* The code to exit an action
*/
var ExitCode;
(function(ExitCode) {
	/**
	* A code indicating that the action was successful
	*/
	ExitCode[ExitCode["Success"] = 0] = "Success";
	/**
	* A code indicating that the action was a failure
	*/
	ExitCode[ExitCode["Failure"] = 1] = "Failure";
})(ExitCode || (ExitCode = {}));
/**
* Registers a secret which will get masked from logs
*
* @param secret - Value of the secret to be masked
* @remarks
* This function instructs the Actions runner to mask the specified value in any
* logs produced during the workflow run. Once registered, the secret value will
* be replaced with asterisks (***) whenever it appears in console output, logs,
* or error messages.
*
* This is useful for protecting sensitive information such as:
* - API keys
* - Access tokens
* - Authentication credentials
* - URL parameters containing signatures (SAS tokens)
*
* Note that masking only affects future logs; any previous appearances of the
* secret in logs before calling this function will remain unmasked.
*
* @example
* ```typescript
* // Register an API token as a secret
* const apiToken = "abc123xyz456";
* setSecret(apiToken);
*
* // Now any logs containing this value will show *** instead
* console.log(`Using token: ${apiToken}`); // Outputs: "Using token: ***"
* ```
*/
function setSecret(secret) {
	issueCommand("add-mask", {}, secret);
}
/**
* Sets the value of an output.
*
* @param     name     name of the output to set
* @param     value    value to store. Non-string values will be converted to a string via JSON.stringify
*/
function setOutput(name, value) {
	if (process.env["GITHUB_OUTPUT"] || "") return issueFileCommand("OUTPUT", prepareKeyValueMessage(name, value));
	process.stdout.write(os__WEBPACK_IMPORTED_MODULE_6__.EOL);
	issueCommand("set-output", { name }, toCommandValue(value));
}
/**
* Writes debug message to user log
* @param message debug message
*/
function debug(message) {
	issueCommand("debug", {}, message);
}
/**
* Adds an error issue
* @param message error issue message. Errors will be converted to string via toString()
* @param properties optional properties to add to the annotation.
*/
function error(message, properties = {}) {
	issueCommand("error", toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}
/**
* Adds a warning issue
* @param message warning issue message. Errors will be converted to string via toString()
* @param properties optional properties to add to the annotation.
*/
function warning(message, properties = {}) {
	issueCommand("warning", toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}
/**
* Writes info to log with console.log.
* @param message info message
*/
function info(message) {
	process.stdout.write(message + os__WEBPACK_IMPORTED_MODULE_6__.EOL);
}
/**
* Saves state for current action, the state can only be retrieved by this action's post job execution.
*
* @param     name     name of the state to store
* @param     value    value to store. Non-string values will be converted to a string via JSON.stringify
*/
function saveState(name, value) {
	if (process.env["GITHUB_STATE"] || "") return issueFileCommand("STATE", prepareKeyValueMessage(name, value));
	issueCommand("save-state", { name }, toCommandValue(value));
}
/**
* Gets the value of an state set by this action's main execution.
*
* @param     name     name of the state to get
* @returns   string
*/
function getState(name) {
	return process.env[`STATE_${name}`] || "";
}

// src/hosts/runner-log.ts
/**
* What the runner would take for a command, made harmless: quoted answers and log lines of pods are not ours, and a line
* that begins with `::` could set outputs or masks.
*/
function defuse(text) {
	return text.replace(/^([\s\u0085]*):(?=:)/gm, "$1: ").replaceAll("##[", "## [");
}
function createRunnerLog(console) {
	return {
		debug: (message) => console.debug(defuse(message)),
		info: (message) => console.info(defuse(message)),
		warn: (message) => console.warning(defuse(message)),
		error: (message) => console.error(defuse(message))
	};
}

// src/hosts/runner.ts
/** Prefix of our entries in the state file: actions of one job do not share it, but other tools read it. */
const statePrefix = "streamgate-";
/** GitHub drops a summary of more than 1 MiB, and with it those of the other steps. */
const maxSummaryBytes = 1e6;
/** Named one by one: the toolkit as a whole would bring its HTTP client into the bundle. */
const toolkit = {
	debug: (message) => debug(message),
	info: (message) => info(message),
	warning: (message) => warning(message),
	error: (message) => error(message)
};
/** Runs a command as an action: inputs from the environment, outputs to the runner, and then ends the process. */
async function runAction(entry) {
	const { contract } = entry;
	process.exitCode = 1;
	const finish = once((ending) => end(ending, contract));
	(0,_stdin_mjs__WEBPACK_IMPORTED_MODULE_4__.m)((thrown) => void finish((0,_stdin_mjs__WEBPACK_IMPORTED_MODULE_4__.u)(contract, thrown)));
	await finish(await runCommand(entry, (0,_stdin_mjs__WEBPACK_IMPORTED_MODULE_4__.p)((name) => warning(`${name}: the runner ends this process within seconds`))));
}
/** The end of the job. What the main run saved is all that counts: the inputs were evaluated anew and mean nothing. */
async function runPost(entry) {
	const { contract } = entry;
	const signal = (0,_stdin_mjs__WEBPACK_IMPORTED_MODULE_4__.p)(() => {});
	try {
		await (await entry.load()).post?.(createHost(signal, {}));
		await exit(0);
	} catch (thrown) {
		error(defuse((0,_stdin_mjs__WEBPACK_IMPORTED_MODULE_4__.d)((0,_stdin_mjs__WEBPACK_IMPORTED_MODULE_4__.u)(contract, thrown))), { title: `streamgate ${contract.name}: post` });
		await exit(1);
	}
}
async function runCommand(entry, signal) {
	const { contract } = entry;
	try {
		const given = readGiven(contract);
		const workspace = readWorkspace();
		const exists = (pattern) => (0,_stdin_mjs__WEBPACK_IMPORTED_MODULE_4__.c)(workspace, pattern);
		for (const secret of (0,_contract_mjs__WEBPACK_IMPORTED_MODULE_2__.n)(contract, given, exists)) setSecret(secret);
		const parsed = await (0,_contract_mjs__WEBPACK_IMPORTED_MODULE_2__.t)(contract, given, { exists });
		for (const { name, meant } of parsed.unknown) {
			const hint = meant === void 0 ? "" : ` Did you mean ${meant}?`;
			warning(`${contract.name} has no input ${name}; it is ignored.${hint}`);
		}
		if (parsed.inputs === void 0) throw (0,_contract_mjs__WEBPACK_IMPORTED_MODULE_2__.i)(contract, parsed.problems);
		const command = await entry.load();
		return await (0,_stdin_mjs__WEBPACK_IMPORTED_MODULE_4__.f)(command, parsed.inputs, createHost(signal, given));
	} catch (thrown) {
		return (0,_stdin_mjs__WEBPACK_IMPORTED_MODULE_4__.u)(contract, thrown);
	}
}
/** Inputs as the runner hands them over: upper case, blanks as `_`, hyphens kept. */
function readGiven(contract) {
	const declared = new Map(Object.keys(contract.inputs).map((name) => [name.toUpperCase(), name]));
	const given = Object.entries(process.env).flatMap(([variable, value]) => {
		if (!variable.startsWith("INPUT_")) return [];
		const name = variable.slice(6);
		return [[declared.get(name.toUpperCase()) ?? name.toLowerCase(), value ?? ""]];
	});
	return Object.fromEntries(given);
}
function readWorkspace() {
	return process.env.GITHUB_WORKSPACE || process.cwd();
}
function createHost(signal, given) {
	const reportDir = given["report-dir"];
	const workspace = readWorkspace();
	const log = createRunnerLog(toolkit);
	const run = (0,_stdin_mjs__WEBPACK_IMPORTED_MODULE_4__.n)(process.env);
	const readStdin = (0,_stdin_mjs__WEBPACK_IMPORTED_MODULE_4__.t)();
	return {
		kind: "runner",
		log,
		clock: _base_mjs__WEBPACK_IMPORTED_MODULE_1__.S,
		startedAt: performance.timeOrigin,
		signal,
		run,
		workspace,
		progress: (0,_stdin_mjs__WEBPACK_IMPORTED_MODULE_4__.a)(log.info, _base_mjs__WEBPACK_IMPORTED_MODULE_1__.S),
		environment: (name) => process.env[name] || void 0,
		readStdin,
		readProber: _stdin_mjs__WEBPACK_IMPORTED_MODULE_4__.i,
		readFiles: (patterns) => (0,_stdin_mjs__WEBPACK_IMPORTED_MODULE_4__.l)(workspace, patterns, readStdin),
		saveState(name, value) {
			try {
				saveState(statePrefix + name, value);
			} catch (thrown) {
				log.warn(`The state of this run could not be kept, so the end of the job cannot finish what this run may leave: ${(0,_base_mjs__WEBPACK_IMPORTED_MODULE_1__.b)(thrown)}`);
			}
		},
		state: (name) => getState(statePrefix + name),
		async publish(evidence) {
			const place = {
				given: reportDir ? (0,node_path__WEBPACK_IMPORTED_MODULE_5__.resolve)(workspace, reportDir) : void 0,
				automatic: (0,node_path__WEBPACK_IMPORTED_MODULE_5__.resolve)(process.env.RUNNER_TEMP || workspace, "streamgate")
			};
			const report = (0,_stdin_mjs__WEBPACK_IMPORTED_MODULE_4__.r)(evidence, place, log.warn);
			await appendSummary((0,_evidence_mjs__WEBPACK_IMPORTED_MODULE_3__.a)(evidence, { logs: (0,_stdin_mjs__WEBPACK_IMPORTED_MODULE_4__.s)(given) })).catch((thrown) => log.warn(`The job summary could not be written: ${(0,_base_mjs__WEBPACK_IMPORTED_MODULE_1__.b)(thrown)}. The report has all of it.`));
			return report;
		}
	};
}
async function appendSummary(markdown) {
	if (!process.env.GITHUB_STEP_SUMMARY) return;
	const text = Buffer.byteLength(markdown) <= maxSummaryBytes ? markdown : `${markdown.slice(0, maxSummaryBytes / 4)}\n\n… shortened; the report has it all.\n`;
	await summary.addRaw(text, true).write();
}
/** Where they cannot be written, on a disk that is full, the log and the exit code still tell how it ended. */
function setOutputs({ outputs }) {
	try {
		for (const [name, value] of Object.entries(outputs)) setOutput(name, value);
	} catch (thrown) {
		warning(defuse(`The outputs could not be written: ${(0,_base_mjs__WEBPACK_IMPORTED_MODULE_1__.b)(thrown)}. Later steps find none of them: look whether the disk of the runner is full.`));
	}
}
/** The only way out: outputs, summary, one annotation, and an exit that open sockets cannot hold up. */
async function end(ending, contract) {
	setOutputs(ending);
	const message = defuse((0,_stdin_mjs__WEBPACK_IMPORTED_MODULE_4__.d)(ending));
	const given = readGiven(contract);
	if (ending.evidence === void 0 && ending.verdict !== "pass") {
		const { app, namespace } = given;
		const subject = {
			app: app || null,
			...namespace ? { namespace } : {}
		};
		const { verdict, outcome } = ending;
		await appendSummary((0,_evidence_mjs__WEBPACK_IMPORTED_MODULE_3__.i)({
			command: contract.name,
			subject,
			verdict,
			outcome,
			message
		})).catch(() => {});
	}
	if (ending.verdict === "pass") {
		info(`✓ ${ending.outcome}: ${message}`);
		return exit(0);
	}
	if (ending.error?.code === "Internal") debug(String(ending.error.stack));
	const title = [
		"streamgate",
		contract.name,
		given.app ?? ""
	].filter((word) => word !== "").join(" ");
	error(message, { title: defuse(`${title}: ${ending.outcome}`) });
	return exit(1);
}
/** Ends once everything written has left the process: output to a pipe is asynchronous. */
async function exit(code) {
	await new Promise((resolve) => process.stdout.write("", () => resolve()));
	process.exit(code);
}
/** The first ending counts: a defect may come up while another one is being written. */
function once(work) {
	let begun;
	return (ending) => {
		begun ??= work(ending);
		return begun;
	};
}



/***/ }),

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



/***/ })

};
