export {
  type CamelCase,
  type Contract,
  camelCase,
  defineContract,
  type Inputs,
  type OutputSpec,
  type OutputSpecs,
  type Outputs,
} from './define.ts';
export { describeInput, describeKind, isExpression, literalDefault, nameKind } from './describe.ts';
export type { Complain, InputSpec, InputSpecs, SecretSource, ValueOf } from './kinds.ts';
export {
  type GivenInputs,
  type Parsed,
  type ParseOptions,
  parseInputs,
  readInputs,
  secretsOf,
  type UnknownInput,
} from './parse.ts';
export { type Problem, type Spelling, usageError, yamlScalar, yamlSpelling } from './problems.ts';
export type { Condition, Rule } from './rules.ts';
export { editDistance, suggest } from './suggest.ts';
