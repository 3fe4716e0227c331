import { describe, expect, it } from 'vitest';
import { createEssentialNames } from '../../src/batch/essential-names.ts';
import { asksSomething, isClosing } from '../../src/slack/asks-something.ts';

const names = createEssentialNames();

const ASKS = [
  'what about final?',
  'what about final',
  'and the EMEA slices of intercompany?',
  'and the EMEA slices of intercompany',
  'and SNU?',
  'and SNU',
  'snu strategic',
  'final',
  'prelim yesterday',
  'and for 2026-02-13',
  'EMEA only',
  'same for collateral',
  'how about collateral',
  'which task failed',
  'Which task failed in EMEA_DERIV_CFG?',
  'why did it fail',
  'why',
  'when did it start',
  'where is it stuck',
  'who owns this dataset',
  'how long does it usually take',
  'how many slices failed',
  'is it done yet',
  'is it still running?',
  'are there any failures left',
  'did it recover',
  'has this failed before',
  'can you show me the tasks',
  'could you check collateral too',
  'does prelim look ok',
  'any failures in securities',
  'show me the tasks',
  'list failed slices',
  'status',
  'status please',
  'please check collateral',
  'ok, and final?',
  'thanks! and what about SNU?',
  'thanks, which step is it at now',
  'cool. show the history',
  'hmm, what changed since yesterday',
  'task details',
  'eta?',
  'failed tasks',
  'slsline_calculator_e15',
  '2026-02-13',
  'feb 13',
  'now?',
  'really?',
  'so what happened to EMEA',
  'it failed again, why?',
  "what's the status of cfg",
  'root cause',
  'rca for snu',
  'whats blocking it',
  'will it make 7am',
  'will we miss the deadline',
  'will snu make it',
  'blast radius',
  'critical path',
  'slowest slice',
  'anything else affected',
  'whos waiting',
  'did the retry fix it',
];

const SILENT = [
  'root cause found, it was the disk',
  'the retry worked',
  'we will miss the deadline',
  'impact is low',
  'will rerun it in a minute',
  '',
  '   ',
  '👍',
  ':+1:',
  ':eyes: :thumbsup:',
  'ok',
  'OK!',
  'ok thanks',
  'thanks',
  'Thank you so much!',
  'thanks, rerunning now',
  'thx, will do',
  'got it',
  'on it',
  'looking',
  'looking into it',
  'rerunning now',
  'rerunning derivatives prelim now',
  'restarted the DAG',
  'fixed, was a bad config',
  'done',
  'all good now',
  'nice',
  'great job',
  'lgtm',
  '+1',
  "I'll restart it",
  'I restarted EMEA, should be green in 10 min',
  'we are waiting for the upstream team',
  'this is the third time this week',
  'that fixed it',
  "it's green again",
  'prelim failed again',
  'EMEA failed again',
  'derivatives is late',
  'will keep an eye on it',
  'going to bed, good night',
  'see https://wiki.example/x?page=1',
  'https://airflow.example/dags?run=1&state=failed',
  'what a night',
  'what a mess',
  'how annoying',
  'when it is done I will ping you',
  'raised INC123456 for the host',
  'fyi the network team is on it',
  'status is green again',
  'progress looks good',
  'never mind',
  'let me check with the desk',
  '> which task failed?\nthat one was the host',
  'will rerun',
  'no idea',
  'sounds good, see you tomorrow',
  'thanks?',
  '...',
  '!!!',
  '\u0000\u0007',
];

describe('a reply that asks something', () => {
  it.each(ASKS)('%j', (text) => {
    expect(asksSomething(text, names)).toBe(true);
  });
});

describe('a reply that asks nothing', () => {
  it.each(SILENT)('%j', (text) => {
    expect(asksSomething(text, names)).toBe(false);
  });
});

describe('what ends an exchange', () => {
  it.each(['thanks', 'ok', 'thank you so much!', '👍', 'on it'])('%j does', (text) => {
    expect(isClosing(text)).toBe(true);
  });
  it.each(['status', 'derivatives', 'thanks, and SNU?', 'what failed'])('%j does not', (text) => {
    expect(isClosing(text)).toBe(false);
  });
});
