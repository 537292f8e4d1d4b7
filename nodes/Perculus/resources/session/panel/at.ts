/** The operations of a session that write. */
export const WRITES = ['create', 'update', 'upsert'];

/** Where a parameter of sessions is shown. */
export const atSession = (...operation: string[]) => ({ resource: ['session'], operation });
