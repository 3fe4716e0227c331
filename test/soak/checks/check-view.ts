import type { HomeView, ModalView } from '@slack/types';
import { checkMessageBlocks, checkView } from '../../../src/playground/slack/blocks-validation.ts';
import type { Json } from '../../../src/playground/slack/types.ts';
import type { View } from '../../../src/slack/blocks/view.ts';
import { harmProblems, textHarm } from './harmless.ts';
import { idProblems, limitProblems, messageProblems } from './limits.ts';

/** Everything that is wrong with a message: by the fake Slack, by Slack's limits read a second time, by who gets to see it. */
export function problemsOfMessage(view: View, allowed: string | null = null): string[] {
  return [
    ...refusedBy(() => checkMessageBlocks(view.blocks as unknown as Json[])),
    ...messageProblems(view),
    ...limitProblems(view.blocks),
    ...harmProblems(view.blocks, allowed),
    ...textHarm(view.text, allowed),
    ...notPlainData(view),
  ];
}

/** The same of a modal or a home tab. */
export function problemsOfView(view: ModalView | HomeView): string[] {
  return [
    ...refusedBy(() => checkView(view)),
    ...limitProblems(view),
    ...idProblems(view.blocks),
    ...harmProblems(view),
    ...notPlainData(view),
  ];
}

function refusedBy(check: () => unknown): string[] {
  try {
    check();
    return [];
  } catch (error) {
    const { errors } = (error as { extra?: { errors?: string[] } }).extra ?? {};
    return [`the fake Slack refuses it: ${(errors ?? [String(error)]).join('; ')}`];
  }
}

/** What JSON would leave out or change does not arrive at Slack as it was meant. */
function notPlainData(view: object): string[] {
  const odd: string[] = [];
  JSON.stringify(view, (key, value: unknown) => {
    if (typeof value === 'number' && !Number.isFinite(value)) odd.push(`${key}: ${value}`);
    if (typeof value === 'string' && /\b(undefined|NaN|\[object Object\])\b|Invalid (Date|DateTime)/.test(value))
      odd.push(`${key}: ${value.slice(0, 160)}`);
    return value;
  });
  return odd;
}
