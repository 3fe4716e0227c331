import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { Answer } from '../src/agent/answer.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const pages = ['README.md', 'test/README.md', 'manifests/README.md', ...markdownIn('docs')];
const TEST_COMMAND = 'npm ci && npm test';

function markdownIn(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join(folder, name));
}

describe('the documentation', () => {
  it.each(pages)('has no dead link: %s', (page) => {
    const links = [...read(page).matchAll(/\]\((?!https?:)([^)#]+)/g)].map((match) => match[1] ?? '');
    const dead = links.filter((link) => !existsSync(join(root, dirname(page), link)));
    expect(dead).toEqual([]);
  });

  it('names only scripts that exist', () => {
    const { scripts } = JSON.parse(read('package.json'));
    const named = pages.flatMap((page) =>
      [...read(page).matchAll(/npm run (?:--silent )?([a-z:-]+)/g)].map((match) => match[1]),
    );
    expect(named).not.toEqual([]);
    for (const name of named) expect(Object.keys(scripts)).toContain(name);
  });

  it('names only source files and folders that exist', () => {
    const named = pages.flatMap((page) =>
      [...read(page).matchAll(/`((?:src|test|docs|manifests)\/[\w./-]+)`/g)].map((match) => match[1] ?? ''),
    );
    expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });

  it('explains every field of the answer', () => {
    const explained = [...read('docs/answer-contract.md').matchAll(/^\| `(\w+)` \|/gm)].map((match) => match[1]);
    expect(explained.sort()).toEqual(Object.keys(Answer.shape).sort());
  });

  it('numbers its decisions without gaps', () => {
    const decisions = markdownIn('docs/decisions')
      .map((page) => relative('docs/decisions', page))
      .sort();
    expect(decisions.map((name) => Number(name.slice(0, 4)))).toEqual(decisions.map((_, index) => index + 1));
  });
});

describe('.ci/run', () => {
  it('runs the test command of the README, word for word, and the checks', () => {
    expect(read('README.md').split('\n')).toContain(`    ${TEST_COMMAND}`);
    expect(read('.ci/run').split('\n')).toEqual(
      expect.arrayContaining([TEST_COMMAND, 'npm run check', 'set -euo pipefail']),
    );
  });
});
