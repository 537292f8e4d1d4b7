import { PerculusApi } from '../../../credentials/PerculusApi.credentials';

const rules = new PerculusApi().test.rules ?? [];

describe('Messages of the credential test', () => {
	it.each([
		...[300, 301, 302, 303, 305, 306, 307, 308].map((status) => [status, /another address/]),
		[304, /HTTP 304/],
		[401, /Access Key and the Secret Key/],
		[403, /proxy or firewall/],
		[404, /other API Path/],
		[407, /proxy .* requires authentication/],
	] as Array<[number, RegExp]>)('HTTP %d has its own message', (status, sentence) => {
		const messages = rules
			.filter(({ properties }) => properties.value === status)
			.map(({ properties }) => properties.message);
		expect(messages).toEqual([expect.stringMatching(sentence)]);
	});
});
