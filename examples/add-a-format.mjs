// Adds a format from outside: a list of rules, a line each, `id | title | severity | query in KQL`. The formats that rulecast has
// are its own; another one is read into the neutral model, and written from it: node examples/add-a-format.mjs
import { convert, read, write } from 'rulecast';

/** @param {string} text @returns {readonly import('rulecast').Rule[]} */
function readList(text) {
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const [id = '', title = '', severity, ...query] = line.split('|').map((cell) => cell.trim());
      const level = /** @type {import('rulecast').Severity} */ (severity);
      /** @type {import('rulecast').Detection} */
      const detection = { kind: 'query', query: { language: 'kuery', text: query.join(' | ') } };
      return { id, title, severity: level, detection, carry: {} };
    });
}

/** @param {readonly import('rulecast').Rule[]} rules */
function writeList(rules) {
  const query = (/** @type {import('rulecast').Rule} */ { detection }) =>
    'query' in detection ? (detection.query?.text ?? '') : '';
  return rules.map((rule) => `${rule.id} | ${rule.title} | ${rule.severity} | ${query(rule)}\n`).join('');
}

const list = `2f8b0e3a-96a5-4c0e-8f6b-1f4b1a9d2c11 | Root logs on | high | event.category: authentication and user.name: root
`;

// The model as JSON is a format, too: from there, every way leads on, proofs and reports included.
const model = write({ rules: readList(list), filters: [], rest: [] }, { format: 'native' });
if (!model.ok) throw new Error(model.diagnostics[0]?.message);
const cast = convert(model.value, { from: 'native', to: 'kibana' });
if (!cast.ok) throw new Error(cast.diagnostics[0]?.message);
console.log(cast.value.text);

// And back: what any format holds is read, and said in the words of the list.
const back = read(cast.value.text);
if (!back.ok) throw new Error(back.diagnostics[0]?.message);
console.log(writeList(back.value.rules));
