import type { UploadSelection } from '../../shared/model/library-query';
import type { ItemOutcome, Operation, OperationItem } from '../../shared/model/operation';

/** Actions over many uploads that ask hosts; see the `operations` calls. Throws and rejects only `PicferryError`. */
export interface OperationsService {
  list(): readonly Operation[];
  rev(): number;
  delete(selection: UploadSelection, undoMs: number): Operation;
  checkLinks(selection: UploadSelection): Operation;
  importRemote(accountId: string): Operation;
  cancel(id: string): void;
  begin(id: string): void;
  retry(id: string): Operation;
  dismiss(id: string): void;
  items(id: string, offset: number, limit: number, outcomes: readonly ItemOutcome[] | null): { readonly items: readonly OperationItem[]; readonly total: number };
  /** Resolves with the operation once it is done or cancelled. */
  finished(id: string): Promise<Operation>;
  /** True while hosts are being asked, or are about to be: worth a question before quitting. */
  busy(): boolean;
  /** Waiting deletes are given up, running ones end after the item in hand. */
  close(): Promise<void>;
  onChange(listener: () => void): () => void;
}
