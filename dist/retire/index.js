import { runAction } from '../streamgate/index.mjs';
await runAction('retire');
