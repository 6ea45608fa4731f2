import type { Way } from '../work';
import { httpRequestNode, ours } from './engine';
import { bareLoop, bottleneckReadme, builtInPattern } from './plain';

/** The ways that are compared. */
export const WAYS: Record<string, { title: string; way: Way }> = {
	ours: { title: 'this package', way: ours },
	http: { title: 'HTTP Request node, 1 per 500 ms', way: httpRequestNode },
	builtIn: { title: 'built-in Keap node’s pattern', way: builtInPattern },
	bottleneck: { title: 'Bottleneck as in its README', way: bottleneckReadme },
	loop: { title: 'bare loop', way: bareLoop },
};
