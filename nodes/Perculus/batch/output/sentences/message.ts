import { candidatesText, wordsOf } from '../../../errors/words';
import type { Noun } from '../../contract';
import type { Refused } from '../outcome';

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

/** 'license_alert', 'License Alert.' and 'LicenseAlert' say the same. */
const key = (text: string) => text.toLowerCase().replace(/[^a-z0-9\u0080-\uffff]+/g, '');

/** Puts an outcome into words; what the API says has its own sentence, unless it merely repeats the reason. */
export function tell(refused: Refused, { noun, hide }: Speech): Explained {
	const said = refused.said.map(hide);
	const issues = refused.details.map(hide);
	const { what, todo } = wordsOf(refused, noun.one);
	const known = new Set(['', key(refused.reason)]);
	const news = (texts: readonly string[]) =>
		texts.map(sentence).filter((text) => {
			const own = key(text);
			const isNew = !known.has(own);
			known.add(own);
			return isNew;
		});

	const parts = [refused.what === undefined ? what : hide(refused.what), ...news(issues)];
	const words = news(said);
	if (words.length > 0) parts.push(`Perculus says: ${words.join(' ')}`);
	const { candidates = [] } = refused;
	const unnamed = candidates.map(hide).filter((guid) => !issues.some((one) => one.includes(guid)));
	if (unnamed.length > 0) parts.push(candidatesText(unnamed, candidates.length === 1));
	// What has words of its own says in them what to do, but for the look that is owed to every unknown.
	const usual = refused.what === undefined || refused.kind === 'unknown' ? todo : '';
	const advice = refused.todo ?? usual;
	if (advice !== '') parts.push(advice);
	return { message: parts.join(' '), details: [...said, ...issues] };
}
