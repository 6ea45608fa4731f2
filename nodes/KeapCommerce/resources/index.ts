import type { Resource } from '../../shared/catalogue/operation/types';
import { merchant } from './merchant';

/** The rows of the Keap Commerce node. The first is the one that a new node shows. */
export const resources: readonly Resource[] = [merchant];
