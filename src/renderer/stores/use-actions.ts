import { createContext, useCallback, useContext, useEffect, useMemo, useState } from 'react';
import { EVERYTHING, type UploadSelection } from '../../shared/model/library-query';
import type { LinkFormat } from '../../shared/model/settings';
import type { SettingsPatch } from '../../shared/model/settings';
import { CallFailure, type CallInput, type CallName, type CallOutput } from '../bridge';
import { readIntake, isEmptyIntake, sendIntake, type Intake, type Target } from './intake';
import { useText } from './text';
import { accountInUse, useApp } from './use-app';

export type Said = {
  readonly title: string;
  readonly description?: string;
  readonly type?: 'done' | 'problem';
  readonly action?: { readonly label: string; readonly onPress: () => void };
};

/** Where short messages to the person go. */
export const SayContext = createContext<(said: Said) => void>(() => undefined);
export const useSay = (): ((said: Said) => void) => useContext(SayContext);

/** Tells the person what a failed call says; anything else goes on as an error. */
const useTell = (): ((failure: unknown) => void) => {
  const say = useSay();
  const { problem } = useText();
  return useCallback(
    (failure) => {
      if (!(failure instanceof CallFailure)) throw failure;
      const { detail } = failure.error.problem;
      say({ title: problem(failure.error.problem), type: 'problem', ...(detail === null ? {} : { description: detail }) });
    },
    [say, problem],
  );
};

/** Runs a call and tells the person when it fails; resolves to undefined then. */
export const useCall = (): (<K extends CallName>(name: K, input: CallInput<K>) => Promise<CallOutput<K> | undefined>) => {
  const { client } = useApp();
  const tell = useTell();
  return useCallback(
    async (name, input) => {
      try {
        return await client.call(name, input);
      } catch (failure) {
        tell(failure);
        return undefined;
      }
    },
    [client, tell],
  );
};

/** Like useCall, for calls that answer nothing: resolves to whether it worked. */
export const useAttempt = (): (<K extends CallName>(name: K, input: CallInput<K>) => Promise<boolean>) => {
  const { client } = useApp();
  const tell = useTell();
  return useCallback(
    async (name, input) => {
      try {
        await client.call(name, input);
        return true;
      } catch (failure) {
        tell(failure);
        return false;
      }
    },
    [client, tell],
  );
};

const LOCAL = /https?:\/\/(127\.0\.0\.1|localhost|\[::1\])[:/]/i;

/** Says how many links lie on the clipboard, and marks those that open only here. */
export const useSayCopied = (): ((links: number, text: string, failed?: number, withoutLink?: number) => void) => {
  const say = useSay();
  const { t, number } = useText();
  return useCallback(
    (links, text, failed = 0, withoutLink = 0) => {
      if (links === 0 && withoutLink > 0) {
        say({ title: t('copiedNone', { count: withoutLink }), type: 'problem' });
        return;
      }
      const notes = [
        ...(LOCAL.test(text) ? [t('onlyHere')] : []),
        ...(failed > 0 ? [t('copiedFailed', { count: failed })] : []),
        ...(withoutLink > 0 ? [t('copiedWithoutLink', { count: withoutLink })] : []),
      ];
      say({ title: t('copied', { count: links, formatted: number(links) }), ...(notes.length === 0 ? {} : { description: notes.join(' · ') }) });
    },
    [say, t, number],
  );
};

export type Actions = {
  /** `name` is the file's name where it may differ from the one in the library. */
  readonly copyLinks: (uploadIds: readonly string[], format: LinkFormat, name?: string) => Promise<void>;
  /** The same for any selection; says how many links there are, and how many have none. */
  readonly copySelection: (selection: UploadSelection, format: LinkFormat) => Promise<void>;
  readonly copyNewest: () => Promise<void>;
  readonly setSettings: (patch: SettingsPatch) => Promise<void>;
  readonly chooseFiles: () => Promise<void>;
  readonly paste: () => Promise<void>;
  /** Sends what was dropped or pasted to an account, or to the one in use. */
  readonly take: (transfer: Pick<DataTransfer, 'files' | 'getData'>, accountId?: string) => Promise<void>;
};

export const useActions = (): Actions => {
  const app = useApp();
  const call = useCall();
  const say = useSay();
  const sayCopied = useSayCopied();
  const tell = useTell();
  const { t } = useText();
  return useMemo(() => {
    const target = (accountId?: string): Target => {
      const id = accountId ?? accountInUse(app.accounts.getState().state)?.id;
      const album = id === undefined ? undefined : app.settings.getState().state.chosenAlbums[id];
      return { ...(id === undefined ? {} : { accountId: id }), ...(album === undefined || album === '' ? {} : { albumId: album }) };
    };
    const send = async (intake: Intake, accountId?: string): Promise<void> => {
      if (isEmptyIntake(intake)) {
        say({ title: t('nothingInside'), type: 'problem' });
        return;
      }
      app.ui.setState({ route: 'upload' });
      try {
        await sendIntake(app.client, intake, target(accountId));
      } catch (failure) {
        tell(failure);
      }
    };
    const copySelection = async (selection: UploadSelection, format: LinkFormat, name?: string): Promise<void> => {
      const copied = await call('library:copy-links', { selection, format, ...(name === undefined ? {} : { name }) });
      if (copied !== undefined) sayCopied(copied.links, copied.text, 0, copied.withoutLink);
    };
    const copyLinks = async (ids: readonly string[], format: LinkFormat, name?: string): Promise<void> => {
      if (ids.length > 0) await copySelection({ ids }, format, name);
    };
    return {
      copyLinks,
      copySelection,
      copyNewest: async () => {
        const view = await call('library:view', { query: EVERYTHING, limit: 1 });
        const newest = view?.uploads[0];
        if (newest === undefined) {
          say({ title: t('noNewest'), type: 'problem' });
          return;
        }
        const { linkFormat, videoFormat } = app.settings.getState().state;
        await copyLinks([newest.id], newest.kind === 'video' ? videoFormat : linkFormat);
      },
      setSettings: async (patch) => {
        await call('settings:set', patch);
      },
      chooseFiles: async () => {
        app.ui.setState({ route: 'upload' });
        await call('queue:choose-files', { target: target() });
      },
      paste: async () => {
        app.ui.setState({ route: 'upload' });
        await call('queue:paste', { target: target() });
      },
      take: (transfer, accountId) => send(readIntake(transfer, app.client.pathOf), accountId),
    };
  }, [app, call, say, sayCopied, tell, t]);
};

/** The time now, again every second while `running`. */
export const useNow = (running: boolean): number => {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (!running) return undefined;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [running]);
  return now;
};
