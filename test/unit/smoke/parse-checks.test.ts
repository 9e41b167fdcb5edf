import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseChecks } from '../../../src/smoke/index.ts';

describe('hand-written checks', () => {
  it('need a path only', () => {
    expect(parseChecks([{ path: '/healthz' }]).checks).toEqual([
      {
        kind: 'http',
        name: 'GET /healthz',
        method: 'GET',
        path: '/healthz',
        port: undefined,
        scheme: 'http',
        headers: {},
        body: undefined,
        wants: {
          status: [{ from: 200, to: 299 }],
          contains: undefined,
          matches: undefined,
          values: [],
          headers: [],
          withinMs: undefined,
        },
        answers: 10,
      },
    ]);
  });

  it('say nothing to a terminal or a runner by what they are called, ask for or get wrong', () => {
    const odd = '\u0085::error::\u001b]0;x\u0007';
    const { checks } = parseChecks([
      { path: '/', name: `order${odd}`, jsonpath: { [`$['${odd}']`]: 1 }, header: { [odd]: 'a' } },
      { path: '/', name: '\u0007' },
    ]);
    expect(checks?.map(({ name }) => name)).toEqual(['order ::error:: ]0;x', 'GET /']);
    const { problems } = parseChecks({ path: '/', headers: { [odd]: 'a' }, matches: `(${odd}` });
    expect(problems).toHaveLength(2);
    const told = checks?.flatMap(({ wants: { values, headers } }) => [
      ...values.map(({ text }) => text),
      ...headers.map(({ name }) => name),
    ]);
    expect(told).toHaveLength(2);
    for (const text of [told, problems]) expect(JSON.stringify(text)).not.toMatch(/\\u|\u0085/);
  });

  it('are repeated only where that changes nothing, unless it is said how often', () => {
    const answers = (check: object) => parseChecks(check).checks?.map((parsed) => parsed.answers);
    expect(answers({ path: '/', method: 'HEAD' })).toEqual([10]);
    expect(answers({ path: '/', method: 'POST' })).toEqual([1]);
    expect(answers({ path: '/', body: 'x', answers: 3 })).toEqual([3]);
    for (const wrong of [0, 1.5, 1_001, '3'])
      expect(parseChecks({ path: '/', answers: wrong }).problems).toMatchObject([
        { where: 'checks[0].answers' },
      ]);
  });

  it('can ask for everything about an answer', () => {
    const { checks } = parseChecks({
      name: 'order',
      path: '/api/orders?dry=1',
      port: 8080,
      scheme: 'https',
      body: { item: 1 },
      headers: { Authorization: 'Bearer x', 'X-Count': 3 },
      status: [201, '4xx'],
      contains: 'id',
      matches: '"id":\\d+',
      jsonpath: { '$.items[0].name': 'tea' },
      header: { 'Content-Type': '/JSON/i', 'X-Mode': 'live' },
      within: '1.5s',
    });
    expect(checks?.[0]).toMatchObject({
      name: 'order',
      method: 'POST',
      port: 8080,
      scheme: 'https',
      body: '{"item":1}',
      headers: { authorization: 'Bearer x', 'x-count': '3', 'content-type': 'application/json' },
      wants: {
        status: [
          { from: 201, to: 201 },
          { from: 400, to: 499 },
        ],
        contains: 'id',
        matches: /"id":\d+/,
        values: [{ path: ['items', 0, 'name'], value: 'tea' }],
        headers: [
          { name: 'content-type', rule: /JSON/i },
          { name: 'x-mode', rule: 'live' },
        ],
        withinMs: 1_500,
      },
    });
  });

  it.each([
    [{ path: 'healthz' }, 'path', 'slash'],
    [{ path: '/a b' }, 'path', 'encode'],
    [{ path: '/\r\nx: y' }, 'path', 'encode'],
    [{ port: 0 }, 'port', '65535'],
    [{ port: 'web' }, 'port', '65535'],
    [{ method: 'FETCH' }, 'method', 'GET'],
    [{ status: 99 }, 'status', '2xx'],
    [{ status: [] }, 'status', '2xx'],
    [{ contains: 7 }, 'contains', 'text'],
    [{ matches: '(' }, 'matches', 'Invalid regular expression'],
    [{ jsonpath: { '$.*': 1 } }, 'jsonpath.$.*', '$.items[0].name'],
    [{ header: { 'x-y': ['a'] } }, 'header.x-y', 'between slashes'],
    [{ header: { 'x-y': '/(/' } }, 'header.x-y', 'Invalid regular expression'],
    [{ headers: { 'bad name': 'x' } }, 'headers.bad name', 'letters'],
    [{ headers: 'x: y' }, 'headers', '{ name: value }'],
    [{ within: 5 }, 'within', '500ms'],
    [{ within: '0' }, 'within', '500ms'],
    [{ header: {}, stauts: 200 }, 'stauts', 'Did you mean "status"?'],
    [{ timeout: '2s' }, 'timeout', 'Known fields'],
  ])('that are wrong are named with place and remedy: %j', (check, field, remedy) => {
    const { checks, problems = [] } = parseChecks([{ path: '/' }, { path: '/', ...check }]);
    expect(checks).toBeUndefined();
    expect(problems).toHaveLength(1);
    expect(problems[0]?.where).toBe(`checks[1].${field}`);
    expect(problems[0]?.remedy).toContain(remedy);
  });

  it('name all mistakes at once, and never the value of a header', () => {
    const { problems = [] } = parseChecks([
      { path: 'x', port: -1, headers: { authorization: 'geheim\n' } },
      'text',
    ]);
    expect(problems.map(({ where }) => where)).toEqual([
      'checks[0].path',
      'checks[0].port',
      'checks[0].headers.authorization',
      'checks[1]',
    ]);
    expect(JSON.stringify(problems)).not.toContain('geheim');
  });

  it('never make the reader throw, whatever they are', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const { checks, problems } = parseChecks(value);
        expect((checks === undefined) !== (problems === undefined)).toBe(true);
      }),
    );
  });
});
