import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UpstreamError } from '../../src/errors.ts';
import { parseDefinition } from '../../src/lenz/response.ts';
import { documentOf, TB_DERIVATIVES } from './documents.ts';

const AT = Date.UTC(2026, 1, 14, 3);
const parse = (document: unknown, name = 'E') => parseDefinition(document, name, AT);
const datasets = (list: unknown) => parse(documentOf('E', list)).datasets;

function failure(work: () => unknown): UpstreamError {
  try {
    work();
  } catch (error) {
    expect(error).toBeInstanceOf(UpstreamError);
    return error as UpstreamError;
  }
  throw new Error('nothing was thrown');
}

describe('the definition of TB-Derivatives', () => {
  const definition = parse(TB_DERIVATIVES, 'TB-Derivatives');

  it('has its seven datasets in six steps', () => {
    expect(
      definition.datasets.map(({ datasetId, sequenceOrder, slices }) => [datasetId, sequenceOrder, slices.length]),
    ).toEqual([
      ['com.jpmc.ct.lri.derivatives-pb_synthetics_trs_e15', 0, 5],
      ['com.jpmc.ct.lri.derivatives-slsline_calculator_e15', 0, 0],
      ['com.jpmc.ct.lri.derivatives-calc_intercompany_fx_adjustment_e15', 1, 0],
      ['com.jpmc.ct.lri.derivatives-calc_secured_vs_unsecured_e15', 2, 0],
      ['com.jpmc.ct.lri.cfg-contractual_cash_flow_results_v1', 3, 5],
      ['com.jpmc.ct.lri.sls-sls_aws_details_extended_v1', 4, 7],
      ['com.jpmc.ct.lri.intercompany-intercompany_results', 5, 5],
    ]);
  });

  it('reads {"slices": […]} and {"<GROUP>": […]} alike', () => {
    expect(definition.datasets[0]?.slices).toEqual([
      'PB-GLOBAL-SLICE',
      'PB-REGIONAL-SLICE',
      'PB-EMEA-SLICE',
      'PB-NA-SLICE',
      'PB-APAC-SLICE',
    ]);
    expect(definition.datasets[6]?.slices[2]).toBe('AWS_DERIV_PB_SYNTHETIC_EMEA');
  });

  it('is effective from a time that is UTC, and open-ended', () => {
    expect(definition.effectiveFrom).toBe(Date.UTC(2025, 9, 24, 17, 33, 32));
    expect(definition.effectiveTo).toBeNull();
  });

  it('carries its name and when it was fetched', () => {
    expect(definition).toMatchObject({ name: 'TB-Derivatives', fetchedAt: AT });
  });
});

describe('slices', () => {
  const slicesOf = (sliceGroups: unknown) => datasets([{ datasetId: 'd', sliceGroups }])[0]?.slices;

  it('of several groups are together the slices of the dataset, in order, without repeats', () => {
    expect(slicesOf({ B: ['b1', 'x'], A: ['a1', 'x', 'b1'] })).toEqual(['b1', 'x', 'a1']);
  });

  it.each([undefined, null, {}, [], { slices: [] }, { A: [], B: null }])('are none for sliceGroups %j', (groups) => {
    expect(slicesOf(groups)).toEqual([]);
  });

  it.each([['a'], { A: 'a' }, { A: [1] }, { A: [''] }, { A: { B: ['a'] } }, 'A', 1, false])(
    'are refused as %j',
    (groups) => {
      const error = failure(() => slicesOf(groups));
      expect(error.code).toBe('LENZ_INVALID');
      expect(error.message).toContain('schemaJson.datasets.0.sliceGroups');
    },
  );

  it('keep names that nest apart', () => {
    expect(slicesOf({ slices: ['SLICE-1', 'SLICE-10'] })).toEqual(['SLICE-1', 'SLICE-10']);
  });
});

describe('sequence order', () => {
  it.each([undefined, null])('is 0 when it is %j', (sequenceOrder) => {
    expect(datasets([{ datasetId: 'd', sequenceOrder }])[0]?.sequenceOrder).toBe(0);
  });

  it('may have gaps', () => {
    const list = datasets([
      { datasetId: 'a', sequenceOrder: 10 },
      { datasetId: 'b', sequenceOrder: 2 },
    ]);
    expect(list.map((dataset) => dataset.sequenceOrder)).toEqual([10, 2]);
  });

  it.each(['1', {}, true])('is refused as %j', (sequenceOrder) => {
    expect(failure(() => datasets([{ datasetId: 'd', sequenceOrder }])).code).toBe('LENZ_INVALID');
  });
});

