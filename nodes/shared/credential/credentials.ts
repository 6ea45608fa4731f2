import { createHash } from 'node:crypto';

import { NodeOperationError } from 'n8n-workflow';
import { type AgentRules, readAgentRules } from './agentRules';
import { DEFAULT_BASE_URL, isKeapHost, parseBaseUrl } from './baseUrl';
import { isOn, parseSharing } from './sharing';
import type { KeapContext } from '../runtime/context';
import type { DailyQuotaAction, KeapLimits } from '../throttle/quota/limits';
import type { ThrottleKey } from '../throttle/registry';
import type { RedisSettings } from '../throttle/redis/connection/settings';

/** The credential type's name in n8n. */
export const KEAP_CREDENTIAL = 'keapApi';

/** The Keap credential, normalised and checked. */
export interface KeapCredentials extends ThrottleKey {
	apiKey: string;
	/** Without a slash at the end: `https://api.infusionsoft.com`. */
	origin: string;
	limits: KeapLimits;
	/** The Redis that keeps several processes together; none unless the credential says so. */
	sharing?: RedisSettings;
	/** What AI agents may do with it. */
	agents: AgentRules;
}

const LIMITS = {
	perSecond: { field: 'requestsPerSecond', label: 'Requests per Second', standard: 5, whole: false },
	perMinute: { field: 'requestsPerMinute', label: 'Requests per Minute', standard: 120, whole: true },
	perDay: { field: 'requestsPerDay', label: 'Requests per Day', standard: 15_000, whole: true },
} as const;

/**
 * Reads the fields of a `keapApi` credential.
 *
 * @param raw the credential's data as n8n decrypts it; fields left out take their defaults
 * @throws Error that names the field and says what it takes; it never shows the key
 */
export function parseKeapCredentials(raw: Readonly<Record<string, unknown>>): KeapCredentials {
	if (last && sameFields(last.raw, raw)) return last.parsed;
	const parsed = parse(raw);
	last = { raw: { ...raw }, parsed };
	return parsed;
}

/** The last credential read: n8n decrypts it for every request, and it is nearly always the same. */
let last: { raw: Readonly<Record<string, unknown>>; parsed: KeapCredentials } | undefined;

function sameFields(one: Readonly<Record<string, unknown>>, other: Readonly<Record<string, unknown>>): boolean {
	const names = Object.keys(one);
	return names.length === Object.keys(other).length && names.every((name) => one[name] === other[name] && name in other);
}

function parse(raw: Readonly<Record<string, unknown>>): KeapCredentials {
	const sharing = parseSharing(raw);
	const apiKey = readKey(raw.apiKey);
	const advanced = advancedOf(raw);
	const { origin } = parseBaseUrl(textOr(advanced.baseUrl, DEFAULT_BASE_URL));
	return {
		apiKey,
		origin,
		host: hostOf(origin),
		keyName: keyName({ apiKey, origin }),
		limits: readLimits(advanced),
		agents: readAgentRules(advanced),
		...(sharing && { sharing }),
	};
}

/** What stands behind the switch Advanced Settings: nothing when it is off. Data without the switch was not made by the form. */
function advancedOf(raw: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
	const { advancedSettings } = raw;
	return advancedSettings === undefined || isOn(advancedSettings) ? raw : {};
}

/**
 * The node's Keap credential.
 *
 * @param item index of the item, for credentials with expressions and for the error
 * @throws NodeOperationError that says what is wrong with the credential
 */
export async function keapCredentials(context: KeapContext, item?: number): Promise<KeapCredentials> {
	const raw = await context.getCredentials(KEAP_CREDENTIAL, item);
	try {
		return withId(parseKeapCredentials(raw), context.getNode().credentials?.[KEAP_CREDENTIAL]?.id);
	} catch (error) {
		throw new NodeOperationError(context.getNode(), error instanceof Error ? error.message : String(error), {
			description: 'Open the Keap credential of this node, correct the field and save it',
			itemIndex: item,
		});
	}
}

