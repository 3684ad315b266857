import { openCapturePage } from './capture-page';
import { EditorView } from './editor-view';

void openCapturePage(async ({ task }) => {
  if (task.kind !== 'edit') return null;
  const blob = new Blob([new Uint8Array(task.png)], { type: 'image/png' });
  return <EditorView picture={await createImageBitmap(blob, { colorSpaceConversion: 'none' })} />;
});
