/** The ferry of the app's icon, small. The same drawing as resources/icon.svg. */
export const Mark = () => (
  <svg viewBox="0 0 64 64" width="28" height="28" aria-hidden className="shrink-0">
    <rect width="64" height="64" rx="14" fill="#0b7480" />
    <rect x="16" y="9" width="32" height="25" rx="3" fill="#fff" />
    <circle cx="40" cy="16.500" r="4" fill="#f3b63f" />
    <path d="M19 31l9-11.500 7 8 4-4 6 7.500z" fill="#0b7480" />
    <path d="M7 37.500h50l-6.800 11.800a5.400 5.400 0 0 1-4.700 2.700h-27a5.400 5.400 0 0 1-4.700-2.700z" fill="#fff" />
    <path d="M8 57.500c4.200 0 4-2.800 8-2.800s3.900 2.800 8 2.800 3.900-2.800 8-2.800 3.900 2.800 8 2.800 3.900-2.800 8-2.800 3.900 2.800 8 2.800" fill="none" stroke="#8fdbe2" strokeWidth="3.200" strokeLinecap="round" />
  </svg>
);
