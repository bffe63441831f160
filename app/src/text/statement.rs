//! The accessibility statement, as lagen (2018:1937) om tillgänglighet till digital offentlig service (DOS-lagen) asks for.

use crate::texts;

texts! {
    title => "Tillgänglighet", "Accessibility";
    lead(municipality: &str) => "{municipality} står bakom den här tjänsten. Alla som arbetar i den ska kunna använda den. Här står hur väl den uppfyller lagen om tillgänglighet till digital offentlig service, vad som brister och hur du säger till.",
        "{municipality} is responsible for this service. Everyone who works in it should be able to use it. This page says how far it meets the Swedish law on accessibility of digital public services, what falls short, and how to tell us.";
    how_title => "Så tillgänglig är tjänsten", "How accessible the service is";
    how_text => "Tjänsten är byggd för nivå AA i WCAG 2.1 (EN 301 549). Den är delvis förenlig: automatiska verktyg finner inga fel på sidorna, men den är inte prövad av en utomstående granskare eller med alla hjälpmedel.",
        "The service is built for level AA of WCAG 2.1 (EN 301 549). It is partially compliant: automatic tools find no fault on its pages, but it has not been tried by an outside auditor or with every assistive technology.";
    known_title => "Brister vi känner till", "Shortcomings we know of";
    known_dragging => "Dagordningen kan ordnas genom att dra. Samma sak går med knappar och med tangentbord, men skärmläsare läser ännu inte upp den nya platsen i alla webbläsare.",
        "The agenda can be ordered by dragging. Buttons and keyboard do the same, but screen readers do not yet announce the new place in every browser.";
    known_audit => "Texter som deltagare själva skriver, till exempel anteckningar, kan vara svåra att läsa. Vi granskar dem inte för läsbarhet.",
        "Texts written by participants, such as minutes, may be hard to read. We do not review them for readability.";
    known_easy => "Det finns ingen version på lättläst svenska eller teckenspråk.", "There is no version in easy Swedish or sign language.";
    report_title => "Säg till om något inte går att använda", "Tell us if something cannot be used";
    report_text(municipality: &str) => "Vänd dig till den som samordnar i din kommun, eller till {municipality} på det sätt som står på kommunens webbplats. Du ska få svar inom en vecka.",
        "Turn to your municipality's coordinator, or to {municipality} as stated on its public website. You should have an answer within a week.";
    authority_title => "Tillsyn", "Supervision";
    authority_text => "Myndigheten för digital förvaltning (Digg) har tillsyn över lagen. Är du inte nöjd med hur vi tar hand om det du påpekat kan du anmäla det till Digg: digg.se/tdosanmalan.",
        "The Agency for Digital Government (Digg) supervises the law. If you are not satisfied with how we deal with your report you can notify Digg: digg.se/tdosanmalan.";
    tested_title => "Så har vi prövat", "How it has been tried";
    tested_text => "Självskattning: sidorna är prövade med axe-core mot WCAG 2.2 AA på stor skärm och i telefonbredd, i ljust och mörkt läge, utan anmärkning. Kontrasten i alla färgpar är uträknad, och de viktigaste arbetsflödena är prövade med och utan skript. Tangentbord rakt igenom och skärmläsare återstår.",
        "Self-assessment: the pages were tried with axe-core against WCAG 2.2 AA on a large screen and at telephone width, in light and dark, with no remark. The contrast of every pair of colours is computed, and the main flows were tried with and without script. The keyboard throughout and screen readers remain.";
    updated => "Senast uppdaterad 22 november 2026.", "Last updated 22 November 2026.";
}
