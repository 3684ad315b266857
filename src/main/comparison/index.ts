export { createComparison } from './comparison-service';
export type { CompareSource, ComparisonService } from './contract';
