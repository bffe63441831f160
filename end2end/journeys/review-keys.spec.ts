import { expect, test } from "../fixtures.ts";
import { people } from "./stage.ts";

test("single keys lead about the review desk and can be switched off for good @script", async ({ page, enter }) => {
  await enter(people.administrator);
  await page.goto("/granskning");
  const approve = page.locator("[data-approve]");
  await expect(approve).toBeVisible();

  await page.keyboard.press("g");
  await expect(approve).toBeFocused();

  await page.getByRole("button", { name: "Stäng av tangenterna" }).click();
  await page.keyboard.press("g");
  await expect(approve).not.toBeFocused();

  await page.reload();
  await expect(page.getByRole("button", { name: "Slå på tangenterna" })).toBeVisible();
  await page.keyboard.press("g");
  await expect(approve).not.toBeFocused();

  await page.getByRole("button", { name: "Slå på tangenterna" }).click();
  await page.keyboard.press("g");
  await expect(approve).toBeFocused();
});
