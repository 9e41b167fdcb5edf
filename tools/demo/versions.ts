import { readFileSync } from 'node:fs';
import { parseAllDocuments } from 'yaml';

/** A version of the demo service: one program, told apart by its environment. */
export interface Version {
  readonly name: string;
  /** Faults, by the names that the program documents. */
  readonly knobs: Readonly<Record<string, string>>;
  readonly story: string;
}

/** Requests that a pod of v4 answers well before it fails: more than a smoke test makes, fewer than real traffic. */
const errorsAfter = '40';

export const versions = {
  v1: { name: 'v1', knobs: {}, story: 'the first release' },
  v2: { name: 'v2', knobs: {}, story: 'a good release' },
  v3: { name: 'v3', knobs: { ERROR_AFTER: '0' }, story: 'answers 500 from the start' },
  v4: {
    name: 'v4',
    knobs: { ERROR_AFTER: errorsAfter },
    story: 'healthy at first, errors under real traffic',
  },
} as const satisfies Readonly<Record<string, Version>>;

/** What differs between the places where the demo runs. */
export interface Place {
  readonly namespace: string;
  /** Public name that the route listens to. */
  readonly hostname: string;
  /** Image of a version, and how it is started when the image is a stock one. */
  image(version: Version): string;
  /** Carried into each pod when the image does not bring the program. */
  readonly program: string | undefined;
}

const appFile = new URL('../../examples/demo-app/app.yaml', import.meta.url);
const mount = '/demo';

/** The manifests of a version: the example's, with its image, environment and names. */
export function manifestsOf(version: Version, place: Place): string {
  const documents = parseAllDocuments(readFileSync(appFile, 'utf8'));
  for (const document of documents) {
    document.setIn(['metadata', 'namespace'], place.namespace);
    const kind = document.get('kind');
    if (kind === 'HTTPRoute') document.setIn(['spec', 'hostnames'], [place.hostname]);
    if (kind !== 'Deployment') continue;
    const podSpec = ['spec', 'template', 'spec'];
    const container = [...podSpec, 'containers', 0];
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
  const texts = documents.map((document) => document.toString());
  return place.program === undefined
    ? texts.join('---\n')
    : [...texts, programOf(place, place.program)].join('---\n');
}

function programOf({ namespace }: Place, program: string): string {
  const metadata = { name: 'shop-program', namespace };
  return `${JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { 'server.mjs': program } })}\n`;
}
