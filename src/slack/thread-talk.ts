import type { ThreadContext } from '../agent/question.ts';
import type { EssentialNames } from '../batch/essential-names.ts';
import type { StoredMessage } from './gateway.ts';
import { alertText } from './listeners/shortcuts/alert-text.ts';
import { type Alert, datasetOf, readAlert } from './listeners/shortcuts/read-alert.ts';
import { personText } from './message-text.ts';

/** A long incident is read from its end, where the talk is about what is asked now. */
const MAX_READ = 40;

/**
 * What people and alerts in a thread speak of, for a question that names nothing: the batch (or dataset) that was named last,
 * and the business date and phase if nobody speaks of another. Null where nothing is named, or the last who named
 * something named several. Pure; the text is data, and what it names is not believed to exist.
 */
export function contextOfTalk(
  messages: readonly StoredMessage[],
  at: { names: Pick<EssentialNames, 'find'>; zone: string; ownUserId: string },
): ThreadContext | null {
  const newestFirst = messages.slice(-MAX_READ).toReversed();
  const read = newestFirst.map((message) => ({ text: textOf(message, at.ownUserId), ts: message.ts }));
  const alerts = read.map(({ text, ts }) => readAlert(text, at.names, { now: instantOf(ts), zone: at.zone }));
  const last = alerts.findIndex((alert, index) => isAbout(alert) || namesSeveral(read[index]?.text ?? '', at.names));
  const about = alerts[last];
  if (about === undefined || !isAbout(about)) return null;
  const { essential } = about;
  return {
    essential,
    businessDate: about.date ?? onlyOne(alerts.map(({ date }) => date)),
    phase: about.phase ?? onlyOne(alerts.map(({ phase }) => phase)),
    datasetId: essential === null ? datasetOf(about) : null,
    slices: [],
    runs: [],
    kind: 'talk',
    fromTalk: true,
  };
}

/** An alert's words may stand in its blocks or attachments alone. */
export function textOf(message: StoredMessage, ownUserId: string): string {
  return personText(message.bot_id === undefined ? (message.text ?? '') : alertText(message), ownUserId);
}

function isAbout(alert: Alert): boolean {
  return alert.essential !== null || datasetOf(alert) !== null;
}

function namesSeveral(text: string, names: Pick<EssentialNames, 'find'>): boolean {
  const exact = names.find(text.slice(0, 2000)).flatMap((match) => (match.kind === 'exact' ? [match.essential] : []));
  return new Set(exact).size > 1;
}

function onlyOne<T>(said: readonly (T | null)[]): T | null {
  const distinct = new Set(said.filter((each) => each !== null));
  return distinct.size === 1 ? ([...distinct][0] ?? null) : null;
}

/** Slack's time stamps are seconds with a fraction: "yesterday" means the day before it was written. */
function instantOf(ts: string | undefined): number {
  return Math.round(Number.parseFloat(ts ?? '') * 1000) || 0;
}
