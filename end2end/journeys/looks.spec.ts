import type { Page } from "@playwright/test";
import { expect, test } from "../fixtures.ts";
import { people } from "./stage.ts";

/** A screen: its address, or the first link of a kind on another screen, with something after it, and what is done there. */
type Screen = { name: string; at: string; first?: string; then?: string; act?: (page: Page) => Promise<void> };

/** The next meeting whose agenda is being made. */
const draft = "ul.occasions > li:has-text('utkast') a[href^='/traffar/']";
/** The last meeting whose invitations have gone out: it lies ahead. */
const called = "ul.occasions > li:has-text('kallelse skickad') a[href^='/traffar/']";
/** One that was opened by another screen meanwhile: there is not always more than one ahead. */
const running = "ul.occasions > li:has-text('Pågår') a[href^='/traffar/']";

const screens: { who: string | null; of: Screen[] }[] = [
  {
    who: null,
    of: [
      { name: "sign-in", at: "/logga-in" },
      { name: "code", at: "/logga-in", act: (page) => page.getByRole("button", { name: "Logga in som Rut" }).click() },
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
      { name: "agenda-draft", at: "/traffar", first: draft },
      { name: "call", at: "/traffar", first: draft, then: "/kalla" },
      { name: "room", at: "/", first: ".meet h2 a", then: "/rum" },
      { name: "room-under-way", at: "/traffar", first: called, then: "/rum", act: takeUpACase },
      { name: "wall", at: "/traffar", first: `${called}, ${running}`, then: "/rum/vagg" },
      { name: "cases", at: "/arenden" },
      { name: "case", at: "/arenden", first: "main a[href^='/arenden/']:not([href$='nytt'])" },
      { name: "consent", at: "/arenden", first: "main a[href^='/arenden/']:not([href$='nytt'])", then: "/samtycke" },
      { name: "consent-paper", at: "/arenden", first: "main a[href^='/arenden/']:not([href$='nytt'])", then: "/samtycke/blankett" },
      { name: "withdraw", at: "/arenden", first: "main a[href^='/arenden/']:not([href$='nytt'])", then: "/aterkalla" },
      { name: "new-case", at: "/arenden/nytt" },
      { name: "consents", at: "/samtycken" },
      { name: "actions", at: "/atgarder" },
      { name: "calendar", at: "/min-kalender" },
      { name: "calendar-made", at: "/min-kalender", act: makeAnAddress },
      { name: "year", at: "/aret" },
      { name: "figures", at: "/siffror" },
      { name: "settings", at: "/jag" },
      { name: "not-found", at: "/finns-inte" },
    ],
  },
  {
    who: people.headTeacher,
    of: [
      { name: "participant-week", at: "/" },
      { name: "participant-cases", at: "/arenden" },
      { name: "case-seen", at: "/arenden", first: "tr:has-text('Din enhet') a.ref", then: "/sett" },
      // One that was held: whether there is one to come that somebody is called to depends on the day of the week.
      { name: "participant-agenda", at: "/traffar", first: "details .occasions > li:has-text('13–18 år') a:not(.btn)" },
    ],
  },
  {
    who: people.administrator,
    of: [
      { name: "administrator-week", at: "/" },
      { name: "review", at: "/granskning" },
      { name: "reviewed", at: "/granskning", first: "main a[href^='/granskning/']" },
      { name: "minutes", at: "/arenden", act: readMinutes },
      { name: "access-log", at: "/loggkontroll" },
      { name: "municipality", at: "/kommunen" },
      { name: "forum", at: "/kommunen", first: "main a[href^='/kommunen/forum/']:not([href$='/nytt'])" },
      {
        name: "seat",
        at: "/kommunen",
        first: "main a[href^='/kommunen/forum/']:not([href$='/nytt'])",
        act: async (page) => {
          await page.goto((await page.locator("a[href*='/platser/']").first().getAttribute("href")) ?? "");
        },
      },
      { name: "mandates", at: "/kommunen/uppdrag" },
      { name: "mandate", at: "/kommunen/uppdrag/school" },
      { name: "series", at: "/kommunen", first: "main a[href^='/kommunen/forum/']:not([href$='/nytt'])", then: "/serie" },
      {
        name: "series-shown",
        at: "/kommunen",
        first: "main a[href^='/kommunen/forum/']:not([href$='/nytt'])",
        then: "/serie",
        act: showATerm,
      },
      { name: "calendar-addresses", at: "/kommunen/kalendrar" },
      { name: "closed-days", at: "/kommunen/stangda-dagar" },
      { name: "disposal", at: "/kommunen/gallring" },
      { name: "new-unit", at: "/kommunen/enheter/ny" },
      { name: "new-forum", at: "/kommunen/forum/nytt" },
      { name: "new-person", at: "/kommunen/personer/ny" },
      { name: "assignments", at: "/uppdrag" },
      { name: "unit", at: "/kommunen", first: "main a[href^='/kommunen/enheter/']:not([href$='/ny'])" },
      { name: "people", at: "/kommunen/personer" },
      { name: "person", at: "/kommunen/personer", first: "main a[href^='/kommunen/personer/']:not([href$='/ny'])" },
    ],
  },
];

