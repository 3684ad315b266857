export type * from './contract';
export { createOperations, type OperationsDeps } from './operations-service';
export { createUploadAgain, type UploadAgain, type UploadAgainDeps } from './upload-again';
