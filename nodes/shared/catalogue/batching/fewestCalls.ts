/** Two records that are to be brought together, such as a tag and a contact. */
export interface Pair {
	readonly row: string;
	readonly column: string;
}

/** Every pair in one of two forms of a call: a row with many columns, or a column with many rows. */
export interface Plan {
	readonly byRow: ReadonlyMap<string, readonly string[]>;
	readonly byColumn: ReadonlyMap<string, readonly string[]>;
}

type Edges = ReadonlyMap<string, ReadonlySet<string>>;

function edgesOf(pairs: readonly Pair[], from: keyof Pair, to: keyof Pair): Map<string, Set<string>> {
	const edges = new Map<string, Set<string>>();
	for (const pair of pairs) edges.set(pair[from], (edges.get(pair[from]) ?? new Set()).add(pair[to]));
	return edges;
}

/**
 * Shares pairs out between the two forms so that the calls are fewest. Each pair needs its row's call or its column's, which makes
 * it a minimum weighted vertex cover of a bipartite graph: by Kőnig's theorem the minimum cut of a network with the calls of each
 * row and column as capacities. Where both ways take as many, rows are preferred.
 *
 * @param ofRow how many columns one call of a row takes
 * @param ofColumn how many rows one call of a column takes
 */
export function fewestCalls(pairs: readonly Pair[], ofRow: number, ofColumn: number): Plan {
	const rows = edgesOf(pairs, 'row', 'column');
	const columns = edgesOf(pairs, 'column', 'row');
	const reached = new Network(rows, columns, ofRow, ofColumn).reachedAtMaximumFlow();
	const byRow = new Map<string, string[]>();
	const byColumn = new Map<string, string[]>();
	for (const [row, ofThis] of rows) {
		if (!reached.rows.has(row)) byRow.set(row, [...ofThis]);
		else for (const column of ofThis) byColumn.set(column, [...(byColumn.get(column) ?? []), row]);
	}
	return { byRow, byColumn };
}

/** Edmonds and Karp's maximum flow from the rows to the columns; between a row and a column it is not bounded. */
class Network {
	private readonly rowsLeft: Map<string, number>;
	private readonly columnsLeft: Map<string, number>;
	/** By column: what flows to it from each row. */
	private readonly flow = new Map<string, Map<string, number>>();

	constructor(
		private readonly rows: Edges,
		columns: Edges,
		ofRow: number,
		ofColumn: number,
	) {
		const calls = (edges: Edges, most: number): Map<string, number> =>
			new Map([...edges].map(([name, others]) => [name, Math.ceil(others.size / most)]));
		this.rowsLeft = calls(rows, ofRow);
		this.columnsLeft = calls(columns, ofColumn);
	}

	/** What can still be reached from the source once nothing more can flow. */
	reachedAtMaximumFlow(): { readonly rows: ReadonlySet<string> } {
		for (;;) {
			const { rows, end, cameFrom } = this.search();
			if (end === undefined) return { rows };
			this.augment(end, cameFrom);
		}
	}

	/** One search by breadth; `end` is a column that takes more. */
	private search(): { rows: Set<string>; end: string | undefined; cameFrom: Steps } {
		const cameFrom: Steps = { row: new Map(), column: new Map() };
		const queue = [...this.rowsLeft].filter(([, left]) => left > 0).map(([row]) => row);
		const rows = new Set(queue);
		for (const row of queue) {
			for (const column of this.rows.get(row) ?? []) {
				if (cameFrom.column.has(column)) continue;
				cameFrom.column.set(column, row);
				if ((this.columnsLeft.get(column) ?? 0) > 0) return { rows, end: column, cameFrom };
				for (const [back, flows] of this.flow.get(column) ?? []) {
					if (flows === 0 || rows.has(back)) continue;
					rows.add(back);
					cameFrom.row.set(back, column);
					queue.push(back);
				}
			}
		}
		return { rows, end: undefined, cameFrom };
	}

	/** One more unit along the way that was found; its bounds are small whole numbers. */
	private augment(end: string, { row: viaColumn, column: viaRow }: Steps): void {
		this.columnsLeft.set(end, (this.columnsLeft.get(end) ?? 0) - 1);
		for (let column = end; ;) {
			const row = viaRow.get(column) ?? '';
			this.add(column, row, 1);
			const before = viaColumn.get(row);
			if (before === undefined) {
				this.rowsLeft.set(row, (this.rowsLeft.get(row) ?? 0) - 1);
				return;
			}
			this.add(before, row, -1);
			column = before;
		}
	}

	private add(column: string, row: string, units: number): void {
		const ofColumn = this.flow.get(column) ?? new Map<string, number>();
		this.flow.set(column, ofColumn.set(row, (ofColumn.get(row) ?? 0) + units));
	}
}

/** The way back: from a row to the column whose flow led to it, from a column to its row. */
interface Steps {
	readonly row: Map<string, string>;
	readonly column: Map<string, string>;
}
