import { afterEach, describe, expect, it } from 'vitest';
import type { DrawPicture } from '../../src/slack/pictures.ts';
import { createFakeAsk } from './fake-ask.ts';
import { ALICE, BOT, callsOf, type Desk, repliesOf, SUPPORT, shown, startDesk } from './harness.ts';

let desk: Desk;
afterEach(() => desk.stop());

const PNG = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 1, 2, 3]);
const picture = { png: PNG, alt: 'Step 3 of 6 took 84 min', title: 'TB-Derivatives PRELIM' };

const open = async (draw: DrawPicture) => {
  desk = await startDesk('socket', createFakeAsk(), { app: { picture: draw } });
};

async function ask(threadTs?: string): Promise<string> {
  const asked = desk.slack.postAs(ALICE, SUPPORT, '@sentry why is derivatives late?', threadTs ? { threadTs } : {});
  await desk.settled();
  return threadTs ?? asked.ts;
}

const filesIn = (root: string) =>
  repliesOf(desk.slack, SUPPORT, root).flatMap((message) =>
    (message.files ?? []).map((id) => desk.slack.state.files.get(id)),
  );

describe('the picture of an answer', () => {
  it('comes into the thread after the answer, with words for who does not see it', async () => {
    await open(async () => picture);
    const root = await ask();
    const [answer, drawn] = repliesOf(desk.slack, SUPPORT, root);
    expect(shown(answer)).toContain('PARTIAL_FAILURE');
    expect(drawn?.user).toBe(BOT);
    expect(filesIn(root)).toMatchObject([{ alt_text: picture.alt, title: picture.title, mimetype: 'image/png' }]);
    expect(new Uint8Array(filesIn(root)[0]?.content ?? [])).toEqual(PNG);
  });

  it('is never waited for by the answer', async () => {
    const drawn = Promise.withResolvers<typeof picture>();
    await open(() => drawn.promise);
    const asked = desk.slack.postAs(ALICE, SUPPORT, '@sentry why is derivatives late?');
    const answer = await desk.slack.waitForMessage(
      (message) => message.thread_ts === asked.ts && message.metadata?.event_type === 'sentry_answer',
    );
    expect(shown(answer)).toContain('PARTIAL_FAILURE');
    drawn.resolve(picture);
    await desk.settled();
    expect(filesIn(asked.ts)).toHaveLength(1);
  });

  it('is not shown twice in a thread, but again once it says something else', async () => {
    let alt = picture.alt;
    await open(async () => ({ ...picture, alt }));
    const root = await ask();
    await ask(root);
    expect(filesIn(root)).toHaveLength(1);
    alt = 'Step 4 of 6 took 12 min';
    await ask(root);
    expect(filesIn(root)).toHaveLength(2);
  });

  it.each([
    ['cannot be drawn', async () => Promise.reject(new Error('no font')), null],
    ['is refused before it is sent', async () => picture, 'files.getUploadURLExternal'],
    ['is refused at the end', async () => picture, 'files.completeUploadExternal'],
  ])('costs no answer when it %s', async (_why, draw, method) => {
    await open(draw);
    if (method) desk.slack.faults.fail(method, 'missing_scope');
    const root = await ask();
    expect(repliesOf(desk.slack, SUPPORT, root).map(shown)).toEqual([expect.stringContaining('PARTIAL_FAILURE')]);
    expect(desk.lines.filter((line) => line.level === 'error')).toEqual([]);
  });

  it('is posted once when Slack fails after it is there', async () => {
    await open(async () => picture);
    desk.slack.faults.failAfterEffect('files.completeUploadExternal');
    const root = await ask();
    expect(filesIn(root)).toHaveLength(1);
  });

  it('does not come with an answer that only the asker sees', async () => {
    await open(async () => picture);
    desk.slack.faults.fail('chat.startStream', 'not_in_channel');
    desk.slack.faults.fail('chat.postMessage', 'not_in_channel');
    await ask();
    expect(desk.slack.state.ephemerals.map(shown).join()).toContain('PARTIAL_FAILURE');
    expect(callsOf(desk.slack, 'files.getUploadURLExternal')).toEqual([]);
  });
});
