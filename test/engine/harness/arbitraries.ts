import fc from 'fast-check';
import { DateTime } from 'luxon';
import type { IDataObject } from 'n8n-workflow';

/** Names of fields: plain ones, those that need quotes, and those that n8n or JavaScript treat specially. */
export const NAMES = [
	['name', 'Start Date', 'a', 'b', '0', 'length', 'toString', 'map', 'first', 'isEmpty'],
	['toDateTime', 'json', "teacher's", 'say "so"', 'back\\slash', 'Başlık', 'ö', 'a.b'],
	['a[0]', 'a.first()', '$json', '_x', '$x', '$', '', ' ', 'x}}y', '{{x', 'constructor'],
	['__proto__', 'prototype', 'hasOwnProperty', 'caller', 'binding', 'null', 'true', '1a'],
	['new', '__isError', '__isObject'],
].flat();

/** Text in fields, and between references: words, and characters with a meaning for n8n or JavaScript. */
export const literal = fc.oneof(
	fc.string(),
	fc.string({ unit: 'binary' }),
	fc.constantFrom(
		...[
			['', ' ', '  ', '\n', '\r\n', '\t', '\u2028', '\0', 'Course ', '/', '=', '{', '}', '{{'],
			['}}', '{{ ', ' }}', '{{}}', '{{ 1 + 1 }}', '\\', '\\\\', '\\n', '\\{{', '\\}}', '"', "'"],
			['`', '${', '${1}', '//', '/*', '$json.a', '.constructor', '. constructor', 'toString'],
			['.first()', 'null', '🎓', '\uD83D', '={{ 1 + 1 }}', '2027-03-05T14:00:00Z', '90'],
		].flat(),
	),
);

const number = fc.oneof(
	fc.double(),
	fc.integer(),
	fc.constantFrom(0, -0, 1, NaN, Infinity, -Infinity, 1e21, -1e-7, 0.1 + 0.2, 2 ** 53),
);

/** Values that JSON can't have, but that an earlier node may pass on. */
const odd = fc.constantFrom<() => unknown>(
	() => undefined,
	() => new Date(1_800_000_000_000),
	() => new Date(NaN),
	() => DateTime.fromMillis(1_800_000_000_000, { zone: 'Europe/Istanbul' }),
	() => BigInt(7),
	() => new Map([['a', 1]]),
);

const leaf = fc.oneof(
	{ weight: 6, arbitrary: literal as fc.Arbitrary<unknown> },
	{ weight: 4, arbitrary: number },
	{ weight: 3, arbitrary: fc.boolean() },
	{ weight: 3, arbitrary: fc.constant(null) },
	{ weight: 1, arbitrary: odd.map((make) => make()) },
);

/** Own keys, as JSON.parse creates them, also one called __proto__. */
const objectOf = (entries: Array<[string, unknown]>) => Object.fromEntries(entries) as IDataObject;

const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
	tree: fc.oneof(
		{ depthSize: 'small', withCrossShrink: true },
		leaf,
		fc.array(tie('tree'), { maxLength: 3 }),
		fc.array(fc.tuple(fc.constantFrom(...NAMES), tie('tree')), { maxLength: 4 }).map(objectOf),
	),
}));

/** An item whose keys are mostly those of the references. */
export const item = fc
	.array(fc.tuple(fc.constantFrom(...NAMES), tree), { minLength: 1, maxLength: 6 })
	.map(objectOf);

const step = fc.oneof(
	fc.constantFrom(...NAMES).map((name) => `.${name}`),
	fc.constantFrom(...NAMES).map((name) => `["${name}"]`),
	fc.constantFrom(...NAMES).map((name) => `['${name}']`),
	fc.constantFrom(...NAMES).map((name) => `[${JSON.stringify(name)}]`),
	fc.nat(3).map((position) => `[${position}]`),
);

/** `{{ $json… }}`: expressions that dragging writes, and similar ones. */
export const reference = fc
	.tuple(
		fc.constantFrom('', ' ', '  ', '\n', '\t', '\u2028'),
		fc.array(step, { minLength: 1, maxLength: 3 }),
		fc.constantFrom('', ' ', '\n'),
	)
	.map(([before, steps, after]) => `{{${before}$json${steps.join('')}${after}}}`);

/** A reference to a field that items often have. */
export const usualReference = fc
	.constantFrom('name', 'a', 'b', 'Start Date')
	.map((name) => `{{ $json["${name}"] }}`);
