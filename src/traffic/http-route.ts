import { at, canonicalJson, equalJson, listAt, type Weight } from '../base/index.ts';
import type { JsonPatchOperation, KubeObject } from '../cluster/index.ts';

/** The Services between which the traffic of one app moves. */
export interface BackendNames {
  /** The app's own Service. */
  readonly entry: string;
  readonly blue: string;
  readonly green: string;
}

/** Where the traffic of the app goes: to its own Service, or split between the slots (weights add up to 100). */
export type RouteTarget =
  | { readonly kind: 'entry' }
  | { readonly kind: 'split'; readonly blue: Weight; readonly green: Weight };

type BackendRef = Readonly<Record<string, unknown>>;

/** The backends of one rule, as they stand. */
export interface RuleImage {
  readonly rule: number;
  readonly backendRefs: readonly BackendRef[];
}

/** With other backends beside the app's, each share is counted in hundredths of a weight. */
const scale = 100;

/** The rules that send to the app, with their backends. */
export function readRules(route: KubeObject, names: BackendNames): RuleImage[] {
  const rules = at(route, 'spec', 'rules');
  if (!Array.isArray(rules)) return [];
  return rules.flatMap((rule, index): RuleImage[] => {
    const refs = at(rule, 'backendRefs');
    if (!Array.isArray(refs) || !refs.some((ref: BackendRef) => isOurs(ref, route, names))) return [];
    return [{ rule: index, backendRefs: refs }];
  });
}

/** Where the route sends now; undefined when its rules disagree or mix both forms. */
export function readTarget(route: KubeObject, names: BackendNames): RouteTarget | undefined {
  return commonTarget(readRules(route, names), route, names);
}

function commonTarget(
  rules: readonly RuleImage[],
  route: KubeObject,
  names: BackendNames,
): RouteTarget | undefined {
  const targets = rules.map(({ backendRefs }) => targetOf(backendRefs, route, names));
  const [first] = targets;
  return targets.every((target) => equalJson(target, first)) ? first : undefined;
}

/** Whether callers of the app are answered by somebody else as well: a rule of it has another backend with a share. */
export function sharesCallers(route: KubeObject, names: BackendNames): boolean {
  return readRules(route, names).some(({ backendRefs }) =>
    backendRefs.some((ref) => !isOurs(ref, route, names) && weightOf(ref) > 0),
  );
}

/** Whether a route sends anything to one of the app's Services: a rule gives it a share. */
export function sendsTo(route: KubeObject, names: BackendNames, service: string): boolean {
  return readRules(route, names).some(({ backendRefs }) =>
    backendRefs.some((ref) => isOurs(ref, route, names) && ref.name === service && weightOf(ref) > 0),
  );
}

function targetOf(
  refs: readonly BackendRef[],
  route: KubeObject,
  names: BackendNames,
): RouteTarget | undefined {
  const ours = refs.filter((ref) => isOurs(ref, route, names));
  if (ours.every(({ name }) => name === names.entry)) return { kind: 'entry' };
  if (ours.some(({ name }) => name === names.entry)) return undefined;
  const share = (slot: string) =>
    ours.filter(({ name }) => name === slot).reduce((sum, ref) => sum + weightOf(ref), 0);
  const [blue, green] = [share(names.blue), share(names.green)];
  const total = blue + green;
  if (total === 0) return undefined;
  return { kind: 'split', blue: Math.round((100 * blue) / total), green: Math.round((100 * green) / total) };
}

/**
 * The same route sent elsewhere: what each rule of the app should look like. Filters, ports and the order of backends
 * are kept, and so is the share of whoever else the rule sends to.
 */
export function retarget(route: KubeObject, names: BackendNames, target: RouteTarget): RuleImage[] {
  const belongs = (ref: BackendRef) => isOurs(ref, route, names);
  return readRules(route, names).map(({ rule, backendRefs }) => {
    const whole = backendRefs.some((ref) => belongs(ref) && ref.name !== names.entry)
      ? joinSlots(backendRefs, names, belongs)
      : backendRefs;
    if (target.kind === 'entry') return { rule, backendRefs: whole };
    const { blue, green } = target;
    const split = whole.flatMap((ref): BackendRef[] => {
      const weight = weightOf(ref);
      if (!belongs(ref)) return [{ ...ref, weight: weight * scale }];
      return [
        { ...ref, name: names.blue, weight: weight * blue },
        { ...ref, name: names.green, weight: weight * green },
      ];
    });
    return { rule, backendRefs: split };
  });
}

/**
 * The form that the rule had before it was split: each pair of slots becomes the app's own Service again. Shares that
 * somebody has set by hand meanwhile may be no whole hundreds, and the API takes whole weights only.
 */
