import { useState } from 'react';
import type { DeleteResult, Upload } from '../../../shared/model/upload';
import { useText } from '../../stores/text';
import { useSay } from '../../stores/said';
import { useAttempt, useCall } from '../../stores/use-actions';
import { Badge } from '../../ui/bits';
import { Button } from '../../ui/button';
import { ConfirmDialog, Dialog } from '../../ui/dialog';
import { deleteWords } from './upload-words';

/** What the person is asked about, and which uploads it concerns. */
export type Question = { readonly kind: 'delete' | 'remove' | 'secret'; readonly uploads: readonly Upload[] };

type QuestionProps = { readonly question: Question; readonly onDone: () => void };

const useHosts = (uploads: readonly Upload[]): string => {
  const { t, account } = useText();
  const names = [...new Set(uploads.map((upload) => account(upload.accountName)))];
  return names.length <= 2 ? names.join(', ') : t('deleteHosts', { count: names.length });
};

type Step = { readonly at: 'asking' } | { readonly at: 'running' } | { readonly at: 'results'; readonly results: readonly DeleteResult[] };

const Results = ({ uploads, results }: { readonly uploads: readonly Upload[]; readonly results: readonly DeleteResult[] }) => {
  const { t, problem, number } = useText();
  const gone = results.filter(({ status }) => status === 'deleted' || status === 'already_gone').length;
  const byId = new Map(uploads.map((upload) => [upload.id, upload]));
  return (
    <>
      <p role="status" className="mb-2 font-medium">
        {t('deleteSummary', { gone: number(gone), total: number(results.length) })}
      </p>
      <ul className="flex flex-col">
        {results.map((result) => {
          const words = deleteWords(result.status);
          return (
            <li key={result.id} className="flex min-h-8 flex-wrap items-center gap-x-2 border-t border-line py-1.5">
              <span className="min-w-24 flex-1 truncate" title={byId.get(result.id)?.name}>
                {byId.get(result.id)?.name ?? result.id}
              </span>
              <Badge tone={words.tone}>{t(words.key)}</Badge>
              {result.problem === null && result.status !== 'unconfirmed' ? null : (
                <span className="said basis-full text-small text-text-2">{result.problem === null ? t('deleteUnconfirmedHelp') : problem(result.problem)}</span>
              )}
            </li>
          );
        })}
      </ul>
    </>
  );
};

const DeleteQuestion = ({ question, onDone }: QuestionProps) => {
  const { t, number } = useText();
  const call = useCall();
  const hosts = useHosts(question.uploads);
  const [step, setStep] = useState<Step>({ at: 'asking' });
  const count = question.uploads.length;
  const title = t(question.uploads.every(({ kind }) => kind === 'image') ? 'deleteTitle' : 'deleteFilesTitle', { count, formatted: number(count), host: hosts });
  const without = question.uploads.filter((upload) => !upload.hasDeleteLink).length;
  const run = async (): Promise<void> => {
    setStep({ at: 'running' });
    const results = await call('library:delete', { ids: question.uploads.map((upload) => upload.id) });
    if (results === undefined) onDone();
    else setStep({ at: 'results', results });
  };
  if (step.at === 'asking')
    return (
      <ConfirmDialog
        open
        danger
        title={title}
        confirmLabel={t('deleteConfirm')}
        cancelLabel={t('cancel')}
        onConfirm={() => void run()}
        onCancel={onDone}
      >
        <p>{t('deleteText', { count })}</p>
        {without > 0 ? <p className="mt-2">{t('deleteNoLink', { count: without })}</p> : null}
        {count === 1 ? <p className="said mt-2 font-medium text-text">{question.uploads[0]?.name}</p> : null}
      </ConfirmDialog>
    );
  return (
    <Dialog
      open
      onClose={onDone}
      title={t(step.at === 'running' ? 'deleteRunning' : 'deleteResults')}
      closeLabel={t('close')}
      footer={<Button onClick={onDone}>{t('close')}</Button>}
    >
      {step.at === 'running' ? (
        <p role="status">{title}</p>
      ) : (
        <Results uploads={question.uploads} results={step.results} />
      )}
    </Dialog>
  );
};

const RemoveQuestion = ({ question, onDone }: QuestionProps) => {
  const { t, number } = useText();
  const call = useCall();
  const count = question.uploads.length;
  return (
    <ConfirmDialog
      open
      danger
      title={t('removeTitle', { count, formatted: number(count) })}
      confirmLabel={t('removeConfirm')}
      cancelLabel={t('cancel')}
      onConfirm={() => {
        void call('library:remove', { ids: question.uploads.map((upload) => upload.id) });
        onDone();
      }}
      onCancel={onDone}
    >
      {t('removeText')}
    </ConfirmDialog>
  );
};

const SecretQuestion = ({ question, onDone }: QuestionProps) => {
  const { t } = useText();
  const attempt = useAttempt();
  const say = useSay();
  const id = question.uploads[0]?.id ?? '';
  const run = async (): Promise<void> => {
    if (await attempt('library:copy-delete-link', { id })) say({ title: { key: 'secretCopied' } });
  };
  return (
    <ConfirmDialog
      open
      title={t('secretTitle')}
      confirmLabel={t('secretConfirm')}
      cancelLabel={t('cancel')}
      onConfirm={() => {
        void run();
        onDone();
      }}
      onCancel={onDone}
    >
      {t('secretText')}
    </ConfirmDialog>
  );
};

export const LibraryQuestion = ({ question, onDone }: QuestionProps) => {
  switch (question.kind) {
    case 'delete':
      return <DeleteQuestion question={question} onDone={onDone} />;
    case 'remove':
      return <RemoveQuestion question={question} onDone={onDone} />;
    case 'secret':
      return <SecretQuestion question={question} onDone={onDone} />;
  }
};
