/** Jest transform for a package that imports JSON as bundlers allow it: the language wants to be told. */
export default {
  process: (source) => ({ code: source.replace(/^(import .+\.json")(?=;)/gm, '$1 with { type: "json" }') }),
};
