export const id = 760;
export const ids = [760];
export const modules = {

/***/ 9760:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   command: () => (/* binding */ command)
/* harmony export */ });
/* harmony import */ var _rolldown_runtime_mjs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8907);
/* harmony import */ var _base_mjs__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5455);
/* harmony import */ var _connect_cluster_mjs__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(212);
/* harmony import */ var _release_options_mjs__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(3421);
/* harmony import */ var _run_request_mjs__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(5464);
/* harmony import */ var _run_release_mjs__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(6460);
/* harmony import */ var _contract2_mjs__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(3487);








// src/github/index.ts
/** Compares two commits. The client library is large and loaded only here, when there is something to ask. */
async function compareCommits(source, base, head) {
	const { compare } = await Promise.all(/* import() */[__webpack_require__.e(537), __webpack_require__.e(220)]).then(__webpack_require__.bind(__webpack_require__, 1839));
	return compare(source, base, head);
}

// src/commands/comparison.ts
/** How our commit is compared with the released one; undefined outside of a workflow and without a token. */
function comparison({ githubToken }, host) {
	const { run, clock, signal } = host;
	if (!githubToken || run.runId === "" || run.repository === "") return void 0;
	const source = {
		token: githubToken,
		apiUrl: host.environment("GITHUB_API_URL") ?? "https://api.github.com",
		repository: run.repository,
		clock,
		signal
	};
	const asked = /* @__PURE__ */ new Map();
	return (released) => {
		const answer = asked.get(released) ?? compareCommits(source, released, run.commit);
		asked.set(released, answer);
		return answer;
	};
}

// src/commands/bluegreen-deploy/run.ts
/** Time beside the budget in which a prober may still be wanted: the way back, and the last answers. */
const watchReserveMs = 3e5;
const command = {
	contract: _contract2_mjs__WEBPACK_IMPORTED_MODULE_6__.t,
	async run(inputs, host) {
		let desired;
		const closes = inputs.drain === "close";
		const until = closes && inputs.until === "promoted" ? "retired" : inputs.until;
		const rollbackWindowMs = closes ? 0 : inputs.rollbackWindow;
		const drainWithinMs = closes ? inputs.drainDeadline : void 0;
		const window = until === "retired" ? rollbackWindowMs + (drainWithinMs ?? 0) : 0;
		const budgetMs = inputs.deployBudget + inputs.observe;
		const finished = await (0,_run_release_mjs__WEBPACK_IMPORTED_MODULE_5__.t)({
			command: _contract2_mjs__WEBPACK_IMPORTED_MODULE_6__.t.name,
			host,
			inputs,
			observeMs: inputs.observe,
			rollbackWindowMs,
			drainWithinMs,
			budgetMs,
			watchMs: budgetMs + window + watchReserveMs,
			tolerance: inputs.tolerance,
			schedulingTimeoutMs: inputs.schedulingTimeout,
			planOnly: inputs.mode === "plan",
			needsEntryPoint: true,
			entries: () => desired === void 0 ? [] : [
				...desired.routes,
				...desired.others,
				desired.service
			],
			async execute(base, cluster) {
				desired = await readDesired(inputs, host, cluster);
				const smoke = (0,_release_options_mjs__WEBPACK_IMPORTED_MODULE_3__.n)({
					checks: inputs.smoke ?? [],
					timeoutMs: inputs.smokeTimeout,
					version: (0,_release_options_mjs__WEBPACK_IMPORTED_MODULE_3__.t)(inputs),
					clock: host.clock
				});
				const request = {
					...base,
					gates: [smoke],
					desired,
					routes: inputs.route === void 0 ? [] : [inputs.route],
					allowedOwners: inputs.allowOwner ?? [],
					allowedAnnotations: inputs.allowAnnotations ?? [],
					traffic: inputs.traffic,
					until,
					parkTimeoutMs: inputs.parkTimeout,
					parked: inputs.release,
					versionConfigs: inputs.versionConfigs,
					versionSecrets: inputs.versionSecrets ?? [],
					force: inputs.force,
					previewReplicas: inputs.previewReplicas,
					allowOlder: inputs.allowOlder,
					compareWith: comparison(inputs, host)
				};
				if (inputs.mode === "plan") return (0,_connect_cluster_mjs__WEBPACK_IMPORTED_MODULE_2__.h)(request);
				(0,_run_request_mjs__WEBPACK_IMPORTED_MODULE_4__.i)(host, inputs);
				return (0,_connect_cluster_mjs__WEBPACK_IMPORTED_MODULE_2__.b)(request);
			}
		});
		return {
			...(0,_connect_cluster_mjs__WEBPACK_IMPORTED_MODULE_2__.n)(finished),
			outputs: outputsOf(finished, inputs)
		};
	},
	post: _run_request_mjs__WEBPACK_IMPORTED_MODULE_4__.r
};
/** The manifests as given, or those of the live revision; with the images that were asked for. */
async function readDesired(inputs, host, cluster) {
	const { app, namespace, workload, service } = inputs;
	const { objects, problems } = await readObjects(inputs, host, cluster);
	const answer = (0,_connect_cluster_mjs__WEBPACK_IMPORTED_MODULE_2__.S)({
		app,
		namespace,
		objects,
		images: inputs.image ?? [],
		workload,
		service
	});
	const all = [...problems, ..."problems" in answer ? answer.problems : []];
	if (all.length === 0 && "desired" in answer) return answer.desired;
	const { traffic } = inputs;
	const beyond = await (0,_connect_cluster_mjs__WEBPACK_IMPORTED_MODULE_2__.p)({
		cluster,
		clock: host.clock,
		namespace,
		objects,
		problems: all,
		traffic
	});
	throw new _base_mjs__WEBPACK_IMPORTED_MODULE_1__.y("Usage", ["The manifests cannot be released:", ...[...all, ...beyond].map((problem) => `  - ${problem}`)].join("\n"), { remedy: "Nothing was touched. Mend the manifests and run this again." });
}
async function readObjects(inputs, host, cluster) {
	if (inputs.manifests === void 0) return {
		objects: await (0,_connect_cluster_mjs__WEBPACK_IMPORTED_MODULE_2__.D)(cluster, inputs.namespace, inputs.app),
		problems: []
	};
	const files = await host.readFiles(inputs.manifests);
	return (0,_connect_cluster_mjs__WEBPACK_IMPORTED_MODULE_2__.A)(files.map(({ path, content }) => ({
		name: path === "-" ? "standard input" : path,
		text: content
	})));
}
function outputsOf(finished, inputs) {
	const { result, traffic } = finished;
	return {
		...(0,_connect_cluster_mjs__WEBPACK_IMPORTED_MODULE_2__.s)(finished),
		previousRevision: result.release?.stable?.revision ?? null,
		cutoverMs: traffic?.cutoverMs == null ? null : Math.round(traffic.cutoverMs),
		rollbackCommand: (0,_connect_cluster_mjs__WEBPACK_IMPORTED_MODULE_2__.c)(result) ? (0,_connect_cluster_mjs__WEBPACK_IMPORTED_MODULE_2__.o)(inputs) : ""
	};
}



/***/ })

};
