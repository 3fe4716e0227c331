import type { EssentialNames } from '../../../batch/essential-names.ts';
import type { Sight } from '../../../batch/sight.ts';
import { describeWish, nextTime } from '../../../digest/describe-wish.ts';
import { readWish } from '../../../digest/spoken-wish.ts';
import type { Kept } from '../../../digest/subscriptions.ts';
import { digestPreview } from '../../blocks/digest.ts';
import { noteView, usageView } from '../../blocks/note.ts';
import { code, words } from '../../blocks/pieces/text.ts';
import type { View } from '../../blocks/view.ts';
import type { Standing } from '../../standing.ts';
import type { Command } from './parse-command.ts';
import { USAGE } from './usage.ts';

interface Given {
  standing: Standing;
  names: EssentialNames;
  channel: string;
  user: string;
  /** What the person may see in this channel. */
  sight: Sight;
  /** A line where SENTRY cannot post in the channel; empty where it can. */
  unreachable: string;
}

/** `/sentry digest …`: does it and says what was understood. */
export async function digestCommand(wanted: Extract<Command, { kind: 'digest' }>, given: Given): Promise<View> {
  const { standing, channel } = given;
  switch (wanted.action) {
    case 'add':
      return add(wanted.rest, given);
    case 'list':
      return list(await standing.digests.list(channel), given);
    case 'preview':
      return preview(wanted.rest, given);
    case 'remove':
      return remove(idIn(wanted.rest), given);
    default:
      return setPaused(idIn(wanted.rest), wanted.action === 'pause', given);
  }
}

async function add(text: string, { standing, names, channel, user, sight, unreachable }: Given): Promise<View> {
  const heard = readWish(text, { names, zone: standing.zone });
  if ('mistake' in heard) return usageView(words(heard.mistake, 300), USAGE.digest);
  const denied = heard.wish.essentials?.find((essential) => !sight.allows(essential));
  if (denied !== undefined) return noteView(words(sight.denial(denied), 600));
  const { id, subscription } = await standing.digests.add(heard.wish, { channel, createdBy: user });
  const next = nextTime(subscription, standing.now());
  return noteView(
    `📅 I will post a digest here ${words(describeWish(subscription, names), 600)}.`,
    [`Next: ${words(next ?? 'never', 200)} · id ${code(id)}`],
    [
      unreachable,
      standing.durable
        ? ''
        : '⚠️ I keep this in memory alone: it is forgotten when I restart. Whoever runs me can change that with `REDIS_URL` or `SENTRY_DATA_DIR`.',
      `\`/sentry digest preview ${id}\` shows what it would say now; \`/sentry digest remove ${id}\` ends it.`,
    ],
  );
}

function list(kept: readonly Kept[], { names, standing }: Given): View {
  if (kept.length === 0) return usageView('This channel has no digest.', USAGE.digest.slice(0, 1));
  const lines = kept.map(({ id, subscription }) => {
    const { paused, createdBy } = subscription;
    const next = paused ? '*paused*' : `next ${words(nextTime(subscription, standing.now()) ?? 'never', 200)}`;
    const by = createdBy === null ? 'declared in `sentry.yml`' : `by <@${createdBy.replace(/[^A-Z0-9]/g, '')}>`;
    return `• ${code(id)} ${words(describeWish(subscription, names), 600)} · ${next} · ${by}`;
  });
  return noteView(
    kept.length === 1 ? 'This channel has one digest:' : `This channel has ${kept.length} digests:`,
    lines,
  );
}

/** Of a digest that exists, or of one that is only described: "preview derivatives prelim". */
async function preview(text: string, { standing, names, channel, sight }: Given): Promise<View> {
  const kept = (await standing.digests.list(channel)).find(({ id }) => id === idIn(text));
  if (kept !== undefined) return digestPreview(await standing.digests.preview(channel, kept.subscription, sight));
  const heard = readWish(/\d[:.]\d\d|\d\s?[ap]m/i.test(text) ? text : `${text} 00:00`, { names, zone: standing.zone });
  if ('mistake' in heard) return usageView(words(heard.mistake, 300), USAGE.digest);
  return digestPreview(await standing.digests.preview(channel, heard.wish, sight));
}

async function setPaused(id: string, paused: boolean, { standing, channel, names }: Given): Promise<View> {
  const kept = await standing.digests.setPaused(channel, id, paused);
  if (kept === null) return unknownId(id);
  const what = words(describeWish(kept.subscription, names), 600);
  if (paused) return noteView(`⏸️ Paused: the digest ${what}.`, [], [`\`/sentry digest resume ${id}\` brings it back.`]);
  return noteView(`▶️ The digest ${what} comes again.`, [
    `Next: ${words(nextTime(kept.subscription, standing.now()) ?? 'never', 200)}`,
  ]);
}

async function remove(id: string, { standing, channel }: Given): Promise<View> {
  switch (await standing.digests.remove(channel, id)) {
    case 'removed':
      return noteView(`🗑️ The digest ${code(id)} is gone.`);
    case 'declared':
      return noteView(
        `${code(id)} is declared in \`sentry.yml\`: whoever runs me can remove it there. You can pause it.`,
      );
    case 'unknown':
      return unknownId(id);
  }
}

function unknownId(id: string): View {
  return usageView(`This channel has no digest ${code(id, 40)}. \`/sentry digest list\` shows them.`, USAGE.digest);
}

function idIn(text: string): string {
  return text.replace(/^#/, '').toLowerCase();
}
