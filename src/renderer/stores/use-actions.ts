import { useCallback, useEffect, useMemo, useState } from 'react';
import type { LinkFormat } from '../../shared/model/settings';
import type { SettingsPatch } from '../../shared/model/settings';
import { CallFailure, type CallInput, type CallName, type CallOutput } from '../bridge';
import { readIntake, isEmptyIntake, sendIntake, type Intake, type Target } from './intake';
import { useSay, type Words } from './said';
import { accountInUse, useApp } from './use-app';

/** Tells the person what a failed call says; anything else goes on as an error. */
const useTell = (): ((failure: unknown) => void) => {
  const say = useSay();
  return useCallback(
    (failure) => {
      if (!(failure instanceof CallFailure)) throw failure;
      const { problem } = failure.error;
      say({ title: { problem }, type: 'problem', ...(problem.detail === null ? {} : { notes: [{ plain: problem.detail }] }) });
    },
    [say],
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
export const useSayCopied = (): ((links: number, text: string, failed?: number) => void) => {
  const say = useSay();
  return useCallback(
    (links, text, failed = 0) => {
      const notes: readonly Words[] = [
        ...(LOCAL.test(text) ? [{ key: 'onlyHere' } as const] : []),
        ...(failed > 0 ? [{ key: 'copiedFailed', params: { count: failed } } as const] : []),
      ];
      say({ title: { key: 'copied', params: { count: links } }, notes });
    },
    [say],
  );
};

/** Lets the window draw and answer in between. */
const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

export type Actions = {
  /** `name` is the file's name where it may differ from the one in the library. */
  readonly copyLinks: (uploadIds: readonly string[], format: LinkFormat, name?: string) => Promise<void>;
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
  return useMemo(() => {
    const target = (accountId?: string): Target => {
      const id = accountId ?? accountInUse(app.accounts.getState().state)?.id;
      const album = id === undefined ? undefined : app.ui.getState().albums[id];
      return { ...(id === undefined ? {} : { accountId: id }), ...(album === undefined || album === '' ? {} : { albumId: album }) };
    };
    const send = async (intake: Intake, accountId?: string): Promise<void> => {
      if (isEmptyIntake(intake)) {
        say({ title: { key: 'nothingInside' }, type: 'problem' });
        return;
      }
      app.ui.setState({ route: 'upload' });
      try {
        await sendIntake(app.client, intake, target(accountId));
      } catch (failure) {
        tell(failure);
      }
    };
    const copyLinks = async (ids: readonly string[], format: LinkFormat, name?: string): Promise<void> => {
      if (ids.length === 0) return;
      const copied = await call('library:copy-links', { ids: [...ids], format, ...(name === undefined ? {} : { name }) });
      if (copied !== undefined) sayCopied(ids.length, copied.text);
    };
    return {
      copyLinks,
      copyNewest: async () => {
        const page = await call('library:page', { search: '', accountId: null, cursor: null, limit: 1 });
        const newest = page?.uploads[0];
        if (newest === undefined) {
          say({ title: { key: 'noNewest' }, type: 'problem' });
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
      take: async (transfer, accountId) => send(await readIntake(transfer, { pathOf: app.client.pathOf, turn }), accountId),
    };
  }, [app, call, say, sayCopied, tell]);
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
