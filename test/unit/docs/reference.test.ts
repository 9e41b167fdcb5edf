import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { at, isJsonObject } from '../../../src/base/index.ts';
import { ejecting, retireSteps, strategiesOf } from '../../../src/release/strategies.ts';
import { allSteps } from '../../../src/release/strategy.ts';
import {
  type Document,
  readDocuments,
  rootPath,
  type Table,
  tablesOf,
  ticked,
} from '../../support/documents.ts';

function readDocument(path: string): Document {
  const [document] = readDocuments(path);
  if (document === undefined) throw new Error(`${path} is not there`);
  return document;
}

function tableUnder(tables: readonly Table[], heading: string): Table {
  const table = tables.find((one) => one.heading === heading);
  if (table === undefined) throw new Error(`there is no table under ${heading}`);
  return table;
}

const gateway = strategiesOf('gateway');
const { fastRollback, coldRollback } = gateway;
const idsOf = (steps: readonly { readonly id: string }[]) => steps.map(({ id }) => id);

describe('the page about a release', () => {
  const tables = tablesOf(readDocument('docs/how-a-release-works.md'));
  const stepsUnder = (heading: string) =>
    tableUnder(tables, heading).rows.flatMap(([cell = '']) => ticked(cell));

  it('lists the steps of a release in their order', () => {
    expect(stepsUnder('A release')).toEqual(idsOf([...allSteps(gateway.release), ...retireSteps]));
  });

  it('lists the steps of a first release in their order, with ranges taken from the other list', () => {
    const all = idsOf(allSteps(gateway.release)).filter(
      (id) => id !== 'restore-route' && id !== 'apply-entry-changes',
    );
    const listed = tableUnder(tables, 'The first release').rows.flatMap(([cell = '']) => {
      const [from = '', to] = ticked(cell);
      return to === undefined ? [from] : all.slice(all.indexOf(from), all.indexOf(to) + 1);
    });
    expect(listed).toEqual(idsOf(allSteps(gateway.first)));
  });

  it.each([
    ['Taking over what runs', gateway.adopting, gateway.release],
    ['Handing back', ejecting, ejecting],
  ] as const)('lists the steps under %s in their order', (heading, strategy, other) => {
    const all = idsOf(allSteps(other));
    const listed = tableUnder(tables, heading).rows.flatMap(([cell = '']) => {
      const [from = '', to] = ticked(cell);
      return to === undefined ? [from] : all.slice(all.indexOf(from), all.indexOf(to) + 1);
    });
    expect(listed).toEqual(idsOf(allSteps(strategy)));
  });

  it.each([
    ['W', fastRollback],
    ['C', coldRollback],
  ] as const)('lists the steps of a rollback in their order: %s', (mark, strategy) => {
    const rows = tableUnder(tables, 'A rollback').rows.filter(([, marks = '']) =>
      marks.split(' ').includes(mark),
    );
    expect(rows.flatMap(([cell = '']) => ticked(cell))).toEqual(idsOf(allSteps(strategy)));
  });

  describe('without a route', () => {
    const service = strategiesOf('service');
    /** Rows, in which a range stands for what the same list of another way has between its ends. */
    const listed = (heading: string, whole: readonly string[]) =>
      tableUnder(tables, heading).rows.flatMap(([cell = '']) => {
        const [from = '', to] = ticked(cell);
        return to === undefined ? [from] : whole.slice(whole.indexOf(from), whole.indexOf(to) + 1);
      });

    it('lists the steps of a release in their order', () => {
      const whole = idsOf([...allSteps(gateway.release), ...retireSteps]);
      const wanted = idsOf([...allSteps(service.release), ...retireSteps]);
      expect(listed('A release without a route', whole)).toEqual(wanted);
    });

    it('lists the steps of a first release in their order', () => {
      const whole = idsOf(allSteps(gateway.first));
      expect(listed('The first release without a route', whole)).toEqual(idsOf(allSteps(service.first)));
    });

    it.each([
      [fastRollback, service.fastRollback],
      [coldRollback, service.coldRollback],
    ])('lists the steps of a rollback in their order', (byRoute, bySelector) => {
      expect(listed('A rollback without a route', idsOf(allSteps(byRoute)))).toEqual(
        idsOf(allSteps(bySelector)),
      );
    });
  });

  it('names no other steps anywhere', () => {
    const known = new Set(
      [...Object.values(gateway), ...Object.values(strategiesOf('service'))]
        .flatMap((strategy) => idsOf(allSteps(strategy)))
        .concat('retire'),
    );
    const first = tables.filter(({ heading }) =>
      ['What each caller sees', 'When something fails'].includes(heading),
    );
    const named = first.flatMap(({ rows }) => rows.flatMap(([cell = '']) => ticked(cell)));
    const words = ['post', 'bluegreen-deploy', 'rollback', 'unfinished-only'];
    expect(named.length).toBeGreaterThan(10);
    expect(named.filter((id) => !known.has(id) && !words.includes(id))).toEqual([]);
  });
});

describe('the page about evidence', () => {
  const schema: unknown = JSON.parse(readFileSync(rootPath('docs', 'evidence.schema.json'), 'utf8'));
  const definitions = at(schema, '$defs');
  const objects = Object.entries(isJsonObject(definitions) ? definitions : {}).filter(
    ([, definition]) => at(definition, 'type') === 'object',
  );
  const tables = tablesOf(readDocument('docs/evidence.md'));

  it.each(objects)('lists every field of %s, in the order of the schema', (name, definition) => {
    const fields = Object.keys(at(definition, 'properties') ?? {});
    expect(tableUnder(tables, name).rows.flatMap(([cell = '']) => ticked(cell))).toEqual(fields);
  });

  it.each([
    ['Verdicts', 'verdict'],
    ['Outcomes', 'outcome'],
  ])('lists all %s', (heading, definition) => {
    const listed = tableUnder(tables, heading).rows.flatMap(([cell = '']) => ticked(cell));
    const words = at(definitions, definition, 'enum');
    expect([...listed].sort()).toEqual([...(Array.isArray(words) ? words : [])].sort());
  });
});
