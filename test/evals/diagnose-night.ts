import { inquireCauses } from '../../src/batch/inquiry/causes.ts';
import type { Desk } from '../../src/batch/inquiry/desk.ts';
import type { Diagnosis } from '../../src/batch/rca/cause.ts';
import type { GeneratedNight } from '../../src/playground/world/nights/generated-night.ts';
import { createRandom } from '../../src/playground/world/random.ts';
import type { WorldTables } from '../../src/playground/world/tables.ts';

/** What the product's own inquiry says of the night: reading, states, engine, all but the words. */
export async function diagnoseNight(night: GeneratedNight, desk: Desk): Promise<Diagnosis> {
  const { essential, businessDate, phase } = night;
  const date = { kind: 'date' as const, date: businessDate, said: businessDate, start: 0, end: businessDate.length };
  const finding = await inquireCauses(desk, { essential, date, phase }, { dataset: null, slice: null }, 'cause');
  if (finding.kind === 'causes') return finding.diagnosis;
  throw new Error(`no causes but a ${finding.kind}: ${'text' in finding ? finding.text : finding.question}`);
}

/** The same night with the rows of its tables in another order: nothing about it has changed. */
export function shuffled(night: GeneratedNight): GeneratedNight {
  const random = createRandom(night.seed, 'another order of rows');
  const inAnyOrder = <Row>(rows: readonly Row[]): Row[] => {
    const order = [...rows];
    for (let last = order.length - 1; last > 0; last -= 1) {
      const other = random.whole(0, last);
      [order[last], order[other]] = [order[other] as Row, order[last] as Row];
    }
    return order;
  };
  const { WORKFLOW_RUN_INSTANCE, task_instance, dag_run } = night.tables;
  const tables: WorldTables = {
    WORKFLOW_RUN_INSTANCE: inAnyOrder(WORKFLOW_RUN_INSTANCE),
    task_instance: inAnyOrder(task_instance),
    dag_run: inAnyOrder(dag_run),
  };
  return { ...night, tables };
}
