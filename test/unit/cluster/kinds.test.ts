import { beforeEach, describe, expect, it } from '@jest/globals';
import { createKinds, type Kinds } from '../../../src/cluster/kinds.ts';

const widget = { apiVersion: 'acme.example/v1', kind: 'Widget' };
const served = {
  resources: [
    { name: 'widgets/status', kind: 'Widget', namespaced: true },
    { name: 'widgets', kind: 'Widget', namespaced: true },
  ],
};

describe('a kind that is not among the usual ones', () => {
  let asked: string[];
  let answer: () => unknown;
  let kinds: Kinds;
  beforeEach(() => {
    asked = [];
    answer = () => served;
    kinds = createKinds(async (path) => {
      asked.push(path);
      return answer();
    });
  });

  it('is asked for once', async () => {
    expect(await kinds.find(widget)).toEqual({ plural: 'widgets', namespaced: true });
    await kinds.find(widget);
    expect(asked).toEqual(['/apis/acme.example/v1']);
  });

  it('is asked for again when it was not there, since its definition may have come meanwhile', async () => {
    answer = () => ({ resources: [] });
    expect(await kinds.find(widget)).toBeUndefined();
    await expect(kinds.resolve(widget)).rejects.toMatchObject({
      code: 'Refused',
      message: 'The cluster does not know Widget in acme.example/v1',
    });
    answer = () => served;
    expect(await kinds.resolve(widget)).toEqual({ plural: 'widgets', namespaced: true });
  });

  it('is asked for again when the answer was an error', async () => {
    answer = () => {
      throw new Error('no answer');
    };
    await expect(kinds.find(widget)).rejects.toThrow('no answer');
    answer = () => served;
    expect(await kinds.find(widget)).toEqual({ plural: 'widgets', namespaced: true });
  });

  it('of those that a release touches is never asked for', async () => {
    expect(await kinds.find({ apiVersion: 'apps/v1', kind: 'Deployment' })).toMatchObject({
      plural: 'deployments',
    });
    expect(asked).toEqual([]);
  });
});
