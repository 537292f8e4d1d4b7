import { plainParts } from '../../../../../nodes/Perculus/batch/read/plain/plainText';

describe('the parts of an expression', () => {
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
	])('%j', (expression, parts) => {
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
	])('%j has none: it is left to n8n', (expression) => {
		expect(plainParts(expression)).toBeUndefined();
	});
});
