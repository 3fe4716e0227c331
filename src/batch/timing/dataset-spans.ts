import type { Definition } from '../definition.ts';
import { memoizeByDefinition } from '../definition-key.ts';
import type { Instant } from '../instant.ts';
import { memoizeWeakly } from '../memoize.ts';
import type { Timeline } from './timeline.ts';

/** One dataset on one night: from its first run to the end of its last decisive attempt. */
export interface DatasetSpan {
  datasetId: string;
  firstStart: Instant;
  /** Null while (or where) a unit has no end or ended without success. */
  lastEnd: Instant | null;
  /** When the steps below were done; null where there are none, or one of their units did not succeed. */
  readyAt: Instant | null;
  /** Whether a lower step had a run that night. */
  hasLower: boolean;
}

/** Gives every dataset of an essential on one night, over the slices that this essential lists; once for a night of the past. */
export const datasetSpans = memoizeWeakly((night: Timeline) =>
  memoizeByDefinition((definition) => spansOf(definition, night)),
);

function spansOf(definition: Definition, night: Timeline): Map<string, DatasetSpan> {
  const spans = new Map<string, DatasetSpan>();
  const slices = slicesOf(definition);
  for (const { unit, startedAt, endedAt, decisive } of night.units.values()) {
    const listed = slices.get(unit.datasetId);
    if (listed === undefined || (listed.size > 0 && !listed.has(unit.slice ?? ''))) continue;
    const end = decisive.status === 'SUCCESS' ? endedAt : null;
    const span = spans.get(unit.datasetId);
    if (span === undefined) {
      const { datasetId } = unit;
      spans.set(datasetId, { datasetId, firstStart: startedAt, lastEnd: end, readyAt: null, hasLower: false });
    } else {
      span.firstStart = Math.min(span.firstStart, startedAt);
      span.lastEnd = span.lastEnd === null || end === null ? null : Math.max(span.lastEnd, end);
    }
  }
  return withReadiness(definition, spans);
}

/** Once for all nights: there may be hundreds of slices. */
const slicesOf = memoizeWeakly(
  ({ datasets }: Definition) => new Map(datasets.map(({ datasetId, slices }) => [datasetId, new Set(slices)])),
);

function withReadiness(definition: Definition, spans: Map<string, DatasetSpan>): Map<string, DatasetSpan> {
  const steps = Map.groupBy(definition.datasets, ({ sequenceOrder }) => sequenceOrder);
  let done: Instant | null = Number.NEGATIVE_INFINITY;
  let hasLower = false;
  for (const order of [...steps.keys()].sort((a, b) => a - b)) {
    const members = (steps.get(order) ?? []).flatMap(({ datasetId }) => spans.get(datasetId) ?? []);
    for (const span of members) {
      span.readyAt = hasLower ? done : null;
      span.hasLower = hasLower;
    }
    for (const { lastEnd } of members) {
      hasLower = true;
      done = done === null || lastEnd === null ? null : Math.max(done, lastEnd);
    }
  }
  return spans;
}
