import type { IDataObject } from 'n8n-workflow';

import { matchResults as matchAny } from '../../../../nodes/Perculus/batch/match/matchResults';
import type { Result as Paired } from '../../../../nodes/Perculus/batch/match/results';
import { SESSION_RULES } from '../../../../nodes/Perculus/resources/session/compare/compare';
import type { SessionDraft } from '../../../../nodes/Perculus/resources/session/session';
import { sessionDraft } from '../../sessionDraft';
import type { RejectedResult } from '../../../../nodes/Perculus/transport/batchBody';

/** What the server truly did with an item. */
export type Truth = 'approved' | number;

export type Shape = 'view' | 'entity' | 'null';

/** How a server writes its answer. */
export interface Manner {
	names: 'kept' | 'trimmed' | 'collapsed' | 'nfc';
	start: 'digits' | 'utc' | 'taken at its word';
	echoesDescription: boolean;
	lang: string;
	timezone: string;
}

export const PLAIN: Manner = {
	names: 'kept',
	start: 'digits',
	echoesDescription: false,
	lang: 'tr-TR',
	timezone: 'Europe/Istanbul',
};

export const guidOf = (n: number) => `ABCDEF00-0000-4000-8000-${String(n).padStart(12, '0')}`;

/** A create (without a GUID) or an update; its start is in Istanbul, at a fixed offset of three hours. */
export function draftOf(index: number, request: IDataObject): SessionDraft {
	const start = request.start_date as string | undefined;
	return sessionDraft(request, {
		index,
		start: start
			? {
					clock: start.slice(0, 19),
					zone: 'Europe/Istanbul',
					instant: Date.parse(start) - 3 * HOUR,
				}
			: undefined,
	});
}

const HOUR = 3_600_000;

export function create(index: number, more: IDataObject = {}): SessionDraft {
	return draftOf(index, {
		name: 'Maths',
		start_date: '2027-03-05T14:00:00Z',
		duration: 60,
		...more,
	});
}

function nameOf(name: unknown, { names }: Manner): unknown {
	if (typeof name !== 'string') return name ?? null;
	if (names === 'trimmed') return name.trim();
	if (names === 'collapsed') return name.trim().replace(/\s+/g, ' ');
	return names === 'nfc' ? name.normalize('NFC') : name;
}

function startOf(start: unknown, manner: Manner): unknown {
	if (typeof start !== 'string') return '1970-01-01T00:00:00+00:00';
	if (manner.start === 'digits') return start.replace('Z', '+03:00');
	const moved = manner.start === 'utc' ? -3 : 3;
	const digits = new Date(Date.parse(start) + moved * HOUR).toISOString().slice(0, 19);
	return `${digits}.0000000${manner.start === 'utc' ? '+00:00' : '+03:00'}`;
}

const pascal = (key: string) => key.charAt(0).toUpperCase() + key.slice(1);

function optionsOf(sent: unknown): IDataObject {
	const { chat, ...options } = (sent ?? {}) as IDataObject;
	return {
		allow_rating: true,
		return_url: '',
		...options,
		chat: { offMessageModule: false, ...(chat as IDataObject) },
	};
}

/** The session view of an approved item. */
export function approvedView({ request }: SessionDraft, guid: string, manner = PLAIN): IDataObject {
	return {
		session_guid: guid,
		name: nameOf(request.name, manner) ?? 'Stored',
		description: manner.echoesDescription ? (request.description ?? null) : null,
		tags: request.tags ?? null,
		start_date: startOf(request.start_date, manner),
		timezone: request.timezone ?? manner.timezone,
		duration: request.duration ?? 60,
		lang: request.lang ?? manner.lang,
		status: 1,
		options: optionsOf(request.options),
	} as IDataObject;
}

/** The model of a refused item, in one of the documented shapes. */
export function refusedModel(
	{ request }: SessionDraft,
	shape: Shape,
	manner = PLAIN,
	freshGuid: string | null = null,
): IDataObject | null {
	if (shape === 'null') return null;
	const { chat, ...options } = optionsOf(request.options);
	const common = {
		description: request.description ?? null,
		tags: request.tags ?? null,
		duration: request.duration ?? null,
		timezone: request.timezone ?? manner.timezone,
	};
	if (shape === 'view')
		return {
			session_guid: request.session_guid ?? null,
			name: request.name ?? null,
			start_date: String(request.start_date ?? '1970-01-01T00:00:00Z').replace('Z', '+00:00'),
			lang: request.lang ?? null,
			options: request.options
				? { allow_rating: null, chat: null, ...(request.options as IDataObject) }
				: null,
			...common,
		} as IDataObject;
	const members = Object.entries(chat as IDataObject).map(([key, value]) => [pascal(key), value]);
	return {
		session_id: 0,
		the_guid: request.session_guid ?? freshGuid,
		name: nameOf(request.name, manner),
		start_date: startOf(request.start_date, manner),
		lang: request.lang ?? 'en-US',
		ui_options: JSON.stringify({ ...options, Chat: Object.fromEntries(members) as IDataObject }),
		...common,
	} as IDataObject;
}

export function refusal(model: IDataObject | null, code = 12): RejectedResult {
	return { model, code, details: [`refused with ${code}`] };
}

export const update = (index: number, more: IDataObject = {}) =>
	draftOf(index, { session_guid: guidOf(index), duration: 90, ...more });

/** A result as its item gets it; ambiguous where it does not claim to be certainly the item's. */
export type Result = Paired & { ambiguous: boolean };

/** Pairs sessions. */
export function matchResults(
	drafts: readonly SessionDraft[],
	approved: readonly unknown[],
	rejected: readonly RejectedResult[],
) {
	const matched = matchAny(drafts, approved, rejected, SESSION_RULES);
	const said = (result: Paired): Result => ({ ...result, ambiguous: result.basis !== 'certain' });
	const results = new Map(
		drafts.flatMap((draft, place) => {
			const result = matched.results[place];
			return result ? [[draft, said(result)] as const] : [];
		}),
	);
	return {
		results,
		missing: drafts.filter((draft) => !results.has(draft)),
		unmatched: matched.unmatched.map(said),
	};
}

/** 'approved 100', 'rejected 12', with a question mark where it is marked; 'missing'. */
export function told(result: Result | undefined): string {
	if (!result) return 'missing';
	const mark = result.ambiguous ? ' ?' : '';
	return result.kind === 'approved'
		? `approved ${Number(String(result.view.session_guid).slice(-12))}${mark}`
		: `rejected ${result.code}${mark}`;
}

export function match(drafts: SessionDraft[], approved: unknown[], rejected: RejectedResult[]) {
	const { results, missing, unmatched } = matchResults(drafts, approved, rejected);
	expect(results.size + missing.length).toBe(drafts.length);
	return { items: drafts.map((draft) => told(results.get(draft))), unmatched: unmatched.map(told) };
}

export const SHAPES: Shape[] = ['view', 'entity'];
export const view = (draft: SessionDraft, n: number, manner: Manner = PLAIN) =>
	approvedView(draft, guidOf(n), manner);
