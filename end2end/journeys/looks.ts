import type { Page } from "@playwright/test";
import { expect, test } from "../fixtures.ts";
import { people } from "./stage.ts";

/** A screen: its address, or the first link of a kind on another screen, with something after it. */
type Screen = { name: string; at: string; first?: string; then?: string };

const screens: { who: string | null; of: Screen[] }[] = [
  {
    who: null,
    of: [
      { name: "sign-in", at: "/logga-in" },
      { name: "accessibility", at: "/tillganglighet" },
      { name: "keyboard", at: "/tangentbord" },
    ],
  },
  {
    who: people.coordinator,
    of: [
      { name: "week", at: "/" },
      { name: "meetings", at: "/traffar" },
      { name: "agenda", at: "/", first: ".meet h2 a" },
      { name: "agenda-next", at: "/traffar", first: "ul.occasions > li:has(.chip) a[href^='/traffar/']" },
      { name: "room", at: "/", first: ".meet h2 a", then: "/rum" },
      { name: "cases", at: "/arenden" },
      { name: "case", at: "/arenden", first: "main a[href^='/arenden/']:not([href$='nytt'])" },
      { name: "consent", at: "/arenden", first: "main a[href^='/arenden/']:not([href$='nytt'])", then: "/samtycke" },
      { name: "withdraw", at: "/arenden", first: "main a[href^='/arenden/']:not([href$='nytt'])", then: "/aterkalla" },
      { name: "new-case", at: "/arenden/nytt" },
      { name: "consents", at: "/samtycken" },
      { name: "actions", at: "/atgarder" },
      { name: "calendar", at: "/min-kalender" },
      { name: "settings", at: "/jag" },
      { name: "not-found", at: "/finns-inte" },
    ],
  },
  {
    who: people.headTeacher,
    of: [
      { name: "participant-week", at: "/" },
      { name: "participant-cases", at: "/arenden" },
    ],
  },
  {
    who: people.administrator,
    of: [
      { name: "administrator-week", at: "/" },
      { name: "review", at: "/granskning" },
      { name: "municipality", at: "/kommunen" },
      { name: "forum", at: "/kommunen", first: "main a[href^='/kommunen/forum/']" },
      { name: "unit", at: "/kommunen", first: "main a[href^='/kommunen/enheter/']:not([href$='/ny'])" },
      { name: "people", at: "/kommunen/personer" },
      { name: "person", at: "/kommunen/personer", first: "main a[href^='/kommunen/personer/']:not([href$='/ny'])" },
    ],
  },
];

const ways = [
  { name: "wide", width: 1400, scheme: "light" },
  { name: "wide-dark", width: 1400, scheme: "dark" },
  { name: "phone", width: 390, scheme: "light" },
  { name: "phone-dark", width: 390, scheme: "dark" },
] as const;

for (const { who, of } of screens) {
  for (const screen of of) {
    test(`${screen.name} can be used by everybody and fits every screen`, async ({ page, enter, accessible }, info) => {
      if (who) await enter(who);
      await arrive(page, screen);
      for (const way of ways) {
        await page.setViewportSize({ width: way.width, height: 900 });
        await page.emulateMedia({ colorScheme: way.scheme });
        await accessible(page);
        const tooWide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        expect(tooWide, `${screen.name} scrolls sideways at ${way.width}`).toBeLessThanOrEqual(0);
        // For people to look at; nothing is compared.
        const script = info.project.name === "plain" ? "-plain" : "";
        await page.screenshot({ path: `test-results/looks/${screen.name}-${way.name}${script}.png`, fullPage: true });
      }
    });
  }
}

async function arrive(page: Page, { at, first, then }: Screen): Promise<void> {
  await page.goto(at);
  if (!first) return;
  const address = await page.locator(first).first().getAttribute("href");
  await page.goto(`${address}${then ?? ""}`);
}
