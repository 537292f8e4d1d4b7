import type {
	ICredentialDataDecryptedObject,
	ICredentialsHelper,
	ICredentialType,
	IHttpRequestOptions,
} from 'n8n-workflow';

/** A credential of a workflow: its class, and the values that the user entered. */
export interface StoredCredential {
	type: ICredentialType;
	data: ICredentialDataDecryptedObject;
}

/** The part of n8n's CredentialsHelper that a run uses, for a database with at most one credential. */
export function oneCredential(stored?: StoredCredential): ICredentialsHelper {
	const typeNamed = (name: string) => {
		if (stored?.type.name !== name) throw new Error(`There is no credential type ${name}`);
		return stored.type;
	};
	return {
		getParentTypes: () => [],
		isCredentialUsableByNode: () => true,
		async authenticate(
			data: ICredentialDataDecryptedObject,
			name: string,
			incoming: IHttpRequestOptions,
		) {
			const { authenticate } = typeNamed(name);
			if (typeof authenticate !== 'function') throw new Error('Only functions sign here');
			return await authenticate(data, incoming);
		},
		// Perculus signs each request; a login before the first one is for other credentials.
		preAuthentication: async () => undefined,
		runPreAuthentication: async () => undefined,
		/** A new copy each time, as in n8n, so that a change doesn't survive the request. */
		async getDecrypted(_additionalData: unknown, _nodeCredentials: unknown, name: string) {
			typeNamed(name);
			return structuredClone(stored?.data ?? {});
		},
		getCredentialsProperties: (name: string) => typeNamed(name).properties,
	} as unknown as ICredentialsHelper;
}
