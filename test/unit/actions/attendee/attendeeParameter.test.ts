import fc from 'fast-check';

import { attendeeId } from '../../../../nodes/Perculus/actions/attendee/attendeeParameter';
import { pathOf } from '../../../../nodes/Perculus/transport/transport';

const GUID = '1B27EB7F-0000-4000-8000-000000000001';

it.each([
	['ada@school.example', 'ada@school.example'],
	[' Ada+x@School.example ', 'Ada+x@School.example'],
	[GUID, GUID],
	[`{${GUID}}`, GUID],
	['abc-12', 'abc-12'],
	[4711, '4711'],
	['ada@school.example.', 'ada@school.example'],
	['\u200Bada@school.example', 'ada@school.example'],
	[['ada@school.example'], 'ada@school.example'],
])('accepts %j as an attendee', (given, id) => {
	expect(attendeeId(given)).toEqual({ value: id });
});

it.each([
	'',
	' ',
	null,
	undefined,
	'.',
	'..',
	'%2e%2e',
	'a/b',
	'a\\b',
	'a b',
	'a@b@c',
	'x/..@y.example',
	'x@y.example/..',
	'x%2f..@y.example',
	'x?@y.example',
	'x#@y.example',
	'a_b',
	// These are paths of the API itself below a session, so they cannot be attendees.
	'batch',
	'Search',
	' {batch} ',
	'\u2025',
	'ş',
	true,
	['a@b.example', 'c@d.example'],
	'.a@b.example',
	'a..b@c.example',
	'undefined',
	'null',
	'-',
	'2.21012E+16',
	7615917337495252000,
	{ toString: () => '..' },
	NaN,
])('rejects %j as an attendee', (given) => {
	expect(attendeeId(given)).toHaveProperty('issue');
});

it('the path of any accepted attendee stays below its session', () => {
	const piece = fc.constantFrom(
		'.',
		'..',
		'/',
		'\\',
		'%2e',
		'%2f',
		'@',
		'a',
		'-',
		'?',
		'#',
		';',
		' ',
	);
	const text = fc.oneof(
		fc.string({ unit: 'binary' }),
		fc.array(piece).map((some) => some.join('')),
	);
	fc.assert(
		fc.property(text, (given) => {
			const read = attendeeId(given);
			if ('issue' in read) return;
			const path = pathOf('session', 'G', 'attendee', read.value);
			expect(path).toBeDefined();
			const { pathname, search, hash } = new URL(`https://x.example/v2${path}`);
			expect(search + hash).toBe('');
			const [, , , , , id, ...more] = pathname.split('/');
			expect(more).toEqual([]);
			expect(decodeURIComponent(id ?? '')).toBe(read.value);
			// Even decoded twice, it is one path segment.
			expect(read.value).not.toMatch(/[/\\?#%]|^\.*$/);
		}),
		{ numRuns: 2000 },
	);
});
