import { defineContract } from '../../contract/index.ts';
import * as input from '../inputs.ts';
import * as output from '../outputs.ts';
import * as probe from '../probe-inputs.ts';
import * as rule from '../rules.ts';

export const contract = defineContract({
  name: 'rollback',
  summary: 'Take an app back to the version before, with nothing in hand but its name',
  description:
    'Within the rollback window the old version is still warm, and one patch per route gives it the traffic back. ' +
    'Later it is brought up from its recorded revision first. Either way it is proven that the old version answers. ' +
    'When there is nothing to go back to, it refuses and says why.',
  branding: { icon: 'rotate-ccw', color: 'orange' },
  post: true,
  positional: 'app',
  inputs: {
    app: input.app,
    namespace: input.namespace,
    to: {
      kind: 'integer',
      min: 1,
      description: 'Number of the revision to go back to. When not given: the one before the live one.',
      example: '7',
    },
    drill: {
      kind: 'boolean',
      default: 'false',
      description:
        'Go back and return at once, to measure the way back while nobody needs it. Only while the old version is warm.',
    },
    now: {
      kind: 'boolean',
      default: 'false',
      description:
        'Send the traffic back before anything else, also to fewer pods than the live version has: they are scaled up afterwards. ' +
        'When not set, the older version is brought to the live size first. Pods that are gone have to be started in any case.',
    },
    'unfinished-only': {
      kind: 'boolean',
      default: 'false',
      description:
        'Only reverse a release that never ended, because its runner was lost; when there is none, do nothing and pass. ' +
        'For a job that runs after a release that did not succeed.',
    },
    mode: {
      kind: 'enum',
      values: ['deploy', 'plan'],
      default: 'deploy',
      description: '`plan` shows every step, and changes nothing.',
    },
    route: input.route,
    'probe-url': {
      ...probe.url,
      description:
        'Address of the real entry point, as callers use it; it is asked all through the rollback to count lost requests. When not given: the one that the Gateway of the route, ' +
        'an Ingress or the Service publishes. Where none is found, the traffic goes back all the same, nothing is asked, and the outcome says that loss was not measured; only `drill` needs one.',
    },
    'probe-host': probe.host,
    'probe-rate': probe.rate,
    'probe-from': probe.from,
    'probe-image': probe.image,
    'version-header': probe.versionHeader,
    'version-jsonpath': probe.versionJsonpath,
    'progress-deadline': {
      kind: 'duration',
      default: '2m',
      min: '1s',
      max: '6h',
      description: 'By when the pods of the old version must be ready again, when they are no longer warm.',
      example: '5m',
    },
    'rollback-budget': input.rollbackBudget,
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
      when: { input: 'unfinished-only', is: ['true'] },
      with: ['to', { input: 'drill', is: ['true'] }],
      because: 'what is reversed is the release that did not end, wherever that leads back to',
    },
    {
      rule: 'conflicts',
      when: { input: 'now', is: ['true'] },
      with: [{ input: 'drill', is: ['true'] }],
      because: 'a drill is for quiet times, and must not leave callers with too few pods',
    },
    ...rule.probing,
  ],
  outputs: {
    release: output.release,
    outcome: output.outcome(
      'FastRolledBack',
      'RolledBack',
      'Promoted',
      'Aborted',
      'Inconclusive',
      'Superseded',
      'Planned',
      'Checked',
      'Refused',
    ),
    verdict: output.verdict,
    reason: output.reason,
    'active-slot': output.activeSlot,
    revision: { kind: 'number', description: 'Number of the revision that is live now.', example: '7' },
    'duration-seconds': output.durationSeconds,
    'rollback-ms': {
      kind: 'number',
      description:
        'Milliseconds from the start to the last answer of the abandoned version; empty when not measured.',
      example: '1900',
    },
    requests: output.requests,
    'failed-requests': output.failedRequests,
    evidence: output.evidence,
    report: output.report,
  },
});
