"""Papers spoiled in one way each: whether a fault would be found.

Each way names the rules of veraPDF's profile PDF/A-2a it breaks, or would need to be broken by, and what of ours must say so: the
same rule, or "dialect" where a paper has nothing of the kind.
"""

import io
import re
import zlib

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream, String

BYTES, OBJECTS = [], []


def of_bytes(rules, says=None):
    return lambda spoil: BYTES.append((rules.split(), says, spoil)) or spoil


def of_objects(rules, says=None):
    return lambda spoil: OBJECTS.append((rules.split(), says, spoil)) or spoil


def put(old, new, count=1):
    """Another text in a file whose table of objects still holds."""

    def spoil(raw):
        at = raw.index(old)
        grown = len(new) - len(old)
        raw = raw[:at] + new + raw[at + len(old) :]
        table = raw.rindex(b"\nxref\n") + 1
        rows = re.sub(
            rb"(\d{10})( \d{5} n)",
            lambda row: b"%010d" % (int(row[1]) + grown * (int(row[1]) > at)) + row[2],
            raw[table:],
        )
        return raw[:table] + re.sub(rb"startxref\n\d+", b"startxref\n%d" % table, rows)

    return spoil


NAME = b"(Samverkan)"
of_bytes("6.1.2-1")(lambda raw: b" " + raw)
of_bytes("6.1.2-1")(put(b"%PDF-1.7", b"%PDF-2.0"))
of_bytes("6.1.2-2")(lambda raw: re.sub(rb"\n%[^\n]+", b"\n%abcd", raw, count=1))
of_bytes("6.1.3-3")(lambda raw: raw + b"more")
of_bytes("6.1.4-2")(lambda raw: raw.replace(b"\nxref\n0 ", b"\nxref \n0 "))
of_bytes("6.1.6-1")(put(NAME, b"<414>"))
of_bytes("6.1.6-2")(put(NAME, b"<4X>"))
of_bytes("6.1.7-1")(lambda raw: re.sub(rb"/Length \d", b"/Length 9", raw, count=1))
of_bytes("6.1.7-2")(put(b">>\nstream\n", b">>\nstream\r"))
of_bytes("6.1.7-2")(put(b"\nendstream", b" endstream"))
of_bytes("6.1.8-1")(put(b"/GTS_PDFA1", b"/GTS#ff"))
of_bytes("6.1.9-1")(put(b" 0 obj\n", b"  0 obj\n"))
of_bytes("6.1.9-1")(put(b"\nendobj", b" endobj"))
of_bytes("6.1.13-1")(put(NAME, b" 2147483648"))
of_bytes("6.1.13-2")(put(NAME, b" -9" + 38 * b"0" + b".0"))
of_bytes("6.1.13-3")(put(NAME, b"(" + 32_768 * b"x" + b")"))
of_bytes("6.1.13-4")(put(b"/GTS_PDFA1", b"/" + 128 * b"x"))
of_bytes("6.1.13-5")(put(NAME, b" 0." + 38 * b"0" + b"1"))


def keyed(key, value, *path):
    """Something more in a dictionary."""

    def spoil(pdf):
        one = pdf.Root
        for step in path:
            one = pdf.pages[0].obj if step == "page" else one[step]
        one[key] = value(pdf) if callable(value) else value

    return spoil


def left_out(key, *path):
    def spoil(pdf):
        one = pdf.Root
        for step in path:
            one = pdf.pages[0].obj if step == "page" else one[step]
        del one[key]

    return spoil


def any_stream(pdf):
    return pdf.make_indirect(Stream(pdf, b"0 0 m"))




def ANY(_):
    return Dictionary(X=1)


RESOURCES, FONT = ("page", "/Resources"), ("page", "/Resources", "/Font", "/f0")
LETTERS = (*FONT, "/DescendantFonts", 0)
DESCRIPTOR = (*LETTERS, "/FontDescriptor")

