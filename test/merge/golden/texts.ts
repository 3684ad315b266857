import type { GoldenText } from './golden';

const lines = (...all: readonly string[]): string => `${all.join('\n')}\n`;

export const texts: readonly GoldenText[] = [
  // Layout
  { name: 'a text that already says all stays as it is, to the byte', base: '{"a":1}', mine: '{ "b" : 2,\n\t"a":1 }\n\n', theirs: '{"a":1}', expected: '{ "b" : 2,\n\t"a":1 }\n\n' },
  { name: 'one value edited in place, odd spaces kept', base: '{"a":1,"b":1}', mine: '{ "a" :  1 ,  "b":1 }', theirs: '{"a":1,"b":22}', expected: '{ "a" :  1 ,  "b":22 }' },
  { name: 'a new key gets a line of its own, where theirs has it', base: '{"a":1,"c":3}', mine: lines('{', '  "a": 1,', '  "c": 3', '}'), theirs: '{"a":1,"b":2,"c":3}', expected: lines('{', '  "a": 1,', '  "b": 2,', '  "c": 3', '}') },
  { name: 'a new last key', base: '{"a":1}', mine: lines('{', '\t"a": 1', '}'), theirs: '{"a":1,"z":{"y":[1,2]}}', expected: lines('{', '\t"a": 1,', '\t"z": {', '\t\t"y": [', '\t\t\t1,', '\t\t\t2', '\t\t]', '\t}', '}') },
  { name: 'a new first key', base: '{"a":1}', mine: lines('{', '    "a": 1', '}'), theirs: '{"0a":0,"a":1}', expected: lines('{', '    "0a": 0,', '    "a": 1', '}') },
  { name: 'the first key removed', base: '{"a":1,"b":2}', mine: lines('{', '  "a": 1,', '  "b": 2', '}'), theirs: '{"b":2}', expected: lines('{', '  "b": 2', '}') },
  { name: 'the last key removed', base: '{"a":1,"b":2}', mine: lines('{', '  "a": 1,', '  "b": 2', '}'), theirs: '{"a":1}', expected: lines('{', '  "a": 1', '}') },
  { name: 'the only key removed', base: '{"o":{"a":1}}', mine: lines('{', '  "o": {', '    "a": 1', '  }', '}'), theirs: '{"o":{}}', expected: lines('{', '  "o": {}', '}') },
  { name: 'an empty object filled', base: '{"o":{}}', mine: lines('{', '  "o": {}', '}'), theirs: '{"o":{"a":1}}', expected: lines('{', '  "o": {', '    "a": 1', '  }', '}') },
  { name: 'a list on one line stays on one line', base: '{"l":[1,2]}', mine: lines('{', '  "l": [1, 2]', '}'), theirs: '{"l":[1,2,3]}', expected: lines('{', '  "l": [1, 2, 3]', '}') },
  { name: 'a list on several lines stays so', base: '[1,2]', mine: lines('[', '  1,', '  2', ']'), theirs: '[0,1,2,3]', expected: lines('[', '  0,', '  1,', '  2,', '  3', ']') },
  { name: 'an item in the middle removed', base: '[1,2,3]', mine: '[1, 2,   3]', theirs: '[1,3]', expected: '[1, 3]' },
  { name: 'a compact text stays compact', base: '{"a":1}', mine: '{"a":1,"m":[{"x":1}]}', theirs: '{"a":1,"t":{"y":[1,2]}}', expected: '{"a":1,"m":[{"x":1}],"t":{"y":[1,2]}}' },
  { name: 'a text on one line with spaces gets its new members with spaces', base: '{"a": 1}', mine: '{"a": 1, "m": 1}', theirs: '{"a": 1, "t": {"y": [1, 2]}}', expected: '{"a": 1, "m": 1, "t": {"y": [1, 2]}}' },
  { name: 'CRLF', base: '{"a":1}', mine: '{\r\n  "a": 1\r\n}\r\n', theirs: '{"a":1,"b":{"c":1}}', expected: '{\r\n  "a": 1,\r\n  "b": {\r\n    "c": 1\r\n  }\r\n}\r\n' },
  { name: 'a byte order mark', base: '{"a":1}', mine: '\uFEFF{"a":1}', theirs: '{"a":2}', expected: '\uFEFF{"a":2}' },
  { name: 'a byte order mark of theirs does not come in', base: '{"a":1}', mine: '{"a":1}', theirs: '\uFEFF{"a":2}', expected: '{"a":2}' },
  { name: 'no final newline', base: '{"a":1}', mine: '{\n "a": 1\n}', theirs: '{"a":2}', expected: '{\n "a": 2\n}' },
  { name: 'white space before and behind', base: '1', mine: '\n\n 1 \n\n', theirs: '2', expected: '\n\n 2 \n\n' },
  { name: 'the order of mine stays when theirs only sorts', base: '{"b":1,"a":1}', mine: '{"b":1,"a":1}', theirs: '{"a":1,"b":1}', expected: '{"b":1,"a":1}' },
  { name: 'escapes of an untouched text stay as written', base: '{"a":"\\u0041","b":1}', mine: '{"a":"\\u0041\\/","b":1}', theirs: '{"a":"A","b":2}', expected: '{"a":"\\u0041\\/","b":2}' },
  { name: 'an element edited inside a keyed array keeps its line', base: '[{"id":1,"v":1},{"id":2,"v":1}]', mine: lines('[', '  { "id": 1, "v": 1 },', '  { "id": 2, "v": 1 }', ']'), theirs: '[{"id":1,"v":5},{"id":2,"v":1}]', expected: lines('[', '  { "id": 1, "v": 5 },', '  { "id": 2, "v": 1 }', ']') },

  { name: 'twelve spaces', base: '{}', mine: '{\n            "a": 1\n}', theirs: '{"t":{"x":1}}', expected: '{\n            "a": 1,\n            "t": {\n                        "x": 1\n            }\n}' },

  // Numbers
  { name: '1.0 on one side is not an edit', base: '{"a":1}', mine: '{"a":1.0}', theirs: '{"a":2}', expected: '{"a":2}' },
  { name: '1.0, 1 and 1e0 are equal, and mine keeps its spelling', base: '{"a":1}', mine: '{"a":1.0,"m":1}', theirs: '{"a":1e0,"t":1}', expected: '{"a":1.0,"m":1,"t":1}' },
  { name: 'the spelling of the side that wins comes in', base: '{"a":1}', mine: '{"a":1}', theirs: '{"a":2.50}', expected: '{"a":2.50}' },
  { name: '-0 is 0', base: '{"a":0}', mine: '{"a":-0}', theirs: '{"a":0,"b":1}', expected: '{"a":-0,"b":1}' },
  { name: '2^53 + 1 stays what it is', base: '{"a":1}', mine: '{"a":1}', theirs: '{"a":9007199254740993}', expected: '{"a":9007199254740993}' },
  { name: '2^53 + 1 and 2^53 differ', base: '{"a":1}', mine: '{"a":9007199254740993}', theirs: '{"a":9007199254740992}', expected: '{"a":9007199254740993}', conflicts: ['precision /a'] },
  { name: '1e400 is a number like any other', base: '{"a":1e400}', mine: '{"a":1e400,"m":1}', theirs: '{"a":1e401}', expected: '{"a":1e401,"m":1}' },
  { name: '1e400 and 1e401 differ', base: '{"a":1}', mine: '{"a":1e400}', theirs: '{"a":1e401}', expected: '{"a":1e400}', conflicts: ['precision /a'] },
  { name: '1e400 is 10e399', base: '{"a":1e400}', mine: '{"a":10e399}', theirs: '{"a":1e400}', expected: '{"a":10e399}' },
  { name: 'many digits', base: '{"a":0.1}', mine: '{"a":0.1,"m":3.14159265358979323846}', theirs: '{"a":0.10000000000000000001}', expected: '{"a":0.10000000000000000001,"m":3.14159265358979323846}' },
  { name: 'identities beyond 2^53', base: '[{"id":9007199254740992,"v":1},{"id":9007199254740993,"v":1}]', mine: '[{"id":9007199254740992,"v":2},{"id":9007199254740993,"v":1}]', theirs: '[{"id":9007199254740992,"v":1},{"id":9007199254740993,"v":3}]', expected: '[{"id":9007199254740992,"v":2},{"id":9007199254740993,"v":3}]' },
  { name: 'an identity spelled otherwise by each is one identity, and names one conflict', base: '[{"id":1,"v":1}]', mine: '[{"id":1.0,"v":2}]', theirs: '[{"id":1e0,"v":3}]', expected: '[{"id":1.0,"v":2}]', conflicts: ['edit/edit /#1e0/v'] },
  { name: 'E and + in exponents', base: '{"a":1}', mine: '{"a":1,"m":1E+2}', theirs: '{"a":1,"t":2E-3}', expected: '{"a":1,"m":1E+2,"t":2E-3}' },

  // Keys and strings
  { name: 'the key __proto__ is a key like any other', base: '{}', mine: '{"__proto__":{"a":1}}', theirs: '{"__proto__":{"b":2}}', expected: '{"__proto__":{"a":1,"b":2}}' },
  { name: 'the key __proto__ beside a number that needs care', base: '{"__proto__":1}', mine: '{"__proto__":1,"m":1.0}', theirs: '{"__proto__":2}', expected: '{"__proto__":2,"m":1.0}' },
  { name: 'the key __proto__ deleted on one side, edited on the other', base: '{"__proto__":1}', mine: '{}', theirs: '{"__proto__":2}', expected: '{"__proto__":2}', conflicts: ['delete/edit /__proto__'] },
  { name: 'a lone surrogate stays escaped', base: '{"a":1}', mine: '{"a":1,"s":"\\ud800"}', theirs: '{"a":2}', expected: '{"a":2,"s":"\\ud800"}' },
  { name: 'lone surrogates that differ', base: '{"s":""}', mine: '{"s":"\\ud800"}', theirs: '{"s":"\\udbff"}', expected: '{"s":"\\ud800"}', conflicts: ['edit/edit /s'] },
  { name: 'a key called isLosslessNumber', base: '{"o":{"isLosslessNumber":true,"value":"1"}}', mine: '{"o":{"isLosslessNumber":true,"value":"1"},"m":1.0}', theirs: '{"o":{"isLosslessNumber":true,"value":"2"}}', expected: '{"o":{"isLosslessNumber":true,"value":"2"},"m":1.0}' },
  { name: 'no base', base: null, mine: '{ "a": 1 }', theirs: '{"b":2}', expected: '{ "a": 1, "b": 2 }' },
];
