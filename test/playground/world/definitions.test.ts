import { describe, expect, it } from 'vitest';
import { lenzDocuments } from '../../../src/playground/world/definitions.ts';
import { buildNetwork } from '../../../src/playground/world/network.ts';

interface Listing {
  datasetId: string;
  sliceGroups?: Record<string, string[]>;
  sequenceOrder?: number;
}

const documents = lenzDocuments() as Record<
  string,
  { GLOBAL: Record<string, { essentialName: string; effectiveFrom: string; schemaJson: { datasets: Listing[] } }> }
>;
const listings = (name: string) => documents[name]?.GLOBAL[name]?.schemaJson.datasets ?? [];
const all = Object.keys(documents).flatMap((name) => listings(name).map((listing) => ({ name, ...listing })));
const slices = (listing: Listing) => Object.values(listing.sliceGroups ?? {}).flat();

describe('the definitions of the simulated world', () => {
  it('are the twelve essentials, each under its own name', () => {
    expect(Object.keys(documents)).toEqual([
      '6G-FR2052a-E2E',
      'PBSynthetics',
      'SNU',
      'SNU-Strategic',
      'SNU-REG-STRATEGIC',
      'TB-Collateral',
      'TB-Derivatives',
      'TB-Securities',
      'TB-SecFIn',
      'TB-CFG',
      'TB-SMAA',
      'UPC',
    ]);
    for (const name of Object.keys(documents)) expect(documents[name]?.GLOBAL[name]?.essentialName).toBe(name);
  });

  it('have every form that slices come in, and a missing order', () => {
    expect(all.some((listing) => listing.sliceGroups?.slices)).toBe(true);
    expect(all.some((listing) => Object.keys(listing.sliceGroups ?? {}).length > 1)).toBe(true);
    expect(all.some((listing) => listing.sliceGroups === undefined)).toBe(true);
    expect(all.some((listing) => JSON.stringify(listing.sliceGroups) === '{}')).toBe(true);
    expect(all.some((listing) => listing.sequenceOrder === undefined)).toBe(true);
    expect(all.some((listing) => new Set(slices(listing)).size < slices(listing).length)).toBe(true);
  });

  it('give SNU 22 datasets out of many namespaces', () => {
    expect(listings('SNU')).toHaveLength(22);
    const namespaces = new Set(listings('SNU').map(({ datasetId }) => datasetId.split('.')[4]?.split('-')[0]));
    expect([...namespaces]).toEqual(expect.arrayContaining(['upc', 'derivatives', 'snu', 'cfg', 'liquidity']));
  });

  it('share datasets with other slices, and some slices too', () => {
    const owners = Map.groupBy(
      all.flatMap((listing) =>
        slices(listing).map((slice) => ({ key: `${listing.datasetId} ${slice}`, name: listing.name })),
      ),
      ({ key }) => key,
    );
    const shared = [...owners]
      .filter(([, names]) => new Set(names.map(({ name }) => name)).size > 1)
      .map(([key]) => key);
    expect(shared).toContain('com.jpmc.ct.lri.cfg-contractual_cash_flow_results_v1 GLOBAL_PBSYNTHETICS_CFG');
    expect(shared).toContain('com.jpmc.ct.lri.intercompany-intercompany_results AWS_OTC_DERIV_AGG_GLOBAL');
    expect(
      all.filter(({ datasetId }) => datasetId.endsWith('contractual_cash_flow_results_v1')).length,
    ).toBeGreaterThan(3);
  });

  it('share no unsliced dataset above the lowest step, where who waits for whom would be open', () => {
    for (const { essentials } of [buildNetwork()]) {
      const unsliced = essentials.flatMap((e) =>
        e.members.filter((m) => !m.sliced).map((m) => ({ ...m, name: e.name })),
      );
      for (const [, members] of Map.groupBy(unsliced, (m) => m.pipeline.datasetId)) {
        if (members.length > 1) expect(members.map((m) => m.order)).toEqual(members.map(() => 0));
      }
      const forms = Map.groupBy(
        essentials.flatMap((e) => e.members),
        (m) => m.pipeline.datasetId,
      );
      for (const [, members] of forms) expect(new Set(members.map((m) => m.sliced)).size).toBe(1);
    }
  });

  it('hand out copies: nobody can change the world through them', () => {
    const first = lenzDocuments() as typeof documents;
    first.UPC?.GLOBAL.UPC?.schemaJson.datasets.splice(0);
    expect((lenzDocuments() as typeof documents).UPC?.GLOBAL.UPC?.schemaJson.datasets.length).toBeGreaterThan(0);
  });
});
