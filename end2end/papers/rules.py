"""What ISO 19005-2 demands of what a paper is made of (`grammar.py` holds that there is nothing else).

The rules carry the clause and the number they have in veraPDF's profile PDF/A-2a; "ua-" begins what ISO 14289-1 (PDF/UA-1) demands.
"""

import io
import re

import pikepdf
from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Name

import metadata
import syntax
from grammar import told_widths

# What may be drawn with: how many numbers stand before each operator; None where it is looked at by itself.
OPERATORS = {
    "q": 0,
    "Q": 0,
    "cm": 6,
    "cs": None,
    "scn": 3,
    "BT": 0,
    "ET": 0,
    "Tr": 1,
    "Tf": None,
    "Tm": 6,
    "Tj": None,
    "TJ": None,
    "m": 2,
    "l": 2,
    "h": 0,
    "f": 0,
    "BDC": None,
    "EMC": 0,
}
STANDARD = set(
    """Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct Private P H H1 H2 H3 H4 H5 H6 L LI Lbl LBody Table TR TH TD
    THead TBody TFoot Span Quote Note Reference BibEntry Code Link Annot Ruby RB RT RP Warichu WT WP Figure Formula Form""".split()
)
INSIDE = {
    "Table": {"THead", "TBody"},
    "THead": {"TR"},
    "TBody": {"TR"},
    "TR": {"TH", "TD"},
}
LANGUAGE = re.compile(r"[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*")


def faults(pdf):
    """Each fault as (rule, what is wrong)."""
    fonts = {}
    marks = {}
    yield from of_document(pdf)
    yield from of_profiles(pdf)
    for at, page in enumerate(pdf.pages):
        yield from of_page(page, at)
        reading = Reading(page, at)
        yield from reading.faults()
        marks[page.objgen] = reading.marks
        for name, used in reading.used.items():
            font = page.Resources.Font[name]
            fonts.setdefault(font.objgen, (font, {}))[1].update(used)
    for font, used in fonts.values():
        yield from of_font(font, used)
    yield from of_tree(pdf, marks)
    yield from metadata.faults(pdf.Root.Metadata.read_bytes(), len(pdf.pages))


def of_document(pdf):
    if len(pdf.trailer.ID) != 2 or not all(bytes(part) for part in pdf.trailer.ID):
        yield "6.1.3-1", "the file has no identifier of two parts"
    if pdf.Root.MarkInfo.Marked is not True:
        yield "6.7.2-1", "the paper is not marked as tagged"
    if pdf.Root.MarkInfo.Suspects is not False:
        yield "ua-7.1", "the tags are suspects"
    if pdf.Root.ViewerPreferences.DisplayDocTitle is not True:
        yield "ua-7.1", "its title is not shown"
    if not str(pdf.Root.Lang):
        yield "ua-7.2", "the paper names no language"
    yield from language(pdf.Root.Lang)


def language(tag):
    if str(tag) and not LANGUAGE.fullmatch(str(tag)):
        yield "6.7.4-1", f"{tag} is no language"


def of_profiles(pdf):
    intents = list(pdf.Root.OutputIntents)
    if len({one.DestOutputProfile.objgen for one in intents}) != 1:
        yield "6.2.3-2", "not one colour profile for the whole paper"
    for intent in intents:
        yield from profile(intent.DestOutputProfile, "6.2.3-1", {b"prtr", b"mntr"})
    for page in pdf.pages:
        for _, space in page.Resources.ColorSpace.items():
            yield from profile(space[1], "6.2.4.2-1", {b"prtr", b"mntr", b"scnr", b"spac"})


def profile(stream, rule, classes):
    """A colour profile (ICC.1:2001-12, 6.1): its size, version, class, colours and mark."""
    data = stream.read_bytes()
    if len(data) < 132 or int.from_bytes(data[:4]) != len(data) or data[36:40] != b"acsp":
        yield rule, "a colour profile is none"
    elif data[8] >= 5 or data[12:16] not in classes or data[16:20] != b"RGB " or stream.N != 3:
        yield rule, "a colour profile is of another kind"
    elif list(stream.Range) != [0, 1] * 3:
        yield rule, "a colour profile is given other bounds"


def of_page(page, at):
    left, bottom, right, top = (float(side) for side in page.MediaBox)
    if not all(3 <= side <= 14_400 for side in (right - left, top - bottom)):
        yield "6.1.13-11", f"page {at + 1} is too small or too large"
    yield from syntax.tokens(page.Contents.read_bytes(), OPERATORS)


