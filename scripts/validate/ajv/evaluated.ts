import { type Ajv, type CodeKeywordDefinition, type KeywordCxt, Name, _ } from 'ajv';
import { evaluatedPropsToName } from 'ajv/dist/compile/util.js';

/**
 * Makes ajv keep the evaluated properties and items, for `unevaluatedProperties` and `unevaluatedItems`, in a variable
 * that is created before the first branch. By itself, ajv creates it inside the first branch that passes: earlier
 * evaluations are lost if another branch passes. It also counts evaluations of an `if` that fails, but not those of an
 * `if` alone.
 */
export function keepEvaluated(ajv: Ajv): void {
  for (const keyword of ['oneOf', 'anyOf', 'if', 'dependentSchemas']) {
    const rule = ajv.RULES.all[keyword];
    if (typeof rule !== 'object' || !('code' in rule.definition)) throw new Error(`ajv has no code for ${keyword}`);
    const code = keyword === 'if' ? conditional : rule.definition.code;
    rule.definition = { ...rule.definition, code: (cxt, type) => branching(cxt, () => code(cxt, type)) };
  }
}

function branching({ gen, it }: KeywordCxt, code: () => void): void {
  if (it.props !== true && !(it.props instanceof Name)) it.props = evaluatedPropsToName(gen, it.props);
  if (it.items !== true && !(it.items instanceof Name)) it.items = gen.var('items', it.items ?? 0);
  code();
}

/** The code of `if`, `then` and `else`. */
const conditional: CodeKeywordDefinition['code'] = (cxt) => {
  const { gen, parentSchema } = cxt;
  const valid = gen.let('valid', true);
  const passed = gen.name('_valid');
  const tested = cxt.subschema({ keyword: 'if', compositeRule: true, createErrors: false, allErrors: false }, passed);
  cxt.mergeValidEvaluated(tested, passed);
  cxt.reset();
  const clause = (keyword: 'then' | 'else'): void => {
    if (parentSchema?.[keyword] === undefined) return;
    const inner = gen.name('_valid');
    gen.if(keyword === 'then' ? passed : _`!${passed}`, () => {
      const checked = cxt.subschema({ keyword }, inner);
      gen.assign(valid, inner);
      cxt.mergeValidEvaluated(checked, valid);
    });
  };
  clause('then');
  clause('else');
  cxt.setParams({ ifClause: parentSchema?.['then'] === undefined ? 'else' : 'then' });
  cxt.pass(valid, () => cxt.error(true));
};
