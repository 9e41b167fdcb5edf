export const id = 546;
export const ids = [546];
export const modules = {

/***/ 4546:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   command: () => (/* binding */ command)
/* harmony export */ });
/* harmony import */ var _rolldown_runtime_mjs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8907);
/* harmony import */ var _base_mjs__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5455);
/* harmony import */ var _recover_mjs__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(8183);
/* harmony import */ var _inputs_mjs__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(7006);
/* harmony import */ var _run_release_mjs__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(6460);
/* harmony import */ var _contract7_mjs__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(5242);







// src/commands/smoke-test/run.ts
const command = {
	contract: _contract7_mjs__WEBPACK_IMPORTED_MODULE_5__.t,
	async run(inputs, host) {
		const began = host.clock.monotonic();
		const cluster = inputs.url === void 0 ? await (0,_recover_mjs__WEBPACK_IMPORTED_MODULE_2__.i)(inputs, host) : void 0;
		const { subject, checks, port } = await findSubject(inputs, cluster);
		const gate = (0,_inputs_mjs__WEBPACK_IMPORTED_MODULE_3__.A)({
			checks,
			clock: host.clock,
			defaultPort: port,
			version: {
				source: (0,_run_release_mjs__WEBPACK_IMPORTED_MODULE_4__.o)(inputs),
				...inputs.version === void 0 ? {} : {
					expected: [inputs.version],
					require: true
				}
			}
		});
		const deadline = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_1__.u)(host.clock, inputs.smokeTimeout, "The smoke test", host.signal);
		const result = await gate.check(subject, deadline).finally(() => deadline.clear());
		const evidence = await tell(result, host, began, cluster, inputs.app === void 0 ? void 0 : {
			app: inputs.app,
			namespace: inputs.namespace
		});
		const paths = await host.publish(evidence);
		const failed = result.observations.filter(({ ok }) => !ok).length;
		return {
			verdict: result.verdict,
			outcome: "Checked",
			reason: result.reason,
			outputs: {
				outcome: "Checked",
				verdict: result.verdict,
				reason: result.reason,
				checks: result.observations.length,
				failedChecks: failed,
				version: result.versionsSeen.length === 1 ? result.versionsSeen[0] ?? "" : "",
				durationSeconds: Math.round(evidence.durationMs / 100) / 10,
				evidence: paths.evidencePath,
				report: paths.reportPath
			},
			evidence
		};
	}
};
/** An address with the checks given, or the pods of a slot with those derived from their probes and ports as well. */
async function findSubject({ app, url, namespace, slot, smoke }, cluster) {
	const written = smoke ?? [];
	if (url !== void 0) return {
		subject: { url: new URL(url) },
		checks: written,
		port: void 0
	};
	if (cluster === void 0 || app === void 0) throw new _base_mjs__WEBPACK_IMPORTED_MODULE_1__.h("Internal", "neither app nor url was given");
	const { pods, workload, service } = await (0,_recover_mjs__WEBPACK_IMPORTED_MODULE_2__.f)(cluster, namespace, app, slot);
	const template = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_1__.o)(workload, "spec", "template");
	return {
		subject: { pods },
		checks: [...(0,_inputs_mjs__WEBPACK_IMPORTED_MODULE_3__.M)(template, (0,_run_release_mjs__WEBPACK_IMPORTED_MODULE_4__.u)(service)), ...written],
		port: (0,_run_release_mjs__WEBPACK_IMPORTED_MODULE_4__.l)(service, template)
	};
}
function tell(result, host, began, cluster, about) {
	const { versionsSeen: _seen, ...gate } = result;
	const { verdict, reason } = result;
	return (0,_run_release_mjs__WEBPACK_IMPORTED_MODULE_4__.s)((0,_recover_mjs__WEBPACK_IMPORTED_MODULE_2__.g)({
		outcome: "Checked",
		verdict,
		reason
	}, { gates: [gate] }), {
		command: _contract7_mjs__WEBPACK_IMPORTED_MODULE_5__.t.name,
		subject: about,
		host,
		began,
		cluster,
		traffic: null,
		next: null
	});
}



/***/ })

};
