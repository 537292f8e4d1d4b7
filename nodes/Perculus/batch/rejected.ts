import type { IDataObject, IExecuteFunctions, INode, INodeExecutionData } from 'n8n-workflow';

import { adviceFor, whatHappened } from '../messages';
import { credentialSecrets } from '../transport/client';
import { redactSecrets } from '../transport/secrets';
import type { NotApproved } from './outcome';
import type { Noun } from './types';

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
 * An outcome in words; the sentences of reasons are in messages.ts, an own `summary` or `advice` replaces them.
 *
 * @returns `message` has everything a person has to know, fit for an email; `details` every issue, one text each
 */
export function describeRejection(
	refused: NotApproved,
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

/** The two outputs of the node; n8n takes the Error output's items from the second. */
export type Outputs = [INodeExecutionData[], INodeExecutionData[]];

export interface EmitSettings extends MessageSettings {
	onError: INode['onError'];
	includeInput: boolean;
	/** An agent gets only the first output. */
	isTool: boolean;
}

/** Reads what all items of a run have in common. @param includeInput whether each item shows its input */
export async function emitSettings(
	context: IExecuteFunctions,
	noun: Noun,
	{ isTool, includeInput }: Pick<EmitSettings, 'isTool' | 'includeInput'>,
): Promise<EmitSettings> {
	const secrets = await credentialSecrets(context);
	return {
		onError: context.getNode().onError,
		includeInput,
		isTool,
		noun,
		hide: (text) => redactSecrets(text, secrets),
	};
}

export const linked = (json: IDataObject, index: number): INodeExecutionData => ({
	json,
	pairedItem: { item: index },
});

/** What an item that wasn't approved shows. */
interface Shown {
	index: number;
	/** The item's own input. */
	json: IDataObject;
	/** Such as the item in input form, under its noun. */
	fields: IDataObject;
}

function rejectedItem(
	{ index, json, fields }: Shown,
	refused: NotApproved,
	settings: EmitSettings,
): INodeExecutionData {
	const { kind, source, reason, code, retryable, candidates = [] } = refused;
	const { message, details } = describeRejection(refused, settings);
	const item: IDataObject = {
		outcome: kind,
		rejection: { source, reason, code, message, details, retryable },
		...(candidates.length > 0 && { candidates: candidates.map(settings.hide) }),
		...fields,
		...(settings.includeInput && { input: json }),
	};
	return linked(item, index);
}

/** n8n moves an item to the Error output if it has no keys but these, and merges the item's input into it. */
function errorItem(
	{ index, fields }: Shown,
	refused: NotApproved,
	settings: EmitSettings,
): INodeExecutionData {
	const { kind, reason, retryable } = refused;
	const { message } = describeRejection(refused, settings);
	const details = { reason, outcome: kind, retryable, ...fields };
	return linked({ error: message, message, details }, index);
}

/** Whether n8n takes the item to the Error output, which exists with one setting of On Error only. */
function isForError(
	{ requestFailed }: NotApproved,
	{ onError, isTool }: Pick<EmitSettings, 'onError' | 'isTool'>,
): boolean {
	return requestFailed && onError === 'continueErrorOutput' && !isTool;
}

/**
 * Puts an item that wasn't approved on its output. Items for the Error output are put on Rejected, from where n8n takes
 * them: on Approved, Retry On Fail would see them and send everything again.
 */
export function emitRefused(
	[approved, rejected]: Outputs,
	shown: Shown,
	refused: NotApproved,
	settings: EmitSettings,
): void {
	if (isForError(refused, settings)) rejected.push(errorItem(shown, refused, settings));
	else (settings.isTool ? approved : rejected).push(rejectedItem(shown, refused, settings));
}
