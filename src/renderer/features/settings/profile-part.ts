import type { PreparationProfile } from '../../../shared/model/preparation';

/** What a part of the profile editor shows and changes. */
export type PartProps = { readonly profile: PreparationProfile; readonly onChange: (part: Partial<PreparationProfile>) => void };
