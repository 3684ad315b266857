import type { IncomingMessage } from 'node:http';
import type { ApiLimits } from './limits';
import { watchPace } from './pace';

export type BodyFailure = 'too-big' | 'too-slow' | 'went-away';
export type TextRead = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly why: BodyFailure };

/** Whether the body says beforehand that it is too large. */
export const saysTooBig = ({ headers }: Pick<IncomingMessage, 'headers'>, bytes: number): boolean => Number(headers['content-length'] ?? 0) > bytes;

/** Reads a whole body of bounded length. Never rejects. */
export function readText(request: IncomingMessage, limits: Pick<ApiLimits, 'jsonBytes' | 'paceMs' | 'paceBytes'>): Promise<TextRead> {
  if (saysTooBig(request, limits.jsonBytes)) return Promise.resolve({ ok: false, why: 'too-big' });
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    const end = (read: TextRead): void => {
      calm();
      request.off('data', take).off('end', whole).off('error', gone).off('close', gone);
      resolve(read);
    };
    const take = (chunk: Buffer): void => {
      bytes += chunk.length;
      if (bytes > limits.jsonBytes) end({ ok: false, why: 'too-big' });
      else chunks.push(chunk);
    };
    const whole = (): void => end({ ok: true, text: Buffer.concat(chunks).toString('utf8') });
    const gone = (): void => end({ ok: false, why: 'went-away' });
    const calm = watchPace(request, limits, () => end({ ok: false, why: 'too-slow' }));
    request.on('data', take).once('end', whole).once('error', gone).once('close', gone);
  });
}
