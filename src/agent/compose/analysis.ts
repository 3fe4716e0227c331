import { isoUtc } from '../../batch/instant.ts';
import type { Diagnosis } from '../../batch/rca/cause.ts';
import type { Answer } from '../answer.ts';
import { safeText } from '../safe-text.ts';
import { nextSteps } from './causes/next-steps.ts';
import { causeRecord, observationRecord, ruledOutRecords } from './causes/records.ts';
import { numbered } from './causes/sources.ts';
import { comparisonRecord } from './comparison.ts';
import { durationsRecord } from './durations.ts';
import { distinctCauses } from './essentials.ts';
import { etaRecord } from './eta.ts';
import type { AboutFinding, Ingredients } from './ingredients.ts';
import { latenessRecord } from './lateness.ts';

/** The part of an answer that says why, since when, until when and how that compares. */
export type Analysis = Pick<
  Answer,
  | 'outcome'
  | 'root_causes'
  | 'ruled_out'
  | 'observations'
  | 'next'
  | 'eta'
  | 'target'
  | 'chance_of_missing'
  | 'deadline'
  | 'lateness'
  | 'comparison'
  | 'durations'
  | 'usual'
  | 'recurrences'
>;

/** Of the finding that leads, and of a diagnosis that another call of the same question made of the same night. */
export function analysisOf(lead: AboutFinding | null, from: Ingredients, entries: Answer['essentials']): Analysis {
  const diagnosis = diagnosisOf(lead, from);
  const root_causes = diagnosis === null || lead === null ? distinctCauses(entries) : causesOf(diagnosis, lead, from);
  const deadline = lead !== null && 'deadline' in lead ? lead.deadline : null;
  const lateness = lead !== null && 'lateness' in lead ? lead.lateness : null;
  const eta = lead?.kind === 'eta' ? lead : null;
  return {
    outcome: diagnosis?.outcome ?? null,
    root_causes,
    ruled_out: diagnosis === null ? [] : ruledOutRecords(diagnosis),
    observations: (diagnosis?.observations ?? []).map(observationRecord),
    next: nextSteps(root_causes),
    eta: eta === null ? null : etaRecord(eta),
    target: eta?.target ? { at: isoUtc(eta.target.at), source: eta.target.source } : null,
    chance_of_missing: eta?.chanceOfMissing ?? null,
    deadline: deadline === null ? null : isoUtc(deadline),
    lateness: lateness === null ? null : latenessRecord(lateness),
    comparison: lead?.kind === 'comparison' ? comparisonRecord(lead) : null,
    durations: lead?.kind === 'durations' ? durationsRecord(lead) : null,
    usual: lead?.kind === 'history' ? lead.usual : null,
    recurrences:
      lead?.kind === 'history'
        ? lead.recurrences.map(({ datasetId, taskId, recurrence }) => ({
            dataset_id: safeText(datasetId, 250),
            task_id: safeText(taskId, 250),
            failed: recurrence.failed,
            of: recurrence.of,
            dates: [...recurrence.dates],
          }))
        : [],
  };
}

function diagnosisOf(lead: AboutFinding | null, { findings }: Ingredients): Diagnosis | null {
  if (lead === null) return null;
  if ('diagnosis' in lead) return lead.diagnosis;
  const same = findings.find(
    (finding) =>
      finding.kind === 'causes' &&
      finding.essential === lead.essential &&
      finding.phase === lead.phase &&
      finding.businessDate === lead.businessDate,
  );
  return same?.kind === 'causes' ? same.diagnosis : null;
}

function causesOf(diagnosis: Diagnosis, lead: AboutFinding, from: Ingredients): Answer['root_causes'] {
  const { essential, businessDate } = lead;
  const about = {
    essential,
    businessDate,
    zone: from.zone,
    sources: numbered(from.records),
    adviceFor: from.adviceFor,
  };
  return diagnosis.causes.map((cause) => causeRecord(cause, about));
}
