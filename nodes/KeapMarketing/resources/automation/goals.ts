import { row } from '../../../shared/rows/row';
import { BadInput } from '../../../shared/catalogue/operation/badInput';
import * as fields from '../../../shared/catalogue/fields/fields';
import { askKeap } from '../../../shared/catalogue/calls/request';
import { inner } from '../../../shared/runtime/isRecord';
import type { Operation, Perform } from '../../../shared/catalogue/operation/types';
import { automations } from '../../../shared/records/marketing/automations';
import { contacts } from '../../../shared/records/people/contacts';

const goalContact = fields.asNumber(
	contacts.field('contactId', 'Contact', { required: true, description: 'The contact who achieves the goal' }),
);

/** Keap answers 200 even when nothing was achieved, which must not look like success: https://developer.infusionsoft.com/docs/restv2/#tag/Automation/operation/achieveGoal */
const achieve: Perform = async (work, call) => {
	const answer = await askKeap(work, call);
	const { results } = inner(answer);
	const outcomes = Array.isArray(results) ? (results as unknown[]).map(inner) : [];
	const [failed] = outcomes;
	if (failed !== undefined && outcomes.every(({ success }) => success === false)) {
		const why = typeof failed.message === 'string' && failed.message !== '' ? `: ${failed.message}` : '';
		throw new BadInput(
			`Keap did not achieve the goal${why}`,
			'Check that the automation is published, and that the goal waits for this name or ID.',
		);
	}
	return answer;
};

/** A goal is named by its ID in one automation, or by the two names that API goals of any automation wait for. */
export const goals: readonly Operation[] = [
	row('achieveGoalByName', 'Achieve Goal by Name', 'POST /crm/rest/v2/automations/goals/achieve', {
		effect: 'sends',
		expects: ['results'],
		action: 'Achieve an automation goal by name',
		description: 'Achieve an API goal for a contact, in every published automation that waits for its names',
		fields: [
			goalContact,
			fields.text('integration', 'Integration Name', {
				required: true,
				placeholder: 'e.g. myShop',
				description: 'The integration name, as it stands in the settings of the API goal in Keap',
			}),
			fields.text('callName', 'Call Name', {
				required: true,
				placeholder: 'e.g. bookedDemo',
				description: 'The call name, as it stands in the settings of the API goal in Keap',
			}),
		],
		perform: achieve,
	}),
	row('achieveGoalById', 'Achieve Goal by ID', 'POST /crm/rest/v2/automations/goals/achieve', {
		effect: 'sends',
		expects: ['results'],
		action: 'Achieve an automation goal by ID',
		description: 'Achieve a goal of one automation for a contact',
		fields: [
			goalContact,
			fields.asNumber(automations.field('automationId', 'Automation', { required: true, description: 'The automation that has the goal' })),
			fields.asNumber(
				fields.id('goalId', 'Goal ID', {
					required: true,
					description:
						'The ID of the goal. Get Goals of the Campaign resource lists the goals of an automation made in the campaign builder.',
				}),
			),
		],
		perform: achieve,
	}),
];
