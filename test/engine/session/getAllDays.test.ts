import { jsonOf, rejectionsOf, run, withServer } from '../harness/references';

it.each(['9999-12-30', '9999-12-31'])(
	'asks one day wider on both sides, but never for a day after 9999-12-31 (%s)',
	async (startsUntil) => {
		await withServer({}, async (server) => {
			server.preload({ name: 'Soon', start_date: '2030-08-05T12:00:00+03:00' });
			const filters = { startsFrom: '2030-01-01', startsUntil };
			const done = await run(server, [{}], { operation: 'getAll', filters });
			expect(jsonOf(done.approved)).toMatchObject([{ name: 'Soon' }]);
			for (const { body } of server.requests) {
				expect(body).toMatchObject({ begin_date: '2029-12-31', end_date: '9999-12-31' });
			}
		});
	},
);

it.each(['31.12.2030', '20301231', 'soon'])(
	'a filter that is no day, %s, is not told of an option that Get Many does not have',
	async (startsFrom) => {
		await withServer({}, async (server) => {
			const filters = { startsFrom };
			const done = await run(server, [{}], { operation: 'getAll', filters });
			expect(rejectionsOf(done.rejected)).toMatchObject([
				{
					details: [
						`The filter 'Starts From' must be a day such as 2027-03-05; this item has '${startsFrom}'`,
					],
				},
			]);
			expect(server.requests).toEqual([]);
		});
	},
);
