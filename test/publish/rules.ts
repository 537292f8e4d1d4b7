import { n8nCommunityNodesPlugin } from '@n8n/eslint-plugin-community-nodes';
import type { Linter } from 'eslint';
import n8nNodesBase from 'eslint-plugin-n8n-nodes-base';
import { parser } from 'typescript-eslint';

const { community, credentials, nodes } = n8nNodesBase.configs;

/** Rules of `eslint-plugin-n8n-nodes-base` that n8n leaves out for community nodes. */
const LEFT_OUT = [
	'cred-class-field-documentation-url-miscased',
	'cred-class-field-type-options-password-missing',
	'node-class-description-inputs-wrong-regular-node',
	'node-class-description-outputs-wrong',
	'node-param-type-options-max-value-present',
].map((rule) => `n8n-nodes-base/${rule}`);

function without(rules: Linter.RulesRecord): Linter.RulesRecord {
	return Object.fromEntries(Object.entries(rules).filter(([rule]) => !LEFT_OUT.includes(rule)));
}

/** The rules for community packages verified by n8n, as its scanner applies them. */
export const SCAN_RULES: Linter.Config[] = [
	n8nCommunityNodesPlugin.configs.recommended as Linter.Config,
	{ plugins: { 'n8n-nodes-base': n8nNodesBase }, rules: { 'no-console': 'error' } },
	{ files: ['package.json'], rules: without(community.rules) },
	{ files: ['**/credentials/**/*.ts'], rules: without(credentials.rules) },
	{ files: ['**/nodes/**/*.ts'], rules: without(nodes.rules) },
	{ files: ['**/*.{ts,json}'], languageOptions: { parser: parser as Linter.Parser } },
];

/** The files of the repository that the scanner reads. */
export const SOURCES = ['package.json', '{nodes,credentials}/**/*.{js,ts,json}'];

/** The files of the published package that the scanner reads. */
export const PUBLISHED = ['package.json', '**/*.js'];
