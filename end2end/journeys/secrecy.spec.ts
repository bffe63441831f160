import { expect, test } from "../fixtures.ts";
import { bornYearsAgo, childsName, consent, people, register } from "./stage.ts";

test("who is not covered finds nothing: no row, no page, no difference", async ({ page, enter }) => {
  const name = childsName();
  await enter(people.psychologist);
  const before = await everything(page);

  await enter(people.headTeacher);
  const { reference, address } = await register(page, name, bornYearsAgo(15 - 1));
  await consent(page, address);

  await enter(people.psychologist);
  expect(await everything(page)).toEqual(before);

  // What one may not know answers as what does not exist.
  const hidden = await page.goto(address);
  const never = await page.goto(address.replace(/[0-9a-f]{4}$/, (end) => (end === "0000" ? "1111" : "0000")));
  expect(hidden?.status()).toBe(404);
  expect(never?.status()).toBe(404);
  await expect(page.getByRole("main")).not.toContainText(reference);
});

test("a withdrawal takes two clicks from the case, and the case is gone for others at once", async ({ page, enter }) => {
  const name = childsName();
  await enter(people.headTeacher);
  const { reference, address } = await register(page, name, bornYearsAgo(14));
  await consent(page, address);

  await enter(people.coordinator);
  await page.goto("/arenden");
  await expect(page.getByRole("main")).toContainText(reference);

  await enter(people.headTeacher);
  await page.goto(address);
  await page.getByRole("link", { name: "Återkalla" }).first().click();
  await page.getByRole("button", { name: /Rut Provsson tar tillbaka/ }).click();
  await expect(page.getByRole("main")).toContainText("Återkallat");
  await page.goto(address);
  await expect(page.getByRole("main")).toContainText("Återkallat");

  await enter(people.coordinator);
  await page.goto("/arenden");
  await expect(page.getByRole("main")).not.toContainText(reference);
  expect((await page.goto(address))?.status()).toBe(404);
});

/** What somebody reads on the pages where cases show. */
async function everything(page: import("@playwright/test").Page): Promise<string[]> {
  const read: string[] = [];
  for (const address of ["/", "/arenden", "/samtycken", "/traffar", "/atgarder"]) {
    await page.goto(address);
    read.push(await page.getByRole("main").innerText());
    // The menu counts what waits.
    read.push(await page.locator("nav.side").innerText());
  }
  return read;
}
