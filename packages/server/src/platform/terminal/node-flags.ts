/**
 * What Node is started with wherever a campaign is to run: room for 64 MB of young objects (16 without). Rows that are read live for a moment;
 * in a small room many still live when it is full, are copied, and are collected at a higher price. Node takes it on the command line only: a running
 * program cannot give it to itself. Without it everything is the same, but slower. `scripts/start.mjs` says it again; the program's first line does not, for some `env` take one word alone.
 */
export const CAMPAIGN_NODE_FLAGS: readonly string[] = ['--max-semi-space-size=64'];
