import { describe, expect, it } from '@jest/globals';
import { contract as deploy } from '../../../src/commands/bluegreen-deploy/contract.ts';
import { contract as rollback } from '../../../src/commands/rollback/contract.ts';
import { contract as smokeTest } from '../../../src/commands/smoke-test/contract.ts';
import { type Contract, parseInputs, readInputs } from '../../../src/contract/index.ts';

interface Place {
  readonly contract: Contract;
  readonly input: string;
  readonly instead: string;
}

const problemsOf = async (given: Readonly<Record<string, string>>): Promise<readonly string[]> => {
  const { problems } = await readInputs(deploy, { app: 'shop', manifests: 'k8s', ...given });
  return problems.map(({ input, problem }) => `${input}: ${problem}`);
};

describe('the address of the entry point', () => {
  it.each([
    'https://shop.example.com',
    'http://10.0.0.7:8080/health?deep=1',
    'http://[::1]:8080/',
    'https://shop.example.com/@me?to=a@b',
  ])('may be %s', async (url) => {
    expect(await problemsOf({ 'probe-url': url })).toEqual([]);
  });

  it.each(['https://shop:99999/', 'http://[::1', 'https://shop example/', 'ftp://shop/'])(
    'cannot be %s, which is said before anything is begun',
    async (url) => {
      expect(await problemsOf({ 'probe-url': url })).toEqual([
        expect.stringMatching(/^probe-url: (is no address|does not have the right form)/),
      ]);
    },
  );

  it.each<Place>([
    { contract: deploy, input: 'probe-url', instead: 'name an address that answers without' },
    { contract: rollback, input: 'probe-url', instead: 'name an address that answers without' },
    { contract: smokeTest, input: 'url', instead: 'give `authorization` in the `headers` of a check' },
  ])('of $contract.name holds no password, and one that is given is not repeated', async (place) => {
    const { contract, input, instead } = place;
    const others: Readonly<Record<string, string>> =
      input === 'url' ? { smoke: '- path: /' } : { app: 'shop' };
    const told = (url: string) =>
      parseInputs<Contract>(contract, { ...others, [input]: url }).then(String, String);
    expect(await told('https://me:s3cr3t@shop.example.com/')).toContain(instead);
    for (const address of ['shop.example.com/', 'shop:99999/', 'shop example/']) {
      const text = await told(`https://me:s3cr3t@${address}`);
      expect(text).toContain(`✗ ${input}`);
      expect(text).not.toContain('s3cr3t');
    }
  });
});

describe('the way to the version in an answer', () => {
  it.each(['$.version', '$.items[0].build', "$['odd key']"])('may be %s', async (path) => {
    expect(await problemsOf({ 'version-jsonpath': path })).toEqual([]);
  });

  it.each(['$..a', '$.items[*]', '$.items[0:2]', '$x', '$.'])(
    'cannot be %s, which is said before anything is begun',
    async (path) => {
      expect(await problemsOf({ 'version-jsonpath': path })).toEqual([
        'version-jsonpath: names no single value: it takes names and indices only',
      ]);
    },
  );
});
