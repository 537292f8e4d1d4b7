import { randomUUID } from 'node:crypto';

import { isObject } from '../../nodes/Perculus/values/collections';
import { NoAnswer, type Api, type View } from './api';
import { asAssumed, differs, notFoundOut, type Check, type Finding } from './finding';

/** Somebody who is added for a check and removed at its end; the address belongs to nobody. */
interface Guest {
	email: string;
	name: string;
	surname: string;
}

/** What attendees rely on; each check adds a guest to the one session and removes it again. */
export function attendeeChecks(api: Api): Check[] {
	const asGuest = async (look: (guest: Guest) => Promise<Finding>) => await withGuest(api, look);
	return [
		{
			no: 45,
			assumption: 'Saving an attendee again leaves alone what it does not send.',
			look: async () => await asGuest(async (guest) => await savedAgain(api, guest)),
		},
		{
			no: 46,
			assumption: 'An attendance code alone changes its attendee.',
			look: async () => await asGuest(async (guest) => await byCode(api, guest)),
		},
		{
			no: 47,
			assumption: 'An attendee is found by an e-mail address in the path, @ and + as they are.',
			look: async () => await asGuest(async (guest) => await byAddress(api, guest)),
		},
		{
			no: 48,
			assumption: 'An attendee who was removed is not found any more.',
			look: async () => await asGuest(async (guest) => await removed(api, guest)),
		},
	];
}

async function withGuest(api: Api, look: (guest: Guest) => Promise<Finding>): Promise<Finding> {
	const email = `check+${randomUUID().slice(0, 8)}@example.com`;
	const guest = { email, name: 'Check', surname: 'Account' };
	try {
		await api.saveAttendee({ ...guest, role: 'e' });
		return await look(guest);
	} finally {
		await remove(api, email);
	}
}

/** @throws NoAnswer where it is left in the session; the end of the check tells so, too */
async function remove(api: Api, email: string): Promise<void> {
	for (const id of [email, encodeURIComponent(email)]) {
		const { status } = await api.attendee('DELETE', id);
		if (status >= 200 && status < 300) return;
	}
	if ((await api.attendee('GET', email)).status === 404) return;
	api.left.push(`attendee ${email} was not in it`);
	throw new NoAnswer(`${email} could not be removed from the session`);
}

async function read(api: Api, email: string): Promise<View> {
	for (const id of [email, encodeURIComponent(email)]) {
		const { status, body } = await api.attendee('GET', id);
		if (status === 200 && isObject(body)) return body;
	}
	throw new NoAnswer('The attendee that was saved is not found');
}

async function savedAgain(api: Api, guest: Guest): Promise<Finding> {
	if ((await read(api, guest.email)).role !== 'e') return notFoundOut('the role could not be set');
	await api.saveAttendee({ ...guest });
	const { role } = await read(api, guest.email);
	return role === 'e'
		? asAssumed('')
		: differs(`the role, which was not sent, became ${String(role)}; always map the role`);
}

async function byCode(api: Api, { email }: Guest): Promise<Finding> {
	const { attendance_code } = await read(api, email);
	if (typeof attendance_code !== 'string') return differs('an attendee has no attendance code');
	await api.saveAttendee({ attendance_code, role: 'u' });
	if ((await read(api, email)).role !== 'u') return differs('the change has no effect');
	try {
		await api.saveAttendee({ attendance_code, email, role: 'u' });
		return asAssumed('beside its e-mail address, too; the node sends it alone');
	} catch (error) {
		if (!(error instanceof NoAnswer)) throw error;
		return asAssumed('beside its e-mail address it is refused; the node sends it alone');
	}
}

async function byAddress(api: Api, { email }: Guest): Promise<Finding> {
	const raw = (await api.attendee('GET', email)).status;
	if (raw === 200) return asAssumed('');
	const encoded = (await api.attendee('GET', encodeURIComponent(email))).status;
	return differs(`status ${raw}; encoded, status ${encoded}`);
}

async function removed(api: Api, { email }: Guest): Promise<Finding> {
	const first = (await api.attendee('DELETE', email)).status;
	if (first < 200 || first > 299) return differs(`removing is answered with status ${first}`);
	const after = (await api.attendee('GET', email)).status;
	if (after !== 404) return differs(`reading it is then answered with status ${after}`);
	const again = (await api.attendee('DELETE', email)).status;
	const isFine = again === 404 || (again >= 200 && again < 300);
	const words = `a second removal is answered with status ${again}`;
	return isFine ? asAssumed(words) : differs(words);
}
