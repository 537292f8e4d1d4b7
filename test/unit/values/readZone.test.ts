import { readZone, ZONE_NAMES } from '../../../nodes/Perculus/values/zones';
import { WINDOWS_ZONES } from '../../../nodes/Perculus/values/zoneTables';

const issueOf = (value: unknown) => {
	const read = readZone(value);
	return 'issue' in read ? read.issue : '';
};

describe('Name of a zone', () => {
	it.each([
		['Europe/Istanbul', 'Europe/Istanbul'],
		[' europe/istanbul ', 'Europe/Istanbul'],
		['EUROPE/ISTANBUL', 'Europe/Istanbul'],
		['Asia/Istanbul', 'Asia/Istanbul'],
		['America/New York', 'America/New_York'],
		['america / new york', 'America/New_York'],
		['America/São_Paulo', 'America/Sao_Paulo'],
		['Asia/Kolkata', 'Asia/Kolkata'],
		['Asia/Calcutta', 'Asia/Calcutta'],
		['America/Argentina/Buenos_Aires', 'America/Argentina/Buenos_Aires'],
		['US/Eastern', 'US/Eastern'],
		// Three hours behind UTC: the sign is as IANA has it.
		['Etc/GMT+3', 'Etc/GMT+3'],
		['Etc/UTC', 'Etc/UTC'],
		['UTC', 'UTC'],
		['utc', 'UTC'],
		['GMT', 'GMT'],
		['gmt', 'GMT'],
	])('the zone %s is read as %s', (given, name) =>
		expect(readZone(given)).toEqual({ value: name }),
	);
});

describe('City', () => {
	it.each([
		['Istanbul', 'Europe/Istanbul'],
		['ISTANBUL', 'Europe/Istanbul'],
		['istanbul', 'Europe/Istanbul'],
		['İstanbul', 'Europe/Istanbul'],
		['İSTANBUL', 'Europe/Istanbul'],
		[' Istanbul\u00a0', 'Europe/Istanbul'],
		['New York', 'America/New_York'],
		['new_york', 'America/New_York'],
		['NEW  YORK', 'America/New_York'],
		['Sao Paulo', 'America/Sao_Paulo'],
		['São Paulo', 'America/Sao_Paulo'],
		['sao_paulo', 'America/Sao_Paulo'],
		['Port-au-Prince', 'America/Port-au-Prince'],
		['port au prince', 'America/Port-au-Prince'],
		['Buenos Aires', 'America/Argentina/Buenos_Aires'],
		['Kolkata', 'Asia/Kolkata'],
		['Calcutta', 'Asia/Calcutta'],
		['Kyiv', 'Europe/Kyiv'],
		['Kiev', 'Europe/Kiev'],
		['Kathmandu', 'Asia/Kathmandu'],
		['Ho Chi Minh', 'Asia/Ho_Chi_Minh'],
		['Singapore', 'Asia/Singapore'],
	])('the city %s is read as %s', (city, name) => expect(readZone(city)).toEqual({ value: name }));

	it('the city of each zone is read as this zone', () => {
		for (const name of ZONE_NAMES) {
			const city = name.slice(name.lastIndexOf('/') + 1);
			expect([city, readZone(city)]).toEqual([city, { value: name }]);
			expect(readZone(city.replaceAll('_', ' ').toLowerCase())).toEqual({ value: name });
		}
	});
});

describe('Windows name', () => {
	it.each([
		['Turkey Standard Time', 'Europe/Istanbul'],
		['W. Europe Standard Time', 'Europe/Berlin'],
		['w. europe standard time', 'Europe/Berlin'],
		[' Tokyo  Standard Time ', 'Asia/Tokyo'],
		['GMT Standard Time', 'Europe/London'],
		['Eastern Standard Time', 'America/New_York'],
		['Eastern Standard Time (Mexico)', 'America/Cancun'],
		['India Standard Time', 'Asia/Kolkata'],
		['Russia Time Zone 3', 'Europe/Samara'],
		['UTC-11', 'Etc/GMT+11'],
		['UTC+12', 'Etc/GMT-12'],
	])('the Windows name %s is read as %s', (given, name) =>
		expect(readZone(given)).toEqual({ value: name }),
	);

	it('the table of Windows names has 139 different names with existing zones', () => {
		expect(new Set(WINDOWS_ZONES.map(([name]) => name)).size).toBe(139);
		for (const [name] of WINDOWS_ZONES) {
			expect([name, readZone(name)]).toEqual([name, { value: expect.any(String) }]);
		}
	});
});

describe('Invisible characters', () => {
	it('ignores invisible characters in the name of a zone', () => {
		expect(readZone('Europe/\u200bIstanbul\ufeff')).toEqual({ value: 'Europe/Istanbul' });
		expect(readZone('Europe/\u00adBerlin')).toEqual({ value: 'Europe/Berlin' });
	});
});

describe('Invalid zones', () => {
	it.each([
		...['BST', 'IST', 'AST', 'CST', 'PST', 'EST', 'MST', 'HST', 'est', 'CET', 'EET', 'JST', 'TRT'],
		...[
			'EST5EDT',
			'GMT+3',
			'GMT0',
			'UTC+3',
			'UTC+03:00',
			'UTC+11',
			'UTC-12',
			'+03:00',
			'-0330',
			'Z',
		],
		...[
			'Mars/Phobos',
			'Etc/Unknown',
			'Europe',
			'local',
			'',
			'/',
			'__proto__',
			'constructor',
			'東京',
		],
		...['Turkey', 'Japan', 'Istanbull', 'Istanbul, Turkey', '(UTC+03:00) Istanbul', 'Asia/Berlin'],
		...['Berlin/Paris', 'Europe/Istanbul\0', 'Standard Time', 'Eastern', 'E'.repeat(1_000_000)],
		...[3, true, null, ['Istanbul'], { zone: 'Istanbul' }],
	])('rejects %p as a zone', (value) =>
		expect(issueOf(value)).toBe('must be an IANA name such as Europe/Istanbul'),
	);
});

describe('Zones to choose from', () => {
	it("the list has today's names, each once, in alphabetical order", () => {
		const names = ZONE_NAMES;
		expect(new Set(names).size).toBe(names.length);
		expect([...names].sort()).toEqual(names);
		expect(names.length).toBeGreaterThan(400);
		expect(names).toEqual(
			expect.arrayContaining(['Europe/Istanbul', 'Asia/Kolkata', 'Europe/Kyiv', 'UTC']),
		);
		for (const old of ['Asia/Calcutta', 'Europe/Kiev', 'EST']) expect(names).not.toContain(old);
		for (const name of names) expect(readZone(name)).toEqual({ value: name });
	});
});
