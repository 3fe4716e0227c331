const STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440];

/** Round durations from 0 up to `most` minutes, about four of them. */
export function minuteTicks(most: number): { at: number; label: string }[] {
  const step = STEPS.find((each) => most / each <= 5) ?? Math.ceil(most / 5 / 1440) * 1440;
  return Array.from({ length: Math.floor(most / step) + 1 }, (_, index) => ({
    at: index * step,
    label: labelOf(index * step, step),
  }));
}

function labelOf(minutes: number, step: number): string {
  if (minutes === 0) return '0';
  if (step >= 1440) return `${minutes / 1440} d`;
  return step < 30 ? `${minutes} min` : `${minutes / 60} h`;
}
