/** Kept free of schemas: the start reads them before it can afford any. */
export const LANGUAGES = ['system', 'en', 'zh-CN'] as const;

/** How the windows look; `contrast` is the dark one for people who need strong edges. */
export const THEMES = ['system', 'light', 'dark', 'contrast'] as const;
