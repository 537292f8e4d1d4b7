import { DateTime, Duration } from 'luxon';

import { SESSION_CATALOGUE } from '../../../nodes/Perculus/session/fields';
import { convert, isEmpty, type ValueType } from '../../../nodes/Perculus/values/convert';

const GUID = '1B27EB7F-0000-4000-8000-000000000001';
const MEGABYTE = 'a'.repeat(1_000_000);
const field = (id: string) => SESSION_CATALOGUE.byId(id) as ValueType;
const issueOf = (reading: object) => ('issue' in reading ? String(reading.issue) : '');

describe('Accepted values', () => {
	it.each<[string, unknown, unknown]>([
		['session_guid', GUID, GUID],
		['session_guid', ` {${GUID.toLowerCase()}}\n`, GUID.toLowerCase()],
		['name', ' Algebra "1" \\ İstanbul 👩‍🏫 \u200fعربي', ' Algebra "1" \\ İstanbul 👩‍🏫 \u200fعربي'],
		['name', 2027, '2027'],
		['name', -0, '0'],
		['name', 'null', 'null'],
		['name', '__proto__', '__proto__'],
		['description', 'one\r\ntwo\tthree', 'one\r\ntwo\tthree'],
		['description', MEGABYTE, MEGABYTE],
		['duration', 90, 90],
		['duration', '90', 90],
		['duration', ' 90 ', 90],
		['duration', '+90', 90],
		['duration', '090', 90],
		['duration', '90.0', 90],
		['duration', 90.0, 90],
		['duration', 53.0000000000001, 53],
		['duration', '59.9999999965975', 60],
		['duration', 90.00000000000001, 90],
		['duration', 4.9999999999, 5],
		['duration', [90], 90],
		['duration', '["90"]', 90],
		['duration', '90\u200b', 90],
		['duration', Duration.fromObject({ hours: 1, minutes: 30 }), 90],
		['duration', DateTime.utc(2027).plus({ hours: 2 }).diff(DateTime.utc(2027), 'minutes'), 120],
		['duration', Duration.fromMillis(3_600_000), 60],
		['duration', 'PT1H30M', 90],
		['duration', 5, 5],
		['duration', '360', 360],
		['options.preparation_time', 0, 0],
		['options.preparation_time', -0, 0],
		['options.preparation_time', '-0', 0],
		['timezone', 'Europe/Istanbul', 'Europe/Istanbul'],
		['timezone', ' europe/istanbul ', 'Europe/Istanbul'],
		['timezone', 'Asia/Kolkata', 'Asia/Kolkata'],
		['timezone', 'new york', 'America/New_York'],
		['lang', 'tr-TR', 'tr-TR'],
		['lang', ' en-us ', 'en-US'],
		['lang', 'tr_TR', 'tr-TR'],
		['lang', 'Turkish', 'tr-TR'],
		['lang', ' TURKISH ', 'tr-TR'],
		['lang', 'tr', 'tr-TR'],
		['lang', 'EN', 'en-US'],
		['lang', 'arabic', 'ar-SA'],
		['lang', 'en-GB', 'en-GB'],
		['lang', 'de', 'de'],
		['lang', 'iw', 'iw'],
		['lang', 'zh-hant-tw', 'zh-Hant-TW'],
		['tags', 'maths,7b', 'maths,7b'],
		['tags', ['maths', ' 7b ', null, '', ' ', 5], 'maths,7b,5'],
		['tags', 7, '7'],
		['tags', '["math", "evening"]', 'math,evening'],
		['tags', ' ["math"]', 'math'],
		['tags', '[math]', '[math]'],
		['tags', 'math;evening', 'math,evening'],
		['tags', ' math ; evening;', 'math,evening'],
		['tags', 'math;evening,7b', 'math;evening,7b'],
		['tags', 'ref:D;4711', 'ref:D;4711'],
		['tags', 'math, evening', 'math, evening'],
		['tags', 'math, ', 'math'],
		['tags', 'math,, evening,', 'math,evening'],
		['tags', ['math,', ' ,evening'], 'math,evening'],
		['tags', ' , ', ''],
		['name', ['Algebra'], 'Algebra'],
		['name', '["Algebra"]', '["Algebra"]'],
		['session_guid', [GUID], GUID],
		['session_guid', `\ufeff${GUID}`, GUID],
		['timezone', 'Europe/Istanbul\u200b', 'Europe/Istanbul'],
		['lang', 'TURKİSH', 'tr-TR'],
		['lang', ['en-US'], 'en-US'],
		['allow_recording', true, true],
		['allow_recording', false, false],
		['allow_recording', 1, true],
		['allow_recording', 0, false],
		['allow_recording', ' Yes ', true],
		['allow_recording', 'TRUE', true],
		['allow_recording', 'off', false],
		['allow_recording', 'n', false],
		['allow_recording', 'evet', true],
		['allow_recording', 'EVET', true],
		['allow_recording', 'hayır', false],
		['allow_recording', 'HAYIR', false],
		['allow_recording', 'Hayir', false],
		['allow_recording', 'doğru', true],
		['allow_recording', 'YANLIŞ', false],
		['allow_recording', 'ja', true],
		['allow_recording', 'Nein', false],
		['allow_recording', 'WAHR', true],
		['allow_recording', 'FALSCH', false],
		['allow_recording', 'oui', true],
		['allow_recording', 'Non', false],
		['allow_recording', 'VRAI', true],
		['allow_recording', 'faux', false],
		['allow_recording', 'sí', true],
		['allow_recording', 'Si', true],
		['allow_recording', 'verdadero', true],
		['allow_recording', 'FALSO', false],
		['allow_recording', 'yes\u200b', true],
		['allow_recording', ['no', ''], false],
		[
			'options.return_url',
			' https://school.example/thanks?a=1#b ',
			'https://school.example/thanks?a=1#b',
		],
		['options.return_url', 'http://okul.example/teşekkürler', 'http://okul.example/teşekkürler'],
	])('converts the value of %s: %j', (id, value, converted) => {
		expect(convert(value, field(id))).toStrictEqual({ value: converted });
	});
});

