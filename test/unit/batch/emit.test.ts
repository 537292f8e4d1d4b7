import type { IDataObject } from 'n8n-workflow';

import type { ItemOutcome } from '../../../nodes/Perculus/batch/types';
import { emit as emitAny, type Showing } from '../../../nodes/Perculus/batch/emit';
import type { EmitSettings } from '../../../nodes/Perculus/batch/rejected';
import {
	approved,
	failed,
	invalid,
	refusedByPerculus,
	type Outcome,
} from '../../../nodes/Perculus/batch/outcome';
import type { SessionDraft } from '../../../nodes/Perculus/session/draft';
import { showSession } from '../../../nodes/Perculus/session/view';
import { sessionDraft } from './sessionDraft';

const settings: EmitSettings = {
	onError: undefined,
	includeInput: false,
	isTool: false,
	noun: { one: 'session', many: 'sessions' },
	hide: (text) => text.replace('KEY', '…'),
};
const settled = (
	outcome: Outcome,
	request: IDataObject = { name: 'A' },
): ItemOutcome<SessionDraft> => ({
	json: { row: 1 },
	built: sessionDraft(request),
	outcome,
});
const showing = (isSimplified: boolean): Showing<SessionDraft> => ({
	identity: { key: 'session_guid', words: 'a GUID', of: () => undefined },
	show: (item, view) => showSession(item, view ?? {}, isSimplified),
});
const emit = (
	some: ReadonlyArray<ItemOutcome<SessionDraft>>,
	rest: EmitSettings,
	isSimplified = true,
) => emitAny(some, showing(isSimplified), rest);
const keysOf = (json: IDataObject = {}) => Object.keys(json);

/** Keys in a different order than ours, with one that is not documented. */
const VIEW: IDataObject = {
	zebra: 1,
	updating_date: 'u',
	tags: null,
	status: 1,
	lang: 'tr-TR',
	duration: 60,
	timezone: 'Europe/Istanbul',
	start_date: '2030-08-05T12:00:00+03:00',
	name: 'A',
	session_guid: 'G',
	options: {},
};
const USUAL = ['session_guid', 'name', 'start_date', 'timezone', 'duration', 'lang', 'status'];

const approvedWith = (
	view: IDataObject,
	{ simplify = true, ...rest }: Partial<EmitSettings> & { simplify?: boolean } = {},
	outcome = {},
) => {
	const one = settled({ ...approved(view), ...outcome });
	return emit([one], { ...settings, ...rest }, simplify)[0][0]?.json;
};

describe('Approved items', () => {
	it('an Approved item has its outcome first, then the usual keys in the usual order', () => {
		expect(keysOf(approvedWith(VIEW))).toEqual(['outcome', ...USUAL]);
		const { lang: _, ...rest } = VIEW;
		expect(keysOf(approvedWith(rest))).toEqual([
			'outcome',
			...USUAL.filter((key) => key !== 'lang'),
		]);
	});

	it('without Simplify, the other keys follow as returned, then recovered, warnings and input', () => {
		const rest = { simplify: false, includeInput: true };
		const json = approvedWith(VIEW, rest, { recovered: true, warnings: ['a KEY'] });
		const others = ['zebra', 'updating_date', 'tags', 'options'];
		const own = ['recovered', 'warnings', 'input'];
		expect(keysOf(json)).toEqual(['outcome', ...USUAL, ...others, ...own]);
		expect(json).toMatchObject({ ...VIEW, recovered: true, warnings: ['a …'], input: { row: 1 } });
	});

	it('ignores keys of the response that belong to the node, such as outcome and error', () => {
		// An 'error' would make n8n run the node again.
		const theirs = { error: 'x', outcome: 'x', recovered: 'x', warnings: 'x', input: 'x' };
		for (const simplify of [true, false])
			expect(approvedWith({ ...theirs, name: 'A' }, { simplify })).toEqual({
				outcome: 'created',
				name: 'A',
			});
	});
});

describe('Rejected items', () => {
	const rejectedWith = (outcome: Outcome, rest: Partial<EmitSettings> = {}) =>
		emit([settled(outcome, { duration: 60, name: 'A' })], { ...settings, ...rest })[1][0]?.json;

	it('a Rejected item has outcome, rejection, any candidates, session and input, in this order', () => {
		const refused = refusedByPerculus(12, ['x']);
		expect(keysOf(rejectedWith(refused))).toEqual(['outcome', 'rejection', 'session']);
		const all = rejectedWith({ ...refused, candidates: ['G', 'KEY'] }, { includeInput: true });
		expect(keysOf(all)).toEqual(['outcome', 'rejection', 'candidates', 'session', 'input']);
		expect(all?.candidates).toEqual(['G', '…']);
		expect(keysOf(all?.rejection as IDataObject)).toEqual([
			'source',
			'reason',
			'code',
			'message',
			'details',
			'retryable',
		]);
	});
});

describe('Items for the Error output', () => {
	const failure = failed({
		kind: 'failed',
		name: 'x',
		applied: 'no',
		reason: 'unauthorized',
		status: 401,
		code: null,
		message: 'A KEY.',
	});
	const onError = 'continueErrorOutput' as const;

	it('an item for Error is in Rejected, with error, message and details, and without secrets', () => {
		const [good, rejected] = emit([settled(failure)], { ...settings, onError });
		expect(good).toEqual([]);
		expect(rejected).toEqual([
			{
				json: {
					error: 'A ….',
					message: 'A ….',
					details: {
						reason: 'unauthorized',
						outcome: 'rejected',
						retryable: false,
						session: { name: 'A' },
					},
				},
				pairedItem: { item: 0 },
			},
		]);
	});

	it.each<[string, Outcome, Partial<EmitSettings>]>([
		['in another mode of On Error', failure, {}],
		['if the node is a tool', failure, { onError, isTool: true }],
		['if Perculus refused it', refusedByPerculus(12, []), { onError }],
		['if it was not sent', invalid(['x']), { onError }],
	])('an item has a rejection instead of an error %s', (_, outcome, rest) => {
		const items = emit([settled(outcome)], { ...settings, ...rest }).flat();
		expect(items.map(({ json }) => keysOf(json))).toEqual([['outcome', 'rejection', 'session']]);
	});
});
