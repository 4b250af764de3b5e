import { expect } from "@playwright/test";
import { test } from "./program";
import { check, signIn } from "./steps";

test.use({ zone: "permits" });

test("a manager runs a permit on the project's second page, and it is urged and issued", async ({ page }, info) => {
  test.slow();
  const title = info.project.name === "phone" ? "望舒家居项目" : "松石光伏科技项目"; // each in hand of the same manager
  await signIn(page, "luzhiyuan");
  await page.goto(`/projects?view=list&q=${encodeURIComponent(title.slice(0, 2))}`);
  await page.getByRole("link", { name: title, exact: true }).first().click();
  await expect(page.getByText("还没有登记").first()).toBeVisible(); // the gate says how far each permit is
  await page.locator(".pw-tabs").getByRole("link", { name: "手续" }).click();
  await check(page);
  const diagram = page.getByRole("region", { name: "手续办理图" });
  const eia = diagram.locator(".pw-permit", { hasText: "环境影响评价" });
  await expect(eia).toContainText("下一步");
  const url = page.url();

  await eia.getByRole("link", { name: /登记/ }).click();
  await check(page);
  await expect(page.getByLabel("项目编号")).toHaveValue(/^XM-2024-/);
  await expect(page.getByLabel("手续", { exact: true })).toHaveValue("eia");
  await page.getByRole("button", { name: "登记手续" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`环境影响评价（${title}）`);
  await check(page);
  await page.getByRole("link", { name: "登记申报" }).first().click();
  await page.getByLabel("类别").selectOption({ label: "报告表" });
  await page.getByRole("button", { name: "登记申报" }).click();
  await expect(page.getByRole("status")).toHaveText("已办理。");
  await expect(page.getByText("已申报").first()).toBeVisible();
  const permit = page.url();
  await page.goto(`${permit}/urge`);
  await page.getByLabel("联系人或文号").fill("市生态环境局审批科");
  await page.getByLabel("催办内容").fill("请尽快安排评审");
  await page.getByRole("button", { name: "催办部门" }).click();
  await expect(page.getByRole("status")).toHaveText("已办理。");
  await page.goto(`${permit}/issue`);
  await page.getByLabel("有效期至").fill("2020-01-01");
  await page.getByLabel("证号或文号").fill("示例环审〔2024〕9号");
  await page.getByRole("button", { name: "登记发证" }).click();
  await expect(page.getByRole("alert")).toContainText("有效期早于发证日期");
  await check(page);
  await page.getByLabel("有效期至").fill("2029-12-31");
  await page.getByRole("button", { name: "登记发证" }).click();
  await expect(page.getByRole("status")).toHaveText("已办理。");
  await page.goto(url);
  await expect(eia).toContainText("已取得");
  await expect(eia).toContainText("当天办结");
  await page.goto("/permits");
  await expect(page.getByRole("region", { name: "按部门" })).toContainText("住建局");
  await check(page);
});
