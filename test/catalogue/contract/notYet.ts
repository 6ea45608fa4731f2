/** Operations of the coverage list that no row offers yet, by the beginning of their path, under the node that they will come to. */
export const NOT_YET: Readonly<Record<string, readonly string[]>> = {
	Keap: [],
	KeapCommerce: [],
	KeapMarketing: [],
	KeapAdmin: [],
};
