import { at, isJsonObject, listAt } from '../../base/index.ts';
import { describeRef, type KubeObject, matchesSelector, refOf } from '../../cluster/index.ts';
import type { SelectorMatch } from '../../evidence/index.ts';

type Labels = Readonly<Record<string, unknown>>;

/** The labels of the pods of both sides. */
export interface SideLabels {
  /** Undefined when nothing is live. */
  readonly stable: Labels | undefined;
  readonly candidate: Labels;
}

/** Everything among the objects whose selector finds pods of either side, or would. */
export function matchSelectors(objects: readonly KubeObject[], sides: SideLabels): readonly SelectorMatch[] {
  return objects.flatMap((object) =>
    selectorsOf(object).flatMap(({ selector, effect }): SelectorMatch[] => {
      const stable = sides.stable === undefined ? null : selects(selector, sides.stable);
      const candidate = selects(selector, sides.candidate);
      if (stable !== true && !candidate) return [];
      return [{ object: describeRef(refOf(object)), effect, stable, candidate }];
    }),
  );
}

interface Selecting {
  readonly selector: unknown;
  readonly effect: string;
}

/** What an object selects pods by, each with what becomes of them. */
function selectorsOf(object: KubeObject): readonly Selecting[] {
  switch (object.kind) {
    case 'Service': {
      const matchLabels = at(object, 'spec', 'selector');
      // Without a selector its endpoints are somebody's own.
      if (!isJsonObject(matchLabels) || Object.keys(matchLabels).length === 0) return [];
      return [{ selector: { matchLabels }, effect: 'sends traffic' }];
    }
    case 'PodDisruptionBudget':
      return [{ selector: at(object, 'spec', 'selector') ?? {}, effect: 'limits evictions' }];
    case 'NetworkPolicy':
      return [
        { selector: at(object, 'spec', 'podSelector') ?? {}, effect: 'limits connections' },
        ...peersOf(object, 'ingress', 'from', 'allows connections from them'),
        ...peersOf(object, 'egress', 'to', 'allows connections to them'),
      ];
    default:
      return [];
  }
}

/** Peers of the same namespace only: what a `namespaceSelector` finds is another question. */
function peersOf(policy: KubeObject, rules: string, side: string, effect: string): readonly Selecting[] {
  return listAt(policy, 'spec', rules)
    .flatMap((rule) => listAt(rule, side))
    .filter((peer) => at(peer, 'podSelector') !== undefined && at(peer, 'namespaceSelector') === undefined)
    .map((peer) => ({ selector: at(peer, 'podSelector'), effect }));
}

/** Whether a label selector matches: to policies and budgets, an empty one is every pod. */
export function selects(selector: unknown, labels: Labels): boolean {
  const isEmpty = ['matchLabels', 'matchExpressions'].every(
    (field) => Object.keys(Object(at(selector, field) ?? {})).length === 0,
  );
  return isEmpty || matchesSelector(selector, labels);
}
