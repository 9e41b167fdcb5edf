import { describe, expect, it } from '@jest/globals';
import { deriveChecks } from '../../../src/smoke/index.ts';

const container = (change: object) => ({
  spec: { containers: [{ name: 'app', ports: [{ name: 'web', containerPort: 8080 }], ...change }] },
});

describe('checks that Kubernetes already knows', () => {
  it('come from the three kinds of probe, and equal ones count once', () => {
    const checks = deriveChecks(
      container({
        startupProbe: { httpGet: { path: '/healthz', port: 'web' } },
        readinessProbe: {
          httpGet: { path: '/ready', port: 8080, httpHeaders: [{ name: 'X-Probe', value: 'yes' }] },
        },
        livenessProbe: { httpGet: { path: '/healthz', port: 8080 } },
      }),
      [],
    );
    expect(checks).toHaveLength(2);
    expect(checks[0]).toMatchObject({
      kind: 'http',
      name: 'GET /healthz',
      path: '/healthz',
      port: 8080,
      scheme: 'http',
    });
    expect(checks[0]).toMatchObject({ wants: { status: [{ from: 200, to: 399 }] }, answers: 1 });
    expect(checks[1]).toMatchObject({ path: '/ready', headers: { 'x-probe': 'yes' } });
  });

  it('take a path without its slash, a missing path and HTTPS as the kubelet does', () => {
    const [bare, none] = ['healthz', undefined].map((path) =>
      deriveChecks(container({ livenessProbe: { httpGet: { path, port: '8443', scheme: 'HTTPS' } } }), []),
    );
    expect(bare).toMatchObject([{ path: '/healthz', port: 8443, scheme: 'https' }]);
    expect(none).toMatchObject([{ path: '/' }]);
  });

  it('come from TCP and gRPC probes and from the ports of Services, by number or name', () => {
    const checks = deriveChecks(
      container({ readinessProbe: { tcpSocket: { port: 'web' } }, livenessProbe: { grpc: { port: 9090 } } }),
      [
        { port: 80, targetPort: 'web' },
        { port: 5432 },
        { port: 53, protocol: 'UDP' },
        { port: 1, targetPort: 'gone' },
      ],
    );
    expect(checks).toEqual([
      { kind: 'tcp', name: 'TCP connect to port 8080', port: 8080 },
      { kind: 'tcp', name: 'TCP connect to port 9090', port: 9090 },
      { kind: 'tcp', name: 'TCP connect to port 5432', port: 5432 },
    ]);
  });

  it('leave out what proves nothing from here', () => {
    const checks = deriveChecks(
      container({
        startupProbe: { exec: { command: ['true'] } },
        readinessProbe: { httpGet: { path: '/', port: 'no-such-port' } },
        livenessProbe: { httpGet: { path: '/', port: 80, host: 'elsewhere.example.com' } },
      }),
      [],
    );
    expect(checks).toEqual([]);
  });

  it.each([undefined, null, {}, { spec: { containers: 'odd' } }, 'text'])(
    'bear %j as a template',
    (template) => {
      expect(deriveChecks(template, [])).toEqual([]);
    },
  );
});
