import { createContext, StrictMode, useContext, type ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import { createClient, windowBridge, type Client } from '../bridge';
import type { CaptureView } from '../../shared/model/capture';
import { createText, TextContext } from '../stores/text';
import { UiProviders } from '../ui/providers';
import '../tokens.css';

/** This window's own calls. */
export type CaptureClient = { readonly client: Client; readonly token: string };

const Context = createContext<CaptureClient | null>(null);

export const useCaptureClient = (): CaptureClient => {
  const found = useContext(Context);
  if (found === null) throw new Error('no capture window');
  return found;
};

const themeOf = (theme: CaptureView['theme']): string => {
  if (theme !== 'system') return theme;
  if (matchMedia('(prefers-contrast: more)').matches) return 'contrast';
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
};

/** Asks what this window is there for, and draws that. */
export const openCapturePage = async (draw: (view: CaptureView, own: CaptureClient) => Promise<ReactNode>): Promise<void> => {
  const element = document.getElementById('root');
  if (element === null) throw new Error('the page has no #root');
  const own: CaptureClient = { client: createClient(windowBridge()), token: location.hash.slice(1) };
  const view = await own.client.call('capturing:view', { token: own.token });
  document.documentElement.lang = view.language;
  document.documentElement.dataset['theme'] = themeOf(view.theme);
  const content = await draw(view, own);
  if (content === null) return;
  const text = createText(view.language);
  document.title = text.t('captureTitle');
  createRoot(element).render(
    <StrictMode>
      <Context value={own}>
        <TextContext value={text}>
          <UiProviders>{content}</UiProviders>
        </TextContext>
      </Context>
    </StrictMode>,
  );
};
