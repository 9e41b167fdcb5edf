import { type Document, isCollection, parseAllDocuments, type Tags, visit } from 'yaml';
import { at, holdsItself, isJsonObject, messageOf } from '../base/index.ts';
import type { KubeObject } from './objects.ts';
import { scalarTags } from './yaml-scalars.ts';

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

const reading = {
  uniqueKeys: true,
  merge: true,
  logLevel: 'error',
  customTags: (tags: Tags) => [...scalarTags, ...tags],
} as const;

function readFile({ name, text }: ManifestFile, objects: KubeObject[], problems: string[]): void {
  if (text.includes('\0')) {
    problems.push(`${name}: it is no text in UTF-8, so it is no manifest: save it as UTF-8, or leave it out`);
    return;
  }
  // Kubernetes rejects duplicate keys; so does this.
  for (const document of parseAllDocuments(text, reading)) {
    if (!('contents' in document)) continue;
    const isTemplate = document.errors.length > 0 ? errsAtMark(document, text) : hasTemplateKeys(document);
    if (isTemplate) {
      // What else is wrong with it says nothing of what comes out of it.
      problems.push(
        `${name}: it holds \`{{ … }}\`, as a template does: render it (\`helm template\`), and release what comes out`,
      );
      return;
    }
    if (document.errors.length > 0) {
      problems.push(...syntaxErrors(name, document));
      continue;
    }
    const value: unknown = document.toJS({ maxAliasCount: 100 });
    if (value === null || value === undefined) continue;
    if (holdsItself(value)) {
      problems.push(
        `${name}: an alias (\`*name\`) stands inside of what it names, which has no end: write that part out`,
      );
      continue;
    }
    if (holdsNoNumber(value)) {
      problems.push(
        `${name}: \`.inf\` or \`.nan\` stands in it, which no Kubernetes object can hold: write it in quotes, if a text is meant`,
      );
      continue;
    }
    const line = text.slice(0, document.contents?.range?.[0] ?? 0).split('\n').length;
    collect(value, `${name}:${line}`, objects, problems);
  }
}

/** How templates of Helm, Jinja and Mustache say where a value goes. */
const templateMark = /\{\{.*?\}\}|\{%.*?%\}/s;

/** One mistake makes many errors of what follows it: the first ones are those to mend. */
const shownErrors = 3;

function syntaxErrors(name: string, { errors }: Pick<Document, 'errors'>): readonly string[] {
  const left = errors.length - shownErrors;
  return [
    ...errors
      .slice(0, shownErrors)
      .map((error) => `${name}: ${error.message.split('\n')[0]?.replace(/:$/, '')}`),
    ...(left > 0 ? [`${name}: ${left} more errors follow from there: mend these first`] : []),
  ];
}

/** Texts inside of manifests may hold such marks as well; where reading fails, they are the reason. */
function errsAtMark({ errors }: Pick<Document, 'errors'>, text: string): boolean {
  const lines = text.split('\n');
  return errors.some(({ linePos }) => {
    const line = linePos?.[0].line ?? 0;
    return templateMark.test(lines.slice(Math.max(0, line - 2), line + 1).join('\n'));
  });
}

/** YAML reads an unquoted `{{ .Values.x }}` as a mapping whose key is a mapping; Kubernetes knows no such key. */
function hasTemplateKeys(document: Document): boolean {
  let found = false;
  visit(document, {
    Pair(_, { key }) {
      if (!isCollection(key)) return undefined;
      found = true;
      return visit.BREAK;
    },
  });
  return found;
}

function holdsNoNumber(value: unknown): boolean {
  if (typeof value === 'object' && value !== null) return Object.values(value).some(holdsNoNumber);
  return typeof value === 'number' && !Number.isFinite(value);
}

function collect(value: unknown, where: string, objects: KubeObject[], problems: string[]): void {
  const items = at(value, 'items');
  if (String(at(value, 'kind')).endsWith('List') && Array.isArray(items)) {
    for (const item of items) collect(itemOf(value, item), where, objects, problems);
    return;
  }
  if (isForKustomize(value, where)) {
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
  const { apiVersion } = value as KubeObject;
  // It becomes a part of addresses.
  if (!/^([a-z0-9.-]+\/)?[a-z0-9]+$/.test(apiVersion)) {
    problems.push(
      `${where}: its apiVersion ${JSON.stringify(apiVersion)} is none: write it like \`v1\` or \`apps/v1\``,
    );
    return;
  }
  objects.push(value as KubeObject);
}

/** Its own files need not say what they are: their names do. */
function isForKustomize(value: unknown, where: string): boolean {
  if (String(at(value, 'apiVersion')).startsWith('kustomize.config.k8s.io/')) return true;
  return at(value, 'kind') === undefined && /(^|\/)kustomization\.ya?ml:/i.test(where);
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
