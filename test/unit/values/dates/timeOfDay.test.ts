import { parseTimeOfDay } from '../../../../nodes/Perculus/values/dates/timeOfDay';

const issueOf = (reading: object) => ('issue' in reading ? String(reading.issue) : '');

describe('a time of day', () => {
	it.each([
		['14:30', 14.5],
		['9:00', 9],
		['14.30', 14.5],
		['14:30:00', 14.5],
		['14:30:00.000', 14.5],
		['2:30 PM', 14.5],
		['2:30\u202fPM', 14.5],
		['2:30pm', 14.5],
		['2:30 p.m.', 14.5],
		['12:00 AM', 0],
		['12:15 pm', 12.25],
		['00:00', 0],
		['23:59:59', 24 - 1 / 3600],
		[0.5, 12],
		[0.604166666666667, 14.5],
		['0.604166666666667', 14.5],
		[0, 0],
		[0.9999999, 24 - 1 / 3600],
	])('%j', (value, hours) => {
		expect(parseTimeOfDay(value, 'Start Time')).toEqual({ value: hours * 3_600_000 });
	});

	it.each([
		'24:00',
		'14:60',
		'13:00 PM',
		'0:30 AM',
		'0.50',
		'noon',
		'1430',
		14,
		14.3,
		1,
		-0.5,
		NaN,
		true,
		{},
		[],
		'9',
	])('is refused: %p', (value) => {
		expect(issueOf(parseTimeOfDay(value, 'Start Time'))).toMatch(
			/^Start Time must be a time such as 14:30; this item has .+/,
		);
	});
});
