import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { renderReport, type Soaked } from './render-report.ts';

/** Everything that can change what is measured. */
const MEASURED = ['src', 'test', 'package.json', 'package-lock.json', 'vitest.config.ts'];

/** The commit that the working tree is. Throws where it is something else: a report names the commit that it is of. */
export function committedNow(root: string): string {
  const git = (...args: string[]) => execFileSync('git', args, { cwd: root, encoding: 'utf8' }).trim();
  const changed = git('status', '--porcelain', '--', ...MEASURED);
  if (changed !== '') throw new Error(`Commit first; a report is of a commit, and this is not in one:\n${changed}`);
  return git('rev-parse', 'HEAD');
}

/** Writes docs/soak.md. Throws where the tree was changed while it was measured. */
export function writeReport(root: string, soaked: Omit<Soaked, 'date'>): void {
  if (committedNow(root) !== soaked.commit) throw new Error('The commit changed meanwhile: run it again.');
  const date = new Date().toISOString().slice(0, 10);
  writeFileSync(join(root, 'docs/soak.md'), renderReport({ ...soaked, date }));
}
