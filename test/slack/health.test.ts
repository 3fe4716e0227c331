import { afterEach, describe, expect, it } from 'vitest';
import { createEssentialNames } from '../../src/batch/essential-names.ts';
import type { Endpoint } from '../../src/observability/endpoints.ts';
import type { HealthCheck } from '../../src/observability/health.ts';
import { startFakeSlack } from '../../src/playground/slack/start-fake-slack.ts';
import { healthView } from '../../src/slack/blocks/health.ts';
import { checkSlack } from '../../src/slack/check-slack.ts';
import { createSlackApp } from '../../src/slack/create-slack-app.ts';
import type { SlackGateway } from '../../src/slack/gateway.ts';
import { createFakeAsk } from './fake-ask.ts';
import { ALICE, callsOf, createMemoryLog, type Desk, RANDOM, SUPPORT, shown, startDesk, TOKENS } from './harness.ts';

const CHECKS: HealthCheck[] = [
  { name: 'Cache', status: 'ok', facts: ['memory'], ms: 0 },
  {
    name: 'Workflow database',
    status: 'fail',
    facts: ['FGW at nlb:6150'],
    problem: 'The login was refused <!channel>.',
    remedy: 'Make a new token.',
    ms: 41,
  },
];

let desk: Desk | undefined;
afterEach(async () => {
  await desk?.stop();
  desk = undefined;
});

describe('/sentry health', () => {
  it.each([SUPPORT, RANDOM])(
    'tells the asker alone, what failed first, also where SENTRY is no member (%s)',
    async (channel) => {
      let looks = 0;
      const health = async () => {
        looks += 1;
        return CHECKS;
      };
      desk = await startDesk('socket', createFakeAsk(), { app: { health } });
      await desk.slack.command(ALICE, channel, '/sentry health');
      await desk.settled();
      const told = desk.slack.state.ephemerals.filter((message) => message.bot_id).map(shown);
      expect(told).toHaveLength(1);
      expect(told[0]).toContain('Failed: Workflow database.');
      expect(told[0]).toContain('What to do: Make a new token.');
      expect(told[0]).not.toContain('<!channel>');
      expect(told[0]?.indexOf('*Workflow database*')).toBeLessThan(told[0]?.indexOf('*Cache*') ?? 0);
      expect([looks, desk.agent.questions.length, callsOf(desk.slack, 'chat.postMessage').length]).toEqual([1, 0, 0]);
    },
  );

  it('fits into a message however much is wrong', () => {
    const many = Array.from(
      { length: 60 },
      (_, index): HealthCheck => ({
        name: `Part ${index}`,
        status: index % 2 ? 'fail' : 'ok',
        facts: ['fact '.repeat(50)],
        problem: 'wrong '.repeat(200),
        ms: 1,
      }),
    );
    const { blocks, text } = healthView(many);
    expect(blocks.length).toBeLessThanOrEqual(50);
    expect(JSON.stringify(blocks).length).toBeLessThan(13_200);
    expect(text.length).toBeLessThan(3000);
  });
});

describe('a look at Slack', () => {
  it('names the bot and that it is connected', async () => {
    desk = await startDesk();
    expect(await desk.app.look()).toMatchObject({
      status: 'ok',
      facts: ['Socket Mode', expect.stringMatching(/^bot \w+ in /), 'connected'],
    });
  });

  it('fails once the connection is closed', async () => {
    desk = await startDesk();
    await desk.app.stop();
    expect(await desk.app.look()).toMatchObject({ status: 'fail', problem: expect.stringContaining('no event') });
  });

  it.each([
    ['invalid_auth', 'refused the token (invalid_auth)'],
    ['internal_error', 'internal_error'],
  ])('tells %s', async (error, said) => {
    desk = await startDesk();
    desk.slack.faults.fail('auth.test', error);
    expect(await desk.app.look()).toMatchObject({ status: 'fail', problem: expect.stringContaining(said) });
  });

  it('knows which scopes are missing where Slack names those granted, and opens no connection before the start', async () => {
    const called: string[] = [];
    const gateway = (answers: Record<string, object>) =>
      ({
        async call(method: string) {
          called.push(method);
          return { ok: true, ...answers[method] };
        },
      }) as unknown as SlackGateway;
    const scopes = [
      'app_mentions:read',
      'assistant:write',
      'channels:history',
      'channels:read',
      'commands',
      'files:write',
      'groups:history',
      'groups:read',
      'im:history',
      'mpim:read',
      'usergroups:read',
      'users:read',
    ];
    const finding = await checkSlack({
      bot: gateway({ 'auth.test': { user: 'sentry', team: 'Night desk', response_metadata: { scopes } } }),
      app: gateway({}),
      connection: 'socket',
      connected: null,
    });
    expect(finding).toMatchObject({
      status: 'warn',
      problem: 'The bot token lacks chat:write (nothing can be posted).',
    });
    expect(called).toEqual(['auth.test', 'apps.connections.open']);
  });
});

describe('with Slack over HTTP', () => {
  it('serves further routes on the port of the events', async () => {
    const slack = await startFakeSlack({ ...TOKENS, delivery: { kind: 'http', url: 'http://127.0.0.1:9' } });
    const { botToken, signingSecret } = TOKENS;
    const handler: Endpoint['handler'] = (_request, response) => void response.end('ready');
    const routes: Endpoint[] = [{ path: '/readyz', method: 'GET', handler }];
    const app = createSlackApp({
      connection: { kind: 'http', botToken, signingSecret, port: 0, apiUrl: slack.apiUrl, routes },
      ask: createFakeAsk().ask,
      names: createEssentialNames(),
      logger: createMemoryLog().log,
    });
    await app.start();
    try {
      const address = `http://127.0.0.1:${app.port()}`;
      expect(await (await fetch(`${address}/readyz`)).text()).toBe('ready');
      expect((await fetch(`${address}/slack/events`, { method: 'POST', body: '{}' })).status).toBe(401);
    } finally {
      await app.stop();
      await slack.stop();
    }
  });
});
