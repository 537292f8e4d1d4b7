import { tell } from '../../../../../nodes/Perculus/batch/output/sentences/message';
import {
	failed,
	inDoubt,
	invalid,
	noResult,
	notSent,
	refuse,
	tooLarge,
	type Refused,
} from '../../../../../nodes/Perculus/batch/output/outcome';
import { ambiguousReference } from '../../../../../nodes/Perculus/batch/resolve/refusals';
import { pairingNotes } from '../../../../../nodes/Perculus/batch/output/sentences/pairingNotes';
import type { Failure } from '../../../../../nodes/Perculus/transport/reply';

const hide = (text: string) => text.replace(/KEY/g, '…');
const noun = { one: 'session', many: 'sessions' };
const messageOf = (refused: Refused) => tell(refused, { noun, hide }).message;
const detailsOf = (refused: Refused) => tell(refused, { noun, hide }).details;

const failure = (rest: Partial<Failure> = {}): Failure => ({
	kind: 'failed',
	name: 'unauthorized',
	applied: 'no',
	reason: 'unauthorized',
	status: 401,
	code: null,
	message: 'Perculus did not accept the credential. Check the Access Key and the Secret Key.',
	sentAt: 0,
	...rest,
});
const lost = failure({
	applied: 'unknown',
	reason: 'outcome_unknown',
	message: 'Perculus did not answer in time, so it is not known what was saved.',
});

/** With what is told of a result that may be another item's. */
const withNote = (refused: Refused): Refused => ({
	...refused,
	details: pairingNotes({ kind: 'rejected', code: null, details: [], basis: 'lookalike' }, noun),
});

describe('the message alone', () => {
	it.each<[string, Refused, string]>([
		[
			'a value that was not sent',
			invalid(['Name is missing; a new session needs it']),
			'This session was not sent. Name is missing; a new session needs it. Correct it and send it again.',
		],
		[
			'several',
			invalid(['Name is missing', "Language must be a tag; this item has '?'"]),
			"This session was not sent. Name is missing. Language must be a tag; this item has '?'. Correct it and send it again.",
		],
		[
			"Perculus' own words",
			refuse(12, ['Invalid session start date.', 'duration too long']),
			'Perculus does not accept a value of this session. Perculus says: Invalid session start date. duration too long. Correct it and send it again.',
		],
		[
			'words that only repeat the reason',
			refuse(30, ['session_not_found', 'SessionNotFound', 'Session not found.']),
			'There is no session with this GUID in Perculus. Check the Session GUID.',
		],
		[
			'words that come twice, or are none',
			refuse(15, ['Too late', 'too late.', ' ', 'Too\n late!']),
			'Values of this session do not go together. Perculus says: Too late. Correct them and send it again.',
		],
		[
			'a result that may be of another item',
			withNote(refuse(35, ['No license.'])),
			'The license of your Perculus account allows no further session at that time. Sessions of this run look the same to Perculus, and not all of them had the same result: this result may belong to one of the others. Perculus says: No license. Ask the administrator of your Perculus account.',
		],
		[
			'a failed request',
			failed(failure()),
			'Perculus did not accept the credential. Check the Access Key and the Secret Key.',
		],
		[
			'a lost answer',
			failed(lost, ['Perculus has a session like this one: A, made at B.']),
			'Perculus did not answer in time, so it is not known what was saved. Perculus has a session like this one: A, made at B. Look in Perculus before you send this session again.',
		],
		[
			'an item that was not reached',
			notSent(failure()),
			'Not sent, because an earlier request of this run did not succeed. Perculus did not accept the credential. Check the Access Key and the Secret Key.',
		],
		[
			'no result',
			noResult([]),
			'Perculus answered without a result for this session, so it may or may not have been saved. Look in Perculus before you send this session again.',
		],
		[
			'a refusal in doubt',
			inDoubt(refuse(15, [])),
			'Values of this session do not go together. This answer came when it was sent again; the first time no answer came, so it may have been saved then. Look in Perculus before you send this session again.',
		],
		[
			'sessions that may be meant',
			{ ...failed(lost), candidates: ['A', 'B'] },
			'Perculus did not answer in time, so it is not known what was saved. These sessions may be meant: A, B. Look in Perculus before you send this session again.',
		],
		[
			'those that no detail names',
			{ ...failed(lost, ['There is A1.']), candidates: ['A1', 'B2'] },
			'Perculus did not answer in time, so it is not known what was saved. There is A1. These sessions may be meant: B2. Look in Perculus before you send this session again.',
		],
		[
			'the one session that may be meant',
			{ ...failed(lost), candidates: ['A'] },
			'Perculus did not answer in time, so it is not known what was saved. The session that may be meant: A. Look in Perculus before you send this session again.',
		],
		[
			'several sessions with the reference',
			ambiguousReference('d-1', ['A', 'B']),
			'Nothing was done for this item, because several sessions in Perculus have this reference. These sessions may be meant: A, B. Give the Session GUID of the one that is meant.',
		],
		[
			'a reference that is there in other letters only',
			ambiguousReference('d-1', ['A']),
			'Nothing was done for this item, because no session in Perculus has exactly this reference. In Perculus, the reference is written with other capital letters than d-1. The session that may be meant: A. Write the reference as it is there, or give the Session GUID.',
		],
		[
			'what is too large even alone',
			tooLarge(failure(), 38, []),
			'Perculus takes no more sessions in one request. This was alone in its request. Ask the administrator of your Perculus account.',
		],
	])('tells %s', (_, refused, message) => {
		expect(messageOf(refused)).toBe(message);
	});

	it('has every detail in it, save what repeats the reason', () => {
		const refused = withNote(refuse(12, ['One', 'two.', 'Three?']));
		for (const detail of detailsOf(refused)) expect(messageOf(refused)).toContain(detail);
	});
});

it('details are one text each, the API first, as it said them', () => {
	expect(detailsOf(withNote(refuse(30, ['session_not_found', 'x'])))).toEqual([
		'session_not_found',
		'x',
		expect.stringContaining('look the same'),
	]);
	expect(detailsOf(invalid(['a', 'b']))).toEqual(['a', 'b']);
});

it('nothing that is to be hidden is in either', () => {
	const all: Refused[] = [
		refuse(15, ['a KEY']),
		invalid(['a KEY']),
		failed(failure({ message: 'a KEY.' }), ['b KEY'], ['c KEY']),
		notSent(failure({ message: 'a KEY.' })),
		{ ...noResult(['a KEY']), candidates: ['KEY'] },
	];
	for (const refused of all) {
		expect(messageOf(refused) + detailsOf(refused).join()).toContain('…');
		expect(messageOf(refused) + detailsOf(refused).join()).not.toContain('KEY');
	}
});
