/** @param resetsAt milliseconds since 1970 */
export function dailyQuotaAdvice(resetsAt: number): { message: string; description: string } {
	return {
		message: `The daily quota of the Keap key is used up. It is whole again at ${new Date(resetsAt).toISOString()} (00:00 UTC)`,
		description:
			'This request was not carried out. Run it again after that time, or set "When the Daily Quota Is Used Up" in the Keap credential to wait.',
	};
}
