import type { IExecuteFunctions } from 'n8n-workflow';

import { accountOf } from '../../../nodes/Perculus/transport/client';

const KEYS = {
	domain: 'acme.perculus.com',
	apiPath: '/xapi/v2',
	accessKey: '0123456789abcdef0123456789abcdef',
	secretKey: 'abcdef0123456789abcdef0123456789',
};
/** The part of n8n's context that is used. */
const accountWith = async (keys: object) =>
	await accountOf({
		getCredentials: async () => ({ ...KEYS, ...keys }),
	} as unknown as IExecuteFunctions);

describe('Account', () => {
	it.each([
		{ secretKey: 'another' },
		{ domain: 'https://ACME.perculus.com/panel' },
		{ domain: ' acme.perculus.com ' },
		{ accessKey: ` ${KEYS.accessKey}\n` },
		{ apiPath: 'anything else' },
	])('the account is the same with %j', async (keys) => {
		expect(await accountWith(keys)).toBe(await accountWith({}));
	});

	it.each([
		{ domain: 'other.perculus.com' },
		{ domain: 'acme.perculus.com:8443' },
		{ apiPath: '/api/groups/xapi' },
		{ accessKey: 'another' },
	])('the account is another one with %j', async (keys) => {
		expect(await accountWith(keys)).not.toBe(await accountWith({}));
	});

	it('the account is a digest of 64 hex digits', async () => {
		expect(await accountWith({})).toMatch(/^[0-9a-f]{64}$/);
	});

	it('the account is undefined if the credential cannot be used or read', async () => {
		expect(await accountWith({ domain: 'http://acme.perculus.com' })).toBeUndefined();
		const getCredentials = async () => await Promise.reject(new Error('None.'));
		expect(await accountOf({ getCredentials } as unknown as IExecuteFunctions)).toBeUndefined();
	});
});
