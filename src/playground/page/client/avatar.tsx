import type { PageUser } from '../protocol.ts';

/** A drawn picture of a person: initials on their colour; the app and other bots have signs of their own. */
export function Avatar({
  user,
  size = 36,
  isApp = false,
}: {
  user: PageUser | undefined;
  size?: number;
  isApp?: boolean;
}) {
  const initials = (user?.realName ?? '?')
    .split(/\s+/)
    .map((part) => part.charAt(0))
    .join('')
    .slice(0, 2)
    .toUpperCase();
  const label = user?.realName ?? '';
  return (
    <svg className="avatar" viewBox="0 0 36 36" width={size} height={size} role="img" aria-label={label}>
      <rect width="36" height="36" rx="8" fill={isApp ? '#2a1a4a' : (user?.color ?? '#888')} />
      {isApp ? (
        <path
          d="M22.800 24a10 10 0 0 1-7.200-16.600 10.600 10.600 0 1 0 12.600 13.200 10 10 0 0 1-5.400 3.400z"
          fill="#ffd479"
        />
      ) : user?.isBot ? (
        <g fill="none" stroke="#fff" strokeWidth="2" strokeLinecap="round">
          <rect x="9" y="13" width="18" height="13" rx="4" />
          <path d="M18 13V8.500M14.500 18.500v2M21.500 18.500v2" />
        </g>
      ) : (
        <text x="18" y="23" textAnchor="middle" fontSize="14" fontWeight="700" fill="#fff">
          {initials}
        </text>
      )}
    </svg>
  );
}
