import { expect, test } from "../fixtures.ts";
import { bornYearsAgo, inDays, people } from "./stage.ts";

const wrong: { what: string; field: string; typed: string; told: RegExp }[] = [
  { what: "a date the calendar does not have", field: "Födelsedatum", typed: "2012-02-30", told: /finns inte|kalender/i },
  { what: "something that is no date", field: "Födelsedatum", typed: "i våras", told: /datum/i },
  { what: "a birth date in the future", field: "Födelsedatum", typed: inDays(2), told: /inte varit/i },
  { what: "somebody who has turned 19", field: "Födelsedatum", typed: bornYearsAgo(19), told: /19/ },
  { what: "a wrong check digit", field: "Personnummer", typed: "201203032381", told: /kontrollsiffra|siffr/i },
  { what: "too many digits", field: "Personnummer", typed: "2012030323812", told: /siffror|siffr/i },
  { what: "a personal number in the question", field: "Vad ska träffen hjälpa till med?", typed: "Om 640823-3234", told: /personnummer/i },
  { what: "a name that is too long", field: "Barnets namn", typed: "Å".repeat(101), told: /tecken/i },
];

for (const { what, field, typed, told } of wrong) {
  test(`${what} is told at the field, and everything typed stays`, async ({ page, enter }) => {
    await enter(people.headTeacher);
    await page.goto("/arenden/nytt");
    const good: Record<string, string> = {
      "Barnets namn": "Alva Prov",
      Födelsedatum: bornYearsAgo(10),
      "Vad ska träffen hjälpa till med?": "Hur stöttar vi?",
    };
    for (const [label, text] of Object.entries({ ...good, [field]: typed })) {
      // As a browser without our limits, or a program, would send it.
      await page.getByLabel(label).first().evaluate((input) => input.removeAttribute("maxlength"));
      await page.getByLabel(label).first().fill(text);
    }
    await page.getByLabel("Vårdnadshavare", { exact: true }).fill("Rut Prov");
    await page.getByLabel("Vårdnadshavare 2").fill("Nils Prov");
    await page.getByRole("button", { name: "Registrera ärendet" }).click();

    const input = page.getByLabel(field).first();
    await expect(input).toHaveAttribute("aria-invalid", "true");
    await expect(input).toHaveAccessibleDescription(told);
    await expect(input).toHaveValue(typed);
    await expect(page.getByLabel("Vårdnadshavare 2")).toHaveValue("Nils Prov");
    // Nothing typed travels in the address.
    expect(decodeURIComponent(page.url())).not.toContain(typed);
    expect(page.url()).not.toContain("Prov");
  });
}
