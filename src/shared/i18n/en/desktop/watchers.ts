/** What the clipboard and screenshot watchers ask and tell by notifications. */
export const watchers = {
  watchUpload: 'Upload',
  watchLeave: 'Leave it',
  watchClipboardTitle: 'Upload the copied picture?',
  watchClipboardBody: 'There is a new picture on the clipboard. Its link will take its place there.',
  watchClipboardGone: 'The clipboard holds something else by now. Copy the picture again.',
  watchScreenshotsTitle_one: 'Upload the new screenshot?',
  watchScreenshotsTitle_other: 'Upload {{count}} new screenshots?',
  watchMissedTitle_one: 'A screenshot came while Picferry was closed. Upload it?',
  watchMissedTitle_other: '{{count}} screenshots came while Picferry was closed. Upload them?',
  watchMore_one: 'and one more',
  watchMore_other: 'and {{count}} more',
  watchFailedTitle: 'Nothing was uploaded',
  watchNotPutAway: 'Its link is there, but the file could not be moved. It is where it was; look at the folder in Settings, Watchers.',
} as const;
