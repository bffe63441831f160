//! The register of people.

use crate::texts;

texts! {
    title => "Personer", "People";
    lead => "De som kan logga in, och vad de arbetar som.", "Those who can sign in, and what they work as.";
    new => "Ny person", "New person";
    new_lead => "Personen får en länk av dig och väljer sitt eget lösenord.", "The person gets a link from you and chooses their own password.";
    name => "Namn", "Name";
    email => "E-post", "E-mail";
    add => "Lägg till", "Add";
    work => "Uppdrag", "Assignment";
    no_work => "Inget i dag", "None today";
    access => "Inloggning", "Sign-in";
    seen => "Senast inne", "Last seen";
    seen_never => "–", "–";
    access_open => "Kan logga in", "Can sign in";
    access_invited => "Har en länk", "Has a link";
    access_waiting => "Behöver en länk", "Needs a link";
    access_off => "Spärrad efter för många försök", "Blocked after too many tries";
    access_disabled => "Avstängd", "Shut out";

    link_title => "Länk att lämna över", "Link to hand over";
    link_text => "Den visas bara nu. Lämna den själv till personen; skicka den inte med vanlig e-post.",
        "It is shown only now. Hand it to the person yourself; do not send it by ordinary e-mail.";
    link_until(time: &str) => "Gäller en gång, till {time}.", "Valid once, until {time}.";
    link_address => "Adress", "Address";
    link_join => "Gör en länk", "Make a link";
    link_join_text => "Personen väljer lösenord och kopplar sin app.", "The person chooses a password and connects their app.";
    link_recover => "Länk till nytt lösenord", "Link to a new password";
    link_recover_text => "Glömt lösenordet: engångskoderna är som förut.", "Password forgotten: the one-time codes stay as they are.";
    link_phone => "Länk vid ny telefon", "Link for a new telephone";
    link_phone_text => "Ny telefon: lösenord och app väljs om från början.", "New telephone: password and app are chosen anew.";

    details => "Uppgifter", "Details";
    works => "Uppdrag", "Assignments";
    works_empty => "Inget uppdrag än. Utan uppdrag ser personen ingenting.", "No assignment yet. Without one the person sees nothing.";
    role => "Roll", "Role";
    role_hint => "En samordnare ser alla tider i forum där enheten har en plats. Ärenden enheten inte får känna till tas därför av dagordningarna där.", "A coordinator sees all times of forums where the unit has a seat. Cases the unit may not know are therefore taken off the agendas there.";
    unit => "Enhet", "Unit";
    unit_hint => "Lämnas tom för it-drift, som inte ser några ärenden.", "Left empty for IT operations, which see no cases.";
    work_title => "Titel", "Title";
    work_title_hint => "Rektor, socialsekreterare …", "Head teacher, social worker …";
    from => "Första dag", "First day";
    from_hint => "Tomt betyder i dag.", "Empty means today.";
    until => "Sista dag", "Last day";
    until_hint => "Tomt betyder tills vidare.", "Empty means until further notice.";
    add_work => "Lägg till uppdrag", "Add assignment";
    end_work => "Avsluta", "End";
    end_work_hint => "Tomt betyder genast.", "Empty means at once.";
    end_work_which(work: &str) => "Avsluta {work}", "End {work}";
    period_open(from: &str) => "från {from}", "from {from}";
    period(from: &str, until: &str) => "{from} till {until}", "{from} to {until}";
    over => "Avslutat", "Ended";
    to_come => "Börjar senare", "Begins later";

    shut_out_title => "Stäng av", "Shut out";
    shut_out_text => "Personen loggas ut genast och kan inte logga in. Det som är skrivet finns kvar.",
        "The person is signed out at once and cannot sign in. What is written stays.";
    shut_out => "Stäng av personen", "Shut the person out";
    let_in_text => "Personen kan inte logga in.", "The person cannot sign in.";
    let_in => "Släpp in igen", "Let in again";
}
