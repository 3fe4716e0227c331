import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import type { Person, Place } from '../access/decide.ts';
import { failureKind, slackCode } from './failures.ts';
import type { SlackGateway } from './gateway.ts';
import type { Self } from './identity.ts';
import type { SlackLog } from './slack-log.ts';

/** What came along with an event: it decides where SENTRY lacks the scope to ask. */
export interface Hints {
  /** The workspace that the person belongs to. */
  team?: string | undefined;
  /** Whether another organisation is in the channel. */
  shared?: boolean | undefined;
}

/** Who people and what channels are. Never throws: what Slack does not tell is `unknown`. */
export interface WhoAndWhere {
  /** `groups`: the user groups that matter. */
  person(user: string, groups: readonly string[], hints?: Hints): Promise<Person>;
  place(channel: string, hints?: Hints): Promise<Place>;
}

const KEPT_MS = 10 * 60_000;
const MAX_KEPT = 5000;

const User = z.object({
  user: z.object({
    team_id: z.string().optional(),
    is_bot: z.boolean().optional(),
    is_stranger: z.boolean().optional(),
    is_restricted: z.boolean().optional(),
    is_ultra_restricted: z.boolean().optional(),
    enterprise_user: z.object({ enterprise_id: z.string().optional() }).optional(),
  }),
});
type User = z.infer<typeof User>['user'];

const Teams = z.array(z.string()).optional();
const Channel = z.object({
  channel: z.object({
    is_im: z.boolean().optional(),
    is_shared: z.boolean().optional(),
    is_ext_shared: z.boolean().optional(),
    is_pending_ext_shared: z.boolean().optional(),
    is_org_shared: z.boolean().optional(),
    shared_team_ids: Teams,
    pending_connected_team_ids: Teams,
  }),
});
type Channel = z.infer<typeof Channel>['channel'];

const Members = z.object({ users: z.array(z.string()) });

/** Asks Slack and remembers it for ten minutes; a failure is not remembered, but for a scope that is missing. */
export function createWhoAndWhere({
  gateway,
  self,
  log,
}: {
  gateway: Pick<SlackGateway, 'call'>;
  self: () => Self;
  log: SlackLog;
}): WhoAndWhere {
  const kept = new LRUCache<string, Promise<unknown>>({ max: MAX_KEPT, ttl: KEPT_MS });

  /** `refused`: Slack's code where it said no; throws where it did not answer. */
  function remembered<T>(key: string, schema: z.ZodType<T>, ask: () => Promise<unknown>) {
    const asked = (kept.get(key) as ReturnType<typeof answered<T>> | undefined) ?? answered(schema, ask);
    kept.set(key, asked);
    asked.catch(() => kept.delete(key));
    return asked;
  }

  async function answered<T>(schema: z.ZodType<T>, ask: () => Promise<unknown>): Promise<T | { refused: string }> {
    try {
      return schema.parse(
        await ask().catch((error) => (failureKind(error) === 'unsure' ? ask() : Promise.reject(error))),
      );
    } catch (error) {
      if (LASTING.has(slackCode(error))) return { refused: slackCode(error) };
      throw error;
    }
  }

  async function standingOf(user: string, hints: Hints): Promise<Person['standing']> {
    const found = await remembered(`user:${user}`, User, () => gateway.call('users.info', { user }));
    if ('user' in found) return standing(found.user, self());
    if (found.refused !== 'missing_scope' || hints.team === undefined) return 'unknown';
    return hints.team === self().teamId ? 'member' : 'stranger';
  }

  async function groupsOf(user: string, groups: readonly string[]): Promise<string[] | null> {
    const found = await Promise.all(
      groups.map((usergroup) =>
        remembered(`group:${usergroup}`, Members, () => gateway.call('usergroups.users.list', { usergroup })),
      ),
    );
    const unread = found.find((group) => 'refused' in group && group.refused !== 'no_such_subteam');
    return unread === undefined
      ? groups.filter((_group, index) => {
          const members = found[index];
          return members !== undefined && 'users' in members && members.users.includes(user);
        })
      : null;
  }

  async function kindOf(channel: string, hints: Hints): Promise<Place['kind']> {
    const found = await remembered(`channel:${channel}`, Channel, () =>
      gateway.call('conversations.info', { channel }),
    );
    if ('channel' in found) return kindOfChannel(found.channel, self());
    // A private channel that SENTRY is not in: it cannot write there, so that nobody but the asker reads the answer.
    if (found.refused === 'channel_not_found') return 'own';
    return hints.shared === false ? 'own' : 'unknown';
  }

  async function orElse<T>(fallback: T, about: object, look: () => Promise<T>): Promise<T> {
    try {
      return await look();
    } catch (error) {
      log.warn({ ...about, code: slackCode(error) }, 'Slack could not tell who asks where');
      return fallback;
    }
  }

  return {
    async person(user, groups, hints = {}) {
      const [standing, own] = await Promise.all([
        orElse('unknown' as const, { user }, () => standingOf(user, hints)),
        orElse(null, { user }, () => groupsOf(user, groups)),
      ]);
      return { id: user, standing, groups: own };
    },
    async place(channel, hints = {}) {
      if (channel.startsWith('D')) return { id: channel, kind: 'direct' };
      if (hints.shared === true) return { id: channel, kind: 'shared' };
      return { id: channel, kind: await orElse('unknown' as const, { channel }, () => kindOf(channel, hints)) };
    },
  };
}

/** Refusals that stay so for a while. */
const LASTING: ReadonlySet<string> = new Set(['missing_scope', 'channel_not_found', 'no_such_subteam']);

function standing(user: User, self: Self): Person['standing'] {
  if (user.is_bot === true) return 'bot';
  const sameOrganisation =
    user.team_id === undefined ||
    user.team_id === self.teamId ||
    (self.enterpriseId !== null && user.enterprise_user?.enterprise_id === self.enterpriseId);
  if (user.is_stranger === true || !sameOrganisation) return 'stranger';
  return user.is_restricted === true || user.is_ultra_restricted === true ? 'guest' : 'member';
}

function kindOfChannel(channel: Channel, self: Self): Place['kind'] {
  if (channel.is_im === true) return 'direct';
  const outside = channel.is_ext_shared === true || channel.is_pending_ext_shared === true;
  const invited = (channel.pending_connected_team_ids ?? []).length > 0;
  const others = channel.shared_team_ids?.filter((team) => team !== self.teamId);
  const between = channel.is_org_shared === true || channel.is_shared === true;
  return outside || invited || (between && (others === undefined || others.length > 0)) ? 'shared' : 'own';
}
