import { z } from 'zod';

/** What an entry is for: patterns in which `*` stands for anything; what is absent does not matter. */
interface Scope {
  essential?: string | null;
  dataset?: string | null;
  task?: string | null;
}

export type Owner = Scope & { owner: string };
export type Runbook = Scope & { url: string };

const Pattern = z.string().trim().min(1).max(250).nullish();
const scope = { essential: Pattern, dataset: Pattern, task: Pattern };
const hasScope = ({ essential, dataset, task }: Scope) => Boolean(essential ?? dataset ?? task);
const SCOPELESS = 'must name an essential, a dataset or a task';

/** One short line: answers repeat it. */
const Line = z
  .string()
  .trim()
  .min(1)
  .max(100)
  .regex(/^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]*$/u, 'must be one line of plain text');
const Link = z.string().trim().max(500).refine(isLink, 'must be an https address without user name and password');

/** `owners` of `sentry.yml`: who looks after what. */
export const Owners = z.array(z.strictObject({ ...scope, owner: Line }).refine(hasScope, SCOPELESS)).max(1000);
/** `runbooks` of `sentry.yml`: what to read first. */
export const Runbooks = z.array(z.strictObject({ ...scope, url: Link }).refine(hasScope, SCOPELESS)).max(1000);

function isLink(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : null;
  return (
    url !== null && url.protocol === 'https:' && url.username === '' && url.password === '' && !/[\s<>|]/.test(text)
  );
}

/** What a question of advice is about. */
export interface Concern {
  essential: string;
  datasetId: string | null;
  taskId: string | null;
}

/** The entry that fits most narrowly: a task before a dataset before an essential; among equals the first. */
export function narrowest<Entry extends Scope>(entries: readonly Entry[], about: Concern): Entry | null {
  let best: Entry | null = null;
  for (const entry of entries) {
    if (fits(entry, about) && (best === null || narrowness(entry) > narrowness(best))) best = entry;
  }
  return best;
}

function fits({ essential, dataset, task }: Scope, about: Concern): boolean {
  return matches(essential, about.essential) && matches(dataset, about.datasetId) && matches(task, about.taskId);
}

function narrowness({ essential, dataset, task }: Scope): number {
  return (task ? 4 : 0) + (dataset ? 2 : 0) + (essential ? 1 : 0);
}

/** Whether a pattern covers a whole name, case aside. Written out: a pattern of many `*` must not cost more than its length. */
function matches(pattern: string | null | undefined, name: string | null): boolean {
  if (!pattern) return true;
  if (name === null) return false;
  const [first = '', ...rest] = pattern.toLowerCase().split('*');
  const text = name.toLowerCase();
  const last = rest.pop();
  if (last === undefined) return text === first;
  if (!text.startsWith(first)) return false;
  let at = first.length;
  for (const part of rest) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return text.length - last.length >= at && text.endsWith(last);
}
