/** Logical pixels. A phone shows a picture at half this width, so that nothing is smaller than 10 points there. */
export const WIDTH = 720;
export const MARGIN = 20;
export const INK = '#1d2129';
export const FAINT_INK = '#59606b';
export const LINE = '#d5d9df';
export const FONT = 'DejaVu Sans Condensed';
export const TEXT_SIZE = 21;
