import { isPastAndSame, pastStart } from '../../../nodes/Perculus/session/start';

const NOON = Date.UTC(2030, 7, 5, 9);
const HOUR = 3_600_000;
const istanbul = { clock: '2030-08-05T12:00:00', zone: 'Europe/Istanbul', instant: NOON };

it('reports a start before the current time as past', () => {
	expect(pastStart(istanbul, NOON + 1)).toBe(
		'The start is in the past: 2030-08-05 12:00 (Europe/Istanbul).',
	);
	expect(pastStart(istanbul, NOON)).toBeUndefined();
	expect(pastStart({ ...istanbul, clock: '2030-08-05T12:00:30' }, NOON + HOUR)).toContain(
		'12:00:30',
	);
});

it('reports a start in an unknown zone as past only if it is past in every zone', () => {
	const { clock } = istanbul;
	const last = Date.parse(`${clock}-12:00`);
	expect(pastStart({ clock }, last)).toBeUndefined();
	expect(pastStart({ clock }, last + 1)).toBe('The start is in the past: 2030-08-05 12:00.');
});

describe('Omitting the past start of an update', () => {
	const view = { start_date: '2030-08-05T12:00:00+03:00', timezone: 'Europe/Istanbul' };
	const { clock } = istanbul;

	it.each([
		['if it is past and the one that was found', istanbul, view, NOON + 1],
		[
			'if the response writes it in UTC',
			istanbul,
			{ start_date: '2030-08-05T09:00:00Z' },
			NOON + 1,
		],
		["if its digits are past in the session's own zone", { clock }, view, NOON + 1],
	])('omits the start %s', (_case, start, found, now) =>
		expect(isPastAndSame(start, found, now)).toBe(true),
	);

	it.each([
		// The search may be behind: the session may be at another time by now.
		['it is still ahead', istanbul, view, NOON],
		["its digits are still ahead in the session's own zone", { clock }, view, NOON],
		['its digits may still be ahead', { clock }, { start_date: clock }, NOON + 12 * HOUR],
		['another instant was found', istanbul, { ...view, start_date: '2030-08-05T11:00:00+03:00' }],
		['another zone was found', istanbul, { ...view, timezone: 'Asia/Riyadh' }],
		['other digits were found', { clock: '2030-08-05T11:00:00' }, view],
		['no start was found', istanbul, { timezone: 'Europe/Istanbul' }],
	])('keeps the start if %s', (_case, start, found, now = NOON + 100 * HOUR) => {
		expect(isPastAndSame(start, found, now)).toBe(false);
	});
});
