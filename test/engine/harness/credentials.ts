import {
	ICredentialsHelper,
	isExpression,
	type ICredentialDataDecryptedObject,
	type ICredentials,
	type ICredentialType,
	type IHttpRequestOptions,
	type INode,
	type INodeProperties,
	type Workflow,
} from 'n8n-workflow';

/** A credential as a workflow finds it: its class, and what the user typed. */
export interface StoredCredential {
	type: ICredentialType;
	data: ICredentialDataDecryptedObject;
}

/** n8n's CredentialsHelper for a database with at most one credential in it. */
export class OneCredential extends ICredentialsHelper {
	constructor(private readonly stored: StoredCredential | undefined) {
		super();
	}

	getParentTypes(): string[] {
		return [];
	}

	isCredentialUsableByNode(): boolean {
		return true;
	}

	/** Does what n8n 2.41 does, the generic object included, down to the empty string for falsy. */
	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		typeName: string,
		incoming: IHttpRequestOptions,
		workflow?: Workflow,
		node?: INode,
	): Promise<IHttpRequestOptions> {
		const { authenticate } = this.typeNamed(typeName);
		if (typeof authenticate === 'function') return await authenticate(credentials, incoming);
		if (authenticate === undefined || authenticate.type !== 'generic') return incoming;
		if (!workflow || !node) throw new Error('A generic credential needs a workflow and a node');

		const resolve = (text: string) =>
			isExpression(text)
				? String(
						workflow.expression.getSimpleParameterValue(
							node,
							text,
							'internal',
							{ $credentials: credentials },
							undefined,
							'',
						) || '',
					)
				: text;
		const parts = Object.entries(authenticate.properties).map(([part, entries]) => [
			part,
			Object.fromEntries(
				Object.entries(entries ?? {}).map(([key, value]) => [resolve(key), resolve(String(value))]),
			),
		]);
		const added = Object.fromEntries(parts) as Partial<IHttpRequestOptions>;
		return {
			...incoming,
			...added,
			headers: { ...incoming.headers, ...added.headers },
			...(added.qs && { qs: { ...incoming.qs, ...added.qs } }),
		};
	}

	/** Perculus signs each request; a login before the first one is for other credentials. */
	async preAuthentication(): Promise<undefined> {
		return undefined;
	}

	async runPreAuthentication(): Promise<undefined> {
		return undefined;
	}

	async getCredentials(): Promise<ICredentials> {
		throw new Error('Only n8n itself reads the encrypted credential');
	}

	/** A copy each time, as n8n decrypts anew each time: a change must not survive the request. */
	async getDecrypted(
		_additionalData: unknown,
		_nodeCredentials: unknown,
		type: string,
	): Promise<ICredentialDataDecryptedObject> {
		this.typeNamed(type);
		return structuredClone(this.stored?.data ?? {});
	}

	async updateCredentials(): Promise<void> {
		throw new Error('Nothing here stores credentials');
	}

	async updateCredentialsOauthTokenData(): Promise<void> {
		throw new Error('Nothing here stores credentials');
	}

	getCredentialsProperties(type: string): INodeProperties[] {
		return this.typeNamed(type).properties;
	}

	private typeNamed(name: string): ICredentialType {
		if (this.stored?.type.name !== name) throw new Error(`There is no credential type ${name}`);
		return this.stored.type;
	}
}
