import { REASONS, type ReasonName, type Text, type Wording } from './reasons';

/** Who says it: our check or a search of ours (nothing was sent), Perculus, or the way there. */
export type Source = 'check' | 'lookup' | 'perculus' | 'request';

/** What the words for an item that did not succeed are chosen by. */
export interface Told {
	/** 'unknown': it may have been saved. */
	kind: 'rejected' | 'unknown';
	source: Source;
	reason: ReasonName;
	/** False where no request was made for the item. */
	isSent: boolean;
}

/** A reason in words. */
export interface Words {
	/** What happened. */
	what: string;
	/** What to do about it; '' where the details tell. */
	todo: string;
	/** In a count: 'values to correct'. */
	phrase: string;
}

/** Whatever stopped the earlier request is told in the details. */
const NOT_REACHED: Wording = {
	what: 'Not sent, because an earlier request of this run did not succeed.',
	phrase: 'an earlier request did not succeed',
};

/** Of what may have been saved, whatever the reason. */
const LOOK: Text = (noun) => `Look in Perculus before you send this ${noun} again.`;

const inWords = (text: Text, noun: string) => (typeof text === 'string' ? text : text(noun));

function wordingOf({ source, reason, isSent }: Told): Wording {
	const row = REASONS[reason];
	if (isSent) return row;
	return source === 'request' ? NOT_REACHED : (row.unsent ?? row);
}

/** @param noun what an item is about, in the singular: 'session' */
export function wordsOf(told: Told, noun: string): Words {
	const { what, todo = '', phrase } = wordingOf(told);
	return {
		what: inWords(what, noun),
		todo: inWords(told.kind === 'unknown' ? LOOK : todo, noun),
		phrase: inWords(phrase, noun),
	};
}

/**
 * @param guids of what may be meant, which is a session, whatever the item is about
 * @param isOne whether it is the only one that may be
 */
export const candidatesText = (guids: readonly string[], isOne: boolean): string =>
	isOne
		? `The session that may be meant: ${guids.join()}.`
		: `These sessions may be meant: ${guids.join(', ')}.`;
