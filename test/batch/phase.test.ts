import { describe, expect, it } from 'vitest';
import { placeRuns } from '../../src/batch/placement.ts';
import type { RunRow } from '../../src/batch/run.ts';
import { define, MORNING, manual, rerun, run } from './night-builder.ts';

const essential = define([
  { datasetId: 'ds', slices: ['A', 'B'] },
  { datasetId: 'next', slices: ['A'], sequenceOrder: 1 },
]);
const phaseOf = (row: RunRow, others: RunRow[], definition = essential) =>
  placeRuns(definition, [row, ...others], MORNING).runs.find((placed) => placed.row.key === row.key)?.phase;

describe('phase', () => {
  it('is PRELIM for a ProcessTrigger and FINAL for a RerunTrigger, absolutely', () => {
    expect(phaseOf(run(), [rerun()])).toBe('PRELIM');
    expect(phaseOf(rerun({ created: -60 }), [run()])).toBe('FINAL');
  });

  it('of an unknown trigger is none', () => {
    expect(phaseOf(run({ trigger: null }), [])).toBeNull();
    expect(phaseOf(run({ trigger: 'Other' }), [])).toBeNull();
  });

  describe('of a manual run rewritten in place', () => {
    const rewritten = (created: number) => manual({ created, epoch: created + 120, ended: created + 140 });

    it('is PRELIM when no rerun of the essential exists', () => {
      expect(phaseOf(rewritten(0), [run({ slice: 'B' })])).toBe('PRELIM');
    });

    it('is FINAL when a rerun of the dataset was created up to 60 min after the row', () => {
      expect(phaseOf(rewritten(0), [rerun({ slice: 'B', created: 60 })])).toBe('FINAL');
      expect(phaseOf(rewritten(0), [rerun({ slice: 'B', created: 61 })])).toBe('PRELIM');
    });

    it('looks at other datasets of the essential only when its own has no rerun', () => {
      const elsewhere = rerun({ dataset: 'next', created: 30 });
      expect(phaseOf(rewritten(0), [elsewhere])).toBe('FINAL');
      expect(phaseOf(rewritten(0), [elsewhere, rerun({ slice: 'B', created: 200 })])).toBe('PRELIM');
    });

    it('does not look at datasets of other essentials', () => {
      expect(phaseOf(rewritten(0), [rerun({ dataset: 'foreign', created: 10 })])).toBe('PRELIM');
    });
  });

  describe('of a manual run inserted as a row of its own', () => {
    it('is that of the latest automatic run of the same unit before it', () => {
      const row = manual({ created: 400 });
      expect(phaseOf(row, [run(), rerun({ created: 300 })])).toBe('FINAL');
      expect(phaseOf(row, [run(), rerun({ created: 500 })])).toBe('PRELIM');
      expect(phaseOf(row, [run(), rerun({ slice: 'B', created: 300 })])).toBe('PRELIM');
    });

    it('falls back to the dataset, then to PRELIM', () => {
      const row = manual({ created: 400 });
      expect(phaseOf(row, [rerun({ slice: 'B', created: 300 })])).toBe('FINAL');
      expect(phaseOf(row, [rerun({ dataset: 'next', created: 300 })])).toBe('PRELIM');
      expect(phaseOf(row, [])).toBe('PRELIM');
    });

    it('does not take the phase of another manual run', () => {
      expect(phaseOf(manual({ created: 400 }), [rerun({ slice: 'B', created: 100 }), manual({ created: 390 })])).toBe(
        'FINAL',
      );
    });
  });
});
