import type { Clarification, Finding, Refusal } from '../../batch/finding.ts';
import type { About, UnitReference } from '../../batch/inquiry/desk.ts';
import type { Phase } from '../../batch/run.ts';
import { findDataset, findSliceOwner } from './dataset-owner.ts';
import { badDate, unknownBatch, whichBatch } from './refusals.ts';
import { readDate } from './spoken.ts';
import type { ToolRoom } from './tool.ts';

export interface SaidAbout {
  batch?: string | null;
  date?: string | null;
  phase?: Phase | null;
  dataset?: string | null;
  slice?: string | null;
}

/** What a call is about, once names and dates are resolved and the thread has supplied what was not said. */
export interface Subject {
  about: About;
  reference: UnitReference;
  /** The reference comes from the thread, not from the person's words. */
  inherited: boolean;
  notes: string[];
}

/** An essential that was meant; `dataset` where it was found through the name of one of its datasets. */
export interface Named {
  essential: string;
  note: string | null;
  dataset?: string;
}

const MAX_BATCHES = 4;

/**
 * Resolves what was said into subjects (one a batch), or says why it cannot. `again` makes a complete question for a batch,
 * so that a clarification offers things to press.
 */
export async function resolveSubjects(
  said: SaidAbout,
  room: ToolRoom,
  again: (batch: string) => string,
): Promise<Subject[] | Refusal | Clarification> {
  const date = readDate(said.date, room);
  if (date === 'unreadable') return badDate(said.date ?? '');
  const { thread } = room;
  const meant = await essentialsMeant(said, room, again);
  if (!Array.isArray(meant)) return meant;
  const named = inSight(meant, room);
  if (!Array.isArray(named)) return named;
  return named.slice(0, MAX_BATCHES).map(({ essential, note, dataset }) => {
    const same = thread !== null && thread.essential === essential;
    const spokenUnit = Boolean(said.dataset) || Boolean(said.slice);
    const inherits = same && !spokenUnit && !said.batch;
    return {
      about: {
        essential,
        date,
        phase:
          said.phase ??
          (thread !== null && (thread.phaseSaid === true || (same && !said.batch && !said.date)) ? thread.phase : null),
      },
      reference: {
        dataset:
          said.dataset ??
          dataset ??
          (inherits || (same && said.slice && thread.datasetId) ? (thread?.datasetId ?? null) : null),
        slice:
          said.slice ??
          (inherits ? (thread?.sliceSaid ?? (thread?.slices.length === 1 ? (thread.slices[0] ?? null) : null)) : null),
      },
      inherited: inherits,
      notes: note === null ? [] : [note],
    };
  });
}

/** Those that may be asked about; that others were named is said with them, or instead of them. */
function inSight(meant: Named[], { sight }: ToolRoom): Named[] | Refusal {
  if (sight === null) return meant;
  const [denied, ...more] = meant.filter(({ essential }) => !sight.allows(essential));
  if (denied === undefined) return meant;
  const [first, ...others] = meant.filter(({ essential }) => sight.allows(essential));
  const text = [denied, ...more].map(({ essential }) => sight.denial(essential)).join(' ');
  if (first === undefined) return { kind: 'refusal', reason: 'not_open', text, offers: ['What happened last night?'] };
  return [{ ...first, note: first.note === null ? text : `${first.note} ${text}` }, ...others];
}

async function essentialsMeant(
  said: SaidAbout,
  room: ToolRoom,
  again: (batch: string) => string,
): Promise<Named[] | Refusal | Clarification> {
  if (said.batch) {
    const matches = room.names.find(said.batch);
    const ambiguous = matches.find((match) => match.kind === 'ambiguous');
    if (ambiguous?.kind === 'ambiguous') return whichBatch(ambiguous.said, ambiguous.candidates, room.names, again);
    const found = matches.flatMap((match) =>
      match.kind === 'ambiguous'
        ? []
        : [
            {
              essential: match.essential,
              note: match.kind === 'near' ? `I took “${match.said}” for ${match.essential}.` : null,
            },
          ],
    );
    if (found.length > 0)
      return found.filter((entry, index) => found.findIndex((other) => other.essential === entry.essential) === index);
    return (await findDataset(said.batch, room, again)) ?? unknownBatch(said.batch, room.names);
  }
  if (room.thread?.essential) {
    const { essential, fromTalk } = room.thread;
    return [
      { essential, note: fromTalk === true ? `This thread speaks of ${essential}: that is what I looked at.` : null },
    ];
  }
  if (said.dataset) return (await findDataset(said.dataset, room, again)) ?? unknownBatch(said.dataset, room.names);
  if (said.slice) {
    const owners = await findSliceOwner(said.slice, room, again);
    if (owners !== null) return owners;
  }
  const ofTalk = room.thread?.fromTalk === true ? room.thread.datasetId : null;
  const owner = ofTalk ? await findDataset(ofTalk, room, again) : null;
  return owner ?? whichBatch(null, room.names.all.slice(0, 5), room.names, again);
}

/** Runs one inquiry a subject; what was resolved on the way is said first. */
export async function inquireEach(
  subjects: Subject[] | Refusal | Clarification,
  room: ToolRoom,
  again: (batch: string, date: string) => string,
  inquire: (subject: Subject) => Promise<Finding>,
): Promise<Finding[]> {
  if (!Array.isArray(subjects)) return [subjects];
  return Promise.all(
    subjects.map(async (subject) => {
      const finding = await inquire(subject);
      if (finding.kind === 'clarification')
        return completed(finding, (date) => again(room.names.spoken(subject.about.essential), date));
      return 'notes' in finding ? { ...finding, notes: [...subject.notes, ...finding.notes] } : finding;
    }),
  );
}

/** Dates to choose from become whole questions, so that pressing one is enough. */
export function completed(finding: Clarification, again: (date: string) => string): Clarification {
  const options = finding.options.map((option) =>
    /^\d{4}-\d{2}-\d{2}$/.test(option.question) ? { ...option, question: again(option.question) } : option,
  );
  return { ...finding, options };
}
