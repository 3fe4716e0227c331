import type { HomeView } from '@slack/types';
import { toSentryError } from '../../errors.ts';
import { slackCode } from '../failures.ts';
import type { ListenerDeps } from '../listeners/deps.ts';
import type { HomeChoice } from './home-choice.ts';
import { emptyHome, type HomeContent, loadingHome, nightHome } from './home-tab.ts';
import type { Insight } from './insight.ts';
import type { AboutNight, Nights, SeenNight } from './nights.ts';
import { subscribedLines } from './subscribed.ts';

interface Wanted {
  user: string;
  team: string | undefined;
  choice: HomeChoice;
  /** Of the view that was acted on; null where none is there yet. */
  hash: string | null;
  /** Read anew, whatever is kept. */
  anew: boolean;
}

/** The longest that a tab is kept loading. */
const PATIENCE_MS = 30_000;

/**
 * Shows the home tab: at once what was read a moment ago; else a first paint, the statuses, and then the causes. What somebody
 * chose in the meantime wins, since every paint names the one that it replaces. Never throws.
 */
export async function showHome(
  deps: Pick<ListenerDeps, 'gateway' | 'log' | 'admission' | 'names'>,
  insight: Insight,
  { user, team, choice, hash, anew }: Wanted,
  signal: AbortSignal,
): Promise<void> {
  let painted = hash;
  const paint = async (view: HomeView) => {
    const args = { user_id: user, view, ...(painted === null ? {} : { hash: painted }) };
    const { view: shown } = await deps.gateway.call('views.publish', args);
    painted = (shown as { hash?: string } | undefined)?.hash ?? null;
  };
  const blank = (): HomeContent => {
    const { zone } = insight;
    return { choice, names: deps.names, zone, asOf: insight.clock(), subscribed: null };
  };
  try {
    const ordered = subscribedLines(insight.state, deps.names, user).catch(() => []);
    const sight = await deps.admission.sightOf({ user, channel: choice.channel, hints: { team } }, 'ask');
    if (sight === null) return await paint(emptyHome(blank(), 'SENTRY is not open to you. Ask whoever runs it here.'));

    const about = { date: choice.date, phase: choice.phase, sight };
    const kept = insight.nights.kept(about);
    if (kept === null) await paint(loadingHome(blank()));
    const subscribed = await ordered;
    const show = (seen: SeenNight, underWay: string | null) =>
      paint(viewOf(seen, { ...blank(), asOf: seen.asOf, ageMs: seen.ageMs, underWay, subscribed }));
    if (kept !== null) await show(kept, anew ? 'reading it anew…' : null);
    if (kept !== null && !anew) return;

    const limit = AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]);
    for await (const seen of looksAt(insight.nights, about, limit)) {
      if (!('failed' in seen)) {
        await show(seen, seen.complete ? null : 'looking for the causes…');
        continue;
      }
      const { message, remedy } = seen.failed;
      deps.log.error({ err: seen.failed }, 'The home tab could not be filled');
      await paint(emptyHome({ ...blank(), subscribed }, `The night could not be read. ${message} ${remedy}`));
    }
  } catch (error) {
    deps.log.warn({ code: slackCode(error), user }, 'The home tab could not be shown');
  }
}

/** What is seen of a night, one after the other; a failure is the last of it. */
async function* looksAt(nights: Nights, about: AboutNight, signal: AbortSignal) {
  try {
    yield* nights.read(about, signal);
  } catch (error) {
    yield { failed: toSentryError(error) };
  }
}

function viewOf({ answer }: SeenNight, content: HomeContent): HomeView {
  if (answer.kind === 'night') return nightHome(content, answer);
  return emptyHome(content, answer.kind === 'refusal' ? answer.text : answer.question);
}
