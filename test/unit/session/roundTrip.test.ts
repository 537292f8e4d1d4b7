import fc from 'fast-check';
import { DateTime } from 'luxon';
import type { IDataObject } from 'n8n-workflow';

import { autoMap } from '../../../nodes/Perculus/batch/autoMap';
import { isDraft, type BuildResult } from '../../../nodes/Perculus/batch/types';
import {
	SESSION_CATALOGUE,
	SESSION_FIELDS,
	type FieldKind,
} from '../../../nodes/Perculus/session/fields';
import { dateFormat } from '../../../nodes/Perculus/values/dates/dateFormat';
import type { SessionDraft } from '../../../nodes/Perculus/session/draft';
import { buildItem, issuesOf, keptOf, toInput, type BuildSettings } from './building';

const ZONES = Intl.supportedValuesOf('timeZone');
const aZone = fc.constantFrom(...ZONES);
const text = fc.string({ unit: 'grapheme' });
const two = (n: number) => String(n).padStart(2, '0');
const aDay = fc
	.tuple(
		fc.integer({ min: 2001, max: 2090 }),
		fc.integer({ min: 1, max: 12 }),
		fc.integer({ min: 1, max: 29 }),
	)
	.map(([y, m, d]) => [String(y), two(m), two(d)] as const);
const aTime = fc
	.tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
	.map(([h, m]) => `${two(h)}:${two(m)}`);
const anOffset = fc.constantFrom('', 'Z', '+03:00', '-03:30', '+05:45');

/** Values as users give them, by kind of field: mostly valid. */
const GIVEN: Record<FieldKind, fc.Arbitrary<unknown>> = {
	guid: fc.uuid(),
	reference: fc.oneof(fc.stringMatching(/^[a-z0-9 -]{1,20}$/), fc.integer(), fc.constant('')),
	text: fc.oneof(text, fc.integer()),
	name: fc.oneof(text, fc.integer()),
	phone: text,
	start: fc.oneof(
		fc.tuple(aDay, aTime, anOffset).map(([day, time, o]) => `${day.join('-')}T${time}${o}`),
		fc.tuple(aDay, aTime).map(([[y, m, d], time]) => `${d}.${m}.${y} ${time}`),
		aDay.map((day) => day.join('-')),
		fc.integer({ min: 1e9, max: 3e9 }),
	),
	time: aTime,
	end: fc.oneof(
		aTime,
		fc.tuple(aDay, aTime, anOffset).map(([day, time, o]) => `${day.join('-')}T${time}${o}`),
		fc.record({ date: aDay.map((day) => day.join('-')), time: aTime }),
	),
	zone: fc.oneof(
		aZone,
		aZone.map((zone) => zone.toLowerCase()),
	),
	language: fc.constantFrom('en-US', 'tr_tr', 'ar-sa'),
	tags: fc.oneof(text, fc.array(text)),
	url: fc.webUrl(),
	email: fc.emailAddress(),
	choice: text,
	yesNo: fc.constantFrom(true, false, 'yes', 'No', 1, 0, ''),
	wholeNumber: fc.oneof(fc.integer({ min: 5, max: 360 }), fc.constantFrom('90', ' 15 ', '45.0')),
};

/** Moves the end, if any, to 90 minutes after the start, in its form: hardly any other end would fit. */
function withFittingEnd({ end_date, duration, ...rest }: IDataObject): IDataObject {
	const [, day, time = '', offset = ''] =
		/^(?:(\S+)T|\S+ )(\d\d:\d\d)(.*)$/.exec(String(rest.start_date)) ?? [];
	if (end_date === undefined || time === '') return { ...rest, duration };
	const end = new Date(Date.parse(`${day ?? '2030-01-01'}T${time}Z`) + 90 * 60_000);
	const [endDay, endTime = ''] = end.toISOString().split('T');
	const clock = endTime.slice(0, 5);
	return { ...rest, end_date: day === undefined ? clock : `${endDay}T${clock}${offset}` };
}

/** An item: some fields valid or empty, some of any JSON; options nested and flat, groups of the wrong type. */
const anItem = (hostile: number) =>
	fc
		.record(
			Object.fromEntries(
				[...SESSION_FIELDS, ...SESSION_CATALOGUE.groups.map((id) => ({ id, kind: undefined }))].map(
					(field) => {
						const any = { weight: field.kind ? hostile : hostile * 5, arbitrary: fc.jsonValue() };
						const good = field.kind ? GIVEN[field.kind] : fc.constant({});
						return [field.id, fc.oneof({ weight: 60, arbitrary: good }, any)];
					},
				),
			),
			{ requiredKeys: hostile ? [] : ['name', 'start_date', 'duration'] },
		)
		.map((fields) => (hostile ? (fields as IDataObject) : withFittingEnd(fields as IDataObject)));

/** To the minute, many of them near the clock changes of Europe and of Lord Howe. */
const anInstant = fc
	.tuple(
		fc.constantFrom(
			'2031-03-30T01:00Z',
			'2031-10-26T01:00Z',
			'2031-04-05T15:00Z',
			'2031-10-04T15:30Z',
		),
		fc.oneof(fc.integer({ min: -500, max: 500 }), fc.integer({ min: -500_000, max: 500_000 })),
	)
	.map(([near, minutes]) => Date.parse(near) + minutes * 60_000);
