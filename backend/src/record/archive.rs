//! The package for an archive: FGS Paketstruktur 2.0, which is E-ARK CSIP 2.1.0 with E-ARK SIP 2.1.0, in a ZIP.
//!
//! One folder of the package's name; in it `METS.xml`, which names every other file with size and checksum, and what it names.
//! There is one representation, so no METS of its own for it (CSIP101). Requirements are named where they are met.

use chrono::{DateTime, SecondsFormat, Utc};

use super::{
    Extract, RecordError,
    metadata::{FORMAT, FORMAT_KEY, PROGRAM, VERSION, checksum, erms, premis},
    words::office,
    xml::Element,
    zip::packed,
};

const METS: &str = "http://www.loc.gov/METS/";
const CSIP: &str = "https://DILCIS.eu/XML/METS/CSIPExtensionMETS";
const SIP: &str = "https://DILCIS.eu/XML/METS/SIPExtensionMETS";
const XLINK: &str = "http://www.w3.org/1999/xlink";
const XSI: &str = "http://www.w3.org/2001/XMLSchema-instance";
/// SIP2: the profile that packages for delivery follow.
const PROFILE: &str = "https://earksip.dilcis.eu/profile/E-ARK-SIP.xml";
/// CSIP4: what is delivered is case management's.
const CONTENT: &str = "citserms_v2_1";

const ERMS_PATH: &str = "metadata/descriptive/erms.xml";
const PREMIS_PATH: &str = "metadata/preservation/premis.xml";

/// A file of the package.
struct File {
    /// What METS calls it by.
    id: &'static str,
    path: String,
    mime: &'static str,
    bytes: Vec<u8>,
}

/// The package of an extract and its paper.
///
/// # Errors
/// [`RecordError::TooLarge`] where it does not fit in a ZIP.
pub fn package(extract: &Extract, paper: &[u8]) -> Result<Vec<u8>, RecordError> {
    let path = format!("representations/rep1/data/{}", extract.paper_name());
    let described = xml("descriptive", ERMS_PATH, &erms(extract, &path));
    let preserved = xml("preservation", PREMIS_PATH, &premis(extract, paper, &path));
    let about = File {
        id: "documentation-about",
        path: "documentation/about.txt".into(),
        mime: "text/plain",
        bytes: extract.language.about_package().into(),
    };
    let schemas = [
        schema("schema-csip", "schemas/csip-used.xsd", include_str!("schemas/csip-used.xsd")),
        schema("schema-sip", "schemas/sip-used.xsd", include_str!("schemas/sip-used.xsd")),
        schema("schema-erms", "schemas/erms-used.xsd", include_str!("schemas/erms-used.xsd")),
    ];
    let content = File { id: "paper", path, mime: "application/pdf", bytes: paper.into() };
    let root = mets(extract, &described, &preserved, &about, &schemas, &content).document();
    let named = [&described, &preserved, &about].into_iter().chain(&schemas).chain([&content]);
    let name = extract.name();
    let mut files = vec![(format!("{name}/METS.xml"), root.as_slice())];
    files.extend(named.map(|file| (format!("{name}/{}", file.path), file.bytes.as_slice())));
    packed(&files, extract.dispatched_at)
}

fn xml(id: &'static str, path: &str, root: &Element) -> File {
    File { id, path: path.into(), mime: "text/xml", bytes: root.document() }
}

fn schema(id: &'static str, path: &str, text: &str) -> File {
    File { id, path: path.into(), mime: "text/xml", bytes: text.into() }
}

/// An instant as XML writes it.
pub(super) fn instant(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}

fn mets(
    extract: &Extract,
    described: &File,
    preserved: &File,
    about: &File,
    schemas: &[File],
    content: &File,
) -> Element {
    let at = &instant(extract.dispatched_at);
    let descriptive =
        Element::new("dmdSec").with("ID", "dmd-erms").with("CREATED", at).with("STATUS", "CURRENT").holding([
            reference(described, at).with("MDTYPE", "OTHER").with("OTHERMDTYPE", "ERMS").with("MDTYPEVERSION", "2.1.2"),
        ]);
    let provenance = Element::new("digiprovMD")
        .with("ID", "digiprov-premis")
        .with("CREATED", at)
        .with("STATUS", "CURRENT")
        .holding([reference(preserved, at).with("MDTYPE", "PREMIS").with("MDTYPEVERSION", "3.0")]);
    root(extract).holding([
        header(extract),
        // CSIP17–30.
        descriptive,
        // CSIP31–44.
        Element::new("amdSec").with("ID", "amd").holding([provenance]),
        files(about, schemas, content, at),
        structure(extract, about, schemas, content),
    ])
}

