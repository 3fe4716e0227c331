import { atLeast, type Demand } from './demands.ts';
import type { Examined } from './evaluate.ts';
import { isFailed } from './failings.ts';

/** Incidents are few and clear: each is right as a whole, with nothing beside the truth, or not. */
export function incidentDemand(incidents: readonly Examined[]): Demand {
  return atLeast(
    'named exactly, with true evidence',
    incidents.filter((incident) => !isFailed(incident)).length,
    incidents.length,
    0.95,
  );
}
