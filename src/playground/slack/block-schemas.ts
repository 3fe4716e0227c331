import { z } from 'zod';

const text = (most: number) => z.string().min(1).max(most);
const plain = (most: number) =>
  z.strictObject({ type: z.literal('plain_text'), text: text(most), emoji: z.boolean().optional() });
const mrkdwn = (most: number) =>
  z.strictObject({ type: z.literal('mrkdwn'), text: text(most), verbatim: z.boolean().optional() });
const either = (most: number) => z.discriminatedUnion('type', [plain(most), mrkdwn(most)]);
const actionId = { action_id: text(255).optional() };
const blockId = { block_id: text(255).optional() };
const url = z.url().max(3000);

const confirm = z.strictObject({
  title: plain(100).optional(),
  text: either(300),
  confirm: plain(30).optional(),
  deny: plain(30).optional(),
  style: z.enum(['primary', 'danger']).optional(),
});

const image = z
  .strictObject({
    type: z.literal('image'),
    alt_text: text(2000),
    image_url: url.optional(),
    slack_file: z.union([z.strictObject({ id: text(255) }), z.strictObject({ url })]).optional(),
  })
  .refine(
    (one) => (one.image_url === undefined) !== (one.slack_file === undefined),
    'must provide either image_url or slack_file',
  );

const button = z.strictObject({
  type: z.literal('button'),
  text: plain(75),
  ...actionId,
  value: z.string().max(2000).optional(),
  url: url.optional(),
  style: z.enum(['primary', 'danger']).optional(),
  confirm: confirm.optional(),
  accessibility_label: text(75).optional(),
});

const option = z.strictObject({
  text: either(75),
  value: text(150),
  description: either(75).optional(),
  url: url.optional(),
});
const selectBase = {
  ...actionId,
  placeholder: plain(150).optional(),
  confirm: confirm.optional(),
  focus_on_load: z.boolean().optional(),
};
const staticSelect = z.strictObject({
  type: z.literal('static_select'),
  ...selectBase,
  options: z.array(option).min(1).max(100).optional(),
  option_groups: z
    .array(z.strictObject({ label: plain(75), options: z.array(option).min(1).max(100) }))
    .max(100)
    .optional(),
  initial_option: option.optional(),
});
const usersSelect = z.strictObject({
  type: z.literal('users_select'),
  ...selectBase,
  initial_user: z.string().optional(),
});
const channelsSelect = z.strictObject({
  type: z.literal('channels_select'),
  ...selectBase,
  initial_channel: z.string().optional(),
  response_url_enabled: z.boolean().optional(),
});
const conversationsSelect = z.strictObject({
  type: z.literal('conversations_select'),
  ...selectBase,
  initial_conversation: z.string().optional(),
  default_to_current_conversation: z.boolean().optional(),
  response_url_enabled: z.boolean().optional(),
  filter: z.looseObject({}).optional(),
});
const datepicker = z.strictObject({
  type: z.literal('datepicker'),
  ...selectBase,
  initial_date: z.iso.date().optional(),
});
const overflow = z.strictObject({
  type: z.literal('overflow'),
  ...actionId,
  options: z.array(option).min(1).max(5),
  confirm: confirm.optional(),
});
const choices = {
  ...actionId,
  options: z.array(option).min(1).max(10),
  confirm: confirm.optional(),
  focus_on_load: z.boolean().optional(),
};
const checkboxes = z.strictObject({
  type: z.literal('checkboxes'),
  ...choices,
  initial_options: z.array(option).optional(),
});
const radioButtons = z.strictObject({
  type: z.literal('radio_buttons'),
  ...choices,
  initial_option: option.optional(),
});

const style = z
  .strictObject({
    bold: z.boolean().optional(),
    italic: z.boolean().optional(),
    strike: z.boolean().optional(),
    code: z.boolean().optional(),
    underline: z.boolean().optional(),
    highlight: z.boolean().optional(),
    client_highlight: z.boolean().optional(),
    unlink: z.boolean().optional(),
  })
  .optional();
