import type { Clock } from '../../batch/ports.ts';
import { toSentryError } from '../../errors.ts';
import type { Logger } from '../../observability/logger.ts';
import type { Collection } from '../../state/collection.ts';
import type { Condition } from './condition.ts';
import type { Incident, IncidentCard } from './incident.ts';
import type { IncidentPosts } from './incident-posts.ts';
import { nextStep } from './next-step.ts';

/** For so long nobody else says the same: whoever claimed it says it, or has died of it. Milliseconds. */
const CLAIM_MS = 90_000;
const MOST_REMEMBERED = 5;

interface BookOptions {
  incidents: Collection<Incident>;
  claim(key: string, ttlMs: number): Promise<boolean>;
  posts: IncidentPosts;
  clock: Clock;
  logger: Logger;
}

/** One thread an incident, whatever happens to the process between two of its messages. */
export function createIncidentBook({ incidents, claim, posts, clock, logger }: BookOptions) {
  async function open(id: string, channel: string, condition: Condition, told: string[]): Promise<void> {
    const reference = `${id}#0`;
    if (!(await claim(reference, CLAIM_MS))) return;
    const { essential, businessDate, phase } = condition;
    const was = remembered([], condition);
    const card = cardOf(id, condition, 'open', null);
    const rootTs = await posts.open({ channel, reference, card });
    const shown = JSON.stringify(card);
    await incidents.add(id, {
      channel,
      essential,
      businessDate,
      phase,
      rootTs,
      stage: 'open',
      told,
      was,
      replies: 0,
      shown,
      mutedBy: null,
      openedAt: clock.now(),
    });
  }

  /** The reply first, then what was told, then the root: what is lost on the way is made up for by the next look. */
  async function follow(id: string, before: Incident, condition: Condition): Promise<void> {
    const step = nextStep(before, condition);
    if (step.do !== 'follow') return;
    const { channel, rootTs } = before;
    let replies = before.replies;
    if (step.lines !== null && before.mutedBy === null) {
      const reference = `${id}#${replies + 1}`;
      if (!(await claim(reference, CLAIM_MS))) return;
      if ((await posts.reply({ channel, rootTs, reference, lines: step.lines })) === 'gone') return leave(id);
      replies += 1;
    }
    const now = await incidents.change(id, (kept) =>
      kept === null || kept.replies !== before.replies
        ? kept
        : { ...kept, stage: step.stage, told: step.told, replies, was: remembered(kept.was ?? [], condition) },
    );
    if (now !== null) await show(id, now, condition);
  }

  async function show(id: string, incident: Incident, condition: Condition): Promise<void> {
    const { channel, rootTs, stage, mutedBy, was } = incident;
    const card = cardOf(id, condition, stage, mutedBy, was);
    const shown = JSON.stringify(card);
    if (shown === incident.shown) return;
    if ((await posts.edit({ channel, rootTs, reference: `${id}#0`, card })) === 'gone') return leave(id);
    await incidents.change(id, (kept) => (kept === null ? null : { ...kept, shown }));
  }

  /** Somebody deleted the thread: it is not begun anew. */
  async function leave(id: string): Promise<void> {
    await incidents.change(id, (kept) => (kept === null ? null : { ...kept, stage: 'left' }));
  }

  return {
    /** One channel that cannot be written to keeps no other from hearing. */
    async follow(id: string, before: Incident | null, channel: string, condition: Condition): Promise<void> {
      try {
        if (before !== null) return await follow(id, before, condition);
        const step = nextStep(null, condition);
        if (step.do === 'open') await open(id, channel, condition, step.told);
      } catch (error) {
        logger.error({ incident: id, channel, err: toSentryError(error) }, 'An incident could not be told');
      }
    },

    /** Says at the root that nobody follows it any more. */
    async close(id: string, incident: Incident): Promise<void> {
      const card: IncidentCard = { ...(JSON.parse(incident.shown) as IncidentCard), stage: 'left' };
      const { channel, rootTs } = incident;
      try {
        await posts.edit({ channel, rootTs, reference: `${id}#0`, card });
      } catch (error) {
        logger.warn({ incident: id, channel, err: toSentryError(error) }, 'An incident could not be closed');
      }
      await leave(id);
    },

    async toggleMute(id: string, user: string): Promise<boolean> {
      const now = await incidents.change(id, (kept) =>
        kept === null ? null : { ...kept, mutedBy: kept.mutedBy === null ? user : null },
      );
      if (now === null) return false;
      const card: IncidentCard = { ...(JSON.parse(now.shown) as IncidentCard), mutedBy: now.mutedBy };
      const edited = await posts.edit({ channel: now.channel, rootTs: now.rootTs, reference: `${id}#0`, card });
      if (edited === 'gone') await leave(id);
      else await incidents.change(id, (kept) => (kept === null ? null : { ...kept, shown: JSON.stringify(card) }));
      return true;
    },
  };
}

function remembered(was: readonly string[], { stops }: Condition): string[] {
  return [...new Set([...was, ...stops])].slice(0, MOST_REMEMBERED);
}

/** What the root of an incident shows of how it is now. */
export function cardOf(
  id: string,
  condition: Condition,
  stage: Incident['stage'],
  mutedBy: string | null,
  was: readonly string[] = [],
): IncidentCard {
  const { essential, businessDate, phase, status, stuck, late, headline, causes, troubles, retries } = condition;
  const texts = [...troubles, ...retries].map(({ text }) => text).slice(0, 8);
  return {
    id,
    essential,
    businessDate,
    phase,
    status,
    stuck,
    late,
    stage,
    headline,
    troubles: texts,
    // What is late is its own cause.
    causes: causes.filter((cause) => !texts.includes(cause)).slice(0, 5),
    mutedBy,
    was: troubles.some(({ stopped }) => stopped) ? [] : was,
  };
}
