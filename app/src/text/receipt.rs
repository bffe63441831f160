//! What was agreed, given back to whoever answered, in the wordings of the form ([`super::paper`]).

use super::paper::Wording;

macro_rules! receipts {
    ($($name:ident => $swedish:literal, $plain:literal, $english:literal;)*) => {
        $(
            #[doc = concat!("»", $swedish, "«")]
            #[must_use]
            pub const fn $name(wording: Wording) -> &'static str {
                wording.pick($swedish, $plain, $english)
            }
        )*
    };
}

receipts! {
    title => "Kvitto på ditt svar", "Det här har du svarat", "Receipt for your answer";
    yes =>
        "Du har samtyckt till att de här får tala med varandra om barnet på en samverkansträff:",
        "Du har sagt ja till att de här får prata med varandra om barnet:",
        "You have consented to these talking with each other about the child at a collaboration meeting:";
    no =>
        "Du har svarat nej. Barnet tas inte upp på en samverkansträff med stöd av ditt svar. Rätten till stöd påverkas inte.",
        "Du har sagt nej. Då pratar vi inte om barnet på träffen. Ni kan få hjälp ändå.",
        "You have answered no. The child is not taken up at a collaboration meeting on the strength of your answer. The right to support is not affected.";
    on_me =>
        "De här får dessutom berätta det de vet om dig själv:",
        "De här får också berätta om dig själv:",
        "These may also tell what they know about you:";
    own_yes =>
        "Du har samtyckt till att de här får berätta det de vet om dig på en samverkansträff om barnet:",
        "Du har sagt ja till att de här får berätta om dig på ett möte om barnet:",
        "You have consented to these telling what they know about you at a collaboration meeting about the child:";
    own_hear => "De här får höra det:", "De här får höra det:", "These may hear it:";
    own_no =>
        "Du har svarat nej. De som känner dig deltar inte. Rätten till stöd påverkas inte.",
        "Du har sagt nej. De som känner dig kommer inte. Du kan få hjälp ändå.",
        "You have answered no. Those who know you do not take part. The right to support is not affected.";
    listen => "De här får bara lyssna:", "De här får bara lyssna:", "These may only listen:";
    what => "Om vad", "Om vad", "About what";
    not_this => "Inte om", "Inte om", "Not about";
    also => "Det gäller också", "Det gäller också", "It also holds for";
    when => "Hur länge", "Hur länge", "For how long";
    answered => "Ditt svar gavs", "Du svarade", "You answered on";
    received => "Togs emot av", "Den som tog emot ditt svar", "Received by";
    taken_back => "Du har tagit tillbaka", "Du har ångrat dig", "You have taken back";
    everything => "allt", "allt", "everything";
    change => "Om du ändrar dig", "Om du ångrar dig", "If you change your mind";
    keep => "Spara det här bladet. Du kan få ett nytt av den som tog emot ditt svar.", "Spara det här pappret. Du kan få ett nytt.", "Keep this sheet. You can get another from the person who received your answer.";
}
