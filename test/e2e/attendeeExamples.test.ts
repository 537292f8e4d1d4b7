import { DateTime } from 'luxon';

import { dayFrom } from '../demo/example';
import { type Execution, nodeNamed, outputOf } from '../n8n/execution';
import { exampleStage, textsOf } from './examples';

/** Examples that run more than once create no session and no attendee twice. */
describe('Examples with attendees in n8n', () => {
	const stage = exampleStage();
	const { imported, run } = stage;

	/** The output of a node; a branch without items does not run. */
	const itemsOf = (execution: Execution, node: string) =>
		execution.result.runData[node] ? outputOf(execution, node).map(({ json }) => json) : [];

	/** A session with a reference. */
	const course = (reference: string) =>
		stage.perculus.preload({ name: reference, tags: `ref:${reference}` }).session_guid;

	const emailsIn = (guid: string) =>
		stage.perculus
			.attendeesOf(guid)
			.map(({ email }) => email)
			.sort();

	describe('form-to-classroom.json', () => {
		const ADA = ['Ada', 'Aydın', 'ada@school.example'];
		const day = dayFrom(new Date(), 30);
		let address: string;

		beforeAll(async () => {
			const workflow = await imported('form-to-classroom.json');
			await stage.n8n.activateWorkflow(workflow);
			address = `${stage.n8n.url}/form/${nodeNamed(workflow, 'Receive Request').webhookId}`;
		});

		/** Sends the form and reads the last page, as a browser would. */
		const submit = async (...values: string[]): Promise<string> => {
			const form = new FormData();
			for (const [index, value] of values.entries()) form.append(`field-${index}`, value);
			const answer = await fetch(address, { method: 'POST', body: form });
			expect(answer.status).toBe(200);
			const { formWaitingUrl } = (await answer.json()) as { formWaitingUrl: string };
			const status = new URL(formWaitingUrl);
			status.pathname += '/n8n-execution-status';
			// The page is requested only then, because n8n doesn't respond to an earlier request.
			await stage.n8n.until('the form went on', async () => {
				const text = await (await fetch(status)).text();
				return text !== 'running' && text !== 'new' ? text : undefined;
			});
			return await (await fetch(formWaitingUrl)).text();
		};

		it('shows the start and the link, and creates no session twice if the form is sent again', async () => {
			const page = await submit('Algebra', day, '14:30', ...ADA);
			expect(page).toContain('“Algebra” is ready');
			expect(page).toMatch(/14:30 \(Europe\/Istanbul\) and lasts 60 minutes/);
			const [session] = stage.perculus.sessions.values();
			const [ada] = stage.perculus.attendeesOf(session?.session_guid ?? '');
			expect(ada).toMatchObject({ name: 'Ada', surname: 'Aydın', email: ADA[2], role: 'e' });
			expect(page).toContain(`href="https://acme.perculus.com/app?c=${ada?.attendance_code}"`);

			const later = await submit('Algebra', day, '16:00', ...ADA);
			expect(later).toMatch(/16:00 \(Europe\/Istanbul\)/);
			expect(later).toContain(ada?.attendance_code ?? '?');
			expect([...stage.perculus.sessions.keys()]).toEqual([session?.session_guid]);
			expect(emailsIn(session?.session_guid ?? '')).toEqual([ADA[2]]);

			await submit('Geometry', day, '14:30', ...ADA);
			expect(stage.perculus.sessions.size).toBe(2);
		});

		it('shows what to correct if the session is rejected', async () => {
			const page = await submit('Physics', '2020-08-05', '14:30', ...ADA);
			expect(page).toContain('“Physics” is not planned');
			expect(page).toContain('Invalid session start date.');
			const odd = await submit('Physics', day, 'half past two', ...ADA);
			expect(odd).toContain('“Physics” is not planned');
			expect(odd).toContain('half past two');
			expect(stage.perculus.sessions.size).toBe(0);
		});

		it('shows what to correct if the teacher is rejected, and then accepts another email address', async () => {
			const refusesAda = { code: 51, details: 'The e-mail address belongs to somebody else.' };
			stage.perculus.set({
				refuseAttendee: ({ email }) => (email === ADA[2] ? refusesAda : null),
			});
			const page = await submit('Physics', day, '14:30', ...ADA);
			expect(page).toContain('“Physics” is planned, but you are not in it yet');
			expect(page).toContain(refusesAda.details);
			expect(page).toMatch(/14:30 \(Europe\/Istanbul\)/);
			const corrected = await submit('Physics', day, '14:30', 'Ada', 'Aydın', 'a@school.example');
			expect(corrected).toContain('“Physics” is ready');
			expect(stage.perculus.sessions.size).toBe(1);
		});
	});

	it('class-list.json saves each attendee once, and writes the rejected rows to a file', async () => {
		const [algebra, physics] = [course('algebra-a'), course('physics-b')];
		for (let round = 1; round <= 2; round++) {
			stage.perculus.requests.length = 0;
			const execution = await run('class-list.json', 'Start');
			expect(textsOf(execution, 'Confirm Attendee')).toEqual([
				'Ada Aydın is in algebra-a.',
				'Alan Demir is in algebra-a.',
				'Mary Kaya is in physics-b.',
				'Ada Aydın is in physics-b.',
			]);
			const rejected = itemsOf(execution, 'Add Reason to Row');
			expect(rejected.map(({ Email, Course }) => [Email, Course])).toEqual([
				['grace@school.example', 'algebra-a'],
				['kurt(at)school.example', 'physics-b'],
				['emmy@school.example', 'history-z'],
			]);
			expect(rejected.map(({ Reason }) => Reason)).toEqual([
				expect.stringContaining('Last Name'),
				expect.stringContaining('kurt(at)school.example'),
				expect.stringContaining('no session with the reference'),
			]);
			expect(execution.result.runData['Create File of Rejected Rows']?.[0]?.executionStatus).toBe(
				'success',
			);
			expect(outputOf(execution, 'Create File of Rejected Rows')).toHaveLength(1);
			expect(stage.perculus.requestsTo('attendeeBatch')).toHaveLength(2);
			expect(emailsIn(algebra)).toEqual(['ada@school.example', 'alan@school.example']);
			expect(emailsIn(physics)).toEqual(['ada@school.example', 'mary@school.example']);
			expect(stage.perculus.sessions.size).toBe(2);
		}
	});

	it('reminders.json writes to the attendees of the session that starts next', async () => {
		const startingIn = (minutes: number, name: string, timezone: string) => {
			const start = DateTime.now().setZone(timezone).plus({ minutes }).startOf('second');
			const start_date = start.toISO({ suppressMilliseconds: true }) ?? '';
			const { session_guid } = stage.perculus.preload({ name, timezone, start_date });
			for (const person of ['ada', 'alan']) {
				const email = `${person}@${name.toLowerCase()}.example`;
				stage.perculus.preloadAttendee(session_guid, { email, name: person });
			}
			return session_guid;
		};
		const soon = startingIn(40, 'Algebra', 'Europe/Istanbul');
		startingIn(90, 'Later', 'Europe/Istanbul');
		startingIn(-10, 'Begun', 'America/New_York');
		const messages = itemsOf(
			await run('reminders.json', 'Watch Starting Sessions'),
			'Send Message',
		);
		const attendees = stage.perculus.attendeesOf(soon);
		expect(messages.map(({ to }) => to)).toEqual(attendees.map(({ email }) => email));
		for (const [index, { subject, text }] of messages.entries()) {
			expect(subject).toBe('Algebra starts soon');
			expect(text).toContain('(Europe/Istanbul)');
			expect(text).toContain(
				`https://acme.perculus.com/app?c=${attendees[index]?.attendance_code}`,
			);
		}
	});
});
