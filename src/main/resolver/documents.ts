import type { SyncService } from '../sync';

/** What the resolver needs of the documents. */
export type ResolverDocuments = Pick<SyncService, 'sides' | 'settle' | 'takeBack' | 'onChange' | 'view' | 'history'>;
