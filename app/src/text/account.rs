//! Coming in, choosing an assignment, one's own settings.

use domain::visibility::Role;

use super::Lang;
use crate::texts;

texts! {
    sign_in_title => "Logga in", "Sign in";
    email => "E-post", "E-mail";
    password => "Lösenord", "Password";
    go_on => "Fortsätt", "Continue";
    wrong_sign_in_hint => "Efter fem fel får man vänta en stund innan det går igen. Be en administratör om en ny länk om du glömt lösenordet.",
        "After five errors one has to wait a while. Ask an administrator for a new link if you forgot the password.";
    demo_logins => "Prova som", "Try as";
    demo_logins_text => "Påhittade personer, bara i demon. Lösenordet fylls i åt dig.",
        "Invented people, in the demo only. The password is filled in for you.";
    demo_choose => "Välj", "Choose";
    demo_choose_who(name: &str) => "Logga in som {name}", "Sign in as {name}";

    code_title => "Engångskod", "One-time code";
    code => "Kod", "Code";
    code_hint => "De sex siffrorna i din app. De byts varje halvminut.", "The six digits in your app. They change every half minute.";
    code_once => "Varje kod gäller en gång.", "Each code works once.";
    other_person => "Inte du? Börja om", "Not you? Start over";
    demo_code => "Demo: så här visar telefonen", "Demo: what the telephone shows";
    demo_code_use => "Använd koden", "Use the code";
    demo_code_wait => "Demo: alla koder för halvminuten är använda. Ladda om sidan om en stund.",
        "Demo: all codes of this half minute are used. Reload the page shortly.";

    welcome_title => "Välkommen", "Welcome";
    welcome_name(name: &str) => "Välkommen, {name}", "Welcome, {name}";
    welcome_join => "Tre steg: du väljer ett lösenord, kopplar en app som visar engångskoder, och är inne.",
        "Three steps: you choose a password, connect an app that shows one-time codes, and you are in.";
    welcome_recover => "Du väljer ett nytt lösenord. Engångskoderna är som förut.",
        "You choose a new password. The one-time codes stay as they are.";
    welcome_browser => "Länken gäller en gång och bara i den webbläsare där du börjar.",
        "The link works once, and only in the browser where you begin.";
    welcome_until(time: &str) => "Den gäller till {time}.", "It is valid until {time}.";
    welcome_begin => "Börja", "Begin";
    link_spent_title => "Länken gäller inte", "The link is not valid";
    link_spent_text => "Den är använd, för gammal eller påbörjad i en annan webbläsare. Be en administratör om en ny.",
        "It is used, too old or begun in another browser. Ask an administrator for a new one.";
    step_of(step: u32, steps: u32) => "Steg {step} av {steps}", "Step {step} of {steps}";
    choose_password_title => "Välj lösenord", "Choose a password";
    new_password => "Nytt lösenord", "New password";
    new_password_hint => "Minst 12 tecken. Flera ord med mellanslag är lätt att minnas.",
        "At least 12 characters. Several words with spaces are easy to remember.";
    new_password_again => "Samma lösenord en gång till", "The same password once more";
    save_password => "Spara lösenordet", "Save the password";
    enrol_title => "Koppla en app", "Connect an app";
    enrol_text => "Öppna en app för engångskoder på din telefon och läs av rutan, eller skriv in nyckeln.",
        "Open an app for one-time codes on your telephone and scan the square, or type the key.";
    enrol_picture => "Ruta att läsa av med appen. Nyckeln står under den.", "A square to scan with the app. The key stands below it.";
    enrol_key => "Nyckel", "Key";
    enrol_open => "Öppna i en app på den här enheten", "Open in an app on this device";
    enrol_code_hint => "De sex siffror som appen visar nu.", "The six digits the app shows now.";
    enrol_done => "Klart, släpp in mig", "Done, let me in";

    assignments_title => "Vad arbetar du som?", "What do you work as?";
    assignments_text => "Du ser det som enheten får veta, en enhet i taget.", "You see what the unit may know, one unit at a time.";
    assignments_present => "Just nu", "At present";
    assignments_choose(name: &str) => "Arbeta som {name}", "Work as {name}";
    assignments_choose_short => "Välj", "Choose";
    no_assignments_title => "Du har inget uppdrag i dag", "You have no assignment today";
    no_assignments_text => "En administratör i kommunen ger dig ett.", "An administrator in the municipality gives you one.";

    profile_title => "Mina inställningar", "My settings";
    works => "Mina uppdrag", "My assignments";
    phrases => "Mina fraser", "My phrases";
    phrases_text => "Det du ofta skriver i anteckningar. Bara du ser dem. Inget om något barn ska stå i dem.", "What you often write in minutes. Only you see them. Nothing about any child belongs in them.";
    new_phrase => "Ny fras", "New phrase";
    add_phrase => "Lägg till", "Add";
    remove_phrase => "Ta bort", "Remove";
    remove_phrase_named(phrase: String) => "Ta bort: {phrase}", "Remove: {phrase}";
    change_password_title => "Byt lösenord", "Change password";
    current_password => "Nuvarande lösenord", "Present password";
    change_password_text => "Du loggas ut överallt utom här.", "You are signed out everywhere but here.";
    change_password => "Byt lösenord", "Change password";
    sessions_title => "Där du är inloggad", "Where you are signed in";
    session_browser => "Webbläsare", "Browser";
    session_unknown => "Okänd", "Unknown";
    session_since => "Sedan", "Since";
    session_seen => "Senast använd", "Last used";
    session_present => "Den här", "This one";
    session_end => "Logga ut", "Sign out";
    session_end_which(browser: &str, since: &str) => "Logga ut {browser}, sedan {since}", "Sign out {browser}, since {since}";
    sessions_end_others => "Logga ut alla andra", "Sign out all others";
}

/// A role in a word.
#[must_use]
pub const fn role(role: Role, lang: Lang) -> &'static str {
    match (role, lang) {
        (Role::Coordinator, Lang::Sv) => "Samordnare",
        (Role::Coordinator, Lang::En) => "Coordinator",
        (Role::Participant, Lang::Sv) => "Deltagare",
        (Role::Participant, Lang::En) => "Participant",
        (Role::Administrator, Lang::Sv) => "Administratör",
        (Role::Administrator, Lang::En) => "Administrator",
        (Role::Operator, Lang::Sv) => "It-drift",
        (Role::Operator, Lang::En) => "IT operations",
    }
}
