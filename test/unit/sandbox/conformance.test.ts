import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createVirtualClock } from '../../../src/base/index.ts';
import { readBody } from '../../../src/sandbox/api/respond.ts';
import { startApi } from '../../../src/sandbox/start-api.ts';
import { type PlayedAnswer, playTable } from '../../conformance/play.ts';
import { table } from '../../conformance/requests.ts';
import { jsonOrText } from '../../support/json-or-text.ts';

const file = new URL('../../conformance/answers.json', import.meta.url);
const recorded: Readonly<Record<string, PlayedAnswer>> = JSON.parse(readFileSync(file, 'utf8')).answers;

describe('the sandbox answers as a recorded kube-apiserver did', () => {
  const clock = createVirtualClock();
  const { api, stop } = startApi({ clock });
  let answers: ReadonlyMap<string, PlayedAnswer>;

  beforeAll(async () => {
    answers = await playTable(
      async (request) => {
        const { status, body } = await api.handle(request);
        return { status, body: jsonOrText(await readBody(body)) };
      },
      'table-of-requests',
      () => clock.sleep(200),
    );
  });
  afterAll(() => {
    stop();
    clock.stop();
  });

  it('has an answer on record for each request, and no other', () => {
    expect(Object.keys(recorded)).toEqual(table.map(({ about }) => about));
  });

  it('is told about in its documentation with the right numbers', () => {
    const text = readFileSync(new URL('../../../docs/sandbox.md', import.meta.url), 'utf8');
    const loosely = table.filter((request) => request.loosely).length;
    expect(text).toContain(`A table of ${table.length} requests`);
    expect(text).toContain(`and of ${loosely} only the status`);
  });

  it.each(table.map(({ about }) => about))('%s', (about) => {
    expect(answers.get(about)).toEqual(recorded[about]);
  });
});
