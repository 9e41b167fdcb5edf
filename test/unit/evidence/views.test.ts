import { describe, expect, it } from '@jest/globals';
import {
  type Evidence,
  renderHtml,
  renderPlainSummary,
  renderSummary,
  renderTerminal,
  sealEvidence,
} from '../../../src/evidence/index.ts';
import { undoneUnderTraffic } from './example-undone.ts';
import { promoted, refusedBySmoke } from './examples.ts';
import { allExamples, firstRelease, invalidBaseline, planned } from './more-examples.ts';

const terminal = (evidence: Evidence) => renderTerminal(evidence, { color: false, width: 110 });

describe('every view', () => {
  it.each([
    ['promoted', '✅ Pass', '✓ Pass'],
    ['refusedBySmoke', '❌ Fail', '✗ Fail'],
    ['invalidBaseline', '⚠️ Invalid', '! Invalid'],
  ])('begins with the verdict of %s as icon and word', (name, inSummary, inTerminal) => {
    const evidence = allExamples[name] ?? promoted;
    const [icon, word] = inTerminal.split(' ');
    expect(renderSummary(evidence).split('\n')[0]).toContain(inSummary);
    expect(terminal(evidence).split('\n')[0]).toContain(inTerminal);
    expect(renderHtml(evidence)).toContain(`aria-hidden="true">${icon}</span>${word}</p>`);
  });

  it.each([
    ['a release', promoted],
    ['a plan', { ...planned, release: null, subject: { app: 'shop', namespace: 'production' } }],
    ['a refusal', { ...refusedBySmoke, release: null, subject: { app: 'shop', namespace: 'production' } }],
  ])('names app and namespace of %s in its title', (_name, evidence) => {
    const [, title] = /<title>([^<]*)</.exec(renderHtml(evidence)) ?? [];
    for (const text of [title, renderSummary(evidence).split('\n')[0], terminal(evidence).split('\n')[0]]) {
      expect(text).toContain(': shop in production ');
    }
  });

  it('names the namespace where all its apps are meant', () => {
    const subject = { app: null, namespace: 'production' };
    const evidence = sealEvidence({
      ...promoted,
      command: 'retire',
      outcome: 'Checked',
      subject,
      release: null,
    });
    expect(renderSummary(evidence).split('\n')[0]).toContain('retire in production was checked');
  });

  it('says of wrong inputs which app they were for, and lets nothing of them be markup', () => {
    const end = { command: 'bluegreen-deploy', verdict: 'invalid', outcome: 'Refused' } as const;
    const message = 'The manifests cannot be released:\n  - one\n```\n  - two';
    const summary = renderPlainSummary({
      ...end,
      subject: { app: 'shop', namespace: 'production' },
      message,
    });
    expect(summary.split('\n')[0]).toBe('## ⚠️ Invalid: bluegreen-deploy of shop in production ended Refused');
    expect(summary).toContain(`\n\`\`\`\`text\n${message}\n\`\`\`\`\n`);
    expect(renderPlainSummary({ ...end, subject: { app: '<b>*x*' }, message })).toContain('\\<b\\>\\*x\\*');
    expect(renderPlainSummary({ ...end, subject: {}, message })).toContain(': bluegreen-deploy ended');
  });

  it.each(Object.entries(allExamples))(
    'says what %s says: reason, failure, remedy, next',
    (_name, evidence) => {
      const { failure, next, reason } = evidence;
      const said = [reason, failure?.message, failure?.remedy, next].filter(
        (text) => typeof text === 'string',
      );
      const page = plain(renderHtml(evidence));
      const summary = plain(renderSummary(evidence));
      const lines = terminal(evidence).replace(/\s+/g, ' ');
      for (const text of said) {
        expect(page).toContain(text);
        expect(summary).toContain(text);
        expect(lines).toContain(text);
      }
    },
  );

  it('shows each of many problems on a line of its own, once, and none is cut off', () => {
    const problems = Array.from(
      { length: 30 },
      (_, at) => `Service s${at} ${'is in the way of it '.repeat(10)}end${at}.`,
    );
    const message = ['30 things stand against it:', ...problems.map((line) => `  - ${line}`)].join('\n');
    const failure = { code: 'Refused', message, remedy: 'Mend all of them.', evidence: [] };
    const evidence = sealEvidence({ ...refusedBySmoke, reason: message, failure });
    const starts = {
      summary: /^- Service s\d+ /gm,
      terminal: /^ {4}- Service s\d+ /gm,
      page: /<li>Service s\d+ /g,
    };
    const views = {
      summary: renderSummary(evidence),
      terminal: terminal(evidence),
      page: renderHtml(evidence),
    };
    for (const name of ['summary', 'terminal', 'page'] as const) {
      expect(views[name].match(starts[name])).toHaveLength(30);
      expect(views[name].match(/ end29\./g)).toHaveLength(1);
      expect(views[name].match(/30 things stand against it:/g)).toHaveLength(1);
    }
  });

  it('quotes the failing answer of a gate', () => {
    const answer = 'cannot reach payments';
    expect(renderSummary(refusedBySmoke)).toMatch(new RegExp(`✗ failed .*${answer}`));
    expect(renderHtml(refusedBySmoke)).toMatch(new RegExp(`<pre>[^<]*${answer}`));
    expect(terminal(refusedBySmoke)).toMatch(new RegExp(`│ .*${answer}`));
  });

  it('states no failure as 0 of N with its 95 % bound', () => {
    const stated = '0 of 6,000 (95 % bound 3/6,000 = 0.05 %)';
    for (const view of [renderSummary(promoted), renderHtml(promoted), terminal(promoted)]) {
      expect(view).toContain(stated);
    }
  });

  it('states failures with their share and whom they are attributed to', () => {
    for (const view of [renderSummary, renderHtml, terminal].map((render) => render(undoneUnderTraffic))) {
      expect(view).toContain('41 of 3,200 (1.3 %)');
      expect(view).toContain('36 by the candidate, 1 by the switch');
    }
  });

  it('of a plan shows what would change, what it asks for, and what it could not see', () => {
    const said = [
      'Deployment production/shop-green',
      'spec.template.spec.containers[app].image',
      'registry.example/shop:v1',
      'registry.example/shop:v2',
      '(none)',
      '1 object to create, 2 to change, 1 as they are; about 6.5 s in all, by estimate',
      '1,500 m',
      '384 MiB',
      'not said',
      'NetworkPolicy production/allow-web',
      'would stop matching',
      'ServiceMonitors may not be listed',
      'resources: [deployments]',
    ];
    for (const view of [renderSummary(planned), renderHtml(planned), terminal(planned)].map(plain)) {
      for (const text of said) expect(view).toContain(text);
    }
  });

  it('of a way back onto warm pods says that they stay as they are, and what sets them apart', () => {
    const warm = {
      object: 'Deployment production/shop-green',
      action: 'unchanged',
      against: 'Deployment production/shop-blue, which is live',
      fields: [{ path: 'spec.template.spec.containers[app].image', before: 'shop:v2', after: 'shop:v1' }],
    } as const;
    const plan = planned.plan === undefined ? undefined : { ...planned.plan, objects: [warm] };
    if (plan === undefined) throw new Error('the example has a plan');
    const same = sealEvidence({ ...planned, plan: { ...plan, objects: [{ ...warm, fields: [] }] } });
    for (const render of [renderSummary, renderHtml, terminal]) {
      const differs = 'tays as it is; differs from Deployment production/shop-blue, which is live';
      expect(plain(render(sealEvidence({ ...planned, plan })))).toContain(differs);
      expect(plain(render(same))).toContain('he same as Deployment production/shop-blue, which is live');
    }
  });

  it('says that loss was not measured when nothing was probed', () => {
    const unseen = sealEvidence({ ...promoted, traffic: null });
    for (const view of [renderSummary(unseen), renderHtml(unseen), terminal(unseen)]) {
      expect(view.replaceAll('*', '')).toMatch(/Loss was not measured/);
    }
  });

  it.each(['Planned', 'Refused', 'NothingToRelease', 'Superseded'] as const)(
    'says nothing of loss where no traffic was to be watched: %s',
    (outcome) => {
      const evidence = sealEvidence({ ...refusedBySmoke, outcome, traffic: null });
      const asked = sealEvidence({ ...evidence, outcome: 'Retired', command: 'retire', release: null });
      for (const view of [evidence, asked].flatMap((one) => [
        renderSummary(one),
        renderHtml(one),
        terminal(one),
      ])) {
        expect(view).not.toMatch(/not measured|nothing was probed/i);
      }
    },
  );

  it('says of the steps of a plan what they would take, and not that they took it', () => {
    expect(renderSummary(planned)).toContain('| Step | Would take |');
    expect(renderHtml(planned)).toMatch(/>Step<\/th><th [^>]*>Would take<\/th><\/tr>/);
    for (const view of [renderSummary(planned), renderHtml(planned)]) expect(view).not.toContain('Took');
  });

  it('distrusts a count that does not add up', () => {
    const { traffic } = promoted;
    if (traffic === null) throw new Error('the example has traffic');
    const lost = sealEvidence({ ...promoted, traffic: { ...traffic, byClass: { ok: 5_999 } } });
    for (const view of [renderSummary(lost), renderHtml(lost), terminal(lost)]) {
      expect(view).toContain('5,999 requests ended, but 6,000 were planned');
    }
  });
});

