export const id = 460;
export const ids = [460];
export const modules = {

/***/ 460:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   S: () => (/* binding */ parseManifests),
/* harmony export */   _: () => (/* binding */ findCandidate),
/* harmony export */   a: () => (/* binding */ tellEvidence),
/* harmony export */   b: () => (/* binding */ deploy),
/* harmony export */   c: () => (/* binding */ connectCluster),
/* harmony export */   d: () => (/* binding */ servicePorts),
/* harmony export */   f: () => (/* binding */ readStatus),
/* harmony export */   g: () => (/* binding */ planRollback),
/* harmony export */   h: () => (/* binding */ planDeploy),
/* harmony export */   i: () => (/* binding */ versionSource),
/* harmony export */   l: () => (/* binding */ candidateSmoke),
/* harmony export */   m: () => (/* binding */ rollback),
/* harmony export */   n: () => (/* binding */ rollbackCommand),
/* harmony export */   o: () => (/* binding */ recoverAfterRun),
/* harmony export */   p: () => (/* binding */ reverse),
/* harmony export */   r: () => (/* binding */ runRelease),
/* harmony export */   s: () => (/* binding */ rememberRun),
/* harmony export */   t: () => (/* binding */ countedFailures),
/* harmony export */   u: () => (/* binding */ podPort),
/* harmony export */   v: () => (/* binding */ readLiveManifests),
/* harmony export */   x: () => (/* binding */ plainResult),
/* harmony export */   y: () => (/* binding */ findDesired)
/* harmony export */ });
/* harmony import */ var _base_mjs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(455);
/* harmony import */ var _dist_mjs__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(949);
/* harmony import */ var _inputs_mjs__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6);
/* harmony import */ var _evidence_mjs__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(666);
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(598);
/* harmony import */ var node_net__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(30);
/* harmony import */ var node_tls__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(692);
/* harmony import */ var node_dns__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(610);
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(161);










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

