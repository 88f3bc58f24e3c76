import type { LinkedBy } from './link/linking';
import type { ErrorCode } from '../shared/api/errorCodes';
import type { Fields } from '../shared/values/readers';
import type { FieldDecision } from './decide';
import type { SyncRecord } from './records';

/** How a record came to its object. */
export interface LinkInfo {
	by: LinkedBy | 'created';
	/** How alike they are, in percent. */
	score: number;
}

/** Why a record has no object: it never had one, or the one that it had is gone. */
export type OrphanReason = 'neverCreated' | 'deletedInCalCom';

/** An object that a record might belong to. */
export interface LinkCandidate {
	id: string;
	slug: string | null;
	title: string | null;
	/** How alike they are, in percent. */
	score: number;
}

/** What became of a record. */
export type Settled =
	| {
			kind: 'merged';
			record: SyncRecord;
			/** As Cal.com showed it last. */
			object: Fields;
			link: LinkInfo;
			fields: readonly FieldDecision[];
			/** Whether something was sent to Cal.com. */
			sent: boolean;
			/** Why Cal.com could not be written, in words for the person. */
			error: string | null;
			/** The code of that error. */
			code?: ErrorCode;
	  }
	| {
			kind: 'orphan';
			record: SyncRecord;
			orphan: OrphanReason;
			/** Why an object could not be made, when one was wanted. */
			error: string | null;
			/** The code of that error. */
			code?: ErrorCode;
	  }
	/** Nothing could be decided: which object it goes with, or which row it is, would be a guess. */
	| { kind: 'unclear'; record: SyncRecord; reason: string; candidates: readonly LinkCandidate[] };
