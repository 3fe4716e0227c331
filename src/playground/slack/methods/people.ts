import type { Methods } from '../context.ts';
import { SlackFailure } from '../failure.ts';
import { wireUser } from '../wire-forms.ts';
import { page } from './lookup.ts';

export const peopleMethods: Methods = {
  'auth.test': (_args, { state, url }) => ({
    url: `${url()}/`,
    team: state.team.name,
    team_id: state.team.id,
    user: state.bot.name,
    user_id: state.bot.id,
    bot_id: state.bot.botId,
    is_enterprise_install: false,
  }),

  'team.info': (_args, { state }) => ({ team: { ...state.team, email_domain: '', icon: {} } }),

  'users.info': (args, { state }) => {
    const user = state.users.get(args.need('user'));
    if (!user) throw new SlackFailure('user_not_found');
    return { user: wireUser(state, user) };
  },

  'usergroups.users.list': (args, { state }) => {
    const group = state.userGroups.find(({ id }) => id === args.need('usergroup'));
    if (!group) throw new SlackFailure('no_such_subteam');
    return { users: group.users };
  },

  'users.list': (args, { state }) => {
    const { items, cursor } = page([...state.users.values()], args, 200);
    return {
      members: items.map((user) => wireUser(state, user)),
      cache_ts: Math.floor(state.now() / 1000),
      response_metadata: { next_cursor: cursor },
    };
  },

  'bots.info': (args, { state }) => {
    const id = args.text('bot') ?? state.bot.botId;
    const user = [...state.users.values()].find((one) => one.botId === id);
    if (!user) throw new SlackFailure('bot_not_found');
    return {
      bot: {
        id: user.botId,
        deleted: false,
        name: user.realName,
        updated: 0,
        app_id: user.appId,
        user_id: user.id,
        icons: {},
      },
    };
  },

  'apps.connections.open': (_args, { newSocketTicket, url }) => {
    if (!newSocketTicket) throw new SlackFailure('not_allowed');
    return { url: url().replace(/^http/, 'ws') + newSocketTicket() };
  },
};
