import { DELAYS } from './incidents/delays.ts';
import { FAILURES } from './incidents/failures.ts';
import type { Incident } from './incidents/incident.ts';
import { STATES } from './incidents/states.ts';

/** Nights made by hand: the cases that are easy to get wrong. */
export const INCIDENTS: readonly Incident[] = [...FAILURES, ...DELAYS, ...STATES];
