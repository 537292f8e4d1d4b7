import { quote } from '../../values/quote';
import type { Result } from '../match/results';

const LOOKALIKE =
	'Sessions of this run look the same to Perculus, and not all of them had the same result: this result may belong to one of the others.';
const EXCHANGEABLE =
	'Refused for certain, but perhaps for another reason: in the answer, sessions of this run look the same to Perculus, and this reason may belong to one of the others.';

function renamed(name: string | null): string {
	const named = name === null ? 'without a name' : `named ${quote(name)}`;
	return `Perculus answered with a session ${named}, the only one that is left for this item. Check it in Perculus.`;
}

/** What a person has to know of how a result came to its item; nothing where that is certain. */
export function pairingNotes(result: Result): string[] {
	const notes: string[] = [];
	if (result.basis === 'lookalike') notes.push(LOOKALIKE);
	if (result.basis === 'exchangeable') notes.push(EXCHANGEABLE);
	if (result.kind === 'approved' && result.cameBackAs !== undefined)
		notes.push(renamed(result.cameBackAs));
	return notes;
}
