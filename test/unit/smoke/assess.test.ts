import { describe, expect, it } from '@jest/globals';
import { assessAnswer, describeWants } from '../../../src/smoke/assess.ts';
import type { HttpAnswer } from '../../../src/smoke/http-attempt.ts';
import { parseChecks } from '../../../src/smoke/index.ts';
import { redactorFor } from '../../../src/smoke/secrets.ts';

const answer: HttpAnswer = {
  status: 200,
  headers: { 'content-type': 'application/json', 'set-cookie': 'sid=geheim' },
  body: '{"status":"up","n":[1,2]}',
  tookMs: 40,
};

const assess = (check: object, change: Partial<HttpAnswer> = {}) => {
  const checks = parseChecks({ path: '/', ...check }).checks ?? [];
  const [first] = checks;
  if (first === undefined) throw new Error('the check of this test is wrong');
  return assessAnswer({ ...answer, ...change }, first.wants, redactorFor(checks));
};

describe('an answer that is as wanted', () => {
  it.each([
    [{}],
    [{ status: [204, 200] }],
    [{ contains: '"up"' }],
    [{ matches: '"n":\\[\\d' }],
    [{ jsonpath: { '$.status': 'up', '$.n[1]': 2, '$.n': [1, 2] } }],
    [{ header: { 'Content-Type': '/^application/' } }],
    [{ within: '40ms' }],
  ])('to %j has no mismatch', (check) => {
    expect(assess(check)).toBeUndefined();
  });
});

describe('an answer that is not', () => {
  it.each([
    [{ status: 201 }, {}, 'answered 200 "{"status":"up","n":[1,2]}"', '201'],
    [{}, { status: 500, body: 'boom\n\u001b[31m' }, 'answered 500 "boom [31m"', '2xx'],
    [{}, { status: 503, body: '' }, 'answered 503 with an empty body', '2xx'],
    [{ contains: 'down' }, {}, 'answered 200 "{"status":"up","n":[1,2]}"', 'a body that contains "down"'],
    [{ matches: '^$' }, {}, 'answered 200 "{"status":"up","n":[1,2]}"', 'a body that matches /^$/'],
    [
      { matches: 'x\u001b]0;y\u0085::error::z' },
      {},
      'answered 200 "{"status":"up","n":[1,2]}"',
      'a body that matches /x ]0;y ::error::z/',
    ],
    [{ jsonpath: { '$.status': 'down' } }, {}, 'answered 200 with "up" at $.status', '"down"'],
    [{ jsonpath: { '$.gone': null } }, {}, 'answered 200 with nothing at $.gone', 'null'],
    [{ jsonpath: { '$.a': 1 } }, { body: '<p>' }, 'answered 200 "<p>"', 'a JSON body'],
    [{ header: { 'x-mode': 'live' } }, {}, 'answered 200 with header x-mode none', 'header x-mode "live"'],
    [
      { header: { constructor: '/./' } },
      {},
      'answered 200 with header constructor none',
      'header constructor matching /./',
    ],
    [{ within: '39ms' }, {}, 'answered 200 in 40 ms', 'an answer within 39 ms'],
  ])('%j: says what was seen and what was wanted', (check, change, seen, wanted) => {
    expect(assess(check, change)).toEqual({ seen, wanted });
  });

  it('is not looked at for longer than a second, however long an expression would take', () => {
    const matches = '^(a+)+$';
    const hostile = `${'a'.repeat(34)}!`;
    const wanted = 'matches /^(a+)+$/, found out within 1 s';
    expect(assess({ matches }, { body: hostile })?.wanted).toBe(`a body that ${wanted}`);
    const header = { 'x-list': `/${matches}/` };
    expect(assess({ header }, { headers: { 'x-list': hostile } })?.wanted).toBe(
      'header x-list matching /^(a+)+$/',
    );
  });

  it('quotes at most 200 characters', () => {
    expect(assess({ status: 500 }, { body: 'x'.repeat(999) })?.seen).toBe(
      `answered 200 "${'x'.repeat(200)}…"`,
    );
  });
});

describe('secrets', () => {
  it.each([
    ['as it was sent', 'Bearer s3cr3t-value'],
    ['without its scheme', 's3cr3t-value'],
    ['as JSON', '{"authorization":"Bearer s3cr3t-value"}'],
    ['in base64', Buffer.from('s3cr3t-value').toString('base64')],
    ['at the edge of the quotation', `${'x'.repeat(195)}s3cr3t-value`],
  ])('that a server echoes %s are masked', (_how, body) => {
    const seen = assess({ status: 500, headers: { authorization: 'Bearer s3cr3t-value' } }, { body })?.seen;
    expect(seen).toContain('*');
    expect(seen).not.toMatch(/s3cr3|czNjcjN0/);
  });

  it('in cookies and Basic credentials are masked, too', () => {
    const headers = {
      authorization: `Basic ${Buffer.from('me:pa55word').toString('base64')}`,
      cookie: 'sid=c00kie-jar',
    };
    const seen = assess({ status: 500, headers }, { body: 'pa55word c00kie-jar hello' })?.seen;
    expect(seen).toBe('answered 200 "*** *** hello"');
  });

  it('in headers of the answer are never shown', () => {
    const mismatch = assess({ header: { 'set-cookie': 'sid=other' } });
    expect(mismatch).toEqual({
      seen: 'answered 200 with header set-cookie ***',
      wanted: 'another header set-cookie',
    });
  });
});

describe('what a check wants', () => {
  it('is said in one line', () => {
    const { checks = [] } = parseChecks({
      path: '/',
      status: [200, '3xx'],
      contains: 'ok',
      within: '2s',
      header: { etag: '/./' },
    });
    expect(checks.map(({ wants }) => describeWants(wants))).toEqual([
      '200 or 3xx with header etag matching /./, a body that contains "ok" within 2 s',
    ]);
  });
});
