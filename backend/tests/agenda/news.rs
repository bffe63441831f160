//! What those invited are told when a meeting changes after its invitations left.

use std::time::Duration;

use backend::{
    job::run_due,
    usecase::{
        add_item::add_general_item,
        answer_invitation::{TypedAnswer, answer_own},
        arrange_agenda::{Step, move_item},
        change_item::remove_item,
        change_meeting::{TimeAndPlaceTyped, cancel_meeting, move_meeting},
        change_seat::remove_seat,
        fill_seat::{add_deputy, hand_over},
        publish_meeting::publish_meeting,
        record_consent::record_consent,
        withdraw_consent::withdraw_consent,
    },
    view::agenda::publish_preview,
};
use chrono::TimeDelta;
use domain::{consent::Scope, id::MeetingId};

use super::{
    board::board,
    mail::published,
    smtp::{Mood, Sink},
};
use crate::{
    cases::stage::{form, guardians, yes},
    on_both_engines,
    world::{World, amal::Amal, cases::Laid},
};

/// Does all that is due and gives what arrived by it: to whom, under which subject.
pub async fn letters(world: &World, sink: &Sink) -> Vec<(String, String)> {
    let before = sink.arrived().len();
    while run_due(&world.backend, &sink.mailer()).await.expect("the outbox") > 0 {}
    let mut letters: Vec<_> =
        sink.arrived()[before..].iter().map(|letter| (letter.to.join(" "), letter.subject())).collect();
    letters.sort();
    letters
}

/// The text of the last letter to somebody.
fn last_to(sink: &Sink, to: &str) -> String {
    sink.arrived().iter().rev().find(|letter| letter.to == [to]).expect("a letter").text()
}

/// A published meeting whose three letters have arrived.
async fn invited(world: &World, amal: &Amal) -> (Laid, Sink, MeetingId) {
    let case = published(world, amal).await;
    let sink = Sink::start().await;
    assert_eq!(letters(world, &sink).await.len(), 3);
    world.clock.advance(TimeDelta::minutes(10));
    (case, sink, amal.meeting("2026-11-26"))
}

async fn version(world: &World, meeting: MeetingId) -> i64 {
    world.count(&format!("SELECT version FROM meeting WHERE id = {}", world.literal(meeting.uuid()))).await
}

pub async fn moved(world: &World, amal: &Amal, meeting: MeetingId, on: &str, starts: &str, place: &str) {
    let typed = TimeAndPlaceTyped { on: on.into(), starts: starts.into(), minutes: "120".into(), place: place.into() };
    let version = version(world, meeting).await;
    move_meeting(&world.backend, &amal.actor("maria"), meeting, version, &typed).await.expect("moved");
}

fn to(names: &[&str], subject: &str) -> Vec<(String, String)> {
    names.iter().map(|name| (format!("{name}@amal.test"), subject.to_owned())).collect()
}

