import { describe, expect, it } from '@jest/globals';
import { readAccess } from '../../src/cluster/kubeconfig.ts';

/** A kubeconfig with this server; `users` as they are written. */
const kubeconfig = (server: string, users = '[{ name: me, user: { token: s3cr3t } }]') => `
current-context: here
contexts: [{ name: here, context: { cluster: there, user: me } }]
clusters: [{ name: there, cluster: { server: '${server}' } }]
users: ${users}
`;

/** What is told of a kubeconfig that cannot be used. */
function refusalOf(content: string): unknown {
  try {
    return readAccess({ content }).server.href;
  } catch (thrown) {
    return thrown;
  }
}

describe('the server of a kubeconfig', () => {
  it.each(['https://10.0.0.1:6443/', 'http://localhost:8080/', 'https://[fd00::1]/clusters/a'])(
    'may be %s',
    (server) => {
      expect(refusalOf(kubeconfig(server))).toBe(server);
    },
  );

  it.each(['10.0.0.1:6443', 'my.host:6443', 'my.host', 'tcp://my.host:6443', 'https://my.host:99999'])(
    'cannot be %s: it is named, with what to write',
    (server) => {
      expect(refusalOf(kubeconfig(server))).toMatchObject({
        code: 'Usage',
        message: `The kubeconfig has ${server} as the server of its cluster there, which is no http:// or https:// address`,
        remedy: expect.stringContaining('https://10.0.0.1:6443'),
      });
    },
  );
});

describe('a kubeconfig that one of two parsers accepts', () => {
  it('is named with the place of the mistake, and nothing that stands around it', () => {
    // A key of more than 1,024 characters; the parser shows the line before it.
    const users = `\n- name: me\n  user:\n    token: s3cr3t\n    ${'x'.repeat(1_100)}: y`;
    const refusal = refusalOf(kubeconfig('https://10.0.0.1:6443', users));
    expect(refusal).toMatchObject({
      code: 'Usage',
      message: expect.stringMatching(/^The kubeconfig cannot be read: [^\n]* at line \d+, column \d+$/),
    });
    expect(String(refusal)).not.toContain('s3cr3t');
  });
});
