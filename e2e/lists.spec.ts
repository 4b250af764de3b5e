import { expect, type Page } from "@playwright/test";
import { test } from "./program";
import { faults, sift, signIn } from "./steps";

test.use({ zone: "lists" });

/** Names of the cases of the list, in its order. */
const titles = (page: Page) => page.locator(".pw-table tbody h3").allTextContents();

test("a list is sorted by its columns, back and forth", async ({ page }, info) => {
  await signIn(page, "shaojinghe");
  await page.goto("/projects?view=list");
  if (info.project.name === "desktop") await page.locator(".pw-sort", { hasText: "总投资" }).click();
  else await page.goto("/projects?view=list&sort=investment"); // rows are cards there, without heads
  await expect(page).toHaveURL(/sort=investment/);
  const up = await titles(page);
  await page.goto(page.url().replace("sort=investment", "sort=-investment"));
  if (info.project.name === "desktop") await expect(page.locator('th[aria-sort="descending"]')).toContainText("总投资");
  const down = await titles(page);
  expect(up.length).toBeGreaterThan(5);
  expect(down[0]).not.toBe(up[0]);
  expect(await faults(page)).toEqual([]);
});

test("conditions hold together, are saved with their order, and the section finds them", async ({ page }, info) => {
  const name = `重大在办 ${info.project.name}`;
  await signIn(page, "mengqinglan");
  await page.goto("/hazards");
  await sift(page);
  await page.locator(".pw-narrow > summary", { hasText: "等级" }).click();
  await page.locator('.pw-narrow-box input[name="level"][value="major"]').check();
  await page.locator(".pw-late-only input").check();
  await page.getByRole("button", { name: "筛选", exact: true }).click();
  await expect(page).toHaveURL(/level=major/);
  await expect(page).toHaveURL(/overdue=true/);
  for (const word of await page.locator(".pw-table tbody tr").allTextContents()) {
    expect(word).toContain("重大");
    expect(word).toContain("逾期");
  }
  await sift(page);
  await page.getByLabel("给这个筛选起名").fill(name);
  await page.getByLabel("谁可以用").selectOption("unit");
  await page.getByRole("button", { name: "保存筛选" }).click();
  await expect(page.locator(".pw-saved-group a", { hasText: name })).toBeAttached();

  await page.context().clearCookies();
  await signIn(page, "dingwensheng");
  await page.goto("/hazards");
  await sift(page);
  await expect(page.locator(".pw-saved-group", { hasText: "本科室的筛选" })).toContainText(name);
  await page.getByRole("link", { name }).click();
  await expect(page).toHaveURL(/level=major/);

  await page.context().clearCookies();
  await signIn(page, "guqinghe");
  await page.goto("/hazards");
  await sift(page);
  await expect(page.getByRole("link", { name })).toHaveCount(0);
});

test("columns are chosen and stay chosen", async ({ page }, info) => {
  test.skip(info.project.name === "phone", "a card has no columns");
  await signIn(page, "luzhiyuan");
  await page.goto("/projects?view=list");
  await page.locator(".pw-columns > summary").click();
  await page.locator('.pw-columns input[value="signed_on"]').check();
  await page.locator('.pw-columns input[value="investment"]').uncheck();
  await page.getByRole("button", { name: "按这些列显示" }).click();
  const heads = page.locator(".pw-table thead");
  await expect(heads).toContainText("签约");
  await expect(heads).not.toContainText("总投资");
  await page.goto("/projects?view=list");
  await expect(heads).toContainText("签约");
  await page.locator(".pw-columns > summary").click();
  await page.getByRole("button", { name: "恢复常用列" }).click();
  await expect(heads).toContainText("总投资");
});

