//! The package: every file is there, is named, and is what it is said to be.

use std::collections::BTreeMap;

use flate2::Crc;

use super::{
    super::{Extract, metadata::checksum, package, paper},
    extract, with_addendum,
};

/// One element of a document, flat: where it stands, its attributes, its text.
#[derive(Debug)]
struct Found {
    path: String,
    attributes: BTreeMap<String, String>,
    text: String,
}

/// The files of a package by name.
fn files(zip: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let number = |at: usize, size: usize| {
        zip.get(at..at + size).unwrap().iter().rev().fold(0_usize, |all, byte| all << 8 | usize::from(*byte))
    };
    let end = zip.len() - 22;
    assert_eq!(number(end, 4), 0x0605_4b50);
    let mut at = number(end + 16, 4);
    let mut files = BTreeMap::new();
    for _ in 0..number(end + 10, 2) {
        assert_eq!(number(at, 4), 0x0201_4b50);
        let (crc, size, length, place) =
            (number(at + 16, 4), number(at + 24, 4), number(at + 28, 2), number(at + 42, 4));
        let name = zip.get(at + 46..at + 46 + length).unwrap();
        assert_eq!(number(place, 4), 0x0403_4b50);
        let bytes = zip.get(place + 30 + length..place + 30 + length + size).unwrap();
        let mut sum = Crc::new();
        sum.update(bytes);
        assert_eq!(sum.sum(), u32::try_from(crc).unwrap());
        files.insert(String::from_utf8(name.to_vec()).unwrap(), bytes.to_vec());
        at += 46 + length;
    }
    assert_eq!(at, end);
    files
}

/// The elements of a document this program wrote.
fn elements(bytes: &[u8]) -> Vec<Found> {
    let document = std::str::from_utf8(bytes).unwrap();
    let mut open: Vec<String> = Vec::new();
    let mut found: Vec<Found> = Vec::new();
    for part in document.split('<').skip(2) {
        let (tag, text) = part.split_once('>').unwrap();
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop().as_deref(), Some(name));
            continue;
        }
        let (name, rest) = tag.trim_end_matches('/').split_once(' ').unwrap_or((tag.trim_end_matches('/'), ""));
        open.push(name.into());
        let attributes = rest.split_terminator("\" ").map(|one| one.trim_end_matches('"').split_once("=\"").unwrap());
        found.push(Found {
            path: open.join("/"),
            attributes: attributes.map(|(name, value)| (name.into(), plain(value))).collect(),
            text: plain(text.trim()),
        });
        if tag.ends_with('/') {
            open.pop();
        }
    }
    assert!(open.is_empty());
    found
}

fn plain(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}

fn packed(extract: &Extract) -> BTreeMap<String, Vec<u8>> {
    files(&package(extract, &paper(extract).unwrap()).unwrap())
}

const NAME: &str = "utdrag-2026-11-26-7f3a9c21";

fn file<'a>(files: &'a BTreeMap<String, Vec<u8>>, path: &str) -> &'a [u8] {
    files.get(&format!("{NAME}/{path}")).unwrap()
}

