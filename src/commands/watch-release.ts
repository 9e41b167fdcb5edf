import { StreamGateError } from '../base/index.ts';
import type { Cluster } from '../cluster/index.ts';
import { createClusterProber, proberName, startProber } from '../load/index.ts';
import type { Names } from '../release/index.ts';
import { findProbeTarget, type ProbeTarget } from './probe-target.ts';
import { type ReleaseOptions, versionSource } from './release-options.ts';
import { findServiceTarget } from './service-target.ts';
import { type WatchedTraffic, type WatchOptions, watchTraffic } from './watch-traffic.ts';

/**
 * Lets the prober watch the entry point of a release; undefined when nobody is to probe. Where the entry point is not
 * found, a plan and a run that can do without it go on, and `warn` hears why.
 */
export async function watchRelease(
  options: ReleaseOptions,
  cluster: Cluster,
  names: Names,
  warn: (message: string) => void,
): Promise<WatchedTraffic | undefined> {
  const { host, inputs, planOnly } = options;
  if (inputs.probeFrom === 'none') return undefined;
  const target = await findTarget(options, cluster, names).catch((thrown: unknown) => {
    if (!isUnknown(thrown) || (options.needsEntryPoint && !planOnly)) throw thrown;
    warn(planOnly ? endsThere(thrown) : goesOn(thrown));
    return undefined;
  });
  if (target === undefined || planOnly) return undefined;
  const runId = `${inputs.app}-${host.run.runId || 'local'}-${Math.floor(host.clock.now()).toString(36)}`;
  return watchTraffic({
    ...(await placeProber(options, cluster, runId)),
    target,
    ratePerSecond: inputs.probeRate,
    version: versionSource(inputs),
    tolerance: options.tolerance,
    maxDurationMs: options.watchMs,
    runId,
    clock: host.clock,
    log: host.log,
  });
}

/** No address is published, or the credentials may not read the object that would say it. */
function isUnknown(thrown: unknown): thrown is StreamGateError {
  return thrown instanceof StreamGateError && ['Usage', 'Denied'].includes(thrown.code);
}

function endsThere({ message }: StreamGateError): string {
  return `The release itself would end before its first change: ${message}. Give \`probe-url\`, or \`probe-from: none\`.`;
}

function goesOn({ message }: StreamGateError): string {
  return `Nobody watches this way back, and loss is not measured: ${message}. \`probe-url\` says where to ask.`;
}

/** The entry point that the prober asks, as far as it was not given. */
async function findTarget(options: ReleaseOptions, cluster: Cluster, names: Names): Promise<ProbeTarget> {
  const { inputs } = options;
  const given = options.entries();
  const [first] = names.routes;
  if (first === undefined) {
    const inside = inputs.probeFrom === 'cluster';
    return findServiceTarget(inputs, { cluster, names, given, inside });
  }
  const brought = given.find(({ kind, metadata }) => kind === 'HTTPRoute' && metadata.name === first);
  const ref = {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    namespace: names.namespace,
    name: first,
  };
  return findProbeTarget(inputs, brought ?? (await cluster.get(ref)), cluster);
}

/** Where the prober runs: in this process, or in a pod that lives as long as the run wants it. */
async function placeProber(
  { host, inputs, watchMs }: ReleaseOptions,
  cluster: Cluster,
  runId: string,
): Promise<Pick<WatchOptions, 'startProber' | 'from' | 'close'>> {
  const { app, namespace, probeFrom, probeImage } = inputs;
  if (probeFrom !== 'cluster' || probeImage === undefined) return { startProber, from: 'runner' };
  const prober = createClusterProber({
    cluster,
    clock: host.clock,
    log: host.log,
    namespace,
    app,
    name: proberName(app, runId),
    image: probeImage,
    program: await host.readProber(),
    maxDurationMs: watchMs,
  });
  return { startProber: (given) => prober.start(given), from: 'cluster', close: () => prober.close() };
}
