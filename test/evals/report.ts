import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Demand, percent } from './demands.ts';
import type { Evaluation } from './evaluate.ts';
import { renderReport } from './render-report.ts';
import { ENGINE } from './source-hash.ts';

/** Writes docs/evaluation.md. Refuses where the engine has changes that no commit has: the page names the commit that it is of. */
export function writeReport(
  root: string,
  measured: { evaluation: Evaluation; demands: readonly [string, readonly Demand[]][]; hash: string; seconds: number },
): void {
  const git = (...args: string[]) => execFileSync('git', args, { cwd: root, encoding: 'utf8' }).trim();
  if (git('status', '--porcelain', '--', ENGINE) !== '') {
    throw new Error(`${ENGINE} has changes without a commit: commit them, and evaluate again.`);
  }
  const page = renderReport({
    ...measured,
    commit: git('rev-parse', 'HEAD'),
    date: new Date().toISOString().slice(0, 10),
  });
  writeFileSync(join(root, 'docs/evaluation.md'), page);
}
