import type { EssentialNames } from '../../batch/essential-names.ts';
import { describeWish } from '../../digest/describe-wish.ts';
import { Subscription } from '../../digest/subscription.ts';
import { Watch } from '../../digest/watch/incident.ts';
import type { State } from '../../state/state.ts';
import { words } from '../blocks/pieces/text.ts';

/** What a person ordered, in any channel, as escaped lines: digests, then watches. */
export async function subscribedLines(
  state: State,
  names: Pick<EssentialNames, 'spoken'>,
  user: string,
): Promise<string[]> {
  const [digests, watches] = await Promise.all([
    state.collection('digests', Subscription).list(),
    state.collection('watches', Watch).list(),
  ]);
  const own = <T extends { createdBy: string | null }>(all: readonly { value: T }[]) =>
    all.map(({ value }) => value).filter(({ createdBy }) => createdBy === user);
  return [
    ...own(digests).map(
      (digest) =>
        `🗞️ Digest in ${channelLink(digest.channel)} ${words(describeWish(digest, names), 300)}${digest.paused ? ' · paused' : ''}`,
    ),
    ...own(watches).map(
      (watch) => `👀 Watch in ${channelLink(watch.channel)}: ${words(names.spoken(watch.essential), 80)}`,
    ),
  ];
}

function channelLink(channel: string): string {
  if (channel.startsWith('D')) return 'our conversation';
  return /^[CG][A-Z0-9]{2,}$/.test(channel) ? `<#${channel}>` : 'a channel';
}
