/** What of an account that sells is no record. A test may change it freely. */
export class CommerceState {
	/** How the next charges of cards end, in their order; `APPROVED` when there is none left. Anything else is no success, though its status is 201. */
	chargeVerdicts: string[] = [];
	/** The merchant account that charges where none is named. */
	defaultMerchant = '';
	/** What `:achieve` of a WordPress option answers, with the same status either way. */
	goalsAchieved = true;

	reset(): void {
		this.chargeVerdicts = [];
		this.defaultMerchant = '';
		this.goalsAchieved = true;
	}
}
