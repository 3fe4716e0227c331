import { execFileSync } from 'node:child_process';
import { ENGINE, hashOfFiles } from './source-hash.ts';

const MANY = 64 * 1024 * 1024;

/**
 * The hash of the engine's source as a commit has it; null where that cannot be known here: no repository, a shallow one, or one whose
 * history was written anew without that commit.
 */
export function engineHashAt(root: string, commit: string): string | null {
  const git = (args: string[], input?: string) =>
    execFileSync('git', args, { cwd: root, input, maxBuffer: MANY, stdio: ['pipe', 'pipe', 'ignore'] });
  try {
    if (git(['rev-parse', '--is-shallow-repository']).toString().trim() !== 'false') return null;
    git(['cat-file', '-e', `${commit}^{commit}`]);
  } catch {
    return null;
  }
  const paths = git(['ls-tree', '-r', '-z', '--name-only', commit, '--', ENGINE])
    .toString()
    .split('\0')
    .filter((path) => path !== '');
  const objects = git(['cat-file', '--batch'], paths.map((path) => `${commit}:${path}\n`).join(''));
  const files = new Map<string, Buffer>();
  let at = 0;
  for (const path of paths) {
    // "<object> blob <size>\n", the content, and a line feed.
    const lineEnd = objects.indexOf('\n', at);
    const size = Number(objects.subarray(at, lineEnd).toString().split(' ')[2]);
    files.set(path, objects.subarray(lineEnd + 1, lineEnd + 1 + size));
    at = lineEnd + 1 + size + 1;
  }
  return hashOfFiles(files);
}
