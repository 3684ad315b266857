// graph: renderer-never-reaches-node
export { readFileSync } from '../../../shared/detour';
