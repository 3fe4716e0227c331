import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createEssentialNames } from '../../src/batch/essential-names.ts';
import type { StoredMessage } from '../../src/slack/gateway.ts';
import { answerMetadata, readThread } from '../../src/slack/thread-context.ts';
import { contextOfTalk } from '../../src/slack/thread-talk.ts';

const names = createEssentialNames({});
const zone = 'America/New_York';
const self = { userId: 'U0SENTRY', botId: 'B0SENTRY', teamId: 'T1', enterpriseId: null, name: 'sentry' };
/** Saturday 21 November 2026, 03:00 in New York. */
const TS = Date.parse('2026-11-21T08:00:00Z') / 1000;

const NOTHING_SETTLED = {
  essential: null,
  businessDate: null,
  phase: null,
  datasetId: null,
  slices: [],
  runs: [],
  kind: 'status',
};

let next = 0;
const said = (text: string, more: Partial<StoredMessage> = {}): StoredMessage => {
  next += 1;
  return { ts: `${TS + next}.000100`, user: 'U0BOB', text, ...more };
};
const alert = (text: string) => said('', { user: undefined, bot_id: 'B9', attachments: [{ text }] } as object);
const of = (...messages: StoredMessage[]) => contextOfTalk(messages, { names, zone, ownUserId: self.userId });

describe('what a thread speaks of', () => {
  it('is the batch of the alert, with its date and phase', () => {
    expect(of(alert('TB-Derivatives PRELIM failed, COB 2026-11-19'), said('looking'))).toMatchObject({
      essential: 'TB-Derivatives',
      businessDate: '2026-11-19',
      phase: 'PRELIM',
      fromTalk: true,
    });
  });

  it('is what was named last', () => {
    expect(of(said('derivatives is late'), said('no, it is collateral now'))?.essential).toBe('TB-Collateral');
  });

  it('is nothing where whoever spoke last named several, and no older mention instead', () => {
    expect(of(said('derivatives is late'), said('securities and collateral as well'))).toBeNull();
  });

  it('reads "yesterday" by the day it was written', () => {
    const old = said('derivatives failed on thursday', { ts: `${TS - 7 * 86_400}.000100` });
    expect(of(old)?.businessDate).toBe('2026-11-12');
  });

  it('has a date or phase from elsewhere only where nobody speaks of another', () => {
    expect(of(said('COB 2026-11-18'), said('derivatives?'))?.businessDate).toBe('2026-11-18');
    expect(of(said('COB 2026-11-18'), said('or COB 2026-11-17'), said('derivatives?'))?.businessDate).toBeNull();
  });

  it('is a dataset where an alert names no batch', () => {
    expect(of(alert('dataset: com.jpmc.ct.lri.snu-product_mapping_v2 is red'))).toMatchObject({
      essential: null,
      datasetId: 'com.jpmc.ct.lri.snu-product_mapping_v2',
    });
  });

  it('yields to what SENTRY itself has settled there', () => {
    const context = { ...NOTHING_SETTLED, essential: 'SNU' };
    const answer = { ts: `${TS}.5`, bot_id: self.botId, text: 'x', metadata: answerMetadata('r', context, false) };
    const messages = [said('derivatives is late'), answer, said('and securities')];
    expect(readThread(messages, String(messages[0]?.ts), self, { talk: { names, zone } }).context?.essential).toBe(
      'SNU',
    );
  });

  it('is left alone where nobody asked to read it', () => {
    expect(readThread([said('derivatives is late')], '1', self).context).toBeNull();
  });

  it('is found in any text without a failure, and only by its names', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 300 }), { maxLength: 8 }), (texts) => {
        const context = of(...texts.map((text) => said(text)));
        if (context?.essential) expect(names.all).toContain(context.essential);
      }),
      { numRuns: 200 },
    );
  });
});
