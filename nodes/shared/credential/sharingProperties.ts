import type { INodeProperties } from 'n8n-workflow';

const WHEN_NAMED = { show: { shareQuota: ['redis'] } };
const WHEN_SINGLE = { show: { shareQuota: ['redis'], redisType: ['single'] } };
const WHEN_NODES = { show: { shareQuota: ['redis'], redisType: ['sentinel', 'cluster'] } };
const WHEN_SENTINEL = { show: { shareQuota: ['redis'], redisType: ['sentinel'] } };
const WHEN_DATABASE = { show: { shareQuota: ['redis'], redisType: ['single', 'sentinel'] } };
const WHEN_TLS = { show: { shareQuota: ['redis'], redisTls: [true] } };

/** The fields of the credential that share the quota between processes; `parseSharing` reads them. */
export const sharingProperties: INodeProperties[] = [
	{
		displayName: 'Share Quota',
		name: 'shareQuota',
		type: 'options',
		options: [
			{
				name: 'Automatic',
				value: 'automatic',
				description: "In queue mode, through the Redis of n8n's own queue. A single n8n process shares nothing and needs no Redis.",
			},
			{ name: 'Redis Named Here', value: 'redis', description: 'Through the Redis that the fields below name' },
			{ name: 'Off', value: 'off', description: 'Each n8n process believes the whole quota its own' },
		],
		default: 'automatic',
		description:
			'Whether several n8n processes that use this key (queue mode: main and workers) keep together inside one quota, through Redis. Nothing secret is stored there.',
	},
	{
		displayName: 'Redis Type',
		name: 'redisType',
		type: 'options',
		options: [
			{ name: 'Cluster', value: 'cluster' },
			{ name: 'Sentinel', value: 'sentinel', description: 'Replicas behind sentinels, which name the primary' },
			{ name: 'Single Server', value: 'single' },
		],
		default: 'single',
		description: 'Redis 6 or later, or Valkey, that all n8n processes reach',
		displayOptions: WHEN_NAMED,
	},
	{
		displayName: 'Redis Host',
		name: 'redisHost',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'redis.example.com',
		description: 'Host name or IP address of the Redis. Not a URL.',
		displayOptions: WHEN_SINGLE,
	},
	{
		displayName: 'Redis Port',
		name: 'redisPort',
		type: 'number',
		default: 6379,
		description: 'The port of the Redis',
		displayOptions: WHEN_SINGLE,
	},
	{
		displayName: 'Redis Nodes',
		name: 'redisNodes',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'redis-1.example.com:6379, redis-2.example.com:6379',
		description: 'Some nodes of the cluster, or the sentinels, as host:port, separated by commas',
		displayOptions: WHEN_NODES,
	},
	{
		displayName: 'Sentinel Primary Name',
		name: 'redisSentinelName',
		type: 'string',
		default: 'mymaster',
		required: true,
		description: 'The name under which the sentinels watch the primary',
		displayOptions: WHEN_SENTINEL,
	},
	{
		displayName: 'Sentinel Password',
		name: 'redisSentinelPassword',
		type: 'string',
		typeOptions: { password: true },
		default: '',
		description: 'Leave empty if the sentinels ask for none',
		displayOptions: WHEN_SENTINEL,
	},
	{
		displayName: 'Redis User',
		name: 'redisUser',
		type: 'string',
		default: '',
		description: 'Leave empty for the default user',
		displayOptions: WHEN_NAMED,
	},
	{
		displayName: 'Redis Password',
		name: 'redisPassword',
		type: 'string',
		typeOptions: { password: true },
		default: '',
		description: 'Leave empty if the Redis asks for none',
		displayOptions: WHEN_NAMED,
	},
	{
		displayName: 'Redis Database',
		name: 'redisDatabase',
		type: 'number',
		default: 0,
		description: 'The number of the database within the Redis. All n8n processes need the same.',
		displayOptions: WHEN_DATABASE,
	},
	{
		displayName: 'Redis TLS',
		name: 'redisTls',
		type: 'boolean',
		default: false,
		description: 'Whether the Redis is spoken to over TLS',
		displayOptions: WHEN_NAMED,
	},
	{
		displayName: 'Redis CA Certificate',
		name: 'redisCaCertificate',
		type: 'string',
		typeOptions: { rows: 4 },
		default: '',
		description: "Certificate of a private authority, in PEM format. Leave empty if Node.js trusts the Redis' certificate.",
		displayOptions: WHEN_TLS,
	},
	{
		displayName: 'Redis Key Prefix',
		name: 'redisKeyPrefix',
		type: 'string',
		default: 'n8n-nodes-keap:',
		description: 'In front of every key in the Redis. All n8n processes need the same; what is written expires by itself.',
		displayOptions: WHEN_NAMED,
	},
];
