/** The ferry of the app's icon, small. The same drawing as resources/icon.svg. */
export const Mark = () => (
  <svg viewBox="0 0 64 64" width="28" height="28" aria-hidden className="shrink-0">
    <rect width="64" height="64" rx="14" fill="#0b7480" />
    <rect x="17" y="12" width="30" height="23" rx="3" fill="#ffffff" />
    <circle cx="39" cy="19" r="3.5" fill="#f3b63f" />
    <path d="M20 32l8-10 6.5 7 3.5-3.5 6 6.5z" fill="#0b7480" />
    <path d="M8 38h48l-6.5 11.5a5 5 0 0 1-4.4 2.5H18.900a5 5 0 0 1-4.400-2.500z" fill="#ffffff" />
    <path d="M9 56.500c4 0 4-2.500 7.700-2.500s3.800 2.500 7.700 2.500 3.800-2.500 7.600-2.500 3.900 2.500 7.700 2.500 3.800-2.500 7.700-2.500 3.700 2.500 7.600 2.500" fill="none" stroke="#8fdbe2" strokeWidth="3" strokeLinecap="round" />
  </svg>
);
