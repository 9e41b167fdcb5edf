export const id = 698;
export const ids = [698];
export const modules = {

/***/ 7698:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   createSandbox: () => (/* binding */ createSandbox)
/* harmony export */ });
/* harmony import */ var _rolldown_runtime_mjs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8907);
/* harmony import */ var _base_mjs__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5455);
/* harmony import */ var _dist_mjs__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(2949);
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(7598);
/* harmony import */ var node_http__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(7067);
/* harmony import */ var node_https__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(4708);
/* harmony import */ var node_net__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(7030);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(3024);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(6760);
/* harmony import */ var node_url__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(3136);
/* harmony import */ var node_child_process__WEBPACK_IMPORTED_MODULE_10__ = __webpack_require__(1421);












// src/sandbox/api-error.ts
const codes = {
	BadRequest: 400,
	Unauthorized: 401,
	Forbidden: 403,
	NotFound: 404,
	MethodNotAllowed: 405,
	NotAcceptable: 406,
	AlreadyExists: 409,
	Conflict: 409,
	Expired: 410,
	UnsupportedMediaType: 415,
	Invalid: 422,
	TooManyRequests: 429,
	InternalError: 500,
	NotImplemented: 501,
	ServiceUnavailable: 503
};
/** A request that the API refuses; it becomes the Status body of the answer. */
var ApiError = class extends Error {
	name = "ApiError";
	/** Undefined for what the server has no answer of its own for: a plain 500. */
	reason;
	code;
	details;
	constructor(reason, message, details) {
		super(message);
		this.reason = reason;
		this.code = reason === void 0 ? codes.InternalError : codes[reason];
		this.details = details;
	}
	toStatus() {
		return {
			kind: "Status",
			apiVersion: "v1",
			metadata: {},
			status: "Failure",
			message: this.message,
			...this.reason && { reason: this.reason },
			...this.details && { details: this.details },
			code: this.code
		};
	}
};
function notFound(subject, name) {
	return new ApiError("NotFound", `${qualified(subject)} "${name}" not found`, detailsOf(subject, name));
}
function alreadyExists(subject, name) {
	return new ApiError("AlreadyExists", `${qualified(subject)} "${name}" already exists`, detailsOf(subject, name));
}
function conflict(subject, name, why) {
	return new ApiError("Conflict", `Operation cannot be fulfilled on ${qualified(subject)} "${name}": ${why}`, detailsOf(subject, name));
}
/** 422 with every wrong field. */
function invalid(type, name, errors) {
	const kind = type.group ? `${type.kind}.${type.group}` : type.kind;
	const lines = errors.map((error) => `${error.field}: ${error.message}`);
	const text = lines.length === 1 ? lines[0] : `[${lines.join(", ")}]`;
	return new ApiError("Invalid", `${kind} "${name}" is invalid: ${text}`, {
		...name && { name },
		...type.group && { group: type.group },
		...type.kind && { kind: type.kind },
		causes: errors.map(({ reason, field, message }) => ({
			reason,
			message,
			field
		}))
	});
}
function qualified({ group, resource }) {
	return group ? `${resource}.${group}` : resource;
}
function detailsOf({ group, resource }, name) {
	return {
		name,
		...group && { group },
		kind: resource
	};
}

// src/sandbox/resources.ts
/**
* Every kind that is known from the start, by its plural name: `apiVersion Kind`, then `cluster` when it has no
* namespace, its subresources, and its short names behind colons.
*/
const rows = {
	namespaces: "v1 Namespace cluster status :ns",
	nodes: "v1 Node cluster status :no",
	pods: "v1 Pod status log portforward eviction :po",
	services: "v1 Service status :svc",
	configmaps: "v1 ConfigMap :cm",
	secrets: "v1 Secret",
	serviceaccounts: "v1 ServiceAccount :sa",
	events: "v1 Event :ev",
	persistentvolumeclaims: "v1 PersistentVolumeClaim status :pvc",
	resourcequotas: "v1 ResourceQuota status :quota",
	limitranges: "v1 LimitRange :limits",
	deployments: "apps/v1 Deployment status scale :deploy",
	replicasets: "apps/v1 ReplicaSet status scale :rs",
	statefulsets: "apps/v1 StatefulSet status scale :sts",
	daemonsets: "apps/v1 DaemonSet status :ds",
	controllerrevisions: "apps/v1 ControllerRevision",
	jobs: "batch/v1 Job status",
	cronjobs: "batch/v1 CronJob status :cj",
	horizontalpodautoscalers: "autoscaling/v2 HorizontalPodAutoscaler status :hpa",
	poddisruptionbudgets: "policy/v1 PodDisruptionBudget status :pdb",
	networkpolicies: "networking.k8s.io/v1 NetworkPolicy :netpol",
	ingressclasses: "networking.k8s.io/v1 IngressClass cluster",
	ingresses: "networking.k8s.io/v1 Ingress status :ing",
	endpointslices: "discovery.k8s.io/v1 EndpointSlice",
	leases: "coordination.k8s.io/v1 Lease",
	roles: "rbac.authorization.k8s.io/v1 Role",
	rolebindings: "rbac.authorization.k8s.io/v1 RoleBinding",
	clusterroles: "rbac.authorization.k8s.io/v1 ClusterRole cluster",
	clusterrolebindings: "rbac.authorization.k8s.io/v1 ClusterRoleBinding cluster",
	apiservices: "apiregistration.k8s.io/v1 APIService cluster status",
	validatingwebhookconfigurations: "admissionregistration.k8s.io/v1 ValidatingWebhookConfiguration cluster",
	mutatingwebhookconfigurations: "admissionregistration.k8s.io/v1 MutatingWebhookConfiguration cluster",
	priorityclasses: "scheduling.k8s.io/v1 PriorityClass cluster :pc",
	storageclasses: "storage.k8s.io/v1 StorageClass cluster :sc",
	persistentvolumes: "v1 PersistentVolume cluster status :pv",
	gatewayclasses: "gateway.networking.k8s.io/v1 GatewayClass cluster status :gc",
	gateways: "gateway.networking.k8s.io/v1 Gateway status :gtw",
	httproutes: "gateway.networking.k8s.io/v1 HTTPRoute status",
	referencegrants: "gateway.networking.k8s.io/v1beta1 ReferenceGrant :refgrant",
	customresourcedefinitions: "apiextensions.k8s.io/v1 CustomResourceDefinition cluster status :crd :crds"
};
function readRow(resource, row) {
	const [apiVersion = "", kind = "", ...words] = row.split(" ");
	const shortNames = words.filter((word) => word.startsWith(":")).map((word) => word.slice(1));
	return {
		...splitApiVersion(apiVersion),
		resource,
		kind,
		namespaced: !words.includes("cluster"),
		subresources: words.filter((word) => word !== "cluster" && !word.startsWith(":")),
		...shortNames.length === 0 ? {} : { shortNames }
	};
}
const resources = Object.fromEntries(Object.entries(rows).map(([resource, row]) => [resource, readRow(resource, row)]));
/** The same objects seen through another version of their group. */
const otherVersions = [
	{
		...resources.horizontalpodautoscalers,
		version: "v1"
	},
	{
		...resources.httproutes,
		version: "v1beta1"
	},
	{
		...resources.gateways,
		version: "v1beta1"
	},
	{
		...resources.gatewayclasses,
		version: "v1beta1"
	},
	{
		...resources.referencegrants,
		version: "v1"
	},
	{
		...resources.events,
		group: "events.k8s.io",
		version: "v1"
	}
];
function createCatalog() {
	const builtIn = [...Object.values(resources), ...otherVersions];
	let learned = [];
	const all = () => [...builtIn, ...learned];
	const find = (group, version, resource) => all().find((type) => type.group === group && type.version === version && type.resource === resource);
	return {
		all,
		find,
		findKind(apiVersion, kind) {
			const { group, version } = splitApiVersion(apiVersion);
			const matching = all().filter((type) => type.group === group && type.kind === kind);
			return matching.find((type) => type.version === version) ?? matching[0];
		},
		learn(type) {
			if (find(type.group, type.version, type.resource) === void 0) learned = [...learned, type];
		}
	};
}
function apiVersionOf(type) {
	return type.group ? `${type.group}/${type.version}` : type.version;
}
function splitApiVersion(apiVersion) {
	const slash = apiVersion.indexOf("/");
	if (slash < 0) return {
		group: "",
		version: apiVersion
	};
	return {
		group: apiVersion.slice(0, slash),
		version: apiVersion.slice(slash + 1)
	};
}
/** Where objects of a type are stored: versions of a kind, and both groups of events, share one place. */
function storageKey(type) {
	return `${type.group === "events.k8s.io" ? "" : type.group}/${type.resource}`;
}

// src/sandbox/store-memory.ts
/** What a client knows of before is from another server: as on a real one, nobody knows any more what changed since. */
const firstVersion = 100;
/** Groups whose kinds count no generations in Kubernetes. */
const groupsWithoutGeneration = /* @__PURE__ */ new Set([
	"",
	"discovery.k8s.io",
	"events.k8s.io",
	"coordination.k8s.io",
	"autoscaling"
]);
/**
* A store in memory. What goes in is copied, what comes out is frozen: nobody can change an object behind the store's
* back. Listeners are called in the order of the changes, also when a listener itself writes.
*/
function createStore(clock, limits = {}) {
	const historyLimit = limits.history ?? 2e3;
	const shelves = /* @__PURE__ */ new Map();
	const pending = [];
	let delivering = false;
	let lastVersion = firstVersion;
	function shelfOf(type) {
		const key = storageKey(type);
		const shelf = shelves.get(key) ?? {
			objects: /* @__PURE__ */ new Map(),
			listeners: /* @__PURE__ */ new Set(),
			history: [],
			forgottenUpTo: firstVersion
		};
		shelves.set(key, shelf);
		return shelf;
	}
	function record(shelf, event) {
		shelf.history.push(event);
		if (shelf.history.length > historyLimit) shelf.forgottenUpTo = versionOf(shelf.history.splice(0, shelf.history.length - historyLimit).at(-1)) ?? shelf.forgottenUpTo;
		pending.push({
			shelf,
			event
		});
		if (!delivering) deliver();
	}
	function deliver() {
		const errors = [];
		delivering = true;
		for (let next = pending.shift(); next !== void 0; next = pending.shift()) for (const listener of [...next.shelf.listeners]) try {
			listener(next.event);
		} catch (error) {
			errors.push(error);
		}
		delivering = false;
		if (errors.length > 0) throw errors[0];
	}
	return {
		get: (type, namespace, name) => shelfOf(type).objects.get(keyOf$1(namespace, name)),
		list(type, namespace) {
			const objects = [...shelfOf(type).objects.values()];
			return (namespace ? objects.filter((object) => object.metadata.namespace === namespace) : objects).sort((a, b) => sortKey(a) < sortKey(b) ? -1 : 1);
		},
		create(type, object) {
			const shelf = shelfOf(type);
			const { name, namespace = "" } = object.metadata;
			if (shelf.objects.has(keyOf$1(namespace, name))) throw alreadyExists(type, name);
			const created = freeze({
				...object,
				metadata: {
					...object.metadata,
					uid: object.metadata.uid || (0,node_crypto__WEBPACK_IMPORTED_MODULE_3__.randomUUID)(),
					resourceVersion: String(++lastVersion),
					creationTimestamp: toSeconds(clock),
					...countsGenerations(type) && object.spec !== void 0 && { generation: 1 }
				}
			});
			shelf.objects.set(keyOf$1(namespace, name), created);
			record(shelf, {
				type: "ADDED",
				object: created,
				previous: void 0
			});
			return created;
		},
		update(type, namespace, name, change) {
			const shelf = shelfOf(type);
			const current = shelf.objects.get(keyOf$1(namespace, name));
			if (current === void 0) throw notFound(type, name);
			const changed = change(current);
			if (changed === void 0 || changed === current) return current;
			const { uid, resourceVersion, creationTimestamp } = current.metadata;
			const candidate = {
				...changed,
				metadata: {
					...changed.metadata,
					uid,
					resourceVersion,
					creationTimestamp
				}
			};
			if ((0,_base_mjs__WEBPACK_IMPORTED_MODULE_1__.l)(candidate, current)) return current;
			const specChanged = countsGenerations(type) && !(0,_base_mjs__WEBPACK_IMPORTED_MODULE_1__.l)(candidate.spec, current.spec);
			const updated = freeze({
				...candidate,
				metadata: {
					...candidate.metadata,
					resourceVersion: String(++lastVersion),
					...specChanged && { generation: (current.metadata.generation ?? 0) + 1 }
				}
			});
			shelf.objects.set(keyOf$1(namespace, name), updated);
			record(shelf, {
				type: "MODIFIED",
				object: updated,
				previous: current
			});
			return updated;
		},
		remove(type, namespace, name) {
			const shelf = shelfOf(type);
			const current = shelf.objects.get(keyOf$1(namespace, name));
			if (current === void 0) return;
			shelf.objects.delete(keyOf$1(namespace, name));
			const metadata = {
				...current.metadata,
				resourceVersion: String(++lastVersion)
			};
			record(shelf, {
				type: "DELETED",
				object: freeze({
					...current,
					metadata
				}),
				previous: current
			});
		},
		get resourceVersion() {
			return lastVersion;
		},
		subscribe(type, listener) {
			const { listeners } = shelfOf(type);
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
		changesSince(type, resourceVersion) {
			const shelf = shelfOf(type);
			if (resourceVersion < shelf.forgottenUpTo) return void 0;
			return shelf.history.filter((event) => (versionOf(event) ?? 0) > resourceVersion);
		}
	};
}
/** Kubernetes' `Time`: whole seconds. */
function toSeconds(clock) {
	return new Date(clock.now()).toISOString().replace(/\.\d{3}Z$/, "Z");
}
/** Whether the kind numbers the changes of its spec. */
function countsGenerations(type) {
	return type.kind === "Pod" || !groupsWithoutGeneration.has(type.group);
}
function keyOf$1(namespace, name) {
	return `${namespace}/${name}`;
}
function sortKey({ metadata }) {
	return `${metadata.namespace ?? ""}/${metadata.name}`;
}
function versionOf(event) {
	return event === void 0 ? void 0 : Number(event.object.metadata.resourceVersion);
}
/** A deep copy without undefined fields that nobody can change. Parts that are frozen already are shared. */
function freeze(value) {
	if (typeof value !== "object" || value === null || frozen.has(value)) return value;
	const copy = Array.isArray(value) ? value.map((item) => freeze(item)) : Object.fromEntries(Object.entries(value).filter(([, field]) => field !== void 0).map(([key, field]) => [key, freeze(field)]));
	Object.freeze(copy);
	frozen.add(copy);
	return copy;
}
const frozen = /* @__PURE__ */ new WeakSet();

// src/sandbox/api/field-errors.ts
function required(field, why = "") {
	return {
		reason: "FieldValueRequired",
		field,
		message: why ? `Required value: ${why}` : "Required value"
	};
}
function wrong(field, value, why) {
	return {
		reason: "FieldValueInvalid",
		field,
		message: `Invalid value: ${show(value)}: ${why}`
	};
}
/** As definitions of custom kinds word it, for a value of another type. */
function mistyped(field, value, type) {
	const found = show(typeof value);
	return {
		reason: "FieldValueTypeInvalid",
		field,
		message: `Invalid value: ${found}: ${field} in body must be of type ${type}: ${found}`
	};
}
function forbidden(field, why) {
	return {
		reason: "FieldValueForbidden",
		field,
		message: `Forbidden: ${why}`
	};
}
function unsupported(field, value, allowed) {
	const list = allowed.map((choice) => JSON.stringify(choice)).join(", ");
	return {
		reason: "FieldValueNotSupported",
		field,
		message: `Unsupported value: ${show(value)}: supported values: ${list}`
	};
}
function missing$1(field, value) {
	return {
		reason: "FieldValueNotFound",
		field,
		message: `Not found: ${show(value)}`
	};
}
function duplicate(field, value) {
	return {
		reason: "FieldValueDuplicate",
		field,
		message: `Duplicate value: ${show(value)}`
	};
}
function tooLong(field, limit, unit = "bytes") {
	return {
		reason: "FieldValueTooLong",
		field,
		message: `Too long: may not be more than ${limit} ${unit}`
	};
}
function show(value) {
	return JSON.stringify(value) ?? "null";
}

// src/sandbox/api/autoscaler-view.ts
const prefix = "autoscaling.alpha.kubernetes.io/";
const isV1 = (type) => type.kind === "HorizontalPodAutoscaler" && type.version === "v1";
/**
* An autoscaler as autoscaling/v1 has it: only the target of processor use has a field, everything else is JSON in
* annotations. Stored is the v2 form.
*/
function autoscalerView(type, object) {
	if (!isV1(type)) return object;
	const { metrics = [], behavior, ...spec } = object.spec ?? {};
	const { conditions = [], currentMetrics: _metrics, ...status } = object.status ?? {};
	const list = metrics;
	const cpu = list.find(isCpu);
	const extras = {
		...notes("metrics", list.filter((metric) => !isCpu(metric)).map(metricOfV1)),
		...notes("conditions", conditions),
		...behavior !== void 0 && { [`${prefix}behavior`]: JSON.stringify(behavior) }
	};
	const annotations = {
		...object.metadata.annotations,
		...extras
	};
	return {
		...object,
		metadata: {
			...object.metadata,
			...Object.keys(annotations).length > 0 && { annotations }
		},
		spec: {
			...spec,
			...cpu && { targetCPUUtilizationPercentage: cpu.resource.target.averageUtilization }
		},
		status: {
			currentReplicas: 0,
			desiredReplicas: 0,
			...status
		}
	};
}
/** An autoscaler of v1 as v2 stores it. */
function autoscalerToStore(type, object) {
	if (!isV1(type) || object.spec === void 0) return object;
	const { targetCPUUtilizationPercentage, ...spec } = object.spec;
	if (Object.keys(object.metadata.annotations ?? {}).some((name) => name === `${prefix}metrics` || name === `${prefix}behavior`)) throw new ApiError("NotImplemented", `the sandbox does not write metrics or behavior of an autoscaler through autoscaling/v1: use autoscaling/v2`);
	const metrics = [{
		type: "Resource",
		resource: {
			name: "cpu",
			target: {
				type: "Utilization",
				averageUtilization: targetCPUUtilizationPercentage
			}
		}
	}];
	const apiVersion = "autoscaling/v2";
	return {
		...object,
		apiVersion,
		spec: {
			...spec,
			...targetCPUUtilizationPercentage !== void 0 && { metrics }
		}
	};
}
function notes(name, list) {
	return list.length === 0 ? {} : { [`${prefix}${name}`]: JSON.stringify(list) };
}
function isCpu({ type, resource }) {
	return type === "Resource" && resource?.name === "cpu" && resource.target?.averageUtilization !== void 0;
}
function metricOfV1({ type, resource }) {
	if (type !== "Resource") throw new ApiError("NotImplemented", `the sandbox does not show ${type} metrics as autoscaling/v1`);
	const { name, target } = resource;
	return {
		type,
		resource: {
			name,
			...target.averageUtilization !== void 0 && { targetAverageUtilization: target.averageUtilization },
			...target.averageValue !== void 0 && { targetAverageValue: target.averageValue }
		}
	};
}

// src/sandbox/api/event-view.ts
/** Core v1 Events and those of events.k8s.io are the same objects under other names. */
const names = [
	["involvedObject", "regarding"],
	["message", "note"],
	["source", "deprecatedSource"],
	["firstTimestamp", "deprecatedFirstTimestamp"],
	["lastTimestamp", "deprecatedLastTimestamp"],
	["count", "deprecatedCount"],
	["reportingComponent", "reportingController"]
];
/** An event as the group of the request names its fields. */
function eventView(type, event) {
	return type.group === "events.k8s.io" ? rename(event, new Map(names)) : event;
}
/** An event of either group as core v1 stores it. */
function eventToStore(type, event) {
	if (type.group !== "events.k8s.io") return event;
	return rename(event, new Map(names.map(([core, renamed]) => [renamed, core])));
}
function rename(event, to) {
	const { apiVersion, kind, metadata, ...fields } = event;
	const renamed = Object.entries(fields).map(([field, value]) => [to.get(field) ?? field, value]);
	return {
		apiVersion,
		kind,
		metadata,
		...Object.fromEntries(renamed)
	};
}

// src/sandbox/api/context.ts
/** `verb` names the options in the error: `Create`, `Update`, `Patch`, `Delete`. */
function checkDryRun(query, verb) {
	const asked = query.getAll("dryRun");
	if (asked.every((value) => value === "All")) return;
	throw invalid({
		group: "meta.k8s.io",
		kind: `${verb}Options`
	}, "", [unsupported("dryRun", asked, ["All"])]);
}
function isDryRun(query) {
	return query.get("dryRun") === "All";
}
function hasStatus(type) {
	return type.subresources.includes("status");
}
/** The version in which objects are stored, whichever version a request speaks. */
function storageType(catalog, type) {
	return catalog.all().find((candidate) => storageKey(candidate) === storageKey(type)) ?? type;
}
/** An object as a request through `type` sees it. */
function viewOf(type, object) {
	const apiVersion = apiVersionOf(type);
	if (object.apiVersion === apiVersion) return object;
	return {
		...autoscalerView(type, eventView(type, object)),
		apiVersion
	};
}
/** An object of any version as it is stored. */
function toStored(type, object) {
	return autoscalerToStore(type, eventToStore(type, object));
}
/** Kinds that are defined by a CustomResourceDefinition on a real cluster, where some rules differ. */
function isCustom(type) {
	return type.group === "gateway.networking.k8s.io" || type.group.includes(".") && !type.group.endsWith(".k8s.io");
}

// src/sandbox/api/list-keys.ts
const inPodSpec = {
	containers: ["name"],
	initContainers: ["name"],
	ephemeralContainers: ["name"],
	env: ["name"],
	volumes: ["name"],
	volumeMounts: ["mountPath"],
	volumeDevices: ["devicePath"],
	imagePullSecrets: ["name"],
	hostAliases: ["ip"],
	topologySpreadConstraints: ["topologyKey", "whenUnsatisfiable"],
	claims: ["name"]
};
const kindsWithPods = /* @__PURE__ */ new Set([
	"Pod",
	"Deployment",
	"ReplicaSet",
	"StatefulSet",
	"DaemonSet",
	"Job",
	"CronJob"
]);
/** `path` are field names from the root, without the items of lists between them. */
function listKeys(type, path) {
	const [root, second] = path;
	const field = path.at(-1) ?? "";
	if (root === "metadata") return second === "ownerReferences" ? ["uid"] : second === "finalizers" ? "set" : void 0;
	if (field === "conditions" && root === "status" && path.length === 2) return ["type"];
	if (type.kind === "Service" && root === "spec" && second === "ports") return ["port", "protocol"];
	if (type.kind === "Gateway" && field === "listeners") return ["name"];
	if (type.kind === "ServiceAccount" && field === "secrets") return ["name"];
	if (!kindsWithPods.has(type.kind) || root !== "spec") return void 0;
	if (field === "ports" && path.at(-2)?.endsWith("ontainers")) return ["containerPort", "protocol"];
	return inPodSpec[field];
}
/** What an absent key field counts as. */
const keyDefaults = { protocol: "TCP" };
const atomicObjects = /* @__PURE__ */ new Set([
	"labelSelector",
	"namespaceSelector",
	"podSelector",
	"fieldRef",
	"resourceFieldRef",
	"configMapKeyRef",
	"secretKeyRef",
	"secretRef",
	"configMapRef",
	"claimRef",
	"involvedObject"
]);
/** Objects that are owned and replaced as a whole. */
function isAtomicObject(type, path) {
	const field = path.at(-1) ?? "";
	if (field === "selector") return path.length === 2 && path[0] === "spec";
	if (field === "scaleTargetRef") return type.version === "v1";
	if (type.kind === "ControllerRevision") return field === "data" && path.length === 1;
	return atomicObjects.has(field) && path[0] === "spec";
}
const maps = /* @__PURE__ */ new Set([
	"labels",
	"annotations",
	"data",
	"binaryData",
	"stringData",
	"nodeSelector",
	"limits",
	"requests"
]);
/** Objects whose keys are the user's: an emptied one disappears, and a foreign key in it is never removed with it. */
function isMap(field) {
	return maps.has(field);
}

// src/sandbox/api/field-set.ts
/** Identity and bookkeeping belong to nobody. */
const unownedMetadata = /* @__PURE__ */ new Set([...[
	"name",
	"namespace",
	"uid",
	"resourceVersion",
	"generation",
	"creationTimestamp",
	"managedFields"
], ...[
	"selfLink",
	"deletionTimestamp",
	"deletionGracePeriodSeconds"
]]);
/** Objects and lists that the API server has even in an empty object, so that nobody is the first to set them. */
const everPresent = /* @__PURE__ */ new Set([
	"metadata",
	"spec",
	"status",
	"template",
	"strategy",
	"updateStrategy",
	"containers",
	"scaleTargetRef",
	"loadBalancer"
]);
/** Every leaf with its value; with `parents` also the objects and lists that hold them, as a plain write owns them. */
function flatten(type, object, parents = false) {
	const leaves = /* @__PURE__ */ new Map();
	const { apiVersion, kind, metadata, ...fields } = object;
	const owned = Object.entries((0,_base_mjs__WEBPACK_IMPORTED_MODULE_1__.f)(metadata) ? metadata : {}).filter(([key]) => !unownedMetadata.has(key));
	for (const [key, value] of owned) visit(value, [`f:metadata`, `f:${key}`], ["metadata", key]);
	for (const [key, value] of Object.entries(fields)) visit(value, [`f:${key}`], [key]);
	return leaves;
	function visit(value, elements, names) {
		if (value === void 0) return;
		const keys = Array.isArray(value) ? listKeys(type, names) : void 0;
		const inItem = elements.some((element) => element.startsWith("k:"));
		if (parents && (inItem || !everPresent.has(names.at(-1) ?? "") || isCustom(type))) leaves.set(elements.join("\n"), null);
		if (Array.isArray(value) && keys === "set") for (const item of value) leaves.set([...elements, `v:${JSON.stringify(item)}`].join("\n"), item);
		else if (Array.isArray(value) && keys !== void 0 && keys !== "set") for (const item of value) {
			const path = [...elements, itemElement(item, keys)];
			leaves.set(path.join("\n"), null);
			if ((0,_base_mjs__WEBPACK_IMPORTED_MODULE_1__.f)(item)) visitFields(item, path, names);
		}
		else if ((0,_base_mjs__WEBPACK_IMPORTED_MODULE_1__.f)(value) && !isAtomicObject(type, names) && Object.keys(value).length > 0) visitFields(value, elements, names);
		else leaves.set(elements.join("\n"), value);
	}
	function visitFields(object, elements, names) {
		for (const [key, value] of Object.entries(object)) visit(value, [...elements, `f:${key}`], [...names, key]);
	}
}
/** How FieldsV1 names an item of an associative list. */
function itemElement(item, keys) {
	const entries = keys.map((key) => [key, ((0,_base_mjs__WEBPACK_IMPORTED_MODULE_1__.f)(item) ? item[key] : void 0) ?? keyDefaults[key]]);
	return `k:${(0,_base_mjs__WEBPACK_IMPORTED_MODULE_1__.c)(Object.fromEntries(entries.filter(([, value]) => value !== void 0)))}`;
}
/** Leaves that are in `after` with another value, or only there; and those that are only in `before`. */
function compareFields(before, after) {
	return {
		changed: new Set([...after].filter(([path, value]) => !(0,_base_mjs__WEBPACK_IMPORTED_MODULE_1__.l)(before.get(path), value)).map(([path]) => path)),
		removed: new Set([...before.keys()].filter((path) => !after.has(path)))
	};
}
function encodeFields(fields) {
	const root = {};
	for (const path of [...fields].sort()) {
		let node = root;
		const elements = path.split("\n");
		for (const element of elements) {
			node[element] ??= {};
			node = node[element];
		}
	}
	for (const path of fields) {
		const node = path.split("\n").reduce((parent, element) => parent?.[element], root);
		if (node !== void 0 && Object.keys(node).length > 0) node["."] = {};
	}
	return root;
}
function decodeFields(encoded) {
	const fields = /* @__PURE__ */ new Set();
	const visit = (node, elements) => {
		const children = Object.entries((0,_base_mjs__WEBPACK_IMPORTED_MODULE_1__.f)(node) ? node : {});
		if (elements.length > 0 && (children.length === 0 || children.some(([key]) => key === "."))) fields.add(elements.join("\n"));
		for (const [element, child] of children) if (element !== ".") visit(child, [...elements, element]);
	};
	visit(encoded, []);
	return fields;
}
/** `.spec.template.spec.containers[name="app"].image`: how a conflict names a field. */
function describeField(path) {
	return path.split("\n").map((element) => {
		const value = element.slice(2);
		if (element.startsWith("f:")) return `.${value}`;
		if (element.startsWith("v:")) return `[=${value}]`;
		return `[${Object.entries(JSON.parse(value)).map(([key, part]) => `${key}=${JSON.stringify(part)}`).join(",")}]`;
	}).join("");
}

// src/sandbox/api/managed-fields.ts
/** The API server itself, when it writes a status in the course of another request. */
function serverWriter(clock, apiVersion) {
	return {
		manager: "kube-apiserver",
		operation: "Update",
		subresource: "status",
		apiVersion,
		time: toSeconds(clock)
	};
}
function readOwners(object) {
	return (object?.metadata.managedFields ?? []).map((entry) => ({
		manager: entry.manager ?? "unknown",
		operation: entry.operation ?? "Update",
		subresource: entry.subresource ?? "",
		apiVersion: entry.apiVersion ?? "",
		time: entry.time ?? "",
		fields: decodeFields(entry.fieldsV1)
	}));
}
function writeOwners(owners) {
	return owners.filter(({ fields }) => fields.size > 0).map(({ fields, subresource, ...entry }) => ({
		...entry,
		fieldsType: "FieldsV1",
		fieldsV1: encodeFields(fields),
		...subresource && { subresource }
	}));
}
function isSameManager(a, b) {
	return a.manager === b.manager && a.operation === b.operation && a.subresource === b.subresource && (a.operation === "Apply" || a.apiVersion === b.apiVersion);
}
/** Gives `writer` exactly these fields. An unchanged set keeps its time, so that a repeated write changes nothing. */
function setOwned(owners, writer, fields) {
	const known = owners.find((owner) => isSameManager(owner, writer));
	if (known === void 0) return [...owners, {
		...writer,
		fields
	}];
	if (known.fields.size === fields.size && fields.isSubsetOf(known.fields)) return owners;
	return owners.map((owner) => owner === known ? {
		...writer,
		fields
	} : owner);
}
/** After a plain write: what it changed is the writer's alone, what it removed is nobody's. */
function ownersAfterUpdate(type, before, after, writer) {
	const old = before === void 0 ? /* @__PURE__ */ new Map() : flatten(type, before, true);
	const { changed, removed } = compareFields(old, flatten(type, after, true));
	const owners = readOwners(before);
	const own = owners.find((owner) => isSameManager(owner, writer))?.fields ?? /* @__PURE__ */ new Set();
	return setOwned(owners.map((owner) => isSameManager(owner, writer) ? owner : {
		...owner,
		fields: owner.fields.difference(changed).difference(removed)
	}), writer, own.union(changed).difference(removed));
}

// src/sandbox/api/respond.ts
/** One JSON document. */
function json(value, status = 200) {
	return {
		status,
		headers: { "content-type": "application/json" },
		body: once(`${JSON.stringify(value)}\n`)
	};
}
function text(value, status = 200) {
	return {
		status,
		headers: { "content-type": "text/plain" },
		body: once(value)
	};
}
function stream(body, contentType) {
	return {
		status: 200,
		headers: { "content-type": contentType },
		body
	};
}
function failure(error) {
	const answer = json(error.toStatus(), error.code);
	const retryAfter = error.details?.retryAfterSeconds;
	return retryAfter === void 0 ? answer : {
		...answer,
		headers: {
			...answer.headers,
			"retry-after": String(retryAfter)
		}
	};
}
async function* once(value) {
	yield value;
}

// src/sandbox/api/access.ts
/** Everything is allowed except what a fault denies; the question and the deed get the same answer. */
function requireAccess(api, path, verb) {
	const { group, resource, subresource, namespace, name } = path;
	if (!api.faults.denies({
		verb,
		group,
		resource,
		subresource,
		namespace,
		name
	})) return;
	const what = `${resource}${subresource && `/${subresource}`}`;
	const where = namespace ? `in the namespace "${namespace}"` : "at the cluster scope";
	const subject = `${group ? `${resource}.${group}` : resource}${name && ` "${name}"`}`;
	throw new ApiError("Forbidden", `${subject} is forbidden: User "sandbox" cannot ${verb} resource "${what}" in API group "${group}" ${where}`, {
		...name && { name },
		...group && { group },
		kind: resource
	});
}
/** Not stored: a question that is answered as it is posted. */
const reviewType = {
	group: "authorization.k8s.io",
	version: "v1",
	resource: "selfsubjectaccessreviews",
	kind: "SelfSubjectAccessReview",
	namespaced: false,
	subresources: []
};
/** SelfSubjectAccessReview: the one review that is answered. */
function reviewAccess(api, review, manager) {
	if (!(0,_base_mjs__WEBPACK_IMPORTED_MODULE_1__.f)(review)) throw new ApiError("BadRequest", "the body is not a JSON object");
	const asked = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_1__.s)(review, "spec", "resourceAttributes");
	requireOneQuestion(asked, (0,_base_mjs__WEBPACK_IMPORTED_MODULE_1__.s)(review, "spec", "nonResourceAttributes"));
	const text = (field) => String((0,_base_mjs__WEBPACK_IMPORTED_MODULE_1__.s)(asked, field) ?? "");
	const attributes = {
		verb: text("verb"),
		group: text("group"),
		resource: text("resource"),
		subresource: text("subresource"),
		namespace: text("namespace"),
		name: text("name")
	};
	const allowed = asked === void 0 || !api.faults.denies(attributes);
	const writer = {
		manager,
		operation: "Update",
		subresource: "",
		apiVersion: apiVersionOf(reviewType),
		time: toSeconds(api.clock)
	};
	return json({
		...review,
		metadata: { managedFields: writeOwners(ownersAfterUpdate(reviewType, void 0, review, writer)) },
		status: {
			allowed,
			...!allowed && { reason: "denied by a fault of the sandbox" }
		}
	}, 201);
}
/** A review asks for a kind or for a path. */
function requireOneQuestion(kind, path) {
	const both = {
		Path: (0,_base_mjs__WEBPACK_IMPORTED_MODULE_1__.s)(path, "path"),
		Verb: (0,_base_mjs__WEBPACK_IMPORTED_MODULE_1__.s)(path, "verb")
	};
	const error = kind !== void 0 && path !== void 0 ? wrong("spec.nonResourceAttributes", both, "cannot be specified in combination with resourceAttributes") : wrong("spec.resourceAttributes", null, "exactly one of nonResourceAttributes or resourceAttributes must be specified");
	if (kind === void 0 !== (path === void 0)) return;
	throw invalid({
		group: reviewType.group,
		kind: ""
	}, "", [error]);
}

// src/sandbox/api/certificate.ts
/**
* A certificate for the loopback API and its key, in PEM. It signs itself, so it is its own CA. Node can read X.509 but
* not write it, hence this small DER writer. Structure: RFC 5280.
*/
function createCertificate(nowMs, usage = "server") {
	const { publicKey, privateKey } = (0,node_crypto__WEBPACK_IMPORTED_MODULE_3__.generateKeyPairSync)("ec", { namedCurve: "P-256" });
	const algorithm = sequence(oid("1.2.840.10045.4.3.2"));
	const name = sequence(set(sequence(oid("2.5.4.3"), der(12, Buffer.from("streamgate-sandbox")))));
	const day = 864e5;
	const toBeSigned = sequence(der(160, integer(Buffer.from([2]))), integer(Buffer.concat([Buffer.from([1]), (0,node_crypto__WEBPACK_IMPORTED_MODULE_3__.randomBytes)(15)])), algorithm, name, sequence(utcTime(nowMs - day), utcTime(nowMs + 365 * day)), name, publicKey.export({
		type: "spki",
		format: "der"
	}), der(163, sequence(...extensions(usage))));
	return {
		certificate: `-----BEGIN CERTIFICATE-----\n${lines(sequence(toBeSigned, algorithm, bitString((0,node_crypto__WEBPACK_IMPORTED_MODULE_3__.sign)("sha256", toBeSigned, privateKey))))}-----END CERTIFICATE-----\n`,
		key: privateKey.export({
			type: "pkcs8",
			format: "pem"
		}).toString()
	};
}
/** What it may be shown for. */
const usages = {
	server: "1.3.6.1.5.5.7.3.1",
	client: "1.3.6.1.5.5.7.3.2"
};
function extensions(usage) {
	const isCa = sequence(der(1, Buffer.from([255])));
	const keyUsage = der(3, Buffer.from([2, 132]));
	const extendedUsage = sequence(oid(usages[usage]));
	const names = sequence(der(130, Buffer.from("localhost")), der(135, Buffer.from([
		127,
		0,
		0,
		1
	])));
	return [
		extension("2.5.29.19", true, isCa),
		extension("2.5.29.15", true, keyUsage),
		extension("2.5.29.37", false, extendedUsage),
		extension("2.5.29.17", false, names)
	];
}
function extension(id, critical, value) {
	return sequence(oid(id), ...critical ? [der(1, Buffer.from([255]))] : [], der(4, value));
}
function der(tag, content) {
	const { length } = content;
	if (length < 128) return Buffer.concat([Buffer.from([tag, length]), content]);
	const digits = length < 256 ? [length] : [length >> 8, length & 255];
	return Buffer.concat([Buffer.from([
		tag,
		128 | digits.length,
		...digits
	]), content]);
}
function sequence(...parts) {
	return der(48, Buffer.concat(parts));
}
function set(part) {
	return der(49, part);
}
function integer(bytes) {
	return der(2, bytes);
}
function bitString(bytes) {
	return der(3, Buffer.concat([Buffer.from([0]), bytes]));
}
/** `YYMMDDHHMMSSZ`: what RFC 5280 wants until 2049. */
function utcTime(ms) {
	const digits = new Date(ms).toISOString().replace(/[-:T]|\.\d+Z$/g, "").slice(2);
	return der(23, Buffer.from(`${digits}Z`));
}
function oid(dotted) {
	const [first = 0, second = 0, ...rest] = dotted.split(".").map(Number);
	return der(6, Buffer.from([first * 40 + second, ...rest.flatMap(base128)]));
}
/** Seven bits a byte, the highest bit on all but the last. */
function base128(value) {
	const digits = [value & 127];
	for (let rest = value >> 7; rest > 0; rest >>= 7) digits.unshift(rest & 127 | 128);
	return digits;
}
function lines(bytes) {
	return bytes.toString("base64").replace(/.{1,64}/g, "$&\n");
}

// src/sandbox/api/path.ts
const namespaceSubresources = /* @__PURE__ */ new Set(["status", "finalize"]);
function parsePath(pathname) {
	const segments = pathname.split("/").filter(Boolean).map(decode$1);
	const [root, ...rest] = segments;
	if (root === "api") {
		const [version, ...tail] = rest;
		if (version === void 0 || tail.length === 0) return discovery(true, "", version);
		return {
			kind: "resource",
			path: resourcePath("", version, tail)
		};
	}
	if (root === "apis") {
		const [group, version, ...tail] = rest;
		if (group === void 0 || version === void 0 || tail.length === 0) return discovery(false, group, version);
		return {
			kind: "resource",
			path: resourcePath(group, version, tail)
		};
	}
	return {
		kind: "other",
		path: `/${segments.join("/")}`
	};
}
function discovery(legacy, group, version) {
	return {
		kind: "discovery",
		legacy,
		...group !== void 0 && { group },
		...version !== void 0 && { version }
	};
}
function resourcePath(group, version, tail) {
	const [first = "", second = "", third = "", ...others] = tail;
	const inside = first === "namespaces" && third !== "" && !(group === "" && namespaceSubresources.has(third));
	const [resource, name, subresource, ...more] = inside ? [
		third,
		others[0] ?? "",
		others[1] ?? "",
		...others.slice(2)
	] : [
		first,
		second,
		third,
		...others
	];
	const rest = more.length > 0 ? [subresource, ...more].join("/") : subresource;
	return {
		group,
		version,
		resource,
		namespace: inside ? second : "",
		name,
		subresource: rest
	};
}
function decode$1(segment) {
	try {
		return decodeURIComponent(segment);
	} catch {
		throw new ApiError("BadRequest", `the path segment ${JSON.stringify(segment)} is not properly encoded`);
	}
}

// src/sandbox/api/web-socket.ts
/** Answers the upgrade request and speaks the protocol from then on. */
function acceptWebSocket(socket, request, listener) {
	const accept = (0,node_crypto__WEBPACK_IMPORTED_MODULE_3__.createHash)("sha1").update(`${request.key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest("base64");
	socket.write([
		"HTTP/1.1 101 Switching Protocols",
		"Upgrade: websocket",
		"Connection: Upgrade",
		`Sec-WebSocket-Accept: ${accept}`,
		`Sec-WebSocket-Protocol: ${request.protocol}`,
		"\r\n"
	].join("\r\n"));
	let buffered = request.head;
	let fragments = [];
	let open = true;
	function close() {
		if (!open) return;
		open = false;
		if (socket.writable) socket.end(encodeFrame(8, Buffer.from([3, 232])));
		listener.closed();
	}
	function receive(chunk) {
		buffered = Buffer.concat([buffered, chunk]);
		for (let frame = decodeFrame(buffered); frame !== void 0 && open; frame = decodeFrame(buffered)) {
			buffered = buffered.subarray(frame.length);
			if (frame.opcode === 8) close();
			else if (frame.opcode === 9) socket.write(encodeFrame(10, frame.payload));
			else if (frame.opcode <= 2) {
				fragments.push(frame.payload);
				if (!frame.final) continue;
				const message = Buffer.concat(fragments);
				fragments = [];
				listener.message(message);
			}
		}
	}
	socket.on("data", receive);
	socket.on("error", close);
	socket.on("close", close);
	receive(Buffer.alloc(0));
	return {
		send(message) {
			if (open) socket.write(encodeFrame(2, message));
		},
		close
	};
}
function encodeFrame(opcode, payload) {
	const { length } = payload;
	const header = length < 126 ? Buffer.from([128 | opcode, length]) : length < 65536 ? Buffer.from([
		128 | opcode,
		126,
		length >> 8,
		length & 255
	]) : Buffer.from([
		128 | opcode,
		127,
		0,
		0,
		0,
		0,
		0,
		0,
		0,
		0
	]);
	if (length >= 65536) header.writeBigUInt64BE(BigInt(length), 2);
	return Buffer.concat([header, payload]);
}
/** The frame at the start, or undefined while it is not complete. */
function decodeFrame(bytes) {
	if (bytes.length < 2) return void 0;
	const [first = 0, second = 0] = bytes;
	const short = second & 127;
	const masked = (second & 128) !== 0;
	const start = 2 + (short === 126 ? 2 : short === 127 ? 8 : 0);
	const body = start + (masked ? 4 : 0);
	if (bytes.length < body) return void 0;
	const size = short === 126 ? bytes.readUInt16BE(2) : short === 127 ? Number(bytes.readBigUInt64BE(2)) : short;
	if (bytes.length < body + size) return void 0;
	const mask = bytes.subarray(start, body);
	const payload = Buffer.from(bytes.subarray(body, body + size));
	if (masked) for (let index = 0; index < size; index++) payload[index] = (payload[index] ?? 0) ^ (mask[index % 4] ?? 0);
	return {
		final: (first & 128) !== 0,
		opcode: first & 15,
		payload,
		length: body + size
	};
}

// src/sandbox/api/port-forward.ts
/** The protocol of channels in a WebSocket, also when none is named. */
const spoken = "v4.channel.k8s.io";
/** What a cluster knows as well: channels as text, and kubectl's SPDY tunnel. */
const unspoken = ["v4.base64.channel.k8s.io", "SPDY/3.1+portforward.k8s.io"];
/**
* Joins a WebSocket to ports of a pod. Port n has two channels: 2n carries its bytes both ways, 2n+1 an error. The
* first message on each says which port it is (16 bits, little endian).
*/
function forwardPorts(api, path, query, upgrade) {
	const { namespace, name } = path;
	const ports = portsOf$2(query);
	const pod = api.store.get(resources.pods, namespace, name);
	if (pod === void 0) throw notFound(resources.pods, name);
	if (ports.length === 0) return {
		status: 400,
		text: "query parameter \"port\" is required"
	};
	if (ports.includes(0)) return {
		status: 400,
		text: "port \"0\" must be > 0"
	};
	if (["Succeeded", "Failed"].includes(pod.status?.phase)) return {
		status: 500,
		text: `pod not found ("${name}_${namespace}")`
	};
	const protocol = protocolOf(upgrade.protocols);
	if (protocol === void 0) return {
		status: 403,
		text: ""
	};
	const connections = ports.map((port) => {
		const address = api.runtime()?.podAddress(namespace, name, port);
		return {
			port,
			socket: address === void 0 ? void 0 : (0,node_net__WEBPACK_IMPORTED_MODULE_6__.connect)({
				...address,
				allowHalfOpen: true
			})
		};
	});
	let open = 0;
	const webSocket = acceptWebSocket(upgrade.socket, {
		...upgrade,
		protocol
	}, {
		message(message) {
			const [channel = 0] = message;
			if (channel % 2 === 0) connections[channel / 2]?.socket?.write(message.subarray(1));
		},
		closed() {
			for (const { socket } of connections) socket?.destroy();
		}
	});
	for (const [index, { port, socket }] of connections.entries()) {
		const send = (channel, bytes) => webSocket.send(Buffer.concat([Buffer.from([channel]), bytes]));
		const refuse = (why) => send(2 * index + 1, Buffer.from(`error forwarding port ${port} to pod ${name}: ${why}`));
		const portNumber = Buffer.from([port & 255, port >> 8]);
		send(2 * index, portNumber);
		send(2 * index + 1, portNumber);
		if (socket === void 0) {
			refuse("nothing listens there");
			continue;
		}
		open++;
		socket.on("data", (bytes) => send(2 * index, bytes));
		socket.on("error", (error) => refuse(error.message));
		socket.on("end", () => socket.end());
		socket.on("close", () => {
			open--;
			if (open === 0) webSocket.close();
		});
	}
	if (open === 0) webSocket.close();
}
function portsOf$2(query) {
	return query.getAll("ports").flatMap((list) => list.split(",")).map((text) => {
		const why = !/^\d+$/.test(text) ? "invalid syntax" : Number(text) > 65535 ? "value out of range" : void 0;
		if (why === void 0) return Number(text);
		throw new ApiError("BadRequest", `cannot convert to []int32: strconv.ParseUint: parsing ${JSON.stringify(text)}: ${why}`);
	});
}
/** The one to speak, which is empty when the client names none; undefined when it names only what nobody knows. */
function protocolOf(asked) {
	if (asked.length === 0) return "";
	if (asked.includes(spoken)) return spoken;
	const known = asked.find((name) => unspoken.includes(name));
	if (known === void 0) return void 0;
	throw new ApiError("NotImplemented", `the sandbox forwards ports by WebSocket with ${spoken} only, not with ${known}`);
}

// src/sandbox/api/protobuf.ts
/**
* What Go programs, kubectl among them, send of built-in kinds when they create one: an envelope with a magic number and
* the name of the kind, and in it the object by the numbers of its fields, as Kubernetes' `generated.proto` files have
* them. Only small kinds are known here; of any other the client hears that JSON is wanted.
*/
const magic = Buffer.from("k8s\0", "latin1");
const messages = {
	Unknown: {
		1: ["typeMeta", "TypeMeta"],
		2: ["raw", "bytes"],
		3: ["", "string"],
		4: ["", "string"]
	},
	TypeMeta: {
		1: ["apiVersion", "string"],
		2: ["kind", "string"]
	},
	ObjectMeta: {
		1: ["name", "string"],
		2: ["generateName", "string"],
		3: ["namespace", "string"],
		4: ["selfLink", "string"],
		5: ["uid", "string"],
		6: ["resourceVersion", "string"],
		7: ["generation", "number"],
		8: ["creationTimestamp", "Empty"],
		11: ["labels", "map:string"],
		12: ["annotations", "map:string"],
		14: ["finalizers", "[]string"]
	},
	Empty: {},
	Namespace: {
		1: ["metadata", "ObjectMeta"],
		2: ["spec", "NamespaceSpec"],
		3: ["status", "NamespaceStatus"]
	},
	NamespaceSpec: { 1: ["finalizers", "[]string"] },
	NamespaceStatus: { 1: ["phase", "string"] },
	ConfigMap: {
		1: ["metadata", "ObjectMeta"],
		2: ["data", "map:string"],
		3: ["binaryData", "map:bytes"],
		4: ["immutable", "bool"]
	},
	Secret: {
		1: ["metadata", "ObjectMeta"],
		2: ["data", "map:bytes"],
		3: ["type", "string"],
		4: ["stringData", "map:string"],
		5: ["immutable", "bool"]
	},
	SelfSubjectAccessReview: {
		1: ["metadata", "ObjectMeta"],
		2: ["spec", "AccessSpec"],
		3: ["status", "AccessStatus"]
	},
	AccessSpec: { 1: ["resourceAttributes", "ResourceAttributes"] },
	ResourceAttributes: {
		1: ["namespace", "string"],
		2: ["verb", "string"],
		3: ["group", "string"],
		4: ["version", "string"],
		5: ["resource", "string"],
		6: ["subresource", "string"],
		7: ["name", "string"]
	},
	AccessStatus: {
		1: ["allowed", "bool"],
		2: ["reason", "string"],
		3: ["evaluationError", "string"],
		4: ["denied", "bool"]
	}
};
const kinds = [
	"Namespace",
	"ConfigMap",
	"Secret",
	"SelfSubjectAccessReview"
];
/** The object as JSON has it; undefined when it is of a kind, or has a field, that is not known here. */
function decodeProtobuf(body) {
	if (!body.subarray(0, magic.length).equals(magic)) return void 0;
	try {
		const { typeMeta, raw } = readMessage("Unknown", body.subarray(magic.length));
		const { apiVersion = "", kind = "" } = Object(typeMeta);
		if (!kinds.includes(kind)) return void 0;
		const { status: _status, ...rest } = readMessage(kind, Buffer.from(String(raw ?? ""), "base64"));
		return {
			apiVersion,
			kind,
			...rest
		};
	} catch (thrown) {
		if (thrown instanceof Undecodable) return void 0;
		throw thrown;
	}
}
var Undecodable = class extends Error {};
/** Fields in any order. What JSON would leave out, a text or a number that is empty, is left out. */
function readMessage(name, bytes) {
	const fields = messages[name] ?? {};
	const found = {};
	const lists = /* @__PURE__ */ new Map();
	const reader = readerOf(bytes);
	while (!reader.ended()) {
		const key = reader.varint();
		const [field, type] = fields[key >> 3] ?? [];
		if (field === void 0 || type === void 0) throw new Undecodable(`${name} has a field ${key >> 3}`);
		const value = readValue(type, key & 7, reader);
		if (/^(?:\[\]|map:)/.test(type)) {
			const list = lists.get(field) ?? [];
			list.push(value);
			lists.set(field, list);
			found[field] = type.startsWith("map:") ? {} : list;
		} else if (type === "bool" || !isEmpty(value)) found[field] = value;
	}
	for (const [field, list] of lists) if (found[field] !== list) found[field] = Object.fromEntries(list.flatMap((entry) => Object.entries(Object(entry))));
	return found;
}
function isEmpty(value) {
	return value === "" || value === 0 || typeof value === "object" && Object.keys(value ?? {}).length === 0;
}
function readValue(type, wire, reader) {
	if (wire === 0) {
		const number = reader.varint();
		return type === "bool" ? number !== 0 : number;
	}
	if (wire !== 2) throw new Undecodable(`wire type ${wire}`);
	const bytes = reader.bytes(reader.varint());
	const plain = type.replace("[]", "");
	if (plain === "string") return bytes.toString("utf8");
	if (plain === "bytes") return bytes.toString("base64");
	return plain.startsWith("map:") ? readEntry(plain.slice(4), bytes) : readMessage(plain, bytes);
}
/** One entry of a map: a key and a value, either of which is left out when it is empty. */
function readEntry(type, bytes) {
	const reader = readerOf(bytes);
	let [key, value] = ["", ""];
	while (!reader.ended()) {
		const tag = reader.varint();
		if (tag >> 3 === 1) key = String(readValue("string", tag & 7, reader));
		else value = readValue(type, tag & 7, reader);
	}
	return { [key]: value };
}
function readerOf(buffer) {
	let at = 0;
	return {
		ended: () => at >= buffer.length,
		/** Whole and not negative; large enough for lengths and generations. */
		varint() {
			let [value, factor] = [0, 1];
			for (;;) {
				const byte = buffer[at++];
				if (byte === void 0) throw new Undecodable("it ends within a number");
				value += (byte & 127) * factor;
				if (byte < 128) return value;
				factor *= 128;
				if (factor > Number.MAX_SAFE_INTEGER / 128) throw new Undecodable("a number is too large");
			}
		},
		bytes(length) {
			if (at + length > buffer.length) throw new Undecodable("it ends within a field");
			at += length;
			return buffer.subarray(at - length, at);
		}
	};
}

// src/sandbox/api/server.ts
const protobuf = "application/vnd.kubernetes.protobuf";
/** Serves the API on loopback with TLS. Only who holds a good token is answered. */
async function startApiServer(context, api, { port = 0, isGood }) {
	const { certificate, key } = createCertificate(_base_mjs__WEBPACK_IMPORTED_MODULE_1__.S.now());
	const token = (0,node_crypto__WEBPACK_IMPORTED_MODULE_3__.randomBytes)(24).toString("base64url");
	const isKnown = ({ headers: { authorization = "" } }) => authorization.startsWith("Bearer ") && isGood(authorization.slice(7), token);
	const sockets = /* @__PURE__ */ new Set();
	const server = (0,node_https__WEBPACK_IMPORTED_MODULE_5__.createServer)({
		key,
		cert: certificate,
		ALPNProtocols: ["http/1.1"]
	}, (request, response) => {
		serve(request, response).catch(() => request.socket.destroy());
	});
	server.on("connection", (socket) => {
		sockets.add(socket);
		socket.on("close", () => sockets.delete(socket));
	});
	server.on("upgrade", (request, socket, head) => {
		socket.on("error", () => socket.destroy());
		upgrade(request, socket, head);
	});
	async function serve(request, response) {
		const given = await readRequest(request);
		if (!isKnown(request)) return respond(response, failure(new ApiError("Unauthorized", "Unauthorized")));
		const gone = new AbortController();
		response.on("close", () => gone.abort());
		await respond(response, await api.handle({
			method: request.method ?? "GET",
			path: request.url ?? "/",
			...inJson(plainHeaders(request), given),
			signal: gone.signal
		}));
	}
	function upgrade(request, socket, head) {
		try {
			if (!isKnown(request)) throw new ApiError("Unauthorized", "Unauthorized");
			const { pathname, searchParams } = new URL(request.url ?? "/", "http://sandbox");
			const target = parsePath(pathname);
			if (target.kind !== "resource" || target.path.subresource !== "portforward" || context.faults.stopped !== void 0) throw new ApiError("NotImplemented", `the sandbox does not upgrade ${pathname}`);
			requireAccess(context, target.path, "create");
			const protocols = (request.headers["sec-websocket-protocol"] ?? "").split(",").map((name) => name.trim()).filter((name) => name !== "");
			if (request.headers.upgrade?.toLowerCase() !== "websocket") throw new ApiError("NotImplemented", `the sandbox does not speak ${request.headers.upgrade}`);
			const refusal = forwardPorts(context, target.path, searchParams, {
				socket,
				head,
				protocols,
				key: request.headers["sec-websocket-key"] ?? ""
			});
			if (refusal !== void 0) endWith(socket, refusal.status, "text/plain", refusal.text);
		} catch (error) {
			const known = error instanceof ApiError ? error : new ApiError("InternalError", (0,_base_mjs__WEBPACK_IMPORTED_MODULE_1__.b)(error));
			context.log.warn(`sandbox: upgrade of ${request.url}: ${known.message}`);
			endWith(socket, known.code, "application/json", JSON.stringify(known.toStatus()));
		}
	}
	await new Promise((resolve, reject) => {
		server.once("error", reject);
		server.listen(port, "127.0.0.1", resolve);
	});
	const address = server.address();
	if (address === null || typeof address === "string") throw new ApiError("InternalError", "the server has no port");
	const url = `https://127.0.0.1:${address.port}`;
	return {
		url,
		kubeconfig: kubeconfigOf(url, certificate, token),
		close: () => new Promise((resolve) => {
			server.close(() => resolve());
			for (const socket of sockets) socket.destroy();
		})
	};
}
/** Answers on a socket that was to be upgraded. */
function endWith(socket, status, type, body) {
	const lines = [
		`HTTP/1.1 ${status} ${node_http__WEBPACK_IMPORTED_MODULE_4__.STATUS_CODES[status] ?? ""}`,
		`Content-Type: ${type}`,
		`Content-Length: ${Buffer.byteLength(body)}`,
		"Connection: close"
	];
	socket.end(`${lines.join("\r\n")}\r\n\r\n${body}`);
}
async function respond(response, { status, headers, body }) {
	response.writeHead(status, headers);
	response.flushHeaders();
	for await (const chunk of body) {
		if (response.destroyed) return;
		response.write(chunk);
	}
	response.end();
}
async function readRequest(request) {
	const chunks = [];
	for await (const chunk of request) chunks.push(chunk);
	return Buffer.concat(chunks);
}
/** Protobuf is turned into JSON here, as far as it is understood; the rest of the API speaks that alone. */
function inJson(headers, given) {
	const decoded = headers["content-type"] === protobuf ? decodeProtobuf(given) : void 0;
	if (decoded === void 0) return {
		headers,
		body: given.toString("utf8")
	};
	return {
		headers: {
			...headers,
			"content-type": "application/json"
		},
		body: JSON.stringify(decoded)
	};
}
function plainHeaders({ headers }) {
	return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(", ") : value ?? ""]));
}
function kubeconfigOf(url, certificate, token) {
	const config = {
		apiVersion: "v1",
		kind: "Config",
		"current-context": "sandbox",
		clusters: [{
			name: "sandbox",
			cluster: {
				server: url,
				"certificate-authority-data": Buffer.from(certificate).toString("base64")
			}
		}],
		users: [{
			name: "sandbox",
			user: { token }
		}],
		contexts: [{
			name: "sandbox",
			context: {
				cluster: "sandbox",
				user: "sandbox",
				namespace: "default"
			}
		}]
	};
	return `${JSON.stringify(config, void 0, 2)}\n`;
}

// src/sandbox/controllers/autoscaler-decision.ts
/**
* The size that an autoscaler wants when its metrics ask for `wanted`: the highest of the recent recommendations, within
* its limits. `recent` holds the present one, too. Without the rates at which a real one grows and shrinks.
*/
function decide(current, wanted, recent, limits, nowMs) {
	const highest = Math.max(wanted, ...recent.map(({ replicas }) => replicas));
	const stabilized = wanted < current ? Math.min(current, highest) : wanted;
	const replicas = Math.min(limits.max, Math.max(limits.min, stabilized));
	const held = recent.filter((entry) => entry.replicas > wanted);
	const againInMs = Math.min(...held.map(({ atMs }) => atMs + limits.scaleDownWindowMs - nowMs));
	return {
		replicas,
		conditions: [ableToScale(stabilized > wanted), limited(stabilized, limits)],
		...wanted < current && Number.isFinite(againInMs) && { againInMs: Math.max(0, againInMs) }
	};
}
function ableToScale(held) {
	return held ? {
		type: "AbleToScale",
		status: "True",
		reason: "ScaleDownStabilized",
		message: "recent recommendations were higher than current one, applying the highest recent recommendation"
	} : {
		type: "AbleToScale",
		status: "True",
		reason: "ReadyForNewScale",
		message: "recommended size matches current size"
	};
}
function limited(replicas, { min, max }) {
	const type = "ScalingLimited";
	if (replicas > max) return {
		type,
		status: "True",
		reason: "TooManyReplicas",
		message: "the desired replica count is more than the maximum replica count"
	};
	if (replicas < min) return {
		type,
		status: "True",
		reason: "TooFewReplicas",
		message: "the desired replica count is less than the minimum replica count"
	};
	return {
		type,
		status: "False",
		reason: "DesiredWithinRange",
		message: "the desired count is within the acceptable range"
	};
}

// src/sandbox/controllers/timestamps.ts
/** Now as Kubernetes' `Time`: whole seconds. */
function timestamp(clock, offsetMs = 0) {
	return new Date(clock.now() + offsetMs).toISOString().replace(/\.\d{3}Z$/, "Z");
}
/** Milliseconds from an instant to now; 0 for none. */
function ageMs(clock, instant) {
	return instant === void 0 ? 0 : clock.now() - Date.parse(instant);
}

// src/sandbox/controllers/conditions.ts
/** Puts a condition into a list, in its old place; the time of transition moves only with the status. */
function putCondition(conditions, next, clock) {
	const before = conditions.find(({ type }) => type === next.type);
	const since = before?.status === next.status ? before.lastTransitionTime : void 0;
	const stamped = {
		...next,
		lastTransitionTime: since ?? timestamp(clock)
	};
	if (before === void 0) return [...conditions, stamped];
	return conditions.map((condition) => condition === before ? stamped : condition);
}
function dropCondition(conditions, type) {
	return conditions.filter((condition) => condition.type !== type);
}

// src/sandbox/controllers/controller.ts
/** Calls back with every object that exists and then with each one that changes or goes. */
function follow(store, type, onObject) {
	const unsubscribe = store.subscribe(type, (event) => {
		onObject(event.object);
		if (event.previous !== void 0 && event.type === "MODIFIED") onObject(event.previous);
	});
	for (const object of store.list(type, "")) onObject(object);
	return unsubscribe;
}
function namespaceOf(object) {
	return object.metadata.namespace ?? "";
}
/** Writes a status; nothing happens when it says the same already, or the object is gone. */
function writeStatus(store, type, object, status) {
	const { name, uid } = object.metadata;
	if (store.get(type, namespaceOf(object), name)?.metadata.uid !== uid) return;
	store.update(type, namespaceOf(object), name, (current) => ({
		...current,
		status
	}));
}
/** Marks a pod for graceful deletion; the kubelet does the rest. */
function markDeleted(context, type, object) {
	const grace = object.spec?.terminationGracePeriodSeconds ?? 30;
	const deletionTimestamp = new Date(context.clock.now() + grace * 1e3).toISOString().replace(/\.\d+Z$/, "Z");
	context.store.update(type, namespaceOf(object), object.metadata.name, (current) => ({
		...current,
		metadata: {
			...current.metadata,
			deletionTimestamp,
			deletionGracePeriodSeconds: grace
		}
	}));
}

// src/sandbox/controllers/events.ts
/** Events of one component (`kubelet`, `deployment-controller`). */
function createEventRecorder(store, clock, component) {
	return (about, type, reason, message) => {
		const { name, namespace = "default", uid, resourceVersion } = about.metadata;
		const now = timestamp(clock);
		const eventName = `${name}.${(0,node_crypto__WEBPACK_IMPORTED_MODULE_3__.createHash)("sha256").update(`${component}|${uid}|${type}|${reason}|${message}`).digest("hex").slice(0, 16)}`;
		if (store.get(resources.events, namespace, eventName) !== void 0) {
			store.update(resources.events, namespace, eventName, (event) => ({
				...event,
				count: event.count + 1,
				lastTimestamp: now
			}));
			return;
		}
		store.create(resources.events, {
			apiVersion: "v1",
			kind: "Event",
			metadata: {
				name: eventName,
				namespace
			},
			involvedObject: {
				apiVersion: about.apiVersion,
				kind: about.kind,
				name,
				namespace,
				uid,
				resourceVersion
			},
			type,
			reason,
			message,
			source: { component },
			reportingComponent: component,
			reportingInstance: "",
			firstTimestamp: now,
			lastTimestamp: now,
			eventTime: null,
			count: 1
		});
	};
}

// src/sandbox/controllers/labels.ts
/** The flat selector of a Service. An empty one selects nothing. */
function matchesLabels(selector, labels) {
	const wanted = Object.entries(selector ?? {});
	return wanted.length > 0 && wanted.every(([key, value]) => labels?.[key] === value);
}
/** The selector of a workload: all of its labels and all of its expressions. An empty one selects everything. */
function matchesSelector(selector, labels) {
	return Object.entries(selector?.matchLabels ?? {}).every(([key, value]) => labels?.[key] === value) && (selector?.matchExpressions ?? []).every((expression) => holds(expression, labels));
}
function holds(expression, labels) {
	const value = labels?.[expression.key];
	switch (expression.operator) {
		case "Exists": return value !== void 0;
		case "DoesNotExist": return value === void 0;
		case "In": return value !== void 0 && (expression.values ?? []).includes(value);
		case "NotIn": return value === void 0 || !(expression.values ?? []).includes(value);
		default: return false;
	}
}
/** A selector as a query names it, in the order of its keys: `app=shop,tier in (a,b),!old`. */
function selectorText(selector) {
	const equal = Object.entries(selector?.matchLabels ?? {}).map(([key, value]) => ({
		key,
		text: `${key}=${value}`
	}));
	const expressions = (selector?.matchExpressions ?? []).map(({ key, operator, values = [] }) => {
		const list = `(${[...values].sort().join(",")})`;
		if (operator === "Exists") return {
			key,
			text: key
		};
		if (operator === "DoesNotExist") return {
			key,
			text: `!${key}`
		};
		return {
			key,
			text: `${key} ${operator.toLowerCase()} ${list}`
		};
	});
	return [...equal, ...expressions].sort((a, b) => a.key < b.key ? -1 : 1).map(({ text }) => text).join(",");
}
/** Whether the object is controlled by this owner. */
function isControlledBy(object, owner) {
	return controllerOf(object)?.uid === owner.metadata.uid;
}
function controllerOf(object) {
	return object.metadata.ownerReferences?.find((reference) => reference.controller === true);
}
function controllerReference(owner) {
	return {
		apiVersion: owner.apiVersion,
		kind: owner.kind,
		name: owner.metadata.name,
		uid: owner.metadata.uid,
		controller: true,
		blockOwnerDeletion: true
	};
}
/** The status of one condition: `True`, `False`, `Unknown`, or undefined. */
function conditionStatus(object, type) {
	return findCondition(object, type)?.status;
}
function findCondition(object, type) {
	const conditions = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_1__.s)(object, "status", "conditions");
	return Array.isArray(conditions) ? conditions.find((condition) => condition.type === type) : void 0;
}

// src/sandbox/controllers/scale-target.ts
const scalable = [
	resources.deployments,
	resources.replicasets,
	resources.statefulsets
];
/** Undefined when it does not exist; `missing` says so as the API server would. */
function findScaleTarget(store, namespace, reference = {}) {
	const type = scalable.find(({ kind }) => kind === reference.kind);
	if (type === void 0) return { missing: `no matches for kind "${reference.kind}" in group "apps"` };
	const object = store.get(type, namespace, reference.name ?? "");
	if (object === void 0) return { missing: `${type.resource}.${type.group} "${reference.name}" not found` };
	return {
		type,
		object
	};
}
/** Writes the size as the controller manager does through the scale subresource, which then owns it. */
function writeScale(store, clock, { type, object }, replicas) {
	const { name, namespace = "" } = object.metadata;
	const writer = {
		manager: "kube-controller-manager",
		operation: "Update",
		subresource: "scale",
		apiVersion: object.apiVersion,
		time: timestamp(clock)
	};
	store.update(type, namespace, name, (current) => {
		const next = {
			...current,
			spec: {
				...current.spec,
				replicas
			}
		};
		const managedFields = writeOwners(ownersAfterUpdate(type, current, next, writer));
		return {
			...next,
			metadata: {
				...current.metadata,
				managedFields
			}
		};
	});
}

// src/sandbox/controllers/work-queue.ts
const retryMs = 1e3;
/**
* Runs a reconciler, one object at a time, on the clock. A reconciler sees the state at the time it runs, never an
* event: so any number of changes in any order leads to the same result.
*/
function createWorkQueue(clock, log, controller, reconcile) {
	const waiting = /* @__PURE__ */ new Map();
	let stopped = false;
	function add(namespace, name, delayMs = 0) {
		if (stopped) return;
		const key = `${namespace}/${name}`;
		const due = clock.monotonic() + delayMs;
		const earlier = waiting.get(key);
		if (earlier !== void 0 && earlier.due <= due) return;
		earlier?.cancel();
		const run = () => {
			waiting.delete(key);
			try {
				reconcile(namespace, name);
			} catch (error) {
				log.warn(`sandbox: ${controller} controller failed on ${key}, again in 1 s: ${(0,_base_mjs__WEBPACK_IMPORTED_MODULE_1__.b)(error)}`);
				add(namespace, name, retryMs);
			}
		};
		waiting.set(key, {
			due,
			cancel: clock.after(delayMs, run)
		});
	}
	return {
		add,
		stop() {
			stopped = true;
			for (const { cancel } of waiting.values()) cancel();
			waiting.clear();
		}
	};
}

// src/sandbox/controllers/autoscaler.ts
const defaultScaleDownWindowSeconds = 300;
/** Moves each workload to the size that its autoscaler's metrics ask for, within the limits, and says how it went. */
function startAutoscalerController(context) {
	const { store, clock, log } = context;
	const type = resources.horizontalpodautoscalers;
	const record = createEventRecorder(store, clock, "horizontal-pod-autoscaler");
	const queue = createWorkQueue(clock, log, "HorizontalPodAutoscaler", reconcile);
	const asked = /* @__PURE__ */ new Map();
	const recommendations = /* @__PURE__ */ new Map();
	function reconcile(namespace, name) {
		const scaler = store.get(type, namespace, name);
		if (scaler === void 0 || scaler.metadata.deletionTimestamp !== void 0) return;
		const target = findScaleTarget(store, namespace, scaler.spec.scaleTargetRef);
		if ("missing" in target) {
			const message = `the HPA controller was unable to get the target's current scale: ${target.missing}`;
			record(scaler, "Warning", "FailedGetScale", target.missing);
			report(scaler, [{
				type: "AbleToScale",
				status: "False",
				reason: "FailedGetScale",
				message
			}]);
			return;
		}
		const current = target.object.spec.replicas ?? 1;
		const found = {
			type: "AbleToScale",
			status: "True",
			reason: "SucceededGetScale",
			message: "the HPA controller was able to get the target's current scale"
		};
		const { min, max } = limitsOf$1(scaler);
		if (current === 0 && min !== 0) report(scaler, [found, {
			type: "ScalingActive",
			status: "False",
			reason: "ScalingDisabled",
			message: "scaling is disabled since the replica count of the target is zero"
		}], {
			currentReplicas: void 0,
			desiredReplicas: 0
		});
		else if (current > max) rescale(scaler, target, current, {
			replicas: max,
			conditions: [found]
		}, "above Spec.MaxReplicas");
		else if (current < min) rescale(scaler, target, current, {
			replicas: min,
			conditions: [found]
		}, "below Spec.MinReplicas");
		else followMetrics(scaler, target, current, found);
	}
	function followMetrics(scaler, target, current, found) {
		const { uid, name } = scaler.metadata;
		const key = keyOf(namespaceOf(scaler), name);
		const recent = recommendations.get(uid) ?? [{
			atMs: clock.monotonic(),
			replicas: current
		}];
		const wanted = asked.get(key);
		const problem = ambiguity(scaler, target) ?? (wanted === void 0 ? withoutMetrics : void 0);
		if (problem !== void 0 || wanted === void 0) {
			recommendations.set(uid, recent);
			record(scaler, "Warning", problem?.reason ?? "", problem?.event ?? "");
			const inactive = {
				type: "ScalingActive",
				status: "False",
				reason: problem?.reason ?? "",
				message: problem?.message ?? ""
			};
			record(scaler, "Warning", "FailedComputeMetricsReplicas", problem?.summary ?? "");
			report(scaler, [found, inactive], { currentReplicas: current });
			return;
		}
		const limits = limitsOf$1(scaler);
		const now = clock.monotonic();
		const kept = [...recent, {
			atMs: now,
			replicas: wanted
		}].filter(({ atMs }) => now - atMs < limits.scaleDownWindowMs);
		recommendations.set(uid, kept);
		const decision = decide(current, wanted, kept, limits, now);
		if (decision.againInMs !== void 0) queue.add(namespaceOf(scaler), name, decision.againInMs);
		const active = {
			type: "ScalingActive",
			status: "True",
			reason: "ValidMetricFound",
			message: "the HPA was able to successfully calculate a replica count from the metrics of the sandbox"
		};
		rescale(scaler, target, current, {
			...decision,
			conditions: [active, ...decision.conditions]
		});
	}
	/** Since Kubernetes 1.26 no autoscaler moves pods that another one moves, too. */
	function ambiguity(scaler, { object }) {
		const namespace = namespaceOf(scaler);
		const pods = store.list(resources.pods, namespace).filter((pod) => matchesSelector(object.spec.selector, pod.metadata.labels));
		const rivals = store.list(type, namespace).filter((other) => {
			const target = findScaleTarget(store, namespace, other.spec.scaleTargetRef);
			const selector = "missing" in target ? void 0 : target.object.spec.selector;
			return selector !== void 0 && pods.some((pod) => matchesSelector(selector, pod.metadata.labels));
		});
		if (rivals.length < 2) return void 0;
		const names = rivals.map(({ metadata }) => `${namespace}/${metadata.name}`).join(" ");
		const message = `pods by selector ${selectorText(object.spec.selector)} are controlled by multiple HPAs: [${names}]`;
		return {
			reason: "AmbiguousSelector",
			message,
			event: message,
			summary: message
		};
	}
	function rescale(scaler, target, current, { replicas, conditions }, limit) {
		if (replicas === current) {
			report(scaler, conditions, {
				currentReplicas: current,
				desiredReplicas: replicas
			});
			return;
		}
		const why = limit === void 0 ? "as the metrics ask for" : `Current number of replicas ${limit}`;
		writeScale(store, clock, target, replicas);
		record(scaler, "Normal", "SuccessfulRescale", `New size: ${replicas}; reason: ${why}`);
		const done = {
			type: "AbleToScale",
			status: "True",
			reason: "SucceededRescale",
			message: `the HPA controller was able to update the target scale to ${replicas}`
		};
		report(scaler, [done, ...conditions.filter((condition) => condition.type !== done.type)], {
			currentReplicas: current,
			desiredReplicas: replicas,
			lastScaleTime: timestamp(clock)
		});
	}
	function report(scaler, next, counts = {}) {
		const before = scaler.status?.conditions ?? [];
		const conditions = next.reduce((list, condition) => putCondition(list, condition, clock), before);
		writeStatus(store, type, scaler, {
			currentMetrics: null,
			...scaler.status,
			...counts,
			conditions
		});
	}
	const lookAtAll = (namespace) => {
		for (const scaler of store.list(type, namespace)) queue.add(namespace, scaler.metadata.name);
	};
	const targets = [
		resources.deployments,
		resources.replicasets,
		resources.statefulsets
	];
	const stops = [
		follow(store, type, (scaler) => lookAtAll(namespaceOf(scaler))),
		...targets.map((kind) => store.subscribe(kind, ({ object }) => lookAtAll(namespaceOf(object)))),
		store.subscribe(resources.pods, ({ type: change, object, previous }) => {
			if (change !== "MODIFIED" || object.metadata.labels !== previous?.metadata.labels) lookAtAll(namespaceOf(object));
		})
	];
	return {
		setDesiredReplicas(namespace, name, replicas) {
			if (replicas === void 0) asked.delete(keyOf(namespace, name));
			else asked.set(keyOf(namespace, name), replicas);
			queue.add(namespace, name);
		},
		stop() {
			for (const stop of stops) stop();
			queue.stop();
		}
	};
}
const noMetrics = "failed to get cpu utilization: unable to get metrics for resource cpu: unable to fetch metrics from resource metrics API: the server could not find the requested resource (get pods.metrics.k8s.io)";
const withoutMetrics = {
	reason: "FailedGetResourceMetric",
	message: `the HPA was unable to compute the replica count: ${noMetrics}`,
	event: noMetrics,
	summary: `invalid metrics (1 invalid out of 1), first error is: failed to get cpu resource metric value: ${noMetrics}`
};
function limitsOf$1({ spec }) {
	const seconds = spec.behavior?.scaleDown?.stabilizationWindowSeconds ?? defaultScaleDownWindowSeconds;
	return {
		min: spec.minReplicas ?? 1,
		max: spec.maxReplicas ?? 1,
		scaleDownWindowMs: seconds * 1e3
	};
}
function keyOf(namespace, name) {
	return `${namespace}/${name}`;
}

// src/sandbox/controllers/deployment-status.ts
/** Adds up the ReplicaSets of a Deployment. `current` is the one of its template; undefined when there is none yet. */
function countReplicas(sets, current) {
	const sum = (field) => sets.reduce((total, set) => total + (set.status?.[field] ?? 0), 0);
	const wanted = sets.reduce((total, set) => total + (set.spec.replicas ?? 0), 0);
	return {
		replicas: sum("replicas"),
		updatedReplicas: current?.status?.replicas ?? 0,
		readyReplicas: sum("readyReplicas"),
		availableReplicas: sum("availableReplicas"),
		unavailableReplicas: Math.max(0, wanted - sum("availableReplicas"))
	};
}
function isComplete(deployment, counts) {
	const wanted = deployment.spec.replicas ?? 1;
	return counts.updatedReplicas === wanted && counts.replicas === wanted && counts.availableReplicas === wanted;
}
/** Puts a condition into a list; the time of transition moves only with the status. */
function withCondition(conditions, next, clock) {
	const now = timestamp(clock);
	const before = conditions.find((condition) => condition.type === next.type);
	const lastTransitionTime = before?.status === next.status ? before.lastTransitionTime ?? now : now;
	return [...conditions.filter((condition) => condition !== before), {
		...next,
		lastUpdateTime: now,
		lastTransitionTime
	}];
}
/** Whether enough pods serve: all but those that the strategy lets be missing. */
function availability(available, minAvailable) {
	return available >= minAvailable ? {
		type: "Available",
		status: "True",
		reason: "MinimumReplicasAvailable",
		message: "Deployment has minimum availability."
	} : {
		type: "Available",
		status: "False",
		reason: "MinimumReplicasUnavailable",
		message: "Deployment does not have minimum availability."
	};
}
/**
* What the condition Progressing should say now; undefined: leave it as it is.
* Any count that moved in the right direction since the last look is progress and restarts the deadline.
*/
function progress(deployment, setName, counts, clock) {
	const before = deployment.status ?? {};
	const condition = findCondition(deployment, "Progressing");
	const subject = setName ? `ReplicaSet "${setName}"` : `Deployment "${deployment.metadata.name}"`;
	if (counts.replicas === counts.updatedReplicas && condition?.reason === "NewReplicaSetAvailable") return void 0;
	if (isComplete(deployment, counts)) return {
		type: "Progressing",
		status: "True",
		reason: "NewReplicaSetAvailable",
		message: `${subject} has successfully progressed.`
	};
	const oldBefore = (before.replicas ?? 0) - (before.updatedReplicas ?? 0);
	if (counts.updatedReplicas > (before.updatedReplicas ?? 0) || counts.readyReplicas > (before.readyReplicas ?? 0) || counts.availableReplicas > (before.availableReplicas ?? 0) || counts.replicas - counts.updatedReplicas < oldBefore) return {
		type: "Progressing",
		status: "True",
		reason: "ReplicaSetUpdated",
		message: `${subject} is progressing.`
	};
	const left = deadlineInMs(deployment, clock);
	if (left === void 0 || left > 0) return void 0;
	return {
		type: "Progressing",
		status: "False",
		reason: "ProgressDeadlineExceeded",
		message: `${subject} has timed out progressing.`
	};
}
/** Milliseconds until the progress deadline strikes; undefined when none is running. */
function deadlineInMs(deployment, clock) {
	const condition = findCondition(deployment, "Progressing");
	const seconds = deployment.spec.progressDeadlineSeconds ?? 600;
	if (condition === void 0 || seconds >= 2147483647 || [
		"NewReplicaSetAvailable",
		"ProgressDeadlineExceeded",
		"DeploymentPaused"
	].includes(condition.reason ?? "")) return void 0;
	return Math.max(0, seconds * 1e3 - ageMs(clock, condition.lastUpdateTime));
}

// src/sandbox/controllers/pods.ts
/** Counts towards its ReplicaSet: not finished, and not on its way out. */
function isActive(pod) {
	return !isFinished(pod) && pod.metadata.deletionTimestamp === void 0;
}
function isFinished(pod) {
	return pod.status?.phase === "Succeeded" || pod.status?.phase === "Failed";
}
function isReady(pod) {
	return conditionStatus(pod, "Ready") === "True";
}
/** How long until a ready pod counts as available; 0 when it does, undefined while it is not ready. */
function availableInMs(pod, minReadySeconds, clock) {
	if (!isReady(pod)) return void 0;
	if (minReadySeconds === 0) return 0;
	const readyForMs = ageMs(clock, findCondition(pod, "Ready")?.lastTransitionTime);
	return Math.max(0, minReadySeconds * 1e3 - readyForMs);
}
/** Which of two pods goes first when a ReplicaSet shrinks: without a node, pending, not ready, younger. */
function byDeletionOrder(a, b) {
	return deletionRank(a) - deletionRank(b) || (youngerFirst(a) < youngerFirst(b) ? 1 : -1);
}
function deletionRank(pod) {
	if (pod.spec?.nodeName === void 0) return 0;
	if (pod.status?.phase !== "Running") return 1;
	return isReady(pod) ? 3 : 2;
}
/** Names break ties so that the choice does not depend on the order of a list. */
function youngerFirst(pod) {
	return `${findCondition(pod, "Ready")?.lastTransitionTime ?? pod.metadata.creationTimestamp} ${pod.metadata.creationTimestamp} ${pod.metadata.name}`;
}

// src/sandbox/controllers/names.ts
/** No vowels and no look-alikes, so that no name spells a word. */
const alphabet = "bcdfghjklmnpqrstvwxz2456789";
/** `shop-7c9f` → `shop-7c9f-x2x8k`. */
function withRandomSuffix(base) {
	return `${base.slice(0, 57)}-${encode((0,node_crypto__WEBPACK_IMPORTED_MODULE_3__.randomBytes)(5))}`;
}
/** The label that tells the pods of one template from those of another. */
function templateHash(template, collisions) {
	return encode((0,node_crypto__WEBPACK_IMPORTED_MODULE_3__.createHash)("sha256").update(`${(0,_base_mjs__WEBPACK_IMPORTED_MODULE_1__.c)(template)}${collisions || ""}`).digest().subarray(0, 10));
}
function encode(bytes) {
	return [...bytes].map((byte) => alphabet[byte % 27]).join("");
}

// src/sandbox/controllers/rollout.ts
/**
* Whole numbers of pods for a strategy's limits. Percentages of surge round up, those of unavailability down; when both
* come to nothing one pod may be unavailable, or the rollout could never move.
*/
function resolveLimits(replicas, strategy) {
	const maxSurge = resolve(strategy.maxSurge ?? "25%", replicas, Math.ceil);
	const maxUnavailable = Math.min(replicas, resolve(strategy.maxUnavailable ?? "25%", replicas, Math.floor));
	return maxSurge === 0 && maxUnavailable === 0 ? {
		maxSurge,
		maxUnavailable: 1
	} : {
		maxSurge,
		maxUnavailable
	};
}
function resolve(value, of, round) {
	return typeof value === "string" && value.endsWith("%") ? round(Number.parseFloat(value) * of / 100) : Number(value);
}
/** The next move of a rolling update: first the new set grows as far as the surge allows, then old ones shrink. */
function rollOn(rollout) {
	const grown = growCurrent(rollout);
	if (grown !== rollout.current.replicas) return /* @__PURE__ */ new Map([[rollout.current.name, grown]]);
	return shrinkOld(rollout);
}
function growCurrent({ replicas, maxSurge, current, old }) {
	if (current.replicas >= replicas) return replicas;
	const room = replicas + maxSurge - total([current, ...old]);
	return room <= 0 ? current.replicas : current.replicas + Math.min(room, replicas - current.replicas);
}
function shrinkOld({ replicas, maxUnavailable, current, old }) {
	const minAvailable = replicas - maxUnavailable;
	const currentUnavailable = Math.max(0, current.replicas - current.available);
	let allowance = total([current, ...old]) - minAvailable - currentUnavailable;
	if (allowance <= 0 || total(old) === 0) return /* @__PURE__ */ new Map();
	const sizes = new Map(old.map((set) => [set.name, set.replicas]));
	for (const set of old) {
		const dead = Math.min(allowance, Math.max(0, set.replicas - set.available));
		sizes.set(set.name, set.replicas - dead);
		allowance -= dead;
	}
	let spare = Math.min(allowance, current.available + available(old) - minAvailable);
	for (const set of old) {
		const size = sizes.get(set.name) ?? 0;
		const fewer = Math.max(0, Math.min(size, spare));
		sizes.set(set.name, size - fewer);
		spare -= fewer;
	}
	return changed(old, sizes);
}
/**
* A Deployment whose size changed: one set takes it all; in the middle of a rollout each set takes its share, so that
* the ratio of versions stays, and the largest takes what rounding leaves.
*/
function resize(rollout) {
	const { replicas, maxSurge, current, old } = rollout;
	const active = [current, ...old].filter((set) => set.replicas > 0);
	const only = active.length === 0 ? current : active.length === 1 ? active[0] : void 0;
	if (only !== void 0) return changed([only], /* @__PURE__ */ new Map([[only.name, replicas]]));
	if (current.replicas === replicas && current.available === replicas) return changed(old, new Map(old.map((set) => [set.name, 0])));
	const allowed = replicas > 0 ? replicas + maxSurge : 0;
	const toAdd = allowed - total(active);
	const largestFirst = [...active].sort((a, b) => b.replicas - a.replicas);
	const sizes = new Map(active.map((set) => [set.name, set.replicas]));
	let added = 0;
	for (const set of largestFirst) {
		const share = Math.round(set.replicas * allowed / (set.maxReplicas || total(active))) - set.replicas;
		const step = toAdd > 0 ? Math.max(0, Math.min(share, toAdd - added)) : Math.min(0, Math.max(share, toAdd - added));
		sizes.set(set.name, set.replicas + step);
		added += step;
	}
	const largest = largestFirst[0];
	if (largest !== void 0) sizes.set(largest.name, Math.max(0, (sizes.get(largest.name) ?? 0) + toAdd - added));
	return changed(active, sizes);
}
function changed(sets, sizes) {
	return new Map([...sizes].filter(([name, size]) => sets.find((set) => set.name === name)?.replicas !== size));
}
function total(sets) {
	return sets.reduce((sum, set) => sum + set.replicas, 0);
}
function available(sets) {
	return sets.reduce((sum, set) => sum + set.available, 0);
}

// src/sandbox/controllers/replica-sets.ts
const hashLabel = "pod-template-hash";
const revisionKey = "deployment.kubernetes.io/revision";
const historyKey = "deployment.kubernetes.io/revision-history";
const desiredKey = "deployment.kubernetes.io/desired-replicas";
const maxKey = "deployment.kubernetes.io/max-replicas";
/** Annotations that belong to the Deployment alone. */
const ownAnnotations = [
	revisionKey,
	historyKey,
	desiredKey,
	maxKey,
	"kubectl.kubernetes.io/last-applied-configuration"
];
function createReplicaSets(store, record) {
	const annotate = (name, deployment, annotations) => store.update(resources.replicasets, namespaceOf(deployment), name, (current) => ({
		...current,
		metadata: {
			...current.metadata,
			annotations: {
				...current.metadata.annotations,
				...annotations
			}
		}
	}));
	function find(deployment) {
		const all = store.list(resources.replicasets, namespaceOf(deployment)).map((set) => adopt(deployment, set)).filter((set) => isControlledBy(set, deployment) && set.metadata.deletionTimestamp === void 0).sort((a, b) => ageKey(a) < ageKey(b) ? -1 : 1);
		const current = all.find((set) => sameTemplate(set.spec.template, deployment.spec.template));
		return {
			all,
			current,
			old: all.filter((set) => set !== current)
		};
	}
	function adopt(deployment, set) {
		if (!(controllerOf(set) === void 0 && set.metadata.deletionTimestamp === void 0) || !matchesSelector(deployment.spec.selector, set.metadata.labels)) return set;
		return store.update(resources.replicasets, namespaceOf(set), set.metadata.name, (current) => ({
			...current,
			metadata: {
				...current.metadata,
				ownerReferences: [...current.metadata.ownerReferences ?? [], controllerReference(deployment)]
			}
		}));
	}
	function create(deployment, revision) {
		const { template, selector, minReadySeconds } = deployment.spec;
		const namespace = namespaceOf(deployment);
		let hash = templateHash(template, 0);
		for (let n = 1; store.get(resources.replicasets, namespace, `${deployment.metadata.name}-${hash}`); n++) hash = templateHash(template, n);
		const labels = {
			...template.metadata?.labels,
			[hashLabel]: hash
		};
		return store.create(resources.replicasets, {
			apiVersion: "apps/v1",
			kind: "ReplicaSet",
			metadata: {
				name: `${deployment.metadata.name}-${hash}`,
				namespace,
				labels,
				annotations: {
					...withoutKeys(deployment.metadata.annotations ?? {}, ownAnnotations),
					...sizeAnnotations(deployment),
					[revisionKey]: String(revision)
				},
				ownerReferences: [controllerReference(deployment)]
			},
			spec: {
				replicas: 0,
				selector: {
					...selector,
					matchLabels: {
						...selector.matchLabels,
						[hashLabel]: hash
					}
				},
				template: {
					...template,
					metadata: {
						...template.metadata,
						labels
					}
				},
				minReadySeconds: minReadySeconds || void 0
			},
			status: { replicas: 0 }
		});
	}
	return {
		find,
		ensureCurrent(deployment, { current, old }) {
			const revision = Math.max(0, ...old.map(revisionOf)) + 1;
			if (current === void 0) return create(deployment, revision);
			const { name } = current.metadata;
			if (revisionOf(current) < revision) annotate(name, deployment, renumbered(current, revision));
			const wanted = deployment.spec.minReadySeconds || void 0;
			return store.update(resources.replicasets, namespaceOf(deployment), name, (set) => ({
				...set,
				spec: {
					...set.spec,
					minReadySeconds: wanted
				}
			}));
		},
		scale(deployment, name, replicas) {
			const before = store.get(resources.replicasets, namespaceOf(deployment), name);
			if (before === void 0 || before.spec.replicas === replicas) return;
			store.update(resources.replicasets, namespaceOf(deployment), name, (current) => ({
				...current,
				metadata: {
					...current.metadata,
					annotations: {
						...current.metadata.annotations,
						...sizeAnnotations(deployment)
					}
				},
				spec: {
					...current.spec,
					replicas
				}
			}));
			const was = before.spec.replicas ?? 0;
			record(deployment, "Normal", "ScalingReplicaSet", `Scaled ${replicas > was ? "up" : "down"} replica set ${name} from ${was} to ${replicas}`);
		},
		isScaledFor: (deployment, set) => set.metadata.annotations?.[desiredKey] === String(deployment.spec.replicas ?? 1),
		markScaledFor(deployment, name) {
			if (store.get(resources.replicasets, namespaceOf(deployment), name) === void 0) return;
			annotate(name, deployment, sizeAnnotations(deployment));
		},
		copyRevision(deployment, revision) {
			store.update(resources.deployments, namespaceOf(deployment), deployment.metadata.name, (current) => ({
				...current,
				metadata: {
					...current.metadata,
					annotations: {
						...current.metadata.annotations,
						[revisionKey]: revision
					}
				}
			}));
		},
		dropHistory(deployment) {
			const empty = find(deployment).old.filter((set) => set.spec.replicas === 0 && (set.status?.replicas ?? 0) === 0).sort((a, b) => revisionOf(a) - revisionOf(b));
			const surplus = Math.max(0, empty.length - (deployment.spec.revisionHistoryLimit ?? 10));
			for (const set of empty.slice(0, surplus)) store.remove(resources.replicasets, namespaceOf(set), set.metadata.name);
		}
	};
}
/** How many pods a Deployment may have too many, and how many may be missing. */
function limitsOf(deployment) {
	const { replicas = 1, strategy } = deployment.spec;
	if (strategy?.type === "Recreate") return {
		maxSurge: 0,
		maxUnavailable: 0
	};
	return resolveLimits(replicas, strategy?.rollingUpdate ?? {});
}
function sizeOf(set) {
	const replicas = set.spec.replicas ?? 0;
	return {
		name: set.metadata.name,
		replicas,
		available: Math.min(replicas, set.status?.availableReplicas ?? 0),
		maxReplicas: Number(set.metadata.annotations?.[maxKey] ?? 0)
	};
}
/** The hash label is the controller's own and says nothing about the template. */
function sameTemplate(a, b) {
	return (0,_base_mjs__WEBPACK_IMPORTED_MODULE_1__.l)(withoutHash(a), withoutHash(b));
}
function withoutHash(template) {
	const { labels = {}, creationTimestamp: _ignored, ...metadata } = template.metadata ?? {};
	return {
		...template,
		metadata: {
			...metadata,
			labels: withoutKeys(labels, [hashLabel])
		}
	};
}
function withoutKeys(record, keys) {
	return Object.fromEntries(Object.entries(record).filter(([key]) => !keys.includes(key)));
}
function sizeAnnotations(deployment) {
	const replicas = deployment.spec.replicas ?? 1;
	return {
		[desiredKey]: String(replicas),
		[maxKey]: String(replicas + limitsOf(deployment).maxSurge)
	};
}
/** A set that comes back gets the newest number, and remembers those that it had. */
function renumbered(set, revision) {
	const { [historyKey]: history, [revisionKey]: last } = set.metadata.annotations ?? {};
	const former = [history, last].filter((part) => part !== void 0).join(",");
	return {
		[revisionKey]: String(revision),
		...former !== "" && { [historyKey]: former }
	};
}
function revisionOf(set) {
	return Number(set.metadata.annotations?.["deployment.kubernetes.io/revision"] ?? 0);
}
function ageKey(set) {
	return `${set.metadata.creationTimestamp} ${String(revisionOf(set)).padStart(8, "0")} ${set.metadata.name}`;
}

// src/sandbox/controllers/deployment.ts
/** Moves each Deployment from the pods it has to the pods it should have, and says how far it is. */
const startDeploymentController = (context) => {
	const { store, clock, log } = context;
	const record = createEventRecorder(store, clock, "deployment-controller");
	const sets = createReplicaSets(store, record);
	const queue = createWorkQueue(clock, log, "Deployment", (namespace, name) => {
		const deployment = store.get(resources.deployments, namespace, name);
		if (deployment === void 0 || deployment.metadata.deletionTimestamp !== void 0) return;
		reconcile(context, sets, deployment);
		const left = deadlineInMs(store.get(resources.deployments, namespace, name) ?? deployment, clock);
		if (left !== void 0) queue.add(namespace, name, left + 1e3);
	});
	const stops = [
		follow(store, resources.deployments, (deployment) => queue.add(namespaceOf(deployment), deployment.metadata.name)),
		follow(store, resources.replicasets, (set) => {
			const owner = controllerOf(set);
			if (owner !== void 0) return queue.add(namespaceOf(set), owner.name);
			for (const deployment of store.list(resources.deployments, namespaceOf(set))) if (matchesSelector(deployment.spec.selector, set.metadata.labels)) queue.add(namespaceOf(deployment), deployment.metadata.name);
		}),
		store.subscribe(resources.pods, ({ type, object }) => {
			if (type !== "DELETED") return;
			const set = store.get(resources.replicasets, namespaceOf(object), controllerOf(object)?.name ?? "");
			const owner = set && controllerOf(set);
			if (owner) queue.add(namespaceOf(object), owner.name);
		})
	];
	return () => {
		for (const stop of stops) stop();
		queue.stop();
	};
};
function reconcile(context, sets, deployment) {
	const { paused = false, strategy } = deployment.spec;
	const found = sets.find(deployment);
	const resized = found.all.some((set) => (set.spec.replicas ?? 0) > 0 && !sets.isScaledFor(deployment, set));
	let current = found.current;
	if (paused || resized) scale(sets, deployment, resizing(deployment, found.all, current));
	else if (strategy?.type === "Recreate") {
		const gone = stopOld(context, sets, deployment, found.old);
		if (gone) current = sets.ensureCurrent(deployment, found);
		if (current !== void 0 && gone) scale(sets, deployment, /* @__PURE__ */ new Map([[current.metadata.name, deployment.spec.replicas ?? 1]]));
	} else {
		current = sets.ensureCurrent(deployment, found);
		scale(sets, deployment, rollOn({
			...rolloutOf(deployment, found.old),
			current: sizeOf(current)
		}));
	}
	const active = found.all.filter((set) => set.spec.replicas > 0 || set === found.current);
	for (const set of active) sets.markScaledFor(deployment, set.metadata.name);
	report(context, sets, deployment);
}
function rolloutOf(deployment, old) {
	return {
		replicas: deployment.spec.replicas ?? 1,
		...limitsOf(deployment),
		old: old.map(sizeOf)
	};
}
function resizing(deployment, all, current) {
	const first = current ?? all.at(-1);
	if (first === void 0) return /* @__PURE__ */ new Map();
	const old = all.filter((set) => set !== first);
	return resize({
		...rolloutOf(deployment, old),
		current: sizeOf(first)
	});
}
/** Takes old sets to nothing; true when none of their pods is left. */
function stopOld({ store }, sets, deployment, old) {
	scale(sets, deployment, new Map(old.filter((set) => set.spec.replicas > 0).map((set) => [set.metadata.name, 0])));
	return !store.list(resources.pods, namespaceOf(deployment)).some((pod) => !isFinished(pod) && old.some((set) => isControlledBy(pod, set)));
}
function scale(sets, deployment, sizes) {
	for (const [name, replicas] of sizes) sets.scale(deployment, name, replicas);
}
function report({ store, clock }, sets, deployment) {
	const { all, current } = sets.find(deployment);
	const counts = countReplicas(all, current);
	const { maxUnavailable } = limitsOf(deployment);
	const failure = replicaFailure(current === void 0 ? all : [current, ...all]);
	const conditions = [
		pauseCondition(deployment) ?? progress(deployment, current?.metadata.name ?? "", counts, clock),
		availability(counts.availableReplicas, (deployment.spec.replicas ?? 1) - maxUnavailable),
		failure
	].reduce((list, condition) => {
		if (condition === void 0) return list;
		const before = list.find(({ type }) => type === condition.type);
		const isNews = before?.status !== condition.status || before?.reason !== condition.reason;
		const isStep = condition.reason === "ReplicaSetUpdated";
		return isNews || isStep ? withCondition(list, condition, clock) : list;
	}, withoutOldFailure(deployment, failure));
	writeStatus(store, resources.deployments, deployment, {
		observedGeneration: deployment.metadata.generation,
		replicas: counts.replicas || void 0,
		updatedReplicas: counts.updatedReplicas || void 0,
		readyReplicas: counts.readyReplicas || void 0,
		availableReplicas: counts.availableReplicas || void 0,
		unavailableReplicas: counts.unavailableReplicas || void 0,
		conditions,
		collisionCount: deployment.status?.collisionCount
	});
	const revision = current?.metadata.annotations?.[revisionKey];
	if (revision !== void 0) sets.copyRevision(deployment, revision);
	if (!deployment.spec.paused && isComplete(deployment, counts)) sets.dropHistory(deployment);
}
/** Why pods could not be made, as their ReplicaSet says it; that of the present template comes first. */
function replicaFailure(sets) {
	return sets.flatMap((set) => findCondition(set, "ReplicaFailure") ?? [])[0];
}
function withoutOldFailure(deployment, failure) {
	const conditions = deployment.status?.conditions ?? [];
	return failure === void 0 ? dropCondition(conditions, "ReplicaFailure") : conditions;
}
function pauseCondition(deployment) {
	const reason = findCondition(deployment, "Progressing")?.reason;
	if (deployment.spec.paused) return {
		type: "Progressing",
		status: "Unknown",
		reason: "DeploymentPaused",
		message: "Deployment is paused"
	};
	if (reason !== "DeploymentPaused") return void 0;
	return {
		type: "Progressing",
		status: "Unknown",
		reason: "DeploymentResumed",
		message: "Deployment is resumed"
	};
}

// src/sandbox/controllers/disruption-budget.ts
/** An eviction that was granted holds its place in the budget for at most this long. */
const disruptionLastsMs = 12e4;
/** Keeps the status of each PodDisruptionBudget: how many of its pods are healthy, and how many may be evicted now. */
const startDisruptionBudgetController = ({ store, clock, log }) => {
	const queue = createWorkQueue(clock, log, "PodDisruptionBudget", reconcile);
	function reconcile(namespace, name) {
		const budget = store.get(resources.poddisruptionbudgets, namespace, name);
		if (budget === void 0) return;
		const pods = store.list(resources.pods, namespace).filter((pod) => selectsPod(budget, pod) && !isFinished(pod));
		const disruptedPods = stillDisrupted(budget, pods);
		const healthy = pods.filter((pod) => isReady(pod) && pod.metadata.deletionTimestamp === void 0 && !(pod.metadata.name in disruptedPods)).length;
		const { expectedPods, desiredHealthy } = expectations(store, budget, pods);
		const allowed = expectedPods > 0 ? Math.max(0, healthy - desiredHealthy) : 0;
		const condition = disruptionAllowed(allowed, budget);
		const times = Object.keys(disruptedPods).length > 0;
		if (times) queue.add(namespace, name, disruptionLastsMs);
		writeStatus(store, resources.poddisruptionbudgets, budget, {
			observedGeneration: budget.metadata.generation,
			...times && { disruptedPods },
			disruptionsAllowed: allowed,
			currentHealthy: healthy,
			desiredHealthy,
			expectedPods,
			conditions: putCondition(budget.status?.conditions ?? [], condition, clock)
		});
	}
	/** Evictions that were granted and whose pod has not begun to go yet. */
	function stillDisrupted(budget, pods) {
		const granted = Object.entries(budget.status?.disruptedPods ?? {});
		return Object.fromEntries(granted.filter(([name, since]) => {
			const pod = pods.find(({ metadata }) => metadata.name === name);
			return !(pod === void 0 || pod.metadata.deletionTimestamp !== void 0) && ageMs(clock, since) < disruptionLastsMs;
		}));
	}
	const lookAtAll = (namespace) => {
		for (const budget of store.list(resources.poddisruptionbudgets, namespace)) queue.add(namespace, budget.metadata.name);
	};
	const kinds = [
		resources.pods,
		resources.deployments,
		resources.replicasets,
		resources.statefulsets
	];
	const stops = [follow(store, resources.poddisruptionbudgets, (budget) => queue.add(namespaceOf(budget), budget.metadata.name)), ...kinds.map((kind) => store.subscribe(kind, ({ object }) => lookAtAll(namespaceOf(object))))];
	return () => {
		for (const stop of stops) stop();
		queue.stop();
	};
};
/** The condition that says whether a budget has room for another eviction. */
function disruptionAllowed(allowed, budget) {
	return {
		type: "DisruptionAllowed",
		status: allowed > 0 ? "True" : "False",
		reason: allowed > 0 ? "SufficientPods" : "InsufficientPods",
		message: "",
		observedGeneration: budget.metadata.generation ?? 1
	};
}
/** Whether a budget counts a pod. An empty selector takes every pod of the namespace, an absent one none. */
function selectsPod(budget, pod) {
	const selector = budget.spec?.selector;
	return selector !== void 0 && selector !== null && matchesSelector(selector, pod.metadata.labels);
}
/** How many pods there should be, and how many of them must stay healthy. */
function expectations(store, { spec }, pods) {
	const { minAvailable, maxUnavailable } = spec ?? {};
	if (typeof minAvailable === "number") return {
		expectedPods: pods.length,
		desiredHealthy: minAvailable
	};
	const expectedPods = expectedScale(store, pods);
	if (minAvailable !== void 0) return {
		expectedPods,
		desiredHealthy: share(minAvailable, expectedPods)
	};
	const missing = maxUnavailable === void 0 ? 0 : share(maxUnavailable, expectedPods);
	return {
		expectedPods,
		desiredHealthy: Math.max(0, expectedPods - missing)
	};
}
/** Percentages round up, on either side. */
function share(value, of) {
	return typeof value === "number" ? value : Math.ceil(Number.parseFloat(value) * of / 100);
}
/** The sizes of all workloads that the pods belong to, added up. Pods that nobody controls do not count. */
function expectedScale(store, pods) {
	const sizes = /* @__PURE__ */ new Map();
	for (const pod of pods) {
		const workload = workloadOf(store, pod);
		if (workload !== void 0) sizes.set(workload.metadata.uid, workload.spec?.replicas ?? 1);
	}
	return [...sizes.values()].reduce((sum, size) => sum + size, 0);
}
function workloadOf(store, pod) {
	const owner = controllerOf(pod);
	const namespace = namespaceOf(pod);
	if (owner?.kind === "StatefulSet") return store.get(resources.statefulsets, namespace, owner.name);
	if (owner?.kind !== "ReplicaSet") return void 0;
	const set = store.get(resources.replicasets, namespace, owner.name);
	const above = set && controllerOf(set);
	return above?.kind === "Deployment" ? store.get(resources.deployments, namespace, above.name) : set;
}

// src/sandbox/late-view.ts
/**
* Follows a kind as somebody on another machine would: each change arrives `delayMs` after it was made, in order.
* `object` is undefined when the object is gone.
*/
function followLate(store, clock, delayMs, type, onChange) {
	const seen = /* @__PURE__ */ new Map();
	const cancels = /* @__PURE__ */ new Set();
	function arrive(object, gone) {
		const key = `${object.metadata.namespace ?? ""}/${object.metadata.name}`;
		const version = Number(object.metadata.resourceVersion);
		if (version <= (seen.get(key) ?? 0)) return;
		seen.set(key, version);
		onChange(key, gone ? void 0 : object);
	}
	for (const object of store.list(type, "")) arrive(object, false);
	const unsubscribe = store.subscribe(type, (event) => {
		const cancel = clock.after(delayMs(), () => {
			cancels.delete(cancel);
			arrive(event.object, event.type === "DELETED");
		});
		cancels.add(cancel);
	});
	return () => {
		unsubscribe();
		for (const cancel of cancels) cancel();
	};
}
/** `onChange` is not called for what exists at the start. */
function watchLate(store, clock, delayMs, type, onChange) {
	const objects = /* @__PURE__ */ new Map();
	let started = false;
	const stop = followLate(store, clock, delayMs, type, (key, object) => {
		const previous = objects.get(key);
		if (object === void 0) objects.delete(key);
		else objects.set(key, object);
		if (started) onChange(key, object, previous);
	});
	started = true;
	return {
		objects,
		stop
	};
}

// src/sandbox/controllers/endpoint-slices.ts
const serviceLabel = "kubernetes.io/service-name";
const managedByLabel = "endpointslice.kubernetes.io/managed-by";
const managedBy = "endpointslice-controller.k8s.io";
/**
* Keeps the EndpointSlices of all Services with a selector. It sees Services and pods late, as the real controller does
* when it is busy: for that long the slices say what was.
*/
const startEndpointSliceController = ({ store, clock, log, delays }) => {
	const queue = createWorkQueue(clock, log, "EndpointSlice", reconcile);
	const delayMs = () => delays().endpointMs;
	const look = (service) => {
		if (service !== void 0) queue.add(namespaceOf(service), service.metadata.name);
	};
	const services = watchLate(store, clock, delayMs, resources.services, (_key, service, previous) => look(service ?? previous));
	const pods = watchLate(store, clock, delayMs, resources.pods, (_key, ...states) => {
		for (const service of services.objects.values()) if (states.some((pod) => pod !== void 0 && selects(service, pod))) look(service);
	});
	for (const service of services.objects.values()) look(service);
	function slicesOf(namespace, service) {
		return store.list(resources.endpointslices, namespace).filter(({ metadata }) => metadata.labels?.[serviceLabel] === service).filter(({ metadata }) => metadata.labels?.[managedByLabel] === managedBy);
	}
	function reconcile(namespace, name) {
		const seen = services.objects.get(`${namespace}/${name}`);
		const service = store.get(resources.services, namespace, name)?.metadata.uid === seen?.metadata.uid ? seen : void 0;
		const free = [...slicesOf(namespace, name)];
		const wanted = service?.spec?.selector === void 0 ? [] : describeSlices(service);
		for (const slice of wanted) {
			const same = free.findIndex(({ ports }) => (0,_base_mjs__WEBPACK_IMPORTED_MODULE_1__.l)(ports, slice.ports));
			const [reused] = free.length > 0 ? free.splice(Math.max(0, same), 1) : [];
			if (reused !== void 0) store.update(resources.endpointslices, namespace, reused.metadata.name, (current) => ({
				...current,
				...slice
			}));
			else if (service !== void 0) createSlice(service, slice);
		}
		for (const { metadata } of free) store.remove(resources.endpointslices, namespace, metadata.name);
	}
	function createSlice(service, slice) {
		const { name } = service.metadata;
		store.create(resources.endpointslices, {
			apiVersion: "discovery.k8s.io/v1",
			kind: "EndpointSlice",
			metadata: {
				name: withRandomSuffix(name),
				generateName: `${name}-`,
				namespace: namespaceOf(service),
				labels: {
					...service.metadata.labels,
					[serviceLabel]: name,
					[managedByLabel]: managedBy,
					...service.spec.clusterIP === "None" && { "service.kubernetes.io/headless": "" }
				},
				ownerReferences: [controllerReference(service)]
			},
			addressType: "IPv4",
			...slice
		});
	}
	/** One slice per set of port numbers: a named port may mean another number in another pod. */
	function describeSlices(service) {
		const selected = [...pods.objects.values()].filter((pod) => selects(service, pod) && pod.status?.podIP !== void 0 && !isFinished(pod));
		const slices = /* @__PURE__ */ new Map();
		for (const pod of selected) {
			const ports = portsOf$1(service, pod);
			const key = JSON.stringify(ports);
			const endpoints = slices.get(key)?.endpoints ?? [];
			slices.set(key, {
				ports,
				endpoints: [...endpoints, endpointOf(service, pod)]
			});
		}
		return slices.size > 0 ? [...slices.values()] : [{
			ports: [],
			endpoints: []
		}];
	}
	return () => {
		services.stop();
		pods.stop();
		queue.stop();
	};
};
function selects(service, pod) {
	return namespaceOf(service) === namespaceOf(pod) && matchesLabels(service.spec?.selector, pod.metadata.labels);
}
function endpointOf(service, pod) {
	const terminating = pod.metadata.deletionTimestamp !== void 0;
	const serving = isReady(pod) || service.spec.publishNotReadyAddresses === true;
	return {
		addresses: [pod.status.podIP],
		conditions: {
			ready: serving && !terminating,
			serving,
			terminating
		},
		nodeName: pod.spec.nodeName,
		targetRef: {
			kind: "Pod",
			namespace: namespaceOf(pod),
			name: pod.metadata.name,
			uid: pod.metadata.uid
		}
	};
}
/** The Service's ports as numbers of this pod; a name that the pod does not have is left out. */
function portsOf$1(service, pod) {
	const ports = [];
	for (const { name = "", port, targetPort = port, protocol = "TCP", appProtocol } of service.spec.ports ?? []) {
		const number = resolvePort(pod, targetPort);
		if (number !== void 0) ports.push({
			name,
			port: number,
			protocol,
			...appProtocol && { appProtocol }
		});
	}
	return ports;
}
/** The number of a container port that is given by number or by name. */
function resolvePort(pod, port) {
	if (typeof port === "number") return port;
	if (/^\d+$/.test(port)) return Number(port);
	const sidecars = pod.spec.initContainers ?? [];
	for (const container of [...pod.spec.containers ?? [], ...sidecars.filter(({ restartPolicy }) => restartPolicy === "Always")]) for (const declared of container.ports ?? []) if (declared.name === port) return declared.containerPort;
}

// src/sandbox/controllers/ingress-status.ts
/** What `spec.controller` of an IngressClass says when the sandbox's gateway serves it. */
const ingressController = "streamgate.io/sandbox-gateway";
const classAnnotation = "kubernetes.io/ingress.class";
/** Gives the Ingresses that the gateway serves its address, and takes it from those that it no longer does. */
const startIngressStatusController = ({ store, clock, log }) => {
	const queue = createWorkQueue(clock, log, "Ingress", (namespace, name) => {
		const ingress = store.get(resources.ingresses, namespace, name);
		if (ingress === void 0) return;
		const loadBalancer = servesIngress(store, ingress) ? { ingress: [{ ip: "127.0.0.1" }] } : {};
		writeStatus(store, resources.ingresses, ingress, {
			...ingress.status,
			loadBalancer
		});
	});
	const look = (ingress) => queue.add(namespaceOf(ingress), ingress.metadata.name);
	const stops = [follow(store, resources.ingresses, look), store.subscribe(resources.ingressclasses, () => store.list(resources.ingresses, "").forEach(look))];
	return () => {
		for (const stop of stops) stop();
		queue.stop();
	};
};
/** Whether the Ingress names a class of the sandbox's gateway. */
function servesIngress(store, { metadata, spec }) {
	const named = spec?.ingressClassName ?? metadata.annotations?.[classAnnotation];
	if (named === void 0) return false;
	return store.get(resources.ingressclasses, "", named)?.spec?.controller === ingressController;
}
/** Admission gives an Ingress without a class the default one, when there is exactly one. */
function withDefaultClass(store, ingress) {
	const { metadata, spec } = ingress;
	if (spec?.ingressClassName !== void 0 || metadata.annotations?.[classAnnotation] !== void 0 || spec === void 0) return ingress;
	const [only, ...others] = store.list(resources.ingressclasses, "").filter((type) => type.metadata.annotations?.["ingressclass.kubernetes.io/is-default-class"] === "true");
	if (only === void 0 || others.length > 0) return ingress;
	return {
		...ingress,
		spec: {
			...spec,
			ingressClassName: only.metadata.name
		}
	};
}

// src/sandbox/controllers/job-progress.ts
/** Why a Job ends now; undefined while it goes on. `ageMs` counts from its start. */
function verdictOn({ spec }, counts, ageMs) {
	const { backoffLimit = 6, activeDeadlineSeconds, completions, template } = spec;
	const restarted = template.spec.restartPolicy === "OnFailure" && counts.restarts > 0 && counts.restarts >= backoffLimit;
	if (counts.failed > backoffLimit || restarted) return {
		type: "Failed",
		reason: "BackoffLimitExceeded",
		message: "Job has reached the specified backoff limit"
	};
	if (activeDeadlineSeconds !== void 0 && ageMs >= activeDeadlineSeconds * 1e3) return {
		type: "Failed",
		reason: "DeadlineExceeded",
		message: "Job was active longer than specified deadline"
	};
	if (!(completions === void 0 ? counts.succeeded > 0 && counts.active === 0 : counts.succeeded >= completions)) return void 0;
	return {
		type: "Complete",
		reason: "CompletionsReached",
		message: "Reached expected number of succeeded pods"
	};
}
/** How many pods should run at once now. */
function wantedPods({ spec }, { succeeded, active }) {
	const { parallelism = 1, completions } = spec;
	if (spec.suspend === true) return 0;
	if (completions === void 0) return succeeded > 0 ? active : parallelism;
	return Math.min(parallelism, Math.max(0, completions - succeeded));
}
/** A tenth of what a real controller waits after failures in a row (10 s doubling to 10 min). */
function backOffMs(failures) {
	return failures === 0 ? 0 : Math.min(6e4, 1e3 * 2 ** (failures - 1));
}

// src/sandbox/api/admit.ts
/** What the API server decides itself after it filled in defaults, so that no manager owns it. */
function admit(store, object, serviceNetwork) {
	const { kind, spec } = object;
	if (kind === "Service") return allocateAddress(store, object, serviceNetwork);
	if (kind === "Namespace") return {
		...object,
		spec: {
			finalizers: ["kubernetes"],
			...spec
		}
	};
	if (kind === "Pod" && spec) return {
		...object,
		spec: {
			...podSpecByAdmission,
			...spec
		}
	};
	return object;
}
const podSpecByAdmission = {
	preemptionPolicy: "PreemptLowerPriority",
	priority: 0,
	tolerations: ["not-ready", "unreachable"].map((condition) => ({
		key: `node.kubernetes.io/${condition}`,
		operator: "Exists",
		effect: "NoExecute",
		tolerationSeconds: 300
	}))
};
/** Gives a Service its cluster IP in a /16 network and node ports, when its type wants them and it has none. */
function allocateAddress(store, service, network = "10.96") {
	const { spec } = service;
	if (spec === void 0 || spec.type === "ExternalName") return service;
	const others = store.list(resources.services, "").filter(({ metadata: { name, namespace } }) => name !== service.metadata.name || namespace !== service.metadata.namespace);
	const addresses = new Set(others.map((other) => other.spec?.clusterIP));
	const clusterIP = spec.clusterIP || firstFree(1, 65534, addresses, (n) => `${network}.${n >> 8}.${n & 255}`);
	const taken = new Set(others.flatMap((other) => (other.spec?.ports ?? []).map((port) => port.nodePort)));
	const exposed = spec.type === "NodePort" || spec.type === "LoadBalancer";
	const errors = (spec.ports ?? []).flatMap(({ nodePort }, index) => nodePort !== void 0 && taken.has(nodePort) ? [wrong(`spec.ports[${index}].nodePort`, nodePort, "provided port is already allocated")] : []);
	if (errors.length > 0) throw invalid(resources.services, service.metadata.name, errors);
	const ports = spec.ports?.map((port) => {
		if (!exposed || port.nodePort) return port;
		const nodePort = firstFree(3e4, 32767, taken, (n) => n);
		taken.add(nodePort);
		return {
			...port,
			nodePort
		};
	});
	return {
		...service,
		spec: {
			ipFamilies: ["IPv4"],
			ipFamilyPolicy: "SingleStack",
			...spec,
			clusterIP,
			clusterIPs: [clusterIP],
			...ports && { ports }
		}
	};
}
/** The first that nobody has; `show` says how the n-th is written. */
function firstFree(low, high, taken, show) {
	for (let candidate = low; candidate <= high; candidate++) if (!taken.has(show(candidate))) return show(candidate);
	throw new ApiError("InternalError", "the range of addresses or node ports is exhausted");
}

// src/sandbox/api/defaults.ts
/** Fills in what the API server would, so that what is read back (or answered to a dry run) is complete. */
function fillDefaults(type, object) {
	const filler = fillers[type.kind];
	if (filler === void 0) return object;
	const draft = structuredClone(object);
	filler(draft);
	return draft;
}
const fillers = {
	Namespace(draft) {
		draft.metadata.labels = {
			...draft.metadata.labels,
			"kubernetes.io/metadata.name": draft.metadata.name
		};
		draft.status ??= { phase: "Active" };
	},
	Pod({ spec }) {
		if (spec === void 0) return;
		fill(spec, { enableServiceLinks: true });
		fillPodSpec(spec);
		for (const { resources } of spec.containers ?? []) if (resources?.limits) resources.requests = {
			...resources.limits,
			...resources.requests
		};
	},
	Deployment({ spec }) {
		fill(spec, {
			replicas: 1,
			revisionHistoryLimit: 10,
			progressDeadlineSeconds: 600
		});
		fillStrategy(spec, "strategy", {
			maxUnavailable: "25%",
			maxSurge: "25%"
		});
		fillPodSpec(spec?.template?.spec);
	},
	ReplicaSet({ spec }) {
		fill(spec, { replicas: 1 });
		fillPodSpec(spec?.template?.spec);
	},
	StatefulSet({ spec }) {
		fill(spec, {
			replicas: 1,
			revisionHistoryLimit: 10,
			podManagementPolicy: "OrderedReady",
			persistentVolumeClaimRetentionPolicy: {
				whenDeleted: "Retain",
				whenScaled: "Retain"
			}
		});
		fillStrategy(spec, "updateStrategy", { partition: 0 });
		fillPodSpec(spec?.template?.spec);
	},
	DaemonSet({ spec }) {
		fill(spec, { revisionHistoryLimit: 10 });
		fillStrategy(spec, "updateStrategy", {
			maxUnavailable: 1,
			maxSurge: 0
		});
		fillPodSpec(spec?.template?.spec);
	},
	Job({ spec }) {
		fill(spec, {
			completions: 1,
			parallelism: 1,
			backoffLimit: 6,
			completionMode: "NonIndexed",
			suspend: false,
			manualSelector: false,
			podReplacementPolicy: "TerminatingOrFailed"
		});
		fillPodSpec(spec?.template?.spec);
	},
	HorizontalPodAutoscaler({ spec }) {
		fill(spec, {
			minReplicas: 1,
			metrics: [{
				type: "Resource",
				resource: {
					name: "cpu",
					target: {
						type: "Utilization",
						averageUtilization: 80
					}
				}
			}]
		});
	},
	Service({ spec }) {
		fill(spec, {
			type: "ClusterIP",
			sessionAffinity: "None"
		});
		if (spec?.type !== "ExternalName") fill(spec, { internalTrafficPolicy: "Cluster" });
		if (spec?.type === "NodePort" || spec?.type === "LoadBalancer") fill(spec, { externalTrafficPolicy: "Cluster" });
		if (spec?.type === "LoadBalancer") fill(spec, { allocateLoadBalancerNodePorts: true });
		for (const port of spec?.ports ?? []) fill(port, {
			protocol: "TCP",
			targetPort: port.port
		});
	},
	Secret(draft) {
		draft.type ??= "Opaque";
		const texts = draft.stringData ?? {};
		const encoded = Object.entries(texts).map(([key, text]) => [key, Buffer.from(text).toString("base64")]);
		if (encoded.length > 0) draft.data = {
			...draft.data,
			...Object.fromEntries(encoded)
		};
		delete draft.stringData;
	},
	EndpointSlice(draft) {
		for (const port of draft.ports ?? []) fill(port, {
			name: "",
			protocol: "TCP"
		});
	},
	NetworkPolicy({ spec }) {
		fill(spec, { policyTypes: spec?.egress ? ["Ingress", "Egress"] : ["Ingress"] });
		for (const rule of [...spec?.ingress ?? [], ...spec?.egress ?? []]) for (const port of rule.ports ?? []) fill(port, { protocol: "TCP" });
	},
	Gateway({ spec }) {
		for (const listener of spec?.listeners ?? []) {
			listener.allowedRoutes ??= {};
			listener.allowedRoutes.namespaces ??= {};
			listener.allowedRoutes.namespaces.from ??= "Same";
			if (listener.tls) fill(listener.tls, { mode: "Terminate" });
		}
	},
	HTTPRoute({ spec }) {
		for (const parent of spec?.parentRefs ?? []) fill(parent, {
			group: "gateway.networking.k8s.io",
			kind: "Gateway"
		});
		fill(spec, { rules: [{}] });
		for (const rule of spec?.rules ?? []) {
			fill(rule, { matches: [{}] });
			for (const match of rule.matches) {
				match.path ??= {};
				fill(match.path, {
					type: "PathPrefix",
					value: "/"
				});
				for (const parameter of [...match.headers ?? [], ...match.queryParams ?? []]) fill(parameter, { type: "Exact" });
			}
			for (const reference of rule.backendRefs ?? []) fill(reference, {
				group: "",
				kind: "Service",
				weight: 1
			});
		}
	}
};
function fill(target, defaults) {
	if (target === void 0 || target === null) return;
	for (const [key, value] of Object.entries(defaults)) target[key] ??= value;
}
function fillStrategy(spec, field, rollingUpdate) {
	if (spec === void 0) return;
	spec[field] ??= {};
	spec[field].type ??= "RollingUpdate";
	if (spec[field].type !== "RollingUpdate") return;
	spec[field].rollingUpdate ??= {};
	fill(spec[field].rollingUpdate, rollingUpdate);
}
function fillPodSpec(spec) {
	fill(spec, {
		restartPolicy: "Always",
		terminationGracePeriodSeconds: 30,
		dnsPolicy: "ClusterFirst",
		securityContext: {},
		schedulerName: "default-scheduler"
	});
	if (spec?.serviceAccountName) spec.serviceAccount = spec.serviceAccountName;
	for (const container of [...spec?.initContainers ?? [], ...spec?.containers ?? []]) fillContainer(container);
	for (const volume of spec?.volumes ?? []) {
		if (Object.keys(volume).length === 1) volume.emptyDir = {};
		for (const source of [
			"configMap",
			"secret",
			"projected",
			"downwardAPI"
		]) fill(volume[source], { defaultMode: 420 });
		fill(volume.hostPath, { type: "" });
	}
}
function fillContainer(container) {
	fill(container, {
		imagePullPolicy: isLatest(container.image) ? "Always" : "IfNotPresent",
		terminationMessagePath: "/dev/termination-log",
		terminationMessagePolicy: "File",
		resources: {}
	});
	for (const port of container.ports ?? []) fill(port, { protocol: "TCP" });
	for (const { valueFrom } of container.env ?? []) fill(valueFrom?.fieldRef, { apiVersion: "v1" });
	for (const probe of [
		container.livenessProbe,
		container.readinessProbe,
		container.startupProbe
	]) {
		fill(probe, {
			timeoutSeconds: 1,
			periodSeconds: 10,
			successThreshold: 1,
			failureThreshold: 3
		});
		fill(probe?.httpGet, {
			path: "/",
			scheme: "HTTP"
		});
		fill(probe?.grpc, { service: "" });
	}
	for (const hook of [container.lifecycle?.preStop, container.lifecycle?.postStart]) fill(hook?.httpGet, {
		path: "/",
		scheme: "HTTP"
	});
}
function isLatest(image) {
	if (typeof image !== "string" || image.includes("@")) return false;
	const tag = /:([^/:]+)$/.exec(image)?.[1];
	return tag === void 0 || tag === "latest";
}

// src/sandbox/api/new-object.ts
/** What only the server writes. */
const serverMetadata = [
	"uid",
	"creationTimestamp",
	"deletionTimestamp",
	"deletionGracePeriodSeconds",
	"generation",
	"resourceVersion"
];
/** The metadata of an object to be created, with a name of its own. */
function freshMetadata(api, scope, { metadata }) {
	const { type, namespace } = scope;
	const own = Object.fromEntries(Object.entries(metadata).filter(([key]) => ![
		...serverMetadata,
		"managedFields",
		"selfLink"
	].includes(key)));
	const prefix = metadata.generateName ?? "";
	if (!metadata.name && !prefix) throw invalid(type, "", [required("metadata.name", "name or generateName is required")]);
	let name = metadata.name;
	while (!name || !metadata.name && api.store.get(type, namespace, name) !== void 0) name = `${prefix.slice(0, 58)}${randomSuffix()}`;
	return {
		...own,
		name
	};
}
/** Five letters without vowels, as Kubernetes appends them to `generateName`. */
function randomSuffix() {
	const letters = "bcdfghjklmnpqrstvwxz2456789";
	return [...(0,node_crypto__WEBPACK_IMPORTED_MODULE_3__.randomBytes)(5)].map((byte) => letters[byte % 27]).join("");
}
const withEmptyStatus = /* @__PURE__ */ new Set([
	"Deployment",
	"Job",
	"ResourceQuota"
]);
/** A status of the client's is dropped; some kinds begin with one of the server's. */
function withInitialStatus(object) {
	const { status: _dropped, ...rest } = object;
	if (object.kind === "Pod") return {
		...rest,
		status: {
			phase: "Pending",
			qosClass: qualityOf(object)
		}
	};
	if (object.kind === "HorizontalPodAutoscaler") return {
		...rest,
		status: {
			desiredReplicas: 0,
			currentMetrics: null
		}
	};
	if (object.kind === "Service" || object.kind === "Ingress") return {
		...rest,
		status: { loadBalancer: {} }
	};
	if (object.kind === "PodDisruptionBudget") {
		const status = {
			disruptionsAllowed: 0,
			currentHealthy: 0,
			desiredHealthy: 0,
			expectedPods: 0
		};
		return {
			...rest,
			status
		};
	}
	if (withEmptyStatus.has(object.kind)) return {
		...rest,
		status: {}
	};
	if (object.kind === "ReplicaSet") return {
		...rest,
		status: { replicas: 0 }
	};
	return rest;
}
/** Which pods are evicted first: a function of requests and limits. */
function qualityOf({ spec }) {
	const resources = (spec?.containers ?? []).map((container) => container.resources ?? {});
	if (resources.every(({ limits, requests }) => !limits && !requests)) return "BestEffort";
	const isFull = ({ limits, requests }) => limits?.cpu !== void 0 && limits.memory !== void 0 && (0,_base_mjs__WEBPACK_IMPORTED_MODULE_1__.l)({
		...limits,
		...requests
	}, limits);
	return resources.every(isFull) ? "Guaranteed" : "Burstable";
}
function requireNamespace(api, { type, namespace }, name) {
	if (!type.namespaced) return;
	const found = api.store.get(resources.namespaces, "", namespace);
	if (found === void 0) throw notFound(resources.namespaces, namespace);
	if (found.metadata.deletionTimestamp === void 0) return;
	throw new ApiError("Forbidden", `${type.resource} "${name}" is forbidden: unable to create new content in namespace ${namespace} because it is being terminated`, {
		name,
		kind: type.resource,
		causes: [{
			reason: "NamespaceTerminating",
			message: `namespace ${namespace} is being terminated`,
			field: "metadata.namespace"
		}]
	});
}

// src/sandbox/api/service-account.ts
/** Admission of a pod: the account that it runs as has to exist. Every namespace has one named `default`. */
function requireServiceAccount(store, { metadata, spec }) {
	const { name, namespace = "" } = metadata;
	const account = spec?.serviceAccountName ?? "default";
	if (account === "default" || store.get(resources.serviceaccounts, namespace, account)) return;
	const missing = `serviceaccount "${account}" not found`;
	throw new ApiError("Forbidden", `pods "${name}" is forbidden: error looking up service account ${namespace}/${account}: ${missing}`, {
		name,
		kind: "pods"
	});
}

// src/sandbox/quantity.ts
/** A Kubernetes quantity as a number of cores or bytes; what cannot be read counts as nothing. */
function readQuantity(value) {
	return (0,_base_mjs__WEBPACK_IMPORTED_MODULE_1__.v)(String(value ?? "0")) ?? 0;
}
const decimal = [
	"",
	"k",
	"M",
	"G",
	"T",
	"P",
	"E"
];
const binary = [
	"",
	"Ki",
	"Mi",
	"Gi",
	"Ti",
	"Pi",
	"Ei"
];
/** The shortest exact spelling, as the API server canonicalises it: `1500m`, `2`, `1536Mi`. */
function showQuantity(value) {
	const thousandths = Math.round(value * 1e3);
	if (thousandths % 1e3 !== 0) return `${thousandths}m`;
	const whole = thousandths / 1e3;
	const inBinary = divideOut(whole, 1024);
	if (inBinary.steps > 0) return `${inBinary.rest}${binary[inBinary.steps]}`;
	const inDecimal = divideOut(whole, 1e3);
	return `${inDecimal.rest}${decimal[inDecimal.steps]}`;
}
function divideOut(value, base) {
	let rest = value;
	let steps = 0;
	while (rest !== 0 && rest % base === 0 && steps < 6) {
		rest /= base;
		steps += 1;
	}
	return {
		rest,
		steps
	};
}

// src/sandbox/quota-usage.ts
/** Kinds that have a name of their own in quotas, beside `count/…`. */
const namedKinds = /* @__PURE__ */ new Set([
	"services",
	"configmaps",
	"secrets",
	"persistentvolumeclaims",
	"resourcequotas",
	"replicationcontrollers"
]);
const computeNames = [
	"cpu",
	"memory",
	"requests.cpu",
	"requests.memory",
	"limits.cpu",
	"limits.memory"
];
/** What one object takes of every quota that could name it. */
function usageOf(type, object, nowMs) {
	const count = `count/${type.group ? `${type.resource}.${type.group}` : type.resource}`;
	const usage = /* @__PURE__ */ new Map([[count, 1]]);
	if (type.group !== "") return usage;
	if (namedKinds.has(type.resource)) usage.set(type.resource, 1);
	if (type.resource === "services") {
		const { type: kind, ports = [] } = object.spec ?? {};
		usage.set("services.loadbalancers", kind === "LoadBalancer" ? 1 : 0);
		usage.set("services.nodeports", kind === "NodePort" || kind === "LoadBalancer" ? ports.length : 0);
	}
	if (type.resource !== "pods" || isOver(object, nowMs)) return usage;
	usage.set("pods", 1);
	for (const name of computeNames) usage.set(name, podAmount(object, name));
	return usage;
}
/** A pod that has ended, or whose grace period has, takes no room any more. */
function isOver({ metadata, status }, nowMs) {
	if (status?.phase === "Succeeded" || status?.phase === "Failed") return true;
	return metadata.deletionTimestamp !== void 0 && Date.parse(metadata.deletionTimestamp) < nowMs;
}
/** Containers run together, init containers before them and one by one: except those that stay, which are sidecars. */
function podAmount({ spec }, name) {
	const containers = spec?.containers ?? [];
	const inits = spec?.initContainers ?? [];
	const sum = (list) => list.reduce((total, container) => total + amountOf(container, name), 0);
	const sidecars = sum(inits.filter(({ restartPolicy }) => restartPolicy === "Always"));
	const first = inits.filter(({ restartPolicy }) => restartPolicy !== "Always");
	const largest = Math.max(0, ...first.map((container) => amountOf(container, name)));
	return Math.max(sum(containers) + sidecars, largest + sidecars);
}
function amountOf(container, name) {
	return readQuantity(sourceOf(container, name));
}
/** `cpu` means requests, `limits.cpu` limits; a limit alone counts as the request, too. */
function sourceOf({ resources = {} }, name) {
	const [, side = "requests", resource = name] = /^(requests|limits)\.(.*)$/.exec(name) ?? [];
	const limit = resources.limits?.[resource];
	return side === "limits" ? limit : resources.requests?.[resource] ?? limit;
}
/** Compute resources of the quota that a container of the pod leaves open, as the API server words it; empty: none. */
function describeOpenResources({ spec }, limited) {
	const containers = [...spec?.containers ?? [], ...spec?.initContainers ?? []];
	return computeNames.filter((name) => limited.includes(name)).map((name) => {
		const open = containers.filter((container) => sourceOf(container, name) === void 0);
		return {
			name,
			containers: [...new Set(open.map((container) => String(container.name)))].sort()
		};
	}).filter((entry) => entry.containers.length > 0).sort((a, b) => a.name < b.name ? -1 : 1).map((entry) => `${entry.name} for: ${entry.containers.join(",")}`).join("; ");
}

// src/sandbox/quota.ts
/**
* Holds a new object to the ResourceQuotas of its namespace, as admission does: by what their status says is used.
* Throws 403 when it does not fit. The function that it returns writes down what the object takes.
*/
function reserveQuota(store, clock, type, object) {
	const { name, namespace = "" } = object.metadata;
	if (!type.namespaced) return () => {};
	const usage = usageOf(type, object, clock.now());
	const charges = store.list(resources.resourcequotas, namespace).flatMap((quota) => {
		const hard = quota.status?.hard ?? {};
		const taken = new Map([...usage].filter(([resource]) => resource in hard));
		if (taken.size === 0) return [];
		check(type, object, quota, taken);
		return [{
			quota: quota.metadata.name,
			taken
		}];
	});
	return () => {
		for (const { quota, taken } of charges) charge(store, clock, namespace, quota, taken);
	};
	function check(of, what, quota, taken) {
		const { hard, used = {} } = quota.status;
		const open = of.kind === "Pod" ? describeOpenResources(what, Object.keys(hard)) : "";
		if (open !== "") throw refuse(`failed quota: ${quota.metadata.name}: must specify ${open}`);
		const exceeded = [...taken.keys()].filter((resource) => {
			const more = taken.get(resource) ?? 0;
			return more > 0 && readQuantity(used[resource]) + more > readQuantity(hard[resource]) + 1e-9;
		}).sort();
		if (exceeded.length === 0) return;
		const show = (amount) => exceeded.map((resource) => `${resource}=${showQuantity(amount(resource))}`).join(",");
		const requested = show((resource) => taken.get(resource) ?? 0);
		const before = show((resource) => readQuantity(used[resource]));
		const limited = show((resource) => readQuantity(hard[resource]));
		throw refuse(`exceeded quota: ${quota.metadata.name}, requested: ${requested}, used: ${before}, limited: ${limited}`);
	}
	function refuse(why) {
		const subject = type.group ? `${type.resource}.${type.group}` : type.resource;
		return new ApiError("Forbidden", `${subject} "${name}" is forbidden: ${why}`, {
			name,
			...type.group && { group: type.group },
			kind: type.resource
		});
	}
}
function charge(store, clock, namespace, name, taken) {
	const writer = serverWriter(clock, "v1");
	store.update(resources.resourcequotas, namespace, name, (quota) => {
		const used = { ...quota.status.used };
		for (const [resource, more] of taken) used[resource] = showQuantity(readQuantity(used[resource]) + more);
		const next = {
			...quota,
			status: {
				...quota.status,
				used
			}
		};
		const managedFields = writeOwners(ownersAfterUpdate(resources.resourcequotas, quota, next, writer));
		return {
			...next,
			metadata: {
				...quota.metadata,
				managedFields
			}
		};
	});
}

// src/sandbox/controllers/new-pod.ts
/** Makes pods for their owner and tells of each by an event. Ends at the first that is refused, and says why. */
function createPodsOf({ store, clock }, record, owner, missing) {
	for (let n = 0; n < missing; n++) try {
		record(owner, "Normal", "SuccessfulCreate", `Created pod: ${createPodOf(store, clock, owner).metadata.name}`);
	} catch (error) {
		if (!(error instanceof ApiError)) throw error;
		record(owner, "Warning", "FailedCreate", `Error creating: ${error.message}`);
		return error.message;
	}
}
/**
* Makes a pod of a workload's template, as the API server would complete it. Throws ApiError 403 when a quota or the
* admission of the namespace refuses it.
*/
function createPodOf(store, clock, owner) {
	const { metadata = {}, spec } = owner.spec.template;
	const proposed = {
		apiVersion: "v1",
		kind: "Pod",
		metadata: {
			name: withRandomSuffix(owner.metadata.name),
			generateName: `${owner.metadata.name}-`,
			namespace: namespaceOf(owner),
			labels: metadata.labels,
			annotations: metadata.annotations,
			ownerReferences: [controllerReference(owner)],
			uid: "",
			resourceVersion: "",
			creationTimestamp: ""
		},
		spec
	};
	const pod = admit(store, fillDefaults(resources.pods, withInitialStatus(proposed)), void 0);
	requireServiceAccount(store, pod);
	const takeQuota = reserveQuota(store, clock, resources.pods, pod);
	const created = store.create(resources.pods, pod);
	takeQuota();
	return created;
}

// src/sandbox/controllers/job.ts
/** Runs each Job's pods until enough of them succeeded or too many failed, and forgets it in time. */
const startJobController = (context) => {
	const { store, clock, log } = context;
	const record = createEventRecorder(store, clock, "job-controller");
	const tallies = /* @__PURE__ */ new Map();
	const queue = createWorkQueue(clock, log, "Job", reconcile);
	function reconcile(namespace, name) {
		const job = store.get(resources.jobs, namespace, name);
		if (job === void 0 || job.metadata.deletionTimestamp !== void 0) return;
		const ending = findCondition(job, "Complete") ?? findCondition(job, "Failed");
		if (ending !== void 0) {
			forgetLater(job, ending);
			return;
		}
		const pods = store.list(resources.pods, namespace).filter((pod) => isControlledBy(pod, job));
		const active = pods.filter(isActive);
		const tally = countPods(job, pods);
		const startTime = job.spec.suspend === true ? void 0 : job.status?.startTime ?? timestamp(clock);
		const counts = {
			active: active.length,
			succeeded: tally.succeeded.size,
			failed: tally.failed.size,
			restarts: active.reduce((sum, pod) => sum + restartsOf(pod), 0)
		};
		const target = findCondition(job, "FailureTarget");
		const verdict = target ? {
			...target,
			type: "Failed"
		} : verdictOn(job, counts, ageMs(clock, startTime));
		const going = pods.filter((pod) => pod.metadata.deletionTimestamp !== void 0).length;
		if (verdict !== void 0) for (const pod of active) remove(job, pod);
		else resize(job, active, counts, tally);
		report(job, counts, {
			verdict,
			startTime,
			going: going + (verdict ? active.length : 0),
			active
		});
		const deadline = job.spec.activeDeadlineSeconds;
		if (verdict === void 0 && startTime !== void 0 && deadline !== void 0) queue.add(namespace, name, Math.max(0, deadline * 1e3 - ageMs(clock, startTime)));
	}
	/** A pod that somebody deletes while it runs has failed, too. */
	function countPods({ metadata: { uid } }, pods) {
		const tally = tallies.get(uid) ?? {
			succeeded: /* @__PURE__ */ new Set(),
			failed: /* @__PURE__ */ new Set(),
			lastFailureMs: 0
		};
		tallies.set(uid, tally);
		for (const { status, metadata } of pods) if (status?.phase === "Succeeded") tally.succeeded.add(metadata.uid);
		else if (status?.phase === "Failed" || metadata.deletionTimestamp !== void 0) {
			if (!tally.failed.has(metadata.uid)) tally.lastFailureMs = clock.monotonic();
			tally.failed.add(metadata.uid);
		}
		return tally;
	}
	function resize(job, active, counts, tally) {
		const missing = wantedPods(job, counts) - active.length;
		for (const pod of active.slice(0, Math.max(0, -missing))) remove(job, pod);
		const waitMs = tally.lastFailureMs + backOffMs(tally.failed.size) - clock.monotonic();
		if (missing > 0 && waitMs > 0) {
			queue.add(namespaceOf(job), job.metadata.name, waitMs);
			return;
		}
		if (createPodsOf(context, record, job, missing) !== void 0) queue.add(namespaceOf(job), job.metadata.name, 1e3);
	}
	function remove(job, pod) {
		markDeleted(context, resources.pods, pod);
		record(job, "Normal", "SuccessfulDelete", `Deleted pod: ${pod.metadata.name}`);
	}
	function report(job, counts, seen) {
		const { verdict, startTime, going, active } = seen;
		const ends = verdict !== void 0 && (verdict.type === "Complete" || going === 0);
		const early = verdict?.type === "Complete" ? "SuccessCriteriaMet" : "FailureTarget";
		const added = verdict === void 0 ? [] : [early, ...ends ? [verdict.type] : []];
		const { reason, message } = verdict ?? {};
		const conditions = added.reduce((list, type) => putJobCondition(list, {
			type,
			status: "True",
			reason,
			message
		}, clock), suspension(job, clock));
		if (ends && verdict?.type === "Complete") record(job, "Normal", "Completed", "Job completed");
		else if (ends) record(job, "Warning", reason ?? "", message ?? "");
		const left = verdict === void 0 ? activePods(job) : 0;
		writeStatus(store, resources.jobs, job, {
			...startTime !== void 0 && { startTime },
			active: left || void 0,
			ready: verdict === void 0 ? active.filter(isReady).length : 0,
			terminating: going,
			succeeded: counts.succeeded || void 0,
			failed: counts.failed || void 0,
			uncountedTerminatedPods: {},
			...conditions.length > 0 && { conditions },
			...ends && verdict?.type === "Complete" && { completionTime: timestamp(clock) }
		});
	}
	function activePods(job) {
		return store.list(resources.pods, namespaceOf(job)).filter((pod) => isControlledBy(pod, job) && isActive(pod)).length;
	}
	/** Removes a finished Job, and with it its pods, when its time is over. */
	function forgetLater(job, ending) {
		const { name, namespace = "", uid } = job.metadata;
		const seconds = job.spec.ttlSecondsAfterFinished;
		tallies.delete(uid);
		if (seconds === void 0 || conditionStatus(job, ending.type) !== "True") return;
		const leftMs = seconds * 1e3 - ageMs(clock, ending.lastTransitionTime);
		if (leftMs > 0) queue.add(namespace, name, leftMs);
		else store.remove(resources.jobs, namespace, name);
	}
	const stops = [follow(store, resources.jobs, (job) => queue.add(namespaceOf(job), job.metadata.name)), follow(store, resources.pods, (pod) => {
		const owner = controllerOf(pod);
		if (owner?.kind === "Job") queue.add(namespaceOf(pod), owner.name);
	})];
	return () => {
		for (const stop of stops) stop();
		queue.stop();
	};
};
function restartsOf({ status }) {
	return (status?.containerStatuses ?? []).reduce((sum, { restartCount = 0 }) => sum + restartCount, 0);
}
function suspension(job, clock) {
	const before = job.status?.conditions ?? [];
	if (job.spec.suspend !== true) return dropCondition(before, "Suspended");
	return putJobCondition(before, {
		type: "Suspended",
		status: "True",
		reason: "JobSuspended",
		message: "Job suspended"
	}, clock);
}
/** Conditions of Jobs say when they were last looked at, which is when they came. */
function putJobCondition(list, next, clock) {
	const known = list.find(({ type, status }) => type === next.type && status === next.status);
	const probed = {
		...next,
		lastProbeTime: known?.lastTransitionTime ?? timestamp(clock)
	};
	return putCondition(list, probed, clock);
}

// src/sandbox/controllers/replica-set.ts
/** From a refused pod to the next attempt, longer each time: a real controller waits up to a quarter of an hour. */
const retry = {
	firstMs: 1e3,
	maxMs: 16e3
};
/** Keeps as many pods as each ReplicaSet asks for, and counts them. */
const startReplicaSetController = (context) => {
	const { store, clock, log } = context;
	const record = createEventRecorder(store, clock, "replicaset-controller");
	const queue = createWorkQueue(clock, log, "ReplicaSet", reconcile);
	const refused = /* @__PURE__ */ new Map();
	function reconcile(namespace, name) {
		const set = store.get(resources.replicasets, namespace, name);
		if (set === void 0 || set.metadata.deletionTimestamp !== void 0) return;
		const active = claimPods(set).filter(isActive);
		const missing = (set.spec.replicas ?? 1) - active.length;
		const failure = createPodsOf(context, record, set, missing);
		const refusals = failure === void 0 ? 0 : (refused.get(set.metadata.uid) ?? 0) + 1;
		refused.set(set.metadata.uid, refusals);
		if (refusals > 0) queue.add(namespace, name, Math.min(retry.maxMs, retry.firstMs * 2 ** (refusals - 1)));
		for (const pod of [...active].sort(byDeletionOrder).slice(0, Math.max(0, -missing))) {
			markDeleted(context, resources.pods, pod);
			record(set, "Normal", "SuccessfulDelete", `Deleted pod: ${pod.metadata.name}`);
		}
		count(set, failure);
	}
	/** Its pods; adopts those without an owner that match, lets go of those that no longer do. */
	function claimPods(set) {
		const claimed = [];
		for (const pod of store.list(resources.pods, namespaceOf(set))) {
			const matches = matchesSelector(set.spec.selector, pod.metadata.labels);
			if (isControlledBy(pod, set)) {
				if (matches) claimed.push(pod);
				else setOwner(pod, void 0);
			} else if (matches && controllerOf(pod) === void 0 && isActive(pod)) claimed.push(setOwner(pod, set));
		}
		return claimed;
	}
	function setOwner(pod, owner) {
		return store.update(resources.pods, namespaceOf(pod), pod.metadata.name, (current) => {
			const others = (current.metadata.ownerReferences ?? []).filter((reference) => reference.controller !== true);
			const ownerReferences = owner === void 0 ? others : [...others, controllerReference(owner)];
			return {
				...current,
				metadata: {
					...current.metadata,
					ownerReferences
				}
			};
		});
	}
	function count(set, failure) {
		const pods = claimPods(set).filter(isActive);
		const waits = pods.map((pod) => availableInMs(pod, set.spec.minReadySeconds ?? 0, clock));
		const soonest = Math.min(...waits.filter((wait) => wait !== void 0 && wait > 0).map(Number));
		if (Number.isFinite(soonest)) queue.add(namespaceOf(set), set.metadata.name, soonest);
		const templateLabels = set.spec.template.metadata?.labels ?? {};
		writeStatus(store, resources.replicasets, set, {
			replicas: pods.length,
			fullyLabeledReplicas: pods.filter((pod) => matchesSelector({ matchLabels: templateLabels }, pod.metadata.labels)).length || void 0,
			readyReplicas: pods.filter(isReady).length || void 0,
			availableReplicas: waits.filter((wait) => wait === 0).length || void 0,
			observedGeneration: set.metadata.generation,
			conditions: failureCondition(set, failure)
		});
	}
	function failureCondition(set, message) {
		const before = set.status?.conditions ?? [];
		const next = {
			type: "ReplicaFailure",
			status: "True",
			reason: "FailedCreate",
			message
		};
		const told = before.some(({ type }) => type === next.type);
		const conditions = message === void 0 ? dropCondition(before, next.type) : told ? before : putCondition(before, {
			...next,
			message
		}, clock);
		return conditions.length > 0 ? conditions : void 0;
	}
	const stops = [follow(store, resources.replicasets, (set) => queue.add(namespaceOf(set), set.metadata.name)), follow(store, resources.pods, (pod) => {
		const owner = controllerOf(pod);
		if (owner?.kind === "ReplicaSet") return queue.add(namespaceOf(pod), owner.name);
		if (owner !== void 0) return;
		for (const set of store.list(resources.replicasets, namespaceOf(pod))) if (matchesSelector(set.spec.selector, pod.metadata.labels)) queue.add(namespaceOf(set), set.metadata.name);
	})];
	return () => {
		for (const stop of stops) stop();
		queue.stop();
	};
};

// src/sandbox/controllers/resource-quota.ts
/** Keeps the status of each ResourceQuota: what is allowed, and what the objects that exist take of it. */
const startResourceQuotaController = ({ store, clock, log }) => {
	const counted = Object.values(resources).filter(({ namespaced }) => namespaced);
	const queue = createWorkQueue(clock, log, "ResourceQuota", (namespace, name) => {
		const quota = store.get(resources.resourcequotas, namespace, name);
		if (quota === void 0) return;
		const hard = quota.spec?.hard ?? {};
		const totals = new Map(Object.keys(hard).map((resource) => [resource, 0]));
		for (const type of counted) for (const object of store.list(type, namespace)) for (const [resource, amount] of usageOf(type, object, clock.now())) {
			const total = totals.get(resource);
			if (total !== void 0) totals.set(resource, total + amount);
		}
		const used = Object.fromEntries([...totals].map(([resource, total]) => [resource, showQuantity(total)]));
		const limits = Object.entries(hard).map(([resource, limit]) => [resource, showQuantity(readQuantity(limit))]);
		writeStatus(store, resources.resourcequotas, quota, {
			hard: Object.fromEntries(limits),
			used
		});
	});
	const lookAtAll = (namespace) => {
		for (const quota of store.list(resources.resourcequotas, namespace)) queue.add(namespace, quota.metadata.name);
	};
	const stops = [follow(store, resources.resourcequotas, (quota) => queue.add(namespaceOf(quota), quota.metadata.name)), ...counted.filter((type) => type !== resources.resourcequotas).map((type) => store.subscribe(type, ({ object }) => lookAtAll(namespaceOf(object))))];
	return () => {
		for (const stop of stops) stop();
		queue.stop();
	};
};

// src/sandbox/controllers/attach.ts
/** Looks at one parentRef of a route. `hostnames` of the answer is empty when the route takes every host. */
function attach(route, parent, gateway, namespaceLabels) {
	const named = (gateway.spec.listeners ?? []).filter((listener) => (parent.sectionName === void 0 || listener.name === parent.sectionName) && (parent.port === void 0 || listener.port === parent.port));
	if (named.length === 0) return {
		accepted: false,
		reason: "NoMatchingParent",
		message: "No listener has this section name or port"
	};
	const allowing = named.filter((listener) => allowsNamespace(listener, route, gateway, namespaceLabels));
	if (allowing.length === 0) return {
		accepted: false,
		reason: "NotAllowedByListeners",
		message: `No listener allows routes of namespace ${namespaceOf(route)}`
	};
	const wanted = route.spec.hostnames ?? [];
	const matching = allowing.flatMap((listener) => {
		const hostnames = intersect(wanted, listener.hostname);
		return hostnames === void 0 ? [] : [{
			listener: listener.name,
			hostnames
		}];
	});
	if (matching.length === 0) return {
		accepted: false,
		reason: "NoMatchingListenerHostname",
		message: `No listener takes ${wanted.join(", ")}`
	};
	const open = matching.some(({ hostnames }) => hostnames.length === 0);
	return {
		accepted: true,
		listeners: matching.map(({ listener }) => listener),
		hostnames: open ? [] : [...new Set(matching.flatMap(({ hostnames }) => hostnames))]
	};
}
function allowsNamespace(listener, route, gateway, namespaceLabels) {
	const { from = "Same", selector } = listener.allowedRoutes?.namespaces ?? {};
	if (from === "All") return true;
	if (from === "Selector") return matchesSelector(selector, namespaceLabels);
	return namespaceOf(route) === namespaceOf(gateway);
}
/** Undefined: they have no host in common. Empty: every host. */
function intersect(wanted, listener) {
	if (!listener) return wanted;
	if (wanted.length === 0) return [listener];
	const common = wanted.flatMap((host) => coversHost(listener, host) ? [host] : coversHost(host, listener) ? [listener] : []);
	return common.length > 0 ? common : void 0;
}
/** `*.example.com` covers each host below it, of any depth, but not `example.com`. */
function coversHost(pattern, host) {
	if (!pattern.startsWith("*.")) return pattern === host;
	return host.endsWith(pattern.slice(1)) && host.length > pattern.length - 1;
}

// src/sandbox/controllers/route-status.ts
const controllerName = "streamgate.io/sandbox-gateway";
const everything = {
	namespace: "",
	name: "all"
};
/**
* Says on HTTPRoutes and Gateways what became of them. As in a real control plane, that comes at once: the proxy
* itself follows later, and nobody may take one for the other.
*/
const startRouteStatusController = (context) => {
	const { store, clock, log } = context;
	const queue = createWorkQueue(clock, log, "Gateway", () => {
		for (const route of store.list(resources.httproutes, "")) reportRoute(context, route);
		for (const gateway of store.list(resources.gateways, "")) reportGateway(context, gateway);
	});
	const look = () => queue.add(everything.namespace, everything.name);
	const stops = [
		resources.httproutes,
		resources.gateways,
		resources.services,
		resources.referencegrants
	].map((kind) => follow(store, kind, look));
	return () => {
		for (const stop of stops) stop();
		queue.stop();
	};
};
/** The Gateway that a parentRef names, if it is one and is there. */
function gatewayOf(store, route, parent) {
	if ((parent.kind ?? "Gateway") !== "Gateway") return void 0;
	return store.get(resources.gateways, parent.namespace ?? namespaceOf(route), parent.name);
}
function namespaceLabels(store, namespace) {
	return {
		"kubernetes.io/metadata.name": namespace,
		...store.get(resources.namespaces, "", namespace)?.metadata.labels ?? {}
	};
}
function reportRoute(context, route) {
	const { store, clock } = context;
	const before = route.status?.parents ?? [];
	const foreign = before.filter((parent) => parent.controllerName !== controllerName);
	const ours = (route.spec?.parentRefs ?? []).flatMap((parentRef) => {
		const gateway = gatewayOf(store, route, parentRef);
		if (gateway === void 0) return [];
		const attachment = attach(route, parentRef, gateway, namespaceLabels(store, namespaceOf(route)));
		const said = before.find((entry) => JSON.stringify(entry.parentRef) === JSON.stringify(parentRef));
		const conditions = stamp([attachment.accepted ? condition("Accepted", "True", "Accepted", "") : condition("Accepted", "False", attachment.reason, attachment.message), resolvedRefs(store, route)], said?.conditions ?? [], route, clock);
		return [{
			parentRef,
			controllerName,
			conditions
		}];
	});
	if (ours.length === 0 && before.length === 0) return;
	writeStatus(store, resources.httproutes, route, { parents: [...foreign, ...ours] });
}
function resolvedRefs(store, route) {
	for (const rule of route.spec?.rules ?? []) for (const backend of rule.backendRefs ?? []) {
		const { kind = "Service", name, port, namespace = namespaceOf(route) } = backend;
		if (kind !== "Service") return unresolved("InvalidKind", `${kind} is not supported as a backend`);
		if (!isGranted(store, route, namespace, name)) return unresolved("RefNotPermitted", `No ReferenceGrant permits Service ${namespace}/${name}`);
		const service = store.get(resources.services, namespace, name);
		if (service === void 0) return unresolved("BackendNotFound", `Service ${namespace}/${name} not found`);
		if (!(service.spec?.ports ?? []).some((declared) => declared.port === port)) return unresolved("BackendNotFound", `Service ${namespace}/${name} has no port ${port}`);
	}
	return condition("ResolvedRefs", "True", "ResolvedRefs", "");
}
/** Whether a route may name a Service: always in its own namespace, elsewhere with a ReferenceGrant. */
function isGranted(store, route, namespace, name) {
	if (namespace === namespaceOf(route)) return true;
	return store.list(resources.referencegrants, namespace).some(({ spec }) => {
		const from = spec?.from ?? [];
		const to = spec?.to ?? [];
		return from.some((entry) => entry.kind === "HTTPRoute" && entry.namespace === namespaceOf(route)) && to.some((entry) => entry.kind === "Service" && (entry.name === void 0 || entry.name === name));
	});
}
function reportGateway({ store, clock }, gateway) {
	const before = gateway.status ?? {};
	const routes = store.list(resources.httproutes, "");
	const listeners = (gateway.spec?.listeners ?? []).map((listener) => {
		const said = (before.listeners ?? []).find((entry) => entry.name === listener.name);
		const attached = routes.filter((route) => (route.spec?.parentRefs ?? []).some((parentRef) => {
			if (gatewayOf(store, route, parentRef)?.metadata.uid !== gateway.metadata.uid) return false;
			const attachment = attach(route, parentRef, gateway, namespaceLabels(store, namespaceOf(route)));
			return attachment.accepted && attachment.listeners.includes(listener.name);
		}));
		return {
			name: listener.name,
			attachedRoutes: attached.length,
			supportedKinds: [{
				group: "gateway.networking.k8s.io",
				kind: "HTTPRoute"
			}],
			conditions: stamp(wellConditions([
				"Accepted",
				"Programmed",
				"ResolvedRefs"
			]), said?.conditions, gateway, clock)
		};
	});
	writeStatus(store, resources.gateways, gateway, {
		addresses: [{
			type: "IPAddress",
			value: "127.0.0.1"
		}],
		conditions: stamp(wellConditions(["Accepted", "Programmed"]), before.conditions, gateway, clock),
		listeners
	});
}
function wellConditions(types) {
	return types.map((type) => condition(type, "True", type, ""));
}
function unresolved(reason, message) {
	return condition("ResolvedRefs", "False", reason, message);
}
function condition(type, status, reason, message) {
	return {
		type,
		status,
		reason,
		message
	};
}
function stamp(conditions, before, of, clock) {
	return conditions.map((next) => {
		const said = before?.find(({ type }) => type === next.type);
		const lastTransitionTime = said?.status === next.status ? said.lastTransitionTime : timestamp(clock);
		return {
			...next,
			observedGeneration: of.metadata.generation ?? 1,
			lastTransitionTime: lastTransitionTime ?? ""
		};
	});
}

// src/sandbox/controllers/scaled-object.ts
/** KEDA's kind. A sandbox serves it from the first object on, as any kind that it does not know. */
const scaledObjects = {
	group: "keda.sh",
	version: "v1alpha1",
	resource: "scaledobjects",
	kind: "ScaledObject",
	namespaced: true,
	subresources: ["status"]
};
const paused = "autoscaling.keda.sh/paused";
const pausedReplicas = "autoscaling.keda.sh/paused-replicas";
/**
* Does for each ScaledObject what KEDA's operator does: an autoscaler of its own, and none while it is paused. It never
* scales to nothing by itself, as no trigger is ever asked.
*/
const startScaledObjectController = (context) => {
	const { store, clock, log } = context;
	const scalers = resources.horizontalpodautoscalers;
	const queue = createWorkQueue(clock, log, "ScaledObject", (namespace, name) => {
		const scaled = store.get(scaledObjects, namespace, name);
		if (scaled === void 0 || scaled.metadata.deletionTimestamp !== void 0) return;
		const { annotations = {} } = scaled.metadata;
		const reference = {
			kind: "Deployment",
			...scaled.spec?.scaleTargetRef
		};
		const target = findScaleTarget(store, namespace, reference);
		const hpaName = scaled.spec?.advanced?.horizontalPodAutoscalerConfig?.name ?? `keda-hpa-${name}`;
		const fixed = annotations[pausedReplicas];
		const isPaused = fixed !== void 0 || (annotations[paused] ?? "false") !== "false";
		if (isPaused || "missing" in target) removeScaler(scaled, hpaName);
		else keepScaler(scaled, hpaName, {
			apiVersion: "apps/v1",
			name: "",
			...reference
		});
		if (fixed !== void 0 && !("missing" in target) && target.object.spec.replicas !== Number(fixed)) writeScale(store, clock, target, Number(fixed));
		report(scaled, hpaName, "missing" in target ? target.missing : void 0, isPaused);
	});
	function keepScaler(scaled, name, scaleTargetRef) {
		const namespace = namespaceOf(scaled);
		const { minReplicaCount = 0, maxReplicaCount = 100, triggers = [], advanced } = scaled.spec ?? {};
		const { behavior } = advanced?.horizontalPodAutoscalerConfig ?? {};
		const metrics = triggers.map(({ type, metricType = "AverageValue" }, index) => ({
			type: "External",
			external: {
				metric: {
					name: `s${index}-${type}`,
					selector: { matchLabels: { "scaledobject.keda.sh/name": scaled.metadata.name } }
				},
				target: {
					type: metricType,
					averageValue: "1"
				}
			}
		}));
		const spec = {
			scaleTargetRef,
			minReplicas: Math.max(1, minReplicaCount),
			maxReplicas: maxReplicaCount,
			metrics,
			...behavior && { behavior }
		};
		if (store.get(scalers, namespace, name) !== void 0) {
			store.update(scalers, namespace, name, (current) => ({
				...current,
				spec
			}));
			return;
		}
		const labels = {
			"app.kubernetes.io/managed-by": "keda-operator",
			"app.kubernetes.io/name": name,
			"scaledobject.keda.sh/name": scaled.metadata.name
		};
		store.create(scalers, {
			apiVersion: "autoscaling/v2",
			kind: "HorizontalPodAutoscaler",
			metadata: {
				name,
				namespace,
				labels,
				ownerReferences: [controllerReference(scaled)]
			},
			spec,
			status: {
				desiredReplicas: 0,
				currentMetrics: null
			}
		});
	}
	function removeScaler(scaled, name) {
		const scaler = store.get(scalers, namespaceOf(scaled), name);
		if (scaler !== void 0 && isControlledBy(scaler, scaled)) store.remove(scalers, namespaceOf(scaled), name);
	}
	function report(scaled, hpaName, missing, isPaused) {
		const next = [missing === void 0 ? {
			type: "Ready",
			status: "True",
			reason: "ScaledObjectReady",
			message: "ScaledObject is defined correctly and is ready for scaling"
		} : {
			type: "Ready",
			status: "False",
			reason: "ScaledObjectCheckFailed",
			message: missing
		}, {
			type: "Paused",
			status: isPaused ? "True" : "False"
		}];
		const before = scaled.status?.conditions ?? [];
		writeStatus(store, scaledObjects, scaled, {
			...scaled.status,
			...missing === void 0 && { hpaName },
			conditions: next.reduce((list, condition) => putCondition(list, condition, clock), before)
		});
	}
	const look = (scaled) => queue.add(namespaceOf(scaled), scaled.metadata.name);
	const stops = [
		follow(store, scaledObjects, look),
		store.subscribe(scalers, ({ object }) => store.list(scaledObjects, namespaceOf(object)).filter((owner) => isControlledBy(object, owner)).forEach(look)),
		store.subscribe(resources.deployments, ({ type, object }) => {
			if (type !== "MODIFIED") store.list(scaledObjects, namespaceOf(object)).forEach(look);
		})
	];
	return () => {
		for (const stop of stops) stop();
		queue.stop();
	};
};

// src/sandbox/images.ts
const demoApp = "demo-app/server.mjs";
const samples = {
	v1: { VERSION: "v1" },
	v2: { VERSION: "v2" },
	bad: {
		VERSION: "bad",
		ERROR_RATE: "0.5"
	}
};
/** The table of images. Undefined: no such image, the pod will not start. */
function findImage(reference, customs = {}) {
	const { repository, tag, id } = splitReference(reference);
	const custom = customs[reference] ?? customs[`${repository}:${tag}`] ?? customs[`${repository}:*`];
	if (custom !== void 0) return {
		program: custom.program,
		env: custom.env ?? {},
		id,
		custom
	};
	const env = repository === "localhost/sample" ? samples[tag] : repository === "streamgate/demo-app" ? { VERSION: tag } : void 0;
	return env && {
		program: demoApp,
		env,
		id
	};
}
/** An image that is not in the table, in a pod whose app is: it counts as running and ready, and nothing runs. */
function inertImage(reference) {
	return {
		program: "",
		env: {},
		id: splitReference(reference).id
	};
}
function splitReference(reference) {
	const [name = "", digest] = reference.replace(/^docker\.io\/(library\/)?/, "").split("@");
	const [, repository = name, tag = "latest"] = /^(.*):([^/:]+)$/.exec(name) ?? [];
	const made = `sha256:${(0,node_crypto__WEBPACK_IMPORTED_MODULE_3__.createHash)("sha256").update(`${repository}:${tag}`).digest("hex")}`;
	return {
		repository,
		tag,
		id: `${repository}@${digest ?? made}`
	};
}
/**
* The folder with the programs of the table: `examples` of the package that this module belongs to, whether it runs
* from its source or from the built bundle.
*/
function findPrograms() {
	const starts = [
		(0,node_path__WEBPACK_IMPORTED_MODULE_8__.dirname)((0,node_url__WEBPACK_IMPORTED_MODULE_9__.fileURLToPath)(import.meta.url)),
		(0,node_path__WEBPACK_IMPORTED_MODULE_8__.dirname)(process.argv[1] ?? "."),
		process.cwd()
	];
	for (const start of starts) for (let folder = start;; folder = (0,node_path__WEBPACK_IMPORTED_MODULE_8__.dirname)(folder)) {
		const programs = (0,node_path__WEBPACK_IMPORTED_MODULE_8__.join)(folder, "examples");
		if ((0,node_fs__WEBPACK_IMPORTED_MODULE_7__.existsSync)((0,node_path__WEBPACK_IMPORTED_MODULE_8__.join)(programs, demoApp))) return programs;
		if ((0,node_path__WEBPACK_IMPORTED_MODULE_8__.dirname)(folder) === folder) break;
	}
	throw new _base_mjs__WEBPACK_IMPORTED_MODULE_1__.y("Failed", `the demo program examples/${demoApp} was not found`, {
		remedy: "Run from a clone of the repository, or name the folder of programs in the options of the sandbox.",
		evidence: starts.map((start) => `looked in ${start} and the folders above it`)
	});
}

// src/sandbox/runtime/addresses.ts
/** Linux takes the whole of 127.0.0.0/8 as its own, so each pod can listen on the port that its manifest says. */
const manyLoopbacks = process.platform === "linux";
/** Addresses that nothing listens on, for pods without sockets. */
function fakeAddresses() {
	return {
		next: countFrom(64),
		serviceNetwork: void 0,
		node: void 0,
		release() {}
	};
}
/**
* On Linux two networks below 127.0.0.0/8, one for pods and one for Services, that no other sandbox of this machine
* has: the holder listens on an address in them. Elsewhere all pods share 127.0.0.1 and differ by port.
*/
async function reserveAddresses() {
	if (!manyLoopbacks) return {
		next: () => "127.0.0.1",
		serviceNetwork: void 0,
		node: void 0,
		release() {}
	};
	for (;;) {
		const network = 2 * (0,node_crypto__WEBPACK_IMPORTED_MODULE_3__.randomInt)(8, 120);
		const held = await listen(`127.${network}.255.254`, reservationPort);
		if (held === void 0) continue;
		return {
			next: countFrom(network),
			serviceNetwork: `127.${network + 1}`,
			node: `127.${network}.255.254`,
			release: () => held.close()
		};
	}
}
const reservationPort = 27127;
function countFrom(network) {
	let last = 0;
	return () => {
		last += 1;
		return `127.${network}.${last >> 8}.${last & 255}`;
	};
}
/** The wanted port when it is free on this address, else any: somebody may listen on it on all addresses. */
async function findPort(host, wanted) {
	const server = manyLoopbacks && await listen(host, wanted) || await listen(host, 0);
	const address = server?.address();
	await new Promise((resolve) => server ? server.close(() => resolve()) : resolve());
	return typeof address === "object" && address !== null ? address.port : wanted;
}
/** Undefined when somebody has it. */
function listen(host, port) {
	return new Promise((resolve) => {
		const server = (0,node_net__WEBPACK_IMPORTED_MODULE_6__.createServer)();
		server.once("error", () => resolve(void 0));
		server.listen(port, host, () => resolve(server));
	});
}

// src/sandbox/runtime/container.ts
/**
* Containers as processes of this machine: only programs of the image table, with the environment of the manifest and
* nothing of ours. They end with us, because the pipe to their standard input then closes.
*/
function processContainers(programs, clock) {
	return ({ program, env }, { onOutput, onExit }) => {
		if (program === "") return inertContainer(clock, onExit);
		const child = (0,node_child_process__WEBPACK_IMPORTED_MODULE_10__.spawn)(process.execPath, [(0,node_path__WEBPACK_IMPORTED_MODULE_8__.resolve)(programs, program)], {
			env: {
				...env,
				EXIT_WITH_PARENT: "1"
			},
			stdio: [
				"pipe",
				"pipe",
				"pipe"
			]
		});
		let ended = false;
		const end = (code) => {
			if (!ended) onExit(code);
			ended = true;
		};
		child.stdin.on("error", () => {});
		child.stdout.setEncoding("utf8").on("data", onOutput);
		child.stderr.setEncoding("utf8").on("data", onOutput);
		child.on("error", (error) => {
			onOutput(`${error.message}\n`);
			end(128);
		});
		child.on("close", (code, signal) => end(code ?? signalCodes[signal ?? ""] ?? 128));
		return {
			readyAfterMs: void 0,
			signal: (signal) => void child.kill(signal)
		};
	};
}
const signalCodes = {
	SIGINT: 130,
	SIGABRT: 134,
	SIGKILL: 137,
	SIGTERM: 143
};
/** Containers that only pass time, on the clock, by the same knobs as the demo program. */
function fakeContainers(clock) {
	return ({ program, env, fake }, { onOutput, onExit }) => {
		if (program === "") return inertContainer(clock, onExit);
		const knob = (name) => (0,_base_mjs__WEBPACK_IMPORTED_MODULE_1__._)(env[name] ?? "0") ?? 0;
		let ended = false;
		const end = (code) => {
			cancelCrash?.();
			if (!ended) onExit(code);
			ended = true;
		};
		if (fake !== void 0) clock.after(fake.afterMs, () => {
			if (!ended && fake.output) onOutput(fake.output);
			end(fake.exitCode);
		});
		const cancelCrash = env.CRASH_AFTER ? clock.after(knob("CRASH_AFTER"), () => end(1)) : void 0;
		return {
			readyAfterMs: env.START_DELAY ? knob("START_DELAY") : 1e3,
			signal(signal) {
				if (signal === "SIGKILL") clock.after(0, () => end(137));
				else if (env.EXIT_ON_SIGTERM === "1") clock.after(0, () => end(143));
				else clock.after(knob("STOP_DELAY"), () => end(0));
			}
		};
	};
}
/** A container that is there and does nothing: it is ready at once, and ends when it is told to. */
function inertContainer(clock, onExit) {
	let ended = false;
	return {
		readyAfterMs: 0,
		signal(signal) {
			if (ended) return;
			ended = true;
			clock.after(0, () => onExit(signal === "SIGKILL" ? 137 : 0));
		}
	};
}

// src/sandbox/runtime/endpoints.ts
function watchEndpoints(store, clock, delayMs, onChange) {
	const sets = /* @__PURE__ */ new Map();
	const slices = watchLate(store, clock, delayMs, resources.endpointslices, (_key, slice, previous) => {
		const either = slice ?? previous;
		if (either !== void 0) refresh(serviceKey(either));
	});
	function refresh(service) {
		for (const [key, set] of sets) if (key.startsWith(`${service}/`)) set.ready = readyOf(service, key.slice(service.length + 1));
		const [namespace = "", name = ""] = service.split("/");
		onChange(namespace, name);
	}
	function readyOf(service, portName) {
		return [...slices.objects.values()].filter((slice) => serviceKey(slice) === service).flatMap((slice) => endpointsOf(slice, portName));
	}
	return {
		of(namespace, service, portName) {
			const key = `${namespace}/${service}/${portName}`;
			const known = sets.get(key);
			if (known !== void 0) return known;
			let turn = 0;
			const set = {
				ready: readyOf(`${namespace}/${service}`, portName),
				next: () => set.ready[turn++ % (set.ready.length || 1)]
			};
			sets.set(key, set);
			return set;
		},
		stop: slices.stop
	};
}
function serviceKey({ metadata }) {
	return `${metadata.namespace ?? ""}/${metadata.labels?.["kubernetes.io/service-name"] ?? ""}`;
}
function endpointsOf(slice, portName) {
	const port = (slice.ports ?? []).find(({ name = "" }) => name === portName)?.port;
	if (port === void 0) return [];
	return (slice.endpoints ?? []).filter(({ conditions }) => conditions?.ready !== false).map(({ addresses, targetRef }) => ({
		namespace: slice.metadata.namespace ?? "",
		pod: targetRef?.name ?? "",
		address: addresses[0],
		port
	}));
}

// src/sandbox/runtime/fake-answer.ts
/** The pods answer by the knobs of the demo program, spread as evenly as the program does it. */
function createFakeAnswers(table, kubelet) {
	const requests = /* @__PURE__ */ new Map();
	/** 500 for the share of `ERROR_RATE`, and for all after `ERROR_AFTER`. */
	function statusOf(key, env) {
		const count = (requests.get(key) ?? 0) + 1;
		requests.set(key, count);
		if (env.ERROR_AFTER && count > Number(env.ERROR_AFTER)) return 500;
		const rate = Number(env.ERROR_RATE || 0);
		return Math.floor(count * rate + 1e-9) > Math.floor((count - 1) * rate + 1e-9) ? 500 : 200;
	}
	function ofService(endpoints) {
		const endpoint = endpoints?.next();
		if (endpoint === void 0) return {
			status: 503,
			pod: "",
			env: {}
		};
		return ofPod(endpoint.namespace, endpoint.pod);
	}
	function ofPod(namespace, pod) {
		const worker = kubelet.find(namespace, pod);
		const container = worker?.containers.find(({ isReal, facts }) => isReal && facts().ready);
		if (worker === void 0 || container === void 0) return {
			status: 502,
			pod,
			env: {}
		};
		const { env } = container;
		return {
			status: statusOf(worker.pod.metadata.uid, env),
			pod,
			env
		};
	}
	return {
		ofService,
		ofPod,
		throughGateway(host, target) {
			const name = host.replace(/:\d+$/, "").toLowerCase();
			const picked = table().pick({
				host: name,
				method: "GET",
				target,
				headers: {}
			});
			return "status" in picked ? {
				status: picked.status,
				pod: "",
				env: {}
			} : ofService(picked.endpoints);
		}
	};
}

// src/sandbox/runtime/proxy-headers.ts
/** Of one hop only: a proxy must not pass them on. */
const hopHeaders = /* @__PURE__ */ new Set([
	"connection",
	"keep-alive",
	"proxy-authenticate",
	"proxy-authorization",
	"proxy-connection",
	"te",
	"trailer",
	"transfer-encoding",
	"upgrade"
]);
/** Of Node's flat list of names and values. */
function pairsOf(raw) {
	const pairs = [];
	for (let index = 0; index < raw.length; index += 2) pairs.push([raw[index] ?? "", raw[index + 1] ?? ""]);
	return pairs;
}
function withoutHopHeaders(raw) {
	return pairsOf(raw).filter(([name]) => !hopHeaders.has(name.toLowerCase()));
}
/** What the filters of a route make of headers. */
function changeHeaders(headers, changes) {
	return changes.reduce((list, { set, add, remove }) => {
		const replaced = new Set([...set.map(([name]) => name), ...remove].map((name) => name.toLowerCase()));
		return [
			...list.filter(([name]) => !replaced.has(name.toLowerCase())),
			...set,
			...add
		];
	}, headers);
}

// src/sandbox/runtime/gateway.ts
/**
* The data plane of all Gateways: one HTTP proxy on a loopback port. It streams, keeps connections to pods open and
* never retries: a request that meets a dying pod fails, which is what a release has to avoid by itself.
*/
async function startGateway(ports) {
	const agent = new node_http__WEBPACK_IMPORTED_MODULE_4__.Agent({
		keepAlive: true,
		timeout: 2e3,
		maxSockets: Number.POSITIVE_INFINITY
	});
	const tunnels = /* @__PURE__ */ new Set();
	const server = (0,node_http__WEBPACK_IMPORTED_MODULE_4__.createServer)((request, response) => {
		try {
			forward(ports, agent, request, response);
		} catch {
			if (!response.headersSent) response.writeHead(500);
			response.end();
		}
	});
	server.keepAliveTimeout = 12e4;
	server.on("upgrade", (request, socket, head) => tunnel(ports, tunnels, request, socket, head));
	await new Promise((resolve, reject) => {
		server.once("error", reject);
		server.listen(0, "127.0.0.1", 4096, resolve);
	});
	const { port } = server.address();
	return {
		url: `http://127.0.0.1:${port}`,
		async stop() {
			const closed = new Promise((resolve) => server.close(resolve));
			for (const socket of tunnels) socket.destroy();
			server.closeAllConnections();
			agent.destroy();
			await closed;
		}
	};
}
/** Chooses the pod for a request, or the status that says why there is none. */
function choose(ports, request) {
	const host = hostOf(request);
	const picked = ports.table().pick({
		host,
		method: request.method ?? "GET",
		target: request.url ?? "/",
		headers: request.headers
	});
	if ("status" in picked) return {
		status: picked.status,
		backend: "",
		pod: ""
	};
	const endpoint = picked.endpoints?.next();
	if (endpoint === void 0) return {
		status: 503,
		backend: picked.service,
		pod: ""
	};
	const address = ports.address(endpoint);
	if (address === void 0) return {
		status: 502,
		backend: picked.service,
		pod: endpoint.pod
	};
	return {
		picked,
		address,
		backend: picked.service,
		pod: endpoint.pod
	};
}
function forward(ports, agent, request$2, response) {
	const choice = choose(ports, request$2);
	const log = (status) => ports.onRequest({
		id: String(request$2.headers["x-request-id"] ?? ""),
		host: hostOf(request$2),
		backend: choice.backend,
		pod: choice.pod,
		status
	});
	const refuse = (status, why) => {
		log(status);
		request$2.resume();
		response.writeHead(status, {
			"content-type": "text/plain",
			"content-length": Buffer.byteLength(why)
		}).end(why);
	};
	if (choice.picked === void 0) {
		refuse(choice.status, `${reasons[choice.status]}\n`);
		return;
	}
	const upstream = (0,node_http__WEBPACK_IMPORTED_MODULE_4__.request)({
		...choice.address,
		agent,
		method: request$2.method,
		path: request$2.url,
		headers: upstreamHeaders(request$2, choice.picked),
		setDefaultHeaders: false
	});
	let answered = false;
	upstream.on("response", (answer) => {
		answered = true;
		log(answer.statusCode ?? 502);
		const headers = changeHeaders(withoutHopHeaders(answer.rawHeaders), choice.picked.response);
		response.writeHead(answer.statusCode ?? 502, answer.statusMessage, headers.flat());
		answer.pipe(response);
		answer.on("error", () => response.destroy());
	});
	upstream.on("error", (error) => {
		if (answered || response.destroyed) response.destroy();
		else refuse(502, `the pod broke the connection: ${error.message}\n`);
	});
	response.on("close", () => {
		if (response.writableFinished) return;
		if (!answered && !response.headersSent) log(499);
		answered = true;
		upstream.destroy();
	});
	request$2.pipe(upstream);
}
const reasons = {
	404: "no route takes this request",
	500: "the backend does not exist, or no backend has a weight",
	501: "the sandbox does not support a filter of this route, or an annotation or backend of this Ingress",
	502: "the pod is gone",
	503: "no endpoint is ready, or there is no such Service or port"
};
/** Passes a WebSocket through, or any other protocol that a client upgrades to. */
function tunnel(ports, tunnels, request$3, socket, head) {
	const choice = choose(ports, request$3);
	tunnels.add(socket);
	socket.on("close", () => tunnels.delete(socket));
	socket.on("error", () => socket.destroy());
	const refuse = (status) => socket.end(`HTTP/1.1 ${status} ${reasons[status] ?? ""}\r\nconnection: close\r\n\r\n`);
	if (choice.picked === void 0) {
		refuse(choice.status);
		return;
	}
	const headers = [
		...upstreamHeaders(request$3, choice.picked),
		"connection",
		"Upgrade",
		"upgrade",
		request$3.headers.upgrade ?? ""
	];
	const upstream = (0,node_http__WEBPACK_IMPORTED_MODULE_4__.request)({
		...choice.address,
		agent: false,
		path: request$3.url,
		headers,
		setDefaultHeaders: false
	});
	upstream.on("upgrade", (answer, other, otherHead) => {
		socket.write(headText(answer));
		socket.write(otherHead);
		other.write(head);
		other.on("error", () => socket.destroy());
		other.on("close", () => socket.destroy());
		socket.on("close", () => other.destroy());
		other.pipe(socket).pipe(other);
	});
	upstream.on("response", (answer) => {
		socket.write(headText(answer));
		answer.pipe(socket);
	});
	upstream.on("error", () => refuse(502));
	upstream.end();
}
function headText(answer) {
	const lines = pairsOf(answer.rawHeaders).map(([name, value]) => `${name}: ${value}\r\n`);
	return `HTTP/1.1 ${answer.statusCode} ${answer.statusMessage}\r\n${lines.join("")}\r\n`;
}
function upstreamHeaders(request, backend) {
	const chunked = request.headers["transfer-encoding"] !== void 0;
	const headers = changeHeaders(withoutHopHeaders(request.rawHeaders), backend.request);
	const client = request.socket.remoteAddress ?? "";
	return [
		...headers,
		["x-forwarded-for", client],
		...chunked ? [["transfer-encoding", "chunked"]] : []
	].flat();
}
function hostOf(request) {
	return (request.headers.host ?? "").replace(/:\d+$/, "").toLowerCase();
}

// src/sandbox/runtime/ingress-routes.ts
/** Annotations by which controllers send requests elsewhere, or other requests, than the spec says. */
const rerouting = /^(nginx\.ingress\.kubernetes\.io\/(rewrite-target|use-regex|canary.*|app-root|.*-redirect|.*-snippet|auth-.*)|traefik\.ingress\.kubernetes\.io\/router\.middlewares)$/;
/** What Ingresses add to the table of routes: host and path, each to one port of one Service. */
function ingressEntries(sources, ingresses) {
	return [...ingresses].flatMap((ingress) => {
		const { namespace = "", name, creationTimestamp } = ingress.metadata;
		const age = `${creationTimestamp} ${namespace}/${name}`;
		const { rules = [], defaultBackend } = ingress.spec ?? {};
		const isPlain = !Object.keys(ingress.metadata.annotations ?? {}).some((name) => rerouting.test(name));
		const entry = (host, path, backend) => {
			const picked = isPlain ? backendOf$1(sources, namespace, backend) : { status: 501 };
			return {
				host,
				path,
				match: {},
				age,
				pick: () => picked,
				oneLabel: true
			};
		};
		return [...rules.flatMap(({ host = "", http }) => {
			return (http?.paths ?? []).map(({ path = "/", pathType, backend }) => entry(host, {
				type: pathType === "Exact" ? "Exact" : "PathPrefix",
				value: path
			}, backend));
		}), ...defaultBackend === void 0 ? [] : [entry("", {
			type: "PathPrefix",
			value: "/"
		}, defaultBackend)]];
	});
}
/** Ingress controllers answer 503 where there is no such Service or port, not 500 as the Gateway API wants it. */
function backendOf$1(sources, namespace, backend) {
	if (backend.service === void 0) return { status: 501 };
	const { name, port: wanted = {} } = backend.service;
	const port = (sources.service(`${namespace}/${name}`)?.spec?.ports ?? []).find((declared) => wanted.name ? declared.name === wanted.name : declared.port === wanted.number);
	if (port === void 0) return { status: 503 };
	const endpoints = sources.endpoints(namespace, String(name), String(port.name ?? ""));
	return {
		service: String(name),
		endpoints,
		request: [],
		response: []
	};
}

// src/sandbox/runtime/container-log.ts
/** Enough for 50,000 requests of the demo program; what is older is dropped. */
const maxCharacters = 8388608;
function createContainerLog() {
	const chunks = [];
	let dropped = 0;
	let characters = 0;
	let ended = false;
	const waiting = /* @__PURE__ */ new Set();
	function wake() {
		for (const resume of [...waiting]) resume();
		waiting.clear();
	}
	return {
		append(text) {
			chunks.push(text);
			characters += text.length;
			while (characters > maxCharacters && chunks.length > 1) {
				characters -= chunks.shift()?.length ?? 0;
				dropped += 1;
			}
			wake();
		},
		end() {
			ended = true;
			wake();
		},
		async *read({ tailLines, follow = false, signal }) {
			let next = dropped + chunks.length;
			const whole = chunks.join("");
			const text = tailLines === void 0 ? whole : lastLines(whole, tailLines);
			if (text !== "") yield text;
			while (follow && signal?.aborted !== true) {
				next = Math.max(next, dropped);
				const fresh = chunks.slice(next - dropped);
				next += fresh.length;
				if (fresh.length > 0) yield fresh.join("");
				else if (ended) return;
				else await somethingNew(signal);
			}
		}
	};
	function somethingNew(signal) {
		return new Promise((resolve) => {
			const resume = () => {
				waiting.delete(resume);
				signal?.removeEventListener("abort", resume);
				resolve();
			};
			waiting.add(resume);
			signal?.addEventListener("abort", resume, { once: true });
		});
	}
}
function lastLines(text, count) {
	const lines = text.split("\n");
	const end = lines.at(-1) === "" ? lines.length - 1 : lines.length;
	return lines.slice(Math.max(0, end - count)).join("\n");
}

// src/sandbox/runtime/probe.ts
/** Runs one probe of a container until stopped, as the kubelet does: delay, period, time limit, thresholds. */
function startProbe(clock, probe, locate, { onResult, onFailure }, hasty = false) {
	const periodMs = (probe.periodSeconds ?? 10) * 1e3;
	const timeoutMs = (probe.timeoutSeconds ?? 1) * 1e3;
	const limits = {
		ok: probe.successThreshold ?? 1,
		failed: probe.failureThreshold ?? 3
	};
	let row = {
		healthy: false,
		length: 0
	};
	let impatient = hasty;
	let stopped = false;
	let cancel = clock.after((probe.initialDelaySeconds ?? 0) * 1e3 || firstTryMs, () => void attempt());
	async function attempt() {
		const failure = await tryOnce(probe, locate, timeoutMs).catch(_base_mjs__WEBPACK_IMPORTED_MODULE_1__.b);
		if (stopped) return;
		const healthy = failure === void 0;
		row = {
			healthy,
			length: row.healthy === healthy ? row.length + 1 : 1
		};
		if (healthy) impatient = false;
		else onFailure(failure);
		if (row.length >= (healthy ? limits.ok : limits.failed)) onResult(healthy);
		if (!stopped) cancel = clock.after(impatient ? Math.min(periodMs, hastyMs) : periodMs, () => void attempt());
	}
	return () => {
		stopped = true;
		cancel();
	};
}
const firstTryMs = 200;
const hastyMs = 200;
/** What went wrong; undefined when all is well. */
async function tryOnce(probe, locate, timeoutMs) {
	const { httpGet, tcpSocket } = probe;
	if (httpGet === void 0 && tcpSocket === void 0) return void 0;
	const target = locate((httpGet ?? tcpSocket).port);
	if (target === void 0) return "the port has no address";
	return httpGet ? getOnce(httpGet, target, timeoutMs) : connectOnce(target, timeoutMs);
}
function getOnce(httpGet, target, timeoutMs) {
	return new Promise((resolve) => {
		const named = httpGet.httpHeaders ?? [];
		const headers = Object.fromEntries(named.map(({ name, value }) => [name, value]));
		const call = (0,node_http__WEBPACK_IMPORTED_MODULE_4__.request)({
			...target,
			path: httpGet.path ?? "/",
			headers,
			agent: false
		}, (response) => {
			response.resume();
			const { statusCode = 0 } = response;
			resolve(statusCode >= 200 && statusCode < 400 ? void 0 : `HTTP probe failed with statuscode: ${statusCode}`);
			response.on("error", () => {});
		});
		call.setTimeout(timeoutMs, () => call.destroy(/* @__PURE__ */ new Error(`no answer within ${timeoutMs} ms`)));
		call.on("error", (error) => resolve(`Get "http://${target.host}:${target.port}${httpGet.path ?? "/"}": ${error.message}`));
		call.end();
	});
}
function connectOnce(target, timeoutMs) {
	return new Promise((resolve) => {
		const socket = (0,node_net__WEBPACK_IMPORTED_MODULE_6__.connect)(target);
		const end = (failure) => {
			socket.destroy();
			resolve(failure);
		};
		socket.setTimeout(timeoutMs, () => end(`no connection within ${timeoutMs} ms`));
		socket.on("connect", () => end(void 0));
		socket.on("error", (error) => end(`dial tcp ${target.host}:${target.port}: ${error.message}`));
	});
}

// src/sandbox/runtime/container-probes.ts
/** Watches over one run of a container: first its startup probe, then readiness and liveness. Returns how to stop. */
function startContainerProbes(container) {
	const { clock, spec, readyAfterMs, locate } = container;
	const { startupProbe, readinessProbe, livenessProbe } = spec;
	let stops = [];
	function watch(kind, settings, onResult, hasty = false) {
		if (settings.httpGet === void 0 && settings.tcpSocket === void 0) container.warn("ProbeWarning", `${kind} probe of this kind is not supported here: it counts as passed`);
		const onFailure = (message) => container.warn("Unhealthy", `${kind} probe failed: ${message}`);
		stops.push(startProbe(clock, settings, locate, {
			onResult,
			onFailure
		}, hasty));
	}
	function stop() {
		for (const stopOne of stops) stopOne();
		stops = [];
	}
	function afterStartup() {
		stop();
		container.onStarted();
		if (readinessProbe === void 0) container.onReady(true);
		else watch("Readiness", readinessProbe, container.onReady, true);
		if (livenessProbe === void 0) return;
		watch("Liveness", livenessProbe, (healthy) => {
			if (!healthy) container.onUnhealthy("liveness");
		});
	}
	if (readyAfterMs !== void 0) stops.push(clock.after(readyAfterMs, () => {
		container.onStarted();
		container.onReady(true);
	}));
	else if (startupProbe === void 0) afterStartup();
	else watch("Startup", startupProbe, (healthy) => {
		if (healthy) afterStartup();
		else container.onUnhealthy("startup");
	});
	return stop;
}

// src/sandbox/runtime/environment.ts
/**
* The environment of a container as its manifest describes it, over what the image brings.
* Throws when it names a ConfigMap, a Secret or a key that does not exist.
*/
function resolveEnvironment(store, pod, container, image) {
	const env = { ...image };
	const sources = container.envFrom ?? [];
	for (const { prefix = "", configMapRef, secretRef } of sources) {
		const data = configMapRef ? readMap(store, pod, configMapRef) : secretRef ? readSecret(store, pod, secretRef) : {};
		for (const [key, value] of Object.entries(data)) env[`${prefix}${key}`] = value;
	}
	const variables = container.env ?? [];
	for (const { name, value, valueFrom } of variables) {
		const resolved = valueFrom === void 0 ? expand(value ?? "", env) : readSource(store, pod, valueFrom);
		if (resolved !== void 0) env[name] = resolved;
	}
	return env;
}
/** `$(NAME)` of a variable that came before; `$$(NAME)` stays as it is. */
function expand(text, env) {
	return text.replace(/\$\$|\$\(([A-Za-z_][\w.-]*)\)/g, (whole, name) => name === void 0 ? "$" : env[name] ?? whole);
}
function readSource(store, pod, source) {
	const { fieldRef, configMapKeyRef, secretKeyRef } = source;
	if (fieldRef) return readField(pod, fieldRef.fieldPath);
	const ref = configMapKeyRef ?? secretKeyRef;
	if (ref === void 0) return void 0;
	const value = (configMapKeyRef ? readMap(store, pod, ref) : readSecret(store, pod, ref))[ref.key];
	if (value === void 0 && ref.optional !== true) throw new _base_mjs__WEBPACK_IMPORTED_MODULE_1__.y("NotFound", `couldn't find key ${ref.key} in ${ref.name}`);
	return value;
}
function readField(pod, fieldPath) {
	const [, map = "", key = ""] = /^metadata\.(labels|annotations)\['(.+)'\]$/.exec(fieldPath) ?? [];
	const value = map ? (0,_base_mjs__WEBPACK_IMPORTED_MODULE_1__.s)(pod.metadata, map, key) : (0,_base_mjs__WEBPACK_IMPORTED_MODULE_1__.s)(pod, ...fieldPath.split("."));
	return value === void 0 ? "" : String(value);
}
function readMap(store, pod, ref) {
	return find(store.get(resources.configmaps, pod.metadata.namespace ?? "", String(ref.name)), "configmap", ref);
}
function readSecret(store, pod, ref) {
	const data = find(store.get(resources.secrets, pod.metadata.namespace ?? "", String(ref.name)), "secret", ref);
	return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, Buffer.from(value, "base64").toString("utf8")]));
}
function find(object, what, ref) {
	if (object === void 0 && ref.optional !== true) throw new _base_mjs__WEBPACK_IMPORTED_MODULE_1__.y("NotFound", `${what} "${ref.name}" not found`);
	return object?.data ?? {};
}

// src/sandbox/runtime/pre-stop.ts
/** How long to wait before SIGTERM; undefined for a hook that would have to be executed. */
function preStopSleepMs(hook) {
	if (hook === void 0) return 0;
	if (hook.sleep !== void 0) return (hook.sleep.seconds ?? 0) * 1e3;
	const command = (hook.exec?.command ?? []).join(" ");
	const [, seconds] = /(?:^|\s|\/)sleep (\d+(?:\.\d+)?)$/.exec(command) ?? [];
	return seconds === void 0 ? void 0 : Number(seconds) * 1e3;
}

// src/sandbox/runtime/container-runner.ts
/**
* A tenth of what a kubelet waits (10 s doubling to 5 min): a crash loop is to be seen in a demo that lasts a minute.
* A container that ran for a minute starts over without waiting.
*/
const backOff = {
	firstMs: 1e3,
	maxMs: 3e4,
	forgivenAfterMs: 6e4
};
const notInTable = "is not in the table of images of the sandbox";
const configRetryMs = 1e3;
function createContainerRunner(context, place) {
	const { clock, record } = context;
	const { spec } = place;
	const name = String(spec.name);
	const imageName = String(spec.image ?? "");
	const { image } = place;
	const waiting = (reason, message) => ({ waiting: {
		reason,
		...message && { message }
	} });
	let state = waiting("ContainerCreating");
	let lastState;
	let restartCount = 0;
	let crashes = 0;
	let started = false;
	let ready = false;
	let stopping = false;
	let container;
	let env = {};
	let log = createContainerLog();
	let previousLog;
	let ports = /* @__PURE__ */ new Map();
	let cancelNext = () => {};
	let stopProbes = () => {};
	let onGone = () => {};
	function event(type, reason, message) {
		record(place.pod(), type, reason, message);
	}
	function pull() {
		if (image !== void 0) {
			event("Normal", "Pulled", `Container image "${imageName}" already present on machine`);
			if (image.program === "") event("Warning", "NotRun", `${imageName} ${notInTable}: nothing runs for ${name}`);
			return image;
		}
		const why = `Failed to pull image "${imageName}": it ${notInTable}`;
		event("Normal", "Pulling", `Pulling image "${imageName}"`);
		event("Warning", "Failed", why);
		event("Warning", "Failed", "Error: ErrImagePull");
		change(waiting("ErrImagePull", why));
		cancelNext = clock.after(backOff.firstMs, () => {
			event("Normal", "BackOff", `Back-off pulling image "${imageName}"`);
			event("Warning", "Failed", "Error: ImagePullBackOff");
			change(waiting("ImagePullBackOff", `Back-off pulling image "${imageName}"`));
		});
	}
	async function run(program) {
		const pod = place.pod();
		try {
			env = resolveEnvironment(context.store, pod, spec, program.env);
		} catch (error) {
			const message = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_1__.b)(error);
			event("Warning", "Failed", `Error: ${message}`);
			change(waiting("CreateContainerConfigError", message));
			cancelNext = clock.after(configRetryMs, () => begin(program));
			return;
		}
		env = {
			HOSTNAME: pod.metadata.name,
			...env,
			HOST: place.address
		};
		if (context.real && program.program !== "") {
			const wanted = Number(env.PORT || 8080);
			const free = await findPort(place.address, wanted);
			ports = /* @__PURE__ */ new Map([[wanted, free]]);
			env = {
				...env,
				PORT: String(free)
			};
			if (stopping) return;
		}
		const startedAt = timestamp(clock);
		const startedMs = clock.monotonic();
		const ownLog = log;
		container = context.start({
			program: program.program,
			env,
			...program.custom?.fake && { fake: program.custom.fake }
		}, {
			onOutput(text) {
				ownLog.append(text);
				context.onOutput({
					namespace: namespaceOf(pod),
					name: pod.metadata.name
				}, text);
			},
			onExit: (code) => exited(code, startedAt, startedMs, program)
		});
		event("Normal", "Started", `Container ${name} started`);
		change({ running: { startedAt } });
		probe(container.readyAfterMs);
	}
	function begin(program) {
		run(program).catch((error) => change(waiting("CreateContainerError", (0,_base_mjs__WEBPACK_IMPORTED_MODULE_1__.b)(error))));
	}
	function probe(readyAfterMs) {
		stopProbes = startContainerProbes({
			clock,
			spec,
			readyAfterMs,
			locate,
			onStarted() {
				started = true;
				place.onChange();
			},
			onReady(healthy) {
				ready = healthy;
				place.onChange();
			},
			onUnhealthy: restart,
			warn: (reason, message) => event("Warning", reason, message)
		});
	}
	function locate(port) {
		const number = resolvePort(place.pod(), port);
		return number === void 0 ? void 0 : {
			host: place.address,
			port: ports.get(number) ?? number
		};
	}
	/** A probe gave up on it: SIGTERM, and SIGKILL at the end of the grace period. */
	function restart(probeName) {
		if (stopping) return;
		stopProbes();
		event("Normal", "Killing", `Container ${name} failed ${probeName} probe, will be restarted`);
		container?.signal("SIGTERM");
		const graceMs = (place.pod().spec.terminationGracePeriodSeconds ?? 30) * 1e3;
		cancelNext = clock.after(graceMs, () => container?.signal("SIGKILL"));
	}
	function exited(exitCode, startedAt, startedMs, program) {
		stopProbes();
		cancelNext();
		container = void 0;
		log.end();
		started = false;
		ready = false;
		const ended = { terminated: {
			exitCode,
			reason: exitCode === 0 ? "Completed" : "Error",
			startedAt,
			finishedAt: timestamp(clock)
		} };
		change(ended);
		onGone();
		const policy = place.restartPolicy ?? place.pod().spec.restartPolicy ?? "Always";
		if (stopping || policy === "Never" || policy === "OnFailure" && exitCode === 0) return;
		if (clock.monotonic() - startedMs >= backOff.forgivenAfterMs) crashes = 0;
		const waitMs = crashes === 0 ? 0 : Math.min(backOff.maxMs, backOff.firstMs * 2 ** (crashes - 1));
		crashes += 1;
		lastState = ended;
		if (waitMs > 0) {
			event("Warning", "BackOff", `Back-off restarting failed container ${name} in pod ${place.pod().metadata.name}`);
			change(waiting("CrashLoopBackOff", `back-off ${waitMs} ms restarting failed container=${name}`));
		}
		cancelNext = clock.after(waitMs, () => {
			restartCount += 1;
			previousLog = log;
			log = createContainerLog();
			begin(program);
		});
	}
	function change(next) {
		state = next;
		place.onChange();
	}
	return {
		name,
		isReal: image !== void 0 && image.program !== "",
		get log() {
			return log;
		},
		get previousLog() {
			return previousLog;
		},
		get env() {
			return env;
		},
		hostPort: (port) => ports.get(port),
		isRunning: () => container !== void 0,
		facts: () => ({
			name,
			image: imageName,
			imageId: image?.id ?? "",
			state,
			lastState,
			restartCount,
			started,
			ready
		}),
		start() {
			const program = pull();
			if (program !== void 0) begin(program);
		},
		stop() {
			stopping = true;
			cancelNext();
			if (container === void 0) return;
			event("Normal", "Killing", `Stopping container ${name}`);
			const sleepMs = preStopSleepMs(spec.lifecycle?.preStop);
			if (sleepMs === void 0) event("Warning", "FailedPreStopHook", "Only a sleep is supported before the stop");
			cancelNext = clock.after(sleepMs ?? 0, () => container?.signal("SIGTERM"));
		},
		kill() {
			cancelNext();
			container?.signal("SIGKILL");
		},
		crash() {
			container?.signal("SIGKILL");
		},
		async destroy() {
			stopping = true;
			cancelNext();
			stopProbes();
			if (container === void 0) return;
			const gone = new Promise((resolve) => {
				onGone = resolve;
			});
			container.signal("SIGKILL");
			if (context.real) await gone;
		}
	};
}

// src/sandbox/runtime/init-containers.ts
function createInitContainers(context, pod, place) {
	const specs = pod.spec.initContainers ?? [];
	const policy = pod.spec.restartPolicy === "Never" ? "Never" : "OnFailure";
	const steps = specs.map((spec) => {
		const reference = String(spec.image ?? "");
		const stays = spec.restartPolicy === "Always";
		const known = context.findImage(reference);
		const runnable = stays ? known ?? inertImage(reference) : known?.custom && known;
		const runner = runnable && createContainerRunner(context, {
			...place,
			spec,
			image: runnable,
			restartPolicy: stays ? "Always" : policy
		});
		return {
			name: String(spec.name),
			image: reference,
			imageId: (known ?? inertImage(reference)).id,
			...runner && { runner },
			stays,
			state: "waiting",
			doneAt: ""
		};
	});
	function hasDone({ runner, stays, state }) {
		if (state === "waiting") return false;
		if (runner === void 0 || state === "done") return true;
		const facts = runner.facts();
		return stays ? facts.started : "terminated" in facts.state && facts.state.terminated.exitCode === 0;
	}
	return {
		runners: steps.flatMap(({ runner }) => runner ?? []),
		isDone: () => steps.every(({ state }) => state === "done"),
		facts: () => steps.map((step) => (step.state === "waiting" ? void 0 : step.runner?.facts()) ?? accepted(step)),
		advance() {
			for (const step of steps) {
				if (step.state === "waiting") {
					step.state = "started";
					step.doneAt = timestamp(context.clock);
					step.runner?.start();
				}
				if (!hasDone(step)) return;
				step.state = "done";
			}
		}
	};
}
/** Work that the sandbox cannot do counts as done when its turn comes. */
function accepted({ name, image, imageId, state, doneAt }) {
	const ended = {
		exitCode: 0,
		reason: "Completed",
		startedAt: doneAt,
		finishedAt: doneAt
	};
	const done = state !== "waiting";
	return {
		name,
		image,
		imageId: done ? imageId : "",
		state: done ? { terminated: ended } : { waiting: { reason: "PodInitializing" } },
		lastState: void 0,
		restartCount: 0,
		started: false,
		ready: done
	};
}

// src/sandbox/runtime/pod-status.ts
/** The status of a pod, made anew from what is known of its containers. */
function podStatus(pod, { mains, inits, initialized }, address, clock) {
	const allReady = initialized && [...mains, ...inits.filter(isRunning)].every((container) => container.ready);
	const condition = (type, isTrue, reason) => {
		const before = findCondition(pod, type);
		const status = isTrue ? "True" : "False";
		return {
			type,
			status,
			lastProbeTime: null,
			lastTransitionTime: before?.status === status ? before.lastTransitionTime : timestamp(clock),
			...isTrue ? {} : { reason }
		};
	};
	const ours = [
		condition("PodScheduled", true),
		condition("Initialized", initialized, "ContainersNotInitialized"),
		condition("ContainersReady", allReady, "ContainersNotReady"),
		condition("Ready", allReady, "ContainersNotReady")
	];
	const before = pod.status?.conditions ?? [];
	return {
		...pod.status,
		phase: phaseOf(pod, mains, inits),
		conditions: [...before.filter(({ type }) => !ours.some((own) => own.type === type)), ...ours],
		hostIP: "127.0.0.1",
		podIP: address,
		podIPs: [{ ip: address }],
		startTime: pod.status?.startTime ?? timestamp(clock),
		qosClass: pod.status?.qosClass ?? "BestEffort",
		...inits.length > 0 && { initContainerStatuses: inits.map(statusOf) },
		containerStatuses: mains.map((facts) => statusOf(initialized ? facts : initializing(facts)))
	};
}
function statusOf({ imageId, lastState, started, state, ...facts }) {
	return {
		...facts,
		imageID: imageId,
		started,
		state,
		lastState: lastState ?? {}
	};
}
function initializing(facts) {
	return {
		...facts,
		state: { waiting: { reason: "PodInitializing" } }
	};
}
function isRunning({ state }) {
	return "running" in state;
}
function phaseOf(pod, mains, inits) {
	const before = pod.status?.phase;
	if (before === "Succeeded" || before === "Failed") return before;
	const restarts = pod.spec.restartPolicy ?? "Always";
	const codes = mains.map(exitCodeOf);
	if (restarts === "Never" && inits.some((init) => (exitCodeOf(init) ?? 0) !== 0)) return "Failed";
	if (restarts !== "Always" && codes.every((code) => code === 0)) return "Succeeded";
	if (restarts === "Never" && codes.every((code) => code !== void 0)) return "Failed";
	return mains.every(({ state, restartCount }) => !("waiting" in state) || restartCount > 0) ? "Running" : "Pending";
}
function exitCodeOf({ state }) {
	return "terminated" in state ? state.terminated.exitCode : void 0;
}

// src/sandbox/runtime/pod-worker.ts
function startPod(context, pod, address) {
	const { store, clock, record } = context;
	const { name, uid } = pod.metadata;
	const namespace = namespaceOf(pod);
	let phase = "alive";
	let cancelKill = () => {};
	const read = () => {
		const current = store.get(resources.pods, namespace, name);
		return current?.metadata.uid === uid ? current : void 0;
	};
	const specs = pod.spec.containers ?? [];
	const place = {
		pod: () => read() ?? pod,
		address,
		onChange: publish
	};
	const images = specs.map((spec) => context.findImage(String(spec.image ?? "")));
	const hasApp = images.some((image) => image !== void 0);
	const mains = specs.map((spec, index) => {
		const image = images[index] ?? (hasApp ? inertImage(String(spec.image ?? "")) : void 0);
		return createContainerRunner(context, {
			...place,
			spec,
			image
		});
	});
	const inits = createInitContainers(context, pod, place);
	const containers = [...mains, ...inits.runners];
	let begun = false;
	function publish() {
		if (phase === "gone") return;
		const current = read();
		if (current === void 0) return;
		proceed();
		const facts = {
			mains: mains.map((main) => main.facts()),
			inits: inits.facts(),
			initialized: inits.isDone()
		};
		const status = podStatus(current, facts, address, clock);
		writeStatus(store, resources.pods, current, status);
		if (isFinished({
			...current,
			status
		})) for (const sidecar of inits.runners) sidecar.stop();
		if (phase === "terminating" && containers.every((container) => !container.isRunning())) finish();
	}
	function proceed() {
		if (begun || phase !== "alive") return;
		inits.advance();
		if (begun || !inits.isDone()) return;
		begun = true;
		for (const main of mains) main.start();
	}
	/** The last process is gone: so is the pod, unless somebody's finalizer still holds it. */
	function finish() {
		phase = "gone";
		cancelKill();
		const current = read();
		if ((current?.metadata.finalizers ?? []).length > 0) return;
		if (current !== void 0) store.remove(resources.pods, namespace, name);
	}
	function admit() {
		store.update(resources.pods, namespace, name, (current) => ({
			...current,
			spec: {
				...current.spec,
				nodeName: current.spec.nodeName ?? "sandbox"
			}
		}));
		record(pod, "Normal", "Scheduled", `Successfully assigned ${namespace}/${name} to sandbox`);
		publish();
	}
	admit();
	return {
		pod,
		address,
		containers,
		mains,
		terminate(graceMs) {
			if (phase === "gone") return;
			cancelKill();
			cancelKill = clock.after(graceMs, () => {
				for (const container of containers) container.kill();
			});
			if (phase === "terminating") return;
			phase = "terminating";
			for (const container of containers) container.stop();
			publish();
		},
		crash() {
			for (const container of containers) container.crash();
		},
		async destroy() {
			phase = "gone";
			cancelKill();
			await Promise.all(containers.map((container) => container.destroy()));
		}
	};
}

// src/sandbox/runtime/kubelet.ts
/** Why there is no log yet, where a kubelet says more than the reason of the state. */
const pullWords = {
	ErrImagePull: "image can't be pulled",
	ImagePullBackOff: "trying and failing to pull image"
};
function startKubelet(context, addresses) {
	const { store, clock } = context;
	const workers = /* @__PURE__ */ new Map();
	const leaving = /* @__PURE__ */ new Set();
	let stopped = false;
	function look(pod) {
		if (stopped) return;
		const worker = workers.get(pod.metadata.uid);
		const { deletionTimestamp, deletionGracePeriodSeconds = 30 } = pod.metadata;
		if (worker !== void 0) {
			if (deletionTimestamp !== void 0) worker.terminate(deletionGracePeriodSeconds * 1e3);
			return;
		}
		if (deletionTimestamp !== void 0) {
			forget(pod);
			return;
		}
		const started = startPod(context, pod, addresses.next());
		workers.set(pod.metadata.uid, started);
	}
	function forget(pod) {
		if ((pod.metadata.finalizers ?? []).length === 0) store.remove(resources.pods, namespaceOf(pod), pod.metadata.name);
	}
	function drop(pod) {
		const worker = workers.get(pod.metadata.uid);
		workers.delete(pod.metadata.uid);
		if (worker === void 0) return;
		const gone = worker.destroy().finally(() => leaving.delete(gone));
		leaving.add(gone);
	}
	const unsubscribe = store.subscribe(resources.pods, ({ type, object, previous }) => {
		if (type === "DELETED") {
			drop(object);
			return;
		}
		const before = previous?.metadata;
		const { deletionTimestamp, deletionGracePeriodSeconds } = object.metadata;
		const isNews = before?.deletionTimestamp !== deletionTimestamp || before?.deletionGracePeriodSeconds !== deletionGracePeriodSeconds;
		if (type === "ADDED" || isNews) clock.after(0, () => lookAgain(object));
	});
	for (const pod of store.list(resources.pods, "")) clock.after(0, () => lookAgain(pod));
	function lookAgain({ metadata: { namespace = "", name, uid } }) {
		const pod = store.get(resources.pods, namespace, name);
		if (pod?.metadata.uid === uid) look(pod);
	}
	function find(namespace, name) {
		return workers.get(store.get(resources.pods, namespace, name)?.metadata.uid ?? "");
	}
	return {
		find,
		findByAddress(address) {
			const worker = [...workers.values()].find((candidate) => candidate.address === address);
			return worker && [namespaceOf(worker.pod), worker.pod.metadata.name];
		},
		readLog(namespace, name, request) {
			const worker = find(namespace, name);
			if (worker === void 0) throw notFound(resources.pods, name);
			const container = chooseContainer(worker, request.container);
			if (container === void 0) return nothing();
			const { state } = container.facts();
			if (!request.previous && "waiting" in state && container.facts().restartCount === 0) {
				const why = pullWords[state.waiting.reason] ?? state.waiting.reason;
				const subject = `container "${container.name}" in pod "${name}"`;
				throw new ApiError("BadRequest", `${subject} is waiting to start: ${why}`);
			}
			const log = request.previous ? container.previousLog : container.log;
			if (log === void 0) {
				const subject = `previous terminated container "${container.name}" in pod "${name}"`;
				throw new ApiError("BadRequest", `${subject} not found`);
			}
			return log.read(request);
		},
		async stop() {
			stopped = true;
			unsubscribe();
			await Promise.all([...[...workers.values()].map((worker) => worker.destroy()), ...leaving]);
			workers.clear();
		}
	};
}
/** Undefined for an init container of which nothing ran. */
function chooseContainer({ pod, mains, containers }, wanted) {
	const { name } = pod.metadata;
	const inits = (pod.spec.initContainers ?? []).map((spec) => String(spec.name));
	const [only, ...others] = mains;
	if (wanted === void 0 && others.length === 0) return only;
	if (wanted === void 0) {
		const also = inits.length > 0 ? ` or one of the init containers: [${inits.join(" ")}]` : "";
		const choice = `choose one of: [${mains.map((main) => main.name).join(" ")}]${also}`;
		throw new ApiError("BadRequest", `a container name must be specified for pod ${name}, ${choice}`);
	}
	const container = containers.find((candidate) => candidate.name === wanted);
	if (container === void 0 && !inits.includes(wanted)) throw new ApiError("BadRequest", `container ${wanted} is not valid for pod ${name}`);
	return container;
}
async function* nothing() {}

// src/sandbox/runtime/weighted-turns.ts
/**
* Takes turns by weight: of each sum-of-weights picks in a row every choice gets exactly its weight, spread out instead
* of in blocks (smooth weighted round robin). Undefined when all weights are 0.
*/
function createWeightedTurns(weights) {
	const total = weights.reduce((sum, weight) => sum + weight, 0);
	const credit = weights.map(() => 0);
	return () => {
		if (total === 0) return void 0;
		let best;
		for (const [index, weight] of weights.entries()) {
			if (weight === 0) continue;
			credit[index] = (credit[index] ?? 0) + weight;
			if (best === void 0 || credit[index] > (credit[best] ?? 0)) best = index;
		}
		if (best !== void 0) credit[best] = (credit[best] ?? 0) - total;
		return best;
	};
}

// src/sandbox/runtime/route-table.ts
/** `others` are entries that do not come from HTTPRoutes. */
function compileRoutes(sources, kept, others = []) {
	const entries = [...sources.routes].flatMap((route) => entriesOf(sources, kept, route)).concat(others).sort(byPrecedence);
	return { pick: (request) => entries.find((entry) => matches(entry, request))?.pick() ?? { status: 404 } };
}
function entriesOf(sources, kept, route) {
	const hosts = /* @__PURE__ */ new Set();
	const { namespace = "", name, uid, creationTimestamp } = route.metadata;
	const parents = route.spec?.parentRefs ?? [];
	for (const parent of parents) {
		const gateway = sources.gateway(`${parent.namespace ?? namespace}/${parent.name}`);
		if (gateway === void 0) continue;
		const attachment = attach(route, parent, gateway, sources.namespaceLabels(namespace));
		if (!attachment.accepted) continue;
		for (const host of attachment.hostnames.length > 0 ? attachment.hostnames : [""]) hosts.add(host);
	}
	return (route.spec?.rules ?? []).flatMap((rule, index) => {
		const pick = pickerOf(sources, kept, route, rule, `${uid}/${index}`);
		const all = rule.matches?.length > 0 ? rule.matches : [{}];
		const age = `${creationTimestamp} ${namespace}/${name} ${String(index).padStart(3, "0")}`;
		return all.flatMap((match) => {
			const path = {
				type: match.path?.type ?? "PathPrefix",
				value: match.path?.value ?? "/"
			};
			return [...hosts].map((host) => ({
				host,
				path,
				match,
				age,
				pick
			}));
		});
	});
}
function pickerOf(sources, kept, route, rule, key) {
	const refs = rule.backendRefs ?? [];
	const weights = refs.map((ref) => ref.weight ?? 1);
	const turnsKey = `${key} ${JSON.stringify(refs.map(({ name, port }, n) => [
		name,
		port,
		weights[n]
	]))}`;
	const turns = kept.get(turnsKey) ?? createWeightedTurns(weights);
	kept.set(turnsKey, turns);
	const backends = refs.map((ref) => backendOf(sources, route, rule, ref));
	const supported = [...rule.filters ?? [], ...refs.flatMap((ref) => ref.filters ?? [])].every(({ type }) => type === requestFilter || type === responseFilter);
	return () => {
		if (!supported) return { status: 501 };
		const backend = backends[turns() ?? -1];
		return backend?.endpoints === void 0 ? { status: 500 } : backend;
	};
}
const requestFilter = "RequestHeaderModifier";
const responseFilter = "ResponseHeaderModifier";
function backendOf(sources, route, rule, ref) {
	const namespace = ref.namespace ?? route.metadata.namespace ?? "";
	const name = String(ref.name);
	const port = (sources.service(`${namespace}/${name}`)?.spec?.ports ?? []).find((declared) => declared.port === ref.port);
	const endpoints = port !== void 0 && (ref.kind ?? "Service") === "Service" && sources.isGranted(route, namespace, name) ? sources.endpoints(namespace, name, port.name ?? "") : void 0;
	const filters = [...rule.filters ?? [], ...ref.filters ?? []];
	return {
		service: name,
		endpoints,
		request: filters.filter(({ type }) => type === requestFilter).map((f) => changesOf(f.requestHeaderModifier)),
		response: filters.filter(({ type }) => type === responseFilter).map((f) => changesOf(f.responseHeaderModifier))
	};
}
function changesOf(modifier) {
	const pairs = (list = []) => list.map(({ name, value }) => [name, value]);
	return {
		set: pairs(modifier?.set),
		add: pairs(modifier?.add),
		remove: modifier?.remove ?? []
	};
}
/** The order of the Gateway API: host, then path, method, number of headers and of query parameters, then age. */
function byPrecedence(a, b) {
	return hostRank(b) - hostRank(a) || Number(b.path.type === "Exact") - Number(a.path.type === "Exact") || b.path.value.length - a.path.value.length || Number(b.match.method !== void 0) - Number(a.match.method !== void 0) || (b.match.headers?.length ?? 0) - (a.match.headers?.length ?? 0) || (b.match.queryParams?.length ?? 0) - (a.match.queryParams?.length ?? 0) || (a.age < b.age ? -1 : 1);
}
function hostRank({ host }) {
	return host === "" ? 0 : host.startsWith("*.") ? host.length : 1e4;
}
function matches({ host, path, match, oneLabel }, request) {
	if (oneLabel && host.startsWith("*.") && request.host.split(".").length !== host.split(".").length) return false;
	if (host !== "" && !coversHost(host, request.host)) return false;
	const [pathname = "/", query = ""] = request.target.split("?", 2);
	if (!matchesPath(path, pathname)) return false;
	if (match.method !== void 0 && match.method !== request.method) return false;
	if (!(match.headers ?? []).every((wanted) => hasValue(wanted, request.headers[wanted.name.toLowerCase()]))) return false;
	const params = match.queryParams ?? [];
	if (params.length === 0) return true;
	const given = new URLSearchParams(query);
	return params.every((wanted) => hasValue(wanted, given.get(wanted.name) ?? void 0));
}
function hasValue(wanted, given) {
	if (given === void 0) return false;
	const text = typeof given === "string" ? given : given.join(",");
	return wanted.type === "RegularExpression" ? matchesPattern(wanted.value, text) : text === wanted.value;
}
function matchesPath({ type, value }, pathname) {
	if (type === "Exact") return pathname === value;
	if (type === "RegularExpression") return matchesPattern(value, pathname);
	const prefix = value.endsWith("/") ? value.slice(0, -1) : value;
	return pathname === prefix || pathname.startsWith(`${prefix}/`);
}
/** Whether the whole text matches; a pattern that cannot be read matches nothing, and the proxy goes on. */
function matchesPattern(pattern, text) {
	try {
		return new RegExp(`^(?:${pattern})$`).test(text);
	} catch {
		return false;
	}
}

// src/sandbox/runtime/service-address.ts
/** A port of a Service, by its number or its name; without either the only one. Throws when there is none. */
function findServicePort(store, namespace, name, wanted) {
	const service = store.get(resources.services, namespace, name);
	if (service === void 0) throw missing(`there is no Service ${namespace}/${name}`);
	const [found, ...others] = (service.spec?.ports ?? []).filter((declared) => wanted === void 0 || declared.port === wanted || declared.name === wanted);
	if (found === void 0) throw missing(`Service ${namespace}/${name} has no port ${wanted ?? ""}`.trim());
	if (others.length > 0) throw missing(`Service ${namespace}/${name} has several ports: name one`);
	return {
		service,
		port: Number(found.port),
		portName: String(found.name ?? "")
	};
}
/**
* Where a caller inside the cluster reaches a Service: its own address, or that of a ready pod when it is headless, as
* its DNS name would say.
*/
function serviceAddress(store, namespace, name, wanted) {
	const { service, port, portName } = findServicePort(store, namespace, name, wanted);
	const { clusterIP } = service.spec;
	if (clusterIP !== "None") {
		if (typeof clusterIP === "string" && clusterIP.startsWith("127.")) return {
			host: clusterIP,
			port
		};
		throw missing(`Service ${namespace}/${name} has no address of its own here`);
	}
	for (const slice of store.list(resources.endpointslices, namespace)) {
		if (slice.metadata.labels?.["kubernetes.io/service-name"] !== name) continue;
		const ready = slice.endpoints?.find((endpoint) => endpoint.conditions?.ready !== false);
		const open = slice.ports?.find((candidate) => (candidate.name ?? "") === portName);
		if (ready && open) return {
			host: ready.addresses[0],
			port: open.port
		};
	}
	throw missing(`no pod behind the headless Service ${namespace}/${name} is ready`);
}
function missing(what) {
	return new _base_mjs__WEBPACK_IMPORTED_MODULE_1__.y("NotFound", what);
}

// src/sandbox/runtime/service-proxy.ts
function startServiceProxy(context) {
	const { store, clock, log } = context;
	const listeners = /* @__PURE__ */ new Map();
	const sockets = /* @__PURE__ */ new Set();
	const services = watchLate(store, clock, context.delayMs, resources.services, look);
	for (const key of services.objects.keys()) look(key);
	/** Makes the listeners of one Service what they should be. */
	function look(service) {
		const wanted = new Map(portsOf(services.objects.get(service), context.node).map((port) => [port.key, port]));
		for (const [key, { server }] of listeners) {
			if (!key.startsWith(`${service} `)) continue;
			const port = wanted.get(key);
			if (port !== void 0 && setOf(service, port.name).ready.length > 0) continue;
			listeners.delete(key);
			server.close();
		}
		for (const [key, port] of wanted) {
			const set = setOf(service, port.name);
			if (!listeners.has(key) && set.ready.length > 0) listeners.set(key, {
				server: open(service, port, set),
				set
			});
		}
	}
	function setOf(service, portName) {
		const [namespace = "", name = ""] = service.split("/");
		return context.endpoints.of(namespace, name, portName);
	}
	function open(service, { host, port }, set) {
		const server = (0,node_net__WEBPACK_IMPORTED_MODULE_6__.createServer)({
			allowHalfOpen: true,
			noDelay: true
		}, (client) => join(client, set));
		server.on("error", (error) => {
			log.debug(`sandbox: Service ${service} cannot be reached on ${host}:${port}: ${(0,_base_mjs__WEBPACK_IMPORTED_MODULE_1__.b)(error)}`);
		});
		return server.listen(port, host, 1024);
	}
	function join(client, set) {
		const endpoint = set.next();
		const target = endpoint && context.address(endpoint);
		if (target === void 0) {
			client.resetAndDestroy();
			return;
		}
		const pod = (0,node_net__WEBPACK_IMPORTED_MODULE_6__.connect)({
			...target,
			allowHalfOpen: true,
			noDelay: true
		});
		for (const [socket, other] of [[client, pod], [pod, client]]) {
			sockets.add(socket);
			socket.on("error", () => other.resetAndDestroy());
			socket.on("close", () => {
				sockets.delete(socket);
				other.destroySoon();
			});
			socket.pipe(other);
		}
	}
	return {
		refresh: (namespace, service) => look(`${namespace}/${service}`),
		async stop() {
			services.stop();
			const closed = [...listeners.values()].map(({ server }) => new Promise((resolve) => server.close(() => resolve())));
			for (const socket of sockets) socket.destroy();
			await Promise.all(closed);
		}
	};
}
function portsOf(service, node) {
	const { clusterIP, ports = [], selector } = service?.spec ?? {};
	const isOurs = typeof clusterIP === "string" && clusterIP.startsWith("127.") && clusterIP !== "127.0.0.1";
	if (service === void 0 || selector === void 0 || !isOurs) return [];
	const { namespace = "", name } = service.metadata;
	return ports.filter(({ protocol = "TCP" }) => protocol === "TCP").flatMap((entry) => {
		const portName = String(entry.name ?? "");
		const open = (host, port) => ({
			key: `${namespace}/${name} ${host}:${port}/${portName}`,
			host,
			port,
			name: portName
		});
		const own = open(clusterIP, Number(entry.port));
		return node === void 0 || entry.nodePort === void 0 ? [own] : [own, open(node, Number(entry.nodePort))];
	});
}

// src/sandbox/runtime/start-runtime.ts
/** Entries that the gateway's log keeps; older ones are dropped. */
const maxLogEntries = 2e5;
/** Brings a store to life: controllers, pods, proxies. */
async function startRuntime(context) {
	const { store, clock, log, options } = context;
	const real = options.pods === "process";
	const addresses = real ? await reserveAddresses() : fakeAddresses();
	const delayMs = () => context.delays().propagationMs;
	const kubelet = startKubelet({
		store,
		clock,
		log,
		real,
		record: createEventRecorder(store, clock, "kubelet"),
		onOutput: options.onPodOutput ?? (() => {}),
		start: real ? processContainers(options.programs ?? findPrograms(), clock) : fakeContainers(clock),
		findImage: (reference) => findImage(reference, options.images)
	}, addresses);
	function podAddress(namespace, name, port) {
		const worker = kubelet.find(namespace, name);
		if (worker === void 0) return void 0;
		const mapped = worker.containers.map((container) => container.hostPort(port)).find((found) => found !== void 0);
		return {
			host: worker.address,
			port: mapped ?? port
		};
	}
	const address = ({ namespace, pod, port }) => podAddress(namespace, pod, port);
	const kept = /* @__PURE__ */ new Map();
	const compile = () => {
		const sources = {
			routes: routes.objects.values(),
			gateway: (key) => gateways.objects.get(key),
			service: (key) => services.objects.get(key),
			namespaceLabels: (namespace) => namespaceLabels(store, namespace),
			isGranted: (route, namespace, service) => isGranted(store, route, namespace, service),
			endpoints: endpoints.of
		};
		const served = [...ingresses.objects.values()].filter((ingress) => servesIngress(store, ingress));
		return compileRoutes(sources, kept, ingressEntries(sources, served));
	};
	let proxy;
	const endpoints = watchEndpoints(store, clock, delayMs, (namespace, service) => proxy?.refresh(namespace, service));
	const recompile = () => {
		table = compile();
	};
	const routes = watchLate(store, clock, delayMs, resources.httproutes, recompile);
	const ingresses = watchLate(store, clock, delayMs, resources.ingresses, recompile);
	const classes = watchLate(store, clock, delayMs, resources.ingressclasses, recompile);
	const gateways = watchLate(store, clock, delayMs, resources.gateways, recompile);
	const services = watchLate(store, clock, delayMs, resources.services, recompile);
	let table = compile();
	const gatewayLog = [];
	const onRequest = (entry) => {
		gatewayLog.push(entry);
		if (gatewayLog.length > maxLogEntries) gatewayLog.splice(0, maxLogEntries / 10);
	};
	const gateway = real ? await startGateway({
		table: () => table,
		address,
		onRequest
	}) : void 0;
	if (real) proxy = startServiceProxy({
		store,
		clock,
		log,
		delayMs,
		endpoints,
		address,
		node: addresses.node
	});
	const fakeAnswers = createFakeAnswers(() => table, kubelet);
	const autoscalers = startAutoscalerController(context);
	const stops = [
		autoscalers.stop,
		startResourceQuotaController(context),
		startScaledObjectController(context),
		startJobController(context),
		startDisruptionBudgetController(context),
		startDeploymentController(context),
		startReplicaSetController(context),
		startEndpointSliceController(context),
		startRouteStatusController(context),
		startIngressStatusController(context),
		endpoints.stop,
		routes.stop,
		ingresses.stop,
		classes.stop,
		gateways.stop,
		services.stop
	];
	return {
		serviceNetwork: addresses.serviceNetwork,
		nodeAddress: addresses.node,
		podLog: kubelet.readLog,
		podAddress,
		gatewayUrl: gateway?.url ?? "",
		gatewayLog,
		fakeAnswer: (host, target = "/") => fakeAnswers.throughGateway(host, target),
		fakeServiceAnswer(namespace, name, wanted) {
			const { portName } = findServicePort(store, namespace, name, wanted);
			return fakeAnswers.ofService(endpoints.of(namespace, name, portName));
		},
		fakePodAnswer: fakeAnswers.ofPod,
		serviceAddress(namespace, name, wanted) {
			const address = serviceAddress(store, namespace, name, wanted);
			const pod = kubelet.findByAddress(address.host);
			return pod === void 0 ? address : podAddress(...pod, address.port) ?? address;
		},
		setDesiredReplicas: autoscalers.setDesiredReplicas,
		killPod(namespace, name) {
			const worker = kubelet.find(namespace, name);
			if (worker === void 0) throw new _base_mjs__WEBPACK_IMPORTED_MODULE_1__.y("NotFound", `there is no running pod ${namespace}/${name} to kill`);
			worker.crash();
		},
		async stop() {
			for (const stop of stops) stop();
			await Promise.all([
				gateway?.stop(),
				proxy?.stop(),
				kubelet.stop()
			]);
			addresses.release();
		}
	};
}

// src/sandbox/api/delete.ts
/** DeleteOptions come as a body or as query parameters. */
function parseDeleteOptions(query, body) {
	const options = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_1__.f)(body) ? body : {};
	const orphan = options.orphanDependents === true || query.get("orphanDependents") === "true";
	const policy = options.propagationPolicy ?? query.get("propagationPolicy") ?? (orphan ? "Orphan" : "Background");
	if (policy !== "Background" && policy !== "Foreground" && policy !== "Orphan") throw new ApiError("BadRequest", `propagationPolicy: Unsupported value: ${JSON.stringify(policy)}`);
	const grace = options.gracePeriodSeconds ?? query.get("gracePeriodSeconds");
	const uid = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_1__.s)(options, "preconditions", "uid");
	const resourceVersion = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_1__.s)(options, "preconditions", "resourceVersion");
	return {
		propagation: policy,
		...grace !== null && grace !== void 0 && { graceSeconds: Number(grace) },
		...typeof uid === "string" && { uid },
		...typeof resourceVersion === "string" && { resourceVersion },
		dryRun: query.get("dryRun") === "All" || Array.isArray(options.dryRun) && options.dryRun.includes("All")
	};
}
/**
* Deletes at once, or marks as deleted what has to wait: for its finalizers, for the end of a pod's process, for the
* content of a namespace. Answers the marked object, or undefined when it is gone.
*/
function deleteObject(api, type, object, options) {
	const { name, namespace = "" } = object.metadata;
	checkPreconditions(type, object, options);
	if (type.kind === "Namespace" && (name === "default" || name === "kube-system")) throw new ApiError("Forbidden", `namespaces "${name}" is forbidden: this namespace may not be deleted`, {
		name,
		kind: type.resource
	});
	const grace = graceOf(type, object, options);
	const finalizers = finalizersOf(object, options.propagation);
	const waits = finalizers.length > 0 || grace > 0 || type.kind === "Namespace";
	if (options.dryRun) return waits ? object : void 0;
	if (!waits) {
		api.store.remove(type, namespace, name);
		return type.kind === "Pod" ? marked(api, type, object, [], 0) ?? object : void 0;
	}
	return api.store.update(type, namespace, name, (current) => marked(api, type, current, finalizers, grace));
}
function marked(api, type, current, finalizers, grace) {
	const { deletionTimestamp, deletionGracePeriodSeconds, generation } = current.metadata;
	const sooner = deletionTimestamp === void 0 || grace < (deletionGracePeriodSeconds ?? 0);
	const metadata = {
		...current.metadata,
		...finalizers.length > 0 && { finalizers: [...finalizers] },
		...sooner && {
			deletionTimestamp: toSeconds({
				...api.clock,
				now: () => api.clock.now() + grace * 1e3
			}),
			...type.kind !== "Namespace" && { deletionGracePeriodSeconds: grace }
		},
		...deletionTimestamp === void 0 && generation !== void 0 && { generation: generation + 1 }
	};
	return {
		...current,
		metadata,
		...type.kind === "Namespace" && { status: {
			...current.status,
			phase: "Terminating"
		} }
	};
}
/** Seconds that a pod's process has left; a pod without a node or with ended containers needs none. */
function graceOf(type, { metadata, spec, status }, options) {
	if (type.kind !== "Pod") return 0;
	if (!spec?.nodeName || status?.phase === "Failed" || status?.phase === "Succeeded") return 0;
	const asked = options.graceSeconds ?? spec?.terminationGracePeriodSeconds ?? 30;
	return Math.min(asked, metadata.deletionGracePeriodSeconds ?? asked);
}
function finalizersOf({ metadata }, propagation) {
	const own = (metadata.finalizers ?? []).filter((finalizer) => finalizer !== "foregroundDeletion" && finalizer !== "orphan");
	if (metadata.deletionTimestamp !== void 0) return metadata.finalizers ?? [];
	if (propagation === "Foreground") return [...own, "foregroundDeletion"];
	return propagation === "Orphan" ? [...own, "orphan"] : own;
}
function checkPreconditions(type, { metadata }, { uid, resourceVersion }) {
	const subject = {
		group: type.group,
		resource: type.kind
	};
	const refuse = (what, wanted, found, guess) => {
		const why = `the ${what} in the precondition (${wanted}) does not match the ${what} in record (${found})`;
		throw conflict(subject, metadata.name, `${why}. The object might have been ${guess}`);
	};
	if (uid !== void 0 && uid !== metadata.uid) refuse("UID", uid, metadata.uid, "deleted and then recreated");
	if (resourceVersion !== void 0 && resourceVersion !== metadata.resourceVersion) refuse("ResourceVersion", resourceVersion, metadata.resourceVersion, "modified");
}

// src/sandbox/api/collect-garbage.ts
/** From a change to the collector's next look; real clusters take a moment, too. */
const delayMs = 5;
const background = {
	propagation: "Background",
	dryRun: false
};
/**
* Removes what nobody owns any more, finishes foreground and orphaning deletions, and empties deleted namespaces.
* Looks at everything after each change that could matter: the sandbox holds hundreds of objects, not thousands.
*/
function startGarbageCollector(api) {
	const { store, catalog, clock } = api;
	const watched = /* @__PURE__ */ new Map();
	let cancel;
	function look() {
		cancel = void 0;
		for (const type of distinctTypes()) for (const { metadata } of store.list(type, "")) {
			const object = store.get(type, metadata.namespace ?? "", metadata.name);
			if (object !== void 0) tend(type, object);
		}
	}
	function distinctTypes() {
		return [...new Map(catalog.all().toReversed().map((type) => [storageKey(type), type])).values()];
	}
	function tend(type, object) {
		const { deletionTimestamp, finalizers = [], ownerReferences = [] } = object.metadata;
		if (deletionTimestamp === void 0) {
			if (ownerReferences.length > 0 && !ownerReferences.some((owner) => ownerExists(object, owner))) deleteObject(api, type, object, {
				...background,
				uid: object.metadata.uid
			});
		} else if (type.kind === "Namespace") emptyNamespace(object);
		else if (finalizers.includes("orphan")) orphanDependents(type, object);
		else if (finalizers.includes("foregroundDeletion")) deleteDependentsFirst(type, object);
	}
	/** An owner of a kind that nobody knows here is left the benefit of the doubt. */
	function ownerExists({ metadata }, { apiVersion, kind, name, uid }) {
		const type = catalog.findKind(apiVersion, kind);
		if (type === void 0) return true;
		return store.get(type, type.namespaced ? metadata.namespace ?? "" : "", name)?.metadata.uid === uid;
	}
	function dependentsOf({ metadata }) {
		return distinctTypes().flatMap((type) => store.list(type, "").flatMap((object) => {
			const owner = object.metadata.ownerReferences?.find(({ uid }) => uid === metadata.uid);
			return owner === void 0 ? [] : [{
				type,
				object,
				owner
			}];
		}));
	}
	function deleteDependentsFirst(type, object) {
		for (const dependent of dependentsOf(object)) {
			if (dependent.object.metadata.deletionTimestamp !== void 0) continue;
			deleteObject(api, dependent.type, dependent.object, {
				...background,
				propagation: "Foreground"
			});
		}
		if (!dependentsOf(object).some(({ owner }) => owner.blockOwnerDeletion)) finish(type, object, "foregroundDeletion");
	}
	function orphanDependents(type, object) {
		for (const dependent of dependentsOf(object)) {
			const { name, namespace = "" } = dependent.object.metadata;
			store.update(dependent.type, namespace, name, (current) => {
				const { ownerReferences = [], ...metadata } = current.metadata;
				const others = ownerReferences.filter(({ uid }) => uid !== object.metadata.uid);
				return {
					...current,
					metadata: {
						...metadata,
						...others.length > 0 && { ownerReferences: others }
					}
				};
			});
		}
		finish(type, object, "orphan");
	}
	function finish(type, { metadata }, finalizer) {
		const { name, namespace = "" } = metadata;
		const finalizers = (metadata.finalizers ?? []).filter((other) => other !== finalizer);
		const left = store.update(type, namespace, name, (current) => ({
			...current,
			metadata: {
				...current.metadata,
				finalizers
			}
		}));
		const ended = type.kind !== "Pod" || left.metadata.deletionGracePeriodSeconds === 0;
		if (finalizers.length === 0 && ended) store.remove(type, namespace, name);
	}
	function emptyNamespace({ metadata }) {
		const inside = distinctTypes().filter(({ namespaced }) => namespaced);
		for (const type of inside) for (const object of store.list(type, metadata.name)) if (object.metadata.deletionTimestamp === void 0) deleteObject(api, type, object, background);
		if (inside.every((type) => store.list(type, metadata.name).length === 0) && (metadata.finalizers ?? []).length === 0) store.remove(resources.namespaces, "", metadata.name);
	}
	function lookSoon() {
		cancel ??= clock.after(delayMs, look);
	}
	function watch(type) {
		if (watched.has(storageKey(type))) return;
		const unsubscribe = store.subscribe(type, ({ type: change, object: { metadata } }) => {
			const owned = change === "ADDED" && metadata.ownerReferences !== void 0;
			if (change === "DELETED" || metadata.deletionTimestamp !== void 0 || owned) lookSoon();
		});
		watched.set(storageKey(type), unsubscribe);
	}
	for (const type of catalog.all()) watch(type);
	return {
		watch,
		stop() {
			cancel?.();
			for (const unsubscribe of watched.values()) unsubscribe();
		}
	};
}

// src/sandbox/faults-injected.ts
/** The connection to the API broke: what a client in process sees instead of an answer. */
var ConnectionBroken = class extends Error {
	name = "ConnectionBroken";
	code;
	constructor(code) {
		super(code === "ECONNRESET" ? "the connection was reset" : "the connection was refused");
		this.code = code;
	}
};
function createFaults(usual) {
	const planned = /* @__PURE__ */ new Set();
	const denials = /* @__PURE__ */ new Set();
	let stopped;
	let delays = usual;
	return {
		add(match, effect) {
			const fault = {
				match,
				effect,
				seen: 0
			};
			planned.add(fault);
			return () => planned.delete(fault);
		},
		deny(isDenied) {
			denials.add(isDenied);
			return () => denials.delete(isDenied);
		},
		clear() {
			planned.clear();
			denials.clear();
			stopped = void 0;
			delays = usual;
		},
		stopApi(mode) {
			stopped = mode;
		},
		startApi() {
			stopped = void 0;
		},
		setDelays(changed) {
			delays = {
				...delays,
				...changed
			};
		},
		next(request, pathname, isWatch) {
			const matching = [...planned].filter(({ match, effect }) => (match.method === void 0 || match.method === request.method) && (match.path === void 0 || match.path.test(pathname)) && (effect.kind !== "silent-watch" || isWatch) && (match.where === void 0 || match.where(request)));
			for (const fault of matching) fault.seen++;
			return matching.find(({ match, seen }) => match.nth === void 0 || match.nth === seen)?.effect;
		},
		get stopped() {
			return stopped;
		},
		denies: (attributes) => [...denials].some((isDenied) => isDenied(attributes)),
		delays: () => delays
	};
}

// src/sandbox/api/channel.ts
/** `onClose` runs once, when the stream was ended or its reader went away. */
function createChannel(onClose) {
	const chunks = [];
	let wake;
	let ended = false;
	function end() {
		if (ended) return;
		ended = true;
		onClose();
		wake?.();
	}
	return {
		push(chunk) {
			if (ended) return;
			chunks.push(chunk);
			wake?.();
		},
		end,
		async *[Symbol.asyncIterator]() {
			try {
				while (true) {
					const chunk = chunks.shift();
					if (chunk !== void 0) yield chunk;
					else if (ended) return;
					else await new Promise((resolve) => {
						wake = resolve;
					});
				}
			} finally {
				end();
			}
		}
	};
}

// src/sandbox/api/discovery.ts
/** The version that the sandbox answers for; its rules are those of this release. */
const version = {
	major: "1",
	minor: "34",
	gitVersion: "v1.34.0-sandbox",
	platform: "node"
};
/** `/api`, `/apis` and what lies under them, down to the list of a version's kinds. */
function answerDiscovery(catalog, target) {
	const types = [...catalog.all(), reviewType];
	if (target.legacy && target.version === void 0) return json({
		kind: "APIVersions",
		versions: ["v1"]
	});
	if (!target.legacy && target.group === void 0) {
		const groups = [...new Set(types.map(({ group }) => group))].filter(Boolean);
		return json({
			kind: "APIGroupList",
			apiVersion: "v1",
			groups: groups.map((group) => describeGroup(types, group))
		});
	}
	const inGroup = types.filter(({ group }) => group === (target.group ?? ""));
	if (target.version === void 0 && inGroup.length > 0) return json({
		kind: "APIGroup",
		apiVersion: "v1",
		...describeGroup(types, target.group ?? "")
	});
	const [first, ...others] = inGroup.filter((type) => type.version === target.version);
	if (first === void 0) throw new ApiError("NotFound", "the server could not find the requested resource", {});
	const resources = [first, ...others].flatMap(describeResource);
	return json({
		kind: "APIResourceList",
		apiVersion: "v1",
		groupVersion: apiVersionOf(first),
		resources
	});
}
/** Paths outside of the API groups; undefined for those that nobody serves. */
function answerPlainPath(path) {
	if (path === "/version") return json(version);
	if (/^\/(healthz|readyz|livez)(\/ping)?$/.test(path)) return text("ok");
	if (path === "/") return json({ paths: [
		"/api",
		"/apis",
		"/healthz",
		"/livez",
		"/readyz",
		"/version"
	] });
	if (path.startsWith("/openapi")) throw new ApiError("NotFound", "the server could not find the requested resource", {});
}
function describeGroup(types, group) {
	const versions = [...new Set(types.filter((type) => type.group === group).map((type) => type.version))].map((name) => ({
		groupVersion: `${group}/${name}`,
		version: name
	}));
	return {
		name: group,
		versions,
		preferredVersion: versions[0]
	};
}
function describeResource(type) {
	const { resource: name, kind, namespaced, shortNames } = type;
	return [{
		name,
		singularName: kind.toLowerCase(),
		namespaced,
		kind,
		verbs: type === reviewType ? ["create"] : [
			"create",
			"delete",
			"deletecollection",
			"get",
			"list",
			"patch",
			"update",
			"watch"
		],
		...shortNames && { shortNames }
	}, ...type.subresources.map((subresource) => describeSubresource(type, subresource))];
}
function describeSubresource({ resource, kind, namespaced }, subresource) {
	const common = {
		name: `${resource}/${subresource}`,
		singularName: "",
		namespaced
	};
	if (subresource === "scale") return {
		...common,
		group: "autoscaling",
		version: "v1",
		kind: "Scale",
		verbs: [
			"get",
			"patch",
			"update"
		]
	};
	if (subresource === "eviction") return {
		...common,
		group: "policy",
		version: "v1",
		kind: "Eviction",
		verbs: ["create"]
	};
	if (subresource === "status") return {
		...common,
		kind,
		verbs: [
			"get",
			"patch",
			"update"
		]
	};
	return {
		...common,
		kind,
		verbs: subresource === "log" ? ["get"] : ["create", "get"]
	};
}

// src/sandbox/api/custom-kinds.ts
/**
* A kind that nobody defined is learned from the first object that is posted to its path, so manifests with foreign
* kinds work without their definitions. Undefined when the request brings no object of that group and version.
*/
function learnFromObject(catalog, path, request) {
	const { group, version, resource, namespace, subresource } = path;
	if (!group.includes(".") || subresource !== "" || request.method !== "POST") return void 0;
	const kind = readKind(request.body ?? "", apiVersionOf(path));
	if (kind === void 0) return void 0;
	const type = {
		group,
		version,
		resource,
		kind,
		namespaced: namespace !== "",
		subresources: ["status"]
	};
	catalog.learn(type);
	return type;
}
function readKind(body, apiVersion) {
	try {
		const object = JSON.parse(body);
		const kind = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_1__.s)(object, "kind");
		return (0,_base_mjs__WEBPACK_IMPORTED_MODULE_1__.s)(object, "apiVersion") === apiVersion && typeof kind === "string" ? kind : void 0;
	} catch {
		return;
	}
}
/** Serves the kinds of every stored CustomResourceDefinition. */
function learnFromDefinition({ store, catalog }) {
	for (const { spec } of store.list(resources.customresourcedefinitions, "")) {
		const { group, names, scope, versions = [] } = spec ?? {};
		for (const { name, served, subresources = {} } of versions) {
			if (!served) continue;
			catalog.learn({
				group,
				version: name,
				resource: names.plural,
				kind: names.kind,
				namespaced: scope === "Namespaced",
				subresources: ["status", "scale"].filter((subresource) => subresource in subresources),
				...names.shortNames && { shortNames: names.shortNames }
			});
		}
	}
}

// src/sandbox/api/evict.ts
/** POST of `pods/eviction`: deletes the pod unless a PodDisruptionBudget forbids that now, which is a 429. */
function evictPod(api, scope, body) {
	const { namespace, name, query } = scope;
	const named = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_1__.s)(body, "metadata", "name");
	if (!(0,_base_mjs__WEBPACK_IMPORTED_MODULE_1__.f)(body) || named !== void 0 && named !== name) throw new ApiError("BadRequest", "name in URL does not match name in Eviction object");
	const pod = api.store.get(resources.pods, namespace, name);
	if (pod === void 0) throw notFound(resources.pods, name);
	const dryRun = isDryRun(query);
	if (!isFree(pod)) spendBudget(api, pod, dryRun);
	const options = parseDeleteOptions(query, body.deleteOptions ?? null);
	deleteObject(api, resources.pods, pod, {
		...options,
		dryRun: dryRun || options.dryRun
	});
	return json({
		kind: "Status",
		apiVersion: "v1",
		metadata: {},
		status: "Success",
		code: 201
	}, 201);
}
/** Pods that serve nobody, or are on their way out, cost no budget. */
function isFree(pod) {
	const pending = (pod.status?.phase ?? "Pending") === "Pending";
	return isFinished(pod) || pending || pod.metadata.deletionTimestamp !== void 0;
}
function spendBudget({ store, clock }, pod, dryRun) {
	const { name, namespace = "" } = pod.metadata;
	const [budget, ...others] = store.list(resources.poddisruptionbudgets, namespace).filter((candidate) => selectsPod(candidate, pod));
	if (budget === void 0) return;
	if (others.length > 0) throw new ApiError("InternalError", "This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.");
	const { status = {}, metadata, spec } = budget;
	const { disruptionsAllowed = 0, currentHealthy = 0, desiredHealthy = 0 } = status;
	if ((status.observedGeneration ?? 0) < (metadata.generation ?? 1)) throw tooMany(`The disruption budget ${metadata.name} is still being processed by the server.`, 10);
	if (!isReady(pod)) {
		if (!(spec?.unhealthyPodEvictionPolicy !== "AlwaysAllow") || currentHealthy >= desiredHealthy && desiredHealthy > 0) return;
	}
	if (disruptionsAllowed <= 0) throw tooMany(`The disruption budget ${metadata.name} needs ${desiredHealthy} healthy pods and has ${currentHealthy} currently`);
	if (dryRun) return;
	const left = disruptionsAllowed - 1;
	const type = resources.poddisruptionbudgets;
	store.update(type, namespace, metadata.name, (current) => {
		const { conditions = [], disruptedPods } = current.status ?? {};
		const next = {
			...current,
			status: {
				...current.status,
				disruptionsAllowed: left,
				disruptedPods: {
					...disruptedPods,
					[name]: toSeconds(clock)
				},
				conditions: putCondition(conditions, disruptionAllowed(left, current), clock)
			}
		};
		const writer = serverWriter(clock, current.apiVersion);
		const managedFields = writeOwners(ownersAfterUpdate(type, current, next, writer));
		return {
			...next,
			metadata: {
				...current.metadata,
				managedFields
			}
		};
	});
}
function tooMany(message, retryAfterSeconds) {
	return new ApiError("TooManyRequests", "Cannot evict pod as it would violate the pod's disruption budget.", {
		...retryAfterSeconds !== void 0 && { retryAfterSeconds },
		causes: [{
			reason: "DisruptionBudget",
			message
		}]
	});
}

// src/sandbox/api/field-types.ts
/**
* The fields of the built-in kinds, by the name of their structure: `name:type`. A type is `string`, `bool`, a number, a
* structure, `[]` or `map:` before one of these, or `any`. Written by test/conformance/record-types.ts from what
* kube-apiserver says of itself; not by hand.
*/
const fieldTypes = {
	AWSElasticBlockStoreVolumeSource: "fsType:string partition:int32 readOnly:bool volumeID:string",
	Affinity: "nodeAffinity:NodeAffinity podAffinity:PodAffinity podAntiAffinity:PodAntiAffinity",
	AppArmorProfile: "localhostProfile:string type:string",
	AzureDiskVolumeSource: "cachingMode:string diskName:string diskURI:string fsType:string kind:string readOnly:bool",
	AzureFileVolumeSource: "readOnly:bool secretName:string shareName:string",
	CSIVolumeSource: "driver:string fsType:string nodePublishSecretRef:LocalObjectReference readOnly:bool volumeAttributes:map:string",
	Capabilities: "add:[]string drop:[]string",
	CephFSVolumeSource: "monitors:[]string path:string readOnly:bool secretFile:string secretRef:LocalObjectReference user:string",
	CinderVolumeSource: "fsType:string readOnly:bool secretRef:LocalObjectReference volumeID:string",
	ClientIPConfig: "timeoutSeconds:int32",
	ClusterTrustBundleProjection: "labelSelector:LabelSelector name:string optional:bool path:string signerName:string",
	ConfigMap: "apiVersion:string binaryData:map:string data:map:string immutable:bool kind:string metadata:ObjectMeta",
	ConfigMapEnvSource: "name:string optional:bool",
	ConfigMapKeySelector: "key:string name:string optional:bool",
	ConfigMapProjection: "items:[]KeyToPath name:string optional:bool",
	ConfigMapVolumeSource: "defaultMode:int32 items:[]KeyToPath name:string optional:bool",
	Container: "args:[]string command:[]string env:[]EnvVar envFrom:[]EnvFromSource image:string imagePullPolicy:string lifecycle:Lifecycle livenessProbe:Probe name:string ports:[]ContainerPort readinessProbe:Probe resizePolicy:[]ContainerResizePolicy resources:ResourceRequirements restartPolicy:string restartPolicyRules:[]ContainerRestartRule securityContext:SecurityContext startupProbe:Probe stdin:bool stdinOnce:bool terminationMessagePath:string terminationMessagePolicy:string tty:bool volumeDevices:[]VolumeDevice volumeMounts:[]VolumeMount workingDir:string",
	ContainerPort: "containerPort:int32 hostIP:string hostPort:int32 name:string protocol:string",
	ContainerResizePolicy: "resourceName:string restartPolicy:string",
	ContainerResourceMetricSource: "container:string name:string target:MetricTarget",
	ContainerRestartRule: "action:string exitCodes:ContainerRestartRuleOnExitCodes",
	ContainerRestartRuleOnExitCodes: "operator:string values:[]int32",
	ControllerRevision: "apiVersion:string data:any kind:string metadata:ObjectMeta revision:int64",
	CronJob: "apiVersion:string kind:string metadata:ObjectMeta spec:CronJobSpec status:any",
	CronJobSpec: "concurrencyPolicy:string failedJobsHistoryLimit:int32 jobTemplate:JobTemplateSpec schedule:string startingDeadlineSeconds:int64 successfulJobsHistoryLimit:int32 suspend:bool timeZone:string",
	CrossVersionObjectReference: "apiVersion:string kind:string name:string",
	DaemonSet: "apiVersion:string kind:string metadata:ObjectMeta spec:DaemonSetSpec status:any",
	DaemonSetSpec: "minReadySeconds:int32 revisionHistoryLimit:int32 selector:LabelSelector template:PodTemplateSpec updateStrategy:DaemonSetUpdateStrategy",
	DaemonSetUpdateStrategy: "rollingUpdate:RollingUpdateDaemonSet type:string",
	Deployment: "apiVersion:string kind:string metadata:ObjectMeta spec:DeploymentSpec status:any",
	DeploymentSpec: "minReadySeconds:int32 paused:bool progressDeadlineSeconds:int32 replicas:int32 revisionHistoryLimit:int32 selector:LabelSelector strategy:DeploymentStrategy template:PodTemplateSpec",
	DeploymentStrategy: "rollingUpdate:RollingUpdateDeployment type:string",
	DownwardAPIProjection: "items:[]DownwardAPIVolumeFile",
	DownwardAPIVolumeFile: "fieldRef:ObjectFieldSelector mode:int32 path:string resourceFieldRef:ResourceFieldSelector",
	DownwardAPIVolumeSource: "defaultMode:int32 items:[]DownwardAPIVolumeFile",
	EmptyDirVolumeSource: "medium:string sizeLimit:quantity",
	Endpoint: "addresses:[]string conditions:EndpointConditions deprecatedTopology:map:string hints:EndpointHints hostname:string nodeName:string targetRef:ObjectReference zone:string",
	EndpointConditions: "ready:bool serving:bool terminating:bool",
	EndpointHints: "forNodes:[]ForNode forZones:[]ForZone",
	EndpointPort: "appProtocol:string name:string port:int32 protocol:string",
	EndpointSlice: "addressType:string apiVersion:string endpoints:[]Endpoint kind:string metadata:ObjectMeta ports:[]EndpointPort",
	EnvFromSource: "configMapRef:ConfigMapEnvSource prefix:string secretRef:SecretEnvSource",
	EnvVar: "name:string value:string valueFrom:EnvVarSource",
	EnvVarSource: "configMapKeyRef:ConfigMapKeySelector fieldRef:ObjectFieldSelector fileKeyRef:FileKeySelector resourceFieldRef:ResourceFieldSelector secretKeyRef:SecretKeySelector",
	EphemeralContainer: "args:[]string command:[]string env:[]EnvVar envFrom:[]EnvFromSource image:string imagePullPolicy:string lifecycle:Lifecycle livenessProbe:Probe name:string ports:[]ContainerPort readinessProbe:Probe resizePolicy:[]ContainerResizePolicy resources:ResourceRequirements restartPolicy:string restartPolicyRules:[]ContainerRestartRule securityContext:SecurityContext startupProbe:Probe stdin:bool stdinOnce:bool targetContainerName:string terminationMessagePath:string terminationMessagePolicy:string tty:bool volumeDevices:[]VolumeDevice volumeMounts:[]VolumeMount workingDir:string",
	EphemeralVolumeSource: "volumeClaimTemplate:PersistentVolumeClaimTemplate",
	ExecAction: "command:[]string",
	ExternalMetricSource: "metric:MetricIdentifier target:MetricTarget",
	FCVolumeSource: "fsType:string lun:int32 readOnly:bool targetWWNs:[]string wwids:[]string",
	FileKeySelector: "key:string optional:bool path:string volumeName:string",
	FlexVolumeSource: "driver:string fsType:string options:map:string readOnly:bool secretRef:LocalObjectReference",
	FlockerVolumeSource: "datasetName:string datasetUUID:string",
	ForNode: "name:string",
	ForZone: "name:string",
	GCEPersistentDiskVolumeSource: "fsType:string partition:int32 pdName:string readOnly:bool",
	GRPCAction: "port:int32 service:string",
	GitRepoVolumeSource: "directory:string repository:string revision:string",
	GlusterfsVolumeSource: "endpoints:string path:string readOnly:bool",
	HPAScalingPolicy: "periodSeconds:int32 type:string value:int32",
	HPAScalingRules: "policies:[]HPAScalingPolicy selectPolicy:string stabilizationWindowSeconds:int32 tolerance:quantity",
	HTTPGetAction: "host:string httpHeaders:[]HTTPHeader path:string port:any scheme:string",
	HTTPHeader: "name:string value:string",
	HTTPIngressPath: "backend:IngressBackend path:string pathType:string",
	HTTPIngressRuleValue: "paths:[]HTTPIngressPath",
	HorizontalPodAutoscaler: "apiVersion:string kind:string metadata:ObjectMeta spec:HorizontalPodAutoscalerSpec status:any",
	HorizontalPodAutoscalerBehavior: "scaleDown:HPAScalingRules scaleUp:HPAScalingRules",
	HorizontalPodAutoscalerSpec: "behavior:HorizontalPodAutoscalerBehavior maxReplicas:int32 metrics:[]MetricSpec minReplicas:int32 scaleTargetRef:CrossVersionObjectReference",
	HostAlias: "hostnames:[]string ip:string",
	HostPathVolumeSource: "path:string type:string",
	IPBlock: "cidr:string except:[]string",
	ISCSIVolumeSource: "chapAuthDiscovery:bool chapAuthSession:bool fsType:string initiatorName:string iqn:string iscsiInterface:string lun:int32 portals:[]string readOnly:bool secretRef:LocalObjectReference targetPortal:string",
	ImageVolumeSource: "pullPolicy:string reference:string",
	Ingress: "apiVersion:string kind:string metadata:ObjectMeta spec:IngressSpec status:any",
	IngressBackend: "resource:TypedLocalObjectReference service:IngressServiceBackend",
	IngressClass: "apiVersion:string kind:string metadata:ObjectMeta spec:IngressClassSpec",
	IngressClassParametersReference: "apiGroup:string kind:string name:string namespace:string scope:string",
	IngressClassSpec: "controller:string parameters:IngressClassParametersReference",
	IngressRule: "host:string http:HTTPIngressRuleValue",
	IngressServiceBackend: "name:string port:ServiceBackendPort",
	IngressSpec: "defaultBackend:IngressBackend ingressClassName:string rules:[]IngressRule tls:[]IngressTLS",
	IngressTLS: "hosts:[]string secretName:string",
	Job: "apiVersion:string kind:string metadata:ObjectMeta spec:JobSpec status:any",
	JobSpec: "activeDeadlineSeconds:int64 backoffLimit:int32 backoffLimitPerIndex:int32 completionMode:string completions:int32 managedBy:string manualSelector:bool maxFailedIndexes:int32 parallelism:int32 podFailurePolicy:PodFailurePolicy podReplacementPolicy:string selector:LabelSelector successPolicy:SuccessPolicy suspend:bool template:PodTemplateSpec ttlSecondsAfterFinished:int32",
	JobTemplateSpec: "metadata:ObjectMeta spec:JobSpec",
	KeyToPath: "key:string mode:int32 path:string",
	LabelSelector: "matchExpressions:[]LabelSelectorRequirement matchLabels:map:string",
	LabelSelectorRequirement: "key:string operator:string values:[]string",
	Lease: "apiVersion:string kind:string metadata:ObjectMeta spec:LeaseSpec",
	LeaseSpec: "acquireTime:any holderIdentity:string leaseDurationSeconds:int32 leaseTransitions:int32 preferredHolder:string renewTime:any strategy:string",
	Lifecycle: "postStart:LifecycleHandler preStop:LifecycleHandler stopSignal:string",
	LifecycleHandler: "exec:ExecAction httpGet:HTTPGetAction sleep:SleepAction tcpSocket:TCPSocketAction",
	LimitRange: "apiVersion:string kind:string metadata:ObjectMeta spec:LimitRangeSpec",
	LimitRangeItem: "default:map:quantity defaultRequest:map:quantity max:map:quantity maxLimitRequestRatio:map:quantity min:map:quantity type:string",
	LimitRangeSpec: "limits:[]LimitRangeItem",
	LocalObjectReference: "name:string",
	ManagedFieldsEntry: "apiVersion:string fieldsType:string fieldsV1:any manager:string operation:string subresource:string time:any",
	MetricIdentifier: "name:string selector:LabelSelector",
	MetricSpec: "containerResource:ContainerResourceMetricSource external:ExternalMetricSource object:ObjectMetricSource pods:PodsMetricSource resource:ResourceMetricSource type:string",
	MetricTarget: "averageUtilization:int32 averageValue:quantity type:string value:quantity",
	NFSVolumeSource: "path:string readOnly:bool server:string",
	Namespace: "apiVersion:string kind:string metadata:ObjectMeta spec:NamespaceSpec status:any",
	NamespaceSpec: "finalizers:[]string",
	NetworkPolicy: "apiVersion:string kind:string metadata:ObjectMeta spec:NetworkPolicySpec",
	NetworkPolicyEgressRule: "ports:[]NetworkPolicyPort to:[]NetworkPolicyPeer",
	NetworkPolicyIngressRule: "from:[]NetworkPolicyPeer ports:[]NetworkPolicyPort",
	NetworkPolicyPeer: "ipBlock:IPBlock namespaceSelector:LabelSelector podSelector:LabelSelector",
	NetworkPolicyPort: "endPort:int32 port:any protocol:string",
	NetworkPolicySpec: "egress:[]NetworkPolicyEgressRule ingress:[]NetworkPolicyIngressRule podSelector:LabelSelector policyTypes:[]string",
	NodeAffinity: "preferredDuringSchedulingIgnoredDuringExecution:[]PreferredSchedulingTerm requiredDuringSchedulingIgnoredDuringExecution:NodeSelector",
	NodeSelector: "nodeSelectorTerms:[]NodeSelectorTerm",
	NodeSelectorRequirement: "key:string operator:string values:[]string",
	NodeSelectorTerm: "matchExpressions:[]NodeSelectorRequirement matchFields:[]NodeSelectorRequirement",
	ObjectFieldSelector: "apiVersion:string fieldPath:string",
	ObjectMeta: "annotations:map:string creationTimestamp:any deletionGracePeriodSeconds:int64 deletionTimestamp:any finalizers:[]string generateName:string generation:int64 labels:map:string managedFields:[]ManagedFieldsEntry name:string namespace:string ownerReferences:[]OwnerReference resourceVersion:string selfLink:string uid:string",
	ObjectMetricSource: "describedObject:CrossVersionObjectReference metric:MetricIdentifier target:MetricTarget",
	ObjectReference: "apiVersion:string fieldPath:string kind:string name:string namespace:string resourceVersion:string uid:string",
	OwnerReference: "apiVersion:string blockOwnerDeletion:bool controller:bool kind:string name:string uid:string",
	PersistentVolumeClaim: "apiVersion:string kind:string metadata:ObjectMeta spec:PersistentVolumeClaimSpec status:any",
	PersistentVolumeClaimSpec: "accessModes:[]string dataSource:TypedLocalObjectReference dataSourceRef:TypedObjectReference resources:VolumeResourceRequirements selector:LabelSelector storageClassName:string volumeAttributesClassName:string volumeMode:string volumeName:string",
	PersistentVolumeClaimTemplate: "metadata:ObjectMeta spec:PersistentVolumeClaimSpec",
	PersistentVolumeClaimVolumeSource: "claimName:string readOnly:bool",
	PhotonPersistentDiskVolumeSource: "fsType:string pdID:string",
	Pod: "apiVersion:string kind:string metadata:ObjectMeta spec:PodSpec status:any",
	PodAffinity: "preferredDuringSchedulingIgnoredDuringExecution:[]WeightedPodAffinityTerm requiredDuringSchedulingIgnoredDuringExecution:[]PodAffinityTerm",
	PodAffinityTerm: "labelSelector:LabelSelector matchLabelKeys:[]string mismatchLabelKeys:[]string namespaceSelector:LabelSelector namespaces:[]string topologyKey:string",
	PodAntiAffinity: "preferredDuringSchedulingIgnoredDuringExecution:[]WeightedPodAffinityTerm requiredDuringSchedulingIgnoredDuringExecution:[]PodAffinityTerm",
	PodCertificateProjection: "certificateChainPath:string credentialBundlePath:string keyPath:string keyType:string maxExpirationSeconds:int32 signerName:string",
	PodDNSConfig: "nameservers:[]string options:[]PodDNSConfigOption searches:[]string",
	PodDNSConfigOption: "name:string value:string",
	PodDisruptionBudget: "apiVersion:string kind:string metadata:ObjectMeta spec:PodDisruptionBudgetSpec status:any",
	PodDisruptionBudgetSpec: "maxUnavailable:any minAvailable:any selector:LabelSelector unhealthyPodEvictionPolicy:string",
	PodFailurePolicy: "rules:[]PodFailurePolicyRule",
	PodFailurePolicyOnExitCodesRequirement: "containerName:string operator:string values:[]int32",
	PodFailurePolicyOnPodConditionsPattern: "status:any type:string",
	PodFailurePolicyRule: "action:string onExitCodes:PodFailurePolicyOnExitCodesRequirement onPodConditions:[]PodFailurePolicyOnPodConditionsPattern",
	PodOS: "name:string",
	PodReadinessGate: "conditionType:string",
	PodResourceClaim: "name:string resourceClaimName:string resourceClaimTemplateName:string",
	PodSchedulingGate: "name:string",
	PodSecurityContext: "appArmorProfile:AppArmorProfile fsGroup:int64 fsGroupChangePolicy:string runAsGroup:int64 runAsNonRoot:bool runAsUser:int64 seLinuxChangePolicy:string seLinuxOptions:SELinuxOptions seccompProfile:SeccompProfile supplementalGroups:[]int64 supplementalGroupsPolicy:string sysctls:[]Sysctl windowsOptions:WindowsSecurityContextOptions",
	PodSpec: "activeDeadlineSeconds:int64 affinity:Affinity automountServiceAccountToken:bool containers:[]Container dnsConfig:PodDNSConfig dnsPolicy:string enableServiceLinks:bool ephemeralContainers:[]EphemeralContainer hostAliases:[]HostAlias hostIPC:bool hostNetwork:bool hostPID:bool hostUsers:bool hostname:string hostnameOverride:string imagePullSecrets:[]LocalObjectReference initContainers:[]Container nodeName:string nodeSelector:map:string os:PodOS overhead:map:quantity preemptionPolicy:string priority:int32 priorityClassName:string readinessGates:[]PodReadinessGate resourceClaims:[]PodResourceClaim resources:ResourceRequirements restartPolicy:string runtimeClassName:string schedulerName:string schedulingGates:[]PodSchedulingGate securityContext:PodSecurityContext serviceAccount:string serviceAccountName:string setHostnameAsFQDN:bool shareProcessNamespace:bool subdomain:string terminationGracePeriodSeconds:int64 tolerations:[]Toleration topologySpreadConstraints:[]TopologySpreadConstraint volumes:[]Volume",
	PodTemplateSpec: "metadata:ObjectMeta spec:PodSpec",
	PodsMetricSource: "metric:MetricIdentifier target:MetricTarget",
	PortworxVolumeSource: "fsType:string readOnly:bool volumeID:string",
	PreferredSchedulingTerm: "preference:NodeSelectorTerm weight:int32",
	Probe: "exec:ExecAction failureThreshold:int32 grpc:GRPCAction httpGet:HTTPGetAction initialDelaySeconds:int32 periodSeconds:int32 successThreshold:int32 tcpSocket:TCPSocketAction terminationGracePeriodSeconds:int64 timeoutSeconds:int32",
	ProjectedVolumeSource: "defaultMode:int32 sources:[]VolumeProjection",
	QuobyteVolumeSource: "group:string readOnly:bool registry:string tenant:string user:string volume:string",
	RBDVolumeSource: "fsType:string image:string keyring:string monitors:[]string pool:string readOnly:bool secretRef:LocalObjectReference user:string",
	ReplicaSet: "apiVersion:string kind:string metadata:ObjectMeta spec:ReplicaSetSpec status:any",
	ReplicaSetSpec: "minReadySeconds:int32 replicas:int32 selector:LabelSelector template:PodTemplateSpec",
	ResourceClaim: "name:string request:string",
	ResourceFieldSelector: "containerName:string divisor:quantity resource:string",
	ResourceMetricSource: "name:string target:MetricTarget",
	ResourceQuota: "apiVersion:string kind:string metadata:ObjectMeta spec:ResourceQuotaSpec status:any",
	ResourceQuotaSpec: "hard:map:quantity scopeSelector:ScopeSelector scopes:[]string",
	ResourceRequirements: "claims:[]ResourceClaim limits:map:quantity requests:map:quantity",
	RollingUpdateDaemonSet: "maxSurge:any maxUnavailable:any",
	RollingUpdateDeployment: "maxSurge:any maxUnavailable:any",
	RollingUpdateStatefulSetStrategy: "maxUnavailable:any partition:int32",
	SELinuxOptions: "level:string role:string type:string user:string",
	ScaleIOVolumeSource: "fsType:string gateway:string protectionDomain:string readOnly:bool secretRef:LocalObjectReference sslEnabled:bool storageMode:string storagePool:string system:string volumeName:string",
	ScopeSelector: "matchExpressions:[]ScopedResourceSelectorRequirement",
	ScopedResourceSelectorRequirement: "operator:string scopeName:string values:[]string",
	SeccompProfile: "localhostProfile:string type:string",
	Secret: "apiVersion:string data:map:string immutable:bool kind:string metadata:ObjectMeta stringData:map:string type:string",
	SecretEnvSource: "name:string optional:bool",
	SecretKeySelector: "key:string name:string optional:bool",
	SecretProjection: "items:[]KeyToPath name:string optional:bool",
	SecretVolumeSource: "defaultMode:int32 items:[]KeyToPath optional:bool secretName:string",
	SecurityContext: "allowPrivilegeEscalation:bool appArmorProfile:AppArmorProfile capabilities:Capabilities privileged:bool procMount:string readOnlyRootFilesystem:bool runAsGroup:int64 runAsNonRoot:bool runAsUser:int64 seLinuxOptions:SELinuxOptions seccompProfile:SeccompProfile windowsOptions:WindowsSecurityContextOptions",
	Service: "apiVersion:string kind:string metadata:ObjectMeta spec:ServiceSpec status:any",
	ServiceAccount: "apiVersion:string automountServiceAccountToken:bool imagePullSecrets:[]LocalObjectReference kind:string metadata:ObjectMeta secrets:[]ObjectReference",
	ServiceAccountTokenProjection: "audience:string expirationSeconds:int64 path:string",
	ServiceBackendPort: "name:string number:int32",
	ServicePort: "appProtocol:string name:string nodePort:int32 port:int32 protocol:string targetPort:any",
	ServiceSpec: "allocateLoadBalancerNodePorts:bool clusterIP:string clusterIPs:[]string externalIPs:[]string externalName:string externalTrafficPolicy:string healthCheckNodePort:int32 internalTrafficPolicy:string ipFamilies:[]string ipFamilyPolicy:string loadBalancerClass:string loadBalancerIP:string loadBalancerSourceRanges:[]string ports:[]ServicePort publishNotReadyAddresses:bool selector:map:string sessionAffinity:string sessionAffinityConfig:SessionAffinityConfig trafficDistribution:string type:string",
	SessionAffinityConfig: "clientIP:ClientIPConfig",
	SleepAction: "seconds:int64",
	StatefulSet: "apiVersion:string kind:string metadata:ObjectMeta spec:StatefulSetSpec status:any",
	StatefulSetOrdinals: "start:int32",
	StatefulSetPersistentVolumeClaimRetentionPolicy: "whenDeleted:string whenScaled:string",
	StatefulSetSpec: "minReadySeconds:int32 ordinals:StatefulSetOrdinals persistentVolumeClaimRetentionPolicy:StatefulSetPersistentVolumeClaimRetentionPolicy podManagementPolicy:string replicas:int32 revisionHistoryLimit:int32 selector:LabelSelector serviceName:string template:PodTemplateSpec updateStrategy:StatefulSetUpdateStrategy volumeClaimTemplates:[]PersistentVolumeClaim",
	StatefulSetUpdateStrategy: "rollingUpdate:RollingUpdateStatefulSetStrategy type:string",
	StorageOSVolumeSource: "fsType:string readOnly:bool secretRef:LocalObjectReference volumeName:string volumeNamespace:string",
	SuccessPolicy: "rules:[]SuccessPolicyRule",
	SuccessPolicyRule: "succeededCount:int32 succeededIndexes:string",
	Sysctl: "name:string value:string",
	TCPSocketAction: "host:string port:any",
	Toleration: "effect:string key:string operator:string tolerationSeconds:int64 value:string",
	TopologySpreadConstraint: "labelSelector:LabelSelector matchLabelKeys:[]string maxSkew:int32 minDomains:int32 nodeAffinityPolicy:string nodeTaintsPolicy:string topologyKey:string whenUnsatisfiable:string",
	TypedLocalObjectReference: "apiGroup:string kind:string name:string",
	TypedObjectReference: "apiGroup:string kind:string name:string namespace:string",
	Volume: "awsElasticBlockStore:AWSElasticBlockStoreVolumeSource azureDisk:AzureDiskVolumeSource azureFile:AzureFileVolumeSource cephfs:CephFSVolumeSource cinder:CinderVolumeSource configMap:ConfigMapVolumeSource csi:CSIVolumeSource downwardAPI:DownwardAPIVolumeSource emptyDir:EmptyDirVolumeSource ephemeral:EphemeralVolumeSource fc:FCVolumeSource flexVolume:FlexVolumeSource flocker:FlockerVolumeSource gcePersistentDisk:GCEPersistentDiskVolumeSource gitRepo:GitRepoVolumeSource glusterfs:GlusterfsVolumeSource hostPath:HostPathVolumeSource image:ImageVolumeSource iscsi:ISCSIVolumeSource name:string nfs:NFSVolumeSource persistentVolumeClaim:PersistentVolumeClaimVolumeSource photonPersistentDisk:PhotonPersistentDiskVolumeSource portworxVolume:PortworxVolumeSource projected:ProjectedVolumeSource quobyte:QuobyteVolumeSource rbd:RBDVolumeSource scaleIO:ScaleIOVolumeSource secret:SecretVolumeSource storageos:StorageOSVolumeSource vsphereVolume:VsphereVirtualDiskVolumeSource",
	VolumeDevice: "devicePath:string name:string",
	VolumeMount: "mountPath:string mountPropagation:string name:string readOnly:bool recursiveReadOnly:string subPath:string subPathExpr:string",
	VolumeProjection: "clusterTrustBundle:ClusterTrustBundleProjection configMap:ConfigMapProjection downwardAPI:DownwardAPIProjection podCertificate:PodCertificateProjection secret:SecretProjection serviceAccountToken:ServiceAccountTokenProjection",
	VolumeResourceRequirements: "limits:map:quantity requests:map:quantity",
	VsphereVirtualDiskVolumeSource: "fsType:string storagePolicyID:string storagePolicyName:string volumePath:string",
	WeightedPodAffinityTerm: "podAffinityTerm:PodAffinityTerm weight:int32",
	WindowsSecurityContextOptions: "gmsaCredentialSpec:string gmsaCredentialSpecName:string hostProcess:bool runAsUserName:string"
};

// src/sandbox/api/decode.ts
const structures = /* @__PURE__ */ new Map();
/** Undefined for what is no structure that is known. */
function fieldsOf(structure) {
	const known = structures.get(structure);
	const text = fieldTypes[structure];
	if (known !== void 0 || text === void 0) return known;
	const pairs = text.split(" ").filter((pair) => pair !== "");
	const fields = new Map(pairs.map((pair) => {
		const end = pair.indexOf(":");
		return [pair.slice(0, end), pair.slice(end + 1)];
	}));
	structures.set(structure, fields);
	return fields;
}
/** The structure of a kind in the version in which its fields are known. */
function structureOf(type) {
	const stored = Object.values(resources).find(({ group, kind }) => group === type.group && kind === type.kind);
	return stored !== void 0 && stored.version === type.version && fieldTypes[type.kind] !== void 0 ? type.kind : void 0;
}
const quantityPattern = "^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$";
/**
* An object as the server's decoder takes it up: without nulls and without fields that its kind does not have. Refuses a
* field of the wrong type, and an unknown one when these are asked for strictly: as a bad request, when nothing else is said.
*/
function decode(type, body, strict, refuse) {
	const structure = structureOf(type);
	if (structure === void 0) return body;
	const badRequest = (why) => {
		throw new ApiError("BadRequest", `${type.kind} in version "${type.version}" cannot be handled as a ${type.kind}: ${why}`);
	};
	const fail = refuse ?? badRequest;
	const unknown = [];
	const mismatch = (found, at, wanted) => fail(`json: cannot unmarshal ${found} into Go struct field ${at.owner}.${at.names.join(".")} of type ${wanted}`);
	function value(wanted, given, at) {
		if (wanted === "any" || given === null) return given;
		if (wanted.startsWith("[]")) {
			if (!Array.isArray(given)) return mismatch(foundIn(given), at, goType(wanted));
			const [item, from] = [wanted.slice(2), at.path];
			return given.map((one, index) => value(item, one, {
				...at,
				path: `${from}[${index}]`
			}));
		}
		if (wanted.startsWith("map:")) {
			if (!(0,_base_mjs__WEBPACK_IMPORTED_MODULE_1__.f)(given)) return mismatch(foundIn(given), at, goType(wanted));
			const entries = Object.entries(given).map(([key, one]) => [key, value(wanted.slice(4), one ?? null, at)]);
			return Object.fromEntries(entries);
		}
		const fields = fieldsOf(wanted);
		if (fields === void 0) return scalar(wanted, given, at);
		return (0,_base_mjs__WEBPACK_IMPORTED_MODULE_1__.f)(given) ? structureValue(wanted, fields, given, at) : mismatch(foundIn(given), at, goType(wanted));
	}
	function structureValue(owner, fields, given, at) {
		if (fields.size === 0) return given;
		const known = {};
		for (const [name, one] of Object.entries(given)) {
			const path = at.path === "" ? name : `${at.path}.${name}`;
			const wanted = fields.get(name);
			if (wanted === void 0) unknown.push(`unknown field ${JSON.stringify(path)}`);
			else if (one !== void 0 && one !== null) known[name] = value(wanted, one, {
				owner,
				names: [...at.names, name],
				path
			});
		}
		return known;
	}
	function scalar(wanted, given, at) {
		if (wanted === "quantity") return typeof given === "number" || new RegExp(quantityPattern).test(String(given)) ? given : fail(`quantities must match the regular expression '${quantityPattern}'`);
		if (fits(wanted, given)) return given;
		const isFraction = wanted.startsWith("int") && typeof given === "number";
		return mismatch(isFraction ? `number ${given}` : foundIn(given), at, goType(wanted));
	}
	const decoded = value(structure, body, {
		owner: "",
		names: [],
		path: ""
	});
	if (strict && unknown.length > 0) fail(`strict decoding error: ${unknown.join(", ")}`);
	return (0,_base_mjs__WEBPACK_IMPORTED_MODULE_1__.f)(decoded) ? decoded : body;
}
function fits(wanted, given) {
	if (wanted === "bool") return typeof given === "boolean";
	if (wanted.startsWith("int")) return Number.isInteger(given);
	return wanted !== "string" || typeof given === "string";
}
function foundIn(given) {
	if (Array.isArray(given)) return "array";
	return typeof given === "boolean" ? "bool" : typeof given;
}
function goType(wanted) {
	if (wanted.startsWith("[]")) return `[]${goType(wanted.slice(2))}`;
	if (wanted.startsWith("map:")) return `map[string]${goType(wanted.slice(4))}`;
	return fieldTypes[wanted] === void 0 ? wanted : `v1.${wanted}`;
}

// src/sandbox/api/identity.ts
/** Reads a body as an object of the kind that the path names. `refuse` says why its fields are of the wrong types. */
function parseObject(scope, body, refuse) {
	const { type } = scope;
	if (!(0,_base_mjs__WEBPACK_IMPORTED_MODULE_1__.f)(body)) throw new ApiError("BadRequest", "the body is not a JSON object");
	const { apiVersion = apiVersionOf(type), kind = type.kind, metadata = {} } = body;
	if (apiVersion !== apiVersionOf(type)) throw new ApiError("BadRequest", `the API version in the data (${apiVersion}) does not match the expected API version (${apiVersionOf(type)})`);
	if (kind !== type.kind) throw new ApiError("BadRequest", `${kind} in version "${type.version}" cannot be handled as a ${type.kind}`);
	if (!(0,_base_mjs__WEBPACK_IMPORTED_MODULE_1__.f)(metadata)) throw new ApiError("BadRequest", "metadata is not a JSON object");
	const namespace = metadata.namespace || scope.namespace;
	if (type.namespaced && namespace !== scope.namespace) throw new ApiError("BadRequest", "the namespace of the provided object does not match the namespace sent on the request");
	const { namespace: _given, ...rest } = metadata;
	const strict = scope.query.get("fieldValidation") === "Strict";
	const object = {
		...body,
		apiVersion,
		kind,
		metadata: type.namespaced ? {
			...rest,
			namespace
		} : rest
	};
	return decode(type, object, strict, refuse);
}
function checkName({ name }, { metadata }) {
	if (metadata.name === name) return;
	throw new ApiError("BadRequest", `the name of the object (${metadata.name ?? ""}) does not match the name on the URL (${name})`);
}
/** A change is for the object that is there, in the version that the writer saw. */
function checkIdentity(scope, live, { metadata }) {
	const { type, name } = scope;
	if (metadata.uid && metadata.uid !== live.metadata.uid) throw conflict(type, name, `Precondition failed: UID in precondition: ${metadata.uid}, UID in object meta: ${live.metadata.uid}`);
	const version = metadata.resourceVersion;
	if (!version && (isCustom(type) || type.kind === "Lease")) throw invalid({
		group: type.group,
		kind: type.resource
	}, name, [wrong("metadata.resourceVersion", 0, "must be specified for an update")]);
	if (version && version !== live.metadata.resourceVersion) throw conflict(type, name, "the object has been modified; please apply your changes to the latest version and try again");
}

// src/sandbox/api/parse-body.ts
var import_dist = (0,_dist_mjs__WEBPACK_IMPORTED_MODULE_2__.t)();
function parseJson(body) {
	try {
		return JSON.parse(body);
	} catch (error) {
		throw new ApiError("BadRequest", `the body is not JSON: ${error instanceof Error ? error.message : error}`);
	}
}
function parseYaml(body) {
	try {
		return (0, import_dist.parse)(body);
	} catch (error) {
		throw new ApiError("BadRequest", `error decoding YAML: ${error instanceof Error ? error.message : error}`);
	}
}

// src/sandbox/api/decode-applied.ts
/**
* Refuses an object to be applied that is none of its kind. Server-side apply reads its schema, not its decoder: unknown
* fields are errors there, and the answer is a 500 without a reason.
*/
function requireApplicable(type, config) {
	const structure = structureOf(type);
	if (structure === void 0) return;
	const errors = [];
	function value(wanted, given, names, path) {
		const complain = (kind, got = `&${shown(given)}`) => errors.push(`${path}: expected ${kind}, got ${got}`);
		if (wanted === "any" || wanted === "quantity" || given === null) return;
		if (wanted.startsWith("[]")) {
			if (!Array.isArray(given)) complain("list", `&{${goValue(given)}}`);
			else for (const [index, item] of given.entries()) value(wanted.slice(2), item, names, `${path}[${describeItem(type, names, item, index)}]`);
			return;
		}
		const fields = fieldsOf(wanted);
		if (wanted.startsWith("map:") || fields !== void 0) {
			if (!(0,_base_mjs__WEBPACK_IMPORTED_MODULE_1__.f)(given)) {
				complain("map", `&{${goValue(given)}}`);
				return;
			}
			for (const [name, one = null] of Object.entries(given).sort(([a], [b]) => a < b ? -1 : 1)) {
				const inner = fields === void 0 ? wanted.slice(4) : fields.size === 0 ? "any" : fields.get(name);
				if (inner === void 0) errors.push(`${path}.${name}: field not declared in schema`);
				else value(inner, one, [...names, name], `${path}.${name}`);
			}
			return;
		}
		if (wanted.startsWith("int") && typeof given !== "number") complain("numeric (int or float)", typeof given);
		else if (wanted === "bool" && !fits(wanted, given)) complain("boolean", `&{${goValue(given)}}`);
		else if (wanted === "string" && !fits(wanted, given)) complain("string");
	}
	value(structure, config, [], "");
	if (errors.length === 0) return;
	const why = errors.length === 1 ? errors[0] : `errors:\n${errors.map((error) => `  ${error}`).join("\n")}`;
	const { namespace = "", name = "" } = { ...(0,_base_mjs__WEBPACK_IMPORTED_MODULE_1__.f)(config.metadata) ? config.metadata : {} };
	throw new ApiError(void 0, `failed to create typed patch object (${namespace}/${name}; ${type.group}/${type.version}, Kind=${type.kind}): ${why}`);
}
/** An item by the fields that tell it from others, else by its place. */
function describeItem(type, names, item, index) {
	const keys = listKeys(type, names);
	if (keys === void 0 || keys === "set") return String(index);
	return keys.map((key) => `${key}=${JSON.stringify((0,_base_mjs__WEBPACK_IMPORTED_MODULE_1__.s)(item, key) ?? keyDefaults[key])}`).join(",");
}
const shown = (given) => `value.valueUnstructured{Value:${goValue(given)}}`;
/** As Go prints it. */
function goValue(given) {
	if (Array.isArray(given)) return `[]interface {}{${given.map((item) => goValue(item)).join(", ")}}`;
	if (!(0,_base_mjs__WEBPACK_IMPORTED_MODULE_1__.f)(given)) return String(given);
	return `map[string]interface {}{${Object.entries(given).map(([key, one]) => `${JSON.stringify(key)}:${printed(one ?? null)}`).join(", ")}}`;
}
const printed = (given) => typeof given === "string" ? JSON.stringify(given) : goValue(given);

// src/sandbox/api/json-patch.ts
/** Applies an RFC 6902 patch, all of it or nothing. A `test` that does not hold is the same 422 as a missing path. */
function applyJsonPatch(document, patch) {
	if (!Array.isArray(patch)) throw malformed("a JSON patch is a list of operations");
	return patch.reduce((current, operation) => applyOperation(current, operation), document);
}
function applyOperation(document, operation) {
	if (!(0,_base_mjs__WEBPACK_IMPORTED_MODULE_1__.f)(operation)) throw malformed("an operation is an object");
	const { op, path, from, value = null } = operation;
	const tokens = parsePointer(path);
	switch (op) {
		case "add": return change(document, tokens, (parent, token) => insert(parent, token, value), value);
		case "remove": return change(document, tokens, drop, null);
		case "replace": return change(document, tokens, (parent, token) => overwrite(parent, token, value), value);
		case "test":
			if (!(0,_base_mjs__WEBPACK_IMPORTED_MODULE_1__.l)(read(document, tokens) ?? null, value)) throw unprocessable();
			return document;
		case "copy":
		case "move": {
			const source = parsePointer(from);
			const moved = read(document, source);
			if (moved === void 0) throw unprocessable();
			return change(op === "move" ? change(document, source, drop, null) : document, tokens, (parent, token) => insert(parent, token, moved), moved);
		}
		default: throw malformed(`unexpected kind of operation: ${JSON.stringify(op)}`);
	}
}
/** Rebuilds the document with the parent of the path's last token changed. */
function change(value, tokens, apply, whole) {
	const [token, ...rest] = tokens;
	if (token === void 0) return whole;
	if (rest.length === 0) return apply(value, token);
	const child = step(value, token);
	if (child === void 0) throw unprocessable();
	return overwrite(value, token, change(child, rest, apply, whole));
}
function insert(parent, token, value) {
	if (!isList(parent)) return overwrite(parent, token, value);
	const index = token === "-" ? parent.length : indexOf(token);
	if (index > parent.length) throw unprocessable();
	return [
		...parent.slice(0, index),
		value,
		...parent.slice(index)
	];
}
function drop(parent, token) {
	if (step(parent, token) === void 0) throw unprocessable();
	if (isList(parent)) return parent.toSpliced(indexOf(token), 1);
	return Object.fromEntries(Object.entries(parent ?? {}).filter(([key]) => key !== token));
}
function overwrite(parent, token, value) {
	if (isList(parent)) {
		if (step(parent, token) === void 0) throw unprocessable();
		return parent.with(indexOf(token), value);
	}
	if (!(0,_base_mjs__WEBPACK_IMPORTED_MODULE_1__.f)(parent)) throw unprocessable();
	return Object.fromEntries([...Object.entries(parent).filter(([key]) => key !== token), [token, value]]);
}
function read(document, tokens) {
	return tokens.reduce((value, token) => value === void 0 ? value : step(value, token), document);
}
function step(value, token) {
	if (isList(value)) return token === "-" ? void 0 : value[indexOf(token)];
	return (0,_base_mjs__WEBPACK_IMPORTED_MODULE_1__.f)(value) && Object.hasOwn(value, token) ? value[token] : void 0;
}
function isList(value) {
	return Array.isArray(value);
}
function indexOf(token) {
	if (!/^(?:0|[1-9]\d*)$/.test(token)) throw unprocessable();
	return Number(token);
}
function parsePointer(pointer) {
	if (typeof pointer !== "string" || pointer !== "" && !pointer.startsWith("/")) throw malformed(`not a JSON pointer: ${JSON.stringify(pointer)}`);
	return pointer.split("/").slice(1).map((token) => token.replaceAll("~1", "/").replaceAll("~0", "~"));
}
function malformed(why) {
	return new ApiError("BadRequest", `error decoding patch: ${why}`);
}
/** The API server says no more than this, whichever operation failed. */
function unprocessable() {
	return new ApiError("Invalid", "the server rejected our request due to an error in our request", {});
}

// src/sandbox/api/element-order.ts
/**
* Puts a merged list into the order that a client-side apply wishes (`$setElementOrder`): the items that it names in its
* order, those that only the server has where they stood among the others before.
*/
function orderElements(merged, wanted, before, key) {
	const identity = (item) => key === void 0 ? item : (0,_base_mjs__WEBPACK_IMPORTED_MODULE_1__.f)(item) ? item[key] : void 0;
	const placeIn = (list, item) => list.findIndex((other) => (0,_base_mjs__WEBPACK_IMPORTED_MODULE_1__.l)(identity(other), identity(item)));
	const by = (list) => (a, b) => placeIn(list, a) - placeIn(list, b);
	const named = merged.filter((item) => placeIn(wanted, item) >= 0).sort(by(wanted));
	const others = merged.filter((item) => placeIn(wanted, item) < 0).sort(by(before));
	const ordered = [];
	for (const item of named) {
		const place = placeIn(before, item);
		while (place >= 0 && others[0] !== void 0 && placeIn(before, others[0]) < place) ordered.push(others.shift() ?? null);
		ordered.push(item);
	}
	return [...ordered, ...others];
}

// src/sandbox/api/merge-patch.ts
/** RFC 7396: null removes, objects merge, everything else replaces. */
function applyMergePatch(current, patch) {
	if (!(0,_base_mjs__WEBPACK_IMPORTED_MODULE_1__.f)(patch)) return patch;
	const merged = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_1__.f)(current) ? { ...current } : {};
	for (const [key, value] of Object.entries(patch)) if (value === null) delete merged[key];
	else if (value !== void 0) merged[key] = applyMergePatch(merged[key], value);
	return merged;
}
/**
* Kubernetes' strategic merge patch: lists with a merge key are merged item by item. Understands `$patch`,
* `$retainKeys`, `$deleteFromPrimitiveList` and `$setElementOrder`.
*/
function applyStrategicPatch(type, current, patch) {
	return mergeObject$1(type, current, patch, []);
}
function mergeObject$1(type, current, patch, path) {
	const { $patch, $retainKeys, ...fields } = patch;
	if ($patch === "replace") return fields;
	if ($patch === "delete") return {};
	const merged = Array.isArray($retainKeys) ? Object.fromEntries(Object.entries(current).filter(([key]) => $retainKeys.includes(key))) : { ...current };
	for (const [key, value] of Object.entries(fields)) {
		const [, directive, target = ""] = /^\$(deleteFromPrimitiveList|setElementOrder)\/(.*)$/.exec(key) ?? [];
		if (directive === "deleteFromPrimitiveList") merged[target] = without(merged[target], value);
		if (directive !== void 0 || value === void 0) continue;
		if (value === null) delete merged[key];
		else merged[key] = mergeValue$1(type, merged[key], value, [...path, key]);
	}
	for (const [key, wanted] of Object.entries(fields)) {
		const [, target = ""] = /^\$setElementOrder\/(.*)$/.exec(key) ?? [];
		const list = merged[target];
		const before = current[target];
		if (!Array.isArray(wanted) || !Array.isArray(list)) continue;
		const keys = listKeys(type, [...path, target]);
		merged[target] = orderElements(list, wanted, Array.isArray(before) ? before : [], keys === "set" ? void 0 : keys?.[0]);
	}
	return merged;
}
function mergeValue$1(type, current, patch, path) {
	if ((0,_base_mjs__WEBPACK_IMPORTED_MODULE_1__.f)(patch)) return mergeObject$1(type, (0,_base_mjs__WEBPACK_IMPORTED_MODULE_1__.f)(current) ? current : {}, patch, path);
	if (!Array.isArray(patch)) return patch;
	const keys = listKeys(type, path);
	const items = Array.isArray(current) ? current : [];
	if (keys === "set") return [...items, ...patch.filter((item) => !items.some((old) => (0,_base_mjs__WEBPACK_IMPORTED_MODULE_1__.l)(old, item)))];
	if (keys === void 0) return patch;
	return mergeByKey(type, items, patch, path, keys[0] ?? "");
}
/** Strategic patches know one key per list: the first of the associative keys. */
function mergeByKey(type, current, patch, path, key) {
	if (patch.some((item) => (0,_base_mjs__WEBPACK_IMPORTED_MODULE_1__.f)(item) && item.$patch === "replace" && !(key in item))) return patch.filter((item) => !(0,_base_mjs__WEBPACK_IMPORTED_MODULE_1__.f)(item) || item.$patch !== "replace");
	const keyOf = (item) => (0,_base_mjs__WEBPACK_IMPORTED_MODULE_1__.f)(item) ? item[key] : void 0;
	const position = (item) => current.findIndex((old) => (0,_base_mjs__WEBPACK_IMPORTED_MODULE_1__.l)(keyOf(old), keyOf(item)));
	const untouched = current.filter((old) => !patch.some((item) => (0,_base_mjs__WEBPACK_IMPORTED_MODULE_1__.l)(keyOf(old), keyOf(item))));
	return patch.flatMap((item) => {
		if (!(0,_base_mjs__WEBPACK_IMPORTED_MODULE_1__.f)(item)) return [item];
		const old = current[position(item)];
		return item.$patch === "delete" ? [] : [mergeObject$1(type, (0,_base_mjs__WEBPACK_IMPORTED_MODULE_1__.f)(old) ? old : {}, item, path)];
	}).concat().reverse().reduce((rest, item) => {
		const at = position(item);
		const before = at < 0 ? 0 : rest.findIndex((other) => !untouched.includes(other) || position(other) > at);
		return rest.toSpliced(before < 0 ? rest.length : before, 0, item);
	}, untouched);
}
function without(list, values) {
	if (!Array.isArray(list) || !Array.isArray(values)) return list ?? [];
	return list.filter((item) => !values.some((value) => (0,_base_mjs__WEBPACK_IMPORTED_MODULE_1__.l)(value, item)));
}

// src/sandbox/api/scale.ts
/** The autoscaling/v1 Scale of a workload. */
function toScale({ metadata, spec, status }) {
	const { name, namespace, uid, resourceVersion, creationTimestamp } = metadata;
	return {
		kind: "Scale",
		apiVersion: "autoscaling/v1",
		metadata: {
			name,
			...namespace && { namespace },
			uid,
			resourceVersion,
			creationTimestamp
		},
		spec: { replicas: spec?.replicas ?? 0 },
		status: {
			replicas: status?.replicas ?? 0,
			selector: selectorText(spec?.selector)
		}
	};
}
/** The workload with the replica count of a Scale. */
function fromScale(live, scale) {
	const replicas = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_1__.s)(scale, "spec", "replicas") ?? 0;
	if (typeof replicas !== "number" || !Number.isInteger(replicas) || replicas < 0) throw new ApiError("Invalid", `spec.replicas: Invalid value: ${JSON.stringify(replicas)}: must be greater than or equal to 0`);
	const resourceVersion = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_1__.s)(scale, "metadata", "resourceVersion");
	const metadata = {
		...live.metadata,
		resourceVersion: typeof resourceVersion === "string" ? resourceVersion : ""
	};
	return {
		...live,
		metadata,
		spec: {
			...live.spec,
			replicas
		}
	};
}

// src/sandbox/api/server-side-apply.ts
/**
* What an apply makes of the live object: `config` merged into it, less the fields that this manager applied before and
* no longer does. Throws 409 with a cause per field when another manager owns a field that would change, unless forced.
*/
function applyConfiguration(type, live, config, writer, force) {
	const applied = new Set(flatten(type, config).keys());
	const merged = mergeObject(type, live, config, []);
	const { changed } = compareFields(flatten(type, live), flatten(type, merged));
	const owners = readOwners(live);
	const others = owners.filter((owner) => !isSameManager(owner, writer));
	const contested = others.filter((owner) => !owner.fields.isDisjointFrom(changed));
	if (contested.length > 0 && !force) throw applyConflict(contested, changed);
	const abandoned = withParents(owners.find((owner) => isSameManager(owner, writer))?.fields ?? /* @__PURE__ */ new Set(), isMap).difference(withParents(applied));
	const kept = others.reduce((all, owner) => all.union(withParents(owner.fields)), /* @__PURE__ */ new Set());
	const left = [...abandoned.difference(kept)].reduce((rest, path) => removeField(type, rest, path.split("\n"), []), merged);
	const object = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_1__.f)(left) ? left : {};
	const present = new Set(flatten(type, object, true).keys());
	const remaining = owners.map((owner) => isSameManager(owner, writer) ? owner : {
		...owner,
		fields: owner.fields.difference(changed).intersection(present)
	});
	return {
		object,
		owners: setOwned(remaining, writer, applied)
	};
}
function mergeObject(type, live, config, path) {
	const merged = { ...live };
	for (const [key, value] of Object.entries(config)) if (value !== void 0 && value !== null) merged[key] = mergeValue(type, live[key], value, [...path, key]);
	return merged;
}
function mergeValue(type, live, config, path) {
	if ((0,_base_mjs__WEBPACK_IMPORTED_MODULE_1__.f)(config)) return isAtomicObject(type, path) ? config : mergeObject(type, (0,_base_mjs__WEBPACK_IMPORTED_MODULE_1__.f)(live) ? live : {}, config, path);
	const keys = Array.isArray(config) ? listKeys(type, path) : void 0;
	if (!Array.isArray(config) || keys === void 0) return config;
	const old = Array.isArray(live) ? live : [];
	const identify = (item) => keys === "set" ? (0,_base_mjs__WEBPACK_IMPORTED_MODULE_1__.c)(item) : itemElement(item, keys);
	const byKey = new Map(old.map((item) => [identify(item), item]));
	const named = new Map(config.map((item) => [identify(item), item]));
	if (named.size < config.length) throw new ApiError("BadRequest", `failed to create typed patch object: .${path.join(".")}: duplicate entries`);
	const merge = (item) => {
		const before = byKey.get(identify(item));
		return (0,_base_mjs__WEBPACK_IMPORTED_MODULE_1__.f)(item) ? mergeObject(type, (0,_base_mjs__WEBPACK_IMPORTED_MODULE_1__.f)(before) ? before : {}, item, path) : item;
	};
	return interleave(old, config, identify).map((item) => named.has(identify(item)) ? merge(named.get(identify(item)) ?? item) : item);
}
/** Both lists without repeats: items that only the live list has stay where they were, the rest is in applied order. */
function interleave(live, config, identify) {
	const applied = new Set(config.map(identify));
	const existing = new Set(live.map(identify));
	const shared = config.filter((item) => existing.has(identify(item)));
	const result = [];
	let next = 0;
	const takeApplied = (until) => {
		for (; next < until; next++) result.push(config[next] ?? null);
	};
	for (const item of live) if (!applied.has(identify(item))) result.push(item);
	else takeApplied(config.indexOf(shared.shift() ?? null) + 1);
	takeApplied(config.length);
	return result;
}
/**
* With the fields that hold them, but not items of lists. Who drops all leaves of a parent drops it, too, together with
* what the server filled in; only a map is nobody's to drop, for its keys are the users'.
*/
function withParents(fields, isLeftOut = () => false) {
	const all = new Set(fields);
	for (const path of fields) {
		const elements = path.split("\n");
		for (let length = elements.length - 1; length > 0; length--) {
			const last = elements[length - 1] ?? "";
			if (last.startsWith("f:") && !isLeftOut(last.slice(2)) && last !== "f:metadata") all.add(elements.slice(0, length).join("\n"));
		}
	}
	return all;
}
function removeField(type, value, elements, path) {
	const [element = "", ...rest] = elements;
	if (Array.isArray(value)) {
		const keys = listKeys(type, path) ?? [];
		const matches = (item) => element === (keys === "set" ? `v:${JSON.stringify(item)}` : itemElement(item, keys));
		return rest.length === 0 ? value.filter((item) => !matches(item)) : value.map((item) => matches(item) ? removeField(type, item, rest, path) : item);
	}
	const key = element.slice(2);
	const child = (0,_base_mjs__WEBPACK_IMPORTED_MODULE_1__.f)(value) ? value[key] : void 0;
	if (!(0,_base_mjs__WEBPACK_IMPORTED_MODULE_1__.f)(value) || child === void 0) return value;
	const { [key]: _removed, ...others } = value;
	if (rest.length === 0) return others;
	const left = removeField(type, child, rest, [...path, key]);
	return (Array.isArray(left) ? left.length === 0 : isMap(key) && (0,_base_mjs__WEBPACK_IMPORTED_MODULE_1__.f)(left) && Object.keys(left).length === 0) ? others : {
		...value,
		[key]: left
	};
}
function applyConflict(contested, changed) {
	const causes = [...contested].sort((a, b) => a.manager < b.manager ? -1 : 1).flatMap((owner) => [...owner.fields.intersection(changed)].map((path) => ({
		reason: "FieldManagerConflict",
		message: `conflict with ${describeManager(owner)}`,
		field: describeField(path)
	})));
	const [first] = causes;
	const text = causes.length === 1 && first !== void 0 ? `Apply failed with 1 conflict: ${first.message}: ${first.field}` : `Apply failed with ${causes.length} conflicts: ${groupByMessage(causes)}`;
	return new ApiError("Conflict", text, { causes });
}
function groupByMessage(causes) {
	return [...Map.groupBy(causes, ({ message }) => message)].map(([message, group]) => `${message.replace("conflict", "conflicts")}:\n${group.map(({ field }) => `- ${field}`).join("\n")}`).join("\n");
}
function describeManager({ manager, operation, subresource, apiVersion }) {
	const through = subresource ? ` with subresource ${JSON.stringify(subresource)}` : "";
	return `${JSON.stringify(manager)}${through}${operation === "Update" ? ` using ${apiVersion}` : ""}`;
}

// src/sandbox/limit-range.ts
/**
* A new pod as the LimitRanges of its namespace want it: what its containers do not say is filled in, and told in an
* annotation. Throws 403 for one that asks for too much or too little.
*/
function applyLimitRanges(store, pod) {
	return store.list(resources.limitranges, pod.metadata.namespace ?? "").reduce((limited, range) => {
		return (range.spec?.limits ?? []).filter(({ type }) => type === "Container").reduce((filled, item) => requireWithin(fillIn(filled, item), item), limited);
	}, pod);
}
function fillIn(pod, item) {
	const told = [];
	const fill = (container, role) => {
		const given = container.resources ?? {};
		const wanted = {
			requests: item.defaultRequest ?? {},
			limits: item.default ?? {}
		};
		const levels = ["requests", "limits"].flatMap((level) => {
			const own = given[level] ?? {};
			const added = Object.keys(wanted[level]).filter((name) => own[name] === void 0);
			if (added.length > 0) told.push(`${added.sort().join(", ")} ${level.slice(0, -1)} for ${role} ${container.name}`);
			const all = {
				...wanted[level],
				...own
			};
			return Object.keys(all).length > 0 ? [[level, all]] : [];
		});
		return {
			...container,
			resources: {
				...given,
				...Object.fromEntries(levels)
			}
		};
	};
	const containers = (pod.spec.containers ?? []).map((one) => fill(one, "container"));
	const inits = pod.spec.initContainers?.map((one) => fill(one, "init container"));
	if (told.length === 0) return pod;
	const annotations = {
		...pod.metadata.annotations,
		"kubernetes.io/limit-ranger": `LimitRanger plugin set: ${told.join("; ")}`
	};
	return {
		...pod,
		metadata: {
			...pod.metadata,
			annotations
		},
		spec: {
			...pod.spec,
			containers,
			...inits && { initContainers: inits }
		}
	};
}
function requireWithin(pod, { min = {}, max = {} }) {
	const errors = [...pod.spec.initContainers ?? [], ...pod.spec.containers ?? []].flatMap(({ resources: { requests = {}, limits = {} } = {} }) => [...Object.entries(min).flatMap(([name, least]) => {
		const what = `minimum ${name} usage per Container is ${least}`;
		if (requests[name] === void 0) return [`${what}.  No request is specified`];
		return readQuantity(requests[name]) < readQuantity(least) ? [`${what}, but request is ${requests[name]}`] : [];
	}), ...Object.entries(max).flatMap(([name, most]) => {
		const what = `maximum ${name} usage per Container is ${most}`;
		if (limits[name] === void 0) return [`${what}.  No limit is specified`];
		return readQuantity(limits[name]) > readQuantity(most) ? [`${what}, but limit is ${limits[name]}`] : [];
	})]);
	if (errors.length === 0) return pod;
	const { name = "" } = pod.metadata;
	const why = errors.length === 1 ? errors[0] : `[${errors.join(", ")}]`;
	throw new ApiError("Forbidden", `pods "${name}" is forbidden: ${why}`, {
		name,
		kind: "pods"
	});
}

// src/sandbox/api/admit-new.ts
/** What admission and the API server decide once, when an object is created. */
function admitNew(store, object) {
	if (object.kind === "Pod") return withLimits(store, object);
	if (object.kind === "Ingress") return withDefaultClass(store, object);
	return object.kind === "Job" ? withJobSelector(object) : object;
}
/** What LimitRanges fill in counts for the quality of service, too. */
function withLimits(store, pod) {
	const limited = applyLimitRanges(store, pod);
	return {
		...limited,
		status: {
			...limited.status,
			qosClass: qualityOf(limited)
		}
	};
}
/** A Job selects its pods by its own uid, which its template carries too, unless it says that it selects by itself. */
function withJobSelector(job) {
	const { metadata, spec } = job;
	if (spec === void 0 || spec.manualSelector === true) return job;
	const uid = metadata.uid || (0,node_crypto__WEBPACK_IMPORTED_MODULE_3__.randomUUID)();
	const labels = {
		"batch.kubernetes.io/controller-uid": uid,
		"batch.kubernetes.io/job-name": metadata.name,
		"controller-uid": uid,
		"job-name": metadata.name
	};
	const template = spec.template ?? {};
	const inTemplate = {
		...template.metadata,
		labels: {
			...template.metadata?.labels,
			...labels
		}
	};
	return {
		...job,
		metadata: {
			...metadata,
			uid,
			labels: metadata.labels ?? inTemplate.labels
		},
		spec: {
			...spec,
			selector: { matchLabels: { "batch.kubernetes.io/controller-uid": uid } },
			template: {
				...template,
				metadata: inTemplate
			}
		}
	};
}

// src/sandbox/api/unsupported.ts
/** Parts of an object that a cluster would act on and the sandbox does not: better refused than read over. */
const unsupportedParts = {
	Job: ({ spec = {} }) => spec.completionMode === "Indexed" ? "indexed completion" : [
		"podFailurePolicy",
		"successPolicy",
		"managedBy"
	].find((part) => spec[part] !== void 0) ?? deadlineOf(spec.template?.spec),
	LimitRange: ({ spec = {} }) => {
		const items = spec.limits ?? [];
		const other = items.find(({ type }) => type !== "Container");
		if (other !== void 0) return `limits of a ${other.type}`;
		return items.some((item) => item.maxLimitRequestRatio !== void 0) ? "maxLimitRequestRatio" : void 0;
	},
	Pod: ({ spec }) => deadlineOf(spec),
	ResourceQuota: ({ spec = {} }) => spec.scopes?.length > 0 ? "scopes" : spec.scopeSelector !== void 0 ? "scopeSelector" : void 0
};
/** A Job's own deadline is kept; the one of a pod would be the kubelet's. */
function deadlineOf(spec) {
	return spec?.activeDeadlineSeconds === void 0 ? void 0 : "activeDeadlineSeconds of a pod";
}
/** Throws 501 for an object whose meaning would be lost here. */
function requireSupport(object) {
	const part = unsupportedParts[object.kind]?.(object);
	if (part === void 0) return;
	throw new ApiError("NotImplemented", `the sandbox does not support this part of a ${object.kind}: ${part}`);
}

// src/sandbox/api/immutable-fields.ts
/** Fields that may not differ from what is stored, by kind. */
const immutableFields = {
	Deployment: ["spec.selector"],
	ReplicaSet: ["spec.selector"],
	StatefulSet: [
		"spec.selector",
		"spec.serviceName",
		"spec.volumeClaimTemplates"
	],
	DaemonSet: ["spec.selector"],
	Job: [
		"spec.selector",
		"spec.completions",
		"spec.template"
	],
	ControllerRevision: ["data"],
	Secret: ["type"],
	EndpointSlice: ["addressType"],
	RoleBinding: ["roleRef"],
	ClusterRoleBinding: ["roleRef"]
};
function immutableErrors(type, object, before) {
	const changed = (immutableFields[type.kind] ?? []).filter((field) => !(0,_base_mjs__WEBPACK_IMPORTED_MODULE_1__.l)(valueAt(object, field), valueAt(before, field))).map((field) => wrong(field, valueAt(object, field), "field is immutable"));
	const broken = (before.immutable === true && (type.kind === "ConfigMap" || type.kind === "Secret") ? [
		"immutable",
		"data",
		"binaryData"
	] : []).filter((field) => !(0,_base_mjs__WEBPACK_IMPORTED_MODULE_1__.l)(object[field], before[field]));
	const address = type.kind === "Service" && before.spec.type !== "ExternalName" && object.spec.type !== "ExternalName" && object.spec.clusterIP !== before.spec.clusterIP;
	return [
		...changed,
		...broken.map((field) => forbidden(field, "field is immutable when `immutable` is set")),
		...address ? [wrong("spec.clusterIPs[0]", object.spec.clusterIPs ?? [], "may not change once set")] : [],
		...type.kind === "Pod" && !(0,_base_mjs__WEBPACK_IMPORTED_MODULE_1__.l)(podFrame(object), podFrame(before)) ? [forbidden("spec", "pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)")] : []
	];
}
/** The part of a pod's spec that is fixed. */
function podFrame({ spec }) {
	const { tolerations, activeDeadlineSeconds, containers, initContainers = [], ...frame } = spec;
	const withoutImage = (container) => ({
		...container,
		image: ""
	});
	return {
		...frame,
		containers: containers.map(withoutImage),
		initContainers: initContainers.map(withoutImage)
	};
}
function valueAt(object, field) {
	return field.split(".").reduce((value, key) => value?.[key], object);
}

// src/sandbox/api/names.ts
const label1123 = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const label1035 = /^[a-z]([-a-z0-9]*[a-z0-9])?$/;
const subdomain = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const labelValue = /^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$/;
const subdomainRule = "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
const labelRule = "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";
const serviceRule = "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')";
function nameErrors(field, name, pattern, rule, limit) {
	if (typeof name !== "string" || name === "") return [required(field)];
	if (name.length > limit) return [wrong(field, name, `must be no more than ${limit} characters`)];
	return pattern.test(name) ? [] : [wrong(field, name, rule)];
}
function labelErrors(field, labels) {
	const bad = Object.entries(labels).filter(([, value]) => !labelValue.test(value) || value.length > 63);
	return [...keyErrors(field, labels), ...bad.map(([, value]) => wrong(field, value, "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')"))];
}
function keyErrors(field, keys) {
	const qualified = /^([a-z0-9][-a-z0-9.]{0,251}[a-z0-9]\/|[a-z0-9]\/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;
	return Object.keys(keys).filter((key) => !qualified.test(key)).map((key) => wrong(field, key, "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character"));
}

// src/sandbox/api/validate-autoscaling.ts
function autoscalerErrors({ spec = {} }) {
	const { minReplicas, maxReplicas = 0, scaleTargetRef = {}, metrics = [] } = spec;
	const toZero = minReplicas === 0 && !metrics.some(({ type }) => type === "Object" || type === "External");
	return [
		...minReplicas < 1 ? [wrong("spec.minReplicas", minReplicas, "must be greater than or equal to 1")] : [],
		...maxReplicas < 1 ? [wrong("spec.maxReplicas", maxReplicas, "must be greater than 0")] : [],
		...maxReplicas < minReplicas ? [wrong("spec.maxReplicas", maxReplicas, "must be greater than or equal to `minReplicas`")] : [],
		...scaleTargetRef.kind ? [] : [required("spec.scaleTargetRef.kind")],
		...scaleTargetRef.name ? [] : [required("spec.scaleTargetRef.name")],
		...splitApiVersion(scaleTargetRef.apiVersion ?? "").group === "" ? [wrong("spec.scaleTargetRef.apiVersion", scaleTargetRef.apiVersion ?? "", "apiVersion must specify API group")] : [],
		...toZero ? [forbidden("spec.metrics", "must specify at least one Object or External metric to support scaling to zero replicas")] : []
	];
}
function budgetErrors({ spec = {} }) {
	const { minAvailable, maxUnavailable } = spec;
	return [
		...minAvailable !== void 0 && maxUnavailable !== void 0 ? [wrong("spec", spec, "minAvailable and maxUnavailable cannot be both set")] : [],
		...amountErrors("spec.minAvailable", minAvailable),
		...amountErrors("spec.maxUnavailable", maxUnavailable)
	];
}
/** A number of pods or a share of them. */
function amountErrors(field, value) {
	if (typeof value === "number") return value < 0 ? [wrong(field, value, "must be greater than or equal to 0")] : [];
	if (typeof value !== "string") return [];
	if (!/^\d+%$/.test(value)) return [wrong(field, value, "a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or '93%', regex used for validation is '[0-9]+%')")];
	return Number.parseInt(value, 10) > 100 ? [wrong(field, value, "must not be greater than 100%")] : [];
}
const wholeNumbers = /^(pods|services|configmaps|secrets|persistentvolumeclaims|resourcequotas|count\/.*)$/;
function quotaErrors({ spec = {} }) {
	return Object.entries(spec.hard ?? {}).filter(([name, limit]) => wholeNumbers.test(name) && !/^\d+(k|M|G)?$/.test(String(limit))).map(([name, limit]) => wrong(`spec.hard[${name}]`, limit, "must be an integer"));
}

// src/sandbox/api/validate-ingress.ts
function ingressErrors({ metadata, spec }) {
	const rules = spec?.rules ?? [];
	const annotated = metadata.annotations?.["kubernetes.io/ingress.class"];
	const contradicts = annotated !== void 0 && spec?.ingressClassName !== void 0 && annotated !== spec.ingressClassName;
	return [
		...rules.length === 0 && spec?.defaultBackend === void 0 ? [wrong("spec", null, "either `defaultBackend` or `rules` must be specified")] : [],
		...spec?.defaultBackend === void 0 ? [] : backendErrors("spec.defaultBackend", spec.defaultBackend),
		...rules.flatMap(ruleErrors),
		...contradicts ? [wrong("annotations.kubernetes.io/ingress.class", annotated, "must match `ingressClassName` when both are specified")] : []
	];
}
function ruleErrors({ host, http }, index) {
	const field = `spec.rules[${index}]`;
	const plain = String(host ?? "").replace(/^\*\./, "");
	const paths = http?.paths ?? [];
	return [
		...host ? nameErrors(`${field}.host`, plain, subdomain, subdomainRule, 253) : [],
		...http !== void 0 && paths.length === 0 ? [required(`${field}.http.paths`)] : [],
		...paths.flatMap((path, at) => pathErrors(`${field}.http.paths[${at}]`, path))
	];
}
const pathTypes = [
	"Exact",
	"ImplementationSpecific",
	"Prefix"
];
function pathErrors(field, { path = "", pathType, backend = {} }) {
	if (pathType === void 0) return [required(`${field}.pathType`, "pathType must be specified")];
	const mayBeEmpty = pathType === "ImplementationSpecific" && path === "";
	return [
		...pathTypes.includes(pathType) ? [] : [unsupported(`${field}.pathType`, pathType, pathTypes)],
		...path.startsWith("/") || mayBeEmpty ? [] : [wrong(`${field}.path`, path, "must be an absolute path")],
		...backendErrors(`${field}.backend`, backend)
	];
}
function backendErrors(field, { service, resource }) {
	if (service !== void 0 && resource !== void 0) return [wrong(field, "", "cannot set both resource and service backends")];
	if (resource !== void 0) return [];
	if (service === void 0) return [wrong(field, "", "resource or service backend is required")];
	const { name, port = {} } = service;
	return [
		...nameErrors(`${field}.service.name`, name, label1035, serviceRule, 63),
		...port.name && port.number ? [wrong(field, "", "cannot set both port name & port number")] : [],
		...port.name || port.number ? [] : [required(field, "port name or number is required")]
	];
}

// src/sandbox/api/validate-workload.ts
function workloadErrors({ spec, kind }) {
	if (spec === void 0) return [required("spec")];
	const { selector, template, replicas } = spec;
	const labels = template?.metadata?.labels ?? {};
	const wanted = Object.entries(selector?.matchLabels ?? {});
	const matches = selector !== void 0 && matchesSelector(selector, labels);
	const empty = wanted.length === 0 && (selector?.matchExpressions ?? []).length === 0;
	const policy = template?.spec?.restartPolicy;
	return [
		...replicas < 0 ? [wrong("spec.replicas", replicas, "must be greater than or equal to 0")] : [],
		...selector === void 0 ? [required("spec.selector")] : [],
		...selector !== void 0 && empty ? [wrong("spec.selector", selector, `empty selector is invalid for ${kind.toLowerCase()}`)] : [],
		...matches ? [] : [wrong("spec.template.metadata.labels", labels, "`selector` does not match template `labels`")],
		...policy === void 0 || policy === "Always" ? [] : [unsupported("spec.template.spec.restartPolicy", policy, ["Always"])],
		...labelErrors("spec.template.labels", labels),
		...podSpecErrors("spec.template.spec", template?.spec ?? {})
	];
}
function podSpecErrors(field, spec) {
	const containers = spec.containers ?? [];
	if (containers.length === 0) return [required(`${field}.containers`)];
	const names = containers.map(({ name }) => name);
	const volumes = spec.volumes ?? [];
	const known = new Set(volumes.map(({ name }) => name));
	return containers.flatMap((container, index) => {
		const place = `${field}.containers[${index}]`;
		const { name, image, volumeMounts = [], env = [] } = container;
		return [
			...nameErrors(`${place}.name`, name, label1123, labelRule, 63),
			...names.indexOf(name) < index ? [duplicate(`${place}.name`, name)] : [],
			...image ? [] : [required(`${place}.image`)],
			...env.flatMap((entry, at) => entry.name ? [] : [required(`${place}.env[${at}].name`)]),
			...volumeMounts.flatMap((mount, at) => known.has(mount.name) ? [] : [missing$1(`${place}.volumeMounts[${at}].name`, mount.name)]),
			...[
				"livenessProbe",
				"readinessProbe",
				"startupProbe"
			].flatMap((probe) => probeErrors(`${place}.${probe}`, container[probe]))
		];
	});
}
function probeErrors(field, probe) {
	if (probe === void 0) return [];
	const handlers = [
		"httpGet",
		"tcpSocket",
		"exec",
		"grpc"
	].filter((handler) => probe[handler] !== void 0);
	if (handlers.length === 0) return [required(field, "must specify a handler type")];
	return handlers.slice(1).map((handler) => forbidden(`${field}.${handler}`, "may not specify more than 1 handler type"));
}

// src/sandbox/api/validate-job.ts
function jobErrors({ spec }) {
	if (spec === void 0) return [required("spec")];
	const { template = {}, backoffLimit, completions, parallelism } = spec;
	const policy = template.spec?.restartPolicy;
	return [
		...Object.entries({
			parallelism,
			completions,
			backoffLimit
		}).filter(([, value]) => Number(value) < 0).map(([field, value]) => wrong(`spec.${field}`, value, "must be greater than or equal to 0")),
		...podSpecErrors("spec.template.spec", template.spec ?? {}),
		...policy === "OnFailure" || policy === "Never" ? [] : [required("spec.template.spec.restartPolicy", "valid values: \"OnFailure\", \"Never\"")]
	];
}

// src/sandbox/api/validate-kind.ts
const configKey = /^[-._a-zA-Z0-9]+$/;
/** What is wrong with an object of one kind, beyond its metadata. */
const kindErrors = {
	Pod: ({ spec }) => spec === void 0 ? [required("spec")] : podSpecErrors("spec", spec),
	Deployment: workloadErrors,
	ReplicaSet: workloadErrors,
	StatefulSet: workloadErrors,
	DaemonSet: workloadErrors,
	Service: serviceErrors,
	ConfigMap: dataErrors,
	Secret: dataErrors,
	Lease({ spec = {} }) {
		const { leaseDurationSeconds, leaseTransitions, holderIdentity } = spec;
		return [
			...leaseDurationSeconds <= 0 ? [wrong("spec.leaseDurationSeconds", leaseDurationSeconds, "must be greater than 0")] : [],
			...leaseTransitions < 0 ? [wrong("spec.leaseTransitions", leaseTransitions, "must be greater than or equal to 0")] : [],
			...holderIdentity === "" ? [wrong("spec.holderIdentity", "", "must not be empty")] : []
		];
	},
	ControllerRevision: ({ data, revision }) => [...data === void 0 ? [required("data", "data is mandatory")] : [], ...revision < 0 ? [wrong("revision", revision, "must be greater than or equal to 0")] : []],
	PodDisruptionBudget: budgetErrors,
	HorizontalPodAutoscaler: autoscalerErrors,
	ResourceQuota: quotaErrors,
	Job: jobErrors,
	Ingress: ingressErrors,
	HTTPRoute: routeErrors
};
function routeErrors({ spec = {} }) {
	const errors = (spec.rules ?? []).flatMap(routeRuleErrors);
	if (!errors.some(({ reason }) => reason === "FieldValueTypeInvalid")) return errors;
	const unchecked = "some validation rules were not checked because the object was invalid; correct the existing errors to complete validation";
	return [...errors, wrong("<nil>", null, unchecked)];
}
function routeRuleErrors(rule, index) {
	return (rule.backendRefs ?? []).flatMap((reference, at) => {
		const field = `spec.rules[${index}].backendRefs[${at}]`;
		const { name, kind, port, weight } = reference;
		if (weight !== void 0 && typeof weight !== "number") return [mistyped(`${field}.weight`, weight, "integer")];
		return [
			...name ? [] : [required(`${field}.name`)],
			...kind === "Service" && port === void 0 ? [wrong(field, "object", "Must have port for Service reference")] : [],
			...weight < 0 ? [wrong(`${field}.weight`, weight, `${field}.weight in body should be greater than or equal to 0`)] : [],
			...weight > 1e6 ? [wrong(`${field}.weight`, weight, `${field}.weight in body should be less than or equal to 1000000`)] : []
		];
	});
}
function serviceErrors({ spec }) {
	if (spec === void 0) return [required("spec")];
	const ports = spec.ports ?? [];
	if (ports.length === 0) return spec.type === "ExternalName" || spec.clusterIP === "None" ? [] : [required("spec.ports")];
	const keys = ports.map(({ port, protocol }) => `${port}/${protocol}`);
	return [
		...[
			"ClusterIP",
			"NodePort",
			"LoadBalancer",
			"ExternalName"
		].includes(spec.type) ? [] : [unsupported("spec.type", spec.type, [
			"ClusterIP",
			"ExternalName",
			"LoadBalancer",
			"NodePort"
		])],
		...labelErrors("spec.selector", spec.selector ?? {}),
		...ports.flatMap(({ port, protocol, name, nodePort }, index) => {
			const field = `spec.ports[${index}]`;
			return [
				...Number.isInteger(port) && port > 0 && port < 65536 ? [] : [wrong(`${field}.port`, port ?? 0, "must be between 1 and 65535, inclusive")],
				...ports.length > 1 && !name ? [required(`${field}.name`)] : [],
				...nodePortErrors(`${field}.nodePort`, nodePort),
				...keys.indexOf(keys[index] ?? "") < index ? [duplicate(field, {
					port,
					protocol
				})] : []
			];
		})
	];
}
function nodePortErrors(field, nodePort) {
	if (nodePort === void 0 || typeof nodePort === "number" && nodePort >= 3e4 && nodePort <= 32767) return [];
	return [wrong(field, nodePort, "provided port is not in the valid range. The range of valid ports is 30000-32767")];
}
function dataErrors({ data = {}, binaryData = {} }) {
	const entries = Object.entries({
		...data,
		...binaryData
	});
	const size = entries.reduce((total, [, value]) => total + Buffer.byteLength(String(value)), 0);
	return [
		...entries.filter(([key]) => !configKey.test(key)).map(([key]) => wrong(`data[${key}]`, key, "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')")),
		...entries.filter(([, value]) => typeof value !== "string").map(([key, value]) => wrong(`data[${key}]`, value, "must be a string")),
		...size > 1048576 ? [tooLong("data", 1048576)] : []
	];
}

// src/sandbox/api/validate.ts
/** Throws 422 with every field that the API server would refuse too. `before` is given for a change. */
function validate(type, object, before) {
	const errors = [
		...metadataErrors(type, object),
		...kindErrors[type.kind]?.(object) ?? [],
		...before === void 0 ? [] : immutableErrors(type, object, before)
	];
	if (errors.length > 0) throw invalid(type, object.metadata.name ?? "", errors);
}
function metadataErrors(type, { metadata }) {
	const { name, labels = {}, annotations = {} } = metadata;
	if (!name) return [required("metadata.name", "name or generateName is required")];
	return [
		...type.kind === "Service" ? nameErrors("metadata.name", name, label1035, serviceRule, 63) : type.kind === "Namespace" ? nameErrors("metadata.name", name, label1123, labelRule, 63) : type.group === "rbac.authorization.k8s.io" ? [] : nameErrors("metadata.name", name, subdomain, subdomainRule, 253),
		...labelErrors("metadata.labels", labels),
		...keyErrors("metadata.annotations", annotations)
	];
}

// src/sandbox/api/write.ts
function writerOf(api, scope, operation) {
	const { manager, subresource, type } = scope;
	return {
		manager,
		operation,
		subresource,
		apiVersion: apiVersionOf(type),
		time: toSeconds(api.clock)
	};
}
function createObject(api, scope, proposed, owners) {
	const { type } = scope;
	if (proposed.metadata.resourceVersion) throw new ApiError("InternalError", "resourceVersion should not be set on objects to be created");
	requireNamespace(api, scope, proposed.metadata.name ?? "");
	const named = {
		...toStored(type, proposed),
		metadata: freshMetadata(api, scope, proposed)
	};
	const filled = fillDefaults(type, withoutEmptyMaps(hasStatus(type) ? withInitialStatus(named) : named));
	const object = admit(api.store, admitNew(api.store, filled), api.runtime()?.serviceNetwork);
	requireSupport(object);
	validate(type, object, void 0);
	if (type.kind === "Pod" && api.runtime() !== void 0) requireServiceAccount(api.store, object);
	const takeQuota = reserveQuota(api.store, api.clock, type, object);
	const managedFields = writeOwners(owners ?? ownersAfterUpdate(type, void 0, withoutStatus(type, viewOf(type, filled)), writerOf(api, scope, "Update")));
	const { name, namespace = "" } = object.metadata;
	const ready = {
		...object,
		apiVersion: apiVersionOf(storageType(api.catalog, type)),
		metadata: {
			...object.metadata,
			managedFields
		}
	};
	if (!isDryRun(scope.query)) {
		const created = api.store.create(type, ready);
		takeQuota();
		return viewOf(type, created);
	}
	if (api.store.get(type, namespace, name) !== void 0) throw alreadyExists(type, name);
	const metadata = {
		...ready.metadata,
		uid: object.metadata.uid || (0,node_crypto__WEBPACK_IMPORTED_MODULE_3__.randomUUID)(),
		creationTimestamp: toSeconds(api.clock),
		...countsGenerations(type) && object.spec !== void 0 && { generation: 1 }
	};
	return viewOf(type, {
		...ready,
		metadata
	});
}
/** Replaces the live object, or the part of it that the subresource is about, with what is proposed. */
function replaceObject(api, scope, live, proposed, owners) {
	const { type } = scope;
	checkName(scope, proposed);
	checkIdentity(scope, live, proposed);
	const merged = scope.subresource === "status" ? {
		...live,
		status: proposed.status
	} : keepServerFields(type, live, toStored(type, proposed));
	const filled = fillDefaults(type, withoutEmptyMaps(merged));
	const object = admit(api.store, filled, api.runtime()?.serviceNetwork);
	requireSupport(object);
	validate(type, object, live);
	const { managedFields: _before, ...metadata } = object.metadata;
	const managedFields = writeOwners(owners ?? ownersAfterUpdate(type, viewOf(type, live), viewOf(type, object), writerOf(api, scope, "Update")));
	const generation = (live.metadata.generation ?? 0) + 1;
	const recount = type.kind === "Deployment" && !(0,_base_mjs__WEBPACK_IMPORTED_MODULE_1__.l)(object.metadata.annotations, live.metadata.annotations);
	const next = {
		...object,
		apiVersion: live.apiVersion,
		metadata: {
			...metadata,
			...managedFields.length > 0 && { managedFields },
			...recount && { generation }
		}
	};
	if (isDryRun(scope.query)) {
		const specChanged = live.metadata.generation !== void 0 && !(0,_base_mjs__WEBPACK_IMPORTED_MODULE_1__.l)(next.spec, live.spec);
		return viewOf(type, specChanged ? {
			...next,
			metadata: {
				...next.metadata,
				generation
			}
		} : next);
	}
	const { name, namespace = "" } = live.metadata;
	const stored = api.store.update(type, namespace, name, () => next);
	if (mayBeRemoved(type, stored)) api.store.remove(type, namespace, name);
	return viewOf(type, stored);
}
/** A deleted object that waited for its last finalizer. */
function mayBeRemoved(type, { metadata }) {
	const waiting = type.kind === "Namespace" || type.kind === "Pod" && metadata.deletionGracePeriodSeconds !== 0;
	return metadata.deletionTimestamp !== void 0 && (metadata.finalizers ?? []).length === 0 && !waiting;
}
function keepServerFields(type, live, proposed) {
	const own = Object.entries(proposed.metadata).filter(([key]) => !serverMetadata.includes(key));
	const kept = Object.entries(live.metadata).filter(([key]) => serverMetadata.includes(key));
	const metadata = Object.fromEntries([...own, ...kept]);
	const next = {
		...proposed,
		metadata
	};
	if (hasStatus(type)) next.status = live.status;
	if (type.kind === "Service" && next.spec && !next.spec.clusterIP && next.spec.type !== "ExternalName") next.spec = {
		...next.spec,
		clusterIP: live.spec.clusterIP,
		clusterIPs: live.spec.clusterIPs
	};
	return next;
}
const emptiable = [
	"labels",
	"annotations",
	"finalizers",
	"ownerReferences"
];
/** The API server forgets maps and lists without content: a patch cannot rely on an empty one. */
function withoutEmptyMaps(object) {
	const isEmpty = (value) => typeof value === "object" && value !== null && Object.keys(value).length === 0;
	const kept = Object.entries(object.metadata).filter(([key, value]) => !emptiable.includes(key) || !(value === null || isEmpty(value)));
	const { data, ...rest } = object;
	const metadata = Object.fromEntries(kept);
	return {
		...rest,
		...data !== void 0 && !isEmpty(data) && { data },
		metadata
	};
}
/** Nobody owns a status that the main resource did not write. */
function withoutStatus(type, { status, ...rest }) {
	return hasStatus(type) ? rest : {
		...rest,
		status
	};
}

// src/sandbox/api/patch.ts
/** PATCH of an object, its status or its scale, in each of Kubernetes' four patch languages. */
function patchObject(api, scope, contentType, body) {
	const { type, namespace, name, subresource } = scope;
	const language = contentType.split(";")[0]?.trim();
	const live = api.store.get(type, namespace, name);
	if (language === "application/apply-patch+yaml") return applyObject(api, scope, live, body);
	if (live === void 0) throw notFound(type, name);
	const patched = applyPatch(scope, language, subresource === "scale" ? toScale(live) : viewOf(type, live), parseJson(body));
	if (!(0,_base_mjs__WEBPACK_IMPORTED_MODULE_1__.f)(patched) || !(0,_base_mjs__WEBPACK_IMPORTED_MODULE_1__.f)(patched.metadata)) throw new ApiError("BadRequest", "the patched object has no metadata");
	if (subresource === "scale") return {
		object: toScale(replaceObject(api, scope, live, fromScale(live, patched))),
		created: false
	};
	const refuse = (why) => {
		throw invalid({
			group: "",
			kind: ""
		}, "", [wrong("patch", patched, why)]);
	};
	return {
		object: replaceObject(api, scope, live, parseObject(scope, patched, refuse)),
		created: false
	};
}
function applyPatch({ type, subresource }, language, seen, patch) {
	switch (language) {
		case "application/json-patch+json": return applyJsonPatch(seen, patch);
		case "application/merge-patch+json": return applyMergePatch(seen, patch);
		case "application/strategic-merge-patch+json":
			if (isCustom(type)) break;
			if (!(0,_base_mjs__WEBPACK_IMPORTED_MODULE_1__.f)(patch)) throw new ApiError("BadRequest", "a strategic merge patch is an object");
			return subresource === "scale" ? applyMergePatch(seen, patch) : applyStrategicPatch(type, seen, patch);
	}
	throw new ApiError("UnsupportedMediaType", `the body of the request was in an unknown format - accepted media types include: ${[
		"application/json-patch+json",
		"application/merge-patch+json",
		"application/apply-patch+yaml"
	].join(", ")}`);
}
function applyObject(api, scope, live, body) {
	const { type, name, query } = scope;
	if (!query.get("fieldManager")) throw invalid({
		group: "meta.k8s.io",
		kind: "PatchOptions"
	}, "", [required("fieldManager", "is required for apply patch")]);
	if (scope.subresource === "scale") throw new ApiError("NotImplemented", "the sandbox does not apply to the scale subresource");
	const given = parseYaml(body);
	if ((0,_base_mjs__WEBPACK_IMPORTED_MODULE_1__.f)(given)) requireApplicable(type, given);
	const config = withoutOtherHalf(scope, parseObject(scope, given));
	const { metadata } = config;
	if (metadata.managedFields !== void 0) throw new ApiError("BadRequest", "metadata.managedFields must be nil");
	if (metadata.name !== void 0 && metadata.name !== name) throw new ApiError("BadRequest", `the name of the object (${metadata.name}) does not match the name on the URL (${name})`);
	const writer = writerOf(api, scope, "Apply");
	if (live === void 0) {
		if (scope.subresource) throw notFound(type, name);
		if (metadata.uid) throw conflict(type, name, `uid mismatch: the provided object specified uid ${metadata.uid}, and no existing object was found`);
		requireAccess(api, {
			...type,
			namespace: scope.namespace,
			name,
			subresource: ""
		}, "create");
		const owners = setOwned([], writer, new Set(flatten(type, config).keys()));
		return {
			object: createObject(api, scope, {
				...config,
				metadata: {
					...metadata,
					name
				}
			}, owners),
			created: true
		};
	}
	const { object, owners } = applyConfiguration(type, viewOf(type, live), config, writer, query.get("force") === "true");
	return {
		object: replaceObject(api, scope, live, parseObject(scope, object), owners),
		created: false
	};
}
/** The main resource never applies status, and the status subresource nothing else. */
function withoutOtherHalf({ type, subresource }, config) {
	if (!hasStatus(type)) return config;
	const { apiVersion, kind, metadata, status, ...rest } = config;
	if (subresource === "status") return {
		apiVersion,
		kind,
		metadata: { ...identity(metadata) },
		...status !== void 0 && { status }
	};
	return {
		apiVersion,
		kind,
		metadata,
		...rest
	};
}
function identity({ name, namespace, uid, resourceVersion }) {
	return {
		name,
		...namespace && { namespace },
		...uid && { uid },
		...resourceVersion && { resourceVersion }
	};
}

// src/sandbox/api/read-log.ts
/** What a container of a pod has printed, as far as it is kept, or from now on. */
function readLog(api, { namespace, name, query }, pod, signal) {
	const tailLines = numberOf(query, "tailLines");
	const limitBytes = numberOf(query, "limitBytes");
	const bounds = [...tailLines !== void 0 && tailLines < 0 ? [wrong("tailLines", tailLines, "must be greater than or equal to 0")] : [], ...limitBytes !== void 0 && limitBytes < 1 ? [wrong("limitBytes", limitBytes, "must be greater than 0")] : []];
	if (bounds.length > 0) throw invalid({
		group: "",
		kind: "PodLogOptions"
	}, name, bounds);
	const container = query.get("container");
	if (container && !namesOf(pod).includes(container)) throw new ApiError("BadRequest", `container ${container} is not valid for pod ${name}`);
	if (!pod.spec?.nodeName) return text("", 204);
	const runtime = api.runtime();
	if (runtime === void 0) throw new ApiError("NotImplemented", "this sandbox runs no pods");
	const unserved = ["sinceSeconds", "sinceTime"].find((option) => query.has(option));
	if (unserved !== void 0 || query.get("timestamps") === "true") throw new ApiError("NotImplemented", `the sandbox keeps no log by ${unserved ?? "timestamps"}`);
	const log = runtime.podLog(namespace, name, {
		...container && { container },
		...tailLines !== void 0 && { tailLines },
		previous: query.get("previous") === "true",
		follow: query.get("follow") === "true",
		...signal && { signal }
	});
	return stream(limitBytes === void 0 ? log : firstBytes(log, limitBytes), "text/plain");
}
/** A parameter that has to be a whole number; undefined when it is not there. */
function numberOf(query, name) {
	const given = query.get(name);
	if (given === null) return void 0;
	if (!/^[+-]?\d+$/.test(given)) throw new ApiError("BadRequest", `strconv.ParseInt: parsing ${JSON.stringify(given)}: invalid syntax`);
	return Number(given);
}
async function* firstBytes(chunks, limit) {
	let left = limit;
	for await (const chunk of chunks) {
		const bytes = Buffer.from(chunk).subarray(0, left);
		left -= bytes.length;
		yield bytes.toString("utf8");
		if (left === 0) return;
	}
}
function namesOf({ spec }) {
	return [...spec?.initContainers ?? [], ...spec?.containers ?? []].map(({ name }) => String(name));
}

// src/sandbox/api/selectors.ts
/** `a=b`, `a==b`, `a!=b`, `a in (b,c)`, `a notin (b,c)`, `a`, `!a`, joined by commas. */
function parseLabelSelector(selector) {
	const requirements = splitOutsideParentheses(selector).map(parseRequirement);
	return (object) => {
		const labels = object.metadata.labels ?? {};
		return requirements.every((holds) => holds(labels));
	};
}
function parseRequirement(text) {
	const set = /^([^\s!=(),]+)\s+(in|notin)\s*\(([^()]*)\)$/.exec(text);
	if (set !== null) {
		const [, key = "", operator, list = ""] = set;
		const values = new Set(list.split(",").map((value) => value.trim()));
		const inside = (labels) => key in labels && values.has(labels[key] ?? "");
		return operator === "in" ? inside : (labels) => !inside(labels);
	}
	const equality = /^([^\s!=(),]+)\s*(==|=|!=)\s*([^\s!=(),]*)$/.exec(text);
	if (equality !== null) {
		const [, key = "", operator, value = ""] = equality;
		return operator === "!=" ? (labels) => labels[key] !== value : (labels) => labels[key] === value;
	}
	const existence = /^(!?)\s*([^\s!=(),]+)$/.exec(text);
	if (existence !== null) {
		const [, negated, key = ""] = existence;
		return negated ? (labels) => !(key in labels) : (labels) => key in labels;
	}
	throw new ApiError("BadRequest", `unable to parse requirement: found ${JSON.stringify(text)}`);
}
function splitOutsideParentheses(selector) {
	const parts = selector.split(/,(?![^(]*\))/).map((part) => part.trim());
	return parts.length === 1 && parts[0] === "" ? [] : parts;
}
const everyKind = ["metadata.name", "metadata.namespace"];
const fieldsOfKind = {
	pods: [
		"status.phase",
		"spec.nodeName",
		"spec.restartPolicy",
		"spec.serviceAccountName",
		"status.podIP"
	],
	events: [
		"involvedObject.kind",
		"involvedObject.namespace",
		"involvedObject.name",
		"involvedObject.uid",
		"involvedObject.apiVersion",
		"involvedObject.resourceVersion",
		"involvedObject.fieldPath",
		"reason",
		"reportingComponent",
		"type"
	],
	namespaces: ["status.phase"],
	replicasets: ["status.replicas"],
	secrets: ["type"],
	services: ["spec.clusterIP", "spec.type"],
	jobs: ["status.successful"],
	nodes: ["spec.unschedulable"]
};
/** `metadata.name=x,status.phase!=Running`, for the fields that the kind supports. */
function parseFieldSelector(selector, type) {
	const supported = /* @__PURE__ */ new Set([...everyKind, ...fieldsOfKind[type.resource] ?? []]);
	const requirements = selector.split(",").filter((part) => part.trim() !== "").map((part) => {
		const match = /^\s*([^=!]+?)\s*(==|=|!=)\s*(.*?)\s*$/.exec(part);
		if (match === null) throw new ApiError("BadRequest", `invalid field selector: ${JSON.stringify(part)}`);
		const [, field = "", operator, value] = match;
		if (!supported.has(field)) throw unknownField(field, type);
		const path = field.split(".");
		const equal = (object) => String((0,_base_mjs__WEBPACK_IMPORTED_MODULE_1__.s)(object, ...path) ?? "") === value;
		return operator === "!=" ? (object) => !equal(object) : equal;
	});
	return (object) => requirements.every((holds) => holds(object));
}
function unknownField(field, type) {
	const message = type.resource in fieldsOfKind ? `field label not supported: ${field}` : `"${field}" is not a known field selector: only "metadata.name", "metadata.namespace"`;
	return new ApiError("BadRequest", message);
}
/** Both selectors of a list, watch or deletecollection. */
function selectorOf(query, type) {
	const byLabel = parseLabelSelector(query.get("labelSelector") ?? "");
	const byField = parseFieldSelector(query.get("fieldSelector") ?? "", type);
	return (object) => byLabel(object) && byField(object);
}

// src/sandbox/api/watch.ts
const bookmarkEveryMs = 6e4;
const defaultTimeoutSeconds = 1800;
function listObjects(api, scope) {
	const { type } = scope;
	const items = api.store.list(type, scope.namespace).filter(matcherOf(scope));
	return json({
		kind: `${type.kind}List`,
		apiVersion: apiVersionOf(type),
		metadata: {
			...isCustom(type) && { continue: "" },
			resourceVersion: String(api.store.resourceVersion)
		},
		items: items.map((object) => itemOf(scope, object))
	});
}
/** The API server leaves kind and version out of the items of its own kinds; those of custom ones have them. */
function itemOf({ type }, object) {
	if (isCustom(type)) return viewOf(type, object);
	const { apiVersion: _version, kind: _kind, ...rest } = viewOf(type, object);
	return rest;
}
/** Streams what changes, from the given resourceVersion or from what exists. The state is taken before this returns. */
function watchObjects(api, scope, signal) {
	const { store, clock } = api;
	const { type, namespace, query } = scope;
	const selects = matcherOf(scope);
	const bookmarks = query.get("allowWatchBookmarks") === "true";
	const since = query.get("resourceVersion") ?? "";
	if (!/^\d*$/.test(since)) {
		const parse = `strconv.ParseUint: parsing ${JSON.stringify(since)}: invalid syntax`;
		throw new ApiError(void 0, `resourceVersion: Invalid value: ${JSON.stringify(since)}: ${parse}`);
	}
	const fromState = since === "" || since === "0" || query.get("sendInitialEvents") === "true";
	const missed = fromState ? [] : store.changesSince(type, Number(since));
	const cleanUps = [];
	const channel = createChannel(() => {
		for (const cleanUp of cleanUps.splice(0)) cleanUp();
	});
	const send = (kind, object) => channel.push(`${JSON.stringify({
		type: kind,
		object
	})}\n`);
	const forward = (event) => {
		const seen = visibleChange(event, namespace, selects);
		if (seen !== void 0) send(seen.type, viewOf(type, seen.object));
	};
	const sendBookmark = (annotations) => {
		const metadata = {
			resourceVersion: String(store.resourceVersion),
			...annotations && { annotations }
		};
		send("BOOKMARK", {
			kind: type.kind,
			apiVersion: apiVersionOf(type),
			metadata
		});
	};
	if (missed === void 0) {
		send("ERROR", new ApiError("Expired", `too old resource version: ${since} (${store.resourceVersion})`).toStatus());
		channel.end();
		return stream(channel, "application/json");
	}
	if (fromState) for (const object of store.list(type, namespace).filter(selects)) send("ADDED", viewOf(type, object));
	if (query.get("sendInitialEvents") === "true") sendBookmark({ "k8s.io/initial-events-end": "true" });
	for (const event of missed) forward(event);
	cleanUps.push(store.subscribe(type, forward));
	const end = () => channel.end();
	const bookmarkLater = () => clock.after(bookmarkEveryMs, () => {
		sendBookmark();
		stopBookmarks = bookmarkLater();
	});
	let stopBookmarks = bookmarks ? bookmarkLater() : () => {};
	cleanUps.push(() => stopBookmarks());
	cleanUps.push(clock.after(Number(query.get("timeoutSeconds") ?? defaultTimeoutSeconds) * 1e3, end));
	const onAbort = () => channel.end();
	signal?.addEventListener("abort", onAbort, { once: true });
	cleanUps.push(() => signal?.removeEventListener("abort", onAbort));
	if (signal?.aborted) channel.end();
	return stream(channel, "application/json");
}
function matcherOf({ type, query, name }) {
	const selected = selectorOf(query, type);
	return (object) => selected(object) && (name === "" || object.metadata.name === name);
}
/**
* An object that begins to match is added, one that ceases to is deleted, whatever happened to it really: deleted as it was
* when it still matched, in the version in which it ceased.
*/
function visibleChange(event, namespace, selects) {
	if (namespace !== "" && event.object.metadata.namespace !== namespace) return void 0;
	const before = event.previous !== void 0 && selects(event.previous);
	const after = event.type !== "DELETED" && selects(event.object);
	const { object, previous } = event;
	if (before && after) return {
		type: "MODIFIED",
		object
	};
	if (after) return {
		type: "ADDED",
		object
	};
	if (!before || previous === void 0) return void 0;
	const { resourceVersion } = object.metadata;
	return {
		type: "DELETED",
		object: {
			...previous,
			metadata: {
				...previous.metadata,
				resourceVersion
			}
		}
	};
}

// src/sandbox/api/verbs.ts
const itemVerbs = {
	GET: "get",
	POST: "create",
	PUT: "update",
	PATCH: "patch",
	DELETE: "delete"
};
const collectionVerbs = {
	GET: "list",
	POST: "create",
	DELETE: "deletecollection"
};
/** What may be done with a subresource, where that is not just reading it. */
const partVerbs = {
	status: [
		"get",
		"update",
		"patch"
	],
	scale: [
		"get",
		"update",
		"patch"
	],
	eviction: ["create"],
	portforward: ["get", "create"]
};
/** Answers a request to a kind, an object or one of its subresources. */
function answerResource(api, request, path, query, learned) {
	const verb = query.get("watch") === "true" || query.get("watch") === "1" ? "watch" : (path.name ? itemVerbs : collectionVerbs)[request.method];
	if (verb === void 0) throw new ApiError("MethodNotAllowed", "the server does not allow this method on the requested resource", {});
	if (path.resource === "selfsubjectaccessreviews" && verb === "create") return reviewAccess(api, readObject(request), managerOf(request, query));
	requireAccess(api, path, verb);
	const type = api.catalog.find(path.group, path.version, path.resource) ?? learnFromObject(api.catalog, path, request);
	if (type === void 0) {
		if (!api.catalog.all().some(({ group, version }) => group === path.group && version === path.version)) return text("404 page not found\n", 404);
		throw unknownResource();
	}
	if (path.subresource && isCustom(type) && !type.subresources.includes(path.subresource)) throw notFound(type, path.name);
	if (path.subresource && !type.subresources.includes(path.subresource)) throw new ApiError("NotImplemented", `the sandbox does not serve ${type.resource}/${path.subresource}`);
	const scope = {
		type,
		namespace: path.namespace,
		name: path.name,
		subresource: path.subresource,
		query,
		manager: managerOf(request, query)
	};
	checkPath(scope, verb);
	const response = answerVerb(api, scope, verb, request);
	if (type.kind === "CustomResourceDefinition" && response.status < 300) learnFromDefinition(api);
	learned();
	return response;
}
function managerOf({ headers }, query) {
	return query.get("fieldManager") ?? (headers["user-agent"] ?? "unknown").split("/")[0] ?? "unknown";
}
function answerVerb(api, scope, verb, request) {
	switch (verb) {
		case "list": return listObjects(api, scope);
		case "watch": return watchObjects(api, scope, request.signal);
		case "get": return getObject(api, scope, request.signal);
		case "create":
			if (scope.subresource === "portforward") return getObject(api, scope, request.signal);
			if (scope.subresource === "eviction") return evictPod(api, scope, readObject(request));
			return json(createObject(api, scope, parseObject(scope, readObject(request))), 201);
		case "update": return json(putObject(api, scope, readObject(request)));
		case "patch": {
			const { object, created } = patchObject(api, scope, request.headers["content-type"] ?? "", request.body ?? "");
			return json(object, created ? 201 : 200);
		}
		case "delete": return deleteOne(api, scope, request.body);
		default: return deleteMany(api, scope, request.body);
	}
}
/** The body of a create or update. Protobuf is what some Go programs send; the answer tells them that it is not spoken. */
function readObject({ headers, body = "" }) {
	const type = (headers["content-type"] ?? "application/json").split(";")[0]?.trim();
	if (type === "application/yaml") return parseYaml(body);
	if (type === "application/json") return parseJson(body);
	throw new ApiError("UnsupportedMediaType", "the body of the request was in an unknown format - accepted media types include: application/json, application/yaml");
}
function getObject(api, scope, signal) {
	const { type, namespace, name, subresource } = scope;
	const object = api.store.get(type, namespace, name);
	if (object === void 0) throw notFound(type, name);
	if (subresource === "scale") return json(toScale(object));
	if (subresource === "portforward") throw new ApiError("BadRequest", "Upgrade request required");
	if (subresource !== "log") return json(viewOf(type, object));
	return readLog(api, scope, object, signal);
}
function putObject(api, scope, body) {
	const { type, namespace, name, subresource } = scope;
	const live = api.store.get(type, namespace, name);
	const proposed = subresource === "scale" ? void 0 : parseObject(scope, body);
	if (proposed !== void 0) checkName(scope, proposed);
	if (live === void 0) throw notFound(type, name);
	if (proposed !== void 0) return replaceObject(api, scope, live, proposed);
	if (typeof body !== "object" || body === null || Array.isArray(body)) throw new ApiError("BadRequest", "the body is not a Scale");
	return toScale(replaceObject(api, scope, live, fromScale(live, body)));
}
/** Kinds whose delete answers the object that is gone, instead of a Status. */
const answeredWhole = /* @__PURE__ */ new Set([
	"Pod",
	"Service",
	"ServiceAccount",
	"ResourceQuota",
	"PersistentVolumeClaim"
]);
function deleteOne(api, scope, body) {
	const { type, namespace, name, query } = scope;
	const object = api.store.get(type, namespace, name);
	if (object === void 0) throw notFound(type, name);
	const left = deleteObject(api, type, object, parseDeleteOptions(query, body ? parseJson(body) : null));
	if (left !== void 0 || answeredWhole.has(type.kind)) return json(viewOf(type, left ?? object));
	const details = {
		name,
		...type.group && { group: type.group },
		kind: type.resource,
		uid: object.metadata.uid
	};
	return json({
		kind: "Status",
		apiVersion: "v1",
		metadata: {},
		status: "Success",
		details
	});
}
function deleteMany(api, scope, body) {
	const { type, namespace, query } = scope;
	const options = parseDeleteOptions(query, body ? parseJson(body) : null);
	const doomed = api.store.list(type, namespace).filter(selectorOf(query, type));
	for (const object of doomed) deleteObject(api, type, object, options);
	return listObjects(api, scope);
}
function checkPath({ type, namespace, name, subresource, query }, verb) {
	if (type.namespaced && namespace === "" && (name !== "" || verb === "create") || !type.namespaced && namespace !== "") throw unknownResource();
	const writesPart = partVerbs[subresource] ?? ["get"];
	if (!(subresource === "" ? !(verb === "create" && name !== "") : writesPart.includes(verb))) throw new ApiError("MethodNotAllowed", "the server does not allow this method on the requested resource", {});
	if (subresource === "status" && !hasStatus(type)) throw unknownResource();
	const options = {
		create: "Create",
		update: "Update",
		patch: "Patch",
		delete: "Delete",
		deletecollection: "Delete"
	}[verb];
	if (options !== void 0) checkDryRun(query, options);
}
/** A known group without this kind is a 404, as everywhere; so clients can ask what a cluster supports. */
function unknownResource() {
	return new ApiError("NotFound", "the server could not find the requested resource", {});
}

// src/sandbox/api/handle.ts
function createApi(api, learned) {
	const requests = [];
	async function handle(request) {
		const entry = {
			method: request.method,
			path: request.path,
			status: 0,
			userAgent: request.headers["user-agent"] ?? ""
		};
		requests.push(entry);
		const { pathname, searchParams } = new URL(request.path, "http://sandbox");
		if (api.faults.stopped === "refuse") throw new ConnectionBroken("ECONNREFUSED");
		if (api.faults.stopped === "hang") return never(request.signal);
		const isWatch = searchParams.get("watch") === "true" || searchParams.get("watch") === "1";
		const effect = api.faults.next(request, pathname, isWatch);
		const response = effect === void 0 ? answer(request) : await suffer(effect, request);
		entry.status = response.status;
		return response;
	}
	async function suffer(effect, request) {
		switch (effect.kind) {
			case "hang": return never(request.signal);
			case "drop":
				if (effect.when === "after") answer(request);
				throw new ConnectionBroken("ECONNRESET");
			case "hold": {
				await held(effect.before?.(request), request.signal);
				const response = answer(request);
				await held(effect.after?.(request, response.status), request.signal);
				return response;
			}
			case "silent-watch": return silence(request.signal);
			case "status": return failure(faultStatus(effect));
		}
	}
	function answer(request) {
		try {
			return route(api, request, learned);
		} catch (error) {
			const known = error instanceof ApiError ? error : unexpected(error, request);
			if (known.reason === "NotImplemented") api.log.warn(`sandbox: ${request.method} ${request.path}: ${known.message}`);
			if (known.reason === "InternalError" && known !== error) api.log.error(`sandbox: ${request.method} ${request.path}: ${error instanceof Error ? error.stack : error}`);
			return failure(known);
		}
	}
	return {
		handle,
		requests
	};
}
/**
* The server's decoder refuses a field of the wrong type, like a text where a list belongs. Ours has no types: it takes
* the object and trips over such a field later, before anything is stored.
*/
function unexpected(error, request) {
	return request.method !== "DELETE" && request.body !== void 0 && error instanceof TypeError ? new ApiError("BadRequest", `the object cannot be decoded, a field has the wrong type: ${error.message}`) : new ApiError("InternalError", (0,_base_mjs__WEBPACK_IMPORTED_MODULE_1__.b)(error));
}
function route(api, request, learned) {
	const { pathname, searchParams } = new URL(request.path, "http://sandbox");
	const target = parsePath(pathname);
	if (target.kind === "resource") return answerResource(api, request, target.path, searchParams, learned);
	if (request.method !== "GET") throw new ApiError("MethodNotAllowed", `${request.method} is not allowed on ${pathname}`);
	if (target.kind === "discovery") return answerDiscovery(api.catalog, target);
	const plain = answerPlainPath(target.path);
	if (plain !== void 0) return plain;
	throw new ApiError("NotImplemented", `the sandbox does not serve ${target.path}`);
}
function faultStatus({ status, retryAfterSeconds }) {
	const message = "a fault of the sandbox";
	const details = retryAfterSeconds === void 0 ? void 0 : { retryAfterSeconds };
	switch (status) {
		case 401: return new ApiError("Unauthorized", "Unauthorized");
		case 403: return new ApiError("Forbidden", message);
		case 409: return new ApiError("Conflict", `Operation cannot be fulfilled: ${message}`);
		case 429: return new ApiError("TooManyRequests", `too many requests: ${message}`, details ?? { retryAfterSeconds: 1 });
		case 500: return new ApiError("InternalError", `Internal error occurred: ${message}`, details);
		case 503: return new ApiError("ServiceUnavailable", `the server is currently unable to handle the request: ${message}`, details);
	}
}
/** No answer, until the client gives up. */
function never(signal) {
	return new Promise((_resolve, reject) => {
		const giveUp = () => reject(signal?.reason);
		if (signal?.aborted) giveUp();
		signal?.addEventListener("abort", giveUp, { once: true });
	});
}
/** Waits for whoever holds a request, unless its client gives up first. */
async function held(until, signal) {
	if (until === void 0) return;
	await Promise.race([until, never(signal)]);
}
function silence(signal) {
	const end = () => channel.end();
	const channel = createChannel(() => signal?.removeEventListener("abort", end));
	signal?.addEventListener("abort", end, { once: true });
	return stream(channel, "application/json");
}

// src/sandbox/start-api.ts
/** The API and its garbage collector. Until a runtime is attached objects are stored, and nobody acts on them. */
function startApi(options) {
	const { clock, log = _base_mjs__WEBPACK_IMPORTED_MODULE_1__.i, endpointDelayMs = 100, propagationDelayMs = 200 } = options;
	const store = createStore(clock, options);
	const catalog = createCatalog();
	const faults = createFaults({
		endpointMs: endpointDelayMs,
		propagationMs: propagationDelayMs
	});
	let runtime;
	const context = {
		store,
		catalog,
		clock,
		log,
		faults,
		runtime: () => runtime
	};
	const garbage = startGarbageCollector(context);
	const api = createApi(context, () => {
		for (const type of catalog.all()) garbage.watch(type);
	});
	createFirstObjects(context);
	return {
		api,
		context,
		attach(started) {
			runtime = started;
		},
		stop: garbage.stop
	};
}
function createFirstObjects(context) {
	const create = (type, namespace, name, fields = {}, annotations) => {
		const scope = {
			type,
			namespace,
			name,
			subresource: "",
			query: new URLSearchParams(),
			manager: "sandbox"
		};
		const metadata = {
			name,
			...namespace && { namespace },
			uid: "",
			resourceVersion: "",
			creationTimestamp: "",
			...annotations && { annotations: { ...annotations } }
		};
		createObject(context, scope, {
			apiVersion: apiVersionOf(type),
			kind: type.kind,
			metadata,
			...fields
		});
	};
	create(resources.namespaces, "", "default");
	create(resources.namespaces, "", "kube-system");
	create(resources.gatewayclasses, "", "sandbox", { spec: { controllerName: "streamgate.io/sandbox" } });
	create(resources.ingressclasses, "", "sandbox", { spec: { controller: ingressController } }, { "ingressclass.kubernetes.io/is-default-class": "true" });
	create(resources.gateways, "default", "web", { spec: {
		gatewayClassName: "sandbox",
		listeners: [{
			name: "http",
			port: 80,
			protocol: "HTTP",
			allowedRoutes: { namespaces: { from: "All" } }
		}]
	} });
}

// src/sandbox/create-sandbox.ts
/** The Gateway names the port on which it really listens, so that its address can be found as on any cluster. */
function publishPort(store, port) {
	store.update(resources.gateways, "default", "web", (gateway) => {
		const listeners = gateway.spec.listeners.map((listener) => ({
			...listener,
			port
		}));
		return {
			...gateway,
			spec: {
				...gateway.spec,
				listeners
			}
		};
	});
}
/** Starts an embedded cluster with the namespaces `default` and `kube-system` and the Gateway `web`. */
async function createSandbox(options) {
	const { api, context, attach, stop } = startApi(options);
	const { store, clock, log, faults } = context;
	const runtime = await startRuntime({
		store,
		clock,
		log,
		options,
		delays: faults.delays
	});
	attach(runtime);
	if (runtime.gatewayUrl !== "") publishPort(store, Number(new URL(runtime.gatewayUrl).port));
	let server;
	let isGood;
	return {
		handle: api.handle,
		async listen(port) {
			if (server !== void 0) throw new _base_mjs__WEBPACK_IMPORTED_MODULE_1__.y("Usage", "the sandbox listens already");
			server = await startApiServer(context, api, {
				port,
				isGood: (token, own) => isGood?.(token) ?? token === own
			});
			return {
				url: server.url,
				kubeconfig: server.kubeconfig
			};
		},
		acceptTokens(changed) {
			isGood = changed;
		},
		get gatewayUrl() {
			return runtime.gatewayUrl;
		},
		faults,
		requests: api.requests,
		get gatewayLog() {
			return runtime.gatewayLog;
		},
		serviceUrl(namespace, service, wanted) {
			const { host, port } = runtime.serviceAddress(namespace, service, wanted);
			return `http://${host}:${port}`;
		},
		get nodeAddress() {
			return runtime.nodeAddress;
		},
		fakeAnswer: (host, target) => runtime.fakeAnswer(host, target),
		fakeServiceAnswer: (namespace, service, port) => runtime.fakeServiceAnswer(namespace, service, port),
		fakePodAnswer: (namespace, pod) => runtime.fakePodAnswer(namespace, pod),
		setDesiredReplicas: (namespace, name, replicas) => runtime.setDesiredReplicas(namespace, name, replicas),
		killPod: (namespace, name) => runtime.killPod(namespace, name),
		async close() {
			stop();
			await server?.close();
			await runtime.stop();
		}
	};
}



/***/ })

};
