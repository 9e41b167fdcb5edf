import { randomBytes } from 'node:crypto';
import { at, type Clock, type Deadline, type Log, messageOf, StreamGateError } from '../../base/index.ts';
import { type Cluster, type KubeObject, type PortForward, refOf } from '../../cluster/index.ts';
import { maxProgramLength, type ProberJobOptions, proberJob, proberLabel, proberPort } from './prober-job.ts';

/** A pod that probes for us, until closed. */
export interface ProberPod {
  readonly secret: string;
  /** A way to it, opened anew when the last one broke. */
  address(): Promise<{ readonly host: string; readonly port: number }>;
  close(): Promise<void>;
}

export interface OpenOptions extends Omit<ProberJobOptions, 'secret'> {
  readonly cluster: Cluster;
  readonly clock: Clock;
  readonly log: Log;
}

const lookEveryMs = 200;

/**
 * Starts the Job and waits until its pod runs. The Job is deleted by `close`; when we die, its program ends as soon as
 * nobody listens any more, and Kubernetes takes the finished Job away a minute later.
 * @throws StreamGateError `Unreachable` with the reason why the pod does not start
 */
export async function openProberPod(options: OpenOptions, deadline: Deadline): Promise<ProberPod> {
  const { cluster, log, program } = options;
  if (program.length > maxProgramLength) {
    throw new StreamGateError(
      'Internal',
      `The prober has ${program.length} bytes, more than an argument may have`,
    );
  }
  const secret = randomBytes(16).toString('hex');
  const job = await cluster.create(proberJob({ ...options, secret }));
  const remove = () =>
    cluster
      .delete(refOf(job), job.metadata.uid === undefined ? {} : { uid: job.metadata.uid })
      .catch((thrown: unknown) =>
        log.warn(`The Job ${job.metadata.name} stays behind: ${messageOf(thrown)}`),
      );
  try {
    const pod = await runningPod(options, deadline);
    return { secret, ...wayTo(cluster, pod, remove) };
  } catch (thrown) {
    await remove();
    throw thrown;
  }
}

async function runningPod(options: OpenOptions, deadline: Deadline): Promise<KubeObject> {
  const { cluster, clock, namespace, name, image } = options;
  const labelSelector = `${proberLabel}=${name}`;
  let seen = 'no pod yet';
  for (;;) {
    const [pod] = await cluster.list({ apiVersion: 'v1', kind: 'Pod' }, { namespace, labelSelector });
    if (pod !== undefined) {
      const phase = String(at(pod, 'status', 'phase') ?? 'Pending');
      const state = at(pod, 'status', 'containerStatuses', 0, 'state');
      const reason = String(at(state, 'waiting', 'reason') ?? at(state, 'terminated', 'reason') ?? '');
      if (at(state, 'running') !== undefined) return pod;
      if (/ImagePull|ErrImage|InvalidImage|CreateContainer/.test(reason) || phase === 'Failed')
        throw notStarted(image, reason || phase, String(at(state, 'waiting', 'message') ?? ''));
      seen = reason || phase;
    }
    await clock.sleep(lookEveryMs, deadline.signal).catch((thrown: unknown) => {
      if (!(thrown instanceof StreamGateError) || thrown.code !== 'Timeout') throw thrown;
      throw notStarted(image, seen, thrown.message);
    });
  }
}

function notStarted(image: string, reason: string, message: string): StreamGateError {
  return new StreamGateError(
    'Unreachable',
    `The pod of the prober does not start (${reason}${message === '' ? '' : `: ${message}`})`,
    {
      remedy:
        `\`probe-image\` (${image}) must be an image with Node 20 or later that the nodes can pull, ` +
        'and the namespace must admit a pod with restricted security. Or probe from the runner.',
    },
  );
}

function wayTo(cluster: Cluster, pod: KubeObject, remove: () => Promise<void>): Omit<ProberPod, 'secret'> {
  let current: PortForward | undefined;
  const drop = async () => {
    const opened = current;
    current = undefined;
    await opened?.close();
  };
  return {
    async address() {
      await drop();
      current = await cluster.portForward(refOf(pod), proberPort);
      return current;
    },
    async close() {
      await drop();
      await remove();
    },
  };
}
