import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';

/**
 * The mapper of a resource's fields. Two of this name may stand in one node, one a resource.
 *
 * @param displayOptions where it is shown
 * @param resourceMapperMethod the method that lists the fields
 */
export const fieldsParameter = (
	displayOptions: IDisplayOptions,
	resourceMapperMethod: string,
	description: string,
): INodeProperties => ({
	displayName: 'Fields',
	name: 'fields',
	type: 'resourceMapper',
	noDataExpression: true,
	default: { mappingMode: 'defineBelow', value: null },
	required: true,
	displayOptions,
	description,
	typeOptions: {
		// Without this the editor keeps the fields of another resource or operation.
		loadOptionsDependsOn: ['resource', 'operation'],
		resourceMapper: {
			resourceMapperMethod,
			mode: 'map',
			fieldWords: { singular: 'field', plural: 'fields' },
			multiKeyMatch: false,
			supportAutoMap: true,
		},
	},
});
