import { expect, type Page } from "@playwright/test";
import { test } from "./program";
import { build, enter, faults } from "./steps";

test.use({ zone: "axe" });

// Every page of every role's menu, the pages behind them, forms as they begin and as they are refused, and what opens over a page, at both sizes: a page
// is loaded once and looked at wide and narrow.

test.skip(({ isMobile }) => isMobile, "looks at both sizes itself");
test.use({ trace: "off" }); // it would be longer than the looking

const wide = { width: 1440, height: 900 }, narrow = { width: 390, height: 844 };
const looked = new Set<string>();

/** What is wrong with the page as it is now, wide and narrow. What is built alike was looked at for another role. */
async function wrong(page: Page, path: string, sizes = [wide, narrow]) {
  const all: string[] = [];
  for (const viewport of sizes) {
    await page.setViewportSize(viewport);
    const name = `${viewport.width} ${await build(page)}`;
    if (looked.has(name)) continue;
    looked.add(name);
    await expect(page.locator("h1")).toHaveCount(1);
    for (const fault of await faults(page)) all.push(`${path} at ${viewport.width}: ${fault}`);
    if (await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth)) all.push(`${path} at ${viewport.width} scrolls sideways`);
  }
  return all;
}

async function visit(page: Page, path: string, status = 200) {
  await page.setViewportSize(wide);
  expect((await page.goto(path))!.status(), path).toBe(status);
  return wrong(page, path);
}

const roles = ["shaojinghe", "luzhiyuan", "mengqinglan", "qiye", "zhujianju", "shenji", "baobao01", "admin"];
for (const username of roles)
  test(`axe finds nothing on the pages of ${username}'s menu`, async ({ page }) => {
    test.slow();
    await enter(page, username);
    await page.goto("/menu");
    const ways = await page.locator("main a").evaluateAll((all) => all.map((a) => a.getAttribute("href")!));
    expect(ways.length).toBeGreaterThan(8);
    const all: string[] = [];
    for (const path of ["/menu", ...ways, "/search?q=项目"]) all.push(...await visit(page, path));
    for (const list of ["/projects?view=list", "/hazards", "/hazards?tab=closed", "/plan-tasks"]) {
      await page.goto(list);
      const first = page.locator(".pw-table h3 a").first();
      if (await first.count()) all.push(...await visit(page, (await first.getAttribute("href"))!));
    }
    expect(all).toEqual([]);
  });

const nobody = "00000000-0000-0000-0000-000000000000";

test("axe finds nothing where there is nothing, where nobody may look, and where nothing is", async ({ page }) => {
  const all: string[] = [];
  await enter(page, "zhujianju");
  for (const path of ["/projects?view=list&q=没有这样的", "/hazards?q=没有这样的", "/enterprises?q=没有这样的", "/search?q=没有这样的", "/plan-tasks?tab=closed", "/?tab=watched"]) all.push(...await visit(page, path));
  for (const path of ["/users", "/channels", "/operations", "/record", "/registers/units"]) all.push(...await visit(page, path, 403));
  for (const path of [`/projects/${nobody}`, `/enterprises/${nobody}`, "/nowhere"]) all.push(...await visit(page, path, 404));
  await page.context().clearCookies();
  all.push(...await visit(page, "/sign-in"));
  await page.getByLabel("账号").fill("zhujianju");
  await page.getByLabel("密码").fill("wrong");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("alert")).toBeVisible();
  all.push(...await wrong(page, "a refused sign-in"));
  expect(all).toEqual([]);
});

/** Sends the page's form past what the browser would refuse by itself. */
async function refused(page: Page) {
  const form = page.locator("main form[method=post]").filter({ has: page.locator("[type=submit]") }).last();
  await Promise.all([page.waitForEvent("load"), form.evaluate((f: HTMLFormElement) => { f.noValidate = true; f.requestSubmit(); })]);
}

for (const [username, forms] of [
  ["luzhiyuan", [["/projects/open", ["facts.investment", "很多"]], ["/plan-tasks/record", null]]],
  ["mengqinglan", [["/hazards/record", ["occurred_on", "gestern"]]]],
  ["admin", [["/registers/people/new", ["account", "大写"]], ["/registers/units/new", null], ["/registers/units/import", null], ["/registers/people/import", null]]],
] as const)
  test(`axe finds nothing on ${username}'s forms, as they begin and as they are refused`, async ({ page }) => {
    test.slow();
    const all: string[] = [];
    await enter(page, username);
    for (const [path, typed] of forms) {
      all.push(...await visit(page, path));
      if (path.endsWith("/import")) continue;
      if (typed && await page.locator(`[name="${typed[0]}"]`).count()) await page.locator(`[name="${typed[0]}"]`).fill(typed[1]);
      await refused(page);
      await expect(page.locator("[role=alert], .pw-wrong").first()).toBeVisible();
      all.push(...await wrong(page, `${path}, refused`));
    }
    expect(all).toEqual([]);
  });

test("axe finds nothing on what can be done with a case, and on all about it", async ({ page }) => {
  test.slow();
  const all: string[] = [];
  for (const [username, list] of [["luzhiyuan", "/projects?view=list"], ["mengqinglan", "/hazards"]]) {
    await enter(page, username);
    await page.goto(list);
    const at = (await page.locator(".pw-table h3 a").first().getAttribute("href"))!;
    await page.goto(at);
    const deeds = await page.locator(".pw-head .pw-actions a[href^='/']").evaluateAll((links) => links.map((a) => a.getAttribute("href")!));
    for (const path of [`${at}/deadline`, `${at}/verification`, ...deeds]) all.push(...await visit(page, path));
    await page.goto(`${at}/comment`);
    await refused(page);
    all.push(...await wrong(page, `${at}/comment, refused`));
  }
  await page.goto("/hazards?tab=closed");
  await page.locator(".pw-table h3 a").first().click();
  const papers = await page.locator("main a[href$='/view'], main a[href*='/seals/']").evaluateAll((links) => links.map((a) => a.getAttribute("href")!));
  for (const path of papers.slice(0, 1)) all.push(...await visit(page, path));
  expect(all).toEqual([]);
});

test("axe finds nothing where something is open over the page", async ({ page, context }) => {
  test.slow();
  const all: string[] = [];
  await enter(page, "luzhiyuan");
  await page.goto("/projects?view=list");
  await page.setViewportSize(narrow);
  await page.locator(".pw-sift summary").click();
  all.push(...await wrong(page, "conditions unfolded", [narrow]));
  await page.setViewportSize(wide);
  await page.locator(".pw-table h3 a").first().click();
  await page.locator("summary", { hasText: "更多" }).click();
  all.push(...await wrong(page, "更多 open"));
  await page.goto("/projects/open");
  await page.getByRole("combobox", { name: "企业" }).pressSequentially("lkzz");
  await expect(page.getByRole("option").first()).toBeVisible();
  all.push(...await wrong(page, "suggestions", [wide]));
  await page.getByRole("combobox", { name: "企业" }).fill(`新公司${Date.now()}`);
  await page.getByRole("option", { name: /新增企业/ }).click();
  all.push(...await wrong(page, "a company that is added"));
  await page.goto("/projects?view=list");
  await page.locator(".pw-table h3 a").first().click();
  await page.goto(`${page.url()}/comment`);
  await page.locator("textarea").fill("会话过期");
  await context.clearCookies();
  await page.locator("main .btn-primary").click();
  await expect(page.locator("dialog[open]")).toBeVisible();
  all.push(...await wrong(page, "signing in again"));
  expect(all).toEqual([]);
});
