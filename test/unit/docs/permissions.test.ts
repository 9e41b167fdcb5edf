import { describe, expect, it } from '@jest/globals';
import { plainFacts } from '../../../src/release/preflight/permission-facts.ts';
import { renderRole, roleFor } from '../../../src/release/preflight/permissions.ts';
import { fencesOf, readDocuments } from '../../support/documents.ts';

describe('the Role of the documentation', () => {
  it('is the one that a release asks for', () => {
    const texts = readDocuments('docs/getting-started.md').flatMap(fencesOf);
    const roles = texts.map(({ text }) => text).filter((text) => text.includes('kind: Role\n'));
    const [role = ''] = roles.map((text) => text.split('---\n')[0]);
    expect(role).toBe(renderRole('production', roleFor({ ...plainFacts, bringsRoutes: true })));
  });
});
