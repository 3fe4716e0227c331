import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const require = createRequire(import.meta.url);

/** Families that the page brings along, so that it looks the same everywhere, offline as well. */
const FAMILIES: Record<string, { package: string; sheets: string[] }> = {
  lato: {
    package: '@fontsource/lato',
    sheets: ['latin-400.css', 'latin-400-italic.css', 'latin-700.css', 'latin-900.css'],
  },
  emoji: { package: '@fontsource/noto-color-emoji', sheets: ['emoji-400.css'] },
};

function folderOf(family: { package: string }): string {
  return dirname(require.resolve(`${family.package}/package.json`));
}

/** The `@font-face` rules of all families, pointing at `/playground/fonts/`. */
export async function fontSheet(): Promise<string> {
  const sheets = Object.entries(FAMILIES).flatMap(([name, family]) =>
    family.sheets.map(async (sheet) => {
      const text = await readFile(join(folderOf(family), sheet), 'utf8');
      return text.replaceAll(/url\(\.\/files\/([^)]+)\)/g, `url(/playground/fonts/${name}/$1)`);
    }),
  );
  return (await Promise.all(sheets)).join('\n');
}

/** One font file; undefined when there is none of that name. */
export async function fontFile(familyName: string, file: string): Promise<Buffer | undefined> {
  const family = FAMILIES[familyName];
  if (!family || !/^[\w-]+\.woff2?$/.test(file)) return undefined;
  return readFile(join(folderOf(family), 'files', file)).catch(() => undefined);
}