describe('log lines of pods', () => {
  const line = 'payments: dial tcp 10.3.0.9:443: i/o timeout';

  it('stand in the page, which is a file, and nowhere else unless asked', () => {
    expect(plain(renderHtml(refusedBySmoke))).toContain(line);
    expect(plain(renderSummary(refusedBySmoke))).not.toContain(line);
    expect(terminal(refusedBySmoke)).not.toContain(line);
    expect(plain(renderSummary(refusedBySmoke))).toContain('publish-logs: true');
    expect(terminal(refusedBySmoke)).toContain('--publish-logs');
  });

  it('are shown to all when that is asked for', () => {
    expect(plain(renderSummary(refusedBySmoke, { logs: true }))).toContain(line);
    expect(renderTerminal(refusedBySmoke, { color: false, width: 110, logs: true })).toContain(line);
  });
});

describe('the summary', () => {
  it('links the commit and the run on the server of the run', () => {
    expect(renderSummary(promoted)).toContain(
      `[6f1d0c2b9e4a](https://github.com/acme/shop/commit/${promoted.run.commit})`,
    );
  });

  it.each([
    'javascript:alert(1)',
    'https://evil.example/other/repo/actions',
    'https://github.com/acme/shop/x) [y](z',
  ])('makes no link of the address %s', (runUrl) => {
    const evidence = sealEvidence({ ...promoted, run: { ...promoted.run, runUrl } });
    expect(renderSummary(evidence)).not.toContain('](');
    expect(renderHtml(evidence)).not.toContain('<a ');
  });

  it('marks the first release as one', () => {
    expect(renderSummary(firstRelease)).toContain('| **Revision** | first release → 1 (blue) |');
  });

  it('stays below 900 KB, keeps the verdict and says that something is missing', () => {
    const warning = 'ü'.repeat(480);
    const gate = invalidBaseline.gates[0];
    if (gate === undefined) throw new Error('the example has a gate');
    const seen = Array.from({ length: 60 }, (_, n) => ({
      name: `${n} ${warning}`,
      ok: true,
      seen: warning,
      wanted: warning,
    }));
    const gates = Array.from({ length: 30 }, () => ({ ...gate, observations: seen }));
    const summary = renderSummary(sealEvidence({ ...invalidBaseline, gates }));
    expect(Buffer.byteLength(summary)).toBeLessThanOrEqual(900 * 1024);
    expect(summary).toContain('⚠️ Invalid');
    expect(summary).toContain('### Steps');
    expect(summary).toContain('Some sections are left out here');
    expect(renderSummary(promoted)).not.toContain('left out here');
  });
});

