import { joinLink, joinUrlOf } from '../../../nodes/Perculus/attendee/view';

it.each([
	['https://x.example/app?c={code}', 'https://x.example/app?c={code}'],
	[' {code} ', '{code}'],
	['', undefined],
	['  ', undefined],
	[null, undefined],
	[undefined, undefined],
])('the template %j', (given, template) => {
	expect(joinUrlOf({ value: given })).toEqual({ value: template });
});

it.each(['https://x.example', '{CODE}', '{ code }', 7, true, { code: 1 }])(
	'%j is no template',
	(given) => {
		expect(joinUrlOf({ value: given })).toEqual({
			issue: expect.stringMatching(/^The option 'Join URL' must have \{code\} where/) as string,
		});
	},
);

it('an expression that does not work is told by the name of the option', () => {
	expect(joinUrlOf({ issue: 'has an expression that does not work' })).toEqual({
		issue: "The option 'Join URL' has an expression that does not work",
	});
});

it.each([
	['https://x.example/{code}', 'A-1', 'https://x.example/A-1'],
	['{code}/{code}', 'A', 'A/A'],
	['x?c={code}', 'a b&c', 'x?c=a%20b%26c'],
	['x?c={code}', '$&', 'x?c=%24%26'],
	['x?c={code}', '{code}', 'x?c=%7Bcode%7D'],
])('%s with %s is %s', (template, code, link) => {
	expect(joinLink(template, code)).toBe(link);
});
