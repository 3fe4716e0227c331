import type { UnitStatus } from '../batch/state.ts';

/** How a status looks. Never told by colour alone: each has a mark of its own, and the legend its word. */
export interface StatusStyle {
  colour: string;
  mark: string;
  word: string;
}

/** Colours that people with any kind of colour blindness tell apart, with white text readable on them. */
export const STATUS_STYLES: Readonly<Record<UnitStatus | 'STUCK', StatusStyle>> = {
  SUCCESS: { colour: '#1b7f5c', mark: '✓', word: 'succeeded' },
  FAILED: { colour: '#c2281d', mark: '✗', word: 'failed' },
  STUCK: { colour: '#a34a00', mark: '!', word: 'stuck' },
  CANCELLED: { colour: '#6b4c9a', mark: 'C', word: 'cancelled' },
  RUNNING: { colour: '#1463b0', mark: '▶', word: 'running' },
  QUEUED: { colour: '#7a6a00', mark: 'Q', word: 'queued' },
  UNKNOWN: { colour: '#3d3d3d', mark: '?', word: 'unknown' },
  WAITING: { colour: '#6f7680', mark: '…', word: 'waiting' },
  NOT_STARTED: { colour: '#6f7680', mark: '–', word: 'not started' },
};

export type Look = keyof typeof STATUS_STYLES;