/** Every width and colour once. Dark differs from light in contrast alone, a telephone from a desk in all else. */
const ways = [
  { name: "wide", width: 1400, scheme: "light", held: "all" },
  { name: "dark", width: 1400, scheme: "dark", held: "contrast" },
  { name: "tablet", width: 820, scheme: "light", held: undefined },
  { name: "phone", width: 390, scheme: "light", held: "but contrast" },
  { name: "phone-dark", width: 390, scheme: "dark", held: undefined },
] as const;

/** A folder for pictures, for people to look at; nothing is compared. */
const pictures = process.env.LOOKS;

for (const { who, of } of screens) {
  for (const screen of of) {
    // axe waits for timers, which do not run without script; the page is the same. Pictures are taken of both.
    const tag = pictures ? "" : " @script";
    test(`${screen.name} can be used by everybody and fits every screen${tag}`, async ({ page, enter, accessible }, info) => {
      if (who) await enter(who);
      await arrive(page, screen);
      // Colours do not change what fits: a telephone in the dark is only for the pictures.
      for (const { name, width, scheme, held } of ways.filter((way) => pictures || way.name !== "phone-dark")) {
        await page.setViewportSize({ width, height: 900 });
        await page.emulateMedia({ colorScheme: scheme });
        if (pictures) {
          const file = `${screen.name}-${name}${info.project.name === "plain" ? "-plain" : ""}.png`;
          await page.screenshot({ path: `${pictures}/${file}`, fullPage: true });
        }
        if (held && info.project.name === "script") await accessible(page, held);
        const tooWide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        expect(tooWide, `${screen.name} scrolls sideways at ${width}`).toBeLessThanOrEqual(0);
      }
    });
  }
}

async function arrive(page: Page, { at, first, then, act }: Screen): Promise<void> {
  await page.goto(at);
  if (first) {
    const address = await page.locator(first).first().getAttribute("href");
    await page.goto(`${address}${then ?? ""}`);
  }
  await act?.(page);
}

/** Opens a meeting, lets in whoever may hear, and begins items until one is about a case. */
async function takeUpACase(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Öppna träffen" }).click();
  await page.getByText("Pricka in").first().click();
  await page.getByLabel("Enhet").selectOption({ label: "Soc" });
  await page.getByLabel("Namn", { exact: true }).fill("Maria Lindqvist");
  await page.getByRole("button", { name: "Pricka in" }).click();
  const next = page.getByRole("button", { name: /^Nästa punkt/ });
  for (let items = 0; items < 10 && !(await page.getByText("Samtycke gäller").isVisible()); items += 1) await next.click();
  await expect(page.getByText("Samtycke gäller")).toBeVisible();
}

/** An address as it is shown once, with everything that can be wished of it. */
async function makeAnAddress(page: Page): Promise<void> {
  await page.getByLabel("Program eller apparat").fill("Datorn på jobbet");
  await page.getByLabel("Påminnelse").selectOption("15");
  await page.getByLabel("Ta bort inställda träffar ur kalendern").check();
  await page.getByRole("button", { name: "Skapa adress" }).click();
  await expect(page.getByRole("heading", { name: "Din nya adress" })).toBeVisible();
}

/** The meetings of next spring, on Thursdays, before they are saved: Ascension Day is always one of them. */
async function showATerm(page: Page): Promise<void> {
  const year = new Date().getFullYear() + 1;
  await page.getByLabel("Veckodag").selectOption("4");
  await page.getByLabel("Börjar").fill("13.00");
  await page.getByLabel("Från och med").fill(`${year}-01-10`);
  await page.getByLabel("Till och med").fill(`${year}-06-10`);
  await page.getByRole("button", { name: "Visa träffarna" }).click();
  await expect(page.getByRole("button", { name: "Spara serien" })).toBeVisible();
}

/** The first case that has approved minutes, and them. */
async function readMinutes(page: Page): Promise<void> {
  const cases = await page.locator("main a[href^='/arenden/']:not([href$='nytt'])").evaluateAll((links) =>
    links.map((link) => link.getAttribute("href") ?? ""),
  );
  for (const address of new Set(cases)) {
    await page.goto(address);
    const minutes = page.locator("main a[href^='/anteckningar/']");
    if ((await minutes.count()) > 0) return minutes.first().click();
  }
  throw new Error("no case has minutes");
}
