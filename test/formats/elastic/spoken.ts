import { endOfString, isString } from '../../../src/formats/elastic/scan.ts';

/** A rule in nobody's style, with a comment wherever one can stand. */
export const spoken = `# head
# of the file

# head, too

# above the rule
[rule]   # behind the rule
# above the type
type = "eql"# behind the type
language = "eql"

  # above the tags

tags = [ # open
  # above one
  "one" # behind one
  , # above two
  "two", # behind two
  # last
] # behind tags
index = [
# none so far
]
# above the exceptions
exceptions_list = [ # in the exceptions
  { id = "a" }, # behind an exception
  { id = "b" }
  # last of the exceptions
] # behind the exceptions
dotted.deeper = 0x10
# above a dotted key
dotted . key."here" = 1 # behind a dotted key
# above the query
query = '''
any where true # no comment
''' # behind the query
# last of the rule

[transform] # behind an empty table
# last of an empty table

# above an investigation
[[transform.investigate]]
label = "x"
providers = [ # in the lists
# above the first list
[ # in the first list
# above a table
{ field = "a", excluded = false }, # behind a table
{ field = "b", excluded = true } # behind another
# last of the first list
], [], # behind the empty list
[ # in the last list
] # behind the last list
# last of the lists
] # behind the lists
# last of the investigation

[[rule.threat]] # behind the threat
framework = "F"
tactic = { # in the tactic
  # above the id
  id = "TA1", # behind the id
  # last of the tactic
} # behind the tactic
[[rule.threat.technique]]
name = "T # no comment"
'quoted "key"' = "# no comment" # behind a quoted key

[metadata] # behind the metadata
creation_date = "2024/05/06" # behind a day
# last of all

# foot

# foot,
# too`;

/** A text with more behind its lines, one after the other. Not within its strings. */
export function withComments(text: string, said: readonly string[]): string {
  let result = '';
  let line = 0;
  for (let at = 0; at < text.length; ) {
    const end = isString(text, at) ? endOfString(text, at) : endOfPart(text, at);
    if (text.charAt(at) === '\n') {
      result += said[line] ?? '';
      line += 1;
    }
    result += text.slice(at, end);
    at = end;
  }
  return result;
}

/** A comment, or a character. */
function endOfPart(text: string, at: number): number {
  if (text.charAt(at) !== '#') return at + 1;
  const end = text.slice(at).search(/\r?\n/);
  return end === -1 ? text.length : at + end;
}
