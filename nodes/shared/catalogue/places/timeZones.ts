import { BadInput, shown } from '../operation/badInput';
import { nearest } from './names';

/** The time zones that Keap takes for a contact, by its FAQ: a fixed list, neither all of IANA's nor only today's. By area. */
const PLACES: Readonly<Record<string, string>> = {
	Africa: 'Cairo Johannesburg Lagos Windhoek',
	America:
		'Adak Anchorage Argentina/Buenos_Aires Asuncion Bogota Campo_Grande Caracas Chicago Denver Godthab Goose_Bay Guatemala Halifax Havana ' +
		'Los_Angeles Mazatlan Mexico_City Miquelon Montevideo New_York Noronha Phoenix Santa_Isabel Santiago Santo_Domingo Sao_Paulo St_Johns',
	Asia:
		'Baghdad Baku Beirut Damascus Dhaka Dubai Gaza Irkutsk Jakarta Jerusalem Kabul Karachi Kathmandu Kolkata Krasnoyarsk Omsk Rangoon ' +
		'Shanghai Tehran Tokyo Vladivostok Yakutsk Yekaterinburg Yerevan',
	Atlantic: 'Azores Cape_Verde Stanley',
	Australia: 'Adelaide Brisbane Darwin Eucla Lord_Howe Sydney',
	Europe: 'Berlin Istanbul London Minsk Moscow',
	Pacific:
		'Apia Auckland Chatham Easter Fiji Gambier Honolulu Kiritimati Majuro Marquesas Norfolk Noumea Pago_Pago Pitcairn Tarawa Tongatapu',
};

export const TIME_ZONES: readonly string[] = [
	...Object.entries(PLACES).flatMap(([area, places]) => places.split(' ').map((place) => `${area}/${place}`)),
	'UTC',
];

/** The one name that ICU has for all names of a zone; `undefined` for what is none. */
function canonical(zone: string): string | undefined {
	try {
		return new Intl.DateTimeFormat('en-US', { timeZone: zone }).resolvedOptions().timeZone;
	} catch {
		return undefined;
	}
}

/** How far a zone is from Greenwich in the middle of winter and of summer. */
const offsetsOf = (zone: string): string =>
	['2026-01-15', '2026-07-15']
		.map((day) =>
			new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' })
				.formatToParts(new Date(day))
				.find(({ type }) => type === 'timeZoneName'),
		)
		.map((part) => part?.value ?? '')
		.join();

const plain = (zone: string): string => zone.trim().toLowerCase().replace(/\s+/g, '_');

/** Keap's name for a time zone, also where IANA has renamed it. @throws BadInput for one that Keap has not, with those of the same time */
export function timeZone(written: string): string {
	const known = TIME_ZONES.find((zone) => plain(zone) === plain(written));
	if (known !== undefined) return known;
	const zone = canonical(written.trim());
	const same = zone === undefined ? undefined : TIME_ZONES.find((one) => canonical(one) === zone);
	if (same !== undefined) return same;
	const near =
		zone === undefined
			? nearest(written, TIME_ZONES)
			: TIME_ZONES.filter((one) => canonical(one) !== undefined && offsetsOf(one) === offsetsOf(zone)).slice(0, 3);
	throw new BadInput(
		`is not one of Keap's time zones: ${shown(written)}`,
		`${near.length > 0 ? `${zone === undefined ? 'Did you mean' : 'The same time has'} ${near.join(', ')}${zone === undefined ? '?' : '.'} ` : ''}Keap takes only those of its own list: choose one from it.`,
	);
}

/** A time zone of the tz database, as it is written there. @throws BadInput for what is none */
export function anyTimeZone(written: string): string {
	const zone = written.trim();
	const known = knownZone(zone);
	if (known === undefined)
		throw new BadInput(`is not a time zone: ${shown(written)}`, 'A time zone is an area and a city, such as America/New_York.');
	return known.toLowerCase() === zone.toLowerCase() ? known : zone;
}

function knownZone(zone: string): string | undefined {
	try {
		return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone;
	} catch {
		return undefined;
	}
}
