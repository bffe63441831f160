import { expect, test } from "../fixtures.ts";
import { bornYearsAgo, childsName, consent, letIn, people, planned, register } from "./stage.ts";

test("a guest comes for one item, and who is disqualified leaves before it", async ({ page, enter }) => {
  await enter(people.headTeacher);
  const { reference, address } = await register(page, childsName(), bornYearsAgo(14));
  await consent(page, address);
  await enter(people.coordinator);
  const room = await planned(page, reference);
  await page.goto(room);
  await page.getByRole("button", { name: "Öppna träffen" }).click();
  await letIn(page, "Soc", "Maria Lindqvist");
  await letIn(page, "Gymnasium", "Anna Ek");

  // Without the family's word nobody comes, and what was typed stays.
  const guest = page.locator("details", { hasText: "Pricka in en gäst" });
  await guest.locator("summary").click();
  await guest.getByLabel("Till punkten").selectOption({ label: reference });
  await guest.getByLabel("Gästen är", { exact: true }).selectOption({ label: "Tolk" });
  await guest.getByLabel("Gästens namn").fill("Tolga Tolksson");
  await guest.getByLabel("Följer med").selectOption({ label: "Gymnasium" });
  await guest.getByRole("button", { name: "Pricka in en gäst" }).click();
  await expect(guest.getByLabel("Gästens namn")).toHaveValue("Tolga Tolksson");
  await expect(page.locator("ul.room").first()).not.toContainText("Tolga");
  await guest.getByLabel("Familjen har godkänt").check();
  await guest.getByRole("button", { name: "Pricka in en gäst" }).click();
  await expect(page.locator("ul.room").first()).toContainText("Tolk · följer med Gymnasium");

  // The head teacher declares herself, on her own page.
  await enter(people.headTeacher);
  await page.goto(room);
  const own = page.locator("details", { hasText: "Jag är jävig" });
  await own.locator("summary").click();
  await own.getByLabel("På punkten").selectOption({ label: reference });
  await own.getByRole("button", { name: "Jag är jävig" }).click();
  await expect(page.getByText("Jävet är antecknat.")).toBeVisible();

  await enter(people.coordinator);
  await page.goto(room);
  const next = page.getByRole("button", { name: new RegExp(`Nästa punkt: ${reference}`) });
  await expect(next).toBeDisabled();
  await page.getByRole("button", { name: "Anna Ek har lämnat rummet" }).click();
  await next.click();
  await expect(page.getByRole("main")).toContainText("Samtycke gäller");
  await expect(page.locator("ul.room").first()).toContainText("Tolga Tolksson");

  // On the wall stands what all who are there may see.
  await page.goto(`${room}/vagg`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`${reference} · 14 år`);
  await expect(page.getByRole("main")).toContainText("Hela träffen");

  // Nothing of the item is on the screen of somebody disqualified.
  await enter(people.headTeacher);
  await page.goto(room);
  await expect(page.getByRole("main")).not.toContainText("Samtycke gäller");
});
