import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { JsonPatchOperation, KubeObject } from '../../../src/cluster/index.ts';
import { sortCompanions } from '../../../src/release/desired/sort-companions.ts';
import {
  givenLimits,
  isHeld,
  leansOnFloor,
  limitsAnnotation,
  raiseLimits,
  restoreLimits,
} from '../../../src/release/slots/slot-autoscaler.ts';
import { coversLabels, narrowedSpec } from '../../../src/release/slots/slot-budget.ts';
import { autoscaler, budget } from '../../support/companions.ts';
import { manifests } from '../../support/release-lab.ts';

const [workload] = manifests({ VERSION: 'v1' }) as [KubeObject];

/** An autoscaler as it stands in a cluster: with annotations, as one that carries a token has. */
function standing(min: number, max: number): KubeObject {
  const object = autoscaler({ min, max });
  return { ...object, metadata: { ...object.metadata, annotations: { 'streamgate.io/token': '1' } } };
}

function patched(object: KubeObject, operations: readonly JsonPatchOperation[]): KubeObject {
  const copy = structuredClone(object) as unknown as Record<string, Record<string, Record<string, unknown>>>;
  for (const operation of operations) {
    const path = operation.path
      .slice(1)
      .split('/')
      .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
    const last = path.pop() ?? '';
    const holder = path.reduce<Record<string, unknown>>(
      (at, key) => at[key] as Record<string, unknown>,
      copy,
    );
    if (operation.op === 'remove') delete holder[last];
    else if (operation.op === 'test') expect(holder[last]).toEqual(operation.value);
    else holder[last] = operation.value;
  }
  return copy as unknown as KubeObject;
}

const limits = fc
  .tuple(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 0, max: 50 }))
  .map(([min, more]) => ({ min, max: min + more }));
const sizes = fc.array(fc.integer({ min: 1, max: 120 }), { minLength: 1, maxLength: 5 });

describe('held limits', () => {
  it('never let a size go below what was asked for, and are given back exactly', () => {
    fc.assert(
      fc.property(limits, sizes, ({ min, max }, held) => {
        const before = standing(min, max);
        const raised = held.reduce((object, size) => patched(object, raiseLimits(object, size)), before);
        const spec = raised.spec as { minReplicas: number; maxReplicas: number };
        expect(spec.minReplicas).toBe(Math.max(min, ...held));
        expect(spec.maxReplicas).toBe(Math.max(max, ...held));
        expect(givenLimits(raised)).toEqual({ min, max });
        expect(patched(raised, restoreLimits(raised))).toEqual(before);
      }),
    );
  });

  it('are written once: the same size again changes nothing', () => {
    const raised = patched(standing(2, 10), raiseLimits(standing(2, 10), 6));
    expect(raiseLimits(raised, 6)).toEqual([]);
    expect(raised.metadata.annotations?.[limitsAnnotation]).toBe('2-10 held at 6-10');
    expect(isHeld(raised)).toBe(true);
  });

  it('that somebody has changed meanwhile stay as that person wants them', () => {
    const raised = patched(standing(2, 10), raiseLimits(standing(2, 10), 6));
    const changed = { ...raised, spec: { ...(raised.spec as object), minReplicas: 8 } };
    const after = patched(changed, restoreLimits(changed));
    expect(after.spec).toMatchObject({ minReplicas: 8, maxReplicas: 10 });
    expect(after.metadata.annotations).not.toHaveProperty([limitsAnnotation]);
  });

  it('are leaned on when the metrics ask for fewer pods', () => {
    const withCondition = (reason: string, status = 'True') => ({
      ...standing(2, 10),
      status: { conditions: [{ type: 'ScalingLimited', status, reason }] },
    });
    expect(leansOnFloor(withCondition('TooFewReplicas'))).toBe(true);
    expect(leansOnFloor(withCondition('TooManyReplicas'))).toBe(false);
    expect(leansOnFloor(withCondition('DesiredWithinRange', 'False'))).toBe(false);
    expect(leansOnFloor(standing(2, 10))).toBe(false);
  });
});

describe('autoscalers and budgets of the manifests', () => {
  const sort = (...objects: readonly KubeObject[]) => {
    const problems: string[] = [];
    return { ...sortCompanions(objects, workload, problems), problems };
  };

  it('are found by what they scale and cover', () => {
    const other = autoscaler({ target: 'worker' });
    const elsewhere = budget({ selector: { matchLabels: { app: 'worker' } } });
    const found = sort(autoscaler(), budget(), other, elsewhere);
    expect(found.autoscalers).toEqual([autoscaler()]);
    expect(found.budgets).toEqual([budget()]);
    expect(found.rest).toEqual([other, elsewhere]);
  });

  it('of version 1 are read as version 2', () => {
    const { metrics: _metrics, ...spec } = autoscaler().spec as Record<string, unknown>;
    const old = {
      ...autoscaler(),
      apiVersion: 'autoscaling/v1',
      spec: { ...spec, targetCPUUtilizationPercentage: 70 },
    };
    expect(sort(old).autoscalers).toEqual([autoscaler()]);
  });

  it('are refused when two scale the workload', () => {
    const second = { ...autoscaler(), metadata: { name: 'second' } };
    expect(sort(autoscaler(), second).problems).toEqual([
      'Deployment shop has 2 autoscalers (shop, second), which would work against each other: keep one of them',
    ]);
  });
});

describe('the selector of a budget', () => {
  const covers = (selector: object, labels: Record<string, string>) =>
    coversLabels(budget({ selector }), labels);

  it.each([
    [{ matchLabels: { app: 'shop' } }, true],
    [{ matchLabels: { app: 'other' } }, false],
    [{}, true],
    [{ matchLabels: { app: 'shop', 'streamgate.io/slot': 'blue' } }, true],
    [{ matchExpressions: [{ key: 'app', operator: 'In', values: ['shop'] }] }, true],
    [{ matchExpressions: [{ key: 'app', operator: 'NotIn', values: ['shop'] }] }, false],
    [{ matchExpressions: [{ key: 'app', operator: 'Exists' }] }, true],
    [{ matchExpressions: [{ key: 'tier', operator: 'DoesNotExist' }] }, true],
    [{ matchExpressions: [{ key: 'tier', operator: 'Exists' }] }, false],
    [{ matchExpressions: [{ key: 'app', operator: 'Like' }] }, false],
  ])('%j', (selector, answer) => {
    expect(covers(selector, { app: 'shop' })).toBe(answer);
  });

  it('takes none when it is not there', () => {
    expect(coversLabels({ ...budget(), spec: {} }, { app: 'shop' })).toBe(false);
  });

  it('is narrowed by the slot beside what stands there', () => {
    const expressions = [{ key: 'app', operator: 'Exists' }];
    expect(narrowedSpec({ minAvailable: 1, selector: { matchExpressions: expressions } }, 'green')).toEqual({
      minAvailable: 1,
      selector: { matchExpressions: expressions, matchLabels: { 'streamgate.io/slot': 'green' } },
    });
  });
});
