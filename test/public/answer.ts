import { StreamGateError } from '../../src/base/index.ts';
import { type KubeObject, type ManifestFile, parseManifests } from '../../src/cluster/index.ts';
import { findDesired } from '../../src/release/index.ts';
import type { Lab } from '../support/release-lab.ts';
import type { PublicSet } from './public-set.ts';

/** What a plan says of a set of manifests. */
export interface Answer {
  readonly outcome: 'planned' | 'refused';
  /** Whole sentences: every refusal, or every warning of a plan. */
  readonly told: readonly string[];
  readonly parts: Parts | undefined;
}

/** How the objects were sorted; undefined where they could not be. */
export interface Parts {
  readonly workload: string;
  readonly service: string;
  readonly followers: readonly string[];
  readonly routes: readonly string[];
  readonly autoscalers: readonly string[];
  readonly budgets: readonly string[];
  /** How many objects are beside the app. */
  readonly others: number;
}

/** Plans a set as `mode: plan` does. Throws what is no refusal: that is a defect. */
export async function answerOf(lab: Lab, set: PublicSet, files: readonly ManifestFile[]): Promise<Answer> {
  const { app, namespace = 'default', workload, service } = set;
  const { objects, problems } = parseManifests(files);
  if (problems.length > 0) return { outcome: 'refused', told: problems, parts: undefined };
  const found = findDesired({ app, namespace, objects, images: [], workload, service });
  if ('problems' in found) return { outcome: 'refused', told: found.problems, parts: undefined };
  const names = (list: readonly KubeObject[]) => list.map(({ metadata }) => metadata.name);
  const { desired } = found;
  const parts = {
    workload: desired.workload.metadata.name,
    service: desired.service.metadata.name,
    followers: names(desired.followers),
    routes: names(desired.routes),
    autoscalers: names(desired.autoscalers),
    budgets: names(desired.budgets),
    others: desired.others.length + desired.later.length,
  };
  try {
    const { warnings } = await lab.plan(objects, { app, namespace, workload, service });
    return { outcome: 'planned', told: warnings, parts };
  } catch (thrown) {
    if (!(thrown instanceof StreamGateError) || thrown.remedy === undefined) throw thrown;
    if (!['Refused', 'NotFound', 'Denied'].includes(thrown.code)) throw thrown;
    return { outcome: 'refused', told: sentencesOf(thrown.message), parts };
  }
}

/** Several refusals come as a list, one on each line. */
function sentencesOf(message: string): readonly string[] {
  const [first = '', ...lines] = message.split('\n');
  const listed = lines.filter((line) => line.startsWith('  - ')).map((line) => line.slice(4));
  return listed.length > 0 ? listed : [first];
}

/** How an answer differs from the expected one; empty when it does not. */
export function differences({ expected }: PublicSet, { outcome, told, parts }: Answer): readonly string[] {
  const found: string[] = [];
  if (outcome !== expected.outcome) found.push(`it is ${outcome}, not ${expected.outcome}`);
  const left = [...told];
  for (const fragment of expected.told) {
    const index = left.findIndex((sentence) => sentence.includes(fragment));
    if (index < 0) found.push(`it does not say: ${fragment}`);
    else left.splice(index, 1);
  }
  found.push(...left.map((sentence) => `it says, and should not: ${sentence}`));
  for (const [part, value] of Object.entries(expected.parts)) {
    const given = JSON.stringify(parts?.[part as keyof Parts]);
    if (given !== JSON.stringify(value)) found.push(`${part}: ${given}, not ${JSON.stringify(value)}`);
  }
  return found;
}
