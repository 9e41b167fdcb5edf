import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { at } from '../../../src/base/index.ts';
import type { KubeObject } from '../../../src/cluster/index.ts';
import {
  notAcceptedBecause,
  readRules,
  readTarget,
  restored,
  retarget,
  ruleOperations,
  sendsTo,
  sharesCallers,
} from '../../../src/traffic/http-route.ts';

const names = { entry: 'shop', blue: 'shop-blue', green: 'shop-green' };
const allBlue = { kind: 'split', blue: 100, green: 0 } as const;
const allGreen = { kind: 'split', blue: 0, green: 100 } as const;

type Ref = Readonly<Record<string, unknown>>;

function route(...rules: readonly (readonly Ref[])[]): KubeObject {
  return {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: { name: 'shop', namespace: 'default' },
    spec: { parentRefs: [{ name: 'web' }], rules: rules.map((backendRefs) => ({ backendRefs })) },
  };
}

/** The route as it stands once it was sent elsewhere. */
function sent(before: KubeObject, target: Parameters<typeof retarget>[2]): KubeObject {
  const rules = at(before, 'spec', 'rules');
  const wanted = new Map(retarget(before, names, target).map(({ rule, backendRefs }) => [rule, backendRefs]));
  const changed = Array.isArray(rules)
    ? rules.map((rule, index) => ({ ...rule, backendRefs: wanted.get(index) ?? rule.backendRefs }))
    : [];
  return { ...before, spec: { parentRefs: [{ name: 'web' }], rules: changed } };
}

const shop = { name: 'shop', port: 80, weight: 1 };
const other = { name: 'search', port: 80, weight: 3 };

describe('the rules of an app', () => {
  it('are those that send to its Service or to one of its slots', () => {
    const found = readRules(route([other], [shop], [{ ...shop, name: 'shop-green' }]), names);
    expect(found.map(({ rule }) => rule)).toEqual([1, 2]);
  });

  it.each([
    ['of another kind', { ...shop, kind: 'ServiceImport' }],
    ['of another API group', { ...shop, group: 'multicluster.x-k8s.io' }],
    ['of another namespace', { ...shop, namespace: 'staging' }],
    ['with another name', { ...shop, name: 'shop2' }],
  ])('are not those with a backend %s', (_what, ref) => {
    expect(readRules(route([ref]), names)).toEqual([]);
  });

  it('name the namespace of the route with or without saying so', () => {
    expect(
      readRules(route([{ ...shop, namespace: 'default', group: '', kind: 'Service' }]), names),
    ).toHaveLength(1);
  });

  it('are none in a route without rules, or with a rule that only redirects', () => {
    const bare = route();
    expect(readRules({ ...bare, spec: {} }, names)).toEqual([]);
    expect(
      readRules({ ...bare, spec: { rules: [{ filters: [{ type: 'RequestRedirect' }] }] } }, names),
    ).toEqual([]);
  });
});

describe('where a route sends', () => {
  it('is the entry Service as long as no rule names a slot', () => {
    expect(readTarget(route([shop], [other, shop]), names)).toEqual({ kind: 'entry' });
  });

  it('is a split, told in percent', () => {
    const refs = [
      { ...shop, name: 'shop-blue', weight: 150 },
      { ...shop, name: 'shop-green', weight: 50 },
    ];
    expect(readTarget(route(refs), names)).toEqual({ kind: 'split', blue: 75, green: 25 });
  });

  it.each([
    ['its rules disagree', route([shop], [{ ...shop, name: 'shop-blue' }])],
    ['a rule names the Service and a slot', route([shop, { ...shop, name: 'shop-blue' }])],
    ['no slot gets anything', route([{ ...shop, name: 'shop-blue', weight: 0 }])],
    ['it does not send to the app', route([other])],
  ])('is not known when %s', (_why, given) => {
    expect(readTarget(given, names)).toBeUndefined();
  });
});

describe('a route that is sent elsewhere', () => {
  it('names both slots beside each other, in the place of the Service', () => {
    const [image] = retarget(route([other, shop, { ...other, name: 'last' }]), names, allBlue);
    expect(image?.backendRefs).toEqual([
      { name: 'search', port: 80, weight: 300 },
      { name: 'shop-blue', port: 80, weight: 100 },
      { name: 'shop-green', port: 80, weight: 0 },
      { name: 'last', port: 80, weight: 300 },
    ]);
  });

  it('keeps filters and ports of the backend', () => {
    const filters = [{ type: 'RequestHeaderModifier', requestHeaderModifier: { set: [] } }];
    const [image] = retarget(route([{ ...shop, port: 8080, filters }]), names, allGreen);
    expect(image?.backendRefs).toMatchObject([
      { name: 'shop-blue', port: 8080, filters, weight: 0 },
      { name: 'shop-green', port: 8080, filters, weight: 100 },
    ]);
  });

  it('changes every rule of the app and no other', () => {
    const images = retarget(route([shop], [other], [shop]), names, allGreen);
    expect(images.map(({ rule }) => rule)).toEqual([0, 2]);
  });

  it('counts a backend without a weight as 1, as the API does', () => {
    const [image] = retarget(route([{ name: 'shop', port: 80 }]), names, allGreen);
    expect(image?.backendRefs.map(({ weight }) => weight)).toEqual([0, 100]);
  });

  it('gives a slot that was named alone, by hand, back to the Service', () => {
    const [image] = retarget(route([{ ...shop, name: 'shop-green', weight: 100 }]), names, { kind: 'entry' });
    expect(image?.backendRefs).toEqual([{ name: 'shop', port: 80, weight: 1 }]);
  });
});

