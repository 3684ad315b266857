import { CircleAlert, CircleCheck, CircleHelp, LoaderCircle } from 'lucide-react';
import type { TestStep } from '../../../shared/model/account';
import { useText, type TextKey } from '../../stores/text';
import { Bar } from '../../ui/bits';
import { Button } from '../../ui/button';
import type { AccountTestRun } from './use-account-test';

const names: Readonly<Record<TestStep['what'], TextKey>> = {
  address: 'testAddress',
  reach: 'testReach',
  key: 'testKey',
  upload: 'testUpload',
  albums: 'testAlbums',
  list: 'testList',
  sync: 'testSync',
};
const results = { works: 'testWorks', fails: 'testFails', unknown: 'testUnknown' } as const;
const icons = {
  works: <CircleCheck size={14} aria-hidden className="text-ok" />,
  fails: <CircleAlert size={14} aria-hidden className="text-danger" />,
  unknown: <CircleHelp size={14} aria-hidden className="text-text-2" />,
};

const Step = ({ step }: { readonly step: TestStep }) => {
  const { t, problem } = useText();
  return (
    <li className="flex items-start gap-2">
      <span className="mt-0.75 shrink-0">{icons[step.result]}</span>
      <span className="said min-w-0 select-text">
        <span className="font-medium">{t(names[step.what])}</span> <span className="text-text-2">{t(results[step.result])}</span>
        {step.problem === null ? null : <span className="block">{problem(step.problem)}</span>}
        {step.problem?.detail == null ? null : <span className="block text-small text-text-2">{step.problem.detail}</span>}
      </span>
    </li>
  );
};

/** What an account test found, step by step; nothing before the first test. */
export const TestReport = ({ test }: { readonly test: AccountTestRun }) => {
  const { t, problem } = useText();
  const { state } = test;
  return (
    <div role="status" aria-live="polite" className="empty:-mt-2">
      {state.kind === 'running' ? (
        <div className="flex items-center gap-2 text-text-2">
          <LoaderCircle size={14} aria-hidden className="animate-spin motion-reduce:animate-none" />
          {t('formTesting')}
          <Button size="s" look="quiet" onClick={test.clear}>
            {t('formTestStop')}
          </Button>
        </div>
      ) : null}
      {state.kind === 'failed' ? (
        <Bar tone="danger" icon={<CircleAlert size={14} aria-hidden />}>
          {problem(state.problem)}
        </Bar>
      ) : null}
      {state.kind === 'found' ? (
        <div className="flex flex-col gap-2 rounded-m border border-line bg-sunken px-3 py-2">
          <p className={state.test.canUpload ? 'font-medium text-ok' : 'font-medium text-danger'}>{t(state.test.canUpload ? 'testCanUpload' : 'testCannotUpload')}</p>
          <ul className="flex flex-col gap-1.5">
            {state.test.steps.map((step, index) => (
              <Step key={`${step.what}-${String(index)}`} step={step} />
            ))}
          </ul>
        </div>
      ) : null}
    </div>
  );
};
