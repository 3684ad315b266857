import { PicferryError, problemOf } from '../../lib/picferry-error';
import type { Problem } from '../../shared/model/problem';

export type UrlTrouble = 'urlMalformed' | 'urlPrivate' | 'urlUnreachable' | 'urlNotPicture' | 'urlTooBig' | 'urlRedirects' | 'urlTimeout' | 'urlRefused';

const kinds: Readonly<Record<UrlTrouble, Pick<Problem, 'kind' | 'retryable'>>> = {
  urlMalformed: { kind: 'bad_request', retryable: false },
  urlPrivate: { kind: 'bad_request', retryable: false },
  urlUnreachable: { kind: 'network', retryable: true },
  urlNotPicture: { kind: 'rejected_file', retryable: false },
  urlTooBig: { kind: 'rejected_file', retryable: false },
  urlRedirects: { kind: 'network', retryable: false },
  urlTimeout: { kind: 'network', retryable: true },
  urlRefused: { kind: 'not_found', retryable: true },
};

/** Trouble with a picture's address as a value. `detail` holds no address. */
export const urlProblem = (trouble: UrlTrouble, at: number, detail: string | null = null): Problem =>
  problemOf({ ...kinds[trouble], sub: trouble, message: trouble, detail }, at);

export class UrlError extends PicferryError {
  constructor(trouble: UrlTrouble, detail: string | null = null) {
    super(urlProblem(trouble, Date.now(), detail));
  }
}
