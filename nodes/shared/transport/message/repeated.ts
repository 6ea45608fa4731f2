/** Values of one name, each sent by itself: `ids=1&ids=2`. */
export class Repeated {
	constructor(readonly values: readonly string[]) {}
}
