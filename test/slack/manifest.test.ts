import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { EXAMPLES } from '../../src/slack/blocks/help.ts';
import { registerListeners } from '../../src/slack/listeners/register.ts';
import { COMMAND, COMMAND_SCOPE, EVENT_SCOPES, METHOD_SCOPES } from '../../src/slack/requirements.ts';

const root = new URL('../..', import.meta.url).pathname;
const manifest = parse(readFileSync(join(root, 'slack-app-manifest.yml'), 'utf8'));

/** What the code registers, by asking it to register. */
function registered() {
  const found = {
    events: [] as string[],
    commands: [] as string[],
    actions: [] as RegExp[],
    shortcuts: [] as object[],
  };
  registerListeners(
    {
      event: (name: unknown) => void found.events.push(String(name)),
      command: (name: unknown) => void found.commands.push(String(name)),
      action: (pattern: unknown) => void found.actions.push(pattern as RegExp),
      shortcut: (which: unknown) => void found.shortcuts.push(which as object),
      view: () => undefined,
    } as never,
    {} as never,
  );
  return found;
}

const sorted = (values: Iterable<string>) => [...new Set(values)].sort();

function sources(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(folder, name));
}

describe('the manifest and the code', () => {
  it('agree on the events', () => {
    const { events } = registered();
    expect(sorted(events)).toEqual(sorted(Object.keys(EVENT_SCOPES)));
    const declared = events.flatMap((name) => Object.keys(EVENT_SCOPES[name as keyof typeof EVENT_SCOPES]));
    expect(sorted(manifest.settings.event_subscriptions.bot_events)).toEqual(sorted(declared));
  });

  it('agree on the commands', () => {
    expect(manifest.features.slash_commands.map((each: { command: string }) => each.command)).toEqual(
      registered().commands,
    );
    expect(registered().commands).toEqual([COMMAND]);
  });

  it('agree on the shortcuts, and on the home tab that is shown', () => {
    const declared = manifest.features.shortcuts.map((each: Record<string, string>) => ({
      callback_id: each.callback_id,
      type: `${each.type}_action`,
    }));
    expect(declared).toEqual(registered().shortcuts);
    expect(manifest.features.app_home).toMatchObject({ home_tab_enabled: true, messages_tab_enabled: true });
    expect(registered().events).toContain('app_home_opened');
  });

  it('agree on the scopes: none is missing and none is asked for in vain', () => {
    const ofEvents = Object.values(EVENT_SCOPES).flatMap((events) => Object.values(events).flat() as string[]);
    const ofMethods = Object.values(METHOD_SCOPES).flat();
    expect(sorted(manifest.oauth_config.scopes.bot)).toEqual(sorted([...ofEvents, ...ofMethods, COMMAND_SCOPE]));
    expect(manifest.oauth_config.scopes.user).toBeUndefined();
  });

  it('agree on interactivity', () => {
    expect(registered().actions.length > 0).toBe(manifest.settings.interactivity.is_enabled);
  });

  it('agree on the prompts that are offered', () => {
    const offered = EXAMPLES.map(({ label, question }) => ({ title: label, message: question }));
    expect(manifest.features.agent_view.suggested_prompts).toEqual(offered);
  });
});

