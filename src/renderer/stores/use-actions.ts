import { useCallback, useEffect, useMemo, useState } from 'react';
import type { CaptureKind } from '../../shared/model/capture';
import { EVERYTHING } from '../../shared/model/library-defaults';
import type { UploadSelection } from '../../shared/model/library-query';
import type { LinkFormat } from '../../shared/model/settings';
import type { SettingsPatch } from '../../shared/model/settings';
import { CallFailure, type CallInput, type CallName, type CallOutput } from '../bridge';
import { hasPaths, readIntake, isEmptyIntake, sendIntake, type Intake, type Target } from './intake';
import { useSay, type Words } from './said';
import { useText } from './text';
import { accountInUse, useApp } from './use-app';

/** Tells the person what a failed call says; anything else goes on as an error. */
export const useTell = (): ((failure: unknown) => void) => {
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
export const useSayCopied = (): ((links: number, text: string, failed?: number, withoutLink?: number) => void) => {
  const say = useSay();
  const { number } = useText();
  return useCallback(
    (links, text, failed = 0, withoutLink = 0) => {
      if (links === 0 && withoutLink > 0) {
        say({ title: { key: 'copiedNone', params: { count: withoutLink } }, type: 'problem' });
        return;
      }
      const notes: readonly Words[] = [
        ...(LOCAL.test(text) ? [{ key: 'onlyHere' } as const] : []),
        ...(failed > 0 ? [{ key: 'copiedFailed', params: { count: failed } } as const] : []),
        ...(withoutLink > 0 ? [{ key: 'copiedWithoutLink', params: { count: withoutLink } } as const] : []),
      ];
      say({ title: { key: 'copied', params: { count: links, formatted: number(links) } }, notes });
    },
    [say, number],
  );
};

/** Lets the window draw and answer in between. */
const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

export type Actions = {
  /** Null: each link in the format chosen for it. `name` is the file's name where it may differ from the one in the library. */
  readonly copyLinks: (uploadIds: readonly string[], format: LinkFormat | null, name?: string) => Promise<void>;
  /** The same for any selection; says how many links there are, and how many have none. */
  readonly copySelection: (selection: UploadSelection, format: LinkFormat | null) => Promise<void>;
  readonly copyNewest: () => Promise<void>;
  readonly setSettings: (patch: SettingsPatch) => Promise<void>;
  readonly chooseFiles: () => Promise<void>;
  /** Uploads what is on the clipboard; `transfer` is what the page was given of it. */
  readonly paste: (transfer?: Pick<DataTransfer, 'files' | 'getData'>) => Promise<void>;
  readonly capture: (kind: CaptureKind) => Promise<void>;
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
      const album = id === undefined ? undefined : app.settings.getState().state.chosenAlbums[id];
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
    const copySelection = async (selection: UploadSelection, format: LinkFormat | null, name?: string): Promise<void> => {
      const copied = await call('library:copy-links', { selection, format, ...(name === undefined ? {} : { name }) });
      if (copied !== undefined) sayCopied(copied.links, copied.text, 0, copied.withoutLink);
    };
    const copyLinks = async (ids: readonly string[], format: LinkFormat | null, name?: string): Promise<void> => {
      if (ids.length > 0) await copySelection({ ids }, format, name);
    };
    const take: Actions['take'] = async (transfer, accountId) => send(await readIntake(transfer, { pathOf: app.client.pathOf, turn }), accountId);
    return {
      copyLinks,
      copySelection,
      copyNewest: async () => {
        const view = await call('library:view', { query: EVERYTHING, limit: 1 });
        const newest = view?.uploads[0];
        if (newest === undefined) {
          say({ title: { key: 'noNewest' }, type: 'problem' });
          return;
        }
        await copyLinks([newest.id], null);
      },
      setSettings: async (patch) => {
        await call('settings:set', patch);
      },
      chooseFiles: async () => {
        app.ui.setState({ route: 'upload' });
        await call('queue:choose-files', { target: target() });
      },
      paste: async (transfer) => {
        // A page gets every picture as a PNG made just now, and no files on some desktops: main reads what was really copied.
        if (transfer !== undefined && hasPaths(transfer, app.client.pathOf)) return take(transfer);
        app.ui.setState({ route: 'upload' });
        await call('queue:paste', { target: target() });
      },
      capture: async (kind) => {
        app.ui.setState({ route: 'upload' });
        await call('capture:start', { kind, target: target() });
      },
      take,
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
