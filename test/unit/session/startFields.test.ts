import { DateTime } from 'luxon';

import type { StartInput } from '../../../nodes/Perculus/session/start';
import { issueOf, start } from './starts';

describe('Start in two fields', () => {
	const kathmandu = { zone: 'Asia/Kathmandu' };
	it.each<[string, unknown, unknown, Partial<StartInput>]>([
		["n8n's form", '2027-03-05', '14:30', {}],
		['a time with AM or PM', '2027-03-05', '2:30 PM', {}],
		['spreadsheet cells', 46_451, 0.604166666666667, {}],
		['a day in the Date Format', '05.03.2027', '14:30', { format: { text: 'dd.MM.yyyy' } }],
		['local midnight', '2027-03-05 00:00', '14:30', {}],
		['midnight in UTC', '2027-03-05T00:00:00.000Z', '14:30', {}],
		['midnight in its own offset', '2027-03-05T00:00:00-05:00', '14:30', {}],
		['midnight in the zone of the session', '2027-03-04T18:15:00Z', '14:30', kathmandu],
		[
			'a Date at midnight in the zone of the session',
			new Date('2027-03-04T18:15:00Z'),
			'14:30',
			kathmandu,
		],
		['a DateTime', DateTime.fromISO('2027-03-05', { zone: 'Asia/Tokyo' }), '14:30', {}],
	])('combines a day and a time: %s', (_what, date, time, more) => {
		const read = start(date, { time, ...more });
		expect(read).toEqual({ value: expect.objectContaining({ clock: '2027-03-05T14:30:00' }) });
	});

	it('rejects a combined start that a clock change skips', () => {
		const berlin = { zone: 'Europe/Berlin', time: '02:30' };
		expect(issueOf(start('2027-03-28', berlin))).toMatch(/doesn't exist in Europe\/Berlin/);
	});

	it.each(['2027-03-05 09:00', '2027-03-05T09:00:00Z', new Date('2027-03-05T09:00:00Z'), 46_451.5])(
		'rejects a Start Time if the date already has a time: %p',
		(date) => {
			expect(start(date, { time: '14:30' })).toEqual({
				issue:
					'Start Date has a time of day already; leave it there, or give only the day, and the time in Start Time',
			});
		},
	);

	it('reports an invalid date before an invalid time', () => {
		expect(issueOf(start('tomorrow', { time: 'noon' }))).toMatch(/^Start Date must be/);
		expect(issueOf(start('2027-03-05', { time: 'noon' }))).toMatch(/^Start Time must be a time/);
	});
});

describe('Start in the field Start Time', () => {
	it.each<[unknown, string]>([
		['2027-03-05T10:00:00Z', '2027-03-05T05:00:00'],
		['2027-03-05 10:00', '2027-03-05T10:00:00'],
		[new Date('2027-03-05T10:00:00Z'), '2027-03-05T05:00:00'],
		[46_451.5, '2027-03-05T12:00:00'],
		[{ dateTime: '2027-03-05T10:00:00', timeZone: 'America/New_York' }, '2027-03-05T10:00:00'],
		[['2027-03-05 10:00'], '2027-03-05T10:00:00'],
	])('Start Time may hold the whole start if there is no Start Date: %j', (time, clock) => {
		expect(start(undefined, { time })).toEqual({ value: expect.objectContaining({ clock }) });
	});

	it('Start Time may hold the whole start in the Date Format', () => {
		const format = { text: 'dd.MM.yyyy HH:mm' };
		expect(start(undefined, { time: '05.03.2027 10:00', format })).toEqual({
			value: expect.objectContaining({ clock: '2027-03-05T10:00:00' }),
		});
	});

	it.each(['14:30', 14, 0.5, '2 pm', '2027-03-05', 'tomorrow'])(
		'Start Time without a whole start needs a Start Date: %p',
		(time) => {
			expect(start(undefined, { time })).toEqual({
				isIncomplete: true,
				issue: 'Start Time is set, but Start Date is missing; also give the day',
			});
		},
	);

	it('the issue of a start in Start Time names this field', () => {
		expect(issueOf(start(undefined, { time: '2027-03-28 02:30', zone: 'Europe/Berlin' }))).toMatch(
			/^Start Time 2027-03-28 02:30:00 doesn't exist/,
		);
	});
});
