import { keapRequest } from '../../transport';
import { toRequest } from './request';
import type { Perform } from '../operation/types';

/** For calls that Keap answers with a bare number: an item needs an object. */
export const counted: Perform = async (work, call) => {
	const { body } = await keapRequest<unknown>(work.context, { ...toRequest(call, work), expects: 'number' });
	return { ...call.pathParams, count: Number(body) };
};
