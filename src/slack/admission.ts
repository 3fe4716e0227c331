import { type Decision, decide, type Person, type Place } from '../access/decide.ts';
import type { Feature, Policy } from '../access/policy.ts';
import { denialText } from '../access/wording.ts';
import type { Sight } from '../batch/sight.ts';
import type { Limits } from '../replicas/limits.ts';
import { denialView, limitView } from './blocks/denial.ts';
import { closedMeanwhileView } from './blocks/interrupted.ts';
import type { View } from './blocks/view.ts';
import type { Conversation } from './conversation.ts';
import { slackCode } from './failures.ts';
import type { SlackGateway } from './gateway.ts';
import type { SlackLog } from './slack-log.ts';
import { type PrivatePlace, tellPrivately } from './surfaces/private-surface.ts';
import type { Hints, WhoAndWhere } from './who-and-where.ts';

/** Who asks, where, and where to tell that person something alone. */
export interface Asking extends PrivatePlace {
  hints?: Hints | undefined;
  /** For the audit trail, where it is a question. */
  question?: string;
  /** A question that was let in before, and is asked anew after a restart. */
  again?: boolean;
}

/** `user` null: whoever runs SENTRY wants it there, by its settings. */
export type Unasked = Pick<Asking, 'channel' | 'hints'> & { user: string | null };

/** A question, or something else that was wanted, that was not answered, and why. */
export interface Turned {
  user: string;
  channel: string;
  feature: Feature;
  reason: Extract<Decision, { allowed: false }>['denied'] | 'too_many';
  question: string | null;
}

/** The one door of everything that people want of SENTRY in Slack. */
export interface Admission {
  /** Whether somebody may have a feature somewhere (and for one essential); tells that person why not. */
  admits(asking: Asking, feature: Feature, essential?: string | null): Promise<boolean>;
  /** The same for a question, within the limits; what it may see, or null when it was turned away. */
  question(asking: Asking): Promise<Sight | null>;
  /** Whether the policy has an entry for this very user. */
  isNamed(user: string): boolean;
  /** What a person may see in a place, without a word to anybody: for what is shown unasked. */
  sightOf(asking: Unasked, feature: Feature): Promise<Sight | null>;
}

export interface AdmissionOptions {
  policy: () => Policy;
  limits: Limits;
  whoAndWhere: WhoAndWhere;
  gateway: SlackGateway;
  log: SlackLog;
  /** Told of whatever was turned away. */
  onTurned?: (turned: Turned) => void;
}

/** Who keeps knocking is told a few times why, and then no more. */
const TOLD = { questions: 5, minutes: 5 };

export function createAdmission({ policy, limits, whoAndWhere, gateway, log, onTurned }: AdmissionOptions): Admission {
  async function look(asking: Unasked) {
    const rules = policy();
    const [user, channel] = await Promise.all([
      asking.user === null ? null : whoAndWhere.person(asking.user, Object.keys(rules.groups), asking.hints),
      whoAndWhere.place(asking.channel, asking.hints),
    ]);
    return { rules, user, channel };
  }

  async function turnAway(asking: Asking, feature: Feature, reason: Turned['reason'], view: View): Promise<void> {
    const { user, channel, question = null } = asking;
    log.info({ user, channel, feature, reason }, 'Turned away');
    onTurned?.({ user, channel, feature, reason, question });
    if (reason === 'bot' || !(await limits.take([{ key: `told:${user}`, limit: TOLD }])).allowed) return;
    await tellPrivately(gateway, asking, view).catch((error) =>
      log.warn({ channel, code: slackCode(error) }, 'Nobody could be told why nothing is answered'),
    );
  }

  async function admitted(asking: Asking, feature: Feature, essential: string | null) {
    const { rules, user, channel } = await look(asking);
    const decision = decide(rules, { user, channel, essential, feature });
    if (decision.allowed) return { rules, user, channel };
    await turnAway(asking, feature, decision.denied, denialView(denialText(decision, { essential, feature })));
    return null;
  }

  return {
    admits: async (asking, feature, essential = null) => (await admitted(asking, feature, essential)) !== null,
    async question(asking) {
      const found = await admitted(asking, 'ask', null);
      if (found === null) return null;
      // What was begun before has been counted then.
      if (asking.again === true) return sight(found, 'ask');
      const { person, channel } = found.rules.limits;
      const taken = await limits.take([
        { key: `person:${asking.user}`, limit: person },
        ...(found.channel.kind === 'direct' ? [] : [{ key: `channel:${asking.channel}`, limit: channel }]),
      ]);
      if (taken.allowed) return sight(found, 'ask');
      const whose = taken.key.startsWith('person:') ? 'person' : 'channel';
      await turnAway(asking, 'ask', 'too_many', limitView(whose, taken.waitMs));
      return null;
    },
    isNamed: (user) => Object.hasOwn(policy().users, user),
    async sightOf(asking, feature) {
      const found = await look(asking);
      const { rules, user, channel } = found;
      return decide(rules, { user, channel, essential: null, feature }).allowed ? sight(found, feature) : null;
    },
  };
}

function sight(
  { rules, user, channel }: { rules: Policy; user: Person | null; channel: Place },
  feature: Feature,
): Sight {
  const decided = (essential: string) => decide(rules, { user, channel, essential, feature });
  return {
    allows: (essential) => decided(essential).allowed,
    denial(essential) {
      const decision = decided(essential);
      return decision.allowed ? '' : denialText(decision, { essential, feature });
    },
  };
}

/** The conversation behind the door: no question is answered that may not be asked, also where it is taken up again. */
export function behindDoor(conversation: Conversation, admission: Admission): Conversation {
  return {
    giveUp: conversation.giveUp,
    async answer(asked, inHand) {
      const sight = await admission.question({ ...asked, again: inHand.hold.again });
      if (sight !== null) await conversation.answer(asked, { ...inHand, sight });
      // What was begun is not left as if somebody worked on it.
      else if (inHand.hold.again) await conversation.giveUp(asked, closedMeanwhileView(), inHand);
    },
  };
}
