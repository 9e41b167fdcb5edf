import { at } from '../../base/index.ts';
import { ApiError } from '../api-error.ts';
import type { ResourceType, StoredObject } from '../store.ts';

export type Predicate = (object: StoredObject) => boolean;

/** `a=b`, `a==b`, `a!=b`, `a in (b,c)`, `a notin (b,c)`, `a`, `!a`, joined by commas. */
export function parseLabelSelector(selector: string): Predicate {
  const requirements = splitOutsideParentheses(selector).map(parseRequirement);
  return (object) => {
    const labels = object.metadata.labels ?? {};
    return requirements.every((holds) => holds(labels));
  };
}

type Labels = Readonly<Record<string, string>>;

function parseRequirement(text: string): (labels: Labels) => boolean {
  const set = /^([^\s!=(),]+)\s+(in|notin)\s*\(([^()]*)\)$/.exec(text);
  if (set !== null) {
    const [, key = '', operator, list = ''] = set;
    const values = new Set(list.split(',').map((value) => value.trim()));
    const inside = (labels: Labels) => key in labels && values.has(labels[key] ?? '');
    return operator === 'in' ? inside : (labels) => !inside(labels);
  }
  const equality = /^([^\s!=(),]+)\s*(==|=|!=)\s*([^\s!=(),]*)$/.exec(text);
  if (equality !== null) {
    const [, key = '', operator, value = ''] = equality;
    return operator === '!=' ? (labels) => labels[key] !== value : (labels) => labels[key] === value;
  }
  const existence = /^(!?)\s*([^\s!=(),]+)$/.exec(text);
  if (existence !== null) {
    const [, negated, key = ''] = existence;
    return negated ? (labels) => !(key in labels) : (labels) => key in labels;
  }
  throw new ApiError('BadRequest', `unable to parse requirement: found ${JSON.stringify(text)}`);
}

function splitOutsideParentheses(selector: string): string[] {
  const parts = selector.split(/,(?![^(]*\))/).map((part) => part.trim());
  return parts.length === 1 && parts[0] === '' ? [] : parts;
}

const everyKind = ['metadata.name', 'metadata.namespace'];
const fieldsOfKind: Readonly<Record<string, readonly string[]>> = {
  pods: ['status.phase', 'spec.nodeName', 'spec.restartPolicy', 'spec.serviceAccountName', 'status.podIP'],
  events: [
    'involvedObject.kind',
    'involvedObject.namespace',
    'involvedObject.name',
    'involvedObject.uid',
    'involvedObject.apiVersion',
    'involvedObject.resourceVersion',
    'involvedObject.fieldPath',
    'reason',
    'reportingComponent',
    'type',
  ],
  namespaces: ['status.phase'],
  replicasets: ['status.replicas'],
  secrets: ['type'],
  services: ['spec.clusterIP', 'spec.type'],
  jobs: ['status.successful'],
  nodes: ['spec.unschedulable'],
};

/** `metadata.name=x,status.phase!=Running`, for the fields that the kind supports. */
function parseFieldSelector(selector: string, type: ResourceType): Predicate {
  const supported = new Set([...everyKind, ...(fieldsOfKind[type.resource] ?? [])]);
  const requirements = selector
    .split(',')
    .filter((part) => part.trim() !== '')
    .map((part) => {
      const match = /^\s*([^=!]+?)\s*(==|=|!=)\s*(.*?)\s*$/.exec(part);
      if (match === null) throw new ApiError('BadRequest', `invalid field selector: ${JSON.stringify(part)}`);
      const [, field = '', operator, value] = match;
      if (!supported.has(field)) throw unknownField(field, type);
      const path = field.split('.');
      const equal: Predicate = (object) => String(at(object, ...path) ?? '') === value;
      return operator === '!=' ? (object: StoredObject) => !equal(object) : equal;
    });
  return (object) => requirements.every((holds) => holds(object));
}

function unknownField(field: string, type: ResourceType): ApiError {
  const known = type.resource in fieldsOfKind;
  const message = known
    ? `field label not supported: ${field}`
    : `"${field}" is not a known field selector: only "metadata.name", "metadata.namespace"`;
  return new ApiError('BadRequest', message);
}

/** Both selectors of a list, watch or deletecollection. */
export function selectorOf(query: URLSearchParams, type: ResourceType): Predicate {
  const byLabel = parseLabelSelector(query.get('labelSelector') ?? '');
  const byField = parseFieldSelector(query.get('fieldSelector') ?? '', type);
  return (object) => byLabel(object) && byField(object);
}
