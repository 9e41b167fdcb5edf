import { at, StreamGateError } from '../../base/index.ts';
import { type Cluster, describeRef, type KubeObject, refOf } from '../../cluster/index.ts';
import { suggest } from '../../contract/index.ts';
import { knownFields } from '../desired/known-fields.ts';
import { type Finding, refuse } from './check.ts';

/** A field as the server names it, and what is wrong with it. */
interface OddField {
  /** `spec.template.spec.containers[0].readinesProbe` */
  readonly path: string;
  readonly problem: 'unknown' | 'duplicate';
}

/**
 * Asks whether the kind of an object has all of its fields. A creation leaves unknown ones out without a word, unless it
 * is asked to be strict, as kubectl does. `asked` is the object under a name that is free. Undefined when all are known,
 * and when the server found something else first, which an ordinary dry run tells.
 */
export async function findOddFields(
  cluster: Cluster,
  asked: KubeObject,
  object: KubeObject,
): Promise<Finding | undefined> {
  try {
    await cluster.create(asked, { dryRun: true, strict: true });
    return undefined;
  } catch (thrown) {
    if (!(thrown instanceof StreamGateError) || !['Refused', 'Denied', 'NotFound'].includes(thrown.code))
      throw thrown;
    return tellOddFields(object, inStrictRefusal(thrown.message));
  }
}

/** The same, as far as a server-side apply was refused for it: that names some of the fields, and not always the same. */
export function oddFieldsOf(refusal: string, object: KubeObject): Finding | undefined {
  return tellOddFields(object, inApplyRefusal(refusal));
}

function inStrictRefusal(message: string): readonly OddField[] {
  const [, list = ''] = /strict decoding error: (.*)/s.exec(message) ?? [];
  return [...list.matchAll(/(unknown|duplicate) field "((?:[^"\\]|\\.)+)"/g)].map(
    ([, problem, path = '']) => ({
      path,
      problem: problem === 'duplicate' ? problem : 'unknown',
    }),
  );
}

function inApplyRefusal(message: string): readonly OddField[] {
  return [...message.matchAll(/ \.(\S+): field not declared in schema/g)].map(([, path = '']) => ({
    path,
    problem: 'unknown',
  }));
}

function tellOddFields(object: KubeObject, fields: readonly OddField[]): Finding | undefined {
  if (fields.length === 0) return undefined;
  const told = fields.map(({ path, problem }) => {
    const where = namedItems(path, object);
    return problem === 'duplicate' ? `${where} (stands there twice)` : `${where}${hintFor(path)}`;
  });
  const count =
    fields.length === 1 ? 'a field that its kind does' : `${fields.length} fields that its kind does`;
  return refuse(
    `${describeRef(refOf(object))} has ${count} not have: ${told.join(', ')}`,
    'Correct or remove what is named: a cluster leaves such a field out, mostly without a word, so it has never had an effect.',
  );
}

function hintFor(path: string): string {
  const name = path.split('.').at(-1) ?? '';
  const meant = suggest(
    name,
    knownFields.filter((known) => known !== name),
  );
  if (!knownFields.includes(name)) return meant === undefined ? '' : ` (did you mean ${meant}?)`;
  const other = meant === undefined ? '' : `, or did you mean ${meant}?`;
  return ` (known elsewhere: look at its indentation${other})`;
}

/** `containers[app]` for `containers[0]`, where the item has a name: people do not count. */
function namedItems(path: string, object: KubeObject): string {
  const seen: (string | number)[] = [];
  return path.replaceAll(/([^.[\]]+)|\[(\d+)\]/g, (text, field?: string, index?: string) => {
    seen.push(field ?? Number(index));
    const name = index === undefined ? undefined : at(object, ...seen, 'name');
    return typeof name === 'string' ? `[${name}]` : text;
  });
}
