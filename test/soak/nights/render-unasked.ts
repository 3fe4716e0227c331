import { inquireOutlook, type NightOutlook } from '../../../src/batch/inquiry/outlook.ts';
import { composeDigest, toldBy } from '../../../src/digest/compose-digest.ts';
import { type Condition, conditionOf } from '../../../src/digest/watch/condition.ts';
import { type Incident, incidentId } from '../../../src/digest/watch/incident.ts';
import { cardOf } from '../../../src/digest/watch/incident-book.ts';
import { nextStep } from '../../../src/digest/watch/next-step.ts';
import { digestPreview, digestView } from '../../../src/slack/blocks/digest.ts';
import { incidentReplyView, incidentView } from '../../../src/slack/blocks/incident.ts';
import { nightHome } from '../../../src/slack/views/home-tab.ts';
import { promptsFor } from '../../../src/slack/views/night-prompts.ts';
import { problemsOfMessage, problemsOfView } from '../checks/check-view.ts';
import type { OpenNight } from './open-night.ts';
import { type Rendered, rendered } from './rendered.ts';

const PHASES = [null, 'PRELIM', 'FINAL'] as const;
const CHANNEL = 'C0BATCHSUP';

/** What nobody asked for: the digests of a night, its incidents as they go on, and the home tab. */
export async function renderUnasked({ desk, night, names }: OpenNight): Promise<Rendered[]> {
  const shown: Rendered[] = [];
  for (const phase of PHASES) {
    const found = await inquireOutlook(desk, { date: null, phase });
    if (found.kind !== 'outlook') continue;
    shown.push(...digestsOf(found, night), ...homeOf(found, { night, names }, phase));
  }
  const followed = new Set(Object.keys(night.definitions));
  const found = await inquireOutlook(desk, { date: null, phase: null, follow: followed });
  if (found.kind !== 'outlook') return shown;
  const reading = { zone: night.zone, adviceFor: desk.adviceFor, now: night.now };
  const conditions = found.night.entries.map((entry) => conditionOf(entry, found.prospectOf(entry), reading));
  return [...shown, ...conditions.flatMap(incidentsOf)];
}

function digestsOf(outlook: NightOutlook, { zone, now }: OpenNight['night']): Rendered[] {
  const about = { zone, now, essentials: null, adviceFor: () => ({ owner: null, runbook: null }) };
  const first = composeDigest(outlook, { ...about, told: null });
  const second = composeDigest(outlook, { ...about, told: toldBy(outlook, null) });
  const views = [
    digestView({ digest: first, late: false, due: now, postedAt: now, zone }),
    digestView({ digest: second, late: true, due: now, postedAt: now + 3_600_000, zone }),
    digestPreview(first),
  ];
  return views.map((view) => rendered('digest', first.title, view, problemsOfMessage(view)));
}

function homeOf(
  outlook: NightOutlook,
  { night, names }: Pick<OpenNight, 'night' | 'names'>,
  phase: (typeof PHASES)[number],
): Rendered[] {
  const choice = { date: null, phase, channel: 'D1' };
  const content = { choice, names, zone: night.zone, asOf: night.now, subscribed: [] };
  const home = nightHome(content, outlook.night);
  const prompts = promptsFor(outlook.night, names);
  const long = prompts.filter(({ title, message }) => title === '' || title.length > 200 || message.length > 300);
  return [
    rendered('home tab', 'home', home, [...problemsOfView(home), ...long.map(({ title }) => `prompt: ${title}`)]),
  ];
}

/** An incident from its first message over news to its end. */
function incidentsOf(condition: Condition): Rendered[] {
  const opened = nextStep(null, condition);
  const cards = (['open', 'mended', 'over', 'left'] as const).flatMap((stage) =>
    [null, 'U0ALICE001'].map((mutedBy) =>
      cardOf(incidentId({ ...condition, channel: CHANNEL }), condition, stage, mutedBy),
    ),
  );
  const roots = cards.map((card) => {
    const view = incidentView(card);
    return rendered('incident', condition.essential, view, problemsOfMessage(view, card.mutedBy));
  });
  // Whoever heard of nothing yet hears of everything.
  const untold = nextStep(incidentBefore(condition), condition);
  const lines = untold.do === 'follow' && untold.lines !== null ? untold.lines : [];
  if (opened.do === 'nothing' || lines.length === 0) return roots;
  const reply = incidentReplyView(lines);
  return [...roots, rendered('incident reply', condition.essential, reply, problemsOfMessage(reply))];
}

function incidentBefore({ essential, businessDate, phase }: Condition): Incident {
  return {
    ...{ channel: CHANNEL, essential, businessDate, phase, rootTs: '1.1', stage: 'open', told: [], replies: 0 },
    ...{ shown: '', mutedBy: null, openedAt: 0 },
  };
}
