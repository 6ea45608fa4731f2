/** Values that an agent gives where the contract's samples name records that are not there, or do not go together. */

/** By the parameter's name. */
export const BY_NAME: Readonly<Record<string, unknown>> = {
	automationIds: '302',
	cardNumber: '4111111111111111',
	categoryIds: ['5', '6'],
	contactIds: '1, 2',
	currency: 'USD',
	customFieldsJson: { '8c9d0e1f-size': 40 },
	dealId: '4e5f6a7b-deal',
	dealNoteId: '5f6a7b8c-note',
	duplicateContactId: '3',
	email: 'ada@adams.example',
	emailIds: '7001',
	goalId: '11',
	groups: [{ title: 'Cake', properties: [] }],
	limit: 2,
	linkedContactId: '3',
	newStageId: '1b2c3d4e-first',
	ownerIds: ['9001', '9002'],
	productCategoryIds: ['1', '2'],
	productIds: ['1', '2'],
	programIds: ['1'],
	query: { page_size: 2 },
	sequenceId: '71',
	setCustomFields: true,
	tagIds: ['501', '502'],
	taskIds: '1',
	toStageId: '1b2c3d4e-first',
	transactionId: '1',
};

/** The first slots are those of the fields Email and Phone. */
const SECOND_EMAIL = { entries: { email: 'ada@home.example', optInReason: 'Asked for it' } };
/** The number itself stands in Phone. */
const MAIN_PHONE = { entries: { extension: '7', type: 'Home' } };

/** By row and name. */
export const BY_ROW: Readonly<Record<string, unknown>> = {
	'affiliateProgramResource: create: resourceType': 'PAGE',
	'automation: addContacts: sequenceId': '61',
	'automationCategory: delete: categoryIds': ['5'],
	...Object.fromEntries(
		['create', 'update', 'upsert'].flatMap((operation) => [
			[`contact: ${operation}: contactType`, 'Lead'],
			[`contact: ${operation}: email2`, SECOND_EMAIL],
			[`contact: ${operation}: phone1`, MAIN_PHONE],
		]),
	),
	'contact: link: linkTypeId': '62',
	// Keeping entries has tests of its own: the contact is looked up first, and a known one is updated.
	'contact: upsert: listHandling': 'replace',
	'contact: unlink: linkedContactId': '2',
	'customApiCall: call: method': 'GET',
	'customApiCall: call: pagination': 'v2',
	'customApiCall: call: path': '/crm/rest/v2/tags',
	'customField: create: fieldType': 'DROPDOWN',
	'customField: update: fieldOptions': { entries: [{ label: 'Crimson', id: '1' }] },
	'customFieldGroup: delete: customFieldGroupId': '2',
	'customFieldTab: delete: customFieldTabId': '2',
	// Keap wants a title or a type.
	'note: update: fieldsToClear': ['text', 'type'],
	'orderItem: applyCommission: commissionBy': 'percent',
	// One that has no products yet, so that those given are all it gets.
	'productCategory: assign: productCategoryId': '2',
	'productCategory: update: parentCategoryId': '2',
	'product: getChanged: syncPoint': Buffer.from('2025-01-01T00:00:00.000Z').toString('base64url'),
	'report: run: columns': 'email',
	'report: run: orderByColumn': 'email desc',
	'subscription: create: cardToCharge': 'chosen',
	// The product that the plans are of.
	...Object.fromEntries(['delete', 'get', 'update'].map((operation) => [`subscriptionPlan: ${operation}: productId`, '4'])),
	// Several go in calls of their own, which have tests of their own.
	'tag: apply: tagIds': ['501'],
	'tag: remove: tagIds': ['501'],
	'wordPressOptIn: create: key': 'course7',
};

/** Parameters that the agent does not give, and why; by name, or by row and name. */
export const LEFT_OUT: Readonly<Record<string, string>> = {
	customFieldsToClear: 'has a test of its own: a field is set or cleared',
	idAtLeast: 'Keap takes a list of IDs or bounds',
	idAtMost: 'Keap takes a list of IDs or bounds',
	fieldsToClear: 'has a test of its own: a field is set or cleared',
	'contact: count: tagId': 'goes instead of IDs',
	'contact: getAll: tagId': 'goes instead of IDs',
	'customApiCall: call: body': 'a read has none',
	'referral: getAll: affiliateIdAtLeast': 'goes instead of an affiliate',
	'referral: getAll: affiliateIdAtMost': 'goes instead of an affiliate',
	'referral: getAll: contactIdAtLeast': 'goes instead of a contact',
	'referral: getAll: contactIdAtMost': 'goes instead of a contact',
	...Object.fromEntries(
		['code', 'operator', 'planId', 'productId', 'productQuantityMax', 'productQuantityMin', 'subscriptionQuantity', 'totalAmount'].map(
			(name) => [`discount: addCriterion: ${name}`, 'belongs to another type of criterion'],
		),
	),
	'discount: getAll: ids': 'goes instead of bounds',
	'product: getAll: ids': 'goes instead of bounds',
	'productOption: create: textRules': 'goes instead of list items',
	'customField: create: optionLabels': 'goes instead of options',
	'email: send: attachments': 'an agent has no file',
	'email: send: fromAddress': 'goes instead of a user',
	'file: update: binaryPropertyName': 'an agent has no file',
	'orderItem: applyCommission: commissionAmount': 'goes instead of a percentage',
	'order: create: orderItemsJson': 'goes instead of items one by one',
	'task: getAll: unassigned': 'goes instead of a user',
};

/** Operations that can't succeed, by row: what the agent is answered without a call being spent. */
export const UNSENT: Readonly<Record<string, RegExp>> = {
	...Object.fromEntries(
		['file: upload', 'product: addImage', 'productCategory: addImage'].map((label) => [
			label,
			/an AI agent has no file to give[\s\S]*put a node before this one that reads or downloads it/,
		]),
	),
};

/** Operations that the sandbox refuses, by row: the request arrives as it should. */
export const REFUSED: Readonly<Record<string, RegExp>> = {
	'hook: verifyLater': /X-Hook-Secret/,
};

/** Where a row without a path of its own calls: the path is what the agent gives. */
export const OWN_PATH: Readonly<Record<string, string>> = {
	'customApiCall: call': '/crm/rest/v2/tags',
};
