export { isCancelled } from './errors/cancelled';
export { httpCodeOf } from './errors/httpCode';
export { isKeapHost, parseBaseUrl } from './baseUrl';
export { keapCredentials, parseKeapCredentials, type KeapCredentials } from './credentials';
export { cachedLookup } from './lookupCache';
export { keapGetAll, keapPages } from './pagination';
export { quotaOf } from './quota';
export { keapRequest } from './request';
export type * from './types';