describe('Rejected values', () => {
	const duration =
		'Duration (Minutes) must be a whole number of minutes from 5 to 360; this item has';
	const guid = 'Session GUID must look like 1B27EB7F-0000-4000-8000-000000000000; this item has';
	const zone = 'Time Zone must be an IANA name such as Europe/Istanbul; this item has';
	const language = 'Language must be a language tag such as en-US; this item has';
	const yesNo = 'Allow Recording must be yes or no; this item has';
	const character = 'Name must be text without NUL or half of an emoji, which cannot be stored;';
	const sheet = "Name must be a name; a formula's error isn't one; this item has";
	it.each<[string, unknown, string]>([
		['duration', 'abc', `${duration} 'abc'`],
		['duration', 4, `${duration} '4'`],
		['duration', 361, `${duration} '361'`],
		['duration', -90, `${duration} '-90'`],
		['duration', 90.5, `${duration} '90.5'`],
		['duration', '90,5', `${duration} '90,5'`],
		['duration', '1e2', `${duration} '1e2'`],
		['duration', '0x5a', `${duration} '0x5a'`],
		['duration', '90 min', `${duration} '90 min'`],
		['duration', '1:30', `${duration} '1:30'`],
		['duration', true, `${duration} 'true'`],
		['duration', NaN, `${duration} 'NaN'`],
		['duration', Infinity, `${duration} 'Infinity'`],
		['duration', 90n, `${duration} '90'`],
		['duration', 52.5, `${duration} '52.5'`],
		['duration', 52.999, `${duration} '52.999'`],
		['duration', '59.9', `${duration} '59.9'`],
		['duration', 360.5, `${duration} '360.5'`],
		['duration', [90, 60], `${duration} a list`],
		['duration', Duration.fromMillis(1000), `${duration} an object`],
		['duration', Duration.invalid('no'), `${duration} an object`],
		['duration', 'PT', `${duration} 'PT'`],
		['duration', 'P1M', `${duration} 'P1M'`],
		['duration', { as: 5, isLuxonDuration: true }, `${duration} an object`],
		['duration', { allowExtendTime: true }, `${duration} an object`],
		['duration', '9'.repeat(400), `${duration} '${'9'.repeat(60)}…'`],
		['duration', () => 90, `${duration} a function`],
		['duration', Symbol('90'), `${duration} 'Symbol(90)'`],
		['duration', '9\u202e0\0', `${duration} '9<U+202E>0<U+0000>'`],
		['session_guid', 'abc', `${guid} 'abc'`],
		['session_guid', GUID.slice(1), `${guid} '${GUID.slice(1)}'`],
		['session_guid', GUID.replaceAll('-', ''), `${guid} '${GUID.replaceAll('-', '')}'`],
		['session_guid', 5, `${guid} '5'`],
		[
			'session_guid',
			'00000000-0000-0000-0000-000000000000',
			`${guid} '00000000-0000-0000-0000-000000000000'`,
		],
		['timezone', '+03:00', `${zone} '+03:00'`],
		['timezone', 'Mars/Phobos', `${zone} 'Mars/Phobos'`],
		[
			'timezone',
			'Istanbull',
			"Time Zone must be an IANA name such as Europe/Istanbul; this item has 'Istanbull'",
		],
		[
			'timezone',
			'BST',
			"Time Zone must be an IANA name such as Europe/Istanbul; this item has 'BST'",
		],
		['timezone', 3, `${zone} '3'`],
		['timezone', MEGABYTE, `${zone} '${'a'.repeat(60)}…'`],
		['lang', 'Klingonish', `${language} 'Klingonish'`],
		['lang', 'en-US-US', `${language} 'en-US-US'`],
		['lang', 'tr_TR.UTF-8', `${language} 'tr_TR.UTF-8'`],
		['lang', ['en-US', 'de'], `${language} a list`],
		['name', '#REF!', `${sheet} '#REF!'`],
		['name', ' #n/a', `${sheet} ' #n/a'`],
		['name', true, "Name must be text; this item has 'true'"],
		['name', NaN, "Name must be text; this item has 'NaN'"],
		['name', { text: 'Algebra' }, 'Name must be text; this item has an object'],
		['name', ['Algebra', 'Calculus'], 'Name must be text; this item has a list'],
		['name', DateTime.utc(2027), "Name must be text; this item has '2027-01-01T00:00:00.000Z'"],
		['name', 'Algebra\0', `${character} this item has 'Algebra<U+0000>'`],
		['name', 'Algebra \ud83d', `${character} this item has 'Algebra <U+D83D>'`],
		['name', '\udc69 Algebra', `${character} this item has '<U+DC69> Algebra'`],
		['tags', ['a\ud83d'], `${character.replace('Name', 'Tags')} this item has a list`],
		['tags', [{}], 'Tags must be text, or a list of texts; this item has a list'],
		['tags', [[]], 'Tags must be text, or a list of texts; this item has a list'],
		['tags', [NaN], 'Tags must be text, or a list of texts; this item has a list'],
		['tags', { a: 1 }, 'Tags must be text, or a list of texts; this item has an object'],
		['allow_recording', 'maybe', `${yesNo} 'maybe'`],
		['allow_recording', 2, `${yesNo} '2'`],
		['allow_recording', {}, `${yesNo} an object`],
		['allow_recording', '__proto__', `${yesNo} '__proto__'`],
	])('rejects the value of %s: %p', (id, value, issue) => {
		expect(convert(value, field(id))).toEqual({ issue });
	});

	it.each([
		'school.example',
		'javascript:alert(1)',
		'https://',
		'https://a b',
		'ftp://a.example',
		'https://a.example/\0',
		5,
		{},
	])('rejects the value of options.return_url: %p', (value) => {
		expect(issueOf(convert(value, field('options.return_url')))).toMatch(
			/^Page After Session \(URL\) must be an address such as https:\/\/school.example\/thanks; this item has /,
		);
	});

	it('rejects a number that is out of range', () => {
		// The API refuses the whole request if a number does not fit.
		for (const value of [-1, 525_601, 2 ** 31, Number.MAX_SAFE_INTEGER]) {
			expect(issueOf(convert(value, field('options.preparation_time')))).toMatch(
				/^Early Entry \(Minutes\) must be a whole number of minutes from 0 to 525600;/,
			);
		}
	});

	it('the issue is short for a value of any size', () => {
		for (const value of [MEGABYTE, '👩‍🏫'.repeat(100_000), ' '.repeat(1e6) + 'x', '\0'.repeat(1e6)]) {
			const issue = issueOf(convert(value, field('duration')));
			expect(issue.length).toBeLessThan(250);
			expect(issue).not.toMatch(/\p{Surrogate}/u);
		}
	});
});

