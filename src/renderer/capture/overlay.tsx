import { assertNever } from '../../shared/assert-never';
import { openCapturePage } from './capture-page';
import { CountdownView } from './countdown-view';
import { partToPng, wholeOf } from './pixels';
import { RegionView } from './region-view';
import { WindowsView } from './windows-view';

void openCapturePage(async ({ task }, { client, token }) => {
  switch (task.kind) {
    case 'make': {
      const frame = await client.call('capturing:frame', { token });
      await client.call('capturing:take', { token, png: await partToPng(frame, task.part ?? wholeOf(frame)), part: task.part });
      return null;
    }
    case 'region':
      return <RegionView frame={await client.call('capturing:frame', { token })} last={task.last} />;
    case 'windows':
      return <WindowsView windows={task.windows} />;
    case 'countdown':
      return <CountdownView seconds={task.seconds} />;
    case 'edit':
      return null;
    default:
      return assertNever(task);
  }
});
