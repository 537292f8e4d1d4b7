import type { IDataObject } from 'n8n-workflow';

import {
	DOUBTFUL,
	partsIssue,
	plainParts,
	plainPath,
	plainReader,
	readPath,
} from '../../../nodes/Perculus/batch/plainReference';

describe('Code of a plain reference', () => {
	it.each([
		[' $json.name ', ['name']],
		['$json.name', ['name']],
		['\n\t$json.name\n', ['name']],
		[' $json._a$1 ', ['_a$1']],
		[' $json["Start Date"] ', ['Start Date']],
		[" $json['Start Date'] ", ['Start Date']],
		[' $json["teacher\'s"] ', ["teacher's"]],
		[' $json["a.b"] ', ['a.b']],
		[' $json[""] ', ['']],
		[' $json.a.b[0] ', ['a', 'b', 0]],
		[' $json["a"]["b"][10].c ', ['a', 'b', 10, 'c']],
	])('reads %j as the path %j', (code, path) => {
		expect(plainPath(code)).toEqual(path);
	});

	it.each([
		'',
		' ',
		' $json ',
		' $json.a + 1 ',
		' $json.a.toUpperCase() ',
		' $json["a\\"b"] ',
		' $json["a\nb"] ',
		' $json?.a ',
		' $json[$json.a] ',
		' $json[`a`] ',
		' $json[01] ',
		' $json[-1] ',
		' $json[1.5] ',
		' $json . a ',
		' $json.a /* why */ ',
		' $json.ö ',
		' $json.1a ',
		' json.a ',
		' $jsonx.a ',
		" $('Form').item.json.a ",
		' { $json.a ',
		'=$json.a',
		' $json.a; ',
	])('does not read %j as a path', (code) => {
		expect(plainPath(code)).toBeUndefined();
	});
});

describe('Values at a path', () => {
	const json = {
		text: 'x',
		empty: '',
		zero: 0,
		no: false,
		none: null,
		list: ['a', { b: 2 }],
		object: { a: { b: 'deep' } },
		date: new Date(0),
		missing: undefined,
		big: BigInt(1),
		make: () => 1,
		made: new (class {
			a = 1;
		})(),
	};

	it.each<[ReadonlyArray<string | number>, unknown]>([
		[['text'], 'x'],
		[['empty'], ''],
		[['zero'], 0],
		[['no'], false],
		[['none'], null],
		[['unheard of'], undefined],
		[['list', 0], 'a'],
		[['list', 1, 'b'], 2],
		[['object', 'a', 'b'], 'deep'],
	])('reads the value at %j', (path, value) => {
		expect(readPath(json as never, path)).toBe(value);
	});

	it.each<[ReadonlyArray<string | number>]>([
		[['list']],
		[['object']],
		[['date']],
		[['missing']],
		[['big']],
		[['make']],
		[['toString']],
		[['constructor']],
		[['__proto__']],
		[['text', 'length']],
		[['text', 0]],
		[['list', 2]],
		[['list', 'length']],
		[['list', '0']],
		[['object', 'unheard of']],
		[['object', 0]],
		[['none', 'a']],
		[['unheard of', 'a']],
		[['date', 'getTime']],
	])('leaves the value at %j to n8n', (path) => {
		expect(readPath(json as never, path)).toBe(DOUBTFUL);
	});
});

describe('Parts of an expression', () => {
	it.each([
		['={{ $json.name }}', [['name']]],
		['={{$json.a}}', [['a']]],
		['=Course {{ $json.name }}', ['Course ', ['name']]],
		['={{ $json.Day }} {{ $json.Time }}', [['Day'], ' ', ['Time']]],
		['={{ $json.a }}{{ $json.b }}', [['a'], ['b']]],
		['= {{ $json.a }}\n', [' ', ['a'], '\n']],
		['=={{ $json.a }}', ['=', ['a']]],
		['={ {{ $json.a }} }', ['{ ', ['a'], ' }']],
		['={{ $json.a }}}', [['a'], '}']],
		['=}} {{ $json.a }}', ['}} ', ['a']]],
		['={{ $json["a b"] }}/{{ $json.list[0].c }}', [['a b'], '/', ['list', 0, 'c']]],
		['=Course', ['Course']],
		['==', ['=']],
		['=', []],
	])('splits %j into %j', (expression, parts) => {
		expect(plainParts(expression)).toEqual(parts);
	});

	it.each([
		'Course {{ $json.a }}',
		'{{ $json.a }}',
		'',
		'={{ $json }}',
		'={{ $json.a + 1 }}',
		'={{ $json.a }} {{ $json.a + 1 }}',
		'={{ $json.a }} {{ $json.b',
		'=a {{ }}',
		'={{}}',
		'={{{ $json.a }}}',
		'={{{{ $json.a }}}}',
		'={{ $json["x}}y"] }}',
		'={{ $json["{{x"] }}',
		'=\\{{ $json.a }}',
		'=C:\\dir {{ $json.a }}',
		'={{ $json.a }}\\',
		'={{ $json["a\\b"] }}',
	])('leaves the expression %j to n8n', (expression) => {
		expect(plainParts(expression)).toBeUndefined();
	});
});

