import { app, dialog } from 'electron';
import type { DataFolder } from '../../lib/data-folder';
import { isFull } from '../../lib/full-disk';
import { createFileLogger } from '../../lib/logger';
import { PicferryError } from '../../lib/picferry-error';
import { createTranslator, languageOf, problemText } from '../../shared/i18n/translator';

const systemTexts = () => createTranslator(languageOf(app.getLocale() || 'en'));

const tell = async (title: string, text: string): Promise<void> => {
  process.stderr.write(`${text}\n`);
  await app.whenReady();
  dialog.showErrorBox(title, text);
  app.exit(1);
};

/** Tells that the data folder cannot be used, and ends the process. */
export const refuse = (folder: DataFolder): Promise<void> => {
  const texts = systemTexts();
  const text = isFull(folder.why) ? texts.t('problems:diskFull') : texts.t('menu:dataFolderRefused', { folder: folder.path, why: folder.why });
  return tell(texts.t('menu:startFailed'), text);
};

/** Tells why the start failed, and ends the process: without a window nobody would learn it, nor be able to end it. */
export const giveUp = (folder: DataFolder, error: unknown): Promise<void> => {
  createFileLogger({ folder: folder.logs, now: Date.now }).log('error', 'the start failed', { error });
  const texts = systemTexts();
  const text = error instanceof PicferryError ? problemText(texts, error.problem) : texts.t('menu:startFailedDetail', { folder: folder.logs });
  return tell(texts.t('menu:startFailed'), text);
};
