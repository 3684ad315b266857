import { z } from 'zod';

/** The languages that Picferry speaks. */
export const Language = z.enum(['en', 'zh-CN']);
export type Language = z.infer<typeof Language>;

/** A text that is written in every language, used where data carries words (a provider's declaration). */
export const Localized = z.strictObject({ en: z.string(), 'zh-CN': z.string() }).readonly();
export type Localized = z.infer<typeof Localized>;
