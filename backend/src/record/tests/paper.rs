//! The paper: what stands in it, and what does not.

use lopdf::{Document, Object};
use proptest::prelude::*;

use super::{
    super::{Born, Child, Extract, Language, RecordError, letters::legible, paper},
    extract,
    reading::{catalog, kinds, text},
    with_addendum,
};

/// What somebody might type to break out of a string, a name, a line, a page or a font.
pub(super) const HOSTILE: [&str; 14] = [
    ")Tj (",
    "\\) Tj ET Q BT (x) Tj",
    "<</S/JavaScript/JS(app.alert(1))>>",
    "/OpenAction /AA /JS /URI (https://example.org)",
    "endstream endobj 1 0 obj",
    "\u{202E}tfel åt regöh\u{202C} \u{2066}x\u{2069} \u{200F}",
    "😀👩\u{200D}👩\u{200D}👧 👋🏽 🇸🇪",
    "مرحبا بالعالم שלום 漢字 हैलो",
    "\0\u{1}\u{7}\u{8}\u{b}\u{c}\u{1b}[31m\u{7f}\u{85}",
    "\u{FEFF}\u{FFFE}\u{FFFF}\u{E000}\u{F8FF}\u{10FFFD}\u{AD}",
    "a\u{301}\u{328} x\u{308} \u{301}ensamt T\u{308} e\u{301}",
    "Łódź Ştefan Țepeș Čáhppe Áŋŋa Ruŧŧa Þórður Ğökçe Nguyễn Đặng Привет Αθήνα ẞ",
    "\u{A0}\u{2009}\u{202F}\u{2011}\u{3000}–—…“”’§°½€",
    "",
];

/// The minutes with one text in every part that people write.
pub(super) fn saying(text: &str) -> Extract {
    let mut extract = with_addendum();
    let content = &mut extract.content;
    for part in [
        &mut content.question,
        &mut content.childs_words,
        &mut content.guardians_view,
        &mut content.agreed,
        &mut extract.forum,
        &mut extract.recipient.unit,
        &mut extract.recipient.authority,
        &mut extract.municipality,
        &mut extract.approved.by,
    ] {
        *part = text.into();
    }
    for contribution in &mut content.contributions {
        contribution.unit = text.into();
        contribution.text = text.into();
    }
    for undertaking in &mut content.undertakings {
        undertaking.what = text.into();
        undertaking.unit = text.into();
    }
    extract.child = Some(Child { name: text.into(), born: None });
    extract.writers = vec![text.into(); 2];
    extract.consent.parties = vec![text.into(); 3];
    extract.present.iter_mut().for_each(|someone| someone.name = text.into());
    extract.addenda.iter_mut().for_each(|added| added.text = text.into());
    extract
}

/// What of a text is heard: without signs that say how it is drawn, or which form of a sign is meant.
fn heard(text: &str) -> String {
    legible(text).filter(|written| !matches!(written, '\u{200C}' | '\u{200D}' | '\u{FE00}'..='\u{FE0F}')).collect()
}

#[test]
fn what_was_written_can_be_read() {
    let extract = with_addendum();
    let read = text(&paper(&extract).unwrap());
    let content = &extract.content;
    for said in [&content.question, &content.childs_words, &content.guardians_view, &content.agreed] {
        assert!(read.contains(said.as_str()), "{said} in {read}");
    }
    for contribution in &content.contributions {
        for paragraph in contribution.text.lines() {
            assert!(read.contains(paragraph), "{paragraph} in {read}");
        }
    }
    for words in [
        "Minnesanteckning 26 november 2026",
        "Łucja Ruŧŧa Ğåse, 14 år",
        "K7QM",
        "Barn- och ungdomspsykiatrin, Hälso- och sjukvårdsnämnden",
        "Enheten för barn och unga, Socialnämnden, Åmåls kommun",
        "Inhämtat 12 november 2026, gäller till och med 12 maj 2027. Omfattar Kristinebergsskolan, Enheten för barn och \
         unga och BUP.",
        "Kristinebergsskolan · skolsituation och närvaro: Närvaron",
        "Inhämtad: Vill börja senare",
        "Ärendet tas upp igen 17 december 2026.",
        "Eva Lind, Måns Öhrn",
        "Justerat 3 december 2026 kl. 09.12 av Karin Holm",
        "26 november 2026 kl. 15.20 av Karin Holm",
        "27 november 2026 kl. 09.05",
    ] {
        assert!(read.contains(words), "{words} in {read}");
    }
}

#[test]
fn the_same_extract_gives_the_same_bytes() {
    assert_eq!(paper(&with_addendum()).unwrap(), paper(&with_addendum()).unwrap());
}

