import { defineContract } from '../../contract/index.ts';
import * as input from '../inputs.ts';
import * as output from '../outputs.ts';
import * as probe from '../probe-inputs.ts';
import * as rule from '../rules.ts';

export const contract = defineContract({
  name: 'smoke-test',
  summary: 'Check each pod of a version, or one address, and prove which version answered',
  description:
    'Checks come from the probes and ports of the workload and from `smoke`. With `app` each ready pod is asked by itself, through a port-forward; with `url` that address is. ' +
    'A failing check is tried again until the deadline. Every answer must come from the version that is meant. No checks at all are `invalid`, never a pass.',
  branding: { icon: 'check-circle', color: 'blue' },
  positional: 'app',
  inputs: {
    app: { ...input.app, required: false },
    url: {
      ...probe.url,
      flawOf: probe.flawOfAddress('give `authorization` in the `headers` of a check'),
      description: 'Address to check, instead of the pods of an `app`.',
      example: 'https://shop.example.com',
    },
    namespace: input.namespace,
    slot: {
      kind: 'enum',
      values: ['active', 'idle', 'blue', 'green'],
      default: 'active',
      description:
        'Which pods of the app: those that take the traffic, those that do not, or those of a slot by name.',
    },
    smoke: input.smoke,
    'smoke-timeout': input.smokeTimeout,
    version: {
      kind: 'string',
      quote: true,
      maxLength: 200,
      description:
        'Version that must answer. When not given, every pod only has to answer with the same one.',
      example: '1.10.0',
    },
    'version-header': probe.versionHeader,
    'version-jsonpath': probe.versionJsonpath,
    kubeconfig: input.kubeconfig,
    context: input.context,
    'report-dir': input.reportDir,
  },
  rules: [
    { rule: 'oneOf', of: ['app', 'url'], because: 'that is what gets checked' },
    {
      rule: 'requires',
      when: 'url',
      needs: ['smoke'],
      because: 'an address has no probes that checks could be derived from',
    },
    rule.versionInOnePlace,
  ],
  outputs: {
    outcome: output.outcome('Checked', 'Inconclusive', 'Aborted', 'Refused'),
    verdict: output.verdict,
    reason: output.reason,
    checks: { kind: 'number', description: 'How many checks were made.', example: '12' },
    'failed-checks': { kind: 'number', description: 'How many of them failed.', example: '0' },
    version: {
      description: 'What the answers called themselves; empty when they did not, or did not agree.',
      example: '1.10.0',
    },
    'duration-seconds': output.durationSeconds,
    evidence: output.evidence,
    report: output.report,
  },
});
