import { describe, expect, it } from '@jest/globals';
import { parseManifests } from '../../../src/cluster/index.ts';

const read = (text: string) => parseManifests([{ name: 'k8s/app.yaml', text }]);

const shop = 'apiVersion: v1\nkind: Service\nmetadata:\n  name: shop\n';
const cart = shop.replace('shop', 'cart');

describe('manifests', () => {
  it('may hold many documents, with empty ones between them', () => {
    const { objects, problems } = read(`---\n${shop}---\n# nothing here\n---\n\n---\n${cart}...\n`);
    expect(objects.map(({ metadata }) => metadata.name)).toEqual(['shop', 'cart']);
    expect(problems).toEqual([]);
  });

  it.each(['', '\n', '# only a comment\n', '---\n---\n', 'null\n'])('may hold nothing: %j', (text) => {
    expect(read(text)).toEqual({ objects: [], problems: [] });
  });

  it('may be JSON', () => {
    const object = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'shop' } };
    expect(read(JSON.stringify(object, null, 2)).objects).toEqual([object]);
  });

  it('may be a list, whose items are taken apart, lists in lists too', () => {
    const object = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'shop' } };
    const list = {
      apiVersion: 'v1',
      kind: 'List',
      items: [object, { kind: 'ServiceList', items: [object] }],
    };
    expect(read(JSON.stringify(list)).objects).toEqual([object, object]);
  });

  it('may be a list of one kind, whose items do not repeat it', () => {
    const list = { apiVersion: 'v1', kind: 'ServiceList', items: [{ metadata: { name: 'shop' } }] };
    expect(read(JSON.stringify(list)).objects).toEqual([
      { apiVersion: 'v1', kind: 'Service', metadata: { name: 'shop' } },
    ]);
  });

  it('may use anchors and merge keys', () => {
    const { objects } = read(
      `${shop}  labels: &l\n    app: shop\nspec:\n  selector:\n    <<: *l\n    tier: web\n`,
    );
    expect(objects[0]).toMatchObject({ spec: { selector: { app: 'shop', tier: 'web' } } });
  });

  it('of several files are one list', () => {
    const files = [
      { name: 'a.yaml', text: shop },
      { name: 'b.yaml', text: cart },
    ];
    expect(parseManifests(files).objects).toHaveLength(2);
  });
});

describe('a document that is no object', () => {
  it.each([
    ['kind: Service\nmetadata:\n  name: shop\n', 'no apiVersion'],
    ['apiVersion: v1\nmetadata:\n  name: shop\n', 'no kind'],
    ['apiVersion: v1\nkind: Service\n', 'no metadata.name'],
    ['apiVersion: 1\nkind: Service\nmetadata:\n  name: 5\n', 'no apiVersion, no metadata.name'],
    ['image:\n  tag: 1.2.3\n', 'no apiVersion, no kind, no metadata.name'],
    ['just a text\n', 'no fields'],
    ['- a\n- list\n', 'no fields'],
    ['42\n', 'no fields'],
  ])('%j is named with file and line: %s', (text, what) => {
    const { objects, problems } = read(`${shop}---\n${text}`);
    expect(objects).toHaveLength(1);
    expect(problems).toEqual([`k8s/app.yaml:6: the document has ${what}, so it is no Kubernetes object`]);
  });

  it.each(['café/v1', 'apps/v1?', '../api/v1', 'apps/v1 ', 'a/b/c', ''])(
    'whose apiVersion is %j is refused: that would become a part of an address',
    (apiVersion) => {
      const text = `apiVersion: ${JSON.stringify(apiVersion)}\nkind: Service\nmetadata: {name: a}\n`;
      const { objects, problems } = read(`${shop}---\n${text}`);
      expect(objects).toHaveLength(1);
      expect(problems).toEqual([
        `k8s/app.yaml:6: its apiVersion ${JSON.stringify(apiVersion)} is none: write it like \`v1\` or \`apps/v1\``,
      ]);
    },
  );

  it('does not hide the others: every problem is told', () => {
    const { problems } = read('kind: A\n---\nkind: B\n---\nkind: C\n');
    expect(problems.map((problem) => problem.split(':').slice(0, 2).join(':'))).toEqual([
      'k8s/app.yaml:1',
      'k8s/app.yaml:3',
      'k8s/app.yaml:5',
    ]);
  });

  it('is found inside of a list as well', () => {
    expect(read('kind: List\nitems:\n- 1\n').problems).toHaveLength(1);
  });
});

