import { expect, type Page } from "@playwright/test";
import { test } from "./program";
import { check, signIn } from "./steps";

test.use({ zone: "forms" });

// A refused form is a page of its own, and what is shown once is shown to who asked for it, once.

/** The form is shown again at an address of its own: its faults are named, linked and focused above it, and the document's title says so. */
async function refused(page: Page, count: number) {
  await expect(page).toHaveURL(/\?draft=/);
  await expect(page).toHaveTitle(new RegExp(`^有 ${count} 处要改 · `));
  const summary = page.getByRole("alert");
  await expect(summary).toBeFocused();
  await expect(summary.getByRole("link")).toHaveCount(count);
  await expect(page.locator("main [aria-invalid=true]")).toHaveCount(count);
  await check(page);
}

/** Goes elsewhere and back again, as people do. */
async function away(page: Page) {
  await page.goto("/notices");
  await page.goBack();
}

test("a refused form of a register is there again after going back, with everything still in it", async ({ page }, info) => {
  await signIn(page, "admin");
  await page.goto("/registers/people/new");
  await page.getByLabel("账号").fill(`Neu ${info.project.name}`);
  await page.getByLabel("姓名").fill("新人");
  await page.getByLabel("领导").check();
  await page.getByLabel(/^手机( 选填)?$/).fill("keine");
  await page.getByRole("button", { name: "保存" }).click();
  await refused(page, 2);
  await page.getByRole("alert").getByRole("link", { name: /^手机/ }).click();
  await expect(page.getByLabel(/^手机( 选填)?$/)).toBeFocused();
  await away(page);
  await expect(page.getByLabel(/^手机( 选填)?$/)).toHaveValue("keine");
  await expect(page.getByLabel("领导")).toBeChecked();
  await page.getByLabel("账号").fill(`neu-${info.project.name}`);
  await page.getByLabel(/^手机( 选填)?$/).fill("13900001111");
  await page.getByRole("button", { name: "保存" }).click();
  const password = await page.locator("code.pw-first").innerText();
  await page.reload();
  await expect(page.locator("code.pw-first")).toHaveText(password);
});

test("a refused form of an account is there again, without the passwords", async ({ page }) => {
  await signIn(page, "luzhiyuan");
  await page.goto("/account");
  await page.getByLabel("原密码").fill("parkway-demo");
  await page.getByLabel("新密码").fill("kurz");
  await page.getByLabel("再输入一次密码").fill("lang");
  await page.getByRole("button", { name: "修改密码" }).click();
  await refused(page, 2);
  await away(page);
  await expect(page.getByRole("alert")).toContainText("两次输入的密码不一样");
  for (const label of ["原密码", "新密码", "再输入一次密码"]) await expect(page.getByLabel(label)).toHaveValue("");
});

test("a session that ends in a form of a register is renewed in place", async ({ page, context }, info) => {
  await signIn(page, "admin");
  await page.goto("/registers/units/new");
  const name = `新科 ${info.project.name}`;
  await page.getByLabel("单位名称").fill(name);
  await page.getByLabel("园区科室").check();
  await context.clearCookies({ name: "parkway_session" });
  await page.getByRole("button", { name: "保存" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("密码").fill("parkway-demo");
  await dialog.getByRole("button", { name: "登录" }).click();
  await expect(page.getByRole("link", { name })).toBeVisible();
});

test("a password is reset once, however often the page is loaded", async ({ page }, info) => {
  await signIn(page, "admin");
  await page.goto(`/users?q=${info.project.name === "phone" ? "baobao12" : "baobao11"}`);
  await page.locator("tbody a").first().click();
  await page.getByRole("link", { name: "重置密码" }).click();
  await page.getByRole("button", { name: "重置密码" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(/的密码已重置$/);
  const password = await page.locator("code.pw-first").innerText();
  await check(page);
  await page.reload();
  await expect(page.locator("code.pw-first")).toHaveText(password);
  await away(page);
  await expect(page.locator("code.pw-first")).toHaveText(password);
});

test("an error keeps menu and search, and says whom to ask", async ({ page }) => {
  await signIn(page, "luzhiyuan");
  for (const path of ["/nowhere", "/channels"]) {
    await page.goto(path);
    await expect(page.locator("[role=search]").first()).toBeAttached();
    await check(page);
  }
  await expect(page.getByText("管理员：")).toBeVisible();
});

test("a wrong target in a plan of dozens is marked alone, and the summary leads into its fold", async ({ page }, info) => {
  await signIn(page, "shaojinghe");
  await page.goto("/projects?view=list&stage=construction");
  const hrefs = await page.locator(".pw-table tbody h3 a").evaluateAll((all) => all.map((a) => a.getAttribute("href")!));
  let fields = 0;
  for (const href of hrefs) { // one with buildings
    await page.goto(`${href}/plan`);
    fields = await page.locator(".pw-dated pw-day input[id]").count();
    if (fields > 30) break;
  }
  expect(fields).toBeGreaterThan(30);
  expect(await page.locator(".pw-dated details[open]").count()).toBe(1);
  await check(page);
  const last = page.locator(".pw-dated details").last();
  await last.locator("summary").click();
  const input = last.locator("pw-day input[id]").last(), id = await input.getAttribute("id");
  await input.fill("后天");
  await page.locator('[id="targets:stage:construction"]').fill("2031-05-01");
  await page.locator('[id="targets:stage:completed"]').fill("2031-04-01");
  await page.locator("#reason").fill("试一试");
  await page.getByRole("button", { name: "定计划" }).click();
  await refused(page, 2);
  for (const link of await page.getByRole("alert").getByRole("link").all()) {
    await link.click();
    await expect(page.locator("pw-day input:focus")).toBeInViewport();
    await expect(page.locator("pw-day input:focus")).toHaveAttribute("aria-invalid", "true");
  }
  await expect(page.locator(`[id="${id}"]`)).toBeFocused();
  await page.screenshot({ path: `test-results/plan-${info.project.name}.png` });
});
