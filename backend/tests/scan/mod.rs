//! Hostile files and ordinary ones, all made here: what each is stands beside it.
mod files;
mod pdfs;
mod pictures;

use self::files::File;
use backend::scan::{LARGEST, clean, worker};
use domain::paper::PaperFlaw;

/// UPL-01…03: sixty and more hostile files, each refused, and for the reason a person can do something about.
#[test]
fn every_hostile_file_is_refused_for_its_reason() {
    let hostile: Vec<(File, PaperFlaw)> =
        pictures::hostile().into_iter().chain(pdfs::hostile()).chain(files::mistaken()).collect();
    let mut faults = Vec::new();
    for (file, expected) in &hostile {
        match clean(&file.name, file.declared, &file.bytes) {
            Err(why) if why == *expected => {}
            other => faults.push(format!("{}: {other:?}, not {expected:?}", file.what)),
        }
    }
    assert!(faults.is_empty(), "{} of {}:\n{}", faults.len(), hostile.len(), faults.join("\n"));
    assert!(hostile.len() >= 60, "only {} hostile files", hostile.len());
    eprintln!("{} hostile files, all refused", hostile.len());
}

/// Forty ordinary papers and photographs, each accepted.
#[test]
fn every_ordinary_file_is_accepted() {
    let ordinary: Vec<File> = pictures::ordinary().into_iter().chain(pdfs::ordinary()).collect();
    let mut faults = Vec::new();
    for file in &ordinary {
        if let Err(why) = clean(&file.name, file.declared, &file.bytes) {
            faults.push(format!("{}: {why:?}", file.what));
        }
    }
    assert!(faults.is_empty(), "{} of {}:\n{}", faults.len(), ordinary.len(), faults.join("\n"));
    assert!(ordinary.len() >= 40, "only {} ordinary files", ordinary.len());
    eprintln!("{} ordinary files, all accepted", ordinary.len());
}

/// UPL-02: nothing is kept but what can be seen.
#[test]
fn a_picture_is_encoded_anew_and_what_cannot_be_seen_is_gone() {
    for file in pictures::telling() {
        let kept = clean(&file.name, file.declared, &file.bytes).unwrap();
        let told = |needle: &[u8]| kept.bytes.windows(needle.len()).any(|window| window == needle);
        assert!(!told(b"Kanarieplats") && !told(b"Exif"), "{}", file.what);
    }
}

/// A telephone held upright says so in the head of the picture, which is dropped: the picture itself is turned.
#[test]
fn a_photograph_taken_upright_stays_upright() {
    let kept = clean("blankett.jpg", "image/jpeg", &pictures::upright()).unwrap();
    let picture = image::load_from_memory(&kept.bytes).unwrap();
    assert_eq!((picture.width(), picture.height()), (40, 80));
}

#[test]
fn a_paper_of_the_largest_size_is_taken_and_one_byte_more_is_not() {
    let largest = pdfs::of_size(LARGEST);
    assert_eq!(largest.len(), LARGEST);
    assert_eq!(clean("a.pdf", "application/pdf", &largest).map(|paper| paper.bytes.len()), Ok(LARGEST));
    let larger = pdfs::of_size(LARGEST + 1);
    assert_eq!(clean("a.pdf", "application/pdf", &larger), Err(PaperFlaw::TooLarge));
}

/// What comes back from the process of its own is what was said there.
#[test]
fn question_and_answer_go_through_a_pipe_unchanged() {
    let ask = |name: &str, bytes: &[u8]| {
        let mut said = Vec::new();
        worker::answer(&mut worker::question(name, "", bytes).as_slice(), &mut said).unwrap();
        worker::answered(&said)
    };
    let paper = pdfs::plain();
    assert_eq!(ask("blankett å.pdf", &paper).map(|kept| kept.bytes), Ok(paper));
    assert_eq!(ask("blankett.pdf", b"hej"), Err(PaperFlaw::OtherKind));
    assert_eq!(worker::answered(&[]), Err(PaperFlaw::TooMuch), "a process that was stopped says nothing");
}
