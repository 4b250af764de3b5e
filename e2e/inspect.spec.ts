import { expect } from "@playwright/test";
import { test } from "./program";
import { check, enter } from "./steps";

test.use({ zone: "inspect" });

// A supervisor opens an inspection from the year's plan, goes there with a second inspector and finds that the unit's head refuses to sign; tenants of a site are inspected
// together; a visit that found nobody proposes a status, which a leader confirms.

const here = (url: string) => url.replace(/[?#].*/, "");

test("an inspection is opened from the plan, with its visits in sight, and ends with a refusal to sign", async ({ page }, info) => {
  test.setTimeout(240_000);
  await enter(page, "mengqinglan");
  await page.goto("/inspections");
  await page.getByRole("link", { name: "检查计划" }).first().click();
  await expect(page.getByRole("heading", { level: 1, name: "检查计划" })).toBeVisible();
  await check(page);
  const row = page.locator("tr", { hasText: "锦岳光伏科技" });
  await expect(row).toContainText("县消防救援大队");
  await page.screenshot({ path: `test-results/inspect-plan-${info.project.name}.png`, fullPage: true });
  await row.getByRole("link", { name: /^安排/ }).click();
  await expect(page.getByRole("heading", { level: 1, name: "安排检查" })).toBeVisible();
  await check(page);
  await expect(page.locator("aside")).toContainText("消防监督抽查");
  await page.screenshot({ path: `test-results/inspect-arrange-${info.project.name}.png`, fullPage: true });
  await page.locator("[name=why]").fill("按季度计划，应去");
  await page.locator("main form").getByRole("button", { name: "安排检查" }).last().click();
  await expect(page).toHaveURL(/\/inspections\/[0-9a-f-]{36}/);
  const url = here(page.url());
  await expect(page.locator("main")).toContainText("光伏企业季度检查");
  await check(page);
  await page.goto("/visit-plan");
  await expect(row.getByRole("link", { name: /^JC-/ })).toBeVisible(); // it is not opened a second time
  await expect(row.getByRole("link", { name: /^安排/ })).toHaveCount(0);

  await page.goto(`${url}/check`);
  await page.locator("[name=rest]").check();
  await page.locator("main form").getByRole("button", { name: "逐项检查" }).last().click();
  await expect(page.getByRole("status").filter({ hasText: "已办理" })).toBeVisible();
  await page.goto(`${url}/conclude`);
  await page.locator("[name=came_at]").fill("07:30");
  await page.locator("[name=left_at]").fill("08:40");
  await page.locator("[name=head]").fill("示例负责人");
  await page.locator("[name=signature][value=refused]").check();
  await page.locator("[name=refusal]").fill("认为问题不属实，拒绝签字。");
  await page.locator("[name=cards_shown]").check();
  await page.locator("main form").getByRole("button", { name: "结束检查" }).last().click();
  await expect(page.getByRole("status").filter({ hasText: "已办理" })).toBeVisible();
  const record = page.locator("main");
  for (const says of ["示例检证-001", "示例检证-002", "示例负责人", "拒绝签字", "07:30–08:40"]) await expect(record).toContainText(says);
  await check(page);
  await page.screenshot({ path: `test-results/inspect-record-${info.project.name}.png`, fullPage: true });

  // its record is what is left to do, filled in with what the inspection says
  await record.getByRole("link", { name: "出具文书" }).first().click();
  await record.getByRole("link", { name: "出具现场检查记录" }).click();
  await expect(page.locator("[name='said.检查时间']")).toHaveValue(/7时30分至8时40分/);
  await expect(page.locator("[name='said.证件号']")).toHaveValue("示例检证-001、示例检证-002");
  await check(page);
  await page.locator("main form").getByRole("button", { name: "出具文书" }).last().click();
  await expect(page.getByRole("status").filter({ hasText: "已办理" })).toBeVisible();
  await page.locator("#letters").getByRole("link", { name: "现场检查记录" }).click();
  const sheet = page.locator(".pw-letter");
  for (const says of ["检记〔", "示例检证-001、示例检证-002", "拒绝签字：认为问题不属实", "合格的检查项 14 项"]) await expect(sheet).toContainText(says);
  await check(page);
  await page.screenshot({ path: `test-results/inspect-letter-${info.project.name}.png`, fullPage: true });
  const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "下载 Word 文件" }).click()]);
  await file.saveAs(`test-results/inspect-letter-${info.project.name}.docx`);
});

test("tenants are inspected together with their landlord, and the status that an empty visit proposes is confirmed by a leader", async ({ page }, info) => {
  test.setTimeout(240_000);
  await enter(page, "mengqinglan");
  await page.goto("/inspections?q=松石光伏科技");
  await page.locator("main a[href^='/inspections/']", { hasText: "定期检查" }).first().click();
  await expect(page).toHaveURL(/\/inspections\/[0-9a-f-]{36}/);
  const landlord = here(page.url());
  await page.goto(`${landlord}/include`);
  await page.getByLabel(/同光包装/).check();
  await page.locator("main form").getByRole("button", { name: "一并检查承租企业" }).last().click();
  await expect(page.getByRole("status").filter({ hasText: "已办理" })).toBeVisible(); // what is left sooner may not have been sent
  await expect(async () => {
    await page.goto(landlord);
    await expect(page.locator("main")).toContainText("同光包装 定期检查", { timeout: 1000 });
  }).toPass();
  await check(page);

  await enter(page, "shaojinghe");
  await page.goto("/visit-plan");
  const proposed = page.locator("#proposed li", { hasText: "盈川家居" });
  await expect(proposed).toContainText("停产");
  await proposed.getByRole("link", { name: /^确认企业状态/ }).click();
  await check(page);
  await page.locator("[name=verdict][value=confirmed]").check();
  await page.locator("[name=reason]").fill("已与村居核实");
  await page.locator("main form").getByRole("button", { name: "确认企业状态" }).last().click();
  await expect(page.getByRole("status").filter({ hasText: "已办理" })).toBeVisible();
  await expect(page.locator("main")).toContainText("确认为");
  await page.screenshot({ path: `test-results/inspect-status-${info.project.name}.png`, fullPage: true });
  await page.goto("/visit-plan");
  await expect(page.locator("#proposed li", { hasText: "盈川家居" })).toHaveCount(0);
});
