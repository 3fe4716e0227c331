import { weekdaysBefore } from '../dates.ts';
import type { Dataset, Essential, Recipe, Unit, World } from '../world.ts';

/**
 * The bank of the hand-written incidents. `TB-Ledger` takes trades and positions (step 0), then limits (step 1), then report (step 2).
 * `FX-Desk` takes quotes (0), its own slices of limits (1), then margin (2). The slice LATAM of limits belongs to both and waits
 * for both; JPN is FX-Desk's alone. Passes begin at 21:00 UTC; on a usual night step 1 begins at 21:29, step 2 at 22:12, and
 * all is over by 22:35. The second pass begins at 05:00 and reruns everything but APAC of limits.
 */
export const TRADES = 'com.jpmc.ct.gl-trades_v1';
export const POSITIONS = 'com.jpmc.ct.lri.upc-positions_e07';
export const LIMITS = 'com.jpmc.ct.credit-limits_daily';
export const REPORT = 'com.jpmc.ct.treasury-report_v3';
export const QUOTES = 'com.jpmc.ct.risk.market-quotes_v1';
export const MARGIN = 'com.jpmc.ct.margin-calls_e15';

/** Tasks in order: start, enrich, egress beside the export, end. */
export const [START, ENRICH, EGRESS, EXPORT] = [0, 1, 2, 3];

export const TONIGHT = '2026-05-13';

export interface BankOptions {
  tonight?: string;
  nights?: number;
  fridayShift?: number;
  monthEndFactor?: number;
  zone?: string;
  /** Names of the slices of trades, and of the books of positions. */
  tradeSlices?: readonly string[];
  books?: readonly string[];
  /** Minutes after the beginning of the pass at which trades starts; positions follows six later. */
  tradesAfter?: number;
  /** Enrich tasks of trades are mapped three times. */
  mapped?: boolean;
}

function recipe(id: string, minutes: number): Recipe[] {
  return [
    { id: 'start', mapIndex: -1, operator: 'EpsInitOperator', usual: 2, after: [] },
    { id: `enrich_${id}`, mapIndex: -1, operator: 'EpsEnrichmentOperator', usual: minutes * 60, after: [0] },
    { id: `egress_${id}`, mapIndex: -1, operator: 'EpsEgressOperator', usual: minutes * 15, after: [1] },
    { id: `snowflake-export-${id}`, mapIndex: -1, operator: 'EpsPostTaskOperator', usual: minutes * 10, after: [1] },
    { id: 'end', mapIndex: -1, operator: 'EpsWorkflowCompleteOperator', usual: 1, after: [2, 3] },
  ];
}

/** The same with three mapped enrich tasks: start, enrich 0 to 2, egress, export, end. */
function mappedRecipe(id: string, minutes: number): Recipe[] {
  const [start, enrich, egress, load, end] = recipe(id, minutes) as [Recipe, Recipe, Recipe, Recipe, Recipe];
  const parts = [0, 1, 2].map((mapIndex) => ({ ...enrich, mapIndex }));
  return [start, ...parts, { ...egress, after: [1, 2, 3] }, { ...load, after: [1, 2, 3] }, { ...end, after: [4, 5] }];
}

function dataset(
  id: string,
  rank: number,
  minutes: number,
  slices: readonly string[] | null,
  units: readonly (string | null)[],
): Dataset {
  const workflowId = id.slice(id.lastIndexOf('-') + 1);
  return {
    id,
    workflowId,
    dagId: `${workflowId}_V2`,
    rank,
    sliced: slices !== null,
    units: units.map((slice): Unit => ({ slice, size: 1, inFinal: !(id === LIMITS && slice === 'APAC') })),
    tasks: recipe(id, minutes),
    pool: `pool_${workflowId}`,
    queueGap: 4,
    startOffset: 1.5,
  };
}

export function bank(options: BankOptions = {}): World {
  const tonight = options.tonight ?? TONIGHT;
  const tradeSlices = options.tradeSlices ?? ['EMEA', 'NA', 'APAC'];
  const limitSlices = ['EMEA', 'NA', 'APAC', 'LATAM', 'JPN'];
  const trades = dataset(TRADES, 0, 20, tradeSlices, tradeSlices);
  const first = options.mapped ? { ...trades, tasks: mappedRecipe(TRADES, 20) } : trades;
  const positions = dataset(POSITIONS, 0, 10, null, options.books ?? ['BOOK-A', 'BOOK-B']);
  const quotes = dataset(QUOTES, 0, 12, null, [null]);
  const limits = dataset(LIMITS, 1, 30, limitSlices, limitSlices);
  const report = dataset(REPORT, 2, 15, null, [null]);
  const margin = dataset(MARGIN, 2, 18, ['DESK_FX', 'desk_fx_spot'], ['DESK_FX', 'desk_fx_spot']);
  if (options.tradesAfter !== undefined) {
    first.startOffset = options.tradesAfter;
    positions.startOffset = options.tradesAfter + 6;
  }
  const ledger: Essential = {
    name: 'TB-Ledger',
    members: [
      { dataset: first, order: 0, slices: tradeSlices },
      { dataset: positions, order: 0, slices: [] },
      { dataset: limits, order: 1, slices: ['EMEA', 'NA', 'APAC', 'LATAM'] },
      { dataset: report, order: 2, slices: [] },
    ],
  };
  const desk: Essential = {
    name: 'FX-Desk',
    members: [
      { dataset: quotes, order: 0, slices: [] },
      { dataset: limits, order: 10, slices: ['LATAM', 'JPN'] },
      { dataset: margin, order: 20, slices: ['DESK_FX', 'desk_fx_spot'] },
    ],
  };
  return {
    zone: options.zone ?? 'Etc/UTC',
    startHour: 21,
    fridayShift: options.fridayShift ?? 0,
    finalAfter: 8,
    finalChance: 1,
    monthEndFactor: options.monthEndFactor ?? 1,
    nightSigma: 0.02,
    taskSigma: 0.04,
    datasets: [first, positions, quotes, limits, report, margin],
    essentials: [ledger, desk],
    hosts: Array.from({ length: 24 }, (_, index) => `eps-node-${(index * 17 + 5) % 97}`),
    conventions: { maxTries: 'zero', noHost: '', datesUpstreamFailed: true, runType: 'manual', nullOperators: 0 },
    history: weekdaysBefore(tonight, options.nights ?? 25, () => false),
    tonight,
  };
}
