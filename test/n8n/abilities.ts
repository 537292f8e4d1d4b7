import { chosenVersion } from './version';

/** What the newest n8n can do and older ones cannot; the node works without it. */
export interface Abilities {
	/** Shows the credential's own sentence for a status; older ones have words of their own. */
	credentialSentences: boolean;
	/** Moves an item with `error`, `message` and `details` to the Error output; older ones leave it on Rejected. */
	errorOutputWithDetails: boolean;
	/** Has the node Data Table, with the creation of tables. */
	dataTableNode: boolean;
}

/** What the chosen n8n can do. */
export function chosenAbilities(version = chosenVersion().version): Abilities {
	const [major = 0, minor = 0] = version.split('.').map(Number);
	// Seen in 2.41.1, not in 2.8.4.
	const credentialSentences = major > 2 || (major === 2 && minor >= 41);
	// The rule is in n8n-core from 2.36 on.
	const errorOutputWithDetails = major > 2 || (major === 2 && minor >= 36);
	// Seen: no creation in 1.123.81, but in 2.41.1.
	const dataTableNode = major > 2 || (major === 2 && minor >= 41);
	return { credentialSentences, errorOutputWithDetails, dataTableNode };
}
