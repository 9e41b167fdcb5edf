import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { type Lab, manifests, openLab } from '../../support/release-lab.ts';

let lab: Lab;
beforeEach(async () => {
  lab = await openLab();
});
afterEach(() => lab.close());

it('autoscalers and budgets are listed together before a way back, and the former again only when sizes are held', async () => {
  await lab.deploy(manifests({ VERSION: 'v1' }));
  await lab.deploy(manifests({ VERSION: 'v2' }));
  const before = lab.sandbox.requests.length;
  await lab.rollback();
  const asked = lab.sandbox.requests.slice(before);
  const [, moving] = asked.filter(({ method, path }) => method === 'PATCH' && path.includes('/httproutes/'));
  // The first marks the route, the second moves its traffic.
  if (moving === undefined) throw new Error('no route moved');
  const lists = asked
    .slice(0, asked.indexOf(moving))
    .flatMap(({ path }) => /\/(poddisruptionbudgets|horizontalpodautoscalers)\?/.exec(path)?.[1] ?? []);
  expect(lists).toEqual(['horizontalpodautoscalers', 'poddisruptionbudgets', 'horizontalpodautoscalers']);
});
