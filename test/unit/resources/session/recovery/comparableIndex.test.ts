import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import {
	ComparableIndex,
	comparableKey,
} from '../../../../../nodes/Perculus/resources/session/recovery/comparableIndex';
import type { SessionDraft } from '../../../../../nodes/Perculus/resources/session/session';

const ZONES: Record<string, string> = { 'Europe/Istanbul': '+03:00', 'Europe/London': '+00:00' };

const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const fields = {
	name: fc.constantFrom('Maths', ' Maths', 'Physics'),
	clock: fc.constantFrom('2027-03-05T11:00:00', '2027-03-05T14:00:00'),
	duration: fc.constantFrom(60, 90),
	lang: maybe(fc.constantFrom('tr-TR', 'en-US', 'TR-tr')),
	timezone: maybe(fc.constantFrom(...Object.keys(ZONES))),
	tags: maybe(fc.constantFrom('a,b', 'a, b', 'c')),
};

const draft: fc.Arbitrary<SessionDraft> = fc
	.record(fields)
	.map(({ name, clock, duration, ...rest }) => ({
		index: 0,
		request: { name, start_date: `${clock}Z`, duration, ...rest } as IDataObject,
		guid: undefined,
		start: {
			clock,
			...(rest.timezone && {
				zone: rest.timezone,
				instant: Date.parse(`${clock}${ZONES[rest.timezone]}`),
			}),
		},
		warnings: [],
	}));

const view: fc.Arbitrary<IDataObject> = fc
	.record({ ...fields, offset: fc.constantFrom('', ...Object.values(ZONES)), lost: fc.nat(9) })
	.map(({ clock, offset, lost, ...rest }) => {
		const shown: IDataObject = { ...rest, start_date: `${clock}${offset}` } as IDataObject;
		if (lost === 0) shown.name = null;
		if (lost === 1) shown.start_date = null;
		return shown;
	});

/** The same in the plainest way: name, start and duration have to agree; the rest where both sides tell it. */
function isLike({ request, start }: SessionDraft, got: IDataObject): boolean {
	const plain = (value: unknown) => String(value).replace(/\s/g, '').toLowerCase();
	if (typeof got.name !== 'string' || typeof got.start_date !== 'string') return false;
	const hasOffset = got.start_date.length > 19;
	const sameStart =
		hasOffset && start?.instant !== undefined
			? Date.parse(got.start_date) === start.instant
			: got.start_date.slice(0, 19) === start?.clock;
	return (
		sameStart &&
		got.name.trim() === String(request.name).trim() &&
		got.duration === request.duration &&
		['lang', 'timezone', 'tags'].every(
			(key) =>
				request[key] === undefined ||
				got[key] === undefined ||
				plain(request[key]) === plain(got[key]),
		)
	);
}

it('finds the creates that a session looks like, all of them, each once, and no other', () => {
	fc.assert(
		fc.property(fc.array(draft, { maxLength: 20 }), view, (drafts, got) => {
			const index = new ComparableIndex<SessionDraft>();
			for (const one of drafts) index.add(one, one);
			const found = index.find(got).flat();
			expect(new Set(found)).toEqual(new Set(drafts.filter((one) => isLike(one, got))));
			expect(new Set(found).size).toBe(found.length);
		}),
		{ numRuns: 2000 },
	);
});

it('tells where a session will find an entry', () => {
	fc.assert(
		fc.property(fc.array(draft, { minLength: 1, maxLength: 10 }), view, (drafts, got) => {
			const index = new ComparableIndex<SessionDraft>();
			const buckets = new Map(drafts.map((one) => [one, index.add(one, one)]));
			for (const bucket of index.find(got))
				for (const one of bucket) expect(buckets.get(one)).toContain(bucket);
		}),
	);
});

it('has one key for creates that the same sessions look like', () => {
	fc.assert(
		fc.property(draft, draft, view, (one, other, got) => {
			if (comparableKey(one) === comparableKey(other))
				expect(isLike(one, got)).toBe(isLike(other, got));
		}),
	);
});
