import type { IExecuteFunctions } from 'n8n-workflow';

import { accountOf } from '../../../nodes/Perculus/transport/client';

const KEYS = {
	domain: 'acme.perculus.com',
	apiPath: '/xapi/v2',
	accessKey: '0123456789abcdef0123456789abcdef',
	secretKey: 'abcdef0123456789abcdef0123456789',
};
/** Of n8n's context, what is asked for. */
const accountWith = async (keys: object) =>
	await accountOf({
		getCredentials: async () => ({ ...KEYS, ...keys }),
	} as unknown as IExecuteFunctions);

describe('an account', () => {
	it.each([
		{ secretKey: 'another' },
		{ domain: 'https://ACME.perculus.com/panel' },
		{ domain: ' acme.perculus.com ' },
		{ accessKey: ` ${KEYS.accessKey}\n` },
		{ apiPath: 'anything else' },
	])('is the same with %j', async (keys) => {
		expect(await accountWith(keys)).toBe(await accountWith({}));
	});

	it.each([
		{ domain: 'other.perculus.com' },
		{ domain: 'acme.perculus.com:8443' },
		{ apiPath: '/api/groups/xapi' },
		{ accessKey: 'another' },
	])('is another with %j', async (keys) => {
		expect(await accountWith(keys)).not.toBe(await accountWith({}));
	});

	it('is a digest, which shows nothing of what it is made of', async () => {
		expect(await accountWith({})).toMatch(/^[0-9a-f]{64}$/);
	});

	it('is none where the credential cannot be used, or read', async () => {
		expect(await accountWith({ domain: 'http://acme.perculus.com' })).toBeUndefined();
		const getCredentials = async () => await Promise.reject(new Error('None.'));
		expect(await accountOf({ getCredentials } as unknown as IExecuteFunctions)).toBeUndefined();
	});
});
