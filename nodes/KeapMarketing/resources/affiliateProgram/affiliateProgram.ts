import * as fields from '../../../shared/catalogue/fields/fields';
import type { Resource } from '../../../shared/catalogue/operation/types';
import { affiliatePrograms, withCommissions } from '../../../shared/records/partners/affiliatePrograms';
import { affiliates } from '../../../shared/records/marketing/affiliates';
import { crud } from '../../../shared/rows/crud';
import { writesAs } from '../../../shared/rows/writesAs';

/** A program says what Keap pays to affiliates. */
export const affiliateProgram: Resource = writesAs('charges', {
	value: 'affiliateProgram',
	name: 'Affiliate Program',
	operations: crud(affiliatePrograms, {
		fields: [
			fields.text('name', 'Name', { required: true, placeholder: 'e.g. Gold Partners', description: 'What affiliates read' }),
			fields.number('priority', 'Priority', {
				required: true,
				whole: true,
				default: 1,
				description: 'Which program counts where an affiliate is in several',
			}),
		],
		more: [fields.text('notes', 'Notes', { rows: 3 })],
		filters: [
			affiliates.field('affiliateId', 'Affiliate', { in: 'filter', description: 'Programs that the affiliate is in' }),
			fields.text('name', 'Name', { in: 'filter' }),
		],
		create: { description: 'Create a new commission program, to which affiliates and commissions are added' },
		delete: { description: 'Delete a commission program permanently, and with it the commissions that it pays' },
		get: { description: 'Retrieve a commission program with its affiliates and commissions', simplify: { shape: withCommissions } },
		getAll: { description: 'Retrieve a list of commission programs, without their commissions' },
	}),
});
