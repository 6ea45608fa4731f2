import type { Resource } from '../../shared/catalogue/types';
import { contact } from './contact';
import { customApiCall } from './customApiCall';
import { quota } from './quota';
import { tag } from './tag';
import { tagCategory } from './tagCategory';

/** The rows of the Keap node. */
export const resources: readonly Resource[] = [contact, customApiCall, quota, tag, tagCategory];
