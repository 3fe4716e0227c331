import { generateNight } from '../../src/playground/world/nights/generate-night.ts';
import type { GeneratedNight } from '../../src/playground/world/nights/generated-night.ts';
import type { NightJob } from './plan.ts';
import { generateSecondNight } from './second-world/second-night.ts';

/** The night of a job. */
export async function nightOf({ world, seed, kind, families }: NightJob): Promise<GeneratedNight> {
  const request = { seed, kind, ...(families === undefined ? {} : { families }) };
  if (world === 'first') return generateNight(request);
  if (world === 'second') return generateSecondNight(request);
  // They are made when the file is loaded, which takes seconds.
  const { INCIDENTS } = await import('./second-world/incidents.ts');
  const incident = INCIDENTS.find(({ name }) => name === seed);
  if (incident === undefined) throw new RangeError(`There is no incident called ${seed}.`);
  return incident.night;
}

export async function incidentJobs(): Promise<NightJob[]> {
  const { INCIDENTS } = await import('./second-world/incidents.ts');
  return INCIDENTS.map(({ name, night }) => ({ world: 'incidents', seed: name, kind: night.kind }));
}
