import type { Ask } from '../../../src/agent/ask.ts';
import { createAgent } from '../../../src/agent/create-agent.ts';
import { createEssentialNames, type EssentialNames } from '../../../src/batch/essential-names.ts';
import type { Desk } from '../../../src/batch/inquiry/desk.ts';
import { NO_HOUSE_RULES } from '../../../src/batch/inquiry/house-rules.ts';
import type { Clock, DefinitionSource, OpenSources } from '../../../src/batch/ports.ts';
import { connectSqlite } from '../../../src/db/connect-sqlite.ts';
import { openRunSource } from '../../../src/db/run-source.ts';
import { openTaskSource } from '../../../src/db/task-source.ts';
import { UpstreamError } from '../../../src/errors.ts';
import { parseDefinition } from '../../../src/lenz/response.ts';
import { OfflinePlanner } from '../../../src/llm/planner/offline-planner.ts';
import { loadSqlite } from '../../../src/playground/world/load-sqlite.ts';
import type { GeneratedNight } from '../../../src/playground/world/nights/generated-night.ts';

/** A night that can be asked about, as the product would be: its queries, its agent, the planner for a model. */
export interface OpenNight {
  night: GeneratedNight;
  ask: Ask;
  /** The same while the database refuses every login, and while Lenz does not answer. */
  askWithoutDatabase: Ask;
  askWithoutLenz: Ask;
  desk: Desk;
  names: EssentialNames;
  close(): Promise<void>;
}

const QUERY_TIMEOUT_S = 60;

/** Loads the tables into an embedded database; definitions are read as Lenz serves them. */
export function openNight(night: GeneratedNight): OpenNight {
  const { tables, definitions, now, zone } = night;
  const databases = connectSqlite();
  loadSqlite(databases.sqlite, tables);
  databases.makeReadOnly();
  const essentials = Object.keys(definitions);
  const names = createEssentialNames(Object.fromEntries(essentials.map((name) => [name, name])));
  const clock: Clock = { now: () => now, frozen: true };
  const lenz = definitionsOf(definitions, now);
  const openSources: OpenSources = (scope) => ({
    runs: openRunSource(databases, { ...scope, queryTimeoutS: QUERY_TIMEOUT_S }),
    tasks: openTaskSource(databases, { ...scope, queryTimeoutS: QUERY_TIMEOUT_S }),
    definitions: lenz,
  });
  const askWith = (sources: OpenSources): Ask =>
    createAgent({
      openSources: sources,
      createModel: () => new OfflinePlanner({ names }),
      names,
      clock,
      zone,
      rules: NO_HOUSE_RULES,
      budgetS: 120,
    }).ask;
  const scope = { record: () => {}, signal: new AbortController().signal };
  return {
    night,
    ask: askWith(openSources),
    askWithoutDatabase: askWith((scope) => ({ ...openSources(scope), ...NO_DATABASE })),
    askWithoutLenz: askWith((scope) => ({ ...openSources(scope), definitions: NO_LENZ })),
    desk: { sources: openSources(scope), clock, zone, ...NO_HOUSE_RULES },
    names,
    close: () => databases.close(),
  };
}

function definitionsOf(documents: GeneratedNight['definitions'], now: number): DefinitionSource {
  const definitions = Object.entries(documents).map(([name, document]) => parseDefinition(document, name, now));
  return {
    names: () => definitions.map(({ name }) => name),
    async get(name) {
      const found = definitions.find((definition) => definition.name === name);
      if (found !== undefined) return found;
      throw new UpstreamError('lenz', 'LENZ_UNKNOWN_NAME', `Lenz does not know ${name}.`, { remedy: 'Use its name.' });
    },
    all: async () => ({ definitions: [...definitions], missing: [] }),
  };
}

const refuseLogin = async (): Promise<never> => {
  throw new UpstreamError('rds', 'RDS_AUTH', 'The database refused the login.', { remedy: 'Renew the token.' });
};
const NO_DATABASE = {
  runs: {
    batchStatus: refuseLogin,
    batchProgress: refuseLogin,
    sliceStatus: refuseLogin,
    historicalRuns: refuseLogin,
  },
  tasks: { taskDetails: refuseLogin, attemptTasks: refuseLogin, dagRuns: refuseLogin },
};

const giveUp = async (): Promise<never> => {
  throw new UpstreamError('lenz', 'LENZ_UNREACHABLE', 'Lenz does not answer.', { remedy: 'Ask again later.' });
};
const NO_LENZ: DefinitionSource = { names: () => [], get: giveUp, all: giveUp };
