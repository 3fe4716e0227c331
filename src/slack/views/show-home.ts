import type { HomeView } from '@slack/types';
import { toSentryError } from '../../errors.ts';
import { slackCode } from '../failures.ts';
import type { ListenerDeps } from '../listeners/deps.ts';
import type { HomeChoice } from './home-choice.ts';
import { emptyHome, type HomeContent, loadingHome, nightHome } from './home-tab.ts';
import type { Insight } from './insight.ts';
import { subscribedLines } from './subscribed.ts';

interface Wanted {
  user: string;
  team: string | undefined;
  choice: HomeChoice;
  /** Of the view that was acted on; null where none is there yet. */
  hash: string | null;
}

/** The longest that a tab is kept loading. */
const PATIENCE_MS = 30_000;

/**
 * Shows the home tab: a first paint at once, then the night. What somebody chose in the meantime wins, since every paint
 * names the one that it replaces. Never throws.
 */
export async function showHome(
  deps: Pick<ListenerDeps, 'gateway' | 'log' | 'admission' | 'names'>,
  insight: Insight,
  { user, team, choice, hash }: Wanted,
  signal: AbortSignal,
): Promise<void> {
  const content = (subscribed: readonly string[]): HomeContent => {
    const { zone } = insight;
    return { choice, names: deps.names, zone, asOf: insight.clock(), subscribed };
  };
  try {
    const painted = await publish(deps, user, loadingHome(content([])), hash);
    const limit = AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]);
    const sight = await deps.admission.sightOf({ user, channel: choice.channel, hints: { team } }, 'ask');
    const subscribed = await subscribedLines(insight.state, deps.names, user).catch(() => []);
    const view =
      sight === null
        ? emptyHome(content([]), 'SENTRY is not open to you. Ask whoever runs it here.')
        : await insight.night({ date: choice.date, phase: choice.phase, sight }, limit).then(
            (night) =>
              night.kind === 'night'
                ? nightHome(content(subscribed), night)
                : emptyHome(content(subscribed), night.kind === 'refusal' ? night.text : night.question),
            (error) => {
              const { message, remedy } = toSentryError(error);
              deps.log.error({ err: toSentryError(error) }, 'The home tab could not be filled');
              return emptyHome(content(subscribed), `The night could not be read. ${message} ${remedy}`);
            },
          );
    await publish(deps, user, view, painted);
  } catch (error) {
    deps.log.warn({ code: slackCode(error), user }, 'The home tab could not be shown');
  }
}

/** @returns the hash of what is shown then. */
async function publish(
  { gateway }: Pick<ListenerDeps, 'gateway'>,
  user: string,
  view: HomeView,
  hash: string | null,
): Promise<string | null> {
  const result = await gateway.call('views.publish', { user_id: user, view, ...(hash === null ? {} : { hash }) });
  const shown = (result.view as { hash?: unknown } | undefined)?.hash;
  return typeof shown === 'string' ? shown : null;
}
