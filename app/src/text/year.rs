//! Sentences of the school year: when forums meet, how full it is, how long cases waited.

use crate::texts;

texts! {
    title(first: i32, last: i32) => "Läsåret {first}/{last}", "The school year {first}/{last}";
    year => "Året", "The year";
    lead => "Alla träffar och lov. Hur fullt det är, och hur länge ärenden väntat, räknas på det din enhet får veta just nu.",
        "All meetings and breaks. How full they are and how long cases waited is counted on what your unit may know right now.";
    lead_own => "Alla träffar och lov. Hur fullt det är räknas på punkter för din enhet, och väntetid på ärenden ni får veta om just nu.",
        "All meetings and breaks. How full they are is counted on items for your unit, and waiting on cases you may know of right now.";
    previous => "Föregående läsår", "The previous school year";
    next => "Nästa läsår", "The next school year";
    none => "Inga träffar är utlagda det här läsåret.", "No meetings are laid out this school year.";
    meetings => "Träffar och lov", "Meetings and breaks";
    load => "Belastning per vecka", "Load by week";
    load_hint => "Planerade minuter av träffens längd.", "Planned minutes of the length of the meeting.";
    waiting => "Väntetid till första träffen", "Waiting for the first meeting";
    waiting_hint => "Dagar från registrering. Stapeln är mittenvärdet, strecket den som väntat längst.",
        "Days from registration. The bar is the middle one, the line the one that waited longest.";
    waiting_none => "Inget ärende ni känner till togs upp för första gången det här läsåret.",
        "No case you know of was taken up for the first time this school year.";
    waits_one(forum: &str, days: u32) => "{forum}: ett ärende väntar på sin första träff, sedan {days} dagar.",
        "{forum}: one case waits for its first meeting, for {days} days.";
    waits(forum: &str, cases: usize, median: u32, longest: u32) => "{forum}: {cases} ärenden väntar på sin första träff. Hälften har väntat högst {median} dagar, det som väntat längst {longest}.",
        "{forum}: {cases} cases wait for their first meeting. Half have waited at most {median} days, the longest {longest}.";
    waits_nobody(forum: &str) => "{forum}: inget ärende väntar på sin första träff.", "{forum}: no case waits for its first meeting.";
    as_table => "Visa som tabell", "Show as a table";
    week => "Vecka", "Week";
    closed => "Lov och stängda dagar", "Breaks and closed days";
    month => "Månad", "Month";
    cases => "Ärenden", "Cases";
    median => "Mittenvärde, dagar", "Middle, days";
    longest => "Längst, dagar", "Longest, days";
    forum => "Forum", "Forum";
    today => "I dag", "Today";
    of(planned: u32, minutes: u16) => "{planned} av {minutes} min", "{planned} of {minutes} min";
    too_much(over: u32) => "{over} min för mycket", "{over} min too much";
    not_told => "inte utskickad", "not sent out";
    held => "genomförd", "held";
    planned => "planerad", "planned";
    cancelled => "inställd", "cancelled";
    free => "ledigt", "free";
    full => "planerat", "planned";
    over => "för mycket", "too much";
    a_break => "lov eller stängt", "break or closed";
    legend => "Så läses bilden", "How to read the picture";
}
