// Opens a project and advances it with a client made by openapi-typescript and openapi-fetch: node project.js ADDRESS TOKEN
import { randomUUID } from "node:crypto";
import createClient from "openapi-fetch";
import type { paths } from "./made/schema.js";

const [, , address, token] = process.argv;
const api = createClient<paths>({ baseUrl: address, headers: { Authorization: `Bearer ${token}` } });

// got is what was answered, or an error that says what was refused.
function got<T>(answer: { data?: T; error?: unknown; response: Response }): T {
  if (answer.data === undefined) throw new Error(`${answer.response.status} ${answer.response.url}: ${JSON.stringify(answer.error)}`);
  return answer.data;
}
const once = () => ({ header: { "Idempotency-Key": randomUUID() } });

const me = got(await api.GET("/me"));
const firm = got(await api.GET("/enterprises", { params: { query: { q: "丰禾汽车部件" } } })).items[0];
const asked = {
  title: `TypeScript 客户端 ${Date.now()}`, enterprise_id: firm.id, entry_stage: "lead" as const,
  facts: { sector: "ev_parts" as const, site_mode: "existing_land" as const, investment: "120000000.00" },
};
const known = await api.POST("/projects", { params: once(), body: asked });
if (known.error?.code !== "may_be_known") throw new Error(`the enterprise negotiates about another one: ${JSON.stringify(known.data ?? known.error)}`);
const opened = got(await api.POST("/projects", { params: once(), body: { ...asked, all_the_same: "另一条生产线，选址不同" } }));
const id = opened.standing.case_id;
const early = await api.POST("/projects/{id}/advance", { params: { path: { id }, ...once() }, body: { from: "lead" } });
if (early.error?.code !== "gate_incomplete") throw new Error(`the gate let a project pass: ${JSON.stringify(early.data ?? early.error)}`);
got(await api.POST("/projects/{id}/contact", { params: { path: { id }, header: { "Idempotency-Key": randomUUID(), "Occurred-At": opened.event.occurred_at } }, body: { way: "visit", said: "看过对方车间" } }));
got(await api.POST("/projects/{id}/introduce", { params: { path: { id }, ...once() }, body: { unit: "园区招商科", share: 100 } }));
const advanced = got(await api.POST("/projects/{id}/advance", { params: { path: { id }, ...once() }, body: { from: "lead" } }));
if (advanced.standing.stage !== "negotiation") throw new Error(`it stands in ${advanced.standing.stage}`);
const project = got(await api.GET("/projects/{id}", { params: { path: { id } } }));
const history = got(await api.GET("/cases/{id}/history", { params: { path: { id } } }));
if (history.events.length !== 4 || project.number === "") throw new Error(`its history has ${history.events.length} events`);
console.log(`TypeScript: ${me.actor.name} opened ${project.number} and advanced it to ${advanced.standing.stage}`);
