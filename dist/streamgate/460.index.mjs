export const id = 460;
export const ids = [460];
export const modules = {

/***/ 3421:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   a: () => (/* binding */ servicePorts),
/* harmony export */   i: () => (/* binding */ podPort),
/* harmony export */   n: () => (/* binding */ candidateSmoke),
/* harmony export */   r: () => (/* binding */ identifyPods),
/* harmony export */   t: () => (/* binding */ versionSource)
/* harmony export */ });
/* harmony import */ var _base_mjs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5455);
/* harmony import */ var _inputs_mjs__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3883);



// src/commands/candidate-smoke.ts
/** The smoke test as a gate of a release: on every pod of the candidate, past every Service. */
function candidateSmoke({ checks, timeoutMs, version, clock }) {
	return {
		name: "smoke",
		check({ pods, workload, service }, deadline) {
			const template = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(workload, "spec", "template");
			const derived = (0,_inputs_mjs__WEBPACK_IMPORTED_MODULE_1__.h)(template, servicePorts(service));
			const defaultPort = podPort(service, workloadAsPod(workload));
			return (0,_inputs_mjs__WEBPACK_IMPORTED_MODULE_1__.p)({
				checks: [...derived, ...checks],
				clock,
				version: { source: version },
				defaultPort
			}).check({ pods }, deadline.within(timeoutMs, "The smoke test"));
		}
	};
}
/** Short, and asked once: a pod that does not say is a pod that does not say. */
const identifyMs = 3e3;
const anyStatus = [
	"2xx",
	"3xx",
	"4xx",
	"5xx"
];
/** Where the way to the pod did not open, a moment later it may. */
const waysTried = 3;
const nextWayMs = 250;
/**
* Asks a pod, past every Service, what it calls itself, with the request that the prober will send.
* Throws `Failed` when there is no way to it.
*/
function identifyPods(cluster, namespace, path, version, clock) {
	return async (pod, service, deadline) => {
		if (version.kind === "none") return [];
		const port = podPort(service, await cluster.get({
			apiVersion: "v1",
			kind: "Pod",
			namespace,
			name: pod.name
		}));
		const { checks = [] } = (0,_inputs_mjs__WEBPACK_IMPORTED_MODULE_1__.m)([{
			path,
			status: anyStatus,
			answers: 1,
			...port === void 0 ? {} : { port }
		}]);
		const gate = (0,_inputs_mjs__WEBPACK_IMPORTED_MODULE_1__.p)({
			checks,
			clock,
			version: { source: version },
			defaultPort: port,
			patience: {
				attempts: 1,
				attemptMs: identifyMs
			}
		});
		const within = deadline.within(identifyMs, "The question for the version");
		for (let tries = 1;; tries += 1) {
			const { verdict, observations, reason, versionsSeen } = await gate.check({ pods: [pod] }, within);
			if (verdict !== "invalid") return versionsSeen;
			const why = observations.map(({ name, seen }) => `${name} ${seen}`).join(", ");
			const unasked = new _base_mjs__WEBPACK_IMPORTED_MODULE_0__.y("Failed", why || reason);
			if (tries === waysTried) throw unasked;
			await clock.sleep(nextWayMs, within.signal).catch((thrown) => {
				throw thrown instanceof _base_mjs__WEBPACK_IMPORTED_MODULE_0__.y && thrown.code === "Timeout" ? unasked : thrown;
			});
		}
	};
}
function servicePorts(service) {
	const ports = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(service, "spec", "ports");
	return Array.isArray(ports) ? ports : [];
}
function workloadAsPod(workload) {
	return (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(workload, "spec", "template");
}
/** The pod's port behind the first port of the Service; a name is looked up among the containers. */
function podPort(service, pod) {
	const [first] = servicePorts(service);
	const target = first?.targetPort ?? first?.port;
	if (typeof target !== "string") return target;
	const containers = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(pod, "spec", "containers");
	if (!Array.isArray(containers)) return void 0;
	const named = containers.flatMap((container) => (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(container, "ports") ?? []).find((port) => (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(port, "name") === target);
	const number = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(named, "containerPort");
	return typeof number === "number" ? number : void 0;
}

// src/commands/release-options.ts
/** Where an answer says which version gave it. */
function versionSource({ versionHeader, versionJsonpath }) {
	return versionJsonpath === void 0 ? {
		kind: "header",
		name: versionHeader
	} : {
		kind: "jsonpath",
		path: versionJsonpath
	};
}



/***/ }),

/***/ 6460:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   t: () => (/* binding */ runRelease)
/* harmony export */ });
/* harmony import */ var _base_mjs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5455);
/* harmony import */ var _release_options_mjs__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3421);
/* harmony import */ var _connect_cluster_mjs__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(212);
/* harmony import */ var _run_request_mjs__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(5464);
/* harmony import */ var _tell_evidence_mjs__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(1018);
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(7598);
/* harmony import */ var node_net__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(7030);
/* harmony import */ var node_tls__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(1692);
/* harmony import */ var node_dns__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(610);










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
	const detail = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.b)(error);
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
		detail: (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.b)(error)
	};
	return {
		class: "reset",
		detail: `${(0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.b)(error)} ${progress(parser)}`
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

// src/load/attribute.ts
/**
* What the version that an answer names makes of it. One of neither known side is a `wrong-version`, however well it looks.
* The prober takes 403 and 429 for an edge that turns it away; where an own version gave them, that is its failure.
*/
function judgeVersion(answer, { roleOf, isOwn, sidesKnown }) {
	if (answer.class === "own-side" && turnsAway(answer.status) && answer.version !== null && isOwn(answer.version)) return {
		...answer,
		class: "status"
	};
	if (answer.class !== "ok" || answer.version === null || !sidesKnown) return answer;
	if (roleOf(answer.version) !== "unknown") return answer;
	return {
		...answer,
		class: "wrong-version",
		detail: `answered by version "${answer.version}", which is neither side`
	};
}
/**
* Whom a failed request is attributed to: to our own machine, else to the version that gave the answer, else to the
* switch when it ended after that began, else to the stable version, which was alone until then.
*/
function attribute(answer, { roleOf, switchedAt }) {
	if (answer.class === "own-side") return "own-side";
	const role = roleOf(answer.version);
	if (role !== "unknown") return role;
	return switchedAt !== null && answer.doneAt > switchedAt ? "switch" : "stable";
}

// src/load/count-kept.ts
/**
* Whom the open kept connections talk to, by the last answer that each of them brought. They are used in turn, so each
* that is still open is among the last as many answers as there ever were connections. Null when the versions cannot
* be told apart: then nobody knows.
*/
function countKept(answers, view) {
	if (!view.sidesKnown) return null;
	const kept = answers.filter(({ connection }) => connection !== null);
	const round = kept.slice(-new Set(kept.map(({ connection }) => connection)).size);
	const open = [...new Map(round.map((answer) => [answer.connection, answer])).values()].filter(({ status }) => status !== null);
	const onAbandoned = open.filter(({ version }) => view.roleOf(version) === "stable").length;
	return {
		connections: open.length,
		onAbandoned,
		cut: countCut(answers, view)
	};
}
/** Requests on kept connections that nobody answered once the switch had begun. */
function countCut(answers, view) {
	return answers.filter((answer) => answer.population === "kept" && answer.status === null && attribute(answer, view) === "switch").length;
}

// src/load/judge-redirects.ts
/**
* Refuses good answers that are all redirects without a version: the edge gives them to whoever comes by HTTP, or without a
* session, and asks no app. Undefined when one of them is another answer.
*/
function judgeRedirects(answers) {
	const good = answers.filter((answer) => answer.class === "ok");
	const [first] = good;
	if (first === void 0 || !good.every(isNamelessRedirect)) return void 0;
	return {
		verdict: "invalid",
		reason: `each of ${good.length} requests was answered by a redirect that names no version (${first.detail || first.status}), which an edge gives without the app: loss would not be seen. Let \`probe-url\` be an address that the app itself answers: the one that the redirect leads to, or another path`
	};
}
function isNamelessRedirect({ status, version }) {
	return version === null && status !== null && status >= 300 && status < 400;
}

// src/load/quote-failure.ts
/** One failed request for people: `status on a fresh connection, version v4: answered 500 "boom"`. */
function quoteFailure(failure) {
	const version = failure.version === null ? "" : `, version ${failure.version}`;
	return `${failure.class} on a ${failure.population} connection${version}: ${failure.detail} (${failure.id})`;
}

// src/load/judge-baseline.ts
/**
* Judges the requests to the stable version before anything moves. A baseline that is not clean is `invalid`, not a
* failure of the release: with it, a later failure could not be told from one that was there before.
* Nor is one that shows no answer of the app.
*/
function judgeBaseline(answers) {
	if (answers.length === 0) return {
		verdict: "invalid",
		reason: "no request of the baseline ended, so there is nothing to compare with"
	};
	const failed = answers.filter((answer) => answer.class !== "ok");
	const [first] = failed;
	if (first === void 0) {
		const redirected = judgeRedirects(answers);
		if (redirected !== void 0) return redirected;
		return {
			verdict: "pass",
			reason: `${answers.length} of ${answers.length} requests answered before the switch`
		};
	}
	const whose = failed.every((answer) => answer.class === "own-side") ? "on the side of the prober " : "";
	return {
		verdict: "invalid",
		reason: `${failed.length} of ${answers.length} requests failed ${whose}before anything was changed: ${quoteFailure(first)}`
	};
}

// src/load/judge-traffic.ts
const maxOwnSideShare = .01;
const maxLagMs = 1e3;
/** Judges the requests of a release. Whether the measurement can be trusted comes before what it says. */
function judgeTraffic(traffic, limits) {
	const distrust = reasonToDistrust(traffic);
	if (distrust !== void 0) return {
		verdict: "invalid",
		reason: distrust
	};
	const ownSide = traffic.byClass["own-side"] ?? 0;
	const counted = traffic.planned - ownSide;
	const { candidate = 0, switch: atSwitch = 0, stable = 0 } = traffic.byAttribution;
	const failed = candidate + atSwitch;
	const failedOf = `${count(failed)} of ${count(counted)} requests failed`;
	if (failed > limits.tolerance) {
		const first = traffic.failures.find(countsAgainstRelease);
		const quote = first === void 0 ? "" : `; the first one: ${quoteFailure(first)}`;
		return {
			verdict: "fail",
			reason: `${failedOf} by the ${blame(candidate, atSwitch)}${quote}`
		};
	}
	if (counted < limits.minRequests) return {
		verdict: "inconclusive",
		reason: `${failedOf}, but at least ${count(limits.minRequests)} requests are needed to tell`
	};
	return {
		verdict: "pass",
		reason: `${failedOf} (${[
			...failed > 0 ? [`within the tolerance of ${limits.tolerance}`] : [`95 % bound ${(0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.h)(3 / counted)}`],
			...stable > 0 ? [`${count(stable)} more failed by the stable version`] : [],
			...ownSide > 0 ? [`${count(ownSide)} more failed on the side of the prober`] : []
		].join("; ")})`
	};
}
function reasonToDistrust(traffic) {
	const ended = Object.values(traffic.byClass).reduce((sum, n) => sum + n, 0);
	const ownSide = traffic.byClass["own-side"] ?? 0;
	if (traffic.planned !== ended) return `${count(traffic.planned)} requests were planned but ${count(ended)} are accounted for, so the count cannot be trusted`;
	if (ended === 0) return "no request was sent, so nothing was measured";
	if (ownSide > ended * maxOwnSideShare) {
		const first = traffic.failures.find(({ attribution }) => attribution === "own-side");
		const quote = first === void 0 ? "" : `: ${quoteFailure(first)}`;
		return `${count(ownSide)} of ${count(ended)} requests failed on the side of the prober${quote}`;
	}
	if (traffic.lagP99Ms > maxLagMs) return `the machine that probes was too slow: 1 % of the requests left more than ${(0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.g)(traffic.lagP99Ms)} late`;
}
function countsAgainstRelease({ attribution }) {
	return attribution === "candidate" || attribution === "switch";
}
function blame(candidate, atSwitch) {
	if (atSwitch === 0) return "new version";
	return candidate === 0 ? "switch" : "new version or the switch";
}
const grouped = new Intl.NumberFormat("en-US");
function count(n) {
	return grouped.format(n);
}

// src/load/remote/prober-job.ts
/** Where the prober listens inside its pod; reached by port-forward only, as it listens on loopback. */
const proberPort = 8089;
/** Label on its pod: the name of the Job. Nothing of the app's selects it. */
const proberLabel = "streamgate.io/prober";
/** A name of one run's Job: the app's at its beginning, and no longer than the name of a pod's owner may be. */
function proberName(app, runId) {
	const hash = (0,node_crypto__WEBPACK_IMPORTED_MODULE_5__.createHash)("sha256").update(runId).digest("hex").slice(0, 8);
	return `${app.slice(0, 42)}-prober-${hash}`;
}
/** Linux takes no longer argument (MAX_ARG_STRLEN). */
const maxProgramLength = 131071;
/**
* A pod that may do nothing: no token, no privileges, a read-only disk. The program comes as an argument, so that there
* is one object to create and one to clean up, and no volume. A stock image has `node`.
*/
function proberJob(options) {
	const { namespace, app, name, image, program, secret, maxDurationMs } = options;
	const labels = {
		"app.kubernetes.io/managed-by": "streamgate",
		"streamgate.io/app": app,
		[proberLabel]: name
	};
	return {
		apiVersion: "batch/v1",
		kind: "Job",
		metadata: {
			name,
			namespace,
			labels
		},
		spec: {
			backoffLimit: 0,
			activeDeadlineSeconds: Math.ceil(maxDurationMs / 1e3),
			ttlSecondsAfterFinished: 60,
			template: {
				metadata: { labels },
				spec: {
					restartPolicy: "Never",
					automountServiceAccountToken: false,
					enableServiceLinks: false,
					terminationGracePeriodSeconds: 1,
					securityContext: {
						runAsNonRoot: true,
						runAsUser: 65532,
						runAsGroup: 65532,
						seccompProfile: { type: "RuntimeDefault" }
					},
					containers: [{
						name: "prober",
						image,
						command: ["node"],
						args: [
							"--input-type=module",
							"--eval",
							program
						],
						env: [{
							name: "PORT",
							value: String(proberPort)
						}, {
							name: "STREAMGATE_SECRET",
							value: secret
						}],
						resources: {
							requests: {
								cpu: "50m",
								memory: "64Mi"
							},
							limits: { memory: "256Mi" }
						},
						securityContext: {
							allowPrivilegeEscalation: false,
							readOnlyRootFilesystem: true,
							capabilities: { drop: ["ALL"] }
						}
					}]
				}
			}
		}
	};
}

// src/load/remote/open-prober-pod.ts
const lookEveryMs = 200;
/**
* Starts the Job and waits until its pod runs. The Job is deleted by `close`; when we die, its program ends as soon as
* nobody listens any more, and Kubernetes takes the finished Job away a minute later.
* @throws StreamGateError `Unreachable` with the reason why the pod does not start
*/
async function openProberPod(options, deadline) {
	const { cluster, log, program } = options;
	if (program.length > 131071) throw new _base_mjs__WEBPACK_IMPORTED_MODULE_0__.y("Internal", `The prober has ${program.length} bytes, more than an argument may have`);
	const secret = (0,node_crypto__WEBPACK_IMPORTED_MODULE_5__.randomBytes)(16).toString("hex");
	const job = await cluster.create(proberJob({
		...options,
		secret
	}));
	const remove = () => cluster.delete((0,_connect_cluster_mjs__WEBPACK_IMPORTED_MODULE_2__.j)(job), job.metadata.uid === void 0 ? {} : { uid: job.metadata.uid }).catch((thrown) => log.warn(`The Job ${job.metadata.name} stays behind: ${(0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.b)(thrown)}`));
	try {
		return {
			secret,
			...wayTo(cluster, await runningPod(options, deadline), remove)
		};
	} catch (thrown) {
		await remove();
		throw thrown;
	}
}
async function runningPod(options, deadline) {
	const { cluster, clock, namespace, name, image } = options;
	const labelSelector = `${proberLabel}=${name}`;
	let seen = "no pod yet";
	for (;;) {
		const [pod] = await cluster.list({
			apiVersion: "v1",
			kind: "Pod"
		}, {
			namespace,
			labelSelector
		});
		if (pod !== void 0) {
			const phase = String((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(pod, "status", "phase") ?? "Pending");
			const state = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(pod, "status", "containerStatuses", 0, "state");
			const reason = String((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(state, "waiting", "reason") ?? (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(state, "terminated", "reason") ?? "");
			if ((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(state, "running") !== void 0) return pod;
			if (/ImagePull|ErrImage|InvalidImage|CreateContainer/.test(reason) || phase === "Failed") throw notStarted(image, reason || phase, String((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(state, "waiting", "message") ?? ""));
			seen = reason || phase;
		}
		await clock.sleep(lookEveryMs, deadline.signal).catch((thrown) => {
			if (!(thrown instanceof _base_mjs__WEBPACK_IMPORTED_MODULE_0__.y) || thrown.code !== "Timeout") throw thrown;
			throw notStarted(image, seen, thrown.message);
		});
	}
}
function notStarted(image, reason, message) {
	return new _base_mjs__WEBPACK_IMPORTED_MODULE_0__.y("Unreachable", `The pod of the prober does not start (${reason}${message === "" ? "" : `: ${message}`})`, { remedy: `\`probe-image\` (${image}) must be an image with Node 20 or later that the nodes can pull, and the namespace must admit a pod with restricted security. Or probe from the runner.` });
}
function wayTo(cluster, pod, remove) {
	let current;
	const drop = async () => {
		const opened = current;
		current = void 0;
		await opened?.close();
	};
	return {
		async address() {
			await drop();
			current = await cluster.portForward((0,_connect_cluster_mjs__WEBPACK_IMPORTED_MODULE_2__.j)(pod), proberPort);
			return current;
		},
		async close() {
			await drop();
			await remove();
		}
	};
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

// src/load/remote/clock-offset.ts
function addReading(readings, reading) {
	return [...readings, reading].slice(-20);
}
/**
* Their time was read after we asked and before we heard, so each reading bounds the offset from both sides, and all of
* them together bound it best (the intersection of Marzullo's algorithm, for one honest clock).
*/
function offsetOf(readings) {
	if (readings.length === 0) return void 0;
	const earliest = Math.max(...readings.map(({ sentAt, at }) => sentAt - at));
	const latest = Math.min(...readings.map(({ heardAt, at }) => heardAt - at));
	const newest = readings.at(-1);
	if (earliest > latest && newest !== void 0) return offsetOf([newest]);
	return {
		earliest,
		latest
	};
}

// src/load/remote/wire.ts
function orderOf(options) {
	const { url, host = null, ratePerSecond, timeoutMs, version, runId, maxDurationMs } = options;
	return {
		url: url.href,
		host,
		ratePerSecond,
		timeoutMs,
		version,
		runId,
		maxDurationMs
	};
}
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

// src/load/remote/remote-prober.ts
const reconnectEveryMs = 200;
const pingEveryMs = 1e3;
/** Each second brings a pong at least: a connection that says nothing for this long is dead, whatever the network thinks. */
const silentForMs = 5e3;
/** How long the last count is waited for, beside the requests that are still in flight. */
const endPatienceMs = 1e4;
/**
* Starts a prober elsewhere and listens to it. Connections may break: it goes on probing, and what was missed is asked
* for again. Its times are turned into ours so that no error of the clocks can make a request look sent later, or
* answered earlier, than it was. When its last count never comes, planned and answered differ, and the run is invalid.
* Resolves when it has begun; throws the signal's reason when that ends first.
*/
async function startRemoteProber(options) {
	const { clock, log, signal, secret } = options;
	const schedule = constantSchedule(options.ratePerSecond, options.maxDurationMs);
	const listeners = /* @__PURE__ */ new Set();
	const answers = [];
	const over = new AbortController();
	let readings = [];
	let waiting = [];
	let startedAt;
	let end;
	let socket;
	let stopRequested = false;
	let stopping;
	let heard = 0;
	let startedAtTheirs;
	const send = (request) => socket?.write(encode(request));
	function handle(reply) {
		const now = clock.monotonic();
		if (reply.kind === "started") startedAtTheirs = reply.startedAt;
		else if (reply.kind === "pong") readings = addReading(readings, {
			sentAt: reply.sentAt,
			at: reply.at,
			heardAt: now
		});
		else if (reply.kind === "answer") {
			if (reply.n !== heard) return;
			heard += 1;
			waiting.push(reply.answer);
		} else if (reply.answers === heard) {
			const offset = offsetOf(readings);
			end = {
				planned: reply.planned,
				endedAt: reply.endedAt + (offset?.latest ?? 0)
			};
		}
		const offset = offsetOf(readings);
		if (offset === void 0 || startedAtTheirs === void 0) return;
		startedAt ??= startedAtTheirs + offset.earliest;
		const ready = waiting;
		waiting = [];
		for (const answer of ready) tell(translate(answer, offset));
	}
	function tell(answer) {
		answers.push(answer);
		for (const listener of listeners) listener(answer);
	}
	/** One connection, from its beginning to its end. */
	async function converse() {
		const { host, port } = await options.address();
		const opened = (0,node_net__WEBPACK_IMPORTED_MODULE_6__.connect)({
			host,
			port,
			noDelay: true
		}).setEncoding("utf8");
		socket = opened;
		const closed = new Promise((resolve) => opened.once("close", () => resolve()));
		const close = () => opened.destroy();
		const decode = createDecoder(handle);
		let cancelSilence = clock.after(silentForMs, close);
		opened.on("error", (error) => log.debug(`The way to the prober broke: ${(0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.b)(error)}`));
		opened.on("data", (text) => {
			cancelSilence();
			cancelSilence = clock.after(silentForMs, close);
			try {
				decode(String(text));
			} catch (thrown) {
				log.debug(`The prober said something else: ${(0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.b)(thrown)}`);
				close();
			}
		});
		over.signal.addEventListener("abort", close, { once: true });
		send({
			kind: "probe",
			secret,
			order: orderOf(options),
			from: heard
		});
		send({
			kind: "ping",
			sentAt: clock.monotonic()
		});
		if (stopRequested) send({ kind: "stop" });
		await closed;
		cancelSilence();
		over.signal.removeEventListener("abort", close);
	}
	async function keepTalking() {
		while (!over.signal.aborted) {
			await converse().catch((thrown) => log.debug(`No way to the prober: ${(0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.b)(thrown)}`));
			await clock.sleep(reconnectEveryMs, over.signal).catch(() => void 0);
		}
	}
	async function keepComparingClocks() {
		while (!over.signal.aborted) {
			await clock.sleep(pingEveryMs, over.signal).catch(() => void 0);
			send({
				kind: "ping",
				sentAt: clock.monotonic()
			});
		}
	}
	async function stop() {
		stopRequested = true;
		signal.removeEventListener("abort", stopInBackground);
		send({ kind: "stop" });
		const giveUpAt = clock.monotonic() + options.timeoutMs + endPatienceMs;
		while (end === void 0 && startedAt !== void 0 && clock.monotonic() < giveUpAt) await clock.sleep(20);
		over.abort();
	}
	function stopOnce() {
		stopping ??= stop();
		return stopping;
	}
	function stopInBackground() {
		stopOnce();
	}
	function tally() {
		const began = startedAt ?? clock.monotonic();
		const planned = end?.planned ?? schedule.countBy(clock.monotonic() - began);
		return {
			startedAt: began,
			startedAtEpoch: clock.now() + (began - clock.monotonic()),
			endedAt: end?.endedAt ?? null,
			planned,
			answers,
			inFlight: Math.max(0, planned - answers.length)
		};
	}
	keepTalking();
	keepComparingClocks();
	try {
		while (startedAt === void 0) await clock.sleep(20, signal);
	} catch (thrown) {
		over.abort();
		throw thrown instanceof _base_mjs__WEBPACK_IMPORTED_MODULE_0__.y ? thrown : new _base_mjs__WEBPACK_IMPORTED_MODULE_0__.y("Cancelled", (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.b)(thrown), { cause: thrown });
	}
	if (signal.aborted) stopInBackground();
	else signal.addEventListener("abort", stopInBackground, { once: true });
	return {
		onAnswer(listener) {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
		stop: stopOnce,
		tally
	};
}
/** Sent at the earliest that it can have been, answered at the latest: every proof that counts on these times holds. */
function translate(answer, { earliest, latest }) {
	return {
		...answer,
		plannedAt: answer.plannedAt + earliest,
		sentAt: answer.sentAt + earliest,
		doneAt: answer.doneAt + latest
	};
}

// src/load/remote/cluster-prober.ts
const startWithinMs = 6e4;
/** Probes from a pod of a short-lived Job. All probers of a run share the pod. */
function createClusterProber(options) {
	let opening;
	return {
		async start(given) {
			const deadline = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.m)(options.clock, startWithinMs, "The pod of the prober", given.signal);
			try {
				opening ??= openProberPod(options, deadline);
				const pod = await opening;
				return await startRemoteProber({
					...given,
					secret: pod.secret,
					address: () => pod.address()
				});
			} finally {
				deadline.clear();
			}
		},
		async close() {
			await (await opening?.catch(() => void 0))?.close();
		}
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
		this.#socket = target.secure ? (0,node_tls__WEBPACK_IMPORTED_MODULE_7__.connect)({
			...where,
			ALPNProtocols: ["http/1.1"],
			...target.servername ? { servername: target.servername } : {}
		}) : (0,node_net__WEBPACK_IMPORTED_MODULE_6__.connect)(where);
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
			detail: `no whole answer within ${(0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.g)(timeoutMs)}, ${where}`
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
		const age = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.g)(this.#clock.monotonic() - this.#openedAt);
		const idle = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.g)(this.#idleBefore);
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
	(0,node_dns__WEBPACK_IMPORTED_MODULE_8__.lookup)(hostname, {
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
	return /^https?:$/.test(protocol) ? (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.n)(`${status} to ${protocol}//${host}${pathname}`) : String(status);
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
		servername: (0,node_net__WEBPACK_IMPORTED_MODULE_6__.isIP)(publicName) === 0 ? publicName : void 0,
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
	const path = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.a)(source.path);
	if (path === void 0) throw new _base_mjs__WEBPACK_IMPORTED_MODULE_0__.y("Usage", `"${source.path}" is not a JSONPath that names one value`, { remedy: "Write it with names and indices only, for example $.build.version or $.items[0].version." });
	return (_head, body) => {
		const value = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(parseBody(body), path);
		return clean(typeof value === "number" ? String(value) : value);
	};
}
/** For people: `header x-version`. */
function describeVersionSource(source) {
	if (source.kind === "header") return `header ${source.name.toLowerCase()}`;
	return source.kind === "jsonpath" ? `JSONPath ${source.path}` : "none";
}
function clean(value) {
	if (typeof value !== "string") return null;
	const text = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.n)(value, maxVersionLength);
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
			detail: (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.n)(failure.detail, 300)
		};
		if (head !== null && wanted(head.status)) return {
			class: "ok",
			status,
			version,
			detail: version === null ? describeRedirect(head, target) : ""
		};
		const quotation = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.n)(body);
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
		options.log.debug(`Prober sent ${answers.length} requests in ${(0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.g)(endedAt - startedAt)}.`);
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

// src/load/bins.ts
const finestMs = 100;
const coarser = [
	100,
	200,
	500,
	1e3,
	2e3,
	5e3,
	1e4,
	3e4,
	6e4
];
/** The finest step that needs at most 600 bins. */
function binWidth(durationMs) {
	const needed = durationMs / 599;
	return coarser.find((step) => step >= needed) ?? Math.ceil(needed / 6e4) * 6e4;
}
/** Counts requests by when they ended. Each is counted once: under `failed`, or under the role that answered. */
function binAnswers(answers, roleOf, startedAt, durationMs) {
	const binMs = Math.max(finestMs, binWidth(durationMs));
	const counts = Array.from({ length: Math.floor(durationMs / binMs) + 1 }, (_, index) => ({
		offsetMs: index * binMs,
		stable: 0,
		candidate: 0,
		unknown: 0,
		failed: 0
	}));
	for (const answer of answers) {
		const index = Math.floor((answer.doneAt - startedAt) / binMs);
		const bin = counts[Math.min(Math.max(0, index), counts.length - 1)];
		if (bin !== void 0) bin[answer.class === "ok" ? roleOf(answer.version) : "failed"] += 1;
	}
	return {
		bins: counts,
		binMs
	};
}

// src/load/quantile.ts
/** The smallest value that at least the share `q` of all values does not exceed (nearest rank). NaN of none. */
function quantile(sorted, q) {
	return sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)] ?? NaN;
}
function sortNumbers(values) {
	return Float64Array.from(values).sort();
}

// src/load/summarise.ts
const maxFailures = 100;
/**
* Makes the evidence of a prober's tally. Pure. Every request is counted once in `byClass` and once in `bins`; `failed`
* counts all that are not `ok`. In `byVersion`, `answers` are the requests that brought a status, failed ones included.
*/
function summariseTraffic(tally, facts) {
	const answers = tally.answers.map((answer) => judgeVersion(answer, facts)).sort((a, b) => a.doneAt - b.doneAt);
	const instant = (at) => (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.C)(tally.startedAtEpoch + (at - tally.startedAt));
	const failing = answers.filter(({ class: ended }) => ended !== "ok").map((answer) => ({
		answer,
		attribution: attribute(answer, facts)
	}));
	const endedAt = tally.endedAt ?? answers.at(-1)?.doneAt ?? tally.startedAt;
	const durationMs = Math.max(0, endedAt - tally.startedAt);
	const latencies = sortNumbers(answers.filter((a) => a.class === "ok").map((a) => a.doneAt - a.plannedAt));
	const lags = sortNumbers(answers.map((a) => Math.max(0, a.sentAt - a.plannedAt)));
	return {
		url: facts.url,
		host: facts.host,
		from: facts.from,
		versionSource: describeVersionSource(facts.versionSource),
		ratePerSecond: facts.ratePerSecond,
		startedAt: (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.C)(tally.startedAtEpoch),
		durationMs,
		planned: tally.planned,
		failed: failing.length,
		byClass: countBy(answers.map((answer) => answer.class)),
		byAttribution: countBy(failing.map(({ attribution }) => attribution)),
		byVersion: summariseVersions(answers, facts.roleOf, instant),
		cutoverMs: measureCutover(tellingOnes(answers, facts), facts.roleOf),
		keptConnections: facts.keptConnections,
		bound95: failing.length === 0 && answers.length > 0 ? Math.min(1, 3 / answers.length) : null,
		lagP99Ms: lags.length === 0 ? 0 : quantile(lags, .99),
		latencyMs: latencies.length === 0 ? null : {
			p50: quantile(latencies, .5),
			p99: quantile(latencies, .99),
			max: quantile(latencies, 1)
		},
		...binAnswers(answers, facts.roleOf, tally.startedAt, durationMs),
		failures: pickFailures(failing).map(({ answer, attribution }) => ({
			id: answer.id,
			at: instant(answer.doneAt),
			population: answer.population,
			class: answer.class,
			status: answer.status,
			version: answer.version,
			attribution,
			detail: answer.detail
		}))
	};
}
/** Connections that stay with their old pods say nothing about where new ones go. */
function tellingOnes(answers, { keptConnections }) {
	return keptConnections === null ? answers : answers.filter(({ population }) => population === "fresh");
}
/**
* First answer of the candidate to last answer of the stable version, 0 when they did not overlap.
* Null when one of them was not seen, or when the stable version still answered last: the traffic did not move over.
*/
function measureCutover(answers, roleOf) {
	const doneAt = (role) => answers.filter(({ version }) => roleOf(version) === role).map((answer) => answer.doneAt);
	const candidate = sortNumbers(doneAt("candidate"));
	const stable = sortNumbers(doneAt("stable"));
	const [first, lastCandidate, lastStable] = [
		candidate[0],
		candidate.at(-1),
		stable.at(-1)
	];
	if (first === void 0 || lastCandidate === void 0 || lastStable === void 0) return null;
	return lastStable > lastCandidate ? null : Math.max(0, lastStable - first);
}
function summariseVersions(answers, roleOf, instant) {
	const groups = /* @__PURE__ */ new Map();
	for (const answer of answers) {
		const key = JSON.stringify([answer.version, answer.population]);
		const group = groups.get(key);
		if (group === void 0) groups.set(key, [answer]);
		else group.push(answer);
	}
	return [...groups.values()].flatMap((group) => {
		const [first, last] = [group[0], group.at(-1)];
		if (first === void 0 || last === void 0) return [];
		return {
			version: first.version,
			role: roleOf(first.version),
			population: first.population,
			answers: group.filter((answer) => answer.status !== null).length,
			failed: group.filter((answer) => answer.class !== "ok").length,
			firstAt: instant(first.doneAt),
			lastAt: instant(last.doneAt)
		};
	});
}
/** The first hundred, in order of time; those that count against the release are kept before all others. */
function pickFailures(failing) {
	const counts = ({ attribution }) => attribution === "candidate" || attribution === "switch";
	return [...failing.filter(counts), ...failing.filter((one) => !counts(one))].slice(0, maxFailures).sort((a, b) => a.answer.doneAt - b.answer.doneAt);
}
function countBy(keys) {
	const counts = {};
	for (const key of keys) counts[key] = (counts[key] ?? 0) + 1;
	return counts;
}

// src/commands/probe-target.ts
/** The real entry point: as given, or found from the route and the address of its Gateway. */
async function findProbeTarget(inputs, route, cluster) {
	const host = publicName((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(route, "spec", "hostnames", 0));
	const given = givenTarget(inputs, host);
	if (given !== void 0) return given;
	const url = route === void 0 ? void 0 : await gatewayUrl(route, cluster);
	if (url !== void 0) return {
		url,
		host
	};
	throw unknownTarget("the Gateway of the route publishes an address");
}
/** The address that a person gave; `host` is the public name behind it, when it is a bare address. */
function givenTarget(inputs, host) {
	if (inputs.probeUrl === void 0) return void 0;
	const url = new URL(inputs.probeUrl);
	const isAddress = (0,node_net__WEBPACK_IMPORTED_MODULE_6__.isIP)(url.hostname.replace(/^\[|\]$/g, "")) !== 0;
	return {
		url,
		host: inputs.probeHost ?? (isAddress ? host : void 0)
	};
}
function unknownTarget(onlyWhen) {
	return new _base_mjs__WEBPACK_IMPORTED_MODULE_0__.y("Usage", "The address of the entry point is not known, so lost requests could not be counted", { remedy: `Give \`probe-url\` (how callers reach the app), or accept with \`probe-from: none\` that loss is not measured. It is found by itself only when ${onlyWhen}.` });
}
/** A name with a wildcard stands for any name below it. */
function publicName(name) {
	return typeof name === "string" ? name.replace(/^\*/, "streamgate-probe") : void 0;
}
/** `10.0.0.1` or `[::1]`, as a URL has it. */
function authorityOf(address) {
	return (0,node_net__WEBPACK_IMPORTED_MODULE_6__.isIP)(address) === 6 ? `[${address}]` : address;
}
/** Undefined where what the cluster publishes makes no address: a route may name a listener that is not there. */
function addressOrNone(text) {
	return URL.canParse(text) ? new URL(text) : void 0;
}
async function gatewayUrl(route, cluster) {
	const parent = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(route, "spec", "parentRefs", 0);
	const name = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(parent, "name");
	if (typeof name !== "string") return void 0;
	const ref = {
		apiVersion: "gateway.networking.k8s.io/v1",
		kind: "Gateway",
		namespace: String((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(parent, "namespace") ?? route.metadata.namespace ?? ""),
		name
	};
	const gateway = await cluster.get(ref);
	const address = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(gateway, "status", "addresses", 0, "value");
	const listeners = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(gateway, "spec", "listeners");
	if (typeof address !== "string" || !Array.isArray(listeners)) return void 0;
	const wanted = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(parent, "sectionName");
	const listener = listeners.find((entry) => wanted === void 0 || (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(entry, "name") === wanted);
	return addressOrNone(`${(0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(listener, "protocol") === "HTTPS" ? "https" : "http"}://${authorityOf(address)}:${String((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(listener, "port"))}${firstPath(route)}`);
}
function firstPath(route) {
	const match = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(route, "spec", "rules", 0, "matches", 0, "path");
	const value = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(match, "value");
	return typeof value === "string" && (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(match, "type") !== "RegularExpression" ? value : "/";
}

// src/commands/service-target.ts
/**
* The entry point of an app that no route leads to: as given, else that of an Ingress that sends to its Service, else the
* Service's own address of its load balancer, else, for a prober inside the cluster, its name.
*/
async function findServiceTarget(inputs, place) {
	const { cluster, names, given, inside } = place;
	const { namespace, entry } = names;
	const fronts = frontsOf([...await cluster.list(_connect_cluster_mjs__WEBPACK_IMPORTED_MODULE_2__.k, { namespace }), ...given], entry);
	const [first] = fronts;
	const target = givenTarget(inputs, publicName(first?.door.host));
	if (target !== void 0) return target;
	for (const { ingress, door } of fronts) {
		const url = ingressUrl(ingress, door);
		if (url !== void 0) return {
			url,
			host: publicName(door.host)
		};
	}
	const ref = {
		apiVersion: "v1",
		kind: "Service",
		namespace,
		name: entry
	};
	const service = await cluster.get(ref) ?? given.find(({ kind, metadata }) => kind === "Service" && metadata.name === entry);
	const address = addressOf(service) ?? (inside ? `${entry}.${namespace}.svc` : void 0);
	const url = service === void 0 || address === void 0 ? void 0 : serviceUrl(service, address);
	if (url !== void 0) return {
		url,
		host: void 0
	};
	throw unknownTarget("an Ingress that sends to the Service, or the Service itself, publishes an address");
}
function frontsOf(objects, service) {
	return objects.filter(({ kind }) => kind === "Ingress").flatMap((ingress) => (0,_connect_cluster_mjs__WEBPACK_IMPORTED_MODULE_2__.O)(ingress, service).map((door) => ({
		ingress,
		door
	})));
}
function ingressUrl(ingress, { host, path }) {
	const address = addressOf(ingress);
	if (address === void 0) return void 0;
	return addressOrNone(`${isSecure(ingress, host) ? "https" : "http"}://${authorityOf(address)}${path}`);
}
/** An entry of `tls` without hosts is for all of them. */
function isSecure(ingress, host) {
	return (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.p)(ingress, "spec", "tls").some((entry) => {
		const hosts = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.p)(entry, "hosts");
		return hosts.length === 0 || hosts.includes(host);
	});
}
/** What a load balancer answers on, as the status of its Ingress or Service says. */
function addressOf(object) {
	const front = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(object, "status", "loadBalancer", "ingress", 0);
	const address = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(front, "ip") ?? (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(front, "hostname");
	return typeof address === "string" && address !== "" ? address : void 0;
}
function serviceUrl(service, address) {
	const port = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.p)(service, "spec", "ports").find((one) => ((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(one, "protocol") ?? "TCP") === "TCP");
	const number = Number((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(port, "port"));
	const secure = number === 443 || [(0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(port, "name"), (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(port, "appProtocol")].includes("https");
	return addressOrNone(`${secure ? "https" : "http"}://${authorityOf(address)}:${number}/`);
}

// src/commands/watch-traffic.ts
const requestTimeoutMs = 1e4;
const baselineMs = 1e3;
const baselineAnswers = 10;
const baselinePatienceMs = 3e4;
const leastRequests = 10;
/** How long the last requests that are needed for a verdict are waited for. */
const lastAnswersMs = 5e3;
const firstAnswersInARow = 3;
function watchTraffic(options) {
	const { clock, log, startProber, target, ratePerSecond } = options;
	const stop = new AbortController();
	const listeners = /* @__PURE__ */ new Set();
	let versions = {
		stable: [],
		candidate: []
	};
	let prober;
	let starting;
	/** Whether anybody has asked for more than to watch ahead. */
	let needed = false;
	let switchedAt = null;
	let kept = null;
	const probe = async (suffix) => startProber({
		url: target.url,
		host: target.host,
		ratePerSecond,
		timeoutMs: requestTimeoutMs,
		version: options.version,
		runId: `${options.runId}${suffix}`,
		clock,
		log,
		signal: stop.signal,
		maxDurationMs: options.maxDurationMs
	});
	const view = () => ({
		isOwn: (version) => versions.stable.includes(version) || versions.candidate.includes(version),
		roleOf: (version) => (0,_connect_cluster_mjs__WEBPACK_IMPORTED_MODULE_2__.w)(versions, version),
		sidesKnown: (0,_connect_cluster_mjs__WEBPACK_IMPORTED_MODULE_2__.C)(versions) && versions.isShared !== true,
		switchedAt
	});
	function see(answer) {
		const judged = judgeVersion(answer, view());
		const ok = judged.class === "ok";
		const role = (0,_connect_cluster_mjs__WEBPACK_IMPORTED_MODULE_2__.w)(versions, judged.version);
		return {
			sentAt: judged.sentAt,
			doneAt: judged.doneAt,
			role,
			population: judged.population,
			ok,
			ownSide: judged.class === "own-side",
			quote: ok ? "" : quoteFailure(judged),
			ofOthers: ok && role === "unknown" && versions.isShared === true && (0,_connect_cluster_mjs__WEBPACK_IMPORTED_MODULE_2__.T)(versions)
		};
	}
	/** An entry point that is just being opened answers 404 or not at all for a moment: that is no loss. */
	async function firstAnswers(deadline) {
		const scout = await probe("-first");
		let inARow = 0;
		let last = "no answer";
		scout.onAnswer((answer) => {
			inARow = answer.class === "ok" ? inARow + 1 : 0;
			if (answer.class !== "ok") last = quoteFailure(answer);
		});
		try {
			while (inARow < firstAnswersInARow) await clock.sleep(20, deadline.signal);
		} catch (thrown) {
			if (!(thrown instanceof _base_mjs__WEBPACK_IMPORTED_MODULE_0__.y) || thrown.code !== "Timeout") throw thrown;
			throw new _base_mjs__WEBPACK_IMPORTED_MODULE_0__.y("Timeout", `${thrown.message}; last seen: ${last}`, {
				cause: thrown,
				remedy: `Check that ${target.url.href} leads to this app through its route.`
			});
		} finally {
			await scout.stop();
		}
	}
	async function begin(firstAnswerBy) {
		if (firstAnswerBy !== void 0) await firstAnswers(firstAnswerBy);
		prober = await probe("");
		prober.onAnswer((answer) => {
			const sighting = see(answer);
			for (const listener of listeners) listener(sighting);
		});
	}
	/** The baseline is of right before the switch: what was long before says little about it. */
	function lastOf(running) {
		const answers = running?.tally().answers ?? [];
		const since = clock.monotonic() - baselineMs;
		const recent = answers.filter(({ doneAt }) => doneAt >= since);
		return recent.length < baselineAnswers ? answers.slice(-10) : recent;
	}
	const witness = {
		async start(known, firstAnswerBy) {
			versions = known;
			needed = true;
			starting ??= begin(firstAnswerBy).catch((thrown) => {
				starting = void 0;
				throw thrown;
			});
			await starting;
		},
		watchAhead() {
			if (options.from !== "runner" || starting !== void 0) return;
			starting = begin(void 0).catch(() => {
				starting = void 0;
			});
		},
		switchBegins() {
			switchedAt ??= clock.monotonic();
		},
		countKept() {
			const counted = prober === void 0 ? null : countKept(prober.tally().answers, view());
			kept ??= counted;
			return counted;
		},
		onSighting(listener) {
			listeners.add(listener);
			return () => listeners.delete(listener);
		}
	};
	function summarise(tally) {
		return summariseTraffic(tally, {
			...view(),
			url: target.url.href,
			host: target.host ?? null,
			from: options.from,
			versionSource: options.version,
			ratePerSecond,
			keptConnections: kept === null ? null : {
				...kept,
				cut: countCut(tally.answers, view())
			}
		});
	}
	/** In the middle of it, requests that have not ended are neither lost nor answered: only the end can count them. */
	function summariseSoFar(running) {
		const tally = running.tally();
		return summarise({
			...tally,
			planned: tally.answers.length
		});
	}
	function judge(traffic, answers) {
		const limits = {
			tolerance: options.tolerance,
			minRequests: leastRequests
		};
		const judgement = judgeTraffic(traffic, limits);
		return judgement.verdict === "pass" ? judgeRedirects(answers) ?? judgement : judgement;
	}
	return {
		witness,
		baseline: gate("baseline", clock, async (deadline) => {
			const giveUpAt = clock.monotonic() + baselinePatienceMs;
			const watchedMs = () => clock.monotonic() - (prober?.tally().startedAt ?? clock.monotonic());
			const enough = () => (prober?.tally().answers.length ?? 0) >= baselineAnswers && watchedMs() >= baselineMs;
			while (!enough() && clock.monotonic() < giveUpAt) await clock.sleep(50, deadline.signal);
			return judgeBaseline(lastOf(prober).map((answer) => judgeVersion(answer, view())));
		}),
		traffic: gate("traffic", clock, async (deadline) => {
			const giveUpAt = clock.monotonic() + lastAnswersMs;
			const few = () => (prober?.tally().answers.length ?? 0) < leastRequests;
			while (few() && clock.monotonic() < giveUpAt) await clock.sleep(50, deadline.signal);
			if (prober === void 0) return {
				verdict: "invalid",
				reason: "no traffic was watched"
			};
			return judge(summariseSoFar(prober), prober.tally().answers);
		}),
		async conclude() {
			await prober?.stop();
			stop.abort();
			await options.close?.();
			if (prober === void 0 || !needed) return null;
			const tally = prober.tally();
			const traffic = summarise(tally);
			return {
				traffic,
				judgement: judge(traffic, tally.answers)
			};
		}
	};
}
function gate(name, clock, decide) {
	return {
		name,
		async check(_witness, deadline) {
			const [startedAt, began] = [(0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.C)(clock.now()), clock.monotonic()];
			return {
				gate: name,
				...await decide(deadline),
				observations: [],
				startedAt,
				durationMs: clock.monotonic() - began
			};
		}
	};
}

// src/commands/watch-release.ts
/**
* Lets the prober watch the entry point of a release; undefined when nobody is to probe. Where the entry point is not
* found, a plan and a run that can do without it go on, and `warn` hears why.
*/
async function watchRelease(options, cluster, names, warn) {
	const { host, inputs, planOnly } = options;
	if (inputs.probeFrom === "none") return void 0;
	const target = await findTarget(options, cluster, names).catch((thrown) => {
		if (!isUnknown(thrown) || options.needsEntryPoint && !planOnly) throw thrown;
		warn(planOnly ? endsThere(thrown) : goesOn(thrown));
	});
	if (target === void 0 || planOnly) return void 0;
	const runId = `${inputs.app}-${host.run.runId || "local"}-${Math.floor(host.clock.now()).toString(36)}`;
	return watchTraffic({
		...await placeProber(options, cluster, runId),
		target,
		ratePerSecond: inputs.probeRate,
		version: (0,_release_options_mjs__WEBPACK_IMPORTED_MODULE_1__.t)(inputs),
		tolerance: options.tolerance,
		maxDurationMs: options.watchMs,
		runId,
		clock: host.clock,
		log: host.log
	});
}
/** No address is published, or the credentials may not read the object that would say it. */
function isUnknown(thrown) {
	return thrown instanceof _base_mjs__WEBPACK_IMPORTED_MODULE_0__.y && ["Usage", "Denied"].includes(thrown.code);
}
function endsThere({ message }) {
	return `The release itself would end before its first change: ${message}. Give \`probe-url\`, or \`probe-from: none\`.`;
}
function goesOn({ message }) {
	return `Nobody watches this way back, and loss is not measured: ${message}. \`probe-url\` says where to ask.`;
}
/** The entry point that the prober asks, as far as it was not given. */
async function findTarget(options, cluster, names) {
	const { inputs } = options;
	const given = options.entries();
	const [first] = names.routes;
	if (first === void 0) {
		const inside = inputs.probeFrom === "cluster";
		return findServiceTarget(inputs, {
			cluster,
			names,
			given,
			inside
		});
	}
	const brought = given.find(({ kind, metadata }) => kind === "HTTPRoute" && metadata.name === first);
	const ref = {
		apiVersion: "gateway.networking.k8s.io/v1",
		kind: "HTTPRoute",
		namespace: names.namespace,
		name: first
	};
	return findProbeTarget(inputs, brought ?? await cluster.get(ref), cluster);
}
/** Where the prober runs: in this process, or in a pod that lives as long as the run wants it. */
async function placeProber({ host, inputs, watchMs }, cluster, runId) {
	const { app, namespace, probeFrom, probeImage } = inputs;
	if (probeFrom !== "cluster" || probeImage === void 0) return {
		startProber,
		from: "runner"
	};
	const prober = createClusterProber({
		cluster,
		clock: host.clock,
		log: host.log,
		namespace,
		app,
		name: proberName(app, runId),
		image: probeImage,
		program: await host.readProber(),
		maxDurationMs: watchMs
	});
	return {
		startProber: (given) => prober.start(given),
		from: "cluster",
		close: () => prober.close()
	};
}

// src/commands/run-release.ts
/** Runs a release from its inputs to its published evidence. Refusals are reported like every other end. */
async function runRelease(options) {
	const { command, host, inputs } = options;
	const began = host.clock.monotonic();
	let cluster;
	let watched;
	const warnings = [];
	const warn = (message) => {
		warnings.push(message);
		host.log.warn(message);
	};
	const run = async () => {
		cluster = await (0,_connect_cluster_mjs__WEBPACK_IMPORTED_MODULE_2__.t)(inputs, host);
		const connected = cluster;
		const request = requestOf(options, connected, async (names) => {
			watched = await watchRelease(options, connected, names, warn);
			return watched ?? null;
		});
		return options.execute(request, connected);
	};
	const ended = await run().catch((thrown) => {
		const error = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.x)(thrown);
		if (error.code === "Usage") (0,_run_request_mjs__WEBPACK_IMPORTED_MODULE_3__.n)(host);
		if (error.code === "Usage" || error.code === "Internal") throw error;
		return (0,_connect_cluster_mjs__WEBPACK_IMPORTED_MODULE_2__.a)(error);
	});
	const concluded = await watched?.conclude() ?? null;
	const result = (0,_connect_cluster_mjs__WEBPACK_IMPORTED_MODULE_2__.l)({
		...ended,
		warnings: [...warnings, ...ended.warnings]
	}, concluded);
	const next = (0,_connect_cluster_mjs__WEBPACK_IMPORTED_MODULE_2__.i)(result, inputs);
	const traffic = concluded?.traffic ?? null;
	const subject = {
		app: inputs.app,
		namespace: inputs.namespace
	};
	const evidence = await (0,_tell_evidence_mjs__WEBPACK_IMPORTED_MODULE_4__.t)(result, {
		command,
		subject,
		host,
		began,
		cluster,
		traffic,
		next
	});
	const paths = await host.publish(evidence);
	(0,_run_request_mjs__WEBPACK_IMPORTED_MODULE_3__.n)(host);
	return {
		result,
		verdict: result.verdict,
		traffic,
		evidence,
		...paths,
		durationMs: evidence.durationMs
	};
}
function requestOf(options, cluster, watch) {
	const { host, inputs } = options;
	const path = inputs.probeUrl === void 0 ? "/" : pathOf(inputs.probeUrl);
	return {
		cluster,
		...(0,_run_request_mjs__WEBPACK_IMPORTED_MODULE_3__.t)(host),
		namespace: inputs.namespace,
		app: inputs.app,
		settings: {
			progressDeadlineMs: inputs.progressDeadline,
			...options.schedulingTimeoutMs === void 0 ? {} : { schedulingTimeoutMs: options.schedulingTimeoutMs },
			observeMs: options.observeMs,
			rollbackWindowMs: options.rollbackWindowMs,
			drainWithinMs: options.drainWithinMs,
			rollbackBudgetMs: inputs.rollbackBudget
		},
		lockTimeoutMs: inputs.lockTimeout,
		leaseMs: inputs.leaseDuration,
		probesInCluster: inputs.probeFrom === "cluster",
		budgetMs: options.budgetMs,
		tolerance: options.tolerance,
		gates: [],
		watch,
		identify: (0,_release_options_mjs__WEBPACK_IMPORTED_MODULE_1__.r)(cluster, inputs.namespace, path, (0,_release_options_mjs__WEBPACK_IMPORTED_MODULE_1__.t)(inputs), host.clock)
	};
}
function pathOf(text) {
	const { pathname, search } = new URL(text);
	return pathname + search;
}



/***/ }),

/***/ 5464:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   i: () => (/* binding */ rememberRun),
/* harmony export */   n: () => (/* binding */ forgetRun),
/* harmony export */   r: () => (/* binding */ recoverAfterRun),
/* harmony export */   t: () => (/* binding */ requestFromHost)
/* harmony export */ });
/* harmony import */ var _base_mjs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5455);
/* harmony import */ var _connect_cluster_mjs__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(212);



// src/commands/recover.ts
/** Tells `post` what this run works on, until `forgetRun`: should it end in the middle, that is put back. */
function rememberRun(host, inputs) {
	const { app, namespace, context, kubeconfig } = inputs;
	const state = {
		app,
		namespace,
		context,
		file: kubeconfig?.file,
		runId: host.run.runId,
		process: processOf(host),
		back: (0,_connect_cluster_mjs__WEBPACK_IMPORTED_MODULE_1__.o)(inputs)
	};
	host.saveState("in-flight", JSON.stringify(state));
}
/** There is nothing to recover: all that was begun has ended, or nothing was begun. */
function forgetRun(host) {
	host.saveState("in-flight", "");
}
/** Jobs of one run may release the same app at the same time: their processes began at different moments. */
function processOf({ run, startedAt }) {
	return `${run.repository} ${run.runId}/${run.runAttempt} ${startedAt}`;
}
/**
* The end of the job. Acts only when the main run died in the middle, from what it had saved: a release that this very
* run had begun is put back. A preview that was parked on purpose is left alone.
*/
async function recoverAfterRun(host) {
	const saved = host.state("in-flight");
	if (saved === "") return;
	const { app, namespace, context, file, runId, process, back } = JSON.parse(saved);
	host.log.warn(`The run that released ${app} ended in the middle; putting back what it had begun`);
	const cluster = await (0,_connect_cluster_mjs__WEBPACK_IMPORTED_MODULE_1__.t)({
		kubeconfig: file === void 0 ? void 0 : { file },
		context
	}, host);
	const reversed = await (0,_connect_cluster_mjs__WEBPACK_IMPORTED_MODULE_1__._)({
		cluster,
		clock: host.clock,
		log: host.log,
		namespace,
		app,
		runId,
		endedProcess: process,
		run: host.run,
		signal: host.signal
	}).catch((thrown) => {
		host.log.error(`It could not be put back: ${(0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.b)(thrown)}. Run: ${back}`);
		throw thrown;
	});
	host.log.info(reversed?.reason ?? `There was nothing to put back for ${app}`);
}

// src/commands/run-request.ts
/** What every request to the engine takes from the place where the command runs. */
function requestFromHost(host) {
	const { clock, log, signal, run } = host;
	return {
		clock,
		log,
		signal,
		run,
		process: processOf(host),
		listener: listenerOf(host)
	};
}
function listenerOf({ progress }) {
	return {
		plan: (steps) => progress.plan(steps),
		begin: ({ id }) => progress.begin(id),
		end: ({ id }, outcome, detail) => progress.end(id, outcome, detail)
	};
}



/***/ }),

/***/ 1018:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   t: () => (/* binding */ tellEvidence)
/* harmony export */ });
/* harmony import */ var _base_mjs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5455);
/* harmony import */ var _evidence_mjs__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5666);
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(8161);




// src/commands/tell-evidence.ts
/** Makes the evidence of what a run found out. */
async function tellEvidence(result, telling) {
	const { host, began, cluster, command, subject, traffic, next } = telling;
	const durationMs = host.clock.monotonic() - began;
	return (0,_evidence_mjs__WEBPACK_IMPORTED_MODULE_1__.n)({
		command,
		...subject === void 0 ? {} : { subject },
		verdict: result.verdict,
		outcome: result.outcome,
		reason: result.reason,
		startedAt: (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.C)(host.clock.now() - durationMs),
		durationMs,
		run: host.run,
		release: result.release,
		steps: result.steps,
		...result.plan === void 0 ? {} : { plan: result.plan },
		gates: result.gates,
		traffic,
		marks: result.marks,
		warnings: result.warnings,
		failure: result.failure,
		next,
		environment: {
			streamgate: _base_mjs__WEBPACK_IMPORTED_MODULE_0__.t,
			node: process.version,
			kubernetes: await cluster?.version().catch(() => void 0) ?? "unknown",
			platform: `${process.platform} ${process.arch} ${(0,node_os__WEBPACK_IMPORTED_MODULE_2__.release)()}`
		}
	});
}



/***/ })

};
