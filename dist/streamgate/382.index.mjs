export const id = 382;
export const ids = [382];
export const modules = {

/***/ 382:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   command: () => (/* binding */ command)
/* harmony export */ });
/* harmony import */ var _rolldown_runtime_mjs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(907);
/* harmony import */ var _run_release_mjs__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(460);
/* harmony import */ var _contract3_mjs__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(366);




// src/commands/rollback/run.ts
const reserveMs = 12e4;
const smokeMs = 6e4;
const command = {
	contract: _contract3_mjs__WEBPACK_IMPORTED_MODULE_2__.t,
	async run(inputs, host) {
		const budgetMs = inputs.progressDeadline + reserveMs;
		const finished = await (0,_run_release_mjs__WEBPACK_IMPORTED_MODULE_1__.r)({
			command: _contract3_mjs__WEBPACK_IMPORTED_MODULE_2__.t.name,
			host,
			inputs,
			observeMs: 0,
			rollbackWindowMs: 0,
			budgetMs,
			watchMs: budgetMs + reserveMs,
			tolerance: Number.POSITIVE_INFINITY,
			planOnly: inputs.mode === "plan",
			routes: () => [],
			async execute(base) {
				const smoke = (0,_run_release_mjs__WEBPACK_IMPORTED_MODULE_1__.l)({
					checks: [],
					timeoutMs: smokeMs,
					version: (0,_run_release_mjs__WEBPACK_IMPORTED_MODULE_1__.i)(inputs),
					clock: host.clock
				});
				const request = {
					...base,
					gates: [smoke],
					to: inputs.to,
					drill: inputs.drill
				};
				if (inputs.mode === "plan") return (0,_run_release_mjs__WEBPACK_IMPORTED_MODULE_1__.g)(request);
				(0,_run_release_mjs__WEBPACK_IMPORTED_MODULE_1__.s)(host, inputs);
				if (inputs.unfinishedOnly) return await (0,_run_release_mjs__WEBPACK_IMPORTED_MODULE_1__.p)({
					...request,
					runId: ""
				}) ?? nothingUnfinished(inputs.app);
				return (0,_run_release_mjs__WEBPACK_IMPORTED_MODULE_1__.m)(request);
			}
		});
		(0,_run_release_mjs__WEBPACK_IMPORTED_MODULE_1__.s)(host, inputs, finished);
		const { result, traffic, evidence } = finished;
		return {
			verdict: finished.verdict,
			outcome: result.outcome,
			reason: result.reason,
			remedy: result.failure?.remedy ?? void 0,
			outputs: {
				release: result.release?.id ?? "",
				outcome: result.outcome,
				verdict: result.verdict,
				reason: result.reason,
				activeSlot: result.activeSlot ?? "",
				revision: result.verdict === "pass" ? result.release?.candidate.revision ?? null : null,
				durationSeconds: Math.round(finished.durationMs / 100) / 10,
				rollbackMs: rollbackTime(traffic, host.startedAt),
				requests: traffic?.planned ?? null,
				failedRequests: (0,_run_release_mjs__WEBPACK_IMPORTED_MODULE_1__.t)(traffic),
				evidence: finished.evidencePath,
				report: finished.reportPath
			},
			evidence
		};
	},
	post: _run_release_mjs__WEBPACK_IMPORTED_MODULE_1__.o
};
function nothingUnfinished(app) {
	const reason = `${app} has no release that did not end: there is nothing to reverse`;
	return (0,_run_release_mjs__WEBPACK_IMPORTED_MODULE_1__.x)({
		outcome: "Checked",
		verdict: "pass",
		reason
	});
}
/** Start of the process to the last answer of the abandoned version; null when it gave none. */
function rollbackTime(traffic, startedAt) {
	const abandoned = (traffic?.byVersion ?? []).filter(({ role }) => role === "stable");
	if (abandoned.length === 0) return null;
	return Math.max(0, Math.round(Math.max(...abandoned.map(({ lastAt }) => Date.parse(lastAt))) - startedAt));
}



/***/ })

};
