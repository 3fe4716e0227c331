import type { Policy } from '../access/policy.ts';
import { createEssentialNames, type EssentialNames } from '../batch/essential-names.ts';
import type { Config } from '../config/config.ts';
import type { SentryFile } from '../config/sentry-file.ts';
import { watchSentryFile } from '../config/watch-sentry-file.ts';
import type { Logger } from '../observability/logger.ts';
import { houseRules } from './house-rules.ts';

/** What `sentry.yml` says now: it is read again when it changes. */
export function liveSettings(config: Pick<Config, 'file' | 'timeZone'>, logger: Logger) {
  let { file } = config;
  let named: EssentialNames;
  const names: EssentialNames = {
    get all() {
      return named.all;
    },
    find: (text) => named.find(text),
    spoken: (essential) => named.spoken(essential),
  };
  const onChange = (next: SentryFile) => {
    file = next;
    named = createEssentialNames(next.names);
    const unknown = next.deadlines
      .map(({ essential }) => essential)
      .filter((essential) => !named.all.includes(essential));
    if (unknown.length > 0)
      logger.warn({ essentials: [...new Set(unknown)] }, 'deadlines of essentials that are not watched');
    const closed = essentialsOf(next.access).filter((essential) => !named.all.includes(essential));
    if (closed.length > 0) logger.warn({ essentials: closed }, 'access to essentials that are not watched');
    reloaded();
  };
  let reloaded = () => {};
  onChange(file);
  const watching = file.path === null ? null : watchSentryFile({ path: file.path, log: logger, onChange });
  return {
    names,
    rules: () => houseRules(file, config.timeZone),
    policy: () => file.access,
    digests: () => file.digests,
    /** Told of every new content from now on. */
    onReload(listener: () => void) {
      reloaded = listener;
    },
    close: () => watching?.close(),
  };
}

/** Every essential that an entry names. */
function essentialsOf({ channels, users, groups }: Policy): string[] {
  const grants = [channels, users, groups].flatMap((entries) => Object.values(entries));
  return [...new Set(grants.flatMap(({ essentials }) => (essentials === '*' ? [] : essentials)))];
}
