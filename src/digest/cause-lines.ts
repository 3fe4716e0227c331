import { distinctCauses, nightRecords } from '../agent/compose/essentials.ts';
import type { NightFinding } from '../batch/finding.ts';
import type { HouseRules } from '../batch/inquiry/house-rules.ts';
import type { Family } from '../batch/rca/cause.ts';
import { listed } from './spoken-wish.ts';

export interface Reading {
  /** IANA name in which times are told beside UTC. */
  zone: string;
  adviceFor: HouseRules['adviceFor'];
}

export interface CauseLine {
  text: string;
  /** Whose cause it is: at least one, worst first. */
  essentials: readonly string[];
  /** One of these is not done. */
  open: boolean;
  family: Family;
}

const MOST_NAMED = 3;

/** The root causes of several essentials, each once, with whose duty it is where somebody said. */
export function causesOfEntries(entries: NightFinding['entries'], { zone, adviceFor }: Reading): CauseLine[] {
  const records = nightRecords({ entries }, { zone, adviceFor, records: [] });
  return distinctCauses(records).map(({ summary, owner, family }) => {
    const whose = records.filter(({ root_causes }) => root_causes.some((cause) => cause.summary === summary));
    return {
      text: owner === null ? summary : `${summary} Owner: ${owner}.`,
      essentials: [...new Set(whose.map(({ essential }) => essential))],
      open: whose.some(({ status }) => status !== 'SUCCESS'),
      family,
    };
  });
}

/** `TB-SMAA: MAT_EMEA was never triggered.`, for a list over several essentials. */
export function labelled({ text, essentials }: CauseLine): string {
  const rest = essentials.length - MOST_NAMED;
  return `${listed(rest > 0 ? [...essentials.slice(0, MOST_NAMED), `${rest} more`] : essentials, 'and')}: ${text}`;
}
