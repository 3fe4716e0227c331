import type { Hold } from '../../replicas/questions.ts';
import { interrupted } from '../blocks/interrupted.ts';
import type { Surface } from './surface.ts';

/** Shows nothing more once the question is another replica's, and says where an answer took longer because a process was lost. */
export function heldSurface(surface: Surface, hold: Hold): Surface {
  return {
    inThread: surface.inThread,
    async show(progress) {
      if (!hold.signal.aborted) await surface.show(progress);
    },
    async settle(views, metadata) {
      if (await hold.stillMine()) await surface.settle(hold.again ? views.map(interrupted) : views, metadata);
    },
  };
}
