import type { PhaseState } from '../../batch/state.ts';
import { safeText } from '../safe-text.ts';

/** `TB-Derivatives PRELIM` */
export function subject(state: Pick<PhaseState, 'essential' | 'phase'>): string {
  return `${safeText(state.essential, 80)} ${state.phase}`;
}
