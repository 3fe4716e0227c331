import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { FAMILIES } from '../../src/playground/world/nights/generated-night.ts';
import { engineHashAt } from './committed-engine.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const path = `${root}/docs/evaluation.md`;
const page = existsSync(path) ? readFileSync(path, 'utf8') : '';
const cell = (name: string) => new RegExp(`^\\| ${name} \\| (.*) \\|$`, 'm').exec(page)?.[1] ?? '';
const section = (title: string) => page.split(`\n## ${title}\n`)[1]?.split('\n## ')[0] ?? '';

describe('docs/evaluation.md', () => {
  it('says when, of what and with which seeds it was measured', () => {
    expect(cell('date')).toMatch(/^\d{4}-\d{2}-\d{2}$/);
    expect(cell('commit')).toMatch(/^`[0-9a-f]{40}`$/);
    expect(cell('engine')).toMatch(/^`[0-9a-f]{64}` /);
    expect(cell('seeds')).toBe(`\`${cell('engine').slice(1, 17)}-…\``);
  });

  it.each(['Simulated nights', 'The second world'])('has every family: %s', (title) => {
    for (const family of FAMILIES) {
      expect(section(title)).toMatch(new RegExp(`^\\| \`${family}\` \\| [1-9]\\d* (\\| \\d+\\.\\d % ){5}\\|$`, 'm'));
    }
  });

  it('rests on more than a thousand nights with a fault, and hundreds without', () => {
    const nights = (row: string) =>
      Number(new RegExp(`^\\| ${row} \\| (\\d+)`, 'm').exec(section('Simulated nights'))?.[1]);
    expect(nights('\\*\\*one fault\\*\\*') + nights('\\*\\*two faults\\*\\*')).toBeGreaterThanOrEqual(1000);
    expect(nights('\\*\\*two faults\\*\\*')).toBeGreaterThanOrEqual(150);
    expect(nights('healthy, falsely blamed')).toBeGreaterThanOrEqual(300);
    expect(nights('noisy, falsely blamed')).toBeGreaterThanOrEqual(300);
    expect(nights('withheld, nothing named')).toBeGreaterThanOrEqual(100);
  });

  it('names the commit whose engine has the hash', (context) => {
    const commit = cell('commit').replaceAll('`', '');
    const hash = engineHashAt(root, commit);
    if (hash === null) return context.skip('this copy has no history to look the commit up in');
    expect(cell('engine')).toContain(hash);
  });
});
