export const id = 264;
export const ids = [264];
export const modules = {

/***/ 9264:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   command: () => (/* binding */ command)
/* harmony export */ });
/* harmony import */ var _rolldown_runtime_mjs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8907);
/* harmony import */ var _connect_cluster_mjs__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(212);
/* harmony import */ var _release_options_mjs__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3421);
/* harmony import */ var _run_request_mjs__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(5464);
/* harmony import */ var _run_release_mjs__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(6460);
/* harmony import */ var _contract5_mjs__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(4424);







// src/commands/rollback/run.ts
const reserveMs = 12e4;
const smokeMs = 6e4;
const command = {
	contract: _contract5_mjs__WEBPACK_IMPORTED_MODULE_5__.t,
	async run(inputs, host) {
		const budgetMs = inputs.progressDeadline + reserveMs;
		const finished = await (0,_run_release_mjs__WEBPACK_IMPORTED_MODULE_4__.t)({
			command: _contract5_mjs__WEBPACK_IMPORTED_MODULE_5__.t.name,
			host,
			inputs,
			observeMs: 0,
			rollbackWindowMs: 0,
			budgetMs,
			watchMs: budgetMs + reserveMs,
			tolerance: Number.POSITIVE_INFINITY,
			planOnly: inputs.mode === "plan",
			needsEntryPoint: inputs.drill,
			entries: () => [],
			async execute(base) {
				const smoke = (0,_release_options_mjs__WEBPACK_IMPORTED_MODULE_2__.n)({
					checks: [],
					timeoutMs: smokeMs,
					version: (0,_release_options_mjs__WEBPACK_IMPORTED_MODULE_2__.t)(inputs),
					clock: host.clock
				});
				const { startedAt } = host;
				const { to, drill, now } = inputs;
				const request = {
					...base,
					gates: [smoke],
					to,
					drill,
					now,
					startedAt
				};
				if (inputs.mode === "plan") return (0,_connect_cluster_mjs__WEBPACK_IMPORTED_MODULE_1__.m)(request);
				(0,_run_request_mjs__WEBPACK_IMPORTED_MODULE_3__.i)(host, inputs);
				if (inputs.unfinishedOnly) return await (0,_connect_cluster_mjs__WEBPACK_IMPORTED_MODULE_1__._)({
					...request,
					runId: ""
				}) ?? nothingUnfinished(inputs.app);
				return (0,_connect_cluster_mjs__WEBPACK_IMPORTED_MODULE_1__.v)(request);
			}
		});
		const { result, traffic } = finished;
		return {
			...(0,_connect_cluster_mjs__WEBPACK_IMPORTED_MODULE_1__.n)(finished),
			outputs: {
				...(0,_connect_cluster_mjs__WEBPACK_IMPORTED_MODULE_1__.s)(finished),
				revision: result.verdict === "pass" ? result.release?.candidate.revision ?? null : null,
				rollbackMs: rollbackTime(traffic, host.startedAt)
			}
		};
	},
	post: _run_request_mjs__WEBPACK_IMPORTED_MODULE_3__.r
};
function nothingUnfinished(app) {
	const reason = `${app} has no release that did not end: there is nothing to reverse`;
	return (0,_connect_cluster_mjs__WEBPACK_IMPORTED_MODULE_1__.E)({
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
