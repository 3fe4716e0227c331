import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
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

describe("Slack's limits on a manifest", () => {
  it('are kept', () => {
    const { display_information: display, features } = manifest;
    expect(manifest._metadata.major_version).toBe(2);
    expect(display.name.length).toBeLessThanOrEqual(35);
    expect(display.description.length).toBeLessThanOrEqual(140);
    expect(display.long_description.length).toBeGreaterThanOrEqual(175);
    expect(display.long_description.length).toBeLessThanOrEqual(4000);
    expect(features.bot_user.display_name).toMatch(/^[a-z0-9._-]{1,80}$/);
    expect(features.agent_view.agent_description.length).toBeLessThanOrEqual(300);
    expect(features.agent_view.suggested_prompts.length).toBeLessThanOrEqual(4);
    for (const shortcut of features.shortcuts) {
      expect(shortcut.name.length).toBeLessThanOrEqual(24);
      expect(shortcut.description.length).toBeLessThanOrEqual(150);
      expect(shortcut.callback_id.length).toBeLessThanOrEqual(255);
    }
    for (const command of features.slash_commands) {
      expect(command.command).toMatch(/^\/\S{1,31}$/);
      expect(command.description.length).toBeLessThanOrEqual(2000);
      expect(command.usage_hint.length).toBeLessThanOrEqual(1000);
    }
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
