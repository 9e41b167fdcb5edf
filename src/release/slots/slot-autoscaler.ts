import { at, fieldsAt, listAt } from '../../base/index.ts';
import {
  type JsonPatchOperation,
  type KubeObject,
  type ObjectRef,
  removeField,
  replaceField,
} from '../../cluster/index.ts';
import { appLabel, deploymentRef, managedByLabel, manager, type Names, type Slot } from './names.ts';
import { ourMeta } from './slot-objects.ts';

export const autoscalerKind = { apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler' };

/** On an autoscaler whose limits a release holds: what they were, and what they are held at. */
export const limitsAnnotation = 'streamgate.io/limits';

/** Between which sizes an autoscaler may move its workload. */
export interface Limits {
  readonly min: number;
  readonly max: number;
}

interface HeldLimits {
  /** What the limits fall back to. */
  readonly given: Limits;
  readonly held: Limits;
}

export function autoscalerRef(names: Names, slot: Slot): ObjectRef {
  return { ...autoscalerKind, namespace: names.namespace, name: `${names.app}-${slot}` };
}

/** Name of the Deployment that an autoscaler moves; undefined when it moves something else. */
export function targetOf(autoscaler: KubeObject): string | undefined {
  const target = at(autoscaler, 'spec', 'scaleTargetRef');
  const name = at(target, 'name');
  return at(target, 'kind') === 'Deployment' && typeof name === 'string' ? name : undefined;
}

export function isOfApp({ metadata: { labels } }: KubeObject, app: string): boolean {
  return labels?.[managedByLabel] === manager && labels[appLabel] === app;
}

/** The autoscaler of one slot: the user's, led to that slot, and held at `size` as its floor. */
export function slotAutoscaler(
  model: KubeObject,
  names: Names,
  slot: Slot,
  size: number,
  token: number,
): KubeObject {
  const given = givenLimits(model);
  const held = heldAt(given, size);
  const metadata = ourMeta(names, autoscalerRef(names, slot).name, slot, token);
  return {
    ...autoscalerKind,
    metadata: { ...metadata, annotations: { ...metadata.annotations, ...noteOf({ given, held }) } },
    spec: {
      ...fieldsAt(model, 'spec'),
      scaleTargetRef: leadTo(names, slot),
      minReplicas: held.min,
      maxReplicas: held.max,
    },
  };
}

export function leadTo(names: Names, slot: Slot): Readonly<Record<string, string>> {
  const { apiVersion, kind, name } = deploymentRef(names, slot);
  return { apiVersion, kind, name };
}

/** Its limits as the user gave them, also while a release holds them higher. */
export function givenLimits(autoscaler: KubeObject): Limits {
  return heldLimits(autoscaler)?.given ?? standingLimits(autoscaler);
}

/** Whether a release holds its limits higher than they were given. */
export function isHeld(autoscaler: KubeObject): boolean {
  const held = heldLimits(autoscaler);
  return held !== undefined && held.given.min !== standingLimits(autoscaler).min;
}

/** Operations after which it never goes below `size`; none when it does not anyway. Only ever raises. */
export function raiseLimits(autoscaler: KubeObject, size: number): readonly JsonPatchOperation[] {
  const standing = standingLimits(autoscaler);
  const held = heldAt(standing, size);
  if (held.min === standing.min && held.max === standing.max) return [];
  return [
    ...replaceField(autoscaler, ['spec', 'minReplicas'], held.min),
    ...replaceField(autoscaler, ['spec', 'maxReplicas'], held.max),
    ...replaceField(
      autoscaler,
      ['metadata', 'annotations', limitsAnnotation],
      noteOf({ given: givenLimits(autoscaler), held })[limitsAnnotation],
    ),
  ];
}

/** Operations that give the limits back. One that somebody else has changed meanwhile stays as that person wants it. */
export function restoreLimits(autoscaler: KubeObject): readonly JsonPatchOperation[] {
  const note = heldLimits(autoscaler);
  if (note === undefined) return [];
  const { given, held } = note;
  const standing = standingLimits(autoscaler);
  return [
    ...(standing.min === held.min ? replaceField(autoscaler, ['spec', 'minReplicas'], given.min) : []),
    ...(standing.max === held.max ? replaceField(autoscaler, ['spec', 'maxReplicas'], given.max) : []),
    ...forgetLimits(autoscaler),
  ];
}

/** Operations that take the note of held limits away, once they are given back. */
export function forgetLimits(autoscaler: KubeObject): readonly JsonPatchOperation[] {
  return removeField(autoscaler, ['metadata', 'annotations', limitsAnnotation]);
}

/** Operations that bring the note of another one over. */
export function noteLimits(autoscaler: KubeObject, { metadata }: KubeObject): readonly JsonPatchOperation[] {
  return replaceField(
    autoscaler,
    ['metadata', 'annotations', limitsAnnotation],
    metadata.annotations?.[limitsAnnotation],
  );
}

/** Whether its metrics ask for fewer pods than the floor allows: it would shrink as soon as the floor falls. */
export function leansOnFloor(autoscaler: KubeObject): boolean {
  const conditions = listAt(autoscaler, 'status', 'conditions');
  const limited = conditions.find((condition) => at(condition, 'type') === 'ScalingLimited');
  return at(limited, 'status') === 'True' && at(limited, 'reason') === 'TooFewReplicas';
}

function standingLimits(autoscaler: KubeObject): Limits {
  const min = Number(at(autoscaler, 'spec', 'minReplicas') ?? 1);
  return { min, max: Number(at(autoscaler, 'spec', 'maxReplicas') ?? min) };
}

function heldAt({ min, max }: Limits, size: number): Limits {
  return { min: Math.max(min, size), max: Math.max(max, size) };
}

/** `2-10 held at 4-10` */
function noteOf({ given, held }: HeldLimits): Readonly<Record<string, string>> {
  return { [limitsAnnotation]: `${given.min}-${given.max} held at ${held.min}-${held.max}` };
}

function heldLimits({ metadata }: KubeObject): HeldLimits | undefined {
  const match = /^(\d+)-(\d+) held at (\d+)-(\d+)$/.exec(metadata.annotations?.[limitsAnnotation] ?? '');
  if (match === null) return undefined;
  const [min, max, heldMin, heldMax] = match.slice(1).map(Number);
  return {
    given: { min: min ?? 1, max: max ?? 1 },
    held: { min: heldMin ?? 1, max: heldMax ?? 1 },
  };
}