describe('a route that is put back as an image has it', () => {
  const account = { name: 'shop', port: 81, weight: 1 };
  const [blue, green] = [
    { ...shop, name: 'shop-blue', weight: 0 },
    { ...shop, name: 'shop-green', weight: 100 },
  ];
  /** What the rules that a person has changed meanwhile become. */
  const back = (before: KubeObject, meanwhile: KubeObject) =>
    restored(meanwhile, names, readRules(before, names)).map(({ rule, backendRefs }) => [rule, backendRefs]);

  it('given weights that somebody has set by hand, has those of the image', () => {
    const byHand = route([
      { ...blue, weight: 60 },
      { ...green, weight: 41 },
    ]);
    expect(back(route([shop]), byHand)).toEqual([[0, [shop]]]);
  });

  it.each<readonly [string, KubeObject, KubeObject, unknown]>([
    ['put in front of it', route([shop]), route([other], [blue, green]), [[1, [shop]]]],
    ['taken away in front of it', route([other], [shop]), route([blue, green]), [[0, [shop]]]],
    [
      'added that leads to the app as well',
      route([shop]),
      route([blue, green], [account]),
      [
        [0, [shop]],
        [1, [account]],
      ],
    ],
    [
      'put in another order',
      route([shop], [account]),
      sent(route([account], [shop]), allGreen),
      [
        [0, [account]],
        [1, [shop]],
      ],
    ],
  ])('given a rule that was %s, leads there as it stands now', (_what, before, meanwhile, wanted) => {
    expect(back(before, meanwhile)).toEqual(wanted);
  });

  it('given an image of a split, is split as that one was', () => {
    const meanwhile = route([other], [shop]);
    expect(back(route([blue, green]), meanwhile)).toEqual([[1, [blue, green]]]);
  });

  it('given no image, leads to the Service, in whole weights', () => {
    const byHand = route([{ ...green, weight: 1 }, other]);
    expect(restored(byHand, names, [])).toEqual([{ rule: 0, backendRefs: [shop, { ...other, weight: 1 }] }]);
  });
});

const weight = fc.integer({ min: 0, max: 1_000 });
const port = fc.constantFrom(80, 8080, 9090);
const backend = fc.record({
  name: fc.constantFrom('shop', 'search', 'cart', 'shop-blue-legacy'),
  port,
  weight,
});
const anyRoute = fc
  .array(fc.array(backend, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 4 })
  .map((rules) => route(...rules));
const anySplit = fc
  .integer({ min: 0, max: 100 })
  .map((blue) => ({ kind: 'split', blue, green: 100 - blue }) as const);

const refsOf = (image: { readonly backendRefs: readonly Ref[] }) => image.backendRefs;
const weigh = (refs: readonly Ref[], wanted: (ref: Ref) => boolean) =>
  refs.filter(wanted).reduce((sum, ref) => sum + Number(ref.weight ?? 1), 0);
const isShop = ({ name }: Ref) => name === 'shop' || name === 'shop-blue' || name === 'shop-green';

