import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { generateNight } from '../../../../src/playground/world/nights/generate-night.ts';
import type { NightKind } from '../../../../src/playground/world/nights/generated-night.ts';

const NIGHTS = join(import.meta.dirname, '../../../../src/playground/world/nights');

describe('a generated night', () => {
  it.each(['single', 'pair', 'healthy', 'noisy', 'withheld'] satisfies NightKind[])('is the same again: %s', (kind) => {
    const once = generateNight({ seed: 'same', kind });
    expect(generateNight({ seed: 'same', kind })).toEqual(once);
    expect(generateNight({ seed: 'another', kind }).tables).not.toEqual(once.tables);
  });

  it('shows two faults in different datasets where two are asked for', () => {
    for (const seed of ['a', 'b', 'c']) {
      const { causes } = generateNight({ seed, kind: 'pair', families: ['stuck', 'task_failure'] }).truth;
      expect(causes.map((cause) => cause.family)).toEqual(['stuck', 'task_failure']);
      expect(causes[0]?.datasetId).not.toBe(causes[1]?.datasetId);
    }
  });

  it('refuses families that a kind has no use for', () => {
    expect(() => generateNight({ seed: 'x', kind: 'healthy', families: ['stuck'] })).toThrow(/takes 0/);
    expect(() => generateNight({ seed: 'x', kind: 'withheld', families: ['stuck'] })).toThrow(/takes 1/);
  });

  it('lacks what its kind withholds', () => {
    const failed = generateNight({ seed: 'w', kind: 'withheld', families: ['task_failure'] });
    expect(failed.truth.causes).toEqual([]);
    const tonight = failed.tables.task_instance.filter((task) => task.run_id.includes(`_${failed.businessDate}_`));
    expect(tonight.some((task) => task.state === 'failed')).toBe(false);
    expect(failed.tables.WORKFLOW_RUN_INSTANCE.some((row) => row.STATUS === 'FAILED')).toBe(true);

    const slow = generateNight({ seed: 'w', kind: 'withheld', families: ['slow_run'] });
    expect(slow.truth.withheld).toBe('history');
    expect(slow.tables.WORKFLOW_RUN_INSTANCE.every((row) => (row.BUSINESS_DATE as string) >= slow.businessDate)).toBe(
      true,
    );
  });

  it('knows nothing of the domain code that is measured on it', () => {
    const files = readdirSync(NIGHTS, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
    const imports = files.flatMap((file) =>
      [...readFileSync(join(NIGHTS, file), 'utf8').matchAll(/from '([^']+)'/g)].map((match) =>
        join(NIGHTS, file, '..', match[1] as string),
      ),
    );
    expect(files.length).toBeGreaterThan(20);
    expect(imports.filter((path) => /\/src\/(?!playground\/world\/)/.test(path))).toEqual([]);
  });
});
