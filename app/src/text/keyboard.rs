//! The page on the keyboard.

use crate::texts;

texts! {
    title => "Tangentbord", "Keyboard";
    lead => "Allt går att göra utan mus. Det här är bra att kunna.", "Everything can be done without a mouse. This is good to know.";
    key => "Tangent", "Key";
    does => "Gör", "Does";
    everywhere => "Överallt", "Everywhere";
    tab => "Nästa fält, länk eller knapp", "Next field, link or button";
    shift_tab => "Föregående", "Previous";
    enter => "Följer länken, trycker på knappen, sparar formuläret", "Follows the link, presses the button, saves the form";
    space => "Bockar i rutan, trycker på knappen", "Ticks the box, presses the button";
    skip => "Först på varje sida: Hoppa till innehållet", "First on every page: Skip to content";
    escape => "Stänger en ruta som ligger över sidan", "Closes a box that lies over the page";
    agenda => "I dagordningen", "In the agenda";
    agenda_move => "Flyttar den valda punkten upp eller ner", "Moves the chosen item up or down";
    review => "Vid granskning, när du inte skriver", "When reviewing, while you are not writing";
    review_next => "Nästa anteckning i kön", "The next minutes in the queue";
    review_previous => "Föregående anteckning", "The minutes before";
    review_return => "Till kommentaren, för att lämna tillbaka", "To the comment, to return the minutes";
    review_approve => "Till knappen Justera; Enter trycker på den", "To the Approve button; Enter presses it";
    review_off => "De fyra går att stänga av med knappen under kommentarerna. Valet gäller i den webbläsare du använder.",
        "The four can be switched off with the button below the comments. The choice holds in the browser you use.";
    expiry => "När varningen om utloggning visas", "When the sign-out warning shows";
    expiry_stay => "Fortsätter arbeta", "Keeps you working";
    zoom => "Sidan går att förstora till 400 % och följer datorns inställningar för kontrast, mörkt läge och rörelse.",
        "The page can be enlarged to 400% and follows the computer's settings for contrast, dark mode and motion.";
}
