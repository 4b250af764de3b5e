import { expect } from "@playwright/test";
import { test } from "./program";
import { check, enter } from "./steps";

test.use({ zone: "cards" });

test.skip(({ isMobile }) => !isMobile, "a desk reads across");

test("a row is a card: its title, who has it and until when, then each fact by its name", async ({ page }) => {
  test.slow();
  const lists: [string, string[]][] = [
    ["mengqinglan", ["/hazards", "/hazards?tab=closed&columns=number,title,enterprise_name,location,level,round,state,result,found_on,holder_name,due_on,closed_on", "/plan-tasks"]],
    ["luzhiyuan", ["/projects?view=list"]], ["admin", ["/registers/people", "/registers/units", "/channels", "/deliveries", "/definitions", "/calendar"]],
  ];
  for (const [username, paths] of lists) {
    await enter(page, username);
    for (const path of paths) {
      await page.goto(path);
      const told = await page.locator("table.pw-table tbody tr").evaluateAll((rows) => rows.filter((row) => !row.closest(".pw-stays")).slice(0, 20).flatMap((row) => {
        const cells = ([...row.children] as HTMLElement[]).filter((cell) => cell.getClientRects().length > 0);
        const top = (cell?: Element | null) => cell?.getBoundingClientRect().top ?? 0;
        const wrong: string[] = [];
        const titled = row.querySelector("td.pw-title, td:has(> h3)") ?? cells[0];
        if (cells.some((cell) => cell !== titled && top(cell) < top(titled) - 1)) wrong.push(`${(titled as HTMLElement).innerText} is not at the top`);
        for (const cell of cells.filter((one) => one !== titled)) {
          const named = getComputedStyle(cell, "::before").content, says = cell.querySelector(":scope > :is(.pw-status, .pw-holder, .pw-due, form), .btn, a.pw-way");
          const title = titled.querySelector(":scope > .pw-status") && cell === cells[1];
          if (!says && !title && (named === "none" || !cell.dataset.label)) wrong.push(`unnamed: ${cell.innerText}`);
        }
        const holder = row.querySelector("td > .pw-holder"), due = row.querySelector("td > .pw-due"), others = cells.filter((cell) => cell !== titled && cell.matches("[data-label]") && !cell.querySelector(":scope > :is(.pw-status, .pw-holder, .pw-due)"));
        for (const other of others) for (const first of [holder, due]) if (first && top(first) > top(other) + 8) wrong.push(`${other.innerText} stands above who has it and until when`);
        return wrong;
      }));
      expect(told, path).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), path).toBeLessThanOrEqual(0);
    }
    await page.goto(paths[0]);
    await check(page);
  }
  await enter(page, "mengqinglan");
  await page.goto("/hazards");
  const row = page.locator(".pw-table tbody tr").first();
  expect((await row.boundingBox())!.height, "compact").toBeLessThanOrEqual(170);
  await page.screenshot({ path: "stories/pictures/cards-hazards.png" });
});

test("how a case stands and what comes next is seen first", async ({ page }) => {
  test.slow();
  for (const [username, list] of [["luzhiyuan", "/projects?view=list"], ["luzhiyuan", "/plan-tasks"], ["mengqinglan", "/hazards"]]) {
    await enter(page, username);
    await page.goto(list);
    await page.goto((await page.locator(".pw-table h3 a").first().getAttribute("href"))!);
    for (const fact of ["状态", "现在谁手里", "期限", "下一步"]) {
      const at = await page.locator(".pw-facts small", { hasText: new RegExp(`^${fact}$`) }).boundingBox();
      expect(at!.y, `${list}: ${fact} is on the first screen`).toBeLessThan(844 - 80);
    }
    const history = await page.getByRole("heading", { name: "经过" }).boundingBox();
    const facts = await page.locator(".pw-facts").boundingBox();
    expect(facts!.y).toBeLessThan(history!.y);
    await check(page);
  }
});
