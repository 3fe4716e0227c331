import type { Clarification } from '../../batch/finding.ts';
import { allDefinitions } from '../../batch/inquiry/all-definitions.ts';
import { findDatasetAnywhere, matchesSlice } from '../../batch/slice-reference.ts';
import { safeText } from '../safe-text.ts';
import { whichBatch } from './refusals.ts';
import type { Named } from './subject.ts';
import type { ToolRoom } from './tool.ts';

/**
 * A dataset named without its essential ("how is intercompany doing?"): the one essential that lists such a dataset, a question back when
 * several do, null when none does.
 */
export async function findDataset(
  said: string,
  room: ToolRoom,
  again: (batch: string) => string,
): Promise<Named[] | Clarification | null> {
  if (said.replace(/[^a-z0-9]/gi, '').length < 3) return null;
  const { definitions, missing } = await allDefinitions(room.desk);
  const owners = [...new Set(findDatasetAnywhere(definitions, said).map((owner) => owner.essential))];
  // Inside a conversation about an essential, its own dataset is meant.
  const settled = owners.find((owner) => owner === room.thread?.essential);
  if (settled !== undefined) return [{ essential: settled, note: null, dataset: said }];
  const only = owners[0];
  if (only === undefined) return missing.length === 0 ? null : failAs(missing, room);
  if (owners.length > 1) return whichBatch(said, owners.slice(0, 6), room.names, again);
  return [
    { essential: only, note: `“${safeText(said, 60)}” is a dataset of ${only}.${unread(missing)}`, dataset: said },
  ];
}

/** A slice named without its batch: the one essential that defines such a slice, a question back when several do. */
export async function findSliceOwner(
  said: string,
  room: ToolRoom,
  again: (batch: string) => string,
): Promise<Named[] | Clarification | null> {
  const { definitions, missing } = await allDefinitions(room.desk);
  const owners = definitions
    .filter(({ datasets }) => datasets.some(({ slices }) => slices.some((slice) => matchesSlice(slice, said))))
    .map(({ name }) => name);
  const [only, ...more] = owners;
  if (only === undefined) return missing.length === 0 ? null : failAs(missing, room);
  if (more.length > 0) return whichBatch(said, owners.slice(0, 6), room.names, again);
  return [{ essential: only, note: `“${safeText(said, 60)}” is a slice of ${only}.${unread(missing)}` }];
}

type Missing = readonly { name: string; reason: string }[];

/** What is not found may be in a definition that could not be had: Lenz's own error is the answer, not "unknown". */
async function failAs(missing: Missing, room: ToolRoom): Promise<null> {
  for (const { name } of missing) await room.desk.sources.definitions.get(name);
  return null;
}

function unread(missing: Missing): string {
  if (missing.length === 0) return '';
  return ` Whether ${missing.map(({ name }) => safeText(name, 60)).join(', ')} has one of that name is not known: no definition could be had.`;
}
