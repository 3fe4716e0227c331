import { EVERYTHING, type Feature, type Grant, type Policy } from './policy.ts';

/** Whoever asks, as far as Slack tells. */
export interface Person {
  id: string;
  /** `guest`: of this workspace, but restricted. `stranger`: of another organisation. `unknown`: Slack could not tell. */
  standing: 'member' | 'guest' | 'stranger' | 'bot' | 'unknown';
  /** Those user groups of the policy that the person is in; null when Slack could not tell. */
  groups: readonly string[] | null;
}

/** Where it is asked, which is where the answer can be read. */
export interface Place {
  id: string;
  /** `direct`: between the person and SENTRY. `shared`: also read by another organisation. `unknown`: Slack could not tell. */
  kind: 'direct' | 'own' | 'shared' | 'unknown';
}

export interface Request {
  /** Null: whoever runs SENTRY wrote it into the settings, so that the place alone counts. */
  user: Person | null;
  channel: Place;
  /** A Lenz name; null for what is about none in particular, such as a whole night. */
  essential: string | null;
  feature: Feature;
}

/** Why not. `channel` and `person`: the policy names this one, or all those not named, without what was asked for. */
export type Denial = 'bot' | 'stranger' | 'guest' | 'shared_channel' | 'channel' | 'person' | 'unknown';

export type Decision = { allowed: true } | { allowed: false; denied: Denial; whom: string };

const NOBODY_NAMED = 'whoever runs SENTRY here';

/**
 * Whether a person may have something in a place: both must be open to it, so that an answer never shows a channel more than
 * the channel may see. Of several entries of the policy the narrowest counts: the person's own, then those of the
 * person's groups together, then `*`. Guests, people of other organisations, bots and shared channels have only what an entry
 * of their own gives them. Pure.
 */
export function decide(policy: Policy, request: Request): Decision {
  const denied = denialOf(policy, request);
  return denied === null ? { allowed: true } : { allowed: false, denied, whom: policy.contact ?? NOBODY_NAMED };
}

function denialOf(policy: Policy, { user, channel, essential, feature }: Request): Denial | null {
  const person = user === null ? [EVERYTHING] : grantsOfPerson(policy, user);
  if (typeof person === 'string') return person;
  const place = grantOfPlace(policy, channel);
  if (typeof place === 'string') return place;
  if (!covers(place, feature, essential)) return 'channel';
  if (!person.some((grant) => covers(grant, feature, essential))) return 'person';
  if (essential !== null || person.some((grant) => covers(grant, feature, null) && overlap(grant, place))) return null;
  return 'person';
}

function grantsOfPerson({ users, groups }: Policy, { id, standing, groups: own }: Person): readonly Grant[] | Denial {
  const named = entry(users, id);
  if (named !== null) return [named];
  if (standing !== 'member') return standing;
  if (own === null && Object.keys(groups).length > 0) return 'unknown';
  const shared = (own ?? []).map((group) => entry(groups, group)).filter((grant) => grant !== null);
  return shared.length > 0 ? shared : [entry(users, '*') ?? EVERYTHING];
}

function grantOfPlace({ channels }: Policy, { id, kind }: Place): Grant | Denial {
  if (kind === 'direct') return EVERYTHING;
  const named = entry(channels, id);
  if (named !== null) return named;
  if (kind === 'own') return entry(channels, '*') ?? EVERYTHING;
  return kind === 'shared' ? 'shared_channel' : 'unknown';
}

function entry(grants: Readonly<Record<string, Grant>>, id: string): Grant | null {
  return Object.hasOwn(grants, id) ? (grants[id] ?? null) : null;
}

function covers({ essentials, features }: Grant, feature: Feature, essential: string | null): boolean {
  if (features !== '*' && !features.includes(feature)) return false;
  if (essentials === '*') return true;
  return essential === null ? essentials.length > 0 : essentials.includes(essential);
}

function overlap(one: Grant, other: Grant): boolean {
  if (one.essentials === '*' || other.essentials === '*') return true;
  return one.essentials.some((essential) => other.essentials.includes(essential));
}
