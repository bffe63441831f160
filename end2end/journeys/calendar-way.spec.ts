import type { APIRequestContext, Page } from "@playwright/test";
import { expect, test } from "../fixtures.ts";
import { people } from "./stage.ts";

test("meetings come by subscription or by mail, never both", async ({ page, request, enter }) => {
  await enter(people.psychologist);
  await page.goto("/min-kalender");
  await page.getByLabel("Program eller apparat").fill("Provkalender");
  await page.getByRole("button", { name: "Skapa adress" }).click();
  const feed = (await page.locator("code.address").first().innerText()).trim();
  const there = await events(request, feed);
  expect(there).toBeGreaterThan(0);

  await choose(page, "Med e-post");
  expect(await events(request, feed)).toBe(0);
  await expect(page.getByRole("listitem").filter({ hasText: "Provkalender" })).toContainText("tom");

  await choose(page, "Kalendern hämtar dem");
  expect(await events(request, feed)).toBe(there);
});

test("an address reminds as wished, and all of them end with two presses", async ({ page, request, enter }) => {
  await enter(people.socialWorker);
  await page.goto("/min-kalender");
  await page.getByLabel("Program eller apparat").fill("Telefonen");
  await page.getByLabel("Påminnelse").selectOption("60");
  await page.getByLabel("Ta bort inställda träffar ur kalendern").check();
  await page.getByRole("button", { name: "Skapa adress" }).click();
  const feed = (await page.locator("code.address").first().innerText()).trim();
  const telephone = page.getByRole("listitem").filter({ hasText: "Telefonen" });
  await expect(telephone).toContainText("påminner 1 timme före, utan inställda");
  expect(await (await request.get(feed)).text()).toContain("TRIGGER:-PT1H");
  await expect(page.getByText("Ta bort alla adresser")).toHaveCount(0);

  await page.getByLabel("Program eller apparat").fill("Datorn");
  await page.getByRole("button", { name: "Skapa adress" }).click();
  await page.locator("summary", { hasText: "Ta bort alla adresser" }).click();
  await page.getByRole("button", { name: "Ta bort alla adresser" }).click();
  await expect(page.getByRole("status").first()).toContainText("Adresserna gäller inte längre.");
  await expect(page.getByText("Du har ingen adress än.")).toBeVisible();
  expect(await events(request, feed)).toBe(0);
});

async function choose(page: Page, way: string): Promise<void> {
  await page.getByLabel(way).check();
  await page.getByRole("button", { name: "Spara" }).click();
  await expect(page.getByRole("status").first()).toContainText("Sparat");
  await expect(page.getByLabel(way)).toBeChecked();
}

async function events(request: APIRequestContext, feed: string): Promise<number> {
  return (await (await request.get(feed)).text()).split("BEGIN:VEVENT").length - 1;
}
