import { describe, expect, it } from 'vitest';
import { investigate } from '../../src/batch/inquiry/investigate.ts';
import { MINUTE } from '../../src/batch/instant.ts';
import { latenessOf, PARTS } from '../../src/batch/timing/lateness.ts';
import { generateNight } from '../../src/playground/world/nights/generate-night.ts';
import { FAMILIES, type Family, type GeneratedNight } from '../../src/playground/world/nights/generated-night.ts';
import { generateSecondNight } from './second-world/second-night.ts';
import { deskOf } from './sources.ts';

async function latenessIn(night: GeneratedNight) {
  const { essential, businessDate: date, phase } = night;
  const found = await investigate(deskOf(night), {
    essential,
    date: { kind: 'date', date, said: date, start: 0, end: date.length },
    phase,
  });
  if (found.kind !== 'investigated') throw new Error(`${night.seed} could not be looked into: ${found.kind}`);
  return latenessOf(found.scene);
}

describe.each([
  { world: 'first', generate: generateNight },
  { world: 'second', generate: generateSecondNight },
])('lateness in the $world world', ({ generate }) => {
  const nights: [string, () => GeneratedNight][] = [
    ...FAMILIES.map((family: Family): [string, () => GeneratedNight] => [
      family,
      () => generate({ seed: `lateness-${family}`, kind: 'single', families: [family] }),
    ]),
    ['nothing', () => generate({ seed: 'lateness-healthy', kind: 'healthy' })],
    ['noise', () => generate({ seed: 'lateness-noisy', kind: 'noisy' })],
  ];

  let told = 0;

  it.each(nights)('adds up to the minute with %s wrong', async (_, night) => {
    const lateness = await latenessIn(night());
    if (lateness === null) return;
    told += 1;
    const { endAt, usualEndAt, totalMinutes, parts, path } = lateness;
    expect(totalMinutes).toBe(Math.round((endAt - usualEndAt) / MINUTE));
    expect(PARTS.reduce((sum, part) => sum + parts[part], 0)).toBe(totalMinutes);
    for (const part of PARTS) {
      expect(path.reduce((sum, link) => sum + link.minutes[part], 0)).toBe(parts[part]);
    }
  });

  it('is told on most of them', () => {
    expect(told).toBeGreaterThanOrEqual((nights.length * 2) / 3);
  });
});
