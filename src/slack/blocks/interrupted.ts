import { context, questionButtons, section } from './pieces/elements.ts';
import type { View } from './view.ts';

const WHY = 'Took longer: SENTRY was restarted while it worked on this.';

/** An answer that another process had begun. */
export function interrupted(view: View): View {
  return { text: view.text, blocks: [...view.blocks.slice(0, 49), context(`🔁 ${WHY}`)] };
}

/** A question that nobody was there to answer for too long: what is true by now is only looked up for who still wants it. */
export function overdueView(question: string): View {
  const said = 'SENTRY was down while it worked on this, and came back too late to answer unasked. Sorry.';
  return {
    text: `⏱️ ${said}`,
    blocks: [section(`⏱️ *Not answered.* ${said}`), ...questionButtons([{ label: 'Ask again', question }], 'ask-again')],
  };
}

/** A question that was let in, and would not be any more when it was taken up again. */
export function closedMeanwhileView(): View {
  const said = 'SENTRY was restarted while it worked on this, and the question is not open here any more.';
  return { text: `🔒 ${said}`, blocks: [section(`🔒 *Not answered.* ${said}`)] };
}
