import { checkView } from '../blocks-validation.ts';
import type { Context, Methods } from '../context.ts';
import { SlackFailure } from '../failure.ts';
import { newId } from '../ids.ts';
import type { Json, SlackView } from '../types.ts';

export const viewsMethods: Methods = {
  'views.open': (args, context) => {
    const user = context.interactions.takeTrigger(args.need('trigger_id'));
    return show(context, newView(context, user, needModal(args.json('view')), null));
  },

  'views.push': (args, context) => {
    const user = context.interactions.takeTrigger(args.need('trigger_id'));
    const top = [...context.state.views.values()].findLast((one) => one.user === user);
    return show(context, newView(context, user, needModal(args.json('view')), top ?? null));
  },

  'views.update': (args, context) => {
    const id = args.text('view_id');
    const external = args.text('external_id');
    const known = [...context.state.views.values()].find(
      (one) => one.id === id || (external && one.view.external_id === external),
    );
    if (!known) throw new SlackFailure('not_found');
    if (args.has('hash') && args.text('hash') !== known.hash) throw new SlackFailure('hash_conflict');
    known.view = checkView(args.json('view'));
    known.hash = newHash(context);
    return show(context, known);
  },

  'views.publish': (args, context) => {
    const user = args.need('user_id');
    if (!context.state.users.has(user)) throw new SlackFailure('user_not_found');
    const view = checkView(args.json('view'));
    if (view.type !== 'home') throw new SlackFailure('invalid_arguments');
    const known = context.state.homes.get(user);
    if (args.has('hash') && known && args.text('hash') !== known.hash) throw new SlackFailure('hash_conflict');
    const id = known?.id ?? newId('V');
    const home: SlackView = { id, hash: newHash(context), type: 'home', user, view, rootId: id, previousId: null };
    context.state.homes.set(user, home);
    context.state.changes.emit('change', { type: 'home', user, view: home });
    return { view: wireView(context, home) };
  },
};

function needModal(value: unknown): Json {
  const view = checkView(value);
  if (view.type !== 'modal') throw new SlackFailure('invalid_arguments');
  return view;
}

export function newView(context: Context, user: string, view: Json, previous: SlackView | null): SlackView {
  const id = newId('V');
  return {
    id,
    hash: newHash(context),
    type: 'modal',
    user,
    view,
    rootId: previous?.rootId ?? id,
    previousId: previous?.id ?? null,
  };
}

function show(context: Context, view: SlackView): Json {
  context.state.views.set(view.id, view);
  context.state.changes.emit('change', { type: 'view', user: view.user, view });
  return { view: wireView(context, view) };
}

/** A view as payloads and answers show it. `values` is what the person entered. */
export function wireView(context: { state: Context['state'] }, view: SlackView, values: Json = {}): Json {
  const { state } = context;
  return {
    ...view.view,
    id: view.id,
    team_id: state.team.id,
    hash: view.hash,
    state: { values },
    private_metadata: view.view.private_metadata ?? '',
    callback_id: view.view.callback_id ?? '',
    external_id: view.view.external_id ?? '',
    root_view_id: view.rootId,
    previous_view_id: view.previousId,
    app_id: state.app.id,
    app_installed_team_id: state.team.id,
    bot_id: state.bot.botId,
  };
}

function newHash(context: { state: Context['state'] }): string {
  return `${Math.floor(context.state.now() / 1000)}.${newId('', 8)}`;
}
