import { webApi } from '@slack/bolt';

/**
 * What a failed call means for what comes next.
 * `unsure`: it may have taken effect (a 500, a time-out). `refused_blocks`: plainer ones may pass. `no_access`: SENTRY may not
 * post there. `gone`: the message or the thread no longer exists.
 */
export type FailureKind = 'rate_limited' | 'unsure' | 'refused_blocks' | 'no_access' | 'gone' | 'other';

const BY_CODE: Record<string, FailureKind> = {
  ratelimited: 'rate_limited',
  rate_limited: 'rate_limited',
  internal_error: 'unsure',
  fatal_error: 'unsure',
  request_timeout: 'unsure',
  service_unavailable: 'unsure',
  invalid_blocks: 'refused_blocks',
  invalid_blocks_format: 'refused_blocks',
  // Slack keeps a table beside the other blocks, and says so when it refuses one.
  invalid_attachments: 'refused_blocks',
  msg_blocks_too_long: 'refused_blocks',
  msg_too_long: 'refused_blocks',
  invalid_arguments: 'refused_blocks',
  invalid_metadata_format: 'refused_blocks',
  invalid_metadata_schema: 'refused_blocks',
  metadata_too_large: 'refused_blocks',
  metadata_must_be_sent_from_app: 'refused_blocks',
  not_in_channel: 'no_access',
  channel_not_found: 'no_access',
  is_archived: 'no_access',
  no_permission: 'no_access',
  access_denied: 'no_access',
  ekm_access_denied: 'no_access',
  team_access_not_granted: 'no_access',
  restricted_action: 'no_access',
  restricted_action_read_only_channel: 'no_access',
  restricted_action_thread_only_channel: 'no_access',
  restricted_action_thread_locked: 'no_access',
  restricted_action_non_threadable_channel: 'no_access',
  cannot_post_to_channel: 'no_access',
  message_limit_exceeded: 'no_access',
  message_not_found: 'gone',
  thread_not_found: 'gone',
  cannot_reply_to_message: 'gone',
  cant_update_message: 'gone',
  edit_window_closed: 'gone',
};

export function failureKind(error: unknown): FailureKind {
  if (error instanceof webApi.WebAPIRateLimitedError) return 'rate_limited';
  if (error instanceof webApi.WebAPIPlatformError) return BY_CODE[error.data.error] ?? 'other';
  if (error instanceof webApi.WebAPIHTTPError || error instanceof webApi.WebAPIRequestError) return 'unsure';
  return 'other';
}

/** Slack's own code for it, fit for a log line. */
export function slackCode(error: unknown): string {
  if (error instanceof webApi.WebAPIPlatformError) return error.data.error;
  if (error instanceof webApi.WebAPIHTTPError) return `http_${error.statusCode}`;
  if (error instanceof webApi.WebAPIRateLimitedError) return 'ratelimited';
  if (error instanceof webApi.WebAPIRequestError) return 'no_response';
  return error instanceof Error ? error.name : 'unknown';
}
