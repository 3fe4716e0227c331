import type { Random } from '../random.ts';

const ESSENTIALS = [
  'TB-Derivatives',
  'TB-Securities',
  'TB-Collateral',
  'TB-SecFIn',
  'TB-CFG',
  'TB-SMAA',
  'SNU',
  'SNU-Strategic',
  'SNU-REG-STRATEGIC',
  'PBSynthetics',
  'UPC',
  '6G-FR2052a-E2E',
  'TB-Liquidity',
  'TB-BalanceSheet',
] as const;
const NAMESPACES = [
  'derivatives',
  'cfg',
  'sls',
  'intercompany',
  'upc',
  'snu',
  'collateral',
  'secfin',
  'refdata',
] as const;
const FIRST = [
  'pb',
  'otc',
  'repo',
  'cash',
  'margin',
  'fx',
  'calc',
  'contractual',
  'secured',
  'aws',
  'nostro',
  'swap',
] as const;
const SECOND = ['synthetics', 'flow', 'adjustment', 'positions', 'balances', 'netting', 'inventory', 'ledger'] as const;
const THIRD = ['results', 'calculator', 'extended', 'details', 'agg', 'enriched', 'summary'] as const;
const VERSIONS = ['_e15', '_v1', '_v2', '_e3', ''] as const;
const REGIONS = ['EMEA', 'NA', 'APAC', 'GLOBAL', 'LATAM', 'JAPAN'] as const;
const DESKS = ['DERIV', 'PB', 'AWS_OTC', 'SEC_VS_UNSEC', 'CRI', 'REPO', 'CASH'] as const;

/** `items` in an order of chance. */
export function shuffled<T>(items: readonly T[], random: Random): T[] {
  const left = [...items];
  return items.map(() => left.splice(random.whole(0, left.length - 1), 1)[0] as T);
}

export const essentialNames = (count: number, random: Random): string[] => shuffled(ESSENTIALS, random).slice(0, count);

/** A dataset's globally unique name, in namespaces that say nothing of who uses it. */
export function datasetName(taken: ReadonlySet<string>, random: Random): { datasetId: string; workflowId: string } {
  for (;;) {
    const parts = [random.pick(FIRST), random.pick(SECOND), ...(random.chance(0.6) ? [random.pick(THIRD)] : [])];
    const workflowId = parts.join('_') + random.pick(VERSIONS);
    const datasetId = `com.jpmc.ct.lri.${random.pick(NAMESPACES)}-${workflowId}`;
    if (![...taken].some((id) => id.endsWith(`-${workflowId}`))) return { datasetId, workflowId };
  }
}

/** Different names, some of which begin or end like others. */
export function sliceNames(count: number, random: Random): string[] {
  const desk = random.pick(DESKS);
  const style = random.whole(0, 2);
  if (style === 0) {
    const region = random.pick(REGIONS);
    // Numbers with one digit are beginnings of those with two.
    return shuffled([1, 10, 2, 11, 3, 12, 4, 5, 6, 7, 8, 9].slice(0, count), random).map(
      (number) => `${desk}-${region}-SLICE-${number}`,
    );
  }
  const tail = style === 1 ? '_CFG' : '-SLICE';
  const names = REGIONS.flatMap((region) => [`${region}_${desk}${tail}`, `${region}_${desk}${tail}_AGG`]);
  return shuffled(names, random).slice(0, count);
}

/** Pods of the cluster that have run tasks under the same names for weeks. */
export function hostNames(count: number, random: Random): string[] {
  const letters = 'bcdfghjklmnpqrstvwxz2456789';
  const word = (length: number) => Array.from({ length }, () => letters[random.whole(0, letters.length - 1)]).join('');
  const set = `${random.pick(['eps-worker', 'airflow-worker', 'lri-celery-worker'])}-${word(9)}`;
  const numbered = random.chance(0.3);
  const names = new Set<string>();
  while (names.size < count) names.add(numbered ? `${set.slice(0, -10)}-${names.size}` : `${set}-${word(5)}`);
  return [...names];
}
