//! One's own calendar.

use crate::texts;

texts! {
    title => "Min kalender", "My calendar";
    lead => "Dina träffar i din vanliga kalender. Den visar tid och plats, aldrig namn eller ärenden.",
        "Your meetings in your usual calendar. It shows time and place, never names or cases.";
    way => "Så kommer träffarna till din kalender", "How meetings come into your calendar";
    way_hint => "Det ena eller det andra, så att ingen träff står två gånger.", "One or the other, so that no meeting stands there twice.";
    way_feed => "Kalendern hämtar dem. Du skapar en adress här nedanför. Ändringar kan dröja ett dygn.", "The calendar fetches them. You make an address below. Changes can take a day.";
    way_mail => "Med e-post. Varje kallelse är en inbjudan som du svarar på i kalendern. Ändringar kommer med nästa brev. Välj det om andra ska se i Outlook att du är upptagen.", "By mail. Each invitation is one you answer in your calendar. Changes come with the next letter. Choose this if others are to see in Outlook that you are busy.";
    save => "Spara", "Save";
    empty_own => "tom, eftersom träffarna kommer med e-post", "empty, as your meetings come by mail";
    made_head => "Din nya adress", "Your new address";
    made_text => "Kopiera den nu: den visas bara den här gången. Ge den inte till någon annan.",
        "Copy it now: it is shown this once only. Give it to nobody else.";
    for_most => "Google, Outlook på webben, Thunderbird, Nextcloud", "Google, Outlook on the web, Thunderbird, Nextcloud";
    for_apple => "iPhone, iPad, Mac och Outlook på datorn öppnar den här", "iPhone, iPad, Mac and Outlook on the computer open this one";
    for_telephone => "Telefon: rikta kameran hit", "Telephone: point the camera here";
    picture => "Adressen som bild för telefonens kamera", "The address as a picture for the telephone's camera";
    holds => "Vilka träffar", "Which meetings";
    holds_hint => "Dina egna träffar gör dig upptagen, bara din egen tid. Enhetens och forumets står hela och gör dig inte upptagen.", "Your own meetings make you busy, in your own time alone. Those of the unit and the forum stand whole and do not.";
    holds_own => "Mina träffar", "My meetings";
    holds_unit => "Min enhets träffar", "My unit's meetings";
    holds_forum(name: &str) => "Alla träffar: {name}", "All meetings: {name}";
    own => "Dina adresser", "Your addresses";
    none => "Du har ingen adress än.", "You have no address yet.";
    made(day: &str) => "Gjord {day}", "Made {day}";
    lasts(day: &str) => "gäller till {day}", "lasts until {day}";
    ended => "Har gått ut", "Has ended";
    ends_soon => "Går snart ut", "Ends soon";
    fetched(day: &str, client: &str) => "hämtad {day} av {client}", "fetched {day} by {client}";
    never_fetched => "inte hämtad än", "not fetched yet";
    other_program => "annat program", "another program";
    alarm => "Påminnelse", "Reminder";
    alarm_hint => "Före varje träff. En del program bryr sig inte om den, till exempel Google Kalender.", "Before each meeting. Some programs pay no heed to it, such as Google Calendar.";
    alarm_never => "Ingen", "None";
    alarm_quarter => "15 minuter före", "15 minutes before";
    alarm_hour => "1 timme före", "1 hour before";
    alarm_day => "1 dygn före", "1 day before";
    alarms(before: &str) => "påminner {before}", "reminds {before}";
    leave_out => "Ta bort inställda träffar ur kalendern", "Leave cancelled meetings out of the calendar";
    leave_out_hint => "De står annars kvar med ordet INSTÄLLT tills dagen är över.", "They stay otherwise with the word CANCELLED until the day is over.";
    without_cancelled => "utan inställda", "without cancelled ones";
    end => "Ta bort", "Remove";
    end_all => "Ta bort alla adresser", "Remove all addresses";
    end_all_text => "Varje kalender som hämtar dina träffar blir tom. Välj det om du har tappat en telefon eller om någon kan ha fått en adress.",
        "Every calendar that fetches your meetings empties. Choose it if you lost a telephone, or somebody may have got an address.";

    addresses => "Kalenderadresser", "Calendar addresses";
    addresses_lead => "Så många adresser hämtar träffar till kalenderprogram. Ta bort dem om en kan ha kommit i orätta händer. De som hade en får ett brev om det.",
        "So many addresses fetch meetings into calendar programs. Remove them if one may be in the wrong hands. Those who had one are told by mail.";
    addresses_none => "Ingen har en kalenderadress än.", "Nobody has a calendar address yet.";
    own_of_all => "Egna träffar", "People's own meetings";
    units_of_all => "Enheters träffar", "Units' meetings";
    how_many => "Adresser", "Addresses";
    whose => "Vilka träffar", "Which meetings";
    end_forum(name: &str) => "Ta bort adresserna till {name}", "Remove the addresses of {name}";
    everybodys => "Ta bort alla adresser", "Remove all addresses";
    everybodys_text => "Alla kalendrar som hämtar träffar blir tomma och alla som har en adress får ett brev om att göra en ny. Träffar, kallelser och inloggning påverkas inte.",
        "Every calendar that fetches meetings empties, and everybody with an address is told by mail to make a new one. Meetings, invitations and sign-in are as before.";

    file => "Lägg träffen i kalendern", "Put the meeting into your calendar";
    file_hint => "En fil för den som inte prenumererar. Den följer inte med om träffen ändras.", "A file for who does not subscribe. It does not follow when the meeting changes.";
    end_of(name: &str) => "Ta bort {name}", "Remove {name}";
    new_head => "Ny adress", "New address";
    new_hint => "En för varje program eller apparat, så att du kan ta bort en i taget. Högst fem.", "One for each program or device, so that you can remove one at a time. Five at most.";
    name => "Program eller apparat", "Program or device";
    make => "Skapa adress", "Make an address";
    steps => "Så gör du", "How to do it";
    google => "Google Kalender: Andra kalendrar, plus, Från webbadress. Google hämtar var 8–24 timme och det går inte att ändra.",
        "Google Calendar: Other calendars, plus, From URL. Google fetches every 8–24 hours and that cannot be changed.";
    outlook_web => "Outlook på webben: Lägg till kalender, Prenumerera från webben. Hämtas ungefär var tredje timme, ibland mer sällan än en gång om dygnet.",
        "Outlook on the web: Add calendar, Subscribe from web. Fetched about every third hour, sometimes less than once a day.";
    outlook => "Outlook på datorn: Kontoinställningar, Internetkalendrar, Ny. Hämtas var 1–3 timme.", "Outlook on the computer: Account settings, Internet calendars, New. Fetched every 1–3 hours.";
    apple => "iPhone, iPad och Mac: öppna adressen som börjar med webcal. Hur ofta den hämtas väljer du själv.", "iPhone, iPad and Mac: open the address that begins with webcal. You choose how often it is fetched.";
    thunderbird => "Thunderbird: Ny kalender, På nätverket. Hur ofta den hämtas väljer du själv.", "Thunderbird: New calendar, On the network. You choose how often it is fetched.";
    nextcloud => "Nextcloud: Ny prenumeration via länk. Hämtas en gång i veckan om inget annat är inställt.", "Nextcloud: New subscription from link. Fetched once a week unless set otherwise.";
    slow => "Ändringar kan alltså dröja ett dygn. Det som gäller står alltid här i Samverkan.", "So changes can take a day. What holds always stands here in Samverkan.";
    servers => "Prenumererar du från Google eller Outlook på webben hämtar och sparar det företagets servrar kalendern. Därför står det inget om någon i den.",
        "If you subscribe from Google or Outlook on the web, that company's servers fetch and keep the calendar. That is why it holds nothing about anybody.";
}
