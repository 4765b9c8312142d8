import type { LogSourceWords } from '../pipeline.ts';
import { type Given, mistake } from './given.ts';
import { text } from './values.ts';

/** The words of a log source, of which there must be one. */
export function logSource(given: Given): LogSourceWords {
  const category = given.may('category', text);
  const product = given.may('product', text);
  const service = given.may('service', text);
  if (category === undefined && product === undefined && service === undefined)
    throw mistake(
      'A log source is named by a category, a product or a service, and here is none',
      given.span,
    );
  return {
    ...(category !== undefined && { category }),
    ...(product !== undefined && { product }),
    ...(service !== undefined && { service }),
  };
}
