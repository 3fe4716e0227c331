import { objectsIn } from './walk.ts';

/** Links that may stand in what SENTRY shows: to Airflow, where an address of it is set. */
const AIRFLOW_LINK = /<https:\/\/airflow\.example\/dags\/[^<|>\s]*\|[^<|>]+>/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
const UNSEEN = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]/;

/** Mentions, links and characters that nobody sees: whatever text from outside could bring along. `allowed`: a mention of one's own. */
export function harmProblems(root: unknown, allowed: string | null = null): string[] {
  const texts = objectsIn(root).flatMap(({ at, object: { type, text } }) =>
    typeof type === 'string' && typeof text === 'string' ? [{ at, type, text }] : [],
  );
  return texts.flatMap(({ at, type, text }) => textProblems(at, type, text, allowed));
}

/** The same of a message's `text`, which Slack reads as mrkdwn. */
export function textHarm(text: string, allowed: string | null = null): string[] {
  return textProblems('text', 'mrkdwn', text, allowed);
}

function textProblems(at: string, type: string, text: string, allowed: string | null): string[] {
  const problems: string[] = [];
  const say = (found: boolean, what: string) => {
    if (found) problems.push(`${at}: ${what} in ${JSON.stringify(text.slice(0, 200))}`);
  };
  say(!text.isWellFormed(), 'half a character');
  say(UNSEEN.test(text), 'an unseen character');
  if (type === 'mrkdwn') {
    const bare = (allowed === null ? text : text.replaceAll(`<@${allowed}>`, '')).replace(AIRFLOW_LINK, '');
    say(/<[^>\s]/.test(bare), 'markup of Slack');
    say(/@(channel|here|everyone)\b/.test(bare.replace(/`[^`]*`/g, '')), 'a mention of all');
  }
  if (type === 'markdown') {
    say(/<[!@#/a-z]/i.test(text), 'markup');
    say(/\]\(/.test(text), 'a link');
    say(/[a-z]:\/\//i.test(text), 'an address');
    say(/@(channel|here|everyone)\b/.test(text), 'a mention of all');
  }
  return problems;
}
