import { describe, expect, it } from '@jest/globals';
import type { KubeObject } from '../../../src/cluster/index.ts';
import type { ProbeInputs } from '../../../src/commands/probe-target.ts';
import { findServiceTarget } from '../../../src/commands/service-target.ts';
import { inApiPlace } from '../../support/api-place.ts';
import { shopNames } from '../../support/journals.ts';

const namespace = 'default';
const names = shopNames({ namespace, routes: [] });

type Part = Readonly<Record<string, unknown>>;

/** A cluster in which these stand, with what their load balancers answer on, and manifests that bring others. */
interface Where {
  readonly standing?: readonly KubeObject[];
  readonly given?: readonly KubeObject[];
  readonly inside?: boolean;
}

function service(ports: readonly Part[] = [{ port: 80 }], front?: Part): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'shop', namespace },
    spec: { selector: { app: 'shop' }, ports },
    ...(front === undefined ? {} : { status: { loadBalancer: { ingress: [front] } } }),
  };
}

interface Door {
  readonly name?: string;
  readonly host?: string;
  readonly path?: string;
  readonly pathType?: string;
  readonly to?: string;
  readonly tls?: readonly Part[];
  readonly front?: Part;
}

function ingress(door: Door = {}): KubeObject {
  const { name = 'shop', host, path = '/', pathType = 'Prefix', to = 'shop', tls, front } = door;
  const backend = { service: { name: to, port: { number: 80 } } };
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name, namespace },
    spec: {
      rules: [{ ...(host === undefined ? {} : { host }), http: { paths: [{ path, pathType, backend }] } }],
      ...(tls === undefined ? {} : { tls }),
    },
    ...(front === undefined ? {} : { status: { loadBalancer: { ingress: [front] } } }),
  };
}

const nothing: ProbeInputs = { probeUrl: undefined, probeHost: undefined };

/** Where the prober would go, as `host address`. */
async function find(where: Where, inputs: Partial<ProbeInputs> = {}): Promise<string> {
  let told = '';
  await inApiPlace(async ({ cluster }) => {
    for (const { status, ...object } of where.standing ?? []) {
      await cluster.create(object);
      if (status === undefined) continue;
      const { apiVersion, kind, metadata } = object;
      const value = JSON.parse(JSON.stringify(status));
      const ref = { apiVersion, kind, namespace, name: metadata.name };
      await cluster.patch(ref, [{ op: 'add', path: '/status', value }], { subresource: 'status' });
    }
    const { given = [], inside = false } = where;
    const target = await findServiceTarget({ ...nothing, ...inputs }, { cluster, names, given, inside });
    told = `${target.host ?? '(of the address)'} ${target.url.href}`;
  });
  return told;
}

describe('the entry point that is given, without a route', () => {
  it('is taken as it is, and asks for nobody else', async () => {
    const standing = [ingress({ host: 'shop.example.com', front: { ip: '10.0.0.9' } })];
    expect(await find({ standing }, { probeUrl: 'https://other.example.com/x?y=1' })).toBe(
      '(of the address) https://other.example.com/x?y=1',
    );
  });

  it('as an address asks for the name of the Ingress that sends to the app, even of one that is to come', async () => {
    const given = [ingress({ host: 'shop.example.com' })];
    expect(await find({ given }, { probeUrl: 'http://10.0.0.1:30080/' })).toBe(
      'shop.example.com http://10.0.0.1:30080/',
    );
    expect(await find({}, { probeUrl: 'http://10.0.0.1:30080/' })).toBe(
      '(of the address) http://10.0.0.1:30080/',
    );
  });

  it('asks for the name that is given with it', async () => {
    expect(await find({}, { probeUrl: 'http://edge.internal/', probeHost: 'x.test' })).toBe(
      'x.test http://edge.internal/',
    );
  });
});

