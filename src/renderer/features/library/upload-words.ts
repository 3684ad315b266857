import { assertNever } from '../../../shared/assert-never';
import type { DeleteResult, RemoteState } from '../../../shared/model/upload';
import type { TextKey } from '../../stores/text';
import type { Tone } from '../../ui/bits';

/** What is known of the picture at its host, in words and in a tone. */
export const remoteWords = (state: RemoteState): { readonly key: TextKey; readonly tone: Tone } => {
  switch (state) {
    case 'online':
      return { key: 'remoteOnline', tone: 'ok' };
    case 'pending_review':
      return { key: 'remotePending', tone: 'warn' };
    case 'deleted':
      return { key: 'remoteDeleted', tone: 'neutral' };
    case 'already_gone':
      return { key: 'remoteGone', tone: 'neutral' };
    case 'unconfirmed':
      return { key: 'remoteUnconfirmed', tone: 'warn' };
    case 'refused':
      return { key: 'remoteRefused', tone: 'danger' };
    default:
      return assertNever(state);
  }
};

export const deleteWords = (status: DeleteResult['status']): { readonly key: TextKey; readonly tone: Tone } => {
  switch (status) {
    case 'deleted':
      return { key: 'deleteResultDeleted', tone: 'ok' };
    case 'already_gone':
      return { key: 'deleteResultGone', tone: 'ok' };
    case 'unconfirmed':
      return { key: 'deleteResultUnconfirmed', tone: 'warn' };
    case 'refused':
      return { key: 'deleteResultRefused', tone: 'danger' };
    case 'failed':
      return { key: 'deleteResultFailed', tone: 'danger' };
    default:
      return assertNever(status);
  }
};
