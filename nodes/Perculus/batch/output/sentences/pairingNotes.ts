import { quote } from '../../../values/quote';
import type { Noun } from '../../contract';
import type { Result } from '../../match/results';

const lookalike = ({ many }: Noun) =>
	`${capital(many)} of this run look the same to Perculus, and not all of them had the same result: this result may belong to one of the others.`;
const exchangeable = ({ many }: Noun) =>
	`Refused for certain, but perhaps for another reason: in the answer, ${many} of this run look the same to Perculus, and this reason may belong to one of the others.`;

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

function renamed(name: string | null, { one }: Noun): string {
	const named = name === null ? 'without a name' : `named ${quote(name)}`;
	return `Perculus answered with ${article(one)} ${named}, the only one that is left for this item. Check it in Perculus.`;
}

const article = (one: string) => `${/^[aeiou]/.test(one) ? 'an' : 'a'} ${one}`;

/** What a person has to know of how a result came to its item; nothing where that is certain. */
export function pairingNotes(result: Result, noun: Noun): string[] {
	const notes: string[] = [];
	if (result.basis === 'lookalike') notes.push(lookalike(noun));
	if (result.basis === 'exchangeable') notes.push(exchangeable(noun));
	if (result.kind === 'approved' && result.cameBackAs !== undefined)
		notes.push(renamed(result.cameBackAs, noun));
	return notes;
}
