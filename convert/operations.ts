import type { ListRule, OperationRule, Rule } from './types';

const same = (to: string): Rule => ({ to });
const record = (to: string, look?: string): Rule => ({ to, form: 'record', ...(look !== undefined && { look }) });

const paging = { returnAll: same('returnAll'), limit: { to: 'limit', default: 100 } };
const ALL_FIELDS = 'all fields come back: Output is Raw';

/** The parts of an address, which both versions of Keap's API have. */
const address: Readonly<Record<string, Rule>> = {
	countryCode: same('countryCode'),
	line1: same('line1'),
	line2: same('line2'),
	locality: same('locality'),
	postalCode: same('postalCode'),
	region: same('region'),
	zipCode: same('postalCode'),
	zipFour: { without: 'write the four digits behind the postal code' },
};

const list = (to: string, fields: ListRule['fields'], more: Partial<ListRule> = {}): ListRule => ({ to, fields, ...more });

const NOTE_TYPES = { appointment: 'Appointment', call: 'Call', email: 'Email', fax: 'Fax', letter: 'Letter', other: 'Other' };

/** Fields that both versions of Keap's API name alike are not listed: an expression that reads them stays right. */
const CONTACT_ANSWERS = {
	date_created: 'create_time',
	last_updated: 'update_time',
	email_opted_in: 'email_addresses[0].email_opt_status',
	birthday: 'birth_date',
	anniversary: 'anniversary_date',
	lead_source_id: 'leadsource_id',
	company_name: 'company.company_name',
	success: 'deleted',
};
const NOTE_ANSWERS = { body: 'text', date_created: 'create_time', last_updated: 'update_time', success: 'deleted' };
const ORDER_ANSWERS = {
	title: 'order_title',
	creation_date: 'creation_time',
	modification_date: 'modification_time',
	order_date: 'order_time',
	total: 'total.amount',
	success: 'deleted',
};
const EMAIL_ANSWERS = {
	sent_date: 'sent_time',
	received_date: 'received_time',
	opened_date: 'opened_time',
	clicked_date: 'clicked_time',
};
const FILE_ANSWERS = {
	file_descriptor: 'the file itself',
	date_created: 'created_time',
	last_updated: 'updated_time',
	success: 'deleted',
};

const contactOfNote = 'the contact that the note is about: Keap finds a note under its contact now';

