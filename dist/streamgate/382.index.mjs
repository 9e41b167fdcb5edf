export const id = 382;
export const ids = [382];
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

/***/ 4382:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   command: () => (/* binding */ command)
/* harmony export */ });
/* harmony import */ var _rolldown_runtime_mjs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8907);
/* harmony import */ var _base_mjs__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5455);
/* harmony import */ var _connect_cluster_mjs__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(212);
/* harmony import */ var _run_request_mjs__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(5464);
/* harmony import */ var _contract3_mjs__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(1366);






// src/commands/release/run.ts
const budgetMs = 6e5;
const command = {
	contract: _contract3_mjs__WEBPACK_IMPORTED_MODULE_4__.t,
	async run(inputs, host) {
		const { app, namespace } = inputs;
		if (!inputs.eject) throw new _base_mjs__WEBPACK_IMPORTED_MODULE_1__.y("Usage", `What is to be done with ${app} is not said`, { remedy: `Hand it back with \`streamgate release ${app} --eject\`, or release a version with \`streamgate bluegreen-deploy ${app}\`.` });
		const result = await (0,_connect_cluster_mjs__WEBPACK_IMPORTED_MODULE_2__.x)({
			cluster: (await (0,_connect_cluster_mjs__WEBPACK_IMPORTED_MODULE_2__.t)(inputs, host)).with(host.signal),
			...(0,_run_request_mjs__WEBPACK_IMPORTED_MODULE_3__.t)(host),
			..._connect_cluster_mjs__WEBPACK_IMPORTED_MODULE_2__.y,
			namespace,
			app,
			settings: {
				progressDeadlineMs: budgetMs,
				observeMs: 0,
				rollbackWindowMs: 0
			},
			lockTimeoutMs: inputs.lockTimeout,
			leaseMs: inputs.leaseDuration,
			budgetMs
		});
		const { outcome, verdict, reason, warnings, failure } = result;
		return {
			verdict,
			outcome,
			reason,
			remedy: failure?.remedy ?? void 0,
			outputs: {
				outcome,
				verdict,
				reason
			},
			text: [reason, ...warnings].map((line) => `${line}\n`).join(""),
			details: {
				steps: result.steps,
				warnings
			}
		};
	}
};



/***/ })

};
