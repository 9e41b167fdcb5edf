import { describe, expect, it } from '@jest/globals';
import { isTransient, toApiError } from '../../../src/cluster/status.ts';

const failure = (status: number, body: unknown = { message: 'why' }, preconditioned = false) =>
  toApiError({ method: 'PATCH', path: '/api/v1/x?fieldManager=streamgate', status, body, preconditioned });

describe('an answer of the API server that is no success', () => {
  it.each([
    [404, 'NotFound'],
    [409, 'Conflict'],
    [401, 'Denied'],
    [403, 'Denied'],
    [429, 'Unreachable'],
    [500, 'Unreachable'],
    [503, 'Unreachable'],
    [400, 'Refused'],
    [405, 'Refused'],
    [422, 'Refused'],
  ])('%d is %s', (status, code) => {
    expect(failure(status).code).toBe(code);
  });

  it('422 without causes is a conflict when the patch tested something', () => {
    expect(failure(422, { message: 'Invalid' }, true).code).toBe('Conflict');
  });

  it('422 with causes is an error of what was sent, tested or not', () => {
    const body = { message: 'Invalid', details: { causes: [{ field: 'spec.replicas' }] } };
    expect(failure(422, body, true).code).toBe('Refused');
  });

  it("keeps the server's words, and says to what they were the answer, without the query", () => {
    expect(failure(400).message).toBe('why (PATCH /api/v1/x answered 400)');
    expect(failure(400, 'plain text').message).toBe('plain text (PATCH /api/v1/x answered 400)');
    expect(failure(400, '').message).toBe('PATCH /api/v1/x answered 400');
  });

  it('does not repeat values of what was applied, which may be those of a Secret', () => {
    const got = (value: string) => `expected string, got &value.valueUnstructured{Value:${value}}`;
    const prefix = 'failed to create typed patch object (a/s; /v1, Kind=Secret): ';
    expect(failure(500, { message: `${prefix}.data.a: ${got('7331')}` }).message).toBe(
      `${prefix}.data.a: expected string, got a value of another type (PATCH /api/v1/x answered 500)`,
    );
    const map = got('map[string]interface {}{"a":"7331}", "b":"73\n31"}');
    const both = failure(500, { message: `${prefix}errors:\n  .data.a: ${map}\n  .data.b: ${got('7332')}` });
    expect(both.message).not.toMatch(/733|31/);
    expect(both.message).toMatch(/\.data\.a: .*\n {2}\.data\.b: /);
  });

  it('shortens a page of a proxy', () => {
    expect(failure(502, 'x'.repeat(10_000)).message.length).toBeLessThan(2_100);
  });

  it('tells apart credentials that do not count and permissions that are missing', () => {
    expect(failure(401).remedy).toContain('credentials');
    expect(failure(403).remedy).toContain('permission');
  });

  it.each([
    [429, true],
    [500, true],
    [504, true],
    [409, false],
    [404, false],
    [422, false],
  ])('%d may go well another time: %p', (status, transient) => {
    expect(isTransient({ status, body: undefined })).toBe(transient);
  });

  it('takes a 500 for what it is when it is about the fields of what was applied', () => {
    const message =
      'failed to create typed patch object (a/b; /v1, Kind=ConfigMap): .data.a: expected string';
    const body = { kind: 'Status', message, code: 500 };
    expect(isTransient({ status: 500, body })).toBe(false);
    expect(
      toApiError({ method: 'PATCH', path: '/x', status: 500, body, preconditioned: false }),
    ).toMatchObject({ code: 'Refused', message: expect.stringContaining('.data.a: expected string') });
  });
});
