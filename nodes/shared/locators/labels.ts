import type { IDataObject } from 'n8n-workflow';

const isText = (part: unknown): part is string => typeof part === 'string' && part.trim() !== '';

/** A record's name, or its number where it has none. */
export const nameLabel =
	(key: string) =>
	(record: IDataObject): string => {
		const name = record[key];
		return isText(name) ? name : `#${String(record.id)}`;
	};

/** First and last name with the first email address behind; whatever of it there is. For contacts and users. */
export function personLabel(record: IDataObject): string {
	const { given_name: givenName, family_name: familyName, email_addresses: emails } = record;
	const email: unknown = Array.isArray(emails) ? (emails as IDataObject[])[0]?.email : undefined;
	const name = [givenName, familyName].filter(isText).join(' ');
	if (name === '') return isText(email) ? email : `#${String(record.id)}`;
	return isText(email) ? `${name} (${email})` : name;
}

/** A title with the day behind it, such as `Demo (2024-01-31)`; whatever of it there is. */
export const datedLabel =
	(title: string, time: string) =>
	(record: IDataObject): string => {
		const day = record[time];
		const name = nameLabel(title)(record);
		return isText(day) ? `${name} (${day.slice(0, 10)})` : name;
	};
