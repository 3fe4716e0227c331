import type { ReactNode } from 'react';

function icon(children: ReactNode, size = 18) {
  return (
    <svg
      viewBox="0 0 20 20"
      width={size}
      height={size}
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      {children}
    </svg>
  );
}

export const SendIcon = () => (
  <svg viewBox="0 0 20 20" width="16" height="16" fill="currentColor" aria-hidden="true">
    <path d="M2.4 3.3c-.3-.9.6-1.7 1.5-1.3l13.6 6.9c.9.5.9 1.8 0 2.2L3.9 18c-.9.4-1.8-.4-1.5-1.3l1.7-5.5 7-1.2-7-1.2z" />
  </svg>
);
export const ClockIcon = () => icon(<path d="M10 3a7 7 0 1 1 0 14 7 7 0 0 1 0-14zm0 3v4l2.6 1.6" />, 16);
export const CloseIcon = () => icon(<path d="m5 5 10 10M15 5 5 15" />);
export const BackIcon = () => icon(<path d="M12.5 4 6.5 10l6 6" />);
export const ThreadIcon = () => icon(<path d="M3 4h14v9.5H9.5L6 17v-3.5H3zM6.5 7.5h7M6.5 10.3h4.5" />);
export const EditIcon = () => icon(<path d="m12.7 4.2 3.1 3.1-8.6 8.6-3.9.8.8-3.9z" />);
export const TrashIcon = () => icon(<path d="M4 6h12M8 6V4h4v2m2.5 0-.7 10H6.2L5.5 6m3 3v4.5m3-4.5v4.5" />);
export const ReactIcon = () =>
  icon(
    <>
      <circle cx="9" cy="10.5" r="6.3" />
      <path d="M6.7 12.2c1 1.7 3.6 1.7 4.6 0M7 8.8h.01M11 8.8h.01M15.8 2.2v4M13.8 4.2h4" />
    </>,
  );
export const SunIcon = () =>
  icon(
    <>
      <circle cx="10" cy="10" r="3.4" />
      <path d="M10 2v1.8M10 16.2V18M2 10h1.8M16.2 10H18M4.4 4.4l1.2 1.2m8.8 8.8 1.2 1.2m0-11.2-1.2 1.2m-8.8 8.8-1.2 1.2" />
    </>,
  );
export const MoonIcon = () => icon(<path d="M16.5 12.2A7 7 0 0 1 7.8 3.5a7 7 0 1 0 8.7 8.7z" />);
export const EyeIcon = () =>
  icon(
    <>
      <path d="M1.8 10S4.9 4.6 10 4.6 18.2 10 18.2 10 15.1 15.4 10 15.4 1.8 10 1.8 10z" />
      <circle cx="10" cy="10" r="2.4" />
    </>,
    14,
  );
export const PeopleIcon = () =>
  icon(
    <>
      <circle cx="8" cy="7" r="2.8" />
      <path d="M2.8 16c.4-3 2.4-4.7 5.2-4.7s4.8 1.7 5.2 4.7M13 4.6a2.6 2.6 0 0 1 0 5M14.5 11.7c1.6.6 2.5 2 2.8 4.3" />
    </>,
    16,
  );
export const SlashIcon = () =>
  icon(
    <path d="M4 2.8h12a1.2 1.2 0 0 1 1.2 1.2v12a1.2 1.2 0 0 1-1.2 1.2H4A1.2 1.2 0 0 1 2.8 16V4A1.2 1.2 0 0 1 4 2.8zM12 6.4 8 13.6" />,
  );
export const AtIcon = () =>
  icon(
    <>
      <circle cx="10" cy="10" r="3" />
      <path d="M13 7v4.2c0 2.6 4.4 2.3 4.4-1.4A7.4 7.4 0 1 0 14 16.2" />
    </>,
  );
export const StopIcon = () => (
  <svg viewBox="0 0 20 20" width="12" height="12" fill="currentColor" aria-hidden="true">
    <rect x="4" y="4" width="12" height="12" rx="2" />
  </svg>
);
export const CheckIcon = () => icon(<path d="m4.5 10.5 3.7 3.7 7.3-8.4" />, 14);
export const ThumbUpIcon = () =>
  icon(
    <path d="M6.5 17V9l3.4-6c1.4 0 2 .9 1.8 2.2L11.3 8h4c1 0 1.7.9 1.4 1.9l-1.6 5.6c-.2.9-1 1.5-1.9 1.5zM3 9h3.5v8H3z" />,
    16,
  );
export const ThumbDownIcon = () =>
  icon(
    <path d="M13.5 3v8l-3.4 6c-1.4 0-2-.9-1.8-2.2L8.700 12h-4c-1 0-1.700-.9-1.400-1.900l1.600-5.600c.2-.9 1-1.500 1.900-1.500zM17 11h-3.500V3H17z" />,
    16,
  );
export const FileIcon = () => icon(<path d="M5 2.500h6.500L15.500 6.500v11h-10.500zM11.500 2.500v4h4" />);
