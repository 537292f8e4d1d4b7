import path from 'node:path';

import type { ESLint } from 'eslint';

interface Fault {
	file: string;
	text: string;
	rule: string;
	/** 1 if n8n only warns. */
	severity?: 1;
}

/** A fault for each set of rules, the severities of the sets, and a comment that must have no effect. */
const FAULTS: readonly Fault[] = [
	{
		file: 'package.json',
		text: '{ "name": "n8n-nodes-faulty", "dependencies": { "left": "1.0.0" } }',
		rule: '@n8n/community-nodes/no-runtime-dependencies',
	},
	{
		file: 'package.json',
		text: '{ "name": "n8n-nodes-faulty", "license": "ISC" }',
		rule: 'n8n-nodes-base/community-package-json-license-not-default',
	},
	{
		file: 'package.json',
		text: '{ "name": "n8n-nodes-faulty", "version": "1.0.0" }',
		rule: '@n8n/community-nodes/require-files-array',
		severity: 1,
	},
	{
		file: 'nodes/Faulty/helper.ts',
		text: '// eslint-disable-next-line\nexport const ours: unknown = process.env;',
		rule: '@n8n/community-nodes/no-restricted-globals',
	},
	{
		file: 'nodes/Faulty/description.ts',
		text: "export const field = { displayName: 'lower case', name: 'field', type: 'string', default: '' };",
		rule: 'n8n-nodes-base/node-param-display-name-miscased',
	},
	{
		file: 'credentials/FaultyApi.credentials.ts',
		text: "export class FaultyApi implements ICredentialType {\n\tname = 'faultyApi';\n\tdisplayName = 'Faulty';\n}",
		rule: 'n8n-nodes-base/cred-class-field-display-name-missing-api',
	},
	{
		file: 'dist/nodes/Faulty/helper.js',
		text: '/* eslint-disable */\nconsole.log(1);',
		rule: 'no-console',
	},
];

/**
 * Makes sure that the rules find faults, because a scan that finds none could be broken.
 *
 * @returns the number of faults found
 * @throws if one is not found
 */
export async function checkRules(eslint: ESLint, folder: string): Promise<number> {
	for (const { file, text, rule, severity = 2 } of FAULTS) {
		const [result] = await eslint.lintText(text, { filePath: path.join(folder, file) });
		const found = result?.messages.some((one) => one.ruleId === rule && one.severity === severity);
		if (!found) throw new Error(`The rule ${rule} did not find its fault in ${file}.`);
	}
	return FAULTS.length;
}
