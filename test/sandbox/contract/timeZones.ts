/** The time zones that Keap takes for a contact, by its FAQ: a fixed list, not all of IANA's and some that IANA has renamed. */
export const TIME_ZONES: ReadonlySet<string> = new Set([
	...['Pago_Pago', 'Honolulu', 'Marquesas', 'Gambier', 'Pitcairn', 'Easter', 'Noumea', 'Norfolk', 'Fiji', 'Tarawa', 'Majuro'].map(pacific),
	...['Auckland', 'Tongatapu', 'Apia', 'Kiritimati', 'Chatham'].map(pacific),
	...['Adak', 'Anchorage', 'Los_Angeles', 'Santa_Isabel', 'Denver', 'Mazatlan', 'Phoenix', 'Mexico_City', 'Chicago'].map(american),
	...['Guatemala', 'Bogota', 'Havana', 'New_York', 'Caracas', 'Campo_Grande', 'Halifax', 'Goose_Bay', 'Santo_Domingo'].map(american),
	...['Santiago', 'Asuncion', 'St_Johns', 'Argentina/Buenos_Aires', 'Sao_Paulo', 'Miquelon', 'Montevideo', 'Godthab', 'Noronha'].map(
		american,
	),
	...['Stanley', 'Azores', 'Cape_Verde'].map((place) => `Atlantic/${place}`),
	...['London', 'Berlin', 'Istanbul', 'Minsk', 'Moscow'].map((place) => `Europe/${place}`),
	...['Windhoek', 'Lagos', 'Cairo', 'Johannesburg'].map((place) => `Africa/${place}`),
	...['Damascus', 'Beirut', 'Gaza', 'Jerusalem', 'Baghdad', 'Tehran', 'Yerevan', 'Baku', 'Dubai', 'Kabul', 'Karachi', 'Kolkata'].map(asian),
	...['Kathmandu', 'Dhaka', 'Yekaterinburg', 'Rangoon', 'Omsk', 'Jakarta', 'Shanghai', 'Krasnoyarsk', 'Irkutsk', 'Tokyo'].map(asian),
	...['Yakutsk', 'Vladivostok'].map(asian),
	...['Eucla', 'Darwin', 'Adelaide', 'Brisbane', 'Sydney', 'Lord_Howe'].map((place) => `Australia/${place}`),
	'UTC',
]);

function pacific(place: string): string {
	return `Pacific/${place}`;
}
function american(place: string): string {
	return `America/${place}`;
}
function asian(place: string): string {
	return `Asia/${place}`;
}
