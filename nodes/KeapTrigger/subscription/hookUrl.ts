/** The address of one event's hook. It names the event, for calls of Keap that name none. */
export function hookUrlOf(webhookUrl: string, eventKey: string, token: string): string {
	const url = new URL(webhookUrl);
	url.searchParams.set('event', eventKey);
	url.searchParams.set('token', token);
	return url.href;
}

/** Whether a hook's address is at the webhook of this node, whatever event and token it names. */
export function isAtWebhook(webhookUrl: string, hookUrl: string): boolean {
	if (!URL.canParse(hookUrl)) return false;
	const [here, there] = [new URL(webhookUrl), new URL(hookUrl)];
	return here.origin === there.origin && here.pathname === there.pathname;
}

/** Whether it is the address of one event's hook with this token, however Keap writes it. */
export function isHookUrl(hookUrl: string, webhookUrl: string, eventKey: string, token: string): boolean {
	if (!isAtWebhook(webhookUrl, hookUrl)) return false;
	const { searchParams } = new URL(hookUrl);
	return searchParams.get('event') === eventKey && searchParams.get('token') === token;
}
