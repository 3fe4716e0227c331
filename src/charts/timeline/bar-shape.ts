import { box, type Shape } from '../rendering/shapes.ts';
import { STATUS_STYLES } from '../status-style.ts';
import type { Bar } from './bars.ts';

/** From an instant to its place, in pixels from the left. */
export type Scale = (at: number) => number;

const HEIGHT = 22;

/** What went on stands out by its rim, what stands still by its dashes: not by colour alone. */
export function barShape({ from, to, look }: Bar, y: number, x: Scale): Shape {
  const colour = look === null ? '#aab2bd' : STATUS_STYLES[look].colour;
  const shape = { x: x(from), y: y - HEIGHT / 2, width: Math.max(4, x(to) - x(from)), height: HEIGHT, r: 4 };
  if (look === 'RUNNING') return box(shape, { fill: `${colour}40`, stroke: colour, lineWidth: 2 });
  if (look === 'STUCK' || look === 'QUEUED')
    return box(shape, { fill: `${colour}30`, stroke: colour, lineWidth: 2, lineDash: [6, 4] });
  return box(shape, { fill: look === 'SUCCESS' ? `${colour}b0` : colour });
}