class Reading:
    """One page as a reader goes through it."""

    def __init__(self, page, at):
        self.page, self.at = page, at
        # Letters drawn by font, with whether each stands under words that are said instead of it.
        self.used = {}
        self.marks = []
        self.depth = 0
        self.texts = False
        self.open = []
        self.font = None
        self.colour = []

    def faults(self):
        instructions = pikepdf.parse_content_stream(self.page)
        for operands, operator in instructions:
            for rule, what in self.step([*operands], str(operator)):
                yield rule, f"page {self.at + 1}: {what}"
        if self.depth or self.open or self.texts:
            yield "6.2.2-1", f"page {self.at + 1} leaves something open"
        if sorted(self.marks) != list(range(len(self.marks))):
            yield "6.7.3-1", f"page {self.at + 1} has a mark twice"

    def step(self, operands, operator):
        count = OPERATORS.get(operator, "unknown")
        if count == "unknown":
            yield "6.2.2-1", f"the operator {operator}"
            return
        if count is not None and (len(operands) != count or any(isinstance(one, pikepdf.Object) for one in operands)):
            yield "6.2.2-1", f"{operator} with {operands}"
            return
        if operator in {"f", "Tj", "TJ"}:
            yield from self.draws()
        yield from getattr(self, f"do_{operator}", lambda *_: ())(*operands)

    def draws(self):
        if not self.open:
            yield "ua-7.1", "something is drawn that is neither tagged nor an ornament"
        if not self.colour or self.colour[-1] is None:
            yield "6.2.4.3-4", "something is drawn in a colour of no profile"

    def do_q(self):
        self.depth += 1
        self.colour.append(self.colour[-1] if self.colour else None)
        if self.depth > 28:
            yield "6.1.13-8", "more than 28 states within each other"

    def do_Q(self):
        self.depth -= 1
        if self.depth < 0:
            yield "6.2.2-1", "Q without q"
        else:
            self.colour.pop()

    def do_cs(self, name):
        if name not in self.page.Resources.ColorSpace:
            yield "6.2.2-2", f"the page does not have the colours {name}"
        if self.colour:
            self.colour[-1] = name

    def do_BT(self):
        if self.texts:
            yield "6.2.2-1", "a text within a text"
        self.texts = True

    def do_ET(self):
        if not self.texts:
            yield "6.2.2-1", "ET without BT"
        self.texts = False

    def do_Tf(self, name, size):
        self.font = str(name)
        if name not in self.page.Resources.Font:
            yield "6.2.2-2", f"the page does not have the font {name}"
        if isinstance(size, pikepdf.Object):
            yield "6.2.2-1", "a font without size"

    def do_Tj(self, text):
        return self.do_TJ([text])

    def do_TJ(self, parts):
        if self.font is None or not self.texts:
            yield "6.2.2-1", "letters without a font, or outside of a text"
            return
        used = self.used.setdefault(self.font, {})
        instead = any(said for _, said in self.open)
        for part in parts:
            if not isinstance(part, pikepdf.String):
                continue
            codes = bytes(part)
            if len(codes) % 2:
                yield "6.2.11.4-2", "half a letter"
            for letter in zip(codes[::2], codes[1::2]):
                cid = int.from_bytes(letter)
                used[cid] = used.get(cid, True) and instead

    def do_BDC(self, tag, about):
        says = isinstance(about, Dictionary) and bool(about.get("/ActualText"))
        self.open.append((str(tag), says))
        if not isinstance(about, Dictionary):
            yield "6.2.2-2", "a mark that is described elsewhere"
        elif "/MCID" in about:
            self.marks.append(int(about.MCID))
            if len([1 for name, _ in self.open if name == "/Artifact"]):
                yield "ua-7.1", "something tagged within an ornament"
        elif len(self.open) == 1 and tag != Name.Artifact:
            yield "ua-7.1", "a mark that is neither tagged nor an ornament"
        if isinstance(about, Dictionary) and "/Lang" in about:
            yield from language(about.Lang)

    def do_EMC(self):
        if not self.open:
            yield "6.2.2-1", "EMC without BDC"
        else:
            self.open.pop()


def of_font(font, used):
    letters = font.DescendantFonts[0]
    descriptor = letters.FontDescriptor
    name = str(font.BaseFont)
    if str(letters.BaseFont) != name or str(descriptor.FontName) != name:
        yield "6.2.11.2-3", f"{name} is called something else elsewhere"
    try:
        program = TTFont(io.BytesIO(descriptor.FontFile2.read_bytes()), lazy=False)
        widths, glyphs = program["hmtx"], program.getGlyphOrder()
        for glyph in glyphs:
            program["glyf"][glyph].expand(program["glyf"])
        size = program["head"].unitsPerEm
    except Exception as broken:  # noqa: BLE001 - fontTools tells of a broken font in many ways
        yield "6.2.11.4-1", f"{name} holds no font: {broken!r}"
        return
    yield from present(name, used, glyphs, descriptor.CIDSet.read_bytes())
    told = told_widths(letters.W)
    for cid in used:
        if cid < len(glyphs) and abs(told.get(cid, float(letters.DW)) - 1000 * widths[glyphs[cid]][0] / size) > 1:
            yield "6.2.11.5-1", f"{name} tells another width of letter {cid}"
    yield from meant(name, used, font.ToUnicode)


