export const nested = (depth: number, leaf = '1'): string => '['.repeat(depth) + leaf + ']'.repeat(depth);
const wide = `[${Array.from({ length: 5000 }, (_, i) => i).join(',')}]`;

/** The values of the fidelity corpus (SYNC.md §5.2, C7) as they are written, one by one. */
export const values: readonly string[] = [
  // Empty and numeric keys: what PHP's arrays turn into lists
  '{}', '[]', '[[]]', '[{}]', '{"a":{}}', '{"0":"a","1":"b"}', '{"1":"b","0":"a"}', '{"":1}', '{"":{"":{}}}', '{"00":1,"0":2}', '{"-1":1}', '{"1e3":1}',
  // Numbers
  '0', '-0', '0.0', '-0.0', '1.0', '1.10', '1e0', '1E0', '1e3', '1E+3', '1e-3', '1.5e300', '1e400', '-1e400', '1e-400', '0.1', '0.30000000000000004', '0.0000001', '123456789012345678',
  '9007199254740991', '9007199254740992', '9007199254740993', '-9007199254740993', '18446744073709551615', '9223372036854775808', '3.141592653589793238462643383279', '100000000000000000000000', '4.9E-324', '1.7976931348623157e308', '2.0e-2',
  // Strings
  '""', '"\\u0000"', '"\\u0041"', '"\\/"', '"/"', '"\\ud800"', '"\\udc00\\ud800"', '"\\ud83d\\ude00"', '"😀"', '"e\\u0301"', '"é"', '"\\u2028\\u2029"', '"\\b\\f\\n\\r\\t\\"\\\\"', '"<\\/script>"', '"\\u007f"', '"\u007f"', '"\uFEFF"', '"مرحبا"', '"上传"',
  // Keys that objects of JavaScript have already
  '{"__proto__":1}', '{"__proto__":{"x":1}}', '{"__proto__":null,"constructor":{"prototype":1}}', '{"toString":1,"hasOwnProperty":2,"valueOf":null}', '{"toJSON":"x"}', '{"isLosslessNumber":true,"value":"1"}', '{"length":3,"0":1}', '{"😀":1,"\\ud83d\\ude01":2}',
  // Literals, nesting, width
  'null', 'true', 'false', '[null,true,false]', nested(498), nested(100, '{"a":[1.0]}'), wide, '[1,1.0,1e0,"1"]', '[[1.0,2.50],[3,4]]',
];
