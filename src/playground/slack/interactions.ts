import { SlackFailure } from './failure.ts';
import { newId } from './ids.ts';
import type { SlackState } from './state.ts';
import type { SlackMessage } from './types.ts';

const TRIGGER_LIFETIME_MS = 3000;
const RESPONSE_URL_LIFETIME_MS = 30 * 60_000;
const RESPONSE_URL_USES = 5;

/** Where an answer to a command or an interaction goes. */
export interface ResponseTarget {
  channel: string;
  user: string;
  /** The message that was acted on, for `replace_original` and `delete_original`. */
  original?: SlackMessage;
  threadTs?: string;
}

/** The short-lived handles that come with commands and interactions. */
export class Interactions {
  readonly #state: SlackState;
  readonly #triggers = new Map<string, { user: string; at: number }>();
  readonly #responses = new Map<string, { target: ResponseTarget; at: number; uses: number }>();

  constructor(state: SlackState) {
    this.#state = state;
  }

  newTrigger(user: string): string {
    const id = `${Math.floor(this.#state.now())}.${newId('', 12)}`;
    this.#triggers.set(id, { user, at: Date.now() });
    return id;
  }

  /** Uses a trigger up and gives whose it was. Throws as `views.open` answers. */
  takeTrigger(id: string): string {
    const trigger = this.#triggers.get(id);
    if (!trigger) throw new SlackFailure('invalid_trigger_id');
    if (Date.now() - trigger.at > TRIGGER_LIFETIME_MS) throw new SlackFailure('expired_trigger_id');
    this.#triggers.delete(id);
    return trigger.user;
  }

  /** The path of a new response address. */
  newResponsePath(target: ResponseTarget): string {
    const key = newId('', 24);
    this.#responses.set(key, { target, at: this.#state.now(), uses: 0 });
    return `/response/${this.#state.team.id}/${key}`;
  }

  /** Counts one use. Throws `expired_url` or `used_url`, which are answered with HTTP 404. */
  takeResponse(path: string, expiredBefore: number): ResponseTarget {
    const response = this.#responses.get(path.split('/').at(-1) ?? '');
    if (!response || response.at < expiredBefore || this.#state.now() - response.at > RESPONSE_URL_LIFETIME_MS) {
      throw new SlackFailure('expired_url');
    }
    response.uses += 1;
    if (response.uses > RESPONSE_URL_USES) throw new SlackFailure('used_url');
    return response.target;
  }
}
