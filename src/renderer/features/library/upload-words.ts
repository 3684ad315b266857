import { assertNever } from '../../../shared/assert-never';
import type { UploadState } from '../../../shared/model/library-query';
import type { LinkState, RemoteState, Upload } from '../../../shared/model/upload';
import type { UploadEvent } from '../../../shared/model/upload-details';
import type { TextKey } from '../../stores/text';
import type { Tone } from '../../ui/bits';

type Words = { readonly key: TextKey; readonly tone: Tone };

/** What is known of the picture at its host, in words and in a tone. */
export const remoteWords = (state: RemoteState): Words => {
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

/** The same in a sentence. */
export const remoteSentence: Readonly<Record<RemoteState, TextKey>> = {
  online: 'remoteOnlineText',
  pending_review: 'remotePendingText',
  deleted: 'remoteDeletedText',
  already_gone: 'remoteGoneText',
  unconfirmed: 'remoteUnconfirmedText',
  refused: 'remoteRefusedText',
};

export const linkSentence: Readonly<Record<LinkState, TextKey>> = {
  unchecked: 'linkUnchecked',
  alive: 'linkAlive',
  dead: 'linkDead',
  unsure: 'linkUnsure',
};

export const stateWords: Readonly<Record<UploadState, TextKey>> = {
  online: 'remoteOnline',
  deleted: 'remoteDeleted',
  unconfirmed: 'remoteUnconfirmed',
  refused: 'remoteRefused',
  pending_review: 'remotePending',
  link_dead: 'libraryLinkDead',
};

/** In the order of menus. */
export const uploadStates = ['online', 'deleted', 'unconfirmed', 'refused', 'pending_review', 'link_dead'] as const satisfies readonly UploadState[];
export const kinds = ['image', 'video', 'other'] as const satisfies readonly Upload['kind'][];
export const providers = ['imgurl', 'chevereto', 'smms', 'wizs', 'picferry'] as const satisfies readonly Upload['provider'][];

export const kindWords: Readonly<Record<Upload['kind'], TextKey>> = { image: 'kindImages', video: 'kindVideos', other: 'kindOthers' };
export const providerNames: Readonly<Record<Upload['provider'], string>> = { imgurl: 'ImgURL', chevereto: 'Chevereto', smms: 'SM.MS', wizs: 'WiZs', picferry: 'Picferry' };

export const eventWords: Readonly<Record<UploadEvent['what'], TextKey>> = {
  uploaded: 'eventUploaded',
  added_from_host: 'eventAddedFromHost',
  imported: 'eventImported',
  synced: 'eventSynced',
  delete_asked: 'eventDeleteAsked',
  deleted: 'eventDeleted',
  already_gone: 'eventAlreadyGone',
  unconfirmed: 'eventUnconfirmed',
  refused: 'eventRefused',
  delete_failed: 'eventDeleteFailed',
  link_alive: 'eventLinkAlive',
  link_dead: 'eventLinkDead',
  link_unsure: 'eventLinkUnsure',
  uploaded_again: 'eventUploadedAgain',
  replaced: 'eventReplaced',
  edited: 'eventEdited',
  moved: 'eventMoved',
};

const NOT_DRAWN: Readonly<Record<string, string>> = { 'image/tiff': 'TIFF', 'image/heic': 'HEIC', 'image/heif': 'HEIF', 'image/jxl': 'JPEG XL', 'image/jp2': 'JPEG 2000', 'image/vnd.adobe.photoshop': 'PSD' };

/** The name of a type of pictures that the window's engine cannot draw; null for all that it can, or may. */
export const notDrawn = (mime: string | null): string | null => (mime === null ? null : (NOT_DRAWN[mime.toLowerCase()] ?? null));

/** Whether the picture is known to be gone at its host. */
export const isGone = ({ remoteState }: Pick<Upload, 'remoteState'>): boolean => remoteState === 'deleted' || remoteState === 'already_gone';

/** `m:ss` or `h:mm:ss`. */
export const clockOf = (seconds: number): string => {
  const all = Math.max(0, Math.round(seconds));
  const two = (value: number): string => String(value).padStart(2, '0');
  const hours = Math.floor(all / 3600);
  const minutes = Math.floor((all % 3600) / 60);
  return hours > 0 ? `${hours}:${two(minutes)}:${two(all % 60)}` : `${minutes}:${two(all % 60)}`;
};
