import type { ActionsBlock } from '@slack/types';
import type { EssentialStatus } from '../../batch/state.ts';
import type { IncidentCard } from '../../digest/watch/incident.ts';
import { Keep, type Part, withinBudget } from './pieces/budget.ts';
import { context, questionButtons, section } from './pieces/elements.ts';
import { inline, withoutMarks } from './pieces/markdown.ts';
import { symbolOf, wordOf } from './pieces/status-mark.ts';
import { plain, words } from './pieces/text.ts';
import type { View } from './view.ts';

export const MUTE_ACTION = 'sentry_mute';

const STAGES: Record<IncidentCard['stage'], string> = {
  open: 'Watched: this message stays current, news comes into its thread.',
  mended: 'Mended, and still going on. News comes into the thread.',
  over: 'Over: it is complete.',
  left: 'No longer followed.',
};

/** These say enough; of the rest one has to be told why they are worth a message. */
const BAD: ReadonlySet<string> = new Set(['FAILED', 'PARTIAL_FAILURE', 'SUCCESS']);

/** The root of an incident's thread, as it stands now. Pure. */
export function incidentView(card: IncidentCard): View {
  const status = card.status as EssentialStatus;
  const name = `${card.essential} ${card.phase} for ${card.businessDate}`;
  const symbol = symbolOf(status, card.stuck);
  const word = `${wordOf(status, card.stuck)}${card.late && !BAD.has(status) ? ', late' : ''}`;
  const text = plain(`${symbol} ${word}: ${name}, ${withoutMarks(card.headline)}`, 1500);
  const parts: Part[] = [
    {
      keep: Keep.verdict,
      what: ['verdict', 'verdicts'],
      blocks: [section(`${symbol} *${word} · ${words(name, 200)}*`, inline(card.headline, 600))],
    },
    ...listPart(card.troubles, Keep.failure, ['trouble', 'troubles']),
    ...listPart(
      card.causes.map((cause) => `Cause: ${cause}`),
      Keep.failure,
      ['cause', 'causes'],
    ),
    ...listPart(
      (card.was ?? []).map((was) => `It was: ${was}`),
      Keep.failure,
      ['cause', 'causes'],
    ),
    { keep: Keep.suggestion, what: ['row of buttons', 'rows of buttons'], blocks: buttons(card) },
    { keep: Keep.verdict, what: ['footer', 'footers'], blocks: [context(STAGES[card.stage], mutedLine(card))] },
  ];
  return { text, blocks: withinBudget(parts) };
}

/** One piece of news in the thread. */
export function incidentReplyView(lines: readonly string[]): View {
  const shown = lines.map((line) => inline(line, 600));
  return {
    text: plain(lines.map(withoutMarks).join(' '), 1500).trim() || 'News of an incident.',
    blocks: [section(...shown)],
  };
}

function listPart(texts: readonly string[], keep: Part['keep'], what: Part['what']): Part[] {
  if (texts.length === 0) return [];
  return [{ keep, what, count: texts.length, blocks: [section(...texts.map((text) => `• ${inline(text, 500)}`))] }];
}

function buttons({ id, essential, phase, businessDate, stage, mutedBy }: IncidentCard): ActionsBlock[] {
  const [is, done] = stage === 'over' ? ['did', 'fail'] : ['is', 'not done'];
  const question = `why ${is} ${essential} ${phase.toLowerCase()} ${done} for ${businessDate}?`;
  const why = questionButtons([{ label: 'Why?', question }], 'sentry_incident');
  if (stage === 'over' || stage === 'left') return why;
  return why.map((block) => ({
    ...block,
    elements: [
      ...block.elements,
      {
        type: 'button',
        action_id: MUTE_ACTION,
        text: { type: 'plain_text', text: mutedBy === null ? 'Mute' : 'Unmute', emoji: true },
        value: id,
      },
    ],
  }));
}

function mutedLine({ mutedBy }: IncidentCard): string {
  if (mutedBy === null) return '';
  const who = /^[UW][A-Z0-9]{2,}$/.test(mutedBy) ? `<@${mutedBy}>` : 'somebody';
  return `🔕 Muted by ${who}: nothing further comes into this thread.`;
}
