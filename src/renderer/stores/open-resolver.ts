import type { StoreApi } from 'zustand/vanilla';
import type { DocumentRef } from '../../shared/model/resolver';
import type { UiState } from './ui-store';

/** Shows the screen on which a person decides what clashes in a document. */
export const openResolver = (ui: StoreApi<UiState>, { account, fileKey }: DocumentRef): void => ui.setState({ route: 'resolver', resolving: { account, fileKey }, overlay: 'none' });
