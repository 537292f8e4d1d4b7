import { quote } from '../values/quote';
import type { Noun } from './contract';
import type { Result } from './match';

/** What a person has to know of a result that isn't certainly the item's. */
export function pairingNote({ kind, mark }: Result, { one }: Noun): string {
	const what = kind === 'approved' ? 'result' : 'refusal';
	if (mark === undefined || mark === 'maybeOther')
		return `This ${what} may belong to another ${one} of this run, because Perculus doesn't say which item a ${what} is for. Check it in Perculus.`;
	const name = mark.cameBackAs === null ? 'without a name' : `as ${quote(mark.cameBackAs)}`;
	return `This ${what} came back ${name}, and no other item is left for it. Check it in Perculus.`;
}
