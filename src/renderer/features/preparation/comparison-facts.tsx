import clsx from 'clsx';
import { MapPin } from 'lucide-react';
import type { ComparedSide, Comparison } from '../../../shared/model/comparison';
import type { RemovedPart } from '../../../shared/model/preparation-report';
import { mayLookOther, reportWords } from '../../stores/report-words';
import { useText } from '../../stores/text';

const Side = ({ title, side, extra }: { readonly title: string; readonly side: ComparedSide; readonly extra: readonly string[] }) => {
  const { t, bytes } = useText();
  const facts = [...(side.width === null || side.height === null ? [] : [t('compareSize', { width: side.width, height: side.height })]), side.mime.replace(/^image\//, '').replace('svg+xml', 'svg').toUpperCase(), ...extra];
  return (
    <div className="min-w-0">
      <dt className="text-small text-text-2">{title}</dt>
      <dd>
        <span className="num text-lead font-semibold">{bytes(side.bytes)}</span>
        <span className="num said block text-small text-text-2" title={side.name}>
          {facts.join(' · ')}
        </span>
      </dd>
    </div>
  );
};

/** What the file says of itself, by the parts that went, or all of it where nothing did. */
const SaidList = ({ comparison: { said, more, report, after } }: { readonly comparison: Comparison }) => {
  const { t } = useText();
  const removed = report?.removed ?? [];
  const shown = removed.length === 0 ? said : said.filter(({ part }) => removed.includes(part) || (part === 'location' && removed.includes('exif')));
  const parts = [...new Set<RemovedPart>([...shown.map(({ part }) => part), ...removed])];
  // Of what was not looked through it is not known.
  const known = after !== null && (report?.kept ?? null) === null;
  if (parts.length === 0) return <p className="text-text-2">{t(known ? 'compareRemovedNone' : 'compareNotRead')}</p>;
  return (
    <div className="grid gap-x-4 gap-y-0.5 min-[560px]:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]">
      {parts.map((part, index) => {
        const lines = shown.filter((line) => line.part === part);
        return (
          <div key={part} className="contents">
            <h3 className={clsx('col-span-full text-small font-medium', index > 0 && 'mt-1', part === 'location' && 'text-warn')}>{t(`removed_${part === 'other' ? 'rest' : part}`)}</h3>
            {lines.length === 0 ? null : (
              <dl className="contents">
                {lines.map(({ name, value }) => (
                  <div key={name} className="contents">
                    <dt className="truncate text-small text-text-2" title={name}>
                      {name}
                    </dt>
                    <dd className="said text-small select-text">{value}</dd>
                  </div>
                ))}
              </dl>
            )}
          </div>
        );
      })}
      {more > 0 ? <p className="col-span-full text-small text-text-2">{t('compareMore', { count: more })}</p> : null}
    </div>
  );
};

const Place = ({ place }: { readonly place: NonNullable<Comparison['place']> }) => {
  const { t } = useText();
  return (
    <p className="flex items-start gap-1.5">
      <MapPin size={14} aria-hidden className="mt-0.5 shrink-0 text-warn" />
      <span>
        <span className="font-medium">{t('comparePlace')} </span>
        <span className="num select-text">
          {place.latitude.toFixed(5)}, {place.longitude.toFixed(5)}
        </span>
        <span className="block text-small text-text-2">{t('comparePlaceHelp')}</span>
      </span>
    </p>
  );
};

/** Sizes and time, and what went out of the file. */
export const ComparisonFacts = ({ comparison }: { readonly comparison: Comparison }) => {
  const text = useText();
  const { t, percent, shortSpan } = text;
  const { before, after, same, report, ms, place } = comparison;
  const change = after === null ? 0 : after.bytes / before.bytes - 1;
  const extra = same ? [] : [...(Math.abs(change) < 0.005 ? [] : [t(change < 0 ? 'compareSmaller' : 'compareLarger', { percent: percent(Math.abs(change)) })]), t('tryTime', { time: shortSpan(ms) })];
  const { kept } = reportWords(report, text);
  const removed = (report?.removed ?? []).length > 0;
  // Of content that is gone, the sentence below tells.
  const about = report === null || report.recoded || report.removed.includes('content') ? null : mayLookOther(report) ? 'compareDrawing' : 'compareSameBytes';
  return (
    <div className="grid gap-x-8 gap-y-3 px-4 py-3 min-[900px]:grid-cols-2">
      <div className="flex min-w-0 flex-col gap-2">
        <dl className="grid grid-cols-2 gap-4">
          <Side title={t('compareBefore')} side={before} extra={[]} />
          {after === null ? null : <Side title={t('compareAfter')} side={after} extra={extra} />}
        </dl>
        {same ? <p>{t('compareSame')}</p> : about === null ? null : <p className="text-text-2">{t(about)}</p>}
        {before.reduced || after?.reduced === true ? <p className="text-small text-text-2">{t('compareReduced')}</p> : null}
        {kept === null ? null : <p className="said text-warn">{kept}</p>}
        {place === null ? null : <Place place={place} />}
      </div>
      <section aria-label={t(removed ? 'compareRemoved' : 'compareKept')} className="min-w-0">
        <h2 className="mb-1 font-medium">{t(removed ? 'compareRemoved' : 'compareKept')}</h2>
        <div tabIndex={0} role="group" aria-label={t(removed ? 'compareRemoved' : 'compareKept')} className="overflow-y-auto rounded-s border min-[900px]:max-h-36 border-line bg-sunken px-2.5 py-1.5 -outline-offset-2">
          <SaidList comparison={comparison} />
        </div>
      </section>
    </div>
  );
};
