import { describe, expect, it } from '@jest/globals';
import type { KubeObject } from '../../../src/cluster/index.ts';
import { findProbeTarget } from '../../../src/commands/probe-target.ts';
import { inApiPlace } from '../../support/api-place.ts';

const gatewayKind = { apiVersion: 'gateway.networking.k8s.io/v1', kind: 'Gateway' };

interface Where {
  readonly address?: string;
  readonly listeners?: readonly Readonly<Record<string, unknown>>[];
  readonly rules?: readonly unknown[];
  readonly parent?: Readonly<Record<string, unknown>>;
  readonly hostnames?: readonly string[];
}

function route({ rules = [{}], parent = {}, hostnames = ['shop.example.com'] }: Where): KubeObject {
  return {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: { name: 'shop', namespace: 'default' },
    spec: { parentRefs: [{ name: 'edge', ...parent }], hostnames, rules },
  };
}

const nothing = { probeUrl: undefined, probeHost: undefined };

/** Where the prober would go, as `host address`. */
async function find(
  where: Where,
  inputs: Partial<{ probeUrl: string; probeHost: string }> = {},
): Promise<string> {
  let told = '';
  await inApiPlace(async ({ cluster }) => {
    const { address, listeners = [{ name: 'http', port: 80, protocol: 'HTTP' }] } = where;
    const metadata = { name: 'edge', namespace: 'default' };
    await cluster.create({ ...gatewayKind, metadata, spec: { gatewayClassName: 'other', listeners } });
    if (address !== undefined) {
      const ref = { ...gatewayKind, namespace: 'default', name: 'edge' };
      const status = { addresses: [{ type: 'IPAddress', value: address }] };
      await cluster.patch(ref, [{ op: 'add', path: '/status', value: status }], { subresource: 'status' });
    }
    const target = await findProbeTarget({ ...nothing, ...inputs }, route(where), cluster);
    told = `${target.host ?? '(of the address)'} ${target.url.href}`;
  });
  return told;
}

describe('the entry point that is given', () => {
  it('is taken as it is', async () => {
    expect(await find({}, { probeUrl: 'https://shop.example.com/health?x=1' })).toBe(
      '(of the address) https://shop.example.com/health?x=1',
    );
  });

  it.each(['http://10.0.0.1/', 'http://[::1]:8080/'])(
    'as an address asks for the name of the route: %s',
    async (url) => {
      expect(await find({}, { probeUrl: url })).toBe(`shop.example.com ${url}`);
    },
  );

  it('asks for the name that is given with it', async () => {
    expect(await find({}, { probeUrl: 'http://edge.internal/', probeHost: 'x.test' })).toBe(
      'x.test http://edge.internal/',
    );
  });
});

describe('the entry point that is found', () => {
  it('is the address of the Gateway of the route', async () => {
    expect(await find({ address: '10.1.2.3' })).toBe('shop.example.com http://10.1.2.3/');
  });

  it('is the listener that the route names, with its scheme and port', async () => {
    const listeners = [
      { name: 'http', port: 80, protocol: 'HTTP' },
      { name: 'tls', port: 8443, protocol: 'HTTPS' },
    ];
    expect(await find({ address: '10.1.2.3', listeners, parent: { sectionName: 'tls' } })).toBe(
      'shop.example.com https://10.1.2.3:8443/',
    );
  });

  it('may be an address of six', async () => {
    expect(await find({ address: 'fd00::1' })).toBe('shop.example.com http://[fd00::1]/');
  });

  it('leads to the first path of the route, unless that is a pattern', async () => {
    const rulesOf = (type: string) => [{ matches: [{ path: { type, value: '/api' } }] }];
    expect(await find({ address: '10.1.2.3', rules: rulesOf('PathPrefix') })).toMatch(/\/api$/);
    expect(await find({ address: '10.1.2.3', rules: rulesOf('RegularExpression') })).toMatch(/3\/$/);
  });

  it('asks below a wildcard for some name', async () => {
    expect(await find({ address: '10.1.2.3', hostnames: ['*.example.com'] })).toBe(
      'streamgate-probe.example.com http://10.1.2.3/',
    );
  });

  it.each<readonly [string, Where]>([
    ['the Gateway publishes no address', {}],
    ['the Gateway is not there', { address: '10.1.2.3', parent: { name: 'nobody' } }],
    [
      'the route names a listener that is not there',
      { address: '10.1.2.3', parent: { sectionName: 'gone' } },
    ],
  ])('is none when %s, and the way out is told', async (_what, where) => {
    await expect(find(where)).rejects.toMatchObject({
      code: 'Usage',
      remedy: expect.stringContaining('probe-url'),
    });
  });

  it('is none without a route', () =>
    inApiPlace(async ({ cluster }) => {
      await expect(findProbeTarget(nothing, undefined, cluster)).rejects.toMatchObject({ code: 'Usage' });
    }));
});
