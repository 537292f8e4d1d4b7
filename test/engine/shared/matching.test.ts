import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import {
	SAMPLE_STORED,
	SAMPLE_STORED_GUID,
	SAMPLE_UNKNOWN_GUID,
	startPerculusServer,
	type PerculusServer,
	type Refusal,
	type SessionInput,
	type StoredSession,
	type Switches,
} from '../../perculus-server';
import { runPerculus, type EngineRun } from '../harness';

/** The server's clock, so that the starts in these tests are in the future. */
const NOW = '2030-02-06T16:07:35.488565+03:00';
const ZONE = 'Europe/Istanbul';
const GUID = /[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}/i;
const LICENSE: Refusal = { code: 35, details: 'session_license_limit_exceed' };
const ALERT: Refusal = { code: 36, details: 'session_license_alert' };

let server: PerculusServer;
beforeAll(async () => {
	server = await startPerculusServer({ clock: () => NOW });
});
beforeEach(() => server.reset());
afterAll(async () => await server.stop());

const run = async (items: IDataObject[], options: IDataObject = {}) =>
	await runPerculus({
		server,
		items,
		parameters: { options: options as never },
		timezone: ZONE,
		probe: "={{ $('Source').item.json.row }}",
	});

const good = (rest: IDataObject = {}): IDataObject => ({
	name: 'CS201',
	start_date: '2030-08-05T12:00:00',
	timezone: ZONE,
	duration: 120,
	...rest,
});

/** The outcome of an item, from whichever output it is on, with the item's row. */
interface Said {
	row: unknown;
	outcome: unknown;
	guid: string | undefined;
	source: unknown;
	reason: unknown;
	/** Details, or warnings. */
	notes: string[];
	marked: boolean;
}

const MARK = /may belong to another session of this run/;

function said({ approved, rejected, probed }: EngineRun): Said[] {
	const rows = [...probed.approved, ...probed.rejected];
	return [...approved, ...rejected].map(({ json }, i) => {
		const { source, reason, details } = (json.rejection ?? {}) as IDataObject;
		const notes = (details ?? json.warnings ?? []) as string[];
		const guid = json.session_guid as string | undefined;
		const marked = notes.some((note) => MARK.test(note));
		return {
			row: rows[i],
			outcome: json.outcome,
			guid: guid?.toUpperCase(),
			source,
			reason,
			notes,
			marked,
		};
	});
}

const fates = (done: EngineRun) =>
	Object.fromEntries(said(done).map(({ row, outcome, reason }) => [row, reason ?? outcome]));

const isMarked = (done: EngineRun) => said(done).map(({ marked }) => marked);

const hints = ({ hints: all }: EngineRun) => all.map(({ message }) => message);

