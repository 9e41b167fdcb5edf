export const id = 382;
export const ids = [382];
export const modules = {

/***/ 4382:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   command: () => (/* binding */ command)
/* harmony export */ });
/* harmony import */ var _rolldown_runtime_mjs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8907);
/* harmony import */ var _base_mjs__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5455);
/* harmony import */ var _recover_mjs__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(8183);
/* harmony import */ var _contract3_mjs__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(1366);





// src/commands/release/run.ts
const budgetMs = 6e5;
const command = {
	contract: _contract3_mjs__WEBPACK_IMPORTED_MODULE_3__.t,
	async run(inputs, host) {
		const { app, namespace } = inputs;
		if (!inputs.eject) throw new _base_mjs__WEBPACK_IMPORTED_MODULE_1__.h("Usage", `What is to be done with ${app} is not said`, { remedy: `Hand it back with \`streamgate release ${app} --eject\`, or release a version with \`streamgate bluegreen-deploy ${app}\`.` });
		const { progress } = host;
		const result = await (0,_recover_mjs__WEBPACK_IMPORTED_MODULE_2__.m)({
			cluster: (await (0,_recover_mjs__WEBPACK_IMPORTED_MODULE_2__.i)(inputs, host)).with(host.signal),
			clock: host.clock,
			log: host.log,
			signal: host.signal,
			namespace,
			app,
			run: host.run,
			process: (0,_recover_mjs__WEBPACK_IMPORTED_MODULE_2__.t)(host),
			settings: {
				progressDeadlineMs: budgetMs,
				observeMs: 0,
				rollbackWindowMs: 0
			},
			lockTimeoutMs: inputs.lockTimeout,
			leaseMs: inputs.leaseDuration,
			budgetMs,
			tolerance: 0,
			listener: {
				plan: (steps) => progress.plan(steps),
				begin: ({ id }) => progress.begin(id),
				end: ({ id }, outcome, detail) => progress.end(id, outcome, detail)
			},
			gates: [],
			watch: async () => null,
			identify: async () => []
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
