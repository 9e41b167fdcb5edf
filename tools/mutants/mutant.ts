/** One defect that is planted on purpose, to see that a test notices it. */
export interface Mutant {
  /** Names it on the command line and in reports. */
  readonly id: string;
  /** What it would do to a user, in one sentence. */
  readonly harm: string;
  /** From the root of the clone. */
  readonly file: string;
  /** Stands exactly once in the file. */
  readonly find: string;
  readonly replace: string;
  /** Test files, from the root of the clone; one of their tests has to fail. */
  readonly killedBy: readonly string[];
}

/** Why a mutant cannot be planted in this text; undefined when it can. */
export function whyNotPlanted({ find, replace }: Mutant, source: string): string | undefined {
  const places = source.split(find).length - 1;
  if (places === 0) return 'the text that it replaces is gone';
  if (places > 1) return `the text that it replaces stands there ${places} times`;
  return find === replace ? 'it changes nothing' : undefined;
}

export function plant({ find, replace }: Mutant, source: string): string {
  return source.replace(find, () => replace);
}
