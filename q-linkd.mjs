import { DuckDBInstance } from '@duckdb/node-api';
const i = await DuckDBInstance.create(':memory:', { threads: '2', memory_limit: '3GB' }); const c = await i.connect();
for (const s of process.argv.slice(2)) { const t = process.cpuUsage(); const r = await c.runAndReadAll(s); const u = process.cpuUsage(t); console.log(((u.user+u.system)/1e6).toFixed(2)+'s', JSON.stringify(r.getRowObjectsJson().slice(0,20))); }
