import { stripTypeScriptTypes } from 'node:module';

/** Jest transform: types become blanks, so lines and columns stay those of the source and need no map. */
export default {
  process: (source) => ({ code: silently(() => stripTypeScriptTypes(source, { mode: 'strip' })) }),
};

/** Node marks type stripping as experimental once per process; every worker would print it. */
function silently(work) {
  const { emitWarning } = process;
  process.emitWarning = () => {};
  try {
    return work();
  } finally {
    process.emitWarning = emitWarning;
  }
}
