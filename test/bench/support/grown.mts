// A recorded delivery, grown to a size: longer notes, more attendees, more answers, more metadata.
import { z } from 'zod';
import { readRecordings } from '../../nodes/shared/events/recordings.mts';

/** A booking with a phone number and unanswered questions, 3.4 KB. */
const RECORDED = '009';
/** What is left of it where it has to be smaller than any booking that was recorded. */
const NEEDED = [
	'uid',
	'bookingId',
	'eventTypeId',
	'type',
	'title',
	'startTime',
	'endTime',
	'organizer',
	'attendees',
	'location',
	'status',
];

const fields = z.record(z.unknown());
const payloadSchema = z
	.object({
		uid: z.string(),
		attendees: z.array(fields),
		responses: fields.default({}),
		metadata: fields.default({}),
	})
	.passthrough();
const deliverySchema = z.object({ payload: payloadSchema }).passthrough();
type Payload = z.infer<typeof payloadSchema>;

/** As people write, with what needs more than one byte. */
const LINE = 'I would like to play Bach, but my left hand is slow: caf\u00e9, 5 \u20ac, \u{1f3b9}.\n';

/** So many pieces: `name(0)`, `name(1)` … */
const pieces = <T,>(count: number, piece: (at: number) => T): T[] =>
	Array.from({ length: count }, (_, at) => piece(at));

/** What grows, by so many pieces. */
export const SHAPES = {
	notes: (payload, count) => ({ ...payload, additionalNotes: LINE.repeat(count) }),
	attendees: (payload, count) => {
		const [booker = {}] = payload.attendees;
		const others = pieces(count, (at) => ({
			...booker,
			name: `Guest ${String(at)}`,
			email: `guest${String(at)}@student.example`,
		}));
		// The booker names them in the form, and Cal.com lists them.
		const guests = { label: 'guests', value: others.map(({ email }) => email), isHidden: false };
		return {
			...payload,
			attendees: [...payload.attendees, ...others],
			responses: { ...payload.responses, guests },
		};
	},
	answers: (payload, count) => {
		const answers = pieces(count, (at): [string, unknown] => [
			`question-${String(at)}`,
			{ label: `Question ${String(at)}`, value: LINE, isHidden: false },
		]);
		return { ...payload, responses: { ...payload.responses, ...Object.fromEntries(answers) } };
	},
	metadata: (payload, count) => {
		const more = pieces(count, (at): [string, unknown] => [`key-${String(at)}`, LINE]);
		return { ...payload, metadata: { ...payload.metadata, ...Object.fromEntries(more) } };
	},
} satisfies Record<string, (payload: Payload, count: number) => Payload>;

export type Shape = keyof typeof SHAPES;
export const SHAPE_NAMES: readonly Shape[] = ['notes', 'attendees', 'answers', 'metadata'];

export interface Grown {
	body: Buffer;
	/** How many pieces were put in. */
	pieces: number;
	uid: string;
}

/** The delivery of a booking of its own (its `number`-th), grown in this way to about so many bytes. */
export function grown(shape: Shape, bytes: number, number = 0): Grown {
	const recorded =
		readRecordings()
			.find((recording) => recording.number === RECORDED)
			?.bytes.toString() ?? '';
	const whole = deliverySchema.parse(JSON.parse(recorded));
	const small = {
		...whole,
		payload: payloadSchema.parse(Object.fromEntries(NEEDED.map((name) => [name, whole.payload[name]]))),
	};
	const delivery = bytes < recorded.length ? small : whole;
	const uid = `grown${String(number).padStart(8, '0')}`.padEnd(whole.payload.uid.length, 'x');
	const withPieces = (count: number) => {
		const payload = SHAPES[shape](delivery.payload, count);
		return Buffer.from(JSON.stringify({ ...delivery, payload }).replaceAll(whole.payload.uid, uid));
	};
	const empty = withPieces(0).length;
	// Numbers in the names get longer as they grow: the first guess is a little too large.
	let count = Math.max(1, Math.round((bytes - empty) / ((withPieces(100).length - empty) / 100)));
	count = Math.max(1, Math.round((count * (bytes - empty)) / (withPieces(count).length - empty)));
	return { body: withPieces(count), pieces: count, uid };
}