describe('laws of retargeting', () => {
  it('to a split and back to the Service is the route as it was', () => {
    fc.assert(
      fc.property(anyRoute, anySplit, (before, split) => {
        expect(sent(sent(before, split), { kind: 'entry' })).toEqual(before);
      }),
    );
  });

  it('through any number of splits ends where the last one alone would', () => {
    fc.assert(
      fc.property(anyRoute, fc.array(anySplit, { maxLength: 4 }), anySplit, (before, splits, last) => {
        expect(sent(splits.reduce(sent, before), last)).toEqual(sent(before, last));
      }),
    );
  });

  it('put back as an image has it is the route as it was, wherever it was sent since', () => {
    fc.assert(
      fc.property(anyRoute, anySplit, anySplit, (before, split, last) => {
        for (const stood of [before, sent(before, split)]) {
          const image = readRules(stood, names);
          expect(restored(sent(stood, last), names, image)).toEqual(image);
        }
      }),
    );
  });

  it('asks for nothing when the route is as wanted', () => {
    fc.assert(
      fc.property(anyRoute, anySplit, (before, split) => {
        const after = sent(before, split);
        expect(ruleOperations(after, names, retarget(after, names, split))).toEqual([]);
      }),
    );
  });

  it('keeps the share of everybody else, and the sum', () => {
    fc.assert(
      fc.property(anyRoute, anySplit, (before, split) => {
        for (const image of retarget(before, names, split)) {
          const old = readRules(before, names).find(({ rule }) => rule === image.rule) ?? { backendRefs: [] };
          const total = (refs: readonly Ref[]) => weigh(refs, () => true);
          expect(total(refsOf(image))).toBe(100 * total(refsOf(old)));
          expect(weigh(refsOf(image), isShop)).toBe(100 * weigh(refsOf(old), isShop));
        }
      }),
    );
  });

  it('divides the share of the app as the split says', () => {
    fc.assert(
      fc.property(anyRoute, anySplit, (before, split) => {
        for (const image of retarget(before, names, split)) {
          const all = weigh(refsOf(image), isShop);
          expect(weigh(refsOf(image), ({ name }) => name === 'shop-blue') * 100).toBe(all * split.blue);
        }
      }),
    );
  });
});

describe('callers of the app', () => {
  it.each([
    ['are its own when no rule names anybody else', route([shop]), false],
    ['are shared when a rule gives somebody else a weight', route([shop, other]), true],
    ['are its own when somebody else has none', route([shop, { ...other, weight: 0 }]), false],
    ['are its own when somebody else has a rule of his own', route([shop], [other]), false],
  ])('%s', (_what, standing, shared) => {
    expect(sharesCallers(standing, names)).toBe(shared);
  });
});

describe('a Service of the app', () => {
  const green = { ...shop, name: 'shop-green' };
  it.each([
    ['gets nothing where no rule names it', route([shop]), false],
    ['gets nothing from a rule that gives it no share', route([shop, { ...green, weight: 0 }]), false],
    ['gets something from any rule that gives it one', route([shop], [other, green]), true],
    ['gets something where no weight is written', route([{ name: 'shop-green', port: 80 }]), true],
    ['of another namespace is another one', route([shop, { ...green, namespace: 'staging' }]), false],
  ])('%s', (_what, standing, sends) => {
    expect(sendsTo(standing, names, 'shop-green')).toBe(sends);
  });
});

describe('the operations of a change', () => {
  it('test each rule against what stands there before they replace it', () => {
    const before = route([shop], [other]);
    expect(ruleOperations(before, names, retarget(before, names, allGreen))).toEqual([
      { op: 'test', path: '/spec/rules/0/backendRefs', value: [shop] },
      {
        op: 'replace',
        path: '/spec/rules/0/backendRefs',
        value: [
          { name: 'shop-blue', port: 80, weight: 0 },
          { name: 'shop-green', port: 80, weight: 100 },
        ],
      },
    ]);
  });

  it('are none for what stands there already', () => {
    const before = route([shop]);
    expect(ruleOperations(before, names, readRules(before, names))).toEqual([]);
  });
});

describe('a gateway that does not follow yet', () => {
  const condition = (type: string, status = 'True', observedGeneration = 3) => ({
    type,
    status,
    observedGeneration,
    reason: 'BackendNotFound',
    message: 'no such Service',
  });
  const withStatus = (...parents: readonly unknown[]): KubeObject => {
    const bare = route([shop]);
    return { ...bare, metadata: { ...bare.metadata, generation: 3 }, status: { parents } };
  };
  const parent = (...conditions: readonly unknown[]) => ({ parentRef: { name: 'web' }, conditions });

  it('is one of nothing once every parent accepted this generation with all backends', () => {
    expect(
      notAcceptedBecause(withStatus(parent(condition('Accepted'), condition('ResolvedRefs')))),
    ).toBeUndefined();
  });

  it.each([
    ['no parent has answered', withStatus(), '0 of 1 gateways have answered'],
    [
      'a condition is missing',
      withStatus(parent(condition('Accepted'))),
      'gateway web: no condition ResolvedRefs yet',
    ],
    [
      'it is behind',
      withStatus(parent(condition('Accepted', 'True', 2), condition('ResolvedRefs'))),
      'gateway web: Accepted is of generation 2, the route is at 3',
    ],
    [
      'a backend is unknown',
      withStatus(parent(condition('Accepted'), condition('ResolvedRefs', 'False'))),
      'gateway web: ResolvedRefs is False: BackendNotFound no such Service',
    ],
    ['there is no status at all', route([shop]), '0 of 1 gateways have answered'],
  ])('says so when %s', (_what, given, reason) => {
    expect(notAcceptedBecause(given)).toBe(reason);
  });
});
