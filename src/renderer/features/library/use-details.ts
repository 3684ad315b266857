import { useCallback, useEffect, useState } from 'react';
import type { Problem } from '../../../shared/model/problem';
import type { UploadDetails } from '../../../shared/model/upload-details';
import { CallFailure } from '../../bridge';
import { useApp } from '../../stores/use-app';

export type DetailsState = { readonly details: UploadDetails | null; readonly problem: Problem | null; readonly reload: () => void };

/** Arrows held down pass by without a read for each. */
const READ_AFTER_MS = 60;

/** What a row does not carry, read for the row that is looked at and again when it changes. */
export const useDetails = (uploadId: string): DetailsState => {
  const { client } = useApp();
  const [state, setState] = useState<{ readonly id: string; readonly details: UploadDetails | null; readonly problem: Problem | null } | null>(null);
  const [turn, setTurn] = useState(0);
  const reload = useCallback(() => setTurn((before) => before + 1), []);
  useEffect(
    () =>
      client.on('library:changed', ({ upsert, removed, reordered }) => {
        if (upsert.some(({ id }) => id === uploadId) || (reordered && upsert.length === 0 && removed.length === 0)) reload();
      }),
    [client, uploadId, reload],
  );
  useEffect(() => {
    let left = false;
    const read = async (): Promise<void> => {
      try {
        const details = await client.call('library:details', { id: uploadId });
        if (!left) setState({ id: uploadId, details, problem: null });
      } catch (failure) {
        if (!(failure instanceof CallFailure)) throw failure;
        if (!left) setState({ id: uploadId, details: null, problem: failure.error.problem });
      }
    };
    const timer = setTimeout(() => void read(), READ_AFTER_MS);
    return () => {
      left = true;
      clearTimeout(timer);
    };
  }, [client, uploadId, turn]);
  return state === null || state.id !== uploadId ? { details: null, problem: null, reload } : { ...state, reload };
};
