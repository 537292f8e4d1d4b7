import { normalGuid } from '../../nodes/Perculus/values/text';
import { parseAnswerDate } from '../../nodes/Perculus/session/start';
import { NoAnswer, type Api, type View } from './api';

const MANY = 100;
const SHORT = 10;

export const guids = (views: readonly View[]) =>
	views.map(({ session_guid }) => normalGuid(session_guid));
export const clockOf = (view: View) => parseAnswerDate(view.start_date);

/** A session to look for, and searches that find it where a filter lets them. */
export interface Sample {
	view: View;
	/** Whether a search finds it among all that it finds. */
	isAmong: (filter: object) => Promise<boolean>;
	/** The same, by its GUID where that can be searched for. */
	finds: (filter: object) => Promise<boolean>;
}

export async function sample(
	api: Api,
	isFit: (view: View) => boolean = () => true,
): Promise<Sample> {
	const listed = await api.search({ page_number: 1, page_size: MANY });
	const view = listed.find((one) => clockOf(one) && normalGuid(one.session_guid) && isFit(one));
	if (!view) throw new NoAnswer('The account has no session to look for that is fit for it');
	const guid = normalGuid(view.session_guid);
	const byGuid = { session_id: view.session_guid };
	const alone = await api.search(byGuid);
	const isKnown = alone.length === 1 && guids(alone)[0] === guid;
	const isAmong = async (filter: object) => {
		const found = await api.search({ ...filter, page_number: 1, page_size: MANY });
		if (guids(found).includes(guid)) return true;
		// Pages may be cut to any length; a short one is taken for all there is.
		if (found.length >= SHORT) throw new NoAnswer('Too many sessions are found to tell');
		return false;
	};
	return {
		view,
		isAmong,
		finds: async (filter) => await isAmong(isKnown ? { ...filter, ...byGuid } : filter),
	};
}
