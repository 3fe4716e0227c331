import type { Random } from '../../../src/playground/world/random.ts';
import type { Essential, Member } from './world.ts';

/** What Lenz answers for an essential: slices in one group, in several, or in none; an order of 0 may be left out. */
export function lenzDocument(random: Random, essential: Essential): unknown {
  return {
    GLOBAL: {
      [essential.name]: {
        essentialName: essential.name,
        context: 'GLOBAL',
        effectiveFrom: '2023-02-11T09:12:44',
        effectiveTo: null,
        displayName: essential.name,
        modifiedByUserSid: null,
        info: null,
        schemaJson: { datasets: essential.members.map((member) => datasetEntry(random, member)) },
      },
    },
  };
}

function datasetEntry(random: Random, { dataset, order, slices }: Member): unknown {
  return {
    datasetId: dataset.id,
    ...sliceGroups(random, slices),
    ...(order === 0 && random.chance(0.4) ? {} : { sequenceOrder: order }),
  };
}

function sliceGroups(random: Random, slices: readonly string[]): object {
  if (slices.length === 0) return random.chance(0.3) ? { sliceGroups: {} } : {};
  const form = random.whole(0, 2);
  if (form === 0) return { sliceGroups: { slices } };
  if (form === 1 || slices.length < 2) return { sliceGroups: { TREASURY: slices } };
  const cut = random.whole(1, slices.length - 1);
  return { sliceGroups: { BUSINESS: slices.slice(0, cut), REGIONS: slices.slice(cut) } };
}