describe('the entry point that an Ingress publishes', () => {
  const front = { ip: '10.0.0.9' };

  it('is its address, by the name and the path of the rule that sends to the app', async () => {
    const standing = [ingress({ host: 'shop.example.com', path: '/shop', front })];
    expect(await find({ standing })).toBe('shop.example.com http://10.0.0.9/shop');
  });

  it('may be a host name, or an address of six', async () => {
    expect(await find({ standing: [ingress({ front: { hostname: 'lb.example.net' } })] })).toBe(
      '(of the address) http://lb.example.net/',
    );
    expect(await find({ standing: [ingress({ front: { ip: 'fd00::1' } })] })).toBe(
      '(of the address) http://[fd00::1]/',
    );
  });

  it('asks below a wildcard for some name, and at the root where the path is a pattern', async () => {
    const door = { host: '*.example.com', path: '/(.*)', pathType: 'ImplementationSpecific', front };
    expect(await find({ standing: [ingress(door)] })).toBe('streamgate-probe.example.com http://10.0.0.9/');
  });

  it.each<readonly [string, string, readonly Part[]]>([
    ['https', 'the host has a certificate', [{ hosts: ['shop.example.com'], secretName: 'cert' }]],
    ['https', 'one is for all hosts', [{ secretName: 'cert' }]],
    ['http', 'only another host has one', [{ hosts: ['other.example.com'], secretName: 'cert' }]],
  ])('is %s when %s', async (scheme, _when, tls) => {
    const standing = [ingress({ host: 'shop.example.com', tls, front })];
    expect(await find({ standing })).toBe(`shop.example.com ${scheme}://10.0.0.9/`);
  });

  it('is not that of an Ingress that sends elsewhere, nor of one without an address', async () => {
    const standing = [
      ingress({ name: 'a-other', to: 'other', front: { ip: '10.0.0.1' } }),
      ingress({ name: 'b-silent', host: 'silent.example.com' }),
      ingress({ name: 'c-shop', host: 'shop.example.com', front }),
    ];
    expect(await find({ standing })).toBe('shop.example.com http://10.0.0.9/');
  });

  it('goes before that of the Service', async () => {
    const standing = [ingress({ front }), service([{ port: 80 }], { ip: '10.0.0.7' })];
    expect(await find({ standing })).toBe('(of the address) http://10.0.0.9/');
  });
});

describe('the entry point that the Service publishes', () => {
  const front = { ip: '10.0.0.7' };

  it.each<readonly [string, string, readonly Part[]]>([
    [
      'its first TCP port',
      'http://10.0.0.7:8080/',
      [
        { port: 53, protocol: 'UDP', name: 'dns' },
        { port: 8080, name: 'web' },
      ],
    ],
    ['https by the number of the port', 'https://10.0.0.7/', [{ port: 443 }]],
    ['https by its name', 'https://10.0.0.7:8443/', [{ port: 8443, name: 'https' }]],
    ['https by what it speaks', 'https://10.0.0.7:8443/', [{ port: 8443, appProtocol: 'https' }]],
  ])('is %s', async (_what, url, ports) => {
    expect(await find({ standing: [service(ports, front)] })).toBe(`(of the address) ${url}`);
  });

  it('is its name for a prober inside the cluster, also before the first release has made it', async () => {
    const told = '(of the address) http://shop.default.svc:8080/';
    expect(await find({ standing: [service([{ port: 8080 }])], inside: true })).toBe(told);
    expect(await find({ given: [service([{ port: 8080 }])], inside: true })).toBe(told);
  });
});

describe('no entry point', () => {
  it.each<readonly [string, Where]>([
    ['nothing stands there', {}],
    ['nothing stands there, inside the cluster', { inside: true }],
    ['neither has an address', { standing: [service(), ingress()] }],
    ['the Ingress is to come', { given: [ingress({ host: 'shop.example.com' })] }],
  ])('is known when %s, and the way out is told', async (_what, where) => {
    await expect(find(where)).rejects.toMatchObject({
      code: 'Usage',
      remedy: expect.stringMatching(
        /`probe-url`.*an Ingress that sends to the Service, or the Service itself/,
      ),
    });
  });
});