#[test]
fn a_protected_child_is_not_named() {
    let extract = Extract { child: None, ..extract() };
    let read = text(&paper(&extract).unwrap());
    assert!(!read.contains("Den unge") || read.contains("Den unges åsikt"));
    assert!(!read.contains("14 år"));
}

#[test]
fn a_birth_date_is_given_where_the_recipient_is_to_know_it() {
    let born = Some(Born::On("2012-05-03".parse().unwrap()));
    let extract = Extract { child: Some(Child { name: "Noor".into(), born }), ..extract() };
    assert!(text(&paper(&extract).unwrap()).contains("Noor, född 3 maj 2012"));
}

#[test]
fn the_fixed_sentences_are_english_where_that_is_asked_for() {
    let bytes = paper(&Extract { language: Language::English, ..with_addendum() }).unwrap();
    let read = text(&bytes);
    for words in ["Minutes 26 November 2026", "The case is taken up again on 17 December 2026.", "aged 14"] {
        assert!(read.contains(words), "{words} in {read}");
    }
    assert_eq!(catalog(&bytes).0.get(b"Lang").and_then(Object::as_str).unwrap(), b"en-GB");
}

#[test]
fn hostile_text_is_text() {
    for hostile in HOSTILE {
        let extract = saying(hostile);
        let bytes = paper(&extract).unwrap();
        let read = heard(&text(&bytes));
        let written = heard(hostile);
        if !written.trim().is_empty() {
            let times = read.matches(&written).count();
            assert!(times >= 20, "{written:?} stands {times} times in {read:?}");
        }
        is_plain(&bytes);
    }
}

#[test]
fn what_no_font_has_is_kept_beside_the_sign_for_it() {
    let bytes = paper(&saying("Hon heter 漢字 och skriver 😀.")).unwrap();
    assert!(text(&bytes).contains("Hon heter 漢字 och skriver 😀."));
    assert!(text(&bytes).contains("Tecknet \u{FFFD} står där typsnittet saknar ett tecken."));
    assert!(!text(&paper(&extract()).unwrap()).contains("typsnittet saknar"));
}

#[test]
fn a_letter_no_font_has_is_put_together_from_its_parts() {
    let read = text(&paper(&saying("Ẍ och x\u{308}")).unwrap());
    assert!(read.contains("X\u{308} och x\u{308}"));
    assert!(!read.contains("typsnittet saknar"));
}

#[test]
fn directions_are_left_out_and_text_stands_as_it_was_typed() {
    let read = text(&paper(&saying("\u{202E}abc\u{202C} \u{200F}def")).unwrap());
    assert!(read.contains("abc def"));
    assert!(!read.contains('\u{202E}'));
}

#[test]
fn long_texts_take_many_pages() {
    let mut long = extract();
    long.content.agreed = "Överenskommet är mycket, och det mesta av det står här. ".repeat(1_900);
    long.content.childs_words = "o".repeat(5_000);
    long.content.undertakings = long.content.undertakings.iter().cycle().take(60).cloned().collect();
    let bytes = paper(&long).unwrap();
    let pages = Document::load_mem(&bytes).unwrap().get_pages().len();
    assert!((30..60).contains(&pages), "{pages} pages");
    let read = text(&bytes);
    assert!(read.contains(long.content.agreed.trim_end()));
    assert!(read.contains(&long.content.childs_words));
    is_plain(&bytes);
}

#[test]
fn one_row_may_be_longer_than_a_page() {
    let mut long = extract();
    long.content.undertakings.truncate(1);
    long.content.undertakings.first_mut().unwrap().what = "En lång åtgärd i många led. ".repeat(200);
    assert!(Document::load_mem(&paper(&long).unwrap()).unwrap().get_pages().len() >= 3);
}

#[test]
fn a_book_is_refused() {
    let mut book = extract();
    book.content.agreed = "x\n".repeat(200_000);
    assert_eq!(paper(&book), Err(RecordError::TooLong));
}

#[test]
fn empty_minutes_make_a_paper() {
    let empty = Extract {
        content: super::super::Content::default(),
        present: Vec::new(),
        writers: Vec::new(),
        addenda: Vec::new(),
        ..saying("")
    };
    let read = text(&paper(&empty).unwrap());
    assert_eq!(read.matches("Inget skrivet.").count(), 6, "{read}");
}

