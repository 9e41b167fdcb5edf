import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Json } from '../../../src/base/index.ts';
import { decodeFields, encodeFields, flatten } from '../../../src/sandbox/api/field-set.ts';
import { applyJsonPatch } from '../../../src/sandbox/api/json-patch.ts';
import { applyMergePatch } from '../../../src/sandbox/api/merge-patch.ts';
import { parseLabelSelector } from '../../../src/sandbox/api/selectors.ts';
import { resources } from '../../../src/sandbox/resources.ts';
import { openApi } from '../../support/in-process-api.ts';

const key = fc.stringMatching(/^[a-z~/]{1,4}$/);
const json: fc.Arbitrary<Json> = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom<Json>(null, true, 0, 1, '', 'a'),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(key, tie('value'), { maxKeys: 3 }),
  ),
})).value;
const object = fc.dictionary(key, json, { maxKeys: 4 });
const pointer = (name: string) => `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
const labels = fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.constantFrom('x', 'y', ''));

describe('a JSON patch', () => {
  it('reads back what it wrote', () => {
    fc.assert(
      fc.property(object, key, json, (document, name, value) => {
        const patched = applyJsonPatch(document, [{ op: 'add', path: pointer(name), value }]);
        expect(applyJsonPatch(patched, [{ op: 'test', path: pointer(name), value }])).toBe(patched);
      }),
    );
  });

  it('add then remove of a new field is nothing at all', () => {
    fc.assert(
      fc.property(object, json, (document, value) => {
        const path = '/NEW';
        expect(
          applyJsonPatch(document, [
            { op: 'add', path, value },
            { op: 'remove', path },
          ]),
        ).toEqual(document);
      }),
    );
  });

  it('whose test does not hold changes nothing and says so', () => {
    const document = { weight: 1 };
    const patch = [
      { op: 'replace', path: '/weight', value: 2 },
      { op: 'test', path: '/weight', value: 1 },
    ];
    expect(() => applyJsonPatch(document, patch)).toThrow('the server rejected our request');
    expect(document).toEqual({ weight: 1 });
  });
});

describe('a merge patch', () => {
  it('applied twice is applied once', () => {
    fc.assert(
      fc.property(json, json, (document, patch) => {
        const once = applyMergePatch(document, patch);
        expect(applyMergePatch(once, patch)).toEqual(once);
      }),
    );
  });
});

describe('a label selector', () => {
  const holds = (selector: string, given: Record<string, string>) =>
    parseLabelSelector(selector)({ metadata: { labels: given } } as never);

  it('and its negation never agree', () => {
    fc.assert(
      fc.property(labels, fc.constantFrom('a', 'b'), fc.constantFrom('x', 'y'), (given, name, value) => {
        expect(holds(`${name}=${value}`, given)).toBe(!holds(`${name}!=${value}`, given));
        expect(holds(`${name} in (${value},z)`, given)).toBe(!holds(`${name} notin (${value}, z)`, given));
        expect(holds(name, given)).toBe(!holds(`!${name}`, given));
      }),
    );
  });

  it('of several requirements wants all of them', () => {
    fc.assert(
      fc.property(labels, (given) => {
        expect(holds('a=x,b in (x,y)', given)).toBe(holds('a=x', given) && holds('b in (x,y)', given));
      }),
    );
  });
});

describe('field sets', () => {
  it('survive their encoding', () => {
    fc.assert(
      fc.property(object, (fields) => {
        const set = new Set(flatten(resources.configmaps, { ...fields }).keys());
        expect(decodeFields(encodeFields(set))).toEqual(set);
      }),
    );
  });
});

describe('server-side apply', () => {
  const value = fc.constantFrom('1', '2', '3');
  const data = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), value);
  const path = (manager: string) =>
    `/api/v1/namespaces/default/configmaps/m?fieldManager=${manager}&force=true`;
  const config = (fields: Record<string, string>) => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'm' },
    data: fields,
  });

  it('twice is once, and leaves the fields of others alone', async () => {
    await fc.assert(
      fc.asyncProperty(data, data, data, async (first, second, other) => {
        const api = openApi();
        await api.ask('PATCH', path('other'), config(other), 'apply');
        await api.ask('PATCH', path('me'), config(first), 'apply');
        const once = await api.ask('PATCH', path('me'), config(second), 'apply');
        const twice = await api.ask('PATCH', path('me'), config(second), 'apply');
        api.close();
        expect(twice.body).toEqual(once.body);
        // What I dropped is gone unless the other still holds it; what the other holds and I never named is unchanged.
        const mine = new Set([...Object.keys(first), ...Object.keys(second)]);
        const left = Object.entries(other).filter(([name]) => !mine.has(name));
        expect(once.body.data ?? {}).toMatchObject({ ...Object.fromEntries(left), ...second });
        for (const name of Object.keys(once.body.data ?? {}))
          expect({ ...other, ...second }).toHaveProperty(name);
      }),
      { numRuns: 40 },
    );
  });
});

describe('a dry run', () => {
  it('answers what the write would, and writes nothing', async () => {
    const api = openApi();
    const labels = { app: 'shop' };
    const containers = [{ name: 'app', image: 'demo:1', readinessProbe: { httpGet: { port: 80 } } }];
    const body = {
      metadata: { name: 'shop' },
      spec: { selector: { matchLabels: labels }, template: { metadata: { labels }, spec: { containers } } },
    };
    const deployments = '/apis/apps/v1/namespaces/default/deployments';
    const dry = await api.ask('POST', `${deployments}?dryRun=All`, body);
    expect((await api.ask('GET', deployments)).body.items).toEqual([]);
    const wet = await api.ask('POST', deployments, body);
    api.close();
    expect(dry.body.spec).toEqual(wet.body.spec);
    expect(dry.body.metadata.generation).toBe(1);
  });
});
