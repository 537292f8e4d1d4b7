import { convert, type ValueType } from '../../../nodes/Perculus/values/convert/convert';
import { emailAddress } from '../../../nodes/Perculus/values/convert/email';

it.each([
	'ada@school.example',
	'Ada.Lovelace+x@School.example',
	"o'hara@school.example",
	'şule@okul.example',
	'ada@münchen.example',
	'a@localhost',
])('%s is one', (address) => {
	expect(emailAddress(address)).toBe(address);
	expect(emailAddress(` ${address}\n`)).toBe(address);
});

it.each([
	'',
	'ada',
	'@school.example',
	'ada@',
	'a@b@c',
	'a b@c.example',
	'ada@school.example, bob@school.example',
	'ada@school.example;bob@school.example',
	'Ada <ada@school.example>',
	'mailto:ada@school.example',
	'"ada"@school.example',
	'ada@school.example/x',
	'ada\0@school.example',
	`${'a'.repeat(250)}@x.example`,
	'\uD83C@x.example',
	null,
	undefined,
	7,
	['ada@school.example'],
])('%j is none', (value) => {
	expect(emailAddress(value)).toBeUndefined();
});

describe('a choice', () => {
	const role: ValueType = {
		label: 'Role',
		kind: 'choice',
		choices: [
			{ name: 'Admin', value: 'a' },
			{ name: 'User', value: 'u' },
		],
		alsoTaken: ['e+'],
	};

	it.each([
		['a', 'a'],
		['A', 'a'],
		[' admin ', 'a'],
		['USER', 'u'],
		['e+', 'e+'],
		['E+', 'e+'],
	])('%j is %j', (given, value) => {
		expect(convert(given, role)).toEqual({ value });
	});

	it.each(['ad', 'administrator', '', 1, true, null, ['a'], { a: 1 }])(
		'%j is none of them',
		(given) => {
			expect(convert(given, role)).toEqual({
				issue: expect.stringMatching(
					/^Role must be Admin \(a\) or User \(u\); this item has /,
				) as string,
			});
		},
	);
});
