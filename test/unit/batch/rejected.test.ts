import { describeRejection } from '../../../nodes/Perculus/batch/rejected';
import {
	failed,
	asUnknown,
	invalid,
	noResult,
	notSent,
	refusedByPerculus,
	tooLarge,
	type NotApproved,
} from '../../../nodes/Perculus/batch/outcome';
import { ambiguousReference } from '../../../nodes/Perculus/session/resolve';
import { pairingNote } from '../../../nodes/Perculus/batch/draftOutcomes';
import type { Failure } from '../../../nodes/Perculus/transport/responses';

const hide = (text: string) => text.replace(/KEY/g, '…');
const noun = { one: 'session', many: 'sessions' };
const messageOf = (refused: NotApproved) =>
	describeRejection({ ...refused, isSafeToRepeat: true }, { noun, hide }).message;
const detailsOf = (refused: NotApproved) => describeRejection(refused, { noun, hide }).details;

const failure = (rest: Partial<Failure> = {}): Failure => ({
	kind: 'failed',
	name: 'unauthorized',
	applied: 'no',
	reason: 'unauthorized',
	status: 401,
	code: null,
	message: 'Perculus did not accept the credential. Check the Access Key and the Secret Key.',
	...rest,
});
const lost = failure({
	applied: 'unknown',
	reason: 'outcome_unknown',
	message: 'Perculus did not answer in time, so it is not known what was saved.',
});

/** With the note on a result that may belong to another item. */
const withNote = (refused: NotApproved): NotApproved => ({
	...refused,
	details: [pairingNote({ kind: 'rejected', code: null, details: [], mark: 'maybeOther' }, noun)],
});

describe('Message of a rejection', () => {
	it.each<[string, NotApproved, string]>([
		[
			'a value that was not sent',
			invalid(['Name is missing; a new session needs it']),
			'Not sent: Name is missing; a new session needs it. Correct it and try again.',
		],
		[
			'several values that were not sent',
			invalid(['Name is missing', "Language must be a tag; this item has '?'"]),
			"Not sent: Name is missing. Language must be a tag; this item has '?'. Correct it and try again.",
		],
		[
			"a refusal in Perculus' own words",
			refusedByPerculus(12, ['Invalid session start date.', 'duration too long']),
			'Perculus refused this session: Invalid session start date. duration too long. Correct it and try again.',
		],
		[
			'a refusal whose words only repeat the reason',
			refusedByPerculus(30, ['session_not_found', 'SessionNotFound', 'Session not found.']),
			'Perculus has no session with this GUID. It may be misspelled, or the session was deleted.',
		],
		[
			'a refusal without words',
			refusedByPerculus(50, []),
			'Perculus refused this session: user name conflict.',
		],
		[
			'a refusal whose words only repeat a reason without a sentence',
			refusedByPerculus(50, ['UserNameConflict']),
			'Perculus refused this session: user name conflict.',
		],
		[
			'a refusal with repeated and empty words',
			refusedByPerculus(15, ['Too late', 'too late.', ' ', 'Too\n late!']),
			'Perculus refused this session: Too late. Correct it and try again.',
		],
		[
			'a result that may be of another item',
			withNote(refusedByPerculus(35, ['No license.'])),
			"Your Perculus license allows no further session at that time. This refusal may belong to another session of this run, because Perculus doesn't say which item a refusal is for. Check it in Perculus. Perculus says: No license. Ask the administrator of your Perculus account.",
		],
		[
			'a failed request',
			failed(failure()),
			'Perculus did not accept the credential. Check the Access Key and the Secret Key.',
		],
		[
			'a lost response',
			{ ...failed(lost), details: ['Perculus has a session like this one: A, made at B.'] },
			'Perculus did not answer in time, so it is not known what was saved. Perculus has a session like this one: A, made at B. Sending this session again does no harm.',
		],
		[
			'an item that was not reached',
			notSent(failure()),
			'Not sent, because an earlier request was unsuccessful. Perculus did not accept the credential. Check the Access Key and the Secret Key.',
		],
		[
			'an item without a result',
			noResult([]),
			'The response has no result for this session, so it may or may not have been saved. Sending this session again does no harm.',
		],
		[
			'a refusal of a repeated request',
			asUnknown(refusedByPerculus(15, [])),
			'Perculus refused this session: incompatible values. This is the response to a second request; the first got no response and may have saved it. Sending this session again does no harm.',
		],
		[
			'several possible sessions',
			{ ...failed(lost), candidates: ['A', 'B'] },
			'Perculus did not answer in time, so it is not known what was saved. Possible sessions: A, B. Sending this session again does no harm.',
		],
		[
			'possible sessions that no detail names',
			{ ...failed(lost), details: ['There is A1.'], candidates: ['A1', 'B2'] },
			'Perculus did not answer in time, so it is not known what was saved. There is A1. Possible sessions: B2. Sending this session again does no harm.',
		],
		[
			'a single possible session',
			{ ...failed(lost), candidates: ['A'] },
			'Perculus did not answer in time, so it is not known what was saved. Possible session: A. Sending this session again does no harm.',
		],
		[
			'several sessions with the reference',
			ambiguousReference('d-1', ['A', 'B']),
			"Several sessions have the reference 'd-1', so nothing was sent. Possible sessions: A, B. Map 'Session GUID' to choose one.",
		],
		[
			'a reference that only exists with other capital letters',
			ambiguousReference('d-1', ['A']),
			"No session has exactly this reference, so nothing was sent. In Perculus it is written with other capital letters than d-1. Possible session: A. Write the reference as it is there, or map 'Session GUID'.",
		],
		[
			'an item that is too large even as the only one',
			tooLarge(failure(), 38, []),
			'There are too many sessions in one request. It was the only one in its request. Ask the administrator of your Perculus account.',
		],
	])('the message describes %s', (_, refused, message) => {
		expect(messageOf(refused)).toBe(message);
	});

	it('the message contains every detail', () => {
		const refused = withNote(refusedByPerculus(12, ['One', 'two.', 'Three?']));
		for (const detail of detailsOf(refused)) expect(messageOf(refused)).toContain(detail);
	});
});

it('the details list every issue once, with the words of Perculus first and unchanged', () => {
	expect(detailsOf(withNote(refusedByPerculus(30, ['session_not_found', 'x'])))).toEqual([
		'session_not_found',
		'x',
		expect.stringContaining('may belong to another session of this run'),
	]);
	expect(detailsOf(invalid(['a', 'b']))).toEqual(['a', 'b']);
	expect(detailsOf(refusedByPerculus(12, ['Too late', 'too late.', ' ', 'Too\n late!']))).toEqual([
		'Too late',
	]);
});

it('redacts secrets in the message and in the details', () => {
	const all: NotApproved[] = [
		refusedByPerculus(15, ['a KEY']),
		invalid(['a KEY']),
		failed(failure({ message: 'a KEY.' }), ['c KEY']),
		notSent(failure({ message: 'a KEY.' })),
		{ ...noResult(['a KEY']), candidates: ['KEY'] },
	];
	for (const refused of all) {
		expect(messageOf(refused) + detailsOf(refused).join()).toContain('…');
		expect(messageOf(refused) + detailsOf(refused).join()).not.toContain('KEY');
	}
});
