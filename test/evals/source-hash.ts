import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

/** The engine: everything that can change an answer lies here. */
export const ENGINE = 'src/batch';

/** SHA-256 over paths and contents, in order of path. Paths are those of the repository, with slashes. */
export function hashOfFiles(files: ReadonlyMap<string, Buffer>): string {
  const hash = createHash('sha256');
  for (const path of [...files.keys()].sort()) {
    const content = files.get(path) as Buffer;
    hash.update(`${path}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

/** The engine's source as it lies in the working tree. */
export function engineHash(root: string): string {
  const files = readdirSync(join(root, ENGINE), { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return hashOfFiles(
    new Map(
      files.map((entry) => {
        const path = join(entry.parentPath, entry.name);
        return [relative(root, path).split(sep).join('/'), readFileSync(path)];
      }),
    ),
  );
}