describe('Any form of response', () => {
	const ITEMS: IDataObject[] = [
		good({ row: 'new', description: 'Is not echoed' }),
		good({ row: 'spaces', name: '  CS  202 ', lang: 'en-US' }),
		good({ row: 'another Unicode form', name: 'Cafe\u0301' }),
		good({ row: 'in the past', start_date: '2020-08-05T12:00:00' }),
		good({ row: 'license', name: 'Refused', options: { chat: { offMessageModule: true } } }),
		good({ row: 'not in words', name: '\u{1F393}', timezone: 'Asia/Kathmandu' }),
		{ row: 'change', session_guid: SAMPLE_STORED_GUID.toLowerCase(), duration: 100 },
		{ row: 'unknown', session_guid: SAMPLE_UNKNOWN_GUID, duration: 100 },
	];
	const FATES = {
		new: 'created',
		spaces: 'created',
		'another Unicode form': 'created',
		'in the past': 'validation_error',
		license: 'session_license_limit_exceed',
		'not in words': 'created',
		change: 'updated',
		unknown: 'session_not_found',
	};
	const VARIANTS: Array<[string, Partial<Switches>]> = [
		...[1, 2, 3, 4, 5].map((seed): [string, Partial<Switches>] => [
			`results shuffled, seed ${seed}`,
			{ order: 'shuffled', seed },
		]),
		['results reversed', { order: 'reversed' }],
		['request views for all', { createRejectedShape: 'A', updateRejectedShape: 'A' }],
		['entities for all', { createRejectedShape: 'B', updateRejectedShape: 'B' }],
		['shapes swapped', { createRejectedShape: 'B', updateRejectedShape: 'A' }],
		['entities without a GUID', { createRejectedShape: 'B', createEntityGuid: 'null' }],
		['entities with the zero GUID', { createRejectedShape: 'B', createEntityGuid: 'zero' }],
		['GUIDs in lower case', { guidCase: 'lower' }],
		['GUIDs in mixed case', { guidCase: 'mixed' }],
		['names trimmed', { names: 'trimmed', createRejectedShape: 'B' }],
		['names collapsed', { names: 'collapsed', createRejectedShape: 'B' }],
		['names in NFC', { names: 'nfc', createRejectedShape: 'B' }],
		[
			'defaults for language and zone',
			{ defaultLang: 'ar-SA', defaultTimezone: 'America/New_York' },
		],
		['descriptions in the response', { descriptionEchoed: true }],
		['details as text', { details: 'string' }],
		['details as a list', { details: 'array' }],
		['details as objects', { details: 'objects' }],
		['no details', { details: 'absent' }],
		['details in Turkish', { language: 'tr' }],
		['timestamps with seven digits', { stamps: 'ticksUtc' }],
		[
			'many of these at once',
			{
				order: 'shuffled',
				seed: 6,
				names: 'collapsed',
				guidCase: 'lower',
				language: 'tr',
				details: 'objects',
				defaultLang: 'en-US',
				createRejectedShape: 'B',
				updateRejectedShape: 'A',
			},
		],
	];

	it.each(VARIANTS)('matches each result to its item: %s', async (_, variant) => {
		server.preload({ ...SAMPLE_STORED, start_date: '2030-08-05T12:00:00+03:00' });
		server.set({ ...variant, refuse: ({ name }) => (name === 'Refused' ? LICENSE : null) });
		const done = await run(ITEMS);

		expect(fates(done)).toEqual(FATES);
		expect(isMarked(done)).not.toContain(true);
		expect(done.approved.map(({ pairedItem }) => pairedItem)).toEqual(
			[0, 1, 2, 5, 6].map((item) => ({ item })),
		);
	});

	const PAST = 'The start is in the past: 2020-08-05 12:00 (Europe/Istanbul).';

	it('shows the details of Perculus in another language', async () => {
		server.set({ language: 'tr' });
		const done = await run([good({ row: 1, start_date: '2020-08-05T12:00:00' })]);

		expect(said(done)).toMatchObject([
			{ reason: 'validation_error', notes: ['Geçersiz oturum başlangıç tarihi.', PAST] },
		]);
	});

	it.each<[Switches['details'], string[]]>([
		['documented', ['Invalid session start date.']],
		['string', ['Invalid session start date.']],
		['array', ['Invalid session start date.']],
		['objects', ['Invalid session start date.']],
		['absent', []],
	])('shows the details of Perculus in any form: %s', async (details, words) => {
		server.set({ details });
		const done = await run([good({ row: 1, start_date: '2020-08-05T12:00:00' }), good()]);

		const notes = [...words, PAST];
		expect(said(done)[1]).toMatchObject({ row: 1, reason: 'validation_error', notes });
	});

	it.each(['lists', 'code13'] as const)(
		'matches the rejections if all items are rejected, as %s',
		async (allFailedBody) => {
			server.set({ allFailedBody, order: 'reversed', refuse: () => LICENSE });
			const done = await run([
				good({ row: 'license' }),
				good({ row: 'in the past', start_date: '2020-08-05T12:00:00' }),
				{ row: 'unknown', session_guid: SAMPLE_UNKNOWN_GUID, duration: 100 },
			]);

			expect(fates(done)).toEqual({
				license: 'session_license_limit_exceed',
				'in the past': 'validation_error',
				unknown: 'session_not_found',
			});
			expect(server.requests).toHaveLength(1);
		},
	);
});

