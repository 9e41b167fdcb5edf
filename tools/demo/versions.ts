import { readFileSync } from 'node:fs';
import { parseAllDocuments } from 'yaml';

/** A version of the demo service: one program, told apart by its environment. */
export interface Version {
  readonly name: string;
  /** Faults, by the names that the program documents. */
  readonly knobs: Readonly<Record<string, string>>;
  readonly story: string;
}

/** What becomes of a release: it is promoted, refused before any traffic, or taken back by its traffic. */
export type Fate = 'promoted' | 'refused' | 'taken back';

/** What is wrong with a version, and what has to come of it, whatever the version is called. */
export interface Fault {
  readonly knobs: Version['knobs'];
  readonly fate: Fate;
  readonly story: string;
}

/** A version as the story has it. */
export interface Part extends Version {
  readonly fate: Fate;
}

export const faults = {
  none: { knobs: {}, fate: 'promoted', story: 'a good release' },
  atOnce: { knobs: { ERROR_AFTER: '0' }, fate: 'refused', story: 'answers 500 from the start' },
  // Requests that a pod answers well before it fails: more than a smoke test makes, fewer than real traffic.
  underTraffic: {
    knobs: { ERROR_AFTER: '40' },
    fate: 'taken back',
    story: 'healthy at first, errors under real traffic',
  },
} as const satisfies Readonly<Record<string, Fault>>;

export const parts: readonly Part[] = [
  { name: 'v1', ...faults.none, story: 'the first release' },
  { name: 'v2', ...faults.none },
  { name: 'v3', ...faults.atOnce },
  { name: 'v4', ...faults.underTraffic },
];

/** What differs between the places where the demo runs. */
export interface Place {
  readonly namespace: string;
  /** Public name that the route listens to. */
  readonly hostname: string;
  /** Image of a version, and how it is started when the image is a stock one. */
  image(version: Version): string;
  /** Carried into each pod when the image does not bring the program. */
  readonly program: string | undefined;
  /** Callers come in by this port of each node, and no route leads to the app; by its route when left out. */
  readonly nodePort?: number;
  /** How long a pod may take to end; as in the example when left out. */
  readonly graceSeconds?: number;
  /** Further objects of the app, as its team would keep them beside it. */
  readonly beside?: readonly object[];
}

const appFile = new URL('../../examples/demo-app/app.yaml', import.meta.url);
const mount = '/demo';

/** The manifests of a version: the example's, with its image, environment and names. */
export function manifestsOf(version: Version, place: Place): string {
  const { nodePort, graceSeconds } = place;
  const documents = parseAllDocuments(readFileSync(appFile, 'utf8')).filter(
    (document) => nodePort === undefined || document.get('kind') !== 'HTTPRoute',
  );
  for (const document of documents) {
    document.setIn(['metadata', 'namespace'], place.namespace);
    const kind = document.get('kind');
    if (kind === 'Service' && nodePort !== undefined) {
      document.setIn(['spec', 'type'], 'NodePort');
      document.setIn(['spec', 'ports', 0, 'nodePort'], nodePort);
    }
    if (kind === 'HTTPRoute') document.setIn(['spec', 'hostnames'], [place.hostname]);
    if (kind !== 'Deployment') continue;
    const podSpec = ['spec', 'template', 'spec'];
    const container = [...podSpec, 'containers', 0];
    if (graceSeconds !== undefined)
      document.setIn([...podSpec, 'terminationGracePeriodSeconds'], graceSeconds);
    document.setIn([...container, 'image'], place.image(version));
    document.setIn(
      [...container, 'env'],
      Object.entries({ VERSION: version.name, ...version.knobs }).map(([name, value]) => ({ name, value })),
    );
    if (place.program === undefined) continue;
    document.setIn([...container, 'command'], ['node', `${mount}/server.mjs`]);
    document.setIn([...container, 'volumeMounts'], [{ name: 'program', mountPath: mount }]);
    document.setIn([...podSpec, 'volumes'], [{ name: 'program', configMap: { name: 'shop-program' } }]);
  }
  const texts = [
    ...documents.map((document) => document.toString()),
    ...(place.beside ?? []).map((object) => `${JSON.stringify(object)}\n`),
  ];
  return place.program === undefined
    ? texts.join('---\n')
    : [...texts, programOf(place, place.program)].join('---\n');
}

function programOf({ namespace }: Place, program: string): string {
  const metadata = { name: 'shop-program', namespace };
  return `${JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { 'server.mjs': program } })}\n`;
}
