import { type IDataObject, type IExecuteFunctions, NodeOperationError } from 'n8n-workflow';

/** The field with the message that an execution must fail with. No delivery of Keap has this field. */
export const REPORT = 'n8n-nodes-keap report';

/** @throws NodeOperationError when the execution was started to report that something is wrong with the hooks */
export function failWithReport(context: IExecuteFunctions): void {
	const report = context.getInputData()[0]?.json[REPORT] as IDataObject | undefined;
	if (report === undefined) return;
	throw new NodeOperationError(context.getNode(), String(report.message), { description: String(report.description) });
}
