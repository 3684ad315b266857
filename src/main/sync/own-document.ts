import type { Policy } from '../../merge';
import type { DocumentFolder } from './document-folder';
import type { Open } from './record';
import type { DocumentTexts } from './texts';

type Deps = { readonly texts: Pick<DocumentTexts, 'merge'>; readonly files: Pick<DocumentFolder, 'get'> };
type File = { readonly text: string; readonly sha: string | null };

/**
 * The person's own document while a merge waits: the file, without what stands in it for the time being. Where the person
 * had deleted, the file shows the other side's value; taking that for the person's would settle the question unasked.
 */
export const ownDocument = async ({ texts, files }: Deps, open: Open, file: File, policy: Policy): Promise<string> => {
  const { made } = open;
  if (made === null || made.own === made.shown) return file.text;
  const own = files.get(made.own);
  if (own === null || file.sha === made.shown) return own ?? file.text;
  const shown = files.get(made.shown);
  if (shown === null) return file.text;
  // What was edited since goes before what was there.
  const edited = await texts.merge(shown, file.text, own, policy, {});
  return edited.status === 'refused' ? file.text : edited.status === 'merged' ? edited.text : edited.own;
};
