/** Grows when an older Picferry could misread a message. */
export const PROTOCOL = 1;
