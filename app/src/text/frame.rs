//! The frame of every page: the bar, the navigation, the pages for what went wrong, words shared by many pages.

use crate::texts;

texts! {
    product => "Samverkan", "Samverkan";
    skip_to_content => "Hoppa till innehållet", "Skip to content";
    main_navigation => "Huvudmeny", "Main menu";
    menu => "Meny", "Menu";
    demo => "Demo", "Demo";
    demo_ribbon => "Demo: påhittade barn, inga riktiga uppgifter", "Demo: invented children, no real data";
    language => "Språk", "Language";
    sign_in => "Logga in", "Sign in";
    sign_out => "Logga ut", "Sign out";
    my_settings => "Mina inställningar", "My settings";
    change_assignment => "Byt uppdrag", "Change assignment";

    week => "Denna vecka", "This week";
    meetings => "Träffar", "Meetings";
    cases => "Ärenden", "Cases";
    consents => "Samtycken", "Consents";
    ending(count: usize) => "{count} löper ut", "{count} end soon";
    actions => "Åtgärder", "Actions";
    review => "Granskning", "Review";
    access_log => "Loggkontroll", "Log review";
    to_review => "Att justera", "To review";
    municipality => "Kommunen", "Municipality";
    parties => "Parter och platser", "Parties and seats";
    people => "Personer", "People";
    my_calendar => "Min kalender", "My calendar";
    help => "Hjälp", "Help";
    keyboard => "Tangentbord", "Keyboard";
    accessibility => "Tillgänglighet", "Accessibility";

    save => "Spara", "Save";
    cancel => "Avbryt", "Cancel";
    back => "Tillbaka", "Back";
    show => "Visa", "Show";
    edit => "Ändra", "Edit";
    remove => "Ta bort", "Remove";
    optional => "frivilligt", "optional";
    yes => "Ja", "Yes";
    no => "Nej", "No";
    choose => "Välj …", "Choose …";
    breadcrumbs => "Du är här", "You are here";
    date_hint => "ÅÅÅÅ-MM-DD", "YYYY-MM-DD";
    time_hint => "TT.MM", "HH.MM";

    flaws_head_one => "Ett fält behöver rättas", "One field needs correcting";
    flaws_head(count: usize) => "{count} fält behöver rättas", "{count} fields need correcting";
    nothing_saved => "Inget är sparat än. Det du skrev står kvar.", "Nothing is saved yet. What you typed is still here.";
    stale_head => "Någon annan hann ändra", "Someone else changed this first";
    stale_text => "Det du skrev står kvar. Sidan visar nu hur det ser ut; jämför och spara igen.",
        "What you typed is still here. The page now shows the present state; compare and save again.";
    restored_head => "Din text är tillbaka", "Your text is back";
    restored_text => "Du blev utloggad innan det sparades. Läs igenom och spara.",
        "You were signed out before it was saved. Read it through and save.";

    not_found_title => "Sidan finns inte", "Page not found";
    not_found_text => "Adressen leder ingenstans, eller till något som du inte ska se.",
        "The address leads nowhere, or to something that is not for you.";
    to_week => "Till denna vecka", "To this week";
    denied_title => "Det ingår inte i ditt uppdrag", "Not part of your assignment";
    denied_text => "Byt uppdrag om du har fler, eller fråga den som samordnar.",
        "Change assignment if you have several, or ask your coordinator.";
    fault_title => "Något gick fel hos oss", "Something went wrong on our side";
    fault_text => "Inget du hade sparat är borta. Försök igen om en stund.", "Nothing you had saved is gone. Try again shortly.";
    fault_id(id: &str) => "Felets nummer, om du frågar oss: {id}", "The fault's number, if you ask us: {id}";
    busy_title => "Det är mycket just nu", "Busy right now";
    busy_text => "Vänta några sekunder och försök igen.", "Wait a few seconds and try again.";

    expiry_title => "Du loggas snart ut", "You will soon be signed out";
    expiry_text(minutes: u32) => "Om {minutes} minuter loggas du ut, för att ingen annan ska läsa. Det du skriver finns kvar.",
        "In {minutes} minutes you are signed out, so that nobody else can read. What you type is kept.";
    expiry_stay => "Fortsätt arbeta", "Keep working";
    expired_title => "Du är utloggad", "You are signed out";
    expired_text => "Det du skrivit står kvar på sidan. När du sparar får du logga in, och texten följer med.",
        "What you typed is still on the page. When you save you sign in first, and the text comes along.";
    close => "Stäng", "Close";
}
