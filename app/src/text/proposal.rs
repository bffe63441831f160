//! What units ask to have a case taken up for, and what comes of it.

use crate::texts;

texts! {
    title => "Förslag till träff", "Proposed for a meeting";
    none => "Ingen har frågat om att ta upp ärendet.", "Nobody has asked to have the case taken up.";
    propose => "Föreslå för en träff", "Propose for a meeting";
    propose_other => "Föreslå något annat", "Propose something else";
    replaces => "Det ersätter det din enhet föreslagit nu.", "It replaces what your unit proposes now.";
    who_reads => "Det läses av din enhet och av samordnarna som samtycket omfattar. Inget står i kallelsen.",
        "It is read by your unit and by the coordinators the consent covers. Nothing of it stands in the invitation.";
    question => "Frågeställning", "Question";
    question_hint => "Vad träffen behöver komma fram till.", "What the meeting needs to arrive at.";
    parties => "Vilka behövs", "Who is needed";
    parties_hint => "De som samtycket inte omfattar kan inte kallas förrän familjen har sagt ja till dem.",
        "Those the consent does not cover cannot be invited until the family has said yes to them.";
    not_covered(unit: &str) => "{unit} (omfattas inte än)", "{unit} (not covered yet)";
    not_before => "Tidigast", "Not before";
    not_before_hint => "Lämna tomt för så snart det går.", "Leave empty for as soon as possible.";
    family => "Familjen är med", "The family takes part";
    family_at => "Klockslag familjen kan komma", "Time the family can come";
    family_at_hint => "Som 09.30. Punkten läggs då, eller högst tio minuter senare.", "Such as 09.30. The item is placed then, or at most ten minutes later.";
    send => "Föreslå", "Propose";
    asks(unit: &str, on: &str) => "{unit}, {on}", "{unit}, {on}";
    your_own(on: &str) => "Din enhet, {on}", "Your unit, {on}";
    somebody => "En enhet som känner ärendet", "A unit that knows the case";
    wishes(units: &str) => "Önskar: {units}", "Wishes for: {units}";
    wishes_uncovered(units: &str) => "Omfattas inte av samtycket: {units}", "Not covered by the consent: {units}";
    family_comes => "Familjen är med.", "The family takes part.";
    family_comes_at(time: &str) => "Familjen är med och kan komma {time}.", "The family takes part and can come at {time}.";
    earliest(on: &str) => "Tidigast {on}.", "Not before {on}.";
    waiting => "Väntar på en träff", "Waits for a meeting";
    returned => "Kom tillbaka", "Came back";
    take_back => "Ta tillbaka förslaget", "Take the proposal back";
    noticed => "Jag har läst", "I have read it";
    return_it => "Lämna tillbaka", "Send back";
    reason => "Varför", "Why";
    reason_hint => "Läses av den som föreslog.", "Read by whoever proposed it.";

    who_asks(units: &str) => "{units} frågar", "{units} asks";
    asked => "Vad som frågas", "What is asked";
    carried_over(on: &str) => "hanns inte med {on}", "not reached on {on}";
    follow_up(on: &str) => "följs upp {on}", "follow-up on {on}";
    from(on: &str) => "tidigast {on}", "not before {on}";
    new => "nytt", "new";
    for_this => "För den här träffen", "For this meeting";
    for_later => "För en senare träff", "For a later meeting";
    resting => "Vilar: ingen har frågat igen", "Resting: nobody has asked again";
    suggested(on: &str) => "Föreslås {on}", "Suggested for {on}";
    no_meeting => "Ingen träff är utlagd då än", "No meeting is laid out then yet";

    family_time => "Familjen kommer", "The family comes";
    set_family_time => "Spara tid", "Save time";
    family_short(time: &str) => "familjen kommer {time}", "the family comes at {time}";
    family_waits(reference: &str, comes: &str, starts: &str) => "Familjen i {reference} kommer {comes}, och punkten börjar {starts}",
        "The family of {reference} comes at {comes}, and the item begins at {starts}";
    carry_over => "Flytta till nästa träff", "Move to the next meeting";
    carry_right => "Flytta till rätt forums träff", "Move to the right forum's meeting";

    came_back(reference: &str) => "Ditt förslag om {reference} kom tillbaka", "Your proposal on {reference} came back";
    came_back_more => "Läs varför på ärendets sida.", "Read why on the page of the case.";
    one_proposed(on: &str) => "Ett förslag väntar på träffen {on}", "One proposal waits for the meeting {on}";
    proposed(count: usize, on: &str) => "{count} förslag väntar på träffen {on}", "{count} proposals wait for the meeting {on}";
    to_agenda => "Se kön", "See the queue";
}
