import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';

/**
 * The collection of a resource's options.
 *
 * @param displayOptions where it is shown
 */
export const optionsParameter = (
	displayOptions: IDisplayOptions,
	options: INodeProperties[],
): INodeProperties => ({
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	displayOptions,
	options,
});

/** @param description what goes into one request */
export const batchSizeOption = (description: string): INodeProperties => ({
	displayName: 'Batch Size',
	name: 'batchSize',
	type: 'number',
	typeOptions: { minValue: 0, numberPrecision: 0 },
	default: 0,
	description,
});

export const DRY_RUN_OPTION: INodeProperties = {
	displayName: 'Dry Run',
	name: 'dryRun',
	type: 'boolean',
	default: false,
	description:
		'Whether to validate items without saving anything. Nodes connected to Approved still run.',
};

export const INCLUDE_INPUT_OPTION: INodeProperties = {
	displayName: 'Include Input',
	name: 'includeInput',
	type: 'boolean',
	default: false,
	description: "Whether to add the item's own input to the output, in the field 'input'",
};

export const TIMEOUT_OPTION: INodeProperties = {
	displayName: 'Timeout (Seconds)',
	name: 'timeout',
	type: 'number',
	typeOptions: { minValue: 1, numberPrecision: 0 },
	default: 120,
	description:
		'How many seconds to wait for the next sign of the server before giving up: 1 to 3600',
};