/** Every operation of n8n's older Keap node (version 1), by its resource and operation. */
export const OPERATIONS: Readonly<Record<string, OperationRule>> = {
	'company.create': {
		node: 'keap',
		fixed: { resource: 'company', operation: 'create' },
		fields: {
			companyName: same('companyName'),
			'additionalFields.emailAddress': same('additionalFields.email'),
			'additionalFields.notes': same('additionalFields.notes'),
			'additionalFields.website': same('additionalFields.website'),
			'additionalFields.optInReason': { without: 'set it with Email Address > Update Status' },
		},
		lists: {
			'addressesUi.addressesValues': list('additionalFields.address', address, { first: true }),
			'faxesUi.faxesValues': list('additionalFields.fax', { type: same('type'), number: same('number') }, { first: true }),
			'phonesUi.phonesValues': list('additionalFields.phone', { type: same('type'), number: same('number') }, { first: true }),
		},
		answers: { email_opted_in: 'email_address.email_opt_status' },
	},
	'company.getAll': {
		node: 'keap',
		fixed: { resource: 'company', operation: 'getAll', output: 'raw' },
		fields: { ...paging, 'options.companyName': same('filters.name'), 'options.fields': { without: ALL_FIELDS } },
		order: { in: 'options', columns: { datecreated: 'create_time', id: 'id', name: 'name' } },
		answers: { email_opted_in: 'email_address.email_opt_status' },
	},
	'contact.upsert': {
		node: 'keap',
		fixed: { resource: 'contact', operation: 'upsert' },
		fields: {
			duplicateOption: { to: 'options.duplicateOption', default: 'email', form: { email: 'Email', emailAndName: 'EmailAndName' } },
			'additionalFields.anniversary': same('additionalFields.anniversaryDate'),
			'additionalFields.companyId': record('companyId'),
			'additionalFields.contactType': same('additionalFields.contactType'),
			'additionalFields.familyName': same('familyName'),
			'additionalFields.givenName': same('givenName'),
			'additionalFields.ipAddress': same('additionalFields.ipAddress'),
			'additionalFields.jobTitle': same('additionalFields.jobTitle'),
			'additionalFields.leadSourceId': record('additionalFields.leadSourceId'),
			'additionalFields.middleName': same('additionalFields.middleName'),
			'additionalFields.optInReason': same('additionalFields.optInReason'),
			'additionalFields.ownerId': record('additionalFields.ownerId'),
			'additionalFields.preferredLocale': same('additionalFields.preferredLocale'),
			'additionalFields.preferredName': same('additionalFields.preferredName'),
			'additionalFields.sourceType': {
				to: 'additionalFields.sourceType',
				form: { API: 'API', IMPORT: 'IMPORT', LANDINGPAGE: 'LANDING_PAGE', MANUAL: 'MANUAL', OTHER: 'OTHER', UNKNOWN: 'UNKNOWN' },
			},
			'additionalFields.spouseName': same('additionalFields.spouseName'),
			'additionalFields.timezone': record('additionalFields.timeZone'),
			'additionalFields.website': same('additionalFields.website'),
		},
		lists: {
			'addressesUi.addressesValues': list('additionalFields', address, {
				slots: { by: 'field', to: { BILLING: 'billingAddress', SHIPPING: 'shippingAddress', OTHER: 'otherAddress' } },
			}),
			'emailsUi.emailsValues': list(
				'additionalFields',
				{ email: same('email') },
				{
					main: { by: 'field', is: 'EMAIL1', field: 'email', to: 'email', orFirst: true },
					slots: { by: 'field', to: { EMAIL2: 'email2', EMAIL3: 'email3' } },
				},
			),
			'faxesUi.faxesValues': list(
				'additionalFields',
				{ number: same('number') },
				{ slots: { by: 'field', to: { FAX1: 'fax1', FAX2: 'fax2' } } },
			),
			'phonesUi.phonesValues': list(
				'additionalFields',
				{ number: same('number') },
				{
					main: { by: 'field', is: 'PHONE1', field: 'number', to: 'phone' },
					slots: { by: 'field', to: { PHONE2: 'phone2', PHONE3: 'phone3', PHONE4: 'phone4', PHONE5: 'phone5' } },
				},
			),
			'socialAccountsUi.socialAccountsValues': list(
				'additionalFields.socialAccounts.entries',
				{},
				{ slots: { by: 'type', to: { Facebook: 'facebook', LinkedIn: 'linkedIn', Twitter: 'twitter' }, only: 'name' } },
			),
		},
		open: { email: 'the email address by which Keap finds the contact' },
		look: [
			'Other email addresses, phone numbers and so on that a known contact has are kept now; the older node removed them. Options > Existing List Entries > Remove does so again.',
		],
		answers: CONTACT_ANSWERS,
	},
	'contact.delete': {
		node: 'keap',
		fixed: { resource: 'contact', operation: 'delete' },
		fields: { contactId: record('contactId') },
		answers: CONTACT_ANSWERS,
	},
	'contact.get': {
		node: 'keap',
		fixed: { resource: 'contact', operation: 'get', output: 'raw' },
		fields: { contactId: record('contactId'), 'options.fields': { without: ALL_FIELDS } },
		answers: CONTACT_ANSWERS,
	},
	'contact.getAll': {
		node: 'keap',
		fixed: { resource: 'contact', operation: 'getAll', output: 'raw' },
		fields: {
			...paging,
			'options.email': same('filters.email'),
			'options.givenName': same('filters.givenName'),
			'options.familyName': same('filters.familyName'),
			'options.since': same('filters.updatedAfter'),
			'options.until': same('filters.updatedBefore'),
		},
		order: { in: 'options', columns: { date: 'create_time', email: 'email', id: 'id' } },
		answers: CONTACT_ANSWERS,
	},
	'contactNote.create': {
		node: 'keap',
		fixed: { resource: 'note', operation: 'create' },
		fields: {
			userId: record('userId'),
			contactId: record('contactId'),
			'additionalFields.body': same('text'),
			'additionalFields.title': same('title'),
			'additionalFields.type': { to: 'additionalFields.type', form: NOTE_TYPES },
		},
		open: { contactId: 'the contact that the note is about' },
		answers: NOTE_ANSWERS,
	},
	'contactNote.delete': {
		node: 'keap',
		fixed: { resource: 'note', operation: 'delete' },
		fields: { noteId: record('noteId') },
		open: { contactId: contactOfNote },
		answers: NOTE_ANSWERS,
	},
	'contactNote.get': {
		node: 'keap',
		fixed: { resource: 'note', operation: 'get', output: 'raw' },
		fields: { noteId: record('noteId') },
		open: { contactId: contactOfNote },
		answers: NOTE_ANSWERS,
	},
	'contactNote.getAll': {
		node: 'keap',
		fixed: { resource: 'note', operation: 'getAll', output: 'raw' },
		fields: { ...paging, 'filters.contactId': record('filters.contactId'), 'filters.userId': record('filters.userId') },
		answers: NOTE_ANSWERS,
	},
	'contactNote.update': {
		node: 'keap',
		fixed: { resource: 'note', operation: 'update' },
		fields: {
			noteId: record('noteId'),
			'additionalFields.body': same('updateFields.text'),
			'additionalFields.contactId': record('updateFields.newContactId'),
			'additionalFields.title': same('updateFields.title'),
			'additionalFields.type': { to: 'updateFields.type', form: NOTE_TYPES },
			'additionalFields.userId': record('userId'),
		},
		open: { contactId: contactOfNote, userId: 'the user whose note it is: Keap wants it with every update' },
		answers: NOTE_ANSWERS,
	},
	'contactTag.create': {
		node: 'keap',
		fixed: { resource: 'tag', operation: 'apply' },
		fields: { contactId: { to: 'contactIds', form: 'ids' }, tagIds: same('tagIds') },
		look: ['Apply to Contacts takes the contacts of all items in one call.'],
		answers: {},
	},
	'contactTag.delete': {
		node: 'keap',
		fixed: { resource: 'tag', operation: 'remove' },
		fields: { contactId: { to: 'contactIds', form: 'ids' }, tagIds: same('tagIds') },
		answers: {},
	},
	'contactTag.getAll': {
		node: 'keap',
		fixed: { resource: 'tag', operation: 'getForContact', output: 'raw' },
		fields: { ...paging, contactId: record('contactId') },
		answers: { tag: 'the tag itself: id, name', date_applied: 'applied_time' },
	},
	'ecommerceOrder.create': {
		node: 'keapCommerce',
		fixed: { resource: 'order', operation: 'create', output: 'raw' },
		fields: {
			contactId: record('contactId'),
			orderDate: same('orderTime'),
			orderTitle: same('orderTitle'),
			orderType: { to: 'orderType', form: { offline: 'OFFLINE', online: 'ONLINE' } },
			'additionalFields.leadAffiliateId': record('affiliates.entries.leadAffiliateId'),
			'additionalFields.promoCodes': same('promoCodes'),
			'additionalFields.salesAffiliateId': record('affiliates.entries.salesAffiliateId'),
		},
		lists: {
			'addressUi.addressValues': list(
				'shippingAddress',
				{
					company: same('company'),
					countryCode: same('countryCode'),
					firstName: same('firstName'),
					middleName: same('middleName'),
					lastName: same('lastName'),
					line1: same('line1'),
					line2: same('line2'),
					locality: same('locality'),
					region: same('region'),
					zipCode: same('zipCode'),
					zipFour: same('zipFour'),
					phone: same('phone'),
				},
				{ first: true },
			),
			'orderItemsUi.orderItemsValues': list(
				'orderItems',
				{
					description: same('description'),
					price: {
						to: 'pricePerUnit',
						default: 0,
						lookAtDefault: 'is 0, which the older node sent where no price was given; empty it to take the price of the product',
					},
					'product ID': record('productId'),
					quantity: same('quantity'),
				},
				{ fixed: { itemType: 'PRODUCT' } },
			),
		},
		open: { orderItems: 'at least one item: Keap makes no order without' },
		answers: ORDER_ANSWERS,
	},
	'ecommerceOrder.delete': {
		node: 'keapCommerce',
		fixed: { resource: 'order', operation: 'delete' },
		fields: { orderId: record('orderId') },
		answers: ORDER_ANSWERS,
	},
	'ecommerceOrder.get': {
		node: 'keapCommerce',
		fixed: { resource: 'order', operation: 'get', output: 'raw' },
		fields: { orderId: record('orderId') },
		answers: ORDER_ANSWERS,
	},
	'ecommerceOrder.getAll': {
		node: 'keapCommerce',
		fixed: { resource: 'order', operation: 'getAll', output: 'raw' },
		fields: {
			...paging,
			'options.since': same('filters.createdAfter'),
			'options.until': same('filters.createdBefore'),
			'options.paid': same('filters.paid'),
			'options.contactId': record('filters.contactId'),
			'options.productId': record('filters.productId'),
		},
		order: { in: 'options', columns: { order_date: 'order_time', update_date: 'modification_time', id: 'id' } },
		answers: ORDER_ANSWERS,
	},
	'ecommerceProduct.create': {
		node: 'keapProducts',
		fixed: { resource: 'product', operation: 'create' },
		fields: {
			productName: same('name'),
			'additionalFields.active': same('settings.active'),
			'additionalFields.productDesc': same('additionalFields.description'),
			'additionalFields.productPrice': same('price'),
			'additionalFields.productShortDesc': same('shortDescription'),
			'additionalFields.sku': same('additionalFields.sku'),
			'additionalFields.subscriptionOnly': same('settings.subscriptionOnly'),
		},
		open: { price: 'what it costs, 0 included', shortDescription: 'a line about the product' },
		answers: {},
	},
	'ecommerceProduct.delete': {
		node: 'keapProducts',
		fixed: { resource: 'product', operation: 'delete' },
		fields: { productId: record('productId') },
		answers: {},
	},
	'ecommerceProduct.get': {
		node: 'keapProducts',
		fixed: { resource: 'product', operation: 'get', output: 'raw' },
		fields: { productId: record('productId') },
		answers: {},
	},
	'ecommerceProduct.getAll': {
		node: 'keapProducts',
		fixed: { resource: 'product', operation: 'getAll', output: 'raw' },
		fields: { ...paging, 'filters.active': { without: 'Keap no longer filters by it: use a Filter node behind' } },
		answers: {},
	},
	'email.createRecord': {
		node: 'keap',
		fixed: { resource: 'email', operation: 'create' },
		fields: {
			sentToAddress: same('sentToAddress'),
			sentFromAddress: same('additionalFields.sentFromAddress'),
			'additionalFields.clickedDate': same('additionalFields.clickedTime'),
			'additionalFields.contactId': record('additionalFields.contactId'),
			'additionalFields.headers': same('additionalFields.headers'),
			'additionalFields.htmlContent': { to: 'additionalFields.htmlContent', form: 'text' },
			'additionalFields.openedDate': same('additionalFields.openedTime'),
			'additionalFields.originalProvider': same('additionalFields.originalProvider'),
			'additionalFields.originalProviderId': same('additionalFields.originalProviderId'),
			'additionalFields.plainContent': { to: 'additionalFields.plainContent', form: 'text' },
			'additionalFields.providerSourceId': same('additionalFields.providerSourceId'),
			'additionalFields.receivedDate': same('additionalFields.receivedTime'),
			'additionalFields.sentDate': same('additionalFields.sentTime'),
			'additionalFields.sentFromReplyAddress': same('additionalFields.sentFromReplyAddress'),
			'additionalFields.sentToBccAddresses': same('additionalFields.bccAddresses'),
			'additionalFields.sentToCCAddresses': same('additionalFields.ccAddresses'),
			'additionalFields.subject': same('subject'),
		},
		open: { subject: 'the subject of the email' },
		answers: EMAIL_ANSWERS,
	},
	'email.getAll': {
		node: 'keap',
		fixed: { resource: 'email', operation: 'getAll', output: 'raw' },
		fields: {
			...paging,
			'filters.contactId': record('filters.contactId'),
			'filters.email': same('filters.email'),
			'filters.sinceSentDate': {
				to: 'filters.createdAfter',
				look: 'Keap compares with the time the record was made now, not with that of sending',
			},
			'filters.untilSentDate': {
				to: 'filters.createdBefore',
				look: 'Keap compares with the time the record was made now, not with that of sending',
			},
		},
		answers: EMAIL_ANSWERS,
	},
	'email.send': {
		node: 'keap',
		fixed: { resource: 'email', operation: 'send' },
		fields: {
			userId: record('userId'),
			contactIds: { to: 'contactIds', form: 'ids' },
			subject: same('subject'),
			'additionalFields.addressField': same('additionalFields.addressField'),
			'additionalFields.htmlContent': { to: 'htmlContent', form: 'text' },
			'additionalFields.plainContent': { to: 'additionalFields.plainContent', form: 'text' },
		},
		open: {
			contactIds: 'the contacts who get it',
			htmlContent: 'the email itself, as HTML',
			subject: 'the subject of the email',
			userId: 'the user who sends it',
		},
		answers: EMAIL_ANSWERS,
	},
	'file.delete': {
		node: 'keap',
		fixed: { resource: 'file', operation: 'delete' },
		fields: { fileId: record('fileId') },
		answers: FILE_ANSWERS,
	},
	'file.getAll': {
		node: 'keap',
		fixed: { resource: 'file', operation: 'getAll' },
		fields: {
			...paging,
			'filters.contactId': record('filters.contactId'),
			'filters.name': same('filters.fileName'),
			'filters.permission': { without: "version 2 of Keap's API has no such filter: use a Filter node behind" },
			'filters.type': {
				to: 'filters.fileBoxType',
				form: {
					application: 'APPLICATION',
					attachment: 'ATTACHMENT',
					contact: 'CONTACT',
					digitalProduct: 'DIGITAL_PRODUCT',
					fax: 'FAX',
					funnel: 'FUNNEL',
					hidden: 'HIDDEN',
					image: 'IMAGE',
					import: 'IMPORT',
					logoThumnail: 'LOGO_THUMBNAIL',
					reSampledImage: 'RESAMPLED_IMAGE',
					styleCart: 'STYLED_CART',
				},
			},
			'filters.viewable': { to: 'filters.isPublic', form: 'isPublic' },
		},
		answers: FILE_ANSWERS,
	},
	'file.upload': {
		node: 'keap',
		fixed: { resource: 'file', operation: 'upload' },
		fields: {
			binaryPropertyName: same('binaryPropertyName'),
			fileAssociation: { to: 'fileAssociation', form: { company: 'COMPANY', contact: 'CONTACT', user: 'USER' } },
			contactId: record('contactId'),
			fileName: same('additionalFields.fileName'),
			fileData: { without: 'make a file of it first, with the node Convert to File, and name its field in Input Binary Field' },
			isPublic: { to: 'additionalFields.isPublic', default: false },
			binaryData: { without: '' },
		},
		answers: FILE_ANSWERS,
	},
	trigger: {
		node: 'keapTrigger',
		fixed: { items: 'records', fetchRecord: false, filters: {}, options: {} },
		fields: { eventId: same('events') },
		answers: { eventKey: 'event_key', objectType: 'object_type' },
	},
};
