import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { listedSliceOf, observedUnitOf, parseRunId } from '../../src/batch/run-id.ts';

const slice = (dagRunId: string, ...slices: string[]) =>
  listedSliceOf(parseRunId(dagRunId), '2026-02-13', new Set(slices));
const observed = (dagRunId: string) => observedUnitOf(parseRunId(dagRunId), '2026-02-13');

describe('a listed slice', () => {
  it('must stand whole between the business date and the epoch: SLICE-1 is not SLICE-10', () => {
    expect(slice('FGW_d_V2_2026-02-13_SLICE-10_1771000676695', 'SLICE-1', 'SLICE-10')).toBe('SLICE-10');
    expect(slice('FGW_d_V2_2026-02-13_SLICE-10_1771000676695', 'SLICE-1')).toBeNull();
    expect(slice('FGW_d_V2_2026-02-13_AWS_EMEA_1771000676695', 'EMEA')).toBeNull();
    expect(slice('FGW_d_V2_2026-02-13_EMEA_DERIV_1771000676695', 'EMEA')).toBeNull();
  });

  it('is not confused by a DAG name that contains it', () => {
    expect(slice('FGW_EMEA_V2_2026-02-13_NA_1771000676695', 'EMEA', 'NA')).toBe('NA');
  });

  it('may end in digits of its own', () => {
    expect(slice('FGW_d_2026-02-13_DESK_2_1771000676695', 'DESK', 'DESK_2')).toBe('DESK_2');
    expect(slice('FGW_d_2026-02-13_DESK_2', 'DESK', 'DESK_2')).toBeNull();
  });

  it('needs the business date of its own row', () => {
    expect(slice('FGW_d_2026-02-12_EMEA_1771000676695', 'EMEA')).toBeNull();
  });

  it('treats an underscore as an underscore', () => {
    expect(slice('FGW_d_2026-02-13_AxB_1771000676695', 'A_B')).toBeNull();
  });

  it('is found in every well-formed id, whatever its name (property)', () => {
    const name = fc.stringMatching(/^[A-Z][A-Z0-9_-]{0,20}$/);
    fc.assert(
      fc.property(name, name, fc.integer({ min: 1e12, max: 1e13 - 1 }), (own, other, epoch) => {
        const id = `FGW_dag_V2_2026-02-13_${own}_${epoch}`;
        expect(slice(id, own, other)).toBe(own);
        expect(slice(id, other)).toBe(other === own ? own : null);
      }),
    );
  });
});

describe('a unit that Lenz does not define', () => {
  it('is named by what its id carries', () => {
    expect(observed('FGW_slsline_calculator_e15_V2_2026-02-13_DERIV-EMEA-SLICE-2_1771000676695').name).toBe(
      'DERIV-EMEA-SLICE-2',
    );
  });

  it('is the same for ids that differ only in the epoch, and on other nights', () => {
    const first = observed('FGW_d_V2_2026-02-13_X_1771000676695');
    expect(observed('FGW_d_V2_2026-02-13_X_1771103209811')).toEqual(first);
    expect(observedUnitOf(parseRunId('FGW_d_V2_2026-02-12_X_1770900000000'), '2026-02-12')).toEqual(first);
    expect(observed('FGW_d_V2_2026-02-13_Y_1771000676695').identity).not.toBe(first.identity);
  });

  it('has no name when the id carries none', () => {
    expect(observed('FGW_d_V2_2026-02-13_1771000676695').name).toBeNull();
    expect(observed('something odd').name).toBeNull();
  });
});
