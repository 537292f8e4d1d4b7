import {
	NodeConnectionTypes,
	type IDataObject,
	type IExecuteFunctions,
	type INodeType,
} from 'n8n-workflow';

/**
 * The least any client could do: the bodies built by hand from keys that are known, one POST for each session, so many
 * at a time, and the answers wrapped in the order they came. No check, no pairing.
 */
export const attendeeFloor = (atOnce: number): INodeType => ({
	description: {
		displayName: 'Floor',
		name: 'floor',
		group: ['output'],
		version: 1,
		description: 'The least any client could do',
		defaults: { name: 'Floor' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main, NodeConnectionTypes.Main],
		credentials: [{ name: 'perculusApi', required: true }],
		properties: [],
	},
	async execute(this: IExecuteFunctions) {
		const bySession = new Map<string, Array<{ body: IDataObject; item: number }>>();
		this.getInputData().forEach(({ json }, item) => {
			const session = String(json.session_guid);
			const body = { email: json.email, name: json.name, surname: json.surname, role: json.role };
			const of = bySession.get(session);
			if (of) of.push({ body, item });
			else bySession.set(session, [{ body, item }]);
		});
		const sessions = [...bySession];
		const out = new Array<{ json: IDataObject; pairedItem: { item: number } }>();
		let next = 0;
		const work = async () => {
			while (next < sessions.length) {
				const [session, people] = sessions[next++] as (typeof sessions)[number];
				const { approved } = (await this.helpers.httpRequestWithAuthentication.call(
					this,
					'perculusApi',
					{
						method: 'POST',
						url: `/session/${session}/attendee/batch`,
						body: people.map(({ body }) => body),
						json: true,
					},
				)) as { approved: IDataObject[] };
				approved.forEach((json, i) => {
					const item = people[i]?.item ?? 0;
					out[item] = { json, pairedItem: { item } };
				});
			}
		};
		await Promise.all(Array.from({ length: atOnce }, work));
		return [out, []];
	},
});
