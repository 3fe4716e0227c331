import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { engineHashAt } from './committed-engine.ts';
import { type Measured, renderReport } from './render-report.ts';

/**
 * Writes docs/evaluation.md. Refuses where the engine that was measured is not that of the commit: the page names one, and
 * whoever goes back to it has to find what was measured.
 */
export function writeReport(root: string, measured: Omit<Measured, 'commit' | 'date'>): void {
  const commit = execFileSync('git', ['rev-parse', 'HEAD'], { cwd: root, encoding: 'utf8' }).trim();
  if (engineHashAt(root, commit) !== measured.hash) {
    throw new Error('The engine that was measured is not the one that is committed: commit it, and evaluate again.');
  }
  const date = new Date().toISOString().slice(0, 10);
  writeFileSync(join(root, 'docs/evaluation.md'), renderReport({ ...measured, commit, date }));
}
