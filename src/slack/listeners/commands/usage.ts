/** How each command is used, as escaped mrkdwn: a line with its form, then examples. */
export const USAGE = {
  ask: ['`/sentry ask &lt;question&gt;`, e.g. `/sentry ask how is derivatives doing?`'],
  status: ['`/sentry status &lt;batch&gt; [prelim|final] [date]`, e.g. `/sentry status derivatives prelim yesterday`'],
  why: ['`/sentry why &lt;batch&gt; [slice] [date]`, e.g. `/sentry why derivatives prelim`'],
  eta: ['`/sentry eta &lt;batch&gt; [prelim|final]`, e.g. `/sentry eta SNU final`'],
  compare: [
    '`/sentry compare &lt;batch&gt; with &lt;date&gt;`, e.g. `/sentry compare derivatives with yesterday`',
    'or its phases: `/sentry compare prelim and final of derivatives`',
  ],
  tasks: ['`/sentry tasks &lt;batch or slice&gt; [date]`, e.g. `/sentry tasks EMEA_DERIV_CFG`'],
  digest: [
    '`/sentry digest add &lt;time&gt; [days] [time zone] [batches] [prelim|final]`, e.g. `/sentry digest add 7:00 weekdays new york snu, derivatives prelim`',
    '`/sentry digest list` – the digests of this channel, with their ids',
    '`/sentry digest preview [id]` – what it would say now, for your eyes only',
    '`/sentry digest pause &lt;id&gt;`, `resume &lt;id&gt;`, `remove &lt;id&gt;`',
  ],
  watch: [
    '`/sentry watch &lt;batch&gt;` – tell this channel when something fails, is stuck or late, and when it is mended',
    '`/sentry watch list` – what this channel watches',
    '`/sentry watch stop &lt;batch&gt;`',
  ],
} as const satisfies Record<string, readonly string[]>;
