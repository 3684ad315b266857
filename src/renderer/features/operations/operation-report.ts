import type { Operation, OperationItem } from '../../../shared/model/operation';
import { itemText, operationText, outcomeWords, sheetTitles } from '../../stores/operation-words';
import type { Text } from '../../stores/text';

const LONGEST = 900_000;

/** A report as plain text, one item a line: names, outcomes and reasons, never a link or a secret. */
export const operationReport = (operation: Operation, items: readonly OperationItem[], text: Text): string => {
  const { t } = text;
  const head = t('operationReportHead', { title: t(sheetTitles[operation.kind]), time: text.timeLong(operation.finishedAt ?? operation.createdAt) });
  const lines = items.map((item) => {
    const outcome = t(item.outcome === null ? 'itemWaiting' : outcomeWords[item.outcome].one);
    const why = itemText(item, text);
    const detail = item.problem?.detail ?? null;
    return [`${item.name}: ${outcome}`, ...(why === null ? [] : [why]), ...(detail === null ? [] : [`[${detail}]`])].join(' – ');
  });
  const whole = [head, operationText(operation, operation.createdAt, text), '', ...lines].join('\n');
  return whole.length <= LONGEST ? whole : `${whole.slice(0, LONGEST)}\n…`;
};
