import { withoutAddresses } from '../../lib/logger';
import type { JobRecord } from './job-record';

/**
 * What happened to jobs, for a bug report. Names of accounts, files' sizes and kinds, states and coded
 * problems; no links, paths, keys or file contents.
 */
export function reportOf(records: readonly JobRecord[], now: number): string {
  const head = `Picferry report, ${new Date(now).toISOString()}, ${records.length} jobs`;
  return [head, ...records.map(linesOf)].join('\n\n');
}

function linesOf(record: JobRecord): string {
  const { facts, problem } = record;
  const lines = [
    `file: ${record.name}`,
    `size: ${facts === null ? 'not looked at' : `${facts.bytes} bytes, ${facts.mime}`}`,
    `host: ${record.accountName} (${record.provider})`,
    `state: ${record.state}${record.wait === null ? '' : ` (${record.wait})`}, tries: ${record.attempts}`,
    `added: ${new Date(record.createdAt).toISOString()}`,
    `ended: ${record.finishedAt === null ? 'not yet' : new Date(record.finishedAt).toISOString()}`,
  ];
  if (problem === null) return lines.join('\n');
  const { kind, sub, message, params, detail, retryAfterMs, at } = problem;
  lines.push(`problem: ${kind}${sub === null ? '' : `/${sub}`} ${message} at ${new Date(at).toISOString()}`);
  if (Object.keys(params).length > 0) lines.push(`params: ${withoutAddresses(JSON.stringify(params))}`);
  if (retryAfterMs !== null) lines.push(`host asked to wait: ${retryAfterMs} ms`);
  if (detail !== null) lines.push(`detail: ${withoutAddresses(detail)}`);
  return lines.join('\n');
}
