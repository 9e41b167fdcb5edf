export const id = 212;
export const ids = [212];
export const modules = {

/***/ 212:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   A: () => (/* binding */ parseManifests),
/* harmony export */   C: () => (/* binding */ bothNamed),
/* harmony export */   D: () => (/* binding */ readLiveManifests),
/* harmony export */   E: () => (/* binding */ plainResult),
/* harmony export */   O: () => (/* binding */ doorsTo),
/* harmony export */   S: () => (/* binding */ findDesired),
/* harmony export */   T: () => (/* binding */ tellsApart),
/* harmony export */   _: () => (/* binding */ endLostRun),
/* harmony export */   a: () => (/* binding */ refusal),
/* harmony export */   b: () => (/* binding */ deploy),
/* harmony export */   c: () => (/* binding */ takesBack),
/* harmony export */   d: () => (/* binding */ retireOrTell),
/* harmony export */   f: () => (/* binding */ findApps),
/* harmony export */   g: () => (/* binding */ findCandidate),
/* harmony export */   h: () => (/* binding */ planDeploy),
/* harmony export */   i: () => (/* binding */ nextCommand),
/* harmony export */   j: () => (/* binding */ refOf),
/* harmony export */   k: () => (/* binding */ ingressKind),
/* harmony export */   l: () => (/* binding */ withFinalTraffic),
/* harmony export */   m: () => (/* binding */ planRollback),
/* harmony export */   n: () => (/* binding */ answerOf),
/* harmony export */   o: () => (/* binding */ rollbackCommand),
/* harmony export */   p: () => (/* binding */ askBeyondManifests),
/* harmony export */   r: () => (/* binding */ inSeconds),
/* harmony export */   s: () => (/* binding */ sharedOutputs),
/* harmony export */   t: () => (/* binding */ connectCluster),
/* harmony export */   u: () => (/* binding */ readStatus),
/* harmony export */   v: () => (/* binding */ rollback),
/* harmony export */   w: () => (/* binding */ roleOf),
/* harmony export */   x: () => (/* binding */ eject),
/* harmony export */   y: () => (/* binding */ unwatched)
/* harmony export */ });
/* harmony import */ var _base_mjs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5455);
/* harmony import */ var _contract_mjs__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9759);
/* harmony import */ var _dist_mjs__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(2949);
/* harmony import */ var _status_mjs__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(4995);
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(7598);






// src/cluster/objects.ts
function refOf(object) {
	const { apiVersion, kind, metadata } = object;
	return {
		apiVersion,
		kind,
		namespace: metadata.namespace ?? "",
		name: metadata.name
	};
}
/** `Deployment shop/shop-green`: how messages name an object. */
function describeRef(ref) {
	return `${ref.kind} ${ref.namespace ? `${ref.namespace}/` : ""}${ref.name}`;
}
/** Group of an `apiVersion`: `apps` of `apps/v1`; empty for the core group, whose versions stand alone. */
function groupOf(apiVersion) {
	return apiVersion.includes("/") ? apiVersion.split("/")[0] ?? "" : "";
}

// src/cluster/fence.ts
/** Annotation on every object that a release writes: the number of the lock under which it was written last. */
const tokenAnnotation = "streamgate.io/token";
const tokenPath = "/metadata/annotations/streamgate.io~1token";
const attempts = 8;
/** An apply meets every write to the object, and not only those to what it replaces. */
const applyAttempts = 20;
/** The token that an object carries; undefined when it carries none. */
function tokenOf(object) {
	const text = object.metadata.annotations?.[tokenAnnotation];
	const token = Number(text);
	return text !== void 0 && Number.isSafeInteger(token) ? token : void 0;
}
/**
* Puts our token on an object, so that whoever held the lock before can no longer write to it.
* A higher token there means that we are the one who was overtaken: `Superseded`.
*/
async function stampToken(cluster, ref, token) {
	for (let attempt = 0; attempt < attempts; attempt++) {
		const object = await cluster.get(ref);
		if (object === void 0) return void 0;
		const held = tokenOf(object);
		if (held === token) return object;
		if (held !== void 0 && held > token) throw superseded$1(ref, held, token);
		const stamped = await cluster.patch(ref, stampOperations(object, token)).catch(retryOnConflict);
		if (stamped !== void 0) return stamped;
	}
	throw contended(ref);
}
function stampOperations(object, token) {
	const annotations = object.metadata.annotations;
	if (annotations === void 0) return [{
		op: "add",
		path: "/metadata/annotations",
		value: { [tokenAnnotation]: String(token) }
	}];
	const held = annotations[tokenAnnotation];
	return [...held === void 0 ? [] : [{
		op: "test",
		path: tokenPath,
		value: held
	}], {
		op: "add",
		path: tokenPath,
		value: String(token)
	}];
}
/**
* Changes an object on which our token must stand. `compute` gives the operations, each with a `test` of what it
* replaces; none when the object is as wanted, which also ends the repetition of a write whose answer was lost.
* The precondition is not the resourceVersion, since a gateway's status write moves that one at any time.
*/
async function fencedPatch(cluster, ref, token, compute) {
	for (let attempt = 0; attempt < attempts; attempt++) {
		const object = await cluster.get(ref);
		if (object === void 0) throw disappeared(ref);
		requireToken(object, ref, token);
		const operations = compute(object);
		if (operations.length === 0) return object;
		const fence = {
			op: "test",
			path: tokenPath,
			value: String(token)
		};
		const patched = await cluster.patch(ref, [fence, ...operations]).catch(retryOnConflict);
		if (patched !== void 0) return patched;
	}
	throw contended(ref);
}
/**
* Applies a whole object, by force, on which our token must stand. No apply can test the token, so it carries the uid
* and the version of what was read with it: whoever takes the object over moves that version. So does a gateway that
* writes a status, which is what the repetitions are for.
*/
async function fencedApply(cluster, wanted, token) {
	const ref = refOf(wanted);
	for (let attempt = 0; attempt < applyAttempts; attempt++) {
		const standing = await cluster.get(ref);
		if (standing === void 0) throw disappeared(ref);
		requireToken(standing, ref, token);
		const { uid = "", resourceVersion = "" } = standing.metadata;
		const fenced = {
			...wanted,
			metadata: {
				...wanted.metadata,
				uid,
				resourceVersion
			}
		};
		const applied = await cluster.apply(fenced, { force: true }).catch(retryOnConflict);
		if (applied !== void 0) return applied;
	}
	throw contended(ref, applyAttempts);
}
function requireToken(object, ref, token) {
	const held = tokenOf(object);
	if (held === void 0) throw unfenced(ref);
	if (held > token) throw superseded$1(ref, held, token);
}
/** Operations that replace one field, tested against what stands there; none when it stands there already. */
function replaceField(object, path, value) {
	const pointer = pointerTo(path);
	const current = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(object, ...path);
	if (current === void 0) return [{
		op: "add",
		path: pointer,
		value
	}];
	if ((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.l)(current, value)) return [];
	return [{
		op: "test",
		path: pointer,
		value: current
	}, {
		op: "replace",
		path: pointer,
		value
	}];
}
/** Operations that take one field away, tested against what stands there; none when it is gone already. */
function removeField(object, path) {
	const current = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(object, ...path);
	if (current === void 0) return [];
	return [{
		op: "test",
		path: pointerTo(path),
		value: current
	}, {
		op: "remove",
		path: pointerTo(path)
	}];
}
function pointerTo(path) {
	return `/${path.map((part) => String(part).replaceAll("~", "~0").replaceAll("/", "~1")).join("/")}`;
}
function retryOnConflict(thrown) {
	if (thrown instanceof _base_mjs__WEBPACK_IMPORTED_MODULE_0__.y && thrown.code === "Conflict") return void 0;
	throw thrown;
}
function superseded$1(ref, held, token) {
	return new _base_mjs__WEBPACK_IMPORTED_MODULE_0__.y("Superseded", `${describeRef(ref)} belongs to a newer release (token ${held}, ours is ${token})`, { remedy: "Nothing needs to be done: the newer release goes on. See it with `streamgate status APP`." });
}
function unfenced(ref) {
	return new _base_mjs__WEBPACK_IMPORTED_MODULE_0__.y("Conflict", `${describeRef(ref)} lost its annotation ${tokenAnnotation} in the middle of the release`, { remedy: "Something replaced the whole object. Stop it (a GitOps sync?), then run the same command again." });
}
function disappeared(ref) {
	return new _base_mjs__WEBPACK_IMPORTED_MODULE_0__.y("Conflict", `${describeRef(ref)} disappeared in the middle of the release`, { remedy: "Find out who deleted it, then run the same command again." });
}
function contended(ref, tries = attempts) {
	return new _base_mjs__WEBPACK_IMPORTED_MODULE_0__.y("Conflict", `${describeRef(ref)} was changed by somebody else at each of ${tries} tries`, { remedy: "Find the other writer in its `metadata.managedFields` and stop it, then run the same command again." });
}

// src/cluster/absence.ts
function watchAbsence(clock) {
	let pastMs = 0;
	let lastAnswerAt = Number.NEGATIVE_INFINITY;
	let since;
	const presentMs = () => since === void 0 ? 0 : clock.monotonic() - since;
	return {
		totalMs: () => pastMs + presentMs(),
		missed(sentAt) {
			since ??= Math.max(sentAt, lastAnswerAt);
		},
		answered() {
			pastMs += presentMs();
			since = void 0;
			lastAnswerAt = clock.monotonic();
		}
	};
}

// src/cluster/kinds.ts
/** The kinds that a release touches: no question to the server is needed for them. */
const known = {
	"v1/ConfigMap": {
		plural: "configmaps",
		namespaced: true
	},
	"v1/Event": {
		plural: "events",
		namespaced: true
	},
	"v1/LimitRange": {
		plural: "limitranges",
		namespaced: true
	},
	"v1/Namespace": {
		plural: "namespaces",
		namespaced: false
	},
	"v1/Pod": {
		plural: "pods",
		namespaced: true
	},
	"v1/ResourceQuota": {
		plural: "resourcequotas",
		namespaced: true
	},
	"v1/Secret": {
		plural: "secrets",
		namespaced: true
	},
	"v1/Service": {
		plural: "services",
		namespaced: true
	},
	"v1/ServiceAccount": {
		plural: "serviceaccounts",
		namespaced: true
	},
	"apps/v1/ControllerRevision": {
		plural: "controllerrevisions",
		namespaced: true
	},
	"apps/v1/Deployment": {
		plural: "deployments",
		namespaced: true
	},
	"apps/v1/ReplicaSet": {
		plural: "replicasets",
		namespaced: true
	},
	"authorization.k8s.io/v1/SelfSubjectAccessReview": {
		plural: "selfsubjectaccessreviews",
		namespaced: false
	},
	"autoscaling/v2/HorizontalPodAutoscaler": {
		plural: "horizontalpodautoscalers",
		namespaced: true
	},
	"coordination.k8s.io/v1/Lease": {
		plural: "leases",
		namespaced: true
	},
	"discovery.k8s.io/v1/EndpointSlice": {
		plural: "endpointslices",
		namespaced: true
	},
	"gateway.networking.k8s.io/v1/Gateway": {
		plural: "gateways",
		namespaced: true
	},
	"gateway.networking.k8s.io/v1/HTTPRoute": {
		plural: "httproutes",
		namespaced: true
	},
	"networking.k8s.io/v1/Ingress": {
		plural: "ingresses",
		namespaced: true
	},
	"policy/v1/PodDisruptionBudget": {
		plural: "poddisruptionbudgets",
		namespaced: true
	}
};
function createKinds(discover) {
	const asked = /* @__PURE__ */ new Map();
	function resourcesOf(apiVersion) {
		const path = groupPath(apiVersion);
		let answer = asked.get(path);
		if (answer === void 0) {
			answer = discover(path);
			asked.set(path, answer);
			answer.catch(() => asked.delete(path));
		}
		return answer;
	}
	async function find(kind) {
		const path = known[`${kind.apiVersion}/${kind.kind}`];
		if (path !== void 0) return path;
		const list = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(await resourcesOf(kind.apiVersion), "resources");
		const match = Array.isArray(list) ? list.find((entry) => (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(entry, "kind") === kind.kind && !String((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(entry, "name")).includes("/")) : void 0;
		if (match === void 0) {
			asked.delete(groupPath(kind.apiVersion));
			return;
		}
		return {
			plural: String((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(match, "name")),
			namespaced: (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(match, "namespaced") === true
		};
	}
	return {
		find,
		async resolve(kind) {
			const path = await find(kind);
			if (path !== void 0) return path;
			throw new _base_mjs__WEBPACK_IMPORTED_MODULE_0__.y("Refused", `The cluster does not know ${kind.kind} in ${kind.apiVersion}`, { remedy: "Install its CustomResourceDefinition first, name a version that is served, or take the object out of the manifests." });
		}
	};
}
function groupPath(apiVersion) {
	return apiVersion.includes("/") ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
}
/** Path of a kind's collection; of every namespace when `namespace` is empty. */
function collectionPath(kind, path, namespace) {
	const scope = path.namespaced && namespace !== "" ? `/namespaces/${encodeURIComponent(namespace)}` : "";
	return `${groupPath(kind.apiVersion)}${scope}/${path.plural}`;
}
function objectPath(ref, path, subresource) {
	const suffix = subresource === void 0 ? "" : `/${subresource}`;
	return `${collectionPath(ref, path, ref.namespace)}/${encodeURIComponent(ref.name)}${suffix}`;
}

// src/cluster/request.ts
const attemptTimeoutMs = 15e3;
/** How long trouble may last before a person is told, where nobody says otherwise. */
const usualPatienceMs = 12e4;
const firstPauseMs = 100;
const longestPauseMs = 5e3;
/**
* Sends one request until it is answered for good. Repeats on 429, 5xx, silence and broken connections, because every
* write of ours can be repeated: it either carries a precondition or is the same whether it is made once or twice.
*/
async function call(context, options) {
	const { clock, log, signal, absence, patienceMs = usualPatienceMs } = context;
	const giveUpAt = clock.monotonic() + patienceMs;
	let pauseMs = firstPauseMs;
	for (;;) {
		signal.throwIfAborted();
		const sentAt = clock.monotonic();
		const attempt = await tryOnce(context, options);
		if (attempt.kind === "answer") return attempt.body;
		absence.missed(sentAt);
		if (signal.aborted) throw signal.reason;
		const waitMs = Math.max(attempt.retryAfterMs, pauseMs);
		if (clock.monotonic() + waitMs > giveUpAt) throw attempt.error;
		log.debug(`${options.method} ${options.path}: ${attempt.error.message}; again in ${Math.round(waitMs)} ms`);
		await clock.sleep(waitMs, signal);
		pauseMs = Math.min(pauseMs * 2, longestPauseMs);
	}
}
async function tryOnce(context, options) {
	const giveBack = await context.turns.take(context.signal);
	const { signal, unlink, timedOut } = attemptSignal(context);
	try {
		const response = await context.transport.send(toRequest(options, signal));
		const body = parseBody(response, await readAll(response));
		if (response.status < 300) {
			context.absence.answered();
			return {
				kind: "answer",
				body
			};
		}
		const { method, path, preconditioned = false } = options;
		const failure = {
			method,
			path,
			status: response.status,
			body,
			preconditioned
		};
		const error = (0,_status_mjs__WEBPACK_IMPORTED_MODULE_3__.n)(failure);
		if (!(0,_status_mjs__WEBPACK_IMPORTED_MODULE_3__.t)(failure)) {
			context.absence.answered();
			throw error;
		}
		return {
			kind: "trouble",
			error,
			retryAfterMs: 1e3 * (Number(response.headers["retry-after"]) || 0)
		};
	} catch (thrown) {
		if (thrown instanceof _base_mjs__WEBPACK_IMPORTED_MODULE_0__.y && !timedOut()) throw thrown;
		if (context.signal.aborted) throw context.signal.reason;
		return {
			kind: "trouble",
			error: unreachable(context.transport.name, thrown),
			retryAfterMs: 0
		};
	} finally {
		unlink();
		giveBack();
	}
}
function attemptSignal(context) {
	const controller = new AbortController();
	let late = false;
	const cancel = context.clock.after(attemptTimeoutMs, () => {
		late = true;
		controller.abort(new _base_mjs__WEBPACK_IMPORTED_MODULE_0__.y("Timeout", `no answer within ${attemptTimeoutMs / 1e3} s`));
	});
	const follow = () => controller.abort(context.signal.reason);
	if (context.signal.aborted) follow();
	else context.signal.addEventListener("abort", follow, { once: true });
	const unlink = () => {
		cancel();
		context.signal.removeEventListener("abort", follow);
	};
	return {
		signal: controller.signal,
		unlink,
		timedOut: () => late
	};
}
function toRequest(options, signal) {
	const headers = {
		accept: options.accept ?? "application/json",
		"user-agent": "streamgate"
	};
	if (options.body === void 0) return {
		method: options.method,
		path: options.path,
		headers,
		signal
	};
	headers["content-type"] = options.contentType ?? "application/json";
	return {
		method: options.method,
		path: options.path,
		headers,
		body: JSON.stringify(options.body),
		signal
	};
}
async function readAll(response) {
	let text = "";
	for await (const chunk of response.body) text += chunk;
	return text;
}
function parseBody(response, text) {
	if (!(response.headers["content-type"] ?? "").includes("json")) return text;
	try {
		return JSON.parse(text);
	} catch {
		return text;
	}
}
function unreachable(name, cause) {
	return new _base_mjs__WEBPACK_IMPORTED_MODULE_0__.y("Unreachable", `No answer from the Kubernetes API ${name}: ${(0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.b)(cause)}`, {
		cause,
		remedy: "Check the address and the network between here and the API server. Nothing is lost: run the same command again."
	});
}

// src/cluster/turns.ts
function createTurns(atOnce) {
	let taken = 0;
	const waiting = /* @__PURE__ */ new Set();
	function giveBack() {
		const [next] = waiting;
		if (next === void 0) {
			taken -= 1;
			return;
		}
		waiting.delete(next);
		next();
	}
	return { async take(signal) {
		signal.throwIfAborted();
		if (taken < atOnce) {
			taken += 1;
			return giveBack;
		}
		await new Promise((resolve, reject) => {
			const leave = () => {
				waiting.delete(come);
				reject(signal.reason);
			};
			const come = () => {
				signal.removeEventListener("abort", leave);
				resolve();
			};
			waiting.add(come);
			signal.addEventListener("abort", leave, { once: true });
		});
		return giveBack;
	} };
}

// src/cluster/watch.ts
/** A watch that said nothing for this long is not trusted: the collection is listed again. */
const quietMs = 5e3;
const pauseAfterTroubleMs = 500;
/**
* Follows a collection until the signal ends it: all that is there, then each change.
* The listener sees states, not history: after a gap it is told what differs from what it was told last, and at first
* what differs from what is `known` to it: else it would never hear of what went before the first look.
*/
async function followCollection(source, onEvent, signal, known = []) {
	const told = new Map(known.map((object) => [keyOf$2(object), object]));
	while (!signal.aborted) try {
		const { items, resourceVersion } = await source.list();
		tellDifferences(told, items, onEvent);
		const began = source.clock.monotonic();
		await readChanges(source, resourceVersion, told, onEvent, signal);
		if (source.clock.monotonic() - began < pauseAfterTroubleMs) throw new Error("ended at once");
	} catch (thrown) {
		if (signal.aborted) return;
		source.log.debug(`watch ${source.path}: ${(0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.b)(thrown)}; listing again`);
		await source.clock.sleep(pauseAfterTroubleMs, signal).catch(() => void 0);
	}
}
function tellDifferences(told, items, onEvent) {
	const present = new Set(items.map(keyOf$2));
	for (const [key, object] of told) {
		if (present.has(key)) continue;
		told.delete(key);
		onEvent({
			type: "DELETED",
			object
		});
	}
	for (const object of items) tell(told, {
		type: "MODIFIED",
		object
	}, onEvent);
}
function tell(told, event, onEvent) {
	const key = keyOf$2(event.object);
	const before = told.get(key);
	if (event.type === "DELETED") {
		told.delete(key);
		onEvent(event);
		return;
	}
	if (before?.metadata.resourceVersion === event.object.metadata.resourceVersion) return;
	told.set(key, event.object);
	onEvent({
		type: before === void 0 ? "ADDED" : "MODIFIED",
		object: event.object
	});
}
/** Reads one watch to its end: quiet for too long, closed by the server, or an ERROR such as 410. */
async function readChanges(source, resourceVersion, told, onEvent, signal) {
	const controller = new AbortController();
	const follow = () => controller.abort(signal.reason);
	signal.addEventListener("abort", follow, { once: true });
	let cancelQuiet = () => {};
	const expectSomething = () => {
		cancelQuiet();
		cancelQuiet = source.clock.after(quietMs, () => controller.abort(/* @__PURE__ */ new Error("quiet")));
	};
	try {
		expectSomething();
		const response = await source.transport.send({
			method: "GET",
			path: `${source.path}watch=true&allowWatchBookmarks=true&resourceVersion=${resourceVersion}`,
			headers: {
				accept: "application/json",
				"user-agent": "streamgate"
			},
			signal: controller.signal
		});
		if (response.status !== 200) throw new Error(`answered ${response.status}`);
		for await (const line of linesOf(response.body)) {
			expectSomething();
			const event = parseEvent(line);
			if (event === "ended") return;
			if (event !== void 0) tell(told, event, onEvent);
		}
	} catch (thrown) {
		if (!controller.signal.aborted || signal.aborted) throw thrown;
	} finally {
		cancelQuiet();
		signal.removeEventListener("abort", follow);
		controller.abort();
	}
}
async function* linesOf(chunks) {
	let rest = "";
	for await (const chunk of chunks) {
		const lines = (rest + chunk).split("\n");
		rest = lines.pop() ?? "";
		for (const line of lines) if (line !== "") yield line;
	}
}
function parseEvent(line) {
	const value = JSON.parse(line);
	const type = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(value, "type");
	if (type === "ERROR") return "ended";
	if (type !== "ADDED" && type !== "MODIFIED" && type !== "DELETED") return void 0;
	return {
		type,
		object: (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(value, "object")
	};
}
function keyOf$2(object) {
	return `${object.metadata.namespace ?? ""}/${object.metadata.name}/${object.metadata.uid ?? ""}`;
}

// src/cluster/kube-cluster.ts
/** How our fields are named in `managedFields`. */
const fieldManager = "streamgate";
const applyType = "application/apply-patch+yaml";
const jsonPatchType = "application/json-patch+json";
const mergePatchType = "application/merge-patch+json";
/** Enough for every release; more would only crowd out other users of the API server. */
const requestsAtOnce = 32;
/** The `Cluster` port over any transport: a kubeconfig's, or the embedded cluster's without sockets. */
function createCluster(options) {
	const context = {
		...options,
		absence: watchAbsence(options.clock),
		turns: createTurns(requestsAtOnce)
	};
	return clusterOver(context, createKinds((path) => call(context, {
		method: "GET",
		path
	}).catch(noneIfMissing)));
}
function clusterOver(context, kinds) {
	const { transport } = context;
	const pathOf = async (ref, subresource) => objectPath(ref, await kinds.resolve(ref), subresource);
	async function listPath(kind, options) {
		const query = new URLSearchParams();
		if (options.labelSelector) query.set("labelSelector", options.labelSelector);
		if (options.fieldSelector) query.set("fieldSelector", options.fieldSelector);
		const separator = query.size > 0 ? "&" : "";
		return `${collectionPath(kind, await kinds.resolve(kind), options.namespace)}?${query}${separator}`;
	}
	async function listWithVersion(kind, options) {
		const body = await call(context, {
			method: "GET",
			path: await listPath(kind, options)
		});
		const items = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(body, "items");
		if (!Array.isArray(items)) throw new _base_mjs__WEBPACK_IMPORTED_MODULE_0__.y("Failed", `The list of ${kind.kind} had no items`);
		return {
			items: items.map((item) => ({
				...item,
				apiVersion: kind.apiVersion,
				kind: kind.kind
			})),
			resourceVersion: String((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(body, "metadata", "resourceVersion") ?? "")
		};
	}
	return {
		name: transport.name,
		absentMs: () => context.absence.totalMs(),
		async version() {
			return String((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(await call(context, {
				method: "GET",
				path: "/version"
			}), "gitVersion") ?? "unknown");
		},
		async get(ref) {
			const path = await pathOf(ref);
			return asObject(await call(context, {
				method: "GET",
				path
			}).catch(noneIfMissing));
		},
		async list(kind, options) {
			return (await listWithVersion(kind, options)).items;
		},
		async create(object, options) {
			const path = collectionPath(object, await kinds.resolve(object), object.metadata.namespace ?? "");
			return required$1(await call(context, {
				method: "POST",
				path: path + writeQuery(options),
				body: object
			}));
		},
		async apply(object, options) {
			const force = options?.force ? { force: "true" } : {};
			const path = await pathOf(refOf(object)) + writeQuery(options, force);
			return required$1(await call(context, {
				method: "PATCH",
				path,
				contentType: applyType,
				body: object
			}));
		},
		async patch(ref, operations, options) {
			const path = await pathOf(ref, options?.subresource) + writeQuery(options);
			const preconditioned = operations.some(({ op }) => op === "test");
			return required$1(await call(context, {
				method: "PATCH",
				path,
				contentType: jsonPatchType,
				body: operations,
				preconditioned
			}));
		},
		async mergePatch(ref, patch, options) {
			const path = await pathOf(ref) + writeQuery(options);
			return required$1(await call(context, {
				method: "PATCH",
				path,
				contentType: mergePatchType,
				body: patch
			}));
		},
		async delete(ref, preconditions, propagation = "Background") {
			const body = {
				apiVersion: "v1",
				kind: "DeleteOptions",
				propagationPolicy: propagation,
				preconditions
			};
			await call(context, {
				method: "DELETE",
				path: await pathOf(ref),
				body
			}).catch(noneIfMissing);
		},
		async watch(kind, options, onEvent, signal, known) {
			const path = await listPath(kind, options);
			const source = {
				...context,
				path,
				list: () => listWithVersion(kind, options)
			};
			await followCollection(source, onEvent, AbortSignal.any([signal, context.signal]), known);
		},
		async podLogs(pod, options) {
			const path = `${await pathOf(pod, "log")}?${logQuery(options)}`;
			return String(await call(context, {
				method: "GET",
				path,
				accept: "*/*"
			}));
		},
		portForward: (pod, port) => transport.portForward(pod.namespace, pod.name, port),
		async allowed(question) {
			return (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(await call(context, {
				method: "POST",
				path: "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews",
				body: {
					apiVersion: "authorization.k8s.io/v1",
					kind: "SelfSubjectAccessReview",
					metadata: {},
					spec: { resourceAttributes: question }
				}
			}), "status", "allowed") === true;
		},
		kindPath: (kind) => kinds.find(kind),
		async supports(kind) {
			return await kinds.find(kind) !== void 0;
		},
		credentialsEnd: async () => transport.credentialsEnd?.(),
		with(signal) {
			return clusterOver({
				...context,
				signal: AbortSignal.any([context.signal, signal])
			}, kinds);
		}
	};
}
function writeQuery(options, extra = {}) {
	const query = new URLSearchParams({
		fieldManager,
		...extra
	});
	if (options?.dryRun) query.set("dryRun", "All");
	if (options?.strict) query.set("fieldValidation", "Strict");
	return `?${query}`;
}
function logQuery(options = {}) {
	const query = new URLSearchParams();
	if (options.container) query.set("container", options.container);
	if (options.tailLines !== void 0) query.set("tailLines", String(options.tailLines));
	if (options.previous) query.set("previous", "true");
	return query;
}
function noneIfMissing(thrown) {
	if (thrown instanceof _base_mjs__WEBPACK_IMPORTED_MODULE_0__.y && thrown.code === "NotFound") return void 0;
	throw thrown;
}
function asObject(body) {
	return body === void 0 ? void 0 : required$1(body);
}
function required$1(body) {
	if (typeof (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(body, "kind") === "string") return body;
	throw new _base_mjs__WEBPACK_IMPORTED_MODULE_0__.y("Failed", `The API server answered without an object: ${String(body).slice(0, 200)}`, { remedy: "Something between here and the API server answers in its place: check proxies and the server address." });
}

// src/cluster/yaml-scalars.ts
var import_dist = (0,_dist_mjs__WEBPACK_IMPORTED_MODULE_2__.t)();
/** `yes` and `on` are true; only quotes make texts of them. */
const truth = {
	tag: "tag:yaml.org,2002:bool",
	default: true,
	test: /^(?:y|Y|yes|Yes|YES|on|On|ON|true|True|TRUE|n|N|no|No|NO|off|Off|OFF|false|False|FALSE)$/,
	resolve: (text) => /^(?:[yt]|on)/i.test(text)
};
/** `0400` is octal, `1_000` a thousand, `0b11` three. Whatever begins like a number and is none stays a text. */
const number = {
	tag: "tag:yaml.org,2002:int",
	default: true,
	test: /^(?![-+]?\.(?:inf|Inf|INF|nan|NaN|NAN)$)[-+.\d]/,
	resolve: (text) => numberOf(text.replaceAll("_", "")) ?? text
};
/** To stand before those of the library. */
const scalarTags = [truth, number];
function numberOf(text) {
	const [, sign, digits = ""] = /^([-+]?)(.*)$/s.exec(text) ?? [];
	const size = wholeNumber(digits, sign === "" ? largestUnsigned : largestSigned) ?? fraction(digits);
	if (size === void 0) return void 0;
	return sign === "-" && size !== 0 ? -size : size;
}
const largestUnsigned = 2n ** 64n - 1n;
const largestSigned = 2n ** 63n;
/** Undefined for one that needs more than 64 bits: in hexadecimal, as an address on a blockchain, that is a text. */
function wholeNumber(digits, largest) {
	if (!/^(?:0|[1-9]\d*|0[xX][\da-fA-F]+|0[bB][01]+|0[oO]?[0-7]+)$/.test(digits)) return void 0;
	const value = BigInt(/^0[0-7]+$/.test(digits) ? `0o${digits}` : digits);
	return value <= largest ? Number(value) : void 0;
}
/** Undefined for one that is too large, too: that stays a text. */
function fraction(digits) {
	if (!/^(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?$/.test(digits)) return void 0;
	const value = Number(digits);
	return Number.isFinite(value) ? value : void 0;
}

// src/cluster/manifests.ts
/** Reads YAML or JSON files of one or many documents; `kind: List` is taken apart; empty documents are passed over. */
function parseManifests(files) {
	const objects = [];
	const problems = [];
	for (const file of files) try {
		readFile(file, objects, problems);
	} catch (thrown) {
		problems.push(`${file.name}: it cannot be read: ${(0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.b)(thrown)}`);
	}
	return {
		objects,
		problems
	};
}
const reading = {
	uniqueKeys: true,
	merge: true,
	logLevel: "error",
	customTags: (tags) => [...scalarTags, ...tags]
};
function readFile({ name, text }, objects, problems) {
	if (text.includes("\0")) {
		problems.push(`${name}: it is no text in UTF-8, so it is no manifest: save it as UTF-8, or leave it out`);
		return;
	}
	for (const document of (0, import_dist.parseAllDocuments)(text, reading)) {
		if (!("contents" in document)) continue;
		if (document.errors.length > 0 ? errsAtMark(document, text) : hasTemplateKeys(document)) {
			problems.push(`${name}: it holds \`{{ … }}\`, as a template does: render it (\`helm template\`), and release what comes out`);
			return;
		}
		if (document.errors.length > 0) {
			problems.push(...syntaxErrors(name, document));
			continue;
		}
		const value = document.toJS({ maxAliasCount: 100 });
		if (value === null || value === void 0) continue;
		if ((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.d)(value)) {
			problems.push(`${name}: an alias (\`*name\`) stands inside of what it names, which has no end: write that part out`);
			continue;
		}
		if (holdsNoNumber(value)) {
			problems.push(`${name}: \`.inf\` or \`.nan\` stands in it, which no Kubernetes object can hold: write it in quotes, if a text is meant`);
			continue;
		}
		const line = text.slice(0, document.contents?.range?.[0] ?? 0).split("\n").length;
		collect(value, `${name}:${line}`, objects, problems);
	}
}
/** How templates of Helm, Jinja and Mustache say where a value goes. */
const templateMark = /\{\{.*?\}\}|\{%.*?%\}/s;
/** One mistake makes many errors of what follows it: the first ones are those to mend. */
const shownErrors = 3;
function syntaxErrors(name, { errors }) {
	const left = errors.length - shownErrors;
	return [...errors.slice(0, shownErrors).map((error) => `${name}: ${error.message.split("\n")[0]?.replace(/:$/, "")}`), ...left > 0 ? [`${name}: ${left} more errors follow from there: mend these first`] : []];
}
/** Texts inside of manifests may hold such marks as well; where reading fails, they are the reason. */
function errsAtMark({ errors }, text) {
	const lines = text.split("\n");
	return errors.some(({ linePos }) => {
		const line = linePos?.[0].line ?? 0;
		return templateMark.test(lines.slice(Math.max(0, line - 2), line + 1).join("\n"));
	});
}
/** YAML reads an unquoted `{{ .Values.x }}` as a mapping whose key is a mapping; Kubernetes knows no such key. */
function hasTemplateKeys(document) {
	let found = false;
	(0, import_dist.visit)(document, { Pair(_, { key }) {
		if (!(0, import_dist.isCollection)(key)) return void 0;
		found = true;
		return import_dist.visit.BREAK;
	} });
	return found;
}
function holdsNoNumber(value) {
	if (typeof value === "object" && value !== null) return Object.values(value).some(holdsNoNumber);
	return typeof value === "number" && !Number.isFinite(value);
}
function collect(value, where, objects, problems) {
	const items = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(value, "items");
	if (String((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(value, "kind")).endsWith("List") && Array.isArray(items)) {
		for (const item of items) collect(itemOf(value, item), where, objects, problems);
		return;
	}
	if (isForKustomize(value, where)) {
		problems.push(`${where}: this is for kustomize and no Kubernetes object: render it with \`kubectl kustomize\`, and release what comes out`);
		return;
	}
	const missing = missingFields(value);
	if (missing.length > 0) {
		problems.push(`${where}: the document has no ${missing.join(", no ")}, so it is no Kubernetes object`);
		return;
	}
	const { apiVersion } = value;
	if (!/^([a-z0-9.-]+\/)?[a-z0-9]+$/.test(apiVersion)) {
		problems.push(`${where}: its apiVersion ${JSON.stringify(apiVersion)} is none: write it like \`v1\` or \`apps/v1\``);
		return;
	}
	objects.push(value);
}
/** Its own files need not say what they are: their names do. */
function isForKustomize(value, where) {
	if (String((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(value, "apiVersion")).startsWith("kustomize.config.k8s.io/")) return true;
	return (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(value, "kind") === void 0 && /(^|\/)kustomization\.ya?ml:/i.test(where);
}
/** Items of a list of one kind, as an API server answers it, do not repeat what they are. */
function itemOf(list, item) {
	const [apiVersion, kind] = [(0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(list, "apiVersion"), (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(list, "kind")];
	if (!(0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.f)(item) || item.kind !== void 0 || kind === "List" || typeof kind !== "string") return item;
	return {
		apiVersion,
		kind: kind.slice(0, -4),
		...item
	};
}
function missingFields(value) {
	if (!(0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.f)(value)) return ["fields"];
	const named = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(value, "metadata", "name") ?? (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(value, "metadata", "generateName");
	return [
		...typeof value.apiVersion === "string" ? [] : ["apiVersion"],
		...typeof value.kind === "string" ? [] : ["kind"],
		...typeof named === "string" ? [] : ["metadata.name"]
	];
}

// src/cluster/selectors.ts
/** Whether the flat selector of a Service selects pods with these labels. An empty one selects nothing. */
function selectsLabels(selector, labels) {
	const wanted = Object.entries((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.f)(selector) ? selector : {});
	return wanted.length > 0 && wanted.every(([key, value]) => (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(labels, key) === value);
}
/** Whether the selector of a workload, labels and expressions, selects these labels. An empty one selects nothing here. */
function matchesSelector(selector, labels) {
	const equal = Object.entries(labelsOf(selector));
	const expressions = expressionsOf(selector);
	if (equal.length + expressions.length === 0) return false;
	return equal.every(([key, value]) => (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(labels, key) === value) && expressions.every((expression) => holds$1(expression, (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(labels, expression.key)));
}
/** The selector of a workload as a query writes it: `app=shop,tier in (a,b),!old`. */
function selectorText(selector) {
	const equal = Object.entries(labelsOf(selector)).map(([key, value]) => `${key}=${String(value)}`);
	const expressions = expressionsOf(selector).map(({ key, operator, values }) => {
		if (operator === "Exists") return key;
		if (operator === "DoesNotExist") return `!${key}`;
		return `${key} ${operator === "NotIn" ? "notin" : "in"} (${values.join(",")})`;
	});
	return [...equal, ...expressions].join(",");
}
function labelsOf(selector) {
	const labels = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(selector, "matchLabels");
	return (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.f)(labels) ? labels : {};
}
function expressionsOf(selector) {
	const expressions = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(selector, "matchExpressions");
	if (!Array.isArray(expressions)) return [];
	return expressions.map((expression) => {
		const values = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(expression, "values");
		return {
			key: String((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(expression, "key")),
			operator: String((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(expression, "operator")),
			values: Array.isArray(values) ? values.map(String) : []
		};
	});
}
function holds$1({ operator, values }, value) {
	if (operator === "Exists") return value !== void 0;
	if (operator === "DoesNotExist") return value === void 0;
	if (operator === "In") return typeof value === "string" && values.includes(value);
	return typeof value !== "string" || !values.includes(value);
}

// src/cluster/index.ts
/** Connects by kubeconfig. The client library is large and loaded only here, when a cluster is really wanted. */
async function connectTransport(source) {
	const { connect } = await Promise.all(/* import() */[__webpack_require__.e(537), __webpack_require__.e(53)]).then(__webpack_require__.bind(__webpack_require__, 53));
	return connect(source);
}

// src/release/journal/journal.ts
const journalSchema = "streamgate.journal/v1";
function newJournal(names, repository) {
	return {
		schema: journalSchema,
		names,
		repository,
		token: 0,
		lastRevision: 0,
		live: null,
		previous: null,
		release: null,
		order: null
	};
}
/** Reads a journal that some version of us wrote. Throws `Refused` with the way out when it cannot be trusted. */
function parseJournal(text, where) {
	let value;
	try {
		value = JSON.parse(text);
	} catch (cause) {
		throw damaged(where, "it is no JSON", cause);
	}
	const schema = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(value, "schema");
	if (schema !== "streamgate.journal/v1") throw new _base_mjs__WEBPACK_IMPORTED_MODULE_0__.y("Refused", `The journal in ${where} has schema ${String(schema)}; this version reads ${journalSchema}`, { remedy: "Use the version of StreamGate that wrote it, or a newer one." });
	const problem = findProblem(value);
	if (problem !== void 0) throw damaged(where, problem);
	return {
		...value,
		order: value.order ?? null
	};
}
function findProblem(value) {
	const names = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(value, "names");
	if (!(0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.f)(names)) return "it has no names";
	for (const key of [
		"app",
		"namespace",
		"entry"
	]) if (typeof names[key] !== "string") return `names.${key} is missing`;
	for (const kind of ["deployments", "services"]) for (const slot of ["blue", "green"]) if (typeof (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(names, kind, slot) !== "string") return `names.${kind}.${slot} is missing`;
	if (!Array.isArray(names.routes)) return "names.routes is missing";
	for (const key of ["token", "lastRevision"]) if (!Number.isSafeInteger((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(value, key))) return `${key} is no whole number`;
	const release = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(value, "release");
	if (release !== null && !Array.isArray((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(release, "steps"))) return "release.steps is missing";
}
function damaged(where, problem, cause) {
	return new _base_mjs__WEBPACK_IMPORTED_MODULE_0__.y("Refused", `The journal in ${where} is damaged: ${problem}`, {
		cause,
		remedy: "Nothing was touched. Bring the app into a good state by hand (the `howto` key beside the journal names the commands), then restore the ConfigMap from a backup."
	});
}
/** What stood there before a step of a release, as the step wrote it down; undefined when it never began. */
function beforeOf({ steps }, id) {
	return steps.find((step) => step.id === id)?.before;
}
/** The way back whose slot still holds it: its pods are warm, or they were let go and nothing came after them. */
function heldWayBack({ previous, release }) {
	return previous?.warm || release?.phase === "retired" ? previous : null;
}
/** The release with one step's state changed or appended. */
function withStep(release, step) {
	const index = release.steps.findIndex(({ id }) => id === step.id);
	const steps = index < 0 ? [...release.steps, step] : release.steps.with(index, step);
	return {
		...release,
		steps
	};
}
function isInFlight(release) {
	return release !== null && (release.phase === "running" || release.phase === "undoing" || release.phase === "parked");
}

// src/release/slots/names.ts
const slotLabel = "streamgate.io/slot";
const appLabel = "streamgate.io/app";
const managedByLabel = "app.kubernetes.io/managed-by";
const manager = "streamgate";
function otherSlot(slot) {
	return slot === "blue" ? "green" : "blue";
}
/** Labels on every object that we create: only such objects are ever changed as a whole or deleted. */
function ourLabels(app) {
	return {
		[managedByLabel]: manager,
		[appLabel]: app
	};
}
/** What the Deployments and the Services of the slots are called, where nothing was taken over. */
function slotNames(app) {
	return {
		blue: `${app}-blue`,
		green: `${app}-green`
	};
}
/** The mode is not recorded beside the names: an app with routes is switched by them, and one without cannot be. */
function modeOf({ routes }) {
	return routes.length === 0 ? "service" : "gateway";
}
function deploymentRef(names, slot) {
	return {
		apiVersion: "apps/v1",
		kind: "Deployment",
		namespace: names.namespace,
		name: names.deployments[slot]
	};
}
function slotServiceRef(names, slot) {
	return serviceRef(names, names.services[slot]);
}
function serviceRef(names, name) {
	return {
		apiVersion: "v1",
		kind: "Service",
		namespace: names.namespace,
		name
	};
}
/** The Services that select the live slot: the app's own, then those that follow it. */
function guidedServices({ entry, followers = [] }) {
	return [entry, ...followers];
}
function entryRef(names) {
	return serviceRef(names, names.entry);
}
function routeRef(names, route) {
	return {
		apiVersion: "gateway.networking.k8s.io/v1",
		kind: "HTTPRoute",
		namespace: names.namespace,
		name: route
	};
}
function ingressRef(names, name) {
	return {
		apiVersion: "networking.k8s.io/v1",
		kind: "Ingress",
		namespace: names.namespace,
		name
	};
}
function journalRef(namespace, app) {
	return {
		apiVersion: "v1",
		kind: "ConfigMap",
		namespace,
		name: `streamgate-${app}`
	};
}
function leaseRef(namespace, app) {
	return {
		apiVersion: "coordination.k8s.io/v1",
		kind: "Lease",
		namespace,
		name: `streamgate-${app}`
	};
}
function revisionRef(names, revision) {
	const name = `streamgate-${names.app}-${revision}`;
	return {
		apiVersion: "apps/v1",
		kind: "ControllerRevision",
		namespace: names.namespace,
		name
	};
}

// src/release/slots/ours.ts
/** On a Deployment that ran before and was taken over: it serves as a slot, and may be deleted as one. */
const adoptedAnnotation = "streamgate.io/adopted";
/** Whether a Deployment ran before StreamGate knew it, and was taken over. */
function isAdopted(object) {
	return object.metadata.annotations?.[adoptedAnnotation] !== void 0;
}
/** Whether an object of a slot is one that we made, or took over. What else has its name is left alone. */
function isOurs$1(object) {
	return object.metadata.labels?.["app.kubernetes.io/managed-by"] === "streamgate" || isAdopted(object);
}
/** The Deployment of a slot; undefined also when somebody else's has its name. */
async function slotDeploymentOf(cluster, names, slot) {
	const object = await cluster.get(deploymentRef(names, slot));
	return object !== void 0 && isOurs$1(object) ? object : void 0;
}
/**
* Creates an object, or finds it made already: by an earlier try whose answer was lost, or by the run before.
* Answers what stands there now and whether this call made it.
*/
async function createOrFind(cluster, object, ref) {
	const existing = await cluster.get(ref);
	if (existing !== void 0) return {
		object: existing,
		created: false
	};
	try {
		return {
			object: await cluster.create(object),
			created: true
		};
	} catch (thrown) {
		if (!(thrown instanceof _base_mjs__WEBPACK_IMPORTED_MODULE_0__.y) || thrown.code !== "Conflict") throw thrown;
		const found = await cluster.get(ref);
		if (found === void 0) throw thrown;
		return {
			object: found,
			created: false
		};
	}
}
/**
* Creates an object for a run that may be overtaken while its request is on the way, or finds it and puts our token on
* it. A creation carries no precondition, so one that comes late would leave what nobody knows of: it is taken back at
* once, and the run ends `Superseded`.
*/
async function createFenced({ cluster, lasting, names, token }, object, ref) {
	const existing = await stampToken(cluster, ref, token);
	if (existing !== void 0) return {
		object: existing,
		created: false
	};
	try {
		return await createOrFind(cluster, object, ref);
	} finally {
		await stampToken(lasting, journalRef(names.namespace, names.app), token).catch(async (thrown) => {
			if (thrown instanceof _base_mjs__WEBPACK_IMPORTED_MODULE_0__.y && thrown.code === "Superseded") await takeBack(lasting, ref, token);
			throw thrown;
		});
	}
}
/** Deletes what was not there before and carries our token, so we made it; unless somebody took it over meanwhile. */
async function takeBack(cluster, ref, token) {
	const object = await cluster.get(ref);
	if (object === void 0 || tokenOf(object) !== token) return;
	const { uid = "", resourceVersion = "" } = object.metadata;
	await cluster.delete(ref, {
		uid,
		resourceVersion
	}).catch((thrown) => {
		if (!(thrown instanceof _base_mjs__WEBPACK_IMPORTED_MODULE_0__.y) || thrown.code !== "Conflict") throw thrown;
	});
}
/** How often a deletion is tried under which somebody keeps writing. */
const deletionAttempts = 20;
/** Deletes an object that this app's releases made, and no other: it must carry a token that is not newer than ours. */
async function deleteOurs(cluster, ref, token, propagation = "Background") {
	for (let attempt = 1;; attempt++) {
		const object = await cluster.get(ref);
		if (object === void 0) return;
		requireOurs(object, ref, token);
		const { uid, resourceVersion } = object.metadata;
		const preconditions = {
			...uid === void 0 ? {} : { uid },
			...resourceVersion === void 0 ? {} : { resourceVersion }
		};
		try {
			return await cluster.delete(ref, preconditions, propagation);
		} catch (thrown) {
			if (!(thrown instanceof _base_mjs__WEBPACK_IMPORTED_MODULE_0__.y) || thrown.code !== "Conflict") throw thrown;
			if (attempt >= deletionAttempts) throw thrown;
		}
	}
}
function requireOurs(object, ref, token) {
	const held = tokenOf(object);
	if (held !== void 0 && held <= token) return;
	throw new _base_mjs__WEBPACK_IMPORTED_MODULE_0__.y("Conflict", `${describeRef(ref)} is not ours to delete${held === void 0 ? "" : ": a newer release owns it"}`, { remedy: "Look at it, and delete it by hand if nobody needs it." });
}
/** Scales a Deployment of ours, and stamps it with our token first. Does nothing when it is gone. */
async function scaleTo(cluster, ref, replicas, token) {
	if (await stampToken(cluster, ref, token) === void 0) return;
	await fencedPatch(cluster, ref, token, (object) => replaceField(object, ["spec", "replicas"], replicas));
}
/** Takes our token off an object, whoever of us wrote it last. Does nothing when it is gone, or carries none. */
async function unstamp(cluster, ref, token) {
	const object = await cluster.get(ref);
	if (object === void 0 || tokenOf(object) === void 0) return;
	await stampToken(cluster, ref, token);
	await fencedPatch(cluster, ref, token, (standing) => removeField(standing, [
		"metadata",
		"annotations",
		tokenAnnotation
	]));
}
/** The object with our token on it. */
function stamped(object, token) {
	const annotations = {
		...object.metadata.annotations,
		[tokenAnnotation]: String(token)
	};
	return {
		...object,
		metadata: {
			...object.metadata,
			annotations
		}
	};
}

// src/release/journal/howto.ts
/** The way back with nothing but kubectl, kept beside the journal for the day on which nothing else works. */
function writeHowto(journal) {
	const { names, live, previous, release } = journal;
	const kubectl = `kubectl --namespace ${names.namespace}`;
	const safe = safePlacement(journal);
	const lines = [`App ${names.app}: ${live === null ? "nothing is live yet" : `revision ${live.revision} is live in slot ${live.slot}`}.`];
	if (safe === null) {
		const other = previous === null ? "There is no other revision to go back to." : `The slot of revision ${previous.revision} has held another version since, so kubectl alone does not bring it back: \`streamgate rollback ${names.app}\` starts it from its ControllerRevision.`;
		return `${lines[0]}\n${other}\n`;
	}
	lines.push(`To send all traffic to revision ${safe.revision} (slot ${safe.slot}) by hand:`, `  ${kubectl} rollout status deployment/${names.deployments[safe.slot]}   # must be ready; else scale it up first`, `  ${kubectl} patch service ${names.entry} --type merge --patch '${JSON.stringify({ spec: { selector: { [slotLabel]: safe.slot } } })}'`, ...names.routes.map((route) => `  ${kubectl} edit httproute ${route}   # replace each backendRef ${names.services.blue} or ${names.services.green} by ${names.entry}`), ...modeOf(names) === "service" && live !== null ? ["Callers that keep a connection open stay with its pod until that is gone:", `  ${kubectl} scale deployment/${names.deployments[otherSlot(safe.slot)]} --replicas=0   # once the other one serves`] : [], isInFlight(release) ? `Keep this ConfigMap: the next release, or \`streamgate rollback ${names.app}\`, goes on from it.` : `Keep this ConfigMap, and then run \`streamgate rollback ${names.app}\`: it makes revision ${safe.revision} the live one. Until then releases are refused.`);
	return `${lines.join("\n")}\n`;
}
/** The version that somebody with kubectl alone may send everybody to: its slot holds it, and nothing else. */
function safePlacement(journal) {
	const { release } = journal;
	if (release?.phase === "undoing") return release.stable;
	if (release?.phase === "running") return release.strategy === "rollback" && !release.drill ? release.candidate : release.stable;
	return heldWayBack(journal);
}

// src/release/journal/journal-store.ts
/** A ConfigMap holds 1 MiB; beyond this we would rather stop than be refused in the middle. */
const largestJournalBytes = 262144;
async function readJournal(cluster, namespace, app) {
	const ref = journalRef(namespace, app);
	const object = await cluster.get(ref);
	if (object === void 0) return void 0;
	return parseJournal(String((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(object, "data", "journal") ?? ""), describeRef(ref));
}
/**
* The journal as whoever holds the lock now has to read it: our token goes on it first, so that what the run before
* may still write comes either before we read, or not at all.
*/
async function takeJournal(cluster, namespace, app, token) {
	await stampToken(cluster, journalRef(namespace, app), token);
	return readJournal(cluster, namespace, app);
}
/** Writes the journal under our token: creates it, or takes it over from the lock before, once at the start. */
async function claimJournal(cluster, journal) {
	const { namespace, app } = journal.names;
	const ref = journalRef(namespace, app);
	if (await stampToken(cluster, ref, journal.token) === void 0 && (await createOrFind(cluster, toConfigMap(journal), ref)).created) return;
	await saveJournal(cluster, journal);
}
/** Replaces the journal; a higher token than ours on it means that we were overtaken: `Superseded`. */
async function saveJournal(cluster, journal) {
	const { namespace, app } = journal.names;
	const ref = journalRef(namespace, app);
	const { data } = toConfigMap(journal);
	const fence = {
		op: "test",
		path: "/metadata/annotations/streamgate.io~1token",
		value: String(journal.token)
	};
	try {
		await cluster.patch(ref, [fence, {
			op: "replace",
			path: "/data",
			value: data
		}]);
	} catch (thrown) {
		if (!(thrown instanceof _base_mjs__WEBPACK_IMPORTED_MODULE_0__.y) || thrown.code !== "Conflict") throw thrown;
		await fencedPatch(cluster, ref, journal.token, (object) => replaceField(object, ["data"], data));
	}
}
function toConfigMap(journal) {
	const { namespace, app } = journal.names;
	const text = JSON.stringify(journal, null, 1);
	if (Buffer.byteLength(text) > largestJournalBytes) throw new _base_mjs__WEBPACK_IMPORTED_MODULE_0__.y("Refused", `The journal of ${app} would be larger than 256 KiB`, { remedy: "The routes that name this app hold too much to be kept as before-images: split them." });
	return {
		apiVersion: "v1",
		kind: "ConfigMap",
		metadata: {
			namespace,
			name: journalRef(namespace, app).name,
			labels: ourLabels(app),
			annotations: { [tokenAnnotation]: String(journal.token) }
		},
		data: {
			journal: text,
			howto: writeHowto(journal)
		}
	};
}

// src/release/adoption/find-running.ts
/**
* The Deployment that serves already and is to be taken over; undefined for an app that is released as usual. For a
* release that was to take it over and never ended it is still that one: it may have to be put back first.
*/
async function findRunning({ cluster, namespace, desired }, journal) {
	const release = journal?.release ?? null;
	if (journal !== void 0 && isInFlight(release)) return release.adopts && release.stable !== null ? cluster.get(deploymentRef(journal.names, release.stable.slot)) : void 0;
	if (journal?.live) return void 0;
	const { name } = desired.workload.metadata;
	const found = await cluster.get({
		apiVersion: "apps/v1",
		kind: "Deployment",
		namespace,
		name
	});
	return found?.metadata.labels?.["app.kubernetes.io/managed-by"] === "streamgate" ? void 0 : found;
}
/** Whether a release takes something over, for the permissions that this takes. What may not be read is told by those. */
async function adoptsAnything(request) {
	try {
		return await findRunning(request, await readJournal(request.cluster, request.namespace, request.app)) !== void 0;
	} catch (thrown) {
		if (thrown instanceof _base_mjs__WEBPACK_IMPORTED_MODULE_0__.y && thrown.code === "Denied") return false;
		throw thrown;
	}
}
/** The slot that a running Deployment gets: the one whose label its pods carry, or whose name it has, else blue. */
function slotFor(app, running) {
	const carried = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(running, "spec", "template", "metadata", "labels", slotLabel);
	if (carried === "blue" || carried === "green") return carried;
	return running.metadata.name === `${app}-green` ? "green" : "blue";
}
/** The slot of the next candidate. */
function candidateSlot(app, live, running) {
	if (live !== void 0) return otherSlot(live);
	return running === void 0 ? "blue" : otherSlot(slotFor(app, running));
}

// src/traffic/http-route.ts
/** With other backends beside the app's, each share is counted in hundredths of a weight. */
const scale = 100;
/** The rules that send to the app, with their backends. */
function readRules(route, names) {
	const rules = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(route, "spec", "rules");
	if (!Array.isArray(rules)) return [];
	return rules.flatMap((rule, index) => {
		const refs = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(rule, "backendRefs");
		if (!Array.isArray(refs) || !refs.some((ref) => isOurs(ref, route, names))) return [];
		return [{
			rule: index,
			backendRefs: refs
		}];
	});
}
/** Where the route sends now; undefined when its rules disagree or mix both forms. */
function readTarget(route, names) {
	return commonTarget(readRules(route, names), route, names);
}
function commonTarget(rules, route, names) {
	const targets = rules.map(({ backendRefs }) => targetOf$1(backendRefs, route, names));
	const [first] = targets;
	return targets.every((target) => (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.l)(target, first)) ? first : void 0;
}
/** Whether callers of the app are answered by somebody else as well: a rule of it has another backend with a share. */
function sharesCallers(route, names) {
	return readRules(route, names).some(({ backendRefs }) => backendRefs.some((ref) => !isOurs(ref, route, names) && weightOf(ref) > 0));
}
/** Whether a route sends anything to one of the app's Services: a rule gives it a share. */
function sendsTo$1(route, names, service) {
	return readRules(route, names).some(({ backendRefs }) => backendRefs.some((ref) => isOurs(ref, route, names) && ref.name === service && weightOf(ref) > 0));
}
function targetOf$1(refs, route, names) {
	const ours = refs.filter((ref) => isOurs(ref, route, names));
	if (ours.every(({ name }) => name === names.entry)) return { kind: "entry" };
	if (ours.some(({ name }) => name === names.entry)) return void 0;
	const share = (slot) => ours.filter(({ name }) => name === slot).reduce((sum, ref) => sum + weightOf(ref), 0);
	const [blue, green] = [share(names.blue), share(names.green)];
	const total = blue + green;
	if (total === 0) return void 0;
	return {
		kind: "split",
		blue: Math.round(100 * blue / total),
		green: Math.round(100 * green / total)
	};
}
/**
* The same route sent elsewhere: what each rule of the app should look like. Filters, ports and the order of backends
* are kept, and so is the share of whoever else the rule sends to.
*/
function retarget(route, names, target) {
	const belongs = (ref) => isOurs(ref, route, names);
	return readRules(route, names).map(({ rule, backendRefs }) => {
		const whole = backendRefs.some((ref) => belongs(ref) && ref.name !== names.entry) ? joinSlots(backendRefs, names, belongs) : backendRefs;
		if (target.kind === "entry") return {
			rule,
			backendRefs: whole
		};
		const { blue, green } = target;
		return {
			rule,
			backendRefs: whole.flatMap((ref) => {
				const weight = weightOf(ref);
				if (!belongs(ref)) return [{
					...ref,
					weight: weight * scale
				}];
				return [{
					...ref,
					name: names.blue,
					weight: weight * blue
				}, {
					...ref,
					name: names.green,
					weight: weight * green
				}];
			})
		};
	});
}
/**
* The form that the rule had before it was split: each pair of slots becomes the app's own Service again. Shares that
* somebody has set by hand meanwhile may be no whole hundreds, and the API takes whole weights only.
*/
function joinSlots(refs, names, belongs) {
	const slots = refs.filter((ref) => belongs(ref) && ref.name !== names.entry);
	const firsts = slots.filter(({ name }) => name === slots[0]?.name);
	const seconds = slots.filter(({ name }) => name !== slots[0]?.name);
	return refs.flatMap((ref) => {
		if (!belongs(ref)) return [{
			...ref,
			weight: Math.ceil(weightOf(ref) / scale)
		}];
		const index = firsts.indexOf(ref);
		if (index < 0) return [];
		const partner = seconds[index];
		const sum = weightOf(ref) + (partner === void 0 ? 0 : weightOf(partner));
		return [{
			...ref,
			name: names.entry,
			weight: Math.ceil(sum / scale)
		}];
	});
}
/**
* What the rules of the app should look like to be as in an image of them. Somebody may have added, removed or changed
* rules since: the image then speaks of others, and the route is sent, as it stands now, where it went by the image, or
* to the app's own Service, as between releases.
*/
function restored(route, names, image) {
	const shape = (rules) => shapeOf(rules, route, names);
	if ((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.l)(shape(readRules(route, names)), shape(image))) return image;
	return retarget(route, names, commonTarget(image, route, names) ?? { kind: "entry" });
}
/** What stays of the rules of the app wherever they are sent: their places and backends, slots named as the Service. */
function shapeOf(rules, route, names) {
	return rules.map(({ rule, backendRefs }) => {
		const backends = backendRefs.map(({ weight: _share, ...ref }) => (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.c)(isOurs(ref, route, names) ? {
			...ref,
			name: names.entry
		} : ref));
		return {
			rule,
			backends: [...new Set(backends)]
		};
	});
}
/** Writes rules over those that stand there, each tested before; none where nothing differs. */
function ruleOperations(route, names, wanted) {
	const current = new Map(readRules(route, names).map((image) => [image.rule, image.backendRefs]));
	return wanted.flatMap(({ rule, backendRefs }) => {
		const path = `/spec/rules/${rule}/backendRefs`;
		const standing = current.get(rule);
		if ((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.l)(standing, backendRefs)) return [];
		return [{
			op: "test",
			path,
			value: standing ?? null
		}, {
			op: "replace",
			path,
			value: backendRefs
		}];
	});
}
/**
* Why the gateway does not follow the route yet; undefined once every parent has accepted this generation of it with
* all backends resolved. This is the control plane's word only: the data plane is proven by answers.
*/
function notAcceptedBecause(route, way = "forward") {
	const parents = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.p)(route, "status", "parents");
	const count = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.p)(route, "spec", "parentRefs").length;
	if (parents.length < count || count === 0) return `${parents.length} of ${count} gateways have answered`;
	for (const parent of parents) for (const type of ["Accepted", "ResolvedRefs"]) {
		const mayBeFalse = type === "ResolvedRefs" && way === "back";
		const reason = conditionProblem(parent, type, route.metadata.generation ?? 0, mayBeFalse);
		if (reason !== void 0) return `gateway ${String((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(parent, "parentRef", "name"))}: ${reason}`;
	}
}
function conditionProblem(parent, type, generation, mayBeFalse) {
	const condition = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.p)(parent, "conditions").find((entry) => (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(entry, "type") === type);
	if (condition === void 0) return `no condition ${type} yet`;
	const observed = Number((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(condition, "observedGeneration") ?? 0);
	if (observed < generation) return `${type} is of generation ${observed}, the route is at ${generation}`;
	if (mayBeFalse || (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(condition, "status") === "True") return void 0;
	return `${type} is ${String((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(condition, "status"))}: ${String((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(condition, "reason"))} ${String((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(condition, "message") ?? "")}`;
}
function isOurs(ref, route, names) {
	const kind = ref.kind ?? "Service";
	const namespace = ref.namespace ?? route.metadata.namespace;
	if (kind !== "Service" || (ref.group ?? "") !== "" || namespace !== route.metadata.namespace) return false;
	return ref.name === names.entry || ref.name === names.blue || ref.name === names.green;
}
function weightOf(ref) {
	return typeof ref.weight === "number" ? ref.weight : 1;
}

// src/traffic/gateway-router.ts
/** Routes of the Gateway API (`HTTPRoute` v1). */
function createGatewayRouter(namespace, routes, names) {
	const ordered = [...routes].sort();
	const refOf = (name) => ({
		apiVersion: "gateway.networking.k8s.io/v1",
		kind: "HTTPRoute",
		namespace,
		name
	});
	async function read(cluster, name) {
		const route = await cluster.get(refOf(name));
		if (route !== void 0) return route;
		throw new _base_mjs__WEBPACK_IMPORTED_MODULE_0__.y("NotFound", `HTTPRoute ${namespace}/${name} is not there`, { remedy: "Apply the route again, or name another one with `route`." });
	}
	async function write(cluster, token, wanted) {
		for (const name of ordered) await fencedPatch(cluster, refOf(name), token, (route) => ruleOperations(route, names, wanted(route)));
	}
	return {
		name: `HTTPRoute ${ordered.join(", ")}`,
		async target(cluster) {
			const targets = await Promise.all(ordered.map(async (name) => readTarget(await read(cluster, name), names)));
			const [first] = targets;
			return targets.every((target) => (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.l)(target, first)) ? first : void 0;
		},
		async image(cluster) {
			const entries = ordered.map(async (name) => [name, readRules(await read(cluster, name), names)]);
			return Object.fromEntries(await Promise.all(entries));
		},
		async stamp(cluster, token) {
			for (const name of ordered) await stampToken(cluster, refOf(name), token);
		},
		send: (cluster, target, token) => write(cluster, token, (route) => retarget(route, names, target)),
		restore: (cluster, image, token) => write(cluster, token, (route) => restored(route, names, image[route.metadata.name] ?? [])),
		async pending(cluster, way) {
			for (const name of ordered) {
				const reason = notAcceptedBecause(await read(cluster, name), way);
				if (reason !== void 0) return `HTTPRoute ${name}: ${reason}`;
			}
		}
	};
}

// src/traffic/ingress.ts
/**
* Ingresses are read and never steered: their controllers follow the endpoints of the Service that they name, so moving
* its selector moves what they send.
*/
const ingressKind = {
	apiVersion: "networking.k8s.io/v1",
	kind: "Ingress"
};
/** Whether an Ingress sends anything to a Service. */
function ingressLeadsTo(object, service) {
	return object.kind === "Ingress" && doorsTo(object, service).length > 0;
}
/** The rules that send to a Service; the default backend comes last, as it takes what no rule does. */
function doorsTo(ingress, service) {
	const doors = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.p)(ingress, "spec", "rules").flatMap((rule) => {
		return (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.p)(rule, "http", "paths").filter((path) => backendOf(path) === service).map((path) => ({
			host: hostOf(rule),
			path: pathOf(path)
		}));
	});
	return (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(ingress, "spec", "defaultBackend", "service", "name") === service ? [...doors, {
		host: void 0,
		path: "/"
	}] : doors;
}
function backendOf(path) {
	return (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(path, "backend", "service", "name");
}
function hostOf(rule) {
	const host = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(rule, "host");
	return typeof host === "string" && host !== "" ? host : void 0;
}
/** What an implementation reads by rules of its own may be a pattern: only the two plain types are taken as they stand. */
function pathOf(path) {
	const value = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(path, "path");
	const isPlain = ["Exact", "Prefix"].includes(String((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(path, "pathType")));
	return typeof value === "string" && isPlain ? value : "/";
}

// src/traffic/no-router.ts
/** For an app that no route leads to: its own Service moves all of its traffic, and there is nothing to steer beside it. */
const noRouter = {
	name: "no route",
	target: async () => ({ kind: "entry" }),
	image: async () => ({}),
	stamp: async () => {},
	send: async () => {},
	restore: async () => {},
	pending: async () => void 0
};

// src/release/router-of.ts
/** What moves the traffic of an app beside the selector of its own Service. */
function routerOf(names) {
	if (modeOf(names) === "service") return noRouter;
	return createGatewayRouter(names.namespace, names.routes, backendNamesOf(names));
}
/** The Services between which its traffic moves. */
function backendNamesOf({ entry, services }) {
	return {
		entry,
		...services
	};
}

// src/release/refuse-serving.ts
/**
* Looks whether callers are led to a slot that is to be emptied: somebody may have moved the traffic by hand, as the way
* back with kubectl does. Undefined when nobody is.
*/
async function findServing(cluster, journal, slot) {
	const leads = await whatLeadsTo(cluster, journal.names, slot);
	if (leads === void 0) return void 0;
	return {
		message: `${journal.names.app}: slot ${slot} is to go by the journal, but ${leads}`,
		remedy: `Somebody moved the traffic by hand. ${howToAgree(journal, slot)}`
	};
}
/** Throws `Refused` when callers are led to the slot: pods that serve are never let go. */
async function refuseServing(cluster, journal, slot) {
	const serving = await findServing(cluster, journal, slot);
	if (serving === void 0) return;
	throw new _base_mjs__WEBPACK_IMPORTED_MODULE_0__.y("Refused", serving.message, { remedy: serving.remedy });
}
/** What makes journal and traffic agree again, where a slot has the traffic that is not the live one. */
function howToAgree(journal, slot) {
	const { names, live } = journal;
	const back = heldWayBack(journal);
	if (back?.slot === slot) return `Run \`streamgate rollback ${names.app}\`: it makes revision ${back.revision}, which is in that slot, the live one.`;
	return `Send it ${live === null ? "elsewhere" : `to slot ${live.slot} again, which is live by the journal`} (docs/runbooks.md, "Without StreamGate").`;
}
/** What leads callers to the pods of a slot, in words; undefined when nothing does, or it has no pods. */
async function whatLeadsTo(cluster, names, slot) {
	const deployment = await slotDeploymentOf(cluster, names, slot);
	if (deployment === void 0 || (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(deployment, "spec", "replicas") === 0) return void 0;
	const [services, routes] = await Promise.all([Promise.all(guidedServices(names).map((name) => cluster.get(serviceRef(names, name)))), Promise.all(names.routes.map((name) => cluster.get(routeRef(names, name))))]);
	const service = services.find((one) => (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(one, "spec", "selector", slotLabel) === slot);
	if (service !== void 0) return `Service ${service.metadata.name} selects it`;
	const backends = backendNamesOf(names);
	const route = routes.find((one) => one !== void 0 && sendsTo$1(one, backends, backends[slot]));
	return route === void 0 ? void 0 : `HTTPRoute ${route.metadata.name} sends to it`;
}

// src/release/drift.ts
/** All that differs from what the journal says. Empty while a release is going on: then much is on its way. */
async function findDrift(cluster, journal) {
	const { live, release } = journal;
	if (live === null || isInFlight(release)) return [];
	return [
		...await liveDrift(cluster, journal, live),
		...await serviceDrift(cluster, journal, live),
		...await routeDrift(cluster, journal),
		...await workloadDrift(cluster, journal)
	];
}
/** The Deployment that serves: deleted and made anew, it would have lost what its Services find its pods by. */
async function liveDrift(cluster, { names }, { slot }) {
	const ref = deploymentRef(names, slot);
	const deployment = await cluster.get(ref);
	const label = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(deployment, "spec", "template", "metadata", "labels", slotLabel);
	if (deployment !== void 0 && isOurs$1(deployment) && label === slot) return [];
	const what = deployment === void 0 ? "is gone" : `was replaced: its pods carry no label ${slotLabel}=${slot}, so no Service finds them`;
	return [{
		of: "live",
		message: `${describeRef(ref)}, which is to serve, ${what}`,
		remedy: `If callers are not answered, point the Services at its pods by hand (key \`howto\` of the journal); then release again.`
	}];
}
async function serviceDrift(cluster, journal, { slot }) {
	const { names } = journal;
	const other = otherSlot(slot);
	const drift = [];
	for (const name of guidedServices(names)) {
		const ref = serviceRef(names, name);
		const service = await cluster.get(ref);
		const selected = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(service, "spec", "selector", slotLabel);
		if (selected === slot || service === void 0 && name !== names.entry) continue;
		if (service === void 0) drift.push({
			of: "service",
			message: `${describeRef(ref)} is gone`,
			remedy: "Apply it again, or release again."
		});
		else if (selected === void 0) drift.push({
			of: "service",
			message: `${describeRef(ref)} names no slot, so it reaches the pods of both versions`,
			remedy: "The next release puts it right. A forced server-side apply of its manifest does this: let the release alone apply it."
		});
		else drift.push({
			of: "service",
			message: `${describeRef(ref)} selects ${String(selected)}, but ${slot} is live`,
			remedy: `Find out who changed it. ${selected === other ? howToAgree(journal, other) : "A release or a rollback puts it right."}`
		});
	}
	return drift;
}
/** Between releases a route is what its manifest says. */
async function routeDrift(cluster, { names }) {
	const { namespace, entry, services } = names;
	const drift = [];
	for (const route of names.routes) {
		if ((await createGatewayRouter(namespace, [route], {
			entry,
			...services
		}).target(cluster).catch(() => void 0))?.kind === "entry") continue;
		drift.push({
			of: "route",
			message: `HTTPRoute ${namespace}/${route} does not lead to Service ${entry} alone`,
			remedy: `Apply its manifest again. After a way back by hand run \`streamgate rollback ${names.app}\` instead.`
		});
	}
	return drift;
}
/** The Deployment of the manifests, applied by somebody else: it runs beside the slots, and nothing leads to it. */
async function workloadDrift(cluster, { names }) {
	if (names.workload === void 0) return [];
	const ref = {
		...deploymentRef(names, "blue"),
		name: names.workload
	};
	const found = await cluster.get(ref);
	if (found === void 0 || isOurs$1(found)) return [];
	const pods = Number((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(found, "status", "replicas") ?? 0);
	return [{
		of: "workload",
		message: `${describeRef(ref)} was created beside the slots and runs ${pods} pods that no Service leads to`,
		remedy: `Delete it (kubectl delete deployment ${names.workload}), and keep it out of kubectl apply, Helm and Git syncs: releases make the Deployments of the slots.`
	}];
}

// src/release/journal/beginning.ts
/** A release as its journal begins it: none of its steps is done. Of two that began in different seconds the ids differ. */
function beginning({ app, clock, run }, { called, strategy, phase, ...kind }) {
	const now = clock.now();
	return {
		id: `${app}-${called}-${Math.floor(now / 1e3).toString(36)}`,
		strategy,
		phase: phase ?? "running",
		commit: run.commit,
		runId: run.runId,
		runAttempt: run.runAttempt,
		actor: run.actor,
		startedAt: (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.C)(now),
		...kind,
		steps: []
	};
}

// src/release/journal/revisions.ts
/** What was released as this revision; undefined when it is no longer kept. */
async function readRevision(cluster, { names }, revision) {
	return dataOf(await cluster.get(revisionRef(names, revision)));
}
/** What stands in a ControllerRevision of ours. */
function dataOf(revision) {
	return (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(revision, "data");
}
/** The manifests of the live revision, for a release that only changes an image. */
async function readLiveManifests(cluster, namespace, app) {
	const journal = await readJournal(cluster, namespace, app);
	const live = journal?.live ?? null;
	const data = journal === void 0 || live === null ? void 0 : await readRevision(cluster, journal, live.revision);
	if (data !== void 0) return [
		data.workload,
		data.service,
		...data.followers ?? [],
		...data.autoscalers ?? []
	];
	throw new _base_mjs__WEBPACK_IMPORTED_MODULE_0__.y("Usage", `${app} was never released in namespace ${namespace}, so there is nothing to take its manifests from`, { remedy: "Give `manifests`: files, globs or directories." });
}
/** The ControllerRevisions of an app, in the order of the API. */
function revisionObjects(cluster, { namespace, app }) {
	const labelSelector = `${managedByLabel}=${manager},${appLabel}=${app}`;
	return cluster.list({
		apiVersion: "apps/v1",
		kind: "ControllerRevision"
	}, {
		namespace,
		labelSelector
	});
}
/** All revisions that are kept, newest first. */
async function listRevisions(cluster, names) {
	return (await revisionObjects(cluster, names)).map((object) => ({
		revision: Number((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(object, "revision")),
		commit: String((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(object, "data", "commit") ?? ""),
		createdAt: String((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(object, "data", "createdAt") ?? "")
	})).sort((a, b) => b.revision - a.revision);
}

// src/release/slots/config-copies.ts
/** On every copy, so that copies are found among all that carries our labels. */
const copyLabel = "streamgate.io/copy";
/** Name of the ConfigMap or Secret that was copied. */
const copyOfAnnotation = "streamgate.io/copy-of";
const longestName = 253;
const digits = {
	ConfigMap: 10,
	Secret: 8
};
/** 32 MiB and some 50 ms for each guess of a Secret's content. */
const slow = {
	N: 2 ** 15,
	r: 8,
	p: 1,
	maxmem: 64 * 2 ** 20
};
function isConfigKind(kind) {
	return kind === "ConfigMap" || kind === "Secret";
}
/** Content as the server stores it: texts of a Secret become data. */
function contentOf(object) {
	const data = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.u)(object, "data");
	if (object.kind !== "Secret") return {
		data,
		binaryData: (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.u)(object, "binaryData")
	};
	const texts = Object.entries((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.u)(object, "stringData")).map(([key, value]) => [key, Buffer.from(String(value)).toString("base64")]);
	return { data: {
		...data,
		...Object.fromEntries(texts)
	} };
}
/**
* The copy of a ConfigMap or Secret that belongs to a release: named by its content, and never changed. Of the source's
* metadata it takes nothing: labels of Helm or Argo CD would make the copy theirs.
*/
function configCopy(source, app, namespace) {
	const kind = source.kind;
	const { name } = source.metadata;
	const hash = hashContent(source, app, namespace);
	return {
		apiVersion: "v1",
		kind,
		metadata: {
			name: `${name.slice(0, longestName - hash.length - 1).replace(/[.-]+$/, "")}-${hash}`,
			namespace,
			labels: {
				...ourLabels(app),
				[copyLabel]: "config"
			},
			annotations: { [copyOfAnnotation]: name }
		},
		immutable: true,
		...kind === "Secret" && source.type !== void 0 ? { type: source.type } : {},
		...Object.fromEntries(Object.entries(contentOf(source)).filter(([, part]) => !(0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.l)(part, {})))
	};
}
/**
* The app is part of it, so that two apps of a namespace never share a copy. Names can be read by more people than
* Secrets: so a Secret's hash is short, and slow to compute for whoever would try guesses against it.
*/
function hashContent(source, app, namespace) {
	const { kind, metadata, type } = source;
	const place = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.c)({
		namespace,
		app,
		kind,
		name: metadata.name
	});
	const length = digits[kind];
	if (kind === "Secret") {
		const content = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.c)({
			type,
			...contentOf(source)
		});
		return (0,node_crypto__WEBPACK_IMPORTED_MODULE_4__.scryptSync)(content, place, length / 2, slow).toString("hex");
	}
	return (0,node_crypto__WEBPACK_IMPORTED_MODULE_4__.createHash)("sha256").update(`${place} ${(0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.c)(contentOf(source))}`).digest("hex").slice(0, length);
}
/** Whether it is a copy that a release of ours made. */
function isOurCopy({ metadata }) {
	return metadata.labels?.[copyLabel] === "config" && metadata.labels["app.kubernetes.io/managed-by"] === "streamgate";
}
/** Whether what stands under a copy's name is that copy, by owner and content. */
function isCopy(standing, copy) {
	const labels = standing.metadata.labels ?? {};
	return Object.entries(copy.metadata.labels ?? {}).every(([key, value]) => labels[key] === value) && (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.l)(contentOf(standing), contentOf(copy));
}
/** Makes a copy, or puts our token on the one that is there: a run that was overtaken must not delete it under us. */
async function ensureCopy(release, copy) {
	const ref = refOf(copy);
	const standing = await release.cluster.get(ref);
	if (standing !== void 0 && !isCopy(standing, copy)) throw notTheCopy(ref);
	const { object } = await createFenced(release, stamped(copy, release.token), ref);
	if (!isCopy(object, copy)) throw notTheCopy(ref);
}
function notTheCopy(ref) {
	return new _base_mjs__WEBPACK_IMPORTED_MODULE_0__.y("Conflict", `${describeRef(ref)} is there, and is not the copy that it should be`, { remedy: "Find out who made it; delete or rename it, then run the same command again." });
}
/** Deletes all copies of one kind that are not `needed` any more, and answers with their names. */
async function collectCopies(cluster, place, needed, token) {
	const { kind, namespace } = place;
	const dropped = (await listCopies(cluster, place)).map(({ metadata }) => metadata.name).filter((name) => !needed.has(`${kind} ${name}`));
	for (const name of dropped) await deleteOurs(cluster, {
		apiVersion: "v1",
		kind,
		namespace,
		name
	}, token);
	return dropped;
}
/** The numbers of the locks under which the copies that stand were written last. */
async function copyTokens(cluster, place) {
	return (await listCopies(cluster, place)).map((copy) => tokenOf(copy) ?? 0);
}
function listCopies(cluster, { kind, app, namespace }) {
	const labelSelector = `${managedByLabel}=${manager},${appLabel}=${app},${copyLabel}=config`;
	return cluster.list({
		apiVersion: "v1",
		kind
	}, {
		namespace,
		labelSelector
	});
}
/** `ConfigMap settings`: a key that is unique in a namespace. */
function configKey({ kind, name }) {
	return `${kind} ${name}`;
}
function keyOf$1({ kind, metadata }) {
	return configKey({
		kind,
		name: metadata.name
	});
}

// src/release/journal/lock.ts
/** A holder that has not renewed for this long is taken for dead, where its lease does not say otherwise. */
const usualLeaseMs = 3e4;
/** Three renewals in a row may be lost before anybody takes a holder for dead. */
const renewalsPerLease = 4;
const lookEveryMs$4 = 1e3;
/** Tells one claim from another of the same run. */
const claimAnnotation = "streamgate.io/claim";
const processAnnotation = "streamgate.io/process";
/** Takes the app's Lease. Another live holder is waited for, then named in a `Conflict`. */
async function takeLock(request) {
	const { clock, namespace, app } = request;
	const ref = leaseRef(namespace, app);
	const giveUpAt = clock.monotonic() + request.timeoutMs;
	let watched;
	let lostClaims = 0;
	for (;;) {
		const lease = await request.cluster.get(ref);
		const renewed = String((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(lease, "spec", "renewTime") ?? "");
		if (watched?.renewed !== renewed) watched = {
			renewed,
			since: clock.monotonic()
		};
		const leaseMs = durationOf(lease);
		const stale = clock.monotonic() - watched.since >= leaseMs;
		const dead = stale || isOfEnded(lease, request);
		if (dead && isHeld$1(lease)) request.log.warn(`The lock of ${app} is ${stale ? "stale" : "of a run that ended"}; taking it from ${holderOf(lease)}`);
		if (lease === void 0 || !isHeld$1(lease) || dead) {
			const token = await claim(request, ref, lease);
			if (token !== void 0) return holdLock(request, ref, token);
			lostClaims += 1;
			if (lostClaims === 1) continue;
		} else lostClaims = 0;
		if (clock.monotonic() + lookEveryMs$4 > giveUpAt) throw taken(app, lease, clock);
		await clock.sleep(lookEveryMs$4, request.signal);
	}
}
/** A lease says itself how long it lasts: its holder renews it accordingly. */
function durationOf(lease) {
	const seconds = Number((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(lease, "spec", "leaseDurationSeconds"));
	return seconds > 0 ? seconds * 1e3 : usualLeaseMs;
}
function isHeld$1(lease) {
	return holderOf(lease) !== "";
}
function isOfEnded(lease, { endedProcess }) {
	return endedProcess !== void 0 && lease?.metadata.annotations?.[processAnnotation] === endedProcess;
}
function holderOf(lease) {
	return String((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(lease, "spec", "holderIdentity") ?? "");
}
function transitionsOf(lease) {
	return Number((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(lease, "spec", "leaseTransitions") ?? 0);
}
/**
* A Lease that somebody deleted begins anew, but its number must not: the objects carry the one before. Where the journal
* is gone as well, as after an app was handed back, copies of its configuration may still stand, since pods read them.
*/
async function tokenBefore(request) {
	const { cluster, namespace, app, versionSecrets = [] } = request;
	const journal = await cluster.get(journalRef(namespace, app));
	if (journal !== void 0) return tokenOf(journal) ?? 0;
	const place = {
		app,
		namespace
	};
	const tokens = [...await copyTokens(cluster, {
		kind: "ConfigMap",
		...place
	}), ...versionSecrets.length > 0 ? await copyTokens(cluster, {
		kind: "Secret",
		...place
	}) : []];
	return Math.max(0, ...tokens);
}
/** Writes ourselves in; undefined when another run was faster. */
async function claim(request, ref, lease) {
	const token = 1 + (lease === void 0 ? await tokenBefore(request) : transitionsOf(lease));
	const annotations = {
		[claimAnnotation]: (0,node_crypto__WEBPACK_IMPORTED_MODULE_4__.randomUUID)(),
		...request.process === void 0 ? {} : { [processAnnotation]: request.process }
	};
	const now = microTime(request.clock);
	const spec = {
		holderIdentity: request.identity,
		leaseDurationSeconds: Math.ceil((request.leaseMs ?? usualLeaseMs) / 1e3),
		acquireTime: now,
		renewTime: now,
		leaseTransitions: token
	};
	try {
		if (lease === void 0) {
			const labels = ourLabels(request.app);
			const metadata = {
				name: ref.name,
				namespace: ref.namespace,
				labels,
				annotations
			};
			await request.cluster.create({
				apiVersion: ref.apiVersion,
				kind: ref.kind,
				metadata,
				spec
			});
		} else await request.cluster.patch(ref, [
			{
				op: "test",
				path: "/metadata/resourceVersion",
				value: lease.metadata.resourceVersion
			},
			{
				op: "replace",
				path: "/spec",
				value: spec
			},
			{
				op: "add",
				path: "/metadata/annotations",
				value: annotations
			}
		]);
		return token;
	} catch (thrown) {
		if (!(thrown instanceof _base_mjs__WEBPACK_IMPORTED_MODULE_0__.y) || thrown.code !== "Conflict") throw thrown;
		return (await request.cluster.get(ref))?.metadata.annotations?.[claimAnnotation] === annotations[claimAnnotation] ? token : void 0;
	}
}
function holdLock(request, ref, token) {
	const { clock, log } = request;
	const lost = new AbortController();
	const ended = new AbortController();
	const renewEveryMs = (request.leaseMs ?? usualLeaseMs) / renewalsPerLease;
	const renew = async () => {
		while (!ended.signal.aborted) {
			await clock.sleep(renewEveryMs, ended.signal).catch(() => void 0);
			if (ended.signal.aborted) return;
			await request.cluster.patch(ref, [{
				op: "test",
				path: "/spec/leaseTransitions",
				value: token
			}, {
				op: "replace",
				path: "/spec/renewTime",
				value: microTime(clock)
			}]).catch(async (thrown) => {
				if (thrown instanceof _base_mjs__WEBPACK_IMPORTED_MODULE_0__.y && thrown.code === "Conflict" && await isTaken()) lost.abort(takenOver(request.app));
				else log.warn(`The lock of ${request.app} could not be renewed: ${(0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.b)(thrown)}`);
			}).catch((thrown) => log.warn(`The lock of ${request.app}: ${(0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.b)(thrown)}`));
		}
	};
	const isTaken = async () => {
		const lease = await request.cluster.get(ref);
		return lease !== void 0 && transitionsOf(lease) !== token;
	};
	renew().catch((thrown) => log.warn(`The heartbeat of the lock ended: ${(0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.b)(thrown)}`));
	return {
		token,
		lost: lost.signal,
		async release() {
			ended.abort();
			await request.cluster.patch(ref, [{
				op: "test",
				path: "/spec/leaseTransitions",
				value: token
			}, {
				op: "remove",
				path: "/spec/holderIdentity"
			}]).catch((thrown) => log.warn(`The lock of ${request.app} could not be given back: ${(0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.b)(thrown)}`));
		}
	};
}
/** `MicroTime` of Kubernetes wants six digits. */
function microTime(clock) {
	return (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.C)(clock.now()).replace("Z", "000Z");
}
function taken(app, lease, clock) {
	if (!isHeld$1(lease)) return new _base_mjs__WEBPACK_IMPORTED_MODULE_0__.y("Conflict", `The lock of ${app} is free, and yet cannot be taken`, { remedy: "Other runs take it each time, or the API server refuses it with 409. Run the same command again." });
	const since = Date.parse(String((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(lease, "spec", "acquireTime")));
	const age = Number.isNaN(since) ? "an unknown time" : (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.g)(Math.max(0, clock.now() - since));
	return new _base_mjs__WEBPACK_IMPORTED_MODULE_0__.y("Conflict", `${app} is being released by ${holderOf(lease)}, for ${age}`, { remedy: `Wait for it, or let this run wait with \`lock-timeout\`. A lock whose holder died is taken over after ${(0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.g)(durationOf(lease))} without a sign of life.` });
}
function takenOver(app) {
	return new _base_mjs__WEBPACK_IMPORTED_MODULE_0__.y("Superseded", `Another run took over the release of ${app}`, { remedy: "Nothing needs to be done: the other run goes on from the journal." });
}

// src/release/journal/under-lock.ts
/** Does something under the lock of the app, and gives the lock back whatever comes of it. Waits for it as the request says. */
async function underLock(request, act) {
	const timeoutMs = request.lockTimeoutMs;
	const lock = await takeLock({
		...request,
		timeoutMs,
		identity: identityOf(request)
	});
	try {
		return await act(lock);
	} finally {
		await lock.release();
	}
}
/** Who we are, for whoever finds the lock taken. */
function identityOf({ run: facts }) {
	const where = facts.runId === "" ? `${facts.actor || "somebody"} at a terminal` : `${facts.repository} run ${facts.runId}/${facts.runAttempt}`;
	return facts.commit === "" ? where : `${where} commit ${facts.commit.slice(0, 12)}`;
}

// src/release/plain-result.ts
/** A result of a run that released nothing: it only looked, or was refused. `more` is what it knows beyond that. */
function plainResult({ outcome, verdict, reason }, more = {}) {
	return {
		outcome,
		verdict,
		reason,
		release: null,
		steps: [],
		gates: [],
		marks: [],
		warnings: [],
		failure: null,
		activeSlot: null,
		previousRevision: 0,
		...more
	};
}

// src/release/preflight/find-routes.ts
const gatewayGroup = "gateway.networking.k8s.io";
const apiVersion = `${gatewayGroup}/v1`;
/** Every HTTPRoute of the namespace that sends to the app, as it stands in the cluster; none without the Gateway API. */
async function findRoutes(cluster, namespace, names) {
	return (await cluster.list({
		apiVersion,
		kind: "HTTPRoute"
	}, { namespace }).catch(noneIfUnknown)).filter((route) => readRules(route, names).length > 0).map(({ metadata }) => metadata.name);
}
/** A cluster whose API has no such kind answers 404. */
function noneIfUnknown(thrown) {
	if (thrown instanceof _base_mjs__WEBPACK_IMPORTED_MODULE_0__.y && thrown.code === "NotFound") return [];
	throw thrown;
}
/**
* Whether the cluster serves the Gateway API at all. Everybody may ask that, also who may not list routes. It is asked
* for a kind that every version of the API brings along and that we do not know by heart.
*/
function hasGatewayApi(cluster) {
	return cluster.supports({
		apiVersion,
		kind: "GatewayClass"
	});
}

// src/release/preflight/needs.ts
const autoscaling = "autoscaling";
/** Everything that any release, rollback and status does in the namespace of the app. */
const always = () => [
	{
		group: "",
		resource: "configmaps",
		verbs: [
			"create",
			"delete",
			"get",
			"list",
			"patch"
		]
	},
	{
		group: "",
		resource: "events",
		verbs: ["list"]
	},
	{
		group: "",
		resource: "pods",
		verbs: [
			"get",
			"list",
			"watch"
		]
	},
	{
		group: "",
		resource: "pods/log",
		verbs: ["get"]
	},
	{
		group: "",
		resource: "pods/portforward",
		verbs: ["create", "get"]
	},
	{
		group: "",
		resource: "services",
		verbs: [
			"create",
			"delete",
			"get",
			"patch"
		]
	},
	{
		group: "apps",
		resource: "controllerrevisions",
		verbs: [
			"create",
			"delete",
			"get",
			"list"
		]
	},
	{
		group: "apps",
		resource: "deployments",
		verbs: [
			"create",
			"delete",
			"get",
			"list",
			"patch",
			"watch"
		]
	},
	{
		group: "coordination.k8s.io",
		resource: "leases",
		verbs: [
			"create",
			"get",
			"patch"
		]
	},
	{
		group: "discovery.k8s.io",
		resource: "endpointslices",
		verbs: ["list", "watch"]
	}
];
const steeredRoutes = ({ mode }) => mode === "gateway" ? [{
	group: gatewayGroup,
	resource: "httproutes",
	verbs: [
		"get",
		"list",
		"patch"
	]
}] : [];
/** That an app has no route must be known: where one is overlooked, its traffic would move in the wrong way. */
const routesLookedFor = ({ mode, looksForRoutes }) => mode === "service" && looksForRoutes ? [{
	group: gatewayGroup,
	resource: "httproutes",
	verbs: ["list"],
	why: "Without `list httproutes` nobody can tell whether a route leads to the app; with `traffic: service` it is not asked for."
}] : [];
/** Who stands in front of the Service is found among the Ingresses: where to probe, and whom the switch would hurt. */
const ingressesLookedAt = ({ mode }) => mode === "service" ? [{
	group: "networking.k8s.io",
	resource: "ingresses",
	verbs: ["list"]
}] : [];
const ingressesOpened = ({ opensIngresses }) => opensIngresses ? [{
	group: "networking.k8s.io",
	resource: "ingresses",
	verbs: [
		"create",
		"delete",
		"get"
	]
}] : [];
/** Only a release whose manifests bring the routes along creates them, and deletes them when it fails. */
const routesOfManifests = ({ bringsRoutes }) => bringsRoutes ? [{
	group: gatewayGroup,
	resource: "httproutes",
	verbs: ["create", "delete"]
}] : [];
/** Copies of Secrets are made, marked and collected; those that only the cluster has are read. */
const namedSecrets = ({ versionsSecrets }) => versionsSecrets ? [{
	group: "",
	resource: "secrets",
	verbs: [
		"create",
		"delete",
		"get",
		"list",
		"patch"
	]
}] : [];
/** Its pod is found, followed and reached with what every release may do. */
const proberInCluster = ({ probesInCluster }) => probesInCluster ? [{
	group: "batch",
	resource: "jobs",
	verbs: ["create", "delete"]
}] : [];
/** Whether there are any has to be known in any case: an autoscaler that is not seen works against the release. */
const companions = () => [{
	group: autoscaling,
	resource: "horizontalpodautoscalers",
	verbs: ["list"]
}, {
	group: "policy",
	resource: "poddisruptionbudgets",
	verbs: ["list"]
}];
const steeredAutoscalers = ({ autoscales }) => autoscales ? [{
	group: autoscaling,
	resource: "horizontalpodautoscalers",
	verbs: [
		"create",
		"delete",
		"get",
		"patch"
	]
}] : [];
const steeredBudgets = ({ budgets }) => budgets ? [{
	group: "policy",
	resource: "poddisruptionbudgets",
	verbs: [
		"create",
		"delete",
		"get",
		"patch"
	]
}] : [];
/** Taking over what runs: its ReplicaSet and pods get a label, and every Service of the namespace is looked at. */
const adoption = ({ adopts, ejects }) => adopts || ejects ? [
	{
		group: "",
		resource: "pods",
		verbs: ["patch"]
	},
	{
		group: "",
		resource: "services",
		verbs: ["list"]
	},
	{
		group: "apps",
		resource: "replicasets",
		verbs: [
			"get",
			"list",
			"patch",
			"watch"
		]
	}
] : [];
/** Handing back leaves nothing of ours behind, not even the journal and the lock. */
const handingBack = ({ ejects }) => ejects ? [{
	group: "",
	resource: "configmaps",
	verbs: ["delete", "list"]
}, {
	group: "coordination.k8s.io",
	resource: "leases",
	verbs: ["delete"]
}] : [];
/** Server-side apply is a patch, and a create as well where the object is not there yet. */
const otherObjects = ({ others }) => others.map((kind) => ({
	...kind,
	verbs: ["create", "patch"]
}));
/** Whether two versions can both have a volume is read from its claim. */
const claimsOfPods = ({ mountsClaims }) => mountsClaims ? [{
	group: "",
	resource: "persistentvolumeclaims",
	verbs: ["get"]
}] : [];
/** Without these a release is refused. A new need is a function above and a word here. */
const needs = [
	always,
	steeredRoutes,
	routesLookedFor,
	ingressesLookedAt,
	ingressesOpened,
	routesOfManifests,
	adoption,
	handingBack,
	namedSecrets,
	proberInCluster,
	companions,
	steeredAutoscalers,
	steeredBudgets,
	otherObjects,
	claimsOfPods
];
/** What a namespace has room for; without it, a warning says that nobody has looked. */
const capacity = () => [{
	group: "",
	resource: "limitranges",
	verbs: ["list"]
}, {
	group: "",
	resource: "resourcequotas",
	verbs: ["list"]
}];
/** Without these a release goes on, and knows less. */
const wishes = [capacity];

// src/release/preflight/permissions.ts
/** What a release needs, as a function of what it will do: one rule for each kind, in a settled order. */
function permissionsFor(facts) {
	return merge$1(needs.flatMap((need) => need(facts)));
}
/** The same, with what a release would like to know beside: the Role that is printed. */
function roleFor(facts) {
	return merge$1([...needs, ...wishes].flatMap((need) => need(facts)));
}
function merge$1(rules) {
	const merged = /* @__PURE__ */ new Map();
	for (const rule of rules) {
		const key = keyOf(rule);
		const verbs = /* @__PURE__ */ new Set([...merged.get(key)?.verbs ?? [], ...rule.verbs]);
		merged.set(key, {
			...rule,
			verbs: [...verbs].sort()
		});
	}
	return [...merged.values()].sort((a, b) => keyOf(a) < keyOf(b) ? -1 : 1);
}
/** The app's own namespace comes first. */
function keyOf({ namespace, group, resource }) {
	return [
		namespace === void 0 ? "0" : `1 ${namespace}`,
		group,
		resource
	].join(" ");
}
/** Asks for every permission at once; throws `Denied` with all that are missing, and the Role that has them. */
async function requirePermissions(cluster, namespace, facts) {
	const rules = permissionsFor(facts);
	const questions = rules.flatMap((rule) => rule.verbs.map((verb) => questionOf(rule, verb, namespace)));
	const answers = await Promise.all(questions.map((question) => cluster.allowed(question)));
	const missing = questions.filter((_question, index) => answers[index] === false);
	if (missing.length === 0) return;
	const reasons = rules.filter(({ group, resource }) => missing.some((one) => one.group === group && one.resource === resource)).flatMap(({ why }) => why ?? []);
	throw new _base_mjs__WEBPACK_IMPORTED_MODULE_0__.y("Denied", `The credentials may not: ${missing.map((question) => inWords$4(question, namespace)).join(", ")} (in namespace ${namespace})`, {
		remedy: ["Nothing was touched. Give them the Role below.", ...reasons].join(" "),
		evidence: renderRole(namespace, roleFor(facts)).trimEnd().split("\n")
	});
}
function inWords$4({ verb, resource, subresource, namespace }, home) {
	const what = `${verb} ${resource}${subresource ? `/${subresource}` : ""}`;
	if (namespace === home) return what;
	return namespace === "" ? `${what} of the cluster` : `${what} in ${namespace}`;
}
function questionOf(rule, verb, home) {
	const { group, resource, namespace = home } = rule;
	const [plural = "", subresource] = resource.split("/");
	return {
		verb,
		group,
		resource: plural,
		namespace,
		...subresource === void 0 ? {} : { subresource }
	};
}
/**
* A Role with exactly these rules, as YAML; a further one for each other namespace, and a ClusterRole, where it takes
* them. Wishes come behind, apart: what works without them too.
*/
function renderRole(namespace, rules, wishes = []) {
	const beyond = beyondRules(merge$1(wishes), rules);
	const places = [...new Set([...rules, ...beyond].map((rule) => rule.namespace ?? namespace))];
	const of = (all, place) => all.filter((rule) => (rule.namespace ?? namespace) === place);
	return places.map((place) => renderOne(place, of(rules, place), of(beyond, place))).join("---\n");
}
/** The wishes that the rules do not grant already. */
function beyondRules(wishes, rules) {
	return wishes.flatMap((wish) => {
		const granted = rules.find((rule) => keyOf(rule) === keyOf(wish))?.verbs ?? [];
		const verbs = wish.verbs.filter((verb) => !granted.includes(verb));
		return verbs.length === 0 ? [] : [{
			...wish,
			verbs
		}];
	});
}
function renderOne(place, rules, wishes) {
	const lineOf = ({ group, resource, verbs }) => `  - { apiGroups: ["${group}"], resources: [${resource}], verbs: [${verbs.join(", ")}] }`;
	const comment = "  # Only `mode: plan` looks at these; without them it says what it could not see.";
	const lines = [...rules.map(lineOf), ...wishes.length === 0 ? [] : [comment, ...wishes.map(lineOf)]];
	return [
		"apiVersion: rbac.authorization.k8s.io/v1",
		`kind: ${place === "" ? "ClusterRole" : "Role"}`,
		`metadata: { name: streamgate${place === "" ? "" : `, namespace: ${place}`} }`,
		"rules:",
		...lines,
		""
	].join("\n");
}

// src/release/engine.ts
function createLedger(clock, onward) {
	const records = [];
	const begun = /* @__PURE__ */ new Map();
	return {
		records,
		listener: {
			plan: (steps) => onward.plan(steps),
			begin(step) {
				begun.set(step.id, {
					wall: clock.now(),
					monotonic: clock.monotonic()
				});
				onward.begin(step);
			},
			end(step, outcome, detail) {
				const start = begun.get(step.id);
				const record = {
					id: step.id,
					title: step.title,
					outcome,
					startedAt: start === void 0 ? null : (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.C)(start.wall),
					durationMs: start === void 0 ? 0 : clock.monotonic() - start.monotonic,
					detail
				};
				const index = records.findIndex(({ id }) => id === step.id);
				if (index < 0) records.push(record);
				else records[index] = record;
				onward.end(step, outcome, detail);
			}
		}
	};
}
/** Does the steps in order. A step that the journal calls done is not done again. Throws what the step threw. */
async function runSteps(steps, unbound, listener, deadline) {
	for (const step of steps) {
		const release = boundTo(unbound, deadline);
		const journaled = release.journal.release.steps.find(({ id }) => id === step.id);
		if (journaled?.state === "done" && !step.everyRun) {
			listener.end(step, "skipped", "done by an earlier run");
			continue;
		}
		listener.begin(step);
		try {
			const detail = await runStep(step, release, deadline, journaled?.before);
			listener.end(step, "done", detail);
		} catch (thrown) {
			listener.end(step, "failed", thrown instanceof Error ? thrown.message : String(thrown));
			throw thrown;
		}
	}
	await unbound.journal.save();
}
/** Every call to the cluster ends with the deadline; the journal alone outlives it, so that the way back is written. */
function boundTo(release, deadline) {
	return {
		...release,
		cluster: release.cluster.with(deadline.signal)
	};
}
async function runStep(step, release, deadline, known) {
	const { journal } = release;
	const before = known ?? await step.before?.(release) ?? null;
	await announce(journal, {
		id: step.id,
		state: "doing",
		before
	});
	const acted = await step.act(release, deadline);
	const proof = await step.verify?.(release, deadline) ?? "";
	journal.updateRelease({ steps: withStep(journal.release, {
		id: step.id,
		state: "done",
		before
	}).steps });
	return [acted, proof].filter((text) => text !== "").join("; ");
}
async function announce(journal, step) {
	const { steps } = journal.release;
	journal.updateRelease({ steps: withStep(journal.release, step).steps });
	try {
		await journal.save();
	} catch (thrown) {
		if (thrown instanceof _base_mjs__WEBPACK_IMPORTED_MODULE_0__.y && thrown.code === "Refused") journal.updateRelease({ steps });
		throw thrown;
	}
}
/** How long one list of steps may take to be undone: traffic goes back by one, and everything else by another. */
const undoBudgetMs = 12e4;
/** How long the whole way back of a release may take. */
const wayBackMs = 2 * undoBudgetMs;
/**
* Reverses every begun step, last one first. Works from the journal alone, so any run can do it for any other.
* Goes on when a step cannot be undone, and throws the first such error at the end: as much as possible is put back.
* Only a run that was overtaken ends at once, with `Superseded`: nothing is its own to put back any more.
*/
async function undoSteps(steps, unbound, listener) {
	const { journal, clock, log, cluster } = unbound;
	const deadline = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.m)(clock, undoBudgetMs, "The way back", void 0, () => cluster.absentMs());
	journal.updateRelease({ phase: "undoing" });
	await journal.save();
	let firstError;
	for (const journaled of [...journal.release.steps].reverse()) {
		const step = steps.find(({ id }) => id === journaled.id);
		if (step?.undo === void 0 || journaled.state === "undone" && !step.everyRun) continue;
		const release = boundTo(unbound, deadline);
		listener.begin(step);
		try {
			await step.undo(release, journaled.before, deadline);
			journal.updateRelease({ steps: withStep(journal.release, {
				...journaled,
				state: "undone"
			}).steps });
			await journal.save();
			listener.end(step, "undone", "put back");
		} catch (thrown) {
			if (thrown instanceof _base_mjs__WEBPACK_IMPORTED_MODULE_0__.y && thrown.code === "Superseded") {
				listener.end(step, "failed", thrown.message);
				deadline.clear();
				throw thrown;
			}
			firstError ??= thrown;
			const message = thrown instanceof Error ? thrown.message : String(thrown);
			log.error(`${step.title}: could not be undone: ${message}`);
			listener.end(step, "failed", `could not be undone: ${message}`);
		}
	}
	deadline.clear();
	if (firstError !== void 0) throw firstError;
}

// src/release/journal/journal-handle.ts
/** The journal of one run: changed in memory, and written whole whenever a step asks for it. */
function holdJournal(cluster, journal, release) {
	let current = {
		...journal,
		release
	};
	let running = release;
	return {
		get current() {
			return current;
		},
		get release() {
			return running;
		},
		update(change) {
			current = {
				...current,
				...change
			};
		},
		updateRelease(change) {
			running = {
				...running,
				...change
			};
			current = {
				...current,
				release: running
			};
		},
		save: () => saveJournal(cluster, current)
	};
}

// src/release/proof/pod-trouble.ts
/** Reasons for which a container waits and that more patience will not mend, with what to do. */
const hopeless = {
	ErrImagePull: "Check the name and tag of the image, and that the cluster may pull it (imagePullSecrets).",
	ImagePullBackOff: "Check the name and tag of the image, and that the cluster may pull it (imagePullSecrets).",
	InvalidImageName: "Correct the name of the image.",
	ErrImageNeverPull: "The image is not on the node and its pull policy is Never.",
	CreateContainerConfigError: "A ConfigMap or Secret that the container names is missing or lacks the key.",
	CreateContainerError: "The container cannot be created: see the events of the pod.",
	RunContainerError: "The container cannot be started: check its command.",
	CrashLoopBackOff: "The program ends by itself: see its last log lines below."
};
/** How often a container may start again before it counts as crashing. */
const toleratedRestarts = 2;
/** What is wrong with a pod that waiting will not mend; undefined while there is hope. */
function troubleOf(pod) {
	if (pod.metadata.deletionTimestamp !== void 0) return void 0;
	for (const status of containerStatuses(pod)) {
		const trouble = containerTrouble(pod, status);
		if (trouble !== void 0) return trouble;
	}
}
/** How a container of a pod that was ready came to its end; undefined when none has. One end is enough. */
function endOf(pod) {
	if (pod.metadata.deletionTimestamp !== void 0) return void 0;
	for (const status of statusesIn(pod, "containerStatuses")) {
		const ended = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(status, "state", "terminated") ?? (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(status, "lastState", "terminated");
		if (ended === void 0) continue;
		const subject = subjectOf(pod, status);
		if ((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(ended, "reason") === "OOMKilled") return outOfMemory(subject);
		return {
			message: `${subject} has ended (exit code ${String((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(ended, "exitCode") ?? "unknown")})`,
			remedy: hopeless.CrashLoopBackOff ?? ""
		};
	}
}
/** How many ends the containers of a pod had so far, those included that were not followed by a new start yet. */
function countEnds(pod) {
	return statusesIn(pod, "containerStatuses").reduce((sum, status) => {
		const isOver = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(status, "state", "terminated") !== void 0;
		return sum + Number((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(status, "restartCount") ?? 0) + (isOver ? 1 : 0);
	}, 0);
}
function outOfMemory(subject) {
	return {
		message: `${subject} was killed for using more memory than its limit (OOMKilled)`,
		remedy: "Raise its memory limit."
	};
}
function subjectOf(pod, status) {
	return `Container ${String((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(status, "name"))} of pod ${pod.metadata.name}`;
}
function containerStatuses(pod) {
	return ["initContainerStatuses", "containerStatuses"].flatMap((field) => statusesIn(pod, field));
}
function statusesIn(pod, field) {
	const statuses = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(pod, "status", field);
	return Array.isArray(statuses) ? statuses : [];
}
function containerTrouble(pod, status) {
	const subject = subjectOf(pod, status);
	const reason = String((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(status, "state", "waiting", "reason") ?? "");
	const remedy = hopeless[reason];
	if (remedy !== void 0) {
		const said = String((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(status, "state", "waiting", "message") ?? "");
		return {
			message: `${subject} cannot run (${reason})${said === "" ? "" : `: ${said}`}`,
			remedy
		};
	}
	const ended = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(status, "lastState", "terminated") ?? (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(status, "state", "terminated");
	const restarts = Number((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(status, "restartCount") ?? 0);
	if ((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(ended, "reason") === "OOMKilled") return outOfMemory(subject);
	if (restarts > toleratedRestarts) return {
		message: `${subject} ended ${restarts} times (exit code ${String((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(ended, "exitCode") ?? "unknown")})`,
		remedy: hopeless.CrashLoopBackOff ?? ""
	};
}

// src/release/proof/wait.ts
const done = (detail = "") => ({
	state: "done",
	detail
});
const pending = (seen) => ({
	state: "pending",
	seen
});
/** Checks again at least this often, for answers that depend on time. */
const tickMs = 500;
/** Follows some collections until the check is done or failed; a deadline's error says what was last seen. */
async function waitFor(options) {
	const { clock, deadline, what } = options;
	const stop = new AbortController();
	const cluster = options.cluster.with(deadline.signal);
	const names = Object.keys(options.queries);
	const seen = /* @__PURE__ */ new Map();
	let wake = () => {};
	let last = "nothing yet";
	try {
		for (const name of names) seen.set(name, await listOnce(cluster, options.queries[name]));
		for (const name of names) follow(cluster, options.queries[name], seen.get(name), () => wake(), stop.signal);
		for (;;) {
			const changed = new Promise((resolve) => {
				wake = resolve;
			});
			const state = Object.fromEntries(names.map((name) => [name, [...seen.get(name)?.values() ?? []]]));
			const progress = await options.check(state);
			if (progress.state === "failed") throw progress.error;
			if (progress.state === "done") return progress.detail;
			last = progress.seen;
			await Promise.race([changed, tick(clock, stop.signal, deadline.signal)]);
			if (deadline.signal.aborted) throw deadline.signal.reason;
		}
	} catch (thrown) {
		throw withLastSeen(thrown, what, last);
	} finally {
		stop.abort();
	}
}
async function listOnce(cluster, { kind, options }) {
	const objects = await cluster.list(kind, options);
	return new Map(objects.map((object) => [object.metadata.name, object]));
}
function follow(cluster, { kind, options }, objects, onChange, signal) {
	const onEvent = ({ type, object }) => {
		if (type === "DELETED") objects?.delete(object.metadata.name);
		else objects?.set(object.metadata.name, object);
		onChange();
	};
	const known = [...objects?.values() ?? []];
	cluster.watch(kind, options, onEvent, signal, known).catch(() => void 0);
}
async function tick(clock, ...signals) {
	await clock.sleep(tickMs, AbortSignal.any(signals)).catch(() => void 0);
}
function withLastSeen(thrown, what, last) {
	if (!(thrown instanceof _base_mjs__WEBPACK_IMPORTED_MODULE_0__.y) || thrown.code !== "Timeout") return thrown;
	return new _base_mjs__WEBPACK_IMPORTED_MODULE_0__.y("Timeout", `${thrown.message} while waiting for ${what}; last seen: ${last}`, {
		cause: thrown,
		remedy: thrown.remedy,
		evidence: thrown.evidence
	});
}

// src/release/proof/rollout-status.ts
/**
* Whether a Deployment runs exactly its wanted pods, all of the newest template, all available.
* Stricter than `kubectl rollout status`: no pod of an older template may be left, not even a terminating one, since a
* check of the candidate must not meet it.
*/
function rolloutProgress(deployment, all) {
	const pods = all.filter((pod) => !["Failed", "Succeeded"].includes(String((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(pod, "status", "phase"))));
	if (deployment === void 0) return pending("the Deployment is not there");
	const wanted = Number((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(deployment, "spec", "replicas") ?? 1);
	const status = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(deployment, "status");
	const count = (field) => Number((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(status, field) ?? 0);
	if (count("observedGeneration") < (deployment.metadata.generation ?? 0)) return pending("the controller has not seen the change yet");
	const trouble = pods.flatMap((pod) => troubleOf(pod) ?? [])[0];
	if (trouble !== void 0) return {
		state: "failed",
		error: new _base_mjs__WEBPACK_IMPORTED_MODULE_0__.y("Failed", trouble.message, { remedy: trouble.remedy })
	};
	const late = conditionOf(deployment, "Progressing");
	if ((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(late, "reason") === "ProgressDeadlineExceeded") {
		const message = `Deployment ${deployment.metadata.name} made no progress: ${String((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(late, "message"))}`;
		return {
			state: "failed",
			error: new _base_mjs__WEBPACK_IMPORTED_MODULE_0__.y("Failed", message, { remedy: "See the events and logs below." })
		};
	}
	const seen = `${count("availableReplicas")} of ${wanted} pods available, ${count("updatedReplicas")} updated, ${pods.length} there`;
	return count("updatedReplicas") === wanted && count("availableReplicas") === wanted && count("replicas") === wanted && pods.length === wanted && pods.every(isReady) ? done(`${wanted} of ${wanted} pods available`) : pending(seen);
}
function isReady(pod) {
	return pod.metadata.deletionTimestamp === void 0 && (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(conditionOf(pod, "Ready"), "status") === "True";
}
function conditionOf(object, type) {
	const conditions = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(object, "status", "conditions");
	return Array.isArray(conditions) ? conditions.find((condition) => (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(condition, "type") === type) : void 0;
}

// src/release/proof/capture.ts
const eventKind = {
	apiVersion: "v1",
	kind: "Event"
};
const logLines = 15;
const podsShown = 3;
const nothingCaptured = {
	events: [],
	logs: []
};
/**
* What a person will want to see of a candidate that failed, taken before anything is cleaned up.
* Events first: a pod that never ran has no log. Never throws: a missing line must not stop the way back.
*/
async function capturePods(cluster, pods) {
	const events = [];
	const logs = [];
	const troubled = [...pods].sort((a, b) => Number(isReady(a)) - Number(isReady(b))).slice(0, podsShown);
	for (const pod of troubled) {
		events.push(...await eventsOf(cluster, pod).catch((thrown) => [`events of ${pod.metadata.name}: ${(0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.b)(thrown)}`]));
		logs.push(...await logOf(cluster, pod));
	}
	return {
		events,
		logs
	};
}
async function eventsOf(cluster, pod) {
	const { namespace = "", name } = pod.metadata;
	const fieldSelector = `involvedObject.name=${name}`;
	return (await cluster.list(eventKind, {
		namespace,
		fieldSelector
	})).slice(-12).map((event) => `event ${name}: ${String((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(event, "reason"))}: ${String((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(event, "message")).split("\n")[0]}`);
}
async function logOf(cluster, pod) {
	const { namespace = "", name } = pod.metadata;
	const ref = {
		apiVersion: "v1",
		kind: "Pod",
		namespace,
		name
	};
	const statuses = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(pod, "status", "containerStatuses");
	const restarted = Array.isArray(statuses) && statuses.some((status) => Number((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(status, "restartCount")) > 0);
	const read = (previous) => cluster.podLogs(ref, {
		tailLines: logLines,
		previous
	}).catch(() => "");
	return ((restarted ? await read(true) : "") || await read(false)).split("\n").filter((line) => line !== "").map((line) => `log ${name}: ${line.slice(0, 300)}`);
}

// src/release/proof/guard.ts
/** A failure counts when the candidate gave it, or when nobody did: then the switch itself lost the request. */
function createGuard(witness, clock, tolerance) {
	const controller = new AbortController();
	let stopListening;
	let failures = 0;
	let silent = false;
	return {
		signal: controller.signal,
		metSilence: () => silent,
		arm() {
			if (witness === null || stopListening !== void 0) return;
			const armedAt = clock.monotonic();
			stopListening = witness.onSighting((sighting) => {
				if (sighting.ok || sighting.ownSide || sighting.role === "stable" || sighting.sentAt < armedAt) return;
				failures += 1;
				if (failures <= tolerance || controller.signal.aborted) return;
				silent = sighting.role !== "candidate";
				controller.abort(tooMany(sighting.quote, failures, tolerance));
			});
		},
		disarm() {
			stopListening?.();
			stopListening = void 0;
		}
	};
}
function tooMany(quote, failures, tolerance) {
	const allowed = tolerance === 0 ? "none is tolerated" : `${tolerance} are tolerated`;
	return new _base_mjs__WEBPACK_IMPORTED_MODULE_0__.y("Failed", `Real traffic met a failure: ${quote} (failure ${failures}; ${allowed})`, { remedy: "The traffic went back to the stable version. Look at the logs of the candidate below." });
}

// src/release/proof/rollback-budget.ts
/**
* How long it took until callers met the older version alone, held against what somebody counts on. It changes nothing
* any more: the traffic is back.
*/
function judgeReturn({ startedAt, takenMs, budgetMs }) {
	const ok = takenMs <= budgetMs;
	const [taken, budget] = [(0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.g)(takenMs), (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.g)(budgetMs)];
	return {
		gate: "rollback-budget",
		verdict: ok ? "pass" : "fail",
		reason: ok ? `The traffic was back after ${taken}, within the budget of ${budget}` : `The traffic was back after ${taken}, over the budget of ${budget}`,
		observations: [{
			name: "time until the traffic was back",
			ok,
			seen: taken,
			wanted: `at most ${budget}`,
			durationMs: takenMs
		}],
		startedAt: (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.C)(startedAt),
		durationMs: takenMs
	};
}

// src/release/proof/sides.ts
/**
* Whether answers can be told apart: no name is of both sides, and one of them has a name at all. One is enough, since
* an answer without it is not of that side.
*/
function tellsApart({ stable, candidate }) {
	return stable.length + candidate.length > 0 && !candidate.some((version) => stable.includes(version));
}
/** The side whose name an answer carries; `unknown` when it carries none, or one that is of neither or of both. */
function roleOf(versions, version) {
	if (version === null || !tellsApart(versions)) return "unknown";
	if (versions.candidate.includes(version)) return "candidate";
	return versions.stable.includes(version) ? "stable" : "unknown";
}
/** The role in which answers of a side are seen: those of one that has no name are `unknown`. */
function seenAs(versions, side) {
	return tellsApart(versions) && versions[side].length > 0 ? side : "unknown";
}
/** Whether each side has a name of its own. */
function bothNamed(versions) {
	return tellsApart(versions) && versions.stable.length > 0 && versions.candidate.length > 0;
}
/** Whether a row of answers of one side has none of the other: without a name of its side, one may be of somebody else. */
function tellsSurely(versions) {
	return tellsApart(versions) && (versions.isShared !== true || bothNamed(versions));
}

// src/release/proof/unseen.ts
/**
* How long a gateway is given to follow its route when answers do not show it: its word that it accepted the route comes
* before its proxies do so, and most are done within a second.
*/
const followWithinMs = 5e3;
/**
* Comes before pods go that traffic was just taken from: what cannot be seen to have moved is given time to move. So it
* is when nobody watches, and when the answers of both versions look the same.
*/
async function letGatewayFollow({ witness, versions, clock }, signal) {
	if (witness === null || !tellsSurely(versions.current)) await clock.sleep(followWithinMs, signal);
}

// src/release/proof/what-befell.ts
/** The kubelet looks at its containers each second, and tells after that: an answer that breaks off is known before. */
const newsMs = 2500;
const lookEveryMs$3 = 250;
/** Whether a gate met pods that gave no answer at all, as those do whose program has ended. */
function metSilence({ observations }) {
	return observations.some(({ unanswered }) => unanswered === true);
}
/** The first container of these pods that has ended by itself; undefined when there is none. */
async function whatBefell({ clock }, { listPods, patient, since = [] }) {
	const before = new Map(since.map((pod) => [pod.metadata.name, countEnds(pod)]));
	const until = clock.monotonic() + (patient ? newsMs : 0);
	for (;;) {
		const [end] = (await listPods()).filter((pod) => countEnds(pod) > (before.get(pod.metadata.name) ?? 0)).flatMap((pod) => endOf(pod) ?? []);
		if (end !== void 0 || clock.monotonic() >= until) return end;
		await clock.sleep(lookEveryMs$3);
	}
}
/** What a caller met, and why: a broken connection says nothing of a memory limit. */
function explainBy(error, end) {
	const isVerdict = error.code === "Failed" || error.code === "Timeout";
	if (end === void 0 || !isVerdict || error.message.includes(end.message)) return error;
	const { remedy, evidence } = error;
	return new _base_mjs__WEBPACK_IMPORTED_MODULE_0__.y(error.code, `${error.message}. ${end.message}`, {
		remedy: [end.remedy, remedy ?? ""].join(" ").trim(),
		evidence,
		cause: error
	});
}

// src/release/recorder.ts
function createRecorder(clock, log) {
	const gates = [];
	const marks = [];
	const warnings = [];
	const notes = [];
	return {
		gates,
		marks,
		warnings,
		notes,
		gate: (result) => gates.push(result),
		mark: (label) => marks.push({
			at: (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.C)(clock.now()),
			label
		}),
		warn(message) {
			warnings.push(message);
			log.warn(message);
		},
		note: (text) => notes.push(text)
	};
}

// src/release/slots/pods.ts
const podKind = {
	apiVersion: "v1",
	kind: "Pod"
};
const sliceKind = {
	apiVersion: "discovery.k8s.io/v1",
	kind: "EndpointSlice"
};
const deploymentKind$1 = {
	apiVersion: "apps/v1",
	kind: "Deployment"
};
function deploymentQuery(names, slot) {
	const { namespace, name } = deploymentRef(names, slot);
	return {
		kind: deploymentKind$1,
		options: {
			namespace,
			fieldSelector: `metadata.name=${name}`
		}
	};
}
/**
* The pods of a slot, by the selector of its own Deployment. With none there, by that of the workload that it would be
* made of; without either, none: the label of the slot alone stands on pods of other apps as well.
*/
async function podQuery(cluster, names, slot, workload) {
	const deployment = await cluster.get(deploymentRef(names, slot));
	const given = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(workload, "spec", "selector") ?? { matchLabels: { ["streamgate.io/app"]: names.app } };
	const selector = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(deployment, "spec", "selector") ?? given;
	const labelSelector = `${selectorText(withoutSlot$1(selector))},${slotLabel}=${slot}`;
	return {
		kind: podKind,
		options: {
			namespace: names.namespace,
			labelSelector
		}
	};
}
function withoutSlot$1(selector) {
	const labels = Object.entries((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(selector, "matchLabels") ?? {}).filter(([key]) => key !== slotLabel);
	return {
		matchLabels: Object.fromEntries(labels),
		matchExpressions: (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(selector, "matchExpressions")
	};
}
function sliceQuery(names, service) {
	return {
		kind: sliceKind,
		options: {
			namespace: names.namespace,
			labelSelector: `kubernetes.io/service-name=${service}`
		}
	};
}
async function listPods(cluster, names, slot) {
	const { kind, options } = await podQuery(cluster, names, slot);
	return cluster.list(kind, options);
}
/** A pod as checks meet it: by a port-forward of its own, past every Service. */
function directPod(cluster, { namespace }, { metadata: { name } }) {
	return {
		name,
		connect: (port) => cluster.portForward({
			...podKind,
			namespace,
			name
		}, port)
	};
}

// src/release/steps/moving.ts
/**
* Steps that take traffic from one version to the other, whatever moves it. Until all that was begun of them is undone,
* callers may still be on the candidate. A new step that moves traffic is a word here.
*/
const movingSteps = [
	"split-route",
	"shift-weights",
	"return-route",
	"move-entry",
	"switch-entry",
	"return-entry"
];
/** Id of a step that has begun to move traffic and is not undone; undefined when there is none. */
function begunMove({ steps }) {
	return steps.find(({ id, state }) => movingSteps.includes(id) && state !== "undone")?.id;
}

// src/release/session.ts
function openSession(options) {
	const { request, journal, release, desired, replicas, lock, steps, watch } = options;
	const { cluster, clock, log } = request;
	const { names } = journal;
	const record = createRecorder(clock, log);
	const guard = createGuard(options.guarded ? watch?.witness ?? null : null, clock, request.tolerance);
	const stop = AbortSignal.any([
		request.signal,
		guard.signal,
		lock.lost
	]);
	const handle = holdJournal(cluster, journal, release);
	return {
		request,
		steps,
		record,
		wasWarm: journal.previous?.warm ?? false,
		ledger: createLedger(clock, request.listener),
		deadline: (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.m)(clock, request.budgetMs, limitOf$1(release), stop, () => cluster.absentMs()),
		release: {
			cluster,
			lasting: cluster,
			clock,
			log,
			get names() {
				return handle.current.names;
			},
			token: lock.token,
			candidate: release.candidate.slot,
			stable: release.stable?.slot ?? null,
			desired,
			replicas,
			router: routerOf(names),
			settings: request.settings,
			gates: request.gates,
			baseline: options.guarded ? watch?.baseline ?? null : null,
			traffic: watch?.traffic ?? null,
			witness: watch?.witness ?? null,
			identify: request.identify,
			versions: { current: {
				stable: [],
				candidate: []
			} },
			companions: { seen: void 0 },
			guard,
			journal: handle,
			recorder: record
		}
	};
}
function limitOf$1({ strategy }) {
	if (strategy !== "blue-green") return "The release";
	return {
		what: "The release",
		remedy: "Look which step took that long. Where a release needs it, raise `deploy-budget`."
	};
}
function run(session, steps) {
	return runSteps(steps, session.release, session.ledger.listener, session.deadline);
}
/** What a person reads is not to hold the way back up for longer. */
const lookWithinMs$1 = 3e4;
/** Puts everything back, keeping what a person will want to see; then says how the run ended. */
async function abort(session, thrown) {
	const { release } = session;
	let error = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.x)(thrown);
	if (error.code === "Superseded") return overtaken(session, error);
	release.guard.disarm();
	const verdict = verdictOf(session, error);
	let captured = nothingCaptured;
	try {
		await putBack(session, async () => {
			const limit = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.m)(release.clock, lookWithinMs$1, "The look at the candidate");
			const cluster = release.cluster.with(limit.signal);
			const pods = () => listPods(cluster, release.names, release.candidate);
			error = explainBy(error, await findEnd(session, pods).catch(() => void 0));
			captured = await pods().then((found) => capturePods(cluster, found)).catch(() => captured);
			limit.clear();
		});
	} catch (undoError) {
		const failed = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.x)(undoError);
		if (failed.code === "Superseded") return overtaken(session, failed);
		const message = `${error.message}. And the way back is not complete: ${failed.message}`;
		const remedy = `Run \`streamgate rollback ${release.names.app}\` to go on with it. ${failed.remedy ?? ""}`.trim();
		return finish(session, "Inconclusive", "fail", message, failureOf(new _base_mjs__WEBPACK_IMPORTED_MODULE_0__.y("Failed", message, {
			cause: undoError,
			remedy
		}), captured));
	}
	warnOfColdReturn(session);
	return finish(session, "Aborted", verdict, error.message, failureOf(error, captured));
}
/** The end of a candidate's container explains why nobody answered. */
function findEnd({ release, record }, listPods) {
	const failed = record.gates.findLast(({ verdict }) => verdict !== "pass");
	const patient = failed !== void 0 && metSilence(failed) || release.guard.metSilence();
	return whatBefell(release, {
		listPods,
		patient
	});
}
/** Two slots have room for two versions: the candidate took that of the way back, within its window too. */
function warnOfColdReturn({ release, wasWarm }) {
	const { previous, live } = release.journal.current;
	if (!wasWarm || previous === null || previous.warm) return;
	release.recorder.warn(`The pods of revision ${previous.revision} had to go for the candidate: a rollback from revision ${live?.revision} to it starts them again first.`);
}
function overtaken(session, error) {
	return finish(session, "Superseded", "inconclusive", error.message, failureOf(error));
}
/**
* Takes traffic back first, then lets the caller look at the candidate, and only then lets the candidate go. When the
* traffic could not be taken back for certain, the candidate stays: it may be all that answers.
*/
async function putBack(session, look = async () => {}) {
	const { release, steps, ledger } = session;
	const [startedAt, began] = [release.clock.now(), release.clock.monotonic()];
	await undoSteps(steps.switchOver, release, ledger.listener);
	const begun = new Set(release.journal.release.steps.map(({ id }) => id));
	const hadBegun = steps.switchOver.some(({ id }) => begun.has(id));
	const { rollbackBudgetMs } = release.settings;
	const hadMoved = release.stable !== null && movingSteps.some((id) => begun.has(id));
	const takenMs = release.clock.monotonic() - began;
	if (hadMoved && rollbackBudgetMs !== void 0) release.recorder.gate(judgeReturn({
		startedAt,
		takenMs,
		budgetMs: rollbackBudgetMs
	}));
	await look();
	if (hadBegun) await letGatewayFollow(release);
	await undoSteps(steps.prepare, release, ledger.listener);
	await endWith(session, "aborted");
}
/** A gate that could not decide keeps its own verdict; what was cancelled or unreachable proved nothing. */
function verdictOf({ record }, error) {
	const open = record.gates.findLast(({ verdict }) => verdict !== "pass");
	if (open !== void 0) return open.verdict;
	return error.code === "Failed" || error.code === "Timeout" ? "fail" : "inconclusive";
}
function failureOf(error, { events, logs } = nothingCaptured) {
	return {
		code: error.code,
		message: error.message,
		remedy: error.remedy ?? null,
		evidence: [...error.evidence, ...events],
		...logs.length === 0 ? {} : { logs }
	};
}
async function endWith({ release }, phase) {
	release.journal.updateRelease({ phase });
	await release.journal.save();
}
function finish(session, outcome, verdict, reason, failure = null) {
	const { release, ledger, record, deadline } = session;
	deadline.clear();
	release.guard.disarm();
	const { live, previous } = release.journal.current;
	return {
		outcome,
		verdict,
		reason: [reason, ...record.notes].join("; "),
		release: factsOf(release),
		steps: ledger.records,
		gates: record.gates,
		marks: record.marks,
		warnings: record.warnings,
		failure,
		activeSlot: live?.slot ?? null,
		previousRevision: previous?.revision ?? 0
	};
}
function factsOf(release) {
	const { names, journal, desired, replicas, versions } = release;
	const { id, strategy, candidate, stable } = journal.release;
	const side = (placement, images, called) => ({
		...placement,
		images,
		versions: called,
		replicas
	});
	return {
		id,
		app: names.app,
		namespace: names.namespace,
		strategy: strategy === "rollback" ? "rollback" : "blue-green",
		mode: modeOf(names),
		candidate: side(candidate, imagesOf(desired), versions.current.candidate),
		stable: stable === null ? null : side(stable, [], versions.current.stable)
	};
}
function imagesOf(desired) {
	const containers = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(desired?.workload, "spec", "template", "spec", "containers");
	return Array.isArray(containers) ? containers.map((container) => String((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(container, "image") ?? "")) : [];
}

// src/release/desired/pod-template.ts
/** Labels of the pods that a workload makes. */
function podLabels(workload) {
	return (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.u)(workload, "spec", "template", "metadata", "labels");
}
function podSpecOf(workload) {
	return (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(workload, "spec", "template", "spec");
}
/** The workload with another spec of its pods. */
function withPodSpec(workload, podSpec) {
	const template = {
		...(0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.u)(workload, "spec", "template"),
		spec: podSpec
	};
	return {
		...workload,
		spec: {
			...(0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.u)(workload, "spec"),
			template
		}
	};
}
/** One list of containers of a pod spec, as far as they are any. */
function containersIn(podSpec, list = "containers") {
	return (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.p)(podSpec, list).filter(_base_mjs__WEBPACK_IMPORTED_MODULE_0__.f);
}
/**
* What a whole pod takes, as the scheduler and quotas count it: containers and sidecars together, or an init container
* with the sidecars that were started before it, if these take more. What its runtime class adds is not in it.
* https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/#resource-sharing-within-containers
*/
function takenByPod(podSpec, takenBy) {
	let sidecars = 0;
	let first = 0;
	for (const container of containersIn(podSpec, "initContainers")) {
		const taken = takenBy(container);
		if (container.restartPolicy === "Always") sidecars += taken;
		else first = Math.max(first, sidecars + taken);
	}
	const running = containersIn(podSpec).reduce((sum, container) => sum + takenBy(container), sidecars);
	return Math.max(running, first);
}

// src/release/slots/slot-objects.ts
/** Fields of a Service that the API server fills in or that cannot stand in two Services. */
const servedFields = [
	"clusterIP",
	"clusterIPs",
	"healthCheckNodePort",
	"externalIPs",
	"loadBalancerIP",
	"type",
	"externalTrafficPolicy",
	"allocateLoadBalancerNodePorts",
	"loadBalancerClass",
	"loadBalancerSourceRanges"
];
/** Annotations of the user's Service that also matter on a backend: how a proxy should talk to it. */
const copiedAnnotations = ["service.kubernetes.io/topology-mode", "traefik.ingress.kubernetes.io/service.serversscheme"];
/** A pod template that belongs to one slot. Every label of the user stays, so that policies and monitors go on matching. */
function slotTemplate(template, slot) {
	const labels = {
		...(0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.u)(template, "metadata", "labels"),
		[slotLabel]: slot
	};
	return {
		...template,
		metadata: {
			...(0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.u)(template, "metadata"),
			labels
		}
	};
}
/** The Deployment of a slot, made of the user's. */
function slotDeployment(workload, names, slot, replicas, token) {
	const spec = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.u)(workload, "spec");
	const matchLabels = {
		...(0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.u)(spec, "selector", "matchLabels"),
		[slotLabel]: slot
	};
	return {
		apiVersion: "apps/v1",
		kind: "Deployment",
		metadata: ourMeta(names, deploymentRef(names, slot).name, slot, token),
		spec: {
			...spec,
			replicas,
			selector: {
				...(0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.u)(spec, "selector"),
				matchLabels
			},
			template: slotTemplate((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.u)(spec, "template"), slot)
		}
	};
}
/** The Service of a slot: the user's, narrowed to the slot and reachable inside the cluster only. */
function slotService(service, names, slot, token) {
	const spec = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.u)(service, "spec");
	const kept = Object.fromEntries(Object.entries(spec).filter(([key]) => !servedFields.includes(key)));
	const given = Object.entries(service.metadata.annotations ?? {});
	const annotations = Object.fromEntries(given.filter(([key]) => copiedAnnotations.includes(key)));
	const metadata = ourMeta(names, slotServiceRef(names, slot).name, slot, token);
	return {
		apiVersion: "v1",
		kind: "Service",
		metadata: {
			...metadata,
			annotations: {
				...annotations,
				...metadata.annotations
			}
		},
		spec: {
			...kept,
			ports: portsWithoutNodePorts(spec.ports),
			selector: {
				...(0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.u)(spec, "selector"),
				[slotLabel]: slot
			}
		}
	};
}
/** A Service as the user gave it, selecting only one slot: the app's own, or one that follows it. */
function guidedService(service, slot) {
	const selector = {
		...(0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.u)(service, "spec", "selector"),
		[slotLabel]: slot
	};
	return {
		...service,
		spec: {
			...(0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.u)(service, "spec"),
			selector
		}
	};
}
function revisionObject(names, slot, revision, data, token) {
	return {
		apiVersion: "apps/v1",
		kind: "ControllerRevision",
		metadata: ourMeta(names, revisionRef(names, revision).name, slot, token),
		revision,
		data
	};
}
/** Metadata of an object that we create for one slot. */
function ourMeta(names, name, slot, token) {
	return {
		name,
		namespace: names.namespace,
		labels: {
			...ourLabels(names.app),
			[slotLabel]: slot
		},
		annotations: { [tokenAnnotation]: String(token) }
	};
}
function portsWithoutNodePorts(ports) {
	if (!Array.isArray(ports)) return ports;
	return ports.map((port) => (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.f)(port) ? Object.fromEntries(Object.entries(port).filter(([key]) => key !== "nodePort")) : port);
}

// src/release/slots/slot-autoscaler.ts
const autoscalerKind = {
	apiVersion: "autoscaling/v2",
	kind: "HorizontalPodAutoscaler"
};
/** On an autoscaler whose limits a release holds: what they were, and what they are held at. */
const limitsAnnotation = "streamgate.io/limits";
function autoscalerRef(names, slot) {
	return {
		...autoscalerKind,
		namespace: names.namespace,
		name: `${names.app}-${slot}`
	};
}
/** Name of the Deployment that an autoscaler moves; undefined when it moves something else. */
function targetOf(autoscaler) {
	const target = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(autoscaler, "spec", "scaleTargetRef");
	const name = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(target, "name");
	return (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(target, "kind") === "Deployment" && typeof name === "string" ? name : void 0;
}
function isOfApp({ metadata: { labels } }, app) {
	return labels?.["app.kubernetes.io/managed-by"] === "streamgate" && labels["streamgate.io/app"] === app;
}
/** The autoscaler of one slot: the user's, led to that slot, and held at `size` as its floor. */
function slotAutoscaler(model, names, slot, size, token) {
	const given = givenLimits(model);
	const held = heldAt(given, size);
	const metadata = ourMeta(names, autoscalerRef(names, slot).name, slot, token);
	return {
		...autoscalerKind,
		metadata: {
			...metadata,
			annotations: {
				...metadata.annotations,
				...noteOf({
					given,
					held
				})
			}
		},
		spec: {
			...(0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.u)(model, "spec"),
			scaleTargetRef: leadTo(names, slot),
			minReplicas: held.min,
			maxReplicas: held.max
		}
	};
}
function leadTo(names, slot) {
	const { apiVersion, kind, name } = deploymentRef(names, slot);
	return {
		apiVersion,
		kind,
		name
	};
}
/** Its limits as the user gave them, also while a release holds them higher. */
function givenLimits(autoscaler) {
	return heldLimits(autoscaler)?.given ?? standingLimits(autoscaler);
}
/** Whether a release holds its limits higher than they were given. */
function isHeld(autoscaler) {
	const held = heldLimits(autoscaler);
	return held !== void 0 && held.given.min !== standingLimits(autoscaler).min;
}
/** Operations after which it never goes below `size`; none when it does not anyway. Only ever raises. */
function raiseLimits(autoscaler, size) {
	const standing = standingLimits(autoscaler);
	const held = heldAt(standing, size);
	if (held.min === standing.min && held.max === standing.max) return [];
	return [
		...replaceField(autoscaler, ["spec", "minReplicas"], held.min),
		...replaceField(autoscaler, ["spec", "maxReplicas"], held.max),
		...replaceField(autoscaler, [
			"metadata",
			"annotations",
			limitsAnnotation
		], noteOf({
			given: givenLimits(autoscaler),
			held
		})[limitsAnnotation])
	];
}
/** Operations that give the limits back. One that somebody else has changed meanwhile stays as that person wants it. */
function restoreLimits(autoscaler) {
	const note = heldLimits(autoscaler);
	if (note === void 0) return [];
	const { given, held } = note;
	const standing = standingLimits(autoscaler);
	return [
		...standing.min === held.min ? replaceField(autoscaler, ["spec", "minReplicas"], given.min) : [],
		...standing.max === held.max ? replaceField(autoscaler, ["spec", "maxReplicas"], given.max) : [],
		...forgetLimits(autoscaler)
	];
}
/** Operations that take the note of held limits away, once they are given back. */
function forgetLimits(autoscaler) {
	return removeField(autoscaler, [
		"metadata",
		"annotations",
		limitsAnnotation
	]);
}
/** Operations that bring the note of another one over. */
function noteLimits(autoscaler, { metadata }) {
	return replaceField(autoscaler, [
		"metadata",
		"annotations",
		limitsAnnotation
	], metadata.annotations?.[limitsAnnotation]);
}
/** Whether its metrics ask for fewer pods than the floor allows: it would shrink as soon as the floor falls. */
function leansOnFloor(autoscaler) {
	const limited = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.p)(autoscaler, "status", "conditions").find((condition) => (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(condition, "type") === "ScalingLimited");
	return (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(limited, "status") === "True" && (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(limited, "reason") === "TooFewReplicas";
}
function standingLimits(autoscaler) {
	const min = Number((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(autoscaler, "spec", "minReplicas") ?? 1);
	return {
		min,
		max: Number((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(autoscaler, "spec", "maxReplicas") ?? min)
	};
}
function heldAt({ min, max }, size) {
	return {
		min: Math.max(min, size),
		max: Math.max(max, size)
	};
}
/** `2-10 held at 4-10` */
function noteOf({ given, held }) {
	return { [limitsAnnotation]: `${given.min}-${given.max} held at ${held.min}-${held.max}` };
}
function heldLimits({ metadata }) {
	const match = /^(\d+)-(\d+) held at (\d+)-(\d+)$/.exec(metadata.annotations?.["streamgate.io/limits"] ?? "");
	if (match === null) return void 0;
	const [min, max, heldMin, heldMax] = match.slice(1).map(Number);
	return {
		given: {
			min: min ?? 1,
			max: max ?? 1
		},
		held: {
			min: heldMin ?? 1,
			max: heldMax ?? 1
		}
	};
}

// src/release/slots/autoscalers.ts
/** `workload` is the name of the user's Deployment; an autoscaler of a person that names anything else is not looked at. */
async function findAutoscalers(cluster, names, workload) {
	return sortAutoscalers(await listIfAllowed(cluster, autoscalerKind, names.namespace), names, workload);
}
/** The same of those that were listed already. */
function sortAutoscalers(all, names, workload) {
	const ours = (slot) => all.find((object) => isOfApp(object, names.app) && object.metadata.name === autoscalerRef(names, slot).name);
	const theirs = all.filter((object) => !isOfApp(object, names.app) && ownerOf(object) === void 0);
	const onSlot = ["blue", "green"].flatMap((slot) => {
		const target = deploymentRef(names, slot).name;
		const object = theirs.find((one) => targetOf(one) === target && (target === workload || tokenOf(one) !== void 0));
		return object === void 0 ? [] : [{
			slot,
			object
		}];
	})[0];
	const unled = theirs.find((one) => workload !== void 0 && targetOf(one) === workload && one !== onSlot?.object);
	return {
		ofSlot: {
			blue: ours("blue"),
			green: ours("green")
		},
		onSlot,
		unled
	};
}
/** The KEDA object that made an autoscaler and would undo what a release does to it; undefined for all others. */
function ownerOf({ metadata }) {
	return metadata.ownerReferences?.find(({ kind }) => kind === "ScaledObject")?.name ?? metadata.labels?.["scaledobject.keda.sh/name"];
}
/** What may not be read is not there: a way back must not fail for want of a permission that it hardly needs. */
async function listIfAllowed(cluster, kind, namespace) {
	try {
		return await cluster.list(kind, { namespace });
	} catch (thrown) {
		if (thrown instanceof _base_mjs__WEBPACK_IMPORTED_MODULE_0__.y && thrown.code === "Denied") return [];
		throw thrown;
	}
}
/** A slot that serves nobody has no autoscaler: its size is what we write, and nobody else writes it. */
async function freeSlot(cluster, names, slot, token) {
	const { ofSlot } = await findAutoscalers(cluster, names, void 0);
	if (ofSlot[slot] !== void 0) await deleteOurs(cluster, autoscalerRef(names, slot), token);
}
/** Lets the pods of a slot go. Its autoscaler goes first, or it would bring them back. */
async function emptySlot(cluster, names, slot, token) {
	await freeSlot(cluster, names, slot, token);
	await scaleTo(cluster, deploymentRef(names, slot), 0, token);
}

// src/release/slots/slot-budget.ts
const budgetKind = {
	apiVersion: "policy/v1",
	kind: "PodDisruptionBudget"
};
/** Name of the second budget that a release makes for its candidate. */
function slotBudgetRef(names, budget, slot) {
	return {
		...budgetKind,
		namespace: names.namespace,
		name: `${budget}-${slot}`
	};
}
/** The budget of one side while two stand: the user's, for the pods of one slot. */
function slotBudget(budget, names, slot, token) {
	const { name } = slotBudgetRef(names, budget.metadata.name, slot);
	return {
		...budgetKind,
		metadata: ourMeta(names, name, slot, token),
		spec: narrowedSpec(budget.spec, slot)
	};
}
/** The user's budget as it stands under its own name: for the pods of the slot that serves. */
function narrowed(budget, slot) {
	return {
		...budget,
		spec: narrowedSpec(budget.spec, slot)
	};
}
/** What a budget asks for, of the pods of one slot alone. */
function narrowedSpec(spec, slot) {
	const matchLabels = {
		...(0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.u)(spec, "selector", "matchLabels"),
		[slotLabel]: slot
	};
	return {
		...(0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.u)(spec),
		selector: {
			...(0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.u)(spec, "selector"),
			matchLabels
		}
	};
}
/** Slot that a budget is for; undefined when it takes the pods of both. */
function slotOf(budget) {
	const slot = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(budget, "spec", "selector", "matchLabels", slotLabel);
	return typeof slot === "string" ? slot : void 0;
}
/** Whether a budget counts pods with these labels, whatever their slot. One with an empty selector takes every pod. */
function coversLabels(budget, labels) {
	const selector = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(budget, "spec", "selector");
	if (!(0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.f)(selector)) return false;
	const given = Object.entries(selector.matchLabels ?? {}).filter(([key]) => key !== slotLabel);
	const expressions = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.p)(selector.matchExpressions);
	return given.every(([key, value]) => labels[key] === value) && expressions.every((expression) => holds(expression, labels));
}
/** One of `matchExpressions`; an operator that we do not know holds for nothing. */
function holds(expression, labels) {
	const value = labels[String((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(expression, "key"))];
	const listed = value !== void 0 && (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.p)(expression, "values").includes(value);
	switch ((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(expression, "operator")) {
		case "In": return listed;
		case "NotIn": return !listed;
		case "Exists": return value !== void 0;
		case "DoesNotExist": return value === void 0;
		default: return false;
	}
}

// src/release/adoption/let-go.ts
/**
* A Deployment that was taken over selects the pods of both slots and has a name that its owner may apply again. Once
* its pods are gone it goes as well, and the slot gets a Deployment of its own with the next version. The name is
* written down after the deletion: a run that dies in between finds nothing under the old one, and goes on.
* Answers what it did in a few words; undefined when the slot was never taken over.
*/
async function letAdoptedGo({ cluster, names, token, journal }, slot) {
	const ref = deploymentRef(names, slot);
	const own = slotNames(names.app)[slot];
	const deployment = await cluster.get(ref);
	const adopted = deployment !== void 0 && isAdopted(deployment);
	if (adopted) await deleteOurs(cluster, ref, token);
	if (!adopted && ref.name === own) return void 0;
	journal.update({ names: {
		...names,
		deployments: {
			...names.deployments,
			[slot]: own
		}
	} });
	return `${ref.name}, which was taken over, is gone, and the slot is ${own} from now on`;
}

// src/release/desired/config-refs.ts
/** Every reference of a workload's pod template to a ConfigMap or Secret: variables, whole maps and volumes. */
function configRefs(workload) {
	const refs = [];
	renameConfig(workload, (ref) => {
		refs.push(ref);
		return ref.name;
	});
	return refs;
}
/** The workload with other names in those places, and nothing else changed. */
function renameConfig(workload, rename) {
	const podSpec = podSpecOf(workload);
	if (!(0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.f)(podSpec)) return workload;
	let renamed = changeList(podSpec, "volumes", (volume) => renameVolume(volume, rename));
	for (const list of [
		"initContainers",
		"containers",
		"ephemeralContainers"
	]) renamed = changeList(renamed, list, (container) => renameContainer(container, rename));
	return withPodSpec(workload, renamed);
}
function renameContainer(container, rename) {
	const inContainer = `of container ${String(container.name)}`;
	return changeList(changeList(container, "envFrom", (source) => {
		const where = `envFrom ${inContainer}`;
		return changeRef(changeRef(source, "configMapRef", {
			kind: "ConfigMap",
			where
		}, rename), "secretRef", {
			kind: "Secret",
			where
		}, rename);
	}), "env", (variable) => {
		if (!(0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.f)(variable.valueFrom)) return variable;
		const where = `variable ${String(variable.name)} ${inContainer}`;
		const maps = changeRef(variable.valueFrom, "configMapKeyRef", {
			kind: "ConfigMap",
			where
		}, rename);
		return {
			...variable,
			valueFrom: changeRef(maps, "secretKeyRef", {
				kind: "Secret",
				where
			}, rename)
		};
	});
}
function renameVolume(volume, rename) {
	const where = `volume ${String(volume.name)}`;
	const both = changeRef(changeRef(volume, "configMap", {
		kind: "ConfigMap",
		where
	}, rename), "secret", {
		kind: "Secret",
		where,
		nameIn: "secretName"
	}, rename);
	if (!(0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.f)(both.projected)) return both;
	const projected = changeList(both.projected, "sources", (source) => {
		return changeRef(changeRef(source, "configMap", {
			kind: "ConfigMap",
			where
		}, rename), "secret", {
			kind: "Secret",
			where
		}, rename);
	});
	return {
		...both,
		projected
	};
}
function changeRef(owner, field, place, rename) {
	const { kind, where, nameIn = "name" } = place;
	const ref = owner[field];
	if (!(0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.f)(ref)) return owner;
	const name = ref[nameIn];
	if (typeof name !== "string" || name === "") return owner;
	const keys = (Array.isArray(ref.items) ? ref.items : [ref]).map((item) => (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(item, "key")).filter((key) => typeof key === "string");
	return {
		...owner,
		[field]: {
			...ref,
			[nameIn]: rename({
				kind,
				name,
				optional: ref.optional === true,
				keys,
				where
			})
		}
	};
}
function changeList(owner, field, change) {
	const list = owner[field];
	if (!Array.isArray(list)) return owner;
	return {
		...owner,
		[field]: list.map((item) => (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.f)(item) ? change(item) : item)
	};
}

// src/release/slots/config-in-use.ts
/** Keys of the ConfigMaps and Secrets that a Deployment reads. */
function namedConfig(workload) {
	return workload === void 0 ? [] : configRefs(workload).map(configKey);
}
/** What the live pods read: those of the live slot, and of a Deployment that has the name of the manifests' one. */
async function configInUse(cluster, names, live, workload) {
	const refs = [{
		...refOf(workload),
		namespace: names.namespace
	}];
	const all = live === null ? refs : [...refs, deploymentRef(names, live)];
	const standing = await Promise.all(all.map((ref) => cluster.get(ref)));
	return new Set(standing.filter((deployment) => (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(deployment, "spec", "replicas") !== 0).flatMap(namedConfig));
}
function isIn$1(keys, object) {
	return isConfigKind(object.kind) && keys.has(keyOf$1(object));
}
/** Whether an apply would change the content. A Secret is not read for that: the server compares it. */
async function wouldChange(cluster, object) {
	const ref = refOf(object);
	if (object.kind !== "Secret") {
		const standing = await cluster.get(ref);
		return standing !== void 0 && !(0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.l)(contentOf(standing), contentOf(object));
	}
	try {
		const { data } = contentOf(object);
		await cluster.patch(ref, [{
			op: "test",
			path: "/data",
			value: data
		}], { dryRun: true });
		return false;
	} catch (thrown) {
		if (!(thrown instanceof _base_mjs__WEBPACK_IMPORTED_MODULE_0__.y)) throw thrown;
		if (thrown.code === "NotFound") return false;
		if (thrown.code === "Conflict") return true;
		throw thrown;
	}
}

// src/release/proof/endpoints.ts
/** Pods that the slices of a Service offer as ready, by port name: what a proxy may send to. */
function readyEndpoints(slices) {
	const names = /* @__PURE__ */ new Set();
	for (const slice of slices) {
		const endpoints = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(slice, "endpoints");
		if (!Array.isArray(endpoints)) continue;
		for (const endpoint of endpoints) {
			if ((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(endpoint, "conditions", "ready") === false) continue;
			const pod = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(endpoint, "targetRef", "name");
			if (typeof pod === "string") names.add(pod);
		}
	}
	return names;
}
/** Which of the named ports the slices offer, in each family of addresses: `IPv4 http`. */
function offeredPorts(slices, names) {
	const ports = slices.filter((slice) => readyEndpoints([slice]).size > 0).flatMap((slice) => portsOf$1(slice));
	return new Set(ports.filter((port) => names.includes(port.slice(port.indexOf(" ") + 1))));
}
/** Whether a Service offers exactly the ready ones of these pods, on each of the ports that it is to have. */
function endpointsProgress(slices, pods, ports = /* @__PURE__ */ new Set()) {
	for (const port of ports) {
		const progress = setProgress(slices.filter((slice) => portsOf$1(slice).includes(port)), pods);
		if (progress.state === "pending") return pending(`port ${port}: ${progress.seen}`);
	}
	return setProgress(slices, pods);
}
function portsOf$1(slice) {
	const ports = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(slice, "ports");
	return (Array.isArray(ports) ? ports.map((port) => String((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(port, "name") ?? "")) : []).map((name) => `${String((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(slice, "addressType") ?? "IPv4")} ${name}`);
}
function setProgress(slices, pods) {
	const wanted = new Set(pods.filter(isReady).map(({ metadata }) => metadata.name));
	if (wanted.size === 0) return pending("no pod is ready");
	const filled = slices.filter((slice) => (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(slice, "endpoints") !== null);
	if (filled.length === 0) return pending("the Service has no EndpointSlice yet");
	const offered = readyEndpoints(filled);
	const missing = [...wanted].filter((name) => !offered.has(name));
	const foreign = [...offered].filter((name) => !wanted.has(name));
	if (missing.length === 0 && foreign.length === 0) return done(`${offered.size} endpoints`);
	const parts = [...missing.length > 0 ? [`not offered yet: ${missing.join(", ")}`] : [], ...foreign.length > 0 ? [`still offered: ${foreign.join(", ")}`] : []];
	return pending(parts.join("; "));
}

// src/release/proof/hold.ts
const lookEveryMs$2 = 1e3;
/**
* Does some work, and meanwhile looks whether what was set still stands. Somebody who sets it back, as a GitOps sync
* does, ends the work with a `Conflict` that names them: setting it again would only begin a fight.
*/
async function whileHeld(release, held, deadline, work) {
	const stop = new AbortController();
	const ended = new AbortController();
	const signal = AbortSignal.any([deadline.signal, stop.signal]);
	const watching = watch(release, held, AbortSignal.any([signal, ended.signal])).catch((thrown) => {
		if (!ended.signal.aborted && isVerdict(thrown)) stop.abort(thrown);
	});
	try {
		return await work(endedBy(stop.signal, deadline));
	} catch (thrown) {
		throw stop.signal.aborted ? stop.signal.reason : thrown;
	} finally {
		ended.abort();
		await watching;
	}
}
/** The same deadline, and those within it, which the signal ends as well. */
function endedBy(signal, deadline) {
	return {
		...deadline,
		signal: AbortSignal.any([deadline.signal, signal]),
		within: (ms, what) => endedBy(signal, deadline.within(ms, what))
	};
}
/** A look that failed says nothing; the work has its own errors. */
function isVerdict(thrown) {
	return thrown instanceof _base_mjs__WEBPACK_IMPORTED_MODULE_0__.y && (thrown.code === "Conflict" || thrown.code === "Superseded");
}
async function watch(release, held, signal) {
	const cluster = release.cluster.with(signal);
	for (;;) {
		await release.clock.sleep(lookEveryMs$2, signal);
		await requireHeld({
			...release,
			cluster
		}, held);
	}
}
/** Throws `Conflict` when what was set stands there no more, `Superseded` when a newer release has changed it. */
async function requireHeld(release, { target, selected }) {
	const { cluster, names, router, token } = release;
	const changed = [];
	if (target !== void 0 && names.routes.length > 0 && !(0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.l)(await router.target(cluster), target)) {
		const routes = await Promise.all(names.routes.map((name) => cluster.get(routeRef(names, name))));
		changed.push(...routes.filter((route) => route !== void 0));
	}
	if (selected !== void 0) {
		const standing = (await Promise.all(guidedServices(names).map((name) => cluster.get(serviceRef(names, name))))).filter((service) => service !== void 0);
		changed.push(...standing.filter((service) => (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(service, "spec", "selector", slotLabel) !== selected));
	}
	const newer = changed.find((object) => (tokenOf(object) ?? 0) > token);
	if (newer !== void 0) await stampToken(cluster, refOf(newer), token);
	const [first] = changed;
	if (first === void 0) return;
	throw new _base_mjs__WEBPACK_IMPORTED_MODULE_0__.y("Conflict", `${describeRef(refOf(first))} was set back in the middle of the release, by ${writersOf(first)}`, { remedy: "Nobody else may steer it while a release goes on: tell the tool to leave these fields alone (docs/gitops.md), then run the same command again." });
}
/** Who else wrote the spec, the last one first, by the object's own record. */
function writersOf({ metadata }) {
	const [last] = (Array.isArray(metadata.managedFields) ? metadata.managedFields : []).filter((entry) => (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(entry, "manager") !== "streamgate" && (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(entry, "fieldsV1", "f:spec") !== void 0).sort((a, b) => String((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(b, "time")).localeCompare(String((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(a, "time"))));
	return last === void 0 ? "somebody who left no name" : String((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(last, "manager"));
}

// src/release/slots/service-ports.ts
/** Operations that give a Service the ports of another; none when it has them. */
function portOperations(object, wanted) {
	const ports = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(wanted, "spec", "ports");
	if (!Array.isArray(ports) || hasPorts(object, ports)) return [];
	return replaceField(object, ["spec", "ports"], ports);
}
/** Ports are compared by what was given: the server has filled in the rest. */
function hasPorts(object, ports) {
	const standing = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(object, "spec", "ports");
	return Array.isArray(standing) && ports.length === standing.length && ports.every((port, index) => Object.entries(port).every(([key, value]) => (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.l)((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(standing, index, key), value)));
}
/** Names of a Service's ports; one that has no name is empty. */
function portNames(service) {
	return (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.p)(service, "spec", "ports").map((port) => String((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(port, "name") ?? ""));
}
function portNumbers(service) {
	return (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.p)(service, "spec", "ports").map((port) => Number((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(port, "port")));
}

// src/release/steps/require-desired.ts
/** What is to be released. A step that only puts things back never asks for it. */
function requireDesired({ desired, names }) {
	if (desired !== void 0) return desired;
	throw new _base_mjs__WEBPACK_IMPORTED_MODULE_0__.y("Internal", `A release of ${names.app} was continued without anything to release`);
}

// src/release/steps/entry.ts
const offeredWithinMs = 6e4;
/** The Services that select the live slot and stand in the cluster: the app's own first. */
async function standingServices({ cluster, names }) {
	return (await Promise.all(guidedServices(names).map((name) => cluster.get(serviceRef(names, name))))).filter((service) => service !== void 0);
}
/**
* Callers inside the cluster follow: the app's own Service selects the candidate, and in the same patch leads to the
* ports that this version listens on; then so does each Service that follows it. Never in one step with the weights.
*/
const moveEntry = {
	id: "move-entry",
	title: "Let the app's own Service select the candidate",
	async before(release) {
		const [entry, ...followers] = await servicesToMove(release);
		const { stable } = release;
		const images = followers.map((service) => [service.metadata.name, imageOf$1(service, stable)]);
		return {
			...imageOf$1(entry, stable),
			...images.length === 0 ? {} : { followers: Object.fromEntries(images) }
		};
	},
	async act(release) {
		const { names, candidate, recorder } = release;
		recorder.mark("entry Service");
		for (const { metadata } of await servicesToMove(release)) await selectSlot(release, metadata.name, candidate, modelOf$1(release, metadata.name));
		return `${guidedServices(names).join(", ")} select${(names.followers ?? []).length > 0 ? "" : "s"} ${candidate}`;
	},
	verify: (release, deadline) => whileHeld(release, { selected: release.candidate }, deadline, (held) => allOffer(release, release.candidate, held)),
	async undo(release, before) {
		await restoreService(release, release.names.entry, before);
		const followers = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(before, "followers");
		if (!(0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.f)(followers)) return;
		for (const [name, image] of Object.entries(followers)) await restoreService(release, name, image ?? null);
	}
};
/** Passed over, an own Service that is gone would only be missed by the callers of the route. */
async function servicesToMove(release) {
	const services = await standingServices(release);
	if (services[0]?.metadata.name === release.names.entry) return services;
	throw disappeared(entryRef(release.names));
}
/** One that names no slot was widened since the run began: the way back would wait in vain for one side to be offered alone. */
function imageOf$1(service, stable) {
	return {
		selector: {
			...stable === null ? {} : { [slotLabel]: stable },
			...(0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.u)(service, "spec", "selector")
		},
		ports: (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(service, "spec", "ports") ?? []
	};
}
async function restoreService({ cluster, names, token }, name, image) {
	await fencedPatch(cluster, serviceRef(names, name), token, (service) => [...replaceField(service, ["spec", "selector"], (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(image, "selector") ?? {}), ...replaceField(service, ["spec", "ports"], (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(image, "ports") ?? [])]);
}
/** The manifest of a Service, where there is one: it says which ports this version has. */
function modelOf$1(release, name) {
	const { service, followers } = requireDesired(release);
	return [service, ...followers].find(({ metadata }) => metadata.name === name);
}
/** A Service selects one slot from now on, and has the ports of `model`. */
async function selectSlot({ cluster, names, token }, name, slot, model) {
	await fencedPatch(cluster, serviceRef(names, name), token, (service) => {
		const selector = {
			...(0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.u)(service, "spec", "selector"),
			[slotLabel]: slot
		};
		return [...replaceField(service, ["spec", "selector"], selector), ...model === void 0 ? [] : portOperations(service, model)];
	});
}
/**
* Waits until the app's own Service offers exactly the ready pods of a slot, on every port on which the slot's own
* Service does.
*/
function entryOffers(release, slot, deadline) {
	return serviceOffers(release, release.names.entry, slot, deadline);
}
/** The same for each Service that follows it as well. */
async function allOffer(release, slot, deadline) {
	const details = [];
	const { names, cluster } = release;
	const labels = podLabels(await cluster.get(deploymentRef(names, slot)));
	for (const service of await standingServices(release)) {
		const { name } = service.metadata;
		if (name !== names.entry && !selectsLabels((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(service, "spec", "selector"), labels)) continue;
		details.push(await serviceOffers(release, name, slot, deadline));
	}
	return details[0] ?? "";
}
async function serviceOffers({ cluster, names, clock }, name, slot, deadline) {
	const ports = name === names.entry ? portNames(await cluster.get(serviceRef(names, name))) : [];
	return waitFor({
		cluster,
		clock,
		deadline: deadline.within(offeredWithinMs, `Service ${name}`),
		what: `Service ${name} to offer the pods of ${slot}`,
		queries: {
			pods: await podQuery(cluster, names, slot),
			slices: sliceQuery(names, name),
			own: sliceQuery(names, names.services[slot])
		},
		check: ({ pods, slices, own }) => endpointsProgress(slices, pods, offeredPorts(own, ports))
	});
}
/** The Services that should select the live slot, and do not name it: a forced apply of the manifest drops it. */
function withoutSlot(services) {
	return services.filter((service) => (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(service, "spec", "selector", slotLabel) === void 0);
}

// src/release/steps/pods-gone.ts
/** Waits until no pod is left of those that a query finds. `whose` is for messages: `the pods of shop-blue`. */
async function podsGone({ cluster, clock }, whose, query, deadline) {
	await waitFor({
		cluster,
		clock,
		deadline,
		what: `${whose} to go`,
		queries: { pods: query },
		check: ({ pods }) => pods.length === 0 ? done() : pending(`${pods.length} pods are left`)
	});
}

// src/release/eject/steps.ts
/** The slot that serves. */
function servingSlot({ stable }) {
	return stable ?? "blue";
}
/** What does not serve goes first: without the slot in their selectors, the Services would reach its pods. */
const dropIdle = {
	id: "drop-idle",
	title: "Delete the slot that does not serve",
	async act(release, deadline) {
		const { cluster, names, token, candidate: idle, journal } = release;
		await letGatewayFollow(release, deadline.signal);
		const ref = deploymentRef(names, idle);
		const standing = await slotDeploymentOf(cluster, names, idle);
		if (standing !== void 0) await scaleTo(cluster, ref, 0, token);
		const serving = await slotDeploymentOf(cluster, names, servingSlot(release));
		await podsGone(release, `the pods of ${ref.name}`, await podQuery(cluster, names, idle, serving), deadline);
		journal.update({ previous: null });
		if (await letAdoptedGo(release, idle) === void 0 && standing !== void 0) await deleteOurs(cluster, ref, token);
		return standing === void 0 ? "it is empty" : `${ref.name} is gone`;
	}
};
/** The Services reach the pods by their owner's labels alone. */
const plainServices = {
	id: "plain-services",
	title: "Take the slot out of each Service",
	async act(release) {
		const { cluster, names, token } = release;
		for (const { metadata } of await standingServices(release)) await fencedPatch(cluster, serviceRef(names, metadata.name), token, (service) => removeField(service, [
			"spec",
			"selector",
			slotLabel
		]));
		return guidedServices(names).join(", ");
	},
	async verify(release, deadline) {
		if (await slotDeploymentOf(release.cluster, release.names, servingSlot(release)) === void 0) return "";
		return allOffer(release, servingSlot(release), deadline);
	}
};
/** Everything that only releases need. The journal and the lock go last, when all else is gone. */
const dropRecords = {
	id: "drop-records",
	title: "Delete what only releases need",
	everyRun: true,
	async act(release) {
		const { cluster, names, token, recorder } = release;
		const { namespace, app } = names;
		for (const slot of ["blue", "green"]) await deleteOurs(cluster, slotServiceRef(names, slot), token);
		for (const name of guidedServices(names)) await unstamp(cluster, serviceRef(names, name), token);
		for (const name of names.routes) await unstamp(cluster, routeRef(names, name), token);
		const plain = await cluster.get({
			...deploymentRef(names, "blue"),
			name: plainName(release)
		});
		if (plain !== void 0) await unstamp(cluster, {
			...deploymentRef(names, "blue"),
			name: refOf(plain).name
		}, token);
		const needed = new Set(namedConfig(plain));
		await collectCopies(cluster, {
			kind: "ConfigMap",
			app,
			namespace
		}, needed, token);
		const labelSelector = `${managedByLabel}=${manager},${appLabel}=${app}`;
		const kept = (await cluster.list({
			apiVersion: "v1",
			kind: "ConfigMap"
		}, {
			namespace,
			labelSelector
		})).map(({ metadata }) => metadata.name).filter((name) => needed.has(`ConfigMap ${name}`));
		if (kept.length > 0) recorder.warn(`The pods still read ${kept.join(", ")}: delete these ConfigMaps once they do not.`);
		for (const revision of await revisionObjects(cluster, names)) await deleteOurs(cluster, revisionRef(names, Number((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(revision, "revision"))), token);
		return "slot Services, revisions and marks";
	}
};
/** What the Deployment is called once it is its owner's again. */
function plainName({ desired, names }) {
	return desired?.workload.metadata.name ?? names.workload ?? names.app;
}

// src/release/eject/plain-companions.ts
/** Autoscalers and disruption budgets that followed the slots are their owner's again. */
const plainCompanions = {
	id: "plain-companions",
	title: "Give autoscaler and budgets back",
	async act(release) {
		const autoscalers = await giveAutoscalers(release);
		const budgets = await giveBudgets(release);
		return [...autoscalers, ...budgets].join(", ") || "there are none";
	}
};
async function giveAutoscalers(release) {
	const { cluster, names, desired, token } = release;
	const { onSlot, ofSlot } = await findAutoscalers(cluster, names, desired?.workload.metadata.name);
	const given = [];
	if (onSlot !== void 0) {
		const ref = {
			...refOf({
				...onSlot.object,
				...autoscalerKind
			}),
			namespace: names.namespace
		};
		const target = {
			apiVersion: "apps/v1",
			kind: "Deployment",
			name: plainName(release)
		};
		await stampToken(cluster, ref, token);
		await fencedPatch(cluster, ref, token, (object) => [...replaceField(object, ["spec", "scaleTargetRef"], target), ...restoreLimits(object)]);
		await unstamp(cluster, ref, token);
		given.push(ref.name);
	}
	const made = [ofSlot.blue, ofSlot.green].filter((object) => object !== void 0);
	if (made.length === 0) return given;
	for (const object of made) await deleteAll(release, object);
	for (const object of desired?.autoscalers ?? []) {
		const placed = {
			...object,
			metadata: {
				...object.metadata,
				namespace: names.namespace
			}
		};
		await createOrFind(cluster, placed, refOf(placed));
		given.push(object.metadata.name);
	}
	return given;
}
/** What is given back or deleted: budgets of one slot that releases made, and those of others that they led to one. */
async function findLedBudgets(cluster, names, workload) {
	const covers = (budget) => workload === void 0 || coversLabels(budget, podLabels(workload));
	return (await listIfAllowed(cluster, budgetKind, names.namespace)).filter((budget) => isOfApp(budget, names.app) || slotOf(budget) !== void 0 && tokenOf(budget) !== void 0 && covers(budget));
}
async function giveBudgets(release) {
	const { cluster, names, desired, token } = release;
	const given = [];
	for (const budget of await findLedBudgets(cluster, names, desired?.workload)) {
		const ref = {
			...budgetKind,
			namespace: names.namespace,
			name: budget.metadata.name
		};
		if (isOfApp(budget, names.app)) {
			await deleteOurs(cluster, ref, token);
			continue;
		}
		await stampToken(cluster, ref, token);
		await fencedPatch(cluster, ref, token, (object) => removeField(object, [
			"spec",
			"selector",
			"matchLabels",
			slotLabel
		]));
		await unstamp(cluster, ref, token);
		given.push(ref.name);
	}
	return given;
}
function deleteAll({ cluster, names, token }, object) {
	return deleteOurs(cluster, {
		...autoscalerKind,
		namespace: names.namespace,
		name: object.metadata.name
	}, token);
}

// src/release/adoption/relabel.ts
const replicaSetKind = {
	apiVersion: "apps/v1",
	kind: "ReplicaSet"
};
const deploymentKind = {
	apiVersion: "apps/v1",
	kind: "Deployment"
};
const templateLabel = [
	"spec",
	"template",
	"metadata",
	"labels",
	slotLabel
];
const podLabel = [
	"metadata",
	"labels",
	slotLabel
];
/**
* Gives the pods of a running Deployment the label of a slot, or takes it away, without restarting one.
* A Deployment whose template differs from that of its ReplicaSet makes a new one and replaces all pods. So it is paused
* first, and let go on only when it has recognised its ReplicaSet again; after each change the controller has to have
* seen it, since what it decides on is its own, possibly older copy. Every part may be done twice.
*/
async function relabel(hands, { deployment, replicaSet }, marks, deadline) {
	const { cluster, token } = hands;
	const { slot, adopted } = marks;
	await stampToken(cluster, deployment, token);
	await fencedPatch(cluster, deployment, token, (object) => [...replaceField(object, ["spec", "paused"], true), ...adopted ? markOperations(object) : []]);
	await deploymentSeen(hands, deployment, deadline, () => true);
	await stampToken(cluster, replicaSet, token);
	await fencedPatch(cluster, replicaSet, token, (object) => labelOperations(object, templateLabel, slot));
	await setSeen(hands, replicaSet, deadline, () => true);
	await relabelPods(hands, replicaSet, marks);
	if (slot !== null) await setSeen(hands, replicaSet, deadline, allLabelled);
	await fencedPatch(cluster, deployment, token, (object) => labelOperations(object, templateLabel, slot));
	await deploymentSeen(hands, deployment, deadline, knowsItsPods);
	await fencedPatch(cluster, deployment, token, (object) => [...removeField(object, ["spec", "paused"]), ...adopted ? [] : unmarkOperations(object)]);
	await deploymentSeen(hands, deployment, deadline, knowsItsPods);
}
function markOperations(object) {
	return replaceField(object, [
		"metadata",
		"annotations",
		adoptedAnnotation
	], "true");
}
function unmarkOperations(object) {
	return [adoptedAnnotation, tokenAnnotation].flatMap((name) => removeField(object, [
		"metadata",
		"annotations",
		name
	]));
}
function labelOperations(object, path, slot) {
	return slot === null ? removeField(object, path) : replaceField(object, path, slot);
}
/** The pods of a ReplicaSet, by owner: others may match its selector. */
async function podsOf(cluster, set) {
	return (await cluster.list(podKind, { namespace: set.metadata.namespace ?? "" })).filter(({ metadata }) => (metadata.ownerReferences ?? []).some(({ uid, controller }) => controller && uid === set.metadata.uid));
}
async function relabelPods({ cluster, token }, setRef, marks) {
	const { slot, adopted } = marks;
	const set = await cluster.get(setRef);
	if (set === void 0) return;
	for (const pod of await podsOf(cluster, set)) {
		const ref = {
			...refOf({
				...pod,
				...podKind
			}),
			namespace: setRef.namespace
		};
		if (((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(pod, ...podLabel) ?? null) === slot && (adopted || tokenOf(pod) === void 0) || await stampToken(cluster, ref, token) === void 0) continue;
		await fencedPatch(cluster, ref, token, (object) => [...labelOperations(object, podLabel, slot), ...adopted ? [] : unmarkOperations(object)]).catch(async (thrown) => {
			if (await cluster.get(ref) !== void 0) throw thrown;
		});
	}
}
/**
* Takes off a ReplicaSet what its Deployment's controller had copied there: it never does so itself. Only of use when the
* controller has seen that the Deployment carries it no more.
*/
async function unmarkSet(hands, { deployment, replicaSet }, deadline) {
	const { cluster, token } = hands;
	const marked = (object) => object !== void 0 && unmarkOperations(object).length > 0;
	if (!marked(await cluster.get(replicaSet))) return;
	await deploymentSeen(hands, deployment, deadline, () => true);
	await stampToken(cluster, replicaSet, token);
	await fencedPatch(cluster, replicaSet, token, unmarkOperations);
}
/**
* Lets a paused Deployment take over the ReplicaSet that another one left without an owner. It is let go on only when its
* controller has recognised that ReplicaSet as its own: before that it would make one, and start every pod anew.
*/
async function handOver(hands, { deployment, replicaSet }, left, deadline) {
	const { cluster, clock, token } = hands;
	await waitFor({
		cluster,
		clock,
		deadline: deadline.within(6e4, `Deployment ${left.name}`),
		what: `Deployment ${left.name} to leave its pods behind`,
		queries: { objects: {
			kind: deploymentKind,
			options: {
				namespace: left.namespace,
				fieldSelector: `metadata.name=${left.name}`
			}
		} },
		check: ({ objects }) => objects.length === 0 ? done() : pending("it is still there")
	});
	const standing = await cluster.get(deployment);
	if (standing !== void 0 && tokenOf(standing) !== void 0) {
		await stampToken(cluster, deployment, token);
		await deploymentSeen(hands, deployment, deadline, knowsItsPods);
		await fencedPatch(cluster, deployment, token, (object) => [...removeField(object, ["spec", "paused"]), ...unmarkOperations(object)]);
	}
	await deploymentSeen(hands, deployment, deadline, knowsItsPods);
	await unmarkSet(hands, {
		deployment,
		replicaSet
	}, deadline);
}
function statusNumber(object, field) {
	return Number((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(object, "status", field) ?? 0);
}
function allLabelled(set) {
	return statusNumber(set, "fullyLabeledReplicas") >= statusNumber(set, "replicas");
}
/** Whether the controller takes all pods for those of the present template: it has recognised its ReplicaSet. */
function knowsItsPods(deployment) {
	const replicas = statusNumber(deployment, "replicas");
	return replicas > 0 && statusNumber(deployment, "updatedReplicas") === replicas;
}
const setSeen = (hands, ref, deadline, holds) => seen(hands, ref, replicaSetKind, deadline, holds);
const deploymentSeen = (hands, ref, deadline, holds) => seen(hands, ref, deploymentKind, deadline, holds);
/** Waits until a controller has seen the object as it stands now, and its status says what it should. */
async function seen({ cluster, clock }, ref, kind, deadline, holds) {
	const { generation = 0 } = (await cluster.get(ref))?.metadata ?? {};
	const options = {
		namespace: ref.namespace,
		fieldSelector: `metadata.name=${ref.name}`
	};
	await waitFor({
		cluster,
		clock,
		deadline: deadline.within(6e4, `The controller of ${ref.kind} ${ref.name}`),
		what: `${ref.kind} ${ref.name} to be taken up as it is now`,
		queries: { objects: {
			kind,
			options
		} },
		check: ({ objects: [object] }) => progressOf(object, generation, holds)
	});
}
function progressOf(object, generation, holds) {
	if (object === void 0) return pending("it is not there");
	if (statusNumber(object, "observedGeneration") < generation) return pending("its controller has not seen the change yet");
	return holds(object) ? done() : pending("its controller does not count its pods as its own yet");
}

// src/release/adoption/adopt-pods.ts
/** The ReplicaSets of a Deployment that have, or are to have, pods. */
async function liveSetsOf(cluster, deployment) {
	const { namespace = "", uid } = deployment.metadata;
	return (await cluster.list(replicaSetKind, { namespace })).filter((set) => (set.metadata.ownerReferences ?? []).some((owner) => owner.controller && owner.uid === uid) && (Number((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(set, "spec", "replicas") ?? 0) > 0 || Number((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(set, "status", "replicas") ?? 0) > 0));
}
/** What runs becomes the stable slot: same Deployment, same ReplicaSet, same pods; only the label is new. */
const adoptPods = {
	id: "adopt-pods",
	title: "Take over the pods that run",
	async before(release) {
		const ref = stableRef(release);
		const deployment = await release.cluster.get(ref);
		const sets = deployment === void 0 ? [] : await liveSetsOf(release.cluster, deployment);
		const [set] = sets;
		if (set === void 0 || sets.length > 1) throw changedMeanwhile(ref);
		const labelled = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(set, "spec", "template", "metadata", "labels", slotLabel) !== void 0;
		return {
			deployment: ref.name,
			replicaSet: set.metadata.name,
			labelled
		};
	},
	async act(release, deadline) {
		const slot = stableSlot(release);
		const before = beforeOf(release.journal.release, "adopt-pods") ?? null;
		await relabel(release, relabelled(release.names, before), {
			slot,
			adopted: true
		}, deadline);
		return `${String((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(before, "deployment"))} is slot ${slot}`;
	},
	async verify({ cluster, clock, names, stable }, deadline) {
		const slot = stable ?? "blue";
		return waitFor({
			cluster,
			clock,
			deadline: deadline.within(6e4, `Deployment ${names.deployments[slot]}`),
			what: `the pods of ${names.deployments[slot]} to carry the slot`,
			queries: {
				deployments: deploymentQuery(names, slot),
				pods: await podQuery(cluster, names, slot)
			},
			check: ({ deployments, pods }) => rolloutProgress(deployments[0], pods)
		});
	},
	async undo(release, before, deadline) {
		const objects = relabelled(release.names, before);
		const standing = await release.cluster.get(objects.deployment);
		if (standing === void 0) return;
		const slot = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(before, "labelled") === true ? stableSlot(release) : null;
		if (isAdopted(standing) || tokenOf(standing) !== void 0) await relabel(release, objects, {
			slot,
			adopted: false
		}, deadline);
		await unmarkSet(release, objects, deadline);
	}
};
function relabelled({ namespace }, before) {
	const refTo = (kind, name) => ({
		apiVersion: "apps/v1",
		kind,
		namespace,
		name: String(name)
	});
	return {
		deployment: refTo("Deployment", (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(before, "deployment")),
		replicaSet: refTo("ReplicaSet", (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(before, "replicaSet"))
	};
}
function stableSlot({ stable }) {
	return stable ?? "blue";
}
function stableRef(release) {
	return deploymentRef(release.names, stableSlot(release));
}
function changedMeanwhile(ref) {
	return new _base_mjs__WEBPACK_IMPORTED_MODULE_0__.y("Conflict", `${describeRef(ref)} was changed between the look at it and taking it over`, { remedy: "Nothing was moved. Wait until its rollout is done, then run the same command again." });
}

// src/release/eject/plain-workload.ts
/**
* The Deployment that serves under the name and with the selector that its owner gave it, and the same pods. One that was
* taken over only loses its label again. A slot's own is replaced: a plain one waits, paused, for the ReplicaSet that the
* other one leaves behind, so that there is no moment at which anything could start or stop a pod.
*/
const plainWorkload = {
	id: "plain-workload",
	title: "Give the Deployment that serves back to its owner",
	async before({ cluster, names, stable }) {
		const deployment = await slotDeploymentOf(cluster, names, stable ?? "blue");
		const [set] = deployment === void 0 ? [] : await liveSetsOf(cluster, deployment);
		return { replicaSet: set?.metadata.name ?? null };
	},
	async act(release, deadline) {
		const { cluster, names } = release;
		const before = beforeOf(release.journal.release, "plain-workload");
		const ref = deploymentRef(names, servingSlot(release));
		const set = {
			...replicaSetKind,
			namespace: names.namespace,
			name: String((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(before, "replicaSet"))
		};
		const standing = await slotDeploymentOf(cluster, names, servingSlot(release));
		const plain = {
			...ref,
			name: plainName(release)
		};
		if (standing !== void 0 && isAdopted(standing)) {
			const objects = {
				deployment: ref,
				replicaSet: set
			};
			const selects = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(await cluster.get(set), "spec", "selector", "matchLabels", slotLabel) !== void 0;
			await relabel(release, objects, {
				slot: selects ? servingSlot(release) : null,
				adopted: false
			}, deadline);
			await unmarkSet(release, objects, deadline);
			return `${ref.name}, as it was before it was taken over`;
		}
		if (plain.name === ref.name) return standing === void 0 ? `${ref.name} is as it was` : stripLabels(release, {
			deployment: ref,
			replicaSet: set
		}, deadline);
		if (standing !== void 0) {
			const wanted = plainDeployment(standing, release);
			const { object } = await createOrFind(cluster, wanted, plain);
			if (tokenOf(object) === void 0) throw inTheWay(plain);
			await stampToken(cluster, plain, release.token);
			await deleteOurs(cluster, ref, release.token, "Orphan");
		}
		if (await cluster.get(plain) === void 0) return `${plain.name} is gone`;
		await handOver(release, {
			deployment: plain,
			replicaSet: set
		}, ref, deadline);
		return `${plain.name} has the pods of ${ref.name}`;
	}
};
/** The slot's Deployment as its owner's: same pods, so also with the label that they carry. */
function plainDeployment(standing, release) {
	const { desired, token, names } = release;
	if (desired === void 0) throw new _base_mjs__WEBPACK_IMPORTED_MODULE_0__.y("Refused", `The live revision of ${names.app} is not kept: its manifests are unknown`, { remedy: "Release it once more, then hand it back." });
	const { metadata, spec } = desired.workload;
	const { name, labels, annotations } = metadata;
	const object = {
		apiVersion: "apps/v1",
		kind: "Deployment",
		metadata: {
			name,
			namespace: names.namespace,
			...labels === void 0 ? {} : { labels },
			...annotations === void 0 ? {} : { annotations }
		},
		spec: {
			...(0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.f)(standing.spec) ? standing.spec : {},
			selector: (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(spec, "selector"),
			paused: true
		}
	};
	return stamped(object, token);
}
function inTheWay(ref) {
	return new _base_mjs__WEBPACK_IMPORTED_MODULE_0__.y("Refused", `${describeRef(ref)} is there already, and StreamGate has not made it`, { remedy: `Delete it: kubectl delete deployment ${ref.name}` });
}
/** A slot's Deployment that has the name of its owner's already: it only loses what marks it as ours. */
async function stripLabels(release, objects, deadline) {
	const { cluster, token } = release;
	const ref = objects.deployment;
	await relabel(release, objects, {
		slot: servingSlot(release),
		adopted: false
	}, deadline);
	await stampToken(cluster, ref, token);
	await fencedPatch(cluster, ref, token, (object) => [
		managedByLabel,
		appLabel,
		slotLabel
	].flatMap((label) => removeField(object, [
		"metadata",
		"labels",
		label
	])));
	return `${ref.name} stays as it is, without our labels`;
}

// src/release/adoption/adopt-services.ts
/** Every Service that reaches the pods names their slot from now on, or it would reach those of the candidate as well. */
const adoptServices = {
	id: "adopt-services",
	title: "Let each Service name the slot of the pods that run",
	async before(release) {
		const services = await standingServices(release);
		return Object.fromEntries(services.map((service) => [service.metadata.name, (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.u)(service, "spec", "selector")]));
	},
	async act(release) {
		const { cluster, names, token, stable } = release;
		const before = beforeOf(release.journal.release, "adopt-services");
		const taken = Object.keys((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.f)(before) ? before : {});
		for (const name of taken) {
			await stampToken(cluster, serviceRef(names, name), token);
			await selectSlot(release, name, stable ?? "blue");
		}
		return taken.join(", ");
	},
	verify: (release, deadline) => allOffer(release, release.stable ?? "blue", deadline),
	async undo(release, before, deadline) {
		const { cluster, names, token, clock, candidate } = release;
		for (const [name, selector] of Object.entries((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.f)(before) ? before : {})) {
			const ref = serviceRef(names, name);
			if (await cluster.get(ref) === void 0) continue;
			const labelSelector = selectorText({ matchLabels: {
				...Object(selector),
				[slotLabel]: candidate
			} });
			await waitFor({
				cluster,
				clock,
				deadline: deadline.within(6e4, "The pods of the candidate"),
				what: `no pod of slot ${candidate} to be ready`,
				queries: { pods: {
					kind: podKind,
					options: {
						namespace: names.namespace,
						labelSelector
					}
				} },
				check: ({ pods }) => pods.some(isReady) ? pending(`${pods.length} pods are left`) : done()
			});
			await stampToken(cluster, ref, token);
			await fencedPatch(cluster, ref, token, (service) => replaceField(service, ["spec", "selector"], selector));
		}
	}
};

// src/release/desired/field-types.ts
/**
* Fields in which YAML's reading of a plain word is what goes wrong: `"1.0"` without its quotes is a number, `"2"` with
* them a text. The API server takes neither, and says so with the field of a Go struct, or not at all as its client's
* mistake (500 to a server-side apply, seen on kube-apiserver 1.34).
*/
function typeProblems(object) {
	const name = `${object.kind} ${object.metadata.name}`;
	const told = (places, wanted) => places.filter(([, value]) => value !== void 0 && value !== null && typeof value !== wanted).map(([where, value, hidden]) => {
		const found = hidden === void 0 ? inWords$3(value) : typeInWords(value);
		return `${name}: ${where} is ${found}, ${remedies[wanted]}`;
	});
	return [...told(textsOf(object), "string"), ...told(numbersOf(object), "number")];
}
const remedies = {
	string: "where only a text can stand: write it in quotes",
	number: "where only a number can stand: write it without quotes"
};
function typeInWords(value) {
	if (typeof value === "object") return Array.isArray(value) ? "a list" : "a map";
	return typeof value === "boolean" ? "a boolean (YAML reads yes, on, y, no, off and n so, too)" : `a ${typeof value}`;
}
function inWords$3(value) {
	const text = String(JSON.stringify(value));
	if (typeof value === "string") return `the text ${text}`;
	if (typeof value === "object") return typeInWords(value);
	const words = value === true ? "yes, on and y" : "no, off and n";
	if (typeof value === "boolean") return `the boolean ${text} (YAML reads ${words} so, too)`;
	return `the ${typeof value} ${text}`;
}
function textsOf(object) {
	const template = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(object, "spec", "template");
	return [
		...entriesOf("label", object.metadata.labels),
		...entriesOf("annotation", object.metadata.annotations),
		...object.kind === "ConfigMap" ? entriesOf("data", object.data) : [],
		...object.kind === "Secret" ? secretEntriesOf(object) : [],
		...object.kind === "Service" ? entriesOf("spec.selector", (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(object, "spec", "selector")) : [],
		...isWorkload(object) ? [
			...entriesOf("spec.selector.matchLabels", (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(object, "spec", "selector", "matchLabels")),
			...entriesOf("label of its pods", (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(template, "metadata", "labels")),
			...entriesOf("annotation of its pods", (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(template, "metadata", "annotations")),
			...entriesOf("nodeSelector", (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(template, "spec", "nodeSelector")),
			...containersOf(template).flatMap(textsOfContainer)
		] : []
	];
}
function textsOfContainer(container) {
	const of = `of container ${String(container.name)}`;
	const variables = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.p)(container.env).map((variable) => [
		`variable ${String((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(variable, "name"))} ${of}`,
		(0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(variable, "value"),
		"hidden"
	]);
	const words = ["command", "args"].flatMap((field) => (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.p)(container, field).map((word, index) => [`${field}[${index}] ${of}`, word]));
	return [
		[`image ${of}`, container.image],
		...variables,
		...words
	];
}
function numbersOf(object) {
	if (!isWorkload(object)) return [];
	const template = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(object, "spec", "template");
	const ports = containersOf(template).flatMap((container) => (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.p)(container.ports).map((port) => [`containerPort of container ${String(container.name)}`, (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(port, "containerPort")]));
	return [
		["spec.replicas", (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(object, "spec", "replicas")],
		["spec.minReadySeconds", (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(object, "spec", "minReadySeconds")],
		["terminationGracePeriodSeconds", (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(template, "spec", "terminationGracePeriodSeconds")],
		...ports
	];
}
function isWorkload({ apiVersion, kind }) {
	return apiVersion.startsWith("apps/") && [
		"Deployment",
		"StatefulSet",
		"DaemonSet",
		"ReplicaSet"
	].includes(kind);
}
function secretEntriesOf({ data, stringData }) {
	return [...entriesOf("data", data), ...entriesOf("stringData", stringData)].map(([where, value]) => [
		where,
		value,
		"hidden"
	]);
}
function entriesOf(what, map) {
	return Object.entries((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.u)(map)).map(([key, value]) => [`${what} ${key}`, value]);
}
function containersOf(template) {
	const podSpec = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(template, "spec");
	return [...containersIn(podSpec), ...containersIn(podSpec, "initContainers")];
}

// src/release/desired/other-objects.ts
/** On an object beside the app: whether it is applied before the candidate starts, or after it was promoted. */
const applyAnnotation = "streamgate.io/apply";
function sortOthers(objects, problems) {
	const others = [];
	const later = [];
	for (const object of objects) {
		const when = object.metadata.annotations?.[applyAnnotation] ?? "before";
		if (when === "after") later.push(object);
		else others.push(object);
		if (when === "before" || when === "after") continue;
		problems.push(`${object.kind} ${object.metadata.name} has annotation ${applyAnnotation}: ${String(when)}; it knows \`before\` and \`after\``);
	}
	return {
		others,
		later
	};
}
/** Kinds whose pods may be meant to serve. The pods of a Job are not, even where their labels say so. */
const servingKinds = [
	"Deployment",
	"StatefulSet",
	"DaemonSet",
	"ReplicaSet"
];
/** A Service that moves with the release must reach this one workload alone: the pods of any other would be lost to it. */
function sharedPodProblems(objects, { entry, followers }) {
	return objects.filter(({ kind }) => servingKinds.includes(kind)).flatMap((object) => {
		const labels = podLabels(object);
		return [entry, ...followers].filter((service) => service.metadata.namespace === object.metadata.namespace && selectsLabels((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(service, "spec", "selector"), labels)).map(({ metadata }) => `Service ${metadata.name} also selects the pods of ${object.kind} ${object.metadata.name}, which it would lose while it moves: give it a selector that only the released pods match`);
	});
}

// src/release/desired/part-problems.ts
/** Why the Deployment cannot be released as it stands. */
function workloadProblems(workload) {
	const name = `Deployment ${workload.metadata.name}`;
	const problems = [];
	const labels = podLabels(workload);
	const selector = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(workload, "spec", "selector");
	const unmatched = Object.entries((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(selector, "matchLabels") ?? {}).filter(([key, value]) => (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(labels, key) !== value);
	if (unmatched.length > 0) problems.push(`${name}: its selector asks for ${pairs(unmatched)}, which its pod template does not carry`);
	else if (!hasSelector(selector)) problems.push(`${name} has no spec.selector: give it the labels of its pods`);
	else if (!matchesSelector(selector, labels)) problems.push(`${name}: the expressions of its selector do not match the labels of its pod template`);
	const containers = containersIn(podSpecOf(workload));
	if (containers.length === 0) problems.push(`${name} has no containers`);
	if (!containers.some((container) => container.readinessProbe !== void 0)) problems.push(`${name} has no readinessProbe, so nobody can tell when it may receive traffic: give one to the container that serves`);
	if ((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(workload, "spec", "strategy", "type") === "Recreate") problems.push(`${name} has strategy Recreate, which means that two versions must not run at once: blue-green needs that`);
	if ((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(workload, "spec", "paused") === true) problems.push(`${name} is paused: its pods would never start`);
	if ((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(workload, "spec", "replicas") === 0) problems.push(`${name} asks for 0 replicas: nothing could be proven`);
	return problems;
}
/** Why the app's own Service cannot reach the pods. */
function serviceProblems(service, workload) {
	const name = `Service ${service.metadata.name}`;
	const labels = podLabels(workload);
	const selector = Object.entries((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(service, "spec", "selector") ?? {});
	if ((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(service, "spec", "type") === "ExternalName") return [`${name} has type ExternalName, which only names another host: give it a selector that finds the pods, and type ClusterIP`];
	if (selector.length === 0) return [`${name} has no selector, so it would never reach the pods`];
	const unmatched = selector.filter(([key, value]) => (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(labels, key) !== value);
	if (unmatched.length === 0) return [];
	return [`${name} selects ${pairs(unmatched)}, which the pod template of ${workload.metadata.name} does not carry`];
}
/** A list that ends in a lone dash holds a null. */
function portProblems(service) {
	const ports = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(service, "spec", "ports");
	if (ports == null || Array.isArray(ports) && ports.every(_base_mjs__WEBPACK_IMPORTED_MODULE_0__.f)) return [];
	return [`Service ${service.metadata.name}: each of spec.ports must be an object like { port: 80 }`];
}
function hasSelector(selector) {
	return Object.keys((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(selector, "matchLabels") ?? {}).length > 0 || (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.p)(selector, "matchExpressions").length > 0;
}
function pairs(entries) {
	return entries.map(([key, value]) => `${key}=${inWords$2(value)}`).join(", ");
}
/** A value of a manifest as messages show it. */
function inWords$2(value) {
	return typeof value === "string" ? value : String(JSON.stringify(value));
}

// src/release/desired/parts.ts
/** Groups in which a kind is the one that a release moves: Knative has its own Service, and Linkerd its own HTTPRoute. */
const groups = {
	Deployment: ["apps", "extensions"],
	Service: [""],
	HTTPRoute: ["gateway.networking.k8s.io"]
};
/** Whether it may be a part of the app that a release writes itself, and not only applies. */
function isPart({ apiVersion, kind }) {
	return Object.hasOwn(groups, kind) && groups[kind]?.includes(groupOf(apiVersion)) === true;
}
/** What has no name of its own cannot be applied: the server would make another one each time. */
function nameProblems({ kind, metadata }) {
	if (typeof metadata.name === "string" && metadata.name !== "") return [];
	return [`${kind} ${metadata.generateName ?? ""}… has no name of its own: give it one in metadata.name`];
}
/** What there is instead of a part that is missing, so that a misspelt kind or group is seen at once. */
function noneAmong(objects) {
	const kinds = [...new Set(objects.map(({ apiVersion, kind }) => `${kind} (${apiVersion})`))];
	if (kinds.length === 0) return "no objects at all";
	return `none, only ${kinds.slice(0, 8).join(", ")}${kinds.length > 8 ? " and more" : ""}`;
}
/** Those of the release's own namespace; all, when none is: what is wrong with that is told elsewhere. */
function preferHome(objects, namespace) {
	const home = objects.filter(({ metadata }) => metadata.namespace === namespace);
	return home.length > 0 ? home : objects;
}

// src/release/desired/services.ts
/** Finds the app's own Service and those that select the same pods; undefined, with a problem told, when that is unclear. */
function findServices(objects, workload, request, problems) {
	const labels = podLabels(workload);
	const selecting = objects.filter((object) => isService(object) && object.metadata.namespace === workload?.metadata.namespace && selectsLabels((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(object, "spec", "selector"), labels));
	const entry = chooseEntry(objects, selecting, request, problems);
	if (entry === void 0) return void 0;
	return {
		entry,
		followers: selecting.filter((service) => service !== entry)
	};
}
function isService({ apiVersion, kind }) {
	return kind === "Service" && apiVersion === "v1";
}
function chooseEntry(objects, selecting, { app, namespace, service }, problems) {
	const services = preferHome(objects.filter(isService), namespace);
	const wanted = service ?? app;
	const named = services.filter(({ metadata }) => metadata.name === wanted);
	if (named.length > 1) {
		problems.push(`The manifests hold ${named.length} objects Service ${wanted}: keep one of them`);
		return;
	}
	if (named[0] !== void 0) return named[0];
	if (service === void 0 && services.length === 1) return services[0];
	if (service === void 0 && selecting.length === 1) return selecting[0];
	const found = services.map(({ metadata }) => metadata.name).join(", ") || noneAmong(objects);
	const choose = service === void 0 && services.length > 0 ? "; or say which with `service`" : "";
	problems.push(`The manifests should hold one Service named ${wanted}; found: ${found}${choose}`);
}

// src/release/desired/sort-companions.ts
/** Sorts autoscalers and disruption budgets of the workload out of the other objects. */
function sortCompanions(others, workload, problems) {
	const { name } = workload.metadata;
	const labels = podLabels(workload);
	const autoscalers = others.filter((object) => isAutoscaler(object) && targetOf(object) === name);
	const budgets = others.filter((object) => object.kind === budgetKind.kind && coversLabels(object, labels));
	if (autoscalers.length > 1) problems.push(`Deployment ${name} has ${autoscalers.length} autoscalers (${autoscalers.map(({ metadata }) => metadata.name).join(", ")}), which would work against each other: keep one of them`);
	return {
		autoscalers: autoscalers.map(inVersion2),
		budgets,
		rest: others.filter((object) => !autoscalers.includes(object) && !budgets.includes(object))
	};
}
function isAutoscaler({ apiVersion, kind }) {
	return kind === autoscalerKind.kind && apiVersion.startsWith("autoscaling/");
}
/** Version 1 knows one metric, in a field of its own: autoscaling/v2 writes it as one of many. */
function inVersion2(autoscaler) {
	if (autoscaler.apiVersion !== "autoscaling/v1") return {
		...autoscaler,
		...autoscalerKind
	};
	const { targetCPUUtilizationPercentage: share, ...spec } = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.u)(autoscaler, "spec");
	const metrics = share === void 0 ? {} : { metrics: [{
		type: "Resource",
		resource: {
			name: "cpu",
			target: {
				type: "Utilization",
				averageUtilization: share
			}
		}
	}] };
	return {
		...autoscaler,
		...autoscalerKind,
		spec: {
			...spec,
			...metrics
		}
	};
}

// src/release/desired/unfit-workload.ts
/** Why pods of these kinds cannot stand beside a second version of themselves. */
const reasons = {
	StatefulSet: "its pods have names and disks of their own, which two versions would have to share",
	DaemonSet: "it has one pod on each node, and nothing moves traffic between two of them",
	ReplicationController: "it was replaced by Deployment long ago: make it one",
	ReplicaSet: "it knows no versions: make it a Deployment",
	Rollout: "Argo Rollouts steers its pods: go on releasing with that, or make it a Deployment",
	Pod: "nothing would start it again: make it a Deployment"
};
/** What to say of an app that is no Deployment; undefined when there is one of its name, or nothing of its name. */
function findUnfitWorkload(objects, app) {
	const named = objects.filter(({ metadata }) => metadata.name === app);
	if (named.some(({ kind }) => kind === "Deployment")) return void 0;
	const unfit = named.find(({ kind }) => Object.hasOwn(reasons, kind));
	if (unfit === void 0) return void 0;
	return `${unfit.kind} ${app} cannot be released blue-green: ${reasons[unfit.kind]}`;
}

// src/release/desired/unrendered.ts
/** What tools fill in before anything is applied: `${TAG}`, `{{ tag }}`, `<%= tag %>`, `[YOUR REGISTRY]`. */
const placeholder = /\$\{[^}]*\}|\$\([^)]*\)|\{\{.*?\}\}|<%.*?%>|^\[[^\]]*\]/;
/** A reference as container runtimes read it: lower-case path, after a host that may have a port; tag and digest. */
const imageReference = /^(?:[A-Za-z0-9][A-Za-z0-9.-]*(?::\d+)?\/|\[[0-9a-fA-F:]+\](?::\d+)?\/)?[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*)*(?::[\w][\w.-]{0,127})?(?:@[A-Za-z][\w.+-]*:[0-9a-fA-F]+)?$/;
/** Where a placeholder was not filled in, though only a plain value can stand there. Scripts and settings may hold any. */
function unrenderedProblems(object) {
	const { kind, metadata } = object;
	return [
		["metadata.name", metadata.name],
		["metadata.namespace", metadata.namespace],
		...Object.entries(metadata.labels ?? {}).map(([key, value]) => [`label ${key}`, value]),
		["spec.replicas", (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(object, "spec", "replicas")],
		["spec.type", (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(object, "spec", "type")]
	].filter(([, value]) => typeof value === "string" && placeholder.test(value)).map(([place, value]) => unfilled(`${kind} ${metadata.name}: ${place}`, value));
}
/** Images of the workload that no node could pull, whatever a registry has. */
function imageProblems(workload) {
	return ["initContainers", "containers"].flatMap((field) => {
		return containersIn(podSpecOf(workload), field).flatMap(({ name, image }) => {
			const subject = `Container ${String(name)} of Deployment ${workload.metadata.name}: its image`;
			if (typeof image !== "string" || image === "") return [];
			if (placeholder.test(image)) return [unfilled(subject, image)];
			if (image.startsWith("ko://")) return [`${subject} ${image} is for \`ko\` to build: run \`ko resolve\`, and release what comes out`];
			if (imageReference.test(image)) return [];
			return [`${subject} ${image} is no reference that a node can read: write it as HOST/PATH:TAG, in lower case`];
		});
	});
}
function unfilled(subject, value) {
	return `${subject} is ${String(value)}, a placeholder that nobody has filled in: render the manifests first, or give the value (an image with \`image\`)`;
}

// src/release/desired/with-image.ts
/** The workload with another image: `image` for its only container, or `container=image`. Unchanged, with a problem told, where none is meant. */
function withImage(workload, image, problems) {
	const match = /^([a-z0-9][a-z0-9-]*)=(.+)$/.exec(image);
	const containers = containersIn(podSpecOf(workload));
	const name = match?.[1] ?? containers[0]?.name;
	if (match === null && containers.length > 1) problems.push(`image: the workload has the containers ${containers.map((entry) => inWords$2(entry.name)).join(", ")}; say which one: container=${image}`);
	if (!containers.some((container) => container.name === name)) {
		problems.push(`image: the workload has no container ${inWords$2(name)}`);
		return workload;
	}
	const changed = containers.map((container) => container.name === name ? {
		...container,
		image: match?.[2] ?? image
	} : container);
	return withPodSpec(workload, {
		...(0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.u)(podSpecOf(workload)),
		containers: changed
	});
}

// src/release/desired/desired.ts
/** Finds workload, Services and routes among the objects; answers with every problem when the parts do not fit. */
function findDesired(request) {
	const { namespace, objects, images } = request;
	const problems = [];
	const placed = objects.map((object) => place(object, namespace, problems));
	problems.push(...placed.flatMap(nameProblems));
	problems.push(...placed.flatMap(unrenderedProblems), ...placed.flatMap(typeProblems));
	const unfit = findUnfitWorkload(placed, request.workload ?? request.app);
	if (unfit !== void 0) return { problems: [...problems, unfit] };
	const workload = findWorkload(placed, request, problems);
	const services = findServices(placed, workload, request, problems);
	if (workload === void 0 || services === void 0) return { problems };
	const { entry: service, followers } = services;
	const imaged = images.reduce((current, image) => withImage(current, image, problems), workload);
	problems.push(...workloadProblems(imaged), ...imageProblems(imaged), ...serviceProblems(service, imaged), ...[service, ...followers].flatMap(portProblems));
	const routes = placed.filter((object) => sendsTo(object, service.metadata.name));
	const parts = [
		workload,
		service,
		...followers,
		...routes
	];
	const beside = placed.filter((object) => !parts.includes(object));
	problems.push(...sharedPodProblems(beside, services), ...takenNameProblems(beside, request.app));
	const { autoscalers, budgets, rest } = sortCompanions(beside, imaged, problems);
	const { others, later } = sortOthers(rest, problems);
	if (problems.length > 0) return { problems };
	return { desired: {
		workload: imaged,
		service,
		followers,
		routes,
		autoscalers,
		budgets,
		others,
		later,
		copies: [],
		template: hashTemplate(imaged)
	} };
}
function hashTemplate(workload) {
	return `sha256:${(0,node_crypto__WEBPACK_IMPORTED_MODULE_4__.createHash)("sha256").update((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.c)((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(workload, "spec", "template") ?? null)).digest("hex")}`;
}
/** Objects without a namespace go to the release's; one that names another is a mistake that we do not guess about. */
function place(object, namespace, problems) {
	const given = object.metadata.namespace;
	if (given !== void 0 && given !== namespace && isPart(object)) problems.push(`${object.kind} ${object.metadata.name} names namespace ${given}, but the release is for ${namespace}: change one of them`);
	if (given !== void 0 || object.kind === "Namespace" || object.kind.startsWith("Cluster")) return object;
	return {
		...object,
		metadata: {
			...object.metadata,
			namespace
		}
	};
}
function findWorkload(objects, { app, namespace, workload }, problems) {
	const wanted = workload ?? app;
	const all = preferHome(objects.filter((object) => object.kind === "Deployment" && isPart(object)), namespace);
	const named = all.filter((object) => object.metadata.name === wanted);
	if (named.length === 1) return named[0];
	if (named.length === 0 && all.length === 1 && workload === void 0) return all[0];
	const found = all.map(({ metadata }) => metadata.name).join(", ") || noneAmong(objects);
	const choose = workload === void 0 && all.length > 0 ? "; or say which with `workload`" : "";
	problems.push(named.length > 1 ? `The manifests hold ${named.length} objects Deployment ${wanted}: keep one of them` : `The manifests should hold one Deployment named ${wanted}; found: ${found}${choose}`);
}
/** The slots need their names for themselves. */
function takenNameProblems(objects, app) {
	return objects.filter((object) => isPart(object) && isSlotName(object.metadata.name, app)).map(({ kind, metadata }) => `${kind} ${metadata.name} has a name that the slots of ${app} need for themselves: call it otherwise`);
}
function isSlotName(name, app) {
	return name === `${app}-blue` || name === `${app}-green`;
}
function sendsTo(object, service) {
	if (object.kind !== "HTTPRoute" || !isPart(object)) return false;
	return (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.p)(object, "spec", "rules").flatMap((rule) => (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.p)(rule, "backendRefs")).some((ref) => (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(ref, "name") === service);
}

// src/release/slots/pin-images.ts
const digestOf = /@(sha256:[0-9a-f]{64})$/;
/**
* Adds to each image the digest that its pods reported. A digest that was reported under another name (an image that
* was loaded into the node, or of which only the local id is known) could not be pulled, and is not used.
*/
function pinImages(workload, digests) {
	const byTag = [];
	const pin = (container) => {
		const image = String(container.image ?? "");
		const pinned = withDigest(image, digests[String(container.name)]);
		if (pinned === void 0) byTag.push(image);
		return pinned === void 0 ? container : {
			...container,
			image: pinned
		};
	};
	const podSpec = { ...(0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.u)(podSpecOf(workload)) };
	for (const list of ["initContainers", "containers"]) {
		const containers = podSpec[list];
		if (Array.isArray(containers)) podSpec[list] = containers.map((container) => (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.f)(container) ? pin(container) : container);
	}
	return {
		workload: withPodSpec(workload, podSpec),
		byTag
	};
}
function withDigest(image, reported) {
	if (digestOf.test(image)) return image;
	const [, digest] = digestOf.exec(reported ?? "") ?? [];
	if (digest === void 0 || reported === void 0) return void 0;
	return repositoryOf(reported) === repositoryOf(image) ? `${image}@${digest}` : void 0;
}
/** `docker.io/library/nginx` for `nginx:1.29`, as the container runtime completes it. */
function repositoryOf(reference) {
	const [plain = ""] = reference.replace(/^[a-z-]+:\/\//, "").split("@");
	const name = plain.replace(/:[^:/]+$/, "");
	const [first = "", ...rest] = name.split("/");
	if (rest.length > 0 && (/[.:]/.test(first) || first === "localhost")) return name;
	return rest.length === 0 ? `docker.io/library/${name}` : `docker.io/${name}`;
}
/** Digests by container, as the pods report them; of init containers, too. */
function reportedDigests(pods) {
	const digests = {};
	for (const pod of pods) for (const list of ["initContainerStatuses", "containerStatuses"]) for (const status of (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.p)(pod, "status", list)) {
		const imageId = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(status, "imageID");
		if (typeof imageId === "string" && imageId !== "") digests[String((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(status, "name"))] = imageId;
	}
	return digests;
}

// src/release/adoption/user-form.ts
/** Annotations that controllers, kubectl and we leave on an object: none of them is part of what its owner wrote. */
const passingAnnotations = [
	"deployment.kubernetes.io/",
	"kubectl.kubernetes.io/last-applied-configuration",
	"streamgate.io/"
];
/** A Deployment as its owner would write it, from the one that runs: without what it was given as a slot. */
function workloadForm(deployment) {
	const { paused: _paused, ...spec } = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.u)(deployment, "spec");
	const template = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.u)(spec, "template");
	const { creationTimestamp: _created, ...metadata } = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.u)(template, "metadata");
	const labels = without$1(metadata.labels, slotLabel);
	return {
		...frameOf(deployment),
		spec: {
			...spec,
			template: {
				...template,
				metadata: {
					...metadata,
					labels
				}
			}
		}
	};
}
/** The same for a Service. Its addresses stay out: they are the cluster's, unless it says that it wants none. */
function serviceForm(service) {
	const { clusterIP, clusterIPs: _addresses, healthCheckNodePort: _port, ...spec } = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.u)(service, "spec");
	const headless = clusterIP === "None" ? { clusterIP } : {};
	return {
		...frameOf(service),
		spec: {
			...spec,
			...headless,
			selector: without$1(spec.selector, slotLabel)
		}
	};
}
function frameOf({ apiVersion, kind, metadata }) {
	const annotations = Object.entries(metadata.annotations ?? {}).filter(([name]) => !passingAnnotations.some((passing) => name.startsWith(passing)));
	return {
		apiVersion,
		kind,
		metadata: {
			name: metadata.name,
			...metadata.namespace === void 0 ? {} : { namespace: metadata.namespace },
			...metadata.labels === void 0 ? {} : { labels: metadata.labels },
			...annotations.length === 0 ? {} : { annotations: Object.fromEntries(annotations) }
		}
	};
}
function without$1(value, key) {
	return Object.fromEntries(Object.entries((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.u)(value)).filter(([name]) => name !== key));
}
/** The labels by which a Service finds pods, apart from the slot. */
function ownSelector(service) {
	return without$1((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.u)(service, "spec", "selector"), slotLabel);
}

// src/release/adoption/record-adopted.ts
/** What ran before becomes a revision like any other, so that a rollback can lead back to it, and is the live one. */
const recordAdopted = {
	id: "record-adopted",
	title: "Record what runs as a revision",
	before: async ({ journal }) => ({ live: journal.current.live === null ? null : { ...journal.current.live } }),
	async act(release) {
		const { cluster, clock, names, journal, token } = release;
		const { stable } = journal.release;
		if (stable === null) return "nothing runs";
		const ref = revisionRef(names, stable.revision);
		const [deployment, entry, ...followers] = [
			await cluster.get(deploymentRef(names, stable.slot)),
			await cluster.get(entryRef(names)),
			...(await standingServices(release)).filter(({ metadata }) => metadata.name !== names.entry)
		];
		const workload = workloadForm(required(deployment));
		const data = {
			workload,
			service: serviceForm(required(entry)),
			...followers.length === 0 ? {} : { followers: followers.map((one) => serviceForm(required(one))) },
			template: hashTemplate(workload),
			release: journal.release.id,
			commit: "",
			createdAt: (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.C)(clock.now()),
			digests: reportedDigests(await listPods(cluster, names, stable.slot))
		};
		await createFenced(release, revisionObject(names, stable.slot, stable.revision, data, token), ref);
		journal.update({ live: stable });
		return `revision ${stable.revision} is live in ${stable.slot}`;
	},
	async undo({ cluster, names, journal, token }, before) {
		const { stable } = journal.release;
		if (stable !== null) await deleteOurs(cluster, revisionRef(names, stable.revision), token);
		journal.update({ live: (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(before, "live") ?? null });
	}
};
function required(object) {
	if (object !== void 0) return object;
	throw new _base_mjs__WEBPACK_IMPORTED_MODULE_0__.y("Conflict", "What was being taken over is gone", { remedy: "Find out who deleted it, then run the same command again." });
}

// src/release/preflight/check.ts
function refuse(message, remedy) {
	return {
		level: "refuse",
		message,
		remedy
	};
}
function warn(message, remedy) {
	return {
		level: "warn",
		message,
		remedy
	};
}
/** A finding as the evidence tells it; a server's answer may have several lines. */
function inOneLine({ message, remedy }) {
	return `${message}. ${remedy}`.replace(/\s*\n\s*/g, " ");
}
/**
* Asks all checks at once; they are told in their order. Throws one `Refused` that lists every refusal with its remedy;
* answers the warnings. A check that gets no answer is the error only where nothing else stands against the release.
*/
async function askAll(checks, situation) {
	const answers = await Promise.allSettled(checks.map((check) => check(situation)));
	const findings = answers.flatMap((answer) => answer.status === "fulfilled" ? answer.value : []);
	const found = findings.filter(({ level }) => level === "refuse");
	const failed = answers.find((answer) => answer.status === "rejected");
	if (failed !== void 0 && (found.length === 0 || !isUnanswered(failed.reason))) throw failed.reason;
	const refusals = failed === void 0 ? found : [...found, unanswered(failed.reason)];
	const [first] = refusals;
	if (first === void 0) return findings;
	if (refusals.length === 1) throw new _base_mjs__WEBPACK_IMPORTED_MODULE_0__.y("Refused", first.message, { remedy: first.remedy });
	const lines = refusals.map((finding) => `  - ${inOneLine(finding)}`);
	throw new _base_mjs__WEBPACK_IMPORTED_MODULE_0__.y("Refused", [`${refusals.length} things stand against releasing ${situation.names.app}:`, ...lines].join("\n"), { remedy: "Nothing was touched. Mend all of them and run this again." });
}
function isUnanswered(thrown) {
	return thrown instanceof _base_mjs__WEBPACK_IMPORTED_MODULE_0__.y && [
		"Unreachable",
		"Timeout",
		"Denied"
	].includes(thrown.code);
}
function unanswered({ message, remedy = "" }) {
	return refuse(`Not everything could be looked at: ${message}`, remedy);
}

// src/release/preflight/config-in-use.ts
/**
* A ConfigMap or Secret that live pods read under its own name is never written during a release: they would meet the
* new values when they restart, and a release that is taken back would not take those back.
*/
const findConfigInUse = async ({ request: { cluster, desired }, journal, names }) => {
	const config = [...desired.others, ...desired.later].filter(({ kind }) => isConfigKind(kind));
	if (config.length === 0) return [];
	const inUse = await configInUse(cluster, names, journal?.live?.slot ?? null, desired.workload);
	const read = new Set(namedConfig(desired.workload));
	const findings = [];
	for (const object of config) {
		if (!isIn$1(inUse, object) || !await wouldChange(cluster, object)) continue;
		findings.push(isIn$1(read, object) ? inUseAndNew(object) : leftAlone(object));
	}
	return findings;
};
function inUseAndNew(object) {
	const how = object.kind === "Secret" ? `Name ${object.metadata.name} in \`version-secrets\`, so that each version has a copy of its own; or apply it yourself before` : "Let `version-configs` be auto, so that each version has a copy of its own; or apply it yourself before";
	return refuse(`${described(object)} has a new content, and the live pods read it under this name`, `${how}.`);
}
function leftAlone(object) {
	return warn(`${described(object)} has a new content, which this release does not write under this name, since the live pods read it`, "Apply it yourself once those pods are gone, or release again.");
}
/** For a run that finds this only after it has begun. */
function usedByLivePods(object) {
	const { message, remedy } = inUseAndNew(object);
	return new _base_mjs__WEBPACK_IMPORTED_MODULE_0__.y("Refused", message, { remedy });
}
function described(object) {
	return describeRef(refOf(object));
}

// src/release/steps/apply-others.ts
/**
* Ingresses that the first release of an app without a route opens at its end, as it would its routes: before that,
* their callers would meet a Service without a single pod. Later ones find them open.
*/
function ingressesToOpen(release) {
	const { names, stable } = release;
	if (modeOf(names) === "gateway" || stable !== null) return [];
	return requireDesired(release).others.filter((object) => leadsToApp(object, names));
}
function leadsToApp(object, names) {
	return guidedServices(names).some((service) => ingressLeadsTo(object, service));
}
/** Whatever else stands in the manifests: applied forward only, never undone or pruned. */
const applyOthers = {
	id: "apply-others",
	title: "Apply the other objects of the manifests",
	async act(release, deadline) {
		const later = ingressesToOpen(release);
		return applyAll(release, deadline, requireDesired(release).others.filter((object) => !later.includes(object)));
	}
};
/** What asks to wait until the new version is the live one. */
const applyLater = {
	id: "apply-later",
	title: "Apply what was to wait for the new version",
	act: (release, deadline) => applyAll(release, deadline, requireDesired(release).later)
};
/** What pods that serve read under its own name is left alone: they would meet the new values when they restart. */
async function applyAll(release, deadline, objects) {
	const { cluster, names, stable } = release;
	if (objects.length === 0) return "there are none";
	const { workload } = requireDesired(release);
	const inUse = await configInUse(cluster, names, stable, workload);
	const read = new Set(namedConfig(workload));
	const told = [];
	for (const object of inOrder(objects)) {
		const described = describeRef(refOf(object));
		const isLeft = isIn$1(inUse, object);
		if (isLeft && isIn$1(read, object) && await wouldChange(cluster, object)) throw usedByLivePods(object);
		if (!isLeft) await cluster.apply(object, { force: true });
		if (object.kind === "CustomResourceDefinition") await served(release, object, deadline);
		told.push(isLeft ? `${described} left alone, since live pods read it` : described);
	}
	return told.join(", ");
}
/** What others stand in or are made of comes first, whatever the order of the manifests. */
function inOrder(objects) {
	const first = ["Namespace", "CustomResourceDefinition"];
	return [...first.flatMap((kind) => objects.filter((object) => object.kind === kind)), ...objects.filter(({ kind }) => !first.includes(kind))];
}
const lookEveryMs$1 = 250;
const servedWithinMs = 6e4;
/** The API server names a kind in its discovery once its definition is Established, and not before. */
async function served({ cluster, clock }, definition, deadline) {
	const [group, kind] = [(0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(definition, "spec", "group"), (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(definition, "spec", "names", "kind")].map(String);
	const names = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.p)(definition, "spec", "versions").filter((version) => (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(version, "served") === true);
	const { signal } = deadline.within(servedWithinMs, describeRef(refOf(definition)));
	for (const version of names.map((one) => String((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(one, "name")))) {
		const what = {
			apiVersion: `${group}/${version}`,
			kind: kind ?? ""
		};
		while (await cluster.kindPath(what) === void 0) {
			await clock.sleep(lookEveryMs$1, signal).catch(() => void 0);
			if (!signal.aborted) continue;
			throw new _base_mjs__WEBPACK_IMPORTED_MODULE_0__.y("Timeout", `${describeRef(refOf(definition))} was applied, and the cluster still does not serve ${what.kind} in ${what.apiVersion}`, {
				cause: signal.reason,
				remedy: "See its conditions: kubectl describe crd. Mend it, and release again."
			});
		}
	}
}

// src/release/steps/autoscale.ts
function autoscalersOf({ cluster, names, desired }) {
	return findAutoscalers(cluster, names, desired?.workload.metadata.name);
}
/** The same as they stood before the first change of this run. */
async function firstSeen(release) {
	const { names, desired, companions } = release;
	return companions.seen === void 0 ? autoscalersOf(release) : sortAutoscalers(companions.seen.autoscalers, names, desired?.workload.metadata.name);
}
/** How many pods the live version is meant to have now, whoever said so; at 0 it serves nobody, and is no measure. */
async function liveSize({ cluster, names, stable, replicas }) {
	if (stable === null) return replicas;
	return Number((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(await cluster.get(deploymentRef(names, stable)), "spec", "replicas") ?? 0) || replicas;
}
/** Changes an autoscaler under our token. */
async function change({ cluster, token }, ref, compute) {
	if (await stampToken(cluster, ref, token) !== void 0) await fencedPatch(cluster, ref, token, compute);
}
function led(release, slot) {
	return (object) => replaceField(object, ["spec", "scaleTargetRef"], leadTo(release.names, slot));
}
/**
* The autoscaler of a workload that was there before us counts the pods of both versions, since the selector of that
* workload does: pods without traffic make it believe that half the size would do. Its floor is held from before the
* candidate starts.
*/
const holdFloor = {
	id: "hold-floor",
	title: "Hold the floor of the live version's own autoscaler",
	async before(release) {
		const { onSlot } = await firstSeen(release);
		if (release.stable === null || onSlot === void 0) return null;
		const object = await release.cluster.get(refOf(onSlot.object));
		if (object === void 0) return null;
		const { min, max } = givenLimits(object);
		const spec = {
			...(0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.u)(object, "spec"),
			minReplicas: min,
			maxReplicas: max
		};
		return {
			name: object.metadata.name,
			spec
		};
	},
	async act(release) {
		const { stable } = release;
		const { onSlot } = await firstSeen(release);
		if (stable === null || onSlot === void 0) return "there is none";
		const size = await liveSize(release);
		await change(release, refOf(onSlot.object), (object) => [...led(release, stable)(object), ...raiseLimits(object, size)]);
		return `${onSlot.object.metadata.name} keeps at least ${size} pods`;
	},
	async undo(release, before, deadline) {
		if (!(0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.f)(before)) return;
		const ref = {
			...autoscalerKind,
			namespace: release.names.namespace,
			name: String(before.name)
		};
		await letMeasure(release, ref, deadline);
		await change(release, ref, (object) => [...forgetLimits(object), ...replaceField(object, ["spec"], before.spec)]);
		if (release.journal.release.adopts) await unstamp(release.cluster, ref, release.token);
	}
};
/**
* Before any traffic moves, the candidate has as many pods as the live version has now, and neither side can shrink:
* an autoscaler follows metrics that are older than the switch, and would take the pods away that it is about.
*/
const matchSize = {
	id: "match-size",
	title: "Bring the candidate to the size of the live version, and hold both",
	everyRun: true,
	async act(release, deadline) {
		const within = deadline.within(release.settings.progressDeadlineMs, release.names.deployments[release.candidate]);
		for (;;) {
			const size = await holdBoth(release);
			await sized(release, size, within);
			if (await liveSize(release) <= size) return `at least ${size} pods`;
		}
	},
	async undo(release, _before, deadline) {
		const { cluster, names, candidate, stable, token, journal } = release;
		requireTrafficBack(release);
		const { onSlot, ofSlot } = await autoscalersOf(release);
		await freeSlot(cluster, names, candidate, token);
		if (stable === null) return;
		if (onSlot !== void 0) {
			const ref = refOf(onSlot.object);
			await change(release, ref, led(release, stable));
			if (!(0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.f)(beforeOf(journal.release, holdFloor.id))) {
				await letDown(release, ref, deadline);
				if (journal.release.adopts) await unstamp(cluster, ref, token);
			}
		}
		if (ofSlot[stable] !== void 0) await letDown(release, autoscalerRef(names, stable), deadline);
	}
};
const { everyRun: _everyRun, ...matchedOnce } = matchSize;
/**
* The same of a way back in haste, whose traffic came first. Done once: a run that goes on after it finds the floor let
* down already, and nobody would let it down again.
*/
const growReturned = {
	...matchedOnce,
	title: "Bring the older version to the size of the abandoned one"
};
/** Answers the size that both sides are held at. Only ever raises; each side has one autoscaler at most, or none. */
async function holdBoth(release) {
	const { cluster, names, candidate, stable, token, desired } = release;
	const found = await autoscalersOf(release);
	const model = modelOf(release, found);
	const size = Math.max(await liveSize(release), stable === null && model ? givenLimits(model).min : 0);
	if (stable !== null && found.ofSlot[stable] !== void 0) await change(release, autoscalerRef(names, stable), (object) => raiseLimits(object, size));
	if (found.ofSlot[candidate] !== void 0) {
		await change(release, autoscalerRef(names, candidate), (object) => raiseLimits(object, size));
		return size;
	}
	const ref = deploymentRef(names, candidate);
	const standing = Number((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(await cluster.get(ref), "spec", "replicas") ?? 0);
	const ownerThere = found.onSlot?.slot === candidate;
	if (standing < size && !ownerThere) await scaleTo(cluster, ref, size, token);
	if (found.onSlot !== void 0) await change(release, refOf(found.onSlot.object), (object) => {
		const wanted = slotAutoscaler(desired?.autoscalers[0] ?? object, names, candidate, size, token);
		return [...replaceField(object, ["spec"], wanted.spec), ...noteLimits(object, wanted)];
	});
	else if (model !== void 0) await createFenced(release, slotAutoscaler(model, names, candidate, size, token), autoscalerRef(names, candidate));
	return size;
}
/** What the candidate's autoscaler is made of. A way back takes what it finds where its revision kept none. */
function modelOf({ desired, journal, stable }, found) {
	const given = desired?.autoscalers[0] ?? found.unled;
	if (given !== void 0 || journal.release.strategy !== "rollback" || stable === null) return given;
	const standing = found.ofSlot[stable];
	if (standing === void 0) return void 0;
	const { min, max } = givenLimits(standing);
	return {
		...standing,
		spec: {
			...(0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.u)(standing, "spec"),
			minReplicas: min,
			maxReplicas: max
		}
	};
}
/** Waits until the candidate has at least so many pods, all of them ready and offered. */
async function sized(release, size, deadline) {
	const { cluster, names, candidate, clock } = release;
	return waitFor({
		cluster,
		clock,
		deadline,
		what: `${names.deployments[candidate]} to have ${size} pods`,
		queries: {
			deployments: deploymentQuery(names, candidate),
			pods: await podQuery(cluster, names, candidate),
			slices: sliceQuery(names, names.services[candidate])
		},
		check({ deployments, pods, slices }) {
			const wanted = Number((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(deployments[0], "spec", "replicas") ?? 0);
			if (wanted < size) return pending(`its size is ${wanted}`);
			const rollout = rolloutProgress(deployments[0], pods);
			return rollout.state === "done" ? endpointsProgress(slices, pods) : rollout;
		}
	});
}
/** While it is not certain who serves, no side may shrink. */
function requireTrafficBack({ journal }) {
	const begun = begunMove(journal.release);
	if (begun === void 0) return;
	throw new _base_mjs__WEBPACK_IMPORTED_MODULE_0__.y("Failed", `Both sides keep their size, since ${begun} could not be undone`);
}
/** The version that serves now scales by its own limits again; the one that does not keeps the size that it has. */
const settleAutoscalers = {
	id: "settle-autoscalers",
	title: "Give the autoscaler its own limits back",
	async act(release, deadline) {
		const { cluster, names, candidate, stable, token } = release;
		if (stable !== null) await freeSlot(cluster, names, stable, token);
		const { ofSlot, onSlot } = await autoscalersOf(release);
		const live = ofSlot[candidate] ?? onSlot?.object;
		if (live === void 0) return "there is none";
		await letDown(release, refOf(live), deadline);
		const { min, max } = givenLimits(live);
		return `${live.metadata.name}: ${min} to ${max} pods`;
	}
};
async function letDown(release, ref, deadline) {
	await letMeasure(release, ref, deadline);
	await change(release, ref, restoreLimits);
}
/** Metrics are up to a minute old: those of before the traffic came say that fewer pods would do. */
const measureWithinMs = 6e4;
/** Waits until an autoscaler would keep its size without the floor, or has seen a minute of the traffic of now. */
async function letMeasure({ cluster, clock, log }, ref, deadline) {
	const until = clock.monotonic() + measureWithinMs;
	for (;;) {
		const autoscaler = await cluster.get(ref);
		if (autoscaler === void 0 || !isHeld(autoscaler) || !leansOnFloor(autoscaler)) return;
		if (clock.monotonic() >= until) break;
		await clock.sleep(1e3, deadline.signal);
	}
	log.info(`${describeRef(ref)} asks for fewer pods than it has: it may shrink now`);
}

// src/release/slots/companions.ts
/**
* Reads both at once. A list that is to be up to date costs a quiet API server 0.1 s, since its cache asks the store how
* far it is at this interval; so it is asked once for all steps that come before the first change to any of them.
*/
async function readCompanions(cluster, namespace) {
	const [autoscalers, budgets] = await Promise.all([listIfAllowed(cluster, autoscalerKind, namespace), listIfAllowed(cluster, budgetKind, namespace)]);
	return {
		autoscalers,
		budgets
	};
}

// src/release/steps/budgets.ts
/** The user's budgets that cover the app: those of the manifests, and those that stand in the cluster. */
async function budgetsOf({ cluster, names, desired, companions }) {
	if (desired === void 0) return {
		own: [],
		shared: []
	};
	const { workload, budgets: given } = desired;
	const labels = podLabels(workload);
	const known = new Set(given.map(({ metadata }) => metadata.name));
	const { budgets } = companions.seen ?? await readCompanions(cluster, names.namespace);
	const standing = budgets.filter((budget) => !isOfApp(budget, names.app) && !known.has(budget.metadata.name) && coversLabels(budget, labels));
	const all = [...given, ...standing];
	if (all.length === 0) return {
		own: [],
		shared: []
	};
	const selected = Object.entries((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(workload, "spec", "selector", "matchLabels") ?? {});
	const foreign = (await cluster.list(podKind, { namespace: names.namespace })).map(({ metadata }) => metadata.labels ?? {}).filter((found) => selected.some(([key, value]) => found[key] !== value));
	const isShared = (budget) => foreign.some((found) => coversLabels(budget, found));
	return {
		own: all.filter((budget) => !isShared(budget)),
		shared: all.filter(isShared)
	};
}
function budgetRef({ names }, name) {
	return {
		...budgetKind,
		namespace: names.namespace,
		name
	};
}
/** Gives a budget another spec, under our token. Nothing when it is gone. */
async function respecify(release, name, spec) {
	const { cluster, token } = release;
	const ref = budgetRef(release, name);
	if (await stampToken(cluster, ref, token) === void 0) return;
	await fencedPatch(cluster, ref, token, (object) => replaceField(object, ["spec"], spec));
}
/** What stands, with the slot that serves now: a run that died may have left it on another. */
async function imageOf(release, { metadata }) {
	const { cluster, stable } = release;
	const standing = await cluster.get(budgetRef(release, metadata.name));
	if (standing === void 0) return null;
	return slotOf(standing) !== void 0 && stable !== null ? narrowedSpec(standing.spec, stable) : (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.u)(standing, "spec");
}
/**
* A budget that covers both versions lets all pods of one of them go at once, since the others count as healthy; and
* two budgets on one pod make every eviction fail. So the user's covers the slot that serves, and a second one, of our
* own, covers the candidate.
*/
const keepBudgets = {
	id: "budgets",
	title: "Give each side a disruption budget of its own",
	async before(release) {
		const images = {};
		for (const budget of (await budgetsOf(release)).own) images[budget.metadata.name] = await imageOf(release, budget);
		return images;
	},
	async act(release) {
		const { cluster, names, token, stable, candidate, recorder } = release;
		const { own, shared } = await budgetsOf(release);
		for (const budget of shared) {
			recorder.warn(`${describeRef(refOf(budget))} also covers pods of others, so both versions count together in it. Give ${names.app} a budget of its own.`);
			if (release.desired?.budgets.includes(budget)) await cluster.apply(budget, { force: true });
		}
		for (const budget of own) {
			const wanted = narrowed(budget, stable ?? candidate);
			const { created } = await createFenced(release, stamped(wanted, token), refOf(wanted));
			if (!created) await respecify(release, budget.metadata.name, wanted.spec);
			if (stable !== null) await coverCandidate(release, budget, stable);
		}
		return own.length === 0 ? "there is none" : own.map(({ metadata }) => metadata.name).join(", ");
	},
	async undo(release, before) {
		const { cluster, names, token, candidate, journal } = release;
		if (!(0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.f)(before)) return;
		for (const [name, spec] of Object.entries(before)) {
			await deleteOurs(cluster, slotBudgetRef(names, name, candidate), token);
			if (spec === null) await deleteOurs(cluster, budgetRef(release, name), token);
			else await respecify(release, name, spec);
			if (journal.release.adopts) await unstamp(cluster, budgetRef(release, name), token);
		}
	}
};
async function coverCandidate(release, budget, stable) {
	const { cluster, names, token, candidate } = release;
	await deleteOurs(cluster, slotBudgetRef(names, budget.metadata.name, stable), token);
	const ref = slotBudgetRef(names, budget.metadata.name, candidate);
	const wanted = slotBudget(budget, names, candidate, token);
	const { created } = await createFenced(release, wanted, ref);
	if (!created) await respecify(release, ref.name, wanted.spec);
}
/**
* The user's budget follows the traffic, and the second one goes: what stands then is what the manifests know. For a
* moment both cover the same pods, and no eviction is allowed at all; the other order would leave them without any.
*/
const moveBudgets = {
	id: "move-budgets",
	title: "Let the disruption budget cover the version that serves",
	async act(release) {
		const { cluster, names, token, candidate, journal } = release;
		const before = beforeOf(journal.release, keepBudgets.id);
		const moved = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.f)(before) ? Object.keys(before) : [];
		for (const name of moved) {
			const standing = await cluster.get(budgetRef(release, name));
			if (standing !== void 0) await respecify(release, name, narrowedSpec(standing.spec, candidate));
			await deleteOurs(cluster, slotBudgetRef(names, name, candidate), token);
		}
		return moved.length === 0 ? "there is none" : `${moved.join(", ")}: ${candidate}`;
	}
};

// src/release/steps/candidate.ts
/** Pods of an older release may still be warm in the candidate's slot: they go first, so that no check meets them. */
const clearCandidate = {
	id: "clear-candidate",
	title: "Empty the slot for the candidate",
	async act(release, deadline) {
		const { cluster, names, candidate, token } = release;
		await refuseServing(cluster, release.journal.current, candidate);
		const ref = deploymentRef(names, candidate);
		const deployment = await slotDeploymentOf(cluster, names, candidate);
		const { previous } = release.journal.current;
		if (previous?.slot === candidate) release.journal.update({ previous: {
			...previous,
			warm: false
		} });
		const isEmpty = deployment === void 0 || (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(deployment, "spec", "replicas") === 0;
		await (isEmpty ? freeSlot : emptySlot)(cluster, names, candidate, token);
		const pods = await podQuery(cluster, names, candidate, requireDesired(release).workload);
		await podsGone(release, `the old pods of ${ref.name}`, pods, deadline);
		const name = await letAdoptedGo(release, candidate);
		const state = isEmpty ? "it is empty" : "the pods of an older release are gone";
		return name === void 0 ? state : `${state}; ${name}`;
	}
};
const startCandidate = {
	id: "start-candidate",
	title: "Start the candidate",
	async before({ cluster, names, candidate }) {
		return { existed: await cluster.get(deploymentRef(names, candidate)) !== void 0 };
	},
	async act(release) {
		const { cluster, names, candidate, replicas, token } = release;
		const ref = deploymentRef(names, candidate);
		const wanted = slotDeployment(requireDesired(release).workload, names, candidate, replicas, token);
		const existing = await stampToken(cluster, ref, token);
		if (existing !== void 0 && !(0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.l)((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(existing, "spec", "selector"), (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(wanted, "spec", "selector"))) await deleteOurs(cluster, ref, token);
		const { created } = await createFenced(release, wanted, ref);
		if (!created) await replaceTemplate(release, wanted);
		return `${ref.name} with ${replicas} pods`;
	},
	async undo({ cluster, names, candidate, token }, before) {
		const ref = deploymentRef(names, candidate);
		if ((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(before, "existed") === true) await emptySlot(cluster, names, candidate, token);
		else await deleteOurs(cluster, ref, token);
	}
};
/** All that a manifest can say of it, but the selector, which can never change. What it does not say goes: `paused`, too. */
const specFields = [
	"template",
	"replicas",
	"strategy",
	"minReadySeconds",
	"progressDeadlineSeconds",
	"revisionHistoryLimit",
	"paused"
];
/**
* Replaces the spec field by field, and the pod template as a whole. Server-side apply would leave in place what other managers own of it: an
* environment variable or sidecar of the version before (seen on kube-apiserver 1.34).
*/
async function replaceTemplate({ cluster, names, candidate, token }, wanted) {
	const ref = deploymentRef(names, candidate);
	const sample = {
		...wanted,
		metadata: {
			...wanted.metadata,
			name: `${wanted.metadata.name}-check`
		}
	};
	const fresh = await cluster.create(sample, { dryRun: true });
	const patched = await fencedPatch(cluster, ref, token, (object) => specFields.flatMap((field) => {
		const value = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(fresh, "spec", field);
		const path = ["spec", field];
		return value === void 0 ? removeField(object, path) : replaceField(object, path, value);
	}));
	if ((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.l)((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(patched, "spec", "template"), (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(fresh, "spec", "template"))) return;
	throw new _base_mjs__WEBPACK_IMPORTED_MODULE_0__.y("Failed", `${describeRef(ref)} did not take the pod template as it was written`, { remedy: "An admission webhook or another controller changes it: compare the Deployment with your manifest." });
}
/** Warm pods are kept at the number they had; the live version may have grown since. */
const scaleCandidate = {
	id: "scale-candidate",
	title: "Bring the older version to the size of the live one",
	async act({ cluster, names, candidate, replicas, token }) {
		const ref = deploymentRef(names, candidate);
		const standing = Number((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(await cluster.get(ref), "spec", "replicas") ?? 0);
		if (standing >= replicas) return `${standing} pods are there`;
		await freeSlot(cluster, names, candidate, token);
		await scaleTo(cluster, ref, replicas, token);
		return `scaled from ${standing} to ${replicas}`;
	}
};

// src/release/steps/require-pass.ts
/**
* Puts a subject to a gate, keeps the answer for the evidence, and returns it. Throws `Failed` with that reason
* and the remedy for every other answer than `pass`: what could not be decided does not go on either.
*/
async function requirePass({ recorder }, gate, subject, deadline, remedy) {
	const result = await gate.check(subject, deadline);
	recorder.gate(result);
	if (result.verdict === "pass") return result;
	throw new _base_mjs__WEBPACK_IMPORTED_MODULE_0__.y("Failed", result.reason, { remedy });
}

// src/release/steps/candidate-gates.ts
const refused$1 = "The candidate never received traffic. Mend it, or the check, and release again.";
/** Runs each gate on the candidate's pods alone, and learns what they call themselves. */
const candidateGates = {
	id: "smoke",
	title: "Test the candidate before it gets traffic",
	async act(release, deadline) {
		const { cluster, names, candidate, gates } = release;
		const { workload, service } = requireDesired(release);
		const standing = await listPods(cluster, names, candidate);
		const pods = standing.map((pod) => directPod(cluster, names, pod));
		const results = [];
		for (const gate of gates) results.push(await requirePass(release, gate, {
			pods,
			workload,
			service
		}, deadline, refused$1));
		if (results.some(metSilence)) await requireAlive(release, standing);
		return results.map(({ reason }) => reason).join("; ");
	}
};
/** Throws `Failed` when a container has ended since the pods stood like this. */
async function requireAlive(release, since) {
	const { cluster, names, candidate } = release;
	const list = () => listPods(cluster, names, candidate);
	const end = await whatBefell(release, {
		listPods: list,
		patient: true,
		since
	});
	if (end === void 0) return;
	const remedy = `${end.remedy} ${refused$1}`;
	throw new _base_mjs__WEBPACK_IMPORTED_MODULE_0__.y("Failed", `${end.message}, while it was tested`, { remedy });
}

// src/release/proof/ailments.ts
/** A pod that is refused may be let in a moment later: what else counts against a quota may be on its way out. */
const refusedGraceMs = 5e3;
/** What stands in the way of a Deployment's pods now, beyond what no waiting mends. */
function ailmentsOf(deployment, pods, schedulingTimeoutMs) {
	return [...refusedPods(deployment), ...pods.flatMap((pod) => unscheduled(pod, schedulingTimeoutMs))];
}
/** The Deployment passes on what its ReplicaSet was answered: a quota, a policy, a webhook. */
function refusedPods(deployment) {
	const failure = conditionOf(deployment, "ReplicaFailure");
	if (deployment === void 0 || (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(failure, "status") !== "True") return [];
	const said = String((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(failure, "message") ?? "");
	return [{
		key: "refused",
		message: `Pods of ${deployment.metadata.name} are refused (${String((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(failure, "reason"))}): ${said}`,
		remedy: remedyOf(said),
		graceMs: refusedGraceMs
	}];
}
function remedyOf(said) {
	if (said.includes("exceeded quota")) return "While both versions run, the app needs its resources twice: raise the quota of the namespace, or lower requests or replicas.";
	if (said.includes("webhook")) return "A webhook of the cluster decides about pods: do what it says, or ask those who run it.";
	if (said.includes("PodSecurity")) return "Change the securityContext as the policy of the namespace wants it.";
	return "Change the pod template so that the API server takes its pods.";
}
/** Nodes may be on their way, so room is waited for; some clusters take minutes to add one. */
function unscheduled(pod, graceMs) {
	const scheduled = conditionOf(pod, "PodScheduled");
	if (pod.metadata.deletionTimestamp !== void 0 || (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(scheduled, "status") !== "False") return [];
	return [{
		key: `unscheduled ${pod.metadata.name}`,
		message: `Pod ${pod.metadata.name} has found no node for ${(0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.g)(graceMs)} (${String((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(scheduled, "reason"))}): ${String((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(scheduled, "message") ?? "")}`,
		remedy: "Make room, lower its requests, or correct what ties it to nodes. Where nodes are added on demand, give them time with `scheduling-timeout`.",
		graceMs
	}];
}
function createPatience(clock) {
	const since = /* @__PURE__ */ new Map();
	return { outlasted(ailments) {
		const now = clock.monotonic();
		const current = new Set(ailments.map(({ key }) => key));
		for (const key of since.keys()) if (!current.has(key)) since.delete(key);
		for (const { key } of ailments) if (!since.has(key)) since.set(key, now);
		const worn = ailments.find(({ key, graceMs }) => now - (since.get(key) ?? now) >= graceMs);
		return worn && new _base_mjs__WEBPACK_IMPORTED_MODULE_0__.y("Failed", worn.message, { remedy: worn.remedy });
	} };
}

// src/release/proof/pod-news.ts
/** Most pods are ready before anybody asks. */
const firstLookMs = 2e3;
const lookEveryMs = 2e3;
/** A namespace may hold more events than an API server reads in a while: readiness is not to wait for that. */
const lookWithinMs = 2e3;
const podsAsked = 3;
/** A probe that fails, a volume that is not there, no room on any node: they may pass, and a person should know. */
const telling = /* @__PURE__ */ new Set([
	"Unhealthy",
	"FailedScheduling",
	"FailedMount",
	"FailedAttachVolume",
	"Failed",
	"BackOff"
]);
function createPodNews(cluster, clock, log) {
	const told = /* @__PURE__ */ new Set();
	let nextAt = clock.monotonic() + firstLookMs;
	let latest = "";
	async function newest(pod, signal) {
		const { namespace = "", name } = pod.metadata;
		const last = (await cluster.with(signal).list({
			apiVersion: "v1",
			kind: "Event"
		}, {
			namespace,
			fieldSelector: `involvedObject.name=${name}`
		}).catch(() => [])).findLast((event) => telling.has(String((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(event, "reason"))));
		if (last === void 0) return "";
		return `${String((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(last, "reason"))}: ${String((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(last, "message") ?? "").split("\n")[0]}`;
	}
	return { async look(pods) {
		if (clock.monotonic() < nextAt) return latest;
		const waiting = pods.filter((pod) => !isReady(pod)).slice(0, podsAsked);
		const limit = new AbortController();
		const cancel = clock.after(lookWithinMs, () => limit.abort());
		const found = await Promise.all(waiting.map(async (pod) => ({
			pod,
			text: await newest(pod, limit.signal)
		})));
		cancel();
		nextAt = clock.monotonic() + lookEveryMs;
		const troubled = found.filter(({ text }) => text !== "");
		for (const { pod, text } of troubled) {
			if (told.has(text)) continue;
			told.add(text);
			log.warn(`Pod ${pod.metadata.name} is not ready: ${text}`);
		}
		latest = troubled[0]?.text ?? "";
		return latest;
	} };
}

// src/release/steps/candidate-ready.ts
const candidateReady = {
	id: "candidate-ready",
	title: "Wait until the candidate is ready",
	everyRun: true,
	act: async (release, deadline) => {
		const { cluster, names, candidate, clock, settings } = release;
		const name = names.deployments[candidate];
		const patience = createPatience(clock);
		const news = createPodNews(cluster, clock, release.log);
		return waitFor({
			cluster,
			clock,
			deadline: deadline.within(settings.progressDeadlineMs, limitOf(name)),
			what: `${name} to be ready`,
			queries: {
				deployments: deploymentQuery(names, candidate),
				pods: await podQuery(cluster, names, candidate),
				slices: sliceQuery(names, names.services[candidate])
			},
			async check({ deployments, pods, slices }) {
				const [deployment] = deployments;
				if (deployment === void 0) return gone(name);
				const rollout = rolloutProgress(deployment, pods);
				if (rollout.state === "done") return merge(rollout, endpointsProgress(slices, pods));
				if (rollout.state === "failed") return rollout;
				const error = patience.outlasted(ailmentsOf(deployment, pods, schedulingTimeoutOf(settings)));
				if (error !== void 0) return {
					state: "failed",
					error
				};
				const trouble = await news.look(pods);
				return pending(trouble === "" ? rollout.seen : `${rollout.seen}; ${trouble}`);
			}
		});
	}
};
function limitOf(what) {
	return {
		what,
		remedy: "See the events and logs below. Where its pods need longer, raise `progress-deadline`."
	};
}
/** Enough for traffic that is to go back at once: somebody answers, and more come afterwards. */
const candidateStands = {
	id: "candidate-stands",
	title: "Look whether any pod of the older version is ready",
	everyRun: true,
	act: async ({ cluster, names, candidate, clock, settings }, deadline) => waitFor({
		cluster,
		clock,
		deadline: deadline.within(settings.progressDeadlineMs, limitOf(names.deployments[candidate])),
		what: `a pod of ${names.deployments[candidate]} to be ready`,
		queries: {
			pods: await podQuery(cluster, names, candidate),
			slices: sliceQuery(names, names.services[candidate])
		},
		check: ({ pods, slices }) => endpointsProgress(slices, pods)
	})
};
/** The step before has made it, so somebody has deleted it since: nothing will bring it back. */
function gone(name) {
	const message = `Deployment ${name} is gone: somebody deleted it while its pods were waited for`;
	return {
		state: "failed",
		error: new _base_mjs__WEBPACK_IMPORTED_MODULE_0__.y("Failed", message, { remedy: "Find out who deletes it (a Git sync that prunes, a clean-up job), then release again." })
	};
}
/** Where nobody says otherwise, room is there or it is not: few clusters add nodes. */
function schedulingTimeoutOf({ schedulingTimeoutMs = 3e4 }) {
	return schedulingTimeoutMs;
}
function merge(first, second) {
	return second.state === "done" ? done(`${first.detail}, ${second.detail}`) : second;
}

// src/release/desired/release-unit.ts
/**
* Makes configuration part of what is released: the pod template names copies that are called by their content, and so
* its hash covers the content, too. `found` are named Secrets that only the cluster has.
*/
function versionConfig(desired, app, versioning, found = []) {
	const namespace = String(desired.workload.metadata.namespace ?? "");
	const isVersioned = ({ kind, metadata }) => kind === "ConfigMap" && versioning.configs === "auto" || kind === "Secret" && versioning.secrets.includes(metadata.name);
	const named = new Set(configRefs(desired.workload).map(configKey));
	const beside = [...desired.others, ...desired.later];
	const sources = [...beside, ...found].filter((object) => isVersioned(object) && named.has(keyOf$1(object)) && object.metadata.namespace === namespace);
	if (sources.length === 0) return desired;
	const copies = new Map(sources.map((source) => [keyOf$1(source), configCopy(source, app, namespace)]));
	const workload = renameConfig(desired.workload, (ref) => copies.get(configKey(ref))?.metadata.name ?? ref.name);
	const stays = (object) => !copies.has(keyOf$1(object)) || isNamedBy(beside, object);
	return {
		...desired,
		workload,
		others: desired.others.filter(stays),
		later: desired.later.filter(stays),
		copies: [...copies.values()],
		template: hashTemplate(workload)
	};
}
/** Whether another object of the manifests reads a ConfigMap or Secret: a CronJob, a resource of some operator. */
function isNamedBy(objects, config) {
	return objects.some((object) => !isConfigKind(object.kind) && mentions({
		...object,
		metadata: void 0
	}, config.metadata.name));
}
/** Whether a text stands anywhere in it. What is not meant as a name costs one apply too many, never one too few. */
function mentions(value, name) {
	if (typeof value === "string") return value === name;
	if (Array.isArray(value)) return value.some((item) => mentions(item, name));
	return (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.f)(value) && Object.values(value).some((inner) => mentions(inner, name));
}
/** References that a release leaves as they are: whoever changes these objects changes running pods. */
function unversionedRefs({ workload, copies }) {
	const copied = new Set(copies.map(keyOf$1));
	const refs = configRefs(workload).filter((ref) => !copied.has(configKey(ref)));
	return refs.filter((ref, index) => refs.findIndex((other) => configKey(other) === configKey(ref)) === index);
}

// src/release/steps/config.ts
/**
* Configuration comes in copies of its own, so that the running version goes on reading what it was released with, and
* a way back finds it again.
*/
const copyConfig = {
	id: "copy-config",
	title: "Copy the configuration that the candidate reads",
	async before(release) {
		const { copies } = requireDesired(release);
		const existing = copies.map(async (copy) => [keyOf$1(copy), await release.cluster.get(refOf(copy)) !== void 0]);
		return Object.fromEntries(await Promise.all(existing));
	},
	async act(release) {
		const wanted = requireDesired(release);
		for (const copy of wanted.copies) await ensureCopy(release, copy);
		return describeConfig(release.cluster, release.names.namespace, wanted);
	},
	async undo({ cluster, names, token }, before) {
		if (!(0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.f)(before)) return;
		for (const [key, existed] of Object.entries(before)) if (existed === false) await deleteOurs(cluster, refFrom$1(key, names.namespace), token);
	}
};
/** `ConfigMap settings-3f2a` as the reference it was written from. */
function refFrom$1(key, namespace) {
	const [kind = "", name = ""] = key.split(" ");
	return {
		apiVersion: "v1",
		kind,
		namespace,
		name
	};
}
/** What is released together with the pods, and what they read that is not. */
async function describeConfig(cluster, namespace, desired) {
	if (configRefs(desired.workload).length === 0) return "it reads none";
	const loose = [];
	for (const ref of unversionedRefs(desired)) {
		const object = ref.kind === "Secret" ? void 0 : await cluster.get(refFrom$1(configKey(ref), namespace));
		if (object === void 0 || !isOurCopy(object)) loose.push(configKey(ref));
	}
	const copied = desired.copies.map(keyOf$1);
	return [copied.length === 0 ? "nothing to copy" : copied.join(", "), ...loose.length === 0 ? [] : [`not part of the release unit: ${loose.join(", ")}`]].join("; ");
}

// src/release/proof/converge.ts
/**
* Rows that prove a change: so many answers of the wanted side alone, over so long. What the time is for, a part of the
* gateway that is late, many answers find sooner. Of answers that may come from any part, 25 miss one with a fifth of the
* traffic once in 260 times, 5 once in 3; a connection that stays with one part tells of that part alone, so that the half
* of the answers that come on connections of their own (12) miss it once in 15.
*/
const sufficientRows = [{
	answers: 5,
	overMs: 500
}, {
	answers: 25,
	overMs: 250
}];
function newStreak(wanted, since, telling = "all") {
	return {
		wanted,
		telling,
		since,
		count: 0,
		firstAt: null,
		broken: "no answer yet"
	};
}
/** Counts an answer in. Any answer of another side, and any failure, begins the row anew. */
function countSighting(streak, sighting) {
	if (sighting.sentAt < streak.since || sighting.ownSide) return streak;
	if (sighting.ofOthers && streak.wanted !== "unknown") return streak;
	if (streak.telling === "fresh" && sighting.population === "kept") return streak;
	if (!sighting.ok) return {
		...streak,
		count: 0,
		firstAt: null,
		broken: sighting.quote
	};
	if (sighting.role !== streak.wanted) return {
		...streak,
		count: 0,
		firstAt: null,
		broken: `still answered by ${sighting.role}`
	};
	return {
		...streak,
		count: streak.count + 1,
		firstAt: streak.firstAt ?? sighting.doneAt
	};
}
function isProven(streak, now) {
	const { count, firstAt } = streak;
	if (firstAt === null) return false;
	return sufficientRows.some(({ answers, overMs }) => count >= answers && now - firstAt >= overMs);
}
/** Waits until the real entry point has answered by the wanted side alone, often and long enough. */
async function provenBy(witness, wanted, clock, deadline, telling = "all") {
	const began = clock.monotonic();
	let streak = newStreak(wanted, began, telling);
	const stopListening = witness.onSighting((sighting) => {
		streak = countSighting(streak, sighting);
	});
	try {
		while (!isProven(streak, clock.monotonic())) await clock.sleep(20, deadline.signal);
	} catch (thrown) {
		throw lastSeen(thrown, streak);
	} finally {
		stopListening();
	}
	const took = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.g)((streak.firstAt ?? began) - began);
	const answers = telling === "fresh" ? "answers on connections of their own" : "answers";
	return `${streak.count} ${answers} in a row by the ${wanted} version, the first after ${took}`;
}
function lastSeen(thrown, streak) {
	if (!(thrown instanceof _base_mjs__WEBPACK_IMPORTED_MODULE_0__.y) || thrown.code !== "Timeout") return thrown;
	const follower = streak.telling === "fresh" ? "what stands in front of the Service follows it" : "the gateway follows the route";
	const seen = streak.count > 0 ? `${streak.count} answers in a row` : streak.broken;
	return new _base_mjs__WEBPACK_IMPORTED_MODULE_0__.y("Timeout", `${thrown.message} while waiting for ${streak.wanted} to answer alone; last seen: ${seen}`, {
		cause: thrown,
		remedy: `Check that ${follower}, and that \`probe-url\` leads to this app: an older route for the same host, also in another namespace, would answer instead.`
	});
}

// src/release/steps/converged.ts
/** All traffic to one slot. */
function onlyTo(slot) {
	return {
		kind: "split",
		blue: slot === "blue" ? 100 : 0,
		green: slot === "green" ? 100 : 0
	};
}
function stableOf({ stable, candidate }) {
	return stable ?? candidate;
}
/** The control plane has taken the change up, and the real entry point is answered by one side alone. */
async function converged(release, wanted, deadline, way = "forward") {
	const { clock, names, witness } = release;
	const mode = modeOf(names);
	await takenUp(release, deadline, way);
	if (witness === null) return mode === "gateway" ? "the gateway has accepted the route; loss not measured" : "loss not measured";
	await witness.start(release.versions.current);
	const telling = mode === "gateway" ? "all" : "fresh";
	return provenBy(witness, seenAs(release.versions.current, wanted), clock, deadline, telling);
}
async function takenUp({ cluster, clock, router }, { signal }, way) {
	const bound = cluster.with(signal);
	let reason;
	try {
		for (;;) {
			reason = await router.pending(bound, way);
			if (reason === void 0) return;
			await clock.sleep(50, signal);
		}
	} catch (thrown) {
		if (!(thrown instanceof _base_mjs__WEBPACK_IMPORTED_MODULE_0__.y) || thrown.code !== "Timeout" || reason === void 0) throw thrown;
		const message = `${thrown.message} while waiting for the route to be taken up; last seen: ${reason}`;
		throw new _base_mjs__WEBPACK_IMPORTED_MODULE_0__.y("Timeout", message, {
			cause: thrown,
			remedy: "Mend what the gateway says of the route, then run the same command again."
		});
	}
}
const convergeWithinMs = 6e4;
function convergeDeadline(deadline) {
	return deadline.within(convergeWithinMs, "The gateway");
}

// src/release/steps/entry-changes.ts
/** The app's own Service, those that follow it, and its routes as the manifests want them while the candidate is live. */
function wantedObjects(release) {
	const { service, followers, routes } = requireDesired(release);
	return [...[service, ...followers].map((object) => guidedService(object, release.candidate)), ...routes].map((object) => stamped(object, release.token));
}
/** What differs from its manifest, by the server's own reading of it: defaults filled in, order of fields aside. */
async function changedObjects(cluster, release) {
	const changed = [];
	for (const wanted of wantedObjects(release)) {
		const [standing, reading] = await Promise.all([cluster.get(refOf(wanted)), cluster.apply(wanted, {
			dryRun: true,
			force: true
		})]);
		if (!(0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.l)((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(standing, "spec"), (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(reading, "spec"))) changed.push(wanted);
	}
	return changed;
}
/** One that somebody has deleted is created anew. */
async function bringUp(release, wanted) {
	const { created } = await createFenced(release, wanted, refOf(wanted));
	if (!created) await fencedApply(release.cluster, wanted, release.token);
}
function key(object) {
	return describeRef(refOf(object));
}
/**
* A manifest may also change the ports of the app's own Service, or the hosts and paths of its routes. That happens
* while all traffic is on the candidate, which is the version that these changes are for.
*/
const applyEntryChanges = {
	id: "apply-entry-changes",
	title: "Bring Service and routes up to their manifests",
	async before(release) {
		const images = {};
		for (const object of await changedObjects(release.cluster, release)) images[key(object)] = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(await release.cluster.get(refOf(object)), "spec") ?? null;
		return images;
	},
	async act(release) {
		const changed = await changedObjects(release.cluster, release);
		for (const object of changed) await bringUp(release, object);
		return changed.length === 0 ? "they are as their manifests have them" : changed.map(key).join(", ");
	},
	async verify(release, deadline) {
		const before = beforeOf(release.journal.release, "apply-entry-changes");
		if (!(0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.f)(before) || Object.keys(before).length === 0) return "";
		return converged(release, "candidate", deadline.within(6e4, "The gateway"));
	},
	async undo({ cluster, names, token }, before) {
		if (!(0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.f)(before)) return;
		for (const [described, spec] of Object.entries(before)) {
			const ref = refFrom(described, names.namespace);
			if (spec === null) await deleteOurs(cluster, ref, token);
			else await fencedPatch(cluster, ref, token, (object) => replaceField(object, ["spec"], spec));
		}
	}
};
/** `Service shop/shop` as the reference it was written from. */
function refFrom(described, namespace) {
	const [kind = "", name = ""] = [described.split(" ")[0], described.split("/")[1]];
	return {
		apiVersion: kind === "Service" ? "v1" : "gateway.networking.k8s.io/v1",
		kind,
		namespace,
		name
	};
}

// src/release/steps/followers.ts
/** What each Service of the manifests that follows the app's own selects now; null for one that is not there. */
async function followerImages(release) {
	const { cluster, names } = release;
	const images = requireDesired(release).followers.map(async ({ metadata: { name } }) => {
		const service = await cluster.get(serviceRef(names, name));
		return [name, service === void 0 ? null : (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(service, "spec", "selector") ?? {}];
	});
	return Object.fromEntries(await Promise.all(images));
}
/** Lets each of them select the given slot, and creates those that are missing. Answers the names of these. */
async function openFollowersTo(release, slot) {
	const { cluster, token } = release;
	const missing = [];
	for (const follower of requireDesired(release).followers) {
		const wanted = stamped(guidedService(follower, slot), token);
		const { created } = await createFenced(release, wanted, refOf(wanted));
		if (created) missing.push(wanted.metadata.name);
		await stampToken(cluster, refOf(wanted), token);
		await selectSlot(release, wanted.metadata.name, slot);
	}
	return missing;
}
async function restoreFollowers({ cluster, names, token }, images) {
	for (const [name, selector] of Object.entries(images ?? {})) {
		const ref = serviceRef(names, name);
		if (selector === null) await deleteOurs(cluster, ref, token);
		else {
			await stampToken(cluster, ref, token);
			await fencedPatch(cluster, ref, token, (service) => replaceField(service, ["spec", "selector"], selector));
		}
	}
}
/** A Service that the manifests bring along anew reaches the live version until the others move. */
const openFollowers = {
	id: "open-followers",
	title: "Create the Services that are new",
	before: followerImages,
	async act(release) {
		const missing = await openFollowersTo(release, release.stable ?? release.candidate);
		return missing.length === 0 ? "none is" : missing.join(", ");
	},
	undo: restoreFollowers
};

// src/release/steps/first.ts
/** The first release of an app: its own Service appears when there is something to serve. */
const openEntry = {
	id: "open-entry",
	title: "Create the app's own Service",
	async before(release) {
		const service = await release.cluster.get(entryRef(release.names));
		const followers = await followerImages(release);
		return {
			existed: service !== void 0,
			selector: (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.u)(service, "spec", "selector"),
			...Object.keys(followers).length === 0 ? {} : { followers }
		};
	},
	async act(release) {
		const { cluster, names, candidate, token } = release;
		const wanted = stamped(guidedService(requireDesired(release).service, candidate), token);
		const { created } = await createFenced(release, wanted, entryRef(names));
		await openFollowersTo(release, candidate);
		if (created) return `${names.entry} selects ${candidate}`;
		await stampToken(cluster, entryRef(names), token);
		await selectSlot(release, names.entry, candidate);
		return `${names.entry} was there already, and selects ${candidate} now`;
	},
	verify: (release, deadline) => allOffer(release, release.candidate, deadline),
	async undo(release, before) {
		const { cluster, names, token } = release;
		const ref = entryRef(names);
		await restoreFollowers(release, (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(before, "followers"));
		if ((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(before, "existed") === false) return deleteOurs(cluster, ref, token);
		await fencedPatch(cluster, ref, token, (service) => replaceField(service, ["spec", "selector"], (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(before, "selector") ?? {}));
	}
};
const openRoutes = {
	id: "open-routes",
	title: "Create the routes of the app",
	async before({ cluster, names }) {
		const existing = names.routes.map(async (route) => [route, await cluster.get(routeRef(names, route)) !== void 0]);
		return Object.fromEntries(await Promise.all(existing));
	},
	async act(release) {
		const { cluster, names, token } = release;
		const created = [];
		for (const route of requireDesired(release).routes) if ((await createFenced(release, stamped(route, token), refOf(route))).created) created.push(route.metadata.name);
		for (const route of names.routes) await stampToken(cluster, routeRef(names, route), token);
		return created.length === 0 ? "they were there already" : created.join(", ");
	},
	verify: firstAnswers,
	async undo({ cluster, names, token }, before) {
		for (const route of names.routes) if ((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(before, route) === false) await deleteOurs(cluster, routeRef(names, route), token);
	}
};
/** Without a route it is the Ingresses of the manifests that let callers in, or nothing but the Service itself. */
const openIngresses = {
	id: "open-ingresses",
	title: "Create the Ingresses of the app, and wait for its first answers",
	async before(release) {
		const existing = ingressesToOpen(release).map(async ({ metadata: { name } }) => [name, await release.cluster.get(ingressRef(release.names, name)) !== void 0]);
		return Object.fromEntries(await Promise.all(existing));
	},
	async act(release) {
		const created = [];
		for (const ingress of ingressesToOpen(release)) {
			if (await release.cluster.get(refOf(ingress)) !== void 0) continue;
			if ((await createFenced(release, stamped(ingress, release.token), refOf(ingress))).created) created.push(ingress.metadata.name);
		}
		return created.length === 0 ? "there is none to create" : created.join(", ");
	},
	verify: firstAnswers,
	async undo({ cluster, names, token }, before) {
		for (const [name, existed] of Object.entries((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.f)(before) ? before : {})) if (existed === false) await deleteOurs(cluster, ingressRef(names, name), token);
	}
};
/** The entry point was just opened: nothing counts before it has answered well. */
async function firstAnswers(release, deadline) {
	const { witness, versions, guard } = release;
	await witness?.start(versions.current, deadline.within(6e4, "The first answer"));
	guard.arm();
	return converged(release, "candidate", convergeDeadline(deadline));
}

// src/release/steps/learn-versions.ts
/** Of each side: each pod costs a port-forward, and more at once would strain the API server. */
const podsAtOnce = 4;
/** For all pods of a version that is to be left: it may be left because it hangs, and callers wait meanwhile. */
const abandonedWithinMs = 3e3;
/** What the pods of a slot call themselves, asked one by one and past every Service. Warns of those that could not be asked. */
async function versionsOf(release, slot, deadline) {
	const { cluster, names, identify, recorder } = release;
	const service = await cluster.get(slotServiceRef(names, slot));
	if (service === void 0) return [];
	const pods = (await listPods(cluster, names, slot)).filter(isReady);
	const found = [];
	const unasked = [];
	const ask = (pod) => identify(directPod(cluster, names, pod), service, deadline).catch((thrown) => {
		if (!(thrown instanceof _base_mjs__WEBPACK_IMPORTED_MODULE_0__.y) || thrown.code !== "Failed") throw thrown;
		unasked.push(thrown.message);
		return [];
	});
	for (let start = 0; start < pods.length && !deadline.signal.aborted; start += podsAtOnce) found.push(...(await Promise.all(pods.slice(start, start + podsAtOnce).map(ask))).flat());
	if (unasked.length > 0) recorder.warn(`${unasked.length} of ${pods.length} pods of slot ${slot} could not be asked what they call themselves, so the answers of callers prove less: ${unasked[0]}`);
	return [...new Set(found)].sort();
}
/** Whether a route of the app, as it stands or is to be, also sends to somebody else. */
async function sharesCallersNow({ cluster, names, desired }) {
	return [...await Promise.all(names.routes.map((route) => cluster.get(routeRef(names, route)))), ...desired?.routes ?? []].filter((route) => route !== void 0).some((route) => sharesCallers(route, backendNamesOf(names)));
}
/** Asks both sides for their versions, so that answers of the entry point can be told apart. */
const learnVersions = {
	id: "learn-versions",
	title: "Learn what each version calls itself",
	everyRun: true,
	async act(release, deadline) {
		const within = release.journal.release.strategy === "rollback" ? deadline.within(abandonedWithinMs, "The version that is left") : deadline;
		const [candidate, stable] = await Promise.all([versionsOf(release, release.candidate, deadline), release.stable === null ? Promise.resolve([]) : versionsOf(release, release.stable, within)]);
		release.versions.current = {
			candidate,
			stable,
			isShared: await sharesCallersNow(release)
		};
		const shared = candidate.filter((version) => stable.includes(version));
		if (shared.length > 0) release.recorder.warn(`Both versions call themselves ${shared.join(", ")}: answers cannot be told apart, so only the control plane proves the switch.`);
		const said = (versions) => versions.join(", ") || "does not say";
		return `candidate: ${said(candidate)}; stable: ${release.stable === null ? "there is none" : said(stable)}`;
	}
};

// src/release/steps/observe.ts
/** What the route should look like meanwhile; a run before this one may have given it its own form back already. */
function heldRoute({ journal, stable, candidate }) {
	if (stable === null) return { target: { kind: "entry" } };
	return journal.release.steps.some(({ id, state }) => id === "restore-route" && state !== "undone") ? {} : { target: onlyTo(candidate) };
}
/** Watches real traffic on the candidate for a while; the guard ends this at the first failure too many. */
const observe = {
	id: "observe",
	title: "Watch real traffic on the candidate",
	everyRun: true,
	async act(release, deadline) {
		const { clock, settings, witness, versions, guard, candidate } = release;
		if (witness === null) return "nobody watches: loss not measured";
		await witness.start(versions.current);
		guard.arm();
		let answers = 0;
		const stopListening = witness.onSighting(() => {
			answers += 1;
		});
		try {
			await whileHeld(release, {
				...heldRoute(release),
				selected: candidate
			}, deadline, ({ signal }) => clock.sleep(settings.observeMs, signal));
		} finally {
			stopListening();
		}
		return `${answers} answers`;
	}
};

// src/release/steps/prune.ts
/** Revisions kept for rollbacks. */
const keptRevisions = 5;
/**
* Revisions beyond the newest five go; those that are live or the way back never do. Copies of configuration go with the
* last revision that names them.
*/
const pruneRevisions = {
	id: "prune-revisions",
	title: "Drop revisions that nobody goes back to",
	async act({ cluster, names, token, journal, desired }) {
		const all = await revisionObjects(cluster, names);
		const numbers = all.map((object) => Number((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(object, "revision"))).sort((a, b) => b - a);
		const needed = [journal.current.live?.revision, journal.current.previous?.revision];
		const dropped = numbers.slice(keptRevisions).filter((revision) => !needed.includes(revision));
		for (const revision of dropped) await deleteOurs(cluster, revisionRef(names, revision), token);
		const copies = await dropCopies(cluster, names, token, {
			kept: all.filter((object) => !dropped.includes(Number((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(object, "revision")))),
			desired
		});
		const gone = [...dropped.map(String), ...copies];
		return gone.length === 0 ? "all are kept" : `dropped ${gone.join(", ")}`;
	}
};
/** Deletes copies that neither a kept revision nor a slot names. */
async function dropCopies(cluster, names, token, { kept, desired }) {
	const slots = ["blue", "green"].map((slot) => cluster.get(deploymentRef(names, slot)));
	const standing = (await Promise.all(slots)).filter((slot) => (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(slot, "spec", "replicas") !== 0);
	const workloads = [...kept.map((object) => dataOf(object)?.workload), ...standing];
	const needed = new Set([...workloads, desired?.workload].flatMap(namedConfig));
	const place = {
		app: names.app,
		namespace: names.namespace
	};
	const kinds = desired?.copies.some(({ kind }) => kind === "Secret") ? ["ConfigMap", "Secret"] : ["ConfigMap"];
	const dropped = [];
	for (const kind of kinds) dropped.push(...await collectCopies(cluster, {
		...place,
		kind
	}, needed, token));
	return dropped;
}

// src/release/proof/kept-connections.ts
/**
* Looks at the prober's own connections that were open before the switch. Behind a Service they stay with the pods that
* were abandoned, and so do those of every caller that keeps one. Null where a route moves the traffic, or nobody can tell.
*/
function countKept({ names, witness }) {
	return modeOf(names) === "gateway" ? null : witness?.countKept() ?? null;
}
/** `3 of 8 kept connections still talk to the old version`; undefined when there is nothing to say. */
function describeKept(kept) {
	if (kept === null || kept.connections === 0) return void 0;
	return `${kept.onAbandoned} of ${kept.connections} kept connections still talk to the old version`;
}
/** What the old pods took with them when they went. */
function describeCut(kept) {
	if (kept === null) return void 0;
	return `${kept.cut === 1 ? "1 request" : `${kept.cut} requests`} on kept connections ended without an answer`;
}

// src/release/steps/record.ts
/** Keeps what was released, with the digests that really run, so that it can be brought back without manifests. */
const recordRevision = {
	id: "record-revision",
	title: "Record the revision",
	async act(release) {
		const { cluster, clock, names, candidate, token, journal } = release;
		const { workload, service, followers, template, autoscalers } = requireDesired(release);
		const { revision } = journal.release.candidate;
		const data = {
			workload,
			service,
			...followers.length > 0 ? { followers } : {},
			template,
			...autoscalers.length === 0 ? {} : { autoscalers },
			release: journal.release.id,
			commit: journal.release.commit,
			createdAt: (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.C)(clock.now()),
			digests: reportedDigests(await listPods(cluster, names, candidate))
		};
		await createFenced(release, revisionObject(names, candidate, revision, data, token), revisionRef(names, revision));
		return `revision ${revision}`;
	},
	async undo({ cluster, names, token, journal }) {
		await deleteOurs(cluster, revisionRef(names, journal.release.candidate.revision), token);
	}
};
/** Who serves, what a rollback goes back to, and which run gave the app its traffic, as the journal has it. */
async function placementsOf({ journal }) {
	const { live, previous, order } = journal.current;
	return {
		live: live === null ? null : { ...live },
		previous: previous === null ? null : { ...previous },
		order: order === null ? null : { ...order }
	};
}
/** For a run that fails after it said who is live, since it could not write that down. */
async function restorePlacements({ journal }, before) {
	const { live, previous, order = journal.current.order } = before;
	journal.update({
		live,
		previous,
		order
	});
}
/** From here on the candidate is the live version. The old pods stay warm, so that going back is one patch. */
const promote = {
	id: "promote",
	title: "Make the candidate the live version",
	before: placementsOf,
	undo: restorePlacements,
	async act(release) {
		const { clock, journal, settings, guard } = release;
		guard.disarm();
		const { candidate, stable } = journal.release;
		const keepUntil = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.C)(clock.now() + settings.rollbackWindowMs);
		journal.update({
			live: candidate,
			previous: stable === null ? null : {
				...stable,
				warm: true,
				keepUntil
			}
		});
		journal.update({ order: orderOf(journal.release) });
		journal.updateRelease({ phase: "promoted" });
		if (stable === null) return `revision ${candidate.revision} is live`;
		const kept = describeKept(countKept(release));
		if (kept !== void 0) release.recorder.note(kept);
		const warm = `revision ${stable.revision} stays warm for ${(0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.g)(settings.rollbackWindowMs)}`;
		return kept === void 0 ? warm : `${warm}; ${kept}`;
	}
};
/**
* After a way back the older version is live. What was abandoned is no way back: a second rollback must not bring it
* up again, unless a person names its revision.
*/
const recordReturn = {
	id: "record-return",
	title: "Make the older version the live one",
	before: placementsOf,
	undo: restorePlacements,
	async act(release) {
		const { journal } = release;
		journal.update({
			live: journal.release.candidate,
			previous: null,
			order: orderOf(journal.release)
		});
		journal.updateRelease({ phase: "rolled-back" });
		const live = `revision ${journal.release.candidate.revision} is live`;
		const kept = describeKept(countKept(release));
		return kept === void 0 ? live : `${live}; ${kept}`;
	}
};
function orderOf({ runId, commit }) {
	return runId === "" ? null : {
		runId,
		commit
	};
}

// src/release/steps/retire.ts
/** Keeps the old slot for the rest of the rollback window, then lets its pods go. */
const retire$1 = {
	id: "retire",
	title: "Let the old version go",
	async act(release, deadline) {
		const { cluster, clock, log, names, settings, token, journal } = release;
		const { previous } = journal.current;
		if (previous === null || !previous.warm) return "there is none";
		await letGatewayFollow(release, deadline.signal);
		const leftMs = Date.parse(previous.keepUntil) - clock.now();
		if (leftMs > 0) {
			log.info(`Revision ${previous.revision} was promised to stay for another ${(0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.g)(leftMs)}: waiting.`);
			await clock.sleep(leftMs, deadline.signal);
		}
		await refuseServing(cluster, journal.current, previous.slot);
		const pods = await podQuery(cluster, names, previous.slot);
		await emptySlot(cluster, names, previous.slot, token);
		await letAdoptedGo(release, previous.slot);
		journal.update({ previous: {
			...previous,
			warm: false
		} });
		journal.updateRelease({ phase: "retired" });
		const scaled = `${names.deployments[previous.slot]} scaled to 0`;
		if (settings.drainWithinMs === void 0) return scaled;
		const within = deadline.within(settings.drainWithinMs, "Letting the old version go");
		return `${scaled}; ${await countCut(release, previous.slot, pods, within)}`;
	}
};
/** After a way back: the abandoned version goes at once, and its slot is empty for the next candidate. */
const emptyAbandoned = {
	id: "empty-abandoned",
	title: "Stop the abandoned version",
	async act(release, deadline) {
		const { cluster, names, stable, token, journal } = release;
		if (stable === null) return "there is none";
		await letGatewayFollow(release, deadline.signal);
		await refuseServing(cluster, journal.current, stable);
		const ref = deploymentRef(names, stable);
		await emptySlot(cluster, names, stable, token);
		const gone = await countCut(release, stable, await podQuery(cluster, names, stable), deadline);
		await letAdoptedGo(release, stable);
		return `${ref.name} scaled to 0; ${gone}`;
	}
};
/** Connections that were kept to these pods end with them, and with them perhaps a request. */
async function countCut(release, slot, pods, deadline) {
	const { names, recorder } = release;
	await podsGone(release, `the pods of ${names.deployments[slot]}`, pods, deadline);
	const cut = describeCut(countKept(release));
	if (cut === void 0) return "its pods are gone";
	recorder.note(cut);
	return `its pods are gone; ${cut}`;
}

// src/release/steps/route.ts
/** The route names both slots, with all traffic still on the stable one: the gateway gets to know the candidate. */
const splitRoute = {
	id: "split-route",
	title: "Name both slots in the route, all traffic on the stable one",
	before: ({ cluster, router }) => router.image(cluster),
	async act(release) {
		release.guard.arm();
		release.witness?.switchBegins();
		await release.router.send(release.cluster, onlyTo(stableOf(release)), release.token);
		return `${stableOf(release)} 100`;
	},
	verify: (release, deadline) => converged(release, "stable", convergeDeadline(deadline)),
	async undo(release, before, deadline) {
		await entryOffers(release, stableOf(release), convergeDeadline(deadline));
		await release.router.restore(release.cluster, before, release.token);
		await converged(release, "stable", convergeDeadline(deadline));
	}
};
/** The way back while the old pods are warm: one patch for each route, from whatever form it has. */
const returnRoute = {
	id: "return-route",
	title: "Send all traffic back to the older version",
	before: ({ cluster, router }) => router.image(cluster),
	async act(release) {
		release.witness?.switchBegins();
		release.recorder.mark("weights back");
		await release.router.send(release.cluster, onlyTo(release.candidate), release.token);
		return `${release.candidate} 100`;
	},
	verify: (release, deadline) => converged(release, "candidate", convergeDeadline(deadline)),
	async undo(release, before, deadline) {
		await entryOffers(release, stableOf(release), convergeDeadline(deadline));
		await release.router.restore(release.cluster, before, release.token);
	}
};
/** The switch itself: one patch for each route. */
const shiftWeights = {
	id: "shift-weights",
	title: "Send all traffic to the candidate",
	async act(release) {
		release.recorder.mark("weights");
		await release.router.send(release.cluster, onlyTo(release.candidate), release.token);
		return `${release.candidate} 100`;
	},
	verify: (release, deadline) => whileHeld(release, { target: onlyTo(release.candidate) }, convergeDeadline(deadline), (held) => converged(release, "candidate", held)),
	async undo(release, _before, deadline) {
		release.recorder.mark("weights back");
		await release.router.send(release.cluster, onlyTo(stableOf(release)), release.token);
		await converged(release, "stable", convergeDeadline(deadline), "back");
	}
};
/** Between releases the route is what its manifest says, so applying that again does no harm. */
const restoreRoute = {
	id: "restore-route",
	title: "Give the route its own form back",
	before: ({ cluster, router }) => router.image(cluster),
	async act(release) {
		await release.router.send(release.cluster, { kind: "entry" }, release.token);
		return `backend ${release.names.entry}`;
	},
	verify: (release, deadline) => converged(release, "candidate", convergeDeadline(deadline)),
	async undo(release, before) {
		await release.router.restore(release.cluster, before, release.token);
	}
};

// src/release/steps/slot-services.ts
/** Both slots have a Service of their own, so that a route can tell them apart. */
const slotServices = {
	id: "slot-services",
	title: "Give each slot a Service",
	async before({ cluster, names }) {
		const [blue, green] = await Promise.all([cluster.get(slotServiceRef(names, "blue")), cluster.get(slotServiceRef(names, "green"))]);
		return {
			blue: blue !== void 0,
			green: green !== void 0
		};
	},
	async act(release) {
		const { cluster, names, token, candidate } = release;
		const { service } = requireDesired(release);
		const standing = await cluster.get(entryRef(names));
		for (const slot of ["blue", "green"]) {
			const ref = slotServiceRef(names, slot);
			const wanted = slotService(slot === candidate ? service : standing ?? service, names, slot, token);
			const { created } = await createFenced(release, wanted, ref);
			if (created || slot !== candidate) continue;
			await stampToken(cluster, ref, token);
			await fencedPatch(cluster, ref, token, (object) => serviceOperations(object, wanted));
		}
		return `${names.services.blue}, ${names.services.green}`;
	},
	async undo({ cluster, names, token }, before) {
		for (const slot of ["blue", "green"]) if ((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(before, slot) === false) await deleteOurs(cluster, slotServiceRef(names, slot), token);
	}
};
function serviceOperations(object, wanted) {
	return [...replaceField(object, ["spec", "selector"], (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(wanted, "spec", "selector")), ...portOperations(object, wanted)];
}

// src/release/steps/stamp-objects.ts
/** From here on, nobody who held the lock before can write to the objects of this app. */
const stampObjects = {
	id: "stamp",
	title: "Mark the objects of the app as ours",
	everyRun: true,
	async act(release) {
		const { cluster, names, router, token, stable, companions } = release;
		const reading = readCompanions(cluster, names.namespace);
		reading.catch(() => void 0);
		for (const slot of ["blue", "green"]) {
			if (await slotDeploymentOf(cluster, names, slot) !== void 0) await stampToken(cluster, deploymentRef(names, slot), token);
			await stampToken(cluster, slotServiceRef(names, slot), token);
		}
		for (const name of guidedServices(names)) await stampToken(cluster, serviceRef(names, name), token);
		const settled = release.journal.current.live !== null && release.journal.release.strategy !== "eject";
		const open = stable === null || !settled ? [] : withoutSlot(await standingServices(release));
		for (const { metadata } of open) await selectSlot(release, metadata.name, stable ?? release.candidate);
		await router.stamp(cluster, token);
		companions.seen = await reading;
		await stampCompanions(release, companions.seen);
		return `token ${token}`;
	},
	async undo({ cluster, names, journal, token }) {
		if (!journal.release.adopts) return;
		for (const name of guidedServices(names)) await unstamp(cluster, serviceRef(names, name), token);
		for (const name of names.routes) await unstamp(cluster, routeRef(names, name), token);
	}
};
/** Autoscalers and budgets that an earlier run has written to. */
async function stampCompanions({ cluster, names, token, desired, journal }, seen) {
	const { ofSlot, onSlot } = sortAutoscalers(seen.autoscalers, names, desired?.workload.metadata.name);
	const autoscalers = [
		ofSlot.blue,
		ofSlot.green,
		onSlot?.object
	];
	const known = beforeOf(journal.release, keepBudgets.id);
	const budgets = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.f)(known) ? Object.keys(known) : [];
	const refs = [...autoscalers.flatMap((object) => object && tokenOf(object) !== void 0 ? [refOf(object)] : []), ...budgets.flatMap((name) => [
		{
			...budgetKind,
			namespace: names.namespace,
			name
		},
		slotBudgetRef(names, name, "blue"),
		slotBudgetRef(names, name, "green")
	])];
	for (const ref of refs) await stampToken(cluster, ref, token);
}

// src/release/steps/traffic-gates.ts
const failedBefore = "Nothing was moved. Mend what real traffic meets already, or correct `probe-url`, and release again.";
const failedDuring = "The traffic went back to the stable version. Look at the failing answers in the report.";
/** The stable version must answer well before anything moves, or a failure afterwards would prove nothing. */
const baseline = {
	id: "baseline",
	title: "Watch real traffic before anything moves",
	everyRun: true,
	async act(release, deadline) {
		const { witness, baseline: gate, versions, journal, guard } = release;
		if (witness === null) return "nobody watches: loss not measured";
		await witness.start(versions.current);
		if (begunMove(journal.release) !== void 0) {
			guard.arm();
			witness.switchBegins();
			return "watching what was begun";
		}
		if (gate === null) return "watching";
		return (await requirePass(release, gate, witness, deadline, failedBefore)).reason;
	}
};
/** All that real traffic met during the switch, judged as a whole before there is no undo any more. */
const judgeTraffic = {
	id: "judge-traffic",
	title: "Judge what real traffic met",
	everyRun: true,
	async act(release, deadline) {
		const { witness, traffic: gate } = release;
		if (witness === null || gate === null) return "nobody watched: loss not measured";
		return (await requirePass(release, gate, witness, deadline, failedDuring)).reason;
	}
};

// src/release/gateway-strategies.ts
const prepareCandidate = [
	slotServices,
	clearCandidate,
	startCandidate,
	candidateReady,
	candidateGates
];
const prepareRelease = [
	applyOthers,
	keepBudgets,
	holdFloor,
	copyConfig,
	...prepareCandidate
];
const finishRelease = [
	moveBudgets,
	settleAutoscalers,
	applyLater,
	pruneRevisions
];
/** The first release of an app: there is no traffic yet that could be lost. */
const first$1 = {
	prepare: [stampObjects, ...prepareRelease],
	switchOver: [
		matchSize,
		openEntry,
		learnVersions,
		openRoutes,
		observe,
		judgeTraffic,
		recordRevision,
		promote
	],
	finish: finishRelease
};
/** Every later release: weights, converge, the app's own Service, converge, observe, and only then the verdict. */
const release$1 = {
	prepare: [
		stampObjects,
		openFollowers,
		...prepareRelease
	],
	switchOver: [
		learnVersions,
		baseline,
		matchSize,
		splitRoute,
		shiftWeights,
		moveEntry,
		observe,
		restoreRoute,
		applyEntryChanges,
		judgeTraffic,
		recordRevision,
		promote
	],
	finish: finishRelease
};
/** The first release of an app that runs already: what runs becomes the stable version, and nothing of it restarts. */
const adopting$1 = {
	...release$1,
	prepare: [
		stampObjects,
		adoptPods,
		adoptServices,
		recordAdopted,
		...release$1.prepare.filter((step) => step !== stampObjects)
	]
};
/** Back onto pods that are still warm. Traffic first, everything else afterwards. */
const fastRollback$1 = {
	prepare: [
		stampObjects,
		keepBudgets,
		holdFloor,
		scaleCandidate,
		candidateReady
	],
	switchOver: [
		learnVersions,
		baseline,
		matchSize,
		returnRoute,
		moveEntry,
		restoreRoute,
		recordReturn
	],
	finish: [
		moveBudgets,
		settleAutoscalers,
		emptyAbandoned
	]
};
/**
* The same, for when each second counts: traffic first, also to fewer pods than the live version has. That these grow is
* no condition of the way back: where they cannot, traffic must not return to what it was taken from.
*/
const hastyRollback$1 = {
	prepare: [stampObjects, candidateStands],
	switchOver: [
		learnVersions,
		baseline,
		returnRoute,
		moveEntry,
		restoreRoute,
		recordReturn
	],
	finish: [
		keepBudgets,
		growReturned,
		moveBudgets,
		settleAutoscalers,
		emptyAbandoned
	]
};
/** There and back again: only the traffic moves. */
const drill$2 = {
	prepare: [
		stampObjects,
		holdFloor,
		scaleCandidate,
		candidateReady
	],
	switchOver: [
		learnVersions,
		baseline,
		matchSize,
		returnRoute
	],
	finish: []
};
/** Back to a revision whose pods are gone: they are started from its ControllerRevision first. */
const coldRollback$1 = {
	prepare: [
		stampObjects,
		keepBudgets,
		holdFloor,
		...prepareCandidate
	],
	switchOver: [
		learnVersions,
		baseline,
		matchSize,
		returnRoute,
		moveEntry,
		restoreRoute,
		recordReturn
	],
	finish: [
		moveBudgets,
		settleAutoscalers,
		emptyAbandoned
	]
};
/** Of an app whose traffic moves by the weights of its routes. */
const gatewayStrategies = {
	first: first$1,
	adopting: adopting$1,
	release: release$1,
	fastRollback: fastRollback$1,
	hastyRollback: hastyRollback$1,
	coldRollback: coldRollback$1,
	drill: drill$2
};

// src/release/steps/selector.ts
/**
* The switch of an app that no route leads to: the selector of its own Service, and its ports, in one fenced patch.
* Callers that keep a connection open stay with the old pods; every new connection is proven to reach the candidate.
*/
const switchEntry = {
	...moveEntry,
	id: "switch-entry",
	title: "Send new connections to the candidate by the selector of the app's own Service",
	async act(release, deadline) {
		release.guard.arm();
		release.witness?.switchBegins();
		return moveEntry.act(release, deadline);
	},
	async verify(release, deadline) {
		return `${await allOffer(release, release.candidate, deadline)}; ${await converged(release, "candidate", convergeDeadline(deadline))}`;
	},
	async undo(release, before, deadline) {
		release.recorder.mark("selector back");
		await moveEntry.undo?.(release, before, deadline);
		await entryOffers(release, stableOf(release), deadline);
		await converged(release, "stable", convergeDeadline(deadline));
	}
};
/** The same for the way back: the older version is the one that gets the traffic, and nothing guards it. */
const returnEntry = {
	...switchEntry,
	id: "return-entry",
	title: "Send new connections back to the older version by the selector of the app's own Service",
	async act(release, deadline) {
		release.witness?.switchBegins();
		return moveEntry.act(release, deadline);
	},
	async undo(release, before, deadline) {
		await moveEntry.undo?.(release, before, deadline);
		await entryOffers(release, stableOf(release), deadline);
	}
};

// src/release/selector-strategies.ts
const { first, adopting, release, fastRollback, hastyRollback, coldRollback, drill: drill$1 } = gatewayStrategies;
const switchOver = [
	learnVersions,
	baseline,
	matchSize,
	switchEntry,
	observe,
	applyEntryChanges,
	judgeTraffic,
	recordRevision,
	promote
];
const goBack = [
	learnVersions,
	baseline,
	matchSize,
	returnEntry,
	recordReturn
];
/**
* Of an app that no route leads to: what comes before the switch and after the promotion is the same, and the app's own
* Service is all that moves.
*/
const selectorStrategies = {
	first: {
		...first,
		switchOver: [
			matchSize,
			openEntry,
			learnVersions,
			openIngresses,
			observe,
			judgeTraffic,
			recordRevision,
			promote
		]
	},
	adopting: {
		...adopting,
		switchOver
	},
	release: {
		...release,
		switchOver
	},
	fastRollback: {
		...fastRollback,
		switchOver: goBack
	},
	hastyRollback: {
		...hastyRollback,
		switchOver: [
			learnVersions,
			baseline,
			returnEntry,
			recordReturn
		]
	},
	coldRollback: {
		...coldRollback,
		switchOver: goBack
	},
	drill: {
		...drill$1,
		switchOver: [
			learnVersions,
			baseline,
			matchSize,
			returnEntry
		]
	}
};

// src/release/strategies.ts
/** Hands an app back. There is no way back from it, so all of it only goes on. */
const ejecting = {
	prepare: [],
	switchOver: [],
	finish: [
		stampObjects,
		restoreRoute,
		dropIdle,
		plainServices,
		plainWorkload,
		plainCompanions,
		dropRecords
	]
};
const retireSteps = [retire$1];
function strategiesOf(mode) {
	return mode === "gateway" ? gatewayStrategies : selectorStrategies;
}
/** The steps of a release in a journal: enough to reverse it without manifests. */
function stepsOf({ strategy, stable, adopts }, mode) {
	const { first, adopting, release, coldRollback: back } = strategiesOf(mode);
	if (strategy === "eject") return ejecting;
	if (strategy === "rollback") return back;
	if (adopts) return adopting;
	return stable === null ? first : release;
}

// src/release/preflight/config-missing.ts
/** What the cluster itself puts into each namespace, soon after that is made. */
const broughtByTheCluster = ["kube-root-ca.crt", "openshift-service-ca.crt"];
/**
* A pod whose ConfigMap or key is not there waits in CreateContainerConfigError until the deadline. Secrets that are not
* in the manifests are not looked for: that would take the right to read them.
*/
const findMissingConfig = ({ request: { cluster, desired }, names }) => missingConfig(cluster, names.namespace, desired);
async function missingConfig(cluster, namespace, desired) {
	const given = new Map([...desired.others, ...desired.copies].map((object) => [keyOf$1(object), object]));
	const findings = /* @__PURE__ */ new Map();
	for (const ref of configRefs(desired.workload).filter(({ optional }) => !optional)) {
		const { kind, name } = ref;
		const inManifests = given.get(configKey(ref));
		if (inManifests === void 0 && (kind === "Secret" || broughtByTheCluster.includes(name))) continue;
		const object = inManifests ?? await cluster.get({
			apiVersion: "v1",
			kind,
			namespace,
			name
		});
		for (const [what, finding] of problemsOf(ref, object, namespace)) findings.set(what, finding);
	}
	return [...findings.values()];
}
function problemsOf(ref, object, namespace) {
	const described = describeRef({
		apiVersion: "v1",
		kind: ref.kind,
		namespace,
		name: ref.name
	});
	if (object === void 0) {
		const message = `${described} is not there, neither in the manifests nor in the cluster, and ${ref.where} reads it: its pods could not start`;
		const remedy = `Put the ${ref.kind} into the manifests, create it, or make the reference optional.`;
		return [[described, refuse(message, remedy)]];
	}
	return ref.keys.filter((key) => !hasKey(object, key)).map((key) => [`${described} ${key}`, refuse(`${described} has no key ${key}, and ${ref.where} reads it: its pods could not start`, `Add the key, correct the reference, or make it optional.`)]);
}
function hasKey(object, key) {
	const { data, binaryData } = contentOf(object);
	return (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(data, key) !== void 0 || (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(binaryData, key) !== void 0;
}

// src/release/preflight/replicas.ts
/** Which slot the candidate gets, and which one serves; that is null where nothing does yet. */
function sidesOf$1({ request, journal, running }) {
	const candidate = candidateSlot(request.app, journal?.live?.slot, running);
	return {
		candidate,
		serving: (journal?.live ?? null) !== null || running !== void 0 ? { slot: otherSlot(candidate) } : null
	};
}
/** How many pods the manifests ask for: by their own number, or by the floor of their autoscaler. */
function sizeGiven({ workload, autoscalers }) {
	const given = Number((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(workload, "spec", "replicas") ?? 1);
	const floor = Number((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(autoscalers[0], "spec", "minReplicas") ?? 1);
	return Math.max(given, floor);
}
/**
* The live size, whoever set it: a release never shrinks what carries the traffic. A preview may start smaller. At 0 the
* live version carries none, and its size says nothing.
*/
async function sizesOf({ cluster, desired, until, previewReplicas }, names, stable) {
	const live = stable === null ? void 0 : await cluster.get(deploymentRef(names, stable.slot));
	const full = Number((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(live, "spec", "replicas") ?? 0) || sizeGiven(desired);
	return {
		start: until === "preview" ? previewReplicas ?? full : full,
		full
	};
}

// src/release/target.ts
/** Finds the revision and whether its pods are still there. Throws `Refused` when there is no way back. */
async function findTarget({ cluster, app, to }, journal) {
	const { names, live, previous } = journal;
	if (live === null) throw refused(app, "it was never released", "Release it first.");
	const revision = to ?? previous?.revision;
	if (revision === void 0) throw noWayBack(app, live.revision, await keptOf(cluster, journal));
	if (revision === live.revision) throw refused(app, `revision ${revision} is live already`, "See `streamgate status`.");
	const data = await readRevision(cluster, journal, revision);
	if (data === void 0) {
		const kept = await keptOf(cluster, journal);
		throw refused(app, `revision ${revision} is not kept`, `Kept are: ${kept.join(", ") || "none"}.`);
	}
	const standingLive = await cluster.get(deploymentRef(names, live.slot));
	const liveSize = Number((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(standingLive, "spec", "replicas") ?? 0);
	const slot = otherSlot(live.slot);
	const standing = Number((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(await slotDeploymentOf(cluster, names, slot), "spec", "replicas") ?? 0);
	const held = heldWayBack(journal);
	const warm = held?.revision === revision && held.slot === slot && standing > 0;
	const { workload, byTag } = warm ? {
		workload: data.workload,
		byTag: []
	} : pinImages(data.workload, data.digests ?? {});
	const desired = desiredOf(data, workload);
	const [missing] = warm ? [] : await missingConfig(cluster, names.namespace, desired);
	if (missing !== void 0) throw refused(app, `revision ${revision} cannot start: ${missing.message}`, "Bring it back, or go to another one.");
	return {
		placement: {
			slot,
			revision
		},
		warm,
		live,
		byTag,
		desired,
		replicas: liveSize || sizeGiven(desired)
	};
}
/** What a revision was released with; undefined when it is no longer kept. */
async function keptDesired(cluster, journal, revision) {
	const data = await readRevision(cluster, journal, revision);
	return data === void 0 ? void 0 : desiredOf(data, data.workload);
}
/** A revision knows neither routes nor budgets: a way back leaves those that stand as they are. */
function desiredOf(data, workload) {
	const { service, followers = [], template, autoscalers = [] } = data;
	return {
		workload,
		service,
		followers,
		template,
		autoscalers,
		routes: [],
		budgets: [],
		others: [],
		later: [],
		copies: []
	};
}
function requireJournal(journal, { app, namespace }) {
	if (journal !== void 0) return journal;
	throw new _base_mjs__WEBPACK_IMPORTED_MODULE_0__.y("Refused", `${app} is unknown: nothing was ever released in namespace ${namespace} under this name`, { remedy: "Check `app` and `namespace`, or release it first." });
}
function refused(app, why, remedy) {
	return new _base_mjs__WEBPACK_IMPORTED_MODULE_0__.y("Refused", `${app} has nothing to go back to: ${why}`, { remedy });
}
/** What a rollback has abandoned, nobody goes back to without naming it. */
function noWayBack(app, live, kept) {
	const others = kept.filter((revision) => revision !== live);
	if (others.length === 0) return refused(app, "no earlier revision is kept", "Release the version that you want.");
	return refused(app, "after a rollback there is no way back by default", `Name a kept revision with \`to\`: ${others.join(", ")}.`);
}
async function keptOf(cluster, { names }) {
	return (await listRevisions(cluster, names)).map(({ revision }) => revision);
}

// src/release/preflight/manifest-facts.ts
/** Names of the claims that the pods mount and the manifests do not hold. */
function claimsToRead({ workload, others }) {
	const brought = others.filter(({ kind }) => kind === "PersistentVolumeClaim");
	return claimNames(workload).filter((name) => !brought.some(({ metadata }) => metadata.name === name));
}
/** Names of the claims that the pods of a workload mount. */
function claimNames(workload) {
	return (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.p)(podSpecOf(workload), "volumes").map((volume) => (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(volume, "persistentVolumeClaim", "claimName")).filter((name) => typeof name === "string");
}
/** Other namespaces to which routes send. */
function foreignNamespaces(routes, home) {
	const places = routes.flatMap((route) => (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.p)(route, "spec", "rules")).flatMap((rule) => (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.p)(rule, "backendRefs")).map((ref) => (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(ref, "namespace"));
	return [...new Set(places.filter((place) => typeof place === "string" && place !== home))].map(String);
}

// src/release/preflight/permission-facts.ts
/** Of a release that does nothing out of the ordinary. */
const plainFacts = {
	mode: "gateway",
	looksForRoutes: true,
	opensIngresses: false,
	bringsRoutes: false,
	versionsSecrets: false,
	adopts: false,
	ejects: false,
	probesInCluster: false,
	autoscales: false,
	budgets: false,
	others: [],
	mountsClaims: false,
	foreignNamespaces: []
};
/** Reads the facts of a release. Kinds that we do not know are looked up in the discovery of the API. */
async function readPermissionFacts(request) {
	const { cluster, namespace, desired, probesInCluster = false, versionSecrets = [] } = request;
	const traffic = await foreseeTraffic(request);
	const services = [desired.service, ...desired.followers].map(({ metadata }) => metadata.name);
	return {
		...plainFacts,
		...traffic,
		opensIngresses: traffic.mode === "service" && desired.others.some((object) => services.some((service) => ingressLeadsTo(object, service))),
		bringsRoutes: desired.routes.length > 0,
		adopts: await adoptsAnything(request),
		versionsSecrets: versionSecrets.length > 0,
		probesInCluster,
		autoscales: desired.autoscalers.length > 0 || await isAutoscaled(request),
		budgets: desired.budgets.length > 0 || await isBudgeted(request),
		others: await otherKinds(cluster, namespace, [...desired.others, ...desired.later]),
		mountsClaims: claimsToRead(desired).length > 0,
		foreignNamespaces: foreignNamespaces(desired.routes, namespace)
	};
}
/** Whether the cluster has an autoscaler for the Deployment of the manifests, or for one of its slots. */
async function isAutoscaled({ cluster, namespace, app, desired }) {
	const targets = [
		desired.workload.metadata.name,
		`${app}-blue`,
		`${app}-green`
	];
	return (await listIfAllowed(cluster, autoscalerKind, namespace)).some((autoscaler) => targets.includes(targetOf(autoscaler) ?? ""));
}
async function isBudgeted({ cluster, namespace, desired }) {
	const labels = podLabels(desired.workload);
	return (await listIfAllowed(cluster, budgetKind, namespace)).some((budget) => coversLabels(budget, labels));
}
/** How traffic will move, as far as that can be seen before all permissions are known to be there. */
async function foreseeTraffic({ cluster, namespace, app, desired, routes, traffic = "auto" }) {
	if (traffic === "service") return {
		mode: "service",
		looksForRoutes: false
	};
	const isGiven = desired.routes.length + routes.length > 0;
	if (traffic === "gateway" || isGiven) return {
		mode: "gateway",
		looksForRoutes: true
	};
	if (!await hasGatewayApi(cluster)) return {
		mode: "service",
		looksForRoutes: false
	};
	const mayLook = await cluster.allowed({
		verb: "list",
		group: gatewayGroup,
		resource: "httproutes",
		namespace
	});
	const names = {
		entry: desired.service.metadata.name,
		blue: `${app}-blue`,
		green: `${app}-green`
	};
	return {
		mode: (mayLook ? await findRoutes(cluster, namespace, names) : []).length > 0 ? "gateway" : "service",
		looksForRoutes: true
	};
}
async function otherKinds(cluster, home, objects) {
	return (await Promise.all(objects.map(async ({ apiVersion, kind, metadata }) => {
		const path = await cluster.kindPath({
			apiVersion,
			kind
		});
		if (path === void 0) return void 0;
		const place = path.namespaced ? metadata.namespace ?? home : "";
		return {
			group: groupOf(apiVersion),
			resource: path.plural,
			...place === home ? {} : { namespace: place }
		};
	}))).filter((kind) => kind !== void 0);
}

// src/release/eject/eject-facts.ts
/** What permissions handing back depends on. They are read from the journal, since nobody gives manifests. */
async function readEjectFacts(subject) {
	try {
		return {
			...plainFacts,
			...await readFromJournal(subject),
			ejects: true
		};
	} catch (thrown) {
		if (thrown instanceof _base_mjs__WEBPACK_IMPORTED_MODULE_0__.y && thrown.code === "Denied") return {
			...plainFacts,
			ejects: true
		};
		throw thrown;
	}
}
async function readFromJournal({ cluster, namespace, app }) {
	const journal = await readJournal(cluster, namespace, app);
	if (journal === void 0) return {
		mode: "service",
		looksForRoutes: false
	};
	const { names, live } = journal;
	const workload = (live === null ? void 0 : await readRevision(cluster, journal, live.revision))?.workload;
	const found = await findAutoscalers(cluster, names, workload?.metadata.name ?? names.workload);
	const budgets = await findLedBudgets(cluster, names, workload);
	return {
		mode: modeOf(names),
		looksForRoutes: false,
		autoscales: [
			found.ofSlot.blue,
			found.ofSlot.green,
			found.onSlot
		].some((one) => one !== void 0),
		budgets: budgets.length > 0
	};
}

// src/release/eject/eject.ts
/**
* Hands an app back to its owner: what serves goes on serving as a plain Deployment behind plain Services and routes, and
* everything else of ours is deleted. Nothing of it is undone; a run that died is ended by the same command.
*/
async function eject(request) {
	const { cluster, namespace, app } = request;
	await requirePermissions(cluster, namespace, await readEjectFacts(request));
	const known = await readJournal(cluster, namespace, app);
	if (!(known === void 0 && await cluster.get(leaseRef(namespace, app)) !== void 0)) await refuseUnfit(request, requireJournal(known, request));
	const result = await underLock(request, async (lock) => {
		const journal = await takeJournal(cluster, namespace, app, lock.token);
		return journal === void 0 ? handedBack(app) : ejectUnderLock(request, journal, lock);
	});
	if (result.outcome === "Ejected") await cluster.delete(leaseRef(namespace, app));
	return result;
}
async function ejectUnderLock(request, found, lock) {
	const { cluster } = request;
	await refuseUnfit(request, found);
	const journal = {
		...found,
		token: lock.token
	};
	const live = liveOf(found);
	const release = isEjecting(found) ? found.release : begin$2(request, journal, live);
	await claimJournal(cluster, {
		...journal,
		release
	});
	const data = await readRevision(cluster, journal, live.revision);
	const { names } = journal;
	const options = {
		request,
		journal,
		release,
		desired: data === void 0 ? void 0 : {
			followers: [],
			autoscalers: [],
			...data,
			budgets: [],
			routes: [],
			others: [],
			later: [],
			copies: []
		},
		replicas: 0,
		lock,
		watch: null,
		steps: ejecting
	};
	const session = openSession({
		...options,
		guarded: false
	});
	session.ledger.listener.plan(ejecting.finish);
	try {
		await run(session, ejecting.finish);
		await deleteOurs(cluster, journalRef(names.namespace, names.app), lock.token);
	} catch (thrown) {
		const error = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.x)(thrown);
		const reason = `${names.app} is not handed back yet: ${error.message}`;
		const remedy = `${error.remedy ?? ""} Then run \`streamgate release ${names.app} --eject\` again: it goes on.`;
		const failure = failureOf(new _base_mjs__WEBPACK_IMPORTED_MODULE_0__.y(error.code, reason, {
			cause: error,
			remedy
		}));
		return plainResult({
			outcome: "Inconclusive",
			verdict: "inconclusive",
			reason
		}, {
			failure,
			steps: session.ledger.records
		});
	} finally {
		session.deadline.clear();
	}
	return {
		...handedBack(names.app),
		steps: session.ledger.records,
		warnings: session.record.warnings
	};
}
function handedBack(app) {
	const reason = `${app} is handed back: plain objects serve it, and StreamGate keeps no record of it`;
	return plainResult({
		outcome: "Ejected",
		verdict: "pass",
		reason
	});
}
function isEjecting(journal) {
	return journal.release?.strategy === "eject";
}
function liveOf({ live, names }) {
	if (live !== null) return live;
	throw new _base_mjs__WEBPACK_IMPORTED_MODULE_0__.y("Refused", `Nothing of ${names.app} is live: there is nothing to hand back`, { remedy: "Release it first, or delete what is left by hand." });
}
/** Only what stands as its last release left it can be handed back. */
async function refuseUnfit({ cluster, app }, journal) {
	const live = liveOf(journal);
	if (isEjecting(journal)) return;
	if (isInFlight(journal.release)) throw new _base_mjs__WEBPACK_IMPORTED_MODULE_0__.y("Refused", `Release ${journal.release.id} of ${app} has not ended`, { remedy: `Let it end, or put it back with \`streamgate rollback ${app}\`; then hand the app back.` });
	const [drift] = (await findDrift(cluster, journal)).filter(({ of }) => of === "live" || of === "workload");
	if (drift !== void 0) throw new _base_mjs__WEBPACK_IMPORTED_MODULE_0__.y("Refused", drift.message, { remedy: drift.remedy });
	await refuseServing(cluster, journal, otherSlot(live.slot));
}
/** For every other command: an app that is being handed back is no longer to be released. */
function refuseEjecting(journal) {
	if (!isEjecting(journal)) return;
	const { app } = journal.names;
	throw new _base_mjs__WEBPACK_IMPORTED_MODULE_0__.y("Refused", `${app} is being handed back, and that has not ended`, { remedy: `End it with \`streamgate release ${app} --eject\`; after that it can be released as if for the first time.` });
}
function begin$2(request, { previous, release }, live) {
	return beginning(request, {
		called: "eject",
		strategy: "eject",
		candidate: {
			slot: otherSlot(live.slot),
			revision: previous?.revision ?? 0
		},
		stable: live,
		template: release?.template ?? ""
	});
}

// src/release/journal/commit-order.ts
/**
* Throws when the app has its traffic from something newer already: queues and re-runs let an older commit come last.
* `Superseded` when a later run released it, or our commit is an ancestor of the released one; `Refused` when the two
* cannot be ordered. The ids of workflow runs grow with the time at which the runs were created; outside of a workflow
* there is no order, and nothing is refused.
*/
async function refuseOlder({ order, names, repository, release }, { run: facts, compareWith }) {
	if (release?.phase === "parked" && isOlderRun(facts, release)) throw superseded(facts, release, names.app, "is older than", "whose preview is parked for");
	if (order === null) return;
	if (isOlderRun(facts, order)) throw superseded(facts, order, names.app, "is older than");
	const isOneHistory = repository === "" || repository === facts.repository;
	if (compareWith === void 0 || !isOneHistory || order.commit === "" || facts.commit === "") return;
	const { relation, detail } = await compareWith(order.commit);
	if (relation === "older") throw superseded(facts, order, names.app, "has an older commit than");
	if (relation === "diverged" || relation === "unknown") throw unordered(facts, order, relation, detail);
}
function isOlderRun({ runId }, order) {
	return isNumber(order.runId) && isNumber(runId) && BigInt(runId) < BigInt(order.runId);
}
function superseded(facts, order, app, how, did = "which released") {
	return new _base_mjs__WEBPACK_IMPORTED_MODULE_0__.y("Superseded", `Run ${facts.runId}${called(facts.commit)} ${how} run ${order.runId}${called(order.commit)}, ${did} ${app} already`, { remedy: `Nothing was touched. To go back on purpose, use \`streamgate rollback ${app}\`; to release the older commit all the same, set \`allow-older: true\`.` });
}
function unordered(facts, order, relation, detail) {
	const why = relation === "diverged" ? "neither is an ancestor of the other" : `GitHub does not say which of them is newer: ${detail}`;
	return new _base_mjs__WEBPACK_IMPORTED_MODULE_0__.y("Refused", `Commit ${facts.commit.slice(0, 12)} and the released commit ${order.commit.slice(0, 12)} have no order: ${why}`, { remedy: "Nothing was touched. Rebase or merge so that the released commit is an ancestor, or set `allow-older: true` to release this one all the same." });
}
function isNumber(text) {
	return /^\d+$/.test(text);
}
function called(commit) {
	return commit === "" ? "" : ` (commit ${commit.slice(0, 12)})`;
}

// src/release/journal/is-live.ts
/** Whether what is desired is what serves: by the pod template, as it was given. */
async function isLive({ cluster, desired, force }, { names, live }) {
	if (force || live === null) return false;
	const revision = await cluster.get(revisionRef(names, live.revision));
	return (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(revision, "data", "template") === desired.template;
}

// src/release/journal/parked.ts
/** A preview without an end was parked by a version of us that knew none: it stays. */
function hasExpired(parkedUntil, now) {
	return parkedUntil !== void 0 && Date.parse(parkedUntil) <= now;
}
/**
* A run that was told which preview to go on with goes on with that one or not at all: what a person approved is what
* gets the traffic.
*/
function refuseOtherPreview({ parked, app, desired, clock }, journal) {
	if (parked === void 0 || parked === "") return;
	const release = journal?.release ?? null;
	const why = whyNot();
	if (why === void 0) return;
	throw new _base_mjs__WEBPACK_IMPORTED_MODULE_0__.y("Refused", `Release ${parked} of ${app} cannot be gone on with: ${why}`, { remedy: "Nothing was touched. Release the version that you want anew, from its preview on." });
	function whyNot() {
		if (release === null) return "nothing is parked";
		if (release.id !== parked) return `the journal is at ${release.id}, which is ${release.phase}`;
		if (release.template !== desired.template) return "the manifests have another pod template or configuration than the one that was previewed";
		if (release.phase === "parked" && hasExpired(release.parkedUntil, clock.now())) return `its preview expired at ${release.parkedUntil}`;
		if (release.phase === "aborted" || release.phase === "undoing") return "it was taken back";
	}
}

// src/release/journal/past-runs.ts
/** How long these take is given, not found out. */
const settled = ["observe", "retire"];
/** The journal with one more run in it. A run that went on with another one has not done all of it, and is not kept. */
function withRun(journal, kind, records, now) {
	const runs = runsOf(journal);
	if (records.some(({ outcome }) => outcome !== "done")) return { runs };
	const timed = records.filter(({ id }) => !settled.includes(id));
	const steps = Object.fromEntries(timed.map(({ id, durationMs }) => [id, Math.round(durationMs)]));
	return { runs: [...runs, {
		kind,
		at: (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.C)(now),
		steps
	}].slice(-10) };
}
/** Journals of before had none. */
function runsOf(journal) {
	return journal?.runs ?? [];
}
/** How long each step took in the median of the runs of this kind; empty where none was timed. */
function usualSteps(journal, kind) {
	const runs = runsOf(journal).filter((run) => run.kind === kind);
	const ids = new Set(runs.flatMap(({ steps }) => Object.keys(steps)));
	return Object.fromEntries([...ids].map((id) => [id, median(runs.flatMap(({ steps }) => steps[id] ?? []))]));
}
function totalOf({ steps }) {
	return Object.values(steps).reduce((sum, ms) => sum + ms, 0);
}
/** Of an even number, the upper one: a forecast should rather be late than early. */
function median(values) {
	const sorted = [...values].sort((a, b) => a - b);
	return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

// src/release/preflight/mode-change.ts
const how = {
	gateway: "by its HTTPRoutes",
	service: "by the selector of its Service"
};
/**
* An app may gain or lose its routes between two releases, and then its traffic moves in another way. One that has not
* ended is still to be put back the way it came.
*/
const findModeChange = async ({ journal, names }) => {
	if (journal === void 0 || !isInFlight(journal.release)) return [];
	const [before, now] = [modeOf(journal.names), modeOf(names)];
	if (before === now) return [];
	return [refuse(`Release ${journal.release.id} of ${names.app} has not ended. It moves traffic ${how[before]}, and this one would move it ${how[now]}`, `Put it back first: streamgate rollback ${names.app} --namespace ${names.namespace}. Or bring the routes back to what they were when it began.`)];
};

// src/release/strategy.ts
function allSteps({ prepare, switchOver, finish }) {
	return [
		...prepare,
		...switchOver,
		...finish
	];
}

// src/release/tidy-up.ts
/** Whether a release was promoted, and its run died while floors were still held for the switch. */
function leftUntidy({ release, live }) {
	if (release === null || release.strategy !== "blue-green" || release.phase !== "promoted") return false;
	if (live?.revision !== release.candidate.revision) return false;
	const isDone = (id) => release.steps.some((step) => step.id === id && step.state === "done");
	return isDone("match-size") && !isDone("settle-autoscalers");
}
/** What no journal knows: the objects stand in the manifests alone. */
const laterIsUnknown = "Where the manifests have objects to be applied after the promotion (`streamgate.io/apply: after`), these are not: release once more with `force`.";
/** Does what a release has left to do after the point of no return, as far as its journal knows it. */
async function tidyUp(request, journal, lock) {
	const { release } = journal;
	if (release === null || !leftUntidy(journal)) return void 0;
	await claimJournal(request.cluster, journal);
	const steps = stepsOf(release, modeOf(journal.names));
	const session = openSession({
		request,
		journal,
		release,
		desired: void 0,
		replicas: 0,
		lock,
		watch: null,
		steps,
		guarded: false
	});
	const stamp = allSteps(steps).filter(({ id }) => id === "stamp");
	const reason = `Revision ${release.candidate.revision} of ${journal.names.app} is live`;
	try {
		await run(session, [...stamp, ...steps.finish.filter((step) => step !== applyLater)]);
		session.release.recorder.warn(laterIsUnknown);
		return finish(session, "Promoted", "pass", `${reason}; what its run had left undone is done`);
	} catch (thrown) {
		const error = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.x)(thrown);
		session.release.recorder.warn(`${reason}, but tidying up failed: ${error.message}`);
		return finish(session, "Promoted", "pass", reason, failureOf(error));
	}
}

// src/release/adoption/find-reaching.ts
/**
* The Services of the namespace that reach the pods of a running Deployment, or would reach those of its next version:
* whether they stand in the manifests or not. The slot that one may carry already is left out of account.
*/
async function findReaching(cluster, running, next) {
	const namespace = running.metadata.namespace ?? "";
	const services = await cluster.list({
		apiVersion: "v1",
		kind: "Service"
	}, { namespace });
	const now = podLabels(running);
	return services.filter((service) => {
		if ((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(service, "spec", "type") === "ExternalName") return false;
		const selector = ownSelector(service);
		return selectsLabels(selector, now) || selectsLabels(selector, next);
	});
}

// src/release/preflight/adoptable.ts
/** Whether the Deployment that runs can be taken over without a pod restarted and without a caller lost. */
const findUnadoptable = async (situation) => {
	const { running, journal, request } = situation;
	if (running === void 0 || isInFlight(journal?.release ?? null)) return [];
	return [
		...stateFindings(running),
		...await ownerFindings(request.cluster, running),
		...await entryFindings(situation, running),
		...await serviceFindings(situation, running)
	];
};
function stateFindings(running) {
	const name = describeRef(refOf(running));
	const count = (field) => Number((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(running, "status", field) ?? 0);
	const wanted = Number((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(running, "spec", "replicas") ?? 1);
	if ((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(running, "spec", "paused") === true) return [refuse(`${name} is paused`, `Resume it: kubectl rollout resume deployment/${running.metadata.name}`)];
	if (wanted === 0) return [refuse(`${name} has 0 replicas: nothing serves that could be taken over`, "Scale it up, or delete it.")];
	const seenLast = count("observedGeneration") >= (running.metadata.generation ?? 0);
	const complete = [
		"replicas",
		"updatedReplicas",
		"availableReplicas"
	].every((field) => count(field) === wanted);
	if (seenLast && complete) return [];
	const seen = !seenLast ? "its controller has not taken up the last change yet" : `${count("availableReplicas")} of ${wanted} pods available, ${count("updatedReplicas")} of the newest template, ${count("replicas")} there`;
	return [refuse(`${name} is in the middle of a rollout: ${seen}`, `Wait until it is done: kubectl rollout status deployment/${running.metadata.name}`)];
}
/** What steers the Deployment already would fight with a release over it. */
async function ownerFindings(cluster, running) {
	const name = describeRef(refOf(running));
	const owner = (running.metadata.ownerReferences ?? []).find(({ controller }) => controller);
	const findings = [];
	if (owner !== void 0) findings.push(refuse(`${name} belongs to ${owner.kind} ${owner.name}, which would undo what a release does`, `Release it through ${owner.kind} ${owner.name}, or take the Deployment out of its hands first.`));
	if ((await liveSetsOf(cluster, running)).length > 1) findings.push(refuse(`${name} has pods of more than one ReplicaSet`, "Wait until its rollout is done."));
	return findings;
}
/** The entry point must be there and lead to the pods that run: there is traffic to be kept. */
async function entryFindings({ request: { cluster }, names }, running) {
	const entry = await cluster.get(entryRef(names));
	const findings = [];
	if (entry === void 0 || !selectsLabels(ownSelector(entry), podLabels(running))) findings.push(refuse(`${describeRef(entryRef(names))} ${entry === void 0 ? "is not there" : "does not select the pods"} of Deployment ${running.metadata.name}, which runs`, "Apply a Service that leads to what runs, then release; or name the right one with `service`."));
	for (const route of names.routes) {
		if (await cluster.get(routeRef(names, route)) !== void 0) continue;
		findings.push(refuse(`${describeRef(routeRef(names, route))} is not there, but Deployment ${running.metadata.name} runs`, "Apply the route first, so that what runs has its traffic before it moves."));
	}
	return findings;
}
/** Every Service that reaches the pods has to name their slot: each must be ours to change, and reach nothing else. */
async function serviceFindings({ request: { cluster, desired } }, running) {
	const next = podLabels(desired.workload);
	const findings = [];
	for (const service of await findReaching(cluster, running, next)) {
		const name = describeRef(refOf({
			...service,
			apiVersion: "v1",
			kind: "Service"
		}));
		const owner = (service.metadata.ownerReferences ?? []).find(({ controller }) => controller);
		if (owner !== void 0) findings.push(refuse(`${name} reaches the pods of Deployment ${running.metadata.name} and belongs to ${owner.kind} ${owner.name}, which would undo what a release changes in it`, `Take the Service out of the hands of ${owner.kind} ${owner.name}, or let it select other pods.`));
		const lost = Object.entries(ownSelector(service)).filter(([key, value]) => next[key] !== value);
		if (lost.length > 0) {
			const pairs = lost.map(([key, value]) => `${key}=${String(value)}`).join(", ");
			findings.push(refuse(`${name} selects ${pairs}, which the pods of the manifests do not carry: it would reach nobody after the release`, "Keep these labels in the pod template, or take them out of the selector of the Service first."));
		}
		findings.push(...await sharedFindings(cluster, service, running));
	}
	return findings;
}
/** Pods that a Service reaches beside those of the Deployment would be lost to it once it names a slot. */
async function sharedFindings(cluster, service, running) {
	const { namespace = "", name } = service.metadata;
	const pairs = Object.entries(ownSelector(service)).map(([key, value]) => `${key}=${String(value)}`);
	const pods = await cluster.list(podKind, {
		namespace,
		labelSelector: pairs.join(",")
	});
	const sets = new Set((await liveSetsOf(cluster, running)).map(({ metadata }) => metadata.uid));
	const others = pods.filter((pod) => !["Succeeded", "Failed"].includes(String((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(pod, "status", "phase"))) && pod.metadata.deletionTimestamp === void 0 && !(pod.metadata.ownerReferences ?? []).some(({ uid }) => sets.has(uid)));
	if (others.length === 0) return [];
	const owners = new Set(others.map(({ metadata }) => {
		const [owner] = metadata.ownerReferences ?? [];
		return owner === void 0 ? `no workload (${metadata.name})` : `${owner.kind} ${owner.name}`;
	}));
	return [refuse(`Service ${namespace}/${name} also reaches pods of ${[...owners].sort().join(", ")}, which it would lose when it moves with Deployment ${running.metadata.name}`, "Give the Service a selector that only the pods of this Deployment match, or remove the other pods.")];
}

// src/release/preflight/workload.ts
function workloadName({ metadata }) {
	return `Deployment ${metadata.name}`;
}
/** The containers that run as long as the pod does; sidecars among the init containers too. */
function lastingContainers(workload) {
	const podSpec = podSpecOf(workload);
	const sidecars = containersIn(podSpec, "initContainers").filter(({ restartPolicy }) => restartPolicy === "Always");
	return [...containersIn(podSpec), ...sidecars];
}
function portsOf(workload) {
	return lastingContainers(workload).flatMap((container) => (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.p)(container.ports).map((port) => {
		const hostPort = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(port, "hostPort");
		return {
			container: String(container.name),
			name: String((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(port, "name") ?? ""),
			number: Number((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(port, "containerPort")),
			protocol: String((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(port, "protocol") ?? "TCP"),
			hostPort: hostPort === void 0 ? void 0 : Number(hostPort)
		};
	}));
}

// src/release/preflight/anti-affinity.ts
/**
* Pods of both versions carry the labels of the user, so those that keep away from each other do so across versions:
* while both run, each needs a place of its own.
*/
const findCrowdedPlaces = async (situation) => {
	const { request, names } = situation;
	const { desired } = request;
	const rules = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(podSpecOf(desired.workload), "affinity", "podAntiAffinity");
	const labels = podLabels(desired.workload);
	const own = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.p)(rules, "requiredDuringSchedulingIgnoredDuringExecution").filter((term) => matchesSelector((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(term, "labelSelector") ?? {}, labels) && !tellsVersionsApart(term));
	const places = [...new Set(own.map((term) => String((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(term, "topologyKey"))))];
	if (places.length === 0) return [];
	const { start, full } = await sizesOf(request, names, sidesOf$1(situation).serving);
	return places.map((place) => warn(`The pods of ${workloadName(desired.workload)} never share a ${inWords$1(place)} with each other, and neither do those of two versions: while both run they need ${start + full} of them`, "See that so many are free, let it be preferred (`preferredDuringSchedulingIgnoredDuringExecution`), or add `matchLabelKeys: [pod-template-hash]` to the term."));
};
/** With this key a term is about pods of the same template only. */
function tellsVersionsApart(term) {
	return (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.p)(term, "matchLabelKeys").includes("pod-template-hash");
}
function inWords$1(topologyKey) {
	return topologyKey === "kubernetes.io/hostname" ? "node" : `place by ${topologyKey}`;
}

// src/release/preflight/autoscalers.ts
/** Autoscalers that a release could not lead from slot to slot, or that would work against it. */
const findUnsteerable = async ({ request: { cluster, namespace, desired, app }, names }) => {
	const workload = desired.workload.metadata.name;
	const slots = Object.values(names.deployments);
	const concerned = (await listIfAllowed(cluster, autoscalerKind, namespace)).filter((autoscaler) => [workload, ...slots].includes(targetOf(autoscaler) ?? ""));
	const keda = [...desired.others.filter((object) => object.kind === "ScaledObject" && scales(object, workload)).map((object) => describeRef(refOf(object))), ...concerned.flatMap((autoscaler) => ownerOf(autoscaler) ?? []).map((name) => `ScaledObject ${namespace}/${name}`)];
	const people = concerned.filter((object) => !isOfApp(object, app) && ownerOf(object) === void 0);
	const handMade = people.filter((object) => targetOf(object) !== workload && tokenOf(object) === void 0);
	const rivals = people.filter((object) => targetOf(object) === workload);
	return [
		...[...new Set(keda)].map((name) => refuse(`${name} scales ${workload} through KEDA, which would undo what a release does to its autoscaler`, "Keep the ScaledObject out of the manifests, and in the cluster paused (annotation `autoscaling.keda.sh/paused-replicas`) and without its autoscaler; or use a HorizontalPodAutoscaler.")),
		...handMade.map((object) => refuse(`${describeRef(refOf(object))} scales ${targetOf(object)}, one of the two slots of ${app}, and would not follow the traffic to the other`, `Delete it, and put one that names Deployment ${workload} into the manifests: each slot then gets its own.`)),
		...rivals.length < 2 ? [] : [refuse(`${rivals.map((object) => object.metadata.name).join(" and ")} both scale Deployment ${workload}`, "Keep one of these HorizontalPodAutoscalers: two stop each other.")]
	];
};
function scales(scaledObject, workload) {
	const target = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(scaledObject, "spec", "scaleTargetRef");
	return (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(target, "name") === workload && ((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(target, "kind") ?? "Deployment") === "Deployment";
}

// src/release/preflight/backend-annotations.ts
/**
* Annotations by which clouds and gateways treat the pods behind one Service in their own way. While traffic moves, the
* route sends to the Services of the slots: what such an annotation says would not hold there.
*/
const backendDomains = [
	"cloud.google.com/",
	"networking.gke.io/",
	"alb.ingress.kubernetes.io/",
	"appgw.ingress.kubernetes.io/",
	"traefik.ingress.kubernetes.io/",
	"nginx.org/",
	"haproxy.org/",
	"konghq.com/",
	"projectcontour.io/",
	"service.cilium.io/",
	"getambassador.io/"
];
const findBackendAnnotations = async ({ request: { desired, allowedAnnotations }, names }) => {
	if (modeOf(names) === "service") return [];
	const { service } = desired;
	const settled = /* @__PURE__ */ new Set([...copiedAnnotations, ...allowedAnnotations ?? []]);
	return Object.keys(service.metadata.annotations ?? {}).filter((key) => backendDomains.some((domain) => key.startsWith(domain)) && !settled.has(key)).map((key) => refuse(`Service ${service.metadata.name} has the annotation ${key}, which would not hold for the Services of the slots while traffic moves`, `When requests are well served without it for that time, say so: \`allow-annotations: ${key}\`. Else leave it out.`));
};

// src/release/preflight/brief-farewell.ts
/** What Kubernetes gives a pod when nobody says otherwise; also what gateways often allow a request. */
const usualSeconds = 30;
/**
* What the old pods have begun ends with them: requests that take long, WebSockets. From the moment at which nothing
* new comes they have the rollback window and then their grace period.
*/
const findBriefFarewells = async ({ request, journal, names, running }) => {
	const { live } = journal ?? { live: null };
	const old = live === null ? running : await request.cluster.get(deploymentRef(names, live.slot));
	if (old === void 0) return [];
	const { rollbackWindowMs } = request.settings;
	const graceSeconds = Number((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(podSpecOf(old), "terminationGracePeriodSeconds") ?? usualSeconds);
	const leftMs = rollbackWindowMs + graceSeconds * 1e3;
	if (leftMs >= usualSeconds * 1e3) return [];
	return [warn(`The pods of ${workloadName(old)} are killed ${(0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.g)(leftMs)} after the switch (rollback-window ${Math.round(rollbackWindowMs / 1e3)} s, terminationGracePeriodSeconds ${graceSeconds}): requests and connections that they still hold then are cut`, "Keep rollback-window longer than your longest request, or raise terminationGracePeriodSeconds in a release before this one.")];
};

// src/release/preflight/claims.ts
/** While both versions run, both hold every volume: one that a single node or pod may have keeps the second from starting. */
const findExclusiveClaims = async ({ request: { cluster, desired }, names: { namespace } }) => {
	const findings = [];
	for (const name of claimNames(desired.workload)) {
		const isClaim = ({ kind, metadata }) => kind === "PersistentVolumeClaim" && metadata.name === name;
		const claim = desired.others.find(isClaim) ?? await cluster.get({
			apiVersion: "v1",
			kind: "PersistentVolumeClaim",
			namespace,
			name
		});
		const modes = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.p)(claim, "spec", "accessModes").map(String);
		if (claim === void 0 || modes.some((mode) => mode.endsWith("Many"))) continue;
		findings.push(refuse(`${workloadName(desired.workload)} uses PersistentVolumeClaim ${name}, which is ${modes.join(", ")}: two versions cannot both be sure to have it`, "Keep data in a service of its own, or use a claim with ReadWriteMany or ReadOnlyMany."));
	}
	return findings;
};

// src/release/preflight/config-copies.ts
/** Whether the name of each copy is free, or its own. */
const findForeignCopies = async ({ request: { cluster, desired } }) => {
	const findings = [];
	for (const copy of desired.copies) {
		const ref = refOf(copy);
		const standing = await cluster.get(ref);
		if (standing === void 0 || isCopy(standing, copy)) continue;
		findings.push(refuse(`${describeRef(ref)} is there, and is not the copy that this release would make`, "Find out who made it; delete or rename it."));
	}
	return findings;
};
/** A Secret that a person names must be one that the pods read, and must be somewhere. */
const findUnusedSecretNames = async ({ request: { desired, versionSecrets = [] } }) => {
	const named = configRefs(desired.workload).filter(({ kind }) => kind === "Secret");
	const copied = desired.copies.map(({ metadata }) => metadata.annotations?.[copyOfAnnotation]);
	return versionSecrets.flatMap((name) => {
		if (copied.includes(name)) return [];
		const readers = named.filter((ref) => ref.name === name);
		if (readers.some(({ optional }) => !optional)) {
			const [first] = readers;
			return [refuse(`Secret ${name} is neither in the manifests nor in the cluster, and ${first?.where} reads it`, "Create it, or put it into the manifests.")];
		}
		if (named.some((ref) => ref.name.startsWith(`${name}-`))) return [];
		return [warn(`version-secrets names Secret ${name}, which ${readers.length > 0 ? "is not there" : "the pod template does not read"}`, "Nothing is copied for it: correct the name, or leave it out.")];
	});
};

// src/release/preflight/drifted.ts
/** What somebody has changed since the last release: told, since the release goes on over it. */
const findDrifted = async ({ request: { cluster }, journal }) => {
	return (journal === void 0 ? [] : await findDrift(cluster, journal)).map(({ message, remedy }) => warn(message, remedy));
};

// src/release/preflight/expiring-credentials.ts
/**
* Credentials that end in the middle would leave a release that cannot even be taken back. Those that a plugin or a
* token file renews have no end that is known, and pass.
*/
const findExpiringCredentials = async ({ request }) => {
	const { cluster, clock, budgetMs, until, settings } = request;
	const end = await cluster.credentialsEnd();
	const neededMs = budgetMs + wayBackMs + (until === "retired" ? settings.rollbackWindowMs : 0);
	const leftMs = end === void 0 ? neededMs : end.at - clock.now();
	if (end === void 0 || leftMs >= neededMs) return [];
	return [refuse(`The ${end.what} of the kubeconfig ends in ${(0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.g)(Math.max(0, leftMs))}, and this release with its way back may take ${(0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.g)(neededMs)}`, "Give credentials that last longer (`kubectl create token NAME --duration 1h`) or that renew themselves (`exec`, `tokenFile`), or a smaller `deploy-budget`.")];
};

// src/release/preflight/foreign.ts
/** What has the name of a slot and is not ours would be taken for one: it is left alone. */
const findForeign = async (situation) => {
	const { request, names, running } = situation;
	const deployments = {
		...names,
		deployments: slotNames(names.app)
	};
	const refs = [
		deploymentRef(deployments, "blue"),
		deploymentRef(deployments, "green"),
		slotServiceRef(names, "blue"),
		slotServiceRef(names, "green")
	];
	const findings = [];
	for (const ref of refs) {
		const object = await request.cluster.get(ref);
		const adopted = object !== void 0 && object.metadata.uid === running?.metadata.uid;
		if (object === void 0 || isOurs$1(object) || adopted) continue;
		findings.push(refuse(`${describeRef(ref)} is there already, and StreamGate has not made it`, `The slots of ${names.app} need this name: rename or remove that object, or release under another app name.`));
	}
	return [...findings, ...await findUsedEntry(situation)];
};
/** Without a Deployment to take over, the app's own Service must not reach pods yet: they would lose their callers. */
const findUsedEntry = async ({ request: { cluster, desired }, journal, names, running }) => {
	if (journal !== void 0 || running !== void 0) return [];
	const service = await cluster.get(entryRef(names));
	const selector = Object.entries((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(service, "spec", "selector") ?? {});
	if (service === void 0 || selector.length === 0) return [];
	const labelSelector = selector.map(([key, value]) => `${key}=${String(value)}`).join(",");
	const pods = await cluster.list({
		apiVersion: "v1",
		kind: "Pod"
	}, {
		namespace: names.namespace,
		labelSelector
	});
	if (pods.length === 0) return [];
	return [refuse(`${describeRef(entryRef(names))} is there already and reaches ${pods.length} pods, but there is no Deployment ${desired.workload.metadata.name} to take over`, "Name the Deployment that runs with `workload`, or release under another app name.")];
};

// src/release/preflight/image-tags.ts
/** A tag that moves makes a revision another thing each time its pods start. */
const findMovingTags = async ({ request: { desired } }) => lastingContainers(desired.workload).filter(({ image }) => typeof image === "string" && isMoving(image)).map(({ name, image }) => warn(`Container ${String(name)} of ${workloadName(desired.workload)} runs ${String(image)}, which is another image tomorrow: a rollback would start that one`, "Name a tag that never moves, or a digest (`image: NAME@sha256:…`)."));
function isMoving(image) {
	if (image.includes("@")) return false;
	const last = image.slice(image.lastIndexOf("/") + 1);
	return !last.includes(":") || last.endsWith(":latest");
}

// src/release/preflight/isolation.ts
/** Weights keep requests away from the candidate, and nothing else: what works by itself begins as soon as it runs. */
const findUnisolatedWork = async ({ request: { desired } }) => {
	const name = workloadName(desired.workload);
	const findings = [];
	for (const container of lastingContainers(desired.workload)) {
		const subject = `Container ${String(container.name)} of ${name}`;
		if ((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.p)(container.ports).length === 0 && container.readinessProbe === void 0) findings.push(warn(`${subject} has neither ports nor a readiness probe: if it takes work from a queue or by the clock, the candidate's does so before it is proven`, "Run such work in a Deployment of its own, or make both versions safe side by side."));
		if (electsLeaders(container)) findings.push(warn(`${subject} elects a leader among all pods: one of the candidate may lead before it is proven, or one of the old version after the switch`, "Make sure that either version may lead while the other one serves."));
	}
	return [...findings, ...unprobedPort(name, desired)];
};
function electsLeaders({ args, command }) {
	return [command, args].flatMap((list) => (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.p)(list).map(String)).some((word) => /^--?(enable-)?leader-elect(ion)?(=true)?$/.test(word));
}
/** Ready says nothing of a port that the readiness probe never asks. */
function unprobedPort(name, { workload, service }) {
	const ports = portsOf(workload);
	const numberOf = (port) => typeof port === "string" ? ports.find((one) => one.name === port)?.number : Number(port);
	const probed = lastingContainers(workload).map(({ readinessProbe }) => (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(readinessProbe, "httpGet", "port") ?? (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(readinessProbe, "tcpSocket", "port") ?? (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(readinessProbe, "grpc", "port")).filter((port) => port !== void 0).map(numberOf);
	const targets = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.p)(service, "spec", "ports").map((port) => numberOf((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(port, "targetPort") ?? (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(port, "port")));
	if (probed.length === 0 || targets.some((target) => probed.includes(target))) return [];
	return [warn(`No readiness probe of ${name} asks a port that Service ${service.metadata.name} sends to (${targets.join(", ")}): its pods count as ready without it`, "Let the readiness probe ask the port that serves.")];
}

// src/release/preflight/lagging-balancers.ts
const albPrefix = "alb.ingress.kubernetes.io/";
const nlbTargets = "service.beta.kubernetes.io/aws-load-balancer-nlb-target-type";
const nlbType = "service.beta.kubernetes.io/aws-load-balancer-type";
const negAnnotation = "cloud.google.com/neg";
/**
* Load balancers of a cloud that keep the pods themselves as their targets register new ones long after the
* EndpointSlices name them, and let old ones go at once: a Service that moves all of its endpoints leaves them with
* none that are healthy. Argo Rollouts documents the same for its own switch (argo-rollouts issues 4297 and 4834).
*/
const findLaggingBalancers = async ({ request, names }) => {
	if (modeOf(names) === "gateway") return [];
	const { cluster, desired, traffic = "auto" } = request;
	const standing = await cluster.list(ingressKind, { namespace: names.namespace });
	const wanted = desired.others.filter(({ kind }) => kind === "Ingress");
	const given = new Set(wanted.map(({ metadata }) => metadata.name));
	const ingresses = [...wanted, ...standing.filter(({ metadata }) => !given.has(metadata.name))].filter((ingress) => guidedServices(names).some((service) => ingressLeadsTo(ingress, service)));
	const services = [await cluster.get(entryRef(names)) ?? desired.service, desired.service];
	const findings = [...ingresses.flatMap((ingress) => ofAlb(ingress)), ...ofServices(services, ingresses)];
	return traffic === "service" ? findings.map((finding) => ({
		...finding,
		level: "warn"
	})) : findings;
};
const instead = "Send traffic through an HTTPRoute, whose weights move between two Services that both stay registered. To take the loss, say `traffic: service`.";
function ofAlb(ingress) {
	if (!isAlb(ingress)) return [];
	const what = describeRef(refOf(ingress));
	if (annotation(ingress, `${albPrefix}target-type`) === "ip") return [refuse(`${what} makes an ALB send to the pods themselves: when the selector of the Service moves, the old pods leave its target group at once and the new ones are healthy only later, so requests are lost`, `${instead} With \`${albPrefix}target-type: instance\` the nodes are the targets and stay.`)];
	return [warn(`${what} is served by an ALB, which sends to the nodes, as long as its controller has no other default`, `Say \`${albPrefix}target-type: instance\` to be sure; with \`ip\` a switch by the selector loses requests.`)];
}
function isAlb({ metadata, spec }) {
	const { annotations = {} } = metadata;
	return [(0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(spec, "ingressClassName"), annotations["kubernetes.io/ingress.class"]].includes("alb") || Object.keys(annotations).some((key) => key.startsWith(albPrefix));
}
function ofServices(services, ingresses) {
	const [service] = services;
	if (service === void 0) return [];
	const what = describeRef(refOf(service));
	const cloud = services.map(balancerOf(ingresses)).find((name) => name !== void 0);
	if (cloud === void 0) return [];
	return [refuse(`${what} makes ${cloud} send to the pods themselves: when its selector moves, the old pods are let go at once and the new ones are healthy only later, so requests are lost`, instead)];
}
/** Which balancer takes the pods of a Service as its targets. */
function balancerOf(ingresses) {
	return (service) => {
		if (annotation(service, nlbTargets) === "ip" || annotation(service, nlbType) === "nlb-ip") return "an NLB";
		const neg = parse(annotation(service, negAnnotation));
		return (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(neg, "ingress") === true && ingresses.some(isOfGke) || (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(neg, "exposed_ports") !== void 0 ? "a load balancer of Google Cloud (NEG)" : void 0;
	};
}
function isOfGke({ metadata, spec }) {
	const name = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(spec, "ingressClassName") ?? metadata.annotations?.["kubernetes.io/ingress.class"] ?? "gce";
	return String(name).startsWith("gce");
}
function annotation({ metadata }, key) {
	return metadata.annotations?.[key];
}
function parse(text) {
	try {
		return JSON.parse(text ?? "null");
	} catch {
		return null;
	}
}

// src/release/preflight/lost-ports.ts
/** While traffic moves, the standing routes lead to the candidate: the ports that they name must still be there. */
const findLostPorts = async ({ request: { cluster, desired }, journal, names, running }) => {
	if (journal === void 0 && running === void 0) return [];
	const offered = portNumbers(desired.service);
	const findings = [];
	for (const name of names.routes) {
		const ref = routeRef(names, name);
		const route = await cluster.get(ref);
		if (route === void 0) continue;
		const named = readRules(route, {
			entry: names.entry,
			...names.services
		}).flatMap(({ backendRefs }) => backendRefs);
		const ports = new Set(named.map(({ port }) => Number(port)));
		for (const lost of [...ports].filter((port) => !offered.includes(port))) findings.push(refuse(`${describeRef(ref)} sends to port ${lost} of Service ${names.entry}, which the manifests no longer have`, `Keep port ${lost} in the Service for this release, and take it away with the next one.`));
	}
	return findings;
};

// src/release/preflight/pod-demand.ts
/** The admission plugin takes the LimitRanges in no settled order; the first that says something counts here. */
function readDefaults(limitRanges) {
	const items = limitRanges.flatMap((range) => (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.p)(range, "spec", "limits")).filter((item) => (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(item, "type") === "Container");
	const merged = (field) => Object.fromEntries(items.toReversed().flatMap((item) => Object.entries((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.u)(item, field))));
	const limits = merged("default");
	return {
		limits,
		requests: {
			...limits,
			...merged("defaultRequest")
		}
	};
}
/** Names of a quota that are about compute resources of pods: `requests.cpu`, `memory`, `limits.example.com/gpu`. */
function isCompute(name) {
	const { resource } = split(name);
	if (name.startsWith("count/") || resource.includes(".storageclass.")) return false;
	return [
		"cpu",
		"memory",
		"ephemeral-storage"
	].includes(resource) || /^hugepages-|\//.test(resource);
}
/** What one pod of a template takes of a compute resource, with the overhead of its runtime class. Null when a container leaves it open. */
function podDemand(template, name, defaults) {
	const { side, resource } = split(name);
	const podSpec = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(template, "spec");
	const overhead = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.v)(String((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(podSpec, "overhead", resource) ?? 0)) ?? 0;
	const ofPod = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(podSpec, "resources", side, resource);
	if (ofPod !== void 0) return ((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.v)(String(ofPod)) ?? 0) + overhead;
	const all = [...containersIn(podSpec), ...containersIn(podSpec, "initContainers")];
	const amount = (container) => amountOf$1(container, side, resource, defaults);
	if (all.some((container) => amount(container) === void 0)) return null;
	return takenByPod(podSpec, (container) => amount(container) ?? 0) + overhead;
}
/** A pod that asks for nothing and is limited by nothing. */
function isBestEffort(template, { requests, limits }) {
	const podSpec = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(template, "spec");
	const all = [...containersIn(podSpec), ...containersIn(podSpec, "initContainers")];
	const says = (value) => Object.keys((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.u)(value)).some((key) => key === "cpu" || key === "memory");
	if (says(requests) || says(limits)) return false;
	return !all.some(({ resources }) => says((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(resources, "requests")) || says((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(resources, "limits")));
}
/** `cpu` alone means requests. */
function split(name) {
	const match = /^(requests|limits)\.(.+)$/.exec(name);
	return {
		side: match?.[1] === "limits" ? "limits" : "requests",
		resource: match?.[2] ?? name
	};
}
/** A limit without a request counts as the request, too. */
function amountOf$1({ resources }, side, resource, defaults) {
	const limit = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(resources, "limits", resource);
	const given = side === "limits" ? limit ?? defaults.limits[resource] : (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(resources, "requests", resource) ?? limit ?? defaults.requests[resource];
	return given === void 0 ? void 0 : (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.v)(String(given)) ?? 0;
}

// src/release/preflight/with-patience.ts
/** Of questions that a run can do without an answer to. */
const patienceMs = 1e4;
/**
* Asks a cluster for what a run can do without, and gives up sooner than it would on what it needs. Throws `Timeout`
* then; and once it has ended, nothing that it asked goes on.
*/
async function withPatience({ cluster, clock }, ask) {
	const controller = new AbortController();
	const late = new _base_mjs__WEBPACK_IMPORTED_MODULE_0__.y("Timeout", "The cluster gives no answer");
	const cancel = clock.after(patienceMs, () => controller.abort(late));
	try {
		return await ask(cluster.with(controller.signal));
	} finally {
		cancel();
		controller.abort(late);
	}
}

// src/release/preflight/node-room.ts
const nodeKind = {
	apiVersion: "v1",
	kind: "Node"
};
/** Beyond that, the list of all pods would cost more than the answer is worth. */
const lookedAt = 200;
/**
* Whether the nodes have room for the candidate, by what pods ask for. Only where nodes and the pods of all namespaces
* may be read, which no release needs; never a refusal, since nodes come and go, and only the scheduler knows.
*/
const findFullNodes = async (situation) => {
	const { request, journal } = situation;
	if (journal !== void 0 && await isLive(request, journal)) return [];
	try {
		return await withPatience(request, (cluster) => findMissingRoom(cluster, situation));
	} catch (thrown) {
		if (!(thrown instanceof _base_mjs__WEBPACK_IMPORTED_MODULE_0__.y) || thrown.code === "Cancelled") throw thrown;
		return [warn(`Whether the nodes have room for the candidate could not be looked at: ${thrown.message}`, "The scheduler decides; `scheduling-timeout` says how long to wait for it.")];
	}
};
async function findMissingRoom(cluster, situation) {
	const { request, names } = situation;
	const questions = ["nodes", "pods"].map((resource) => cluster.allowed({
		verb: "list",
		group: "",
		resource,
		namespace: ""
	}));
	if (!(await Promise.all(questions)).every((allowed) => allowed)) return [];
	const nodes = await cluster.list(nodeKind, { namespace: "" });
	if (nodes.length === 0 || nodes.length > lookedAt) return [];
	const pods = await cluster.list(podKind, {
		namespace: "",
		fieldSelector: "status.phase!=Succeeded,status.phase!=Failed"
	});
	const { candidate: slot, serving } = sidesOf$1(situation);
	const { start } = await sizesOf(request, names, serving);
	const leaves = ({ metadata }) => metadata.namespace === names.namespace && metadata.labels?.["streamgate.io/slot"] === slot && metadata.name.startsWith(`${names.deployments[slot]}-`);
	const staying = pods.filter((pod) => !leaves(pod));
	const { workload } = request.desired;
	const spec = podSpecOf(workload);
	const fitting = countFitting(nodes.filter((node) => admits(node, spec)).map((node) => roomOf(node, staying)), demandOf$1(spec), start);
	if (fitting >= start) return [];
	return [warn(`The nodes have room for ${fitting} of the ${start} pods of the candidate of ${workloadName(workload)}, by what all pods ask for`, "Make room or add nodes, unless they come by themselves; `scheduling-timeout` says how long to wait for that.")];
}
/** Whether a node takes pods of this kind at all: its state, its labels, its taints. */
function admits(node, spec) {
	if ((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(node, "spec", "unschedulable") === true) return false;
	const wanted = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(spec, "nodeSelector");
	if ((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.f)(wanted) && !selectsLabels(wanted, node.metadata.labels ?? {})) return false;
	return (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.p)(node, "spec", "taints").filter((taint) => (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(taint, "effect") !== "PreferNoSchedule").every((taint) => (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.p)(spec, "tolerations").some((toleration) => (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(toleration, "key") === void 0 || (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(toleration, "key") === (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(taint, "key")));
}
function roomOf(node, pods) {
	const there = pods.filter((pod) => (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(pod, "spec", "nodeName") === node.metadata.name).map(({ spec }) => demandOf$1(spec));
	const total = (name) => (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.v)(String((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(node, "status", "allocatable", name) ?? "0")) ?? 0;
	const sum = (name) => there.reduce((all, demand) => all + demand[name], 0);
	return {
		cpu: total("cpu") - sum("cpu"),
		memory: total("memory") - sum("memory"),
		pods: total("pods") - there.length
	};
}
function demandOf$1(spec) {
	const none = {
		requests: {},
		limits: {}
	};
	return {
		cpu: podDemand({ spec }, "cpu", none) ?? 0,
		memory: podDemand({ spec }, "memory", none) ?? 0
	};
}
/** Each to the first node that has room: all pods are alike, so no other order finds room for more. */
function countFitting(rooms, { cpu, memory }, wanted) {
	return rooms.map((room) => Math.min(Math.floor(room.pods), cpu > 0 ? Math.floor((room.cpu + 1e-6) / cpu) : wanted, memory > 0 ? Math.floor((room.memory + 1e-6) / memory) : wanted)).reduce((total, count) => total + Math.max(0, count), 0);
}

// src/release/preflight/owners.ts
/** What a sync writes about itself on what it owns, and what the server notes of it. */
const signs = {
	argocd: {
		keys: [/^argocd\.argoproj\.io\/(tracking-id|instance)$/],
		managers: [/^argocd-(application-)?controller$/]
	},
	flux: {
		keys: [/^(kustomize|helm)\.toolkit\.fluxcd\.io\/(name|namespace)$/],
		managers: [/^(kustomize|helm)-controller$/]
	},
	helm: {
		keys: [/^meta\.helm\.sh\/release-name$/],
		managers: [/^helm$/]
	}
};
/** Who syncs an object, by its labels, its annotations and the record of its fields. */
function ownersOf({ metadata }) {
	const keys = [...Object.keys(metadata.labels ?? {}), ...Object.keys(metadata.annotations ?? {})];
	const managers = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.p)(metadata.managedFields).map((entry) => String((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(entry, "manager")));
	return [
		"argocd",
		"flux",
		"helm"
	].filter((owner) => signs[owner].keys.some((sign) => keys.some((key) => sign.test(key))) || signs[owner].managers.some((sign) => managers.some((manager) => sign.test(manager))));
}
/** Flux leaves an object alone that says so itself; Argo CD is told elsewhere, where we may not look. */
function isLeftAlone({ metadata }) {
	const says = {
		...metadata.labels,
		...metadata.annotations
	};
	return says["kustomize.toolkit.fluxcd.io/reconcile"] === "disabled" || ["IfNotPresent", "Ignore"].includes(says["kustomize.toolkit.fluxcd.io/ssa"] ?? "");
}
/** A sync that sets back what a release steers takes the traffic with it, in the middle or long after. */
const findOwners = async ({ request: { cluster, allowedOwners = [] }, names, running }) => {
	const refs = [
		...guidedServices(names).map((name) => serviceRef(names, name)),
		...names.routes.map((name) => routeRef(names, name)),
		deploymentRef(names, "blue"),
		deploymentRef(names, "green")
	];
	return [...await Promise.all(refs.map((ref) => cluster.get(ref))), running].filter((object) => object !== void 0).flatMap((object) => ownersOf(object).flatMap((owner) => findingOf(object, owner, allowedOwners)));
};
function findingOf(object, owner, allowed) {
	const name = describeRef(refOf(object));
	if (owner === "helm") return [warn(`${name} belongs to a Helm release, whose next upgrade writes it again`, "Upgrade between releases only, or take it out of the chart.")];
	if (allowed.includes(owner) || owner === "flux" && isLeftAlone(object)) return [];
	return [owner === "argocd" ? argocd(object, name) : flux(object, name)];
}
function argocd(object, name) {
	const pointers = {
		Service: ["/spec/selector"],
		HTTPRoute: ["/spec/rules"],
		Deployment: ["/spec/replicas", "/spec/template"]
	}[object.kind] ?? ["/spec"];
	return refuse(`${name} is synced by Argo CD, which would set back what a release steers`, `Add to its Application, then confirm with \`allow-owner: argocd\`: ignoreDifferences: [{ group: "${groupOf(object.apiVersion)}", kind: ${object.kind}, name: ${object.metadata.name}, jsonPointers: [${pointers.join(", ")}] }] and syncPolicy: { syncOptions: [RespectIgnoreDifferences=true] }.`);
}
function flux(object, name) {
	return refuse(`${name} is synced by Flux, which would set back what a release steers`, `Give it the annotation \`kustomize.toolkit.fluxcd.io/ssa: IfNotPresent\` (or \`kustomize.toolkit.fluxcd.io/reconcile: disabled\`) in its source and let Flux apply that once; for what a HelmRelease brings, exclude it there and confirm with \`allow-owner: flux\`. Object: ${object.kind} ${object.metadata.name}.`);
}

// src/release/preflight/pods-end.ts
const hook = "`lifecycle: { preStop: { sleep: { seconds: 5 } } }`";
/** Endpoints and routes are followed late: a pod that is told to end must go on serving until nobody sends to it. */
const findHastyEnds = async ({ request: { desired } }) => {
	const name = workloadName(desired.workload);
	const given = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(podSpecOf(desired.workload), "terminationGracePeriodSeconds");
	const graceSeconds = Number(given ?? 30);
	if (graceSeconds === 0) return [refuse(`${name} has terminationGracePeriodSeconds 0: its pods are killed in the middle of their requests`, "Give them time to end what they have begun; 30 seconds are what you get when you leave it out.")];
	return lastingContainers(desired.workload).filter((container) => container.readinessProbe !== void 0).flatMap((container) => {
		const subject = `Container ${String(container.name)} of ${name}`;
		const preStop = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(container, "lifecycle", "preStop");
		if (preStop === void 0) return [warn(`${subject} has no preStop hook: it is told to end while gateways and nodes still send to it`, `Add ${hook}, longer than your gateway takes to follow, unless the program goes on serving after SIGTERM.`)];
		const sleeps = Number((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(preStop, "sleep", "seconds") ?? 0);
		if (sleeps < graceSeconds) return [];
		return [refuse(`${subject} sleeps ${sleeps} s before it ends, and is killed after ${graceSeconds} s (terminationGracePeriodSeconds)`, "Raise terminationGracePeriodSeconds above the sleep, and leave time for the last requests.")];
	});
};

// src/release/preflight/quota-room.ts
/** What a quota has no room for, one part of a sentence each: `requests.cpu: 3 used and 2 more, of 4`. */
function findShortages({ quota, wanted, freed, objects, defaults }) {
	if (!covers(quota, wanted.template, defaults)) return [];
	const hard = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(quota, "status", "hard") ?? (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(quota, "spec", "hard") ?? {};
	return Object.entries(hard).flatMap(([name, value]) => {
		const limit = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.v)(String(value));
		const used = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.v)(String((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(quota, "status", "used", name) ?? "0")) ?? 0;
		const more = demandOf(name, wanted, objects, defaults);
		if (more === null) return [`${name}: a container of the pod says nothing of it, and no LimitRange does`];
		const less = Math.min(used, demandOf(name, freed, {}, defaults) ?? 0);
		if (limit === void 0 || more <= less || used - less + more <= limit + 1e-6) return [];
		return [`${name}: ${show(name, used - less)} used and ${show(name, more)} more, of ${show(name, limit)}`];
	});
}
/** Null when the quota wants to be told and the pods do not say. */
function demandOf(name, { template, count }, objects, defaults) {
	if (name === "pods" || name === "count/pods") return count;
	if (!isCompute(name)) return objects[name.replace(/^count\//, "")] ?? 0;
	const each = podDemand(template, name, defaults);
	if (each !== null) return each * count;
	return mustBeSaid.test(name) && count > 0 ? null : 0;
}
/** Only for these does the API server insist on an answer. */
const mustBeSaid = /^(?:(?:requests|limits)\.)?(?:cpu|memory)$/;
/** Whether the pods fall under the scopes of a quota. */
function covers(quota, template, defaults) {
	return [...(0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.p)(quota, "spec", "scopes").map((scopeName) => ({
		scopeName,
		operator: "Exists"
	})), ...(0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.p)(quota, "spec", "scopeSelector", "matchExpressions")].every((scope) => isIn(scope, template, defaults));
}
function isIn(scope, template, defaults) {
	const deadline = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(template, "spec", "activeDeadlineSeconds");
	switch ((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(scope, "scopeName")) {
		case "Terminating": return deadline !== void 0;
		case "NotTerminating": return deadline === void 0;
		case "BestEffort": return isBestEffort(template, defaults);
		case "NotBestEffort": return !isBestEffort(template, defaults);
		case "PriorityClass": return hasPriority(scope, (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(template, "spec", "priorityClassName"));
		default: return false;
	}
}
function hasPriority(scope, priority) {
	const listed = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.p)(scope, "values").includes(priority);
	switch ((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(scope, "operator")) {
		case "In": return listed;
		case "NotIn": return !listed;
		case "DoesNotExist": return priority === void 0;
		default: return priority !== void 0;
	}
}
/** An amount as people write it: `500m`, `1.5Gi`, `3`. */
function show(name, amount) {
	if (/(?:memory|storage)$/.test(name)) return inBytes(amount);
	return Number.isInteger(amount) ? String(amount) : `${Math.round(amount * 1e3)}m`;
}
function inBytes(amount) {
	const units = [
		"",
		"Ki",
		"Mi",
		"Gi",
		"Ti",
		"Pi"
	];
	let rest = amount;
	let unit = 0;
	while (rest >= 1024 && unit < units.length - 1) {
		rest /= 1024;
		unit += 1;
	}
	return `${Math.round(rest * 100) / 100}${units[unit]}`;
}

// src/release/preflight/quotas.ts
/** The candidate stands beside the live version: a quota that has no room for both would let it hang half made. */
const findFullQuotas = async (situation) => {
	const { request, journal, names } = situation;
	const { cluster, namespace, desired } = request;
	if (journal !== void 0 && await isLive(request, journal)) return [];
	const quotas = await listOrExplain(situation, "ResourceQuota");
	const limitRanges = await listOrExplain(situation, "LimitRange");
	const told = [quotas, limitRanges].flatMap((answer) => "denied" in answer ? [answer.denied] : []);
	if ("denied" in quotas || quotas.objects.length === 0) return told;
	const defaults = readDefaults("denied" in limitRanges ? [] : limitRanges.objects);
	const { candidate: slot, serving } = sidesOf$1(situation);
	const standing = await cluster.get(deploymentRef(names, slot));
	const { start, full } = await sizesOf(request, names, serving);
	const template = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(desired.workload, "spec", "template");
	const freed = {
		template: (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(standing, "spec", "template"),
		count: Number((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(standing, "spec", "replicas") ?? 0)
	};
	const objects = await newObjects(situation, standing !== void 0);
	return [...told, ...quotas.objects.flatMap((quota) => {
		const ask = (count) => findShortages({
			quota,
			wanted: {
				template,
				count
			},
			freed,
			objects,
			defaults
		});
		const what = `${describeRef({
			...refOf(quota),
			namespace
		})} has no room for`;
		const now = ask(start);
		if (now.length > 0) return [refuse(`${what} ${start} pods of the candidate beside what stands: ${now.join("; ")}`, remedy)];
		const later = start === full ? [] : ask(full);
		if (later.length === 0) return [];
		return [warn(`${what} ${full} pods, to which the preview grows before it is promoted: ${later.join("; ")}`, remedy)];
	})];
};
const remedy = "Raise the quota for as long as two versions stand side by side, or make room in the namespace.";
/** What a release makes beside its pods, as far as it is not there yet. */
async function newObjects({ request: { cluster, desired }, names }, deploymentStands) {
	return {
		services: (await Promise.all(["blue", "green"].map((slot) => cluster.get(slotServiceRef(names, slot))))).filter((service) => service === void 0).length,
		"deployments.apps": deploymentStands ? 0 : 1,
		"replicasets.apps": 1,
		"controllerrevisions.apps": 1,
		"horizontalpodautoscalers.autoscaling": desired.autoscalers.length,
		"poddisruptionbudgets.policy": desired.budgets.length
	};
}
/** Without the permission to look a release goes on: it says that nobody has looked. */
async function listOrExplain({ request: { cluster, namespace } }, kind) {
	try {
		return { objects: await cluster.list({
			apiVersion: "v1",
			kind
		}, { namespace }) };
	} catch (thrown) {
		if (!(thrown instanceof _base_mjs__WEBPACK_IMPORTED_MODULE_0__.y) || thrown.code !== "Denied") throw thrown;
		return { denied: warn(`Whether the namespace has room for two versions was not looked at: the credentials may not list ${kind}s`, "Give them the Role that `mode: plan` prints.") };
	}
}

// src/release/preflight/reference-grants.ts
const kind = {
	apiVersion: "gateway.networking.k8s.io/v1beta1",
	kind: "ReferenceGrant"
};
/** A backend in another namespace needs that namespace's leave; without it the whole route is not accepted. */
const findMissingGrants = async ({ request: { cluster, desired }, names: { namespace } }) => {
	const findings = [];
	for (const place of foreignNamespaces(desired.routes, namespace)) {
		const grants = await cluster.list(kind, { namespace: place }).catch((thrown) => {
			if (!(thrown instanceof _base_mjs__WEBPACK_IMPORTED_MODULE_0__.y) || ![
				"Denied",
				"Refused",
				"NotFound"
			].includes(thrown.code)) throw thrown;
		});
		if (grants === void 0) findings.push(warn(`A route of the manifests sends to namespace ${place}, and whether a ReferenceGrant there allows it could not be read`, "Check it by hand, or give the credentials `list` on referencegrants there."));
		else if (!grants.some((grant) => allows(grant, namespace))) findings.push(refuse(`A route of the manifests sends to namespace ${place}, and no ReferenceGrant there allows HTTPRoutes of ${namespace} to`, `Create a ReferenceGrant in ${place}: from HTTPRoute in ${namespace}, to Service.`));
	}
	return findings;
};
function allows(grant, namespace) {
	const listed = (field) => {
		return (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.p)(grant, "spec", field);
	};
	return listed("from").some((from) => (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(from, "kind") === "HTTPRoute" && (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(from, "namespace") === namespace) && listed("to").some((to) => (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(to, "kind") === "Service");
}

// src/release/preflight/route-backends.ts
/** The largest weight of the Gateway API is 1,000,000; a split counts in hundredths. */
const maxWeight = 1e4;
/** Backends of a route that cannot be split between the slots: as they stand, and as the manifests have them. */
const findUnsplittableBackends = async ({ request: { cluster, desired }, names }) => {
	const findings = /* @__PURE__ */ new Map();
	for (const name of names.routes) {
		const given = desired.routes.find(({ metadata }) => metadata.name === name);
		const standing = await cluster.get(routeRef(names, name));
		for (const route of [standing, given].filter((one) => one !== void 0)) for (const finding of troublesOf(route, {
			entry: names.entry,
			...names.services
		})) findings.set(finding.message, finding);
	}
	return [...findings.values()];
};
function troublesOf(route, backends) {
	const ref = describeRef(refOf(route));
	return readRules(route, backends).flatMap(({ rule, backendRefs }) => {
		const weights = backendRefs.map(({ weight }) => Number(weight ?? 1));
		const ours = backendRefs.filter(({ name }) => name === backends.entry);
		const slots = [backends.blue, backends.green].map(String);
		const isSplit = backendRefs.some(({ name }) => slots.includes(String(name)));
		const findings = [];
		if (!isSplit && Math.max(...weights) > maxWeight) findings.push(refuse(`${ref} has weight ${Math.max(...weights)} in rule ${rule}: beside the slots it would pass the limit of the Gateway API (1,000,000)`, `Divide the weights of the rule so that none is above ${maxWeight}; only their proportion counts.`));
		if (ours.length > 0 && ours.every(({ weight }) => weight === 0)) findings.push(refuse(`${ref} sends with weight 0 to Service ${backends.entry} in rule ${rule}: the new version would never get a request there`, "Give it a weight, or take the backend out of the rule."));
		return [
			...findings,
			...ours.flatMap((backend) => filterTroubles(ref, rule, backend)),
			...stickiness(ref, route, rule)
		];
	});
}
const plainFilters = [
	"RequestHeaderModifier",
	"ResponseHeaderModifier",
	"URLRewrite",
	"RequestMirror"
];
/** Filters of one backend go to both slots with it; what somebody else's filter does there, nobody can say. */
function filterTroubles(ref, rule, backend) {
	return (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.p)(backend.filters).map((filter) => String((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(filter, "type"))).filter((type) => !plainFilters.includes(type)).map((type) => refuse(`${ref} has a filter ${type} on its backend ${String(backend.name)} in rule ${rule}, which cannot be carried over to two slots`, "Put the filter on the rule, where it stays as it is."));
}
function stickiness(ref, route, rule) {
	if ((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(route, "spec", "rules", rule, "sessionPersistence") === void 0) return [];
	return [warn(`${ref} keeps sessions in rule ${rule}: callers with one stay with the old version as long as its pods are there`, "Expect old answers until then, or let the session end with the release.")];
}

// src/release/preflight/route-parents.ts
/**
* A route may have several parents, and each change waits until all of them have accepted it. One that refuses the
* route as it stands would be waited for in vain.
*/
const findRefusingParents = async ({ request: { cluster }, journal, names }) => {
	if (!journal?.live || isInFlight(journal.release)) return [];
	const findings = [];
	for (const name of names.routes) {
		const ref = routeRef(names, name);
		const route = await cluster.get(ref);
		for (const parent of (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.p)(route, "status", "parents")) {
			const refused = refusedBy(parent, route?.metadata.generation ?? 0);
			if (refused === void 0) continue;
			findings.push(refuse(`Gateway ${String((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(parent, "parentRef", "name"))} does not take ${describeRef(ref)} as it stands: ${refused}`, "Mend the route or the Gateway, or take this parent out of `parentRefs`. A reference to another namespace needs a ReferenceGrant there."));
		}
	}
	return findings;
};
function refusedBy(parent, generation) {
	const refused = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.p)(parent, "conditions").find((condition) => ["Accepted", "ResolvedRefs"].includes(String((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(condition, "type"))) && (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(condition, "status") === "False" && Number((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(condition, "observedGeneration") ?? 0) >= generation);
	if (refused === void 0) return void 0;
	const parts = [
		"type",
		"reason",
		"message"
	].map((field) => String((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(refused, field) ?? ""));
	return `${parts[0]} is False: ${parts[1]} ${parts[2]}`.trim();
}

// src/release/desired/known-fields.ts
/** Names of fields that people write into manifests of apps: what a misspelt one may have been meant to be. */
const knownFields = [
	"apiVersion kind metadata spec data binaryData stringData immutable type rules",
	"name namespace labels annotations finalizers ownerReferences generateName",
	"replicas selector matchLabels matchExpressions template strategy rollingUpdate maxSurge maxUnavailable",
	"minReadySeconds revisionHistoryLimit progressDeadlineSeconds paused",
	"containers initContainers volumes affinity nodeAffinity podAffinity podAntiAffinity topologySpreadConstraints",
	"topologyKey maxSkew whenUnsatisfiable labelSelector namespaceSelector podSelector nodeSelector nodeName",
	"tolerations operator effect key values weight preference podAffinityTerm priorityClassName",
	"requiredDuringSchedulingIgnoredDuringExecution preferredDuringSchedulingIgnoredDuringExecution",
	"nodeSelectorTerms restartPolicy dnsPolicy dnsConfig hostNetwork hostPID hostIPC hostAliases hostnames hostname",
	"serviceAccountName automountServiceAccountToken imagePullSecrets schedulerName runtimeClassName",
	"terminationGracePeriodSeconds shareProcessNamespace enableServiceLinks readinessGates",
	"image imagePullPolicy command args workingDir env envFrom value valueFrom configMapKeyRef secretKeyRef fieldRef",
	"fieldPath resourceFieldRef configMapRef secretRef prefix optional ports containerPort hostPort protocol",
	"resources requests limits claims volumeMounts mountPath subPath subPathExpr readOnly volumeDevices",
	"livenessProbe readinessProbe startupProbe httpGet tcpSocket grpc exec path port scheme host httpHeaders service",
	"initialDelaySeconds periodSeconds timeoutSeconds successThreshold failureThreshold lifecycle postStart preStop",
	"sleep seconds stdin tty terminationMessagePath terminationMessagePolicy securityContext capabilities add drop",
	"allowPrivilegeEscalation privileged readOnlyRootFilesystem runAsUser runAsGroup runAsNonRoot fsGroup",
	"fsGroupChangePolicy supplementalGroups sysctls seccompProfile seLinuxOptions appArmorProfile localhostProfile",
	"configMap secret secretName emptyDir medium sizeLimit hostPath persistentVolumeClaim claimName projected sources",
	"downwardAPI serviceAccountToken expirationSeconds audience defaultMode mode items csi driver nfs server",
	"clusterIP targetPort nodePort appProtocol sessionAffinity sessionAffinityConfig externalTrafficPolicy",
	"internalTrafficPolicy externalName externalIPs loadBalancerIP loadBalancerClass loadBalancerSourceRanges",
	"publishNotReadyAddresses ipFamilies ipFamilyPolicy trafficDistribution healthCheckNodePort",
	"scaleTargetRef minReplicas maxReplicas metrics resource target averageUtilization averageValue behavior scaleUp",
	"scaleDown policies selectPolicy stabilizationWindowSeconds pods object external container containerResource",
	"minAvailable unhealthyPodEvictionPolicy ingressClassName defaultBackend tls hosts http paths pathType backend",
	"number ingress egress policyTypes from to ipBlock cidr except endPort",
	"schedule concurrencyPolicy suspend jobTemplate backoffLimit activeDeadlineSeconds ttlSecondsAfterFinished",
	"completions parallelism accessModes storageClassName volumeName volumeMode",
	"parentRefs sectionName matches headers queryParams method filters backendRefs group timeouts request backendRequest"
].flatMap((line) => line.split(" "));

// src/release/preflight/unknown-fields.ts
/**
* Asks whether the kind of an object has all of its fields. A creation leaves unknown ones out without a word, unless it
* is asked to be strict, as kubectl does. `asked` is the object under a name that is free. Undefined when all are known,
* and when the server found something else first, which an ordinary dry run tells.
*/
async function findOddFields(cluster, asked, object) {
	try {
		await cluster.create(asked, {
			dryRun: true,
			strict: true
		});
		return;
	} catch (thrown) {
		if (!(thrown instanceof _base_mjs__WEBPACK_IMPORTED_MODULE_0__.y) || ![
			"Refused",
			"Denied",
			"NotFound"
		].includes(thrown.code)) throw thrown;
		return tellOddFields(object, inStrictRefusal(thrown.message));
	}
}
/** The same, as far as a server-side apply was refused for it: that names some of the fields, and not always the same. */
function oddFieldsOf(refusal, object) {
	return tellOddFields(object, inApplyRefusal(refusal));
}
function inStrictRefusal(message) {
	const [, list = ""] = /strict decoding error: (.*)/s.exec(message) ?? [];
	return [...list.matchAll(/(unknown|duplicate) field "((?:[^"\\]|\\.)+)"/g)].map(([, problem, path = ""]) => ({
		path,
		problem: problem === "duplicate" ? problem : "unknown"
	}));
}
function inApplyRefusal(message) {
	return [...message.matchAll(/ \.(\S+): field not declared in schema/g)].map(([, path = ""]) => ({
		path,
		problem: "unknown"
	}));
}
function tellOddFields(object, fields) {
	if (fields.length === 0) return void 0;
	const told = fields.map(({ path, problem }) => {
		const where = namedItems(path, object);
		return problem === "duplicate" ? `${where} (stands there twice)` : `${where}${hintFor(path)}`;
	});
	const count = fields.length === 1 ? "a field that its kind does" : `${fields.length} fields that its kind does`;
	return refuse(`${describeRef(refOf(object))} has ${count} not have: ${told.join(", ")}`, "Correct or remove what is named: a cluster leaves such a field out, mostly without a word, so it has never had an effect.");
}
function hintFor(path) {
	const name = path.split(".").at(-1) ?? "";
	const meant = (0,_contract_mjs__WEBPACK_IMPORTED_MODULE_1__.r)(name, knownFields.filter((known) => known !== name));
	if (!knownFields.includes(name)) return meant === void 0 ? "" : ` (did you mean ${meant}?)`;
	return ` (known elsewhere: look at its indentation${meant === void 0 ? "" : `, or did you mean ${meant}?`})`;
}
/** `containers[app]` for `containers[0]`, where the item has a name: people do not count. */
function namedItems(path, object) {
	const seen = [];
	return path.replaceAll(/([^.[\]]+)|\[(\d+)\]/g, (text, field, index) => {
		seen.push(field ?? Number(index));
		const name = index === void 0 ? void 0 : (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(object, ...seen, "name");
		return typeof name === "string" ? `[${name}]` : text;
	});
}

// src/release/preflight/dry-run.ts
async function dryRunAll(cluster, desired, names, candidate, replicas = 1) {
	const { workload, service, followers, routes } = desired;
	const others = [
		...desired.copies,
		...desired.others,
		...desired.later
	];
	const ask = (object, how) => dryRun(cluster, names.namespace, object, how);
	const askWith = async (object, written) => {
		const [made, odd] = await Promise.all([ask(renamed(object), "create"), findOddFields(cluster, renamed(written), written)]);
		return odd === void 0 ? made : {
			...made,
			findings: [odd, ...made.findings]
		};
	};
	return {
		deployment: await askWith(slotDeployment(workload, names, candidate, replicas, 0), workload),
		slotService: await ask(renamed(slotService(service, names, candidate, 0)), "create"),
		entry: await ask(guidedService(service, candidate), "apply"),
		followers: await Promise.all(followers.map((follower) => ask(guidedService(follower, candidate), "apply"))),
		routes: await Promise.all(routes.map((route) => ask(route, "apply"))),
		autoscalers: await Promise.all(desired.autoscalers.map((model) => askWith(slotAutoscaler(model, names, candidate, 1, 0), model))),
		budgets: await Promise.all(desired.budgets.map((budget) => ask(narrowed(budget, candidate), "apply"))),
		others: await Promise.all(others.map((object) => {
			const missing = bringsItsPlace(object, others);
			if (missing === void 0) return ask(object, "apply");
			return {
				given: object,
				reading: void 0,
				findings: [],
				unasked: missing
			};
		}))
	};
}
function allOf({ deployment, slotService: service, entry, followers, routes, autoscalers, budgets, others }) {
	return [
		deployment,
		service,
		entry,
		...followers,
		...routes,
		...autoscalers,
		...budgets,
		...others
	];
}
/** For a dry run of a creation: what stands under its own name would be in the way. */
function renamed(object) {
	return {
		...object,
		metadata: {
			...object.metadata,
			name: `${object.metadata.name}-check`
		}
	};
}
async function dryRun(cluster, home, given, how) {
	try {
		return {
			given,
			reading: how === "create" ? await cluster.create(given, { dryRun: true }) : await cluster.apply(given, {
				dryRun: true,
				force: true
			}),
			findings: []
		};
	} catch (thrown) {
		if (!(thrown instanceof _base_mjs__WEBPACK_IMPORTED_MODULE_0__.y) || ![
			"Refused",
			"Denied",
			"NotFound"
		].includes(thrown.code)) throw thrown;
		const place = missingNamespace(thrown, home);
		if (place !== void 0) return {
			given,
			reading: void 0,
			findings: [place]
		};
		const odd = oddFieldsOf(thrown.message, given);
		if (odd !== void 0) return {
			given,
			reading: void 0,
			findings: [await findOddFields(cluster, renamed(given), given) ?? odd]
		};
		const name = describeRef(refOf(given)).replace(/-check$/, "");
		const remedy = thrown.remedy ?? "Change it so that the API server, its webhooks and its policies take it.";
		return {
			given,
			reading: void 0,
			findings: [refuse(`The server would not take ${name}: ${thrown.message}`, remedy)]
		};
	}
}
/** What an object waits for that its own manifests bring: its namespace, or the definition of its kind. */
function bringsItsPlace({ apiVersion, kind, metadata }, others) {
	const group = groupOf(apiVersion);
	const brings = (other) => other.kind === "Namespace" && other.metadata.name === metadata.namespace || other.kind === "CustomResourceDefinition" && other.metadata.name.endsWith(`.${group}`);
	const place = others.find(brings);
	if (place === void 0) return void 0;
	return `${kind} ${metadata.name} could not be asked for: ${describeRef(refOf(place))} comes with the same manifests.`;
}
/** The same for every object of a namespace, so that it is told once. */
function missingNamespace({ code, message }, home) {
	const [, name] = /namespaces "([^"]+)" not found/.exec(message) ?? [];
	if (code !== "NotFound" || name === void 0) return void 0;
	return refuse(`Namespace ${name} is not there, and ${name === home ? "a release keeps its lock and its journal in it" : "objects of the manifests name it"}`, `Create it first, also when the manifests bring it along: kubectl create namespace ${name}`);
}

// src/release/preflight/server-refusals.ts
/**
* Asks the server about everything that the release would write, in dry runs. What its validation, its webhooks and
* its policies refuse is told now, and not when half of the release is done.
*/
const findServerRefusals = async ({ request: { cluster, desired }, journal, names, running }) => {
	const slot = candidateSlot(names.app, journal?.live?.slot, running);
	const runs = await dryRunAll(cluster, desired, names, slot);
	const findings = allOf(runs).flatMap(({ findings: found }) => found);
	const told = findings.map(({ message }) => message);
	return findings.filter(({ message }, index) => told.indexOf(message) === index);
};

// src/release/preflight/service-kind.ts
/** What the app's own Service is, and what its callers will meet because of it. */
const findServiceTroubles = async ({ request: { desired } }) => {
	const { service } = desired;
	const name = `Service ${service.metadata.name}`;
	const spec = (field) => (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(service, "spec", field);
	const findings = [];
	if (spec("clusterIP") === "None") findings.push(warn(`${name} is headless: callers inside the cluster look the pods up themselves, and keep to those that they found`, "Have them look up again soon, or give the Service an address; callers of the route do not notice."));
	if (spec("sessionAffinity") === "ClientIP") findings.push(warn(`${name} has sessionAffinity ClientIP: callers inside the cluster stay with an old pod until it goes or their session ends`, "Keep sessions outside of the pods, or expect old answers inside the cluster for that long."));
	if (spec("externalTrafficPolicy") === "Local") findings.push(warn(`${name} has externalTrafficPolicy Local: a node without a pod of the new version drops what comes to it from outside`, "Spread the pods over all nodes that receive traffic, or use Cluster."));
	return [...findings, ...missingPorts(name, (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.p)(service, "spec", "ports"), desired.workload)];
};
/** A Service that sends to a port by a name that no container has offers nothing. */
function missingPorts(name, ports, workload) {
	const known = portsOf(workload).map((port) => port.name);
	return ports.map((port) => (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(port, "targetPort")).filter((target) => typeof target === "string" && !/^\d+$/.test(target) && !known.includes(target)).map((target) => refuse(`${name} sends to port ${String(target)}, and no container has a port of this name`, "Give the port of the container this `name`, or let `targetPort` name another one."));
}

// src/release/preflight/serving-slot.ts
/**
* The candidate would take the place of what serves, where somebody has moved the traffic by hand. A release that has not
* ended may have led callers there itself: whoever goes on with it, or puts it back, knows.
*/
const findServingSlot = async ({ request: { cluster }, journal, names }) => {
	if (journal === void 0 || journal.live === null || isInFlight(journal.release)) return [];
	const serving = await findServing(cluster, {
		...journal,
		names
	}, otherSlot(journal.live.slot));
	return serving === void 0 ? [] : [refuse(serving.message, serving.remedy)];
};

// src/release/preflight/shared-ports.ts
/** Ports that two pods, or two containers of one, cannot both have. */
const findSharedPorts = async ({ request: { desired } }) => {
	const name = workloadName(desired.workload);
	const ports = portsOf(desired.workload);
	const findings = [];
	for (const { container, hostPort } of ports.filter((port) => (port.hostPort ?? 0) > 0)) findings.push(refuse(`Container ${container} of ${name} takes port ${hostPort} of its node (hostPort): two versions cannot both have it`, "Leave hostPort out and let the Service and the route lead to the pods."));
	if ((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(podSpecOf(desired.workload), "hostNetwork") === true && ports.length > 0) findings.push(refuse(`${name} uses the network of its node (hostNetwork) and listens there: two versions cannot both have a port`, "Leave hostNetwork out and let the Service and the route lead to the pods."));
	const twice = (keyOf) => ports.filter((port, index) => ports.findIndex((other) => keyOf(other) === keyOf(port)) < index);
	for (const { number, protocol, container } of twice((port) => `${port.number}/${port.protocol}`)) findings.push(refuse(`${name} names port ${number}/${protocol} twice, again in container ${container}: containers of a pod share one network`, "Give each container a port of its own."));
	for (const { name: port, container } of twice((one) => one.name === "" ? one : one.name)) findings.push(refuse(`${name} names two ports ${port}, again in container ${container}: a Service that sends to ${port} would reach either`, "Give each port a name of its own."));
	return findings;
};

// src/release/preflight/slow-pods.ts
/** A pod counts as available only after `minReadySeconds`: with less time than that, every release would fail. */
const findSlowPods = async ({ request: { desired, settings } }) => {
	const minReadyMs = 1e3 * Number((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(desired.workload, "spec", "minReadySeconds") ?? 0);
	if (minReadyMs < settings.progressDeadlineMs) return [];
	return [refuse(`${workloadName(desired.workload)} has minReadySeconds of ${(0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.g)(minReadyMs)}, and its pods must be ready within ${(0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.g)(settings.progressDeadlineMs)} (\`progress-deadline\`)`, "Raise `progress-deadline` above it, with time for the pods to start, or lower minReadySeconds.")];
};

// src/release/preflight/steerers.ts
/** Objects of other controllers that take a Deployment into their hands: its size, its pods or its Services. */
const steerers = [
	{
		apiVersion: "argoproj.io/v1alpha1",
		kind: "Rollout",
		path: ["spec", "workloadRef"]
	},
	{
		apiVersion: "flagger.app/v1beta1",
		kind: "Canary",
		path: ["spec", "targetRef"]
	},
	{
		apiVersion: "keda.sh/v1alpha1",
		kind: "ScaledObject",
		path: ["spec", "scaleTargetRef"]
	}
];
/** Whoever steers the Deployment already would fight with a release over it. */
const findSteerers = async ({ request: { cluster, desired }, journal, running }) => {
	const { workload } = desired;
	const brought = [...desired.others, ...desired.later];
	const given = steerers.filter(({ kind }) => kind !== "ScaledObject").flatMap((steerer) => brought.filter((object) => isOf(object, steerer)).filter(steers(steerer, workload)));
	const taken = running === void 0 || isInFlight(journal?.release ?? null) ? [] : [running];
	const standing = await Promise.all(taken.map((deployment) => steeredBy(cluster, deployment)));
	return [...given.map((object) => steered(object, workload.metadata.name)), ...standing.flat()];
};
async function steeredBy(cluster, running) {
	const { name, namespace = "" } = running.metadata;
	const findings = [];
	for (const steerer of steerers) {
		const { apiVersion, kind } = steerer;
		if (await cluster.kindPath({
			apiVersion,
			kind
		}) === void 0) continue;
		const all = await cluster.list({
			apiVersion,
			kind
		}, { namespace }).catch((thrown) => {
			if (!(thrown instanceof _base_mjs__WEBPACK_IMPORTED_MODULE_0__.y) || thrown.code !== "Denied") throw thrown;
			findings.push(warn(`Objects ${kind} may not be listed`, `Make sure that none of them steers Deployment ${name}: it would fight with the release.`));
			return [];
		});
		findings.push(...all.filter(steers(steerer, running)).map((object) => steered(object, name)));
	}
	return findings;
}
function isOf({ apiVersion, kind }, steerer) {
	return kind === steerer.kind && groupOf(apiVersion) === groupOf(steerer.apiVersion);
}
function steers({ path }, { metadata }) {
	return (object) => {
		const target = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(object, ...path);
		return (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(target, "name") === metadata.name && ((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(target, "kind") ?? "Deployment") === "Deployment";
	};
}
function steered({ kind, metadata }, name) {
	return refuse(`${kind} ${metadata.name} steers Deployment ${name}, and would fight with the release over its pods`, `Delete ${kind} ${metadata.name} first, or go on releasing with it.`);
}

// src/release/preflight/unknown-routes.ts
/** A route that a person names must be somewhere. */
const findUnknownRoutes = async ({ request: { cluster, routes, desired }, names }) => {
	const findings = [];
	for (const name of routes) {
		if (desired.routes.some(({ metadata }) => metadata.name === name)) continue;
		const ref = routeRef(names, name);
		if (await cluster.get(ref) !== void 0) continue;
		findings.push(refuse(`${describeRef(ref)} is neither in the manifests nor in the cluster`, "Correct `route`, or put the HTTPRoute into the manifests."));
	}
	return findings;
};

// src/release/preflight/checks.ts
/** Every check of a release, in the order in which their findings are told. A new one is a file and a line here. */
const checks = [
	findUnknownRoutes,
	findModeChange,
	findForeign,
	findServingSlot,
	findDrifted,
	findUnadoptable,
	findSteerers,
	findOwners,
	findLostPorts,
	findLaggingBalancers,
	findMissingConfig,
	findUnusedSecretNames,
	findForeignCopies,
	findConfigInUse,
	findUnsteerable,
	findFullQuotas,
	findCrowdedPlaces,
	findFullNodes,
	findSharedPorts,
	findHastyEnds,
	findBriefFarewells,
	findSlowPods,
	findExclusiveClaims,
	findServiceTroubles,
	findBackendAnnotations,
	findUnsplittableBackends,
	findRefusingParents,
	findMissingGrants,
	findServerRefusals,
	findMovingTags,
	findUnisolatedWork,
	findExpiringCredentials
];

// src/release/preflight/settle-config.ts
/** The request with its configuration as part of what is released. Reads named Secrets that only the cluster has. */
async function settleConfig(request) {
	const { cluster, namespace, app, desired, versionConfigs = "auto", versionSecrets = [] } = request;
	const given = new Set([...desired.others, ...desired.later].map(keyOf$1));
	const wanted = configRefs(desired.workload).filter(({ kind, name }) => kind === "Secret" && versionSecrets.includes(name) && !given.has(`Secret ${name}`));
	const found = [];
	for (const name of new Set(wanted.map((ref) => ref.name))) {
		const secret = await cluster.get({
			apiVersion: "v1",
			kind: "Secret",
			namespace,
			name
		});
		if (secret !== void 0) found.push(secret);
	}
	const versioning = {
		configs: versionConfigs,
		secrets: versionSecrets
	};
	return {
		...request,
		desired: versionConfig(desired, app, versioning, found)
	};
}

// src/release/preflight/settle-names.ts
/** What the objects of the app are called: as recorded, else by the manifests. Throws when that is unclear. */
async function settleNames(request, journal, running) {
	const { cluster, namespace, app, desired } = request;
	const entry = desired.service.metadata.name;
	const known = journal !== void 0 && (journal.live !== null || isInFlight(journal.release));
	if (known && journal.names.entry !== entry) throw new _base_mjs__WEBPACK_IMPORTED_MODULE_0__.y("Refused", `${app} was released with Service ${journal.names.entry}; the manifests name ${entry}`, { remedy: "Keep the name of the Service, or release under another app name." });
	const slots = slotNames(app);
	const adopted = running === void 0 ? {} : { [slotFor(app, running)]: running.metadata.name };
	const { deployments, services } = known ? journal.names : {
		deployments: {
			...slots,
			...adopted
		},
		services: slots
	};
	const routes = await settleRoutes(request, {
		entry,
		...services
	});
	const beside = (running === void 0 ? [] : await findReaching(cluster, running, podLabels(desired.workload))).map(({ metadata }) => metadata.name);
	const own = [
		entry,
		services.blue,
		services.green
	];
	const followers = [.../* @__PURE__ */ new Set([...await followersOf(request, journal), ...beside])].filter((name) => !own.includes(name)).sort();
	const workload = desired.workload.metadata.name;
	return {
		app,
		namespace,
		entry,
		...followers.length > 0 ? { followers } : {},
		workload,
		routes,
		deployments,
		services
	};
}
/**
* The Services that move with the app's own: those of the manifests, and those that moved so far. One that the manifests
* give another selector is let go, and so is one that is gone or was given one by hand.
*/
async function followersOf({ cluster, desired }, journal) {
	const given = desired.followers.map(({ metadata }) => metadata.name);
	const other = [...desired.others, ...desired.later].filter(({ kind }) => kind === "Service").map(({ metadata }) => metadata.name);
	const kept = [];
	for (const name of journal?.names.followers ?? []) {
		if (given.includes(name) || other.includes(name) || journal === void 0) continue;
		const selector = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(await cluster.get(serviceRef(journal.names, name)), "spec", "selector");
		if ((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(selector, "streamgate.io/slot") !== void 0 || selectsLabels(selector, podLabels(desired.workload))) kept.push(name);
	}
	return [...given, ...kept];
}
/** The routes that move the app's traffic; none where the selector of its Service does. */
async function settleRoutes(request, backends) {
	const { cluster, namespace, desired, traffic = "auto" } = request;
	const given = [...desired.routes.map(({ metadata }) => metadata.name), ...request.routes];
	if (traffic === "service") {
		if (given.length === 0) return [];
		const message = `\`traffic: service\` moves the selector of Service ${backends.entry} and no route, but there is HTTPRoute ${given.join(", ")}`;
		throw new _base_mjs__WEBPACK_IMPORTED_MODULE_0__.y("Refused", message, { remedy: "Take the HTTPRoute out of the manifests and apply it by itself, or leave `traffic` at auto, so that its weights are moved." });
	}
	const found = request.routes.length > 0 ? [] : await findRoutes(cluster, namespace, backends);
	const routes = [.../* @__PURE__ */ new Set([...given, ...found])].sort();
	if (routes.length > 0 || traffic === "auto") return routes;
	throw new _base_mjs__WEBPACK_IMPORTED_MODULE_0__.y("Refused", `No HTTPRoute sends to Service ${backends.entry}`, { remedy: "Put the HTTPRoute into the manifests, or name one that is in the cluster with `route`. Without any, `traffic: auto` moves the selector of the Service." });
}

// src/release/preflight/settle-scopes.ts
/**
* The request with objects of the whole cluster in no namespace. Which kinds those are, only the cluster knows, or the
* definition that comes with the same manifests.
*/
async function settleScopes(request) {
	const { cluster, desired } = request;
	const all = [...desired.others, ...desired.later];
	const settle = (objects) => Promise.all(objects.map(async (object) => await isOfCluster(cluster, object, all) ? withoutNamespace(object) : object));
	const [others, later] = await Promise.all([settle(desired.others), settle(desired.later)]);
	return {
		...request,
		desired: {
			...desired,
			others,
			later
		}
	};
}
async function isOfCluster(cluster, object, all) {
	if (object.metadata.namespace === void 0) return false;
	const path = await cluster.kindPath(object);
	if (path !== void 0) return !path.namespaced;
	const group = groupOf(object.apiVersion);
	return all.some((other) => other.kind === "CustomResourceDefinition" && (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(other, "spec", "group") === group && (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(other, "spec", "names", "kind") === object.kind && (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(other, "spec", "scope") === "Cluster");
}
function withoutNamespace(object) {
	const { namespace: _dropped, ...metadata } = object.metadata;
	return {
		...object,
		metadata
	};
}

// src/release/preflight/preflight.ts
/** Everything that can be refused is refused here, before the lock is taken and anything is touched. */
async function preflight(given) {
	const facts = await readPermissionFacts(given);
	await requirePermissions(given.cluster, given.namespace, facts);
	const request = await settleConfig(await settleScopes(given));
	const journal = await readJournal(request.cluster, request.namespace, request.app);
	const running = await findRunning(request, journal);
	const names = await settleNames(request, journal, running);
	const warnings = await askAll(checks, {
		request,
		journal,
		names,
		running
	});
	if (journal !== void 0 && !request.force && !request.allowOlder) await refuseOlder(journal, request);
	refuseOtherPreview(request, journal);
	return {
		request,
		journal,
		names,
		running,
		nothingNew: await isNothingNew(request, journal) ? nothingToRelease(request, journal) : void 0,
		watch: await request.watch(names),
		warnings
	};
}
async function isNothingNew(request, journal) {
	if (request.force || journal === void 0 || journal.live === null || isInFlight(journal.release)) return false;
	if (leftUntidy(journal)) return false;
	if (request.until === "retired" && journal.previous?.warm) return false;
	return isLive(request, journal);
}
function nothingToRelease({ desired }, journal) {
	const { live = null, previous = null } = journal ?? {};
	const left = [...desired.others, ...desired.later].length;
	const applied = left === 0 ? "" : `; ${left === 1 ? "the other object" : `the ${left} other objects`} of the manifests ${left === 1 ? "was" : "were"} not applied (\`force\` releases all the same)`;
	const reason = `Revision ${live?.revision ?? 0} is live and has the same pod template: there is nothing to release${applied}`;
	const standing = {
		activeSlot: live?.slot ?? null,
		previousRevision: previous?.revision ?? 0
	};
	return plainResult({
		outcome: "NothingToRelease",
		verdict: "pass",
		reason
	}, standing);
}

// src/release/reverse.ts
/**
* Puts back what a run that is gone had begun, from its journal alone, and answers with the journal as it then stands.
* Throws when something could not be put back: going on over it would hide it.
*/
async function reverseUnderLock(request, journal, lock) {
	const session = await openReversal(request, journal, lock);
	if (session === void 0) return journal;
	try {
		await putBack(session);
	} finally {
		session.deadline.clear();
	}
	return {
		...await readJournal(request.cluster, journal.names.namespace, journal.names.app) ?? journal,
		token: lock.token
	};
}
/** The same as the whole of a run: `rollback` of a release that never ended. */
async function reverseRun(request, journal, lock) {
	const session = await openReversal(request, journal, lock);
	if (session === void 0) return void 0;
	const { id } = session.release.journal.release;
	try {
		await putBack(session);
	} catch (thrown) {
		const error = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.x)(thrown);
		if (error.code === "Superseded") return finish(session, "Superseded", "inconclusive", error.message, failureOf(error));
		return finish(session, "Inconclusive", "fail", `Release ${id} could not be reversed: ${error.message}`, failureOf(error));
	}
	const live = journal.live === null ? "nothing is live, as before" : `revision ${journal.live.revision} serves`;
	return finish(session, "RolledBack", "pass", `Release ${id}, which had not ended, was reversed; ${live}`);
}
async function openReversal(request, journal, lock) {
	if (!isInFlight(journal.release)) return void 0;
	const release = journal.release;
	await claimJournal(request.cluster, {
		...journal,
		token: lock.token
	});
	const session = openSession({
		request,
		watch: null,
		journal: {
			...journal,
			token: lock.token
		},
		release,
		desired: void 0,
		replicas: 0,
		lock,
		steps: stepsOf(release, modeOf(journal.names)),
		guarded: false
	});
	const begun = new Set(release.steps.map(({ id }) => id));
	session.ledger.listener.plan(allSteps(session.steps).filter(({ id }) => begun.has(id)));
	await stampAll(session);
	return session;
}
/** The objects carry the token of the run that is gone: ours goes on them before anything is read or put back. */
async function stampAll({ release, steps, deadline }) {
	if (release.journal.release.steps.length === 0) return;
	await steps.prepare.find(({ id }) => id === "stamp")?.act(release, deadline);
}

// src/release/deploy.ts
/** How long a preview waits where nobody says. */
const usualParkMs = 864e5;
/** Releases what is desired, blue-green; continues a release of the same thing that was parked or cut short. */
async function deploy(given) {
	const ready = await preflight(given);
	const { request } = ready;
	if (ready.nothingNew !== void 0) return ready.nothingNew;
	return underLock(request, (lock) => deployUnderLock(request, ready, lock));
}
async function deployUnderLock(request, { names: settled, running, watch, warnings }, lock) {
	const { cluster, namespace, app, run: facts } = request;
	const found = await takeJournal(cluster, namespace, app, lock.token) ?? newJournal(settled, facts.repository);
	await askAll([findModeChange], {
		request,
		journal: found,
		names: settled,
		running
	});
	let journal = {
		...found,
		token: lock.token
	};
	refuseEjecting(journal);
	if (!request.force && !request.allowOlder) await refuseOlder(journal, request);
	refuseOtherPreview(request, journal);
	let release = continued(journal, request) ?? await retirement(journal, request);
	const isSwitching = release !== void 0 && isInFlight(release) && hasBegunSwitch(release, found.names);
	if (release === void 0) {
		if (isInFlight(journal.release)) journal = await reverseUnderLock(request, journal, lock);
		release = begin$1(journal, request, running);
		journal = {
			...journal,
			lastRevision: release.candidate.revision
		};
	}
	const { deployments, services } = isSettled(found) ? journal.names : settled;
	const names = {
		...settled,
		deployments,
		services
	};
	journal = {
		...journal,
		names: isSwitching ? withMoved(names, found.names) : names
	};
	await claimJournal(cluster, {
		...journal,
		release
	});
	const session = openSession({
		request,
		journal,
		release,
		desired: request.desired,
		replicas: (await sizesOf(request, journal.names, release.stable)).start,
		lock,
		watch,
		steps: stepsOf(release, modeOf(journal.names)),
		guarded: true
	});
	for (const finding of warnings) session.record.warn(inOneLine(finding));
	return drive$1(session, request);
}
async function drive$1(session, request) {
	const { until } = request;
	const { steps, release, ledger } = session;
	ledger.listener.plan(until === "preview" ? steps.prepare : allSteps(steps));
	try {
		if (release.journal.release.phase !== "promoted") {
			if (until !== "preview" && release.stable !== null) release.witness?.watchAhead?.();
			await run(session, steps.prepare);
			if (until === "preview") return await park(session, request);
			await run(session, steps.switchOver);
		}
	} catch (thrown) {
		return abort(session, thrown);
	}
	return settle(session, until);
}
/** A proven candidate waits for somebody to go on with it; not for ever, since its pods cost money. */
async function park(session, { parkTimeoutMs = usualParkMs }) {
	const { release } = session;
	release.journal.updateRelease({ parkedUntil: (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.C)(release.clock.now() + parkTimeoutMs) });
	await endWith(session, "parked");
	const reason = `${describe$1(session)} is ready and proven; no traffic reaches it. It waits for ${(0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.g)(parkTimeoutMs)}`;
	return finish(session, "Parked", "pass", reason);
}
/** After the point of no return: what goes wrong here is told, and undoes nothing. */
async function settle(session, until) {
	const { steps, release, request } = session;
	session.deadline.clear();
	const unhurried = {
		...session,
		deadline: withoutBudget(session)
	};
	keepDurations(session);
	try {
		await run(unhurried, steps.finish);
		const isWindowNought = request.settings.rollbackWindowMs === 0 && release.stable !== null;
		if (until === "retired" || isWindowNought) {
			await run(unhurried, retireSteps);
			return finish(unhurried, "Retired", "pass", `${describe$1(session)} is live; the old version is gone`);
		}
	} catch (thrown) {
		const error = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.x)(thrown);
		release.recorder.warn(`${describe$1(session)} is live, but tidying up failed: ${error.message}`);
		return finish(unhurried, "Promoted", "pass", `${describe$1(session)} is live`, failureOf(error));
	}
	const window = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.g)(request.settings.rollbackWindowMs);
	const kept = release.stable === null ? "" : `; the old version stays warm for ${window}`;
	return finish(unhurried, "Promoted", "pass", `${describe$1(session)} is live${kept}`);
}
/** For the forecast of later releases. What takes over a running app happens once. */
function keepDurations({ release, steps, ledger }) {
	const { journal, clock } = release;
	if (journal.release.adopts) return;
	const counted = [...steps.prepare, ...steps.switchOver].map(({ id }) => id);
	const records = ledger.records.filter(({ id }) => counted.includes(id));
	if (records.length < counted.length) return;
	const kind = release.stable === null ? "first" : "release";
	journal.update(withRun(journal.current, kind, records, clock.now()));
}
/** Longer than any rollback window: that is no part of the budget. */
const settleMs = 12096e5;
function withoutBudget({ request }) {
	const { clock, cluster, signal } = request;
	return (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.m)(clock, settleMs, "What comes after the promotion", signal, () => cluster.absentMs());
}
function describe$1({ release }) {
	const { candidate } = release.journal.release;
	return `Revision ${candidate.revision} of ${release.names.app} (${candidate.slot})`;
}
/** The release in the journal when it is this very one, not yet at its end. */
function continued(journal, request) {
	const { release } = journal;
	if (release === null || release.strategy !== "blue-green" || release.template !== request.desired.template) return void 0;
	if (release.phase === "promoted") return !request.force && journal.live?.revision === release.candidate.revision ? release : void 0;
	if (release.phase !== "parked" && release.phase !== "running") return void 0;
	if (release.phase === "parked" && hasExpired(release.parkedUntil, request.clock.now())) return void 0;
	if (request.until === "preview" && hasBegunSwitch(release, journal.names)) return void 0;
	const { parkedUntil: _over, ...going } = release;
	return {
		...going,
		phase: "running"
	};
}
function hasBegunSwitch(release, names) {
	const { switchOver } = stepsOf(release, modeOf(names));
	return release.steps.some(({ id }) => switchOver.some((step) => step.id === id));
}
/** Nothing new, but old pods that are to go: the release is at its last step from the start. */
async function retirement(journal, request) {
	const { live, previous } = journal;
	if (request.until !== "retired" || live === null || previous?.warm !== true || isInFlight(journal.release)) return void 0;
	if (!await isLive(request, journal)) return void 0;
	const { slot, revision } = previous;
	return {
		...begin$1(journal, request),
		phase: "promoted",
		candidate: live,
		stable: {
			slot,
			revision
		}
	};
}
/** A release that goes on in its switch moves all that it began with, also what the manifests or inputs name no more. */
function withMoved(names, begun) {
	const union = (some = [], more = []) => [.../* @__PURE__ */ new Set([...some, ...more])].sort();
	const followers = union(names.followers, begun.followers);
	return {
		...names,
		routes: union(names.routes, begun.routes),
		...followers.length > 0 ? { followers } : {}
	};
}
/** Whether the names of the slots are those in the journal: a run before may have given one another name. */
function isSettled({ live, release }) {
	return live !== null || isInFlight(release);
}
function begin$1(journal, request, running) {
	const adopts = journal.live === null && running !== void 0;
	const stable = adopts ? {
		slot: slotFor(request.app, running),
		revision: journal.lastRevision + 1
	} : journal.live;
	const revision = (adopts && stable !== null ? stable.revision : journal.lastRevision) + 1;
	return beginning(request, {
		called: String(revision),
		strategy: "blue-green",
		candidate: {
			slot: stable === null ? "blue" : otherSlot(stable.slot),
			revision
		},
		stable,
		template: request.desired.template,
		...adopts ? { adopts } : {}
	});
}

// src/release/request.ts
/** For runs that test and watch nothing: they put back, hand back, or let go. */
const unwatched = {
	tolerance: 0,
	gates: [],
	watch: async () => null,
	identify: async () => []
};

// src/release/drill.ts
/**
* Sends all traffic to the older version, proves that it answers, and sends it back: the way back is measured while
* nobody needs it. The live version stays the live one, and so does the way back.
*/
async function drill(request, journal, begun, target, watch, lock) {
	if (!target.warm) {
		const { revision } = target.placement;
		throw new _base_mjs__WEBPACK_IMPORTED_MODULE_0__.y("Refused", `The pods of revision ${revision} are gone: there is no quick way back to try`, { remedy: "Try it within the rollback window of a release." });
	}
	await claimJournal(request.cluster, {
		...journal,
		release: begun
	});
	const { desired, replicas } = target;
	const steps = strategiesOf(modeOf(journal.names)).drill;
	const session = openSession({
		request,
		journal,
		release: begun,
		desired,
		replicas,
		lock,
		watch,
		steps,
		guarded: false
	});
	const { prepare, switchOver } = steps;
	session.ledger.listener.plan([...prepare, ...switchOver]);
	try {
		await run(session, [...prepare, ...switchOver]);
		await undoSteps(switchOver, session.release, session.ledger.listener);
		await converged(session.release, "stable", session.deadline);
		await undoSteps(prepare, session.release, session.ledger.listener);
		await endWith(session, "aborted");
	} catch (thrown) {
		return abort(session, thrown);
	}
	const { placement, live } = target;
	const reason = `The way back to revision ${placement.revision} works, and was taken back: revision ${live.revision} serves`;
	return finish(session, "Checked", "pass", reason);
}

// src/release/rollback.ts
/** Goes back to an older revision; a release that never ended is reversed instead. Needs nothing but the app's name. */
async function rollback(given) {
	const request = {
		...given,
		startedAt: given.startedAt ?? given.clock.now()
	};
	const { cluster, namespace, app } = request;
	const { names } = requireJournal(await readJournal(cluster, namespace, app), request);
	const watch = await request.watch(names);
	return underLock(request, async (lock) => {
		const journal = requireJournal(await takeJournal(cluster, namespace, app, lock.token), request);
		return rollbackUnderLock(request, {
			...journal,
			token: lock.token
		}, watch, lock);
	});
}
async function rollbackUnderLock(request, journal, watch, lock) {
	refuseEjecting(journal);
	if (request.drill) refuseDrill(journal, request.app);
	const continued = await continueRollback(request, journal, watch, lock);
	if (continued !== void 0) return continued;
	if (journal.release?.strategy !== "rollback") {
		const reversed = await reverseRun(request, journal, lock);
		if (reversed !== void 0) return reversed;
	}
	const settled = await reverseUnderLock(request, journal, lock);
	const target = await findTarget(request, settled);
	const { warm, placement } = target;
	if (!warm) await refuseServing(request.cluster, settled, placement.slot);
	const begun = begin(request, settled, target);
	const standing = warm ? withWarmPods(settled) : settled;
	return (request.drill ? drill : drive)(request, standing, begun, target, watch, lock);
}
/** Pods that somebody has started again by hand are warm from now on, also for a run that goes on with this one. */
function withWarmPods(journal) {
	const { previous } = journal;
	return previous === null ? journal : {
		...journal,
		previous: {
			...previous,
			warm: true
		}
	};
}
/** Whether a way back arrived, and its run died before the abandoned version was stopped. */
function leftAbandoned({ release, live }) {
	if (release === null || release.strategy !== "rollback" || release.phase !== "rolled-back") return false;
	return !release.steps.some(({ id, state }) => id === "empty-abandoned" && state === "done") && live?.revision === release.candidate.revision;
}
/** Goes on with a way back whose run died. Undefined when there is none, or when another one is asked for. */
async function continueRollback(request, journal, watch, lock) {
	const { release } = journal;
	if (release === null || release.strategy !== "rollback" || release.drill) return void 0;
	const { revision } = release.candidate;
	if (request.to !== void 0 && request.to !== revision) return void 0;
	const cold = release.steps.some(({ id }) => id === "start-candidate");
	if (release.phase === "rolled-back") {
		if (!leftAbandoned(journal)) return void 0;
		if (release.stable !== null) await refuseServing(request.cluster, journal, release.stable.slot);
		const desired = await keptDesired(request.cluster, journal, revision);
		return drive(request, journal, release, {
			warm: !cold,
			desired,
			replicas: 0
		}, watch, lock);
	}
	if (release.phase !== "running") return void 0;
	const target = await findTarget({
		...request,
		to: revision
	}, journal);
	return drive(request, journal, release, {
		...target,
		warm: target.warm && !cold
	}, watch, lock);
}
async function drive(request, journal, begun, target, watch, lock) {
	const { warm, byTag, desired, replicas } = target;
	await claimJournal(request.cluster, {
		...journal,
		release: begun
	});
	const mode = modeOf(journal.names);
	const { fastRollback, hastyRollback, coldRollback } = strategiesOf(mode);
	const hasty = request.now === true || begun.steps.some(({ id }) => id === "candidate-stands");
	const steps = warm ? hasty ? hastyRollback : fastRollback : coldRollback;
	const session = openSession({
		request,
		journal,
		release: begun,
		desired,
		replicas,
		lock,
		watch,
		steps,
		guarded: false
	});
	const { release, ledger } = session;
	ledger.listener.plan(allSteps(steps));
	const { candidate, stable } = begun;
	try {
		if (begun.phase === "running") await run(session, [...steps.prepare, ...steps.switchOver]);
	} catch (thrown) {
		return abort({
			...session,
			steps: stepsOf(begun, mode)
		}, thrown);
	}
	tellTime(session, request.startedAt, warm);
	const serves = `Revision ${candidate.revision} of ${release.names.app} serves again; revision ${stable?.revision ?? 0} was abandoned`;
	const reason = warm || byTag === void 0 ? serves : `${serves}. ${startedAnew(byTag)}`;
	try {
		await run(session, steps.finish);
		await endWith(session, "rolled-back");
	} catch (thrown) {
		const error = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.x)(thrown);
		const next = `run \`streamgate rollback ${release.names.app}\` to go on with it`;
		release.recorder.warn(`The abandoned version was not stopped (${next}): ${error.message}`);
		return finish(session, warm ? "FastRolledBack" : "RolledBack", "pass", reason, failureOf(error));
	}
	return finish(session, warm ? "FastRolledBack" : "RolledBack", "pass", reason);
}
/** Holds the way back against its budget, and keeps what it took for the forecast of the next one. */
function tellTime({ release, ledger, steps }, startedAt, warm) {
	const { clock, journal, recorder, settings } = release;
	const counted = [...steps.prepare, ...steps.switchOver].map(({ id }) => id);
	const arrival = counted.find((id) => movingSteps.includes(id));
	const returned = ledger.records.find(({ id, outcome }) => id === arrival && outcome === "done");
	if (returned?.startedAt == null) return;
	const takenMs = Date.parse(returned.startedAt) + returned.durationMs - (startedAt ?? clock.now());
	const { rollbackBudgetMs } = settings;
	if (startedAt !== void 0 && rollbackBudgetMs !== void 0) {
		const judged = judgeReturn({
			startedAt,
			takenMs,
			budgetMs: rollbackBudgetMs
		});
		recorder.gate(judged);
		if (judged.verdict !== "pass") recorder.warn(judged.reason);
	}
	const upToReturn = counted.slice(0, counted.indexOf(returned.id) + 1);
	const records = ledger.records.filter(({ id }) => upToReturn.includes(id));
	journal.update(withRun(journal.current, warm ? "warm" : "cold", records, clock.now()));
}
/** A tag may mean another image by now; a digest cannot. */
function startedAnew(byTag) {
	const began = "Its pods were gone and were started again";
	if (byTag.length === 0) return `${began}, by the digests of the images that ran`;
	return `${began}, by tag where no digest was recorded that could be pulled: ${byTag.join(", ")}`;
}
/** A drill is for quiet times: it neither goes on with anything nor puts anything back. */
function refuseDrill(journal, app) {
	if (!isInFlight(journal.release)) return;
	throw new _base_mjs__WEBPACK_IMPORTED_MODULE_0__.y("Refused", `Release ${journal.release.id} of ${app} has not ended: this is no time for a drill`, { remedy: "Let it end, or roll it back without `drill`." });
}
function begin(request, { live }, target) {
	return beginning(request, {
		called: `back-to-${target.placement.revision}`,
		strategy: "rollback",
		candidate: target.placement,
		stable: live,
		template: target.desired.template,
		...request.drill ? { drill: true } : {}
	});
}

// src/release/end-lost-run.ts
/**
* Brings to an end what a run began that died. A release is put back; a way back is gone on with, since its traffic must
* not return to what was to be abandoned; what was promoted is tidied up. Undefined when there is nothing to do: a parked
* preview is no such thing.
*/
async function endLostRun(request) {
	const { cluster, namespace, app } = request;
	const isTheirs = (journal) => journal !== void 0 && isUnfinished(journal) && (request.runId === "" || journal.release?.runId === request.runId);
	if (!isTheirs(await readJournal(cluster, namespace, app))) return void 0;
	const full = {
		...endingDefaults,
		...request
	};
	return underLock(full, async (lock) => {
		const journal = await takeJournal(cluster, namespace, app, lock.token);
		if (journal === void 0 || !isTheirs(journal)) return void 0;
		const ours = {
			...journal,
			token: lock.token
		};
		return await tidyUp(full, ours, lock) ?? await continueRollback({
			...full,
			to: void 0,
			drill: false
		}, ours, null, lock) ?? reverseRun(full, ours, lock);
	});
}
function isUnfinished(journal) {
	if (isEjecting(journal)) return false;
	return isInFlight(journal.release) && journal.release.phase !== "parked" || leftAbandoned(journal) || leftUntidy(journal);
}
/** Nothing is tested or watched: it puts back, or sends traffic to what has served before. */
const endingDefaults = {
	settings: {
		progressDeadlineMs: 9e4,
		observeMs: 0,
		rollbackWindowMs: 0
	},
	lockTimeoutMs: 6e4,
	budgetMs: 12e4,
	listener: {
		plan() {},
		begin() {},
		end() {}
	},
	...unwatched
};

// src/release/find-candidate.ts
/** The ready pods of one side of an app, for a check of their own: those that serve, those that do not, or by slot. */
async function findCandidate(cluster, namespace, app, side) {
	const { names, live } = requireJournal(await readJournal(cluster, namespace, app), {
		app,
		namespace
	});
	const active = live?.slot ?? "green";
	const slot = side === "active" ? active : side === "idle" ? otherSlot(active) : side;
	const [workload, service] = await Promise.all([cluster.get(deploymentRef(names, slot)), cluster.get(slotServiceRef(names, slot))]);
	if (workload === void 0 || service === void 0) throw new _base_mjs__WEBPACK_IMPORTED_MODULE_0__.y("NotFound", `Slot ${slot} of ${app} holds nothing`, { remedy: `See where the app stands: streamgate status ${app} --namespace ${namespace}` });
	return {
		workload,
		service,
		pods: (await listPods(cluster, names, slot)).filter(isReady).map((pod) => directPod(cluster, names, pod))
	};
}

// src/release/forecast.ts
/** Forecasts a release from the journal of its app: up to `promote`, `observe` included. */
function forecast(journal, { settings, budgetMs }) {
	const kind = journal?.live ? "release" : "first";
	const { progressDeadlineMs, observeMs } = settings;
	return predict(journal, kind, {
		extraMs: observeMs,
		limits: {
			durationMs: progressDeadlineMs + observeMs,
			words: "by `progress-deadline` and `observe`"
		},
		budgetMs,
		what: "release"
	});
}
/** Forecasts a way back, up to the proof that the older version alone answers. */
function forecastRollback(journal, warm, { settings }) {
	const { progressDeadlineMs, rollbackBudgetMs = Number.POSITIVE_INFINITY } = settings;
	return predict(journal, warm ? "warm" : "cold", {
		extraMs: 0,
		limits: {
			durationMs: progressDeadlineMs,
			words: "by `progress-deadline`"
		},
		budgetMs: rollbackBudgetMs,
		what: warm ? "rollback onto warm pods" : "rollback onto pods that are started again"
	});
}
function predict(journal, kind, { extraMs, limits, budgetMs, what }) {
	const totals = runsOf(journal).filter((run) => run.kind === kind).map((run) => totalOf(run) + extraMs);
	const runs = totals.length;
	const durationMs = runs > 0 ? median(totals) : limits.durationMs;
	const how = runs > 0 ? `It would take about ${(0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.g)(durationMs)}, by the median of ${runs} timed before` : `No ${what} was timed before: it may take up to ${(0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.g)(durationMs)}, ${limits.words}`;
	return {
		durationMs,
		basis: runs > 0 ? "history" : "limits",
		runs,
		budgetMs,
		isOver: durationMs > budgetMs,
		sentence: how
	};
}
/** What a plan warns of when the time would not do. */
function overBudget({ isOver, durationMs, budgetMs }, input) {
	if (!isOver) return [];
	return [`It may take ${(0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.g)(durationMs)}, which is over \`${input}\` (${(0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.g)(budgetMs)}). Raise that, or find out which step is slow.`];
}

// src/release/planning/durations.ts
/** Pulling an image that is not on its node is not in it: nobody knows how long that takes. */
const startPodMs = 3e3;
const writeMs = 100;
/** A gateway follows its route within a second mostly; then the proof wants half a second of quiet. */
const followMs = 1e3;
/** Every step as planned, with the time that it is expected to take. */
function planSteps(steps, facts) {
	return steps.map(({ id, title }) => ({
		id,
		title,
		outcome: "planned",
		startedAt: null,
		durationMs: facts.history[id] ?? estimate(id, facts),
		detail: ""
	}));
}
function estimate(id, facts) {
	switch (id) {
		case "candidate-ready": return facts.template === void 0 ? writeMs : startPodMs + readyAfterMs(facts);
		case "clear-candidate": return facts.clears ? goneAfterMs(facts.template) : writeMs;
		case "smoke": return 1e3;
		case "baseline": return 1e3;
		case "split-route":
		case "shift-weights":
		case "return-route":
		case "move-entry":
		case "switch-entry":
		case "return-entry":
		case "open-ingresses":
		case "restore-route":
		case "open-routes": return followMs;
		case "observe": return facts.observeMs;
		case "retire": return facts.rollbackWindowMs + goneAfterMs(facts.template);
		case "empty-abandoned": return goneAfterMs(facts.template);
		default: return writeMs;
	}
}
/** The slowest container's probes, each good at its first try, and what the Deployment wants beyond that. */
function readyAfterMs({ template, minReadySeconds }) {
	const seconds = containersIn((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(template, "spec")).map((container) => {
		const probe = (kind) => Number((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(container, kind, "initialDelaySeconds") ?? 0) + ((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(container, kind) === void 0 ? 0 : periodOf((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(container, kind)));
		return probe("startupProbe") + probe("readinessProbe");
	});
	return 1e3 * (Math.max(0, ...seconds) + minReadySeconds);
}
function periodOf(probe) {
	return Number((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(probe, "periodSeconds") ?? 10) * Number((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(probe, "successThreshold") ?? 1);
}
/** A well-behaved program ends soon after its preStop hook. */
function goneAfterMs(template) {
	const sleeps = containersIn((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(template, "spec")).map((container) => Number((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(container, "lifecycle", "preStop", "sleep", "seconds") ?? 0));
	return 1e3 * (Math.max(0, ...sleeps) + 1);
}

// src/release/planning/capacity.ts
/** What `replicas` pods of a template ask the scheduler for. */
function capacityOf(template, side) {
	const cpu = requestOf(template, "cpu");
	const memory = requestOf(template, "memory");
	return {
		...side,
		cpuMillis: cpu === null ? null : Math.round(cpu * side.replicas * 1e3),
		memoryBytes: memory === null ? null : Math.round(memory * side.replicas)
	};
}
/** What one pod asks for, with the overhead of its runtime class. Null when neither it nor any container says. */
function requestOf(template, resource) {
	const podSpec = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(template, "spec");
	const all = [...containersIn(podSpec), ...containersIn(podSpec, "initContainers")];
	const ofPod = amountOf(podSpec, resource);
	if (ofPod === null && all.every((container) => amountOf(container, resource) === null)) return null;
	const overhead = quantity((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(podSpec, "overhead", resource)) ?? 0;
	return (ofPod ?? takenByPod(podSpec, (container) => amountOf(container, resource) ?? 0)) + overhead;
}
/** A container with a limit and no request asks for its limit; a pod that says it for all of them as well. */
function amountOf(container, resource) {
	return quantity((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(container, "resources", "requests", resource)) ?? quantity((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(container, "resources", "limits", resource));
}
function quantity(value) {
	if (typeof value !== "string" && typeof value !== "number") return null;
	return (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.v)(String(value)) ?? null;
}

// src/release/planning/conceal.ts
/**
* Hashes with a key that is thrown away with the run. Equal values have equal hashes within one document; outside of
* it, nobody can find out a short password by hashing all that it could be.
*/
function concealWith(key) {
	return (value) => `hash ${(0,node_crypto__WEBPACK_IMPORTED_MODULE_4__.createHmac)("sha256", key).update(value).digest("hex").slice(0, 8)}`;
}
/** What a person may read of one value, by where it stands. */
function readable$1(kind, path, value, conceal) {
	const text = typeof value === "string" ? value : JSON.stringify(value);
	if (kind === "Secret" && isData(path)) return conceal(text);
	if (kind === "ConfigMap" && isData(path)) return `${Buffer.byteLength(text)} bytes, ${conceal(text)}`;
	if (isLiteral(path)) return conceal(text);
	return text.length > 200 ? `${text.slice(0, 160)}… (${text.length} characters, ${conceal(text)})` : text;
}
function isData([first = ""]) {
	return first === "data" || first === "stringData" || first === "binaryData";
}
/** The value of an environment variable, or of a header that a probe sends: `…env[NAME].value`. */
function isLiteral(path) {
	return path.at(-1) === "value" && ["env", "httpHeaders"].includes(path.at(-3) ?? "");
}

// src/release/planning/find-references.ts
const notOnSlots = "while traffic moves, the route sends to the slots, which it does not cover";
const findsNothing = "the pods belong to the Deployments of the slots, so it finds none";
const notMoved = "it is not moved, and follows only when the Service does, after the weights";
const gateway = "gateway.networking.k8s.io";
/** Asked for in a plan where the cluster knows them: those of the Gateway API, meshes, scalers and Prometheus. */
const namingKinds = [
	{
		apiVersion: "autoscaling.k8s.io/v1",
		kind: "VerticalPodAutoscaler",
		names: "Deployment",
		consequence: findsNothing
	},
	{
		apiVersion: "keda.sh/v1alpha1",
		kind: "ScaledObject",
		names: "Deployment",
		consequence: findsNothing
	},
	{
		apiVersion: "gateway.envoyproxy.io/v1alpha1",
		kind: "BackendTrafficPolicy",
		names: "Service",
		consequence: notOnSlots
	},
	{
		apiVersion: `${gateway}/v1`,
		kind: "BackendTLSPolicy",
		names: "Service",
		consequence: notOnSlots
	},
	{
		apiVersion: `${gateway}/v1alpha3`,
		kind: "BackendTLSPolicy",
		names: "Service",
		consequence: notOnSlots
	},
	{
		apiVersion: "networking.istio.io/v1",
		kind: "DestinationRule",
		names: "Service",
		consequence: notOnSlots
	},
	{
		apiVersion: "networking.istio.io/v1",
		kind: "VirtualService",
		names: "Service",
		consequence: notMoved
	},
	{
		apiVersion: "traefik.io/v1alpha1",
		kind: "IngressRoute",
		names: "Service",
		consequence: notMoved
	},
	{
		apiVersion: "networking.k8s.io/v1",
		kind: "Ingress",
		names: "Service",
		consequence: notMoved
	},
	{
		apiVersion: `${gateway}/v1`,
		kind: "GRPCRoute",
		names: "Service",
		consequence: notMoved
	},
	{
		apiVersion: `${gateway}/v1`,
		kind: "HTTPRoute",
		names: "Service",
		consequence: notMoved
	}
];
/** Keys under which other kinds put the name of a Service or workload. */
const nameKeys = /* @__PURE__ */ new Set([
	"name",
	"host",
	"serviceName"
]);
/** Keys above them that make a name one of a backend or target, not of a port or a container. */
const holders = /^(backend(Ref)?s?|targetRefs?|scaleTargetRef|services?|destination|host|spec|service)$/;
/** Where an object names the app, as paths: `spec.targetRefs[0].name`; none when it does not. */
function namedAt(object, { names }, wanted) {
	const namespace = object.metadata.namespace ?? "";
	const aliases = /* @__PURE__ */ new Set([
		wanted,
		`${wanted}.${namespace}`,
		`${wanted}.${namespace}.svc`,
		`${wanted}.${namespace}.svc.cluster.local`
	]);
	return search(object.spec, ["spec"], (path, value, holder) => {
		const key = path.at(-1) ?? "";
		const above = path.filter((part) => !/^\d+$/.test(part)).at(-2) ?? "";
		const kind = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(holder, "kind") ?? names;
		return nameKeys.has(key) && holders.test(above) && kind === names && aliases.has(value);
	});
}
function search(value, path, matches, holder) {
	if (typeof value === "string") return matches(path, value, holder) ? [pathText(path)] : [];
	if (Array.isArray(value)) return value.flatMap((item, index) => search(item, [...path, String(index)], matches, holder));
	if (!(0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.f)(value)) return [];
	return Object.entries(value).flatMap(([key, inner]) => search(inner, [...path, key], matches, value));
}
function pathText(path) {
	return path.reduce((text, part) => /^\d+$/.test(part) ? `${text}[${part}]` : text === "" ? part : `${text}.${part}`, "");
}
/** What to tell a person about one object that names the app. */
function referenceWarning(object, kind, wanted, path) {
	return `${describeRef(refOf(object))} names ${kind.names} ${wanted} at ${path}: ${kind.consequence}.`;
}

// src/release/planning/look-around.ts
/** Kinds whose selectors may find the pods of the app. */
const selectingKinds = [
	{
		apiVersion: "v1",
		kind: "Service"
	},
	{
		apiVersion: "policy/v1",
		kind: "PodDisruptionBudget"
	},
	{
		apiVersion: "networking.k8s.io/v1",
		kind: "NetworkPolicy"
	}
];
/** All kinds that a plan looks at and the cluster knows: the same kind in one version only. */
async function kindsAround(cluster) {
	const found = /* @__PURE__ */ new Map();
	for (const { apiVersion, kind } of [...selectingKinds, ...namingKinds]) {
		const path = await cluster.kindPath({
			apiVersion,
			kind
		});
		const group = groupOf(apiVersion);
		const key = `${group}/${kind}`;
		if (path !== void 0 && !found.has(key)) found.set(key, {
			apiVersion,
			kind,
			group,
			resource: path.plural
		});
	}
	return [...found.values()];
}
/** What a plan asks beyond what a release needs; where it is denied, the plan says so and goes on. */
function wishesOf(kinds, { others, foreignNamespaces }) {
	return [
		...kinds.map(({ group, resource }) => ({
			group,
			resource,
			verbs: ["list"]
		})),
		...others.map((kind) => ({
			...kind,
			verbs: ["get"]
		})),
		...foreignNamespaces.map((namespace) => ({
			group: "gateway.networking.k8s.io",
			resource: "referencegrants",
			verbs: ["list"],
			namespace
		}))
	];
}
async function lookAround(cluster, namespace, kinds) {
	const objects = [];
	const notes = [];
	for (const { apiVersion, kind, group, resource } of kinds) {
		const listed = await cluster.list({
			apiVersion,
			kind
		}, { namespace }).catch((thrown) => {
			if (!(thrown instanceof _base_mjs__WEBPACK_IMPORTED_MODULE_0__.y) || thrown.code !== "Denied") throw thrown;
		});
		if (listed === void 0) notes.push(`${resource}${group === "" ? "" : `.${group}`} may not be listed.`);
		else objects.push(...listed);
	}
	return {
		objects,
		notes
	};
}

// src/release/planning/match-selectors.ts
/** Everything among the objects whose selector finds pods of either side, or would. */
function matchSelectors(objects, sides) {
	return objects.flatMap((object) => selectorsOf(object).flatMap(({ selector, effect }) => {
		const stable = sides.stable === void 0 ? null : selects(selector, sides.stable);
		const candidate = selects(selector, sides.candidate);
		if (stable !== true && !candidate) return [];
		return [{
			object: describeRef(refOf(object)),
			effect,
			stable,
			candidate
		}];
	}));
}
/** What an object selects pods by, each with what becomes of them. */
function selectorsOf(object) {
	switch (object.kind) {
		case "Service": {
			const matchLabels = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(object, "spec", "selector");
			if (!(0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.f)(matchLabels) || Object.keys(matchLabels).length === 0) return [];
			return [{
				selector: { matchLabels },
				effect: "sends traffic"
			}];
		}
		case "PodDisruptionBudget": return [{
			selector: (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(object, "spec", "selector") ?? {},
			effect: "limits evictions"
		}];
		case "NetworkPolicy": return [
			{
				selector: (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(object, "spec", "podSelector") ?? {},
				effect: "limits connections"
			},
			...peersOf(object, "ingress", "from", "allows connections from them"),
			...peersOf(object, "egress", "to", "allows connections to them")
		];
		default: return [];
	}
}
/** Peers of the same namespace only: what a `namespaceSelector` finds is another question. */
function peersOf(policy, rules, side, effect) {
	return (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.p)(policy, "spec", rules).flatMap((rule) => (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.p)(rule, side)).filter((peer) => (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(peer, "podSelector") !== void 0 && (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(peer, "namespaceSelector") === void 0).map((peer) => ({
		selector: (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(peer, "podSelector"),
		effect
	}));
}
/** Whether a label selector matches: to policies and budgets, an empty one is every pod. */
function selects(selector, labels) {
	return ["matchLabels", "matchExpressions"].every((field) => Object.keys(Object((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(selector, field) ?? {})).length === 0) || matchesSelector(selector, labels);
}

// src/release/planning/diff-fields.ts
/**
* The fields in which two objects differ, in the order of the new one, then those that are gone. Items of a list go by
* their `name` where all have one, so that a container in another place is no change of every field behind it.
*/
function diffFields(before, after, show) {
	const old = new Map(leavesOf(before).map((leaf) => [leaf.text, leaf]));
	const young = new Map(leavesOf(after).map((leaf) => [leaf.text, leaf]));
	const shown = (leaf) => leaf === void 0 ? null : show(leaf.path, leaf.value);
	return [.../* @__PURE__ */ new Set([...young.keys(), ...old.keys()])].filter((text) => !(old.has(text) && young.has(text) && (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.l)(old.get(text)?.value, young.get(text)?.value))).map((text) => ({
		path: text,
		before: shown(old.get(text)),
		after: shown(young.get(text))
	}));
}
function leavesOf(value, path = [], text = "") {
	if (value === void 0) return [];
	const children = childrenOf(value);
	if (children.length === 0) return text === "" ? [] : [{
		path,
		text,
		value
	}];
	return children.flatMap(({ key, label, inner }) => leavesOf(inner, [...path, key], text === "" ? label.replace(/^\./, "") : text + label));
}
function childrenOf(value) {
	if (Array.isArray(value)) {
		const names = value.map((item) => (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.f)(item) ? item.name : void 0);
		const named = names.every((name) => typeof name === "string") && new Set(names).size === names.length;
		return value.map((inner, index) => {
			const key = named ? String(names[index]) : String(index);
			return {
				key,
				label: `[${key}]`,
				inner
			};
		});
	}
	if (!(0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.f)(value)) return [];
	return Object.entries(value).map(([key, inner]) => ({
		key,
		label: /^[\w-]+$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`,
		inner
	}));
}

// src/release/planning/change-of.ts
const maxFields = 200;
/** Compares an object with what the server would make of it. */
function changeOf(standing, wanted, conceal) {
	const object = describeRef(refOf(wanted));
	if (standing === void 0) return {
		object,
		action: "create",
		against: null,
		fields: []
	};
	const fields = fieldsBetween(comparable(standing), comparable(wanted), wanted.kind, conceal);
	return {
		object,
		action: fields.length === 0 ? "unchanged" : "change",
		against: null,
		fields
	};
}
/** What sets a candidate's object apart from the live slot's: only what a user wrote, not what names the slot. */
function changeBetweenSlots(live, wanted, conceal) {
	const { name, object, standing } = wanted;
	const described = describeRef({
		...refOf(object),
		name
	});
	const isSame = standing !== void 0 && (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.l)(slotless(standing), slotless(object));
	const action = standing === void 0 ? "create" : isSame ? "unchanged" : "change";
	if (live === void 0) return {
		object: described,
		action,
		against: null,
		fields: []
	};
	const fields = fieldsBetween(slotless(live), slotless(object), object.kind, conceal);
	return {
		object: described,
		action,
		against: `${describeRef(refOf(live))}, which is live`,
		fields
	};
}
function fieldsBetween(before, after, kind, conceal) {
	return diffFields(before, after, (path, value) => readable$1(kind, path, value, conceal)).slice(0, maxFields);
}
/** Labels, annotations and everything but what servers and managers write. */
function comparable(object) {
	const { metadata, status: _status, apiVersion: _version, kind: _kind, ...rest } = object;
	const annotations = Object.entries(metadata.annotations ?? {}).filter(([key]) => !isNoise(key));
	return {
		metadata: {
			labels: metadata.labels ?? {},
			annotations: Object.fromEntries(annotations)
		},
		...rest
	};
}
/** Notes of tools to themselves; the first holds the whole object, values of Secrets too. */
function isNoise(annotation) {
	return annotation === "kubectl.kubernetes.io/last-applied-configuration" || annotation === "deployment.kubernetes.io/revision" || annotation.startsWith("streamgate.io/");
}
/** The spec without the label of the slot, wherever it stands, and without addresses that the server gives out. */
function slotless({ spec }) {
	return { spec: without([slotLabel, ...[
		"clusterIP",
		"clusterIPs",
		"healthCheckNodePort"
	]], spec) };
}
function without(keys, value) {
	if (Array.isArray(value)) return value.map((item) => without(keys, item));
	if (!(0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.f)(value)) return value;
	const kept = Object.entries(value).filter(([key]) => !keys.includes(key));
	return Object.fromEntries(kept.map(([key, inner]) => [key, without(keys, inner)]));
}

// src/release/planning/plan-objects.ts
/** Compares every object with what stands in the cluster: the candidate's with those of the live slot. */
async function planObjects(cluster, names, sides, runs, conceal) {
	const { candidate, live } = sides;
	const between = async (run, refFor) => {
		if (run.reading === void 0) return [];
		const ref = refFor(names, candidate);
		const ofLive = live === void 0 ? void 0 : await cluster.get(refFor(names, live));
		const there = await cluster.get(ref);
		const wanted = {
			name: ref.name,
			object: run.reading,
			standing: there
		};
		return [changeBetweenSlots(ofLive, wanted, conceal)];
	};
	const applied = [
		runs.entry,
		...runs.followers,
		...runs.routes,
		...runs.budgets,
		...runs.others
	];
	const compared = await Promise.all(applied.map((run) => compare(cluster, run, conceal)));
	return {
		objects: [
			...await between(runs.deployment, deploymentRef),
			...await between(runs.slotService, slotServiceRef),
			...(await Promise.all(runs.autoscalers.map((run) => between(run, autoscalerRef)))).flat(),
			...compared.flatMap(({ change }) => change ?? [])
		],
		notes: compared.flatMap(({ note }) => note ?? [])
	};
}
async function compare(cluster, { given, reading, unasked }, conceal) {
	const object = describeRef(refOf(given));
	const uncompared = {
		object,
		action: "create",
		against: null,
		fields: []
	};
	if (unasked !== void 0) return {
		change: uncompared,
		note: unasked
	};
	if (reading === void 0) return {};
	const standing = await readable(cluster, refOf(reading));
	if (standing !== "denied") return { change: changeOf(standing, reading, conceal) };
	return {
		change: {
			...uncompared,
			action: "change"
		},
		note: `${object} may not be read: whether it is there, and what would change in it.`
	};
}
async function readable(cluster, ref) {
	return cluster.get(ref).catch((thrown) => {
		if (thrown instanceof _base_mjs__WEBPACK_IMPORTED_MODULE_0__.y && thrown.code === "Denied") return "denied";
		throw thrown;
	});
}

// src/release/planning/plan-document.ts
/** The plan of a release, from what the server made of its objects and from what stands around the app. */
async function writePlan(question, runs) {
	const { cluster, names, candidate } = question;
	const live = await liveDeployment(question);
	const sides = {
		candidate,
		live: question.live?.slot
	};
	const compared = await planObjects(cluster, names, sides, runs, concealWith((0,node_crypto__WEBPACK_IMPORTED_MODULE_4__.randomUUID)()));
	const deployment = runs.deployment.reading;
	return describe(question, compared, live, (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(deployment, "spec", "template"));
}
async function liveDeployment({ cluster, names, live }) {
	return live === null ? void 0 : cluster.get(deploymentRef(names, live.slot));
}
/** What every plan tells beside its objects. `template` is the candidate's, as the server reads it. */
async function describe(question, { objects, notes }, live, template) {
	const { cluster, names, facts, steps, basis } = question;
	const kinds = await kindsAround(cluster);
	const around = await lookAround(cluster, names.namespace, kinds);
	const stable = live === void 0 ? void 0 : podLabels(live);
	const own = /* @__PURE__ */ new Set([
		...guidedServices(names),
		names.services.blue,
		names.services.green
	]);
	const foreign = around.objects.filter(({ kind, metadata }) => kind !== "Service" || !own.has(metadata.name));
	return {
		plan: {
			objects,
			durationMs: steps.reduce((sum, { durationMs }) => sum + durationMs, 0),
			basis,
			capacity: capacities(question, live, template),
			selectors: matchSelectors(foreign, {
				stable,
				candidate: (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.u)(template, "metadata", "labels")
			}),
			role: renderRole(names.namespace, roleFor(facts), wishesOf(kinds, facts)),
			notes: [...notes, ...around.notes]
		},
		warnings: warningsOf(around.objects, question)
	};
}
function capacities({ live, candidate, replicas }, standing, template) {
	return [...live === null || standing === void 0 ? [] : [capacityOf((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(standing, "spec", "template"), {
		role: "stable",
		slot: live.slot,
		replicas: Number((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(standing, "spec", "replicas") ?? 1)
	})], capacityOf(template, {
		role: "candidate",
		slot: candidate,
		replicas
	})];
}
function warningsOf(objects, { names, workload }) {
	return objects.flatMap((object) => {
		if (object.kind === "HTTPRoute" && names.routes.includes(object.metadata.name)) return [];
		const kind = namingKinds.find((one) => one.kind === object.kind && one.apiVersion === object.apiVersion);
		if (kind === void 0) return [];
		const wanted = kind.names === "Service" ? names.entry : workload;
		const [path] = namedAt(object, kind, wanted);
		return path === void 0 ? [] : [referenceWarning(object, kind, wanted, path)];
	});
}
/** What the time of a plan is from. */
function basisOf({ basis }) {
	return basis === "history" ? "history" : "estimate";
}
/** The result of a run that only looked ahead. */
function planned(reason, { plan }, more) {
	return plainResult({
		outcome: "Planned",
		verdict: "pass",
		reason
	}, {
		...more,
		plan
	});
}

// src/release/planning/plan-deploy.ts
/** What a release would do: step by step, object by object, with the server's own opinion of them. Writes nothing. */
async function planDeploy(given) {
	const ready = await preflight(given);
	if (ready.nothingNew !== void 0) return ready.nothingNew;
	const { request, journal, names, warnings } = ready;
	const { cluster, desired } = request;
	const sides = sidesOf(ready);
	const { live, candidate } = sides;
	const { start: replicas } = await sizesOf(request, names, live);
	const runs = await dryRunAll(cluster, desired, names, candidate, replicas);
	const steps = await timedSteps(ready, sides, runs);
	const outlook = forecast(journal, request);
	const question = {
		cluster,
		names,
		live,
		candidate,
		replicas,
		facts: await readPermissionFacts(given),
		workload: desired.workload.metadata.name,
		steps,
		basis: basisOf(outlook)
	};
	const answer = await writePlan(question, runs);
	const reason = `Would release ${inWords(ready, sides)}, in ${steps.length} steps. ${outlook.sentence}`;
	return planned(reason, answer, {
		steps,
		activeSlot: journal?.live?.slot ?? null,
		previousRevision: journal?.previous?.revision ?? 0,
		warnings: [
			...inFlight(journal),
			...overBudget(outlook, "deploy-budget"),
			...warnings.map(inOneLine),
			...answer.warnings
		]
	});
}
function sidesOf({ names, journal, running }) {
	const first = (journal?.lastRevision ?? 0) + 1;
	if (running !== void 0 && !journal?.live) {
		const slot = slotFor(names.app, running);
		return {
			live: {
				slot,
				revision: first
			},
			candidate: otherSlot(slot),
			revision: first + 1,
			adopts: true
		};
	}
	const live = journal?.live ?? null;
	return {
		live,
		candidate: live === null ? "blue" : otherSlot(live.slot),
		revision: first,
		adopts: false
	};
}
/** Every step that the release would do, with the time that it is expected to take. */
async function timedSteps({ request, journal, names }, sides, runs) {
	const { cluster, desired, settings, until } = request;
	const { live, candidate } = sides;
	const config = await describeConfig(cluster, names.namespace, desired);
	return planSteps(stepsUpTo(until, sides, names), {
		template: (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(runs.deployment.reading, "spec", "template"),
		minReadySeconds: Number((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(desired.workload, "spec", "minReadySeconds") ?? 0),
		clears: await standing(request, names, candidate) > 0,
		observeMs: settings.observeMs,
		rollbackWindowMs: settings.rollbackWindowMs,
		history: usualSteps(journal, live === null ? "first" : "release")
	}).map((record) => record.id === "copy-config" ? {
		...record,
		detail: config
	} : record);
}
function stepsUpTo(until, { live, adopts }, names) {
	const release = {
		strategy: "blue-green",
		stable: live,
		...adopts ? { adopts } : {}
	};
	const steps = stepsOf(release, modeOf(names));
	return {
		preview: steps.prepare,
		promoted: allSteps(steps),
		retired: [...allSteps(steps), ...retireSteps]
	}[until];
}
function inWords({ names, running }, { live, candidate, revision, adopts }) {
	if (live === null) return `revision ${revision}: the first release of ${names.app}`;
	const taken = adopts ? `Deployment ${running?.metadata.name} as ` : "";
	return `revision ${revision} of ${names.app}: slot ${candidate}, after ${taken}revision ${live.revision}`;
}
async function standing({ cluster }, names, slot) {
	return Number((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(await cluster.get(deploymentRef(names, slot)), "spec", "replicas") ?? 0);
}
function inFlight(journal) {
	if (!journal || !isInFlight(journal.release)) return [];
	const { id, phase } = journal.release;
	return [`Release ${id} has not ended (${phase}): the same version goes on from there, another one puts it back first.`];
}

// src/release/planning/plan-rollback.ts
/** What a way back would do. */
async function planRollback(request) {
	const { cluster, namespace, app, settings } = request;
	const journal = requireJournal(await readJournal(cluster, namespace, app), request);
	const { names } = journal;
	const { placement, warm, live, desired, replicas } = await findTarget(request, journal);
	const mode = modeOf(names);
	const { fastRollback, hastyRollback, coldRollback } = strategiesOf(mode);
	const strategy = warm ? request.now ? hastyRollback : fastRollback : coldRollback;
	const { slot } = placement;
	const ref = deploymentRef(names, slot);
	const wanted = slotDeployment(desired.workload, names, slot, replicas, 0);
	const [there, reading] = await Promise.all([cluster.get(ref), cluster.create(renamed(wanted), { dryRun: true })]);
	const template = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(reading, "spec", "template");
	const records = planSteps(allSteps(strategy), {
		template: warm ? void 0 : template,
		minReadySeconds: Number((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(desired.workload, "spec", "minReadySeconds") ?? 0),
		clears: !warm && Number((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(there, "spec", "replicas") ?? 0) > 0,
		observeMs: settings.observeMs,
		rollbackWindowMs: settings.rollbackWindowMs,
		history: usualSteps(journal, warm ? "warm" : "cold")
	});
	const outlook = forecastRollback(journal, warm, request);
	const question = {
		cluster,
		names,
		live,
		candidate: slot,
		replicas,
		facts: {
			...plainFacts,
			mode,
			looksForRoutes: false
		},
		workload: desired.workload.metadata.name,
		steps: records,
		basis: basisOf(outlook)
	};
	const liveObject = await liveDeployment(question);
	const target = {
		name: ref.name,
		object: reading,
		standing: there
	};
	const objects = [changeBetweenSlots(liveObject, target, concealWith((0,node_crypto__WEBPACK_IMPORTED_MODULE_4__.randomUUID)())), ...guidedServices(names).map((name) => movedTo(slot, live.slot, serviceRef(names, name)))];
	const answer = await describe(question, {
		objects,
		notes: []
	}, liveObject, template);
	const how = warm ? `its pods are warm, so that is ${mode === "gateway" ? "one patch for each route" : "one patch of the app's own Service"}` : "its pods are gone and would be started first";
	const reason = `Would take ${app} back from revision ${live.revision} to ${placement.revision}: ${how}. ${outlook.sentence}`;
	return planned(reason, answer, {
		steps: records,
		activeSlot: live.slot,
		previousRevision: placement.revision,
		warnings: [...overBudget(outlook, "rollback-budget"), ...answer.warnings]
	});
}
/** A Service whose selector goes from one slot to the other, and which is otherwise left as it is. */
function movedTo(slot, from, ref) {
	const fields = [{
		path: `spec.selector["${slotLabel}"]`,
		before: from,
		after: slot
	}];
	return {
		object: describeRef(ref),
		action: "change",
		against: null,
		fields
	};
}

// src/release/preflight/beyond-manifests.ts
/**
* What a cluster has to say already although the manifests cannot be released as they are, one sentence each: a person
* should not mend them twice, nor wait for a cluster that gives no answer. Only reads and dry runs. What depends on a whole
* release (quotas, room, routes, what others own) is asked when there is one. A question without an answer is passed over:
* that is not what is wrong here.
*/
async function askBeyondManifests(question) {
	const findings = (await withPatience(question, (cluster) => Promise.allSettled([findMissingPermissions(cluster, question), ...placed(question).map((object) => findTroubles(cluster, object, question))]))).flatMap((answer) => {
		if (answer.status === "fulfilled") return answer.value;
		if (answer.reason instanceof _base_mjs__WEBPACK_IMPORTED_MODULE_0__.y) return [];
		throw answer.reason;
	});
	return [...new Set(findings.map(inOneLine))];
}
/** Of a plain release: what the manifests bring beside is not counted before they can be read whole. */
async function findMissingPermissions(cluster, { namespace, objects, traffic }) {
	const brings = objects.some(({ kind }) => kind === "HTTPRoute");
	const gateway = traffic === "gateway" || traffic !== "service" && brings;
	const facts = {
		...plainFacts,
		mode: gateway ? "gateway" : "service",
		looksForRoutes: gateway
	};
	try {
		await requirePermissions(cluster, namespace, facts);
		return [];
	} catch (thrown) {
		if (!(thrown instanceof _base_mjs__WEBPACK_IMPORTED_MODULE_0__.y) || thrown.code !== "Denied") throw thrown;
		return [refuse(thrown.message, "The Role that has them is printed once the manifests can be read")];
	}
}
/** Unknown fields of an object; and of one that the manifests are not to blame for, why the server refuses it. */
async function findTroubles(cluster, object, { namespace, problems }) {
	const odd = await findOddFields(cluster, renamed(object), object);
	if (odd !== void 0) return [odd];
	const { kind, metadata } = object;
	if (problems.some((problem) => problem.includes(`${kind} ${metadata.name}`))) return [];
	try {
		if (kind === "Deployment") await cluster.create(renamed(object), { dryRun: true });
		else await cluster.apply(object, {
			dryRun: true,
			force: true
		});
		return [];
	} catch (thrown) {
		if (!(thrown instanceof _base_mjs__WEBPACK_IMPORTED_MODULE_0__.y)) throw thrown;
		const place = missingNamespace(thrown, namespace);
		if (place !== void 0) return [place];
		if (thrown.code === "NotFound" || thrown.code === "Denied") return [];
		if (thrown.code !== "Refused") throw thrown;
		return [refuse(`The server would not take ${describeRef(refOf(object))}: ${thrown.message}`, thrown.remedy ?? "")];
	}
}
function placed({ objects, namespace }) {
	return objects.filter(({ metadata }) => typeof metadata.name === "string" && (metadata.namespace ?? namespace) === namespace).map((object) => object.kind === "Namespace" || object.kind.startsWith("Cluster") ? object : {
		...object,
		metadata: {
			...object.metadata,
			namespace
		}
	});
}

// src/release/retire/find-apps.ts
/** Every app of a namespace that was ever released: it has a journal. In the order of their names. Throws `NotFound` where there is no such namespace. */
async function findApps(cluster, namespace) {
	const all = await cluster.list({
		apiVersion: "v1",
		kind: "ConfigMap"
	}, {
		namespace,
		labelSelector: `${managedByLabel}=${manager}`
	});
	if (all.length === 0) await requireNamespace(cluster, namespace);
	return all.filter(({ metadata, data }) => {
		const app = metadata.labels?.["streamgate.io/app"] ?? "";
		return metadata.name === journalRef(namespace, app).name && (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.f)(data) && data.journal !== void 0;
	}).map(({ metadata }) => metadata.labels?.["streamgate.io/app"] ?? "").sort();
}
/** The list of what is in a namespace that is not there is empty, too. Asked by what every release may do: a dry run. */
async function requireNamespace(cluster, namespace) {
	const probe = {
		apiVersion: "v1",
		kind: "ConfigMap",
		metadata: {
			name: `${manager}-check`,
			namespace
		}
	};
	try {
		await cluster.create(probe, { dryRun: true });
	} catch (thrown) {
		if (!(thrown instanceof _base_mjs__WEBPACK_IMPORTED_MODULE_0__.y) || thrown.code !== "NotFound") return;
		throw new _base_mjs__WEBPACK_IMPORTED_MODULE_0__.y("NotFound", `Namespace ${namespace} is not there, so nothing of it can be due`, {
			remedy: "Correct `namespace`, or the cluster that `kubeconfig` and `context` name.",
			cause: thrown
		});
	}
}

// src/release/retire/due.ts
/** Reads from a journal whether old pods are to go, or a parked preview. `hurry`: also before the window ends. */
function whatIsDue({ release, live, previous }, now, hurry) {
	if (release?.phase === "running" || release?.phase === "undoing") return {
		kind: "not-yet",
		why: `release ${release.id} has not ended: it is at work, or its run died`
	};
	if (release?.phase === "parked") {
		if (hasExpired(release.parkedUntil, now)) return {
			kind: "put-back",
			release: release.id
		};
		return {
			kind: "not-yet",
			why: `preview ${release.id} is parked ${until(release.parkedUntil, now)}`
		};
	}
	if (previous === null || live === null) return {
		kind: "nothing",
		why: "it has no old version"
	};
	if (!previous.warm) return {
		kind: "nothing",
		why: `the pods of revision ${previous.revision} are gone already`
	};
	const leftMs = Date.parse(previous.keepUntil) - now;
	if (hurry || leftMs <= 0) return {
		kind: "retire",
		previous
	};
	return {
		kind: "not-yet",
		why: `the rollback window of revision ${previous.revision} ends in ${(0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.g)(leftMs)}`
	};
}
function until(parkedUntil, now) {
	if (parkedUntil === void 0) return "without an end";
	return `for another ${(0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.g)(Date.parse(parkedUntil) - now)}`;
}

// src/release/retire/retire.ts
/**
* Lets the old pods of an app go, or takes back a preview that nobody went on with, when the time for that has come.
* A release that is under way is left alone. Under the app's lock, fenced and journaled as any other change.
*/
async function retire(request) {
	const { cluster, namespace, app, clock, hurry } = request;
	const seen = requireJournal(await readJournal(cluster, namespace, app), request);
	const due = whatIsDue(seen, clock.now(), hurry);
	if (due.kind === "not-yet" || due.kind === "nothing") return leave(app, due);
	return underLock(request, (lock) => retireUnderLock(request, lock));
}
async function retireUnderLock(request, lock) {
	const { cluster, namespace, app, clock, hurry } = request;
	const found = requireJournal(await takeJournal(cluster, namespace, app, lock.token), request);
	const after = await tidyUp(request, {
		...found,
		token: lock.token
	}, lock) === void 0 ? found : await readJournal(cluster, namespace, app);
	const journal = {
		...requireJournal(after, request),
		token: lock.token
	};
	const due = whatIsDue(journal, clock.now(), hurry);
	if (due.kind === "put-back") {
		await reverseUnderLock(request, journal, lock);
		return {
			app,
			state: "put-back",
			reason: `${app}: preview ${due.release} was taken back, since nobody had gone on with it in time`
		};
	}
	if (due.kind !== "retire") return leave(app, due);
	const { previous } = due;
	await refuseServing(cluster, journal, previous.slot);
	await letGo(request, journal, previous, lock);
	return {
		app,
		state: "retired",
		reason: `${app}: the pods of revision ${previous.revision} (${previous.slot}) were let go; a rollback starts them again`
	};
}
function leave(app, { kind, why }) {
	return {
		app,
		state: kind === "nothing" ? kind : "left",
		reason: `${app}: ${why}`
	};
}
async function letGo(request, journal, previous, lock) {
	const { cluster, clock } = request;
	const release = releaseOf(request, journal, previous);
	const keepUntil = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.C)(Math.min(Date.parse(previous.keepUntil), clock.now()));
	const claimed = {
		...journal,
		previous: {
			...previous,
			keepUntil
		},
		release
	};
	await claimJournal(cluster, claimed);
	const session = openSession({
		request,
		journal: claimed,
		release,
		desired: void 0,
		replicas: 0,
		lock,
		watch: null,
		steps: {
			prepare: [],
			switchOver: [],
			finish: retireSteps
		},
		guarded: false
	});
	try {
		await run(session, retireSteps);
	} finally {
		session.deadline.clear();
	}
}
/** The release that made the live version, at its last step; one of its own where the journal tells of another one. */
function releaseOf(request, { release, live }, { slot, revision }) {
	const stable = {
		slot,
		revision
	};
	if (release !== null && release.phase === "promoted" && release.candidate.revision === live?.revision) return release;
	return beginning(request, {
		called: `retire-${revision}`,
		strategy: "blue-green",
		phase: "promoted",
		candidate: live ?? stable,
		stable,
		template: ""
	});
}
/** The same with every error told as the end of this one app, so that others come to their turn. */
async function retireOrTell(request) {
	const { app } = request;
	try {
		return await retire(request);
	} catch (thrown) {
		const error = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.x)(thrown);
		if (error.code === "Cancelled" || error.code === "Internal") throw error;
		const { remedy } = error;
		const told = error.message.startsWith(app) ? error.message : `${app}: ${error.message}`;
		if (error.code === "Conflict" || error.code === "Superseded") return {
			app,
			state: "left",
			reason: told
		};
		return {
			app,
			state: "failed",
			reason: told,
			refused: [
				"Refused",
				"NotFound",
				"Denied"
			].includes(error.code),
			...remedy === void 0 ? {} : { remedy }
		};
	}
}

// src/release/status.ts
async function readStatus(cluster, namespace, app) {
	const journal = requireJournal(await readJournal(cluster, namespace, app), {
		app,
		namespace
	});
	const { names, live, previous, release } = journal;
	const router = routerOf(names);
	const [entry, lease, route, revisions] = await Promise.all([
		cluster.get(entryRef(names)),
		cluster.get(leaseRef(namespace, app)),
		router.target(cluster).catch(() => void 0),
		listRevisions(cluster, {
			namespace,
			app
		})
	]);
	const holder = String((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(lease, "spec", "holderIdentity") ?? "");
	return {
		app,
		namespace,
		live,
		previous,
		release: release === null ? null : summariseRelease(release),
		slots: await Promise.all([readSlot(cluster, journal, "blue"), readSlot(cluster, journal, "green")]),
		entrySelects: String((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(entry, "spec", "selector", "streamgate.io/slot") ?? ""),
		mode: modeOf(names),
		route: route ?? null,
		drift: await findDrift(cluster, journal),
		lock: holder === "" ? null : {
			holder,
			renewedAt: String((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(lease, "spec", "renewTime") ?? "")
		},
		revisions
	};
}
function summariseRelease(release) {
	const { id, phase, commit, startedAt, steps, parkedUntil = null } = release;
	return {
		id,
		phase,
		commit,
		startedAt,
		parkedUntil: phase === "parked" ? parkedUntil : null,
		step: steps.at(-1)?.id ?? ""
	};
}
async function readSlot(cluster, { names, live, previous, release }, slot) {
	const deployment = await cluster.get(deploymentRef(names, slot));
	const placed = [
		{
			role: "live",
			placement: live
		},
		{
			role: "candidate",
			placement: release?.phase === "running" || release?.phase === "parked" ? release.candidate : null
		},
		{
			role: "previous",
			placement: previous
		}
	].find(({ placement }) => placement?.slot === slot);
	return {
		slot,
		deployment: names.deployments[slot],
		role: placed?.role ?? "empty",
		revision: placed?.placement?.revision ?? 0,
		ready: Number((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(deployment, "status", "readyReplicas") ?? 0),
		wanted: Number((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(deployment, "spec", "replicas") ?? 0)
	};
}

// src/commands/ended-release.ts
/** What every command that releases answers beside its outputs. */
function answerOf({ verdict, result, evidence }) {
	const { outcome, reason, failure } = result;
	return {
		verdict,
		outcome,
		reason,
		remedy: failure?.remedy ?? void 0,
		evidence
	};
}
/** The outputs that every command that releases has. */
function sharedOutputs({ result, traffic, evidencePath, reportPath, durationMs }) {
	return {
		release: result.release?.id ?? "",
		outcome: result.outcome,
		verdict: result.verdict,
		reason: result.reason,
		activeSlot: result.activeSlot ?? "",
		durationSeconds: inSeconds(durationMs),
		requests: traffic?.planned ?? null,
		failedRequests: countedFailures(traffic),
		evidence: evidencePath,
		report: reportPath
	};
}
/** Seconds with one decimal, as outputs have them. */
function inSeconds(durationMs) {
	return Math.round(durationMs / 100) / 10;
}
/** The count is whole only at the very end; what it shows then is part of the verdict. */
function withFinalTraffic(result, concluded) {
	if (concluded === null || result.verdict !== "pass" || result.release?.strategy === "rollback") return result;
	if (result.outcome !== "Promoted" && result.outcome !== "Retired") return result;
	const { verdict, reason } = concluded.judgement;
	if (verdict === "pass") return result;
	return {
		...result,
		verdict,
		reason: `${result.reason}; but afterwards ${reason}`
	};
}
/** A run that ended before its first change. */
function refusal(error) {
	const undecided = [
		"Unreachable",
		"Timeout",
		"Cancelled",
		"Conflict",
		"Superseded"
	].includes(error.code);
	const { code, message, remedy = null, evidence } = error;
	return plainResult({
		outcome: code === "Superseded" ? "Superseded" : "Refused",
		verdict: undecided ? "inconclusive" : "invalid",
		reason: message
	}, { failure: {
		code,
		message,
		remedy,
		evidence
	} });
}
/** The command that goes back. It asks the entry point as this run did: where it is typed, none may be found. */
function rollbackCommand(inputs) {
	const { app, namespace, probeFrom, probeImage } = inputs;
	const flags = {
		namespace,
		...probeFrom === "none" ? { "probe-from": "none" } : {},
		...probeFrom === "cluster" && probeImage !== void 0 ? {
			"probe-from": "cluster",
			"probe-image": probeImage
		} : {},
		...entryPoint(inputs)
	};
	return [
		"streamgate rollback",
		app,
		...Object.entries(flags).map(([name, value]) => `--${name} ${(0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.r)(value)}`)
	].join(" ");
}
/** Not one with a user or a query: either may be a secret, and this is printed where many can read it. */
function entryPoint({ probeUrl, probeHost }) {
	if (probeUrl === void 0) return {};
	const { href, username, password, search } = new URL(probeUrl);
	if (username !== "" || password !== "" || search !== "") return {};
	return {
		"probe-url": href,
		...probeHost === void 0 ? {} : { "probe-host": probeHost }
	};
}
/** Whether `rollback` would take this run's release back, and not the one that was live before it. */
function takesBack({ outcome, previousRevision }) {
	return previousRevision > 0 && [
		"Promoted",
		"Retired",
		"Parked",
		"NothingToRelease",
		"Inconclusive"
	].includes(outcome);
}
/** What a person would run next; null when there is nothing to do. */
function nextCommand(result, inputs) {
	if (result.outcome === "Parked") return `streamgate bluegreen-deploy ${inputs.app} --namespace ${inputs.namespace} --until promoted --release ${result.release?.id ?? ""} …`;
	if (result.outcome === "Inconclusive") return rollbackCommand(inputs);
	if (result.verdict !== "pass") return `streamgate status ${inputs.app} --namespace ${inputs.namespace}`;
	if (result.outcome === "Promoted" && result.previousRevision > 0) return rollbackCommand(inputs);
	return null;
}
/** Failures that count: by the new version, or by the switch. */
function countedFailures(traffic) {
	if (traffic === null) return null;
	return (traffic.byAttribution.candidate ?? 0) + (traffic.byAttribution.switch ?? 0);
}

// src/commands/connect-cluster.ts
/** A cluster that is away for a moment is waited for in the middle of a release, but not before the first word. */
const firstPatienceMs = 1e4;
/** Connects as the inputs say, and hears a first answer. Its calls outlive a cancellation, since the way back needs them. */
async function connectCluster({ kubeconfig, context }, host) {
	const transport = await connectTransport({
		...kubeconfig,
		context,
		environment: (name) => host.environment(name)
	});
	const { clock, log, signal } = host;
	await createCluster({
		transport,
		clock,
		log,
		signal,
		patienceMs: firstPatienceMs
	}).version().catch(unlessDenied);
	return createCluster({
		transport,
		clock,
		log,
		signal: new AbortController().signal
	});
}
/** Who may not ask for the version may still do all that is needed: being denied is an answer, too. */
function unlessDenied(thrown) {
	if (!(thrown instanceof _base_mjs__WEBPACK_IMPORTED_MODULE_0__.y) || thrown.code !== "Denied") throw thrown;
}



/***/ }),

/***/ 4995:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   n: () => (/* binding */ toApiError),
/* harmony export */   t: () => (/* binding */ isTransient)
/* harmony export */ });
/* harmony import */ var _base_mjs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5455);


// src/cluster/status.ts
/** A page of a proxy says nothing more after this many characters. */
const longestMessage = 2e3;
/** Begins what the API server says of an applied object whose fields have wrong types or names. */
const wrongFields = /^failed to (create typed patch object|convert new object)/;
/**
* Whether a later try may go well with nothing changed. A server-side apply of an object with a field of the wrong type
* is answered 500, without a reason (kube-apiserver 1.34): nothing of it will pass.
*/
function isTransient({ status, body }) {
	if (status === 500 && wrongFields.test(String((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(body, "message") ?? ""))) return false;
	return status === 429 || status >= 500;
}
/**
* The server's `Status` as our error.
* A JSON patch whose `test` did not hold is answered 422 `Invalid` with no details (kube-apiserver 1.34): that is a
* `Conflict`, whereas a 422 with details is a validation error of what we sent.
*/
function toApiError(failure) {
	const told = withoutValues(String((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(failure.body, "message") ?? failure.body ?? ""));
	const message = told.includes("strict decoding error") ? told : told.slice(0, longestMessage);
	const subject = `${failure.method} ${failure.path.split("?")[0]} answered ${failure.status}`;
	const code = codeOf(failure);
	return new _base_mjs__WEBPACK_IMPORTED_MODULE_0__.y(code, message === "" ? subject : `${message} (${subject})`, { remedy: remedyOf(code, failure) });
}
/** A server-side apply quotes what stands where another type belongs, also in a Secret. */
function withoutValues(message) {
	return message.replace(/got &value\.valueUnstructured\{Value:[\s\S]*?\}(?=\n *\.|$)/g, "got a value of another type");
}
function codeOf(failure) {
	const { status, body, preconditioned } = failure;
	if (status === 404) return "NotFound";
	if (status === 409) return "Conflict";
	if (status === 422 && preconditioned && (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)(body, "details", "causes") === void 0) return "Conflict";
	if (status === 401 || status === 403) return "Denied";
	if (isTransient(failure)) return "Unreachable";
	return "Refused";
}
function remedyOf(code, failure) {
	if (failure.status === 401) return "The credentials are not accepted or have expired: check the kubeconfig and its user.";
	if (code === "Denied") return "Grant the permission named above, or print the Role that is needed with `mode: plan`.";
	if (code === "Unreachable") return "The API server is in trouble. Nothing is lost: run the same command again.";
	if (code === "NotFound") return "Check name and namespace, and create what is missing first.";
	if (code === "Conflict") return "Somebody else changed it meanwhile. Look at who does, and run this again.";
	return "The API server does not take it as it is: correct what its message names, and run this again.";
}



/***/ })

};
