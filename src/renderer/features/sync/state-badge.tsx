import { CircleAlert, CircleCheck, CircleDashed, CirclePause, CloudDownload, CloudOff, KeyRound, LoaderCircle, Split, TriangleAlert, Upload } from 'lucide-react';
import type { ReactNode } from 'react';
import type { SyncDocument } from '../../../shared/model/sync';
import { stateTone, stateWords } from '../../stores/sync-words';
import { useText } from '../../stores/text';
import { Badge } from '../../ui/bits';

const small = { size: 12, 'aria-hidden': true } as const;

const icons: Readonly<Record<SyncDocument['state'], ReactNode>> = {
  new: <CircleDashed {...small} />,
  'first-choice': <Split {...small} />,
  'up-to-date': <CircleCheck {...small} />,
  'changes-waiting': <Upload {...small} />,
  offline: <CloudOff {...small} />,
  conflict: <TriangleAlert {...small} />,
  'server-older': <CircleAlert {...small} />,
  paused: <CirclePause {...small} />,
  'sign-in-needed': <KeyRound {...small} />,
  failed: <CircleAlert {...small} />,
};

/** How a document stands: a sign and words. */
export const StateBadge = ({ document }: { readonly document: SyncDocument }) => {
  const text = useText();
  const icon = document.running ? <LoaderCircle {...small} className="animate-spin motion-reduce:animate-none" /> : document.state === 'up-to-date' && document.newer !== null ? <CloudDownload {...small} /> : icons[document.state];
  return (
    <Badge tone={stateTone(document)} icon={icon}>
      {stateWords(document, text)}
    </Badge>
  );
};
