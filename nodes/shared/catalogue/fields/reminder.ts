import { asNumber, type FieldTexts, options } from './fields';
import type { Field } from '../operation/types';

/** How long before a task or an appointment Keap reminds; it takes these minutes and no others. */
export const reminder = (name: string, displayName: string, texts: FieldTexts): Field =>
	asNumber(
		options(name, displayName, {
			...texts,
			default: '15',
			choices: [
				['5', '5 Minutes'],
				['10', '10 Minutes'],
				['15', '15 Minutes'],
				['30', '30 Minutes'],
				['60', '1 Hour'],
				['120', '2 Hours'],
				['240', '4 Hours'],
				['480', '8 Hours'],
				['1440', '1 Day'],
				['2880', '2 Days'],
			],
		}),
	);
