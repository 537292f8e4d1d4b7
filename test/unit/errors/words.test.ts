import {
	isRetryable,
	reasonForCode,
	REASONS,
	type ReasonName,
} from '../../../nodes/Perculus/errors/reasons';
import { wordsOf, type Told } from '../../../nodes/Perculus/errors/words';

const NAMES = Object.keys(REASONS) as ReasonName[];
const SOURCES = ['check', 'lookup', 'perculus', 'request'] as const;

const told = (reason: ReasonName, rest: Partial<Told> = {}): Told => ({
	kind: 'rejected',
	source: 'perculus',
	reason,
	isSent: true,
	...rest,
});

it.each(NAMES)(
	'%s says what happened, and what to do, in sentences without a bad word',
	(reason) => {
		for (const source of SOURCES)
			for (const isSent of [true, false])
				for (const kind of ['rejected', 'unknown'] as const) {
					const { what, todo, phrase } = wordsOf(told(reason, { source, isSent, kind }), 'session');
					expect(what).toMatch(/^[A-Z][^{}]+\.$/);
					expect(todo).toMatch(kind === 'unknown' ? /^Look in Perculus .*\.$/ : /^([A-Z].+\.)?$/);
					expect(phrase).toMatch(/^(Perculus|[a-z-]+)( [\w -]+)?$/);
					// A hint does not repeat the word that a program branches on.
					expect(phrase).not.toContain('_');
					expect(`${what} ${todo} ${phrase}`).not.toMatch(/\b(error|problem|failure|failed)\b/i);
				}
	},
);

it('takes the noun of what an item is about', () => {
	const of = (noun: string) => wordsOf(told('validation_error'), noun).what;
	expect(of('session')).toBe('Perculus does not accept a value of this session.');
	expect(of('attendee')).toBe('Perculus does not accept a value of this attendee.');
	expect(wordsOf(told('no_result', { kind: 'unknown' }), 'attendee').todo).toBe(
		'Look in Perculus before you send this attendee again.',
	);
});

it('tells what was not sent from what was refused', () => {
	const lookup = { source: 'lookup', isSent: false } as const;
	expect(wordsOf(told('session_not_found'), 'session').phrase).toBe('no session with this GUID');
	expect(wordsOf(told('session_not_found', lookup), 'session').phrase).toBe(
		'no session with this reference',
	);
	const check = { source: 'check', isSent: false } as const;
	expect(wordsOf(told('validation_error', check), 'session').what).toBe(
		'This session was not sent.',
	);
	for (const reason of ['unauthorized', 'service_unavailable'] as const)
		expect(wordsOf(told(reason, { source: 'request', isSent: false }), 'session').phrase).toBe(
			'an earlier request did not succeed',
		);
});

it('only what passes by itself, and was certainly not applied, is to be tried again', () => {
	expect(NAMES.filter(isRetryable)).toEqual(['rate_limited', 'service_unavailable']);
});

it('a code is its documented name, any other unknown_error', () => {
	expect([12, 14, 30, 38, 99, null].map(reasonForCode)).toEqual([
		'validation_error',
		'unauthorized',
		'session_not_found',
		'session_list_limit_exceed',
		'unknown_error',
		'unknown_error',
	]);
});
