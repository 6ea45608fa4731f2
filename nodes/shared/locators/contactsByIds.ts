import type { BundledRead } from '../catalogue/operation/types';

/** Where contacts are read by their ids, as many in a call as Keap takes. */
export const contactsByIds: Omit<BundledRead, 'id'> = { path: '/crm/rest/v2/contacts', filter: 'ids', records: 'contacts', max: 100 };
