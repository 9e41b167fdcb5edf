import { at, fieldsAt, type JsonObject, listAt } from '../../base/index.ts';
import type { KubeObject } from '../../cluster/index.ts';
import { containersIn } from './pod-template.ts';

/** A value, and where it stands: `label version`. What is hidden may be a password, and logs are read by many. */
type Place = readonly [where: string, value: unknown, hidden?: 'hidden'];

/**
 * Fields in which YAML's reading of a plain word is what goes wrong: `"1.0"` without its quotes is a number, `"2"` with
 * them a text. The API server takes neither, and says so with the field of a Go struct, or not at all as its client's
 * mistake (500 to a server-side apply, seen on kube-apiserver 1.34).
 */
export function typeProblems(object: KubeObject): string[] {
  const name = `${object.kind} ${object.metadata.name}`;
  const told = (places: readonly Place[], wanted: 'string' | 'number') =>
    places
      .filter(([, value]) => value !== undefined && value !== null && typeof value !== wanted)
      .map(([where, value, hidden]) => {
        const found = hidden === undefined ? inWords(value) : typeInWords(value);
        return `${name}: ${where} is ${found}, ${remedies[wanted]}`;
      });
  return [...told(textsOf(object), 'string'), ...told(numbersOf(object), 'number')];
}

const remedies = {
  string: 'where only a text can stand: write it in quotes',
  number: 'where only a number can stand: write it without quotes',
} as const;

function typeInWords(value: unknown): string {
  if (typeof value === 'object') return Array.isArray(value) ? 'a list' : 'a map';
  return typeof value === 'boolean'
    ? 'a boolean (YAML reads yes, on, y, no, off and n so, too)'
    : `a ${typeof value}`;
}

function inWords(value: unknown): string {
  const text = String(JSON.stringify(value));
  if (typeof value === 'string') return `the text ${text}`;
  if (typeof value === 'object') return typeInWords(value);
  const words = value === true ? 'yes, on and y' : 'no, off and n';
  if (typeof value === 'boolean') return `the boolean ${text} (YAML reads ${words} so, too)`;
  return `the ${typeof value} ${text}`;
}

function textsOf(object: KubeObject): readonly Place[] {
  const template = at(object, 'spec', 'template');
  return [
    ...entriesOf('label', object.metadata.labels),
    ...entriesOf('annotation', object.metadata.annotations),
    ...(object.kind === 'ConfigMap' ? entriesOf('data', object.data) : []),
    ...(object.kind === 'Secret' ? secretEntriesOf(object) : []),
    ...(object.kind === 'Service' ? entriesOf('spec.selector', at(object, 'spec', 'selector')) : []),
    ...(isWorkload(object)
      ? [
          ...entriesOf('spec.selector.matchLabels', at(object, 'spec', 'selector', 'matchLabels')),
          ...entriesOf('label of its pods', at(template, 'metadata', 'labels')),
          ...entriesOf('annotation of its pods', at(template, 'metadata', 'annotations')),
          ...entriesOf('nodeSelector', at(template, 'spec', 'nodeSelector')),
          ...containersOf(template).flatMap(textsOfContainer),
        ]
      : []),
  ];
}

function textsOfContainer(container: JsonObject): readonly Place[] {
  const of = `of container ${String(container.name)}`;
  const variables = listAt(container.env).map(
    (variable): Place => [`variable ${String(at(variable, 'name'))} ${of}`, at(variable, 'value'), 'hidden'],
  );
  const words = ['command', 'args'].flatMap((field) =>
    listAt(container, field).map((word, index): Place => [`${field}[${index}] ${of}`, word]),
  );
  return [[`image ${of}`, container.image], ...variables, ...words];
}

function numbersOf(object: KubeObject): readonly Place[] {
  if (!isWorkload(object)) return [];
  const template = at(object, 'spec', 'template');
  const ports = containersOf(template).flatMap((container) =>
    listAt(container.ports).map(
      (port): Place => [`containerPort of container ${String(container.name)}`, at(port, 'containerPort')],
    ),
  );
  return [
    ['spec.replicas', at(object, 'spec', 'replicas')],
    ['spec.minReadySeconds', at(object, 'spec', 'minReadySeconds')],
    ['terminationGracePeriodSeconds', at(template, 'spec', 'terminationGracePeriodSeconds')],
    ...ports,
  ];
}

function isWorkload({ apiVersion, kind }: KubeObject): boolean {
  return (
    apiVersion.startsWith('apps/') && ['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet'].includes(kind)
  );
}

function secretEntriesOf({ data, stringData }: KubeObject): readonly Place[] {
  const entries = [...entriesOf('data', data), ...entriesOf('stringData', stringData)];
  return entries.map(([where, value]) => [where, value, 'hidden']);
}

function entriesOf(what: string, map: unknown): readonly Place[] {
  return Object.entries(fieldsAt(map)).map(([key, value]) => [`${what} ${key}`, value]);
}

function containersOf(template: unknown): readonly JsonObject[] {
  const podSpec = at(template, 'spec');
  return [...containersIn(podSpec), ...containersIn(podSpec, 'initContainers')];
}
