import { defineContract } from '../../contract/index.ts';
import * as input from '../inputs.ts';
import * as output from '../outputs.ts';
import * as probe from '../probe-inputs.ts';
import * as rule from '../rules.ts';
import * as own from './inputs.ts';

export const contract = defineContract({
  name: 'bluegreen-deploy',
  summary: 'Release a new version beside the running one and switch to it without losing a request',
  description:
    'Brings the new version up in the idle slot, proves it with smoke tests, switches the traffic, and counts every request on the real entry point meanwhile. ' +
    'A failed check, a lost request or a cancelled run takes everything back. The old version stays warm for the rollback window.\n\n' +
    'Calling it again for the same app continues what an earlier call left: `until: preview` stops at a proven preview, a second call with `until: promoted` goes on from there.',
  branding: { icon: 'git-merge', color: 'green' },
  post: true,
  positional: 'app',
  inputs: {
    app: input.app,
    namespace: input.namespace,
    manifests: {
      kind: 'files',
      description:
        'Manifests of the app: files, globs or directories, each with any number of documents; `-` reads rendered output from standard input. ' +
        'When not given, the running workload is released with another `image`.',
      example: 'k8s/*.yaml',
    },
    image: own.image,
    workload: own.workload,
    service: own.service,
    route: input.route,
    'version-configs': {
      kind: 'enum',
      values: ['auto', 'none'],
      default: 'auto',
      description:
        '`auto`: a ConfigMap of the manifests that the pods read is released with them, as a copy that is named by its content; a rollback finds the old one. ' +
        '`none`: ConfigMaps are applied under their own names, but never one that the live pods read and that would change.',
    },
    'version-secrets': {
      kind: 'list',
      item: {
        kind: 'string',
        shape: 'the name of a Secret',
        pattern: /[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?/,
      },
      maxItems: 20,
      description:
        'Secrets that are released in the same way. It takes the right to read and write Secrets, and keeps old credentials: leave out those that are rotated.',
      example: 'shop-api-keys',
    },
    'allow-owner': {
      kind: 'list',
      item: { kind: 'enum', values: ['argocd', 'flux'] },
      maxItems: 2,
      description:
        'Confirms that this sync leaves alone what a release steers; what to tell it is said by the refusal and by docs/gitops.md.',
      example: 'argocd',
    },
    'allow-annotations': {
      kind: 'list',
      item: {
        kind: 'string',
        shape: 'the whole name of an annotation',
        pattern: /[a-z0-9.-]+\/[A-Za-z0-9._-]+/,
      },
      maxItems: 50,
      description:
        'Annotations of the Service by which a cloud or gateway treats its pods in its own way, and which need not hold while the route sends to the Services of the slots. ' +
        'Any other one of that sort is refused.',
      example: 'cloud.google.com/neg',
    },
    traffic: own.traffic,
    mode: {
      kind: 'enum',
      values: ['deploy', 'plan'],
      default: 'deploy',
      description: '`plan` shows every step and the permissions that it takes, and changes nothing.',
    },
    until: {
      kind: 'enum',
      values: ['preview', 'promoted', 'retired'],
      default: 'promoted',
      description:
        'Where to stop. `preview`: the new version is up and proven, and takes no traffic. `promoted`: it takes all traffic and the old one stays warm. ' +
        '`retired`: the rollback window is waited for and the old version is let go.',
    },
    'preview-replicas': {
      kind: 'integer',
      min: 1,
      description:
        'With `until: preview`: how many pods the preview has. Before it is promoted it is brought to the size of the live version. ' +
        'When not given: as many as the live version.',
      example: '1',
    },
    smoke: input.smoke,
    'smoke-timeout': input.smokeTimeout,
    'probe-url': probe.url,
    'probe-host': probe.host,
    'probe-rate': probe.rate,
    'probe-from': probe.from,
    'probe-image': probe.image,
    'version-header': probe.versionHeader,
    'version-jsonpath': probe.versionJsonpath,
    tolerance: own.tolerance,
    'progress-deadline': {
      kind: 'duration',
      default: '5m',
      min: '1s',
      max: '6h',
      description:
        'By when the pods of the new version must be ready. What cannot become ready, like a wrong image, ends it earlier.',
      example: '10m',
    },
    'scheduling-timeout': {
      kind: 'duration',
      default: '30s',
      min: '0s',
      max: '6h',
      description:
        'How long pods of the new version may go without a node. Longer where nodes are added on demand.',
      example: '5m',
    },
    observe: {
      kind: 'duration',
      default: '10s',
      min: '0s',
      max: '6h',
      description: 'How long the new version is watched under the full traffic before it counts as promoted.',
      example: '5m',
    },
    'rollback-window': {
      kind: 'duration',
      default: '10m',
      min: '0s',
      max: '7d',
      description: 'How long the old version stays warm after the switch, so that a rollback is one patch.',
      example: '1h',
    },
    drain: own.drain,
    'drain-deadline': own.drainDeadline,
    'deploy-budget': {
      kind: 'duration',
      default: '5m',
      min: '10s',
      max: '6h',
      description: 'How long the whole release may take, besides `observe`; after that it is undone.',
      example: '15m',
    },
    'rollback-budget': input.rollbackBudget,
    'park-timeout': {
      kind: 'duration',
      default: '24h',
      min: '1m',
      max: '30d',
      description:
        'How long a preview waits to be gone on with. After that the next release, or `retire`, takes it back, and it cannot be promoted any more.',
      example: '2h',
    },
    release: {
      kind: 'string',
      description:
        'Id of the release to go on with, as the output `release` of the call with `until: preview` gave it. Any other state of the app is refused.',
      shape: 'the id of a release',
      pattern: /[a-z0-9]([a-z0-9.-]*[a-z0-9])?/,
      example: 'shop-7-tp4gvb',
    },
    force: own.force,
    'allow-older': own.allowOlder,
    'github-token': own.githubToken,
    'lock-timeout': input.lockTimeout,
    'lease-duration': input.leaseDuration,
    kubeconfig: input.kubeconfig,
    context: input.context,
    'report-dir': input.reportDir,
    'publish-logs': input.publishLogs,
  },
  rules: [
    {
      rule: 'conflicts',
      when: { input: 'traffic', is: ['service'] },
      with: ['route'],
      because: 'a route is not what moves the traffic then',
    },
    {
      rule: 'conflicts',
      when: { input: 'drain', is: ['close'] },
      with: ['rollback-window'],
      because: 'the old version goes at once, so that there is no window',
    },
    {
      rule: 'conflicts',
      when: { input: 'drain', is: ['keep'] },
      with: ['drain-deadline'],
      because: 'nothing is waited for while the old version is kept',
    },
    ...rule.probing,
  ],
  outputs: {
    release: output.release,
    outcome: output.outcome(
      'Promoted',
      'Retired',
      'Parked',
      'NothingToRelease',
      'Aborted',
      'Inconclusive',
      'Superseded',
      'Planned',
      'Refused',
    ),
    verdict: output.verdict,
    reason: output.reason,
    'active-slot': output.activeSlot,
    'previous-revision': {
      kind: 'number',
      description: 'Number of the revision that was live before; empty for the first release of an app.',
      example: '7',
    },
    'duration-seconds': output.durationSeconds,
    requests: output.requests,
    'failed-requests': output.failedRequests,
    'cutover-ms': {
      kind: 'number',
      description:
        'Milliseconds from the first answer of the new version to the last one of the old; empty when not measured.',
      example: '180',
    },
    evidence: output.evidence,
    report: output.report,
    'rollback-command': {
      description:
        'The command that takes it back, with the entry point as it was given here (but for one with a user or a query); ' +
        'empty when nothing was released, or there is nothing to go back to.',
      example: 'streamgate rollback shop --namespace production --probe-url https://shop.example.com/',
    },
  },
});
