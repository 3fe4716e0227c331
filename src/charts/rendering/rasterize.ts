import { createRequire } from 'node:module';
import { Resvg } from '@resvg/resvg-js';
import { FONT } from './look.ts';

const require = createRequire(import.meta.url);
const FONT_FILES = ['DejaVuSansCondensed.ttf', 'DejaVuSansCondensed-Bold.ttf'].map((file) =>
  require.resolve(`dejavu-fonts-ttf/ttf/${file}`),
);

/** Device pixels for each logical one: sharp on phones and on good screens. */
const DENSITY = 2;

/** SVG text as PNG, with the shipped font alone: the same picture on every machine. */
export function rasterize(svg: string): { png: Uint8Array; width: number; height: number } {
  const resvg = new Resvg(svg, {
    font: { loadSystemFonts: false, fontFiles: FONT_FILES, defaultFontFamily: FONT },
    fitTo: { mode: 'zoom', value: DENSITY },
    logLevel: 'off',
  });
  const image = resvg.render();
  return { png: image.asPng(), width: image.width, height: image.height };
}
