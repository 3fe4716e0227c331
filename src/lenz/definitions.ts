import type { Definition } from '../batch/definition.ts';
import { DAY, type Instant, SECOND } from '../batch/instant.ts';
import type { DefinitionSource } from '../batch/ports.ts';
import type { Cache } from '../cache/cache.ts';
import { type SentryError, toSentryError } from '../errors.ts';
import type { Logger } from '../observability/logger.ts';
import type { LenzClient } from './client.ts';
import { mapBounded } from './map-bounded.ts';
import { withPatience } from './patience.ts';
import { printable } from './printable.ts';
import { parseDefinition } from './response.ts';
import { definitionKey, STORED_DEFINITION } from './stored-definition.ts';

interface DefinitionsOptions {
  client: LenzClient;
  cache: Cache;
  /** The Lenz names of the essentials that SENTRY watches, asked each time: a setting may add some while it runs. */
  names: () => readonly string[];
  /** Seconds for which a definition is served without asking Lenz again. */
  ttlS: number;
  logger: Logger;
  /** Real time: a frozen clock of the domain does not stop definitions from ageing. */
  now?: () => Instant;
  /** How long a question waits for Lenz when an older definition is at hand. Milliseconds. */
  patienceMs?: number;
  /** How long Lenz is left alone after it could not be reached, and not waited for after it was slow. Milliseconds. */
  retryAfterMs?: number;
}

/** How SENTRY stands with one definition. */
interface DefinitionState {
  name: string;
  /** Null when it was never had. */
  fetchedAt: Instant | null;
  /** Why the latest attempt failed; null when it did not. */
  error: SentryError | null;
}

export interface Definitions extends DefinitionSource {
  /** Fetches what is not fresh. Never rejects: what could not be had is logged, and tried again when it is asked for. */
  warm(): Promise<void>;
  /** Asks Lenz now, for one name or all. An older definition stays where Lenz does not give a new one. */
  refresh(name?: string): Promise<{ refreshed: string[]; failed: { name: string; reason: string }[] }>;
  /** Milliseconds since Lenz last said so; null when this process never had it. */
  age(name: string): number | null;
  states(): DefinitionState[];
}

const CONCURRENCY = 4;
/** Old definitions are kept this long for the day when Lenz is down. */
const KEEP = 7 * DAY;

/**
 * Definitions from Lenz through the cache. Each name is fetched once at a time, however many ask. While Lenz is down, the
 * last good definition is served, and its `staleForMs` tells how old it is; only Lenz saying that a name does not exist
 * ends it.
 */
export function createDefinitions(options: DefinitionsOptions): Definitions {
  const { client, cache, names, logger, now = Date.now, patienceMs = 3 * SECOND, retryAfterMs = 30 * SECOND } = options;
  const ttl = options.ttlS * SECOND;
  const lastGood = new Map<string, Definition>();
  const errors = new Map<string, SentryError>();
  const flights = new Map<string, Promise<Definition>>();
  let leftAlone: { until: Instant; because: SentryError } | null = null;
  /** Until then nobody who can be served otherwise waits: one question has paid for finding out. */
  let slowUntil = 0;

  function isFresh(definition: Definition): boolean {
    // A date in the future comes from another machine's clock; far in the future it would never end.
    return Math.abs(now() - definition.fetchedAt) < ttl;
  }

  /** The newest that this process or, through the cache, any other had. */
  async function known(name: string): Promise<Definition | undefined> {
    const cached = await cache.get(definitionKey(name), STORED_DEFINITION);
    const mine = lastGood.get(name);
    if (!cached || cached.name !== name || (mine && mine.fetchedAt >= cached.fetchedAt)) return mine;
    lastGood.set(name, cached);
    return cached;
  }

  function remember(name: string, error: SentryError): void {
    if (names().includes(name)) errors.set(name, error);
  }

  async function fetchNow(name: string): Promise<Definition> {
    try {
      const definition = parseDefinition(await client.fetchDefinition(name), name, now());
      lastGood.set(name, definition);
      errors.delete(name);
      leftAlone = null;
      await cache.set(definitionKey(name), definition, Math.max(KEEP, ttl));
      return definition;
    } catch (thrown) {
      const error = toSentryError(thrown);
      remember(name, error);
      if (error.code === 'LENZ_UNREACHABLE') leftAlone = { until: now() + retryAfterMs, because: error };
      if (error.code === 'LENZ_UNKNOWN_NAME') {
        lastGood.delete(name);
        await cache.delete(definitionKey(name));
      }
      logger.warn({ upstream: 'lenz', code: error.code, essential: printable(name) }, error.message);
      throw error;
    }
  }

  function fetchOnce(name: string): Promise<Definition> {
    const running = flights.get(name);
    if (running) return running;
    if (leftAlone && now() < leftAlone.until) {
      remember(name, leftAlone.because);
      return Promise.reject(leftAlone.because);
    }
    const flight = fetchNow(name).finally(() => flights.delete(name));
    // Whoever stops waiting for it must not leave its failure unhandled.
    flight.catch(() => {});
    flights.set(name, flight);
    return flight;
  }

  async function get(name: string): Promise<Definition> {
    const old = await known(name);
    if (old && isFresh(old)) return old;
    const flight = fetchOnce(name);
    if (!old) return flight;
    const stale = () => ({ ...old, staleForMs: Math.max(0, now() - old.fetchedAt) });
    try {
      const fetched = await withPatience(flight, now() < slowUntil ? 0 : patienceMs);
      if (fetched) return fetched;
      slowUntil = now() + retryAfterMs;
      return stale();
    } catch (error) {
      if (toSentryError(error).code === 'LENZ_UNKNOWN_NAME') throw error;
      return stale();
    }
  }

  /** What `work` made of every name, in the order of the names. */
  async function forEach(all: readonly string[], work: (name: string) => Promise<Definition>) {
    const missing: { name: string; reason: string }[] = [];
    const results = await mapBounded(all, CONCURRENCY, async (name) => {
      try {
        return await work(name);
      } catch (error) {
        missing.push({ name, reason: toSentryError(error).message });
        return null;
      }
    });
    missing.sort((a, b) => all.indexOf(a.name) - all.indexOf(b.name));
    return { definitions: results.filter((definition) => definition !== null), missing };
  }

  return {
    names,
    get,
    all: () => forEach(names(), get),
    async warm() {
      const { definitions, missing } = await forEach(names(), get);
      const fields = { upstream: 'lenz', missing: missing.map(({ name }) => name) };
      const message = `Lenz: ${definitions.length} of ${names().length} definitions are at hand`;
      if (missing.length === 0) logger.info(fields, message);
      else logger.warn(fields, message);
    },
    async refresh(name) {
      // A person asked: this once, Lenz is not left alone. The hold on refused credentials stands.
      leftAlone = null;
      const { definitions, missing } = await forEach(name === undefined ? names() : [name], fetchOnce);
      return { refreshed: definitions.map((definition) => definition.name), failed: missing };
    },
    age(name) {
      const definition = lastGood.get(name);
      return definition ? Math.max(0, now() - definition.fetchedAt) : null;
    },
    states: () =>
      names().map((name) => ({
        name,
        fetchedAt: lastGood.get(name)?.fetchedAt ?? null,
        error: errors.get(name) ?? null,
      })),
  };
}
