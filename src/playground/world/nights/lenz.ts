import type { Random } from '../random.ts';
import { type Essential, type Member, membersOf, type Platform } from './platform.ts';

/** The documents that Lenz serves, in all the shapes that it knows. */
export function lenzDocuments(platform: Platform, random: Random): Record<string, unknown> {
  return Object.fromEntries(platform.essentials.map((essential) => [essential.name, document(essential, random)]));
}

function document(essential: Essential, random: Random): unknown {
  const { name } = essential;
  const year = random.pick(['2023', '2024']);
  const effectiveFrom = `${year}-0${random.whole(1, 9)}-${random.whole(10, 28)}T17:33:32`;
  const datasets = membersOf(essential).map((member) => ({
    datasetId: member.pipeline.datasetId,
    ...sliceGroups(member, random),
    ...(member.order === 0 && random.chance(0.2) ? {} : { sequenceOrder: member.order }),
  }));
  return {
    GLOBAL: {
      [name]: {
        essentialName: name,
        context: 'GLOBAL',
        effectiveFrom,
        effectiveTo: null,
        displayName: name,
        modifiedByUserSid: null,
        info: null,
        schemaJson: { datasets: random.chance(0.3) ? datasets.reverse() : datasets },
      },
    },
  };
}

interface SliceGroups {
  sliceGroups?: Record<string, string[]>;
}

function sliceGroups({ pipeline, units }: Member, random: Random): SliceGroups {
  if (!pipeline.sliced) return random.pick<SliceGroups>([{}, {}, { sliceGroups: {} }, { sliceGroups: { slices: [] } }]);
  const slices = units.map((unit) => unit.slice as string);
  const form = random.whole(0, slices.length > 2 ? 2 : 1);
  if (form === 0) return { sliceGroups: { slices } };
  if (form === 1) return { sliceGroups: { [random.pick(['DERIV', 'SEC', 'ALL'])]: slices } };
  const cut = random.whole(1, slices.length - 1);
  return { sliceGroups: { EMEA: slices.slice(0, cut), 'NON-EMEA': slices.slice(cut) } };
}
