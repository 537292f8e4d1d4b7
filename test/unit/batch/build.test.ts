import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import { sortKeys } from '../../../nodes/Perculus/batch/build';
import { setPath } from '../../../nodes/Perculus/batch/build';
import { SESSION_CATALOGUE, SESSION_FIELDS } from '../../../nodes/Perculus/session/fields';

const inCatalogueOrder = (session: IDataObject) => sortKeys(session, SESSION_CATALOGUE.order);

/** Paths of an object's leaves, in the order of its JSON. */
const leaves = (object: IDataObject, path = ''): string[] =>
	Object.entries(object).flatMap(([key, value]) =>
		typeof value === 'object' && value !== null
			? leaves(value as IDataObject, `${path}${key}.`)
			: [path + key],
	);

it('sorts fields from any order into the order of the catalogue', () => {
	const ids = SESSION_FIELDS.map(({ id }) => id);
	fc.assert(
		fc.property(fc.shuffledSubarray(ids, { minLength: 1 }), (mapped) => {
			const session: IDataObject = {};
			for (const id of mapped) setPath(session, id, id);
			const ordered = inCatalogueOrder(session);
			expect(ordered).toEqual(session);
			// Keys of one object stay together.
			const top = (id: string) => id.split('.')[0];
			const expected = ids.filter((id) => mapped.includes(id));
			expect(leaves(ordered).map(top)).toEqual(expected.map(top));
			const inOptions = (all: string[]) => all.filter((id) => /^options\.chat\./.test(id));
			expect(inOptions(leaves(ordered))).toEqual(inOptions(expected));
		}),
		{ numRuns: 200 },
	);
});

it('keeps keys that are not fields after the fields, and a value in place of an object', () => {
	const session = { x: 1, options: 'all', 'options.allow_rating': true, name: 'a', tags: '' };
	const ordered = inCatalogueOrder(session);
	expect(ordered).toEqual(session);
	expect(Object.keys(ordered)).toEqual(['name', 'tags', 'options', 'x', 'options.allow_rating']);
	expect(inCatalogueOrder({})).toEqual({});
});
