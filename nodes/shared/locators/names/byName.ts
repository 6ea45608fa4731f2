import { located } from '../../catalogue/fields/encode';
import { referenceTo } from '../../catalogue/operation/reference';
import type { ReferenceResolver } from '../../catalogue/operation/types';
import type { IdForm, LocatorMode } from '../locator';
import { idOf, matching } from './matching';
import type { Named } from './named';
import { withMissing } from './withMissing';

/** What an expression that came to nothing gives. */
const NO_NAME = /^(undefined|null|nan|true|false|\[object .*\]|[[{].*)$/is;
const LONGEST_NAME = 255;

/**
 * A way to name a record by its name, exactly but for the case. What is no ID of the kind is taken for a name, whichever mode is
 * chosen: an expression and an AI agent give the bare value.
 *
 * @param isId the encoder of the kind's IDs, which throws for what is none
 */
export function byName(named: Named, isId: IdForm['encode']): LocatorMode {
	const kind = named.one.replaceAll(' ', '-');
	return {
		texts: [['name', 'By Name']],
		encode: (raw) => {
			const value = located(raw);
			if (typeof value !== 'string') return undefined;
			const name = value.trim();
			if (name === '' || name.length > LONGEST_NAME || NO_NAME.test(name) || /\p{Cc}/u.test(name)) return undefined;
			return saysName(raw) || !takes(isId, name) ? referenceTo(`${kind} ${name}`) : undefined;
		},
		resolver: resolverOf(kind, named),
	};
}

/** Whether the user has chosen By Name: a name may look like an ID. */
const saysName = (raw: unknown): boolean => typeof raw === 'object' && raw !== null && (raw as { mode?: unknown }).mode === 'name';

function takes(isId: IdForm['encode'], value: string): boolean {
	try {
		return isId(value) !== undefined;
	} catch {
		// Encoders throw for nothing but what is no ID.
		return false;
	}
}

function resolverOf(kind: string, named: Named): ReferenceResolver {
	const nameOf = (text: string): string => text.slice(kind.length + 1);
	return {
		kind,
		resolve: async (work, texts, wanting) => {
			let again: ReturnType<NonNullable<Named['readAgain']>> | undefined;
			const found = new Map<string, string | Error>();
			for (const text of texts) {
				const name = nameOf(text);
				const known = await named.read(work, name);
				if (matching(known, name).length === 0) again ??= named.readAgain?.(work);
				found.set(text, idOf(named, matching(known, name).length > 0 ? known : ((await again) ?? known), name));
			}
			const { maker } = named;
			return maker === undefined ? found : await withMissing(work, { ...named, maker }, found, { nameOf, wanting });
		},
	};
}
