import { StreamGateError } from '../../base/index.ts';
import { type Cluster, type KubeObject, parseManifests } from '../../cluster/index.ts';
import type { Inputs, Outputs } from '../../contract/index.ts';
import {
  askBeyondManifests,
  type DeployRequest,
  type Desired,
  deploy,
  findDesired,
  planDeploy,
  readLiveManifests,
} from '../../release/index.ts';
import { candidateSmoke } from '../candidate-smoke.ts';
import type { Command, Host } from '../command.ts';
import { comparison } from '../comparison.ts';
import { answerOf, type Finished, rollbackCommand, sharedOutputs, takesBack } from '../ended-release.ts';
import { recoverAfterRun, rememberRun } from '../recover.ts';
import { versionSource } from '../release-options.ts';
import { runRelease } from '../run-release.ts';
import { contract } from './contract.ts';

type DeployInputs = Inputs<typeof contract>;

/** Time beside the budget in which a prober may still be wanted: the way back, and the last answers. */
const watchReserveMs = 5 * 60_000;

export const command: Command<typeof contract> = {
  contract,
  async run(inputs, host) {
    let desired: Desired | undefined;
    // Old pods that nobody is to stay on go as they do at the end of the rollback window, only without one.
    const closes = inputs.drain === 'close';
    const until = closes && inputs.until === 'promoted' ? 'retired' : inputs.until;
    const rollbackWindowMs = closes ? 0 : inputs.rollbackWindow;
    const drainWithinMs = closes ? inputs.drainDeadline : undefined;
    const window = until === 'retired' ? rollbackWindowMs + (drainWithinMs ?? 0) : 0;
    const budgetMs = inputs.deployBudget + inputs.observe;
    const finished = await runRelease({
      command: contract.name,
      host,
      inputs,
      observeMs: inputs.observe,
      rollbackWindowMs,
      drainWithinMs,
      budgetMs,
      watchMs: budgetMs + window + watchReserveMs,
      tolerance: inputs.tolerance,
      schedulingTimeoutMs: inputs.schedulingTimeout,
      planOnly: inputs.mode === 'plan',
      needsEntryPoint: true,
      entries: () => (desired === undefined ? [] : [...desired.routes, ...desired.others, desired.service]),
      async execute(base, cluster) {
        desired = await readDesired(inputs, host, cluster);
        const smoke = candidateSmoke({
          checks: inputs.smoke ?? [],
          timeoutMs: inputs.smokeTimeout,
          version: versionSource(inputs),
          clock: host.clock,
        });
        const request: DeployRequest = {
          ...base,
          gates: [smoke],
          desired,
          routes: inputs.route === undefined ? [] : [inputs.route],
          allowedOwners: inputs.allowOwner ?? [],
          allowedAnnotations: inputs.allowAnnotations ?? [],
          traffic: inputs.traffic,
          until,
          parkTimeoutMs: inputs.parkTimeout,
          parked: inputs.release,
          versionConfigs: inputs.versionConfigs,
          versionSecrets: inputs.versionSecrets ?? [],
          force: inputs.force,
          previewReplicas: inputs.previewReplicas,
          allowOlder: inputs.allowOlder,
          compareWith: comparison(inputs, host),
        };
        if (inputs.mode === 'plan') return planDeploy(request);
        rememberRun(host, inputs);
        return deploy(request);
      },
    });
    return { ...answerOf(finished), outputs: outputsOf(finished, inputs) };
  },
  post: recoverAfterRun,
};

/** The manifests as given, or those of the live revision; with the images that were asked for. */
async function readDesired(inputs: DeployInputs, host: Host, cluster: Cluster): Promise<Desired> {
  const { app, namespace, workload, service } = inputs;
  const { objects, problems } = await readObjects(inputs, host, cluster);
  const answer = findDesired({ app, namespace, objects, images: inputs.image ?? [], workload, service });
  const all = [...problems, ...('problems' in answer ? answer.problems : [])];
  if (all.length === 0 && 'desired' in answer) return answer.desired;
  // What the cluster says of them is told in the same breath, so that nobody mends them twice.
  const { traffic } = inputs;
  const beyond = await askBeyondManifests({
    cluster,
    clock: host.clock,
    namespace,
    objects,
    problems: all,
    traffic,
  });
  throw new StreamGateError(
    'Usage',
    ['The manifests cannot be released:', ...[...all, ...beyond].map((problem) => `  - ${problem}`)].join(
      '\n',
    ),
    {
      remedy: 'Nothing was touched. Mend the manifests and run this again.',
    },
  );
}

async function readObjects(inputs: DeployInputs, host: Host, cluster: Cluster) {
  if (inputs.manifests === undefined) {
    const objects: readonly KubeObject[] = await readLiveManifests(cluster, inputs.namespace, inputs.app);
    return { objects, problems: [] };
  }
  const files = await host.readFiles(inputs.manifests);
  return parseManifests(
    files.map(({ path, content }) => ({ name: path === '-' ? 'standard input' : path, text: content })),
  );
}

function outputsOf(finished: Finished, inputs: DeployInputs): Outputs<typeof contract> {
  const { result, traffic } = finished;
  return {
    ...sharedOutputs(finished),
    previousRevision: result.release?.stable?.revision ?? null,
    cutoverMs: traffic?.cutoverMs == null ? null : Math.round(traffic.cutoverMs),
    rollbackCommand: takesBack(result) ? rollbackCommand(inputs) : '',
  };
}
