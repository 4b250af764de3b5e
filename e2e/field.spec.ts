import { createHash } from "node:crypto";
import { expect, type BrowserContext, type Page } from "@playwright/test";
import { test } from "./program";
import { check, enter, portrait } from "./steps";

test.use({ zone: "field" });

/** A picture with a script where cameras write who took it, under a name that is one too. */
async function crafted(page: Page) {
  const { buffer } = await portrait(page), text = "<script>window.ran=1</script>\0", tiff = Buffer.alloc(26 + text.length);
  tiff.write("II*\0", 0, "latin1"); tiff.writeUInt32LE(8, 4);
  tiff.writeUInt16LE(1, 8); tiff.writeUInt16LE(0x010e, 10); tiff.writeUInt16LE(2, 12); tiff.writeUInt32LE(text.length, 14); tiff.writeUInt32LE(26, 18);
  tiff.write(text, 26, "latin1");
  const head = Buffer.from([0xff, 0xe1, 0, 0]), exif = Buffer.concat([Buffer.from("Exif\0\0", "latin1"), tiff]);
  head.writeUInt16BE(exif.length + 2, 2);
  return { name: `"><img src=x onerror=window.ran=1>.jpg`, mimeType: "image/jpeg", buffer: Buffer.concat([buffer.subarray(0, 2), head, exif, buffer.subarray(2)]) };
}

const drafts = (page: Page, state?: string) => page.locator(`.pw-draft${state ? `[data-state=${state}]` : ""}`);
const camera = (page: Page, phase = "before") => page.locator(`[data-shots=${phase}] input[multiple]`);

/** Opens the page and waits until it can be written into and is kept on the device. */
async function field(page: Page, address = "/field") {
  await page.goto(address);
  await expect(page.locator("#field[data-ready]")).toBeVisible();
}

/** Waits until the device keeps the page. */
async function kept(page: Page) {
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
  await expect.poll(() => page.evaluate(() => navigator.serviceWorker.controller !== null)).toBe(true);
}

async function pick(page: Page, label: string, typed: string, name: string) {
  await page.getByLabel(label, { exact: true }).and(page.locator("input, textarea")).fill(typed);
  await page.getByRole("option", { name }).first().click();
}

/** Writes a hazard; what was taken over from the one before stays. */
async function write(page: Page, what: string, place = "3# 车间") {
  if ((await page.getByRole("combobox", { name: "企业", exact: true }).inputValue()) === "") await pick(page, "企业", "fhqc", "丰禾汽车部件");
  await page.getByRole("combobox", { name: "部位" }).fill(place);
  await page.getByLabel("问题", { exact: true }).fill(what);
  const second = page.getByRole("combobox", { name: "同检人员" }); // of a paper; nobody else is asked for on the spot
  if ((await second.isVisible()) && (await second.inputValue()) === "") await pick(page, "同检人员", "dws", "丁文笙");
}

const send = (page: Page) => page.locator("#field-send").click();

/** How many hazards the program has whose words are these. */
async function recorded(page: Page, words: string) {
  const answer = await page.request.get(`/api/v1/hazards?q=${encodeURIComponent(words)}`);
  expect(answer.ok()).toBe(true);
  return ((await answer.json()).items as { id: string; number: string; title: string }[]).filter((h) => h.title.startsWith(words));
}