# What a paper does not have.
of_objects("6.1.7-3", "dialect")(keyed("/F", String("x"), "page", "/Contents"))
of_objects("6.1.7-4", "dialect")(keyed("/Filter", Name.LZWDecode, "page", "/Contents"))
of_objects("6.1.12-1 6.1.12-2 6.4.3-1 6.4.3-2", "dialect")(keyed("/Perms", ANY))
of_objects("6.2.2-2", "dialect")(left_out("/Resources", "page"))
of_objects("6.2.3-3", "dialect")(keyed("/DestOutputProfileRef", ANY, "/OutputIntents", 0))
of_objects("6.1.13-9 6.2.4.4-1 6.2.4.4-2", "dialect")(
    keyed("/c9", Array([Name.DeviceN, Array([Name.Gold]), Name.DeviceRGB, Dictionary()]), *RESOURCES, "/ColorSpace")
)
of_objects("6.2.5-1 6.2.5-2 6.2.5-3 6.2.5-4 6.2.5-5 6.2.5-6 6.2.10-1", "dialect")(
    keyed("/ExtGState", Dictionary(g0=Dictionary(TR=Name.Identity, BM=Name.Mine)), *RESOURCES)
)
of_objects("6.2.10-2", "dialect")(keyed("/Group", Dictionary(S=Name.Transparency), "page"))
of_objects(
    "6.2.8-1 6.2.8-2 6.2.8-3 6.2.8.3-1 6.2.8.3-2 6.2.8.3-3 6.2.8.3-4 6.2.8.3-5 6.2.9-1 6.2.9-2 6.2.9-3", "dialect"
)(keyed("/XObject", lambda pdf: Dictionary(x0=any_stream(pdf)), *RESOURCES))
of_objects("6.2.11.2-1", "dialect")(keyed("/Type", Name.Fount, *FONT))
of_objects("6.2.11.2-2 6.2.11.4-3", "dialect")(keyed("/Subtype", Name.Type1, *FONT))
of_objects("6.2.11.2-3", "dialect")(left_out("/BaseFont", *FONT))
of_objects("6.2.11.2-3")(keyed("/BaseFont", Name.Other, *LETTERS))
of_objects("6.2.11.2-4 6.2.11.2-5 6.2.11.2-6 6.2.11.6-1 6.2.11.6-2 6.2.11.6-3 6.2.11.6-4", "dialect")(
    keyed("/Subtype", Name.TrueType, *FONT)
)
of_objects("6.2.11.2-7", "dialect")(keyed("/FontFile3", any_stream, *DESCRIPTOR))
of_objects("6.1.13-10 6.2.11.3-1 6.2.11.3-3", "dialect")(keyed("/Encoding", any_stream, *FONT))
of_objects("6.2.11.3-2", "dialect")(left_out("/CIDToGIDMap", *LETTERS))
of_objects("6.2.11.4-1", "dialect")(left_out("/FontFile2", *DESCRIPTOR))
of_objects("6.2.11.7-1", "dialect")(left_out("/ToUnicode", *FONT))
of_objects("6.3.1-1 6.3.2-1 6.3.2-2 6.3.3-1 6.3.3-2 6.4.1-1", "dialect")(
    keyed("/Annots", Array([Dictionary(Subtype=Name.Movie)]), "page")
)
of_objects("6.4.1-2 6.4.1-3 6.4.2-1", "dialect")(keyed("/AcroForm", Dictionary(XFA=String(""), NeedAppearances=True)))
of_objects("6.4.2-2", "dialect")(keyed("/NeedsRendering", True))
of_objects("6.5.1-1 6.5.1-2", "dialect")(keyed("/OpenAction", Dictionary(S=Name.JavaScript, JS=String("x"))))
of_objects("6.5.1-1", "dialect")(keyed("/A", Dictionary(S=Name.Launch), "/Outlines", "/First"))
of_objects("6.5.2-1", "dialect")(keyed("/AA", ANY))
of_objects("6.5.2-2", "dialect")(keyed("/AA", ANY, "page"))
of_objects("6.6.2.1-1", "dialect")(left_out("/Metadata"))
of_objects("6.7.3-1", "dialect")(left_out("/StructTreeRoot"))
of_objects("6.7.2-1", "dialect")(left_out("/MarkInfo"))
of_objects("6.8-2 6.8-5 6.10-1", "dialect")(keyed("/Names", Dictionary(EmbeddedFiles=Dictionary(), AlternatePresentations=Dictionary())))
of_objects("6.9-1 6.9-2 6.9-3 6.9-4", "dialect")(keyed("/OCProperties", Dictionary(D=Dictionary(AS=Array([])))))
of_objects("6.10-2", "dialect")(keyed("/PresSteps", ANY, "page"))
of_objects("6.11-1", "dialect")(keyed("/Requirements", Array([])))


@of_objects("6.1.3-2", "dialect")
def sealed(pdf):
    pdf.trailer.Encrypt = Dictionary(Filter=Name.Standard)


@of_objects("dialect")
def a_stray(pdf):
    pdf.make_indirect(Dictionary(X=1))


