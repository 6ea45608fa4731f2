import type { Keap } from './keap';
import type { Workbench } from './workbench';

export type Verdict = 'as believed' | 'different' | 'unknown';

/** What a probe found. `seen` is printed: types, counts and status codes, never anything from a record. */
export interface Finding {
	verdict: Verdict;
	seen: string;
}

/** Asks by reading alone. */
export type Probe = (keap: Keap) => Promise<Finding>;
/** Asks by writing, on records that the workbench has made and will remove. */
export type WritingProbe = (keap: Keap, bench: Workbench) => Promise<Finding>;

/** One thing that the code takes for true of Keap without proof. */
export interface Assumption {
	/** Short and lasting: the sandbox's switch has the same name. */
	id: string;
	/** What is asked, as a question that yes or no would answer. */
	question: string;
	/** What is believed. */
	believed: string;
	/** Where that comes from. */
	source: string;
	/** Files or folders that rest on it. */
	restsOn: readonly string[];
	/** What would happen if it were otherwise. */
	otherwise: string;
	/** How a real account is asked, in a few words; why it is not asked where there is no probe. */
	asked: string;
	reads?: Probe;
	writes?: WritingProbe;
}