it('names the reason of every documented code, and of an unknown one', async () => {
	const reasons: Array<[number, string]> = [
		[10, 'general_error'],
		[11, 'server_error'],
		[12, 'validation_error'],
		[13, 'multiple_errors'],
		[14, 'unauthorized'],
		[15, 'incompatible_values'],
		[17, 'authorization_error'],
		[19, 'bad_request'],
		[25, 'account_not_found'],
		[30, 'session_not_found'],
		[31, 'session_stat_not_found'],
		[32, 'session_invalid_status'],
		[35, 'session_license_limit_exceed'],
		[36, 'session_license_alert'],
		[38, 'session_list_limit_exceed'],
		[40, 'attendee_not_found'],
		[41, 'attendee_list_limit_exceed'],
		[42, 'attendee_license_limit_exceed'],
		[50, 'user_name_conflict'],
		[51, 'user_mail_conflict'],
		[52, 'user_not_found'],
		[53, 'user_invalid_status'],
		[60, 'file_unsupported_types'],
		[999, 'unknown_error'],
	];
	server.set({ refuse: ({ name }) => ({ code: Number(name) }), order: 'shuffled' });
	const done = await run(reasons.map(([code]) => good({ name: code })));

	expect(done.rejected.map(({ json }) => json.rejection)).toEqual(
		reasons.map(([code, reason]) => ({
			source: 'perculus',
			reason,
			code,
			message: expect.stringMatching(/^[A-Z].+\.$/),
			details: [expect.any(String)],
			// A report may come later.
			retryable: reason === 'session_stat_not_found',
		})),
	);
	expect(server.requests).toHaveLength(1);
});

describe('Rejections without a model', () => {
	beforeEach(() => server.set({ createRejectedShape: 'null', updateRejectedShape: 'null' }));

	it('a rejection without a model belongs to the only item left, with a mark', async () => {
		const done = await run([
			good({ row: 'a' }),
			good({ row: 'past', start_date: '2020-08-05T12:00:00' }),
			good({ row: 'b', name: 'CS202' }),
		]);

		expect(fates(done)).toEqual({ a: 'created', past: 'validation_error', b: 'created' });
		expect(said(done).map(({ row, marked }) => [row, marked])).toEqual([
			['a', false],
			['b', false],
			['past', true],
		]);
	});

	it('rejections without a model are marked if their details differ', async () => {
		const done = await run([
			good({ row: 'past', start_date: '2020-08-05T12:00:00' }),
			{ row: 'unknown', session_guid: SAMPLE_UNKNOWN_GUID, duration: 60 },
		]);

		expect(said(done).map(({ outcome }) => outcome)).toEqual(['rejected', 'rejected']);
		expect(isMarked(done)).toEqual([true, true]);
	});

	it('rejections without a model are not assigned if another result is also missing', async () => {
		server.set({ omit: ({ name }) => name === 'CS202' });
		const done = await run([
			good({ row: 'past', start_date: '2020-08-05T12:00:00' }),
			good({ row: 'saved', name: 'CS202' }),
		]);

		expect(fates(done)).toEqual({ past: 'no_result', saved: 'no_result' });
		expect(done.rejected.every(({ json }) => json.outcome === 'unknown')).toBe(true);
	});
});

