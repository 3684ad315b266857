import type { NewUpload } from '../../src/main/library';

let made = 0;

/** An upload that nobody made, with nothing special about it but what is given; its id, link and digest are its own. */
export const newUpload = (part: Partial<NewUpload> = {}): NewUpload => {
  const id = part.id ?? `upload-${(made += 1)}`;
  return {
    id,
    jobId: null,
    accountId: 'a',
    accountName: 'blog',
    provider: 'smms',
    onlyThisComputer: false,
    name: 'photo.png',
    storedName: null,
    remoteId: null,
    url: `https://h.example/i/${id}.png`,
    thumbUrl: null,
    kind: 'image',
    mime: 'image/png',
    bytes: 10,
    width: 1,
    height: 1,
    durationSeconds: null,
    sha256: id,
    albumId: null,
    uploadedAt: 1_700_000_000_000,
    remoteState: 'online',
    deleteUrl: null,
    ...part,
  };
};
