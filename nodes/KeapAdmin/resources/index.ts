import type { Resource } from '../../shared/catalogue/operation/types';
import { hook } from './hook';

/** The rows of the Keap Admin node. The first is the one that a new node shows. */
export const resources: readonly Resource[] = [hook];
