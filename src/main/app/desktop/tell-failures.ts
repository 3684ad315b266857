import { PicferryError, problemOf } from '../../../lib/picferry-error';
import { problemText } from '../../../shared/i18n/translator';
import type { Acts } from '../../desktop';
import type { Send } from '../../ipc';
import type { AppParts } from '../app-parts';

export type TellFailuresDeps = { readonly parts: Pick<AppParts, 'logger' | 'texts'>; readonly acts: Pick<Acts, 'tell' | 'showWindow'>; readonly send: Send };

/** Tells of what was asked for outside the window and could not be done. */
export type Told = (work: Promise<unknown>) => void;

/**
 * By a notification, in place of the one before, and in the window as well: not every desktop shows notifications, and a
 * person may want none.
 */
export const tellFailures = ({ parts, acts, send }: TellFailuresDeps): Told => {
  let rev = 0;
  const failed = (error: unknown): void => {
    if (!(error instanceof PicferryError)) parts.logger.log('error', 'what was asked for outside the window failed', { error });
    const problem = error instanceof PicferryError ? error.problem : problemOf({ kind: 'internal', message: 'internal' }, Date.now());
    const texts = parts.texts();
    send('desktop:failed', { rev: (rev += 1), problem });
    acts.tell({ id: 'not-done', title: texts.t('desktop:trayNothingTitle'), body: problemText(texts, problem), picture: null, actions: [], onClick: acts.showWindow, urgency: 'problem' });
  };
  return (work) => void work.catch(failed);
};
