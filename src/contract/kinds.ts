import type { Json } from '../base/index.ts';

/** What every input has, whatever its kind. */
interface Common {
  /** Whole sentences for the documentation. */
  readonly description: string;
  readonly required?: boolean;
  /**
   * What counts when nothing is given, written as a user would write it; the parser applies it.
   * An expression (`${{ github.token }}`) stands in action.yml instead, where the runner evaluates it.
   */
  readonly default?: string;
  /** A value that works, as a user would write it. */
  readonly example?: string;
  /** What a number counts: `requests/s`. */
  readonly unit?: string;
  /** For tags and versions: YAML reads `1.10` as 1.1, so the documentation says to quote it. */
  readonly quote?: boolean;
}

/** Any text. `pattern` must match all of it; `shape` says in words what it asks for. */
export interface StringKind {
  readonly kind: 'string';
  readonly pattern?: RegExp;
  readonly shape?: string;
  /** What no pattern can say: the flaw of a text that matches, as in `holds a password`. Undefined: it has none. */
  readonly flawOf?: (text: string) => string | undefined;
  readonly maxLength?: number;
}

export interface BooleanKind {
  readonly kind: 'boolean';
}

/** `integer` is whole; `weight` is a whole share of traffic in percent, 0 to 100. */
export interface NumberKind {
  readonly kind: 'integer' | 'number' | 'weight';
  readonly min?: number;
  readonly max?: number;
}

/** `90s`, `5m`, `1h30m`: parsed to milliseconds. The limits are written the same way. */
export interface DurationKind {
  readonly kind: 'duration';
  readonly min?: string;
  readonly max?: string;
}

/** A Kubernetes quantity (`250m`, `1.5Gi`): parsed to base units. The limits are written the same way. */
export interface QuantityKind {
  readonly kind: 'quantity';
  readonly min?: string;
  readonly max?: string;
}

export interface EnumKind {
  readonly kind: 'enum';
  readonly values: readonly string[];
}

/** Kinds that one item of a list may have. */
export type ItemKind = StringKind | NumberKind | DurationKind | QuantityKind | EnumKind;

/** Items between commas or line breaks. */
export interface ListKind {
  readonly kind: 'list';
  readonly item: ItemKind;
  readonly maxItems?: number;
}

/** Says what is wrong at a place inside a YAML value: `complain('[0].path', 'must begin with /')`. */
export type Complain = (path: string, problem: string) => void;

/** YAML or JSON. Without a schema the value is handed on as it is. */
export interface YamlKind {
  readonly kind: 'yaml';
  readonly schema?: (value: Json, complain: Complain) => unknown;
  /** What is wanted, in words. */
  readonly shape?: string;
}

/** Files, globs, directories, or `-` for standard input; between commas or line breaks. */
export interface FilesKind {
  readonly kind: 'files';
}

/**
 * Never printed, masked at once, and on the command line never a literal.
 * With `orFile` it may also be the path of a file, which is no secret itself.
 */
export interface SecretKind {
  readonly kind: 'secret';
  readonly orFile?: boolean;
}

export type AnyKind = ItemKind | BooleanKind | ListKind | YamlKind | FilesKind | SecretKind;

export type InputSpec = Common & AnyKind;
export type InputSpecs = Readonly<Record<string, InputSpec>>;

/** A secret that may be a file: exactly one of the two is there. */
export interface SecretSource {
  readonly content?: string;
  readonly file?: string;
}

/** The type that a kind is parsed to. */
export type ValueOf<K> = K extends { kind: 'boolean' }
  ? boolean
  : K extends { kind: 'integer' | 'number' | 'weight' | 'duration' | 'quantity' }
    ? number
    : K extends { kind: 'enum'; values: readonly (infer V)[] }
      ? V
      : K extends { kind: 'list'; item: infer I }
        ? readonly ValueOf<I>[]
        : K extends { kind: 'yaml'; schema: (...given: never) => infer T }
          ? T
          : K extends { kind: 'yaml' }
            ? Json
            : K extends { kind: 'files' }
              ? readonly string[]
              : K extends { kind: 'secret'; orFile: true }
                ? SecretSource
                : string;
