/** The sync's own columns of a record. */
export interface Columns {
	calcomId: string;
	state: string;
	status: string;
	syncedAt: string;
	error: string;
	resolution: string;
	updatedAt: string;
}

/** Their names unless the user gives others; that of the id differs by what is kept in step. */
export const COLUMN_DEFAULTS: Omit<Columns, 'calcomId'> = {
	state: 'sync_state',
	status: 'sync_status',
	syncedAt: 'last_calcom_sync',
	error: 'sync_error',
	resolution: 'sync_resolution',
	updatedAt: 'updated_at',
};

/** Columns that say whose a record is: a sync that wrote them would move it to someone else. */
export const PROTECTED_DEFAULT = 'company_id, branch_id, organization_id, tenant_id, created_at';
