import { defineContract } from '../../contract/index.ts';
import * as input from '../inputs.ts';
import * as output from '../outputs.ts';

export const contract = defineContract({
  name: 'retire',
  summary: 'Let old pods go once their rollback window is over',
  description:
    'After a release the old version stays warm for the rollback window, and nothing in the cluster watches the clock. ' +
    'This does, whenever it is called: it scales the old pods of an app to 0, or with `due` those of every app of the namespace whose window is over, ' +
    'and takes back previews that nobody went on with in time. A release that is under way is left alone. ' +
    'A rollback works afterwards, too; it starts the pods again from their recorded revision.',
  branding: { icon: 'moon', color: 'gray-dark' },
  positional: 'app',
  inputs: {
    app: { ...input.app, required: false, description: 'Name of the app. Left out with `due`.' },
    namespace: input.namespace,
    due: {
      kind: 'boolean',
      default: 'false',
      description:
        'Look at every app of the namespace, and let go what is due. For a schedule; there is nothing to do most of the time, and that passes.',
    },
    now: {
      kind: 'boolean',
      default: 'false',
      description: 'Let the old pods go although the rollback window is not over yet.',
    },
    'lock-timeout': {
      ...input.lockTimeout,
      default: '1m',
      description: 'How long to wait for a release of the same app to end; then the app is left alone.',
    },
    'lease-duration': input.leaseDuration,
    kubeconfig: input.kubeconfig,
    context: input.context,
    'report-dir': input.reportDir,
  },
  rules: [
    {
      rule: 'requires',
      when: { input: 'due', is: ['false'] },
      needs: ['app'],
      because: 'only `due` looks at all apps',
    },
    {
      rule: 'conflicts',
      when: { input: 'due', is: ['true'] },
      with: ['app', { input: 'now', is: ['true'] }],
      because: 'it takes what is due of all apps, and nothing before its time',
    },
  ],
  outputs: {
    outcome: output.outcome('Retired', 'Checked', 'Inconclusive', 'Aborted', 'Refused'),
    verdict: output.verdict,
    reason: output.reason,
    retired: {
      description: 'Apps whose old pods were let go, or whose preview was taken back, separated by commas.',
      example: 'shop,cart',
    },
    left: { kind: 'number', description: 'How many apps were left as they are.', example: '3' },
    'duration-seconds': output.durationSeconds,
    evidence: output.evidence,
    report: output.report,
  },
});
