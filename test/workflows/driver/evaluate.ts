import { data, Evaluator, Lexer, Parser } from '@actions/expressions';
import {
  isBasicExpression,
  isBoolean,
  isMapping,
  isNumber,
  isSequence,
  isString,
} from '@actions/workflow-parser';
import { entriesOf, type Token } from './read-workflow.ts';

/** What `success()` and its like look at. */
export interface Status {
  readonly failed: boolean;
  readonly cancelled: boolean;
}

/** What an expression can see: contexts by name, as plain data. A context that is not there is an error, as at GitHub. */
export type Contexts = Readonly<Record<string, unknown>>;

/** The value of a token: plain data. */
export function evaluate(token: Token | undefined, contexts: Contexts, status?: Status): unknown {
  if (token === undefined) return undefined;
  if (isBasicExpression(token)) return evaluateExpression(token.expression, contexts, status);
  if (isMapping(token)) return evaluateMapping(token, contexts);
  if (isSequence(token)) return [...token].map((entry) => evaluate(entry, contexts, status));
  return isString(token) || isNumber(token) || isBoolean(token) ? token.value : null;
}

export function evaluateMapping(
  token: Token | undefined,
  contexts: Contexts,
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(entriesOf(token).map(([key, value]) => [key, evaluate(value, contexts)]));
}

/** As `with`, `env` and outputs are handed over: everything is text. */
export function evaluateTexts(
  token: Token | undefined,
  contexts: Contexts,
): Readonly<Record<string, string>> {
  const values = Object.entries(evaluateMapping(token, contexts));
  return Object.fromEntries(values.map(([key, value]) => [key, toText(value)]));
}

export function holds(condition: Token, contexts: Contexts, status: Status): boolean {
  return Boolean(evaluate(condition, contexts, status));
}

function toText(value: unknown): string {
  return value === null || value === undefined ? '' : String(value);
}

function evaluateExpression(expression: string, contexts: Contexts, status: Status | undefined): unknown {
  const functions = status === undefined ? [] : statusFunctions(status);
  const tree = new Parser(tokensOf(expression), Object.keys(contexts), functions).parse();
  const named = new Map(functions.map((entry) => [entry.name, entry]));
  const result = new Evaluator(tree, toExpressionData(contexts), named).evaluate();
  return JSON.parse(JSON.stringify(result, data.replacer));
}

/** The lexer undoes the doubling of a quote only once in a text; a script with two quotes would get a third. */
function tokensOf(expression: string) {
  return new Lexer(expression).lex().tokens.map((token) => {
    if (typeof token.value !== 'string') return token;
    return { ...token, value: token.lexeme.slice(1, -1).replaceAll("''", "'") };
  });
}

function statusFunctions({ failed, cancelled }: Status) {
  const answers = { success: !failed && !cancelled, failure: failed && !cancelled, cancelled, always: true };
  return Object.entries(answers).map(([name, answer]) => ({
    name,
    minArgs: 0,
    maxArgs: 0,
    call: () => new data.BooleanData(answer),
  }));
}

function toExpressionData(contexts: Contexts): data.Dictionary {
  const value: unknown = JSON.parse(JSON.stringify(contexts), data.reviver);
  if (!(value instanceof data.Dictionary)) throw new Error('contexts are an object');
  return value;
}