const richText = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('text'), text: z.string().min(1), style }),
  z.strictObject({
    type: z.literal('link'),
    url: z.string().min(1),
    text: z.string().optional(),
    unsafe: z.boolean().optional(),
    style,
  }),
  z.strictObject({
    type: z.literal('emoji'),
    name: z.string().min(1),
    unicode: z.string().optional(),
    url: z.string().optional(),
    style,
  }),
  z.strictObject({ type: z.literal('user'), user_id: z.string(), style }),
  z.strictObject({ type: z.literal('channel'), channel_id: z.string(), style }),
  z.strictObject({ type: z.literal('usergroup'), usergroup_id: z.string(), style }),
  z.strictObject({ type: z.literal('broadcast'), range: z.enum(['here', 'channel', 'everyone']), style }),
  z.strictObject({
    type: z.literal('date'),
    timestamp: z.int(),
    format: z.string().min(1),
    url: z.string().optional(),
    fallback: z.string().optional(),
    style,
  }),
  z.strictObject({ type: z.literal('color'), value: z.string(), style }),
]);
const richSection = z.strictObject({ type: z.literal('rich_text_section'), elements: z.array(richText) });
const border = { border: z.union([z.literal(0), z.literal(1)]).optional() };
const richTextBlock = z.strictObject({
  type: z.literal('rich_text'),
  ...blockId,
  elements: z
    .array(
      z.discriminatedUnion('type', [
        richSection,
        z.strictObject({
          type: z.literal('rich_text_list'),
          style: z.enum(['bullet', 'ordered']),
          elements: z.array(richSection),
          indent: z.int().min(0).max(8).optional(),
          offset: z.int().min(0).optional(),
          ...border,
        }),
        z.strictObject({ type: z.literal('rich_text_quote'), elements: z.array(richText), ...border }),
        z.strictObject({
          type: z.literal('rich_text_preformatted'),
          elements: z.array(richText),
          language: z.string().optional(),
          ...border,
        }),
      ]),
    )
    .min(1),
});

const rawText = z.strictObject({ type: z.literal('raw_text'), text: z.string().min(1) });
const rawNumber = z.strictObject({ type: z.literal('raw_number'), value: z.number(), text: z.string().min(1) });
const cell = z.discriminatedUnion('type', [rawText, rawNumber, richTextBlock]);

const section = z
  .strictObject({
    type: z.literal('section'),
    ...blockId,
    text: either(3000).optional(),
    fields: z.array(either(2000)).min(1).max(10).optional(),
    accessory: z
      .discriminatedUnion('type', [
        button,
        image,
        staticSelect,
        usersSelect,
        channelsSelect,
        conversationsSelect,
        overflow,
        datepicker,
        checkboxes,
        radioButtons,
      ])
      .optional(),
    expand: z.boolean().optional(),
  })
  .refine((one) => one.text !== undefined || one.fields !== undefined, 'must define either `fields` or `text`');

const feedbackButton = z.strictObject({ text: plain(75), value: text(2000), accessibility_label: text(75).optional() });
const contextActions = z.strictObject({
  type: z.literal('context_actions'),
  ...blockId,
  elements: z
    .array(
      z.discriminatedUnion('type', [
        z.strictObject({
          type: z.literal('feedback_buttons'),
          ...actionId,
          positive_button: feedbackButton,
          negative_button: feedbackButton,
        }),
        z.strictObject({
          type: z.literal('icon_button'),
          ...actionId,
          icon: z.literal('trash'),
          text: plain(75),
          value: text(2000).optional(),
          confirm: confirm.optional(),
          accessibility_label: text(75).optional(),
          visible_to_user_ids: z.array(z.string()).optional(),
        }),
      ]),
    )
    .min(1)
    .max(5),
});

const inputBase = {
  ...actionId,
  placeholder: plain(150).optional(),
  focus_on_load: z.boolean().optional(),
  dispatch_action_config: z.looseObject({}).optional(),
};
const input = z.strictObject({
  type: z.literal('input'),
  ...blockId,
  label: plain(2000),
  hint: plain(2000).optional(),
  optional: z.boolean().optional(),
  dispatch_action: z.boolean().optional(),
  element: z.discriminatedUnion('type', [
    z.strictObject({
      type: z.literal('plain_text_input'),
      ...inputBase,
      initial_value: z.string().max(3000).optional(),
      multiline: z.boolean().optional(),
      min_length: z.int().min(0).max(3000).optional(),
      max_length: z.int().min(1).max(3000).optional(),
    }),
    staticSelect,
    usersSelect,
    channelsSelect,
    conversationsSelect,
    datepicker,
    checkboxes,
    radioButtons,
  ]),
});