# What it has, wrongly.
of_objects("6.1.13-11")(keyed("/MediaBox", Array([0, 0, 2, 842]), "page"))
of_objects("6.7.2-1")(keyed("/Marked", False, "/MarkInfo"))
of_objects("6.7.4-1")(keyed("/Lang", String("svenska språket")))
of_objects("6.7.3-2")(keyed("/Terms", Name.Thing, "/StructTreeRoot", "/RoleMap"))
of_objects("6.7.3-2")(keyed("/Terms", Name.Terms, "/StructTreeRoot", "/RoleMap"))
of_objects("6.7.3-2")(keyed("/S", Name.Thing, "/StructTreeRoot", "/K", 0))
of_objects("6.7.3-1")(lambda pdf: pdf.Root.StructTreeRoot.K[0].K.append(pdf.Root.StructTreeRoot.K[0].K[0]))
of_objects("6.7.3-1")(lambda pdf: pdf.Root.StructTreeRoot.ParentTree.Nums[1].append(pdf.Root.StructTreeRoot.K[0]))
of_objects("6.2.3-2")(
    lambda pdf: pdf.Root.OutputIntents.append(
        Dictionary({**pdf.Root.OutputIntents[0], "/DestOutputProfile": copied(pdf, pdf.Root.OutputIntents[0].DestOutputProfile)})
    )
)
of_objects("ua-7.1")(keyed("/DisplayDocTitle", False, "/ViewerPreferences"))
of_objects("ua-7.1")(keyed("/Suspects", True, "/MarkInfo"))
of_objects("ua-7.2")(keyed("/Lang", String("")))


def copied(pdf, stream):
    copy = pdf.make_indirect(Stream(pdf, b"", Filter=Name.FlateDecode, N=3, Range=[0, 1, 0, 1, 0, 1]))
    written(copy, stream.read_bytes())
    return copy


def written(stream, data):
    """Written anew in the way it was written."""
    if "/Filter" in stream:
        stream.write(zlib.compress(data), filter=Name.FlateDecode)
    else:
        stream.write(data)


@of_objects("6.1.3-1")
def no_identifier(pdf):
    pdf.trailer.ID = Array([String(""), String("")])


def within(stream_of, change):
    """Other bytes in a stream."""

    def spoil(pdf):
        stream = stream_of(pdf)
        before = stream.read_bytes()
        after = change(before)
        assert after != before, "nothing was spoiled"
        written(stream, after)

    return spoil


def drawing(pdf):
    return pdf.pages[0].Contents


def drawn(words, first=False):
    return within(drawing, lambda before: words + b"\n" + before if first else before + b"\n" + words)


def replaced(old, new):
    return lambda before: before.replace(old, new, 1)


MARK = b"/Artifact <</Type /Pagination>> BDC\n"
of_objects("6.1.6-1")(drawn(MARK + b"BT /f0 9 Tf <00010> Tj ET EMC"))
of_objects("6.1.13-1")(drawn(b"2147483648 0 m"))
of_objects("6.1.13-3")(drawn(MARK + b"BT /f0 9 Tf (" + 32_768 * b"x" + b") Tj ET EMC"))
of_objects("6.1.13-5")(drawn(b"0." + 38 * b"0" + b"1 0 m"))
of_objects("6.1.13-8")(drawn(29 * b"q\n" + 29 * b"Q\n"))
of_objects("6.2.2-1")(drawn(b"BX 1 mine EX"))
of_objects("6.2.2-1")(drawn(b"q"))
of_objects("6.2.2-2")(drawn(MARK + b"BT /f77 9 Tf ET EMC"))
of_objects("6.1.10-1", "6.2.2-1")(drawn(b"BI /W 1 /H 1 /BPC 8 /CS /G /F /LZW ID \x80\x0b EI"))
of_objects("6.2.6-1", "6.2.2-1")(drawn(b"/Mine ri"))
of_objects("6.2.4.3-2", "6.2.2-1")(drawn(b"1 0 0 rg"))
of_objects("6.2.4.3-3", "6.2.2-1")(drawn(b"0 0 0 1 k"))
of_objects("6.2.4.3-4", "6.2.2-1")(drawn(b"0 g"))
of_objects("6.2.4.3-4")(drawn(MARK + b"0 0 m 1 1 l 1 0 l h f EMC"))
of_objects("6.2.11.8-1")(drawn(MARK + b"q /c0 cs 0 0 0 scn BT /f0 9 Tf <0000> Tj ET Q EMC"))
of_objects("6.2.11.4-2")(drawn(MARK + b"q /c0 cs 0 0 0 scn BT /f0 9 Tf <7000> Tj ET Q EMC"))
of_objects("ua-7.1")(drawn(b"q /c0 cs 0 0 0 scn 0 0 m 1 1 l 1 0 l h f Q"))
of_objects("6.7.3-1")(drawn(b"/P <</MCID 0>> BDC EMC"))
of_objects("6.7.4-1")(drawn(b"/Artifact <</Type /Pagination /Lang (s v)>> BDC EMC"))


def font(pdf):
    return pdf.pages[0].Resources.Font["/f0"]


def meanings(pdf):
    return font(pdf).ToUnicode


def meaning(new):
    return within(meanings, lambda before: re.sub(rb"<0001> <[0-9A-F]{4}>", new, before, count=1))


