import { join } from 'node:path';
import { dialog, type BrowserWindow, type OpenDialogOptions, type SaveDialogOptions } from 'electron';
import type { i18n } from 'i18next';
import type { DialogsPort } from './ports';

export type DialogsDeps = {
  readonly window: () => BrowserWindow | null;
  readonly texts: () => Pick<i18n, 't'>;
  /** Where the file dialog opens at first; afterwards where it was left. */
  readonly startFolder: () => string;
  readonly dirname: (path: string) => string;
};

/** Extensions offered first in the file dialog; the host decides what it takes. */
const MEDIA = ['png', 'jpg', 'jpeg', 'gif', 'webp', 'avif', 'bmp', 'svg', 'tif', 'tiff', 'heic', 'ico', 'mp4', 'mov', 'webm', 'mkv', 'm4v'];

export const systemDialogs = (deps: DialogsDeps): DialogsPort => {
  let folder: string | null = null;
  const documents = async (properties: NonNullable<OpenDialogOptions['properties']>): Promise<readonly string[]> => {
    const options: OpenDialogOptions = {
      properties,
      filters: [
        { name: 'JSON', extensions: ['json'] },
        { name: deps.texts().t('menu:allFiles'), extensions: ['*'] },
      ],
    };
    const window = deps.window();
    const answer = window === null ? await dialog.showOpenDialog(options) : await dialog.showOpenDialog(window, options);
    return answer.canceled ? [] : answer.filePaths;
  };
  return {
    chooseFiles: async () => {
      const { t } = deps.texts();
      const options: OpenDialogOptions = {
        properties: ['openFile', 'multiSelections'],
        defaultPath: folder ?? deps.startFolder(),
        filters: [
          { name: t('menu:pictures'), extensions: MEDIA },
          { name: t('menu:allFiles'), extensions: ['*'] },
        ],
      };
      const window = deps.window();
      const answer = window === null ? await dialog.showOpenDialog(options) : await dialog.showOpenDialog(window, options);
      const first = answer.filePaths[0];
      if (first !== undefined) folder = deps.dirname(first);
      return answer.canceled ? [] : answer.filePaths;
    },
    chooseNewFile: async ({ name, extension, replaces = true }) => {
      const options: SaveDialogOptions = {
        defaultPath: join(folder ?? deps.startFolder(), `${name}.${extension}`),
        filters: [{ name: extension.toUpperCase(), extensions: [extension] }],
        properties: replaces ? ['createDirectory', 'showOverwriteConfirmation'] : ['createDirectory'],
      };
      const window = deps.window();
      const answer = window === null ? await dialog.showSaveDialog(options) : await dialog.showSaveDialog(window, options);
      return answer.canceled || answer.filePath === undefined || answer.filePath === '' ? null : answer.filePath;
    },
    chooseDocuments: () => documents(['openFile', 'multiSelections']),
    chooseDocument: async () => (await documents(['openFile']))[0] ?? null,
    chooseFolder: async () => {
      const options: OpenDialogOptions = { properties: ['openDirectory', 'createDirectory'], defaultPath: folder ?? deps.startFolder() };
      const window = deps.window();
      const answer = window === null ? await dialog.showOpenDialog(options) : await dialog.showOpenDialog(window, options);
      return answer.canceled ? null : (answer.filePaths[0] ?? null);
    },
    chooseImport: async () => {
      const { t } = deps.texts();
      const options: OpenDialogOptions = {
        properties: ['openFile'],
        filters: [
          { name: t('menu:importFiles'), extensions: ['picferry', 'json', 'db'] },
          { name: t('menu:allFiles'), extensions: ['*'] },
        ],
      };
      const window = deps.window();
      const answer = window === null ? await dialog.showOpenDialog(options) : await dialog.showOpenDialog(window, options);
      return answer.canceled ? null : (answer.filePaths[0] ?? null);
    },
    confirmQuit: async ({ uploads, operations }) => {
      const { t } = deps.texts();
      const said = [
        ...(uploads > 0 ? [{ message: t('menu:quitQuestion', { count: uploads }), detail: t('menu:quitDetail') }] : []),
        ...(operations > 0 ? [{ message: t('menu:quitOperations', { count: operations }), detail: t('menu:quitOperationsDetail') }] : []),
      ];
      const options = {
        type: 'question' as const,
        message: said.map(({ message }) => message).join('\n'),
        detail: said.map(({ detail }) => detail).join('\n\n'),
        buttons: [t('menu:quitAnyway'), uploads > 0 ? t('menu:stay') : t('menu:goOn')],
        defaultId: 1,
        cancelId: 1,
        noLink: true,
      };
      const window = deps.window();
      const answer = window === null ? await dialog.showMessageBox(options) : await dialog.showMessageBox(window, options);
      return answer.response === 0 ? 'quit' : 'stay';
    },
    confirmLink: async ({ url, account }) => {
      const { t } = deps.texts();
      const options = {
        type: 'question' as const,
        message: t('desktop:linkQuestion', { account }),
        detail: t('desktop:linkDetail', { url }),
        buttons: [t('desktop:linkUpload'), t('desktop:linkCancel')],
        defaultId: 1,
        cancelId: 1,
        noLink: true,
      };
      const window = deps.window();
      const answer = window === null ? await dialog.showMessageBox(options) : await dialog.showMessageBox(window, options);
      return answer.response === 0;
    },
    startFailed: (folder) => {
      const { t } = deps.texts();
      dialog.showErrorBox(t('menu:startFailed'), t('menu:startFailedDetail', { folder }));
    },
  };
};
