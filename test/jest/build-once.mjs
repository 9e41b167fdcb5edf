import { execFileSync } from 'node:child_process';

/** The build that suites start their actions from: made before the first of them, so that no two make it at once. */
export default function buildOnce() {
  execFileSync(process.execPath, ['tools/build.ts', '--out', '.cache/build', '--if-changed'], {
    stdio: 'inherit',
  });
}
