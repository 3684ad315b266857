import type { CallOutput } from '../../bridge';
import type { Words } from '../../stores/said';

const NAMED = 3;

const whys = { no_file: 'operationRepairNoFile', moved: 'operationRepairMoved', changed: 'operationRepairChanged', no_account: 'operationRepairNoAccount' } as const;
const lefts = { deleted: 'operationRepairDeleted', working: 'operationRepairWorking' } as const;

/** A sentence for each reason why some were not queued, with the first of their names. */
export const notRepaired = ({ missing, left }: Pick<NonNullable<CallOutput<'library:upload-again'>>, 'missing' | 'left'>): readonly Words[] => [
  ...keysOf(whys).flatMap((why) => {
    const names = missing.filter((one) => one.why === why).map(({ name }) => name);
    const shown = `${names.slice(0, NAMED).join(', ')}${names.length > NAMED ? ' …' : ''}`;
    return names.length === 0 ? [] : [{ key: whys[why], params: { count: names.length, names: shown } }];
  }),
  ...keysOf(lefts).flatMap((why) => (left[why] === 0 ? [] : [{ key: lefts[why], params: { count: left[why] } }])),
];

const keysOf = <Key extends string>(record: Readonly<Record<Key, unknown>>): readonly Key[] => Object.keys(record) as Key[];
