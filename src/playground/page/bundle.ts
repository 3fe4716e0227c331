import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

export interface Bundle {
  js: Buffer;
  css: Buffer;
}

let made: Promise<Bundle> | undefined;

/** The page's code and style, put together once per process and kept in memory. */
export function bundlePage(): Promise<Bundle> {
  made ??= makeBundle();
  return made;
}

async function makeBundle(): Promise<Bundle> {
  const result = await build({
    entryPoints: [
      { in: fileURLToPath(new URL('./client/main.tsx', import.meta.url)), out: 'page' },
      { in: fileURLToPath(new URL('./client/styles.css', import.meta.url)), out: 'page' },
    ],
    bundle: true,
    write: false,
    outdir: '/',
    format: 'esm',
    target: 'es2022',
    jsx: 'automatic',
    minify: true,
    legalComments: 'none',
    define: { 'process.env.NODE_ENV': '"production"' },
    logLevel: 'silent',
  });
  const find = (ending: string) => {
    const file = result.outputFiles.find((one) => one.path.endsWith(ending));
    if (!file) throw new Error(`the page was put together without ${ending}`);
    return Buffer.from(file.contents);
  };
  return { js: find('.js'), css: find('.css') };
}