def present(name, used, glyphs, listed):
    for cid in used:
        if cid == 0:
            yield "6.2.11.8-1", f"{name} draws the sign for what it does not have"
        elif cid >= len(glyphs):
            yield "6.2.11.4-2", f"{name} does not have letter {cid}"
    bits = {8 * at + bit for at, byte in enumerate(listed) for bit in range(8) if byte & (128 >> bit)}
    if bits != set(range(len(glyphs))):
        yield "6.2.11.4-4", f"{name} lists other letters than it has"


def meant(name, used, stream):
    """What each letter means (ISO 32000-1, 9.10.3)."""
    written = stream.read_bytes().decode("latin-1")
    mode = re.search(r"/WMode (\d) def", written)
    if not mode or int(mode[1]) != stream.WMode:
        yield "6.2.11.3-4", f"{name} runs one way and says another"
    if "usecmap" in written:
        yield "6.2.11.3-5", f"{name} takes meanings from elsewhere"
    if "beginbfrange" in written:
        yield "dialect", f"{name} gives meanings by range"
    means = {}
    for block in re.findall(r"beginbfchar\n(.*?)endbfchar", written, re.DOTALL):
        for code, text in re.findall(r"<([0-9A-Fa-f]{4})> <((?:[0-9A-Fa-f]{4})+)>", block):
            means[int(code, 16)] = bytes.fromhex(text).decode("utf-16-be", "replace")
    for cid, instead in used.items():
        text = means.get(cid)
        if not text:
            yield "6.2.11.7-1", f"{name} does not say what letter {cid} means"
        elif set(text) & {"\0", "\ufeff", "\ufffe"}:
            yield "6.2.11.7-2", f"{name} says letter {cid} means nothing"
        elif not instead and any(is_private(sign) for sign in text):
            yield "6.2.11.7-3", f"{name} says letter {cid} means something private"


def is_private(sign):
    return "\ue000" <= sign <= "\uf8ff" or sign >= "\U000f0000"


def of_tree(pdf, marks):
    root = pdf.Root.StructTreeRoot
    roles = {key[1:]: str(value)[1:] for key, value in root.RoleMap.items()}
    for kind, role in roles.items():
        if kind in STANDARD or role not in STANDARD:
            yield "6.7.3-2", f"{kind} stands for {role}"
    growing = Tree(roles)
    for top in root.K:
        yield from growing.element(top, root, None)
    yield from growing.headings()
    yield from homes(root, pdf, growing.leaves, marks)


class Tree:
    """What is said of the paper's parts."""

    def __init__(self, roles):
        self.roles = roles
        # Page and mark with the element it belongs to.
        self.leaves = {}
        self.levels = []

    def element(self, one, parent, within):
        kind = str(one.S)[1:]
        role = self.roles.get(kind, kind)
        if role not in STANDARD:
            yield "6.7.3-2", f"an element is a {kind}"
        if one.P.objgen != parent.objgen:
            yield "6.7.3-1", f"a {kind} does not know where it stands"
        if role not in INSIDE.get(within, {role}) or (role in {"TR", "TH", "TD", "THead", "TBody"} and within not in INSIDE):
            yield "ua-7.2", f"a {kind} stands in a {within}"
        if role == "TH" and not any("/Scope" in each for each in one.get("/A", [])):
            yield "ua-7.5", "a heading of a table does not say of what"
        if re.fullmatch("H[1-6]", role):
            self.levels.append(int(role[1]))
        if "/Lang" in one:
            yield from language(one.Lang)
        for kid in one.K if isinstance(one.K, Array) else [one.K]:
            if isinstance(kid, int):
                yield from self.leaf(one, one.get("/Pg"), kid)
            elif kid.get("/Type") == Name.MCR:
                yield from self.leaf(one, kid.Pg, int(kid.MCID))
            else:
                yield from self.element(kid, one, role)

    def leaf(self, one, page, mark):
        if page is None or (page.objgen, mark) in self.leaves:
            yield "6.7.3-1", "a mark belongs to no page, or to two elements"
        else:
            self.leaves[page.objgen, mark] = one.objgen

    def headings(self):
        before = 0
        for level in self.levels:
            if level > before + 1:
                yield "ua-7.4.2", f"a heading of level {level} follows one of level {before}"
            before = level


def homes(root, pdf, leaves, marks):
    """Each mark on each page belongs to an element, each element's marks are there, and both are told alike (ISO 32000-1, 14.7.4.4)."""
    drawn = {(page, mark) for page, each in marks.items() for mark in each}
    if drawn != set(leaves):
        yield "6.7.3-1", "what is marked on the pages is not what the tree holds"
    numbers = list(root.ParentTree.Nums)
    table = {int(number): list(elements) for number, elements in zip(numbers[::2], numbers[1::2])}
    for page in pdf.pages:
        told = [element.objgen for element in table.get(int(page.StructParents), [])]
        if told != [leaves.get((page.objgen, mark)) for mark in range(len(told))] or len(told) != len(marks[page.objgen]):
            yield "6.7.3-1", "a page tells of other elements than the tree"
