import { readFileSync } from 'node:fs';
import path from 'node:path';

import { itemsOfAttendees } from './attendeeOutputs';
import { emittedItems } from './outputs';
import { itemsOfReading } from './readingOutputs';
import { schemaOf } from './schemaOf';

const FOLDER = path.resolve(__dirname, '../../nodes/Perculus/__schema__/v1.0.0');

/** The output that the editor shows before the node has run. */
function previewOf(operation: string): unknown {
	return JSON.parse(readFileSync(path.join(FOLDER, `${operation}.json`), 'utf8'));
}

it.each([
	...(['create', 'update', 'upsert'] as const).map(
		(operation) => [`session/${operation}`, async () => await emittedItems(operation)] as const,
	),
	...(['get', 'getAll', 'getReport', 'delete'] as const).map(
		(operation) => [`session/${operation}`, async () => await itemsOfReading(operation)] as const,
	),
	...(['upsert', 'get', 'getAll', 'getAttendance', 'delete'] as const).map(
		(operation) =>
			[`attendee/${operation}`, async () => await itemsOfAttendees(operation)] as const,
	),
])(
	"the preview of %s has exactly the keys and types of the node's output items",
	async (operation, emit) => {
		const items = await emit();
		expect(items.map(({ outcome }) => outcome)).toContain('rejected');
		const schema = { ...schemaOf(items), version: 1 };
		expect(previewOf(operation)).toEqual(schema);
		// The editor also shows the keys in this order.
		expect(JSON.stringify(previewOf(operation))).toBe(JSON.stringify(schema));
	},
);

it('schemaOf distinguishes another type, a null, an extra key and a missing key', () => {
	const one = schemaOf([{ a: 1, b: { c: 'x' } }]);
	expect(schemaOf([{ a: 2, b: { c: 'y' } }])).toEqual(one);
	for (const other of [
		[{ a: '1', b: { c: 'x' } }],
		[{ a: 1, b: { c: 'x' } }, { a: null }],
		[{ a: 1, b: { c: 'x', d: 1 } }],
		[{ a: 1, b: {} }],
	])
		expect(schemaOf(other)).not.toEqual(one);
	expect(() => schemaOf([{ a: 1 }, { a: 'x' }])).toThrow('$.a is integer and string.');
});