describe('a dataset that is listed twice', () => {
  it('has the slices of both entries', () => {
    expect(
      datasets([
        { datasetId: 'd', sliceGroups: { A: ['1', '2'] }, sequenceOrder: 3 },
        { datasetId: 'e' },
        { datasetId: 'd', sliceGroups: { B: ['2', '3'] }, sequenceOrder: 3 },
      ]),
    ).toEqual([
      { datasetId: 'd', slices: ['1', '2', '3'], sequenceOrder: 3 },
      { datasetId: 'e', slices: [], sequenceOrder: 0 },
    ]);
  });

  it('is one dataset when neither has slices', () => {
    expect(datasets([{ datasetId: 'd' }, { datasetId: 'd' }])).toHaveLength(1);
  });

  it('is refused in two different steps', () => {
    const error = failure(() =>
      datasets([
        { datasetId: 'd', sequenceOrder: 1 },
        { datasetId: 'd', sequenceOrder: 3 },
      ]),
    );
    expect(error.code).toBe('LENZ_INVALID');
    expect(error.message).toContain('dataset d is listed with the sequence orders 1 and 3');
  });

  it('is refused once with and once without slices', () => {
    const twice = [{ datasetId: 'd' }, { datasetId: 'd', sliceGroups: { A: ['1'] } }];
    expect(failure(() => datasets(twice)).message).toContain('both with and without slices');
  });
});

describe('effective times', () => {
  const from = (effectiveFrom: unknown) =>
    parse(documentOf('E', [{ datasetId: 'd' }], { effectiveFrom })).effectiveFrom;

  it.each([
    ['2025-10-24T17:33:32', Date.UTC(2025, 9, 24, 17, 33, 32)],
    ['2025-10-24T17:33:32.5', Date.UTC(2025, 9, 24, 17, 33, 32, 500)],
    ['2025-10-24T17:33:32Z', Date.UTC(2025, 9, 24, 17, 33, 32)],
    ['2025-10-24T17:33:32-04:00', Date.UTC(2025, 9, 24, 21, 33, 32)],
    ['2025-10-24', Date.UTC(2025, 9, 24)],
    ['', null],
    [null, null],
    [undefined, null],
  ])('%j is %j', (text, expected) => expect(from(text)).toBe(expected));

  it.each(['yesterday', '2025-13-01T00:00:00', 1761327212000, {}])('are refused as %j', (value) => {
    expect(failure(() => from(value)).code).toBe('LENZ_INVALID');
  });
});

describe('a name that the document lacks', () => {
  it.each([{}, null, { GLOBAL: {} }, { GLOBAL: null }, documentOf('F', [{ datasetId: 'd' }])])(
    'is unknown in %j',
    (document) => {
      const error = failure(() => parse(document));
      expect(error.code).toBe('LENZ_UNKNOWN_NAME');
      expect(error.message).toContain('"E"');
    },
  );

  it.each(['constructor', '__proto__', 'toString', ''])('is unknown when it is %j', (name) => {
    expect(failure(() => parse(TB_DERIVATIVES, name)).code).toBe('LENZ_UNKNOWN_NAME');
  });
});

describe('a document of another shape', () => {
  it.each([
    [],
    'text',
    7,
    true,
    { error: 'x' },
    { GLOBAL: [] },
    { GLOBAL: 'E' },
    { GLOBAL: { E: null } },
    { GLOBAL: { E: {} } },
    { GLOBAL: { E: { schemaJson: null } } },
    { GLOBAL: { E: { schemaJson: {} } } },
    documentOf('E', []),
    documentOf('E', {}),
    documentOf('E', [null]),
    documentOf('E', [{ sequenceOrder: 0 }]),
    documentOf('E', [{ datasetId: ' ' }]),
    documentOf('E', [{ datasetId: 5 }]),
  ])('is refused: %j', (document) => {
    const error = failure(() => parse(document));
    expect(error.code).toBe('LENZ_INVALID');
    expect(error.upstream).toBe('lenz');
    expect(error.remedy).not.toBe('');
  });

  it('cannot smuggle lines, mentions of endless length or control characters into the message', () => {
    const hostile = `d\u0000\n<!channel>${'x'.repeat(5000)}`;
    const slices = { datasetId: hostile.slice(0, 400), sliceGroups: { A: ['1'] } };
    const error = failure(() => datasets([slices, { datasetId: slices.datasetId }]));
    expect(error.message.length).toBeLessThan(450);
    expect(error.message).not.toMatch(/\p{Cc}/u);
  });
});