#[test]
fn the_file_says_what_it_is() {
    let bytes = paper(&with_addendum()).unwrap();
    assert!(bytes.starts_with(b"%PDF-1.7"));
    let (catalog, said) = catalog(&bytes);
    assert_eq!(catalog.get(b"Lang").and_then(Object::as_str).unwrap(), b"sv-SE");
    assert!(catalog.has(b"StructTreeRoot") && catalog.has(b"Outlines"));
    let whole = format!("{catalog:?}");
    for key in ["/Marked true", "/DisplayDocTitle true"] {
        assert!(whole.contains(key), "{key} in {whole}");
    }
    let document = Document::load_mem(&bytes).unwrap();
    assert!(catalog.has(b"OutputIntents") && format!("{:?}", document.objects).contains("GTS_PDFA1"));
    for words in [
        "<pdfaid:part>2</pdfaid:part>",
        "<pdfaid:conformance>A</pdfaid:conformance>",
        "<pdfuaid:part>1</pdfuaid:part>",
        "Utdrag ur minnesanteckningar",
        "2026-11-27T08:05:00",
    ] {
        assert!(said.contains(words), "{words} in {said}");
    }
}

#[test]
fn what_the_file_says_of_itself_names_nobody() {
    let document = Document::load_mem(&paper(&with_addendum()).unwrap()).unwrap();
    let info = document.trailer.get(b"Info").unwrap().as_reference().unwrap();
    let info = document.get_dictionary(info).unwrap();
    let title = lopdf::decode_text_string(info.get(b"Title").unwrap()).unwrap();
    assert_eq!(title, "Utdrag ur minnesanteckningar");
    let keys: Vec<_> = info.iter().map(|(key, _)| String::from_utf8_lossy(key).into_owned()).collect();
    assert_eq!(keys, ["Title", "Creator", "Producer", "ModDate", "CreationDate"]);
    assert_eq!(with_addendum().paper_name(), "utdrag-2026-11-26-7f3a9c21.pdf");
}

#[test]
fn a_key_cannot_lead_out_of_a_folder() {
    let extract = Extract { key: "../../ÅA1 b\0".into(), ..extract() };
    assert_eq!(extract.paper_name(), "utdrag-2026-11-26-a1b.pdf");
}

#[test]
fn everything_is_tagged_with_what_it_is() {
    let kinds = kinds(&paper(&with_addendum()).unwrap());
    let of = |kind: &str| kinds.get(kind).copied().unwrap_or_default();
    assert_eq!((of("H1"), of("H2")), (1, 10));
    // The facts, the undertakings, who was there, the record itself.
    assert_eq!((of("Table"), of("THead"), of("TBody")), (4, 1, 4));
    assert_eq!((of("TR"), of("TH"), of("TD")), (5 + 1 + 3 + 3 + 4, 5 + 3 + 3 + 4, 5 + 9 + 3 + 4));
    let document = Document::load_mem(&paper(&with_addendum()).unwrap()).unwrap();
    let scopes = document.objects.values().filter(|object| {
        let heads = object
            .as_dict()
            .is_ok_and(|element| element.get(b"S").and_then(Object::as_name).is_ok_and(|kind| kind == b"TH"));
        heads && format!("{object:?}").contains("Scope")
    });
    assert_eq!(scopes.count(), of("TH"));
}

/// Nothing in the file acts, leads anywhere, or carries another file.
fn is_plain(bytes: &[u8]) {
    let document = Document::load_mem(bytes).unwrap();
    for object in document.objects.values() {
        look(object);
    }
    look(&Object::Dictionary(document.trailer.clone()));
}

fn look(object: &Object) {
    const NONE: [&[u8]; 12] = [
        b"JS",
        b"JavaScript",
        b"AA",
        b"A",
        b"OpenAction",
        b"URI",
        b"EmbeddedFile",
        b"EmbeddedFiles",
        b"AF",
        b"Annots",
        b"AcroForm",
        b"XFA",
    ];
    match object {
        Object::Dictionary(all) => all.iter().for_each(|(key, value)| {
            // In the tree, the same key holds attributes of elements (ISO 32000-1, 14.7.2).
            let attributes = key == b"A" && all.has(b"P") && all.has(b"K");
            assert!(attributes || !NONE.contains(&key.as_slice()), "{}", String::from_utf8_lossy(key));
            look(value);
        }),
        Object::Stream(stream) => look(&Object::Dictionary(stream.dict.clone())),
        Object::Array(all) => all.iter().for_each(look),
        _ => {}
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn whatever_is_typed_makes_a_paper_that_says_it(typed in any::<String>()) {
        let bytes = paper(&saying(&typed)).unwrap();
        let read = heard(&text(&bytes));
        for line in typed.split(['\n', '\r', '\u{2028}', '\u{2029}']) {
            let line = heard(line);
            prop_assert!(read.contains(line.trim()), "{:?} in {:?}", line, read);
        }
    }
}
