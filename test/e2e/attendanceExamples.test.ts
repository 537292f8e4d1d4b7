import { DateTime } from 'luxon';

import { type Execution, nodeNamed, outputOf, type Workflow } from '../n8n/execution';
import { chosenAbilities } from '../n8n/suite';
import { exampleStage } from './examples';

const ZONE = 'Europe/Istanbul';

describe('Examples with attendance in n8n', () => {
	const stage = exampleStage();
	const { imported } = stage;

	/** The output of a node's first run; a branch without items does not run. */
	const itemsOf = (execution: Execution, node: string) =>
		execution.result.runData[node] ? outputOf(execution, node).map(({ json }) => json) : [];

	const runsOf = (execution: Execution, node: string) =>
		execution.result.runData[node]?.length ?? 0;

	/** An hour that ended some minutes ago, with a teacher and attendees of 60, 30 and 0 minutes. */
	const held = (name: string, endedMinutesAgo: number) => {
		const start = DateTime.now()
			.setZone(ZONE)
			.minus({ minutes: endedMinutesAgo + 60 })
			.startOf('second');
		const start_date = start.toISO({ suppressMilliseconds: true }) ?? '';
		const session = { name, start_date, timezone: ZONE, duration: 60 };
		const { session_guid: guid } = stage.perculus.preload(session);
		const person = (first: string, role: string, minutes?: number) => {
			const email = `${first.toLowerCase()}@${name.toLowerCase()}.example`;
			stage.perculus.preloadAttendee(guid, { email, name: first, surname: 'A', role });
			if (minutes === undefined) return;
			const left = start.plus({ minutes }).toJSDate();
			stage.perculus.attend(guid, { email, joined: start.toJSDate(), left });
		};
		person('Teacher', 'e', 60);
		person('Ada', 'u', 60);
		person('Bob', 'u', 30);
		person('Eve', 'u');
		const item = { json: { session_guid: guid, ...session } };
		return { guid, item, finish: () => stage.perculus.finish(guid) };
	};

	describe('after-class.json', () => {
		const impatient = (workflow: Workflow) => {
			nodeNamed(workflow, 'Wait Ten Minutes').parameters = { amount: 2, unit: 'seconds' };
		};
		/** Runs it from the trigger, with these sessions or the one that ended last. */
		const afterClass = async (...sessions: Array<ReturnType<typeof held>>) => {
			const workflow = await imported('after-class.json', (workflow) => {
				impatient(workflow);
				const items = sessions.map(({ item }) => item);
				if (items.length > 0) workflow.pinData = { 'Watch Ended Sessions': items };
			});
			const execution = await stage.n8n.runWorkflow(workflow, 'Watch Ended Sessions');
			expect(execution.result.error).toBeUndefined();
			return execution;
		};

		it('waits for the report, and writes one email to each attendee and to the teacher', async () => {
			held('Algebra', 30).finish();
			held('Later', -10);
			held('Old', 3 * 24 * 60).finish();
			stage.perculus.set({ reportLag: 2 });
			const first = await afterClass();
			expect(runsOf(first, 'Get Attendance')).toBe(3);
			expect(itemsOf(first, 'Write Certificate')).toEqual([
				{
					to: 'ada@algebra.example',
					subject: 'Your certificate: Algebra',
					text: expect.stringMatching(/^Dear Ada, you attended “Algebra” on .* for 60 minutes\.$/),
				},
			]);
			expect(itemsOf(first, 'Write Left Early Email')).toMatchObject([
				{ to: 'bob@algebra.example', text: expect.stringContaining('attended 50 % of “Algebra”') },
			]);
			expect(itemsOf(first, 'Write Absent Email')).toMatchObject([{ to: 'eve@algebra.example' }]);
			expect(itemsOf(first, 'Write Summary')).toEqual([
				{
					to: 'teacher@algebra.example',
					subject: 'Algebra: who attended',
					text: '1 got a certificate\n1 attended less than 75 %\n1 were absent\n',
				},
			]);
			expect(itemsOf(first, 'Report Missing Report')).toEqual([]);
		});

		it('stops waiting after 24 hours, reports this, and writes no emails', async () => {
			held('Algebra', 24 * 60 + 30);
			const execution = await afterClass();
			expect(runsOf(execution, 'Get Attendance')).toBe(1);
			expect(itemsOf(execution, 'Report Missing Report')).toMatchObject([
				{
					to: 'office@school.example',
					subject: 'No report of “Algebra”',
					text: expect.stringMatching(
						/^No emails were sent for “Algebra”, although it ended 24 hours ago\. The report isn't ready\./,
					),
				},
			]);
			for (const letter of [
				'Write Certificate',
				'Write Left Early Email',
				'Write Absent Email',
				'Write Summary',
			])
				expect(itemsOf(execution, letter)).toEqual([]);
		});

		it('writes the emails of one session while another one still waits for its report', async () => {
			const early = held('Algebra', 30);
			const late = held('Biology', 45);
			early.finish();
			late.finish();
			const isLate = ({ path }: { path: string }) => path.includes(late.guid);
			const notReady = { status: 404, body: { code: 31, details: 'session_stat_not_found' } };
			stage.perculus.fail({ route: 'reportAttendees', when: isLate, times: 2, ...notReady });
			const execution = await afterClass(early, late);
			const subjects = ['Write Certificate', 'Write Summary'].map((node) =>
				(execution.result.runData[node] ?? []).map(({ data }) =>
					data?.main?.[0]?.map(({ json }) => json.subject),
				),
			);
			expect(subjects).toEqual([
				[['Your certificate: Algebra'], ['Your certificate: Biology']],
				[['Algebra: who attended'], ['Biology: who attended']],
			]);
			const asked = stage.perculus.requestsTo('reportAttendees').filter((one) => isLate(one));
			expect(asked).toHaveLength(3);
			expect(stage.perculus.requestsTo('reportAttendees')).toHaveLength(4);
		});

		it('writes no email about an uncertain absence, and reports it to the teacher', async () => {
			const { guid, finish } = held('Algebra', 30);
			const visit = { joined: DateTime.now().minus({ minutes: 80 }).toJSDate(), left: new Date() };
			stage.perculus.attend(guid, { email: 'walk-in@school.example', ...visit });
			finish();
			const execution = await afterClass();
			expect(itemsOf(execution, 'Write Absent Email')).toEqual([]);
			const [summary] = itemsOf(execution, 'Write Summary');
			expect(summary?.text).toMatch(
				/Eve A \(eve@algebra\.example\) got no email, please check: .*match no attendee/,
			);
		});
	});

	if (chosenAbilities().dataTableNode) {
		it('attendance-sheet.json writes each attendance once, and adds late reports in a later run', async () => {
			held('Algebra', 30).finish();
			const late = held('Biology', 60);
			const workflow = await imported('attendance-sheet.json');
			const run = async () => await stage.n8n.runWorkflow(workflow, 'Run Every Night');
			const linesOf = (execution: Execution) =>
				itemsOf(execution, 'Write Rows').map(
					({ id, session, name, attended, minutes, percent }) => ({
						id,
						line: [session, name, attended, minutes, percent],
					}),
				);

			const first = await run();
			expect(first.result.error).toBeUndefined();
			expect(linesOf(first).map(({ line }) => line)).toEqual([
				['Algebra', 'Teacher A', true, 60, 100],
				['Algebra', 'Ada A', true, 60, 100],
				['Algebra', 'Bob A', true, 30, 50],
				['Algebra', 'Eve A', false, 0, 0],
			]);
			expect(itemsOf(first, 'Ask a Person')).toMatchObject([
				{
					text: expect.stringMatching(/^“Biology” isn’t in the sheet yet\. The report isn't ready/),
				},
			]);

			late.finish();
			const second = await run();
			expect(linesOf(second)).toHaveLength(8);
			expect(linesOf(second)).toEqual(expect.arrayContaining(linesOf(first)));
			const third = await run();
			expect(linesOf(third)).toEqual(linesOf(second));
			expect(new Set(linesOf(third).map(({ id }) => id)).size).toBe(8);
		});
	}
});
