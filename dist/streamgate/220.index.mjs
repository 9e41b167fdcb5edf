export const id = 220;
export const ids = [220];
export const modules = {

/***/ 8839:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   command: () => (/* binding */ command)
/* harmony export */ });
/* harmony import */ var _rolldown_runtime_mjs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8907);
/* harmony import */ var _base_mjs__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5455);
/* harmony import */ var _recover_mjs__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(8183);
/* harmony import */ var _run_release_mjs__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(6460);
/* harmony import */ var _contract4_mjs__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(6137);






// src/commands/retire/run.ts
/** For all that one app takes: the gateway's time to follow, and a few writes. */
const budgetMs = 12e4;
const command = {
	contract: _contract4_mjs__WEBPACK_IMPORTED_MODULE_4__.t,
	async run(inputs, host) {
		const began = host.clock.monotonic();
		let cluster;
		const { result, ended } = await (async () => {
			cluster = await (0,_recover_mjs__WEBPACK_IMPORTED_MODULE_2__.i)(inputs, host);
			return retireAll(inputs, host, cluster.with(host.signal));
		})().catch((thrown) => {
			const error = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_1__._)(thrown);
			if (error.code === "Usage" || error.code === "Internal") throw error;
			return {
				result: (0,_run_release_mjs__WEBPACK_IMPORTED_MODULE_3__.n)(error),
				ended: []
			};
		});
		const subject = {
			app: inputs.app ?? null,
			namespace: inputs.namespace
		};
		const telling = {
			command: _contract4_mjs__WEBPACK_IMPORTED_MODULE_4__.t.name,
			subject,
			host,
			began,
			cluster,
			traffic: null,
			next: null
		};
		const evidence = await (0,_run_release_mjs__WEBPACK_IMPORTED_MODULE_3__.s)(result, telling);
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
				durationSeconds: Math.round(evidence.durationMs / 100) / 10,
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
	const apps = due ? await (0,_recover_mjs__WEBPACK_IMPORTED_MODULE_2__.s)(cluster, namespace) : [inputs.app ?? ""];
	host.progress.plan(apps.map((app) => ({
		id: app,
		title: titleOf(app)
	})));
	const ended = [];
	const steps = [];
	for (const app of apps) {
		const began = host.clock.monotonic();
		const startedAt = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_1__.y)(host.clock.now());
		host.progress.begin(app);
		const one = await (0,_recover_mjs__WEBPACK_IMPORTED_MODULE_2__.o)(requestFor(app, inputs, host, cluster));
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
		if (refused) return (0,_recover_mjs__WEBPACK_IMPORTED_MODULE_2__.g)({
			outcome: "Refused",
			verdict: "invalid",
			reason
		}, { failure });
		return (0,_recover_mjs__WEBPACK_IMPORTED_MODULE_2__.g)({
			outcome: "Inconclusive",
			verdict: "fail",
			reason
		}, { failure });
	}
	const done = ended.filter(({ state }) => state === "retired" || state === "put-back");
	if (done.length > 0) {
		const reason = done.map(({ reason: told }) => told).join("; ");
		return (0,_recover_mjs__WEBPACK_IMPORTED_MODULE_2__.g)({
			outcome: "Retired",
			verdict: "pass",
			reason
		});
	}
	if (due) {
		const reason = `Nothing is due in namespace ${namespace}: looked at ${`${ended.length} ${ended.length === 1 ? "app" : "apps"}`}`;
		return (0,_recover_mjs__WEBPACK_IMPORTED_MODULE_2__.g)({
			outcome: "Checked",
			verdict: "pass",
			reason
		});
	}
	const [{ state, reason } = {
		state: "nothing",
		reason: ""
	}] = ended;
	if (state === "nothing") return (0,_recover_mjs__WEBPACK_IMPORTED_MODULE_2__.g)({
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
	return (0,_recover_mjs__WEBPACK_IMPORTED_MODULE_2__.g)({
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
		clock: host.clock,
		log: host.log,
		signal: host.signal,
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
			plan() {},
			begin() {},
			end() {}
		},
		gates: [],
		watch: async () => null,
		identify: async () => []
	};
}



/***/ })

};
