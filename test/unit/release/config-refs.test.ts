import { describe, expect, it } from '@jest/globals';
import type { KubeObject } from '../../../src/cluster/index.ts';
import { configRefs, renameConfig } from '../../../src/release/desired/config-refs.ts';
import { configCopy } from '../../../src/release/slots/config-copies.ts';

const workload: KubeObject = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'shop' },
  spec: {
    template: {
      spec: {
        imagePullSecrets: [{ name: 'registry' }],
        initContainers: [
          { name: 'init', env: [{ name: 'A', valueFrom: { configMapKeyRef: { name: 'maps', key: 'a' } } }] },
        ],
        containers: [
          {
            name: 'app',
            env: [
              { name: 'PLAIN', value: 'maps' },
              { name: 'B', valueFrom: { secretKeyRef: { name: 'keys', key: 'b', optional: true } } },
              { name: 'POD', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
            ],
            envFrom: [{ prefix: 'X_', configMapRef: { name: 'maps' } }, { secretRef: { name: 'keys' } }],
          },
        ],
        ephemeralContainers: [{ name: 'debug', envFrom: [{ configMapRef: { name: 'debugging' } }] }],
        volumes: [
          { name: 'files', configMap: { name: 'maps', items: [{ key: 'c', path: 'c' }], defaultMode: 420 } },
          { name: 'certs', secret: { secretName: 'keys' } },
          {
            name: 'both',
            projected: { sources: [{ configMap: { name: 'maps' } }, { secret: { name: 'keys' } }] },
          },
          { name: 'scratch', emptyDir: {} },
        ],
      },
    },
  },
};

describe('references to configuration', () => {
  it('are found in variables, whole maps, volumes and projected volumes of every kind of container', () => {
    expect(configRefs(workload).map(({ kind, name, where }) => `${kind} ${name} by ${where}`)).toEqual([
      'ConfigMap maps by volume files',
      'Secret keys by volume certs',
      'ConfigMap maps by volume both',
      'Secret keys by volume both',
      'ConfigMap maps by variable A of container init',
      'ConfigMap maps by envFrom of container app',
      'Secret keys by envFrom of container app',
      'Secret keys by variable B of container app',
      'ConfigMap debugging by envFrom of container debug',
    ]);
  });

  it('say which keys they need, and whether the pod could start without', () => {
    const found = configRefs(workload);
    expect(found.find(({ where }) => where === 'volume files')).toMatchObject({
      keys: ['c'],
      optional: false,
    });
    expect(found.find(({ where }) => where.startsWith('variable B'))).toMatchObject({
      keys: ['b'],
      optional: true,
    });
    expect(found.find(({ where }) => where === 'envFrom of container app')?.keys).toEqual([]);
  });

  it('are renamed in all these places, and nothing else is', () => {
    const renamed = renameConfig(workload, ({ kind, name }) => `${name}-${kind === 'Secret' ? 's' : 'c'}`);
    const expected = JSON.stringify(workload)
      .replaceAll('"name":"maps"', '"name":"maps-c"')
      .replaceAll('"name":"debugging"', '"name":"debugging-c"')
      .replaceAll('"name":"keys"', '"name":"keys-s"')
      .replaceAll('"secretName":"keys"', '"secretName":"keys-s"');
    expect(renamed).toEqual(JSON.parse(expected));
    expect(renameConfig(workload, ({ name }) => name)).toEqual(workload);
  });

  it('of a workload without any are none', () => {
    expect(configRefs({ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'x' } })).toEqual([]);
  });
});

describe('the name of a copy', () => {
  const source = (change: Partial<KubeObject>): KubeObject => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'settings' },
    data: { A: '1', B: '2' },
    ...change,
  });
  const nameOf = (object: KubeObject, app = 'shop') => configCopy(object, app, 'default').metadata.name;

  it('follows the content, in whatever order it is written', () => {
    expect(nameOf(source({ data: { B: '2', A: '1' } }))).toBe(nameOf(source({})));
    expect(nameOf(source({ data: { A: '1', B: '3' } }))).not.toBe(nameOf(source({})));
    expect(nameOf(source({ binaryData: { C: 'AAAA' } }))).not.toBe(nameOf(source({})));
  });

  it('does not follow metadata, and differs from app to app', () => {
    expect(nameOf(source({ metadata: { name: 'settings', labels: { a: 'b' } }, immutable: true }))).toBe(
      nameOf(source({})),
    );
    expect(nameOf(source({}), 'other')).not.toBe(nameOf(source({})));
  });

  it('stays within the limits of a name', () => {
    const long = nameOf(source({ metadata: { name: `${'a'.repeat(241)}.${'b'.repeat(11)}` } }));
    expect(long.length).toBeLessThanOrEqual(253);
    expect(long).toMatch(/^a+-[0-9a-f]{10}$/);
  });

  it('of a Secret is the same for data and texts of the same content, and short', () => {
    const secret = { kind: 'Secret', metadata: { name: 'keys' } };
    const asText = nameOf(source({ ...secret, data: undefined, stringData: { A: '1' } }));
    expect(asText).toBe(nameOf(source({ ...secret, data: { A: 'MQ==' } })));
    expect(asText).toMatch(/^keys-[0-9a-f]{8}$/);
  });
});