describe('Empty values', () => {
	it.each([undefined, null, '', ' \n\t\u00a0', [], [null], ['', ' ']].map((value) => [value]))(
		'the value %j is empty',
		(value) => expect(isEmpty(value)).toBe(true),
	);

	it.each([0, false, NaN, {}, 'a', [0], [[]], [{}]].map((value) => [value]))(
		'the value %j is not empty',
		(value) => expect(isEmpty(value)).toBe(false),
	);
});

describe('Choice', () => {
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
		['ADMİN', 'a'],
		['admın', 'a'],
		['user\u200b', 'u'],
		[['a'], 'a'],
		['["User"]', 'u'],
		['e+', 'e+'],
		['E+', 'e+'],
	])('reads %j as the choice %j', (given, value) => {
		expect(convert(given, role)).toEqual({ value });
	});

	it.each(['ad', 'administrator', '', 1, true, null, ['a', 'u'], { a: 1 }])(
		'rejects %j as a choice',
		(given) => {
			expect(convert(given, role)).toEqual({
				issue: expect.stringMatching(
					/^Role must be Admin \(a\) or User \(u\); this item has /,
				) as string,
			});
		},
	);
});

describe('Phone number', () => {
	it('rejects the error of a spreadsheet as a phone number', () => {
		const type = { label: 'Mobile Phone', kind: 'phone' } as const;
		expect(convert('#ERROR!', type)).toEqual({
			issue:
				"Mobile Phone must be a phone number; a formula's error isn't one; this item has '#ERROR!'",
		});
	});

	const phone: ValueType = { label: 'Mobile Phone', kind: 'phone' };

	it.each([
		['+90 532 000 00 00', '+90 532 000 00 00'],
		['\u202a+905320000000\u202c', '+905320000000'],
		[905320000000, '905320000000'],
		[['05320000000'], '05320000000'],
	])('reads the phone number %j as %j', (given, value) => {
		expect(convert(given, phone)).toEqual({ value });
	});

	it.each(['9.0532E+11', '9,0532E+11', 90532000000000000000, '#N/A', true])(
		'rejects %j as a phone number',
		(given) => {
			expect(issueOf(convert(given, phone))).toMatch(/^Mobile Phone must .*; this item has '/);
		},
	);
});
