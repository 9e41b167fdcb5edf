import type { Outcome, Subject } from '../evidence.ts';
import type { Verdict } from '../verdict.ts';
import { fenced, text } from './markdown-escape.ts';
import { verdictLook } from './words.ts';

export interface PlainEnd {
  readonly command: string;
  /** As far as it was given; it may be anything. */
  readonly subject: Partial<Subject>;
  readonly verdict: Verdict;
  readonly outcome: Outcome;
  /** The whole account, of several lines. */
  readonly message: string;
}

/** The summary of a run that left no evidence, since its inputs or manifests were wrong. */
export function renderPlainSummary({ command, subject, verdict, outcome, message }: PlainEnd): string {
  const { app, namespace } = subject;
  const of = app ? ` of ${text(app, 100)}` : '';
  const where = namespace ? ` in ${text(namespace, 100)}` : '';
  const { emoji, word } = verdictLook[verdict];
  return `## ${emoji} ${word}: ${command}${of}${where} ended ${outcome}\n\n${fenced([message], 'text', 10_000)}\n`;
}
