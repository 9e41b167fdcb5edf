import { readCommands } from '../../support/runner.ts';

/** What a person would read of a job. */
export interface JobLog {
  add(text: string): void;
  mask(secret: string): void;
  /** Whether a text has anything in it that must not be shown. */
  isSecret(text: string): boolean;
  /** As the steps wrote it, but for the commands that only tell the runner what to hide. */
  unmasked(): string;
  /** As it is shown. */
  shown(): string;
}

/** Hides secrets whole and by the line, as a runner does, and what steps add from the moment on at which they add it. */
export function createJobLog(secrets: readonly string[]): JobLog {
  const masks = new Set<string>();
  const pieces: { readonly text: string; readonly masked: string }[] = [];
  let open = '';
  const hide = (text: string) =>
    [...masks].sort((a, b) => b.length - a.length).reduce((all, mask) => all.replaceAll(mask, '***'), text);
  function mask(secret: string): void {
    for (const part of [secret, ...secret.split('\n')]) if (part.trim() !== '') masks.add(part.trim());
  }
  function addLine(line: string): void {
    const added = readCommands(line).masks;
    for (const secret of added) mask(secret);
    if (added.length === 0) pieces.push({ text: line, masked: hide(line) });
  }
  for (const secret of secrets) mask(secret);
  return {
    add(text) {
      const lines = (open + text).split('\n');
      open = lines.pop() ?? '';
      for (const line of lines) addLine(line);
    },
    mask,
    isSecret: (text) => hide(text) !== text,
    unmasked: () => [...pieces.map(({ text }) => text), open].join('\n'),
    shown: () => [...pieces.map(({ masked }) => masked), hide(open)].join('\n'),
  };
}
