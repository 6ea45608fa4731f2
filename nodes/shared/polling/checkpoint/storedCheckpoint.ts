import { isRecord } from '../../runtime/isRecord';
import type { IDataObject } from 'n8n-workflow';

import type { Checkpoint, Progress, TrailPage } from './checkpoint';
import { readDelivered, writeDelivered } from './storedDelivered';

/** A checkpoint as JSON. */
export function writeCheckpoint({ watermark, delivered, reached, exact, progress, silent }: Checkpoint): IDataObject {
	return {
		watermark,
		delivered: writeDelivered(delivered),
		...(reached.length > 0 && { reached: reached.map((note) => [...note]) }),
		...(progress !== undefined && { progress: writeProgress(progress) }),
		...(exact === true && { exact }),
		...(silent === true && { silent }),
	};
}

/** @returns undefined for what is no checkpoint */
export function readCheckpoint(stored: unknown): Checkpoint | undefined {
	if (!isRecord(stored) || !isNumber(stored.watermark) || typeof stored.delivered !== 'string') return undefined;
	const delivered = readDelivered(stored.delivered);
	if (delivered === undefined) return undefined;
	const progress = readProgress(stored.progress);
	return {
		watermark: stored.watermark,
		delivered,
		reached: listOf(stored.reached).flatMap((note): Array<readonly [number, number]> =>
			Array.isArray(note) && isNumber(note[0]) && isNumber(note[1]) ? [[note[0], note[1]]] : [],
		),
		...(progress !== undefined && { progress }),
		...(stored.exact === true && { exact: true }),
		...(stored.silent === true && { silent: true }),
	};
}

const writeProgress = (progress: Progress): IDataObject =>
	'trail' in progress ? { ...progress, trail: progress.trail.map((page) => [...page]) } : { ...progress };

function readProgress(stored: unknown): Progress | undefined {
	if (!isRecord(stored)) return undefined;
	const { from, token, verified, after, watermark, trail, next, start, sure } = stored;
	if (Array.isArray(trail)) {
		const pages = trail.flatMap((page: unknown): TrailPage[] =>
			Array.isArray(page) && (page[0] === null || isPosition(page[0])) && isNumber(page[1]) ? [[page[0], page[1]]] : [],
		);
		return pages.length === trail.length
			? { trail: pages, ...(isPosition(next) && { next }), ...(isNumber(start) && { start }), ...(isNumber(sure) && { sure }) }
			: undefined;
	}
	if (isNumber(after)) return { after, ...(isNumber(watermark) && { watermark }) };
	if (isNumber(from)) return { from, ...(isPosition(token) && { token }), ...(verified === true && { verified: true }) };
	return isPosition(token) ? { token } : undefined;
}

const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);
const isPosition = (value: unknown): value is string | number => isNumber(value) || (typeof value === 'string' && value !== '');
const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