of_objects("6.2.11.7-1")(meaning(b"<7001> <0041>"))
of_objects("6.2.11.7-2")(meaning(b"<0001> <FEFF>"))
of_objects("6.2.11.7-3")(meaning(b"<0001> <E000>"))
of_objects("6.2.11.3-4")(within(meanings, replaced(b"/WMode 0", b"/WMode 1")))
of_objects("6.2.11.3-5")(within(meanings, replaced(b"begincmap", b"begincmap /Other usecmap")))
of_objects("6.2.11.4-1")(within(lambda pdf: font(pdf).DescendantFonts[0].FontDescriptor.FontFile2, lambda raw: raw[: len(raw) // 2]))
of_objects("6.2.11.4-4")(within(lambda pdf: font(pdf).DescendantFonts[0].FontDescriptor.CIDSet, lambda raw: b"\x7f" + raw[1:]))


@of_objects("6.2.11.5-1")
def other_widths(pdf):
    font(pdf).DescendantFonts[0].W = Array([0, 999, 3])


def destination(pdf):
    return pdf.Root.OutputIntents[0].DestOutputProfile


def version_five(raw):
    return raw[:8] + b"\x05" + raw[9:]


of_objects("6.2.3-1")(within(destination, version_five))
of_objects("6.2.3-1")(within(destination, lambda raw: raw.replace(b"mntr", b"link", 1)))
of_objects("6.2.4.2-1")(within(lambda pdf: pdf.pages[0].Resources.ColorSpace["/c0"][1], version_five))
of_objects("6.2.4.2-2", "6.2.4.2-1")(keyed("/N", 4, *RESOURCES, "/ColorSpace", "/c0", 1))


def said(old, new):
    return within(lambda pdf: pdf.Root.Metadata, replaced(old, new))


PACKET = b'id="W5M0MpCehiHzreSzNTczkc9d"'
PRODUCER = b"<pdf:Producer>Samverkan</pdf:Producer>"
of_objects("6.6.2.1-2")(said(PACKET, PACKET + b' bytes="4000"'))
of_objects("6.6.2.1-3")(said(PACKET, PACKET + b' encoding="UTF-8"'))
of_objects("6.6.2.1-4")(said(b"</rdf:RDF>", b""))
of_objects("6.6.2.1-5")(said(b">Samverkan<", b">\xe5m\xe5l<"))
of_objects("6.6.2.3-1 6.6.2.3-3 6.6.2.3-5 6.6.2.3-6", "6.6.2.3-3")(
    said(b"<pdfaSchema:prefix>pdf<", b"<pdfaSchema:valueType/><pdfaSchema:prefix>pdf<")
)
of_objects("6.6.2.3-2")(said(b"<pdfaExtension:schemas><rdf:Bag>", b"<pdfaExtension:schemas><rdf:Bag/><rdf:Bag>"))
of_objects("6.6.2.3-4")(said(b"<pdfaProperty:category>internal<", b"<pdfaProperty:category>secret<"))
of_objects("6.6.2.3-7")(said(PRODUCER, PRODUCER + b"<pdf:Mine>1</pdf:Mine>"))
of_objects("6.6.2.3-7")(said(b"<xmp:CreateDate>2026", b"<xmp:CreateDate>today 2026"))
of_objects("6.6.4-1")(said(b"<pdfaid:part>2</pdfaid:part>", b""))
of_objects("6.6.4-2")(said(b"<pdfaid:part>2<", b"<pdfaid:part>3<"))
of_objects("6.6.4-3")(said(b"<pdfaid:conformance>A<", b"<pdfaid:conformance>B<"))
of_objects("6.6.4-4")(within(lambda pdf: pdf.Root.Metadata, lambda raw: raw.replace(b"pdfaid", b"archive")))
of_objects("ua-5")(said(b"<pdfuaid:part>1</pdfuaid:part>", b""))


def headings(pdf):
    return [one for one in pdf.objects if isinstance(one, Dictionary) and one.get("/S") == Name.H2]


@of_objects("ua-7.4.2")
def a_level_is_left_out(pdf):
    for one in headings(pdf):
        one.S = Name.H3


@of_objects("ua-7.5")
def headings_of_nothing(pdf):
    for one in pdf.objects:
        if isinstance(one, Dictionary) and one.get("/S") == Name.TH and "/A" in one:
            del one["/A"]


@of_objects("ua-7.2")
def a_row_outside_of_a_table(pdf):
    headings(pdf)[0].S = Name.TR


def objects(raw):
    """Each paper spoiled in its objects, with the rules it breaks and what must be said."""
    for rules, says, spoil in OBJECTS:
        pdf = pikepdf.open(io.BytesIO(raw))
        spoil(pdf)
        yield rules, says, pdf
