import type { Result } from '../../batch/result';
import { delaySearch, type Store } from '../../store';
import type { Switches } from '../../switches';
import type { Moment } from '../../values/clock';
import { isZone, readStart, type Start } from '../../values/startDate';
import { createdSession, updatedSession, viewOf, type SessionView } from '../session';
import { inputOf, isCreate, type SessionItem } from './item';
import { problemsOf } from './problems';
import { invalid, rejected, rejection } from './rejection';

export type StampedMoment = Moment & { stamp: string };

/** Creates or updates what one item asks for, or says why not. */
export function applyItem(
	item: SessionItem,
	store: Store,
	moment: StampedMoment,
	switches: Switches,
): Result<SessionView> {
	if (item.malformed.length > 0) return invalid(item, item.malformed, switches);
	if (item.guid === '' && switches.emptyGuid === 'reject')
		return invalid(item, [{ field: 'session_guid', text: 'guidInvalid' }], switches);
	const creates = isCreate(item, switches);
	const stored = creates ? undefined : store.sessions.get((item.guid ?? '').toUpperCase());
	const zone = item.timezone ?? stored?.timezone ?? switches.defaultTimezone;
	// Only a zone that exists can give the start an instant.
	const start =
		item.start && isZone(zone)
			? readStart(item.start, zone, switches.offset, switches.repeatedHour)
			: null;

	// Assumed: validation comes before the look-up, as the two shapes of the sample suggest.
	const problems = problemsOf(item, creates, start, moment, switches);
	if (problems.length > 0) return invalid(item, problems, switches);

	if (creates && switches.licenseLimit !== null && store.created >= switches.licenseLimit)
		return rejected(item, 35, 'licenseLimit', switches);
	if (!creates && !stored) return rejected(item, 30, 'sessionNotFound', switches);

	const refusal = switches.refuse(inputOf(item), item.index);
	if (refusal) {
		const { code, details = 'refused', stage = 'later' } = refusal;
		return rejection(item, stage, { code, details }, switches);
	}

	const session =
		stored !== undefined
			? updatedSession(stored, item, start, moment, switches)
			: createdSession(item, start as Start, moment, ++store.serial, switches);
	if (creates) store.created++;
	delaySearch(store, session.session_guid, switches.searchLag);
	store.sessions.set(session.session_guid.toUpperCase(), session);
	const view = viewOf(session, switches);
	if (!switches.descriptionEchoed) view.description = null;
	return { index: item.index, view };
}
