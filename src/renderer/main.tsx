import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createClient, windowBridge } from './bridge';
import { App, StartFailed } from './app';
import { createAppState } from './stores/app-state';
import './tokens.css';

/** Once the start is over, the library's first rows are read ahead: its screen then opens at once. */
const AHEAD_MS = 500;

/** Fields keep what was typed when the keyboard leaves them. */
const leaveField = (): void => {
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
};

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const start = async (): Promise<void> => {
  const element = document.getElementById('root');
  if (element === null) throw new Error('index.html has no #root');
  const root = createRoot(element);
  document.documentElement.dataset['theme'] = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
  try {
    const state = await createAppState({ client: createClient(windowBridge()), hash: location.hash, wait, leaveField });
    root.render(
      <StrictMode>
        <App state={state} />
      </StrictMode>,
    );
    setTimeout(() => requestIdleCallback(() => state.library.prepare()), AHEAD_MS);
  } catch (failure) {
    root.render(<StartFailed language={navigator.language} />);
    throw failure;
  }
};

void start();
