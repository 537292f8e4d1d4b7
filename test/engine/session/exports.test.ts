import type { IDataObject } from 'n8n-workflow';

import { startPerculusServer, type PerculusServer } from '../../perculus-server';
import { mapping, runnerAt } from '../harness';

const ZONE = 'Europe/Istanbul';

let server: PerculusServer;
beforeAll(async () => {
	server = await startPerculusServer({ clock: () => '2030-02-06T16:07:35.488565+03:00' });
});
beforeEach(() => server.reset());
afterAll(async () => await server.stop());

const run = runnerAt(() => server);

/** An export in the form of its tool, with invented values. */
interface Export {
	tool: string;
	rows: IDataObject[];
	/** The parameters to set in the panel; none for a new node with automatic mapping. */
	panel: IDataObject;
	sent: IDataObject[];
}

const mapped = (value: Record<string, string>) => ({ fields: mapping(value) });
const session = (name: string, start: string, duration: number, rest: IDataObject = {}) => ({
	name,
	start_date: `${start}:00Z`,
	duration,
	timezone: ZONE,
	...rest,
});

const EXPORTS: Export[] = [
	{
		tool: 'Outlook calendar (CSV, English)',
		rows: [
			{
				Subject: 'Algebra',
				'Start Date': '7/28/2031',
				'Start Time': '1:00:00 PM',
				'End Date': '7/28/2031',
				'End Time': '2:30:00 PM',
				'All day event': 'False',
				Description: 'Bring a pen',
				Categories: 'Math;Evening',
				Location: '',
			},
			{
				Subject: 'Astronomy',
				'Start Date': '7/28/2031',
				'Start Time': '11:00:00 PM',
				'End Date': '7/29/2031',
				'End Time': '12:30:00 AM',
				'All day event': 'False',
				Description: '',
				Categories: '',
				Location: '',
			},
		],
		panel: {
			options: { dateFormat: 'M/d/yyyy' },
			...mapped({
				name: '={{ $json.Subject }}',
				start_date: '={{ $json["Start Date"] }}',
				start_time: '={{ $json["Start Time"] }}',
				end_date: '={{ $json["End Time"] }}',
				description: '={{ $json.Description }}',
				tags: '={{ $json.Categories }}',
			}),
		},
		sent: [
			session('Algebra', '2031-07-28T13:00', 90, {
				description: 'Bring a pen',
				tags: 'Math,Evening',
			}),
			session('Astronomy', '2031-07-28T23:00', 90),
		],
	},
	{
		tool: 'Google Sheets of a school (two columns for the day, renamed headings)',
		rows: [
			{
				row_number: 2,
				Name: 'Algebra',
				'Start Date': '28/07/2031',
				'Start Time': '13:00',
				'End Date': '28/07/2031',
				'End Time': '14:30',
				Tags: 'Math, ',
				'Allow Recording': 'hayır',
			},
		],
		panel: { options: { dateFormat: 'dd/MM/yyyy' } },
		sent: [session('Algebra', '2031-07-28T13:00', 90, { tags: 'Math', allow_recording: false })],
	},
	{
		tool: 'Google Forms responses (English, United States)',
		rows: [
			{
				Timestamp: '7/1/2031 10:11:12',
				'Session name': 'Algebra',
				'Start date': '7/28/2031',
				'Start time': '1:00:00 PM',
				'Duration (minutes)': '60',
			},
		],
		panel: { options: { dateFormat: 'M/d/yyyy' } },
		sent: [session('Algebra', '2031-07-28T13:00', 60)],
	},
	{
		tool: 'Google Calendar (events as its API lists them)',
		rows: [
			{
				kind: 'calendar#event',
				id: '5f1k0q2v7e9h3t8m6p4r2s1a0b',
				summary: 'Algebra',
				start: { dateTime: '2031-07-28T12:00:00+02:00', timeZone: 'Europe/Berlin' },
				end: { dateTime: '2031-07-28T13:00:00+02:00', timeZone: 'Europe/Berlin' },
			},
		],
		panel: mapped({
			session_reference: '={{ $json.id }}',
			name: '={{ $json.summary }}',
			start_date: '={{ $json.start }}',
			end_date: '={{ $json.end }}',
		}),
		sent: [
			session('Algebra', '2031-07-28T12:00', 60, {
				timezone: 'Europe/Berlin',
				tags: 'ref:5f1k0q2v7e9h3t8m6p4r2s1a0b',
			}),
		],
	},
	{
		tool: 'Microsoft 365 calendar (events as Graph lists them)',
		rows: [
			{
				id: `AAMkADEy${'x'.repeat(104)}=`,
				subject: 'Algebra',
				isAllDay: false,
				start: { dateTime: '2031-07-28T10:00:00.0000000', timeZone: 'UTC' },
				end: { dateTime: '2031-07-28T11:00:00.0000000', timeZone: 'UTC' },
			},
		],
		panel: mapped({
			session_reference: '={{ $json.id }}',
			name: '={{ $json.subject }}',
			start_date: '={{ $json.start }}',
			end_date: '={{ $json.end }}',
		}),
		sent: [session('Algebra', '2031-07-28T13:00', 60, { tags: `ref:AAMkADEy${'x'.repeat(104)}=` })],
	},
	{
		tool: 'Excel in Turkish (text cells)',
		rows: [
			{
				'Ders adı': 'Cebir',
				Tarih: '28.07.2031',
				Başlangıç: '13.00',
				Bitiş: '14.30',
				Kayıt: 'EVET',
			},
		],
		panel: {
			options: { dateFormat: 'dd.MM.yyyy' },
			...mapped({
				name: '={{ $json["Ders adı"] }}',
				start_date: '={{ $json.Tarih }}',
				start_time: '={{ $json["Başlangıç"] }}',
				end_date: '={{ $json["Bitiş"] }}',
				allow_recording: '={{ $json["Kayıt"] }}',
			}),
		},
		sent: [session('Cebir', '2031-07-28T13:00', 90, { allow_recording: true })],
	},
	{
		tool: 'Excel in German (numbers of cells)',
		rows: [
			{
				Thema: 'Algebra',
				Datum: 48_057,
				Beginn: 0.541666666666667,
				Ende: 0.604166666666667,
				Aufzeichnung: 'WAHR',
			},
		],
		panel: {
			defaultTimezone: 'Europe/Berlin',
			...mapped({
				name: '={{ $json.Thema }}',
				start_date: '={{ $json.Datum }}',
				start_time: '={{ $json.Beginn }}',
				end_date: '={{ $json.Ende }}',
				allow_recording: '={{ $json.Aufzeichnung }}',
			}),
		},
		sent: [
			session('Algebra', '2031-07-28T13:00', 90, {
				timezone: 'Europe/Berlin',
				allow_recording: true,
			}),
		],
	},
	{
		tool: 'Airtable (records, flattened by its node)',
		rows: [
			{
				id: 'recA1b2C3d4E5f6G7',
				createdTime: '2031-01-01T00:00:00.000Z',
				Name: 'Algebra',
				Start: '2031-07-28T10:00:00.000Z',
				End: '2031-07-28T11:30:00.000Z',
				Tags: ['Math', 'Evening'],
				'Session Reference': ['recA1b2C3d4E5f6G7'],
			},
		],
		panel: {},
		sent: [
			session('Algebra', '2031-07-28T13:00', 90, { tags: 'Math,Evening,ref:recA1b2C3d4E5f6G7' }),
		],
	},
	{
		tool: 'Calendly (scheduled events, CSV)',
		rows: [
			{
				'Event Type Name': 'Algebra, one to one',
				'Start Date & Time': '2031-07-28 01:00 pm',
				'End Date & Time': '2031-07-28 01:45 pm',
				'Event UUID': '0f2c6f7e-1d7b-4d0e-9c55-3d8f7a1b2c3d',
			},
		],
		panel: {
			options: { dateFormat: 'yyyy-MM-dd hh:mm a' },
			defaultTimezone: 'America/New_York',
			...mapped({
				session_reference: '={{ $json["Event UUID"] }}',
				name: '={{ $json["Event Type Name"] }}',
				start_date: '={{ $json["Start Date & Time"] }}',
				end_date: '={{ $json["End Date & Time"] }}',
			}),
		},
		sent: [
			session('Algebra, one to one', '2031-07-28T13:00', 45, {
				timezone: 'America/New_York',
				tags: 'ref:0f2c6f7e-1d7b-4d0e-9c55-3d8f7a1b2c3d',
			}),
		],
	},
	{
		tool: 'Zoom (meetings, CSV, with the seconds that it counts)',
		rows: [
			{
				Topic: 'Algebra',
				'Meeting ID': '912 3456 7890',
				'Start Time': '07/28/2031 01:00:00 PM',
				'End Time': '07/28/2031 02:29:31 PM',
				'Duration (Minutes)': '90',
			},
		],
		panel: {
			options: { dateFormat: 'MM/dd/yyyy hh:mm:ss a' },
			...mapped({
				session_reference: '={{ $json["Meeting ID"] }}',
				name: '={{ $json.Topic }}',
				start_date: '={{ $json["Start Time"] }}',
				duration: '={{ $json["Duration (Minutes)"] }}',
				end_date: '={{ $json["End Time"] }}',
			}),
		},
		sent: [session('Algebra', '2031-07-28T13:00', 90, { tags: 'ref:912 3456 7890' })],
	},
	{
		tool: 'HubSpot (deals, with time in milliseconds)',
		rows: [
			{
				hs_object_id: '38291023811',
				dealname: 'Algebra',
				lesson_start: '1942999200000',
				lesson_minutes: '60',
			},
		],
		panel: mapped({
			session_reference: '={{ $json.hs_object_id }}',
			name: '={{ $json.dealname }}',
			start_date: '={{ $json.lesson_start }}',
			duration: '={{ $json.lesson_minutes }}',
		}),
		sent: [session('Algebra', '2031-07-28T13:00', 60, { tags: 'ref:38291023811' })],
	},
	{
		tool: 'Pipedrive (activities, whose times are in UTC and whose length is a clock)',
		rows: [
			{
				id: 4711,
				subject: 'Algebra',
				due_date: '2031-07-28',
				due_time: '10:00',
				duration: '01:30',
			},
		],
		panel: mapped({
			session_reference: '={{ $json.id }}',
			name: '={{ $json.subject }}',
			start_date: '={{ $json.due_date }}T{{ $json.due_time }}Z',
			duration: '={{ Duration.fromISOTime($json.duration) }}',
		}),
		sent: [session('Algebra', '2031-07-28T13:00', 90, { tags: 'ref:4711' })],
	},
];

describe('Exports of other tools', () => {
	it.each(EXPORTS.map((one) => [one.tool, one] as const))(
		'%s becomes sessions, and a second run with references updates them',
		async (_, { rows, panel, sent }) => {
			const done = await run(rows, panel);

			expect(done.rejected.map(({ json }) => json.rejection)).toEqual([]);
			expect(server.batches().flat()).toEqual(sent);
			expect(done.approved.map(({ json }) => json.warnings)).toEqual(rows.map(() => undefined));

			const created = server.sessions.size;
			const again = await run(rows, panel);
			const hasReference = sent.every(({ tags }) => String(tags).includes('ref:'));
			const outcome = hasReference ? 'updated' : 'created';
			expect(again.approved.map(({ json }) => json.outcome)).toEqual(rows.map(() => outcome));
			expect(server.sessions.size).toBe(hasReference ? created : 2 * created);
		},
	);
});
