import type { IDataObject } from 'n8n-workflow';

import type { Answered, MatchRules, ComparableValues } from '../../../batch/match/matchRules';
import type { Catalogue } from '../../../batch/read/catalogue';
import { foldReference, referencesIn } from '../../../lookup/reference';
import { loose } from '../../../values/tidy';
import { Comparable, comparableOf, echoedIn, nameOf } from './comparable';
import { SESSION_CATALOGUE } from '../fields';
import { guidOf } from './identity';
import type { SessionDraft } from '../session';
import { gotStart, readStarts, sentStart, START_READINGS, type StartReading } from './startReading';

/** Language, zone and options are filled in by the server where they were not sent; these are never made up. */
const NEVER_FILLED_IN = ['tags', 'description'];

/** A server that has no start shows one of 1970 or of the year 1; nobody plans a session then. */
const FIRST_START = '2000';

/** All that an item tells: what was sent, and its start in each of the ways in which an answer may show it. */
function sentValues(draft: SessionDraft, fields: readonly string[]): ComparableValues {
	const values = comparableOf(draft).compared(fields);
	for (const field of NEVER_FILLED_IN) if (!values.has(field)) values.set(field, null);
	for (const reading of START_READINGS) {
		const start = sentStart(draft, reading);
		if (start !== undefined) values.set(`start.${reading}`, start);
	}
	return values;
}

/** All that a result tells; a description that is missing from it may have been sent all the same. */
function answeredValues(
	comparable: Comparable,
	reading: StartReading,
	fields: readonly string[],
): ComparableValues {
	const values = comparable.compared(fields);
	if (values.get('description') === null) values.delete('description');
	const start = gotStart(comparable, reading);
	if (start !== undefined) values.set(`start.${reading}`, start);
	return values;
}

/** Start and duration: the weekly lessons of a year differ in nothing else. */
const partOf = ({ start, duration }: Comparable) => `${start?.clock} ${duration}`;

function readAnswer(
	drafts: readonly SessionDraft[],
	results: readonly Answered[],
	fields: readonly string[],
) {
	const readingOf = readStarts(drafts, results);
	return {
		values: (result: Answered) =>
			answeredValues(new Comparable(result.model), readingOf(result), fields),
		sentPart: (draft: SessionDraft) => partOf(comparableOf(draft)),
		gotPart: (result: Answered) =>
			readingOf(result) === 'clock' ? partOf(new Comparable(result.model)) : undefined,
	};
}

/** Servers cut long names, escape them, or leave things out; a session of another name and another start is another one. */
function mayBeRenamed(draft: SessionDraft, model: IDataObject): boolean {
	const got = new Comparable(model);
	const sentName = loose(String(draft.request.name ?? ''));
	if (got.name === undefined || sentName.startsWith(loose(got.name))) return true;
	if (!got.start || got.start.clock < FIRST_START) return true;
	return START_READINGS.some((reading) => {
		const start = gotStart(got, reading);
		return start !== undefined && start === sentStart(draft, reading);
	});
}

/** A reference tells its item from all others, whatever a server makes of the case of letters. */
const sentReference = ({ guid, reference }: SessionDraft) =>
	guid === undefined && reference !== undefined ? foldReference(reference) : undefined;

function gotReference({ tags }: IDataObject): string | undefined {
	const [reference] = referencesIn(tags);
	return reference === undefined ? undefined : foldReference(reference);
}

/** How the results of sessions are told apart: updates by GUID, creates by what was sent and is echoed. */
export function sessionRules(catalogue: Catalogue): MatchRules<SessionDraft> {
	const fields = echoedIn(catalogue);
	return {
		exactKeys: [
			{ sent: ({ guid }) => guid, got: guidOf, isIdentity: true },
			{ sent: sentReference, got: gotReference, isIdentity: false },
		],
		sentName: ({ request }) => nameOf(request),
		gotName: nameOf,
		sentValues: (draft) => sentValues(draft, fields),
		readAnswer: (drafts, results) => readAnswer(drafts, results, fields),
		mayBeRenamed,
	};
}

export const SESSION_RULES = sessionRules(SESSION_CATALOGUE);
