import { runCli } from './index.mjs';
await runCli(process.argv.slice(2));
