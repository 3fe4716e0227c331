import type { EssentialNames } from '../../../batch/essential-names.ts';
import type { Sight } from '../../../batch/sight.ts';
import { spellMoment } from '../../../digest/describe-wish.ts';
import { listed } from '../../../digest/spoken-wish.ts';
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
  sight: Sight;
  unreachable: string;
}

/** `/sentry watch …`: does it and says what was understood. */
export async function watchCommand(wanted: Extract<Command, { kind: 'watch' }>, given: Given): Promise<View> {
  if (wanted.action === 'list') return list(given);
  const meant = essentialIn(wanted.rest, given.names);
  if ('mistake' in meant) return usageView(meant.mistake, USAGE.watch);
  return wanted.action === 'add' ? add(meant.essential, given) : stop(meant.essential, given);
}

async function add(essential: string, { standing, names, channel, user, sight, unreachable }: Given): Promise<View> {
  if (!sight.allows(essential)) return noteView(words(sight.denial(essential), 600));
  const name = words(names.spoken(essential), 100);
  const added = await standing.watches.add({ channel, essential, createdBy: user });
  if (!added) return noteView(`👁️ This channel watches ${name} already.`);
  return noteView(
    `👁️ I watch ${name} for this channel: every minute I look whether something failed, is stuck or late, or will miss its deadline.`,
    ['What I find comes into one thread, which also says when it is mended.'],
    [
      unreachable,
      standing.durable ? '' : '⚠️ I keep this in memory alone: it is forgotten when I restart.',
      `\`/sentry watch stop ${words(names.spoken(essential), 100).toLowerCase()}\` ends it.`,
    ],
  );
}

async function stop(essential: string, { standing, names, channel }: Given): Promise<View> {
  const name = words(names.spoken(essential), 100);
  const stopped = await standing.watches.stop(channel, essential);
  return noteView(stopped ? `I no longer watch ${name} for this channel.` : `This channel did not watch ${name}.`);
}

/** Silence must not be taken for "all is well": the list says when it was last looked. */
async function list({ standing, names, channel }: Given): Promise<View> {
  const watches = await standing.watches.list(channel);
  if (watches.length === 0) return usageView('This channel watches nothing.', USAGE.watch.slice(0, 1));
  const last = await standing.watches.lastLook();
  const looked =
    last === null
      ? 'I have not looked yet.'
      : `Last looked ${words(spellMoment(last.at, standing.zone), 120)}${last.problem === null ? '.' : `, and could not see: ${words(last.problem, 400)}`}`;
  return noteView(
    'This channel watches:',
    watches.map(
      ({ essential, createdBy }) =>
        `• *${words(names.spoken(essential), 100)}* · by <@${createdBy.replace(/[^A-Z0-9]/g, '')}>`,
    ),
    [looked],
  );
}

/** One batch; the mistake is escaped mrkdwn. */
export function essentialIn(text: string, names: EssentialNames): { essential: string } | { mistake: string } {
  const found = names.find(text);
  const [first, ...more] = found;
  if (first === undefined) return { mistake: `I know no batch called ${code(text, 80)}.` };
  if (first.kind === 'ambiguous')
    return { mistake: `${code(first.said, 80)} may be ${words(listed(first.candidates, 'or'), 400)}: which one?` };
  if (more.length > 0) return { mistake: 'One batch at a time, please.' };
  return { essential: first.essential };
}