/** Reads the field `a` of each item, within a text; returns the texts, and the items that n8n evaluated. */
function read(values: unknown[], evaluate: (value: unknown, index: number) => unknown) {
	const asked: number[] = [];
	const reader = plainReader(['a ', ['a']], (index) => {
		asked.push(index);
		return evaluate(values[index], index);
	});
	const texts = values.map((a, index) => {
		try {
			return reader(index, { a } as never);
		} catch (error) {
			return `threw ${(error as Error).message}`;
		}
	});
	return { texts, asked };
}

const asN8n = (value: unknown) => `a ${String(value)}`;

describe('Reader of plain parts', () => {
	it('has n8n evaluate only the first value of each type', () => {
		expect(read(['x', 'y', 1, 2, true, true, 'z', 3], asN8n)).toEqual({
			texts: ['a x', 'a y', 'a 1', 'a 2', 'a true', 'a true', 'a z', 'a 3'],
			asked: [0, 2, 4],
		});
	});

	it('also has n8n evaluate the first value that is not empty', () => {
		const hidden = () => 'a ';
		expect(read(['', '', null, 'x', 'y'], hidden)).toEqual({
			texts: ['a ', 'a ', 'a ', 'a ', 'a '],
			asked: [0, 2, 3, 4],
		});
	});

	it('has n8n evaluate all other items once its result differs', () => {
		const withoutNo = (value: unknown) => `a ${value === false ? '' : String(value)}`;
		expect(read(['x', 'y', false, 'z', 'w'], withoutNo)).toEqual({
			texts: ['a x', 'a y', 'a ', 'a z', 'a w'],
			asked: [0, 2, 3, 4],
		});
	});

	it('has n8n evaluate every item once it has thrown', () => {
		const refused = () => {
			throw new Error('refused');
		};
		expect(read(['x', 'y', 'x'], refused)).toEqual({
			texts: ['threw refused', 'threw refused', 'threw refused'],
			asked: [0, 1, 2],
		});
	});

	it('continues by itself after an item that is left to n8n', () => {
		expect(read(['x', ['y'], 'z'], asN8n)).toEqual({ texts: ['a x', 'a y', 'a z'], asked: [0, 1] });
	});

	it('checks the types of each reference separately', () => {
		const asked: number[] = [];
		const items = [
			{ a: 'x', b: 1 },
			{ a: 1, b: 'x' },
			{ a: 'y', b: 'y' },
		];
		const reader = plainReader([['a'], ['b']], (index) => {
			asked.push(index);
			return Object.values(items[index] ?? {}).join('');
		});
		expect(items.map((item, index) => reader(index, item))).toEqual(['x1', '1x', 'yy']);
		expect(asked).toEqual([0, 1]);
	});
});

describe('Text composed of fields', () => {
	const both = plainParts('={{ $json.deal }}-{{ $json.lesson["no"] }}') ?? [];

	it.each<IDataObject>([
		{ deal: 'D', lesson: { no: 1 } },
		{ deal: 0, lesson: { no: false } },
		{ deal: '7615917337495251231', lesson: { no: 'x' } },
	])('accepts an item that has all parts: %j', (json) => {
		expect(partsIssue(both, json)).toBeUndefined();
	});

	it.each<[IDataObject, string]>([
		[{}, "'deal' of this item is empty"],
		[{ deal: 'D' }, "'lesson.no' of this item is empty"],
		[{ deal: 'D', lesson: null }, "'lesson.no' of this item is empty"],
		[{ deal: 'D', lesson: 'x' }, "'lesson.no' of this item is empty"],
		[{ deal: '', lesson: { no: 1 } }, "'deal' of this item is empty"],
		[{ deal: ' ', lesson: { no: 1 } }, "'deal' of this item is empty"],
		[{ deal: [], lesson: { no: 1 } }, "'deal' of this item is empty"],
		[{ deal: 2 ** 60, lesson: { no: 1 } }, "send 'deal' of this item as text"],
	])('reports the part that %j lacks: %s', (json, issue) => {
		expect(partsIssue(both, json)).toContain(issue);
	});

	it('only checks the parts of a text that has a reference and other characters', () => {
		expect(partsIssue(plainParts('={{ $json.deal }}') ?? [], {})).toBeUndefined();
		expect(partsIssue(plainParts('= {{ $json.deal }}\n') ?? [], {})).toBeUndefined();
		expect(partsIssue(plainParts('=D-{{ $json.deal }}') ?? [], {})).toContain('is empty');
		expect(partsIssue(plainParts('=D-4711') ?? [], {})).toBeUndefined();
	});
});