describe('the terminal', () => {
  it('uses colour only when asked, and says the same without', () => {
    const colored = renderTerminal(undoneUnderTraffic, { color: true, width: 110 });
    const code = new RegExp(`${String.fromCharCode(27)}\\[\\d+m`, 'g');
    expect(colored).toMatch(code);
    expect(colored.replace(code, '')).toBe(terminal(undoneUnderTraffic));
  });

  it.each([60, 80, 120])('keeps steps and tables within %d columns', (width) => {
    const lines = renderTerminal(undoneUnderTraffic, { color: false, width }).split('\n');
    const tooLong = lines.slice(1, -1).filter((line) => [...line].length > width);
    expect(tooLong).toEqual([]);
  });

  it('shows each outcome of a step by its own sign', () => {
    expect(terminal(undoneUnderTraffic)).toMatch(/ {2}✓ Take the lock/);
    expect(terminal(undoneUnderTraffic)).toMatch(/ {2}↺ Prepare shop-blue/);
    expect(terminal(undoneUnderTraffic)).toMatch(/ {2}✗ Wait until v4/);
    expect(terminal(undoneUnderTraffic)).toMatch(/ {2}– Point Service/);
  });
});

/** The text that a reader sees: escapes of either markup undone. */
function plain(view: string): string {
  return view
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
    .replace(/\\([!-/:-@[-`{-~])/g, '$1')
    .replaceAll('\u200B', '');
}
