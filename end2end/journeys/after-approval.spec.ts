import type { Page } from "@playwright/test";
import { expect, test } from "../fixtures.ts";
import { people } from "./stage.ts";

test("approved minutes are added to, opened again with a reason, and read as they were until then", async ({ page, enter }) => {
  test.setTimeout(180_000);
  await enter(people.coordinator);
  const minutes = await approvedOne(page);
  const text = `Tillagt ${Math.random().toString(36).slice(2, 8)}.`;
  await page.getByText("Lägg till något").click();
  await page.getByRole("button", { name: "Lämna till justering" }).click();
  await expect(page.locator(".flaw").first()).toBeVisible();
  await page.getByLabel("Tillägg", { exact: true }).fill(text);
  await page.getByRole("button", { name: "Lämna till justering" }).click();
  await expect(page.getByText("Tillägget är sparat och väntar på justering.")).toBeVisible();
  const added = page.locator(".added").filter({ hasText: text });
  await expect(added).toContainText("Väntar på justering");
  await expect(added.getByRole("button")).toHaveCount(0);

  // Somebody else says yes, and opens the minutes again.
  await enter(people.administrator);
  await page.goto(minutes);
  await added.getByRole("button", { name: "Justera tillägget" }).click();
  await expect(page.getByText("Tillägget är justerat och läses med anteckningarna.")).toBeVisible();
  await page.getByText("Öppna igen").click();
  await page.getByLabel("Varför behöver anteckningarna öppnas?").fill("Fel siffra om närvaron.");
  await page.getByRole("button", { name: "Öppna anteckningarna igen" }).click();
  await expect(page.getByText("Anteckningarna är öppna igen.")).toBeVisible();

  // The secretary writes a new version; handed in unchanged it says so.
  await enter(people.coordinator);
  await page.goto(minutes);
  await expect(page.getByText("Fel siffra om närvaron.")).toBeVisible();
  await page.getByRole("button", { name: "Lämna till granskning" }).click();
  await expect(page.getByText("Inget är ändrat sedan anteckningarna justerades.")).toBeVisible();
  await page.getByLabel("Vårdnadshavarnas syn").fill("Kontaktperson önskas.");
  await page.getByRole("button", { name: "Lämna till granskning" }).click();
  await expect(page.getByText("Anteckningarna är inlämnade för granskning.")).toBeVisible();

  await enter(people.administrator);
  await page.goto(minutes.replace("anteckningar", "granskning"));
  await expect(page.getByText("Öppnad igen efter justering")).toBeVisible();
  await expect(page.locator("ins").filter({ hasText: "önskas" })).toBeVisible();
  const reviewed = page.getByLabel("Granskat: det som sägs om andra får stå");
  if (await reviewed.count()) await reviewed.check();
  await page.getByRole("button", { name: "Justera", exact: true }).click();
  await expect(page.getByText(/Kan inte ändras/)).toBeVisible();
  await expect(page.locator(".added").filter({ hasText: text })).toBeVisible();
});

/** Minutes of the demo that are approved, and can be added to. */
async function approvedOne(page: Page): Promise<string> {
  await page.goto("/arenden");
  const cases = await page.locator("a.ref").evaluateAll((links) => links.map((link) => link.getAttribute("href") ?? ""));
  for (const address of cases) {
    await page.goto(address);
    const lines = page.locator("ul.rows-list > li").filter({ hasText: "Justerad" });
    const links = await lines.locator("a").evaluateAll((all) => all.map((link) => link.getAttribute("href") ?? ""));
    for (const minutes of links) {
      await page.goto(minutes);
      if (await page.getByText("Lägg till något").count()) return minutes;
    }
  }
  throw new Error("no approved minutes in the demo");
}
