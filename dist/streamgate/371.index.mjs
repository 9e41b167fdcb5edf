export const id = 371;
export const ids = [371];
export const modules = {

/***/ 7371:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   command: () => (/* binding */ command)
/* harmony export */ });
/* harmony import */ var _rolldown_runtime_mjs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8907);
/* harmony import */ var _connect_cluster_mjs__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(212);
/* harmony import */ var _contract8_mjs__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3437);
/* harmony import */ var _base_mjs__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(5455);
/* harmony import */ var _evidence_mjs__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(5666);






// src/commands/status/render-status.ts
/** Where an app stands, on a dozen lines. */
function renderStatus(status, now) {
	const { app, namespace, live, previous, release, slots, route, lock, revisions } = status;
	return `${[
		["app", `${app} in ${namespace}`],
		["live", live === null ? "nothing" : `revision ${live.revision} in ${live.slot}`],
		["way back", describePrevious(previous, now)],
		["release", release === null ? "none" : `${release.id}, ${release.phase}${describeParked(release, now)}${release.commit === "" ? "" : `, commit ${release.commit.slice(0, 12)}`}`],
		...slots.map((slot) => [slot.slot, `${slot.role}${slot.revision > 0 ? ` (revision ${slot.revision})` : ""}, ${slot.ready} of ${slot.wanted} pods ready`]),
		["service", status.entrySelects === "" ? "selects no slot" : `selects ${status.entrySelects}`],
		["route", status.mode === "gateway" ? describeRoute(route) : "none: the selector of the Service moves the traffic"],
		...status.drift.map(({ message, remedy }) => ["drift", `${message}. ${remedy}`]),
		["lock", lock === null ? "free" : `held by ${lock.holder}, last sign of life ${(0,_base_mjs__WEBPACK_IMPORTED_MODULE_3__.g)(Math.max(0, now - Date.parse(lock.renewedAt)))} ago`],
		["kept", revisions.map(({ revision }) => revision).join(", ") || "no revision"]
	].map(([name, value]) => `${name.padEnd(9)} ${(0,_evidence_mjs__WEBPACK_IMPORTED_MODULE_4__.s)(value, 2e3)}`).join("\n")}\n`;
}
function describePrevious(previous, now) {
	if (previous === null) return "none";
	if (!previous.warm) return `revision ${previous.revision}, whose pods are gone and would be started first`;
	const left = Date.parse(previous.keepUntil) - now;
	const window = left > 0 ? `kept for another ${(0,_base_mjs__WEBPACK_IMPORTED_MODULE_3__.g)(left)}` : "kept until the next release, or `streamgate retire`";
	return `revision ${previous.revision} in ${previous.slot}, warm, ${window}`;
}
function describeParked({ parkedUntil }, now) {
	if (parkedUntil === null) return "";
	const left = Date.parse(parkedUntil) - now;
	return left > 0 ? ` for another ${(0,_base_mjs__WEBPACK_IMPORTED_MODULE_3__.g)(left)}` : " beyond its time";
}
function describeRoute(route) {
	if (route === null) return "its rules disagree or cannot be read";
	return route.kind === "entry" ? "the app's own Service" : `blue ${route.blue} %, green ${route.green} %`;
}

// src/commands/status/run.ts
const lookEveryMs = 1e3;
const command = {
	contract: _contract8_mjs__WEBPACK_IMPORTED_MODULE_2__.t,
	async run(inputs, host) {
		const cluster = (await (0,_connect_cluster_mjs__WEBPACK_IMPORTED_MODULE_1__.t)(inputs, host)).with(host.signal);
		const status = inputs.watch ? await watchStatus(cluster, inputs, host) : await (0,_connect_cluster_mjs__WEBPACK_IMPORTED_MODULE_1__.u)(cluster, inputs.namespace, inputs.app);
		const { live, previous, release } = status;
		const reason = live === null ? `Nothing of ${status.app} is live` : `Revision ${live.revision} of ${status.app} is live in slot ${live.slot}`;
		return {
			verdict: "pass",
			outcome: "Checked",
			reason,
			outputs: {
				outcome: "Checked",
				verdict: "pass",
				reason,
				release: release?.id ?? "",
				phase: release?.phase ?? "",
				activeSlot: live?.slot ?? "",
				revision: live?.revision ?? null,
				rollbackCommand: previous === null ? "" : (0,_connect_cluster_mjs__WEBPACK_IMPORTED_MODULE_1__.o)(inputs)
			},
			text: renderStatus(status, host.clock.now()),
			details: status
		};
	}
};
/** Tells every change as it comes, until no release is going on any more. */
async function watchStatus(cluster, { namespace, app }, { clock, log, signal }) {
	let told = "";
	for (;;) {
		const status = await (0,_connect_cluster_mjs__WEBPACK_IMPORTED_MODULE_1__.u)(cluster, namespace, app);
		if (!isGoingOn(status)) return status;
		const line = summarise(status);
		if (line !== told) log.info(line);
		told = line;
		await clock.sleep(lookEveryMs, signal);
	}
}
function isGoingOn({ release }) {
	return release?.phase === "running" || release?.phase === "undoing";
}
function summarise({ release, slots, route }) {
	const pods = slots.map(({ slot, ready, wanted }) => `${slot} ${ready}/${wanted}`).join(", ");
	const split = route?.kind === "split" ? `, route blue ${route.blue} green ${route.green}` : "";
	return `${release?.id}: ${release?.phase}${release?.step ? `, ${release.step}` : ""}; ${pods}${split}`;
}



/***/ })

};
