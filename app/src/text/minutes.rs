//! Sentences of minutes: written, reviewed, approved; and of what was undertaken.

use domain::minutes::{ChildsView, MinutesState};

use crate::{text::Lang, texts};

texts! {
    title => "Anteckningar", "Minutes";
    crumb_actions => "Åtgärder", "Actions";
    phrases => "Mina fraser", "My phrases";
    phrases_hint => "En fras läggs in där du senast skrev.", "A phrase is put in where you wrote last.";
    no_phrases => "Du har inga fraser än.", "You have no phrases yet.";
    edit_phrases => "Ändra mina fraser", "Edit my phrases";
    purpose => "Syfte med punkten", "Purpose of the item";
    contributions => "Vad parterna bidrog med", "What the parties brought";
    contributions_hint => "Välj för varje part vad slags uppgift det är: bara de slag samtycket nämner får tas upp. Inga personnummer, inga uppgifter om andra personer.", "Choose for each party what kind of information it is: only the kinds the consent names may be told. No personal numbers, nothing about other persons.";
    add_contribution => "Lägg till bidrag", "Add a contribution";
    told(row: usize) => "Bidrag {row}", "Contribution {row}";
    told_by(row: usize) => "Vem, bidrag {row}", "Who, contribution {row}";
    told_of(row: usize) => "Slags uppgift, bidrag {row}", "Kind of information, contribution {row}";
    kind_of_information => "Slags uppgift …", "Kind of information …";
    childs_view => "Den unges åsikt", "The young person's view";
    childs_words => "Åsikten i ord", "The view in words";
    guardians_view => "Vårdnadshavarnas syn", "The guardians' view";
    agreed => "Överenskommet", "Agreed";
    undertakings => "Överenskomna åtgärder", "Agreed actions";
    undertakings_hint => "Vad, vem och senast när. Töm en rad för att ta bort den.", "What, who and by when. Empty a row to take it away.";
    add_undertaking => "Lägg till åtgärd", "Add an action";
    what(row: usize) => "Åtgärd {row}", "Action {row}";
    who(row: usize) => "Vem, åtgärd {row}", "Who, action {row}";
    when(row: usize) => "Senast, åtgärd {row}", "By when, action {row}";
    outcome => "Hur ärendet går vidare", "How the case goes on";
    follow_up => "Tas upp igen", "Taken up again";
    follow_up_on => "Dag för uppföljning", "Day of the follow-up";
    closure => "Avslutas", "Closed";
    hand_over => "Lämnas över", "Handed over";
    follow_up_day(day: String) => "Uppföljning {day}", "Follow-up on {day}";
    by_day(day: String) => "senast {day}", "by {day}";
    save => "Spara", "Save";
    submit => "Lämna till granskning", "Hand in for review";
    submit_hint => "När texten är inlämnad kan den bara läsas, tills den justeras eller lämnas tillbaka.", "Once handed in the text can only be read, until it is approved or returned.";
    returned => "Tillbaka från granskningen", "Back from review";
    saved_now => "Det som är sparat nu", "What is saved now";
    locked => "Texten är låst", "The text is locked";
    locked_text => "Samtycket gäller inte längre. Det som skrevs ligger kvar och kan inte ändras eller justeras.", "The consent no longer holds. What was written stays and can neither be changed nor approved.";
    written_by(who: String) => "Skriven av {who}", "Written by {who}";
    version(number: i64) => "version {number}", "version {number}";
    record => "Minnesanteckning", "Minutes";
    present => "Närvarande", "Present";
    covered => "Samtycket omfattade", "The consent covered";
    approved_at(at: String) => "Upprättad {at}", "Approved {at}";
    approved_by(who: String, writer: String) => "Justerad av {who}, administratör. Skriven av {writer}. Kan inte ändras.", "By {who}, administrator. Written by {writer}. Cannot be changed.";
    reopened(at: String, by: String, number: i64) => "Öppnad igen {at} av {by}, efter att version {number} var justerad", "Opened again {at} by {by}, after version {number} had been approved";
    reopened_reads => "Det som står här är det som justerades senast. En ny version skrivs.", "What stands here is what was approved last. A new version is being written.";
    addenda => "Tillägg", "Addenda";
    added(at: String, by: String) => "{at}, {by}", "{at}, {by}";
    addendum_waits => "Väntar på justering", "Waits for review";
    addendum_approved(at: String, by: String) => "Justerat {at} av {by}", "Approved {at} by {by}";
    addendum_returned(at: String, by: String) => "Inte justerat {at}, {by}", "Not approved {at}, {by}";
    add => "Lägg till något", "Add something";
    add_text => "Tillägg", "Addendum";
    add_hint => "Justerad text ändras inte. Det du skriver här läses efter den, när en administratör har justerat det. Inga personnummer.", "Approved text does not change. What you write here is read after it, once an administrator has approved it. No personal numbers.";
    do_add => "Lämna till justering", "Hand in for review";
    approve_addendum => "Justera tillägget", "Approve the addendum";
    refuse_addendum => "Justera inte", "Do not approve";
    refuse_comment => "Varför inte?", "Why not?";
    do_refuse_addendum => "Lämna tillbaka tillägget", "Return the addendum";
    reopen => "Öppna igen", "Open again";
    reopen_reason => "Varför behöver anteckningarna öppnas?", "Why do the minutes need to be opened?";
    reopen_hint => "Sekreteraren skriver en ny version som justeras på nytt. Det som är justerat står kvar tills dess, och den som har läst det får veta att något är nytt. För något som ska läggas till räcker ett tillägg.", "The secretary writes a new version, which is approved anew. What is approved stays until then, and whoever has read it is told that something is new. To add something an addendum is enough.";
    do_reopen => "Öppna anteckningarna igen", "Open the minutes again";
    remarks_count(count: usize) => "{count} kommentarer står vid texten.", "{count} comments stand beside the text.";
    remark_one => "En kommentar står vid texten.", "One comment stands beside the text.";
    remark_of(what: String) => "Om {what}", "On {what}";
    handed => "Expedierad", "Handed over";
    handed_to(to: String, at: String, by: String) => "{to}, {at}, av {by}", "{to}, {at}, by {by}";
    hand_over_minutes => "Expediera", "Hand over";
    hand_over_to => "Till vem?", "To whom?";
    hand_over_hint => "Bara enheter som samtycket omfattar i den här stunden. De får ett utdrag för sin egen akt, och den som var kallad får veta att det finns.", "Only units the consent covers at this moment. They get an extract for their own records, and those who were called are told that it is there.";
    has_all(unit: String) => "{unit} (har fått allt)", "{unit} (has all of it)";
    do_hand_over => "Expediera", "Hand over";
    extract => "Utdrag för er akt", "Extract for your records";
    extract_hint => "Det er enhet har fått, som PDF för arkiv eller som paket för ett e-arkiv. Mottagare och samtycke står på varje sida.", "What your unit was given, as a PDF for archives or as a package for a digital archive. Recipient and consent stand on each page.";
    extract_pdf => "Hämta PDF", "Get the PDF";
    extract_package => "Hämta arkivpaket", "Get the archive package";
    case_handed => "Överlämnat till andra", "Handed over to others";
    case_handed_hint => "Det här finns i enheternas egna akter och ligger kvar där också efter en återkallelse. Berätta det för familjen.", "This is in the units' own records and stays there after a withdrawal too. Tell the family.";
    case_handed_to(to: String, on: String) => "{to}: anteckningarna från {on}", "{to}: the minutes of {on}";
    empty_part => "Inget skrivet.", "Nothing written.";
    unsaved => "Osparat …", "Not saved …";
    saved_at(time: String) => "Sparat {time}", "Saved {time}";
    not_saved_stale => "Inte sparat: någon annan har ändrat texten. Din text står kvar. Tryck på Spara, så visas båda och du kan föra ihop dem.", "Not saved: somebody else has changed the text. Yours is still here. Press Save to see both and bring them together.";
    not_saved_offline => "Inte sparat: ingen kontakt. Texten står kvar och sparas så fort det går.", "Not saved: no contact. The text is still here and is saved as soon as possible.";
    not_saved_signed_out => "Inte sparat: du är utloggad. Texten står kvar. Tryck på Spara, logga in, så är du tillbaka här med texten.", "Not saved: you are signed out. The text is still here. Press Save and sign in, and you are back here with it.";
    not_saved_gone => "Inte sparat: samtycket gäller inte längre eller texten är inlämnad. Inget mer kan skrivas här.", "Not saved: the consent no longer holds or the text is handed in. Nothing more can be written here.";
    mentions(words: String) => "Andra personer nämns: {words}. Samtycke om dem saknas. Ta bort det, eller be dem om samtycke.", "Other persons are mentioned: {words}. Consent about them is missing. Take it out, or ask them for consent.";
    not_saved_flaw(what: String) => "Inte sparat: {what}", "Not saved: {what}";

    actions => "Åtgärder", "Actions";
    own_actions => "Det vi har åtagit oss", "What we have undertaken";
    other_actions => "Det andra har åtagit sig", "What others have undertaken";
    no_actions => "Inga åtgärder", "No actions";
    no_actions_text => "Här står vad enheterna åtog sig på träffarna, tills det är gjort.", "What the units undertook at the meetings stands here until it is done.";
    case => "Ärende", "Case";
    by_whom => "Vem", "Who";
    due => "Senast", "By";
    overdue => "försenad", "overdue";
    tick => "Klar", "Done";
    tick_name(what: String) => "Klar: {what}", "Done: {what}";
    untick => "Inte klar", "Not done";
    settled_actions => "Klart eller struket de senaste fyra veckorna", "Done or dropped in the last four weeks";
    actions_hint => "Vad åtgärderna gäller står på ärendet.", "What the actions are stands with the case.";
    status => "Läge", "Status";
    open_action => "öppen", "open";
    dropped_on(day: String) => "struken {day}", "dropped {day}";
    moved_from(day: String) => "flyttad från {day}", "moved from {day}";
    move_or_drop => "Flytta eller stryk", "Move or drop";
    move_name(what: String) => "Flytta eller stryk: {what}", "Move or drop: {what}";
    new_day => "Ny dag", "New day";
    why => "Varför?", "Why?";
    do_move => "Flytta", "Move";
    do_drop => "Stryk", "Drop";
    done_on(day: String) => "klar {day}", "done {day}";
}

