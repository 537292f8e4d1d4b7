import { joinLink, joinUrlOf } from '../../../nodes/Perculus/attendee/view';

it.each([
	['https://x.example/app?c={code}', 'https://x.example/app?c={code}'],
	[' {code} ', '{code}'],
	['', undefined],
	['  ', undefined],
	[null, undefined],
	[undefined, undefined],
])('reads the template %j as %j', (given, template) => {
	expect(joinUrlOf({ value: given })).toEqual({ value: template });
});

it.each(['https://x.example', '{CODE}', '{ code }', 7, true, { code: 1 }])(
	'rejects %j as a template',
	(given) => {
		expect(joinUrlOf({ value: given })).toEqual({
			issue: expect.stringMatching(/^The option 'Join URL' must have \{code\} where/) as string,
		});
	},
);

it('reports an expression that does not work with the name of the option', () => {
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
])('the template %s with the code %s gives the link %s', (template, code, link) => {
	expect(joinLink(template, code)).toBe(link);
});
