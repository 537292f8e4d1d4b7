import type {
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';

import { baseOf, bearerOf, requireSameOrigin } from './signing';

const answers = (message: string, ...statuses: number[]) =>
	statuses.map((value) => ({ type: 'responseCode' as const, properties: { value, message } }));

/** The Access Key is half of the bearer, so it is masked like the Secret Key. */
const MASKED = { password: true };

export class PerculusApi implements ICredentialType {
	name = 'perculusApi';

	displayName = 'Perculus API';

	icon = {
		light: 'file:../nodes/Perculus/perculus.svg',
		dark: 'file:../nodes/Perculus/perculus.dark.svg',
	} as const;

	documentationUrl = 'https://github.com/n8n-nodes-perculus/n8n-nodes-perculus#credentials';

	properties: INodeProperties[] = [
		{
			displayName: 'Domain',
			name: 'domain',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. acme.perculus.com',
			description: 'Host of your Perculus account, as in the address of its panel',
		},
		{
			displayName: 'API Path',
			name: 'apiPath',
			type: 'options',
			default: '/xapi/v2',
			options: [
				{
					name: '/api/groups/xapi',
					value: '/api/groups/xapi',
					description: 'For accounts of Constructor Groups',
				},
				{ name: '/xapi/v2', value: '/xapi/v2', description: 'For most accounts of Perculus' },
			],
			description: "Path of the API. If the connection test can't find it, select the other one.",
		},
		{
			displayName: 'Access Key',
			name: 'accessKey',
			type: 'string',
			typeOptions: MASKED,
			default: '',
			required: true,
			description: 'From the development settings of your account',
		},
		{
			displayName: 'Secret Key',
			name: 'secretKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description: 'Belongs to the Access Key. It is never sent, only a hash of both keys.',
		},
	];

	/**
	 * Signs a request to the credential's own origin and refuses any other. A relative address is a path of the API, so
	 * the sender knows neither host nor keys.
	 */
	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		request: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		const base = baseOf(credentials);
		// n8n's HTTP Request node hands over the older form of a request, which calls its address `uri`.
		const legacy = request as IHttpRequestOptions & {
			uri?: string;
			followRedirect?: boolean;
			followAllRedirects?: boolean;
		};
		const address = legacy.url || legacy.uri || '';
		requireSameOrigin(address, request.baseURL ?? base);
		requireSameOrigin(request.baseURL ?? base, base);

		request.baseURL ??= base;
		request.headers = {
			...request.headers,
			Authorization: bearerOf(credentials.accessKey, credentials.secretKey),
		};
		// n8n's client would send the bearer along to the target of a redirect.
		request.disableFollowRedirect = true;
		if ('uri' in legacy)
			Object.assign(legacy, { followRedirect: false, followAllRedirects: false });
		return request;
	}

	test: ICredentialTestRequest = {
		request: {
			method: 'POST',
			url: '/session/search',
			body: { page_number: 1, page_size: 1 },
			disableFollowRedirect: true,
		},
		rules: [
			...answers(
				'The server redirects to another address. Check the Domain: it must be the host of your Perculus account.',
				...[300, 301, 302, 303, 305, 306, 307, 308],
			),
			...answers(
				'The response was HTTP 304 (not modified), probably from a cache rather than Perculus. Check the Domain, and any proxy between n8n and Perculus.',
				304,
			),
			...answers(
				"Perculus didn't accept the keys. Copy the Access Key and the Secret Key again.",
				401,
			),
			...answers(
				"Access denied (HTTP 403): the keys aren't allowed to use the API, or a proxy or firewall blocks the request. Ask the administrator of your Perculus account, or your n8n administrator.",
				403,
			),
			...answers(
				'The proxy between n8n and Perculus requires authentication. Contact your n8n administrator.',
				407,
			),
			...answers(
				'There is no Perculus API at this address. Check the Domain, or select the other API Path.',
				404,
			),
		],
	};
}
