import { at, isJsonObject } from '../../base/index.ts';
import type { KubeObject } from '../../cluster/index.ts';
import { podSpecOf, withPodSpec } from './pod-template.ts';

export type ConfigKind = 'ConfigMap' | 'Secret';

/** One place of a pod template that reads a ConfigMap or Secret. */
export interface ConfigRef {
  readonly kind: ConfigKind;
  readonly name: string;
  /** The pod starts without it, too. */
  readonly optional: boolean;
  /** Keys that it names one by one; none when it takes all that is there. */
  readonly keys: readonly string[];
  /** For messages: `variable GREETING of container app`. */
  readonly where: string;
}

/** Gives the name that a reference is to have. */
type Rename = (ref: ConfigRef) => string;
type Fields = Readonly<Record<string, unknown>>;

/** Every reference of a workload's pod template to a ConfigMap or Secret: variables, whole maps and volumes. */
export function configRefs(workload: KubeObject): readonly ConfigRef[] {
  const refs: ConfigRef[] = [];
  renameConfig(workload, (ref) => {
    refs.push(ref);
    return ref.name;
  });
  return refs;
}

/** The workload with other names in those places, and nothing else changed. */
export function renameConfig(workload: KubeObject, rename: Rename): KubeObject {
  const podSpec = podSpecOf(workload);
  if (!isJsonObject(podSpec)) return workload;
  let renamed: Fields = changeList(podSpec, 'volumes', (volume) => renameVolume(volume, rename));
  for (const list of ['initContainers', 'containers', 'ephemeralContainers']) {
    renamed = changeList(renamed, list, (container) => renameContainer(container, rename));
  }
  return withPodSpec(workload, renamed);
}

function renameContainer(container: Fields, rename: Rename): Fields {
  const inContainer = `of container ${String(container.name)}`;
  const whole = changeList(container, 'envFrom', (source) => {
    const where = `envFrom ${inContainer}`;
    const maps = changeRef(source, 'configMapRef', { kind: 'ConfigMap', where }, rename);
    return changeRef(maps, 'secretRef', { kind: 'Secret', where }, rename);
  });
  return changeList(whole, 'env', (variable) => {
    if (!isJsonObject(variable.valueFrom)) return variable;
    const where = `variable ${String(variable.name)} ${inContainer}`;
    const maps = changeRef(variable.valueFrom, 'configMapKeyRef', { kind: 'ConfigMap', where }, rename);
    return { ...variable, valueFrom: changeRef(maps, 'secretKeyRef', { kind: 'Secret', where }, rename) };
  });
}

function renameVolume(volume: Fields, rename: Rename): Fields {
  const where = `volume ${String(volume.name)}`;
  const maps = changeRef(volume, 'configMap', { kind: 'ConfigMap', where }, rename);
  const both = changeRef(maps, 'secret', { kind: 'Secret', where, nameIn: 'secretName' }, rename);
  if (!isJsonObject(both.projected)) return both;
  const projected = changeList(both.projected, 'sources', (source) => {
    const projectedMaps = changeRef(source, 'configMap', { kind: 'ConfigMap', where }, rename);
    return changeRef(projectedMaps, 'secret', { kind: 'Secret', where }, rename);
  });
  return { ...both, projected };
}

interface Place {
  readonly kind: ConfigKind;
  readonly where: string;
  /** The field that holds the name; `name` when left out. */
  readonly nameIn?: string;
}

function changeRef(owner: Fields, field: string, place: Place, rename: Rename): Fields {
  const { kind, where, nameIn = 'name' } = place;
  const ref = owner[field];
  if (!isJsonObject(ref)) return owner;
  const name = ref[nameIn];
  if (typeof name !== 'string' || name === '') return owner;
  const items = Array.isArray(ref.items) ? ref.items : [ref];
  const keys = items.map((item) => at(item, 'key')).filter((key) => typeof key === 'string');
  return {
    ...owner,
    [field]: { ...ref, [nameIn]: rename({ kind, name, optional: ref.optional === true, keys, where }) },
  };
}

function changeList(owner: Fields, field: string, change: (item: Fields) => Fields): Fields {
  const list = owner[field];
  if (!Array.isArray(list)) return owner;
  return { ...owner, [field]: list.map((item: unknown) => (isJsonObject(item) ? change(item) : item)) };
}
