//! What a package says of the record in it: as case management knows it (CITS ERMS 2.1, which FGS Ärendehantering 2.0 is), and
//! how it was made (PREMIS 3.0).
//!
//! Names of staff stand here, as who drew a record up and approved it belongs to it. Of the child there is the case's reference
//! alone: lists of an archive are read by others than those who may read the record.

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

use super::{Extract, Office, archive::instant, words::office, xml::Element};

/// The namespace of CITS ERMS.
const ERMS: &str = "https://DILCIS.eu/XML/ERMS";
/// The namespace of PREMIS.
const PREMIS: &str = "http://www.loc.gov/premis/v3";
const XSI: &str = "http://www.w3.org/2001/XMLSchema-instance";

/// The program, as packages name it.
pub(super) const PROGRAM: &str = "Samverkan";
pub(super) const VERSION: &str = env!("CARGO_PKG_VERSION");

/// PDF/A-2a in the register of formats that archives use (PRONOM).
pub(super) const FORMAT_KEY: &str = "fmt/476";
pub(super) const FORMAT: &str = "PDF/A-2a";

/// The checksum of a file, as packages write it.
pub(super) fn checksum(bytes: &[u8]) -> String {
    HEXLOWER.encode(&Sha256::digest(bytes))
}

/// The case with the one record of it that is handed over.
pub(super) fn erms(extract: &Extract, path: &str) -> Element {
    Element::new("erms").with("xmlns", ERMS).holding([control(extract), aggregations(extract, path)])
}

fn control(extract: &Extract) -> Element {
    let at = instant(extract.dispatched_at);
    let created = Element::new("maintenanceEvent").holding([
        Element::new("eventType").with("value", "created"),
        Element::text("eventDateTime", at),
        agent("creator", PROGRAM, []),
    ]);
    let maintenance = Element::new("maintenanceInformation").holding([
        Element::new("maintenanceStatus").with("value", "new"),
        Element::new("maintenanceAgency").holding([Element::text("agencyName", organisation(extract))]),
        Element::new("maintenanceHistory").holding([created]),
    ]);
    Element::new("control")
        .holding([Element::text("identification", extract.name()).with("identificationType", "package"), maintenance])
}

fn aggregations(extract: &Extract, path: &str) -> Element {
    let words = extract.language;
    let case = Element::new("aggregation")
        .with("systemIdentifier", identifier(&["case", &organisation(extract), &extract.reference]))
        .with("aggregationType", "caseFile")
        .holding([
            Element::text("objectId", &extract.reference),
            Element::text("title", words.case_named(&extract.reference)),
            restriction(extract),
            Element::new("agents").holding([unit("owner", &extract.sender, &organisation(extract))]),
            record(extract, path),
        ]);
    Element::new("aggregations").holding([case])
}

fn record(extract: &Extract, path: &str) -> Element {
    let words = extract.language;
    let about = format!("{}. {} {}.", words.heading(extract.met_on), words.version(), extract.revision);
    let dates = Element::new("dates").holding([
        Element::text("date", instant(extract.approved.at)).with("dateType", "prepared"),
        Element::text("date", instant(extract.dispatched_at)).with("dateType", "expedited"),
    ]);
    let consent = Element::text("note", words.consent_given(&extract.consent)).with("noteType", words.consent());
    let appendix = Element::new("appendix")
        .with("name", extract.paper_name())
        .with("fileFormat", FORMAT)
        .with("path", format!("file:///{path}"));
    Element::new("record")
        .with("systemIdentifier", identifier(&["record", &extract.name()]))
        .with("recordType", "minutes")
        .with("recordPhysicalOrDigital", "digital")
        .holding([
            Element::text("objectId", extract.name()),
            Element::text("title", words.title()),
            Element::new("status").with("value", "expedited"),
            restriction(extract),
            Element::new("direction").with("directionDefinition", "outgoing"),
            Element::new("agents").holding(agents(extract)),
            Element::text("description", about),
            dates,
            Element::new("notes").holding([consent]),
            Element::new("additionalInformation").holding([appendix]),
        ])
}

fn agents(extract: &Extract) -> Vec<Element> {
    let mut agents = vec![
        unit("sender", &extract.sender, &organisation(extract)),
        unit("recipient", &extract.recipient, &extract.recipient.authority),
    ];
    agents.extend(extract.writers.iter().map(|writer| agent("creator", writer, [])));
    agents.push(agent("authorising_person", &extract.approved.by, []));
    agents
}

