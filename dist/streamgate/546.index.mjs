export const id = 546;
export const ids = [546];
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

/***/ 4546:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   command: () => (/* binding */ command)
/* harmony export */ });
/* harmony import */ var _rolldown_runtime_mjs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8907);
/* harmony import */ var _base_mjs__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5455);
/* harmony import */ var _connect_cluster_mjs__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(212);
/* harmony import */ var _inputs_mjs__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(3883);
/* harmony import */ var _release_options_mjs__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(3421);
/* harmony import */ var _tell_evidence_mjs__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(1018);
/* harmony import */ var _contract7_mjs__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(5242);








// src/commands/smoke-test/run.ts
const command = {
	contract: _contract7_mjs__WEBPACK_IMPORTED_MODULE_6__.t,
	async run(inputs, host) {
		const began = host.clock.monotonic();
		const cluster = inputs.url === void 0 ? await (0,_connect_cluster_mjs__WEBPACK_IMPORTED_MODULE_2__.t)(inputs, host) : void 0;
		const { subject, checks, port } = await findSubject(inputs, cluster);
		const gate = (0,_inputs_mjs__WEBPACK_IMPORTED_MODULE_3__.p)({
			checks,
			clock: host.clock,
			defaultPort: port,
			version: {
				source: (0,_release_options_mjs__WEBPACK_IMPORTED_MODULE_4__.t)(inputs),
				...inputs.version === void 0 ? {} : {
					expected: [inputs.version],
					require: true
				}
			}
		});
		const deadline = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_1__.m)(host.clock, inputs.smokeTimeout, "The smoke test", host.signal);
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
				durationSeconds: (0,_connect_cluster_mjs__WEBPACK_IMPORTED_MODULE_2__.r)(evidence.durationMs),
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
	if (cluster === void 0 || app === void 0) throw new _base_mjs__WEBPACK_IMPORTED_MODULE_1__.y("Internal", "neither app nor url was given");
	const { pods, workload, service } = await (0,_connect_cluster_mjs__WEBPACK_IMPORTED_MODULE_2__.g)(cluster, namespace, app, slot);
	const template = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_1__.s)(workload, "spec", "template");
	return {
		subject: { pods },
		checks: [...(0,_inputs_mjs__WEBPACK_IMPORTED_MODULE_3__.h)(template, (0,_release_options_mjs__WEBPACK_IMPORTED_MODULE_4__.a)(service)), ...written],
		port: (0,_release_options_mjs__WEBPACK_IMPORTED_MODULE_4__.i)(service, template)
	};
}
function tell(result, host, began, cluster, about) {
	const { versionsSeen: _seen, ...gate } = result;
	const { verdict, reason } = result;
	return (0,_tell_evidence_mjs__WEBPACK_IMPORTED_MODULE_5__.t)((0,_connect_cluster_mjs__WEBPACK_IMPORTED_MODULE_2__.E)({
		outcome: "Checked",
		verdict,
		reason
	}, { gates: [gate] }), {
		command: _contract7_mjs__WEBPACK_IMPORTED_MODULE_6__.t.name,
		subject: about,
		host,
		began,
		cluster,
		traffic: null,
		next: null
	});
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
