import { readZone } from '../../../../nodes/Perculus/values/dates/readZone';
import { zoneNames } from '../../../../nodes/Perculus/values/dates/zoneNames';

const issueOf = (value: unknown) => {
	const read = readZone(value);
	return 'issue' in read ? read.issue : '';
};

describe('the name of a zone', () => {
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
	])('%s is %s', (given, name) => expect(readZone(given)).toEqual({ value: name }));
});

describe('a city', () => {
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
	])('%s names %s', (city, name) => expect(readZone(city)).toEqual({ value: name }));

	it('names the one zone that is called so, whichever it is', () => {
		for (const name of zoneNames()) {
			const city = name.slice(name.lastIndexOf('/') + 1);
			expect([city, readZone(city)]).toEqual([city, { value: name }]);
			expect(readZone(city.replaceAll('_', ' ').toLowerCase())).toEqual({ value: name });
		}
	});
});

describe('anything else is refused', () => {
	const plain = 'must be an IANA name such as Europe/Istanbul';

	it.each([
		'BST',
		'IST',
		'AST',
		'CST',
		'PST',
		'EST',
		'MST',
		'HST',
		'est',
		'CET',
		'EET',
		'JST',
		'TRT',
	])('%s: an abbreviation is what several zones are called', (abbreviation) => {
		expect(issueOf(abbreviation)).toBe(`${plain}, since an abbreviation can mean several zones`);
	});

	it.each([
		'EST5EDT',
		'GMT+3',
		'GMT0',
		'UTC+3',
		'UTC+03:00',
		'+03:00',
		'-0330',
		'Mars/Phobos',
		'SystemV/EST5',
		'Etc/Unknown',
		'Europe',
		'Z',
		'local',
		'',
		'/',
		'__proto__',
		'constructor',
		'東京',
		3,
		true,
		null,
		['Istanbul'],
		{ zone: 'Istanbul' },
		'E'.repeat(100),
	])('%p', (value) => expect(issueOf(value)).toBe(plain));

	it.each([
		['Europe/Istanbul\0', 'Europe/Istanbul'],
		['Iran', 'Asia/Tehran'],
		['CUBA', 'America/Havana'],
		['Istanbull', 'Europe/Istanbul'],
		['Istambul', 'Europe/Istanbul'],
		['Europe/Istambul', 'Europe/Istanbul'],
		['Asia/Istnbul', 'Europe/Istanbul'],
		['Istanbul, Turkey', 'Europe/Istanbul'],
		['(UTC+03:00) Istanbul', 'Europe/Istanbul'],
		['NewYork', 'America/New_York'],
		['New Yor', 'America/New_York'],
		['Buenos', 'America/Argentina/Buenos_Aires'],
		['Europe/Kyjiv', 'Europe/Kyiv'],
		['Kopenhagen', 'Europe/Copenhagen'],
		// Names of IANA without a slash.
		['Turkey', 'Europe/Istanbul'],
		['TURKEY', 'Europe/Istanbul'],
		['Turkey Standard Time', 'Europe/Istanbul'],
		['Japan', 'Asia/Tokyo'],
		['Berlin/Paris', 'Europe/Berlin, Europe/Paris'],
	])('%s, with the nearest: %s', (given, nearest) => {
		expect(issueOf(given)).toBe(`${plain} (nearest: ${nearest})`);
	});

	it('names a handful at most, in a moment', () => {
		expect(issueOf('San').split(',')).toHaveLength(3);
		const started = performance.now();
		for (let i = 0; i < 200; i++) issueOf(`Istanbxl ${i}`);
		expect(performance.now() - started).toBeLessThan(5000);
		expect(issueOf('E'.repeat(1_000_000))).toBe(plain);
	});
});

describe('the zones to choose from', () => {
	it("are today's names, each once, in order", () => {
		const names = zoneNames();
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
