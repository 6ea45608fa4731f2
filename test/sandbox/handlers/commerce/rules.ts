import { badRequest } from '../../errors';
import type { Fields } from './crud';

/** 400 for a text that is there and blank. */
export function checkNotBlank(fields: Fields, ...names: string[]): void {
	for (const name of names) {
		const text = fields[name];
		if (typeof text === 'string' && text.trim() === '') throw badRequest(`${name} must not be blank`, name);
	}
}

/** 400 for a number below its least. */
export function checkLeast(fields: Fields, least: number, ...names: string[]): void {
	for (const name of names) {
		const value = fields[name];
		if (typeof value === 'number' && value < least) throw badRequest(`${name} must be ${least} or more, not ${value}`, name);
	}
}

/** 400 for a percentage outside 0 to 100. */
export function checkPercent(fields: Fields, ...names: string[]): void {
	for (const name of names) {
		const value = fields[name];
		if (typeof value === 'number' && (value < 0 || value > 100)) throw badRequest(`${name} must be 0 to 100, not ${value}`, name);
	}
}

/** 400 for what is missing although the types let it be left out. */
export function checkGiven(fields: Fields, ...names: string[]): void {
	for (const name of names) if (fields[name] === undefined) throw badRequest(`${name} is required`, name);
}

/** 400 for a day before today. */
export function checkNotPast(fields: Fields, now: string, ...names: string[]): void {
	for (const name of names) {
		const day = fields[name];
		if (typeof day === 'string' && day < now.slice(0, 10)) throw badRequest(`${name} must not be in the past: ${day}`, name);
	}
}
