export { type Contract, camelCase, defineContract, type Inputs, type Outputs } from './define.ts';
export { describeInput, describeKind, isExpression, literalDefault, nameKind } from './describe.ts';
export type { Complain, InputSpec } from './kinds.ts';
export { type GivenInputs, parseInputs, readInputs, secretsOf } from './parse.ts';
export { type Problem, type Spelling, usageError, yamlSpelling } from './problems.ts';
export type { Condition, Rule } from './rules.ts';
export { editDistance, suggest } from './suggest.ts';