const header = z.strictObject({
  type: z.literal('header'),
  ...blockId,
  text: plain(150),
  level: z.int().min(1).max(4).optional(),
});
const divider = z.strictObject({ type: z.literal('divider'), ...blockId });
const context = z.strictObject({
  type: z.literal('context'),
  ...blockId,
  elements: z
    .array(z.union([image, either(2000)]))
    .min(1)
    .max(10),
});
const actions = z.strictObject({
  type: z.literal('actions'),
  ...blockId,
  elements: z
    .array(
      z.discriminatedUnion('type', [
        button,
        staticSelect,
        usersSelect,
        channelsSelect,
        conversationsSelect,
        overflow,
        datepicker,
        checkboxes,
        radioButtons,
      ]),
    )
    .min(1)
    .max(25),
});
const imageBlock = z
  .strictObject({
    type: z.literal('image'),
    ...blockId,
    alt_text: text(2000),
    title: plain(2000).optional(),
    image_url: url.optional(),
    slack_file: z.union([z.strictObject({ id: text(255) }), z.strictObject({ url })]).optional(),
  })
  .refine(
    (one) => (one.image_url === undefined) !== (one.slack_file === undefined),
    'must provide either image_url or slack_file',
  );

const everywhere = [section, header, divider, context, actions, imageBlock, richTextBlock, input] as const;

const messageOnly = [
  z.strictObject({ type: z.literal('markdown'), ...blockId, text: text(12_000) }),
  z.strictObject({
    type: z.literal('table'),
    ...blockId,
    rows: z.array(z.array(cell).min(1).max(20)).min(1).max(100),
    column_settings: z
      .array(
        z.strictObject({ align: z.enum(['left', 'center', 'right']).optional(), is_wrapped: z.boolean().optional() }),
      )
      .max(20)
      .optional(),
  }),
  z.strictObject({
    type: z.literal('data_table'),
    ...blockId,
    caption: text(2000),
    rows: z.array(z.array(cell).min(1).max(20)).min(2).max(101),
    page_size: z.int().min(1).max(100).optional(),
    row_header_column_index: z.int().min(0).optional(),
  }),
  contextActions,
  z.strictObject({
    type: z.literal('alert'),
    ...blockId,
    text: either(3000),
    level: z.enum(['default', 'info', 'warning', 'error', 'success']).optional(),
  }),
  z.strictObject({
    type: z.literal('card'),
    ...blockId,
    hero_image: image.optional(),
    icon: image.optional(),
    title: mrkdwn(150).optional(),
    subtitle: mrkdwn(150).optional(),
    body: mrkdwn(200).optional(),
    actions: z.array(button).max(3).optional(),
  }),
  z.looseObject({
    type: z.literal('carousel'),
    ...blockId,
    elements: z
      .array(z.looseObject({ type: z.literal('card') }))
      .min(1)
      .max(10),
  }),
  z.looseObject({
    type: z.literal('task_card'),
    ...blockId,
    task_id: text(255),
    title: text(300),
    status: z.enum(['pending', 'in_progress', 'complete', 'error']),
  }),
  z.looseObject({ type: z.literal('plan'), ...blockId, title: text(300) }),
  z.looseObject({ type: z.literal('data_visualization'), ...blockId }),
  z.looseObject({ type: z.literal('file'), ...blockId, source: z.literal('remote'), external_id: text(255) }),
  z.looseObject({ type: z.literal('video'), ...blockId, video_url: url, thumbnail_url: url, alt_text: text(2000) }),
  z.looseObject({ type: z.literal('container'), ...blockId }),
] as const;

/** Blocks that a message may hold; unknown fields and sizes beyond Slack's limits are refused. */
export const MessageBlock = z.discriminatedUnion('type', [...everywhere, ...messageOnly]);
/** Blocks that a modal or a home tab may hold. */
export const ViewBlock = z.discriminatedUnion('type', [...everywhere]);
/** The outside of a modal or a home tab. */
export const ViewFrame = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('modal'),
    title: plain(24),
    blocks: z.array(z.unknown()),
    submit: plain(24).optional(),
    close: plain(24).optional(),
    private_metadata: z.string().max(3000).optional(),
    callback_id: z.string().max(255).optional(),
    external_id: z.string().max(255).optional(),
    clear_on_close: z.boolean().optional(),
    notify_on_close: z.boolean().optional(),
    submit_disabled: z.boolean().optional(),
  }),
  z.strictObject({
    type: z.literal('home'),
    blocks: z.array(z.unknown()),
    private_metadata: z.string().max(3000).optional(),
    callback_id: z.string().max(255).optional(),
    external_id: z.string().max(255).optional(),
  }),
]);
