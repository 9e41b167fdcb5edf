import { at, StreamGateError, startDeadline } from '../../base/index.ts';
import type { Cluster } from '../../cluster/index.ts';
import type { Inputs } from '../../contract/index.ts';
import type { GateResult, Subject } from '../../evidence/index.ts';
import { findCandidate, plainResult } from '../../release/index.ts';
import {
  type Check,
  deriveChecks,
  type HttpCheck,
  type SmokeResult,
  type SmokeSubject,
  smokeGate,
} from '../../smoke/index.ts';
import { podPort, servicePorts } from '../candidate-smoke.ts';
import type { Command, Host } from '../command.ts';
import { connectCluster } from '../connect-cluster.ts';
import { inSeconds } from '../ended-release.ts';
import { versionSource } from '../release-options.ts';
import { tellEvidence } from '../tell-evidence.ts';
import { contract } from './contract.ts';

type SmokeInputs = Inputs<typeof contract>;

export const command: Command<typeof contract> = {
  contract,
  async run(inputs, host) {
    const began = host.clock.monotonic();
    const cluster = inputs.url === undefined ? await connectCluster(inputs, host) : undefined;
    const { subject, checks, port } = await findSubject(inputs, cluster);
    const gate = smokeGate({
      checks,
      clock: host.clock,
      defaultPort: port,
      version: {
        source: versionSource(inputs),
        ...(inputs.version === undefined ? {} : { expected: [inputs.version], require: true }),
      },
    });
    const deadline = startDeadline(host.clock, inputs.smokeTimeout, 'The smoke test', host.signal);
    const result = await gate.check(subject, deadline).finally(() => deadline.clear());
    const about = inputs.app === undefined ? undefined : { app: inputs.app, namespace: inputs.namespace };
    const evidence = await tell(result, host, began, cluster, about);
    const paths = await host.publish(evidence);
    const failed = result.observations.filter(({ ok }) => !ok).length;
    return {
      verdict: result.verdict,
      outcome: 'Checked',
      reason: result.reason,
      outputs: {
        outcome: 'Checked',
        verdict: result.verdict,
        reason: result.reason,
        checks: result.observations.length,
        failedChecks: failed,
        version: result.versionsSeen.length === 1 ? (result.versionsSeen[0] ?? '') : '',
        durationSeconds: inSeconds(evidence.durationMs),
        evidence: paths.evidencePath,
        report: paths.reportPath,
      },
      evidence,
    };
  },
};

interface Found {
  readonly subject: SmokeSubject;
  readonly checks: readonly Check[];
  readonly port: number | undefined;
}

/** An address with the checks given, or the pods of a slot with those derived from their probes and ports as well. */
async function findSubject(
  { app, url, namespace, slot, smoke }: SmokeInputs,
  cluster: Cluster | undefined,
): Promise<Found> {
  const written: readonly HttpCheck[] = smoke ?? [];
  if (url !== undefined) return { subject: { url: new URL(url) }, checks: written, port: undefined };
  if (cluster === undefined || app === undefined)
    throw new StreamGateError('Internal', 'neither app nor url was given');
  const { pods, workload, service } = await findCandidate(cluster, namespace, app, slot);
  const template: unknown = at(workload, 'spec', 'template');
  return {
    subject: { pods },
    checks: [...deriveChecks(template, servicePorts(service)), ...written],
    port: podPort(service, template),
  };
}

function tell(
  result: SmokeResult,
  host: Host,
  began: number,
  cluster: Cluster | undefined,
  about: Subject | undefined,
) {
  const { versionsSeen: _seen, ...gate }: GateResult & Pick<SmokeResult, 'versionsSeen'> = result;
  const { verdict, reason } = result;
  return tellEvidence(plainResult({ outcome: 'Checked', verdict, reason }, { gates: [gate] }), {
    command: contract.name,
    subject: about,
    host,
    began,
    cluster,
    traffic: null,
    next: null,
  });
}
