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
    for (const fault of await faults(page, viewport === sizes[0] ? "first" : "another")) all.push(`${path} at ${viewport.width}: ${fault}`);
    if (await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth)) all.push(`${path} at ${viewport.width} scrolls sideways`);
  }
  return all;
}

async function visit(page: Page, path: string, status = 200) {
  await page.setViewportSize(wide);
  expect((await page.goto(path))!.status(), path).toBe(status);
  return wrong(page, path);
}

/** For how many roles an address was looked at: for two in a usual run, for everybody with AXE=all. Who comes later looks at what is theirs alone. */
const shown = new Map<string, number>();
function enough(path: string) {
  const times = shown.get(path) ?? 0;
  shown.set(path, times + 1);
  return times >= 2 && process.env.AXE !== "all";
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
    for (const path of ["/menu", ...ways, "/search?q=项目"]) if (!enough(path)) all.push(...await visit(page, path));
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
  for (const path of ["/users", "/channels", "/operations", "/registers/units"]) all.push(...await visit(page, path, 403));
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

/** Sends the page's form with more text than any field takes, past the scripts, which would say so before. */
async function overlong(page: Page) {
  const form = page.locator("main form.pw-form").last();
  await Promise.all([page.waitForEvent("load"), form.evaluate((f: HTMLFormElement) => {
    for (const text of f.querySelectorAll("textarea")) text.value = "长".repeat(5000);
    HTMLFormElement.prototype.submit.call(f);
  })]);
  await expect(page.getByRole("alert")).toBeVisible();
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

// The kinds and pages that came later: every part of their lists, the first cases in them, and whatever can be done with those, begun and refused.
for (const [username, lists, pages] of [
  ["luzhiyuan", ["/meetings", "/permits", "/enrolments", "/plan-tasks"], ["/meetings/convene", "/permits/require", "/enrolments/open", "/opinions/ask", "/money", "/money?month=2024-10", "/funnel", "/progress", "/projects?stage=lead", "/projects?view=list&state=pooled", "/permits?view=departments"]],
  ["shaojinghe", ["/meetings", "/opinions", "/extensions"], ["/funnel", "/money"]],
  ["zhujianju", ["/opinions", "/permits"], []],
  ["qiye", ["/permits", "/enrolments"], ["/money", "/progress"]],
] as const)
  test(`axe finds nothing on the later kinds' pages of ${username}`, async ({ page }) => {
    test.setTimeout(600_000);
    await enter(page, username);
    const all: string[] = [], done = new Set<string>();
    for (const path of pages) {
      await page.setViewportSize(wide);
      const status = (await page.goto(path))!.status();
      if (status === 403) continue; // not this role's
      expect(status, path).toBe(200);
      all.push(...await wrong(page, path));
    }
    for (const list of lists) {
      const cases: string[] = [];
      for (const tab of ["", "?tab=all", "?tab=closed", "?tab=all&q=没有这样的"]) {
        all.push(...await visit(page, list + tab));
        cases.push(...await page.locator(".pw-table h3 a").evaluateAll((links) => links.slice(0, 2).map((a) => a.getAttribute("href")!)));
      }
      for (const at of new Set(cases)) {
        all.push(...await visit(page, at));
        const deeds = await page.locator(`main a[href^='${at}/']`).evaluateAll((links) => links.map((a) => a.getAttribute("href")!));
        for (const path of deeds) {
          const deed = list + path.slice(at.length).replace(/[?#].*/, "");
          if (done.has(deed) || /history|\.xlsx|format=/.test(path)) continue;
          done.add(deed);
          all.push(...await visit(page, path));
          if (!(await page.locator("main form.pw-form textarea").count())) continue;
          await overlong(page);
          all.push(...await wrong(page, `${path}, refused`, [narrow]));
        }
      }
    }
    expect(all).toEqual([]);
  });

// What a project's page leads to: money, plan, works, permits, schedule, paper. Who comes second looks at the forms that the first did not have.
test("axe finds nothing on what a project's page leads to", async ({ page }) => {
  test.setTimeout(600_000);
  const all: string[] = [], done = new Set<string>();
  for (const username of ["luzhiyuan", "shaojinghe"]) {
    await enter(page, username);
    for (const q of ["stage=construction", "stage=lead", "stage=negotiation", "stage=joint_review", "stage=production"]) {
      await page.goto(`/projects?view=list&${q}`);
      const first = page.locator(".pw-table h3 a").first();
      if (!(await first.count())) continue;
      const at = (await first.getAttribute("href"))!;
      await page.goto(at);
      for (const path of ["", ...await page.locator(`main a[href^='${at}/']`).evaluateAll((links) => links.map((a) => a.getAttribute("href")!))].map((p) => p || at)) {
        const shape = path.slice(at.length).replace(/[?#].*/, "").replace(/\d+/g, "n");
        if (done.has(shape || username) || /\/history|format=|\.xlsx/.test(path)) continue;
        done.add(shape || username);
        all.push(...await visit(page, path));
        if (!(await page.locator("main form.pw-form textarea").count())) continue;
        await overlong(page);
        all.push(...await wrong(page, `${path}, refused`, [narrow])); // where its summary and fields have the least room
      }
    }
  }
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
