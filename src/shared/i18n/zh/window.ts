import type { window as english } from '../en/window';

export const window: Record<keyof typeof english, string> = {};
