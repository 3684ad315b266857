import './without-eval';
import { createFakeBridge } from './fake-bridge';
import { scenes } from './scenes';

/** Puts the fake bridge where the preload would, then starts the real page. The address chooses scene, theme and language. */
const query = new URLSearchParams(location.search);
const scene = (scenes[query.get('scene') ?? 'empty'] ?? scenes['empty'])?.();
if (scene === undefined) throw new Error('no such scene');
const theme = query.get('theme');
const language = query.get('language');
const bridge = createFakeBridge(scene, {
  ...(theme === 'light' || theme === 'dark' || theme === 'contrast' ? { theme } : {}),
  ...(language === 'en' || language === 'zh-CN' ? { language } : {}),
  ...(query.get('rail') === 'closed' ? { railOpen: false } : {}),
});
Object.defineProperty(window, 'picferry', { value: bridge });
await import('../../src/renderer/main');