describe('Similar items', () => {
	const four = [1, 2, 3, 4].map((row) => good({ row }));

	it('equal items with the same outcome get a GUID each, without a mark', async () => {
		server.set({ order: 'shuffled', seed: 3 });
		const done = await run(four);

		expect(done.probed.approved).toEqual([1, 2, 3, 4]);
		expect(new Set(said(done).map(({ guid }) => guid))).toEqual(new Set(server.sessions.keys()));
		expect(isMarked(done)).not.toContain(true);
	});

	it.each([1, 2, 3])(
		'equal items with different outcomes are all marked (%i saved)',
		async (licenseLimit) => {
			server.set({ licenseLimit, order: 'shuffled', seed: licenseLimit });
			const done = await run([...four, good({ row: 'other', name: 'CS202', session_guid: null })]);

			expect(done.approved).toHaveLength(licenseLimit);
			expect(done.rejected).toHaveLength(5 - licenseLimit);
			expect(said(done).map(({ row, marked }) => [row, marked])).toEqual(
				expect.arrayContaining([1, 2, 3, 4].map((row) => [row, true])),
			);
			expect(said(done)).toContainEqual(
				expect.objectContaining({ row: 'other', reason: LICENSE.details, marked: false }),
			);
		},
	);

	it.each<[string, IDataObject, IDataObject]>([
		['tags', { tags: 'a' }, { tags: 'b' }],
		['the language', { lang: 'en-US' }, { lang: 'tr-TR' }],
		['the time zone', {}, { timezone: 'Asia/Tokyo' }],
		['an option', {}, { options: { allow_rating: false } }],
		['a nested option', {}, { options: { chat: { offNewMsgSound: true } } }],
		['a field that only rejections contain', { allow_recording: true }, { allow_recording: false }],
		['a description', { description: 'Room 1' }, { description: 'Room 2' }],
	])('similar items are distinguished by %s', async (_, one, other) => {
		const isOther = (item: SessionInput) =>
			Object.entries(other).every(
				([key, value]) =>
					JSON.stringify((item as IDataObject)[key]) === JSON.stringify(value) &&
					!(key in one && JSON.stringify(one[key]) === JSON.stringify(value)),
			);
		const variants = ['A', 'B'].flatMap((shape) =>
			['request', 'reversed'].flatMap((order) =>
				[undefined, ALERT].map((fate) => ({ shape, order, fate })),
			),
		);
		for (const { shape, order, fate } of variants) {
			server.reset();
			server.set({
				order: order as Switches['order'],
				createRejectedShape: shape as Switches['createRejectedShape'],
				refuse: (item) => (isOther(item) ? LICENSE : (fate ?? null)),
			});
			const done = await run([
				good({ row: 'other', ...other }),
				good({ row: 'one', ...one }),
				good({ row: 'other too', ...other }),
			]);

			const isStated = !(shape === 'A' && fate && 'options' in other);
			if (isStated) {
				expect(fates(done)).toEqual({
					one: fate?.details ?? 'created',
					other: LICENSE.details,
					'other too': LICENSE.details,
				});
			}
			// A rejected request view doesn't contain options that were not sent.
			expect(isMarked(done)).toEqual(Array(3).fill(!isStated));
		}
	});

	it('items that become equal on the server are also marked', async () => {
		server.set({ names: 'trimmed', licenseLimit: 1 });
		const done = await run([good({ row: 1 }), good({ row: 2, name: ' CS201 ' })]);

		expect(said(done).map(({ outcome }) => outcome)).toEqual(['created', 'rejected']);
		expect(isMarked(done)).toEqual([true, true]);
	});
});

describe('Missing and unexpected results', () => {
	it('an item without a result is unknown', async () => {
		server.set({ omit: ({ name }) => name === 'CS202' });
		const done = await run([good({ row: 'a' }), good({ row: 'b', name: 'CS202' })]);

		expect(fates(done)).toEqual({ a: 'created', b: 'no_result' });
		expect(done.rejected[0]?.json).toMatchObject({
			outcome: 'unknown',
			rejection: { source: 'request', code: null, retryable: false },
		});
		expect(server.requests).toHaveLength(1);
	});

	it('an unexpected session is named in a hint and on the items without a result', async () => {
		server.set({ omit: ({ name }) => name === 'CS202', stranger: 1 });
		const done = await run([good({ row: 'a' }), good({ row: 'b', name: 'CS202' })]);

		expect(fates(done)).toEqual({ a: 'created', b: 'no_result' });
		expect(hints(done)).toContainEqual(expect.stringMatching(/1 result that fits no item: \w+-/));
		const [guid] = GUID.exec(hints(done).join()) ?? [];
		expect(said(done)[1]?.notes).toEqual([expect.stringContaining(String(guid))]);
		expect(said(done)[0]?.notes).toEqual([]);
	});

	it('an item gets the only session in the response, with a mark if its start differs', async () => {
		const view = { ...server.preload({ name: 'Advanced', timezone: ZONE, duration: 90 }) };
		server.fail({ route: 'batch', status: 200, body: { approved: [view as never], rejected: [] } });
		const done = await run([good({ row: 1, name: 'Advanced Algebra', duration: 90 })]);

		expect(fates(done)).toEqual({ 1: 'created' });
		expect(said(done)[0]).toMatchObject({
			guid: view.session_guid,
			notes: [expect.stringMatching(MARK), expect.stringContaining('2030-08-05T12:00:00+03:00')],
		});
	});

	it('an item is unknown if the only session in the response has another name and another start', async () => {
		const view = { ...server.preload({ name: 'Physics', timezone: ZONE, duration: 90 }) };
		server.fail({ route: 'batch', status: 200, body: { approved: [view as never], rejected: [] } });
		const done = await run([good({ row: 1, name: 'Advanced Algebra', duration: 90 })]);

		expect(fates(done)).toEqual({ 1: 'no_result' });
		expect(said(done)[0]?.notes).toEqual([expect.stringContaining(view.session_guid)]);
	});

	it('all items are unknown if every result is missing', async () => {
		server.set({ omit: () => true });
		const done = await run([
			good({ row: 'a' }),
			{ row: 'b', session_guid: SAMPLE_STORED_GUID, duration: 90 },
		]);

		expect(done.approved).toEqual([]);
		expect(done.rejected.map(({ json }) => json.outcome)).toEqual(['unknown', 'unknown']);
	});
});