/// What became of the child's view, in words.
#[must_use]
pub const fn view_of(view: ChildsView, lang: Lang) -> &'static str {
    match (view, lang) {
        (ChildsView::Heard, Lang::Sv) => "Inhämtad",
        (ChildsView::Heard, Lang::En) => "Heard",
        (ChildsView::NotSuitable, Lang::Sv) => "Inte lämpligt att inhämta",
        (ChildsView::NotSuitable, Lang::En) => "Not suitable to ask for",
        (ChildsView::Declined, Lang::Sv) => "Avböjde",
        (ChildsView::Declined, Lang::En) => "Declined",
    }
}

/// Where minutes are, in words.
#[must_use]
pub const fn state_of(state: MinutesState, lang: Lang) -> &'static str {
    match (state, lang) {
        (MinutesState::Draft, Lang::Sv) => "Utkast",
        (MinutesState::Draft, Lang::En) => "Draft",
        (MinutesState::Submitted, Lang::Sv) => "Väntar på granskning",
        (MinutesState::Submitted, Lang::En) => "Waits for review",
        (MinutesState::Returned, Lang::Sv) => "Tillbaka hos sekreteraren",
        (MinutesState::Returned, Lang::En) => "Back with the secretary",
        (MinutesState::Approved, Lang::Sv) => "Justerad",
        (MinutesState::Approved, Lang::En) => "Approved",
    }
}
