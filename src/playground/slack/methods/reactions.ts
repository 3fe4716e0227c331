import type { Args } from '../args.ts';
import type { Context, Methods } from '../context.ts';
import { SlackFailure } from '../failure.ts';
import type { SlackMessage } from '../types.ts';
import { needMembership } from './lookup.ts';

export const reactionsMethods: Methods = {
  'reactions.add': (args, context) => {
    const { message, name } = target(args, context);
    const reaction = message.reactions.find((one) => one.name === name);
    if (reaction?.users.includes(context.state.bot.id)) throw new SlackFailure('already_reacted');
    if (reaction) reaction.users.push(context.state.bot.id);
    else message.reactions.push({ name, users: [context.state.bot.id] });
    context.state.touch(message);
    return {};
  },

  'reactions.remove': (args, context) => {
    const { message, name } = target(args, context);
    const reaction = message.reactions.find((one) => one.name === name);
    if (!reaction?.users.includes(context.state.bot.id)) throw new SlackFailure('no_reaction');
    reaction.users = reaction.users.filter((user) => user !== context.state.bot.id);
    message.reactions = message.reactions.filter((one) => one.users.length > 0);
    context.state.touch(message);
    return {};
  },
};

function target(args: Args, context: Context): { message: SlackMessage; name: string } {
  const channel = needMembership(context.state, args.need('channel'));
  const message = context.state.find(channel.id, args.need('timestamp'));
  if (!message) throw new SlackFailure('message_not_found');
  const name = args.need('name').replaceAll(':', '');
  if (!/^[\w+-]+$/.test(name)) throw new SlackFailure('invalid_name');
  return { message, name };
}