fn unit(kind: &str, of: &Office, organisation: &str) -> Element {
    let inside = [Element::text("organisation", organisation), Element::text("unitName", &of.unit)];
    agent(kind, &office(of), inside)
}

fn agent<const N: usize>(kind: &str, name: &str, more: [Element; N]) -> Element {
    Element::new("agent").with("agentType", kind).holding([Element::text("name", name)]).holding(more)
}

/// That the record may be secret, and under which law; whether it is, is decided when somebody asks for it (OSL 6:3).
fn restriction(extract: &Extract) -> Element {
    Element::new("restriction").with("restrictionType", "confidential").holding([
        Element::text("explanatoryText", extract.language.secrecy()),
        Element::text("regulation", "SFS 2009:400"),
    ])
}

fn organisation(extract: &Extract) -> String {
    format!("{}, {}", extract.sender.authority, extract.municipality)
}

/// A UUID that follows from words, so that the same thing has the same one (RFC 9562, 5.8).
fn identifier(words: &[&str]) -> String {
    let digest = checksum(words.join("\u{1f}").as_bytes());
    let part = |from: usize, to: usize| digest.get(from..to).unwrap_or_default();
    format!("{}-{}-8{}-8{}-{}", part(0, 8), part(8, 12), part(12, 15), part(15, 18), part(18, 30))
}

/// How the paper was made, and how to tell that it is still the same.
pub(super) fn premis(extract: &Extract, paper: &[u8], path: &str) -> Element {
    Element::new("premis")
        .with("xmlns", PREMIS)
        .with("xmlns:xsi", XSI)
        .with("xsi:schemaLocation", format!("{PREMIS} http://www.loc.gov/standards/premis/premis.xsd"))
        .with("version", "3.0")
        .holding([object(extract, paper, path), event(extract, path), program()])
}

fn object(extract: &Extract, paper: &[u8], path: &str) -> Element {
    let fixity = Element::new("fixity")
        .holding([Element::text("messageDigestAlgorithm", "SHA-256"), Element::text("messageDigest", checksum(paper))]);
    let format = Element::new("format").holding([
        Element::new("formatDesignation").holding([Element::text("formatName", FORMAT)]),
        Element::new("formatRegistry")
            .holding([Element::text("formatRegistryName", "PRONOM"), Element::text("formatRegistryKey", FORMAT_KEY)]),
    ]);
    let made = Element::new("creatingApplication").holding([
        Element::text("creatingApplicationName", PROGRAM),
        Element::text("creatingApplicationVersion", VERSION),
        Element::text("dateCreatedByApplication", instant(extract.dispatched_at)),
    ]);
    let size = Element::text("size", paper.len().to_string());
    Element::new("object").with("xsi:type", "file").holding([
        Element::new("objectIdentifier").holding(identified("objectIdentifier", path)),
        Element::new("objectCharacteristics").holding([fixity, size, format, made]),
        Element::text("originalName", extract.paper_name()),
    ])
}

fn event(extract: &Extract, path: &str) -> Element {
    let [kind, value] = identified("eventIdentifier", &format!("{}-creation", extract.name()));
    Element::new("event").holding([
        Element::new("eventIdentifier").holding([kind, value]),
        Element::text("eventType", "creation"),
        Element::text("eventDateTime", instant(extract.dispatched_at)),
        Element::new("linkingAgentIdentifier").holding(identified("linkingAgentIdentifier", PROGRAM)),
        Element::new("linkingObjectIdentifier").holding(identified("linkingObjectIdentifier", path)),
    ])
}

fn program() -> Element {
    Element::new("agent").holding([
        Element::new("agentIdentifier").holding(identified("agentIdentifier", PROGRAM)),
        Element::text("agentName", PROGRAM),
        Element::text("agentType", "software"),
        Element::text("agentVersion", VERSION),
    ])
}

/// The two elements by which PREMIS names a thing.
fn identified(what: &str, value: &str) -> [Element; 2] {
    let (kind, text) = match what {
        "objectIdentifier" => ("objectIdentifierType", "objectIdentifierValue"),
        "eventIdentifier" => ("eventIdentifierType", "eventIdentifierValue"),
        "agentIdentifier" => ("agentIdentifierType", "agentIdentifierValue"),
        "linkingAgentIdentifier" => ("linkingAgentIdentifierType", "linkingAgentIdentifierValue"),
        _ => ("linkingObjectIdentifierType", "linkingObjectIdentifierValue"),
    };
    [Element::text(kind, "local"), Element::text(text, value)]
}