describe('text that is no YAML', () => {
  it.each([
    ['a key twice', 'a: 1\na: 2\n', 'Map keys must be unique'],
    ['a tab', 'a:\n\tb: 1\n', 'Tabs'],
    ['an unknown alias', 'a: *nobody\n', 'nobody'],
    ['an open bracket', 'a: [1, 2\n', 'Flow sequence'],
    ['a template that nobody rendered', '{{ if .Values.x }}\na: 1\n', 'as a template does'],
    ['a template of many lines', 'a:\n  b: {{ x }}-{{ y }}\n  {{- if z }}\n  c: 1\n', 'as a template does'],
    ['a text with marks, and an error elsewhere', 'a: "{{ x }}"\nb: 1\nc: 2\nd: 3\na: 4\n', 'must be unique'],
  ])('%s is named with the file', (_what, text, part) => {
    const { objects, problems } = read(text);
    expect(objects).toEqual([]);
    expect(problems.length).toBeGreaterThan(0);
    expect(problems.join('\n')).toContain(part);
    expect(problems.join('\n')).toContain('k8s/app.yaml');
  });
});

describe('a file of kustomize', () => {
  it.each(['k8s/kustomization.yaml', 'kustomization.yml'])('%s is known by its name as well', (name) => {
    const { objects, problems } = parseManifests([{ name, text: 'resources: [app.yaml]\n' }]);
    expect(objects).toEqual([]);
    expect(problems).toEqual([expect.stringContaining('render it with `kubectl kustomize`')]);
  });
});

describe('hostile YAML', () => {
  it('cannot grow beyond all measure by aliases of aliases', () => {
    const levels = 'abcdefghij'.split('');
    const laughs = levels.map((name, level) => {
      const item = level === 0 ? '"lol"' : `*${levels[level - 1]}`;
      return `${name}: &${name} [${Array(10).fill(item).join(',')}]`;
    });
    const { objects, problems } = read(laughs.join('\n'));
    expect(objects).toEqual([]);
    expect(problems.join()).toMatch(/k8s\/app\.yaml: it cannot be read: .*alias/i);
  });

  it('cannot end us by nesting without end', () => {
    const { objects, problems } = read(`a: ${'['.repeat(50_000)}`);
    expect(objects).toEqual([]);
    expect(problems[0]).toContain('k8s/app.yaml');
  });

  it('cannot hold itself', () => {
    const { objects, problems } = read(`${shop}spec: &s\n  ports: [*s]\n---\n${cart}`);
    expect(objects.map(({ metadata }) => metadata.name)).toEqual(['cart']);
    expect(problems).toEqual([expect.stringContaining('stands inside of what it names')]);
  });

  it('that nobody rendered is told from one that is', () => {
    const { objects, problems } = read(`${shop}spec:\n  replicas: {{ .Values.replicas }}\n`);
    expect(objects).toEqual([]);
    expect(problems).toEqual([expect.stringMatching(/as a template does: render it/)]);
  });

  it('of another encoding is told to be no text', () => {
    const text = Buffer.from(`\uFEFF${shop}`, 'utf16le').toString('utf8');
    expect(read(text)).toEqual({ objects: [], problems: [expect.stringContaining('save it as UTF-8')] });
  });

  it('with one mistake is not told by all that follows from it', () => {
    const { problems } = read('['.repeat(20_000));
    expect(problems).toHaveLength(4);
    expect(problems[3]).toMatch(/\d+ more errors follow from there: mend these first/);
  });

  it('cannot reach the prototype of objects', () => {
    const { objects } = read(`${shop}__proto__:\n  polluted: true\n`);
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
    expect(objects[0]).not.toHaveProperty('polluted');
  });

  it('in one file leaves the others readable', () => {
    const files = [
      { name: 'bad.yaml', text: `a: ${'['.repeat(50_000)}` },
      { name: 'good.yaml', text: shop },
    ];
    expect(parseManifests(files).objects).toHaveLength(1);
  });
});

describe('a kustomization', () => {
  it('is no object of the cluster, and its remedy is to render it', () => {
    const { objects, problems } = read(
      'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nmetadata:\n  name: shop\n',
    );
    expect(objects).toEqual([]);
    expect(problems).toEqual([expect.stringContaining('render it with `kubectl kustomize`')]);
  });
});
