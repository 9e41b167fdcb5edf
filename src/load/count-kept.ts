import type { KeptConnections } from '../evidence/index.ts';
import { attribute, type ReleaseView } from './attribute.ts';
import type { Answer } from './prober.ts';

/**
 * Whom the open kept connections talk to, by the last answer that each of them brought. They are used in turn, so each
 * that is still open is among the last as many answers as there ever were connections. Null when the versions cannot
 * be told apart: then nobody knows.
 */
export function countKept(answers: readonly Answer[], view: ReleaseView): KeptConnections | null {
  if (!view.sidesKnown) return null;
  const kept = answers.filter(({ connection }) => connection !== null);
  const round = kept.slice(-new Set(kept.map(({ connection }) => connection)).size);
  const last = new Map(round.map((answer) => [answer.connection, answer]));
  // Where no answer came, there is no connection any more.
  const open = [...last.values()].filter(({ status }) => status !== null);
  const onAbandoned = open.filter(({ version }) => view.roleOf(version) === 'stable').length;
  return { connections: open.length, onAbandoned, cut: countCut(answers, view) };
}

/** Requests on kept connections that nobody answered once the switch had begun. */
export function countCut(answers: readonly Answer[], view: ReleaseView): number {
  return answers.filter(
    (answer) =>
      answer.population === 'kept' && answer.status === null && attribute(answer, view) === 'switch',
  ).length;
}
