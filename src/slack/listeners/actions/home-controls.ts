import { z } from 'zod';
import { HOME, readChoice } from '../../views/home-choice.ts';
import { showHome } from '../../views/show-home.ts';
import type { ListenerDeps } from '../deps.ts';

const HomeAction = z.object({
  user: z.object({ id: z.string(), team_id: z.string().optional() }),
  view: z.object({ private_metadata: z.string().max(3000).optional(), hash: z.string().optional() }),
  actions: z.tuple(
    [
      z.object({
        action_id: z.string(),
        action_ts: z.string().optional(),
        value: z.string().max(2000).optional(),
        selected_date: z.iso.date().nullish(),
        selected_option: z.object({ value: z.string() }).nullish(),
      }),
    ],
    z.unknown(),
  ),
});

interface ActionArgs {
  ack: () => Promise<void>;
  body: unknown;
}

/** The pickers of the home tab, its refresh, and its questions, which are answered in the conversation with SENTRY. */
export function createHomeControls(deps: ListenerDeps) {
  return ({ ack, body }: ActionArgs): Promise<void> =>
    deps.work.run(async (signal) => {
      await ack();
      const acted = HomeAction.safeParse(body).data;
      const before = readChoice(acted?.view.private_metadata);
      if (acted === undefined || before === null || deps.insight === null) return;
      const { user } = acted;
      const [action] = acted.actions;
      if (action.action_id.startsWith(HOME.ask)) {
        const question = action.value ?? '';
        const key = `home:${user.id}:${question}`;
        if (question === '' || !(await deps.claims.claim(key, deps.timing.doubleClickMs))) return;
        const asked = { channel: before.channel, user: user.id, question, hints: { team: user.team_id } };
        return deps.inbox.answer({ form: 'in_channel', ...asked }, signal);
      }
      const choice = { ...before };
      if (action.action_id === HOME.date) choice.date = action.selected_date ?? null;
      const phase = action.selected_option?.value;
      if (action.action_id === HOME.phase) choice.phase = phase === 'PRELIM' || phase === 'FINAL' ? phase : null;
      const anew = action.action_id === HOME.refresh;
      const wanted = { user: user.id, team: user.team_id, choice, hash: acted.view.hash ?? null, anew };
      await showHome(deps, deps.insight, wanted, signal);
    });
}