test("a hazard is recorded in a minute: pictures first, words by initials, a number and its paper", async ({ page }, info) => {
  await enter(page, "mengqinglan");
  await field(page);
  expect(await page.locator("#field-form [required]").count(), "compulsory fields").toBeLessThanOrEqual(5);
  const shot = await portrait(page);
  await camera(page).setInputFiles([shot]);
  await expect(page.locator("[data-shots=before] img")).toHaveCount(1);
  await send(page);
  await expect(page.locator("#field-enterprise-wrong")).toContainText("请从列表中选择企业");
  await expect(page.getByRole("combobox", { name: "企业", exact: true })).toBeFocused();
  await pick(page, "企业", "fhqc", "丰禾汽车部件");
  await page.getByRole("combobox", { name: "部位" }).fill("成品仓库");
  await pick(page, "问题", "mhqgq", "灭火器过期或压力不足");
  await expect(page.getByLabel("问题", { exact: true })).toHaveValue(/灭火器压力不足/);
  await expect(page.locator("[data-taken]")).toContainText("已从隐患库带出：灭火器过期或压力不足");
  await pick(page, "同检人员", "dws", "丁文笙");
  await check(page);
  await page.screenshot({ path: `stories/pictures/field-${info.project.name}.png`, fullPage: true });
  await send(page);
  await expect(drafts(page, "sent")).toContainText("已登记 YH-2024-");
  await expect(drafts(page, "sent")).toContainText("限期整改意见书已下达");
  await expect(page.getByRole("combobox", { name: "企业", exact: true })).toHaveValue("丰禾汽车部件"); // the next one is there too
  await check(page);
  await page.getByRole("link", { name: /^打开 YH-/ }).click();
  await expect(page.getByText("消防法第十六条第一款第二项").first()).toBeVisible();
  await expect(page.getByText(/手机时间 .*（手机所报），系统收到 2024-11-18/)).toBeVisible();
  await expect(page.getByText(/手机时间与收到时间相差 \d+ 天/)).toBeVisible(); // the demo's clock is years behind the device's
  const id = page.url().split("/").pop();
  const { attachments, found_on } = await (await page.request.get(`/api/v1/hazards/${id}`)).json();
  expect(attachments[0].sha256, "the file as the camera wrote it").toBe(createHash("sha256").update(shot.buffer).digest("hex"));
  expect(found_on).toBe("2024-11-18");
});

