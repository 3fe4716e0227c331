import type { Desk } from '../batch/inquiry/desk.ts';
import { inquireNight } from '../batch/inquiry/night.ts';
import type { Clock, DefinitionSource } from '../batch/ports.ts';
import { definitionsInSight } from '../batch/sight.ts';
import type { InsightOptions } from '../slack/views/insight.ts';
import type { NightLook } from '../slack/views/nights.ts';
import type { State } from '../state/state.ts';

interface Parts {
  state: State;
  /** The sources opened anew, for one look. */
  openDesk: (signal: AbortSignal) => Desk;
  definitions: Pick<DefinitionSource, 'get' | 'names'>;
  clock: Clock;
  zone: string;
  airflowBaseUrl: string | null;
}

/** What Slack shows beside answers: the night for the home tab, and how old the definitions behind an answer are. */
export function insightOf({ state, openDesk, definitions, clock, zone, airflowBaseUrl }: Parts): InsightOptions {
  const night: NightLook = ({ date, phase, sight }, signal, onStatuses) => {
    const desk = openDesk(signal);
    const sources = { ...desk.sources, definitions: definitionsInSight(desk.sources.definitions, sight) };
    const spoken = date === null ? null : ({ kind: 'date', date, said: date, start: 0, end: date.length } as const);
    return inquireNight({ ...desk, sources }, { date: spoken, phase }, onStatuses);
  };
  return {
    state,
    night,
    essentials: () => definitions.names(),
    async definitionAges(essentials) {
      const found = await Promise.allSettled(essentials.map((essential) => definitions.get(essential)));
      return found.flatMap((each) =>
        each.status === 'rejected'
          ? []
          : [
              {
                essential: each.value.name,
                fetchedAt: each.value.fetchedAt,
                stale: each.value.staleForMs !== undefined,
              },
            ],
      );
    },
    clock: () => clock.now(),
    zone,
    airflowBaseUrl,
  };
}
