import { expect } from "@playwright/test";
import { test } from "./program";
import { check, signIn } from "./steps";

test.use({ zone: "front" });

// What people find at their first sign-in.

for (const [username, words] of [
  ["shaojinghe", "本周会到案头"], ["luzhiyuan", "今天到期"], ["mengqinglan", "下达整改通知或当场销号"], ["qiye", "整改并提交结果"],
  ["zhujianju", "盈川家居项目"], ["shenji", "有发现的事项"], ["baobao01", "我包保的企业"], ["admin", "最近发出的消息"],
] as const) {
  test(`${username} finds a day's work`, async ({ page }, info) => {
    await signIn(page, username);
    await expect(page.getByText("不是真实时间")).toBeVisible();
    await expect(page.getByText(words).first()).toBeVisible();
    await check(page);
    if (process.env.SHOTS === "1") await page.screenshot({ path: `../docs/img/front-${username}-${info.project.name}.png`, fullPage: true });
  });
}

test("messages went to the demo's own channel, and can be read there", async ({ page }) => {
  await signIn(page, "admin");
  await page.goto("/deliveries?status=delivered");
  await expect(page.getByText("演示收件箱已送达").first()).toBeVisible();
  await page.getByText("看内容").first().click();
  await expect(page.locator("details[open] li").first()).toBeVisible();
  await check(page);
});
