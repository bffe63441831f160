"""What a paper says of itself as a whole: XMP (ISO 19005-2, 6.6)."""

import re
from xml.etree import ElementTree

RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
DC, XMP, MM = "{http://purl.org/dc/elements/1.1/}", "{http://ns.adobe.com/xap/1.0/}", "{http://ns.adobe.com/xap/1.0/mm/}"
PDF, PAGES = "{http://ns.adobe.com/pdf/1.3/}", "{http://ns.adobe.com/xap/1.0/t/pg/}"
EVENT = "{http://ns.adobe.com/xap/1.0/sType/ResourceEvent#}"
PDFA, UA = "{http://www.aiim.org/pdfa/ns/id/}", "{http://www.aiim.org/pdfua/ns/id/}"
EXTENSION, SCHEMA = "{http://www.aiim.org/pdfa/ns/extension/}", "{http://www.aiim.org/pdfa/ns/schema#}"
PROPERTY = "{http://www.aiim.org/pdfa/ns/property#}"
DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d)")


def text(one):
    return not len(one) and bool(one.text)


def date(one):
    return text(one) and bool(DATE.fullmatch(one.text))


def number(one):
    return text(one) and one.text.isdigit()


def alternatives(one):
    """A text by language; one for those who ask for none."""
    items = listed(one, "Alt")
    return bool(items) and any(
        item.get("{http://www.w3.org/XML/1998/namespace}lang") == "x-default" and item.text for item in items
    )


def words(one):
    return bool(listed(one, "Bag")) and all(text(item) for item in listed(one, "Bag"))


def history(one):
    events = listed(one, "Seq")
    known = {"action": text, "instanceID": text, "softwareAgent": text, "when": date, "parameters": text}
    return bool(events) and all(
        field.tag.startswith(EVENT) and known.get(field.tag[len(EVENT) :], lambda _: False)(field)
        for event in events
        for field in event
    )


def listed(one, kind):
    return list(one[0]) if len(one) == 1 and one[0].tag == RDF + kind else []


# XMP Specification, September 2005, chapter 4; ISO 19005-2, 6.6.4.
PREDEFINED = {
    DC + "title": alternatives,
    DC + "language": words,
    DC + "format": text,
    XMP + "CreatorTool": text,
    XMP + "CreateDate": date,
    XMP + "ModifyDate": date,
    MM + "History": history,
    MM + "DocumentID": text,
    MM + "InstanceID": text,
    MM + "RenditionClass": text,
    PDF + "Producer": text,
    PDF + "PDFVersion": text,
    PAGES + "NPages": number,
    PDFA + "part": number,
    PDFA + "conformance": text,
}
PREFIXES = {
    PDFA: "pdfaid",
    EXTENSION: "pdfaExtension",
    SCHEMA: "pdfaSchema",
    PROPERTY: "pdfaProperty",
}


def faults(packet, pages):
    """Each fault as (rule, what is wrong)."""
    head = re.match(rb"<\?xpacket begin=\"(?:\xef\xbb\xbf)?\" id=\"W5M0MpCehiHzreSzNTczkc9d\"(.*?)\?>", packet)
    if not head:
        yield "6.6.2.1-4", "what the paper says of itself is in no packet"
        return
    if b"bytes" in head[1]:
        yield "6.6.2.1-2", "the packet counts its bytes"
    if b"encoding" in head[1]:
        yield "6.6.2.1-3", "the packet names a way of writing"
    try:
        written = packet.decode()
        root = ElementTree.fromstring(written)
    except UnicodeDecodeError:
        yield "6.6.2.1-5", "what the paper says of itself is not UTF-8"
        return
    except ElementTree.ParseError as broken:
        yield "6.6.2.1-4", f"what the paper says of itself is no XML: {broken}"
        return
    for space, prefix in PREFIXES.items():
        if any(given != prefix for given in re.findall(rf'xmlns:(\w+)="{re.escape(space[1:-1])}"', written)):
            yield "6.6.4-4" if space == PDFA else "6.6.2.3-2", f"{prefix} is called something else"
    said = [each for description in root.iter(RDF + "Description") for each in description]
    yield from properties(said)
    yield from identity({each.tag: each.text for each in said}, pages)


def properties(said):
    known = dict(PREDEFINED)
    for container in said:
        if container.tag == EXTENSION + "schemas":
            yield from schemas(container, known)
    for each in said:
        if each.tag == EXTENSION + "schemas":
            continue
        if each.tag not in known:
            yield "6.6.2.3-7", f"{each.tag} is defined nowhere"
        elif not known[each.tag](each):
            yield "6.6.2.3-7", f"{each.tag} is of another kind"
    if len({each.tag for each in said}) != len(said):
        yield "6.6.2.1-4", "something is said twice"


def schemas(container, known):
    """Adds what a paper defines itself (6.6.2.3.3)."""
    if not listed(container, "Bag"):
        yield "6.6.2.3-2", "what the paper defines is no bag"
    for schema in listed(container, "Bag"):
        fields = {field.tag: field for field in schema}
        if set(fields) != {SCHEMA + name for name in ("schema", "namespaceURI", "prefix", "property")}:
            yield "6.6.2.3-3", "a schema has not the fields of a schema"
            continue
        space = f"{{{fields[SCHEMA + 'namespaceURI'].text}}}"
        for each in listed(fields[SCHEMA + "property"], "Seq"):
            about = {field.tag: field.text for field in each}
            if set(about) != {PROPERTY + name for name in ("name", "valueType", "category", "description")}:
                yield "6.6.2.3-4", "a property has not the fields of a property"
                continue
            kind = {"Text": text, "Integer": number, "Date": date}.get(about[PROPERTY + "valueType"])
            if kind is None or about[PROPERTY + "category"] not in {"internal", "external"}:
                yield "6.6.2.3-4", "a property is of no known kind"
                continue
            known.setdefault(space + about[PROPERTY + "name"], kind)


def identity(said, pages):
    if PDFA + "part" not in said:
        yield "6.6.4-1", "the paper does not say that it is PDF/A"
    elif said[PDFA + "part"] != "2":
        yield "6.6.4-2", "the paper says that it is another part of PDF/A"
    elif said.get(PDFA + "conformance") != "A":
        yield "6.6.4-3", "the paper says that it is of another level"
    if said.get(UA + "part") != "1":
        yield "ua-5", "the paper does not say that it is PDF/UA-1"
    if said.get(PAGES + "NPages") != str(pages):
        yield "dialect", "the paper says that it has another number of pages"
