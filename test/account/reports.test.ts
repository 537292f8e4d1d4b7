import { startPerculusServer, type PerculusServer, type Switches } from '../perculus-server';
import { hold } from '../engine/harness/held';
import { checkAt, finding } from './checking';

const GUID = '00000000-0000-4000-8000-000000000001';

let server: PerculusServer;

beforeAll(async () => {
	server = await startPerculusServer();
});
afterAll(async () => await server.stop());
beforeEach(() => {
	server.reset();
	hold(server, GUID);
	server.finish(GUID);
});

const check = async (switches: Partial<Switches> = {}) => {
	server.set(switches);
	return await checkAt(server.url, undefined, undefined, GUID);
};
const REPORTS = [
	'A report is asked',
	"'user_stats'",
	"A person's time",
	"'duration' of a",
	'Each person',
];

it('the report of a session that is over is as assumed, and nothing is changed', async () => {
	const done = await check();
	for (const part of REPORTS)
		expect(finding(done, part)).toEqual([expect.stringMatching(/^as assumed/)]);
	expect(done.summary.isAsBefore).toBe(true);
	expect(server.requestsTo('batch')).toEqual([]);
});

it('without a session that is over no report is read', async () => {
	const done = await checkAt(server.url);
	for (const part of REPORTS) expect(finding(done, part)).toEqual([]);
	expect(server.requestsTo('report')).toEqual([]);
});

it.each<[string, Partial<Switches>, string]>([
	['A report is asked', { reportMethod: 'GET' }, 'as assumed: GET; the node tries it'],
	['A report is asked', { reportMethod: 'both' }, 'as assumed: POST, and GET as well'],
	["'user_stats'", { userStats: 'byCode' }, 'as assumed: a map'],
	["'user_stats'", { reportBody: 'noPeople' }, 'differs'],
	["A person's time", { liveUnit: 'minutes' }, "'Duration Unit' to Minutes"],
	[
		"'duration' of a",
		{ editReport: (report) => ({ ...report, duration: 60 }) },
		'it took 3600 seconds',
	],
	['Each person', { reportGuests: 'withoutCode' }, 'as assumed: of 2: attendance_code 1'],
	['A report is asked', { reportLag: 99 }, 'not found out'],
])('%s with %j: %s', async (part, switches, expected) => {
	expect(finding(await check(switches), part)).toEqual([expect.stringContaining(expected)]);
});
