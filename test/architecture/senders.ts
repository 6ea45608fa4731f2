import * as ts from 'typescript';

/** n8n's helpers that send for a node, past the throttle: `httpRequest`, `requestWithAuthentication`, `requestOAuth2` … */
const HELPERS = /^(httpRequest|request(WithAuthentication|OAuth[12]))/;

/** What the runtime offers to everybody without an import. */
const GLOBALS = /^(fetch|WebSocket|XMLHttpRequest|EventSource|WebTransport|eval|Function)$/;

/** Doors to modules that no reading of imports sees. */
const DOORS = /^(createRequire|getBuiltinModule|binding|_linkedBinding|dlopen|mainModule)$/;

/** Parts of a description that let n8n's core send by itself (declarative nodes). */
const DECLARATIONS = /^(routing|requestDefaults|requestOperations)$/;

/**
 * Ways to the network that need no import, in the text of one file.
 * @returns `no-other-way-out: file:line name`, one for each
 */
export function otherWaysOut(source: string, text: string): string[] {
	const file = ts.createSourceFile(source, text, ts.ScriptTarget.ES2022, true);
	const found: string[] = [];
	const report = (node: ts.Node, name: string): void => {
		const { line } = file.getLineAndCharacterOfPosition(node.getStart(file));
		found.push(`no-other-way-out: ${source}:${line + 1} ${name}`);
	};
	const visit = (node: ts.Node): void => {
		const name = ts.isIdentifier(node) || ts.isStringLiteralLike(node) ? node.text : undefined;
		if (name !== undefined) {
			const owner = ownerOf(node);
			if (HELPERS.test(name)) report(node, name);
			else if (name === 'request' && owner?.endsWith('helpers')) report(node, name);
			else if (ts.isIdentifier(node) && GLOBALS.test(name) && isFree(node, owner)) report(node, name);
			else if (ts.isStringLiteralLike(node) && GLOBALS.test(name) && owner !== undefined) report(node, name);
			else if (DOORS.test(name) && owner !== undefined) report(node, name);
			else if (DECLARATIONS.test(name) && isDeclared(node)) report(node, name);
		}
		if (ts.isCallExpression(node) && isLoader(node.expression) && !ts.isStringLiteral(node.arguments[0] ?? node)) {
			report(node, 'a module whose name is computed');
		}
		ts.forEachChild(node, visit);
	};
	visit(file);
	return found;
}

/** What a property is taken from, by `.`, `[…]` or a destructuring: `this.helpers` of `this.helpers.httpRequest`. */
function ownerOf(node: ts.Node): string | undefined {
	const { parent } = node;
	if (ts.isPropertyAccessExpression(parent) && parent.name === node) return parent.expression.getText();
	if (ts.isElementAccessExpression(parent) && parent.argumentExpression === node) return parent.expression.getText();
	if (!ts.isBindingElement(parent) || (parent.propertyName ?? parent.name) !== node) return undefined;
	const declaration = parent.parent.parent;
	if (ts.isBindingElement(declaration)) return (declaration.propertyName ?? declaration.name).getText();
	return declaration.initializer?.getText() ?? '';
}

/** Whether a name means the runtime's own thing, and not a property or a member of ours that is called the same. */
function isFree(node: ts.Identifier, owner: string | undefined): boolean {
	if (owner !== undefined) return /^(globalThis|global|window|self)\b/.test(owner);
	const { parent } = node;
	const isNameOfMember =
		(ts.isPropertyAssignment(parent) || ts.isPropertySignature(parent) || ts.isMethodSignature(parent) || ts.isMethodDeclaration(parent)) &&
		parent.name === node;
	return !isNameOfMember && !ts.isTypeReferenceNode(parent);
}

/** Whether a name is that of a property in an object literal. */
function isDeclared({ parent }: ts.Node): boolean {
	return (ts.isPropertyAssignment(parent) || ts.isShorthandPropertyAssignment(parent)) && ts.isObjectLiteralExpression(parent.parent);
}

const isLoader = (called: ts.Expression): boolean =>
	called.kind === ts.SyntaxKind.ImportKeyword || (ts.isIdentifier(called) && called.text === 'require');
