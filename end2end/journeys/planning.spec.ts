import { expect, test } from "../fixtures.ts";
import { people } from "./stage.ts";

/** The next year but this whose Christmas Eve is a working day. */
function eveOnAWorkingDay(): { year: number; weekday: number } {
  for (let year = new Date().getFullYear() + 1; ; year += 1) {
    const weekday = new Date(year, 11, 24).getDay();
    if (weekday > 0 && weekday < 5) return { year, weekday };
  }
}

test("a term is laid out with a meeting held on an eve by choice", async ({ page, enter }) => {
  const { year, weekday } = eveOnAWorkingDay();
  await enter(people.administrator);
  await page.goto("/kommunen");
  await page.getByRole("link", { name: "Platser och träffar" }).last().click();
  await page.getByRole("link", { name: "Ny serie" }).click();
  await page.getByLabel("Veckodag").selectOption(String(weekday));
  await page.getByLabel("Börjar").fill("13.15");
  await page.getByLabel("Från och med").fill(`${year}-12-10`);
  await page.getByLabel("Till och med").fill(`${year}-12-31`);
  await page.getByRole("button", { name: "Visa träffarna" }).click();

  const eve = page.getByRole("row").filter({ hasText: "julafton" });
  await expect(eve).toContainText("Ingen träff");
  await eve.getByRole("combobox").selectOption({ label: "Träff ändå" });
  await page.getByRole("button", { name: "Visa igen" }).click();
  await expect(eve.getByText("✓ Träff")).toBeVisible();
  await expect(eve.getByRole("combobox")).toHaveValue("hold");
  await page.getByRole("button", { name: "Spara serien" }).click();
  await expect(page.getByText("Serien är sparad och träffarna utlagda.")).toBeVisible();
  await page.goto("/traffar");
  await expect(page.getByRole("main")).toContainText(`24 december ${year}`);
});