describe('Random items and responses', () => {
	type Kind = 'create' | 'past' | 'invalid' | 'update' | 'missing';
	const REASON_OF: Partial<Record<Kind, string>> = {
		past: 'validation_error',
		missing: 'session_not_found',
		invalid: 'validation_error',
	};
	interface Row {
		kind: Kind;
		fields: IDataObject;
		isRefused: boolean;
	}

	const maybe = (key: string, ...values: unknown[]) =>
		fc
			.option(fc.constantFrom(...values), { nil: undefined })
			.map((value): IDataObject => (value === undefined ? {} : { [key]: value as never }));
	const fieldsArb = fc
		.tuple(
			fc.constantFrom('CS201', ' CS201', 'CS201  B', 'CS201 B', 'Café', 'Cafe\u0301', 'cs-201'),
			fc.constantFrom('2030-08-05T12:00:00', '2030-08-05T15:00:00', '2030-08-06T12:00'),
			fc.constantFrom(60, 90),
			maybe('timezone', ZONE, 'America/New_York', 'Asia/Kathmandu'),
			maybe('lang', 'en-US', 'tr-TR'),
			maybe('tags', 'a', 'b', 'a,b'),
			maybe('description', 'one', 'two'),
			maybe('allow_recording', true, false),
			maybe('options', { allow_rating: false }, { chat: { offMessageModule: true } }),
		)
		.map(([name, start_date, duration, ...rest]): IDataObject =>
			Object.assign({ name, start_date, duration }, ...rest),
		);
	const rowArb: fc.Arbitrary<Row> = fc.record({
		kind: fc.constantFrom<Kind>(
			'create',
			'create',
			'create',
			'past',
			'invalid',
			'update',
			'missing',
		),
		fields: fieldsArb,
		isRefused: fc.boolean(),
	});
	const shapes = fc.constantFrom('documented', 'A', 'B', 'null' as const);
	const switchesArb = fc.record<Partial<Switches>>({
		order: fc.constantFrom('documented', 'request', 'reversed', 'shuffled'),
		seed: fc.nat(1000),
		guidCase: fc.constantFrom('upper', 'lower', 'mixed'),
		names: fc.constantFrom('kept', 'trimmed', 'collapsed', 'nfc'),
		createRejectedShape: shapes,
		updateRejectedShape: shapes,
		createEntityGuid: fc.constantFrom('fresh', 'null', 'zero'),
		details: fc.constantFrom('documented', 'string', 'array', 'objects', 'absent'),
		language: fc.constantFrom('en', 'tr'),
		descriptionEchoed: fc.boolean(),
		allFailedBody: fc.constantFrom('lists', 'code13'),
		defaultLang: fc.constantFrom('tr-TR', 'en-US'),
		defaultTimezone: fc.constantFrom(ZONE, 'America/New_York'),
		licenseLimit: fc.constantFrom(null, null, 0, 1, 3),
		omit: fc.constantFrom(0, 0, 0, 1, 2),
		stranger: fc.constantFrom(0, 0, 1),
		stamps: fc.constantFrom('micros', 'ticksUtc'),
	});

	/** Stores the sessions to update, and builds the items of the rows. */
	const itemsOf = (rows: Row[]) =>
		rows.map(({ kind, fields }, row): IDataObject => {
			const item = { row, timezone: ZONE, ...fields };
			if (kind === 'past') return { ...item, start_date: '2020-08-05T12:00:00' };
			if (kind === 'invalid') return { ...item, duration: 'long' };
			if (kind === 'create') return item;
			const session_guid = `00000000-0000-4000-8000-${String(row).padStart(12, '0')}`;
			if (kind === 'update') server.preload({ session_guid, name: 'Before' });
			return { ...item, session_guid };
		});

	/** Records which items the server applied. Invalid items are never sent. */
	const recordTruth = (rows: Row[]) => {
		const sent = rows.flatMap(({ kind }, row) => (kind === 'invalid' ? [] : [row]));
		const applied = new Set<number>();
		server.set({
			refuse: (_, index) => {
				const before = server.batches().slice(0, -1);
				const row = sent[index + before.flat().length] as number;
				if (rows[row]?.isRefused) return LICENSE;
				applied.add(row);
				return null;
			},
		});
		return applied;
	};

	/** Expects the stored session to have the item's values, for fields that responses contain. */
	const agrees = (item: IDataObject, stored: StoredSession, { names }: Switches) => {
		const shown = names === 'kept' ? String(item.name) : String(item.name).normalize('NFC');
		const squeeze = (text: string) => text.normalize('NFC').replace(/\s+/g, '');
		expect(squeeze(stored.name)).toBe(squeeze(shown));
		expect(stored.start_date).toContain(String(item.start_date));
		for (const key of ['duration', 'timezone', 'lang', 'tags'] as const)
			if (item[key] !== undefined) expect([key, stored[key]]).toEqual([key, item[key]]);
		if (item.options) expect(stored.options).toMatchObject(item.options as object);
	};

	it('brings every item out once, and on the correct output', async () => {
		const runs = Number(process.env.PAIRING_RUNS ?? 40);
		const check = async (rows: Row[], switches: Partial<Switches>, batchSize: number) => {
			server.reset();
			server.set(switches);
			const items = itemsOf(rows);
			const applied = recordTruth(rows);
			const done = await run(items, { batchSize });
			const all = said(done);

			expect(done.status).toBe('success');
			expect(all.map(({ row }) => row).sort((a, b) => Number(a) - Number(b))).toEqual(
				rows.map((_, row) => row),
			);
			const guids = done.approved.map(({ json }) => String(json.session_guid).toUpperCase());
			expect(new Set(guids).size).toBe(guids.length);
			for (const { row, outcome, guid, source, reason, marked } of all) {
				const { kind } = rows[Number(row)] as Row;
				expect(source === 'check').toBe(kind === 'invalid');
				if (guid !== undefined)
					agrees(items[Number(row)] as IDataObject, server.sessions.get(guid) as never, {
						...server.switches,
					});
				if (marked || outcome === 'unknown') continue;
				expect([row, outcome !== 'rejected']).toEqual([row, applied.has(Number(row))]);
				// A code 13 whose list has no entry for the item has no reason of its own.
				if (reason !== undefined && reason !== 'multiple_errors')
					expect([row, reason]).toEqual([row, REASON_OF[kind] ?? LICENSE.details]);
				if (kind === 'update' || kind === 'missing') continue;
				expect([row, outcome]).not.toEqual([row, 'updated']);
			}
			// No item is unknown if every session has a result that names it.
			const { createRejectedShape, updateRejectedShape, omit } = switches;
			const isNamed = createRejectedShape !== 'null' && updateRejectedShape !== 'null';
			if (omit || !isNamed) return;
			expect(all.map((one) => one.outcome)).not.toContain('unknown');
			// Marked are only similar sessions with different outcomes.
			const lookOf = ({ row }: Said) => {
				const { name, start_date, duration } = rows[Number(row)]?.fields ?? {};
				return [String(name).normalize('NFKD').replace(/\W/g, ''), start_date, duration]
					.join()
					.toLowerCase();
			};
			for (const one of all.filter(({ marked }) => marked)) {
				const alike = all.filter((other) => lookOf(other) === lookOf(one));
				const different = new Set(alike.map(({ reason, outcome }) => reason ?? outcome));
				expect(different.size).toBeGreaterThan(1);
			}
		};
		await fc.assert(
			fc.asyncProperty(
				fc.array(rowArb, { minLength: 1, maxLength: 12 }),
				switchesArb,
				fc.constantFrom(0, 0, 0, 3),
				check,
			),
			{ numRuns: runs },
		);
	});
});
