// graph: preload-thin
export { z } from 'zod';
