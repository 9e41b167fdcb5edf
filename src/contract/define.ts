import type { InputSpecs, ValueOf } from './kinds.ts';
import type { Rule } from './rules.ts';

export interface OutputSpec {
  readonly description: string;
  /** `string` when left out. A number may be null, which is written as an empty output. */
  readonly kind?: 'string' | 'number' | 'boolean';
  readonly example?: string;
}
export type OutputSpecs = Readonly<Record<string, OutputSpec>>;

/** What a command takes and gives, as plain data: the source of action.yml, flags, help, tables, parser and types. */
export interface Contract<I extends InputSpecs = InputSpecs, O extends OutputSpecs = OutputSpecs> {
  readonly name: string;
  /** One line, at most 125 characters. */
  readonly summary: string;
  /** Paragraphs of Markdown. */
  readonly description: string;
  /** Where it can be started; both when left out. */
  readonly hosts?: readonly ('runner' | 'terminal')[];
  /** Whether the job ends with the command's `post`, to clean up behind a run that was killed. */
  readonly post?: boolean;
  /** How the action looks on GitHub. */
  readonly branding?: { readonly icon: string; readonly color: string };
  /** The input that may stand on the command line without its flag. */
  readonly positional?: string;
  readonly inputs: I;
  readonly rules: readonly Rule[];
  readonly outputs: O;
}

/** Checks names by type and keeps every literal, so that `Inputs` and `Outputs` can be inferred. */
export function defineContract<const I extends InputSpecs, const O extends OutputSpecs>(
  contract: Contract<I, O> & {
    readonly positional?: keyof I & string;
    readonly rules: readonly Rule<keyof I & string>[];
  },
): Contract<I, O> {
  return contract;
}

/** `probe-rate` as a type: `probeRate`. */
export type CamelCase<S extends string> = S extends `${infer Head}-${infer Rest}`
  ? `${Head}${Capitalize<CamelCase<Rest>>}`
  : S;

/** `probe-rate` → `probeRate`. */
export function camelCase(name: string): string {
  return name.replace(/-([a-z0-9])/g, (_match, letter: string) => letter.toUpperCase());
}

/** Given for certain: required, or with a default that the parser applies. */
type Certain<S> = S extends { required: true }
  ? true
  : S extends { default: infer D }
    ? D extends `${string}\${{${string}`
      ? false
      : true
    : false;

/** The parsed inputs of a contract, with camelCase keys. */
export type Inputs<C extends Contract> = {
  readonly [N in keyof C['inputs'] & string as CamelCase<N>]: Certain<C['inputs'][N]> extends true
    ? ValueOf<C['inputs'][N]>
    : ValueOf<C['inputs'][N]> | undefined;
};

type OutputValue<S> = OutputSpec extends S
  ? string | number | boolean | null // any output: nothing is known of its kind
  : S extends { kind: 'number' }
    ? number | null
    : S extends { kind: 'boolean' }
      ? boolean
      : string;

/** The outputs of a contract, with camelCase keys. Total: leaving one out does not compile. */
export type Outputs<C extends Contract> = {
  readonly [N in keyof C['outputs'] & string as CamelCase<N>]: OutputValue<C['outputs'][N]>;
};
