import type { CustomSeriesOption } from 'echarts';
import { FONT, INK, TEXT_SIZE } from './look.ts';

/** An element as the library's custom series and graphics take it. */
export interface Shape {
  type: 'text' | 'circle' | 'rect' | 'line';
  style: Readonly<Record<string, unknown>>;
  shape?: Readonly<Record<string, unknown>>;
}

/** Shapes at places that we know, as one layer of a chart; later layers cover earlier ones. */
export function layer(shapes: readonly Shape[]): CustomSeriesOption {
  return {
    type: 'custom',
    silent: true,
    clip: false,
    // One item that draws them all; where it lies is of no matter.
    data: [[0, 0]],
    renderItem: () => ({ type: 'group', children: shapes as never }),
  };
}

interface TextLook {
  size?: number;
  fill?: string;
  bold?: boolean;
  align?: 'left' | 'center' | 'right';
  /** A rim in this colour, the ground's, keeps the text readable on whatever it crosses; `true` for white. */
  halo?: string | boolean;
}

/** One line of text around the height `y`, anchored at its left, its middle or its right. Never markup. */
export function words(text: string, x: number, y: number, look: TextLook = {}): Shape {
  const { size = TEXT_SIZE, fill = INK, bold = false, align = 'left', halo = false } = look;
  // The rasterizer does not read the short form, `font: 21px …`.
  const font = { fontSize: size, fontFamily: FONT, fontWeight: bold ? 'bold' : 'normal' };
  const rim = halo === false ? {} : { stroke: halo === true ? '#ffffff' : halo, lineWidth: 4 };
  return { type: 'text', style: { text, x, y, ...font, fill, align, verticalAlign: 'middle', ...rim } };
}

/** A mark in a disc, as wide as a line of text is high. */
export function badge(mark: string, colour: string, x: number, y: number, radius = 13): Shape[] {
  return [
    {
      type: 'circle',
      shape: { cx: x, cy: y, r: radius },
      style: { fill: colour, stroke: '#ffffff', lineWidth: 2 },
    },
    words(mark, x, y + 0.5, { size: radius * 1.4, fill: '#ffffff', bold: true, align: 'center' }),
  ];
}

export interface Stroke {
  stroke: string;
  lineWidth?: number;
  lineDash?: number[];
}

export function line(from: readonly [number, number], to: readonly [number, number], stroke: Stroke): Shape {
  const shape = { x1: from[0], y1: from[1], x2: to[0], y2: to[1] };
  return { type: 'line', shape, style: { fill: 'none', lineWidth: 1, ...stroke } };
}

/** A filled rectangle with round corners where `r` says so. */
export function box(
  shape: { x: number; y: number; width: number; height: number; r?: number | number[] },
  style: { fill: string } & Partial<Stroke>,
): Shape {
  return { type: 'rect', shape, style };
}
