import fc from 'fast-check';

import { pathOf } from '../../../nodes/Perculus/transport/transport';

describe('Path', () => {
	it.each([
		[
			['session', '61E3D504-0000-4000-8000-000000000001'],
			'/session/61E3D504-0000-4000-8000-000000000001',
		],
		[['session', 'G', 'attendee', 'a+b@c.example'], '/session/G/attendee/a+b@c.example'],
		[['session', 'a/../b'], '/session/a%2F..%2Fb'],
		[['session', '...'], '/session/...'],
		[['session', '%2e%2e'], '/session/%252e%252e'],
		[['session', '?x=1#y'], '/session/%3Fx%3D1%23y'],
		[['session', 'Şule 1'], '/session/%C5%9Eule%201'],
	])('builds the path of %j', (segments, path) => {
		expect(pathOf(...segments)).toBe(path);
	});

	it.each(['', '.', '..', '\uD83C', 'x\uDFFF'])('builds no path with the segment %j', (segment) => {
		expect(pathOf('session', 'G', 'attendee', segment)).toBeUndefined();
		expect(pathOf(segment, 'search')).toBeUndefined();
	});

	it('a path has exactly its segments, for any text in them', () => {
		const base = 'https://acme.perculus.com/xapi/v2';
		const segment = fc.oneof(
			fc.string({ unit: 'binary' }),
			fc.string({
				unit: fc.constantFrom('.', '/', '\\', '%', '2', 'e', 'E', '?', '#', ' ', '\t', '\n'),
			}),
		);
		fc.assert(
			fc.property(segment, (text) => {
				const path = pathOf('session', 'G', 'attendee', text);
				if (path === undefined) return;
				const { pathname, search, hash } = new URL(base + path);
				expect([search, hash]).toEqual(['', '']);
				const segments = pathname.split('/').slice(3);
				expect(segments.map(decodeURIComponent)).toEqual(['session', 'G', 'attendee', text]);
			}),
			{ numRuns: 2000 },
		);
	});
});