/** A name for the key on its host that does not reveal the key. Keap's two hosts are one, and count a key's calls together. */
export function keyName({ origin, apiKey }: Pick<KeapCredentials, 'origin' | 'apiKey'>): string {
	return createHash('sha256')
		.update(`${hostOf(origin)}\n${apiKey}`)
		.digest('hex');
}

/** Keap's two hosts are one. */
function hostOf(origin: string): string {
	return isKeapHost(new URL(origin), new URL(DEFAULT_BASE_URL)) ? DEFAULT_BASE_URL : origin;
}

const withIds = new WeakMap<KeapCredentials, Map<string, KeapCredentials>>();

/** Returns the same object for the same credential, because the throttle caches what it finds by this object. */
function withId(credentials: KeapCredentials, id: string | null | undefined): KeapCredentials {
	if (typeof id !== 'string' || id === '') return credentials;
	const known = withIds.get(credentials) ?? new Map<string, KeapCredentials>();
	withIds.set(credentials, known);
	const found = known.get(id) ?? { ...credentials, credentialId: id };
	known.set(id, found);
	return found;
}

function readKey(value: unknown): string {
	const key = textOr(value, '');
	if (key === '') {
		throw new Error('The Keap credential has no API Key. Make one in Keap under profile icon > Settings > API');
	}
	// Anything else can't be a header's value; most often a line break or an invisible character was pasted along.
	if (!/^[\x21-\x7e]+$/.test(key)) {
		throw new Error(
			'The API Key of the Keap credential contains spaces, line breaks or other characters that a key never has. Copy it again from Keap',
		);
	}
	return key;
}

function readLimit(raw: Readonly<Record<string, unknown>>, name: keyof typeof LIMITS): number {
	const { field, label, standard, whole } = LIMITS[name];
	const value = raw[field];
	if (value === undefined || value === null || value === '') return standard;
	const isNumeric = typeof value === 'number' || (typeof value === 'string' && value.trim() !== '');
	const number = isNumeric ? Number(value) : NaN;
	const limit = whole ? Math.floor(number) : number;
	if (!Number.isFinite(limit) || limit <= 0) {
		const shown = typeof value === 'string' || typeof value === 'number' ? ` (${String(value).slice(0, 40)})` : '';
		throw new Error(
			`${label} of the Keap credential${shown} has to be a number ${whole ? 'of 1 or more' : 'above 0'}. Keap's own limit is ${standard}`,
		);
	}
	return limit;
}

function readLimits(raw: Readonly<Record<string, unknown>>): KeapLimits {
	const dailyQuotaAction = readAction(raw.dailyQuotaAction);
	if (readMode(raw) === 'fromKeap') {
		const { perSecond, perMinute, perDay } = LIMITS;
		return { perSecond: perSecond.standard, perMinute: perMinute.standard, perDay: perDay.standard, dailyQuotaAction, fromKeap: true };
	}
	return {
		perSecond: readLimit(raw, 'perSecond'),
		perMinute: readLimit(raw, 'perMinute'),
		perDay: readLimit(raw, 'perDay'),
		dailyQuotaAction,
	};
}

/** Limits that were entered without choosing how they are used count as fixed. */
function readMode(raw: Readonly<Record<string, unknown>>): 'fromKeap' | 'fixed' {
	const { limits } = raw;
	if (limits === 'fromKeap' || limits === 'fixed') return limits;
	if (limits !== undefined && limits !== null && limits !== '') {
		throw new Error('Limits of the Keap credential has to be "fromKeap" or "fixed": choose one of the two');
	}
	return Object.values(LIMITS).some(({ field }) => raw[field] !== undefined) ? 'fixed' : 'fromKeap';
}

function readAction(value: unknown): DailyQuotaAction {
	if (value === undefined || value === null || value === '' || value === 'fail') return 'fail';
	if (value === 'wait') return 'wait';
	throw new Error('When the Daily Quota Is Used Up of the Keap credential has to be "fail" or "wait": choose one of the two');
}

function textOr(value: unknown, standard: string): string {
	const text = typeof value === 'string' ? value.trim() : '';
	return text === '' ? standard : text;
}