test("what is removed on the spot is closed with its picture; 200 pictures are limited in words", async ({ page }) => {
  await enter(page, "mengqinglan");
  await field(page);
  const one = await portrait(page), many = Array.from({ length: 200 }, (_, i) => ({ name: `${i}.png`, mimeType: "image/png", buffer: Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64") }));
  await camera(page).setInputFiles(many);
  await expect(page.locator("[data-shots=before] .pw-wrong")).toContainText("一条隐患最多 50 张照片：收下了前面的，后面 150 张没有收下");
  await expect(page.locator("[data-shots=before] img")).toHaveCount(50);
  await page.locator(".pw-segments label", { hasText: "当场整改" }).click();
  await write(page, "通道堆放周转箱");
  await page.getByLabel("怎么整改的").fill("已当场清理。");
  await send(page);
  await expect(page.locator("[data-shots=after] .pw-wrong")).toContainText("请拍整改后的照片");
  await page.getByRole("button", { name: "移除照片 49.png" }).click();
  await expect(page.locator("[data-shots=before] img")).toHaveCount(49);
  await camera(page, "after").setInputFiles([one]);
  await expect(page.locator("[data-shots=after] img")).toHaveCount(1);
  await send(page);
  await expect(drafts(page, "sent").first()).toContainText("当场整改，已销号");
});

test("a day without a network loses nothing, and every draft says where it stands", async ({ page, context }, info) => {
  test.slow();
  await enter(page, "mengqinglan");
  await field(page);
  await kept(page);
  await context.setOffline(true);
  await page.reload();
  await expect(page.locator("#field[data-ready]")).toBeVisible();
  await expect(page.locator("#field-net")).toContainText("没有网络");
  await expect(page.locator("#field-send")).toHaveText("联网后提交");
  const shot = await portrait(page), words = ["离线一", "离线二", "离线三"];
  for (const what of words) {
    await camera(page).setInputFiles([shot]);
    await expect(page.locator("[data-shots=before] img")).toHaveCount(1);
    await write(page, what);
    await send(page);
    await expect(drafts(page, "waiting").filter({ hasText: what })).toContainText("没有网络，联网后自动发送");
  }
  await camera(page).setInputFiles([shot]);
  await page.getByLabel("问题", { exact: true }).fill("写到一半的离线四");
  await expect(drafts(page, "open")).toContainText("写到一半");
  await page.reload();
  await expect(page.getByLabel("问题", { exact: true })).toHaveValue("写到一半的离线四"); // and its picture
  await expect(page.locator("[data-shots=before] img")).toHaveCount(1);
  await expect(drafts(page, "waiting")).toHaveCount(3);
  await check(page);
  await page.screenshot({ path: `stories/pictures/field-offline-${info.project.name}.png`, fullPage: true });
  await expect(page.goto("/hazards"), "no other page is kept").rejects.toThrow();
  await context.setOffline(false);
  await field(page);
  await expect(drafts(page, "sent")).toHaveCount(3);
  for (const what of words) expect(await recorded(page, what), what).toHaveLength(1);
  await expect(drafts(page, "open")).toHaveCount(1);
});

test("a hazard that is written without a network is addressed to landlord and tenant, once, when the network is back", async ({ page, context }, info) => {
  test.slow();
  const what = "离线下达给两家";
  await enter(page, "mengqinglan");
  await field(page);
  await kept(page);
  await context.setOffline(true);
  await page.reload();
  await expect(page.locator("#field-net")).toContainText("没有网络");
  await pick(page, "企业", "松石光伏", "松石光伏");
  await pick(page, "同时下达给（厂中厂）", "同光", "同光包装");
  await pick(page, "同时下达给（厂中厂）", "盈川", "盈川家居");
  await write(page, what, "2 号厂房");
  await check(page);
  await page.screenshot({ path: `test-results/field-both-${info.project.name}.png`, fullPage: true });
  await send(page);
  await expect(drafts(page, "waiting").filter({ hasText: what })).toContainText("没有网络，联网后自动发送");
  await context.setOffline(false);
  await field(page);
  await expect(drafts(page, "sent")).toHaveCount(1);
  const [one, ...more] = await recorded(page, what);
  expect(more).toEqual([]);
  const hazard = await (await page.request.get(`/api/v1/hazards/${one.id}`)).json();
  expect([hazard.enterprise_name ?? hazard.enterprise, ...hazard.also.map((a: { name: string }) => a.name)].join("、")).toMatch(/同光.*盈川/);
  await page.goto(`/hazards/${one.id}`);
  await expect(page.locator(".pw-meta").first()).toContainText("同时下达");
});

test("the same hazard a second time is asked back, stays as a draft that says so, and goes with the reason", async ({ page }) => {
  const what = "同一处写了两次";
  await enter(page, "mengqinglan");
  await field(page);
  for (const sent of [1, 2]) {
    await write(page, what, "5# 车间");
    await send(page);
    await expect(drafts(page, sent === 1 ? "sent" : "refused").filter({ hasText: what })).toHaveCount(1);
  }
  const draft = drafts(page, "refused").filter({ hasText: what });
  await expect(draft).toContainText("YH-");
  await draft.getByRole("button", { name: "修改" }).click();
  await expect(page.getByLabel("说明", { exact: true })).toBeVisible();
  await page.getByLabel("说明", { exact: true }).fill("另一台设备");
  await check(page);
  await send(page);
  await expect(drafts(page, "sent").filter({ hasText: what })).toHaveCount(2);
  expect(await recorded(page, what)).toHaveLength(2);
});

test("an upload that breaks off in the middle is repeated, and makes one hazard", async ({ page }) => {
  await enter(page, "mengqinglan");
  await field(page);
  const shot = await portrait(page);
  let n = 0;
  await page.route("**/api/v1/uploads", (route) => (n++ === 1 ? route.abort("connectionreset") : route.continue()));
  await camera(page).setInputFiles([shot, { ...shot, name: "二.jpg" }, { ...shot, name: "三.jpg" }]);
  await write(page, "上传中断");
  await send(page);
  await expect(drafts(page, "waiting")).toContainText("联网后自动发送");
  await page.reload(); // the program was closed in the pocket
  await expect(drafts(page, "sent")).toHaveCount(1);
  expect(n, "what had come through was not sent again").toBe(4);
  const [one, ...more] = await recorded(page, "上传中断");
  expect(more).toEqual([]);
  expect((await (await page.request.get(`/api/v1/hazards/${one.id}`)).json()).attachments).toHaveLength(3);

  // The answer is lost, not the hazard.
  await page.route("**/api/v1/hazards", async (route) => { await route.fetch(); await route.abort("connectionreset"); }, { times: 1 });
  await write(page, "回执丢失");
  await send(page);
  await expect(drafts(page, "waiting")).toHaveCount(1);
  await drafts(page, "waiting").getByRole("button", { name: "现在发送" }).click();
  await expect(drafts(page, "sent")).toHaveCount(2);
  expect(await recorded(page, "回执丢失")).toHaveLength(1);
});

test("what is changed after an answer was lost makes no second hazard and no second paper, and loses no picture", async ({ page }, info) => {
  await enter(page, "mengqinglan");
  await field(page);
  await page.route("**/issue-notice", async (route) => { await route.fetch(); await route.abort("connectionreset"); }, { times: 1 });
  await write(page, "文书回执丢失");
  await send(page);
  await expect(drafts(page, "waiting")).toHaveCount(1);
  await drafts(page, "waiting").getByRole("button", { name: "修改" }).click();
  await expect(page.locator("[data-fixed]")).toContainText("隐患已登记为 YH-");
  await expect(page.getByLabel("问题", { exact: true })).toBeDisabled(); // its own page puts it right
  const due = page.locator("#field-due_on"), first = await due.inputValue();
  await due.fill("2024-12-20");
  await camera(page).setInputFiles([await portrait(page)]);
  await expect(page.locator("[data-shots=before] img")).toHaveCount(1);
  await check(page);
  await page.screenshot({ path: `stories/pictures/field-on-file-${info.project.name}.png`, fullPage: true });
  await send(page);
  await expect(drafts(page, "sent")).toContainText("后来加的 1 张照片已补到 YH-");
  await expect(drafts(page, "sent")).toContainText("之后改的没有发出"); // the other day
  await expect(page.getByLabel("问题", { exact: true })).toBeEnabled();
  const [one, ...more] = await recorded(page, "文书回执丢失");
  expect(more).toEqual([]);
  const h = await (await page.request.get(`/api/v1/hazards/${one.id}`)).json();
  expect(h.attachments).toHaveLength(1);
  expect(h.rounds.map((r: { due_on: string }) => r.due_on)).toEqual([first]);
});

test("a form that lay open overnight writes down the day on which it is written into", async ({ page }) => {
  await enter(page, "mengqinglan");
  await field(page);
  await write(page, "头一天");
  await send(page);
  await expect(drafts(page, "sent").filter({ hasText: "头一天" })).toHaveCount(1);
  const found = page.locator("#field-found_on"), before = await found.inputValue();
  await page.clock.setSystemTime(Date.now() + 86400_000);
  await page.getByLabel("问题", { exact: true }).fill("第二天");
  expect(Date.parse(await found.inputValue()) - Date.parse(before)).toBe(86400_000);
  await page.locator("#field-keep").click();
  const [late, early] = await Promise.all(["第二天", "头一天"].map(async (what) => ((await lies(page)) as { what: string; claimed: string }[]).find((d) => d.what === what)!));
  expect(Date.parse(late.claimed) - Date.parse(early.claimed)).toBeGreaterThan(80_000_000);
});

/** The drafts as they lie on the device, to be laid onto another one. */
const lies = (page: Page) => page.evaluate(() => new Promise<object[]>((done) => {
  indexedDB.open("parkway-field").onsuccess = (e) => { ((e.target as IDBOpenDBRequest).result.transaction("drafts").objectStore("drafts").getAll()).onsuccess = (r) => done((r.target as IDBRequest).result); };
}));
const lay = (page: Page, all: object[]) => page.evaluate((rows) => new Promise<void>((done) => {
  indexedDB.open("parkway-field").onsuccess = (e) => {
    const turn = (e.target as IDBOpenDBRequest).result.transaction("drafts", "readwrite");
    for (const row of rows) turn.objectStore("drafts").put(row);
    turn.oncomplete = () => done();
  };
}), all);

test("the same draft sent from two pages and from two phones makes one hazard", async ({ page, context, browser }) => {
  await enter(page, "mengqinglan");
  await field(page);
  await kept(page);
  const other = await context.newPage();
  await field(other);
  await context.setOffline(true);
  await write(page, "两处同时发送");
  await send(page);
  await expect(drafts(page, "waiting")).toContainText("没有网络，联网后自动发送"); // its own try has failed
  const copied = (await lies(page)).filter((d) => (d as { state: string }).state === "waiting");
  expect(copied).toHaveLength(1);
  const second: BrowserContext = await browser.newContext({ locale: "zh-CN", viewport: page.viewportSize()! });
  const phone = await second.newPage();
  await enter(phone, "mengqinglan");
  await field(phone);
  await lay(phone, copied);
  await context.setOffline(false);
  await Promise.all([field(phone), field(page), field(other)]);
  for (const one of [phone, page, other]) await expect(drafts(one, "sent").filter({ hasText: "两处同时发送" })).toHaveCount(1);
  const found = await recorded(page, "两处同时发送");
  expect(found).toHaveLength(1);
  await expect(drafts(phone, "sent")).toContainText(found[0].number);
  await expect(drafts(page, "sent")).toContainText(found[0].number);
  await second.close();
});

test("drafts outlive a session, and are nobody else's", async ({ page, context }) => {
  await enter(page, "mengqinglan");
  await field(page);
  await kept(page);
  await context.clearCookies();
  await write(page, "登录过期");
  await send(page);
  await expect(drafts(page, "waiting")).toContainText("登录已过期");
  await drafts(page, "waiting").getByRole("link", { name: "去登录" }).click();
  await page.getByLabel("账号").fill("dingwensheng");
  await page.getByLabel("密码").fill("parkway-demo");
  await page.getByRole("button", { name: "登录" }).click();
  await expect(page.locator("#field[data-ready]")).toBeVisible();
  await expect(drafts(page)).toHaveCount(0); // neither seen nor sent
  await expect(page.getByText("本机没有草稿")).toBeVisible();
  expect(await recorded(page, "登录过期")).toEqual([]);

  // Their writer sends them; and a page that is still open sends nothing under somebody else's name.
  await enter(page, "mengqinglan");
  await field(page);
  await expect(drafts(page, "sent")).toHaveCount(1);
  expect(await recorded(page, "登录过期")).toHaveLength(1);
  await context.setOffline(true);
  await write(page, "换了人");
  await send(page);
  await expect(drafts(page, "waiting")).toHaveCount(1);
  await enter(page, "dingwensheng");
  await context.setOffline(false);
  await expect(page.getByText("本机没有草稿")).toBeVisible();
  expect(await recorded(page, "换了人")).toEqual([]);
  await enter(page, "mengqinglan");
  await page.goto("/");
  await expect(page.getByRole("link", { name: "本机还有 1 条隐患没有发出" })).toBeVisible();
  await page.getByRole("link", { name: "本机还有 1 条隐患没有发出" }).click();
  await expect(drafts(page, "sent")).toHaveCount(2);
  await context.setOffline(true);
  await page.reload();
  await expect(drafts(page, "sent")).toHaveCount(2); // whoever was last here
  await context.setOffline(false);
  await page.goto("/account");
  await page.locator("main").getByRole("button", { name: "退出登录" }).click();
  await expect(page).toHaveURL(/sign-in/);
  await context.setOffline(true);
  await page.goto("/field");
  await expect(page.locator("#field-net")).toContainText("请先联网登录一次");
  await expect(page.locator("#field")).toBeHidden();
});

test("a picture with a script in it is a picture", async ({ page }) => {
  await enter(page, "mengqinglan");
  await field(page);
  const bad = await crafted(page);
  await camera(page).setInputFiles([bad, { name: "图.svg", mimeType: "image/svg+xml", buffer: Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg"><script>window.ran=1</script></svg>`) }]);
  await expect(page.locator("[data-shots=before] .pw-wrong")).toContainText("图.svg 不是照片");
  await write(page, `<img src=x onerror=window.ran=1> 照片里有脚本`);
  await send(page);
  await expect(drafts(page, "sent").first()).toContainText("照片里有脚本");
  await page.getByRole("link", { name: /^打开 YH-/ }).first().click();
  await expect(page.locator(".pw-photos img").first()).toBeVisible({ timeout: 30_000 });
  const id = page.url().split("/").pop();
  const { attachments } = await (await page.request.get(`/api/v1/hazards/${id}`)).json();
  expect(attachments[0].sha256).toBe(createHash("sha256").update(bad.buffer).digest("hex"));
  const original = await page.request.get(`/files/${id}/1/1`);
  expect(original.headers()["content-type"]).toBe("image/jpeg");
  expect(original.headers()["x-content-type-options"]).toBe("nosniff");
  expect(await page.evaluate(() => (window as { ran?: number }).ran)).toBeUndefined();
});

test("a clock that is turned a year on while there is no network changes no day", async ({ page, context }) => {
  await enter(page, "mengqinglan");
  await field(page);
  await kept(page);
  await context.setOffline(true);
  await page.clock.setSystemTime(Date.now() + 365 * 86400_000);
  await page.reload();
  await expect(page.locator("#field[data-ready]")).toBeVisible();
  await write(page, "时钟快了一年");
  await page.locator("#field-due_on").fill("2024-11-30");
  await send(page);
  await expect(drafts(page, "waiting")).toHaveCount(1);
  await context.setOffline(false);
  await field(page);
  await expect(drafts(page, "sent").filter({ hasText: "时钟快了一年" })).toHaveCount(1);
  const [one] = await recorded(page, "时钟快了一年");
  const h = await (await page.request.get(`/api/v1/hazards/${one.id}`)).json();
  expect(h.found_on).toBe("2024-11-18");
  expect(h.noted.at.slice(0, 4), "as claimed").toBe(String(new Date(Date.now() + 365 * 86400_000).getFullYear()));
});

test("a code leads to the page with enterprise and place chosen, and is printed", async ({ page, browser }, info) => {
  await enter(page, "admin");
  const { items } = await (await page.request.get("/api/v1/enterprises?q=" + encodeURIComponent("三虎机械"))).json();
  const made = await page.request.post("/api/v1/registers/buildings", { headers: { "Idempotency-Key": "b" }, data: { enterprise_id: items[0].id, name: "二号装配车间", purpose: "", area: "", floors: 0, note: "" } });
  expect(made.ok(), await made.text()).toBe(true);
  await enter(page, "mengqinglan");
  await page.goto(`/enterprises/${items[0].id}`);
  await page.getByRole("link", { name: "现场二维码" }).click();
  await expect(page.getByText("二号装配车间")).toBeVisible();
  await check(page);
  await page.screenshot({ path: `stories/pictures/field-codes-${info.project.name}.png`, fullPage: true });
  const place = (await (await page.request.get("/api/v1/field-kit")).json()).places.find((p: { name: string }) => p.name === "二号装配车间").id;
  await field(page, `/field?enterprise=${items[0].id}&place=${place}`);
  await expect(page.getByRole("combobox", { name: "企业", exact: true })).toHaveValue("三虎机械");
  await expect(page.getByRole("combobox", { name: "部位" })).toHaveValue("二号装配车间");

  const plain = await browser.newContext({ javaScriptEnabled: false, storageState: await page.context().storageState(), locale: "zh-CN" });
  const still = await plain.newPage();
  await still.goto("/field");
  await still.getByRole("link", { name: "请用普通的隐患登记表" }).click();
  await expect(still.getByRole("button", { name: "登记隐患" }).last()).toBeVisible();
  await plain.close();
});

test("the way there is on the phone's menu of who may, and of nobody else", async ({ page }) => {
  await enter(page, "mengqinglan");
  await page.goto("/record");
  await page.locator("main").getByRole("link", { name: "现场登记" }).click();
  await expect(page.locator("#field[data-ready]")).toBeVisible();
  await enter(page, "qiye");
  expect((await page.goto("/field"))!.status()).toBe(403);
  await page.goto("/menu");
  await expect(page.getByRole("link", { name: "现场登记" })).toHaveCount(0);
});
