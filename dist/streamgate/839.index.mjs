export const id = 839;
export const ids = [839];
export const modules = {

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

/***/ 8839:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   command: () => (/* binding */ command)
/* harmony export */ });
/* harmony import */ var _rolldown_runtime_mjs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8907);
/* harmony import */ var _base_mjs__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5455);
/* harmony import */ var _connect_cluster_mjs__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(212);
/* harmony import */ var _run_request_mjs__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(5464);
/* harmony import */ var _tell_evidence_mjs__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(1018);
/* harmony import */ var _contract4_mjs__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(6137);







// src/commands/retire/run.ts
/** For all that one app takes: the gateway's time to follow, and a few writes. */
const budgetMs = 12e4;
const command = {
	contract: _contract4_mjs__WEBPACK_IMPORTED_MODULE_5__.t,
	async run(inputs, host) {
		const began = host.clock.monotonic();
		let cluster;
		const { result, ended } = await (async () => {
			cluster = await (0,_connect_cluster_mjs__WEBPACK_IMPORTED_MODULE_2__.t)(inputs, host);
			return retireAll(inputs, host, cluster.with(host.signal));
		})().catch((thrown) => {
			const error = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_1__.x)(thrown);
			if (error.code === "Usage" || error.code === "Internal") throw error;
			return {
				result: (0,_connect_cluster_mjs__WEBPACK_IMPORTED_MODULE_2__.a)(error),
				ended: []
			};
		});
		const subject = {
			app: inputs.app ?? null,
			namespace: inputs.namespace
		};
		const telling = {
			command: _contract4_mjs__WEBPACK_IMPORTED_MODULE_5__.t.name,
			subject,
			host,
			began,
			cluster,
			traffic: null,
			next: null
		};
		const evidence = await (0,_tell_evidence_mjs__WEBPACK_IMPORTED_MODULE_4__.t)(result, telling);
		const paths = await host.publish(evidence);
		const done = ended.filter(({ state }) => state === "retired" || state === "put-back");
		return {
			verdict: result.verdict,
			outcome: result.outcome,
			reason: result.reason,
			remedy: result.failure?.remedy ?? void 0,
			outputs: {
				outcome: result.outcome,
				verdict: result.verdict,
				reason: result.reason,
				retired: done.map(({ app }) => app).join(","),
				left: ended.length - done.length,
				durationSeconds: (0,_connect_cluster_mjs__WEBPACK_IMPORTED_MODULE_2__.r)(evidence.durationMs),
				evidence: paths.evidencePath,
				report: paths.reportPath
			},
			evidence
		};
	}
};
const outcomes = {
	retired: "done",
	"put-back": "done",
	left: "skipped",
	nothing: "skipped",
	failed: "failed"
};
/** One app after the other: what fails for one keeps none of the others waiting. */
async function retireAll(inputs, host, cluster) {
	const { namespace, due } = inputs;
	const apps = due ? await (0,_connect_cluster_mjs__WEBPACK_IMPORTED_MODULE_2__.f)(cluster, namespace) : [inputs.app ?? ""];
	host.progress.plan(apps.map((app) => ({
		id: app,
		title: titleOf(app)
	})));
	const ended = [];
	const steps = [];
	for (const app of apps) {
		const began = host.clock.monotonic();
		const startedAt = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_1__.C)(host.clock.now());
		host.progress.begin(app);
		const one = await (0,_connect_cluster_mjs__WEBPACK_IMPORTED_MODULE_2__.d)(requestFor(app, inputs, host, cluster));
		const outcome = outcomes[one.state];
		host.progress.end(app, outcome, one.reason);
		steps.push({
			id: app,
			title: titleOf(app),
			outcome,
			startedAt,
			durationMs: host.clock.monotonic() - began,
			detail: one.reason
		});
		ended.push(one);
	}
	return {
		result: {
			...conclude(inputs, ended),
			steps
		},
		ended
	};
}
function titleOf(app) {
	return `Let the old version of ${app} go`;
}
function conclude({ namespace, due, app = "" }, ended) {
	const failures = ended.filter(({ state }) => state === "failed");
	const failed = failures.find(({ refused }) => refused !== true) ?? failures[0];
	if (failed !== void 0) {
		const { reason, remedy = null, refused = false } = failed;
		const failure = {
			code: refused ? "Refused" : "Failed",
			message: reason,
			remedy,
			evidence: []
		};
		if (refused) return (0,_connect_cluster_mjs__WEBPACK_IMPORTED_MODULE_2__.E)({
			outcome: "Refused",
			verdict: "invalid",
			reason
		}, { failure });
		return (0,_connect_cluster_mjs__WEBPACK_IMPORTED_MODULE_2__.E)({
			outcome: "Inconclusive",
			verdict: "fail",
			reason
		}, { failure });
	}
	const done = ended.filter(({ state }) => state === "retired" || state === "put-back");
	if (done.length > 0) {
		const reason = done.map(({ reason: told }) => told).join("; ");
		return (0,_connect_cluster_mjs__WEBPACK_IMPORTED_MODULE_2__.E)({
			outcome: "Retired",
			verdict: "pass",
			reason
		});
	}
	if (due) {
		const reason = `Nothing is due in namespace ${namespace}: looked at ${`${ended.length} ${ended.length === 1 ? "app" : "apps"}`}`;
		return (0,_connect_cluster_mjs__WEBPACK_IMPORTED_MODULE_2__.E)({
			outcome: "Checked",
			verdict: "pass",
			reason
		});
	}
	const [{ state, reason } = {
		state: "nothing",
		reason: ""
	}] = ended;
	if (state === "nothing") return (0,_connect_cluster_mjs__WEBPACK_IMPORTED_MODULE_2__.E)({
		outcome: "Checked",
		verdict: "pass",
		reason
	});
	const failure = {
		code: "Refused",
		message: reason,
		remedy: `Nothing was touched. A rollback window may be cut short with \`now\`; a release that is at work ends by itself, and one whose run died with \`streamgate rollback ${app} --unfinished-only\`.`,
		evidence: []
	};
	return (0,_connect_cluster_mjs__WEBPACK_IMPORTED_MODULE_2__.E)({
		outcome: "Refused",
		verdict: "inconclusive",
		reason
	}, { failure });
}
function requestFor(app, inputs, host, cluster) {
	return {
		app,
		namespace: inputs.namespace,
		hurry: inputs.now,
		cluster,
		...(0,_run_request_mjs__WEBPACK_IMPORTED_MODULE_3__.t)(host),
		..._connect_cluster_mjs__WEBPACK_IMPORTED_MODULE_2__.y,
		settings: {
			progressDeadlineMs: budgetMs,
			observeMs: 0,
			rollbackWindowMs: 0
		},
		lockTimeoutMs: inputs.lockTimeout,
		leaseMs: inputs.leaseDuration,
		budgetMs,
		listener: {
			plan() {},
			begin() {},
			end() {}
		}
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
