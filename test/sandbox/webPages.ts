/** Web pages that come where JSON was asked for. */

const page = (title: string, text: string) =>
	`<!DOCTYPE html><html><head><title>${title}</title></head><body><h1>${title}</h1><p>${text}</p></body></html>`;

/** Keap's own answer to an address that it does not have, whatever the version in it. */
export const NOT_FOUND_PAGE = page('Keap - Page Not Found', 'The page you are looking for does not exist.');

/** What the front end says to a GET with a body. */
export const MALFORMED_PAGE = page('400 Bad Request', 'Your client has issued a malformed or illegal request.');

/** A gateway or a server that is down. */
export const maintenancePage = (status: number): string => page('Down for maintenance', `${status}: we will be back shortly.`);
