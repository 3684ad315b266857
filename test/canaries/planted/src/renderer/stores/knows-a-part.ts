// graph: stores-below-screens
export { button } from '../ui/button';
