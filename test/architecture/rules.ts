/** What the architecture allows. docs/architecture.md shows the same two tables; the test compares them. */
export interface Rules {
  /** Room → rooms (or one of their folders) that it may import. */
  rooms: Readonly<Record<string, readonly string[]>>;
  /** Rooms that every room may import. */
  shared: readonly string[];
  /** Outside package (or a scope, `@slack/*`) → rooms that may import it; `any` for all. */
  packages: Readonly<Record<string, readonly string[]>>;
  /** Rooms that import nothing of Node: no file, no socket, no process. */
  pure: readonly string[];
  /** Files of the composition root that may load the playground, with a dynamic import only. */
  loadPlayground: readonly string[];
}

export const RULES: Rules = {
  rooms: {
    batch: [],
    config: [],
    observability: [],
    redis: [],
    cache: ['redis'],
    replicas: ['redis'],
    jobs: [],
    state: [],
    access: ['state'],
    db: ['batch'],
    charts: ['batch'],
    llm: ['batch'],
    lenz: ['batch', 'cache'],
    agent: ['batch', 'db/tiers'],
    digest: ['agent/compose', 'batch', 'jobs', 'state'],
    slack: ['access', 'agent', 'batch', 'digest', 'replicas', 'state'],
    playground: [
      'agent',
      'batch',
      'cache',
      'config',
      'db',
      'jobs',
      'lenz',
      'llm',
      'slack',
      'state',
      'composition root',
    ],
    'composition root': [
      'access',
      'agent',
      'batch',
      'cache',
      'charts',
      'config',
      'db',
      'digest',
      'jobs',
      'lenz',
      'llm',
      'replicas',
      'slack',
      'state',
    ],
  },
  shared: ['errors.ts', 'observability'],
  packages: {
    '@aws-sdk/rds-signer': ['db'],
    '@azure/identity': ['llm'],
    '@fontsource/*': ['playground'],
    '@langchain/*': ['agent', 'llm'],
    '@resvg/resvg-js': ['charts'],
    '@slack/*': ['slack', 'playground'],
    bullmq: ['jobs'],
    'chrono-node': ['batch'],
    croner: ['jobs'],
    'dejavu-fonts-ttf': ['charts'],
    echarts: ['charts'],
    esbuild: ['playground'],
    'fastest-levenshtein': ['batch'],
    htmlparser2: ['lenz'],
    httpntlm: ['lenz', 'playground'],
    ioredis: ['cache', 'jobs', 'redis', 'state'],
    kysely: ['db'],
    'lru-cache': ['any'],
    luxon: ['any'],
    mysql2: ['db', 'playground'],
    'node:sqlite': ['db', 'playground'],
    pino: ['observability'],
    'prom-client': ['observability'],
    'pure-rand': ['playground'],
    react: ['playground'],
    'react-dom': ['playground'],
    'slack-blocks-to-jsx': ['playground'],
    tarn: ['db'],
    tldts: ['lenz'],
    'tough-cookie': ['lenz'],
    undici: ['lenz'],
    ws: ['playground'],
    yaml: ['config'],
    zod: ['any'],
  },
  pure: ['batch'],
  loadPlayground: ['main.ts', 'cli.ts'],
};