const word = fc.string({ minLength: 1, maxLength: 12 }).filter((text) => text.trim() === text && text !== '__proto__');
const slicesArbitrary = fc.array(word, { maxLength: 4 });
const datasetArbitrary = fc.record(
  {
    datasetId: word,
    sequenceOrder: fc.option(fc.integer({ min: 0, max: 9 })),
    sliceGroups: fc.oneof(
      fc.constant(null),
      fc.constant({}),
      fc.record({ slices: slicesArbitrary }),
      fc.dictionary(word, slicesArbitrary, { maxKeys: 3 }),
    ),
  },
  { requiredKeys: ['datasetId'] },
);
const goodArbitrary = fc.record({
  name: word,
  datasets: fc.uniqueArray(datasetArbitrary, { selector: (dataset) => dataset.datasetId, minLength: 1, maxLength: 5 }),
});

/** Fields that nobody needs, around and between those that are needed. */
const noiseArbitrary = fc.dictionary(
  word.map((text) => `x-${text}`),
  fc.jsonValue({ maxDepth: 2 }),
  { maxKeys: 3 },
);

describe('any document', () => {
  it('is a definition or a LENZ error, never anything else', () => {
    const almost = fc.record(
      {
        GLOBAL: fc.oneof(
          fc.jsonValue(),
          fc.record({
            E: fc.oneof(
              fc.jsonValue(),
              fc.record({
                effectiveFrom: fc.jsonValue(),
                schemaJson: fc.oneof(
                  fc.jsonValue(),
                  fc.record({
                    datasets: fc.oneof(
                      fc.jsonValue(),
                      fc.array(
                        fc.oneof(
                          fc.jsonValue(),
                          datasetArbitrary,
                          fc.record({
                            datasetId: fc.jsonValue(),
                            sliceGroups: fc.jsonValue(),
                            sequenceOrder: fc.jsonValue(),
                          }),
                        ),
                        { maxLength: 3 },
                      ),
                    ),
                  }),
                ),
              }),
            ),
          }),
        ),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), almost), fc.constantFrom('E', 'F', 'toString'), (document, name) => {
        try {
          const { datasets: found } = parse(document, name);
          expect(found.length).toBeGreaterThan(0);
          for (const { datasetId, slices, sequenceOrder } of found) {
            expect(datasetId.trim()).not.toBe('');
            expect(new Set(slices).size).toBe(slices.length);
            expect(Number.isFinite(sequenceOrder)).toBe(true);
          }
        } catch (error) {
          if (!(error instanceof UpstreamError)) throw error;
          expect(['LENZ_INVALID', 'LENZ_UNKNOWN_NAME']).toContain(error.code);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('means the same with fields in it that are not needed', () => {
    fc.assert(
      fc.property(goodArbitrary, noiseArbitrary, ({ name, datasets: list }, noise) => {
        const plain = { GLOBAL: { [name]: { schemaJson: { datasets: list } } } };
        const noisy = {
          ...noise,
          GLOBAL: {
            ...noise,
            [name]: {
              ...noise,
              schemaJson: { ...noise, datasets: list.map((dataset) => ({ ...noise, ...dataset })) },
            },
          },
        };
        expect(parse(noisy, name)).toEqual(parse(plain, name));
      }),
    );
  });

  it('that is good gives every dataset with exactly its slices', () => {
    fc.assert(
      fc.property(goodArbitrary, ({ name, datasets: list }) => {
        const found = parse(documentOf(name, list), name).datasets;
        expect(found.map((dataset) => dataset.datasetId)).toEqual(list.map((dataset) => dataset.datasetId));
        found.forEach((dataset, index) => {
          const wanted = new Set(Object.values(list[index]?.sliceGroups ?? {}).flat());
          expect(new Set(dataset.slices)).toEqual(wanted);
        });
      }),
    );
  });
});
