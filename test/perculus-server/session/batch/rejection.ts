import type { Rejection, Stage } from '../../batch/result';
import type { RejectedShape, Switches } from '../../switches';
import { detailsOf, type Problem } from '../../values/texts';
import { isCreate, type SessionItem } from './item';
import { entityModel, requestModel } from './models';

/** Refused for its own values. */
export function invalid(
	item: SessionItem,
	problems: readonly Problem[],
	switches: Switches,
): Rejection {
	const details = detailsOf(problems, 'validation', switches.details, switches.language);
	return rejection(item, 'validation', { code: 12, details }, switches);
}

/** Refused for what the account holds, with one of the API's own texts. */
export function rejected(
	item: SessionItem,
	code: number,
	text: Problem['text'],
	switches: Switches,
): Rejection {
	const details = detailsOf([{ field: '', text }], 'later', switches.details, switches.language);
	return rejection(item, 'later', { code, details }, switches);
}

export function rejection(
	item: SessionItem,
	stage: Stage,
	state: Rejection['state'],
	switches: Switches,
): Rejection {
	const shape = shapeOf(item, stage, state.code, switches);
	const model =
		shape === 'null'
			? null
			: shape === 'A'
				? requestModel(item, switches)
				: entityModel(item, switches);
	return { index: item.index, stage, model, state };
}

function shapeOf(
	item: SessionItem,
	stage: Stage,
	code: number,
	switches: Switches,
): Exclude<RejectedShape, 'documented'> {
	const creates = isCreate(item, switches);
	const chosen = creates ? switches.createRejectedShape : switches.updateRejectedShape;
	if (chosen !== 'documented') return chosen;
	if (stage === 'validation') return creates ? 'A' : switches.updateValidationShape;
	return creates && code === 35 ? switches.createLicenseShape : 'B';
}
