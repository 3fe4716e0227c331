import type { TitleComponentOption } from 'echarts';
import type { Caption } from '../chart.ts';
import { wrapped } from '../fitting.ts';
import { FAINT_INK, FONT, INK, MARGIN, WIDTH } from './look.ts';

const TITLE_SIZE = 29;
const SUBTITLE_SIZE = 22;
const FOOTNOTE_SIZE = 19;

/** What stands above and below a picture, and how much room it takes. */
export interface Frame {
  titles: TitleComponentOption[];
  top: number;
  bottom: number;
}

export function frame({ title, subtitle, footnote }: Caption): Frame {
  const room = WIDTH - 2 * MARGIN;
  // Lines break between the subject and what is said of it, or between two things said.
  const heading = wrapped(title.replace(/(?<![:,]) /g, '\u00a0'), TITLE_SIZE * 1.12, room, 3);
  // Facts stay whole: a line ends before the dot between two of them.
  const facts = subtitle.replaceAll(' ', '\u00a0').replaceAll('\u00a0·\u00a0', '\u00a0· ');
  const below = wrapped(facts, SUBTITLE_SIZE, room, 2);
  const foot = wrapped(footnote, FOOTNOTE_SIZE, room, 2);
  const style = { fontFamily: FONT, overflow: 'none' } as const;
  const headingHeight = heading.length * TITLE_SIZE * 1.25;
  const footHeight = foot.length * FOOTNOTE_SIZE * 1.3;
  return {
    titles: [
      {
        left: MARGIN,
        top: 14,
        padding: 0,
        text: heading.join('\n'),
        textStyle: { ...style, color: INK, fontSize: TITLE_SIZE, fontWeight: 'bold', lineHeight: TITLE_SIZE * 1.25 },
      },
      {
        left: MARGIN,
        top: 14 + headingHeight + 6,
        padding: 0,
        text: below.join('\n'),
        textStyle: {
          ...style,
          color: INK,
          fontSize: SUBTITLE_SIZE,
          fontWeight: 'normal',
          lineHeight: SUBTITLE_SIZE * 1.3,
        },
      },
      {
        left: MARGIN,
        bottom: 12,
        padding: 0,
        text: foot.join('\n'),
        textStyle: {
          ...style,
          color: FAINT_INK,
          fontSize: FOOTNOTE_SIZE,
          fontWeight: 'normal',
          lineHeight: FOOTNOTE_SIZE * 1.3,
        },
      },
    ],
    top: 14 + headingHeight + 6 + below.length * SUBTITLE_SIZE * 1.3 + 14,
    bottom: 12 + footHeight + 10,
  };
}
