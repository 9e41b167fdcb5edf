export const id = 593;
export const ids = [593];
export const modules = {

/***/ 4593:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   command: () => (/* binding */ command)
/* harmony export */ });
/* harmony import */ var _rolldown_runtime_mjs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8907);
/* harmony import */ var _base_mjs__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5455);
/* harmony import */ var _contract6_mjs__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(691);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(3024);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(6760);






// src/commands/sandbox/private-file.ts
/** Writes a file that only its owner may read: a kubeconfig is a key. */
function writePrivate(path, content) {
	(0,node_fs__WEBPACK_IMPORTED_MODULE_3__.mkdirSync)((0,node_path__WEBPACK_IMPORTED_MODULE_4__.dirname)(path), { recursive: true });
	(0,node_fs__WEBPACK_IMPORTED_MODULE_3__.writeFileSync)(path, content, { mode: 384 });
	(0,node_fs__WEBPACK_IMPORTED_MODULE_3__.chmodSync)(path, 384);
}

// src/commands/sandbox/pid-file.ts
const pollMs = 50;
const patienceMs = 15e3;
/** Notes beside the kubeconfig which process serves it. */
function recordRun(kubeconfig) {
	writePrivate(`${kubeconfig}.pid`, `${process.pid} ${birthOf(process.pid)}\n`);
}
function forgetRun(kubeconfig) {
	(0,node_fs__WEBPACK_IMPORTED_MODULE_3__.rmSync)(`${kubeconfig}.pid`, { force: true });
}
/** Ends the process that serves the kubeconfig, and waits until it is gone. False when none does. */
async function endRecorded(kubeconfig, clock, signal) {
	const [pid = 0, birth = 0] = readNumbers(`${kubeconfig}.pid`);
	const alive = () => pid > 1 && isAlive(pid) && birthOf(pid) === birth;
	if (!alive()) {
		forgetRun(kubeconfig);
		return false;
	}
	process.kill(pid, "SIGTERM");
	const end = clock.monotonic() + patienceMs;
	while (alive()) {
		if (clock.monotonic() > end) throw new _base_mjs__WEBPACK_IMPORTED_MODULE_1__.y("Timeout", `The sandbox (process ${pid}) did not end in time`, { remedy: `End it at once: kill -9 ${pid}` });
		await clock.sleep(pollMs, signal);
	}
	return true;
}
function readNumbers(path) {
	try {
		return (0,node_fs__WEBPACK_IMPORTED_MODULE_3__.readFileSync)(path, "utf8").trim().split(/\s+/).map(Number);
	} catch {
		return [];
	}
}
function isAlive(pid) {
	try {
		process.kill(pid, 0);
		return true;
	} catch {
		return false;
	}
}
/** Start time in ticks since boot, from field 22 of `/proc/<pid>/stat` (proc(5)); 0 where there is no such file. */
function birthOf(pid) {
	try {
		const stat = (0,node_fs__WEBPACK_IMPORTED_MODULE_3__.readFileSync)(`/proc/${pid}/stat`, "utf8");
		return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19]);
	} catch {
		return 0;
	}
}

// src/commands/sandbox/run.ts
const command = {
	contract: _contract6_mjs__WEBPACK_IMPORTED_MODULE_2__.t,
	run: ({ action, kubeconfigOut, port }, host) => {
		const path = (0,node_path__WEBPACK_IMPORTED_MODULE_4__.resolve)(host.workspace, kubeconfigOut);
		return action === "up" ? up(path, port, host) : down(path, host);
	}
};
/** Runs until it is interrupted, which is its normal end. */
async function up(path, port, host) {
	const { createSandbox } = await Promise.all(/* import() */[__webpack_require__.e(949), __webpack_require__.e(698)]).then(__webpack_require__.bind(__webpack_require__, 7698));
	const sandbox = await createSandbox({
		clock: host.clock,
		pods: "process",
		log: host.log
	});
	try {
		const { url, kubeconfig } = await sandbox.listen(port);
		writePrivate(path, kubeconfig);
		recordRun(path);
		host.log.info(`Kubernetes API  ${url}`);
		host.log.info(`gateway         ${sandbox.gatewayUrl}`);
		host.log.info(`kubeconfig      ${path}`);
		host.log.info(`\n  export KUBECONFIG=${path}\n`);
		host.log.info("Ctrl-C, or `streamgate sandbox down` elsewhere, ends it.");
		await aborted(host.signal);
		return passed("The sandbox ran until it was ended", path, sandbox.gatewayUrl);
	} finally {
		await sandbox.close();
		forgetRun(path);
	}
}
async function down(path, host) {
	if (!await endRecorded(path, host.clock, host.signal)) throw new _base_mjs__WEBPACK_IMPORTED_MODULE_1__.y("NotFound", `No sandbox runs that wrote ${path}`, { remedy: "Name the kubeconfig of the one that you mean with --kubeconfig-out." });
	return passed("The sandbox was ended", path, "");
}
function passed(reason, kubeconfig, gateway) {
	const verdict = "pass";
	const outcome = "Checked";
	return {
		verdict,
		outcome,
		reason,
		outputs: {
			verdict,
			outcome,
			reason,
			kubeconfig,
			gateway
		}
	};
}
function aborted(signal) {
	if (signal.aborted) return Promise.resolve();
	return new Promise((done) => signal.addEventListener("abort", () => done(), { once: true }));
}



/***/ })

};
