import { emptyAnswer, jsonAnswer, notFoundAnswer, type Answer } from '../http/answer';
import { delaySearch, type Store } from '../store';
import type { Switches } from '../switches';
import { isVisible, viewOf } from './session';

/** Documented: a bare 13-key view. Inferred from the table of errors: 404 with code 30. */
export function answerGet(guid: string, store: Store, switches: Switches): Answer {
	const key = guid.toUpperCase();
	const late = switches.visibilityDelayOn === 'searchAndGet';
	const living = store.sessions.get(key);
	const deleted = switches.deletedInGet === 'shown' ? store.deleted.get(key) : undefined;
	const session = living && late && !isVisible(living, switches) ? undefined : living;
	const found = session ?? deleted;
	return found ? jsonAnswer(200, viewOf(found, switches)) : notFound(switches);
}

/** Documented: the route. Assumed: its answer, and everything about a second delete. */
export function answerDelete(guid: string, store: Store, switches: Switches): Answer {
	const key = guid.toUpperCase();
	const session = store.sessions.get(key);
	if (!session) {
		const again = store.deleted.has(key) && switches.secondDelete === 'empty';
		return again ? emptyAnswer(204) : notFound(switches);
	}
	const deleted = { ...session, status: -1 };
	delaySearch(store, key, switches.searchLag);
	store.sessions.delete(key);
	store.deleted.set(key, deleted);
	return switches.deleteAnswer === 'empty'
		? emptyAnswer(204)
		: jsonAnswer(200, viewOf(deleted, switches));
}

function notFound(switches: Switches): Answer {
	return notFoundAnswer(30, 'sessionNotFound', switches);
}