function joinSlots(
  refs: readonly BackendRef[],
  names: BackendNames,
  belongs: (ref: BackendRef) => boolean,
): BackendRef[] {
  const slots = refs.filter((ref) => belongs(ref) && ref.name !== names.entry);
  const firsts = slots.filter(({ name }) => name === slots[0]?.name);
  const seconds = slots.filter(({ name }) => name !== slots[0]?.name);
  return refs.flatMap((ref): BackendRef[] => {
    if (!belongs(ref)) return [{ ...ref, weight: Math.ceil(weightOf(ref) / scale) }];
    const index = firsts.indexOf(ref);
    if (index < 0) return [];
    const partner = seconds[index];
    const sum = weightOf(ref) + (partner === undefined ? 0 : weightOf(partner));
    return [{ ...ref, name: names.entry, weight: Math.ceil(sum / scale) }];
  });
}

/**
 * What the rules of the app should look like to be as in an image of them. Somebody may have added, removed or changed
 * rules since: the image then speaks of others, and the route is sent, as it stands now, where it went by the image, or
 * to the app's own Service, as between releases.
 */
export function restored(
  route: KubeObject,
  names: BackendNames,
  image: readonly RuleImage[],
): readonly RuleImage[] {
  const shape = (rules: readonly RuleImage[]) => shapeOf(rules, route, names);
  if (equalJson(shape(readRules(route, names)), shape(image))) return image;
  return retarget(route, names, commonTarget(image, route, names) ?? { kind: 'entry' });
}

/** What stays of the rules of the app wherever they are sent: their places and backends, slots named as the Service. */
function shapeOf(rules: readonly RuleImage[], route: KubeObject, names: BackendNames) {
  return rules.map(({ rule, backendRefs }) => {
    const backends = backendRefs.map(({ weight: _share, ...ref }) =>
      canonicalJson(isOurs(ref, route, names) ? { ...ref, name: names.entry } : ref),
    );
    return { rule, backends: [...new Set(backends)] };
  });
}

/** Writes rules over those that stand there, each tested before; none where nothing differs. */
export function ruleOperations(
  route: KubeObject,
  names: BackendNames,
  wanted: readonly RuleImage[],
): JsonPatchOperation[] {
  const current = new Map(readRules(route, names).map((image) => [image.rule, image.backendRefs]));
  return wanted.flatMap(({ rule, backendRefs }): JsonPatchOperation[] => {
    const path = `/spec/rules/${rule}/backendRefs`;
    const standing = current.get(rule);
    if (equalJson(standing, backendRefs)) return [];
    return [
      { op: 'test', path, value: standing ?? null },
      { op: 'replace', path, value: backendRefs },
    ];
  });
}

/** On the way back, the side that is left may be gone already: nobody needs its backend any more. */
export type Way = 'forward' | 'back';

/**
 * Why the gateway does not follow the route yet; undefined once every parent has accepted this generation of it with
 * all backends resolved. This is the control plane's word only: the data plane is proven by answers.
 */
export function notAcceptedBecause(route: KubeObject, way: Way = 'forward'): string | undefined {
  const parents = listAt(route, 'status', 'parents');
  const count = listAt(route, 'spec', 'parentRefs').length;
  if (parents.length < count || count === 0) return `${parents.length} of ${count} gateways have answered`;
  for (const parent of parents) {
    for (const type of ['Accepted', 'ResolvedRefs']) {
      const mayBeFalse = type === 'ResolvedRefs' && way === 'back';
      const reason = conditionProblem(parent, type, route.metadata.generation ?? 0, mayBeFalse);
      if (reason !== undefined) return `gateway ${String(at(parent, 'parentRef', 'name'))}: ${reason}`;
    }
  }
  return undefined;
}

function conditionProblem(
  parent: unknown,
  type: string,
  generation: number,
  mayBeFalse: boolean,
): string | undefined {
  const condition = listAt(parent, 'conditions').find((entry) => at(entry, 'type') === type);
  if (condition === undefined) return `no condition ${type} yet`;
  const observed = Number(at(condition, 'observedGeneration') ?? 0);
  if (observed < generation) return `${type} is of generation ${observed}, the route is at ${generation}`;
  if (mayBeFalse || at(condition, 'status') === 'True') return undefined;
  return `${type} is ${String(at(condition, 'status'))}: ${String(at(condition, 'reason'))} ${String(at(condition, 'message') ?? '')}`;
}

function isOurs(ref: BackendRef, route: KubeObject, names: BackendNames): boolean {
  const kind = ref.kind ?? 'Service';
  const namespace = ref.namespace ?? route.metadata.namespace;
  if (kind !== 'Service' || (ref.group ?? '') !== '' || namespace !== route.metadata.namespace) return false;
  return ref.name === names.entry || ref.name === names.blue || ref.name === names.green;
}

function weightOf(ref: BackendRef): number {
  return typeof ref.weight === 'number' ? ref.weight : 1;
}
