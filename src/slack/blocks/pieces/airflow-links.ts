import { code, escapeMrkdwn, words } from './text.ts';

/** A run of Airflow, or a task of it. */
export interface InAirflow {
  dagId: string;
  runId: string;
  taskId: string | null;
}

/** Addresses of Airflow's own pages. `base` is without a slash at the end. Null where there can be none. */
export function airflowAddress(base: string | null, { dagId, runId, taskId }: InAirflow): string | null {
  if (base === null) return null;
  const task = taskId === null ? '' : `&task_id=${safe(taskId)}`;
  const address = `${base}/dags/${safe(dagId)}/grid?dag_run_id=${safe(runId)}${task}`;
  return /^https?:\/\/[^\s<>|"'`]{1,1500}$/.test(address) && URL.canParse(address) ? address : null;
}

/** A link in mrkdwn, or an empty text where there is no address. */
export function airflowLink(base: string | null, place: InAirflow, label: string): string {
  const address = airflowAddress(base, place);
  return address === null ? '' : linkTo(address, label);
}

/** The id of a run or a task as a link to its page, or as code where there is none. `dagId` is null where nobody knows it. */
export function linkedId(
  base: string | null,
  { dagId, runId, taskId }: { dagId: string | null; runId: string | null; taskId: string | null },
  limit: number,
): string {
  const id = taskId ?? runId ?? '';
  const address = dagId === null || runId === null ? null : airflowAddress(base, { dagId, runId, taskId });
  return address === null ? code(id, limit) : linkTo(address, id);
}

/** "Run · Task", as far as they are known and Airflow's address is. */
export function runAndTaskLinks(
  base: string | null,
  { dagId, runId, taskId }: { dagId: string | null; runId: string | null; taskId: string | null },
): string {
  if (dagId === null || runId === null) return '';
  const run = airflowLink(base, { dagId, runId, taskId: null }, 'Run in Airflow');
  const task = taskId === null ? '' : airflowLink(base, { dagId, runId, taskId }, 'Task in Airflow');
  return [run, task].filter((link) => link !== '').join(' · ');
}

/** Links the runs and tasks that escaped mrkdwn names as code, each where it is named first; a name that fits two stays as it is. */
export function createNameLinks(base: string | null, places: readonly InAirflow[]): (mrkdwn: string) => string {
  const links = new Map<string, string | null>();
  const add = (place: InAirflow, id: string) => {
    const link = airflowLink(base, place, id);
    const said = code(id, 600);
    if (link !== '') links.set(said, links.has(said) && links.get(said) !== link ? null : link);
  };
  for (const place of places) {
    add({ ...place, taskId: null }, place.runId);
    if (place.taskId !== null) add(place, place.taskId);
  }
  return (mrkdwn) => {
    let linked = mrkdwn;
    for (const [said, link] of links) if (link !== null) linked = linked.replace(said, () => link);
    return linked;
  };
}

/** A bar would end the address a second time for some readers of mrkdwn. */
function linkTo(address: string, label: string): string {
  return `<${escapeMrkdwn(address)}|${words(label, 260).replaceAll('|', '¦') || 'open'}>`;
}

/** Also what `encodeURIComponent` leaves alone and an address in mrkdwn must not hold. */
function safe(part: string): string {
  return encodeURIComponent(part.toWellFormed()).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