test("the ledger is narrowed and sorted by the columns beside those of the cards", async ({ page }, info) => {
  await signIn(page, "mengqinglan");
  await page.goto("/hazards?tab=closed");
  await sift(page);
  await page.locator(".pw-aside > summary").click();
  await expect(page.locator(".pw-aside")).toContainText("选择列"); // nothing of the ledger is shown yet
  await page.locator(".pw-aside > summary").click();
  await page.locator(".pw-columns > summary").click();
  for (const name of ["notice_number", "completed_on", "deadline_changes"]) await page.locator(`.pw-columns input[value="${name}"]`).check();
  await page.getByRole("button", { name: "按这些列显示" }).click();
  await expect(page.getByText("已按选择的列显示")).toBeVisible(); // the list is there again, folded
  await sift(page);
  await page.locator(".pw-aside > summary").click();
  await page.getByLabel("文书编号 包含").fill("2024");
  await page.getByLabel("整改完成时间 内容").selectOption("yes");
  expect(await faults(page)).toEqual([]);
  await page.screenshot({ path: `test-results/ledger-beside-${info.project.name}.png`, fullPage: info.project.name === "phone" });
  await page.getByRole("button", { name: "筛选", exact: true }).click();
  await expect(page).toHaveURL(/notice_number=2024/);
  const rows = page.locator(".pw-table tbody tr");
  expect(await rows.count()).toBeGreaterThan(5);
  for (const words of await rows.allTextContents()) expect(words).toContain("2024");
  if (info.project.name === "desktop") await page.locator(".pw-sort", { hasText: "整改完成时间" }).click();
  else {
    await sift(page);
    await page.locator(".pw-sorting select").selectOption("completed_on");
    await page.getByRole("button", { name: "筛选", exact: true }).click();
  }
  await expect(page).toHaveURL(/sort=completed_on/);
  const up = await titles(page);
  await page.goto(page.url().replace("sort=completed_on", "sort=-completed_on"));
  const down = await titles(page);
  expect(down[0]).not.toBe(up[0]);
  expect(await faults(page)).toEqual([]);
  await page.screenshot({ path: `test-results/ledger-sorted-${info.project.name}.png` });
  await page.goto(page.url() + "&requirement=没有这样的要求");
  await expect(page.locator(".pw-empty .pw-chip")).toHaveCount(3); // each condition can be taken away
  expect(await faults(page)).toEqual([]);
});

test("who is lost is led on", async ({ page }) => {
  await signIn(page, "luzhiyuan");
  expect((await page.goto("/projects/吉顺木业"))!.status()).toBe(404);
  await expect(page.locator("#content input[type=search], #content input[name=q]").first()).toHaveValue("吉顺木业");
  expect(await faults(page)).toEqual([]);
  await page.goto("/projects?view=list");
  const number = (await page.locator(".pw-table tbody .pw-meta span").first().textContent())!.trim();
  await page.goto(`/${number}`);
  await expect(page).toHaveURL(/\/projects\/[0-9a-f-]{36}$/);
});

test("who cannot sign in is told what to do", async ({ page }) => {
  await page.goto("/sign-in");
  const password = page.getByLabel("密码", { exact: true });
  await password.fill("geheim");
  await expect(password).toHaveAttribute("type", "password");
  await page.getByRole("button", { name: "显示密码" }).click();
  await expect(password).toHaveAttribute("type", "text");
  await expect(page.getByText("登录不了怎么办")).toBeVisible();
  expect(await faults(page)).toEqual([]);
});

test("the register of money shows its totals without being pushed sideways", async ({ page }) => {
  await signIn(page, "shaojinghe");
  for (const address of ["/money", "/money?entered=false", "/money?q=没有这样的"]) {
    await page.goto(address);
    const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(wider, address).toBeLessThanOrEqual(0);
    expect(await faults(page)).toEqual([]);
    if (address === "/money") continue;
    await expect(page.getByRole("link", { name: "清除筛选" })).toBeVisible();
    await expect(page.getByRole("link", { name: /^去掉条件：/ }).first()).toBeVisible();
  }
  await page.goto("/money");
  for (const total of await page.locator(".pw-money tbody tr:first-child td:nth-child(-n+3)").all()) await expect(total).toBeInViewport({ ratio: 1 });
  for (const head of await page.locator(".pw-money thead th:nth-child(-n+3)").all()) await expect(head).toBeInViewport({ ratio: 1 });
  const room = await page.locator(".pw-stays").evaluate((box) => [box.clientWidth, box.scrollWidth]);
  if (page.viewportSize()!.width > 1100) expect(room[1], "every month too").toBeLessThanOrEqual(room[0]);
});
