import { wordsOf } from '../../errors/words';
import type { Noun } from '../contract';
import type { Refused } from './outcome';

/** What a person and a machine read about an item that did not succeed. */
export interface Explained {
	/** All that a person has to know, fit for an e-mail: what happened, every issue once, what to do. */
	message: string;
	/** Every issue, one text each. */
	details: string[];
}

export interface Speech {
	/** What an item is about. */
	noun: Noun;
	/** Takes out of a text what must not be in it. */
	hide(text: string): string;
}

function sentence(text: string): string {
	const plain = text.replace(/\s+/g, ' ').trim();
	return plain === '' || /[.!?…]$/.test(plain) ? plain : `${plain}.`;
}

/** 'session_not_found', 'Session Not Found.' and 'SessionNotFound' say the same. */
const key = (text: string) => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');

/** Puts an outcome into words; what the API says has its own sentence, unless it merely repeats the reason. */
export function tell(refused: Refused, { noun, hide }: Speech): Explained {
	const said = refused.said.map(hide);
	const issues = refused.details.map(hide);
	const { what, todo } = wordsOf(refused, noun.one);
	const known = new Set(['', key(refused.reason)]);
	const parts: string[] = [];
	const add = (texts: readonly string[], before = '') => {
		const news = texts.map(sentence).filter((text) => {
			const isNew = !known.has(key(text));
			known.add(key(text));
			return isNew;
		});
		if (news.length > 0) parts.push(before + news.join(' '));
	};

	add([refused.what === undefined ? what : hide(refused.what)]);
	add(issues);
	add(said, 'Perculus says: ');
	const { candidates = [] } = refused;
	if (candidates.length > 0) {
		parts.push(`These ${noun.many} may be meant: ${candidates.map(hide).join(', ')}.`);
	}
	// What has words of its own says in them what to do, but for the look that is owed to every unknown.
	if (refused.what === undefined || refused.kind === 'unknown') add([todo]);
	return { message: parts.join(' '), details: [...said, ...issues] };
}
