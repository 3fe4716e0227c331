import { escapeMrkdwn, words } from './text.ts';

/** Addresses of Airflow's own pages. `base` is without a slash at the end. */
export function airflowAddress(
  base: string,
  { dagId, runId, taskId }: { dagId: string; runId: string; taskId: string | null },
): string | null {
  const task = taskId === null ? '' : `&task_id=${safe(taskId)}`;
  const address = `${base}/dags/${safe(dagId)}/grid?dag_run_id=${safe(runId)}${task}`;
  return /^https?:\/\/[^\s<>|"'`]{1,1500}$/.test(address) && URL.canParse(address) ? address : null;
}

/** A link in mrkdwn, or an empty text where there is no address. */
export function airflowLink(
  base: string | null,
  run: { dagId: string; runId: string; taskId: string | null },
  label: string,
): string {
  const address = base === null ? null : airflowAddress(base, run);
  return address === null ? '' : `<${escapeMrkdwn(address)}|${words(label, 60)}>`;
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

/** Also what `encodeURIComponent` leaves alone and an address in mrkdwn must not hold. */
function safe(part: string): string {
  return encodeURIComponent(part.toWellFormed()).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