const asInstant = (end: DateTime) => end.toISO();
/** An end as an instant, as digits on the clock of its zone, or as a time of day. */
const aForm = fc.constantFrom(
	asInstant,
	(end: DateTime) => end.toFormat('yyyy-MM-dd HH:mm'),
	(end: DateTime) => end.toFormat('HH:mm'),
);

const someSettings: fc.Arbitrary<BuildSettings> = fc.record({
	operation: fc.constantFrom('upsert', 'create', 'update'),
	workflowZone: aZone,
	dateFormat: fc
		.constantFrom(
			'',
			'dd.MM.yyyy HH:mm',
			'yyyy-MM-dd',
			'd MMMM yyyy HH:mm ZZ',
			'dd.MM.yyyy HH:MM',
			5,
		)
		.map(dateFormat),
	defaultZone: fc.option(
		fc.oneof(
			aZone.map((value) => ({ value })),
			fc.constant({ issue: 'The default time zone is none' }),
		),
		{ nil: undefined },
	),
	startDateEncoding: fc.constantFrom('wallClock', 'offset'),
});

/** The settings with the longest issue: a rejected format, for digits that other formats read. */
const LONGEST: BuildSettings = {
	operation: 'upsert',
	workflowZone: 'Africa/Abidjan',
	dateFormat: dateFormat('dd.MM.yyyy HH:MM'),
	defaultZone: undefined,
	startDateEncoding: 'wallClock',
};

function read(json: IDataObject, settings: BuildSettings): BuildResult<SessionDraft> {
	return buildItem(autoMap(json, SESSION_CATALOGUE, { isTool: false }), settings);
}

/** As n8n stores an item between two nodes. */
const stored = (json: IDataObject) => JSON.parse(JSON.stringify(json)) as IDataObject;
const rejected = (session: IDataObject) =>
	stored({ session, outcome: 'rejected', rejection: { source: 'perculus', details: [] } });

describe('Items that come back', () => {
	it('its input and its Rejected item give the same request, also in another workflow', () => {
		let drafts = 0;
		fc.assert(
			fc.property(anItem(0), someSettings, aZone, (item, settings, workflowZone) => {
				const built = read(item, settings);
				if (!isDraft(built)) return;
				drafts++;
				expect(stored(built.request)).toStrictEqual(built.request);
				const input = toInput(built);
				expect(read(stored(input), settings)).toHaveProperty('request', built.request);
				const again = read(rejected(input), settings);
				expect(again).toHaveProperty('request', built.request);
				expect((again as SessionDraft).start?.instant).toBe(built.start?.instant);
				if (built.start && built.start.zone === undefined) return;
				const elsewhere = read(rejected(input), { ...settings, workflowZone });
				expect(elsewhere).toHaveProperty('request', built.request);
			}),
			{ numRuns: 300 },
		);
		expect(drafts).toBeGreaterThan(30);
	});

	it('an item has the duration instead of its end, for any zones and clock changes', () => {
		let drafts = 0;
		const minutes = fc.integer({ min: 5, max: 360 });
		const zone = fc.constantFrom('Europe/Berlin', 'Australia/Lord_Howe', 'Asia/Tokyo', 'UTC');
		const parts = fc.record({ at: anInstant, minutes, zone, elsewhere: zone, form: aForm });
		fc.assert(
			fc.property(
				parts,
				someSettings,
				({ at, minutes: length, zone: timezone, ...rest }, settings) => {
					const start = DateTime.fromMillis(at, { zone: rest.elsewhere });
					const end = start.plus({ minutes: length }).setZone(timezone);
					const item = { name: 'x', timezone, start_date: start.toISO(), end_date: rest.form(end) };
					const built = read(stored(item), {
						...settings,
						operation: 'create',
						dateFormat: undefined,
					});
					// Digits that come twice may refer to the other hour, so the duration may be an hour off.
					if (end.getPossibleOffsets().length > 1 && rest.form !== asInstant) return;
					if (!isDraft(built)) throw new Error(issuesOf(built).join());
					drafts++;
					expect(built.request).toMatchObject({ duration: length });
					expect(built.input).toMatchObject({ duration: length });
					expect(Object.keys({ ...built.request, ...built.input })).not.toContain('end_date');
				},
			),
			{ numRuns: 500 },
		);
		expect(drafts).toBeGreaterThan(400);
	});

	it('a Rejected item that comes back has the same issues', () => {
		let invalid = 0;
		fc.assert(
			fc.property(anItem(10), someSettings, (item, settings) => {
				const built = read(item, settings);
				if (isDraft(built)) return;
				invalid++;
				const again = read(rejected(built.input), settings);
				// The item that comes back has no unused columns.
				const details = built.refused.details.filter((one) => !one.startsWith('Not used'));
				expect(issuesOf(again)).toEqual(details);
				expect(again).toHaveProperty('input', built.input);
				for (const issue of built.refused.details) expect(issue.length).toBeLessThan(300);
			}),
			{ numRuns: 300, examples: [[{ start_date: 2504020500 }, LONGEST]] },
		);
		expect(invalid).toBeGreaterThan(30);
	});

	it('the request or input of any item stays the same as JSON', () => {
		fc.assert(
			fc.property(
				fc.dictionary(fc.string(), fc.anything()),
				anItem(5),
				someSettings,
				(junk, item, settings) => {
					const built = read({ ...(junk as IDataObject), ...item }, settings);
					const kept = keptOf(built);
					expect(stored(kept)).toEqual(kept);
				},
			),
			{ numRuns: 200 },
		);
	});
});
