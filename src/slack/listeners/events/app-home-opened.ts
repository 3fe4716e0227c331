import { z } from 'zod';
import { EXAMPLES } from '../../blocks/help.ts';
import { slackCode } from '../../failures.ts';
import { readChoice } from '../../views/home-choice.ts';
import { promptsFor } from '../../views/night-prompts.ts';
import { showHome } from '../../views/show-home.ts';
import type { ListenerDeps } from '../deps.ts';

const Opened = z.object({
  tab: z.string().optional(),
  channel: z.string().optional(),
  user: z.string().optional(),
  view: z.object({ private_metadata: z.string().optional(), hash: z.string().optional() }).optional(),
});

/** How long offered prompts stand. */
const OFFERED_MS = 30_000;
/** How long the prompts wait for a look at the night; the usual ones are offered meanwhile. */
const PATIENCE_MS = 30_000;

/** The home tab shows the night; the conversation offers questions that fit it. */
export function createAppHomeOpenedListener(deps: ListenerDeps) {
  return ({ event, body }: { event: unknown; body?: { team_id?: string } }): Promise<void> =>
    deps.work.run(async (signal) => {
      const opened = Opened.safeParse(event).data;
      if (opened?.channel === undefined) return;
      const { channel, user, view } = opened;
      if (opened.tab === 'messages') return offerPrompts(deps, { channel, user, team: body?.team_id }, signal);
      if (opened.tab !== 'home' || user === undefined || deps.insight === null) return;
      const choice = { ...(readChoice(view?.private_metadata) ?? { date: null, phase: null }), channel };
      const wanted = { user, team: body?.team_id, choice, hash: view?.hash ?? null, anew: false };
      await showHome(deps, deps.insight, wanted, signal);
    });
}

async function offerPrompts(
  deps: ListenerDeps,
  asking: { channel: string; user: string | undefined; team: string | undefined },
  signal: AbortSignal,
): Promise<void> {
  // Who looks in again a moment later finds what was offered, and the night is not read anew.
  if (!(await deps.claims.claim(`prompts:${asking.channel}`, OFFERED_MS))) return;
  const set = (prompts: readonly { title: string; message: string }[]) =>
    deps.gateway
      .call('assistant.threads.setSuggestedPrompts', {
        channel_id: asking.channel,
        title: 'Ask about overnight batches',
        prompts,
      })
      .catch((error) => deps.log.warn({ code: slackCode(error) }, 'Suggested prompts could not be set'));
  await set(EXAMPLES.map(({ label, question }) => ({ title: label, message: question })));
  const fitting = await nightPrompts(deps, asking, signal).catch(() => []);
  if (fitting.length > 0) await set(fitting);
}

/** Empty where the night could not be read in time, or calls for nothing in particular. */
async function nightPrompts(
  deps: ListenerDeps,
  { channel, user, team }: { channel: string; user: string | undefined; team: string | undefined },
  signal: AbortSignal,
) {
  if (deps.insight === null || user === undefined) return [];
  const sight = await deps.admission.sightOf({ user, channel, hints: { team } }, 'ask');
  if (sight === null) return [];
  const about = { date: null, phase: null, sight };
  let seen = deps.insight.nights.kept(about);
  if (seen === null) {
    const limit = AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]);
    for await (seen of deps.insight.nights.read(about, limit)) if (seen.complete) break;
  }
  return seen?.answer.kind === 'night' ? promptsFor(seen.answer, deps.names) : [];
}