on_both_engines! {
    /// C13, V3, V6: whoever need not come is told at once, the others once it is quiet, nobody why, and nobody who saw nothing of it.
    async fn c13_a_withdrawal_uninvites_at_once_and_says_nothing_of_why(world: World) -> TestResult {
        let amal = world.amal().await;
        let (case, sink, _) = invited(&world, &amal).await;
        let by = guardians(&world, case.id).await[0];
        withdraw_consent(&world.backend, &amal.actor("maria"), case.id, by, Scope::All).await?;
        assert_eq!(letters(&world, &sink).await, to(&["eva"], "Kallelse som inte längre gäller"));
        assert_eq!(world.count("SELECT count(*) FROM invitation WHERE withdrawn_at IS NOT NULL").await, 1);
        let text = last_to(&sink, "eva@amal.test");
        assert!(text.starts_with("Din kallelse till samverkansträffen torsdag 26 november 09.00 gäller inte längre."), "{text}");
        assert!(!text.contains("http"), "nothing to follow: {text}");

        // Anna's school was never covered for it: she is told of nothing.
        world.clock.advance(TimeDelta::minutes(6));
        assert_eq!(letters(&world, &sink).await, to(&["per"], "Uppdaterad dagordning"));
        for letter in sink.arrived() {
            for secret in [case.reference.as_str(), &case.name, "samtyck", "återkall", "BUP", "Ungdoms"] {
                assert!(!letter.data.contains(secret) && !letter.text().contains(secret), "{secret} stands in {letter:?}");
            }
        }
        world.clock.advance(TimeDelta::hours(2));
        assert_eq!(letters(&world, &sink).await, [], "once");
        Ok(())
    }

    async fn c13_a_withdrawal_in_part_is_told_to_that_part_alone(world: World) -> TestResult {
        let amal = world.amal().await;
        let (case, sink, _) = invited(&world, &amal).await;
        let by = guardians(&world, case.id).await[0];
        let bup = Scope::Receivers([amal.unit("bup")].into());
        withdraw_consent(&world.backend, &amal.actor("maria"), case.id, by, bup).await?;
        assert_eq!(letters(&world, &sink).await, to(&["eva"], "Kallelse som inte längre gäller"));
        world.clock.advance(TimeDelta::minutes(6));
        assert_eq!(letters(&world, &sink).await, [], "the item is where it was");
        Ok(())
    }

    /// Asked again at the moment of sending: an invitation that stands anew is not called off.
    async fn who_is_invited_anew_meanwhile_is_not_called_off(world: World) -> TestResult {
        let amal = world.amal().await;
        let (case, sink, meeting) = invited(&world, &amal).await;
        let maria = amal.actor("maria");
        let by = guardians(&world, case.id).await[0];
        let bup = Scope::Receivers([amal.unit("bup")].into());
        withdraw_consent(&world.backend, &maria, case.id, by, bup).await?;
        sink.will(&[Mood::Later]);
        assert_eq!(letters(&world, &sink).await, [], "the mail server is busy");
        let again = yes(by, "2026-11-22", &[amal.unit("social"), amal.unit("bup")]);
        record_consent(&world.backend, &maria, case.id, form(vec![again], "2026-11-22")).await?;
        let stamp = board(&world, &amal, "maria", meeting).await.stamp;
        assert_eq!(publish_meeting(&world.backend, &maria, meeting, &stamp).await?, 1);
        world.clock.advance(TimeDelta::minutes(1));
        assert_eq!(letters(&world, &sink).await, to(&["eva"], "Kallelse till samverkansträff"));
        assert_eq!(world.count("SELECT count(*) FROM job WHERE problem = 'overtaken'").await, 1);
        Ok(())
    }

    async fn a_moved_meeting_is_told_once_it_is_quiet_and_asked_about_again(world: World) -> TestResult {
        let amal = world.amal().await;
        let (_, sink, meeting) = invited(&world, &amal).await;
        answer_own(&world.backend, &amal.actor("eva"), meeting, &TypedAnswer::whole("coming")).await?;
        moved(&world, &amal, meeting, "2026-11-27", "09:00", "Sammanträdesrum Kanarie").await;
        assert_eq!(world.count("SELECT count(*) FROM invitation WHERE answer = 'none'").await, 3, "they answered for another time");
        world.clock.advance(TimeDelta::minutes(4));
        assert_eq!(letters(&world, &sink).await, []);
        moved(&world, &amal, meeting, "2026-11-27", "13:30", "Sammanträdesrum Kanarie").await;
        world.clock.advance(TimeDelta::minutes(4));
        assert_eq!(letters(&world, &sink).await, [], "its planner is not done");
        world.clock.advance(TimeDelta::minutes(1));
        assert_eq!(letters(&world, &sink).await, to(&["anna", "eva", "per"], "Flyttad samverkansträff"));
        let text = last_to(&sink, "eva@amal.test");
        assert!(text.starts_with("Samverkansträffen torsdag 26 november 09.00 är flyttad till fredag 27 november 13.30–13.50."), "{text}");
        assert!(text.contains("/kallelse/") && !text.contains("Kanarie"), "the place tells the forum: {text}");

        moved(&world, &amal, meeting, "2026-11-27", "13:30", "Skolan").await;
        world.clock.advance(TimeDelta::minutes(6));
        assert_eq!(letters(&world, &sink).await, to(&["anna", "eva", "per"], "Ändrad samverkansträff"));
        moved(&world, &amal, meeting, "2026-11-26", "09:00", "Skolan").await;
        moved(&world, &amal, meeting, "2026-11-27", "13:30", "Skolan").await;
        world.clock.advance(TimeDelta::minutes(6));
        assert_eq!(letters(&world, &sink).await, [], "moved and moved back");
        Ok(())
    }

    /// However busy the planner is, nobody waits longer than a quarter of an hour.
    async fn changes_are_not_put_off_for_ever(world: World) -> TestResult {
        let amal = world.amal().await;
        let (_, sink, meeting) = invited(&world, &amal).await;
        for minute in 0..5 {
            moved(&world, &amal, meeting, "2026-11-27", &format!("13:{minute:02}"), "Skolan").await;
            world.clock.advance(TimeDelta::minutes(3));
            let arrived = letters(&world, &sink).await.len();
            assert_eq!(arrived, if minute == 4 { 3 } else { 0 }, "after {} minutes", minute * 3 + 3);
        }
        Ok(())
    }

    async fn a_cancelled_meeting_is_told_at_once(world: World) -> TestResult {
        let amal = world.amal().await;
        let (_, sink, meeting) = invited(&world, &amal).await;
        moved(&world, &amal, meeting, "2026-11-27", "09:00", "Skolan").await;
        let version = version(&world, meeting).await;
        cancel_meeting(&world.backend, &amal.actor("maria"), meeting, version, "absence").await?;
        assert_eq!(letters(&world, &sink).await, to(&["anna", "eva", "per"], "Inställd samverkansträff"));
        let text = last_to(&sink, "eva@amal.test");
        assert!(text.starts_with("Samverkansträffen torsdag 26 november 09.00 är inställd."), "as they were told: {text}");
        world.clock.advance(TimeDelta::minutes(20));
        assert_eq!(letters(&world, &sink).await, [], "that it was moved before is of no use");
        Ok(())
    }

    /// V2: an item tells those it is for; where it moves the times of others, these are told.
    async fn a_changed_agenda_is_told_to_those_who_see_it_changed(world: World) -> TestResult {
        let amal = world.amal().await;
        let (_, sink, meeting) = invited(&world, &amal).await;
        let maria = amal.actor("maria");
        add_general_item(&world.backend, &maria, meeting, "Avslutning", "10").await?;
        world.clock.advance(TimeDelta::minutes(6));
        let all = to(&["anna", "eva", "per"], "Uppdaterad dagordning");
        assert_eq!(letters(&world, &sink).await, all, "a general item is for everybody");
        let text = last_to(&sink, "eva@amal.test");
        assert!(text.contains(&format!("/traffar/{meeting}")) && !text.contains("/kallelse/"), "{text}");

        let rows = board(&world, &amal, "maria", meeting).await;
        move_item(&world.backend, &maria, meeting, rows.rows[1].id, Step::Up, &rows.stamp).await?;
        let rows = board(&world, &amal, "maria", meeting).await;
        move_item(&world.backend, &maria, meeting, rows.rows[1].id, Step::Up, &rows.stamp).await?;
        world.clock.advance(TimeDelta::minutes(6));
        assert_eq!(letters(&world, &sink).await, [], "as it was");

        let rows = board(&world, &amal, "maria", meeting).await;
        remove_item(&world.backend, &maria, meeting, rows.rows[0].id, &rows.stamp).await?;
        assert_eq!(letters(&world, &sink).await, []);
        world.clock.advance(TimeDelta::minutes(6));
        let mut wanted = to(&["anna", "per"], "Uppdaterad dagordning");
        wanted.insert(1, ("eva@amal.test".into(), "Kallelse som inte längre gäller".into()));
        assert_eq!(letters(&world, &sink).await, wanted, "her only case is off; for the others the end is earlier");
        Ok(())
    }

    async fn nobody_is_told_of_what_is_over_or_before_the_first_letter(world: World) -> TestResult {
        let amal = world.amal().await;
        let case = published(&world, &amal).await;
        let meeting = amal.meeting("2026-11-26");
        moved(&world, &amal, meeting, "2026-11-27", "09:00", "Skolan").await;
        let sink = Sink::start().await;
        assert_eq!(letters(&world, &sink).await, to(&["anna", "eva", "per"], "Kallelse till samverkansträff"));
        world.clock.advance(TimeDelta::minutes(6));
        assert_eq!(letters(&world, &sink).await, [], "the first letter said it");

        world.clock.set("2026-11-28T08:00:00Z".parse()?);
        let by = guardians(&world, case.id).await[0];
        withdraw_consent(&world.backend, &amal.actor("maria"), case.id, by, Scope::All).await?;
        world.clock.advance(TimeDelta::minutes(20));
        assert_eq!(letters(&world, &sink).await, []);
        Ok(())
    }

    /// What comes goes with the seat, what was does not; and a case for those named alone goes to nobody else (I1).
    async fn a_seat_handed_over_takes_its_invitations_along_from_that_day(world: World) -> TestResult {
        let amal = world.amal().await;
        let (_, sink, meeting) = invited(&world, &amal).await;
        let (karin, seat) = (amal.actor("karin"), amal.seat(amal.youth, "bup"));
        let johan = amal.actor("johan").person.to_string();
        hand_over(&world.backend, &karin, seat, 1, (&johan, "2026-11-27")).await?;
        assert_eq!(letters(&world, &sink).await, [], "the meeting is the day before");
        hand_over(&world.backend, &karin, seat, 2, (&johan, "2026-11-26")).await?;
        let mut wanted = to(&["eva"], "Kallelse som inte längre gäller");
        wanted.extend(to(&["johan"], "Kallelse till samverkansträff"));
        assert_eq!(letters(&world, &sink).await, wanted);
        let preview = publish_preview(&world.backend, &amal.actor("maria"), meeting).await?;
        let bup = preview.recipients.iter().find(|one| one.unit == "BUP Åmål").ok_or("nobody")?;
        assert_eq!((bup.name.as_str(), bup.deputy, bup.invited), ("Johan Holm", false, true));

        let eva = amal.actor("eva").person.to_string();
        add_deputy(&world.backend, &karin, seat, 3, (&eva, "2026-11-26", "")).await?;
        assert_eq!(letters(&world, &sink).await, [], "she need not come");
        remove_seat(&world.backend, &karin, seat, 4).await?;
        assert_eq!(letters(&world, &sink).await, to(&["johan"], "Kallelse som inte längre gäller"));
        Ok(())
    }

    async fn who_is_in_the_room_is_not_called_off_as_the_seat_is_handed_over(world: World) -> TestResult {
        let amal = world.amal().await;
        let (_, sink, _) = invited(&world, &amal).await;
        let johan = amal.actor("johan").person.to_string();
        hand_over(&world.backend, &amal.actor("karin"), amal.seat(amal.youth, "bup"), 1, (&johan, "2026-11-26")).await?;
        world.sql("UPDATE meeting SET state = 'running' WHERE state = 'published'").await?;
        assert_eq!(letters(&world, &sink).await, []);
        Ok(())
    }

    /// Two workers: one's letter is still being taken when the other looks at the meeting.
    async fn c13_who_is_called_off_while_the_first_letter_is_on_its_way_is_told_so(world: World) -> TestResult {
        let amal = world.amal().await;
        let case = published(&world, &amal).await;
        let sink = Sink::start().await;
        sink.will(&[Mood::Slow; 3]);
        let (one, two) = (sink.mailer(), sink.mailer());
        let sending = run_due(&world.backend, &one);
        let calling_off = async {
            while !sink.arrived().iter().any(|letter| letter.to == ["eva@amal.test"]) {
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
            let by = guardians(&world, case.id).await[0];
            withdraw_consent(&world.backend, &amal.actor("maria"), case.id, by, Scope::All).await?;
            world.sql("UPDATE job SET run_at = '2027-01-01T00:00:00+00:00' WHERE kind = 'invitation_mail'").await?;
            run_due(&world.backend, &two).await?;
            let untold = "SELECT count(*) FROM invitation WHERE withdrawn_at IS NOT NULL AND told IS NULL";
            assert_eq!(world.count(untold).await, 1, "her letter was under way all the time");
            crate::world::TestResult::Ok(())
        };
        let (sent, called_off) = tokio::join!(sending, calling_off);
        sent?;
        called_off?;
        assert_eq!(letters(&world, &sink).await, to(&["eva"], "Kallelse som inte längre gäller"));
        Ok(())
    }

    async fn who_works_elsewhere_now_gets_no_letter(world: World) -> TestResult {
        let amal = world.amal().await;
        let (case, sink, meeting) = invited(&world, &amal).await;
        world.sql("UPDATE assignment SET until_on = '2026-11-21' WHERE title = 'psykolog'").await?;
        world.sql("UPDATE person SET disabled_at = created_at WHERE email = 'anna@amal.test'").await?;
        let by = guardians(&world, case.id).await[0];
        withdraw_consent(&world.backend, &amal.actor("maria"), case.id, by, Scope::All).await?;
        assert_eq!(letters(&world, &sink).await, []);
        assert_eq!(world.count("SELECT count(*) FROM invitation WHERE withdrawn_at IS NOT NULL").await, 2);
        let preview = publish_preview(&world.backend, &amal.actor("maria"), meeting).await?;
        let standing: Vec<_> = preview.recipients.iter().filter(|one| one.invited).map(|one| one.name.as_str()).collect();
        assert_eq!(standing, ["Per Berg"]);
        Ok(())
    }
}
