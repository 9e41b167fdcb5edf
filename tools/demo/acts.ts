import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ActionResult, runAction } from '../runner.ts';
import type { Claim } from './claims.ts';
import type { Stage } from './stage.ts';
import { manifestsOf, type Version } from './versions.ts';

/** One scene of the demo: an action that was run, and what has to be true afterwards. */
export interface Act {
  readonly title: string;
  readonly seconds: number;
  readonly claims: readonly Claim[];
  /** Paths of evidence and report. */
  readonly evidence: string;
  readonly report: string;
}

export interface Theatre {
  readonly stage: Stage;
  /** Folder with `actions/` and `dist/`. */
  readonly from: string;
  /** Where evidence and reports go. */
  readonly output: string;
  /** Requests per second on the real entry point during each release. */
  readonly rate: number;
  /** How long each release is watched under the full traffic; `3s` when left out. */
  readonly observe?: string;
  /** Hand-written checks; those of the story when left out, and none but the derived ones when empty. */
  readonly smoke?: string;
  /** Further inputs of every action. */
  readonly inputs?: Readonly<Record<string, string>>;
  readonly onOutput: ((text: string) => void) | undefined;
}

/** The same for every version: what the team checks before it trusts a release. */
const smokeChecks = '- path: /api/orders\n  status: 200\n  within: 2s\n';

/** Runs `bluegreen-deploy` for a version, from the build output, as a runner starts it. */
export async function release(theatre: Theatre, version: Version): Promise<ActionResult> {
  const workspace = join(theatre.output, version.name);
  mkdirSync(workspace, { recursive: true });
  writeFileSync(join(workspace, 'app.yaml'), manifestsOf(version, theatre.stage));
  return play(theatre, 'bluegreen-deploy', workspace, {
    manifests: 'app.yaml',
    smoke: theatre.smoke ?? smokeChecks,
    observe: theatre.observe ?? '3s',
    'rollback-window': '10m',
  });
}

export function goBack(theatre: Theatre): Promise<ActionResult> {
  const workspace = join(theatre.output, 'rollback');
  mkdirSync(workspace, { recursive: true });
  return play(theatre, 'rollback', workspace, {});
}

function play(
  theatre: Theatre,
  name: string,
  workspace: string,
  inputs: Record<string, string>,
): Promise<ActionResult> {
  const { stage, from, rate, onOutput } = theatre;
  return runAction({
    from,
    name,
    workspace,
    inputs: {
      app: 'shop',
      namespace: stage.namespace,
      kubeconfig: stage.kubeconfig,
      'probe-url': stage.url,
      'probe-host': stage.hostname,
      'probe-rate': String(rate),
      'report-dir': 'report',
      ...theatre.inputs,
      ...inputs,
    },
    ...(onOutput === undefined ? {} : { onOutput }),
  });
}
