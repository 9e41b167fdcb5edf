import { formatDuration } from '../../base/index.ts';
import type { Evidence, RunFacts, Side } from '../evidence.ts';
import { dayAndTime } from './figures.ts';
import { subjectOf } from './words.ts';

/** A piece of a fact: prose, something to copy, or a link whose address was checked. */
export type Piece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'link'; readonly text: string; readonly href: string };

export interface Fact {
  readonly label: string;
  readonly pieces: readonly Piece[];
}

/** Who released what, from where to where, when: the head of every view. Unknown facts are left out. */
export function factsOf(evidence: Evidence): readonly Fact[] {
  const facts: readonly (Fact | undefined)[] = [
    ...subjectFacts(evidence),
    ...releaseFacts(evidence),
    fact('Started', text(dayAndTime(evidence.startedAt))),
    fact('Duration', text(formatDuration(evidence.durationMs))),
    fact('Commit', commitPiece(evidence.run)),
    fact('Run', runPiece(evidence.run)),
    fact('By', evidence.run.actor === '' ? undefined : text(evidence.run.actor)),
  ];
  return facts.filter((found) => found !== undefined);
}

function subjectFacts(evidence: Evidence): readonly (Fact | undefined)[] {
  const { app = null, namespace } = subjectOf(evidence) ?? {};
  return [
    fact('App', app === null ? undefined : code(app)),
    fact('Namespace', namespace === undefined ? undefined : code(namespace)),
  ];
}

function releaseFacts({ release }: Evidence): readonly (Fact | undefined)[] {
  if (release === null) return [];
  const { stable, candidate } = release;
  const first = stable === null ? text('first release → ') : undefined;
  return [
    fact('Release', code(release.id), text(` (${release.strategy})`)),
    fact(
      'Traffic moved by',
      release.mode === 'service' ? text("the selector of the app's own Service") : undefined,
    ),
    fact('Revision', first, ...change(stable, candidate, (side) => [text(revisionOf(side))])),
    fact('Version', ...change(stable, candidate, (side) => codes(side.versions, 'not said'))),
    fact('Image', ...change(stable, candidate, (side) => codes(side.images, 'unknown'))),
    fact('Replicas', ...change(stable, candidate, (side) => [text(String(side.replicas))])),
  ];
}

/** The arrow of a change; one side alone when both read the same or there was only one. */
function change(from: Side | null, to: Side, show: (side: Side) => readonly Piece[]): readonly Piece[] {
  if (from === null) return show(to);
  const [before, after] = [show(from), show(to)];
  const same = JSON.stringify(before) === JSON.stringify(after);
  return same ? after : [...before, text(' → '), ...after];
}

function revisionOf(side: Side): string {
  return side.revision === 0 ? `none yet (${side.slot})` : `${side.revision} (${side.slot})`;
}

function codes(values: readonly string[], none: string): readonly Piece[] {
  if (values.length === 0) return [text(none)];
  return values.flatMap((value, index) => (index === 0 ? [code(value)] : [text(', '), code(value)]));
}

function fact(label: string, ...pieces: readonly (Piece | undefined)[]): Fact | undefined {
  const known = pieces.filter((piece) => piece !== undefined);
  return known.length === 0 ? undefined : { label, pieces: known };
}

function text(value: string): Piece {
  return { kind: 'text', text: value };
}

function code(value: string): Piece {
  return { kind: 'code', text: value };
}

function commitPiece(run: RunFacts): Piece | undefined {
  if (run.commit === '') return undefined;
  const short = run.commit.slice(0, 12);
  const server = serverOf(run);
  const linkable = server !== undefined && /^[0-9a-f]{7,64}$/.test(run.commit);
  if (!linkable) return code(short);
  return { kind: 'link', text: short, href: `${server}/${run.repository}/commit/${run.commit}` };
}

function runPiece(run: RunFacts): Piece | undefined {
  if (run.runId === '') return undefined;
  const attempt = run.runAttempt === '' || run.runAttempt === '1' ? '' : `, attempt ${run.runAttempt}`;
  const label = `${run.runId}${attempt}`;
  if (serverOf(run) === undefined) return text(label);
  return { kind: 'link', text: label, href: run.runUrl };
}

/**
 * `https://github.com`, when the address of the run is that of its repository on one server.
 * Only such an address becomes a link; its alphabet needs no escaping in any view.
 */
function serverOf(run: RunFacts): string | undefined {
  if (!/^[\w.-]+\/[\w.-]+$/.test(run.repository)) return undefined;
  if (run.runUrl.includes('..')) return undefined;
  const [, server, path] = /^(https:\/\/[\w.-]+(?::\d+)?)\/([\w./-]+)$/.exec(run.runUrl) ?? [];
  return path?.startsWith(`${run.repository}/`) ? server : undefined;
}
