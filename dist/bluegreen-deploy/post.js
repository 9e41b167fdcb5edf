import { runPost } from '../streamgate/index.mjs';
await runPost('bluegreen-deploy');
