import type { App } from '@slack/bolt';

const plain = (text: string) => ({ type: 'plain_text' as const, text });
const mrkdwn = (text: string) => ({ type: 'mrkdwn' as const, text });
const raw = (text: string) => ({ type: 'raw_text' as const, text });

/** Blocks of every kind that answers use. */
export function sampleBlocks(question: string) {
  return [
    { type: 'header' as const, text: plain('🔴 TB-Derivatives prelim: partial failure') },
    {
      type: 'section' as const,
      text: mrkdwn(`*1 of 26 slices failed*, the rest is done. You asked: _${question}_ (<@U0ALICE001>)`),
    },
    {
      type: 'section' as const,
      fields: [
        mrkdwn('*Business date*\n2026-02-13'),
        mrkdwn('*Phase*\nPRELIM'),
        mrkdwn('*Step*\n4 of 6'),
        mrkdwn('*Slices*\n25 / 26'),
      ],
    },
    {
      type: 'table' as const,
      column_settings: [{ align: 'right' as const }, { is_wrapped: true }, {}, { align: 'right' as const }],
      rows: [
        [raw('Step'), raw('Dataset'), raw('Status'), raw('Slices')],
        [raw('1'), raw('derivatives-trade_enrichment'), raw('✅ done'), raw('8 / 8')],
        [raw('2'), raw('derivatives-slsline_calculator_e15'), raw('❌ failed'), raw('11 / 12')],
        [raw('3'), raw('derivatives-netting'), raw('⏳ waiting'), raw('0 / 6')],
      ],
    },
    { type: 'divider' as const },
    {
      type: 'markdown' as const,
      text: '**What failed**\n\n- `DERIV-EMEA-SLICE-2`, attempt 2, at **16:37 UTC** for 26 min\n- first task that failed: `enrich_positions`\n\n> Input was complete; the task itself gave up.',
    },
    {
      type: 'rich_text' as const,
      elements: [
        {
          type: 'rich_text_section' as const,
          elements: [{ type: 'text' as const, text: 'Detail as the database has it:' }],
        },
        {
          type: 'rich_text_preformatted' as const,
          elements: [{ type: 'text' as const, text: 'FGW_slsline_calculator_e15_V2 <b>FAILED</b>' }],
        },
      ],
    },
    {
      type: 'actions' as const,
      elements: [
        {
          type: 'button' as const,
          text: plain('Show the tasks'),
          action_id: 'ask_1',
          value: 'tasks',
          style: 'primary' as const,
        },
        { type: 'button' as const, text: plain('What about final?'), action_id: 'ask_2', value: 'final' },
        { type: 'button' as const, text: plain('Last 10 nights'), action_id: 'ask_3', value: 'history' },
      ],
    },
    { type: 'context' as const, elements: [mrkdwn('Times in UTC · reference `q-7f3a` · 2 queries, 180 ms')] },
    {
      type: 'context_actions' as const,
      elements: [
        {
          type: 'feedback_buttons' as const,
          action_id: 'feedback',
          positive_button: { text: plain('Helpful'), value: 'up' },
          negative_button: { text: plain('Not helpful'), value: 'down' },
        },
      ],
    },
  ];
}

/** A small app that says back what it heard, in blocks. `release` lets it go on after its status is set. */
export function echoApp(app: App, release: Promise<void> = Promise.resolve()): void {
  const answer = async (channel: string, threadTs: string, question: string) => {
    await app.client.assistant.threads.setStatus({
      channel_id: channel,
      thread_ts: threadTs,
      status: 'is reading the runs of 2026-02-13…',
    });
    await release;
    await app.client.chat.postMessage({
      channel,
      thread_ts: threadTs,
      text: `echo: ${question}`,
      blocks: sampleBlocks(question),
    });
  };
  app.command('/sentry', async ({ ack, command, client, respond }) => {
    await ack();
    try {
      const root = await client.chat.postMessage({
        channel: command.channel_id,
        text: `<@${command.user_id}> asked: ${command.text}`,
      });
      await answer(command.channel_id, root.ts ?? '', command.text);
    } catch {
      await respond({ text: 'I may not post here. Invite me with `/invite @sentry`.' });
    }
  });
  app.event('app_mention', async ({ event }) =>
    answer(event.channel, event.thread_ts ?? event.ts, event.text.replace(/<@\w+>/, '').trim()),
  );
  app.message(async ({ message }) => {
    if (message.channel_type !== 'im' || message.subtype !== undefined) return;
    await answer(message.channel, message.thread_ts ?? message.ts, message.text ?? '');
  });
  app.action(/^ask_/, async ({ ack, body, action, client }) => {
    await ack();
    const { channel, message } = body as unknown as {
      channel: { id: string };
      message: { thread_ts?: string; ts: string };
    };
    const { value } = action as { value: string };
    await client.chat.postMessage({
      channel: channel.id,
      thread_ts: message.thread_ts ?? message.ts,
      text: `you pressed ${value}`,
    });
  });
  app.action('feedback', async ({ ack }) => ack());
}
