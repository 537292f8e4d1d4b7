import { parseTimeOfDay } from '../../../../nodes/Perculus/values/dates/parseDate';

const issueOf = (reading: object) => ('issue' in reading ? String(reading.issue) : '');

describe('Time of day', () => {
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
		['2 pm', 14],
		['2pm', 14],
		['2 PM', 14],
		['2\u202fp.m.', 14],
		['1 pm', 13],
		['12 am', 0],
		['12pm', 12],
		['14', 14],
		[' 14 ', 14],
		[14, 14],
		['9', 9],
		[9, 9],
		['09', 9],
		['01', 1],
		[2, 2],
		['23', 23],
		[23, 23],
		// Midnight as an hour, and as a part of a day.
		[0, 0],
		['0', 0],
		['00', 0],
		[0.9999999, 24 - 1 / 3600],
	])('reads %j as a time of day', (value, hours) => {
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
		1430,
		14.3,
		14.5,
		'14.5',
		// One o'clock, or a whole day of a spreadsheet.
		1,
		'1',
		'1.0',
		'2.0',
		24,
		'24',
		25,
		'13 pm',
		'0 pm',
		'0am',
		'014',
		'14h',
		'14:00 Uhr',
		'2 p',
		'pm',
		-14,
		'-2',
		-0.5,
		NaN,
		true,
		{},
		[],
	])('rejects %p as a time of day', (value) => {
		expect(issueOf(parseTimeOfDay(value, 'Start Time'))).toMatch(
			/^Start Time must be a time such as 14:30; this item has .+/,
		);
	});
});
