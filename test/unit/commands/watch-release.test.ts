import { describe, expect, it } from '@jest/globals';
import { type Clock, silentLog } from '../../../src/base/index.ts';
import type { Host } from '../../../src/commands/command.ts';
import type { ReleaseInputs, ReleaseOptions } from '../../../src/commands/release-options.ts';
import { watchRelease } from '../../../src/commands/watch-release.ts';
import { type ApiPlace, inApiPlace } from '../../support/api-place.ts';

const gatewayApi = 'gateway.networking.k8s.io/v1';
const slots = { blue: 'shop-blue', green: 'shop-green' };
const names = {
  app: 'shop',
  namespace: 'default',
  entry: 'shop',
  routes: ['shop'],
  deployments: slots,
  services: slots,
};

const hostAt = (clock: Clock): Host => ({
  kind: 'terminal',
  log: silentLog,
  clock,
  startedAt: 0,
  signal: new AbortController().signal,
  run: { repository: '', commit: '', ref: '', runId: '', runAttempt: '', actor: '', runUrl: '' },
  workspace: '/',
  progress: { plan() {}, begin() {}, end() {} },
  environment: () => undefined,
  readStdin: async () => '',
  readProber: async () => '',
  readFiles: async () => [],
  saveState() {},
  state: () => '',
  publish: async () => ({ evidencePath: '', reportPath: '' }),
});

const inputs: ReleaseInputs = {
  app: 'shop',
  namespace: 'default',
  kubeconfig: undefined,
  context: undefined,
  probeUrl: undefined,
  probeHost: undefined,
  probeRate: 10,
  probeFrom: 'runner',
  probeImage: undefined,
  versionHeader: 'x-version',
  versionJsonpath: undefined,
  progressDeadline: 0,
  rollbackBudget: 0,
  lockTimeout: 0,
  leaseDuration: 0,
};

type Kind = 'release' | 'plan' | 'way back';

const optionsOf = (kind: Kind, clock: Clock): ReleaseOptions => ({
  command: '',
  host: hostAt(clock),
  inputs,
  observeMs: 0,
  rollbackWindowMs: 0,
  budgetMs: 0,
  watchMs: 0,
  tolerance: 0,
  planOnly: kind === 'plan',
  needsEntryPoint: kind !== 'way back',
  execute: () => Promise.reject(new Error('nothing is executed')),
  entries: () => [],
});

/** A route to a Gateway that publishes this address, or none. */
async function open({ cluster }: ApiPlace, address?: string): Promise<void> {
  const namespace = 'default';
  const gateway = { apiVersion: gatewayApi, kind: 'Gateway' };
  await cluster.create({
    ...gateway,
    metadata: { name: 'edge', namespace },
    spec: { gatewayClassName: 'other', listeners: [{ name: 'http', port: 80, protocol: 'HTTP' }] },
  });
  if (address !== undefined) {
    const status = { addresses: [{ type: 'IPAddress', value: address }] };
    const ref = { ...gateway, namespace, name: 'edge' };
    await cluster.patch(ref, [{ op: 'add', path: '/status', value: status }], { subresource: 'status' });
  }
  await cluster.create({
    apiVersion: gatewayApi,
    kind: 'HTTPRoute',
    metadata: { name: 'shop', namespace },
    spec: { parentRefs: [{ name: 'edge' }], rules: [{ backendRefs: [{ name: 'shop', port: 80 }] }] },
  });
}

/** Whether it is watched, and what is told. */
async function watch({ cluster, clock }: ApiPlace, kind: Kind) {
  const told: string[] = [];
  const watched = await watchRelease(optionsOf(kind, clock), cluster, names, (text) => told.push(text));
  return { watched: watched !== undefined, told };
}

describe('an entry point that was not given', () => {
  const unknown: readonly (readonly [string, string, (place: ApiPlace) => void])[] = [
    ['no address is published', 'The address of the entry point is not known', () => {}],
    [
      'the Gateway may not be read',
      'gateways.gateway.networking.k8s.io "edge" is forbidden',
      ({ sandbox }) => void sandbox.faults.deny(({ resource }) => resource === 'gateways'),
    ],
  ];

  it.each(unknown)('ends a release when %s', (_when, message, arrange) =>
    inApiPlace(async (place) => {
      await open(place);
      arrange(place);
      await expect(watch(place, 'release')).rejects.toThrow(message);
    }),
  );

  it.each(unknown)(
    'does not stand against the way back when %s, and that is told',
    (_when, message, arrange) =>
      inApiPlace(async (place) => {
        await open(place);
        arrange(place);
        const { watched, told } = await watch(place, 'way back');
        expect(watched).toBe(false);
        expect(told).toEqual([
          expect.stringMatching(/^Nobody watches this way back, and loss is not measured: /),
        ]);
        expect(told[0]).toContain(message);
      }),
  );

  it.each(unknown)('is foretold by a plan when %s', (_when, message, arrange) =>
    inApiPlace(async (place) => {
      await open(place);
      arrange(place);
      const { watched, told } = await watch(place, 'plan');
      expect(watched).toBe(false);
      expect(told).toEqual([
        expect.stringMatching(/^The release itself would end before its first change: /),
      ]);
      expect(told[0]).toContain(message);
    }),
  );

  it.each<readonly [Kind, boolean]>([
    ['release', true],
    ['way back', true],
    ['plan', false],
  ])('is found where the Gateway publishes an address: %s', (kind, watched) =>
    inApiPlace(async (place) => {
      await open(place, '10.1.2.3');
      expect(await watch(place, kind)).toEqual({ watched, told: [] });
    }),
  );
});
