import {test} from 'vitest';
import { esql } from '../../../src/languages/esql/index.ts';
import { withoutSpans, must } from '../../support/laws.ts';
for (const q of (process.env['Q']??'').split(';;')) { const o=esql.parse(q); console.log(JSON.stringify(withoutSpans(o.ok?o.value:o),null,0)); if(o.ok) {const p=esql.print(o.value); console.log(p.ok?p.value:p); } }
test('x',()=>{});
