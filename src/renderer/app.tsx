import { useEffect, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import { languageOf } from '../shared/i18n/translator';
import type { WindowSettings } from '../shared/ipc/contract';
import { assertNever } from '../shared/assert-never';
import { OperationsBar } from './features/operations/operations-bar';
import { palette, Shell } from './features/shell/shell';
import { UploadScreen } from './features/upload/upload-screen';
import type { AppState } from './stores/app-state';
import { inWords, SayContext, type Said, type Words } from './stores/said';
import { createText, TextContext, useText } from './stores/text';
import type { Route } from './stores/ui-store';
import { AppContext, useUi } from './stores/use-app';
import { EmptyState } from './ui/bits';
import { later } from './ui/later';
import { UiProviders } from './ui/providers';
import { createToastManager, toasterOf, Toasts, type ToastManager } from './ui/toast';
import { useMedia } from './ui/use-media';

const useTheme = (theme: WindowSettings['theme']): void => {
  const dark = useMedia('(prefers-color-scheme: dark)');
  const contrast = useMedia('(prefers-contrast: more)');
  const shown = theme === 'system' ? (contrast ? 'contrast' : dark ? 'dark' : 'light') : theme;
  useEffect(() => {
    document.documentElement.dataset['theme'] = shown;
  }, [shown]);
};

const library = later(async () => (await import('./features/library/library-screen')).LibraryScreen);
const albums = later(async () => (await import('./features/albums/albums-screen')).AlbumsScreen);
const sync = later(async () => (await import('./features/sync/sync-screen')).SyncScreen);
const resolver = later(async () => (await import('./features/resolver/resolver-screen')).ResolverScreen);
const settings = later(async () => (await import('./features/settings/settings-screen')).SettingsScreen);
const compare = later(async () => (await import('./features/preparation/compare-dialog')).CompareDialog);
const gallery = later(async () => (await import('./features/gallery/gallery')).Gallery);

/** Whoever comes with something to upload goes first. */
const REST_AFTER_MS = 300;

/** What the first screen does not need, one after the other while nothing else happens. */
const loadTheRest = (): void => {
  const rest = [library, palette, settings, albums, sync, compare];
  const next = (): void => {
    const part = rest.shift();
    if (part !== undefined) requestIdleCallback(() => void part.load().then(next));
  };
  next();
};

const screenOf = (route: Route) => {
  switch (route) {
    case 'upload':
      return <UploadScreen />;
    case 'library':
      return <library.Part />;
    case 'albums':
      return <albums.Part />;
    case 'sync':
      return <sync.Part />;
    case 'resolver':
      return <resolver.Part />;
    case 'settings':
      return <settings.Part />;
    case 'gallery':
      return <gallery.Part />;
    default:
      return assertNever(route);
  }
};

const Screen = () => screenOf(useUi((ui) => ui.route));

const Compared = () => (useUi((ui) => ui.compared !== null) ? <compare.Part /> : null);

/** Says by `data-ready` on the root element that the first snapshots are in and painted. */
const useReadyMark = (): void => {
  useEffect(() => {
    let drawn: ReturnType<typeof setTimeout> | undefined;
    // A frame's callbacks run before it is drawn, the next task after it.
    const frame = requestAnimationFrame(() => {
      drawn = setTimeout(() => {
        document.documentElement.dataset['ready'] = 'true';
        setTimeout(loadTheRest, REST_AFTER_MS);
      });
    });
    return () => {
      cancelAnimationFrame(frame);
      clearTimeout(drawn);
    };
  }, []);
};

/** Messages in the language of the moment. */
const InWords = ({ all }: { readonly all: readonly Words[] }) => {
  const text = useText();
  return all.map((words) => inWords(words, text)).join(' · ');
};

const sayOn = (manager: ToastManager): ((said: Said) => void) => {
  const toaster = toasterOf(manager);
  return ({ title, notes = [], type = 'done', action, about }) =>
    toaster.show({
      title: <InWords all={[title]} />,
      type,
      ...(notes.length === 0 ? {} : { description: <InWords all={notes} /> }),
      ...(action === undefined ? {} : { action: { label: <InWords all={[action.label]} />, onPress: action.onPress } }),
      ...(about === undefined ? {} : { about }),
    });
};

/** The whole page over the state it mirrors. */
export const App = ({ state }: { readonly state: AppState }) => {
  const chosen = useStore(state.settings, (slice) => slice.state.language);
  const theme = useStore(state.settings, (slice) => slice.state.theme);
  const language = chosen === 'system' ? state.info.systemLanguage : chosen;
  const text = useMemo(() => createText(language), [language]);
  const [manager] = useState(createToastManager);
  const say = useMemo(() => sayOn(manager), [manager]);
  useTheme(theme);
  useReadyMark();
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  return (
    <AppContext value={state}>
      <TextContext value={text}>
        <SayContext value={say}>
          <UiProviders>
            <Toasts manager={manager} label={text.t('messages')} closeLabel={text.t('close')}>
              <Shell foot={<OperationsBar />}>
                <Screen />
              </Shell>
              <Compared />
            </Toasts>
          </UiProviders>
        </SayContext>
      </TextContext>
    </AppContext>
  );
};

/** Shown when main never answered. */
export const StartFailed = ({ language }: { readonly language: string }) => {
  const { t } = createText(languageOf(language));
  return (
    <EmptyState icon={null} title={t('startFailed')}>
      {t('startFailedText')}
    </EmptyState>
  );
};
