import { parseAllDocuments } from 'yaml';
import { at, isJsonObject, messageOf } from '../base/index.ts';
import type { KubeObject } from './objects.ts';

export interface ManifestFile {
  /** For messages: `k8s/app.yaml`, or `standard input`. */
  readonly name: string;
  readonly text: string;
}

export interface ParsedManifests {
  readonly objects: readonly KubeObject[];
  /** One sentence each, with file and line. */
  readonly problems: readonly string[];
}

/** Reads YAML or JSON files of one or many documents; `kind: List` is taken apart; empty documents are passed over. */
export function parseManifests(files: readonly ManifestFile[]): ParsedManifests {
  const objects: KubeObject[] = [];
  const problems: string[] = [];
  for (const file of files) {
    try {
      readFile(file, objects, problems);
    } catch (thrown) {
      // Nesting without end, or aliases that would grow beyond all measure.
      problems.push(`${file.name}: it cannot be read: ${messageOf(thrown)}`);
    }
  }
  return { objects, problems };
}

function readFile({ name, text }: ManifestFile, objects: KubeObject[], problems: string[]): void {
  // Kubernetes reads YAML 1.1 booleans as texts only when quoted, and rejects duplicate keys; so does this.
  for (const document of parseAllDocuments(text, { uniqueKeys: true, merge: true })) {
    if (!('contents' in document)) continue;
    if (document.errors.length > 0) {
      problems.push(...document.errors.map((error) => `${name}: ${error.message.split('\n')[0]}`));
      continue;
    }
    const value: unknown = document.toJS({ maxAliasCount: 100 });
    if (value === null || value === undefined) continue;
    const line = text.slice(0, document.contents?.range?.[0] ?? 0).split('\n').length;
    collect(value, `${name}:${line}`, objects, problems);
  }
}

function collect(value: unknown, where: string, objects: KubeObject[], problems: string[]): void {
  const items = at(value, 'items');
  if (String(at(value, 'kind')).endsWith('List') && Array.isArray(items)) {
    for (const item of items) collect(itemOf(value, item), where, objects, problems);
    return;
  }
  if (String(at(value, 'apiVersion')).startsWith('kustomize.config.k8s.io/')) {
    problems.push(
      `${where}: this is for kustomize and no Kubernetes object: render it with \`kubectl kustomize\`, and release what comes out`,
    );
    return;
  }
  const missing = missingFields(value);
  if (missing.length > 0) {
    problems.push(`${where}: the document has no ${missing.join(', no ')}, so it is no Kubernetes object`);
    return;
  }
  objects.push(value as KubeObject);
}

/** Items of a list of one kind, as an API server answers it, do not repeat what they are. */
function itemOf(list: unknown, item: unknown): unknown {
  const [apiVersion, kind] = [at(list, 'apiVersion'), at(list, 'kind')];
  if (!isJsonObject(item) || item.kind !== undefined || kind === 'List' || typeof kind !== 'string')
    return item;
  return { apiVersion, kind: kind.slice(0, -'List'.length), ...item };
}

function missingFields(value: unknown): string[] {
  if (!isJsonObject(value)) return ['fields'];
  const named = at(value, 'metadata', 'name') ?? at(value, 'metadata', 'generateName');
  return [
    ...(typeof value.apiVersion === 'string' ? [] : ['apiVersion']),
    ...(typeof value.kind === 'string' ? [] : ['kind']),
    ...(typeof named === 'string' ? [] : ['metadata.name']),
  ];
}
