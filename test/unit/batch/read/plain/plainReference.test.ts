import {
	DOUBTFUL,
	plainPath,
	readPath,
} from '../../../../../nodes/Perculus/batch/read/plain/plainReference';

describe('the code of a plain reference', () => {
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
	])('%j', (code, path) => {
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
	])('is not %j', (code) => {
		expect(plainPath(code)).toBeUndefined();
	});
});

describe('a path', () => {
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
	])('%j is read', (path, value) => {
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
	])('%j is left to n8n', (path) => {
		expect(readPath(json as never, path)).toBe(DOUBTFUL);
	});
});
