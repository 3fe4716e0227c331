import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { checkTree } from './architecture/check-tree.ts';
import { isBarrel, readImports } from './architecture/read-imports.ts';
import { RULES, type Rules } from './architecture/rules.ts';

const src = fileURLToPath(new URL('../src', import.meta.url));
const page = readFileSync(new URL('../docs/architecture.md', import.meta.url), 'utf8');

function readTree(): Map<string, string> {
  const files = readdirSync(src, { recursive: true, withFileTypes: true }).filter(
    (entry) => entry.isFile() && /\.tsx?$/.test(entry.name),
  );
  return new Map(
    files.map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return [relative(src, path).split(sep).join('/'), readFileSync(path, 'utf8')];
    }),
  );
}

/** The rows of the Markdown table below a heading, as cells without backticks. */
function table(heading: string): string[][] {
  const section = page.split(`\n## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';
  const rows = section.split('\n').filter((line) => line.startsWith('|'));
  return rows.slice(2).map((row) =>
    row
      .replaceAll('`', '')
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

const list = (cell: string | undefined) => (cell && cell !== '–' ? cell.split(', ').sort() : []);

describe('the source tree', () => {
  it('keeps to the map', () => {
    const tree = readTree();
    expect(tree.size).toBeGreaterThan(50);
    expect(checkTree(tree, RULES)).toEqual([]);
  });
});

describe('docs/architecture.md', () => {
  it('shows the room table that is enforced', () => {
    const shown = Object.fromEntries(
      table('Which room may import which').map(([room, imports]) => [room, list(imports)]),
    );
    expect(shown).toEqual(
      Object.fromEntries(Object.entries(RULES.rooms).map(([room, imports]) => [room, [...imports].sort()])),
    );
  });

  it('shows the package table that is enforced', () => {
    const shown = Object.fromEntries(
      table('Which outside package belongs to which room').map(([name, rooms]) => [name, list(rooms)]),
    );
    expect(shown).toEqual(
      Object.fromEntries(Object.entries(RULES.packages).map(([name, rooms]) => [name, [...rooms].sort()])),
    );
  });

  it('describes every room that exists', () => {
    const rooms = new Set(
      [...readTree().keys()].filter((path) => path.includes('/')).map((path) => path.split('/')[0]),
    );
    for (const room of rooms) expect(page).toMatch(new RegExp(`^ +${room}/ `, 'm'));
  });
});

describe('the check', () => {
  const rules: Rules = {
    rooms: {
      batch: [],
      config: [],
      observability: [],
      db: ['batch'],
      agent: ['batch', 'db/tiers'],
      playground: ['batch', 'db', 'composition root'],
      'composition root': ['agent', 'batch', 'config', 'db'],
    },
    shared: ['errors.ts', 'observability'],
    packages: { mysql2: ['db'], '@slack/*': ['playground'], zod: ['any'], 'node:sqlite': ['db'] },
    pure: ['batch'],
    loadPlayground: ['main.ts', 'cli.ts'],
  };
  const check = (path: string, code: string) => checkTree(new Map([[path, code]]), rules);

  it.each([
    ['batch/a.ts', "import { b } from './b.ts';"],
    ['batch/a.ts', "import { SentryError } from '../errors.ts';"],
    ['db/a.ts', "import type { b } from '../batch/b.ts';\nimport { log } from '../observability/logger.ts';"],
    ['agent/tools/a.ts', "import { b } from '../../db/tiers/policy.ts';"],
    ['db/a.ts', "import mysql from 'mysql2/promise';\nimport { DatabaseSync } from 'node:sqlite';"],
    ['playground/a.ts', "import { App } from '@slack/bolt';\nimport { createApp } from '../app.ts';"],
    ['main.ts', "const { start } = await import('./playground/start.ts');"],
    ['config/read-env.ts', 'export const env = process.env;'],
    ['db/a.ts', "// import { x } from '../agent/x.ts';\n/* process.env */\nexport const a = 1;"],
    ['db/a.ts', "const define = { 'process.env.NODE_ENV': '1' };"],
    ['db/b.ts', "const url = 'http://x'; import { z } from 'zod';"],
  ])('lets pass: %s: %s', (path, code) => {
    expect(check(path, code)).toEqual([]);
  });

  it.each([
    ['batch/a.ts', "import { b } from '../db/b.ts';", 'batch may not import db/b.ts'],
    ['batch/a.ts', "import type { b } from '../db/b.ts';", 'batch may not import db/b.ts'],
    ['batch/a.ts', "export { b } from '../db/b.ts';\nexport const c = 1;", 'batch may not import db/b.ts'],
    ['batch/a.ts', "import {\n  b,\n  c,\n} from '../db/b.ts';", 'batch may not import db/b.ts'],
    ['batch/a.ts', "import '../db/b.ts';", 'batch may not import db/b.ts'],
    ['batch/a.ts', "const b = await import('../db/b.ts');", 'batch may not import db/b.ts'],
    ['batch/a.ts', "import { readFileSync } from 'node:fs';", 'batch is pure'],
    ['agent/a.ts', "import { b } from '../db/databases.ts';", 'agent may not import db/databases.ts'],
    ['agent/a.ts', "import { b } from '../db/tiers-of-old.ts';", 'agent may not import'],
    ['agent/a.ts', "import mysql from 'mysql2';", 'agent may not import mysql2'],
    ['agent/a.ts', "import { DatabaseSync } from 'node:sqlite';", 'agent may not import node:sqlite'],
    ['agent/a.ts', "import { App } from '@slack/bolt';", 'agent may not import @slack/bolt'],
    ['agent/a.ts', "import left from 'left-pad';", 'left-pad is not a package of the map'],
    ['agent/a.ts', 'const x = await import(name);', 'imports a computed name'],
    ['agent/a.ts', "import { createApp } from '../app.ts';", 'agent may not import app.ts'],
    ['agent/a.ts', "import { b } from './b';", 'without its ending'],
    [
      'main.ts',
      "import { start } from './playground/start.ts';",
      'composition root may not import playground/start.ts',
    ],
    ['app.ts', "const p = import('./playground/start.ts');", 'composition root may not import playground/start.ts'],
    ['agent/a.ts', "const p = import('../playground/start.ts');", 'agent may not import playground/start.ts'],
    ['agent/a.ts', 'const x = process.env.HOME;', 'reads the environment'],
    ['agent/a.ts', `const x = \`\${process.env.HOME}\`;`, 'reads the environment'],
    ['agent/a.ts', "const x = process['env'];", 'reads the environment'],
    ['agent/a.ts', "import { env } from 'node:process';", 'reads the environment'],
    ['attic/a.ts', 'export const a = 1;', 'attic is not a room'],
    ['db/index.ts', 'export const a = 1;', 'is a barrel'],
    ['db/all.ts', "export * from './a.ts';\nexport { b } from './b.ts';\n", 'is a barrel'],
    ['db/utils.ts', 'export const a = 1;', 'says nothing'],
    ['db/myFile.ts', 'export const a = 1;', 'kebab-case'],
    ['db/a.ts', 'export default 1;', 'default export'],
  ])('refuses: %s: %s', (path, code, problem) => {
    expect(check(path, code).join('\n')).toContain(problem);
  });

  it('finds circles between rooms, also where each step is allowed', () => {
    const open: Rules = { ...rules, rooms: { ...rules.rooms, batch: ['agent'] } };
    const tree = new Map([
      ['batch/a.ts', "import { a } from '../agent/a.ts';"],
      ['agent/a.ts', "import { a } from '../db/tiers/a.ts';"],
      ['db/tiers/a.ts', "import { a } from '../../batch/a.ts';"],
    ]);
    expect(checkTree(tree, open)).toEqual(['rooms import each other in a circle: agent → db → batch']);
  });

  it('reads imports as Node does', () => {
    const code =
      "import a, { type B } from 'a';\nimport * as c from \"c\";\nexport type { D } from './d.ts';\nimport 'e';\nconst f = import('f');";
    expect(readImports(code).map((found) => found.specifier)).toEqual(['a', 'c', './d.ts', 'e', 'f']);
    expect(isBarrel("import { a } from './a.ts';\nexport const b = a;")).toBe(false);
  });
});
