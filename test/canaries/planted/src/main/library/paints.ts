// graph: main-never-renderer
export { button } from '../../renderer/ui/button';
