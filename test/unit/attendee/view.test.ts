import type { IDataObject } from 'n8n-workflow';

import { showAttendee } from '../../../nodes/Perculus/attendee/view';

const shown = (view: IDataObject, joinUrl?: string): IDataObject => {
	const item: IDataObject = { outcome: 'saved', session_guid: 'as-given' };
	showAttendee(item, view, joinUrl);
	return item;
};

it('shows the response as returned, with the usual keys first', () => {
	const view = { is_new: true, attendance_code: 'C', mobile: null, email: 'a@x', name: 'A' };
	expect(Object.entries(shown(view))).toEqual([
		['outcome', 'saved'],
		['session_guid', 'as-given'],
		['email', 'a@x'],
		['name', 'A'],
		['mobile', null],
		['attendance_code', 'C'],
		['is_new', true],
	]);
});

it('ignores keys of the response that belong to the node or the session', () => {
	const theirs = {
		outcome: 'x',
		session_guid: 'x',
		session_reference: 'x',
		error: 'x',
		warnings: 'x',
		input: 'x',
		recovered: 'x',
	};
	expect(shown(theirs)).toEqual({ outcome: 'saved', session_guid: 'as-given' });
});

it("omits the server's internal numbers and keeps ids that are text", () => {
	const view = { attendee_id: 7, session_id: 'G', user_id: 'U', account: { account_id: 1 } };
	expect(shown(view)).toEqual({
		outcome: 'saved',
		session_guid: 'as-given',
		user_id: 'U',
		session_id: 'G',
	});
});

it('shows only the public keys of an internal model', () => {
	const entity = { account_id: 1, status: 1, email: 'a@x', user_id: 0, session: null };
	expect(shown(entity)).toEqual({ outcome: 'saved', session_guid: 'as-given', email: 'a@x' });
});

it.each([
	[{ attendance_code: 'C' }, 'x/{code}', 'x/C'],
	[{ attendance_code: 'C' }, undefined, undefined],
	[{ attendance_code: '' }, 'x/{code}', undefined],
	[{ attendance_code: null }, 'x/{code}', undefined],
	[{}, 'x/{code}', undefined],
])('the attendee %j with the template %j has the link %j', (view, template, link) => {
	expect(shown(view, template).join_url).toBe(link);
});
