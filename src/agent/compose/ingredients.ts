import type { EssentialNames } from '../../batch/essential-names.ts';
import type { Clarification, Finding, HelpFinding, NightFinding, Refusal } from '../../batch/finding.ts';
import type { HouseRules } from '../../batch/inquiry/house-rules.ts';
import type { Clock, QueryRecord } from '../../batch/ports.ts';
import type { SentryError } from '../../errors.ts';
import type { Answer } from '../answer.ts';

/** A finding about one essential. */
export type AboutFinding = Exclude<Finding, NightFinding | Clarification | Refusal | HelpFinding>;

/** Everything that an answer is made of. */
export interface Ingredients {
  question: string;
  reference: string;
  findings: readonly Finding[];
  /** Prose that passed the check. */
  prose: string;
  /** Said beside the findings' own notes: a model that was away, an essential that could not be read. */
  notes: readonly string[];
  gaps: readonly string[];
  /** The person asked why: where no cause was looked for, the answer says so. */
  asksWhy: boolean;
  /** The person asks when it will end: where no end was estimated, the answer says so. */
  asksWhen: boolean;
  records: readonly QueryRecord[];
  usage: Answer['usage'];
  error: SentryError | null;
  clock: Clock;
  zone: string;
  names: EssentialNames;
  /** Owners and runbooks. */
  adviceFor: HouseRules['adviceFor'];
  /** What the conversation is about so far. */
  threadEssential: string | null;
}

export function isAbout(finding: Finding): finding is AboutFinding {
  return 'state' in finding;
}