#[test]
fn every_file_is_listed_with_its_size_and_checksum() {
    let files = packed(&with_addendum());
    let mets = elements(file(&files, "METS.xml"));
    let mut listed = 0;
    for (at, found) in mets.iter().enumerate() {
        let Some(path) = found.attributes.get("xlink:href") else { continue };
        // A file's size stands with the file, its place in the element inside.
        let said = if found.path.ends_with("FLocat") { mets.get(at - 1).unwrap() } else { found };
        let bytes = file(&files, path);
        assert_eq!(said.attributes.get("SIZE").unwrap(), &bytes.len().to_string());
        assert_eq!(said.attributes.get("CHECKSUM").unwrap(), &checksum(bytes));
        assert_eq!(said.attributes.get("CHECKSUMTYPE").unwrap(), "SHA-256");
        assert_eq!(said.attributes.get("CREATED").unwrap(), "2026-11-27T08:05:00Z");
        listed += 1;
    }
    assert_eq!(listed + 1, files.len(), "{:?}", files.keys());
    assert_eq!(checksum(b""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

#[test]
fn what_is_required_of_mets_is_there() {
    let files = packed(&with_addendum());
    let mets = elements(file(&files, "METS.xml"));
    for (requirement, path, attribute, value) in [
        ("CSIP1", "mets", "OBJID", NAME),
        ("CSIP2", "mets", "TYPE", "Textual works – Digital"),
        ("CSIP4", "mets", "csip:CONTENTINFORMATIONTYPE", "citserms_v2_1"),
        ("CSIP6, SIP2", "mets", "PROFILE", "https://earksip.dilcis.eu/profile/E-ARK-SIP.xml"),
        ("CSIP7", "mets/metsHdr", "CREATEDATE", "2026-11-27T08:05:00Z"),
        ("CSIP9, SIP4", "mets/metsHdr", "csip:OAISPACKAGETYPE", "SIP"),
        ("CSIP11", "mets/metsHdr/agent", "ROLE", "CREATOR"),
        ("CSIP12", "mets/metsHdr/agent", "TYPE", "OTHER"),
        ("CSIP13", "mets/metsHdr/agent", "OTHERTYPE", "SOFTWARE"),
        ("CSIP16", "mets/metsHdr/agent/note", "csip:NOTETYPE", "SOFTWARE VERSION"),
        ("SIP10", "mets/metsHdr/agent", "ROLE", "ARCHIVIST"),
        ("SIP11, SIP17", "mets/metsHdr/agent", "TYPE", "ORGANIZATION"),
        ("CSIP18", "mets/dmdSec", "ID", "dmd-erms"),
        ("CSIP22", "mets/dmdSec/mdRef", "LOCTYPE", "URL"),
        ("CSIP23", "mets/dmdSec/mdRef", "xlink:type", "simple"),
        ("CSIP25", "mets/dmdSec/mdRef", "MDTYPE", "OTHER"),
        ("CSIP26", "mets/dmdSec/mdRef", "MIMETYPE", "text/xml"),
        ("CSIP33", "mets/amdSec/digiprovMD", "ID", "digiprov-premis"),
        ("CSIP39", "mets/amdSec/digiprovMD/mdRef", "MDTYPE", "PREMIS"),
        ("CSIP59", "mets/fileSec", "ID", "files"),
        ("CSIP60", "mets/fileSec/fileGrp", "USE", "Documentation"),
        ("CSIP113", "mets/fileSec/fileGrp", "USE", "Schemas"),
        ("CSIP114", "mets/fileSec/fileGrp", "USE", "Representations"),
        ("CSIP62", "mets/fileSec/fileGrp", "csip:CONTENTINFORMATIONTYPE", "citserms_v2_1"),
        ("CSIP68", "mets/fileSec/fileGrp/file", "MIMETYPE", "application/pdf"),
        ("CSIP77", "mets/fileSec/fileGrp/file/FLocat", "LOCTYPE", "URL"),
        ("CSIP81", "mets/structMap", "TYPE", "PHYSICAL"),
        ("CSIP82", "mets/structMap", "LABEL", "CSIP"),
        ("CSIP86", "mets/structMap/div", "LABEL", NAME),
        ("CSIP90", "mets/structMap/div/div", "LABEL", "Metadata"),
        ("CSIP91", "mets/structMap/div/div", "ADMID", "digiprov-premis"),
        ("CSIP92", "mets/structMap/div/div", "DMDID", "dmd-erms"),
        ("CSIP103", "mets/structMap/div/div", "LABEL", "Representations"),
        ("CSIP119", "mets/structMap/div/div/fptr", "FILEID", "paper"),
    ] {
        let met = mets
            .iter()
            .any(|found| found.path == path && found.attributes.get(attribute).is_some_and(|is| is == value));
        assert!(met, "{requirement}");
    }
    let mut ids: Vec<_> = mets.iter().filter_map(|found| found.attributes.get("ID")).collect();
    let count = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), count, "an ID stands twice");
    for pointer in mets.iter().filter_map(|found| found.attributes.get("FILEID")) {
        assert!(ids.contains(&pointer));
    }
}

/// L9
#[test]
fn l9_the_record_is_described_without_the_child() {
    let files = packed(&with_addendum());
    let erms = elements(file(&files, "metadata/descriptive/erms.xml"));
    let case = "erms/aggregations/aggregation";
    for (path, text) in [
        (format!("{case}/objectId"), "K7QM"),
        (format!("{case}/title"), "Ärende K7QM"),
        (format!("{case}/restriction/regulation"), "SFS 2009:400"),
        (format!("{case}/record/title"), "Utdrag ur minnesanteckningar"),
        (format!("{case}/record/dates/date"), "2026-11-26T14:20:00Z"),
        (format!("{case}/record/dates/date"), "2026-11-27T08:05:00Z"),
        (format!("{case}/record/agents/agent/unitName"), "Barn- och ungdomspsykiatrin"),
    ] {
        assert!(erms.iter().any(|found| found.path == path && found.text == text), "{path}: {text}");
    }
    for (name, bytes) in files.iter().filter(|(name, _)| !name.contains("/data/")) {
        let text = String::from_utf8_lossy(bytes);
        assert!(!text.contains("Łucja") && !name.contains("K7QM"), "{name}");
    }
}

#[test]
fn preservation_metadata_tells_whether_the_paper_is_the_same() {
    let extract = extract();
    let files = packed(&extract);
    let premis = elements(file(&files, "metadata/preservation/premis.xml"));
    let said = |path: &str| &premis.iter().find(|found| found.path.ends_with(path)).unwrap().text;
    let paper = file(&files, &format!("representations/rep1/data/{}", extract.paper_name()));
    assert_eq!(said("fixity/messageDigest"), &checksum(paper));
    assert_eq!(said("objectCharacteristics/size"), &paper.len().to_string());
    assert_eq!(said("formatRegistry/formatRegistryKey"), "fmt/476");
}

#[test]
fn hostile_text_stays_text() {
    let mut extract = extract();
    let hostile = "</name><x y=\"&amp;'\">]]>\u{0}\u{B}\u{FFFE}<!--";
    extract.sender.unit = hostile.into();
    extract.writers = vec![hostile.into()];
    extract.reference = hostile.into();
    let files = packed(&extract);
    let erms = elements(file(&files, "metadata/descriptive/erms.xml"));
    let written = "</name><x y=\"&amp;'\">]]><!--";
    assert!(erms.iter().any(|found| found.path.ends_with("agent/name") && found.text == written));
    assert!(erms.iter().any(|found| found.path.ends_with("objectId") && found.text == written));
}

#[test]
fn the_same_extract_gives_the_same_package() {
    let once = || package(&with_addendum(), &paper(&with_addendum()).unwrap()).unwrap();
    assert_eq!(once(), once());
    assert_eq!(with_addendum().package_name(), format!("{NAME}.zip"));
}
