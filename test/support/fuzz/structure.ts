import { at, isJsonObject } from '../../../src/base/index.ts';
import type { Dice } from './dice.ts';

/** Manifests that are taken apart and put together wrongly: anything may stand anywhere. */
export type Tree = Record<string, unknown>;

/** Changes the objects in place. */
export type Mutation = (objects: unknown[], dice: Dice) => void;

const oddValues: readonly [() => unknown, ...(() => unknown)[]] = [
  () => null,
  () => true,
  () => 0,
  () => -1,
  () => 2 ** 53,
  () => 1e308,
  () => 0.5,
  () => '',
  () => ' ',
  () => '8080',
  () => 'no',
  () => '../../x',
  () => 'ünïcödé-🙂',
  () => 'a\u0000b',
  () => 'x'.repeat(5_000),
  () => [],
  () => ({}),
  () => [[]],
  () => [null],
  () => ({ a: { b: [] } }),
  () => ({ constructor: { name: 'x' }, toString: 1 }),
];

interface Spot {
  readonly holder: Tree | unknown[];
  readonly key: string | number;
}

/** A random place in the tree; deep ones as likely as shallow ones. */
function findSpot(root: unknown[], dice: Dice): Spot | undefined {
  const spots: Spot[] = [];
  const walk = (value: unknown) => {
    if (Array.isArray(value)) {
      value.forEach((item, key) => {
        spots.push({ holder: value, key });
        walk(item);
      });
    } else if (isJsonObject(value)) {
      for (const key of Object.keys(value)) {
        spots.push({ holder: value as Tree, key });
        walk(value[key]);
      }
    }
  };
  walk(root);
  return dice.pickFrom(spots);
}

function read({ holder, key }: Spot): unknown {
  return at(holder, key);
}

function write({ holder, key }: Spot, value: unknown): void {
  if (Array.isArray(holder)) holder[Number(key)] = value;
  else holder[key] = value;
}

function atSpot(change: (spot: Spot, dice: Dice) => void): Mutation {
  return (objects, dice) => {
    const spot = findSpot(objects, dice);
    if (spot !== undefined) change(spot, dice);
  };
}

export const structural: readonly [Mutation, ...Mutation[]] = [
  atSpot(({ holder, key }) => {
    if (Array.isArray(holder)) holder.splice(Number(key), 1);
    else delete holder[key];
  }),
  atSpot((spot) => {
    const { holder } = spot;
    if (Array.isArray(holder)) holder.push(structuredClone(read(spot)));
    else holder[`${String(spot.key)}2`] = structuredClone(read(spot));
  }),
  atSpot((spot, dice) => write(spot, dice.pick(oddValues)())),
  atSpot((spot) => write(spot, [read(spot)])),
  atSpot((spot) => write(spot, { value: read(spot) })),
  atSpot((spot) => {
    const value = read(spot);
    write(spot, typeof value === 'string' ? Number(value) || 7 : String(value));
  }),
  (objects, dice) => {
    const [from, to] = [findSpot(objects, dice), findSpot(objects, dice)];
    if (from !== undefined && to !== undefined) write(to, structuredClone(read(from)));
  },
  (objects, dice) => {
    const metadata = at(dice.pickFrom(objects), 'metadata');
    if (!isJsonObject(metadata)) return;
    const tree = metadata as Tree;
    tree.generateName = `${String(tree.name)}-`;
    delete tree.name;
  },
  (objects, dice) => {
    objects.push(structuredClone(dice.pickFrom(objects)));
  },
  (objects, dice) => {
    objects.push(dice.pick([null, 7, 'text', [], {}, { apiVersion: 'v1', kind: 'Service' }]));
  },
];
