import {
	emailAddress,
	guidText,
	isSheetError,
	readName,
	referenceIssue,
	tidyName,
} from '../../../nodes/Perculus/values/names';

const GUID = '1B27EB7F-0000-4000-8000-000000000001';

describe('Names', () => {
	it.each([
		['D-4711\u200b', 'D-4711'],
		['\ufeffD-4711', 'D-4711'],
		['D\u00ad-\u206047\u200e11 ', 'D-4711'],
		['\u202aD-4711\u202c\n', 'D-4711'],
		['Istanbul\u0307', 'Istanbul\u0307'],
	])('removes invisible characters from %j: %j', (text, tidied) => {
		expect(tidyName(text)).toBe(tidied);
	});

	it.each([
		[4711, { value: '4711' }],
		['7615917337495251231', { value: '7615917337495251231' }],
		[
			Number('7615917337495251231'),
			{ issue: expect.stringContaining('at most 15 digits') as string },
		],
		[1.5, { issue: expect.stringContaining('a whole number') as string }],
		[NaN, { issue: expect.stringContaining("'NaN'") as string }],
		[true, { issue: "must be text; this item has 'true'" }],
		[{}, { issue: 'must be text; this item has an object' }],
	])('reads the name %p as %j', (value, reading) => {
		expect(readName(value)).toEqual(reading);
	});
});

describe('Reference', () => {
	it.each([
		'D-4711',
		'D/4711|b_2:c',
		'7615917337495251231',
		'a',
		'Ödev 3',
		'null hypothesis',
		'Null-4',
		'None of the above',
		'A/N',
		'D{4711}',
		'Loading dock',
		'2031–2032',
		'undefinedness-3',
		'12E3',
		'1E5',
		'#4711',
		'#NEWS',
		'#N/B',
		'-NxKqP3rT5vW7yZ9aB2d',
		'-OAbC_dEf-GhIjKlMnOp',
		'NxKqP3rT5vW7yZ9_',
		'AAMkAGI2TG93AAA=',
		'a'.repeat(250),
		'👩‍🏫 1',
		GUID,
	])('accepts %j as a reference', (text) => {
		expect(referenceIssue(text)).toBeUndefined();
	});

	it.each([
		['-', 'a letter or a digit'],
		['- / -', 'a letter or a digit'],
		['***', 'a letter or a digit'],
		['\u200b', 'a letter or a digit'],
		['🎓', 'a letter or a digit'],
		['D-', 'separator at an end'],
		['-3', 'separator at an end'],
		['D_4711:', 'separator at an end'],
		['|4711', 'separator at an end'],
		['/4711', 'separator at an end'],
		['-abcdefghijklm', 'separator at an end'],
		[`${GUID}-`, 'separator at an end'],
		['customer-4711-lesson-', 'separator at an end'],
		['Deal 4711 of customer 12 -', 'separator at an end'],
		['D –', 'separator at an end'],
		['— 4711', 'separator at an end'],
		['NULL', 'all its parts'],
		['D-NULL', 'all its parts'],
		['None', 'all its parts'],
		['D_None', 'all its parts'],
		['D–undefined', 'all its parts'],
		['N/A', 'all its parts'],
		['n/a', 'all its parts'],
		['{{ $json.deal }}', "an expression that wasn't evaluated"],
		['D-{{$json.deal}}', "an expression that wasn't evaluated"],
		['Loading...', "formula's error"],
		['undefined', 'all its parts'],
		['null', 'all its parts'],
		['D-undefined', 'all its parts'],
		['undefined-undefined', 'all its parts'],
		['D / null / 3', 'all its parts'],
		['4711_NaN', 'all its parts'],
		['NaN:1', 'all its parts'],
		['[object Object]', 'a plain text'],
		['D-[object Object]', 'a plain text'],
		['Invalid DateTime', 'a plain text'],
		['D-Invalid DateTime', 'a plain text'],
		['Invalid Date', 'a plain text'],
		['#N/A', 'formula'],
		['#n/a', 'formula'],
		['D-#REF!', 'formula'],
		['#VALUE!-3', 'formula'],
		['#NAME?', 'formula'],
		['#DEĞER!', 'formula'],
		['#NV', 'formula'],
		['#¡VALOR!', 'formula'],
		['2.21012E+16', 'digits of a number'],
		['2,21012e+16', 'digits of a number'],
		['D-1E+05', 'digits of a number'],
		['a,b', 'comma'],
		['a\nb', 'line break'],
		['a\ud83d', 'half of an emoji'],
		['a'.repeat(251), '250 characters'],
	])('rejects %j as a reference: %s', (text, reason) => {
		expect(referenceIssue(text)).toMatch(new RegExp(`^must .*${reason}.*; this item has '`));
	});

	it('shows the invisible characters of a rejected reference', () => {
		expect(referenceIssue('D-\u200b')).toContain("this item has 'D-<U+200B>'");
	});
});

it.each([
	['#REF!', true],
	[' #N/A ', true],
	['#YOK', true],
	['#wert!', true],
	['#WOW!', false],
	['All about #REF!', false],
	['', false],
])('detects that %j is the error of a spreadsheet: %p', (text, isError) => {
	expect(isSheetError(text)).toBe(isError);
});

describe('Email address', () => {
	it.each([
		'ada@school.example',
		'Ada.Lovelace+x@School.example',
		"o'hara@school.example",
		'şule@okul.example',
		'ada@münchen.example',
		'a@localhost',
	])('accepts %s as an email address', (address) => {
		expect(emailAddress(address)).toBe(address);
		expect(emailAddress(` ${address}\n`)).toBe(address);
		expect(emailAddress(`\u200b${address}.`)).toBe(address);
	});

	it.each([
		'',
		'ada',
		'@school.example',
		'ada@',
		'a@b@c',
		'a b@c.example',
		"'ada@school.example'",
		'‘ada@school.example’',
		'ada@school.example`',
		'ada@school.example, bob@school.example',
		'ada@school.example;bob@school.example',
		'Ada <ada@school.example>',
		'mailto:ada@school.example',
		'"ada"@school.example',
		'ada@school.example/x',
		'ada\0@school.example',
		'ada.@school.example',
		'.ada@school.example',
		'ada..b@school.example',
		'ada@.school.example',
		'ada@school..example',
		'ada@school.example..',
		`${'a'.repeat(250)}@x.example`,
		'\uD83C@x.example',
		null,
		undefined,
		7,
		['ada@school.example'],
	])('rejects %j as an email address', (value) => {
		expect(emailAddress(value)).toBeUndefined();
	});
});

it.each([
	[GUID, GUID],
	[` {${GUID}}\u200b`, GUID],
	[GUID.slice(1), undefined],
	['00000000-0000-0000-0000-000000000000', undefined],
	[5, undefined],
])('reads %j as the GUID %p', (value, guid) => {
	expect(guidText(value)).toBe(guid);
});
