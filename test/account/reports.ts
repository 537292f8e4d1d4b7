import { isObject } from '../../nodes/Perculus/values/collections';
import { NoAnswer, type Answer, type Api, type View } from './api';
import { asAssumed, differs, notFoundOut, type Check, type Finding } from './finding';

/** What the node takes for a hint that times aren't seconds. */
const FORTIETH = 40;
/** Seconds by which a duration may be rounded. */
const ROUNDED = 60;

/** What can be found out by reading the report of a session that is over. */
export function reportChecks(api: Api, guid: string): Check[] {
	return [
		{
			no: 49,
			assumption: 'A report is asked for with POST, or with GET.',
			look: async () => await method(api, guid),
		},
		{
			no: 51,
			assumption: "'user_stats' has the people of a report, as a list or a map.",
			look: async () => await shape(api, guid),
		},
		{
			no: 52,
			assumption: "A person's time in a report is in seconds.",
			look: async () => await unit(api, guid),
		},
		{
			no: 53,
			assumption: "The 'duration' of a report is what the session took, in seconds.",
			look: async () => await duration(api, guid),
		},
		{
			no: 54,
			assumption: 'Each person of a report has an attendance code, a user or an email address.',
			look: async () => await identity(api, guid),
		},
	];
}

const isReport = ({ status, body }: Answer) => status === 200 && isObject(body);

async function method(api: Api, guid: string): Promise<Finding> {
	const [post, get] = [await api.report('POST', guid), await api.report('GET', guid)];
	if (isReport(post)) return asAssumed(`POST${isReport(get) ? ', and GET as well' : ''}`);
	if (!isReport(get)) return notFoundOut(`POST gives ${post.status}, GET gives ${get.status}`);
	const hasFallback = post.status === 405 || (post.status === 404 && !isObject(post.body));
	return hasFallback
		? asAssumed('GET; the node tries it after POST')
		: differs(`only GET, and POST gives ${post.status}: the node doesn't try GET then`);
}

/** @throws NoAnswer where there is no report */
async function readReport(api: Api, guid: string): Promise<View> {
	for (const verb of ['POST', 'GET'] as const) {
		const answer = await api.report(verb, guid, '/attendees');
		if (isReport(answer)) return answer.body as View;
	}
	throw new NoAnswer('The session has no report');
}

/** @throws NoAnswer where it has no people */
async function readPeople(api: Api, guid: string): Promise<{ report: View; people: View[] }> {
	const report = await readReport(api, guid);
	const stats = isObject(report.user_stats) ? Object.values(report.user_stats) : report.user_stats;
	const people = Array.isArray(stats) ? stats.filter(isObject) : [];
	if (people.length === 0) throw new NoAnswer('The report has no people');
	return { report, people };
}

async function shape(api: Api, guid: string): Promise<Finding> {
	const { user_stats: stats } = await readReport(api, guid);
	if (Array.isArray(stats)) return asAssumed(`a list of ${stats.length}`);
	return isObject(stats) ? asAssumed('a map') : differs('it is neither');
}

const longestOf = (people: readonly View[]): number =>
	people.reduce((most, { duration_live: time }) => Math.max(most, Number(time) || 0), 0);

async function unit(api: Api, guid: string): Promise<Finding> {
	const { report, people } = await readPeople(api, guid);
	const [longest, took] = [longestOf(people), Number(report.duration)];
	if (longest === 0 || !(took > 0)) return notFoundOut('the report has no times');
	const words = `the longest is ${longest}, the session took ${took}`;
	if (longest > took + ROUNDED) return differs(`${words}: a time is longer than the session`);
	return longest * FORTIETH < took
		? differs(`${words}: set 'Duration Unit' to Minutes if a person stayed to the end`)
		: asAssumed(words);
}

async function duration(api: Api, guid: string): Promise<Finding> {
	const { duration: stated, actual_start_date, actual_finish_date } = await readReport(api, guid);
	const took =
		(Date.parse(String(actual_finish_date)) - Date.parse(String(actual_start_date))) / 1000;
	if (Number.isNaN(took)) return notFoundOut('the report has no start or no finish');
	return Math.abs(Number(stated) - took) <= ROUNDED
		? asAssumed(`${String(stated)}`)
		: differs(`${String(stated)}, but it took ${took} seconds: percentages are of the first`);
}

async function identity(api: Api, guid: string): Promise<Finding> {
	const { people } = await readPeople(api, guid);
	const has = (key: string) => people.filter(({ [key]: value }) => Boolean(value)).length;
	const counts = ['attendance_code', 'user_id', 'user_guid', 'email'].map(
		(key) => `${key} ${has(key)}`,
	);
	const nameless = people.filter(
		({ attendance_code, user_id, user_guid, email }) =>
			!attendance_code && !user_id && !user_guid && !email,
	);
	const words = `of ${people.length}: ${counts.join(', ')}`;
	return nameless.length === 0
		? asAssumed(words)
		: differs(`${nameless.length} have none ${words}`);
}
