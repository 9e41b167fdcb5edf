import { createHash } from 'node:crypto';
import type { Milliseconds } from '../../base/index.ts';
import type { KubeObject } from '../../cluster/index.ts';

export interface ProberJobOptions {
  readonly namespace: string;
  readonly app: string;
  /** One for each run. */
  readonly name: string;
  /** Any image with Node 20 or later in its path. */
  readonly image: string;
  /** The whole prober as one module of JavaScript. */
  readonly program: string;
  readonly secret: string;
  /** Kubernetes ends it after this long, whatever happens to us. */
  readonly maxDurationMs: Milliseconds;
}

/** Where the prober listens inside its pod; reached by port-forward only, as it listens on loopback. */
export const proberPort = 8089;
/** Label on its pod: the name of the Job. Nothing of the app's selects it. */
export const proberLabel = 'streamgate.io/prober';

/** A name of one run's Job: the app's at its beginning, and no longer than the name of a pod's owner may be. */
export function proberName(app: string, runId: string): string {
  const hash = createHash('sha256').update(runId).digest('hex').slice(0, 8);
  return `${app.slice(0, 42)}-prober-${hash}`;
}

/** Linux takes no longer argument (MAX_ARG_STRLEN). */
export const maxProgramLength = 128 * 1024 - 1;

/**
 * A pod that may do nothing: no token, no privileges, a read-only disk. The program comes as an argument, so that there
 * is one object to create and one to clean up, and no volume. A stock image has `node`.
 */
export function proberJob(options: ProberJobOptions): KubeObject {
  const { namespace, app, name, image, program, secret, maxDurationMs } = options;
  const labels = {
    'app.kubernetes.io/managed-by': 'streamgate',
    'streamgate.io/app': app,
    [proberLabel]: name,
  };
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name, namespace, labels },
    spec: {
      backoffLimit: 0,
      activeDeadlineSeconds: Math.ceil(maxDurationMs / 1_000),
      ttlSecondsAfterFinished: 60,
      template: {
        metadata: { labels },
        spec: {
          restartPolicy: 'Never',
          automountServiceAccountToken: false,
          enableServiceLinks: false,
          terminationGracePeriodSeconds: 1,
          securityContext: {
            runAsNonRoot: true,
            runAsUser: 65532,
            runAsGroup: 65532,
            seccompProfile: { type: 'RuntimeDefault' },
          },
          containers: [
            {
              name: 'prober',
              image,
              command: ['node'],
              args: ['--input-type=module', '--eval', program],
              env: [
                { name: 'PORT', value: String(proberPort) },
                { name: 'STREAMGATE_SECRET', value: secret },
              ],
              resources: {
                requests: { cpu: '50m', memory: '64Mi' },
                limits: { memory: '256Mi' },
              },
              securityContext: {
                allowPrivilegeEscalation: false,
                readOnlyRootFilesystem: true,
                capabilities: { drop: ['ALL'] },
              },
            },
          ],
        },
      },
    },
  };
}
