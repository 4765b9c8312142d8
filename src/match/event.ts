// What a field can hold is known below: those who rename events know it, too.
export { type Event, type Fields, fieldsOf, isScalar, objectsAt, type Scalar } from '../query/event.ts';
