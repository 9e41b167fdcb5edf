import { describe, expect, it } from '@jest/globals';
import { type Backend, compileRoutes, type RequestFacts } from '../../../src/sandbox/runtime/route-table.ts';
import { createWeightedTurns } from '../../../src/sandbox/runtime/weighted-turns.ts';
import type { StoredObject } from '../../../src/sandbox/store.ts';

const gateway = stored('web', { listeners: [{ name: 'http', port: 80 }] });

function stored(name: string, spec: unknown): StoredObject {
  const metadata = {
    name,
    namespace: 'shop',
    uid: name,
    resourceVersion: '1',
    creationTimestamp: '2026-01-01T00:00:00Z',
  };
  return { apiVersion: 'v1', kind: 'Any', metadata, spec };
}

function route(name: string, hostnames: readonly string[], rules: readonly unknown[]): StoredObject {
  return stored(name, { parentRefs: [{ name: 'web' }], hostnames, rules });
}

const to = (name: string, fields: Readonly<Record<string, unknown>> = {}) => ({
  backendRefs: [{ name, port: 80, ...fields }],
});

/** The table of some routes, in a world where every Service but `gone` exists. */
function table(...routes: readonly StoredObject[]) {
  const compiled = compileRoutes(
    {
      routes,
      gateway: (key) => (key === 'shop/web' ? gateway : undefined),
      service: (key) => (key === 'shop/gone' ? undefined : stored(key, { ports: [{ port: 80 }] })),
      namespaceLabels: () => ({}),
      isGranted: () => true,
      endpoints: () => ({ ready: [], next: () => undefined }),
    },
    new Map(),
  );
  const pick = (facts: Partial<RequestFacts>) =>
    compiled.pick({ host: 'shop.test', method: 'GET', target: '/', headers: {}, ...facts });
  const serviceOf = (facts: Partial<RequestFacts>) => {
    const picked = pick(facts);
    return 'status' in picked ? picked.status : picked.service;
  };
  return { pick, serviceOf };
}

describe('a request', () => {
  it('goes by its host: an exact name before a wildcard before every host', () => {
    const { serviceOf } = table(
      route('any', [], [to('any')]),
      route('wild', ['*.test'], [to('wild')]),
      route('exact', ['shop.test'], [to('exact')]),
    );
    expect(serviceOf({ host: 'shop.test' })).toBe('exact');
    expect(serviceOf({ host: 'cart.test' })).toBe('wild');
    expect(serviceOf({ host: 'elsewhere' })).toBe('any');
  });

  it('goes by its path: an exact one before the longest prefix of whole segments', () => {
    const rule = (type: string, value: string, service: string) => ({
      matches: [{ path: { type, value } }],
      ...to(service),
    });
    const { serviceOf } = table(
      route(
        'shop',
        ['shop.test'],
        [
          rule('PathPrefix', '/', 'root'),
          rule('PathPrefix', '/cart', 'cart'),
          rule('Exact', '/cart/pay', 'pay'),
        ],
      ),
    );
    expect(serviceOf({ target: '/cart/pay?now=1' })).toBe('pay');
    expect(serviceOf({ target: '/cart/pay/more' })).toBe('cart');
    expect(serviceOf({ target: '/cartoon' })).toBe('root');
  });

  it('goes by headers and query when a rule asks for them', () => {
    const { serviceOf } = table(
      route(
        'shop',
        [],
        [
          to('stable'),
          { matches: [{ headers: [{ name: 'X-Preview', value: 'yes' }] }], ...to('by-header') },
          { matches: [{ queryParams: [{ name: 'preview', value: '1' }] }], ...to('by-query') },
        ],
      ),
    );
    expect(serviceOf({ headers: { 'x-preview': 'yes' } })).toBe('by-header');
    expect(serviceOf({ headers: { 'x-preview': 'no' } })).toBe('stable');
    expect(serviceOf({ target: '/?preview=1' })).toBe('by-query');
  });

  it('goes by patterns, of which one that cannot be read matches nothing', () => {
    const rule = (value: string, service: string) => ({
      matches: [{ path: { type: 'RegularExpression', value } }],
      ...to(service),
    });
    const { serviceOf } = table(route('shop', [], [rule('/[', 'broken'), rule('/v\\d+/.*', 'versions')]));
    expect(serviceOf({ target: '/v12/cart' })).toBe('versions');
    expect(serviceOf({ target: '/cart/v12/x' })).toBe(404);
  });

  it('gets 404 without a route, 500 for a Service that is gone, 501 for a filter that is not supported', () => {
    expect(table().serviceOf({})).toBe(404);
    expect(table(route('shop', [], [to('gone')])).serviceOf({})).toBe(500);
    expect(table(route('shop', [], [to('stable', { weight: 0 })])).serviceOf({})).toBe(500);
    const redirect = { filters: [{ type: 'RequestRedirect', requestRedirect: {} }], ...to('stable') };
    expect(table(route('shop', [], [redirect])).serviceOf({})).toBe(501);
  });

  it('is changed by the filters of its rule and of its backend', () => {
    const filter = (name: string) => ({
      type: 'ResponseHeaderModifier',
      responseHeaderModifier: { set: [{ name, value: 'v1' }], remove: ['server'] },
    });
    const { pick } = table(
      route(
        'shop',
        [],
        [{ filters: [filter('x-rule')], ...to('stable', { filters: [filter('x-backend')] }) }],
      ),
    );
    expect((pick({}) as Backend).response).toEqual([
      { set: [['x-rule', 'v1']], add: [], remove: ['server'] },
      { set: [['x-backend', 'v1']], add: [], remove: ['server'] },
    ]);
  });
});

describe('turns by weight', () => {
  it('are exact in every round and spread out', () => {
    const next = createWeightedTurns([5, 1, 2]);
    const round = Array.from({ length: 8 }, next);
    expect(round.filter((turn) => turn === 0)).toHaveLength(5);
    expect(round.filter((turn) => turn === 2)).toHaveLength(2);
    expect(round.slice(0, 4)).not.toEqual([0, 0, 0, 0]);
  });

  it('never come to a choice without weight', () => {
    const next = createWeightedTurns([0, 1]);
    expect(Array.from({ length: 5 }, next)).toEqual([1, 1, 1, 1, 1]);
    expect(createWeightedTurns([0, 0])()).toBeUndefined();
  });
});
