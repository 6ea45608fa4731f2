import type { FieldReaders } from './recordFields';
import type { RecordKind } from './recordKinds';

/** Orders and subscriptions call the times of their making and changing by names of their own. */
export const CHANGE_TIME_READERS: FieldReaders = { modification_time: ({ update_time: time }) => [time] };

export const changeTimesView: NonNullable<RecordKind['view']> = ({ create_time: creation, update_time: modification, ...rest }) => ({
	...rest,
	creation_time: creation,
	modification_time: modification,
});
