export const id = 760;
export const ids = [760];
export const modules = {

/***/ 379:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   command: () => (/* binding */ command)
/* harmony export */ });
/* harmony import */ var _rolldown_runtime_mjs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(907);
/* harmony import */ var _base_mjs__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(455);
/* harmony import */ var _run_release_mjs__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(460);
/* harmony import */ var _contract2_mjs__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(487);





// src/commands/bluegreen-deploy/run.ts
/** Time beside the budget in which a prober may still be wanted: the way back, and the last answers. */
const watchReserveMs = 3e5;
const command = {
	contract: _contract2_mjs__WEBPACK_IMPORTED_MODULE_3__.t,
	async run(inputs, host) {
		let desired;
		const window = inputs.until === "retired" ? inputs.rollbackWindow : 0;
		const budgetMs = inputs.deployBudget + inputs.observe;
		(0,_run_release_mjs__WEBPACK_IMPORTED_MODULE_2__.s)(host, inputs);
		const finished = await (0,_run_release_mjs__WEBPACK_IMPORTED_MODULE_2__.r)({
			command: _contract2_mjs__WEBPACK_IMPORTED_MODULE_3__.t.name,
			host,
			inputs,
			observeMs: inputs.observe,
			rollbackWindowMs: inputs.rollbackWindow,
			budgetMs,
			watchMs: budgetMs + window + watchReserveMs,
			tolerance: inputs.tolerance,
			planOnly: inputs.mode === "plan",
			routes: () => desired?.routes ?? [],
			async execute(base, cluster) {
				desired = await readDesired(inputs, host, cluster);
				const smoke = (0,_run_release_mjs__WEBPACK_IMPORTED_MODULE_2__.l)({
					checks: inputs.smoke ?? [],
					timeoutMs: inputs.smokeTimeout,
					version: (0,_run_release_mjs__WEBPACK_IMPORTED_MODULE_2__.i)(inputs),
					clock: host.clock
				});
				const request = {
					...base,
					gates: [smoke],
					desired,
					routes: inputs.route === void 0 ? [] : [inputs.route],
					until: inputs.until,
					force: inputs.force
				};
				return inputs.mode === "plan" ? (0,_run_release_mjs__WEBPACK_IMPORTED_MODULE_2__.h)(request) : (0,_run_release_mjs__WEBPACK_IMPORTED_MODULE_2__.b)(request);
			}
		});
		(0,_run_release_mjs__WEBPACK_IMPORTED_MODULE_2__.s)(host, inputs, finished);
		const { result, evidence } = finished;
		return {
			verdict: finished.verdict,
			outcome: result.outcome,
			reason: result.reason,
			remedy: result.failure?.remedy ?? void 0,
			outputs: outputsOf(finished, inputs),
			evidence
		};
	},
	post: _run_release_mjs__WEBPACK_IMPORTED_MODULE_2__.o
};
/** The manifests as given, or those of the live revision; with the images that were asked for. */
async function readDesired(inputs, host, cluster) {
	const { app, namespace } = inputs;
	const { objects, problems } = await readObjects(inputs, host, cluster);
	const answer = (0,_run_release_mjs__WEBPACK_IMPORTED_MODULE_2__.y)({
		app,
		namespace,
		objects,
		images: inputs.image ?? []
	});
	const all = [...problems, ..."problems" in answer ? answer.problems : []];
	if (all.length === 0 && "desired" in answer) return answer.desired;
	throw new _base_mjs__WEBPACK_IMPORTED_MODULE_1__.m("Usage", ["The manifests cannot be released:", ...all.map((problem) => `  - ${problem}`)].join("\n"), { remedy: "Nothing was touched. Mend the manifests and run this again." });
}
async function readObjects(inputs, host, cluster) {
	if (inputs.manifests === void 0) return {
		objects: await (0,_run_release_mjs__WEBPACK_IMPORTED_MODULE_2__.v)(cluster, inputs.namespace, inputs.app),
		problems: []
	};
	const files = await host.readFiles(inputs.manifests);
	return (0,_run_release_mjs__WEBPACK_IMPORTED_MODULE_2__.S)(files.map(({ path, content }) => ({
		name: path === "-" ? "standard input" : path,
		text: content
	})));
}
function outputsOf({ result, traffic, evidencePath, reportPath, durationMs }, inputs) {
	const stable = result.release?.stable ?? null;
	return {
		release: result.release?.id ?? "",
		outcome: result.outcome,
		verdict: result.verdict,
		reason: result.reason,
		activeSlot: result.activeSlot ?? "",
		previousRevision: stable?.revision ?? null,
		durationSeconds: Math.round(durationMs / 100) / 10,
		requests: traffic?.planned ?? null,
		failedRequests: (0,_run_release_mjs__WEBPACK_IMPORTED_MODULE_2__.t)(traffic),
		cutoverMs: traffic?.cutoverMs == null ? null : Math.round(traffic.cutoverMs),
		evidence: evidencePath,
		report: reportPath,
		rollbackCommand: result.previousRevision > 0 ? (0,_run_release_mjs__WEBPACK_IMPORTED_MODULE_2__.n)(inputs) : ""
	};
}



/***/ })

};
