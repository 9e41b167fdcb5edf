import { at, StreamGateError } from '../../base/index.ts';
import { resources } from '../resources.ts';
import type { Store, StoredObject } from '../store.ts';

type Environment = Record<string, string>;

/**
 * The environment of a container as its manifest describes it, over what the image brings.
 * Throws when it names a ConfigMap, a Secret or a key that does not exist.
 */
export function resolveEnvironment(
  store: Store,
  pod: StoredObject,
  container: StoredObject,
  image: Readonly<Environment>,
): Environment {
  const env: Environment = { ...image };
  const sources: readonly StoredObject[] = container.envFrom ?? [];
  for (const { prefix = '', configMapRef, secretRef } of sources) {
    const data = configMapRef
      ? readMap(store, pod, configMapRef)
      : secretRef
        ? readSecret(store, pod, secretRef)
        : {};
    for (const [key, value] of Object.entries(data)) env[`${prefix}${key}`] = value;
  }
  const variables: readonly StoredObject[] = container.env ?? [];
  for (const { name, value, valueFrom } of variables) {
    const resolved = valueFrom === undefined ? expand(value ?? '', env) : readSource(store, pod, valueFrom);
    if (resolved !== undefined) env[name] = resolved;
  }
  return env;
}

/** `$(NAME)` of a variable that came before; `$$(NAME)` stays as it is. */
function expand(text: string, env: Readonly<Environment>): string {
  return text.replace(/\$\$|\$\(([A-Za-z_][\w.-]*)\)/g, (whole, name: string | undefined) =>
    name === undefined ? '$' : (env[name] ?? whole),
  );
}

function readSource(store: Store, pod: StoredObject, source: StoredObject): string | undefined {
  const { fieldRef, configMapKeyRef, secretKeyRef } = source;
  if (fieldRef) return readField(pod, fieldRef.fieldPath);
  const ref = configMapKeyRef ?? secretKeyRef;
  if (ref === undefined) return undefined;
  const data = configMapKeyRef ? readMap(store, pod, ref) : readSecret(store, pod, ref);
  const value = data[ref.key];
  if (value === undefined && ref.optional !== true) {
    throw new StreamGateError('NotFound', `couldn't find key ${ref.key} in ${ref.name}`);
  }
  return value;
}

function readField(pod: StoredObject, fieldPath: string): string {
  const [, map = '', key = ''] = /^metadata\.(labels|annotations)\['(.+)'\]$/.exec(fieldPath) ?? [];
  const value = map ? at(pod.metadata, map, key) : at(pod, ...fieldPath.split('.'));
  return value === undefined ? '' : String(value);
}

function readMap(store: Store, pod: StoredObject, ref: StoredObject): Readonly<Environment> {
  return find(
    store.get(resources.configmaps, pod.metadata.namespace ?? '', String(ref.name)),
    'configmap',
    ref,
  );
}

function readSecret(store: Store, pod: StoredObject, ref: StoredObject): Readonly<Environment> {
  const data = find(
    store.get(resources.secrets, pod.metadata.namespace ?? '', String(ref.name)),
    'secret',
    ref,
  );
  return Object.fromEntries(
    Object.entries(data).map(([key, value]) => [key, Buffer.from(value, 'base64').toString('utf8')]),
  );
}

function find(object: StoredObject | undefined, what: string, ref: StoredObject): Readonly<Environment> {
  if (object === undefined && ref.optional !== true) {
    throw new StreamGateError('NotFound', `${what} "${ref.name}" not found`);
  }
  return object?.data ?? {};
}
