import { isJsonObject, type Json } from '../../base/index.ts';
import { ApiError } from '../api-error.ts';
import { splitApiVersion } from '../resources.ts';

/** What may stand in a field, as Go has it: a scalar, a list, a map of any keys, or a struct of fields. */
type Type =
  | 'string'
  | 'int32'
  | 'int64'
  | 'bool'
  | { readonly list: Type; readonly keys?: readonly string[] }
  | { readonly map: Type }
  | { readonly struct: string; readonly fields: Readonly<Record<string, Type>> };

const texts: Type = { map: 'string' };
const struct = (name: string, fields: Readonly<Record<string, Type>>): Type => ({ struct: name, fields });

const objectMeta = struct('ObjectMeta', {
  name: 'string',
  generateName: 'string',
  namespace: 'string',
  labels: texts,
  annotations: texts,
});
const probe = struct('Probe', {
  initialDelaySeconds: 'int32',
  periodSeconds: 'int32',
  timeoutSeconds: 'int32',
  failureThreshold: 'int32',
});
const container = struct('Container', {
  name: 'string',
  image: 'string',
  command: { list: 'string' },
  args: { list: 'string' },
  env: { list: struct('EnvVar', { name: 'string', value: 'string' }), keys: ['name'] },
  ports: {
    list: struct('ContainerPort', {
      name: 'string',
      containerPort: 'int32',
      hostPort: 'int32',
      protocol: 'string',
    }),
    keys: ['containerPort', 'protocol'],
  },
  readinessProbe: probe,
  livenessProbe: probe,
  startupProbe: probe,
});
const podSpec = struct('PodSpec', {
  containers: { list: container, keys: ['name'] },
  initContainers: { list: container, keys: ['name'] },
  nodeSelector: texts,
  serviceAccountName: 'string',
  terminationGracePeriodSeconds: 'int64',
  hostNetwork: 'bool',
});
const template = struct('PodTemplateSpec', { metadata: objectMeta, spec: podSpec });
const selector = struct('LabelSelector', { matchLabels: texts });
const workload = (name: string): Type =>
  struct(name, {
    replicas: 'int32',
    minReadySeconds: 'int32',
    paused: 'bool',
    revisionHistoryLimit: 'int32',
    progressDeadlineSeconds: 'int32',
    selector,
    template,
  });

/** Fields in which people go wrong, by kind; what is not named here takes anything. */
const kinds: Readonly<Record<string, Readonly<Record<string, Type>>>> = {
  'apps/Deployment': { spec: workload('DeploymentSpec') },
  'apps/ReplicaSet': { spec: workload('ReplicaSetSpec') },
  'apps/StatefulSet': { spec: workload('StatefulSetSpec') },
  'apps/DaemonSet': { spec: workload('DaemonSetSpec') },
  '/Pod': { spec: podSpec },
  '/Service': {
    spec: struct('ServiceSpec', {
      selector: texts,
      type: 'string',
      clusterIP: 'string',
      ports: {
        list: struct('ServicePort', { name: 'string', port: 'int32', nodePort: 'int32', protocol: 'string' }),
        keys: ['port', 'protocol'],
      },
    }),
  },
  '/ConfigMap': { data: texts },
  '/Secret': { data: texts, stringData: texts },
};

interface Mistake {
  /** Of the struct that has the field. */
  readonly owner: string;
  /** As the JSON reader tells it: names alone. */
  readonly path: string;
  /** As server-side apply tells it: items of lists by their keys. */
  readonly place: string;
  readonly type: Type;
  readonly value: Json;
}

/** Throws what the server answers to a body with a field of the wrong type (kube-apiserver 1.34). */
export function requireTypes(object: Json, how: 'decode' | 'apply'): void {
  if (!isJsonObject(object)) return;
  const [apiVersion, kind] = [String(object.apiVersion), String(object.kind)];
  const { group, version } = splitApiVersion(apiVersion);
  const type = struct(kind, { metadata: objectMeta, ...kinds[`${group}/${kind}`] });
  const mistakes = mistakesIn(object, type, { owner: kind, path: '', place: '' });
  const [first] = mistakes;
  if (first === undefined) return;
  if (how === 'apply') throw untyped(object, mistakes);
  throw new ApiError(
    'BadRequest',
    `${kind} in version "${version}" cannot be handled as a ${kind}: json: cannot unmarshal ${jsonName(first)} into Go struct field ${first.owner}.${first.path} of type ${goName(first.type)}`,
  );
}

