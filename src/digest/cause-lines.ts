import { distinctCauses, nightRecords } from '../agent/compose/essentials.ts';
import type { NightFinding } from '../batch/finding.ts';
import type { HouseRules } from '../batch/inquiry/house-rules.ts';

export interface Reading {
  /** IANA name in which times are told beside UTC. */
  zone: string;
  adviceFor: HouseRules['adviceFor'];
}

/** The root causes of several essentials, each once, with whose it is where somebody said. */
export function causesOfEntries(entries: NightFinding['entries'], { zone, adviceFor }: Reading): string[] {
  const records = nightRecords({ entries }, { zone, adviceFor, records: [] });
  return distinctCauses(records).map(({ summary, owner }) =>
    owner === null ? summary : `${summary} Owner: ${owner}.`,
  );
}