describe('the table of methods', () => {
  const code = sources(join(root, 'src/slack')).map((file) => ({ file, text: readFileSync(file, 'utf8') }));
  const callers = code.filter(({ file }) => !file.endsWith('requirements.ts'));

  it('names every method that is called, and no other', () => {
    const called = callers.flatMap(({ text }) =>
      [...text.matchAll(/(?:call|repeatable)\(\s*'([a-z]+\.[A-Za-z.]+)'/g)].map((match) => match[1] as string),
    );
    const byTernary = callers.flatMap(({ text }) =>
      [...text.matchAll(/'(chat\.[A-Za-z]+)'/g)].map((match) => match[1] as string),
    );
    expect(sorted([...called, ...byTernary])).toEqual(sorted(Object.keys(METHOD_SCOPES)));
  });

  it('cannot be gone around: only the gateway has a client', () => {
    const others = callers.filter(({ text }) =>
      /new [\w.]*WebClient\(|apiCall\(|\bclient\.(?:chat|conversations|views|assistant|files|users)\b/.test(text),
    );
    expect(others.map(({ file }) => file.split('/').at(-1))).toEqual(['gateway.ts']);
  });
});

const text = (most: number, least = 1) => z.string().min(least).max(most);

/** What Slack takes: nothing that it does not know, and nothing longer or more than it allows. */
const Manifest = z.strictObject({
  _metadata: z.strictObject({ major_version: z.literal(2) }),
  display_information: z.strictObject({
    name: text(35),
    description: text(140),
    long_description: text(4000, 175),
    background_color: z.string().regex(/^#[0-9a-f]{6}$/i),
  }),
  features: z.strictObject({
    app_home: z.strictObject({
      home_tab_enabled: z.boolean(),
      messages_tab_enabled: z.boolean(),
      messages_tab_read_only_enabled: z.boolean(),
    }),
    bot_user: z.strictObject({ display_name: z.string().regex(/^[a-z0-9._-]{1,80}$/), always_online: z.boolean() }),
    agent_view: z.strictObject({
      agent_description: text(300),
      suggested_prompts: z.array(z.strictObject({ title: text(75), message: text(2000) })).max(4),
    }),
    shortcuts: z
      .array(
        z.strictObject({
          name: text(24),
          type: z.enum(['message', 'global']),
          callback_id: text(255),
          description: text(150),
        }),
      )
      .max(10),
    slash_commands: z
      .array(
        z.strictObject({
          command: z.string().regex(/^\/\S{1,31}$/),
          description: text(2000),
          usage_hint: text(1000),
          should_escape: z.boolean(),
        }),
      )
      .max(50),
  }),
  oauth_config: z.strictObject({ scopes: z.strictObject({ bot: z.array(z.string()).min(1).max(255) }) }),
  settings: z.strictObject({
    event_subscriptions: z.strictObject({ bot_events: z.array(z.string()).min(1).max(100) }),
    interactivity: z.strictObject({ is_enabled: z.boolean() }),
    org_deploy_enabled: z.boolean(),
    socket_mode_enabled: z.boolean(),
    token_rotation_enabled: z.boolean(),
  }),
});

describe("Slack's limits on a manifest", () => {
  it('are kept', () => {
    expect(Manifest.safeParse(manifest).error).toBeUndefined();
  });

  it.each<[string, (broken: z.infer<typeof Manifest>) => unknown]>([
    ['a long name', ({ display_information: display }) => (display.name = 'x'.repeat(36))],
    ['a long description', ({ display_information: display }) => (display.description = 'x'.repeat(141))],
    ['too little to say of itself', ({ display_information: display }) => (display.long_description = 'x'.repeat(174))],
    ['a long description of the agent', ({ features }) => (features.agent_view.agent_description = 'x'.repeat(301))],
    ['a fifth prompt', ({ features }) => features.agent_view.suggested_prompts.push({ title: 'a', message: 'b' })],
    [
      'a command of 33 characters',
      ({ features }) => Object.assign(features.slash_commands[0] ?? {}, { command: `/${'x'.repeat(32)}` }),
    ],
    ['a field that nobody knows', ({ settings }) => Object.assign(settings, { socket_mode: true })],
    ['the old surface', ({ features }) => Object.assign(features, { assistant_view: {} })],
  ])('would be noticed: %s', (_, breakIt) => {
    const broken = structuredClone(manifest);
    breakIt(broken);
    expect(Manifest.safeParse(broken).success).toBe(false);
  });

  it('names each scope, event and command once, and events in code as Bolt knows them', () => {
    const { scopes } = manifest.oauth_config;
    for (const list of [scopes.bot, manifest.settings.event_subscriptions.bot_events])
      expect(list).toEqual(sorted(list));
    expect(registered().events.filter((name) => name.includes('.'))).toEqual([]);
    expect(manifest.oauth_config.scopes.user).toBeUndefined();
  });

  it('has the agent surface of today and no other, and no address where Socket Mode needs none', () => {
    expect(manifest.features.assistant_view).toBeUndefined();
    expect(manifest.features.agent_view).toBeDefined();
    expect(manifest.settings.socket_mode_enabled).toBe(true);
    expect(manifest.settings.event_subscriptions.request_url).toBeUndefined();
    expect(manifest.settings.interactivity.request_url).toBeUndefined();
    expect(manifest.features.slash_commands[0].url).toBeUndefined();
  });
});
