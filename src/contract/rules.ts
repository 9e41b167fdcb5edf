/** Holds when the input was given, or when its value (default included) is one of `is`. */
export type Condition<N extends string = string> = N | { readonly input: N; readonly is: readonly string[] };

/** How inputs depend on each other. `because` ends the sentence and says why. */
export type Rule<N extends string = string> =
  | {
      /** Exactly one of them. */
      readonly rule: 'oneOf';
      readonly of: readonly N[];
      readonly when?: Condition<N>;
      readonly because: string;
    }
  | {
      /** When the condition holds, all of these must be given. */
      readonly rule: 'requires';
      readonly when: Condition<N>;
      readonly needs: readonly N[];
      readonly because: string;
    }
  | {
      /** When the condition holds, none of these may be given (or have one of the named values). */
      readonly rule: 'conflicts';
      readonly when: Condition<N>;
      readonly with: readonly Condition<N>[];
      readonly because: string;
    };

/** What the rules look at: the text of each input, and where it came from. */
export interface Facts {
  /** Whether the user gave it, as against a default. */
  given(name: string): boolean;
  /** The value as text, default included; undefined when there is none. */
  text(name: string): string | undefined;
}

/** A rule that does not hold: which inputs to look at, and the sentence to say. */
export interface BrokenRule {
  readonly inputs: readonly string[];
  readonly message: string;
}

/** `spell` writes an input the way its host does: `probe-rate` or `--probe-rate`. */
export function brokenRules(
  rules: readonly Rule[],
  facts: Facts,
  spell: (name: string) => string,
): readonly BrokenRule[] {
  return rules.flatMap((rule): BrokenRule[] => {
    if (rule.when !== undefined && !holds(rule.when, facts)) return [];
    if (rule.rule === 'oneOf') return brokenChoice(rule, facts, spell);
    const reason = describeCondition(rule.when, facts, spell);
    if (rule.rule === 'requires') {
      return rule.needs
        .filter((name) => !facts.given(name))
        .map((name) => ({
          inputs: [name],
          message: `is missing: ${reason} needs it, because ${rule.because}`,
        }));
    }
    return rule.with
      .filter((condition) => holds(condition, facts))
      .map((condition) => ({
        inputs: [nameOf(rule.when), nameOf(condition)],
        message: `${reason} and ${describeCondition(condition, facts, spell)} exclude each other: ${rule.because}`,
      }));
  });
}

function brokenChoice(
  rule: Extract<Rule, { rule: 'oneOf' }>,
  facts: Facts,
  spell: (name: string) => string,
): BrokenRule[] {
  const given = rule.of.filter((name) => facts.given(name));
  if (given.length === 1) return [];
  const names = rule.of.map(spell).join(', ');
  const condition = rule.when === undefined ? '' : ` with ${describeCondition(rule.when, facts, spell)}`;
  const found = given.length === 0 ? 'none was given' : `given were ${given.map(spell).join(' and ')}`;
  return [
    { inputs: rule.of, message: `exactly one of ${names} is needed${condition}, ${found}: ${rule.because}` },
  ];
}

function holds(condition: Condition, facts: Facts): boolean {
  if (typeof condition === 'string') return facts.given(condition);
  const text = facts.text(condition.input);
  return text !== undefined && condition.is.includes(text.trim());
}

function nameOf(condition: Condition): string {
  return typeof condition === 'string' ? condition : condition.input;
}

function describeCondition(condition: Condition, facts: Facts, spell: (name: string) => string): string {
  if (typeof condition === 'string') return spell(condition);
  return `${spell(condition.input)} ${facts.text(condition.input)?.trim() ?? ''}`.trim();
}
