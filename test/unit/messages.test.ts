import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import {
	adviceFor,
	isBodyRefusal,
	isDocumentedAs,
	isLasting,
	isRetryable,
	isSeveral,
	isSizeCode,
	isWrongValue,
	codeName,
	reasonForCode,
	REASONS,
	whatHappened,
	type Cause,
	type ReasonName,
} from '../../nodes/Perculus/messages';

/** The vendor's page "Error Codes": code, HTTP status, name. */
const DOCUMENTED = `
	10 500 GeneralError          36 400 SessionLicenseAlert
	11 500 ServerError           38 400 SessionListLimitExceed
	12 400 ValidationError       40 404 AttendeeNotFound
	13 400 MultipleErrors        41 400 AttendeeListLimitExceed
	14 401 Unauthorized          42 400 AttendeeLicenseLimitExceed
	15 400 IncompatibleValues    50 409 UserNameConflict
	17 401 AuthorizationError    51 409 UserMailConflict
	19 400 BadRequest            52 404 UserNotFound
	25 404 AccountNotFound       53 500 UserInvalidStatus
	30 404 SessionNotFound       60 500 FileUnsupportedTypes
	31 404 SessionStatNotFound   32 500 SessionInvalidStatus
	35 400 SessionLicenseLimitExceed`;
const ROWS = [...DOCUMENTED.matchAll(/(\d+) (\d+) (\w+)/g)].map(([, code, status, name = '']) => ({
	code: Number(code),
	status: Number(status),
	name: name.replace(/\B[A-Z]/g, '_$&').toLowerCase(),
}));
const codesThat = (is: (code: number) => boolean) =>
	ROWS.map(({ code }) => code)
		.filter(is)
		.sort((a, b) => a - b);

it('knows the documented codes with their names and HTTP statuses', () => {
	expect(ROWS).toHaveLength(23);
	for (const { code, status, name } of ROWS) {
		expect([code, codeName(code)]).toEqual([code, name]);
		expect([code, isDocumentedAs(code, status)]).toEqual([code, true]);
		expect([code, isDocumentedAs(code, 200)]).toEqual([code, false]);
	}
});

it('classifies the documented codes', () => {
	expect(codesThat(isLasting)).toEqual([32, 53, 60]);
	expect(codesThat(isBodyRefusal)).toEqual([12, 19]);
	expect(codesThat(isSizeCode)).toEqual([38, 41]);
	expect(codesThat(isWrongValue)).toEqual([12]);
	expect(codesThat(isSeveral)).toEqual([13]);
});

it.each([null, 0, 99, -1, NaN])('does not classify %j, which is no documented code', (code) => {
	const judges = [isLasting, isBodyRefusal, isSizeCode, isWrongValue, isSeveral];
	expect(judges.map((is) => is(code))).toEqual(judges.map(() => false));
	expect([codeName(code), isDocumentedAs(code, 400)]).toEqual([undefined, false]);
});

it('messages.ts is the only file that compares the number of a code', () => {
	const folder = path.resolve(__dirname, '../../nodes/Perculus');
	const files = (readdirSync(folder, { recursive: true }) as string[]).filter(
		(file) => file.endsWith('.ts') && file !== 'messages.ts',
	);
	expect(files.length).toBeGreaterThan(30);
	const compared = /\bcode\b\)? (?:===|!==) \d|\b(?:refuse|reasonForCode|nameOf)\(\d/;
	for (const file of files)
		expect([file, compared.exec(readFileSync(path.join(folder, file), 'utf8'))?.[0]]).toEqual([
			file,
			undefined,
		]);
});

const REASON_NAMES = Object.keys(REASONS) as ReasonName[];
const cause = (reason: ReasonName, rest: Partial<Cause> = {}): Cause => ({
	kind: 'rejected',
	source: 'perculus',
	reason,
	isSent: true,
	...rest,
});
const lookup = { source: 'lookup', isSent: false } as const;

it.each(REASON_NAMES)('the reason %s has full sentences without words that blame', (reason) => {
	for (const source of ['lookup', 'perculus', 'request'] as const)
		for (const isSent of [true, false])
			for (const kind of ['rejected', 'unknown'] as const) {
				const one = cause(reason, { source, isSent, kind });
				const texts = [
					whatHappened(one, 'session') ?? 'None.',
					adviceFor(one, 'session') ?? 'None.',
				];
				for (const text of texts) {
					expect(text).toMatch(/^[A-Z][^{}]+\.$/);
					expect(text).not.toMatch(/\b(error|problem|failure|failed|undefined)\b/i);
				}
			}
});

it.each<[string, Cause, string, string | undefined]>([
	[
		'a GUID that Perculus does not have',
		cause('session_not_found'),
		'Perculus has no session with this GUID.',
		'It may be misspelled, or the session was deleted.',
	],
	[
		'a reference that no session has',
		cause('session_not_found', { ...lookup, named: 'the reference D-4711' }),
		'Perculus has no session with the reference D-4711.',
		'It may be misspelled, or the session was deleted.',
	],
	[
		'a reference that is not named',
		cause('session_not_found', lookup),
		'Perculus has no session with this reference.',
		'It may be misspelled, or the session was deleted.',
	],
	[
		'a reference that several sessions have',
		cause('ambiguous_reference', lookup),
		'Several sessions have this reference, so nothing was sent.',
		"Map 'Session GUID' to choose one.",
	],
	[
		'an attendee who is not in the session',
		cause('attendee_not_found', { named: "attendee 'ada@school.example'" }),
		"This session has no attendee 'ada@school.example'.",
		"Check the attendee. An 'Attendance Code' is only valid in its own session.",
	],
	[
		'an item after an unsuccessful request',
		cause('unauthorized', { source: 'request', isSent: false }),
		'Not sent, because an earlier request was unsuccessful.',
		undefined,
	],
	[
		'an item whose outcome is unknown',
		cause('no_result', { source: 'request', kind: 'unknown' }),
		'The response has no result for this session, so it may or may not have been saved.',
		"Check in Perculus before sending this session again: use 'Get Many' with its name and day. With a 'Session Reference', this node can search for it.",
	],
	[
		'an item whose outcome is unknown and that can be sent again',
		cause('no_result', { source: 'request', kind: 'unknown', isSafeToRepeat: true }),
		'The response has no result for this session, so it may or may not have been saved.',
		'Sending this session again does no harm.',
	],
	[
		'a value that this node rejected',
		cause('validation_error', { source: 'check' }),
		'Not sent:',
		'Correct it and try again.',
	],
])('says what happened and what to do for %s', (_, one, what, advice) => {
	expect([whatHappened(one, 'session'), adviceFor(one, 'session')]).toEqual([what, advice]);
});

it('only a report that is not ready, a rate limit and an unavailable service are retryable', () => {
	expect(REASON_NAMES.filter(isRetryable)).toEqual([
		'session_stat_not_found',
		'rate_limited',
		'service_unavailable',
	]);
});

it('the reason of a code has its documented name, or is unknown_error', () => {
	expect([12, 14, 30, 38, 99, null].map(reasonForCode)).toEqual([
		'validation_error',
		'unauthorized',
		'session_not_found',
		'session_list_limit_exceed',
		'unknown_error',
		'unknown_error',
	]);
});
