import ts from 'typescript';

/** Stands for an interpolated value in a text, when it is not a constant of the same file. */
export const HOLE = '$' + '{}';

/** A text found in code: the value of a string, or a template with a HOLE for each interpolation. */
export interface CodeText {
  readonly line: number;
  readonly text: string;
}

/** An object of code that looks like a Step: its declared tables, and its SQL as far as it stands there. */
export interface CodeStep {
  readonly line: number;
  readonly name: string;
  readonly reads: readonly string[];
  readonly writes: readonly string[];
  readonly sql: string;
}

/** Texts and steps of a TypeScript file, comments and import specifiers left out. */
export function readCode(path: string, code: string): { texts: CodeText[]; steps: CodeStep[] } {
  const source = ts.createSourceFile(path, code, ts.ScriptTarget.Latest, true);
  const texts: CodeText[] = [];
  const steps: CodeStep[] = [];
  const lineOf = (node: ts.Node) => source.getLineAndCharacterOfPosition(node.getStart()).line + 1;
  const constants = constantsOf(source);
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return;
    const text = textOf(node, constants);
    if (text !== undefined) texts.push({ line: lineOf(node), text });
    if (ts.isObjectLiteralExpression(node)) {
      const step = asStep(node, constants);
      if (step) steps.push({ line: lineOf(node), ...step });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return { texts, steps };
}

/** Texts that the file gives to a name by `const`; a name given twice is nobody's. */
type Constants = ReadonlyMap<string, string>;

function constantsOf(source: ts.SourceFile): Constants {
  const found = new Map<string, string>();
  const visit = (node: ts.Node): void => {
    if (ts.isVariableDeclaration(node) && ts.isIdentifier(node.name) && node.initializer) {
      const text = textOf(node.initializer, new Map());
      if (text !== undefined) found.set(node.name.text, found.has(node.name.text) ? HOLE : text);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function textOf(node: ts.Node, constants: Constants): string | undefined {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return node.text;
  if (!ts.isTemplateExpression(node)) return undefined;
  const filled = (value: ts.Expression) => (ts.isIdentifier(value) && constants.get(value.text)) || HOLE;
  return (
    node.head.text + node.templateSpans.map((span) => filled(span.expression) + span.literal.text).join('')
  );
}

function propertyOf(node: ts.ObjectLiteralExpression, name: string): ts.Expression | undefined {
  const found = node.properties.find(
    (property): property is ts.PropertyAssignment =>
      ts.isPropertyAssignment(property) && ts.isIdentifier(property.name) && property.name.text === name,
  );
  return found?.initializer;
}

function asStep(node: ts.ObjectLiteralExpression, constants: Constants): Omit<CodeStep, 'line'> | undefined {
  const [name, sql] = [propertyOf(node, 'name'), propertyOf(node, 'sql')];
  const [reads, writes] = [
    namesOf(propertyOf(node, 'reads'), constants),
    namesOf(propertyOf(node, 'writes'), constants),
  ];
  if (!name || !sql || !reads || !writes) return undefined;
  return {
    name: textOf(name, constants) ?? name.getText(),
    reads,
    writes,
    sql: textOf(sql, constants) ?? HOLE,
  };
}

/** The texts of an array written out in full; undefined when part of it is computed. */
function namesOf(node: ts.Expression | undefined, constants: Constants): string[] | undefined {
  if (!node || !ts.isArrayLiteralExpression(node)) return undefined;
  const names = node.elements.map((element) => textOf(element, constants));
  return names.every((name) => name !== undefined && !name.includes(HOLE)) ? (names as string[]) : undefined;
}