// src/cluster/fence.ts
/** Annotation on every object that a release writes: the number of the lock under which it was written last. */
const tokenAnnotation = "streamgate.io/token";
const tokenPath = "/metadata/annotations/streamgate.io~1token";
const attempts = 8;
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
		if (held !== void 0 && held > token) throw superseded(ref, held, token);
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
		if (object === void 0) throw gone(ref);
		const held = tokenOf(object);
		if (held === void 0) throw unfenced(ref);
		if (held > token) throw superseded(ref, held, token);
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
/** Operations that replace one field, tested against what stands there; none when it stands there already. */
function replaceField(object, path, value) {
	const pointer = `/${path.map((part) => String(part).replaceAll("~", "~0").replaceAll("/", "~1")).join("/")}`;
	const current = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(object, ...path);
	if (current === void 0) return [{
		op: "add",
		path: pointer,
		value
	}];
	if ((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.c)(current, value)) return [];
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
function retryOnConflict(thrown) {
	if (thrown instanceof _base_mjs__WEBPACK_IMPORTED_MODULE_0__.m && thrown.code === "Conflict") return void 0;
	throw thrown;
}
function superseded(ref, held, token) {
	return new _base_mjs__WEBPACK_IMPORTED_MODULE_0__.m("Superseded", `${describeRef(ref)} belongs to a newer release (token ${held}, ours is ${token})`, { remedy: "Nothing needs to be done: the newer release goes on. See it with `streamgate status APP`." });
}
function unfenced(ref) {
	return new _base_mjs__WEBPACK_IMPORTED_MODULE_0__.m("Conflict", `${describeRef(ref)} lost its annotation ${tokenAnnotation} in the middle of the release`, { remedy: "Something replaced the whole object. Stop it (a GitOps sync?), then run the same command again." });
}
function gone(ref) {
	return new _base_mjs__WEBPACK_IMPORTED_MODULE_0__.m("Conflict", `${describeRef(ref)} disappeared in the middle of the release`, { remedy: "Find out who deleted it, then run the same command again." });
}
function contended(ref) {
	return new _base_mjs__WEBPACK_IMPORTED_MODULE_0__.m("Conflict", `${describeRef(ref)} was changed by somebody else at each of ${attempts} tries`, { remedy: "Find the other writer in its `metadata.managedFields` and stop it, then run the same command again." });
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
	"v1/Namespace": {
		plural: "namespaces",
		namespaced: false
	},
	"v1/Pod": {
		plural: "pods",
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
		const list = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(await resourcesOf(kind.apiVersion), "resources");
		const match = Array.isArray(list) ? list.find((entry) => (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(entry, "kind") === kind.kind && !String((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(entry, "name")).includes("/")) : void 0;
		if (match === void 0) return void 0;
		return {
			plural: String((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(match, "name")),
			namespaced: (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(match, "namespaced") === true
		};
	}
	return {
		find,
		async resolve(kind) {
			const path = await find(kind);
			if (path !== void 0) return path;
			throw new _base_mjs__WEBPACK_IMPORTED_MODULE_0__.m("Refused", `The cluster does not know ${kind.kind} in ${kind.apiVersion}`, { remedy: "Install its CustomResourceDefinition first, or take the object out of the manifests." });
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

// src/cluster/status.ts
/** Whether a later try may go well with nothing changed. */
function isTransient(status) {
	return status === 429 || status >= 500;
}
/**
* The server's `Status` as our error.
* A JSON patch whose `test` did not hold is answered 422 `Invalid` with no details (kube-apiserver 1.34): that is a
* `Conflict`, whereas a 422 with details is a validation error of what we sent.
*/
function toApiError(failure) {
	const message = String((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(failure.body, "message") ?? failure.body ?? "").slice(0, 2e3);
	const subject = `${failure.method} ${failure.path.split("?")[0]} answered ${failure.status}`;
	const code = codeOf$1(failure);
	return new _base_mjs__WEBPACK_IMPORTED_MODULE_0__.m(code, message === "" ? subject : `${message} (${subject})`, { remedy: remedyOf(code, failure) });
}
function codeOf$1({ status, body, preconditioned }) {
	if (status === 404) return "NotFound";
	if (status === 409) return "Conflict";
	if (status === 422 && preconditioned && (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(body, "details", "causes") === void 0) return "Conflict";
	if (status === 401 || status === 403) return "Denied";
	if (isTransient(status)) return "Unreachable";
	return "Refused";
}
function remedyOf(code, failure) {
	if (failure.status === 401) return "The credentials are not accepted or have expired: check the kubeconfig and its user.";
	if (code === "Denied") return "Grant the permission named above, or print the Role that is needed with `mode: plan`.";
	if (code === "Unreachable") return "The API server is in trouble. Nothing is lost: run the same command again.";
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
	const { clock, log, signal, patienceMs = usualPatienceMs } = context;
	const giveUpAt = clock.monotonic() + patienceMs;
	let pauseMs = firstPauseMs;
	for (;;) {
		signal.throwIfAborted();
		const attempt = await tryOnce(context, options);
		if (attempt.kind === "answer") return attempt.body;
		if (signal.aborted) throw signal.reason;
		const waitMs = Math.max(attempt.retryAfterMs, pauseMs);
		if (clock.monotonic() + waitMs > giveUpAt) throw attempt.error;
		log.debug(`${options.method} ${options.path}: ${attempt.error.message}; again in ${Math.round(waitMs)} ms`);
		await clock.sleep(waitMs, signal);
		pauseMs = Math.min(pauseMs * 2, longestPauseMs);
	}
}
async function tryOnce(context, options) {
	const { signal, unlink, timedOut } = attemptSignal(context);
	try {
		const response = await context.transport.send(toRequest(options, signal));
		const body = parseBody$1(response, await readAll(response));
		if (response.status < 300) return {
			kind: "answer",
			body
		};
		const error = toApiError({
			method: options.method,
			path: options.path,
			status: response.status,
			body,
			preconditioned: options.preconditioned ?? false
		});
		if (!isTransient(response.status)) throw error;
		return {
			kind: "trouble",
			error,
			retryAfterMs: 1e3 * (Number(response.headers["retry-after"]) || 0)
		};
	} catch (thrown) {
		if (thrown instanceof _base_mjs__WEBPACK_IMPORTED_MODULE_0__.m && !timedOut()) throw thrown;
		if (context.signal.aborted) throw context.signal.reason;
		return {
			kind: "trouble",
			error: unreachable(context.transport.name, thrown),
			retryAfterMs: 0
		};
	} finally {
		unlink();
	}
}
function attemptSignal(context) {
	const controller = new AbortController();
	let late = false;
	const cancel = context.clock.after(attemptTimeoutMs, () => {
		late = true;
		controller.abort(new _base_mjs__WEBPACK_IMPORTED_MODULE_0__.m("Timeout", `no answer within ${attemptTimeoutMs / 1e3} s`));
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
function parseBody$1(response, text) {
	if (!(response.headers["content-type"] ?? "").includes("json")) return text;
	try {
		return JSON.parse(text);
	} catch {
		return text;
	}
}
function unreachable(name, cause) {
	return new _base_mjs__WEBPACK_IMPORTED_MODULE_0__.m("Unreachable", `No answer from the Kubernetes API ${name}: ${(0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.h)(cause)}`, {
		cause,
		remedy: "Check the address and the network between here and the API server. Nothing is lost: run the same command again."
	});
}

// src/cluster/watch.ts
/** A watch that said nothing for this long is not trusted: the collection is listed again. */
const quietMs = 5e3;
const pauseAfterTroubleMs = 500;
/**
* Follows a collection until the signal ends it: all that is there, then each change.
* The listener sees states, not history: after a gap it is told what differs from what it was told last.
*/
async function followCollection(source, onEvent, signal) {
	const told = /* @__PURE__ */ new Map();
	while (!signal.aborted) try {
		const { items, resourceVersion } = await source.list();
		tellDifferences(told, items, onEvent);
		const began = source.clock.monotonic();
		await readChanges(source, resourceVersion, told, onEvent, signal);
		if (source.clock.monotonic() - began < pauseAfterTroubleMs) throw new Error("ended at once");
	} catch (thrown) {
		if (signal.aborted) return;
		source.log.debug(`watch ${source.path}: ${(0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.h)(thrown)}; listing again`);
		await source.clock.sleep(pauseAfterTroubleMs, signal).catch(() => void 0);
	}
}
function tellDifferences(told, items, onEvent) {
	const present = new Set(items.map(keyOf));
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
	const key = keyOf(event.object);
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
	const type = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(value, "type");
	if (type === "ERROR") return "ended";
	if (type !== "ADDED" && type !== "MODIFIED" && type !== "DELETED") return void 0;
	return {
		type,
		object: (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(value, "object")
	};
}
function keyOf(object) {
	return `${object.metadata.namespace ?? ""}/${object.metadata.name}/${object.metadata.uid ?? ""}`;
}

// src/cluster/kube-cluster.ts
/** How our fields are named in `managedFields`. */
const fieldManager = "streamgate";
const applyType = "application/apply-patch+yaml";
const jsonPatchType = "application/json-patch+json";
const mergePatchType = "application/merge-patch+json";
/** The `Cluster` port over any transport: a kubeconfig's, or the embedded cluster's without sockets. */
function createCluster(options) {
	const context = options;
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
		const items = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(body, "items");
		if (!Array.isArray(items)) throw new _base_mjs__WEBPACK_IMPORTED_MODULE_0__.m("Failed", `The list of ${kind.kind} had no items`);
		return {
			items: items.map((item) => ({
				...item,
				apiVersion: kind.apiVersion,
				kind: kind.kind
			})),
			resourceVersion: String((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(body, "metadata", "resourceVersion") ?? "")
		};
	}
	return {
		name: transport.name,
		async version() {
			return String((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(await call(context, {
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
			return required(await call(context, {
				method: "POST",
				path: path + writeQuery(options),
				body: object
			}));
		},
		async apply(object, options) {
			const force = options?.force ? { force: "true" } : {};
			const path = await pathOf(refOf(object)) + writeQuery(options, force);
			return required(await call(context, {
				method: "PATCH",
				path,
				contentType: applyType,
				body: object
			}));
		},
		async patch(ref, operations, options) {
			const path = await pathOf(ref, options?.subresource) + writeQuery(options);
			const preconditioned = operations.some(({ op }) => op === "test");
			return required(await call(context, {
				method: "PATCH",
				path,
				contentType: jsonPatchType,
				body: operations,
				preconditioned
			}));
		},
		async mergePatch(ref, patch, options) {
			const path = await pathOf(ref) + writeQuery(options);
			return required(await call(context, {
				method: "PATCH",
				path,
				contentType: mergePatchType,
				body: patch
			}));
		},
		async delete(ref, preconditions) {
			const body = {
				apiVersion: "v1",
				kind: "DeleteOptions",
				propagationPolicy: "Background",
				preconditions
			};
			await call(context, {
				method: "DELETE",
				path: await pathOf(ref),
				body
			}).catch(noneIfMissing);
		},
		async watch(kind, options, onEvent, signal) {
			const path = await listPath(kind, options);
			const source = {
				...context,
				path,
				list: () => listWithVersion(kind, options)
			};
			await followCollection(source, onEvent, AbortSignal.any([signal, context.signal]));
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
			return (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(await call(context, {
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
		async supports(kind) {
			return await kinds.find(kind) !== void 0;
		},
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
	if (thrown instanceof _base_mjs__WEBPACK_IMPORTED_MODULE_0__.m && thrown.code === "NotFound") return void 0;
	throw thrown;
}
function asObject(body) {
	return body === void 0 ? void 0 : required(body);
}
function required(body) {
	if (typeof (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(body, "kind") === "string") return body;
	throw new _base_mjs__WEBPACK_IMPORTED_MODULE_0__.m("Failed", `The API server answered without an object: ${String(body).slice(0, 200)}`, { remedy: "Something between here and the API server answers in its place: check proxies and the server address." });
}

// src/cluster/manifests.ts
var import_dist = (0,_dist_mjs__WEBPACK_IMPORTED_MODULE_1__.t)();
/** Reads YAML or JSON files of one or many documents; `kind: List` is taken apart; empty documents are passed over. */
function parseManifests(files) {
	const objects = [];
	const problems = [];
	for (const file of files) try {
		readFile(file, objects, problems);
	} catch (thrown) {
		problems.push(`${file.name}: it cannot be read: ${(0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.h)(thrown)}`);
	}
	return {
		objects,
		problems
	};
}
function readFile({ name, text }, objects, problems) {
	for (const document of (0, import_dist.parseAllDocuments)(text, {
		uniqueKeys: true,
		merge: true
	})) {
		if (!("contents" in document)) continue;
		if (document.errors.length > 0) {
			problems.push(...document.errors.map((error) => `${name}: ${error.message.split("\n")[0]}`));
			continue;
		}
		const value = document.toJS({ maxAliasCount: 100 });
		if (value === null || value === void 0) continue;
		const line = text.slice(0, document.contents?.range?.[0] ?? 0).split("\n").length;
		collect(value, `${name}:${line}`, objects, problems);
	}
}
function collect(value, where, objects, problems) {
	const items = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(value, "items");
	if (String((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(value, "kind")).endsWith("List") && Array.isArray(items)) {
		for (const item of items) collect(item, where, objects, problems);
		return;
	}
	const missing = missingFields(value);
	if (missing.length > 0) {
		problems.push(`${where}: the document has no ${missing.join(", no ")}, so it is no Kubernetes object`);
		return;
	}
	objects.push(value);
}
function missingFields(value) {
	if (!(0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.l)(value)) return ["fields"];
	const named = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(value, "metadata", "name") ?? (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(value, "metadata", "generateName");
	return [
		...typeof value.apiVersion === "string" ? [] : ["apiVersion"],
		...typeof value.kind === "string" ? [] : ["kind"],
		...typeof named === "string" ? [] : ["metadata.name"]
	];
}

// src/cluster/index.ts
/** Connects by kubeconfig. The client library is large and loaded only here, when a cluster is really wanted. */
async function connectTransport(source) {
	const { connect } = await __webpack_require__.e(/* import() */ 53).then(__webpack_require__.bind(__webpack_require__, 53));
	return connect(source);
}

// src/release/commit-order.ts
/**
* Throws `Superseded` when a later run has given the app its traffic already: queues and re-runs let an older commit
* come last. The ids of workflow runs grow with the time at which the runs were created; outside of a workflow there
* is no order, and nothing is refused.
*/
function refuseOlder({ order, names }, { runId, commit }) {
	if (order === null || !isNumber(order.runId) || !isNumber(runId) || BigInt(runId) >= BigInt(order.runId)) return;
	throw new _base_mjs__WEBPACK_IMPORTED_MODULE_0__.m("Superseded", `Run ${runId}${called(commit)} is older than run ${order.runId}${called(order.commit)}, which released ${names.app} already`, { remedy: `Nothing was touched. To go back on purpose, use \`streamgate rollback ${names.app}\`; to release the older commit all the same, set \`force\`.` });
}
function isNumber(text) {
	return /^\d+$/.test(text);
}
function called(commit) {
	return commit === "" ? "" : ` (commit ${commit.slice(0, 12)})`;
}

// src/release/journal.ts
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
	const schema = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(value, "schema");
	if (schema !== "streamgate.journal/v1") throw new _base_mjs__WEBPACK_IMPORTED_MODULE_0__.m("Refused", `The journal in ${where} has schema ${String(schema)}; this version reads ${journalSchema}`, { remedy: "Use the version of StreamGate that wrote it, or a newer one." });
	const problem = findProblem(value);
	if (problem !== void 0) throw damaged(where, problem);
	return {
		...value,
		order: value.order ?? null
	};
}
function findProblem(value) {
	const names = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(value, "names");
	if (!(0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.l)(names)) return "it has no names";
	for (const key of [
		"app",
		"namespace",
		"entry"
	]) if (typeof names[key] !== "string") return `names.${key} is missing`;
	for (const kind of ["deployments", "services"]) for (const slot of ["blue", "green"]) if (typeof (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(names, kind, slot) !== "string") return `names.${kind}.${slot} is missing`;
	if (!Array.isArray(names.routes)) return "names.routes is missing";
	for (const key of ["token", "lastRevision"]) if (!Number.isSafeInteger((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(value, key))) return `${key} is no whole number`;
	const release = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(value, "release");
	if (release !== null && !Array.isArray((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(release, "steps"))) return "release.steps is missing";
}
function damaged(where, problem, cause) {
	return new _base_mjs__WEBPACK_IMPORTED_MODULE_0__.m("Refused", `The journal in ${where} is damaged: ${problem}`, {
		cause,
		remedy: "Nothing was touched. Bring the app into a good state by hand (the `howto` key beside the journal names the commands), then restore the ConfigMap from a backup."
	});
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

// src/release/names.ts
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
function deploymentRef(names, slot) {
	return {
		apiVersion: "apps/v1",
		kind: "Deployment",
		namespace: names.namespace,
		name: names.deployments[slot]
	};
}
function slotServiceRef(names, slot) {
	return {
		apiVersion: "v1",
		kind: "Service",
		namespace: names.namespace,
		name: names.services[slot]
	};
}
function entryRef(names) {
	return {
		apiVersion: "v1",
		kind: "Service",
		namespace: names.namespace,
		name: names.entry
	};
}
function routeRef(names, route) {
	return {
		apiVersion: "gateway.networking.k8s.io/v1",
		kind: "HTTPRoute",
		namespace: names.namespace,
		name: route
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

// src/release/howto.ts
/** The way back with nothing but kubectl, kept beside the journal for the day on which nothing else works. */
function writeHowto(journal) {
	const { names, live, previous, release } = journal;
	const kubectl = `kubectl --namespace ${names.namespace}`;
	const safe = release?.phase === "running" || release?.phase === "undoing" ? release.stable : previous ?? null;
	const lines = [`App ${names.app}: ${live === null ? "nothing is live yet" : `revision ${live.revision} is live in slot ${live.slot}`}.`];
	if (safe === null) return `${lines[0]}\nThere is no other revision to go back to.\n`;
	lines.push(`To send all traffic to revision ${safe.revision} (slot ${safe.slot}) by hand:`, `  ${kubectl} rollout status deployment/${names.deployments[safe.slot]}   # must be ready; else scale it up first`, `  ${kubectl} patch service ${names.entry} --type merge --patch '${JSON.stringify({ spec: { selector: { [slotLabel]: safe.slot } } })}'`, ...names.routes.map((route) => `  ${kubectl} edit httproute ${route}   # replace each backendRef ${names.services.blue} or ${names.services.green} by ${names.entry}`), `Keep this ConfigMap: the next release, or \`streamgate rollback ${names.app}\`, goes on from it.`);
	return `${lines.join("\n")}\n`;
}

// src/release/ours.ts
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
		if (!(thrown instanceof _base_mjs__WEBPACK_IMPORTED_MODULE_0__.m) || thrown.code !== "Conflict") throw thrown;
		const found = await cluster.get(ref);
		if (found === void 0) throw thrown;
		return {
			object: found,
			created: false
		};
	}
}
/** Deletes an object that this app's releases made, and no other: it must carry a token that is not newer than ours. */
async function deleteOurs(cluster, ref, token) {
	const object = await cluster.get(ref);
	if (object === void 0) return;
	const held = tokenOf(object);
	if (held === void 0 || held > token) throw new _base_mjs__WEBPACK_IMPORTED_MODULE_0__.m("Conflict", `${describeRef(ref)} is not ours to delete${held === void 0 ? "" : ": a newer release owns it"}`, { remedy: "Look at it, and delete it by hand if nobody needs it." });
	const { uid, resourceVersion } = object.metadata;
	const preconditions = {
		...uid === void 0 ? {} : { uid },
		...resourceVersion === void 0 ? {} : { resourceVersion }
	};
	try {
		await cluster.delete(ref, preconditions);
	} catch (thrown) {
		if (!(thrown instanceof _base_mjs__WEBPACK_IMPORTED_MODULE_0__.m) || thrown.code !== "Conflict") throw thrown;
		await deleteOurs(cluster, ref, token);
	}
}
/** Scales a Deployment of ours, and stamps it with our token first. Does nothing when it is gone. */
async function scaleTo(cluster, ref, replicas, token) {
	if (await stampToken(cluster, ref, token) === void 0) return;
	await fencedPatch(cluster, ref, token, (object) => replaceField(object, ["spec", "replicas"], replicas));
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

// src/release/journal-store.ts
/** A ConfigMap holds 1 MiB; beyond this we would rather stop than be refused in the middle. */
const largestJournalBytes = 262144;
async function readJournal(cluster, namespace, app) {
	const ref = journalRef(namespace, app);
	const object = await cluster.get(ref);
	if (object === void 0) return void 0;
	const data = object.data;
	return parseJournal(data?.journal ?? "", describeRef(ref));
}
/** Writes the journal under our token: creates it, or takes it over from the lock before, once at the start. */
async function claimJournal(cluster, journal) {
	const { namespace, app } = journal.names;
	const ref = journalRef(namespace, app);
	if (await stampToken(cluster, ref, journal.token) === void 0 && (await createOrFind(cluster, toConfigMap(journal), ref)).created) return;
	await saveJournal(cluster, journal);
}
/** Replaces the journal; a token other than ours on it means that we were overtaken. */
async function saveJournal(cluster, journal) {
	const { namespace, app } = journal.names;
	const ref = journalRef(namespace, app);
	const { data } = toConfigMap(journal);
	try {
		await cluster.patch(ref, [{
			op: "test",
			path: "/metadata/annotations/streamgate.io~1token",
			value: String(journal.token)
		}, {
			op: "replace",
			path: "/data",
			value: data
		}]);
	} catch (cause) {
		if (!(cause instanceof _base_mjs__WEBPACK_IMPORTED_MODULE_0__.m) || cause.code !== "Conflict") throw cause;
		throw new _base_mjs__WEBPACK_IMPORTED_MODULE_0__.m("Superseded", `Another run took over the release of ${app}`, {
			cause,
			remedy: `See who releases now: streamgate status ${app} --namespace ${namespace}`
		});
	}
}
function toConfigMap(journal) {
	const { namespace, app } = journal.names;
	const text = JSON.stringify(journal, null, 1);
	if (Buffer.byteLength(text) > largestJournalBytes) throw new _base_mjs__WEBPACK_IMPORTED_MODULE_0__.m("Refused", `The journal of ${app} would be larger than 256 KiB`, { remedy: "The routes that name this app hold too much to be kept as before-images: split them." });
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

// src/release/lock.ts
/** A holder that has not renewed for this long is taken for dead, where its lease does not say otherwise. */
const usualLeaseMs = 3e4;
/** Three renewals in a row may be lost before anybody takes a holder for dead. */
const renewalsPerLease = 4;
const lookEveryMs = 1e3;
/** Tells one claim from another of the same run. */
const claimAnnotation = "streamgate.io/claim";
const processAnnotation = "streamgate.io/process";
/** Takes the app's Lease. Another live holder is waited for, then named in a `Conflict`. */
async function takeLock(request) {
	const { clock, namespace, app } = request;
	const ref = leaseRef(namespace, app);
	const giveUpAt = clock.monotonic() + request.timeoutMs;
	let watched;
	for (;;) {
		const lease = await request.cluster.get(ref);
		const renewed = String((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(lease, "spec", "renewTime") ?? "");
		if (watched?.renewed !== renewed) watched = {
			renewed,
			since: clock.monotonic()
		};
		const leaseMs = durationOf(lease);
		const stale = clock.monotonic() - watched.since >= leaseMs;
		const dead = stale || isOfEnded(lease, request);
		if (dead && isHeld(lease)) request.log.warn(`The lock of ${app} is ${stale ? "stale" : "of a run that ended"}; taking it from ${holderOf(lease)}`);
		if (lease === void 0 || !isHeld(lease) || dead) {
			const token = await claim(request, ref, lease);
			if (token !== void 0) return holdLock(request, ref, token);
			continue;
		}
		if (clock.monotonic() + lookEveryMs > giveUpAt) throw taken(app, lease, clock);
		await clock.sleep(lookEveryMs, request.signal);
	}
}
/** A lease says itself how long it lasts: its holder renews it accordingly. */
function durationOf(lease) {
	const seconds = Number((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(lease, "spec", "leaseDurationSeconds"));
	return seconds > 0 ? seconds * 1e3 : usualLeaseMs;
}
function isHeld(lease) {
	return holderOf(lease) !== "";
}
function isOfEnded(lease, { endedProcess }) {
	return endedProcess !== void 0 && lease?.metadata.annotations?.[processAnnotation] === endedProcess;
}
function holderOf(lease) {
	return String((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(lease, "spec", "holderIdentity") ?? "");
}
/** Writes ourselves in; undefined when another run was faster. */
async function claim(request, ref, lease) {
	const token = Number((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(lease, "spec", "leaseTransitions") ?? 0) + 1;
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
		if (!(thrown instanceof _base_mjs__WEBPACK_IMPORTED_MODULE_0__.m) || thrown.code !== "Conflict") throw thrown;
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
			}]).catch((thrown) => {
				if (thrown instanceof _base_mjs__WEBPACK_IMPORTED_MODULE_0__.m && thrown.code === "Conflict") lost.abort(takenOver(request.app));
				else log.warn(`The lock of ${request.app} could not be renewed: ${(0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.h)(thrown)}`);
			});
		}
	};
	renew().catch((thrown) => log.warn(`The heartbeat of the lock ended: ${(0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.h)(thrown)}`));
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
			}]).catch((thrown) => log.warn(`The lock of ${request.app} could not be given back: ${(0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.h)(thrown)}`));
		}
	};
}
/** `MicroTime` of Kubernetes wants six digits. */
function microTime(clock) {
	return (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.v)(clock.now()).replace("Z", "000Z");
}
function taken(app, lease, clock) {
	const since = Date.parse(String((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(lease, "spec", "acquireTime")));
	const age = Number.isNaN(since) ? "an unknown time" : (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.d)(Math.max(0, clock.now() - since));
	return new _base_mjs__WEBPACK_IMPORTED_MODULE_0__.m("Conflict", `${app} is being released by ${holderOf(lease)}, for ${age}`, { remedy: `Wait for it, or let this run wait with \`lock-timeout\`. A lock whose holder died is taken over after ${(0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.d)(durationOf(lease))} without a sign of life.` });
}
function takenOver(app) {
	return new _base_mjs__WEBPACK_IMPORTED_MODULE_0__.m("Superseded", `Another run took over the release of ${app}`, { remedy: "Nothing needs to be done: the other run goes on from the journal." });
}
/** Who we are, for whoever finds the lock taken. */
function identityOf({ run: facts }) {
	const where = facts.runId === "" ? `${facts.actor || "somebody"} at a terminal` : `${facts.repository} run ${facts.runId}/${facts.runAttempt}`;
	return facts.commit === "" ? where : `${where} commit ${facts.commit.slice(0, 12)}`;
}

// src/traffic/http-route.ts
/** With other backends beside the app's, each share is counted in hundredths of a weight. */
const scale = 100;
/** The rules that send to the app, with their backends. */
function readRules(route, names) {
	const rules = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(route, "spec", "rules");
	if (!Array.isArray(rules)) return [];
	return rules.flatMap((rule, index) => {
		const refs = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(rule, "backendRefs");
		if (!Array.isArray(refs) || !refs.some((ref) => isOurs(ref, route, names))) return [];
		return [{
			rule: index,
			backendRefs: refs
		}];
	});
}
/** Where the route sends now; undefined when its rules disagree or mix both forms. */
function readTarget(route, names) {
	const targets = readRules(route, names).map(({ backendRefs }) => targetOf$1(backendRefs, route, names));
	const [first] = targets;
	return targets.every((target) => (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.c)(target, first)) ? first : void 0;
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
/** The form that the rule had before it was split: each pair of slots becomes the app's own Service again. */
function joinSlots(refs, names, belongs) {
	const slots = refs.filter((ref) => belongs(ref) && ref.name !== names.entry);
	const firsts = slots.filter(({ name }) => name === slots[0]?.name);
	const seconds = slots.filter(({ name }) => name !== slots[0]?.name);
	return refs.flatMap((ref) => {
		if (!belongs(ref)) return [{
			...ref,
			weight: weightOf(ref) / scale
		}];
		const index = firsts.indexOf(ref);
		if (index < 0) return [];
		const partner = seconds[index];
		const sum = weightOf(ref) + (partner === void 0 ? 0 : weightOf(partner));
		return [{
			...ref,
			name: names.entry,
			weight: sum / scale
		}];
	});
}
/** Writes rules over those that stand there, each tested before; none where nothing differs. */
function ruleOperations(route, names, wanted) {
	const current = new Map(readRules(route, names).map((image) => [image.rule, image.backendRefs]));
	return wanted.flatMap(({ rule, backendRefs }) => {
		const path = `/spec/rules/${rule}/backendRefs`;
		const standing = current.get(rule);
		if ((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.c)(standing, backendRefs)) return [];
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
function notAcceptedBecause(route) {
	const parents = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(route, "status", "parents");
	const wanted = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(route, "spec", "parentRefs");
	const count = Array.isArray(wanted) ? wanted.length : 0;
	if (!Array.isArray(parents) || parents.length < count || count === 0) return `${Array.isArray(parents) ? parents.length : 0} of ${count} gateways have answered`;
	for (const parent of parents) for (const type of ["Accepted", "ResolvedRefs"]) {
		const reason = conditionProblem(parent, type, route.metadata.generation ?? 0);
		if (reason !== void 0) return `gateway ${String((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(parent, "parentRef", "name"))}: ${reason}`;
	}
}
function conditionProblem(parent, type, generation) {
	const conditions = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(parent, "conditions");
	const condition = Array.isArray(conditions) ? conditions.find((entry) => (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(entry, "type") === type) : void 0;
	if (condition === void 0) return `no condition ${type} yet`;
	const observed = Number((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(condition, "observedGeneration") ?? 0);
	if (observed < generation) return `${type} is of generation ${observed}, the route is at ${generation}`;
	if ((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(condition, "status") === "True") return void 0;
	return `${type} is ${String((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(condition, "status"))}: ${String((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(condition, "reason"))} ${String((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(condition, "message") ?? "")}`;
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
		throw new _base_mjs__WEBPACK_IMPORTED_MODULE_0__.m("NotFound", `HTTPRoute ${namespace}/${name} is not there`, { remedy: "Apply the route again, or name another one with `route`." });
	}
	async function write(cluster, token, wanted) {
		for (const name of ordered) await fencedPatch(cluster, refOf(name), token, (route) => ruleOperations(route, names, wanted(route)));
	}
	return {
		name: `HTTPRoute ${ordered.join(", ")}`,
		async target(cluster) {
			const targets = await Promise.all(ordered.map(async (name) => readTarget(await read(cluster, name), names)));
			const [first] = targets;
			return targets.every((target) => (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.c)(target, first)) ? first : void 0;
		},
		async image(cluster) {
			const entries = ordered.map(async (name) => [name, readRules(await read(cluster, name), names)]);
			return Object.fromEntries(await Promise.all(entries));
		},
		async stamp(cluster, token) {
			for (const name of ordered) await stampToken(cluster, refOf(name), token);
		},
		send: (cluster, target, token) => write(cluster, token, (route) => retarget(route, names, target)),
		restore: (cluster, image, token) => write(cluster, token, (route) => image[route.metadata.name] ?? []),
		async pending(cluster) {
			for (const name of ordered) {
				const reason = notAcceptedBecause(await read(cluster, name));
				if (reason !== void 0) return `HTTPRoute ${name}: ${reason}`;
			}
		}
	};
}

// src/release/permissions.ts
const gatewayGroup = "gateway.networking.k8s.io";
/** Everything that a release, a rollback and a status do in the namespace of the app. */
const always = [
	{
		group: "",
		resource: "configmaps",
		verbs: [
			"create",
			"get",
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
	},
	{
		group: gatewayGroup,
		resource: "httproutes",
		verbs: [
			"get",
			"list",
			"patch"
		]
	}
];
/** Only a release whose manifests bring the routes along creates them, and deletes them when it fails. */
const routesOfManifests = {
	group: gatewayGroup,
	resource: "httproutes",
	verbs: ["create", "delete"]
};
/** What a release needs, as a function of what it will do. */
function permissionsFor(routes) {
	return routes.length === 0 ? always : [...always, routesOfManifests];
}
/** Asks for every permission at once; throws `Denied` with all that are missing, and the Role that has them. */
async function requirePermissions(cluster, namespace, rules) {
	const questions = rules.flatMap((rule) => rule.verbs.map((verb) => questionOf(rule, verb, namespace)));
	const answers = await Promise.all(questions.map((question) => cluster.allowed(question)));
	const missing = questions.filter((_question, index) => answers[index] === false);
	if (missing.length === 0) return;
	const names = missing.map(({ verb, resource, subresource }) => `${verb} ${resource}${subresource ? `/${subresource}` : ""}`);
	throw new _base_mjs__WEBPACK_IMPORTED_MODULE_0__.m("Denied", `The credentials may not: ${names.join(", ")} (in namespace ${namespace})`, {
		remedy: "Nothing was touched. Give them the Role below.",
		evidence: renderRole(namespace, rules).trimEnd().split("\n")
	});
}
function questionOf({ group, resource }, verb, namespace) {
	const [plural = "", subresource] = resource.split("/");
	return {
		verb,
		group,
		resource: plural,
		namespace,
		...subresource === void 0 ? {} : { subresource }
	};
}
/** A Role with exactly these rules, as YAML. */
function renderRole(namespace, rules) {
	const lines = rules.map(({ group, resource, verbs }) => `  - { apiGroups: ["${group}"], resources: [${resource}], verbs: [${verbs.join(", ")}] }`);
	return [
		"apiVersion: rbac.authorization.k8s.io/v1",
		"kind: Role",
		`metadata: { name: streamgate, namespace: ${namespace} }`,
		"rules:",
		...lines,
		""
	].join("\n");
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

// src/release/service-ports.ts
/** Operations that give a Service the ports of another; none when it has them. */
function portOperations(object, wanted) {
	const ports = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(wanted, "spec", "ports");
	if (!Array.isArray(ports) || hasPorts(object, ports)) return [];
	return replaceField(object, ["spec", "ports"], ports);
}
/** Ports are compared by what was given: the server has filled in the rest. */
function hasPorts(object, ports) {
	const standing = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(object, "spec", "ports");
	return Array.isArray(standing) && ports.length === standing.length && ports.every((port, index) => Object.entries(port).every(([key, value]) => (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.c)((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(standing, index, key), value)));
}
function portNumbers(service) {
	const ports = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(service, "spec", "ports");
	return Array.isArray(ports) ? ports.map((port) => Number((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(port, "port"))) : [];
}

// src/release/preflight.ts
/** Everything that can be refused is refused here, before the lock is taken and anything is touched. */
async function preflight(request) {
	await requirePermissions(request.cluster, request.namespace, permissionsFor(request.desired.routes));
	const journal = await readJournal(request.cluster, request.namespace, request.app);
	const names = await settleNames(request, journal);
	if (journal === void 0) await refuseForeign(request, names);
	if (journal !== void 0 && !request.force) refuseOlder(journal, request.run);
	return {
		journal,
		names,
		nothingNew: await isNothingNew(request, journal) ? nothingToRelease(journal) : void 0,
		watch: await request.watch(names)
	};
}
async function settleNames(request, journal) {
	const { cluster, namespace, app, desired } = request;
	const entry = desired.service.metadata.name;
	if (journal !== void 0 && journal.names.entry !== entry) throw new _base_mjs__WEBPACK_IMPORTED_MODULE_0__.m("Refused", `${app} was released with Service ${journal.names.entry}; the manifests name ${entry}`, { remedy: "Keep the name of the Service, or release under another app name." });
	const slots = {
		blue: `${app}-blue`,
		green: `${app}-green`
	};
	const { deployments = slots, services = slots } = journal?.names ?? {};
	const given = [...desired.routes.map(({ metadata }) => metadata.name), ...request.routes];
	const found = request.routes.length > 0 ? [] : await routesOf(cluster, namespace, {
		entry,
		...services
	});
	const routes = [.../* @__PURE__ */ new Set([...given, ...found])].sort();
	if (routes.length === 0) throw new _base_mjs__WEBPACK_IMPORTED_MODULE_0__.m("Refused", `No HTTPRoute sends to Service ${entry}`, { remedy: "Put the HTTPRoute into the manifests, or name one that is in the cluster with `route`." });
	for (const name of request.routes) await requireRoute(cluster, namespace, name, desired.routes);
	if (journal !== void 0) await refuseLostPorts(request, routes, {
		entry,
		...services
	});
	return {
		app,
		namespace,
		entry,
		routes,
		deployments,
		services
	};
}
/** Every route of the namespace that sends to the app, as it stands in the cluster. */
async function routesOf(cluster, namespace, names) {
	return (await cluster.list({
		apiVersion: "gateway.networking.k8s.io/v1",
		kind: "HTTPRoute"
	}, { namespace })).filter((route) => readRules(route, names).length > 0).map(({ metadata }) => metadata.name);
}
/** While traffic moves, the standing routes lead to the candidate: the ports that they name must still be there. */
async function refuseLostPorts({ cluster, namespace, desired }, routes, names) {
	const offered = portNumbers(desired.service);
	for (const name of routes) {
		const ref = {
			apiVersion: "gateway.networking.k8s.io/v1",
			kind: "HTTPRoute",
			namespace,
			name
		};
		const route = await cluster.get(ref);
		const lost = (route === void 0 ? [] : readRules(route, names).flatMap(({ backendRefs }) => backendRefs)).map(({ port }) => Number(port)).find((port) => !offered.includes(port));
		if (lost === void 0) continue;
		throw new _base_mjs__WEBPACK_IMPORTED_MODULE_0__.m("Refused", `${describeRef(ref)} sends to port ${lost} of Service ${names.entry}, which the manifests no longer have`, { remedy: `Keep port ${lost} in the Service for this release, and take it away with the next one.` });
	}
}
async function requireRoute(cluster, namespace, name, given) {
	if (given.some(({ metadata }) => metadata.name === name)) return;
	const ref = {
		apiVersion: "gateway.networking.k8s.io/v1",
		kind: "HTTPRoute",
		namespace,
		name
	};
	if (await cluster.get(ref) !== void 0) return;
	throw new _base_mjs__WEBPACK_IMPORTED_MODULE_0__.m("Refused", `${describeRef(ref)} is neither in the manifests nor in the cluster`, { remedy: "Correct `route`, or put the HTTPRoute into the manifests." });
}
/** What runs already without us is left alone: taking it over is a step of its own that must restart nothing. */
async function refuseForeign({ cluster, desired }, names) {
	const refs = [
		refOf(desired.workload),
		deploymentRef(names, "blue"),
		deploymentRef(names, "green"),
		entryRef(names)
	];
	for (const ref of refs) {
		const object = await cluster.get({
			...ref,
			namespace: names.namespace
		});
		if (object === void 0 || object.metadata.labels?.["app.kubernetes.io/managed-by"] === "streamgate") continue;
		if (ref.kind === "Service" && !await selectsSomething(cluster, object)) continue;
		throw new _base_mjs__WEBPACK_IMPORTED_MODULE_0__.m("Refused", `${describeRef(ref)} is there already, and StreamGate has not made it`, { remedy: `Taking over a running workload is not supported yet. Release into a fresh namespace, or under another app name.` });
	}
}
async function selectsSomething(cluster, service) {
	const selector = Object.entries((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(service, "spec", "selector") ?? {});
	if (selector.length === 0) return true;
	const labelSelector = selector.map(([key, value]) => `${key}=${String(value)}`).join(",");
	return (await cluster.list({
		apiVersion: "v1",
		kind: "Pod"
	}, {
		namespace: service.metadata.namespace ?? "",
		labelSelector
	})).length > 0;
}
async function isNothingNew(request, journal) {
	if (request.force || journal === void 0 || journal.live === null || isInFlight(journal.release)) return false;
	if (request.until === "retired" && journal.previous?.warm) return false;
	return isLive(request, journal);
}
/** Whether what is desired is what serves: by the pod template, as it was given. */
async function isLive({ cluster, desired, force }, { names, live }) {
	if (force || live === null) return false;
	const revision = await cluster.get(revisionRef(names, live.revision));
	return (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(revision, "data", "template") === desired.template;
}
function nothingToRelease(journal) {
	const { live = null, previous = null } = journal ?? {};
	const reason = `Revision ${live?.revision ?? 0} is live and has the same pod template: there is nothing to release`;
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

// src/release/pod-trouble.ts
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
function containerStatuses(pod) {
	return ["initContainerStatuses", "containerStatuses"].flatMap((field) => {
		const statuses = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(pod, "status", field);
		return Array.isArray(statuses) ? statuses : [];
	});
}
function containerTrouble(pod, status) {
	const subject = `Container ${String((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(status, "name"))} of pod ${pod.metadata.name}`;
	const reason = String((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(status, "state", "waiting", "reason") ?? "");
	const remedy = hopeless[reason];
	if (remedy !== void 0) {
		const said = String((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(status, "state", "waiting", "message") ?? "");
		return {
			message: `${subject} cannot run (${reason})${said === "" ? "" : `: ${said}`}`,
			remedy
		};
	}
	const ended = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(status, "lastState", "terminated") ?? (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(status, "state", "terminated");
	const restarts = Number((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(status, "restartCount") ?? 0);
	if ((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(ended, "reason") === "OOMKilled") return {
		message: `${subject} was killed for using more memory than its limit`,
		remedy: "Raise its memory limit."
	};
	if (restarts > toleratedRestarts) return {
		message: `${subject} ended ${restarts} times (exit code ${String((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(ended, "exitCode") ?? "unknown")})`,
		remedy: hopeless.CrashLoopBackOff ?? ""
	};
}

// src/release/wait.ts
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
	cluster.watch(kind, options, onEvent, signal).catch(() => void 0);
}
async function tick(clock, ...signals) {
	await clock.sleep(tickMs, AbortSignal.any(signals)).catch(() => void 0);
}
function withLastSeen(thrown, what, last) {
	if (!(thrown instanceof _base_mjs__WEBPACK_IMPORTED_MODULE_0__.m) || thrown.code !== "Timeout") return thrown;
	return new _base_mjs__WEBPACK_IMPORTED_MODULE_0__.m("Timeout", `${thrown.message} while waiting for ${what}; last seen: ${last}`, {
		cause: thrown,
		remedy: thrown.remedy,
		evidence: thrown.evidence
	});
}

// src/release/rollout-status.ts
/**
* Whether a Deployment runs exactly its wanted pods, all of the newest template, all available.
* Stricter than `kubectl rollout status`: no pod of an older template may be left, not even a terminating one, since a
* check of the candidate must not meet it.
*/
function rolloutProgress(deployment, all) {
	const pods = all.filter((pod) => !["Failed", "Succeeded"].includes(String((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(pod, "status", "phase"))));
	if (deployment === void 0) return pending("the Deployment is not there");
	const wanted = Number((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(deployment, "spec", "replicas") ?? 1);
	const status = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(deployment, "status");
	const count = (field) => Number((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(status, field) ?? 0);
	if (count("observedGeneration") < (deployment.metadata.generation ?? 0)) return pending("the controller has not seen the change yet");
	const trouble = pods.flatMap((pod) => troubleOf(pod) ?? [])[0];
	if (trouble !== void 0) return {
		state: "failed",
		error: new _base_mjs__WEBPACK_IMPORTED_MODULE_0__.m("Failed", trouble.message, { remedy: trouble.remedy })
	};
	const late = conditionOf(deployment, "Progressing");
	if ((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(late, "reason") === "ProgressDeadlineExceeded") {
		const message = `Deployment ${deployment.metadata.name} made no progress: ${String((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(late, "message"))}`;
		return {
			state: "failed",
			error: new _base_mjs__WEBPACK_IMPORTED_MODULE_0__.m("Failed", message, { remedy: "See the events and logs below." })
		};
	}
	const seen = `${count("availableReplicas")} of ${wanted} pods available, ${count("updatedReplicas")} updated, ${pods.length} there`;
	return count("updatedReplicas") === wanted && count("availableReplicas") === wanted && count("replicas") === wanted && pods.length === wanted && pods.every(isReady) ? done(`${wanted} of ${wanted} pods available`) : pending(seen);
}
function isReady(pod) {
	return pod.metadata.deletionTimestamp === void 0 && (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(conditionOf(pod, "Ready"), "status") === "True";
}
function conditionOf(object, type) {
	const conditions = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(object, "status", "conditions");
	return Array.isArray(conditions) ? conditions.find((condition) => (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(condition, "type") === type) : void 0;
}

// src/release/capture.ts
const eventKind = {
	apiVersion: "v1",
	kind: "Event"
};
const logLines = 15;
const podsShown = 3;
/**
* What a person will want to see of a candidate that failed, taken before anything is cleaned up.
* Events first: a pod that never ran has no log. Never throws: a missing line must not stop the way back.
*/
async function capturePods(cluster, pods) {
	const lines = [];
	const troubled = [...pods].sort((a, b) => Number(isReady(a)) - Number(isReady(b))).slice(0, podsShown);
	for (const pod of troubled) {
		lines.push(...await eventsOf(cluster, pod).catch((thrown) => [`events of ${pod.metadata.name}: ${(0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.h)(thrown)}`]));
		lines.push(...await logOf(cluster, pod));
	}
	return lines;
}
async function eventsOf(cluster, pod) {
	const { namespace = "", name } = pod.metadata;
	const fieldSelector = `involvedObject.name=${name}`;
	return (await cluster.list(eventKind, {
		namespace,
		fieldSelector
	})).slice(-12).map((event) => `event ${name}: ${String((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(event, "reason"))}: ${String((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(event, "message")).split("\n")[0]}`);
}
async function logOf(cluster, pod) {
	const { namespace = "", name } = pod.metadata;
	const ref = {
		apiVersion: "v1",
		kind: "Pod",
		namespace,
		name
	};
	const statuses = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(pod, "status", "containerStatuses");
	const restarted = Array.isArray(statuses) && statuses.some((status) => Number((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(status, "restartCount")) > 0);
	const read = (previous) => cluster.podLogs(ref, {
		tailLines: logLines,
		previous
	}).catch(() => "");
	return ((restarted ? await read(true) : "") || await read(false)).split("\n").filter((line) => line !== "").map((line) => `log ${name}: ${line.slice(0, 300)}`);
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
					startedAt: start === void 0 ? null : (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.v)(start.wall),
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
	const release = boundTo(unbound, deadline);
	for (const step of steps) {
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
	await release.journal.save();
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
	journal.updateRelease({ steps: withStep(journal.release, {
		id: step.id,
		state: "doing",
		before
	}).steps });
	await journal.save();
	const acted = await step.act(release, deadline);
	const proof = await step.verify?.(release, deadline) ?? "";
	journal.updateRelease({ steps: withStep(journal.release, {
		id: step.id,
		state: "done",
		before
	}).steps });
	return [acted, proof].filter((text) => text !== "").join("; ");
}
/** How long the way back may take in all. */
const undoBudgetMs = 12e4;
/**
* Reverses every begun step, last one first. Works from the journal alone, so any run can do it for any other.
* Goes on when a step cannot be undone, and throws the first such error at the end: as much as possible is put back.
*/
async function undoSteps(steps, unbound, listener) {
	const { journal, clock, log } = unbound;
	const deadline = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.u)(clock, undoBudgetMs, "The way back");
	const release = boundTo(unbound, deadline);
	journal.updateRelease({ phase: "undoing" });
	await journal.save();
	let firstError;
	for (const journaled of [...journal.release.steps].reverse()) {
		const step = steps.find(({ id }) => id === journaled.id);
		if (journaled.state === "undone" || step?.undo === void 0) continue;
		const began = clock.monotonic();
		listener.begin(step);
		try {
			await step.undo(release, journaled.before, deadline);
			journal.updateRelease({ steps: withStep(journal.release, {
				...journaled,
				state: "undone"
			}).steps });
			await journal.save();
			listener.end(step, "undone", `put back in ${(0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.d)(clock.monotonic() - began)}`);
		} catch (thrown) {
			firstError ??= thrown;
			const message = thrown instanceof Error ? thrown.message : String(thrown);
			log.error(`${step.title}: could not be undone: ${message}`);
			listener.end(step, "failed", `could not be undone: ${message}`);
		}
	}
	deadline.clear();
	if (firstError !== void 0) throw firstError;
}

// src/release/guard.ts
/** A failure counts when the candidate gave it, or when nobody did: then the switch itself lost the request. */
function createGuard(witness, clock, tolerance) {
	const controller = new AbortController();
	let stopListening;
	let failures = 0;
	return {
		signal: controller.signal,
		arm() {
			if (witness === null || stopListening !== void 0) return;
			const armedAt = clock.monotonic();
			stopListening = witness.onSighting((sighting) => {
				if (sighting.ok || sighting.ownSide || sighting.role === "stable" || sighting.sentAt < armedAt) return;
				failures += 1;
				if (failures > tolerance) controller.abort(tooMany(sighting.quote, failures, tolerance));
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
	return new _base_mjs__WEBPACK_IMPORTED_MODULE_0__.m("Failed", `Real traffic met a failure: ${quote} (failure ${failures}; ${allowed})`, { remedy: "The traffic went back to the stable version. Look at the logs of the candidate below." });
}

// src/release/journal-handle.ts
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

// src/release/pods.ts
const podKind = {
	apiVersion: "v1",
	kind: "Pod"
};
const sliceKind = {
	apiVersion: "discovery.k8s.io/v1",
	kind: "EndpointSlice"
};
const deploymentKind = {
	apiVersion: "apps/v1",
	kind: "Deployment"
};
function deploymentQuery(names, slot) {
	const { namespace, name } = deploymentRef(names, slot);
	return {
		kind: deploymentKind,
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
	const given = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(workload, "spec", "selector", "matchLabels") ?? { ["streamgate.io/app"]: names.app };
	const matchLabels = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(deployment, "spec", "selector", "matchLabels") ?? {
		...given,
		["streamgate.io/slot"]: slot
	};
	const labelSelector = Object.entries(matchLabels).map(([key, value]) => `${key}=${String(value)}`).join(",");
	return {
		kind: podKind,
		options: {
			namespace: names.namespace,
			labelSelector
		}
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

// src/release/recorder.ts
function createRecorder(clock, log) {
	const gates = [];
	const marks = [];
	const warnings = [];
	return {
		gates,
		marks,
		warnings,
		gate: (result) => gates.push(result),
		mark: (label) => marks.push({
			at: (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.v)(clock.now()),
			label
		}),
		warn(message) {
			warnings.push(message);
			log.warn(message);
		}
	};
}

// src/release/unseen.ts
/**
* How long a gateway is given to follow its route when nobody watches: its word that it accepted the route comes before
* its proxies do so, and most are done within a second.
*/
const followWithinMs = 5e3;
/** Comes before pods go that traffic was just taken from: what cannot be seen to have moved is given time to move. */
async function letGatewayFollow({ witness, clock }, signal) {
	if (witness === null) await clock.sleep(followWithinMs, signal);
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
	const backends = {
		entry: names.entry,
		...names.services
	};
	return {
		request,
		steps,
		record,
		ledger: createLedger(clock, request.listener),
		deadline: (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.u)(clock, request.budgetMs, "The release", stop),
		release: {
			cluster,
			clock,
			log,
			names,
			token: lock.token,
			candidate: release.candidate.slot,
			stable: release.stable?.slot ?? null,
			desired,
			replicas,
			router: createGatewayRouter(names.namespace, names.routes, backends),
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
			guard,
			journal: holdJournal(cluster, journal, release),
			recorder: record
		}
	};
}
function run(session, steps) {
	return runSteps(steps, session.release, session.ledger.listener, session.deadline);
}
/** Puts everything back, keeping what a person will want to see; then says how the run ended. */
async function abort(session, thrown) {
	const { release } = session;
	const error = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.g)(thrown);
	if (error.code === "Superseded") return finish(session, "Superseded", "inconclusive", error.message, failureOf(error, []));
	release.guard.disarm();
	const evidence = [];
	try {
		await putBack(session, async () => {
			evidence.push(...await capturePods(release.cluster, await candidatePods(release)).catch(() => []));
		});
	} catch (undoError) {
		const failed = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.g)(undoError);
		const message = `${error.message}. And the way back is not complete: ${failed.message}`;
		const remedy = `Run \`streamgate rollback ${release.names.app}\` to go on with it. ${failed.remedy ?? ""}`.trim();
		return finish(session, "Inconclusive", "fail", message, failureOf(new _base_mjs__WEBPACK_IMPORTED_MODULE_0__.m("Failed", message, {
			cause: undoError,
			remedy
		}), evidence));
	}
	return finish(session, "Aborted", verdictOf(session, error), error.message, failureOf(error, evidence));
}
/**
* Takes traffic back first, then lets the caller look at the candidate, and only then lets the candidate go. When the
* traffic could not be taken back for certain, the candidate stays: it may be all that answers.
*/
async function putBack(session, look = async () => {}) {
	const { release, steps, ledger } = session;
	await undoSteps(steps.switchOver, release, ledger.listener);
	await look();
	const begun = new Set(release.journal.release.steps.map(({ id }) => id));
	if (steps.switchOver.some(({ id }) => begun.has(id))) await letGatewayFollow(release);
	await undoSteps(steps.prepare, release, ledger.listener);
	await endWith(session, "aborted");
}
async function candidatePods(release) {
	return listPods(release.cluster, release.names, release.candidate);
}
/** A gate that could not decide keeps its own verdict; what was cancelled or unreachable proved nothing. */
function verdictOf({ record }, error) {
	const open = record.gates.findLast(({ verdict }) => verdict !== "pass");
	if (open !== void 0) return open.verdict;
	return error.code === "Failed" || error.code === "Timeout" ? "fail" : "inconclusive";
}
function failureOf(error, evidence) {
	return {
		code: error.code,
		message: error.message,
		remedy: error.remedy ?? null,
		evidence: [...error.evidence, ...evidence]
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
		reason,
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
		strategy,
		candidate: side(candidate, imagesOf(desired), versions.current.candidate),
		stable: stable === null ? null : side(stable, [], versions.current.stable)
	};
}
function imagesOf(desired) {
	const containers = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(desired?.workload, "spec", "template", "spec", "containers");
	return Array.isArray(containers) ? containers.map((container) => String((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(container, "image") ?? "")) : [];
}

// src/release/steps/baseline.ts
/** What the pods of a slot call themselves, asked one by one and past every Service. */
async function versionsOf(release, slot, deadline) {
	const { cluster, names, identify } = release;
	const service = await cluster.get(slotServiceRef(names, slot));
	if (service === void 0) return [];
	const found = /* @__PURE__ */ new Set();
	for (const pod of (await listPods(cluster, names, slot)).filter(isReady)) {
		const ref = {
			apiVersion: "v1",
			kind: "Pod",
			namespace: names.namespace,
			name: pod.metadata.name
		};
		const candidate = {
			name: pod.metadata.name,
			connect: (port) => cluster.portForward(ref, port)
		};
		for (const version of await identify(candidate, service, deadline)) found.add(version);
	}
	return [...found].sort();
}
/** Asks both sides for their versions, so that answers of the entry point can be told apart. */
const learnVersions = {
	id: "learn-versions",
	title: "Learn what each version calls itself",
	everyRun: true,
	async act(release, deadline) {
		const candidate = await versionsOf(release, release.candidate, deadline);
		const stable = release.stable === null ? [] : await versionsOf(release, release.stable, deadline);
		release.versions.current = {
			candidate,
			stable
		};
		const shared = candidate.filter((version) => stable.includes(version));
		if (shared.length > 0) release.recorder.warn(`Both versions call themselves ${shared.join(", ")}: answers cannot be told apart, so only the control plane proves the switch.`);
		return `candidate: ${candidate.join(", ") || "does not say"}; stable: ${stable.join(", ") || "does not say"}`;
	}
};
/** The stable version must answer well before anything moves, or a failure afterwards would prove nothing. */
const baseline = {
	id: "baseline",
	title: "Watch real traffic before anything moves",
	everyRun: true,
	async act({ witness, baseline: gate, versions, recorder, journal, guard }, deadline) {
		if (witness === null) return "nobody watches: loss not measured";
		await witness.start(versions.current);
		if (journal.release.steps.some(({ id, state }) => id === "split-route" && state !== "undone")) {
			guard.arm();
			witness.switchBegins();
			return "watching what was begun";
		}
		if (gate === null) return "watching";
		const result = await gate.check(witness, deadline);
		recorder.gate(result);
		if (result.verdict === "pass") return result.reason;
		throw new _base_mjs__WEBPACK_IMPORTED_MODULE_0__.m("Failed", result.reason, { remedy: "Nothing was moved. Mend what real traffic meets already, or correct `probe-url`, and release again." });
	}
};
/** All that real traffic met during the switch, judged as a whole before there is no undo any more. */
const judgeTraffic$1 = {
	id: "judge-traffic",
	title: "Judge what real traffic met",
	everyRun: true,
	async act({ witness, traffic: gate, recorder }, deadline) {
		if (witness === null || gate === null) return "nobody watched: loss not measured";
		const result = await gate.check(witness, deadline);
		recorder.gate(result);
		if (result.verdict === "pass") return result.reason;
		throw new _base_mjs__WEBPACK_IMPORTED_MODULE_0__.m("Failed", result.reason, { remedy: "The traffic went back to the stable version. Look at the failing answers in the report." });
	}
};

// src/release/endpoints.ts
/** Pods that the slices of a Service offer as ready, by port name: what a proxy may send to. */
function readyEndpoints(slices) {
	const names = /* @__PURE__ */ new Set();
	for (const slice of slices) {
		const endpoints = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(slice, "endpoints");
		if (!Array.isArray(endpoints)) continue;
		for (const endpoint of endpoints) {
			if ((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(endpoint, "conditions", "ready") === false) continue;
			const pod = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(endpoint, "targetRef", "name");
			if (typeof pod === "string") names.add(pod);
		}
	}
	return names;
}
/** Whether a Service offers exactly the ready ones of these pods, in each of its slices. */
function endpointsProgress(slices, pods) {
	const wanted = new Set(pods.filter(isReady).map(({ metadata }) => metadata.name));
	if (wanted.size === 0) return pending("no pod is ready");
	const filled = slices.filter((slice) => (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(slice, "endpoints") !== null);
	if (filled.length === 0) return pending("the Service has no EndpointSlice yet");
	const offered = readyEndpoints(filled);
	const missing = [...wanted].filter((name) => !offered.has(name));
	const foreign = [...offered].filter((name) => !wanted.has(name));
	if (missing.length === 0 && foreign.length === 0) return done(`${offered.size} endpoints`);
	const parts = [...missing.length > 0 ? [`not offered yet: ${missing.join(", ")}`] : [], ...foreign.length > 0 ? [`still offered: ${foreign.join(", ")}`] : []];
	return pending(parts.join("; "));
}

// src/release/slot-objects.ts
/** Fields of a Service that the API server fills in or that cannot stand in two Services. */
const servedFields = [
	"clusterIP",
	"clusterIPs",
	"healthCheckNodePort",
	"externalIPs",
	"loadBalancerIP",
	"type"
];
/** Annotations of the user's Service that also matter on a backend: how a proxy should talk to it. */
const copiedAnnotations = ["service.kubernetes.io/topology-mode", "traefik.ingress.kubernetes.io/service.serversscheme"];
/** A pod template that belongs to one slot. Every label of the user stays, so that policies and monitors go on matching. */
function slotTemplate(template, slot) {
	const metadata = template.metadata ?? {};
	const labels = metadata.labels ?? {};
	return {
		...template,
		metadata: {
			...metadata,
			labels: {
				...labels,
				[slotLabel]: slot
			}
		}
	};
}
/** The Deployment of a slot, made of the user's. */
function slotDeployment(workload, names, slot, replicas, token) {
	const spec = workload.spec;
	const matchLabels = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(spec, "selector", "matchLabels");
	return {
		apiVersion: "apps/v1",
		kind: "Deployment",
		metadata: ourMeta(names, deploymentRef(names, slot).name, slot, token),
		spec: {
			...spec,
			replicas,
			selector: {
				...spec.selector,
				matchLabels: {
					...matchLabels,
					[slotLabel]: slot
				}
			},
			template: slotTemplate(spec.template, slot)
		}
	};
}
/** The Service of a slot: the user's, narrowed to the slot and reachable inside the cluster only. */
function slotService(service, names, slot, token) {
	const spec = service.spec;
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
				...spec.selector,
				[slotLabel]: slot
			}
		}
	};
}
/** The app's own Service as the user gave it, selecting only the live slot. */
function entryService(service, slot) {
	const spec = service.spec;
	return {
		...service,
		spec: {
			...spec,
			selector: {
				...spec.selector,
				[slotLabel]: slot
			}
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
	return ports.map((port) => Object.fromEntries(Object.entries(port).filter(([key]) => key !== "nodePort")));
}

// src/release/steps/desired.ts
/** What is to be released. A step that only puts things back never asks for it. */
function requireDesired({ desired, names }) {
	if (desired !== void 0) return desired;
	throw new _base_mjs__WEBPACK_IMPORTED_MODULE_0__.m("Internal", `A release of ${names.app} was continued without anything to release`);
}

// src/release/steps/candidate.ts
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
		for (const slot of ["blue", "green"]) {
			const ref = slotServiceRef(names, slot);
			const wanted = slotService(service, names, slot, token);
			const { created } = await createOrFind(cluster, wanted, ref);
			if (created || slot !== candidate) continue;
			await stampToken(cluster, ref, token);
			await fencedPatch(cluster, ref, token, (object) => serviceOperations(object, wanted));
		}
		return `${names.services.blue}, ${names.services.green}`;
	},
	async undo({ cluster, names, token }, before) {
		for (const slot of ["blue", "green"]) if ((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(before, slot) === false) await deleteOurs(cluster, slotServiceRef(names, slot), token);
	}
};
function serviceOperations(object, wanted) {
	return [...replaceField(object, ["spec", "selector"], (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(wanted, "spec", "selector")), ...portOperations(object, wanted)];
}
/** Pods of an older release may still be warm in the candidate's slot: they go first, so that no check meets them. */
const clearCandidate = {
	id: "clear-candidate",
	title: "Empty the slot for the candidate",
	async act(release, deadline) {
		const { cluster, names, candidate, token, clock } = release;
		const ref = deploymentRef(names, candidate);
		const deployment = await cluster.get(ref);
		const { previous } = release.journal.current;
		if (previous?.slot === candidate) release.journal.update({ previous: {
			...previous,
			warm: false
		} });
		const isEmpty = deployment === void 0 || (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(deployment, "spec", "replicas") === 0;
		if (!isEmpty) await scaleTo(cluster, ref, 0, token);
		await waitFor({
			cluster,
			clock,
			deadline,
			what: `the old pods of ${ref.name} to go`,
			queries: { pods: await podQuery(cluster, names, candidate, requireDesired(release).workload) },
			check: ({ pods }) => pods.length === 0 ? done() : pending(`${pods.length} pods are left`)
		});
		return isEmpty ? "it is empty" : "the pods of an older release are gone";
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
		if (existing !== void 0 && !(0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.c)((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(existing, "spec", "selector"), (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(wanted, "spec", "selector"))) await deleteOurs(cluster, ref, token);
		const { created } = await createOrFind(cluster, wanted, ref);
		if (!created) await replaceTemplate(release, wanted);
		return `${ref.name} with ${replicas} pods`;
	},
	async undo({ cluster, names, candidate, token }, before) {
		const ref = deploymentRef(names, candidate);
		if ((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(before, "existed") === true) await scaleTo(cluster, ref, 0, token);
		else await deleteOurs(cluster, ref, token);
	}
};
/**
* Replaces the pod template as a whole. Server-side apply would leave in place what other managers own of it: an
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
	const fields = [
		"template",
		"replicas",
		"strategy",
		"minReadySeconds",
		"progressDeadlineSeconds"
	];
	const patched = await fencedPatch(cluster, ref, token, (object) => fields.flatMap((field) => {
		const value = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(fresh, "spec", field);
		return value === void 0 ? [] : replaceField(object, ["spec", field], value);
	}));
	if ((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.c)((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(patched, "spec", "template"), (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(fresh, "spec", "template"))) return;
	throw new _base_mjs__WEBPACK_IMPORTED_MODULE_0__.m("Failed", `${describeRef(ref)} did not take the pod template as it was written`, { remedy: "An admission webhook or another controller changes it: compare the Deployment with your manifest." });
}
/** Warm pods are kept at the number they had; the live version may have grown since. */
const scaleCandidate = {
	id: "scale-candidate",
	title: "Bring the older version to the size of the live one",
	async act({ cluster, names, candidate, replicas, token }) {
		const ref = deploymentRef(names, candidate);
		const standing = Number((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(await cluster.get(ref), "spec", "replicas") ?? 0);
		if (standing >= replicas) return `${standing} pods are there`;
		await scaleTo(cluster, ref, replicas, token);
		return `scaled from ${standing} to ${replicas}`;
	}
};
const candidateReady = {
	id: "candidate-ready",
	title: "Wait until the candidate is ready",
	everyRun: true,
	act: async (release, deadline) => {
		const { cluster, names, candidate, clock, settings } = release;
		const name = names.deployments[candidate];
		return waitFor({
			cluster,
			clock,
			deadline: deadline.within(settings.progressDeadlineMs, `${name}`),
			what: `${name} to be ready`,
			queries: {
				deployments: deploymentQuery(names, candidate),
				pods: await podQuery(cluster, names, candidate),
				slices: sliceQuery(names, names.services[candidate])
			},
			check({ deployments, pods, slices }) {
				const rollout = rolloutProgress(deployments[0], pods);
				return rollout.state === "done" ? merge(rollout, endpointsProgress(slices, pods)) : rollout;
			}
		});
	}
};
function merge(first, second) {
	return second.state === "done" ? done(`${first.detail}, ${second.detail}`) : second;
}
/** Runs each gate on the candidate's pods alone, and learns what they call themselves. */
const candidateGates = {
	id: "smoke",
	title: "Test the candidate before it gets traffic",
	async act(release, deadline) {
		const { cluster, names, candidate, gates, recorder } = release;
		const { workload, service } = requireDesired(release);
		const pods = (await listPods(cluster, names, candidate)).map((pod) => ({
			name: pod.metadata.name,
			connect: (port) => cluster.portForward({
				apiVersion: "v1",
				kind: "Pod",
				namespace: names.namespace,
				name: pod.metadata.name
			}, port)
		}));
		const reasons = [];
		for (const gate of gates) {
			const result = await gate.check({
				pods,
				workload,
				service
			}, deadline);
			recorder.gate(result);
			if (result.verdict !== "pass") throw new _base_mjs__WEBPACK_IMPORTED_MODULE_0__.m("Failed", result.reason, { remedy: "The candidate never received traffic. Mend it, or the check, and release again." });
			reasons.push(result.reason);
		}
		return reasons.join("; ");
	}
};

// src/release/converge.ts
/** Answers in a row that must come from the wanted side. */
const answersWanted = 5;
/** For how long no other side may have answered. */
const quietFor = 500;
function newStreak(wanted, since) {
	return {
		wanted,
		since,
		count: 0,
		firstAt: null,
		broken: "no answer yet"
	};
}
/** Counts an answer in. Any answer of another side, and any failure, begins the row anew. */
function countSighting(streak, sighting) {
	if (sighting.sentAt < streak.since || sighting.ownSide) return streak;
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
	return streak.count >= 5 && streak.firstAt !== null && now - streak.firstAt >= 500;
}
/** Waits until the real entry point has answered by the wanted side alone, k times and for T. */
async function provenBy(witness, wanted, clock, deadline) {
	const began = clock.monotonic();
	let streak = newStreak(wanted, began);
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
	const took = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.d)((streak.firstAt ?? began) - began);
	return `${streak.count} answers in a row by the ${wanted} version, the first after ${took}`;
}
function lastSeen(thrown, streak) {
	if (!(thrown instanceof _base_mjs__WEBPACK_IMPORTED_MODULE_0__.m) || thrown.code !== "Timeout") return thrown;
	const seen = streak.count > 0 ? `${streak.count} answers in a row` : streak.broken;
	return new _base_mjs__WEBPACK_IMPORTED_MODULE_0__.m("Timeout", `${thrown.message} while waiting for ${streak.wanted} to answer alone; last seen: ${seen}`, {
		cause: thrown,
		remedy: "Check that the gateway follows the route, and that `probe-url` leads to this app."
	});
}

// src/release/steps/route.ts
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
/** The control plane has taken the route up, and the real entry point is answered by one side alone. */
async function converged(release, wanted, deadline) {
	const { cluster, clock, router, witness } = release;
	const bound = cluster.with(deadline.signal);
	for (let reason = await router.pending(bound); reason !== void 0; reason = await router.pending(bound)) await clock.sleep(50, deadline.signal);
	if (witness === null) return "the gateway has accepted the route; loss not measured";
	await witness.start(release.versions.current);
	return provenBy(witness, witness.tellsApart ? wanted : "unknown", clock, deadline);
}
const convergeWithinMs = 6e4;
function convergeDeadline(deadline) {
	return deadline.within(convergeWithinMs, "The gateway");
}
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
	verify: (release, deadline) => converged(release, "candidate", convergeDeadline(deadline)),
	async undo(release, _before, deadline) {
		release.recorder.mark("weights back");
		await release.router.send(release.cluster, onlyTo(stableOf(release)), release.token);
		await converged(release, "stable", convergeDeadline(deadline));
	}
};
/**
* Callers inside the cluster follow: the app's own Service selects the candidate, and in the same patch leads to the
* ports that this version listens on. Never in one step with the weights.
*/
const moveEntry = {
	id: "move-entry",
	title: "Let the app's own Service select the candidate",
	async before({ cluster, names }) {
		const service = await cluster.get(entryRef(names));
		const spec = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(service, "spec");
		return {
			selector: spec?.selector ?? {},
			ports: spec?.ports ?? []
		};
	},
	async act(release) {
		const { names, candidate, recorder } = release;
		recorder.mark("entry Service");
		await selectSlot(release, candidate, requireDesired(release).service);
		return `${names.entry} selects ${candidate}`;
	},
	verify: (release, deadline) => entryOffers(release, release.candidate, convergeDeadline(deadline)),
	async undo({ cluster, names, token }, before) {
		await fencedPatch(cluster, entryRef(names), token, (service) => [...replaceField(service, ["spec", "selector"], (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(before, "selector") ?? {}), ...replaceField(service, ["spec", "ports"], (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(before, "ports") ?? [])]);
	}
};
/** The app's own Service selects one slot from now on, and has the ports of `model`. */
async function selectSlot({ cluster, names, token }, slot, model) {
	await fencedPatch(cluster, entryRef(names), token, (service) => {
		const selector = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(service, "spec", "selector") ?? {};
		return [...replaceField(service, ["spec", "selector"], {
			...selector,
			[slotLabel]: slot
		}), ...model === void 0 ? [] : portOperations(service, model)];
	});
}
/** Waits until the app's own Service offers exactly the ready pods of a slot. */
async function entryOffers(release, slot, deadline) {
	const { cluster, names, clock } = release;
	return waitFor({
		cluster,
		clock,
		deadline,
		what: `Service ${names.entry} to offer the pods of ${slot}`,
		queries: {
			pods: await podQuery(cluster, names, slot),
			slices: sliceQuery(names, names.entry)
		},
		check: ({ pods, slices }) => endpointsProgress(slices, pods)
	});
}
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
/** Watches real traffic on the candidate for a while; the guard ends this at the first failure too many. */
const observe = {
	id: "observe",
	title: "Watch real traffic on the candidate",
	everyRun: true,
	async act({ clock, settings, witness, versions, guard }, deadline) {
		if (witness === null) return "nobody watches: loss not measured";
		await witness.start(versions.current);
		guard.arm();
		let answers = 0;
		const stopListening = witness.onSighting(() => {
			answers += 1;
		});
		try {
			await clock.sleep(settings.observeMs, deadline.signal);
		} finally {
			stopListening();
		}
		return `${answers} answers`;
	}
};

// src/release/steps/entry-changes.ts
/** The app's own Service and its routes as the manifests want them while the candidate is live. */
function wantedObjects(release) {
	const { service, routes } = requireDesired(release);
	return [entryService(service, release.candidate), ...routes].map((object) => stamped(object, release.token));
}
/** What differs from its manifest, by the server's own reading of it: defaults filled in, order of fields aside. */
async function changedObjects(cluster, release) {
	const changed = [];
	for (const wanted of wantedObjects(release)) {
		const [standing, reading] = await Promise.all([cluster.get(refOf(wanted)), cluster.apply(wanted, {
			dryRun: true,
			force: true
		})]);
		if (!(0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.c)((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(standing, "spec"), (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(reading, "spec"))) changed.push(wanted);
	}
	return changed;
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
		for (const object of await changedObjects(release.cluster, release)) images[key(object)] = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(await release.cluster.get(refOf(object)), "spec") ?? null;
		return images;
	},
	async act(release) {
		const changed = await changedObjects(release.cluster, release);
		for (const object of changed) await release.cluster.apply(object, { force: true });
		return changed.length === 0 ? "they are as their manifests have them" : changed.map(key).join(", ");
	},
	async verify(release, deadline) {
		const { steps } = release.journal.release;
		const before = steps.find(({ id }) => id === "apply-entry-changes")?.before;
		if (!(0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.l)(before) || Object.keys(before).length === 0) return "";
		return converged(release, "candidate", deadline.within(6e4, "The gateway"));
	},
	async undo({ cluster, names, token }, before) {
		if (!(0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.l)(before)) return;
		for (const [described, spec] of Object.entries(before)) {
			const ref = refFrom(described, names.namespace);
			await fencedPatch(cluster, ref, token, (object) => replaceField(object, ["spec"], spec));
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

// src/release/steps/first.ts
/** The first release of an app: its own Service appears when there is something to serve. */
const openEntry = {
	id: "open-entry",
	title: "Create the app's own Service",
	async before({ cluster, names }) {
		const service = await cluster.get(entryRef(names));
		return {
			existed: service !== void 0,
			selector: (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(service, "spec", "selector") ?? {}
		};
	},
	async act(release) {
		const { cluster, names, candidate, token } = release;
		const wanted = stamped(entryService(requireDesired(release).service, candidate), token);
		const { created } = await createOrFind(cluster, wanted, entryRef(names));
		if (created) return `${names.entry} selects ${candidate}`;
		await stampToken(cluster, entryRef(names), token);
		await selectSlot(release, candidate);
		return `${names.entry} was there already, and selects ${candidate} now`;
	},
	verify: (release, deadline) => entryOffers(release, release.candidate, deadline),
	async undo({ cluster, names, token }, before) {
		const ref = entryRef(names);
		if ((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(before, "existed") === false) return deleteOurs(cluster, ref, token);
		await fencedPatch(cluster, ref, token, (service) => replaceField(service, ["spec", "selector"], (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(before, "selector") ?? {}));
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
		for (const route of requireDesired(release).routes) if ((await createOrFind(cluster, stamped(route, token), refOf(route))).created) created.push(route.metadata.name);
		for (const route of names.routes) await stampToken(cluster, routeRef(names, route), token);
		return created.length === 0 ? "they were there already" : created.join(", ");
	},
	async verify(release, deadline) {
		const { witness, versions } = release;
		await witness?.start(versions.current, deadline.within(6e4, "The first answer"));
		release.guard.arm();
		return converged(release, "candidate", deadline.within(6e4, "The gateway"));
	},
	async undo({ cluster, names, token }, before) {
		for (const route of names.routes) if ((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(before, route) === false) await deleteOurs(cluster, routeRef(names, route), token);
	}
};

// src/release/steps/manifests.ts
/** From here on, nobody who held the lock before can write to the objects of this app. */
const stampObjects = {
	id: "stamp",
	title: "Mark the objects of the app as ours",
	everyRun: true,
	async act(release) {
		const { cluster, names, router, token, stable } = release;
		for (const slot of ["blue", "green"]) {
			await stampToken(cluster, deploymentRef(names, slot), token);
			await stampToken(cluster, slotServiceRef(names, slot), token);
		}
		const entry = await stampToken(cluster, entryRef(names), token);
		if (entry !== void 0 && stable !== null && (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(entry, "spec", "selector", "streamgate.io/slot") === void 0) await selectSlot(release, stable);
		await router.stamp(cluster, token);
		return `token ${token}`;
	}
};
/** ConfigMaps and whatever else stands in the manifests: applied forward only, never undone or pruned. */
const applyOthers = {
	id: "apply-others",
	title: "Apply the other objects of the manifests",
	async act(release) {
		const { others } = requireDesired(release);
		for (const object of others) await release.cluster.apply(object, { force: true });
		return others.length === 0 ? "there are none" : others.map((object) => describeRef(refOf(object))).join(", ");
	}
};

// src/release/steps/record.ts
/** Revisions kept for rollbacks. */
const keptRevisions = 5;
/** Keeps what was released, with the digests that really run, so that it can be brought back without manifests. */
const recordRevision = {
	id: "record-revision",
	title: "Record the revision",
	async act(release) {
		const { cluster, clock, names, candidate, token, journal } = release;
		const { workload, service, template } = requireDesired(release);
		const { revision } = journal.release.candidate;
		const data = {
			workload,
			service,
			template,
			release: journal.release.id,
			commit: journal.release.commit,
			createdAt: (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.v)(clock.now()),
			digests: digestsOf(await listPods(cluster, names, candidate))
		};
		await createOrFind(cluster, revisionObject(names, candidate, revision, data, token), revisionRef(names, revision));
		return `revision ${revision}`;
	},
	async undo({ cluster, names, token, journal }) {
		await deleteOurs(cluster, revisionRef(names, journal.release.candidate.revision), token);
	}
};
function digestsOf(pods) {
	const digests = {};
	for (const pod of pods) {
		const statuses = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(pod, "status", "containerStatuses");
		if (!Array.isArray(statuses)) continue;
		for (const status of statuses) {
			const imageId = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(status, "imageID");
			if (typeof imageId === "string" && imageId !== "") digests[String((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(status, "name"))] = imageId;
		}
	}
	return digests;
}
/** Who serves and what a rollback goes back to, as the journal has it. */
async function placementsOf({ journal }) {
	const { live, previous } = journal.current;
	return {
		live: live === null ? null : { ...live },
		previous: previous === null ? null : { ...previous }
	};
}
/** For a run that fails after it said who is live, since it could not write that down. */
async function restorePlacements({ journal }, before) {
	const { live, previous } = before;
	journal.update({
		live,
		previous
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
		const keepUntil = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.v)(clock.now() + settings.rollbackWindowMs);
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
		const window = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.d)(settings.rollbackWindowMs);
		return stable === null ? `revision ${candidate.revision} is live` : `revision ${stable.revision} stays warm for ${window}`;
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
	async act({ journal }) {
		journal.update({
			live: journal.release.candidate,
			previous: null,
			order: orderOf(journal.release)
		});
		journal.updateRelease({ phase: "rolled-back" });
		return `revision ${journal.release.candidate.revision} is live`;
	}
};
function orderOf({ runId, commit }) {
	return runId === "" ? null : {
		runId,
		commit
	};
}
/** Revisions beyond the newest five go; those that are live or the way back never do. */
const pruneRevisions = {
	id: "prune-revisions",
	title: "Drop revisions that nobody goes back to",
	async act({ cluster, names, token, journal }) {
		const labelSelector = `${managedByLabel}=${manager},${appLabel}=${names.app}`;
		const numbers = (await cluster.list({
			apiVersion: "apps/v1",
			kind: "ControllerRevision"
		}, {
			namespace: names.namespace,
			labelSelector
		})).map((object) => Number((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(object, "revision"))).sort((a, b) => b - a);
		const needed = [journal.current.live?.revision, journal.current.previous?.revision];
		const dropped = numbers.slice(keptRevisions).filter((revision) => !needed.includes(revision));
		for (const revision of dropped) await deleteOurs(cluster, revisionRef(names, revision), token);
		return dropped.length === 0 ? "all are kept" : `dropped ${dropped.join(", ")}`;
	}
};
/** Keeps the old slot for the rest of the rollback window, then lets its pods go. */
const retire = {
	id: "retire",
	title: "Let the old version go",
	async act(release, deadline) {
		const { cluster, clock, names, token, journal } = release;
		const { previous } = journal.current;
		if (previous === null || !previous.warm) return "there is none";
		await letGatewayFollow(release, deadline.signal);
		const leftMs = Date.parse(previous.keepUntil) - clock.now();
		if (leftMs > 0) await clock.sleep(leftMs, deadline.signal);
		await scaleTo(cluster, deploymentRef(names, previous.slot), 0, token);
		journal.update({ previous: {
			...previous,
			warm: false
		} });
		journal.updateRelease({ phase: "retired" });
		return `${names.deployments[previous.slot]} scaled to 0`;
	}
};
/** After a way back: the abandoned version goes at once, and its slot is empty for the next candidate. */
const emptyAbandoned = {
	id: "empty-abandoned",
	title: "Stop the abandoned version",
	async act(release, deadline) {
		const { cluster, clock, names, stable, token } = release;
		if (stable === null) return "there is none";
		await letGatewayFollow(release, deadline.signal);
		const ref = deploymentRef(names, stable);
		await scaleTo(cluster, ref, 0, token);
		await waitFor({
			cluster,
			clock,
			deadline,
			what: `the pods of ${ref.name} to go`,
			queries: { pods: await podQuery(cluster, names, stable) },
			check: ({ pods }) => pods.length === 0 ? done() : pending(`${pods.length} pods are left`)
		});
		return `${ref.name} scaled to 0`;
	}
};

// src/release/strategies.ts
const prepareCandidate = [
	slotServices,
	clearCandidate,
	startCandidate,
	candidateReady,
	candidateGates
];
/** The first release of an app: there is no traffic yet that could be lost. */
const firstRelease = {
	prepare: [
		stampObjects,
		applyOthers,
		...prepareCandidate
	],
	switchOver: [
		openEntry,
		learnVersions,
		openRoutes,
		observe,
		judgeTraffic$1,
		recordRevision,
		promote
	],
	finish: [pruneRevisions]
};
/** Every later release: weights, converge, the app's own Service, converge, observe, and only then the verdict. */
const blueGreen = {
	prepare: [
		stampObjects,
		applyOthers,
		...prepareCandidate
	],
	switchOver: [
		learnVersions,
		baseline,
		splitRoute,
		shiftWeights,
		moveEntry,
		observe,
		restoreRoute,
		applyEntryChanges,
		judgeTraffic$1,
		recordRevision,
		promote
	],
	finish: [pruneRevisions]
};
/** Back onto pods that are still warm. Traffic first, everything else afterwards. */
const fastRollback = {
	prepare: [
		stampObjects,
		scaleCandidate,
		candidateReady
	],
	switchOver: [
		learnVersions,
		baseline,
		returnRoute,
		moveEntry,
		restoreRoute,
		recordReturn
	],
	finish: [emptyAbandoned]
};
/** There and back again: only the traffic moves. */
const rollbackDrill = {
	prepare: [
		stampObjects,
		scaleCandidate,
		candidateReady
	],
	switchOver: [
		learnVersions,
		baseline,
		returnRoute
	],
	finish: []
};
/** Back to a revision whose pods are gone: they are started from its ControllerRevision first. */
const coldRollback = {
	prepare: [stampObjects, ...prepareCandidate],
	switchOver: [
		learnVersions,
		baseline,
		returnRoute,
		moveEntry,
		restoreRoute,
		recordReturn
	],
	finish: [emptyAbandoned]
};
const retireSteps = [retire];
/** All steps that a journal of this strategy may name: enough to reverse it without manifests. */
function stepsOf(strategy, first) {
	if (strategy === "rollback") return coldRollback;
	return first ? firstRelease : blueGreen;
}
function allSteps({ prepare, switchOver, finish }) {
	return [
		...prepare,
		...switchOver,
		...finish
	];
}

// src/release/reverse.ts
/**
* Puts back what a run that is gone had begun, from its journal alone, and answers with the journal as it then stands.
* Throws when something could not be put back: going on over it would hide it.
*/
async function reverseUnderLock(request, journal, lock) {
	const session = await openReversal(request, journal, lock);
	if (session === void 0) return journal;
	await putBack(session);
	session.deadline.clear();
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
		const error = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.g)(thrown);
		return finish(session, "Inconclusive", "fail", `Release ${id} could not be reversed: ${error.message}`, failureOf(error, []));
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
		steps: stepsOf(release.strategy, release.stable === null),
		guarded: false
	});
	await stampAll(session);
	return session;
}
/** The objects carry the token of the run that is gone: ours goes on them before anything is read or put back. */
async function stampAll({ release, steps, deadline }) {
	await steps.prepare.find(({ id }) => id === "stamp")?.act(release, deadline);
}

// src/release/deploy.ts
/** Releases what is desired, blue-green; continues a release of the same thing that was parked or cut short. */
async function deploy(request) {
	const { names, nothingNew, watch } = await preflight(request);
	if (nothingNew !== void 0) return nothingNew;
	const lock = await takeLock({
		...request,
		timeoutMs: request.lockTimeoutMs,
		identity: identityOf(request)
	});
	try {
		return await deployUnderLock(request, names, watch, lock);
	} finally {
		await lock.release();
	}
}
async function deployUnderLock(request, names, watch, lock) {
	const { cluster, namespace, app, run: facts } = request;
	let journal = {
		...await readJournal(cluster, namespace, app) ?? newJournal(names, facts.repository),
		names,
		token: lock.token
	};
	if (!request.force) refuseOlder(journal, facts);
	let release = continued(journal, request) ?? await retirement(journal, request);
	if (release === void 0) {
		if (isInFlight(journal.release)) journal = await reverseUnderLock(request, journal, lock);
		release = begin$1(journal, request);
		journal = {
			...journal,
			lastRevision: release.candidate.revision
		};
	}
	await claimJournal(cluster, {
		...journal,
		release
	});
	return drive$1(openSession({
		request,
		journal,
		release,
		desired: request.desired,
		replicas: await replicasOf(request, names, release),
		lock,
		watch,
		steps: release.stable === null ? firstRelease : blueGreen,
		guarded: true
	}), request.until);
}
async function drive$1(session, until) {
	const { steps, release, ledger } = session;
	ledger.listener.plan(until === "preview" ? steps.prepare : allSteps(steps));
	try {
		if (release.journal.release.phase !== "promoted") {
			await run(session, steps.prepare);
			if (until === "preview") {
				await endWith(session, "parked");
				return finish(session, "Parked", "pass", `${describe(session)} is ready and proven; no traffic reaches it`);
			}
			await run(session, steps.switchOver);
		}
	} catch (thrown) {
		return abort(session, thrown);
	}
	return settle(session, until);
}
/** After the point of no return: what goes wrong here is told, and undoes nothing. */
async function settle(session, until) {
	const { steps, release, request } = session;
	session.deadline.clear();
	const unhurried = {
		...session,
		deadline: withoutBudget(session)
	};
	try {
		await run(unhurried, steps.finish);
		if (until === "retired") {
			await run(unhurried, retireSteps);
			return finish(unhurried, "Retired", "pass", `${describe(session)} is live; the old version is gone`);
		}
	} catch (thrown) {
		const error = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.g)(thrown);
		release.recorder.warn(`${describe(session)} is live, but tidying up failed: ${error.message}`);
		return finish(unhurried, "Promoted", "pass", `${describe(session)} is live`, failureOf(error, []));
	}
	const window = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.d)(request.settings.rollbackWindowMs);
	const kept = release.stable === null ? "" : `; the old version stays warm for ${window}`;
	return finish(unhurried, "Promoted", "pass", `${describe(session)} is live${kept}`);
}
/** The rollback window is no part of the budget. */
function withoutBudget({ request, deadline }) {
	return {
		signal: request.signal,
		remaining: () => Number.POSITIVE_INFINITY,
		clear: () => {},
		within: (ms, what) => deadline.within(ms, what)
	};
}
function describe({ release }) {
	const { candidate } = release.journal.release;
	return `Revision ${candidate.revision} of ${release.names.app} (${candidate.slot})`;
}
/** The release in the journal when it is this very one, not yet at its end. */
function continued(journal, request) {
	const { release } = journal;
	if (release === null || release.strategy !== "blue-green" || release.template !== request.desired.template) return void 0;
	if (release.phase === "promoted") return !request.force && journal.live?.revision === release.candidate.revision ? release : void 0;
	if (release.phase !== "parked" && release.phase !== "running") return void 0;
	if (request.until === "preview" && hasBegun(release, stepsOf("blue-green", release.stable === null).switchOver)) return void 0;
	return {
		...release,
		phase: "running"
	};
}
function hasBegun({ steps }, some) {
	return steps.some(({ id }) => some.some((step) => step.id === id));
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
function begin$1(journal, { run: facts, desired, clock, app }) {
	const stable = journal.live;
	const revision = journal.lastRevision + 1;
	return {
		id: `${app}-${revision}-${Math.floor(clock.now() / 1e3).toString(36)}`,
		strategy: "blue-green",
		phase: "running",
		commit: facts.commit,
		runId: facts.runId,
		runAttempt: facts.runAttempt,
		actor: facts.actor,
		startedAt: (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.v)(clock.now()),
		candidate: {
			slot: stable === null ? "blue" : otherSlot(stable.slot),
			revision
		},
		stable,
		template: desired.template,
		steps: []
	};
}
/** The live size, whoever set it: a release never shrinks what carries the traffic. */
async function replicasOf({ cluster, desired }, names, release) {
	const given = Number((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(desired.workload, "spec", "replicas") ?? 1);
	if (release.stable === null) return given;
	const live = await cluster.get(deploymentRef(names, release.stable.slot));
	return Number((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(live, "spec", "replicas") ?? given);
}

// src/release/desired.ts
/** Finds workload, Service and routes among the objects; answers with every problem when the parts do not fit. */
function findDesired({ app, namespace, objects, images }) {
	const problems = [];
	const placed = objects.map((object) => place(object, namespace, problems));
	const workload = one(placed, "Deployment", app, problems);
	const service = one(placed, "Service", app, problems);
	if (workload === void 0 || service === void 0) return { problems };
	const imaged = images.reduce((current, image) => withImage(current, image, problems), workload);
	problems.push(...workloadProblems(imaged), ...serviceProblems(service, imaged));
	const routes = placed.filter((object) => sendsTo(object, service.metadata.name));
	const others = placed.filter((object) => object !== workload && object !== service && !routes.includes(object));
	problems.push(...others.flatMap((object) => otherWorkloadProblems(object)));
	if (problems.length > 0) return { problems };
	return { desired: {
		workload: imaged,
		service,
		routes,
		others,
		template: hashTemplate(imaged)
	} };
}
function hashTemplate(workload) {
	return `sha256:${(0,node_crypto__WEBPACK_IMPORTED_MODULE_4__.createHash)("sha256").update((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.s)((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(workload, "spec", "template") ?? null)).digest("hex")}`;
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
function isPart({ kind }) {
	return kind === "Deployment" || kind === "Service" || kind === "HTTPRoute";
}
function one(objects, kind, app, problems) {
	const all = objects.filter((object) => object.kind === kind);
	const named = all.filter((object) => object.metadata.name === app);
	if (named.length === 1) return named[0];
	if (named.length === 0 && all.length === 1) return all[0];
	const found = all.map(({ metadata }) => metadata.name).join(", ") || "none";
	problems.push(named.length > 1 ? `The manifests hold ${named.length} objects ${kind} ${app}: keep one of them` : `The manifests should hold one ${kind} named ${app}; found: ${found}`);
}
function containersOf(workload) {
	const containers = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(workload, "spec", "template", "spec", "containers");
	return Array.isArray(containers) ? containers.filter(_base_mjs__WEBPACK_IMPORTED_MODULE_0__.l) : [];
}
function withImage(workload, image, problems) {
	const match = /^([a-z0-9][a-z0-9-]*)=(.+)$/.exec(image);
	const containers = containersOf(workload);
	const name = match?.[1] ?? containers[0]?.name;
	if (match === null && containers.length > 1) problems.push(`image: the workload has the containers ${containers.map((entry) => inWords(entry.name)).join(", ")}; say which one: container=${image}`);
	if (!containers.some((container) => container.name === name)) {
		problems.push(`image: the workload has no container ${inWords(name)}`);
		return workload;
	}
	const changed = containers.map((container) => container.name === name ? {
		...container,
		image: match?.[2] ?? image
	} : container);
	const spec = workload.spec;
	const template = spec.template;
	const podSpec = template.spec;
	return {
		...workload,
		spec: {
			...spec,
			template: {
				...template,
				spec: {
					...podSpec,
					containers: changed
				}
			}
		}
	};
}
function workloadProblems(workload) {
	const name = `Deployment ${workload.metadata.name}`;
	const problems = [];
	const labels = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(workload, "spec", "template", "metadata", "labels") ?? {};
	const selector = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(workload, "spec", "selector", "matchLabels") ?? {};
	const unmatched = Object.entries(selector).filter(([key, value]) => (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(labels, key) !== value);
	if (Object.keys(selector).length === 0) problems.push(`${name} has no spec.selector.matchLabels`);
	if (unmatched.length > 0) problems.push(`${name}: its selector asks for ${pairs(unmatched)}, which its pod template does not carry`);
	if (containersOf(workload).length === 0) problems.push(`${name} has no containers`);
	if (!containersOf(workload).some((container) => container.readinessProbe !== void 0)) problems.push(`${name} has no readinessProbe, so nobody can tell when it may receive traffic: give one to the container that serves`);
	if ((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(workload, "spec", "strategy", "type") === "Recreate") problems.push(`${name} has strategy Recreate, which means that two versions must not run at once: blue-green needs that`);
	if ((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(workload, "spec", "paused") === true) problems.push(`${name} is paused: its pods would never start`);
	if ((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(workload, "spec", "replicas") === 0) problems.push(`${name} asks for 0 replicas: nothing could be proven`);
	return problems;
}
function serviceProblems(service, workload) {
	const name = `Service ${service.metadata.name}`;
	const labels = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(workload, "spec", "template", "metadata", "labels") ?? {};
	const selector = Object.entries((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(service, "spec", "selector") ?? {});
	if (selector.length === 0) return [`${name} has no selector, so it would never reach the pods`];
	const unmatched = selector.filter(([key, value]) => (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(labels, key) !== value);
	if (unmatched.length === 0) return [];
	return [`${name} selects ${pairs(unmatched)}, which the pod template of ${workload.metadata.name} does not carry`];
}
function otherWorkloadProblems({ kind, metadata }) {
	if (kind !== "Deployment") return [];
	return [`Deployment ${metadata.name} is a second workload: release it by its own name, with manifests of its own`];
}
function sendsTo(object, service) {
	if (object.kind !== "HTTPRoute") return false;
	const rules = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(object, "spec", "rules");
	if (!Array.isArray(rules)) return false;
	return rules.some((rule) => {
		const refs = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(rule, "backendRefs");
		return Array.isArray(refs) && refs.some((ref) => (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(ref, "name") === service);
	});
}
function pairs(entries) {
	return entries.map(([key, value]) => `${key}=${inWords(value)}`).join(", ");
}
function inWords(value) {
	return typeof value === "string" ? value : String(JSON.stringify(value));
}

// src/release/revisions.ts
/** What was released as this revision; undefined when it is no longer kept. */
async function readRevision(cluster, { names }, revision) {
	const object = await cluster.get(revisionRef(names, revision));
	return (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(object, "data");
}
/** The manifests of the live revision, for a release that only changes an image. */
async function readLiveManifests(cluster, namespace, app) {
	const journal = await readJournal(cluster, namespace, app);
	const live = journal?.live ?? null;
	const data = journal === void 0 || live === null ? void 0 : await readRevision(cluster, journal, live.revision);
	if (data !== void 0) return [data.workload, data.service];
	throw new _base_mjs__WEBPACK_IMPORTED_MODULE_0__.m("Usage", `${app} was never released in namespace ${namespace}, so there is nothing to take its manifests from`, { remedy: "Give `manifests`: files, globs or directories." });
}

// src/release/target.ts
/** Finds the revision and whether its pods are still there. Throws `Refused` when there is no way back. */
async function findTarget({ cluster, app, to }, journal) {
	const { names, live, previous } = journal;
	if (live === null) throw refused(app, "it was never released", "Release it first.");
	const revision = to ?? previous?.revision;
	if (revision === void 0) throw refused(app, "no earlier revision is kept", "Release the version that you want, or name a kept revision with `to`.");
	if (revision === live.revision) throw refused(app, `revision ${revision} is live already`, "See `streamgate status`.");
	const data = await readRevision(cluster, journal, revision);
	if (data === void 0) throw refused(app, `revision ${revision} is not kept`, "The newest five are: see `streamgate status`.");
	const { workload, service, template } = data;
	const liveSize = Number((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(await cluster.get(deploymentRef(names, live.slot)), "spec", "replicas") ?? 1);
	const slot = otherSlot(live.slot);
	const standing = Number((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(await cluster.get(deploymentRef(names, slot)), "spec", "replicas") ?? 0);
	const warm = previous?.revision === revision && previous.slot === slot && previous.warm && standing > 0;
	return {
		placement: {
			slot,
			revision
		},
		warm,
		live,
		desired: {
			workload,
			service,
			template,
			routes: [],
			others: []
		},
		replicas: liveSize
	};
}
function requireJournal(journal, { app, namespace }) {
	if (journal !== void 0) return journal;
	throw new _base_mjs__WEBPACK_IMPORTED_MODULE_0__.m("Refused", `${app} is unknown: nothing was ever released in namespace ${namespace} under this name`, { remedy: "Check `app` and `namespace`, or release it first." });
}
function refused(app, why, remedy) {
	return new _base_mjs__WEBPACK_IMPORTED_MODULE_0__.m("Refused", `${app} has nothing to go back to: ${why}`, { remedy });
}

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
	if (workload === void 0 || service === void 0) throw new _base_mjs__WEBPACK_IMPORTED_MODULE_0__.m("NotFound", `Slot ${slot} of ${app} holds nothing`, { remedy: `See where the app stands: streamgate status ${app} --namespace ${namespace}` });
	return {
		workload,
		service,
		pods: (await listPods(cluster, names, slot)).filter(isReady).map(({ metadata: { name } }) => ({
			name,
			connect: (port) => cluster.portForward({
				apiVersion: "v1",
				kind: "Pod",
				namespace,
				name
			}, port)
		}))
	};
}

// src/release/plan.ts
/** What a release would do, step by step, with the server's own opinion of the objects that it would create. */
async function planDeploy(request) {
	const { cluster, until, desired } = request;
	const { journal, names, nothingNew } = await preflight(request);
	if (nothingNew !== void 0) return nothingNew;
	const live = journal?.live ?? null;
	const candidate = live?.slot === "blue" ? "green" : "blue";
	const deployment = slotDeployment(desired.workload, names, candidate, 1, 0);
	const service = slotService(desired.service, names, candidate, 0);
	for (const object of [deployment, service]) {
		const metadata = {
			...object.metadata,
			name: `${object.metadata.name}-check`
		};
		await cluster.create({
			...object,
			metadata
		}, { dryRun: true });
	}
	for (const object of desired.others) await cluster.apply(object, {
		dryRun: true,
		force: true
	});
	const role = renderRole(names.namespace, permissionsFor(desired.routes));
	request.log.info(`This takes the permissions of this Role:\n\n${role}`);
	const { prepare, switchOver, finish } = live === null ? firstRelease : blueGreen;
	const steps = {
		preview: prepare,
		promoted: [
			...prepare,
			...switchOver,
			...finish
		],
		retired: [
			...prepare,
			...switchOver,
			...finish,
			...retireSteps
		]
	}[until];
	const what = live === null ? `the first release of ${names.app}` : `slot ${candidate}, after revision ${live.revision}`;
	return planned(`Would release revision ${(journal?.lastRevision ?? 0) + 1}: ${what}, in ${steps.length} steps`, steps, {
		activeSlot: live?.slot ?? null,
		previousRevision: journal?.previous?.revision ?? 0
	});
}
async function planRollback(request) {
	const { cluster, namespace, app } = request;
	const journal = requireJournal(await readJournal(cluster, namespace, app), request);
	const { placement, warm, live } = await findTarget(request, journal);
	const { prepare, switchOver, finish } = warm ? fastRollback : coldRollback;
	const how = warm ? "its pods are warm, so that is one patch for each route" : "its pods are gone and would be started first";
	return planned(`Would go back from revision ${live.revision} to ${placement.revision}: ${how}`, [
		...prepare,
		...switchOver,
		...finish
	], {
		activeSlot: live.slot,
		previousRevision: placement.revision
	});
}
function planned(reason, steps, standing) {
	const records = steps.map(({ id, title }) => ({
		id,
		title,
		outcome: "planned",
		startedAt: null,
		durationMs: 0,
		detail: ""
	}));
	return plainResult({
		outcome: "Planned",
		verdict: "pass",
		reason
	}, {
		...standing,
		steps: records
	});
}

// src/release/drill.ts
/**
* Sends all traffic to the older version, proves that it answers, and sends it back: the way back is measured while
* nobody needs it. The live version stays the live one, and so does the way back.
*/
async function drill(request, journal, begun, target, watch, lock) {
	if (!target.warm) {
		const { revision } = target.placement;
		throw new _base_mjs__WEBPACK_IMPORTED_MODULE_0__.m("Refused", `The pods of revision ${revision} are gone: there is no quick way back to try`, { remedy: "Try it within the rollback window of a release." });
	}
	await claimJournal(request.cluster, {
		...journal,
		release: begun
	});
	const { desired, replicas } = target;
	const session = openSession({
		request,
		journal,
		release: begun,
		desired,
		replicas,
		lock,
		watch,
		steps: rollbackDrill,
		guarded: false
	});
	const { prepare, switchOver } = rollbackDrill;
	session.ledger.listener.plan([...prepare, ...switchOver]);
	try {
		await run(session, [...prepare, ...switchOver]);
		await undoSteps(switchOver, session.release, session.ledger.listener);
		await converged(session.release, "stable", session.deadline);
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
async function rollback(request) {
	const { cluster, namespace, app } = request;
	const { names } = requireJournal(await readJournal(cluster, namespace, app), request);
	const watch = await request.watch(names);
	const lock = await takeLock({
		...request,
		timeoutMs: request.lockTimeoutMs,
		identity: identityOf(request)
	});
	try {
		return await rollbackUnderLock(request, {
			...requireJournal(await readJournal(cluster, namespace, app), request),
			token: lock.token
		}, watch, lock);
	} finally {
		await lock.release();
	}
}
async function rollbackUnderLock(request, journal, watch, lock) {
	if (request.drill) refuseDrill(journal, request.app);
	const continued = await continueRollback(request, journal, watch, lock);
	if (continued !== void 0) return continued;
	if (journal.release?.strategy !== "rollback") {
		const reversed = await reverseRun(request, journal, lock);
		if (reversed !== void 0) return reversed;
	}
	const settled = await reverseUnderLock(request, journal, lock);
	const target = await findTarget(request, settled);
	if (request.drill) {
		const begun = {
			...begin(request, settled, target),
			drill: true
		};
		return drill(request, settled, begun, target, watch, lock);
	}
	return drive(request, settled, begin(request, settled, target), target, watch, lock);
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
		return drive(request, journal, release, {
			warm: !cold,
			desired: void 0,
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
	const { warm, desired, replicas } = target;
	await claimJournal(request.cluster, {
		...journal,
		release: begun
	});
	const steps = warm ? fastRollback : coldRollback;
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
		return abort(session, thrown);
	}
	const reason = `Revision ${candidate.revision} of ${release.names.app} serves again; revision ${stable?.revision ?? 0} was abandoned`;
	try {
		await run(session, steps.finish);
		await endWith(session, "rolled-back");
	} catch (thrown) {
		const error = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.g)(thrown);
		release.recorder.warn(`The abandoned version could not be stopped: ${error.message}`);
		return finish(session, warm ? "FastRolledBack" : "RolledBack", "pass", reason, failureOf(error, []));
	}
	return finish(session, warm ? "FastRolledBack" : "RolledBack", "pass", reason);
}
/** A drill is for quiet times: it neither goes on with anything nor puts anything back. */
function refuseDrill(journal, app) {
	if (!isInFlight(journal.release)) return;
	throw new _base_mjs__WEBPACK_IMPORTED_MODULE_0__.m("Refused", `Release ${journal.release.id} of ${app} has not ended: this is no time for a drill`, { remedy: "Let it end, or roll it back without `drill`." });
}
function begin({ run: facts, clock, app }, journal, target) {
	return {
		id: `${app}-back-to-${target.placement.revision}-${Math.floor(clock.now() / 1e3).toString(36)}`,
		strategy: "rollback",
		phase: "running",
		commit: facts.commit,
		runId: facts.runId,
		runAttempt: facts.runAttempt,
		actor: facts.actor,
		startedAt: (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.v)(clock.now()),
		candidate: target.placement,
		stable: journal.live,
		template: target.desired.template,
		steps: []
	};
}

// src/release/recover.ts
/**
* Puts back a release whose run died, and goes on with a way back whose run died: its traffic must not return to what
* was to be abandoned. Undefined when there is nothing to do; a parked preview is no such thing.
*/
async function reverse(request) {
	const { cluster, namespace, app } = request;
	const isTheirs = (journal) => journal !== void 0 && isUnfinished(journal) && (request.runId === "" || journal.release?.runId === request.runId);
	if (!isTheirs(await readJournal(cluster, namespace, app))) return void 0;
	const full = {
		...reversalDefaults,
		...request
	};
	const lock = await takeLock({
		...full,
		timeoutMs: full.lockTimeoutMs,
		identity: identityOf(full)
	});
	try {
		const journal = await readJournal(cluster, namespace, app);
		if (journal === void 0 || !isTheirs(journal)) return void 0;
		const ours = {
			...journal,
			token: lock.token
		};
		return await continueRollback({
			...full,
			to: void 0,
			drill: false
		}, ours, null, lock) ?? await reverseRun(full, ours, lock);
	} finally {
		await lock.release();
	}
}
function isUnfinished(journal) {
	return isInFlight(journal.release) && journal.release.phase !== "parked" || leftAbandoned(journal);
}
/** Nothing is tested or watched: it puts back, or sends traffic to what has served before. */
const reversalDefaults = {
	settings: {
		progressDeadlineMs: 9e4,
		observeMs: 0,
		rollbackWindowMs: 0
	},
	lockTimeoutMs: 6e4,
	budgetMs: 12e4,
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

// src/release/status.ts
async function readStatus(cluster, namespace, app) {
	const journal = requireJournal(await readJournal(cluster, namespace, app), {
		app,
		namespace
	});
	const { names, live, previous, release } = journal;
	const router = createGatewayRouter(namespace, names.routes, {
		entry: names.entry,
		...names.services
	});
	const [entry, lease, route, revisions] = await Promise.all([
		cluster.get(entryRef(names)),
		cluster.get(leaseRef(namespace, app)),
		router.target(cluster).catch(() => void 0),
		readRevisions(cluster, namespace, app)
	]);
	const holder = String((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(lease, "spec", "holderIdentity") ?? "");
	return {
		app,
		namespace,
		live,
		previous,
		release: release === null ? null : summariseRelease(release),
		slots: await Promise.all([readSlot(cluster, journal, "blue"), readSlot(cluster, journal, "green")]),
		entrySelects: String((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(entry, "spec", "selector", "streamgate.io/slot") ?? ""),
		route: route ?? null,
		lock: holder === "" ? null : {
			holder,
			renewedAt: String((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(lease, "spec", "renewTime") ?? "")
		},
		revisions
	};
}
function summariseRelease({ id, phase, commit, startedAt, steps }) {
	return {
		id,
		phase,
		commit,
		startedAt,
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
		ready: Number((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(deployment, "status", "readyReplicas") ?? 0),
		wanted: Number((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(deployment, "spec", "replicas") ?? 0)
	};
}
async function readRevisions(cluster, namespace, app) {
	const labelSelector = `${managedByLabel}=${manager},${appLabel}=${app}`;
	return (await cluster.list({
		apiVersion: "apps/v1",
		kind: "ControllerRevision"
	}, {
		namespace,
		labelSelector
	})).map((object) => ({
		revision: Number((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(object, "revision")),
		commit: String((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(object, "data", "commit") ?? ""),
		createdAt: String((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(object, "data", "createdAt") ?? "")
	})).sort((a, b) => b.revision - a.revision);
}

// src/commands/candidate-smoke.ts
/** The smoke test as a gate of a release: on every pod of the candidate, past every Service. */
function candidateSmoke({ checks, timeoutMs, version, clock }) {
	return {
		name: "smoke",
		check({ pods, workload, service }, deadline) {
			const template = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(workload, "spec", "template");
			const derived = (0,_inputs_mjs__WEBPACK_IMPORTED_MODULE_2__.S)(template, servicePorts(service));
			const defaultPort = podPort(service, workloadAsPod(workload));
			return (0,_inputs_mjs__WEBPACK_IMPORTED_MODULE_2__.b)({
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
/** Asks a pod, past every Service, what it calls itself, with the request that the prober will send. */
function identifyPods(cluster, namespace, path, version, clock) {
	return async (pod, service, deadline) => {
		if (version.kind === "none") return [];
		const port = podPort(service, await cluster.get({
			apiVersion: "v1",
			kind: "Pod",
			namespace,
			name: pod.name
		}));
		const { checks = [] } = (0,_inputs_mjs__WEBPACK_IMPORTED_MODULE_2__.x)([{
			path,
			status: anyStatus,
			...port === void 0 ? {} : { port }
		}]);
		return (await (0,_inputs_mjs__WEBPACK_IMPORTED_MODULE_2__.b)({
			checks,
			clock,
			version: { source: version },
			defaultPort: port,
			patience: {
				attempts: 1,
				attemptMs: identifyMs
			}
		}).check({ pods: [pod] }, deadline.within(identifyMs, "The question for the version"))).versionsSeen;
	};
}
function servicePorts(service) {
	const ports = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(service, "spec", "ports");
	return Array.isArray(ports) ? ports : [];
}
function workloadAsPod(workload) {
	return (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(workload, "spec", "template");
}
/** The pod's port behind the first port of the Service; a name is looked up among the containers. */
function podPort(service, pod) {
	const [first] = servicePorts(service);
	const target = first?.targetPort ?? first?.port;
	if (typeof target !== "string") return target;
	const containers = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(pod, "spec", "containers");
	if (!Array.isArray(containers)) return void 0;
	const named = containers.flatMap((container) => (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(container, "ports") ?? []).find((port) => (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(port, "name") === target);
	const number = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(named, "containerPort");
	return typeof number === "number" ? number : void 0;
}

// src/commands/connect-cluster.ts
/** A cluster that is away for a moment is waited for in the middle of a release, but not before the first word. */
const firstPatienceMs = 1e4;
/** Connects as the inputs say, and hears a first answer. Its calls outlive a cancellation, since the way back needs them. */
async function connectCluster({ kubeconfig, context }, host) {
	const transport = await connectTransport({
		...kubeconfig,
		context
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
	if (!(thrown instanceof _base_mjs__WEBPACK_IMPORTED_MODULE_0__.m) || thrown.code !== "Denied") throw thrown;
}

// src/commands/recover.ts
/** Tells `post` what this run works on, and at the end that it is done: then there is nothing to recover. */
function rememberRun(host, inputs, finished) {
	const { app, namespace, context, kubeconfig } = inputs;
	const state = finished === void 0 ? {
		app,
		namespace,
		context,
		file: kubeconfig?.file,
		runId: host.run.runId,
		process: processOf(host)
	} : null;
	host.saveState("in-flight", state === null ? "" : JSON.stringify(state));
}
/** Jobs of one run may release the same app at the same time: their processes began at different moments. */
function processOf({ run, startedAt }) {
	return `${run.repository} ${run.runId}/${run.runAttempt} ${startedAt}`;
}
/**
* The end of the job. Acts only when the main run died in the middle, from what it had saved: a release that this very
* run had begun is put back. A preview that was parked on purpose is left alone.
*/
async function recoverAfterRun(host) {
	const saved = host.state("in-flight");
	if (saved === "") return;
	const { app, namespace, context, file, runId, process } = JSON.parse(saved);
	host.log.warn(`The run that released ${app} ended in the middle; putting back what it had begun`);
	const cluster = await connectCluster({
		kubeconfig: file === void 0 ? void 0 : { file },
		context
	}, host);
	const reversed = await reverse({
		cluster,
		clock: host.clock,
		log: host.log,
		namespace,
		app,
		runId,
		endedProcess: process,
		run: host.run,
		signal: host.signal
	}).catch((thrown) => {
		host.log.error(`It could not be put back: ${(0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.h)(thrown)}. Run: streamgate rollback ${app} --namespace ${namespace}`);
		throw thrown;
	});
	host.log.info(reversed?.reason ?? `There was nothing to put back for ${app}`);
}

// src/load/attribute.ts
/** An answer that named a version of neither known side is a `wrong-version`, however well it looks. */
function judgeVersion(answer, { roleOf, sidesKnown }) {
	if (answer.class !== "ok" || answer.version === null || !sidesKnown) return answer;
	if (roleOf(answer.version) !== "unknown") return answer;
	return {
		...answer,
		class: "wrong-version",
		detail: `answered by version "${answer.version}", which is neither side`
	};
}
/**
* Whom a failed request is attributed to: to our own machine, else to the version that gave the answer, else to the
* switch when it ended after that began, else to the stable version, which was alone until then.
*/
function attribute(answer, { roleOf, switchedAt }) {
	if (answer.class === "own-side") return "own-side";
	const role = roleOf(answer.version);
	if (role !== "unknown") return role;
	return switchedAt !== null && answer.doneAt > switchedAt ? "switch" : "stable";
}

// src/load/quote-failure.ts
/** One failed request for people: `status on a fresh connection, version v4: answered 500 "boom"`. */
function quoteFailure(failure) {
	const version = failure.version === null ? "" : `, version ${failure.version}`;
	return `${failure.class} on a ${failure.population} connection${version}: ${failure.detail} (${failure.id})`;
}

// src/load/judge-baseline.ts
/**
* Judges the requests to the stable version before anything moves. A baseline that is not clean is `invalid`, not a
* failure of the release: with it, a later failure could not be told from one that was there before.
*/
function judgeBaseline(answers) {
	if (answers.length === 0) return {
		verdict: "invalid",
		reason: "no request of the baseline ended, so there is nothing to compare with"
	};
	const failed = answers.filter((answer) => answer.class !== "ok");
	const [first] = failed;
	if (first === void 0) return {
		verdict: "pass",
		reason: `${answers.length} of ${answers.length} requests answered before the switch`
	};
	const whose = failed.every((answer) => answer.class === "own-side") ? "on the side of the prober " : "";
	return {
		verdict: "invalid",
		reason: `${failed.length} of ${answers.length} requests failed ${whose}before anything was changed: ${quoteFailure(first)}`
	};
}

// src/load/judge-traffic.ts
const maxOwnSideShare = .01;
const maxLagMs = 1e3;
/** Judges the requests of a release. Whether the measurement can be trusted comes before what it says. */
function judgeTraffic(traffic, limits) {
	const distrust = reasonToDistrust(traffic);
	if (distrust !== void 0) return {
		verdict: "invalid",
		reason: distrust
	};
	const ownSide = traffic.byClass["own-side"] ?? 0;
	const counted = traffic.planned - ownSide;
	const { candidate = 0, switch: atSwitch = 0, stable = 0 } = traffic.byAttribution;
	const failed = candidate + atSwitch;
	const failedOf = `${count(failed)} of ${count(counted)} requests failed`;
	if (failed > limits.tolerance) {
		const first = traffic.failures.find(countsAgainstRelease);
		const quote = first === void 0 ? "" : `; the first one: ${quoteFailure(first)}`;
		return {
			verdict: "fail",
			reason: `${failedOf} by the ${blame(candidate, atSwitch)}${quote}`
		};
	}
	if (counted < limits.minRequests) return {
		verdict: "inconclusive",
		reason: `${failedOf}, but at least ${count(limits.minRequests)} requests are needed to tell`
	};
	return {
		verdict: "pass",
		reason: `${failedOf} (${[
			...failed > 0 ? [`within the tolerance of ${limits.tolerance}`] : [`95 % bound ${percent(3 / counted)}`],
			...stable > 0 ? [`${count(stable)} more failed by the stable version`] : [],
			...ownSide > 0 ? [`${count(ownSide)} more failed on the side of the prober`] : []
		].join("; ")})`
	};
}
function reasonToDistrust(traffic) {
	const ended = Object.values(traffic.byClass).reduce((sum, n) => sum + n, 0);
	const ownSide = traffic.byClass["own-side"] ?? 0;
	if (traffic.planned !== ended) return `${count(traffic.planned)} requests were planned but ${count(ended)} are accounted for, so the count cannot be trusted`;
	if (ended === 0) return "no request was sent, so nothing was measured";
	if (ownSide > ended * maxOwnSideShare) {
		const first = traffic.failures.find(({ attribution }) => attribution === "own-side");
		const quote = first === void 0 ? "" : `: ${quoteFailure(first)}`;
		return `${count(ownSide)} of ${count(ended)} requests failed on the side of the prober${quote}`;
	}
	if (traffic.lagP99Ms > maxLagMs) return `the machine that probes was too slow: 1 % of the requests left more than ${(0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.d)(traffic.lagP99Ms)} late`;
}
function countsAgainstRelease({ attribution }) {
	return attribution === "candidate" || attribution === "switch";
}
function blame(candidate, atSwitch) {
	if (atSwitch === 0) return "new version";
	return candidate === 0 ? "switch" : "new version or the switch";
}
const grouped = new Intl.NumberFormat("en-US");
function count(n) {
	return grouped.format(n);
}
/** Two digits that count, rounded up: a bound may not look smaller than it is. */
function percent(share) {
	const value = Math.min(100, share * 100);
	const step = 10 ** (Math.floor(Math.log10(value)) - 1);
	return `${Number((Math.ceil(value / step - 1e-9) * step).toPrecision(2))} %`;
}

// src/load/classify.ts
/** The machine that probes could not even ask: no name, no port, no descriptor, no route. */
const ownSideCodes = /* @__PURE__ */ new Set([
	"ENOTFOUND",
	"EAI_AGAIN",
	"EAI_FAIL",
	"EAI_NODATA",
	"ENODATA",
	"ESERVFAIL",
	"EADDRNOTAVAIL",
	"EADDRINUSE",
	"EMFILE",
	"ENFILE",
	"ENOBUFS",
	"ENOMEM",
	"ENETUNREACH",
	"ENETDOWN",
	"EHOSTUNREACH",
	"EHOSTDOWN",
	"EACCES",
	"EPERM"
]);
/** Codes of a failed handshake or a certificate that does not hold, as OpenSSL and Node name them. */
const tlsCode = /^(?:ERR_TLS_|ERR_SSL_|CERT_|CRL_|EPROTO$|DEPTH_ZERO_|SELF_SIGNED|UNABLE_TO_|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH|HOSTNAME_MISMATCH|ERROR_IN_C)/;
/** A connection that could not be opened. */
function classifyConnectError(error) {
	const code = codeOf(error);
	const detail = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.h)(error);
	if (code === "ECONNREFUSED") return {
		class: "refused",
		detail
	};
	if (code === "ETIMEDOUT") return {
		class: "timeout",
		detail
	};
	if (ownSideCodes.has(code)) return {
		class: "own-side",
		detail
	};
	if (tlsCode.test(code)) return {
		class: "tls",
		detail
	};
	return {
		class: "reset",
		detail
	};
}
/** A connection that broke after it had been opened. */
function classifyBrokenConnection(error, parser) {
	const code = codeOf(error);
	if (tlsCode.test(code)) return {
		class: "tls",
		detail: (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.h)(error)
	};
	return {
		class: "reset",
		detail: `${(0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.h)(error)} ${progress(parser)}`
	};
}
/** A connection that the server ended in order, though the answer was not whole. */
function classifyEndOfStream(parser) {
	if (parser.end() === "nothing") return {
		class: "eof",
		detail: "connection closed before the first byte of an answer"
	};
	return {
		class: "truncated",
		detail: `connection closed ${progress(parser)}`
	};
}
function progress(parser) {
	if (!parser.began) return "before the first byte of an answer";
	if (parser.head === void 0) return "within the headers";
	return `after ${parser.bodyBytes} bytes of the body (status ${parser.head.status})`;
}
function codeOf(error) {
	return "code" in error && typeof error.code === "string" ? error.code : "";
}

// src/load/response-head.ts
/** Garbage is told at its first wrong byte, without waiting for a line that may never end. */
function couldBeHttp(line) {
	const start = line.subarray(0, 7).toString("latin1");
	return start === "\r" || "HTTP/1.".startsWith(start);
}
/** The head, or what is wrong with it. */
function readHead(lines) {
	const [statusLine = "", ...rest] = lines;
	const match = /^HTTP\/1\.([01]) (\d{3})(?: .*)?$/.exec(statusLine);
	if (match === null) return "not an HTTP status line";
	const headers = /* @__PURE__ */ new Map();
	let last;
	for (const line of rest) {
		if (/^[ \t]/.test(line) && last !== void 0) {
			last.push(`${last.pop() ?? ""} ${line.trim()}`.trim());
			continue;
		}
		const colon = line.indexOf(":");
		const name = line.slice(0, Math.max(0, colon)).toLowerCase();
		if (!/^[!#$%&'*+.^_`|~\w-]+$/.test(name)) return "not a header line";
		last = headers.get(name) ?? [];
		last.push(line.slice(colon + 1).trim());
		headers.set(name, last);
	}
	const status = Number(match[2]);
	return status < 100 ? "not an HTTP status" : {
		status,
		minor: Number(match[1]),
		headers
	};
}
/** The comma-separated parts of a header, in lower case. */
function tokens(values) {
	return (values ?? []).flatMap((value) => value.split(",")).map((token) => token.trim().toLowerCase()).filter((token) => token !== "");
}

// src/load/response-parser.ts
const maxHeadBytes = 65536;
const maxChunkLineBytes = 4096;
const LF = 10;
const CR = 13;
/**
* Reads one HTTP/1.x answer to a GET, byte by byte as the network delivers it (RFC 9112).
* Only the first `keepBytes` of the body are kept. Never throws: what cannot be read is `bad`.
*/
var ResponseParser = class {
	head;
	/** Why the answer is `bad`. */
	problem = "";
	bodyBytes = 0;
	/** Bytes that came after the end of the answer. */
	surplus = 0;
	/** Whether any byte of the final answer (not of a 1xx) has come. */
	began = false;
	#keepBytes;
	#kept = [];
	#keptBytes = 0;
	#phase = "head";
	#line = Buffer.alloc(0);
	#headLines = [];
	#headBytes = 0;
	#left = 0;
	#ambiguous = false;
	constructor(keepBytes) {
		this.#keepBytes = keepBytes;
	}
	get body() {
		return Buffer.concat(this.#kept).toString("utf8");
	}
	/** Whether the server lets this connection carry another request. */
	get reusable() {
		if (this.#phase !== "done" || this.surplus > 0 || this.#ambiguous || this.head === void 0) return false;
		const options = tokens(this.head.headers.get("connection"));
		if (options.includes("close")) return false;
		return this.head.minor === 1 || options.includes("keep-alive");
	}
	push(chunk) {
		let at = 0;
		while (at < chunk.length && this.#phase !== "done" && this.#phase !== "bad") at = this.#takesBytes() ? this.#takeBody(chunk, at) : this.#takeLine(chunk, at);
		this.surplus += chunk.length - at;
		return this.#state();
	}
	/** Tells what the answer is worth when the connection ends here. */
	end() {
		if (this.#phase === "until-close") this.#phase = "done";
		if (this.#phase === "done") return "done";
		return this.began ? "truncated" : "nothing";
	}
	#state() {
		return this.#phase === "done" || this.#phase === "bad" ? this.#phase : "more";
	}
	#takesBytes() {
		return this.#phase === "length" || this.#phase === "chunk-data" || this.#phase === "until-close";
	}
	#takeBody(chunk, at) {
		const wanted = this.#phase === "until-close" ? chunk.length - at : Math.min(this.#left, chunk.length - at);
		const room = Math.min(wanted, this.#keepBytes - this.#keptBytes);
		if (room > 0) {
			this.#kept.push(Buffer.from(chunk.subarray(at, at + room)));
			this.#keptBytes += room;
		}
		this.bodyBytes += wanted;
		this.#left -= wanted;
		if (this.#phase === "length" && this.#left === 0) this.#phase = "done";
		if (this.#phase === "chunk-data" && this.#left === 0) this.#phase = "chunk-end";
		return at + wanted;
	}
	#takeLine(chunk, at) {
		this.began = true;
		const end = chunk.indexOf(LF, at);
		const part = chunk.subarray(at, end < 0 ? chunk.length : end);
		this.#line = this.#line.length === 0 ? Buffer.from(part) : Buffer.concat([this.#line, part]);
		if (this.#phase === "head" || this.#phase === "trailers") {
			this.#headBytes += part.length + 1;
			if (this.#headBytes > maxHeadBytes) this.#fail(`headers larger than ${maxHeadBytes / 1024} KiB`);
		} else if (this.#line.length > maxChunkLineBytes) this.#fail("a chunk size line without an end");
		if (this.#phase === "head" && this.#headLines.length === 0 && !couldBeHttp(this.#line)) this.#fail("not an HTTP answer");
		if (this.#phase === "bad") return chunk.length;
		if (end < 0) return chunk.length;
		const bare = this.#line.at(-1) === CR ? this.#line.subarray(0, -1) : this.#line;
		this.#line = Buffer.alloc(0);
		this.#handleLine(bare.toString("latin1"));
		return end + 1;
	}
	#handleLine(line) {
		if (this.#phase === "chunk-size") this.#startChunk(line);
		else if (this.#phase === "chunk-end") {
			if (line === "") this.#phase = "chunk-size";
			else this.#fail("a chunk longer than its size");
		} else if (this.#phase === "trailers") {
			if (line === "") this.#phase = "done";
		} else if (line !== "") this.#headLines.push(line);
		else if (this.#headLines.length > 0) this.#endHead();
		else this.began = false;
	}
	#startChunk(line) {
		const size = /^([0-9a-f]{1,12})[ \t]*(?:;.*)?$/i.exec(line)?.[1];
		if (size === void 0) {
			this.#fail("not a chunk size");
			return;
		}
		this.#left = Number.parseInt(size, 16);
		if (this.#left > 0) this.#phase = "chunk-data";
		else {
			this.#phase = "trailers";
			this.#headBytes = 0;
		}
	}
	#endHead() {
		const head = readHead(this.#headLines);
		if (typeof head === "string") {
			this.#fail(head);
			return;
		}
		this.#headLines = [];
		this.#headBytes = 0;
		if (head.status === 101) {
			this.#fail("switched protocols without being asked to");
			return;
		}
		if (head.status < 200) {
			this.began = false;
			return;
		}
		this.head = head;
		this.#startBody(head);
	}
	/** RFC 9112 §6.3, for answers to GET. */
	#startBody(head) {
		const codings = tokens(head.headers.get("transfer-encoding"));
		const lengths = new Set(tokens(head.headers.get("content-length")));
		if (head.status === 204 || head.status === 304) this.#phase = "done";
		else if (codings.length > 0) {
			this.#ambiguous = lengths.size > 0;
			this.#phase = codings.at(-1) === "chunked" ? "chunk-size" : "until-close";
		} else if (lengths.size === 0) this.#phase = "until-close";
		else {
			const [length = ""] = lengths;
			this.#left = Number(length);
			this.#phase = this.#left === 0 ? "done" : "length";
			if (lengths.size > 1 || !/^\d{1,15}$/.test(length)) this.#fail("contradictory or bad content-length");
		}
	}
	#fail(problem) {
		this.#phase = "bad";
		this.problem = problem;
	}
};

// src/load/connection.ts
/** After an answer with `connection: close`, how long the server may take to close before we do. */
const lingerMs = 1e3;
/** One connection to the target, carrying one request at a time. It never repeats a request. */
var Connection = class {
	#clock;
	#socket;
	#onIdleChange;
	#openedAt;
	#open = false;
	#closed = false;
	#idleSince;
	#idleBefore = 0;
	/** When the server will have closed it, as its `keep-alive` header says. */
	#expiresAt = Number.POSITIVE_INFINITY;
	#requests = 0;
	#exchange;
	/** Starts connecting at once, with its own DNS look-up. `onIdleChange` is called when it became free or closed. */
	constructor(target, clock, onIdleChange) {
		this.#clock = clock;
		this.#onIdleChange = onIdleChange;
		this.#openedAt = clock.monotonic();
		this.#idleSince = this.#openedAt;
		const { hostname: host, port } = target;
		const where = {
			host,
			port,
			lookup: lookupOne,
			autoSelectFamily: false
		};
		this.#socket = target.secure ? (0,node_tls__WEBPACK_IMPORTED_MODULE_6__.connect)({
			...where,
			ALPNProtocols: ["http/1.1"],
			...target.servername ? { servername: target.servername } : {}
		}) : (0,node_net__WEBPACK_IMPORTED_MODULE_5__.connect)(where);
		this.#socket.setNoDelay(true);
		this.#socket.on(target.secure ? "secureConnect" : "connect", () => this.#onOpen());
		this.#socket.on("data", (chunk) => this.#onData(chunk));
		this.#socket.on("end", () => this.#onEnd());
		this.#socket.on("error", (error) => this.#onError(error));
		this.#socket.on("close", () => this.#onEnd());
	}
	get closed() {
		return this.#closed;
	}
	/** Open, free, and as far as we know not about to be closed by the server. */
	get usable() {
		return this.#open && !this.#closed && this.#exchange === void 0 && this.#clock.monotonic() < this.#expiresAt && this.#socket.readyState === "open";
	}
	/** Sends one request, as soon as the connection is open. Resolves exactly once, and never rejects. */
	send(request, keepBytes, timeoutMs) {
		return new Promise((resolve) => {
			const cancelTimer = this.#clock.after(timeoutMs, () => this.#onTimeout(timeoutMs));
			this.#exchange = {
				request,
				parser: new ResponseParser(keepBytes),
				resolve,
				cancelTimer,
				sent: false
			};
			if (this.#closed) this.#finish({
				class: "eof",
				detail: "connection closed before the request was sent"
			});
			else if (this.#open) this.#write(this.#exchange);
		});
	}
	/** Closes at once; a request in flight ends as `eof`. */
	destroy() {
		this.#socket.destroy();
		this.#onEnd();
	}
	/** Lets the server close first, so that the closing state of TCP is not kept on our ports. */
	linger() {
		if (this.#closed) return;
		this.#expiresAt = 0;
		const cancel = this.#clock.after(lingerMs, () => this.destroy());
		this.#socket.once("close", cancel);
	}
	#onOpen() {
		this.#open = true;
		this.#idleSince = this.#clock.monotonic();
		if (this.#exchange !== void 0) this.#write(this.#exchange);
		else this.#onIdleChange();
	}
	#write(exchange) {
		exchange.sent = true;
		this.#idleBefore = this.#clock.monotonic() - this.#idleSince;
		this.#requests += 1;
		this.#socket.write(exchange.request);
	}
	#onData(chunk) {
		const exchange = this.#exchange;
		if (exchange === void 0 || !exchange.sent) {
			this.destroy();
			return;
		}
		const state = exchange.parser.push(chunk);
		if (state === "bad") {
			this.#socket.destroy();
			this.#finish({
				class: "protocol",
				detail: exchange.parser.problem
			});
		} else if (state === "done") this.#finish(null);
	}
	#onError(error) {
		const exchange = this.#exchange;
		this.#closed = true;
		if (exchange === void 0) this.#onIdleChange();
		else if (!this.#open) this.#finish(classifyConnectError(error));
		else this.#finish(this.#onOldConnection(classifyBrokenConnection(error, exchange.parser)));
	}
	#onEnd() {
		if (this.#closed) return;
		this.#closed = true;
		const exchange = this.#exchange;
		if (exchange === void 0) this.#onIdleChange();
		else if (exchange.parser.end() === "done") this.#finish(null);
		else this.#finish(this.#onOldConnection(classifyEndOfStream(exchange.parser)));
	}
	#onTimeout(timeoutMs) {
		const exchange = this.#exchange;
		if (exchange === void 0) return;
		const where = !this.#open ? "while connecting" : progress(exchange.parser);
		this.#socket.destroy();
		this.#finish({
			class: "timeout",
			detail: `no whole answer within ${(0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.d)(timeoutMs)}, ${where}`
		});
	}
	#finish(failure) {
		const exchange = this.#exchange;
		if (exchange === void 0) return;
		this.#exchange = void 0;
		exchange.cancelTimer();
		const { parser } = exchange;
		if (failure !== null) this.#closed = true;
		this.#idleSince = this.#clock.monotonic();
		this.#expiresAt = parser.reusable ? this.#idleSince + keepAliveMs(parser.head) : 0;
		exchange.resolve({
			failure,
			head: parser.head ?? null,
			body: parser.body
		});
		this.#onIdleChange();
	}
	/** Tells the keep-alive race (idle, then broken as we sent) apart from a dropped request. */
	#onOldConnection(failure) {
		if (this.#requests < 2 || failure.class === "tls") return failure;
		const age = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.d)(this.#clock.monotonic() - this.#openedAt);
		const idle = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.d)(this.#idleBefore);
		const history = `request ${this.#requests} on a connection opened ${age} ago, idle ${idle} before`;
		return {
			...failure,
			detail: `${failure.detail}; ${history}`
		};
	}
};
/** For how long an idle connection is safe to use: its announced timeout less a second, as it counts from the server's side. */
function keepAliveMs(head) {
	for (const token of tokens(head?.headers.get("keep-alive"))) {
		const seconds = /^timeout=(\d+)$/.exec(token)?.[1];
		if (seconds !== void 0) return Math.max(Number(seconds) * 500, Number(seconds) * 1e3 - 1e3);
	}
	return Number.POSITIVE_INFINITY;
}
/** One address per look-up, IPv4 when there is one: many runners have no IPv6 route. */
const lookupOne = (hostname, options, callback) => {
	(0,node_dns__WEBPACK_IMPORTED_MODULE_7__.lookup)(hostname, {
		...options,
		all: true
	}, (error, addresses) => {
		const chosen = error === null ? addresses.find(({ family }) => family === 4) ?? addresses[0] : void 0;
		if (chosen === void 0) callback(error ?? /* @__PURE__ */ new Error(`no address for ${hostname}`), "", 0);
		else callback(null, chosen.address, chosen.family);
	});
};

// src/load/kept-pool.ts
/**
* Connections that live on between requests. They are used in turn, so that each one opened before a switch goes on
* carrying requests through it. An arrival never waits for another, unless the cap is reached.
*/
var KeptPool = class {
	#open;
	#cap;
	#all = /* @__PURE__ */ new Set();
	/** Free ones, the longest idle first. */
	#idle = [];
	#waiting = [];
	/** Not used any more, but not closed yet. */
	#leaving = /* @__PURE__ */ new Set();
	#closed = false;
	constructor(open, cap) {
		this.#open = open;
		this.#cap = cap;
	}
	/** Opens connections ahead of the first arrival. */
	warm(count) {
		for (let n = 0; n < Math.min(count, this.#cap); n += 1) this.#add();
	}
	/**
	* Calls back, at once where it can, with a connection that is free or still connecting.
	* The returned function gives up waiting; it does nothing once called back.
	*/
	take(use) {
		const idle = this.#takeIdle();
		if (idle !== void 0) use(idle);
		else if (this.#all.size < this.#cap) use(this.#add());
		else this.#waiting.push(use);
		return () => {
			this.#waiting = this.#waiting.filter((other) => other !== use);
		};
	}
	close() {
		this.#closed = true;
		for (const connection of [...this.#all, ...this.#leaving]) connection.destroy();
	}
	#add() {
		const connection = this.#open(() => this.#onIdleChange(connection));
		this.#all.add(connection);
		return connection;
	}
	/** A connection that went away while idle is noticed here, before anything is sent on it. */
	#takeIdle() {
		for (let next = this.#idle.shift(); next !== void 0; next = this.#idle.shift()) {
			if (next.usable) return next;
			this.#drop(next);
		}
	}
	#onIdleChange(connection) {
		this.#idle = this.#idle.filter((other) => other !== connection);
		if (connection.usable) this.#idle.push(connection);
		else this.#drop(connection);
		this.#serveWaiting();
	}
	#drop(connection) {
		this.#all.delete(connection);
		if (connection.closed) this.#leaving.delete(connection);
		else this.#leaving.add(connection);
		connection.linger();
	}
	#serveWaiting() {
		if (this.#closed) return;
		const use = this.#waiting.shift();
		if (use !== void 0) this.take(use);
	}
};

// src/load/schedule.ts
/** Arrivals at 0, 1/rate, 2/rate, … seconds, all before `durationMs`. */
function constantSchedule(ratePerSecond, durationMs) {
	const dueAt = (n) => n * 1e3 / ratePerSecond;
	const total = firstNotDue((n) => dueAt(n) < durationMs, durationMs * ratePerSecond / 1e3);
	return {
		dueAt,
		countBy: (elapsedMs) => Math.min(total, firstNotDue((n) => dueAt(n) <= elapsedMs, elapsedMs * ratePerSecond / 1e3))
	};
}
/** The guess is right but for rounding: a division and a multiplication need not meet. */
function firstNotDue(due, guess) {
	let n = Math.max(0, Math.floor(guess));
	while (n > 0 && !due(n - 1)) n -= 1;
	while (due(n)) n += 1;
	return n;
}

// src/load/target.ts
/** Reads the target from a URL; `host` replaces the public name when the URL holds an address. */
function targetOf(url, host) {
	const secure = url.protocol === "https:";
	const hostname = url.hostname.replace(/^\[(.*)\]$/, "$1");
	const publicName = (host ?? hostname).replace(/:\d+$/, "");
	return {
		secure,
		hostname,
		port: url.port === "" ? secure ? 443 : 80 : Number(url.port),
		servername: (0,node_net__WEBPACK_IMPORTED_MODULE_5__.isIP)(publicName) === 0 ? publicName : void 0,
		hostHeader: host ?? url.host,
		path: `${url.pathname}${url.search}`
	};
}
/** The bytes of one GET. */
function renderRequest(target, id, keep) {
	return [
		`GET ${target.path} HTTP/1.1`,
		`host: ${target.hostHeader}`,
		"user-agent: streamgate-prober",
		"accept: */*",
		`x-request-id: ${id}`,
		`connection: ${keep ? "keep-alive" : "close"}`,
		"\r\n"
	].join("\r\n");
}

// src/load/version.ts
const maxVersionLength = 128;
/** @throws StreamGateError `Usage` for a JSONPath that does not name exactly one value. */
function versionReader(source) {
	if (source.kind === "none") return () => null;
	if (source.kind === "header") {
		const name = source.name.toLowerCase();
		return (head) => clean(head?.headers.get(name)?.[0]);
	}
	const path = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.i)(source.path);
	if (path === void 0) throw new _base_mjs__WEBPACK_IMPORTED_MODULE_0__.m("Usage", `"${source.path}" is not a JSONPath that names one value`, { remedy: "Write it with names and indices only, for example $.build.version or $.items[0].version." });
	return (_head, body) => {
		const value = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.a)(parseBody(body), path);
		return clean(typeof value === "number" ? String(value) : value);
	};
}
/** For people: `header x-version`. */
function describeVersionSource(source) {
	if (source.kind === "header") return `header ${source.name.toLowerCase()}`;
	return source.kind === "jsonpath" ? `JSONPath ${source.path}` : "none";
}
function clean(value) {
	if (typeof value !== "string") return null;
	const text = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.n)(value, maxVersionLength);
	return text === "" ? null : text;
}
/** An answer that is no JSON does not name a version; that is no failure by itself. */
function parseBody(body) {
	try {
		return JSON.parse(body);
	} catch {
		return;
	}
}

// src/load/start-prober.ts
/** How much of a body is read for its JSONPath, and how much for a quotation. */
const jsonBodyBytes = 262144;
const quotedBodyBytes = 2048;
const warmConnections = 4;
const maxKeptConnections = 4e3;
/**
* Starts probing at once. Arrival n is due n/rate seconds after the start and never later because of an earlier one;
* even arrivals use the kept connections, odd ones open a connection each. `sentAt` is when an arrival began to use or
* open its connection, so `sentAt - plannedAt` is the lateness of the prober itself.
* @throws StreamGateError `Usage` for a bad JSONPath.
*/
const startProber = (options) => {
	const { clock, ratePerSecond, timeoutMs, signal } = options;
	const readVersion = versionReader(options.version);
	const keepBytes = options.version.kind === "jsonpath" ? jsonBodyBytes : quotedBodyBytes;
	const wanted = options.wantedStatus ?? ((status) => status >= 200 && status < 400);
	const target = targetOf(options.url, options.host);
	const schedule = constantSchedule(ratePerSecond, options.maxDurationMs);
	const answers = [];
	const listeners = /* @__PURE__ */ new Set();
	const fresh = /* @__PURE__ */ new Set();
	const pool = new KeptPool((onIdleChange) => new Connection(target, clock, onIdleChange), keptCap(options));
	const startedAtEpoch = clock.now();
	const startedAt = clock.monotonic();
	let next = 0;
	let inFlight = 0;
	let endedAt = null;
	/** Elapsed time at which arrivals ended; null while they go on. */
	let arrivalsEndedMs = null;
	let cancelTick = () => {};
	let allDone = () => {};
	let stopping;
	function tick() {
		const elapsed = clock.monotonic() - startedAt;
		arriveUntil(elapsed);
		if (elapsed >= options.maxDurationMs) stopInBackground();
		else {
			const dueMs = Math.min(schedule.dueAt(next), options.maxDurationMs);
			cancelTick = clock.after(dueMs - (clock.monotonic() - startedAt), tick);
		}
	}
	function arriveUntil(elapsedMs) {
		while (schedule.dueAt(next) <= elapsedMs && schedule.dueAt(next) < options.maxDurationMs) {
			arrive(next);
			next += 1;
		}
	}
	function arrive(n) {
		const id = `${options.runId}-${n}`;
		const plannedAt = startedAt + schedule.dueAt(n);
		inFlight += 1;
		setImmediate(() => {
			if (n % 2 === 0) useKept();
			else exchange("fresh", openFresh());
		});
		function useKept() {
			const cancelTimer = clock.after(timeoutMs, () => {
				giveUp();
				const detail = "the cap of open connections was reached, the request was never sent";
				const now = clock.monotonic();
				finish({
					id,
					population: "kept",
					plannedAt,
					sentAt: now,
					doneAt: now,
					class: "own-side",
					status: null,
					version: null,
					detail
				});
			});
			const giveUp = pool.take((connection) => {
				cancelTimer();
				exchange("kept", connection);
			});
		}
		function exchange(population, connection) {
			const sentAt = clock.monotonic();
			const request = renderRequest(target, id, population === "kept");
			connection.send(request, keepBytes, timeoutMs).then((ending) => {
				finish({
					id,
					population,
					plannedAt,
					sentAt,
					doneAt: clock.monotonic(),
					...judge(ending)
				});
			});
		}
	}
	function openFresh() {
		const connection = new Connection(target, clock, () => {
			if (connection.closed) fresh.delete(connection);
			else connection.linger();
		});
		fresh.add(connection);
		return connection;
	}
	function judge({ failure, head, body }) {
		const status = head?.status ?? null;
		const version = readVersion(head, body);
		if (failure !== null) return {
			class: failure.class,
			status,
			version,
			detail: (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.n)(failure.detail, 300)
		};
		if (status !== null && wanted(status)) return {
			class: "ok",
			status,
			version,
			detail: ""
		};
		const quotation = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.n)(body);
		const detail = quotation === "" ? `answered ${status}` : `answered ${status} "${quotation}"`;
		return {
			class: classOfStatus(status),
			status,
			version,
			detail
		};
	}
	function finish(answer) {
		inFlight -= 1;
		answers.push(answer);
		for (const listener of listeners) listener(answer);
		if (inFlight === 0) allDone();
	}
	async function stop() {
		cancelTick();
		signal.removeEventListener("abort", stopInBackground);
		if (arrivalsEndedMs === null) {
			arrivalsEndedMs = Math.min(clock.monotonic() - startedAt, options.maxDurationMs);
			arriveUntil(arrivalsEndedMs);
		}
		if (inFlight > 0) await new Promise((resolve) => allDone = resolve);
		endedAt = clock.monotonic();
		pool.close();
		for (const connection of fresh) connection.destroy();
		options.log.debug(`Prober sent ${answers.length} requests in ${(0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.d)(endedAt - startedAt)}.`);
	}
	function stopOnce() {
		stopping ??= stop();
		return stopping;
	}
	function stopInBackground() {
		stopOnce();
	}
	function tally() {
		const planned = schedule.countBy(arrivalsEndedMs ?? clock.monotonic() - startedAt);
		return {
			startedAt,
			startedAtEpoch,
			endedAt,
			planned,
			answers,
			inFlight
		};
	}
	if (signal.aborted) {
		arrivalsEndedMs = -1;
		stopInBackground();
	} else {
		signal.addEventListener("abort", stopInBackground, { once: true });
		pool.warm(Math.min(warmConnections, Math.ceil(ratePerSecond / 2)));
		tick();
	}
	return {
		onAnswer(listener) {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
		stop: stopOnce,
		tally
	};
};
/** Enough that no arrival ever waits for another while each ends within the timeout, unless descriptors forbid it. */
function keptCap({ ratePerSecond, timeoutMs }) {
	return Math.min(maxKeptConnections, Math.ceil(ratePerSecond / 2 * (timeoutMs / 1e3)) + warmConnections + 4);
}
/** An edge that turns the prober itself away says nothing about the release. */
function classOfStatus(status) {
	return status === 403 || status === 429 ? "own-side" : "status";
}

// src/load/bins.ts
const finestMs = 100;
const coarser = [
	100,
	200,
	500,
	1e3,
	2e3,
	5e3,
	1e4,
	3e4,
	6e4
];
/** The finest step that needs at most 600 bins. */
function binWidth(durationMs) {
	const needed = durationMs / 599;
	return coarser.find((step) => step >= needed) ?? Math.ceil(needed / 6e4) * 6e4;
}
/** Counts requests by when they ended. Each is counted once: under `failed`, or under the role that answered. */
function binAnswers(answers, roleOf, startedAt, durationMs) {
	const binMs = Math.max(finestMs, binWidth(durationMs));
	const counts = Array.from({ length: Math.floor(durationMs / binMs) + 1 }, (_, index) => ({
		offsetMs: index * binMs,
		stable: 0,
		candidate: 0,
		unknown: 0,
		failed: 0
	}));
	for (const answer of answers) {
		const index = Math.floor((answer.doneAt - startedAt) / binMs);
		const bin = counts[Math.min(Math.max(0, index), counts.length - 1)];
		if (bin !== void 0) bin[answer.class === "ok" ? roleOf(answer.version) : "failed"] += 1;
	}
	return {
		bins: counts,
		binMs
	};
}

// src/load/quantile.ts
/** The smallest value that at least the share `q` of all values does not exceed (nearest rank). NaN of none. */
function quantile(sorted, q) {
	return sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)] ?? NaN;
}
function sortNumbers(values) {
	return Float64Array.from(values).sort();
}

// src/load/summarise.ts
const maxFailures = 100;
/**
* Makes the evidence of a prober's tally. Pure. Every request is counted once in `byClass` and once in `bins`; `failed`
* counts all that are not `ok`. In `byVersion`, `answers` are the requests that brought a status, failed ones included.
*/
function summariseTraffic(tally, facts) {
	const answers = tally.answers.map((answer) => judgeVersion(answer, facts)).sort((a, b) => a.doneAt - b.doneAt);
	const instant = (at) => (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.v)(tally.startedAtEpoch + (at - tally.startedAt));
	const failing = answers.filter(({ class: ended }) => ended !== "ok").map((answer) => ({
		answer,
		attribution: attribute(answer, facts)
	}));
	const endedAt = tally.endedAt ?? answers.at(-1)?.doneAt ?? tally.startedAt;
	const durationMs = Math.max(0, endedAt - tally.startedAt);
	const latencies = sortNumbers(answers.filter((a) => a.class === "ok").map((a) => a.doneAt - a.plannedAt));
	const lags = sortNumbers(answers.map((a) => Math.max(0, a.sentAt - a.plannedAt)));
	return {
		url: facts.url,
		host: facts.host,
		from: facts.from,
		versionSource: describeVersionSource(facts.versionSource),
		ratePerSecond: facts.ratePerSecond,
		startedAt: (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.v)(tally.startedAtEpoch),
		durationMs,
		planned: tally.planned,
		failed: failing.length,
		byClass: countBy(answers.map((answer) => answer.class)),
		byAttribution: countBy(failing.map(({ attribution }) => attribution)),
		byVersion: summariseVersions(answers, facts.roleOf, instant),
		cutoverMs: measureCutover(answers, facts.roleOf),
		bound95: failing.length === 0 && answers.length > 0 ? Math.min(1, 3 / answers.length) : null,
		lagP99Ms: lags.length === 0 ? 0 : quantile(lags, .99),
		latencyMs: latencies.length === 0 ? null : {
			p50: quantile(latencies, .5),
			p99: quantile(latencies, .99),
			max: quantile(latencies, 1)
		},
		...binAnswers(answers, facts.roleOf, tally.startedAt, durationMs),
		failures: pickFailures(failing).map(({ answer, attribution }) => ({
			id: answer.id,
			at: instant(answer.doneAt),
			population: answer.population,
			class: answer.class,
			status: answer.status,
			version: answer.version,
			attribution,
			detail: answer.detail
		}))
	};
}
/**
* First answer of the candidate to last answer of the stable version, 0 when they did not overlap.
* Null when one of them was not seen, or when the stable version still answered last: the traffic did not move over.
*/
function measureCutover(answers, roleOf) {
	const doneAt = (role) => answers.filter(({ version }) => roleOf(version) === role).map((answer) => answer.doneAt);
	const candidate = sortNumbers(doneAt("candidate"));
	const stable = sortNumbers(doneAt("stable"));
	const [first, lastCandidate, lastStable] = [
		candidate[0],
		candidate.at(-1),
		stable.at(-1)
	];
	if (first === void 0 || lastCandidate === void 0 || lastStable === void 0) return null;
	return lastStable > lastCandidate ? null : Math.max(0, lastStable - first);
}
function summariseVersions(answers, roleOf, instant) {
	const groups = /* @__PURE__ */ new Map();
	for (const answer of answers) {
		const key = JSON.stringify([answer.version, answer.population]);
		const group = groups.get(key);
		if (group === void 0) groups.set(key, [answer]);
		else group.push(answer);
	}
	return [...groups.values()].flatMap((group) => {
		const [first, last] = [group[0], group.at(-1)];
		if (first === void 0 || last === void 0) return [];
		return {
			version: first.version,
			role: roleOf(first.version),
			population: first.population,
			answers: group.filter((answer) => answer.status !== null).length,
			failed: group.filter((answer) => answer.class !== "ok").length,
			firstAt: instant(first.doneAt),
			lastAt: instant(last.doneAt)
		};
	});
}
/** The first hundred, in order of time; those that count against the release are kept before all others. */
function pickFailures(failing) {
	const counts = ({ attribution }) => attribution === "candidate" || attribution === "switch";
	return [...failing.filter(counts), ...failing.filter((one) => !counts(one))].slice(0, maxFailures).sort((a, b) => a.answer.doneAt - b.answer.doneAt);
}
function countBy(keys) {
	const counts = {};
	for (const key of keys) counts[key] = (counts[key] ?? 0) + 1;
	return counts;
}

// src/commands/probe-target.ts
/** The real entry point: as given, or found from the route and the address of its Gateway. */
async function findProbeTarget(inputs, route, cluster) {
	const hostname = publicName(route);
	if (inputs.probeUrl !== void 0) {
		const url = new URL(inputs.probeUrl);
		const isAddress = (0,node_net__WEBPACK_IMPORTED_MODULE_5__.isIP)(url.hostname.replace(/^\[|\]$/g, "")) !== 0;
		return {
			url,
			host: inputs.probeHost ?? (isAddress ? hostname : void 0)
		};
	}
	const url = route === void 0 ? void 0 : await gatewayUrl(route, cluster);
	if (url !== void 0) return {
		url,
		host: hostname
	};
	throw new _base_mjs__WEBPACK_IMPORTED_MODULE_0__.m("Usage", "The address of the entry point is not known, so lost requests could not be counted", { remedy: "Give `probe-url` (how callers reach the app), or accept with `probe-from: none` that loss is not measured. It is found by itself only when the Gateway of the route publishes an address." });
}
/** First hostname of a route; one with a wildcard stands for any name below it. */
function publicName(route) {
	const name = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(route, "spec", "hostnames", 0);
	return typeof name === "string" ? name.replace(/^\*/, "streamgate-probe") : void 0;
}
async function gatewayUrl(route, cluster) {
	const parent = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(route, "spec", "parentRefs", 0);
	const name = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(parent, "name");
	if (typeof name !== "string") return void 0;
	const ref = {
		apiVersion: "gateway.networking.k8s.io/v1",
		kind: "Gateway",
		namespace: String((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(parent, "namespace") ?? route.metadata.namespace ?? ""),
		name
	};
	const gateway = await cluster.get(ref);
	const address = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(gateway, "status", "addresses", 0, "value");
	const listeners = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(gateway, "spec", "listeners");
	if (typeof address !== "string" || !Array.isArray(listeners)) return void 0;
	const wanted = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(parent, "sectionName");
	const listener = listeners.find((entry) => wanted === void 0 || (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(entry, "name") === wanted);
	const scheme = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(listener, "protocol") === "HTTPS" ? "https" : "http";
	const authority = (0,node_net__WEBPACK_IMPORTED_MODULE_5__.isIP)(address) === 6 ? `[${address}]` : address;
	return new URL(`${scheme}://${authority}:${String((0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(listener, "port"))}${firstPath(route)}`);
}
function firstPath(route) {
	const match = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(route, "spec", "rules", 0, "matches", 0, "path");
	const value = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(match, "value");
	return typeof value === "string" && (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.o)(match, "type") !== "RegularExpression" ? value : "/";
}

// src/commands/tell-evidence.ts
/** Makes the evidence of what a run found out. */
async function tellEvidence(result, telling) {
	const { host, began, cluster, command, traffic, next } = telling;
	const durationMs = host.clock.monotonic() - began;
	return (0,_evidence_mjs__WEBPACK_IMPORTED_MODULE_3__.n)({
		command,
		verdict: result.verdict,
		outcome: result.outcome,
		reason: result.reason,
		startedAt: (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.v)(host.clock.now() - durationMs),
		durationMs,
		run: host.run,
		release: result.release,
		steps: result.steps,
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
			platform: `${process.platform} ${process.arch} ${(0,node_os__WEBPACK_IMPORTED_MODULE_8__.release)()}`
		}
	});
}

// src/commands/watch-traffic.ts
const requestTimeoutMs = 1e4;
const baselineMs = 1e3;
const baselineAnswers = 10;
const baselinePatienceMs = 3e4;
const leastRequests = 10;
/** How long the last requests that are needed for a verdict are waited for. */
const lastAnswersMs = 5e3;
const firstAnswersInARow = 3;
function watchTraffic(options) {
	const { clock, log, startProber, target, ratePerSecond } = options;
	const stop = new AbortController();
	const listeners = /* @__PURE__ */ new Set();
	let versions = {
		stable: [],
		candidate: []
	};
	let prober;
	let switchedAt = null;
	const probe = (suffix) => startProber({
		url: target.url,
		host: target.host,
		ratePerSecond,
		timeoutMs: requestTimeoutMs,
		version: options.version,
		runId: `${options.runId}${suffix}`,
		clock,
		log,
		signal: stop.signal,
		maxDurationMs: options.maxDurationMs
	});
	const tellsApart = () => versions.candidate.length > 0 && !versions.candidate.some((version) => versions.stable.includes(version));
	function roleOf(version) {
		if (version === null || !tellsApart()) return "unknown";
		if (versions.candidate.includes(version)) return "candidate";
		return versions.stable.includes(version) ? "stable" : "unknown";
	}
	const view = () => ({
		roleOf,
		sidesKnown: tellsApart() && versions.stable.length > 0,
		switchedAt
	});
	function see(answer) {
		const judged = judgeVersion(answer, view());
		return {
			sentAt: judged.sentAt,
			doneAt: judged.doneAt,
			role: roleOf(judged.version),
			ok: judged.class === "ok",
			ownSide: judged.class === "own-side",
			quote: judged.class === "ok" ? "" : quoteFailure(judged)
		};
	}
	/** An entry point that is just being opened answers 404 or not at all for a moment: that is no loss. */
	async function firstAnswers(deadline) {
		const scout = probe("-first");
		let inARow = 0;
		let last = "no answer";
		scout.onAnswer((answer) => {
			inARow = answer.class === "ok" ? inARow + 1 : 0;
			if (answer.class !== "ok") last = quoteFailure(answer);
		});
		try {
			while (inARow < firstAnswersInARow) await clock.sleep(20, deadline.signal);
		} catch (thrown) {
			if (!(thrown instanceof _base_mjs__WEBPACK_IMPORTED_MODULE_0__.m) || thrown.code !== "Timeout") throw thrown;
			throw new _base_mjs__WEBPACK_IMPORTED_MODULE_0__.m("Timeout", `${thrown.message}; last seen: ${last}`, {
				cause: thrown,
				remedy: `Check that ${target.url.href} leads to this app through its route.`
			});
		} finally {
			await scout.stop();
		}
	}
	const witness = {
		get tellsApart() {
			return tellsApart();
		},
		async start(known, firstAnswerBy) {
			versions = known;
			if (prober !== void 0) return;
			if (firstAnswerBy !== void 0) await firstAnswers(firstAnswerBy);
			prober = probe("");
			prober.onAnswer((answer) => {
				const sighting = see(answer);
				for (const listener of listeners) listener(sighting);
			});
		},
		switchBegins() {
			switchedAt ??= clock.monotonic();
		},
		onSighting(listener) {
			listeners.add(listener);
			return () => listeners.delete(listener);
		}
	};
	function summarise(tally) {
		return summariseTraffic(tally, {
			...view(),
			url: target.url.href,
			host: target.host ?? null,
			from: "runner",
			versionSource: options.version,
			ratePerSecond
		});
	}
	/** In the middle of it, requests that have not ended are neither lost nor answered: only the end can count them. */
	function summariseSoFar(running) {
		const tally = running.tally();
		return summarise({
			...tally,
			planned: tally.answers.length
		});
	}
	const judge = (traffic) => judgeTraffic(traffic, {
		tolerance: options.tolerance,
		minRequests: leastRequests
	});
	return {
		witness,
		baseline: gate("baseline", clock, async (deadline) => {
			const giveUpAt = clock.monotonic() + baselinePatienceMs;
			const began = clock.monotonic();
			const enough = () => (prober?.tally().answers.length ?? 0) >= baselineAnswers && clock.monotonic() - began >= baselineMs;
			while (!enough() && clock.monotonic() < giveUpAt) await clock.sleep(50, deadline.signal);
			return judgeBaseline((prober?.tally().answers ?? []).map((answer) => judgeVersion(answer, view())));
		}),
		traffic: gate("traffic", clock, async (deadline) => {
			const giveUpAt = clock.monotonic() + lastAnswersMs;
			const few = () => (prober?.tally().answers.length ?? 0) < leastRequests;
			while (few() && clock.monotonic() < giveUpAt) await clock.sleep(50, deadline.signal);
			if (prober === void 0) return {
				verdict: "invalid",
				reason: "no traffic was watched"
			};
			return judge(summariseSoFar(prober));
		}),
		async conclude() {
			await prober?.stop();
			stop.abort();
			if (prober === void 0) return null;
			const traffic = summarise(prober.tally());
			return {
				traffic,
				judgement: judge(traffic)
			};
		}
	};
}
function gate(name, clock, decide) {
	return {
		name,
		async check(_witness, deadline) {
			const [startedAt, began] = [(0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.v)(clock.now()), clock.monotonic()];
			return {
				gate: name,
				...await decide(deadline),
				observations: [],
				startedAt,
				durationMs: clock.monotonic() - began
			};
		}
	};
}

// src/commands/run-release.ts
function versionSource({ versionHeader, versionJsonpath }) {
	return versionJsonpath === void 0 ? {
		kind: "header",
		name: versionHeader
	} : {
		kind: "jsonpath",
		path: versionJsonpath
	};
}
/** Runs a release from its inputs to its published evidence. Refusals are reported like every other end. */
async function runRelease(options) {
	const { command, host, inputs } = options;
	const began = host.clock.monotonic();
	let cluster;
	let watched;
	const run = async () => {
		cluster = await connectCluster(inputs, host);
		const connected = cluster;
		const request = requestOf(options, connected, async (names) => {
			watched = await watchFor(options, connected, names);
			return watched ?? null;
		});
		return options.execute(request, connected);
	};
	const ended = await run().catch((thrown) => {
		const error = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_0__.g)(thrown);
		if (error.code === "Usage" || error.code === "Internal") throw error;
		return refusal(error);
	});
	const concluded = await watched?.conclude() ?? null;
	const result = withFinalTraffic(ended, concluded);
	const next = nextCommand(result, inputs);
	const traffic = concluded?.traffic ?? null;
	const evidence = await tellEvidence(result, {
		command,
		host,
		began,
		cluster,
		traffic,
		next
	});
	const paths = await host.publish(evidence);
	return {
		result,
		verdict: result.verdict,
		traffic,
		evidence,
		...paths,
		durationMs: evidence.durationMs
	};
}
function requestOf(options, cluster, watch) {
	const { host, inputs } = options;
	const path = inputs.probeUrl === void 0 ? "/" : pathOf(inputs.probeUrl);
	return {
		cluster,
		clock: host.clock,
		log: host.log,
		signal: host.signal,
		namespace: inputs.namespace,
		app: inputs.app,
		run: host.run,
		process: processOf(host),
		settings: {
			progressDeadlineMs: inputs.progressDeadline,
			observeMs: options.observeMs,
			rollbackWindowMs: options.rollbackWindowMs
		},
		lockTimeoutMs: inputs.lockTimeout,
		leaseMs: inputs.leaseDuration,
		budgetMs: options.budgetMs,
		tolerance: options.tolerance,
		listener: listenerOf(host),
		gates: [],
		watch,
		identify: identifyPods(cluster, inputs.namespace, path, versionSource(inputs), host.clock)
	};
}
function pathOf(text) {
	const { pathname, search } = new URL(text);
	return pathname + search;
}
function listenerOf({ progress }) {
	return {
		plan: (steps) => progress.plan(steps),
		begin: ({ id }) => progress.begin(id),
		end: ({ id }, outcome, detail) => progress.end(id, outcome, detail)
	};
}
async function watchFor(options, cluster, names) {
	const { host, inputs } = options;
	if (inputs.probeFrom === "none" || options.planOnly) return void 0;
	const [first] = names.routes;
	const given = options.routes().find(({ metadata }) => metadata.name === first);
	const ref = {
		apiVersion: "gateway.networking.k8s.io/v1",
		kind: "HTTPRoute",
		namespace: names.namespace,
		name: first ?? ""
	};
	const route = given ?? (first === void 0 ? void 0 : await cluster.get(ref));
	return watchTraffic({
		startProber,
		target: await findProbeTarget(inputs, route, cluster),
		ratePerSecond: inputs.probeRate,
		version: versionSource(inputs),
		tolerance: options.tolerance,
		maxDurationMs: options.watchMs,
		runId: `${inputs.app}-${host.run.runId || "local"}-${Math.floor(host.clock.now()).toString(36)}`,
		clock: host.clock,
		log: host.log
	});
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
function rollbackCommand({ app, namespace }) {
	return `streamgate rollback ${app} --namespace ${namespace}`;
}
function nextCommand(result, inputs) {
	if (result.outcome === "Parked") return `streamgate bluegreen-deploy ${inputs.app} --namespace ${inputs.namespace} --until promoted …`;
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



/***/ })

};
