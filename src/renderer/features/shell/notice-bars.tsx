import { CircleAlert, Info, TriangleAlert } from 'lucide-react';
import type { Notice } from '../../../shared/model/notice';
import { useText } from '../../stores/text';
import { useCall } from '../../stores/use-actions';
import { useNotices } from '../../stores/use-app';
import { Bar, type Tone } from '../../ui/bits';
import { Button } from '../../ui/button';

const tones: Readonly<Record<Notice['level'], Tone>> = { info: 'accent', warning: 'warn', error: 'danger' };
const icons = { info: Info, warning: TriangleAlert, error: CircleAlert } as const;

/** What main has to tell once: quiet bars above the screen, each put away by hand. */
export const NoticeBars = () => {
  const { t, notice: words } = useText();
  const notices = useNotices();
  const call = useCall();
  if (notices.length === 0) return null;
  return (
    <section aria-label={t('notices')} className="flex max-h-[40vh] shrink-0 flex-col gap-2 overflow-y-auto px-4 pt-3">
      {notices.map((notice) => {
        const Icon = icons[notice.level];
        return (
          <Bar
            key={notice.id}
            tone={tones[notice.level]}
            icon={<Icon size={16} aria-hidden />}
            actions={
              <Button size="s" look="quiet" onClick={() => void call('notices:dismiss', { id: notice.id })}>
                {t('dismiss')}
              </Button>
            }
          >
            <span role={notice.level === 'error' ? 'alert' : 'status'}>{words(notice)}</span>
          </Bar>
        );
      })}
    </section>
  );
};
