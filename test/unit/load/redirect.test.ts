import { describe, expect, it } from '@jest/globals';
import { describeRedirect } from '../../../src/load/redirect.ts';
import { targetOf } from '../../../src/load/target.ts';

const target = targetOf(new URL('http://10.0.0.7:8080/shop/?a=1'), 'shop.example.com');
const describeIt = (status: number, location?: string) => {
  const headers = new Map<string, string[]>(location === undefined ? [] : [['location', [location]]]);
  return describeRedirect({ status, minor: 1, headers }, target);
};

describe('where a redirect leads to', () => {
  it.each([
    [308, 'https://shop.example.com/', '308 to https://shop.example.com/'],
    [302, '/login', '302 to http://shop.example.com/login'],
    [302, 'login', '302 to http://shop.example.com/shop/login'],
    [302, 'https://me:secret@id.example.com/in?token=secret#secret', '302 to https://id.example.com/in'],
  ])('is told of %d to %s, without what may be a secret', (status, location, told) => {
    expect(describeIt(status, location)).toBe(told);
  });

  it.each([
    [308, undefined],
    [302, 'javascript:secret()'],
    [302, 'http://['],
  ])('is not told of %d to %s', (status, location) => {
    expect(describeIt(status, location)).toBe(String(status));
  });

  it('is nothing for another answer', () => {
    expect(describeIt(200, '/ok')).toBe('');
  });
});
