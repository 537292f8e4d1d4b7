import { adviceFor, whatHappened } from '../messages';
import type { Noun } from './draft';
import type { Refused } from './outcome';

/** What is the same for all messages of a run. */
export interface MessageSettings {
	/** What an item is about. */
	noun: Noun;
	/** Redacts secrets. */
	hide(text: string): string;
}

/** The same for 'license_alert', 'License Alert.' and 'LicenseAlert'. */
const comparableText = (text: string) => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');

/** Removes empty texts and repetitions. @param seen keys of what is known already */
function uniqueTexts(texts: readonly string[], seen = new Set<string>()): string[] {
	seen.add('');
	return texts.filter((text) => {
		const isNew = !seen.has(comparableText(text));
		seen.add(comparableText(text));
		return isNew;
	});
}

function toSentence(text: string): string {
	const plain = text.replace(/\s+/g, ' ').trim();
	return /[.!?…]$/.test(plain) ? plain : `${plain}.`;
}

function candidatesSentence(candidates: readonly string[], issues: readonly string[]): string[] {
	const unnamed = candidates.filter((guid) => !issues.some((issue) => issue.includes(guid)));
	if (unnamed.length === 0) return [];
	return [`Possible session${candidates.length === 1 ? '' : 's'}: ${unnamed.join(', ')}.`];
}

/**
 * An outcome in words.
 *
 * @returns `message` has everything a person has to know, fit for an email; `details` every issue, one text each
 */
export function describeRejection(
	refused: Refused,
	{ noun, hide }: MessageSettings,
): { message: string; details: string[] } {
	const details = uniqueTexts([...refused.apiMessages, ...refused.details].map(hide));
	// What only repeats the reason is left out of the message, where the reason has a sentence.
	const seen = new Set([comparableText(refused.reason)]);
	const words = uniqueTexts(refused.apiMessages.map(hide), seen).map(toSentence);
	const issues = uniqueTexts(refused.details.map(hide), seen).map(toSentence);

	const what = refused.summary ?? whatHappened(refused, noun.one);
	const parts: string[] = [];
	if (what === undefined) {
		parts.push(`Perculus refused this ${noun.one}:`);
		if (words.length > 0) parts.push(...words, ...issues);
		else parts.push(toSentence(refused.reason.replaceAll('_', ' ')), ...issues);
	} else {
		parts.push(hide(what), ...issues);
		if (words.length > 0) parts.push('Perculus says:', ...words);
	}
	parts.push(...candidatesSentence((refused.candidates ?? []).map(hide), issues));
	// An own summary says what to do, except that an unknown outcome has to be checked first.
	const hasOwnAdvice = refused.summary !== undefined && refused.kind !== 'unknown';
	const advice = refused.advice ?? (hasOwnAdvice ? undefined : adviceFor(refused, noun.one));
	if (advice !== undefined) parts.push(advice);
	return { message: parts.join(' '), details };
}