/// CSIP1–CSIP6.
fn root(extract: &Extract) -> Element {
    let places = format!(
        "{METS} http://www.loc.gov/standards/mets/mets.xsd {XLINK} http://www.loc.gov/standards/mets/xlink.xsd \
         {CSIP} schemas/csip-used.xsd {SIP} schemas/sip-used.xsd"
    );
    Element::new("mets")
        .with("xmlns", METS)
        .with("xmlns:csip", CSIP)
        .with("xmlns:sip", SIP)
        .with("xmlns:xlink", XLINK)
        .with("xmlns:xsi", XSI)
        .with("OBJID", extract.name())
        .with("LABEL", extract.language.title())
        .with("TYPE", "Textual works – Digital")
        .with("csip:CONTENTINFORMATIONTYPE", CONTENT)
        .with("PROFILE", PROFILE)
        .with("xsi:schemaLocation", places)
}

/// Who made the package, whose the archive is, who delivers (CSIP7–CSIP16, CSIP117; SIP3, SIP4, SIP9–SIP18).
fn header(extract: &Extract) -> Element {
    let at = instant(extract.dispatched_at);
    let version = Element::text("note", VERSION).with("csip:NOTETYPE", "SOFTWARE VERSION");
    let organisation = |role: &str, name: String| {
        Element::new("agent").with("ROLE", role).with("TYPE", "ORGANIZATION").holding([Element::text("name", name)])
    };
    let owner = format!("{}, {}", extract.sender.authority, extract.municipality);
    let sender = format!("{}, {}", office(&extract.sender), extract.municipality);
    let program = Element::new("agent")
        .with("ROLE", "CREATOR")
        .with("TYPE", "OTHER")
        .with("OTHERTYPE", "SOFTWARE")
        .holding([Element::text("name", PROGRAM), version]);
    Element::new("metsHdr")
        .with("CREATEDATE", &at)
        .with("LASTMODDATE", &at)
        .with("RECORDSTATUS", "NEW")
        .with("csip:OAISPACKAGETYPE", "SIP")
        .holding([program, organisation("ARCHIVIST", owner), organisation("CREATOR", sender)])
}

/// Where metadata is, and how to tell that it is whole (CSIP22–CSIP30, CSIP36–CSIP44).
fn reference(file: &File, at: &str) -> Element {
    sized(located(Element::new("mdRef"), file), file, at)
}

fn located(element: Element, file: &File) -> Element {
    element.with("LOCTYPE", "URL").with("xlink:type", "simple").with("xlink:href", &file.path)
}

fn sized(element: Element, file: &File, at: &str) -> Element {
    element
        .with("MIMETYPE", file.mime)
        .with("SIZE", file.bytes.len().to_string())
        .with("CREATED", at)
        .with("CHECKSUM", checksum(&file.bytes))
        .with("CHECKSUMTYPE", "SHA-256")
}

/// CSIP58–CSIP79, CSIP113, CSIP114; the format of what is kept: SIP32–SIP35.
fn files(about: &File, schemas: &[File], content: &File, at: &str) -> Element {
    let file = |file: &File| {
        sized(Element::new("file").with("ID", file.id), file, at).holding([located(Element::new("FLocat"), file)])
    };
    let group = |id: &str, usage: &str| Element::new("fileGrp").with("ID", id).with("USE", usage);
    let paper = file(content)
        .with("ADMID", "digiprov-premis")
        .with("DMDID", "dmd-erms")
        .with("sip:FILEFORMATNAME", FORMAT)
        .with("sip:FORMATREGISTRY", "PRONOM")
        .with("sip:FORMATREGISTRYKEY", FORMAT_KEY);
    Element::new("fileSec").with("ID", "files").holding([
        group("group-documentation", "Documentation").holding([file(about)]),
        group("group-schemas", "Schemas").holding(schemas.iter().map(file)),
        group("group-representations", "Representations").with("csip:CONTENTINFORMATIONTYPE", CONTENT).holding([paper]),
    ])
}

/// What belongs together (CSIP80–CSIP104, CSIP116, CSIP118, CSIP119).
fn structure(extract: &Extract, about: &File, schemas: &[File], content: &File) -> Element {
    let div = |id: &str, label: &str| Element::new("div").with("ID", id).with("LABEL", label);
    let pointer = |file: &File| Element::new("fptr").with("FILEID", file.id);
    let whole = div("div-package", &extract.name()).holding([
        div("div-metadata", "Metadata").with("ADMID", "digiprov-premis").with("DMDID", "dmd-erms"),
        div("div-documentation", "Documentation").holding([pointer(about)]),
        div("div-schemas", "Schemas").holding(schemas.iter().map(pointer)),
        div("div-representations", "Representations").holding([pointer(content)]),
    ]);
    Element::new("structMap").with("ID", "structure").with("TYPE", "PHYSICAL").with("LABEL", "CSIP").holding([whole])
}