type Where = Pick<Mistake, 'owner' | 'path' | 'place'>;

/** In the order of the body, in which it is read. */
function mistakesIn(value: Json, type: Type, where: Where): readonly Mistake[] {
  // A null is a field that is not there.
  if (value === null) return [];
  if (typeof type === 'string') return fits(value, type) ? [] : [{ ...where, type, value }];
  if ('list' in type) {
    if (!Array.isArray(value)) return [{ ...where, type, value }];
    return value.flatMap((item: Json, index) =>
      mistakesIn(item, type.list, { ...where, place: `${where.place}[${itemName(item, index, type.keys)}]` }),
    );
  }
  if (!isJsonObject(value)) return [{ ...where, type, value }];
  return Object.entries(value).flatMap(([key, item = null]) => {
    const place = `${where.place}.${key}`;
    if ('map' in type) return mistakesIn(item, type.map, { ...where, place });
    const inner = type.fields[key];
    const path = where.path === '' ? key : `${where.path}.${key}`;
    return inner === undefined ? [] : mistakesIn(item, inner, { owner: type.struct, path, place });
  });
}

/** Items of lists are named by their keys: `name="app"`, `port=80,protocol="TCP"`. */
function itemName(item: Json, index: number, keys: readonly string[] = []): string {
  if (keys.length === 0 || !isJsonObject(item)) return String(index);
  const defaults: { readonly [key: string]: Json } = { protocol: 'TCP' };
  return keys.map((key) => `${key}=${JSON.stringify(item[key] ?? defaults[key] ?? null)}`).join(',');
}

function fits(value: Json, type: 'string' | 'int32' | 'int64' | 'bool'): boolean {
  if (type === 'string') return typeof value === 'string';
  if (type === 'bool') return typeof value === 'boolean';
  return typeof value === 'number' && Number.isInteger(value);
}

/** What a JSON reader calls the value that it met. */
function jsonName({ value, type }: Mistake): string {
  if (typeof value === 'number') return type === 'int32' || type === 'int64' ? `number ${value}` : 'number';
  if (typeof value === 'boolean') return 'bool';
  return Array.isArray(value) ? 'array' : typeof value;
}

function goName(type: Type): string {
  if (typeof type === 'string') return type;
  if ('list' in type) return `[]${goName(type.list)}`;
  return 'map' in type ? `map[string]${goName(type.map)}` : `v1.${type.struct}`;
}

/** Nobody in the server makes an answer of its own for it: so it is a 500 without a reason. */
function untyped(
  object: { readonly [key: string]: Json | undefined },
  mistakes: readonly Mistake[],
): ApiError {
  const { metadata = null, apiVersion, kind } = object;
  const [name, namespace] = isJsonObject(metadata) ? [metadata.name, metadata.namespace ?? ''] : ['', ''];
  const version = String(apiVersion).includes('/') ? String(apiVersion) : `/${String(apiVersion)}`;
  const told = mistakes.map((mistake) => `${mistake.place}: expected ${expectation(mistake)}`);
  const list = told.length === 1 ? told[0] : `errors:\n${told.map((line) => `  ${line}`).join('\n')}`;
  return new ApiError(
    undefined,
    `failed to create typed patch object (${String(namespace)}/${String(name)}; ${version}, Kind=${String(kind)}): ${list}`,
  );
}

function expectation({ type, value }: Mistake): string {
  if (type === 'int32' || type === 'int64') return `numeric (int or float), got ${typeof value}`;
  if (type === 'bool') return `boolean, got &{${inGo(value)}}`;
  if (type === 'string') return `string, got &value.valueUnstructured{Value:${inGo(value)}}`;
  return `${'list' in type ? 'list' : 'map'}, got &{${typeof value === 'string' ? value : inGo(value)}}`;
}

/** As Go prints a value with its type. */
function inGo(value: Json): string {
  if (Array.isArray(value)) return `[]interface {}{${value.map(inGo).join(', ')}}`;
  if (!isJsonObject(value)) return JSON.stringify(value);
  const fields = Object.entries(value).map(([key, item = null]) => `${JSON.stringify(key)}:${inGo(item)}`);
  return `map[string]interface {}{${fields.join(', ')}}`;
}
