import { expect, it } from 'vitest';
import { paceOf } from '../../../../src/batch/timing/eta/night-pace.ts';
import { usualRunOf } from '../../../../src/batch/timing/eta/usual-run.ts';

const NIGHTS = 30;
const UNITS = Array.from({ length: 8 }, (_, nth) => `unit-${nth}`);
/** Between -1 and 1, without any pattern that nights or units share. */
const chance = (night: number, unit: number) => Math.sin(12.9898 * (night + 1) + 78.233 * (unit + 1) ** 2);

/** The pace of a night whose first three units took `factor` times as long as usual. */
function paceAfter(factor: number, nightWeight: number, ownWeight: number) {
  const usual = new Map(
    UNITS.map((key, unit) => {
      const run = Array.from({ length: NIGHTS }, (_, night) => {
        return 5 + nightWeight * chance(night, 100) + ownWeight * chance(night, unit);
      });
      return [key, usualRunOf({ key, datasetId: 'd', run, span: run, gap: run })];
    }),
  );
  const finished = UNITS.slice(0, 3).map((key) => {
    return { key, logRunS: (usual.get(key)?.median ?? 0) + Math.log(factor) };
  });
  const prior = { tonight: 0, past: Array.from({ length: NIGHTS }, () => 0) };
  return paceOf({ usual, nights: NIGHTS, finished, prior });
}

it('believes what has finished where nights differ as wholes', () => {
  expect(Math.exp(paceAfter(1.4, 0.3, 0.02).tonight)).toBeGreaterThan(1.35);
});

it('believes little of it where every unit is slow for reasons of its own', () => {
  expect(Math.exp(paceAfter(1.4, 0, 0.3).tonight)).toBeLessThan(1.2);
});

it('thinks of earlier nights what it would have thought then', () => {
  const { past } = paceAfter(1, 0.3, 0.02);
  const off = past.map((pace, night) => pace - 0.3 * chance(night, 100));
  expect(Math.max(...off) - Math.min(...off)).toBeLessThan(0.08);
});

it('is not taken in by one unit that went wrong', () => {
  const usual = new Map(
    UNITS.map((key, unit) => {
      const run = Array.from(
        { length: NIGHTS },
        (_, night) => 5 + 0.1 * chance(night, 100) + 0.02 * chance(night, unit),
      );
      return [key, usualRunOf({ key, datasetId: 'd', run, span: run, gap: run })];
    }),
  );
  const finished = UNITS.map((key, unit) => ({ key, logRunS: (usual.get(key)?.median ?? 0) + (unit === 0 ? 3 : 0) }));
  const prior = { tonight: 0, past: Array.from({ length: NIGHTS }, () => 0) };
  expect(Math.exp(paceOf({ usual, nights: NIGHTS, finished, prior }).tonight)).toBeLessThan(1.06);
});
