"""What a paper may be made of, and nothing else.

Most of ISO 19005-2 forbids something: actions, scripts, files in files, forms, pictures, transparency, layers, fonts of other kinds. A
paper has none of it; what is not named here is refused, whether the standard allows it or not. So each of those rules holds for every
paper that passes, also those of parts of the standard nobody here thought of.
"""

from pikepdf import Array, Dictionary, Name, Object, Stream, String

NUMBER, TEXT, BOOL = "a number", "a text", "true or false"


def names(*allowed):
    """One of these names."""
    return {f"/{name}" for name in allowed}


# Keys with what they hold: a kind of value, a set of names, the shape of a dictionary, or a list of one of these.
# A key with "?" may be missing.
SHAPES = {
    "trailer": {"Size": NUMBER, "Root": "catalog", "Info": "info", "ID": [TEXT]},
    "catalog": {
        "Type": names("Catalog"),
        "Lang": TEXT,
        "MarkInfo": "mark info",
        "Metadata": "metadata",
        "Outlines?": "outline",
        "OutputIntents": ["output intent"],
        "Pages": "pages",
        "StructTreeRoot": "tree",
        "ViewerPreferences": "viewer",
    },
    "info": {"Title": TEXT, "Creator": TEXT, "Producer": TEXT, "ModDate": TEXT, "CreationDate": TEXT},
    "mark info": {"Marked": BOOL, "Suspects": BOOL},
    "metadata": {"Type": names("Metadata"), "Subtype": names("XML"), "Length": NUMBER},
    "viewer": {"Direction": names("L2R"), "DisplayDocTitle": BOOL},
    "outline": {"Type": names("Outlines"), "First": "entry", "Last": "entry", "Count": NUMBER},
    "entry": {
        "Title": TEXT,
        "Parent": "up",
        "Dest": "place",
        "Prev?": "up",
        "Next?": "entry",
        "First?": "entry",
        "Last?": "entry",
        "Count?": NUMBER,
    },
    "output intent": {
        "Type": names("OutputIntent"),
        "S": names("GTS_PDFA1"),
        "DestOutputProfile": "colour profile",
        "Info": TEXT,
        "OutputCondition": TEXT,
        "OutputConditionIdentifier": TEXT,
        "RegistryName": TEXT,
    },
    "colour profile": {"N": NUMBER, "Range": [NUMBER], "Filter": names("FlateDecode"), "Length": NUMBER},
    "pages": {"Type": names("Pages"), "Count": NUMBER, "Kids": ["page"]},
    "page": {
        "Type": names("Page"),
        "Parent": "up",
        "Contents": "drawing",
        "MediaBox": [NUMBER],
        "Resources": "resources",
        "StructParents": NUMBER,
        "Tabs": names("S"),
    },
    "drawing": {"Filter": names("FlateDecode"), "Length": NUMBER},
    "resources": {"ColorSpace": "colours", "Font": "fonts", "ProcSet": [names("PDF", "Text", "ImageC", "ImageB")]},
    "font": {
        "Type": names("Font"),
        "Subtype": names("Type0"),
        "BaseFont": Name,
        "Encoding": names("Identity-H"),
        "DescendantFonts": ["letters"],
        "ToUnicode": "meanings",
    },
    "letters": {
        "Type": names("Font"),
        "Subtype": names("CIDFontType2"),
        "BaseFont": Name,
        "CIDSystemInfo": "system",
        "CIDToGIDMap": names("Identity"),
        "DW": NUMBER,
        "W": "widths",
        "FontDescriptor": "descriptor",
    },
    "system": {"Registry": TEXT, "Ordering": TEXT, "Supplement": NUMBER},
    "descriptor": {
        "Type": names("FontDescriptor"),
        "FontName": Name,
        "Flags": NUMBER,
        "FontBBox": [NUMBER],
        "ItalicAngle": NUMBER,
        "Ascent": NUMBER,
        "Descent": NUMBER,
        "CapHeight": NUMBER,
        "StemV": NUMBER,
        "CIDSet": "program",
        "FontFile2": "program",
    },
    "program": {"Filter": names("FlateDecode"), "Length": NUMBER},
    "meanings": {"Type": names("CMap"), "WMode": NUMBER, "Filter": names("FlateDecode"), "Length": NUMBER},
    "tree": {
        "Type": names("StructTreeRoot"),
        "K": ["element"],
        "ParentTree": "parents",
        "ParentTreeNextKey": NUMBER,
        "RoleMap": "roles",
    },
    "parents": {"Nums": "numbered"},
    "element": {
        "Type": names("StructElem"),
        "S": Name,
        "P": "up",
        "K": "kids",
        "Pg?": "up",
        "A?": ["attributes"],
        "Lang?": TEXT,
        "T?": TEXT,
    },
    "mark": {"Type": names("MCR"), "Pg": "up", "MCID": NUMBER},
    "attributes": {"O": names("Table"), "Scope": names("Row", "Column")},
}
STREAMS = {"metadata", "colour profile", "drawing", "program", "meanings"}


def faults(pdf):
    """Each thing that is not of a paper, as (rule, what it is)."""
    walk = Walk()
    walk.dictionary(pdf.trailer, "trailer", "")
    yield from walk.faults
    left = {one.objgen for one in pdf.objects if isinstance(one, (Dictionary, Array, Stream))} - walk.seen
    for number, _ in sorted(left):
        yield "dialect", f"object {number} belongs to nothing"


class Walk:
    """A walk through everything a paper is made of."""

    def __init__(self):
        self.seen = set()
        self.faults = []

    def wrong(self, path, what):
        self.faults.append(("dialect", f"{path}: {what}"))

    def dictionary(self, one, shape, path):
        if not isinstance(one, Stream if shape in STREAMS else Dictionary):
            return self.wrong(path, f"is no {shape}")
        if one.is_indirect:
            if (one.objgen, shape) in self.seen:
                return None
            self.seen |= {one.objgen, (one.objgen, shape)}
        wanted = SHAPES[shape]
        for key in wanted:
            if not key.endswith("?") and f"/{key}" not in one:
                self.wrong(path, f"{shape} without {key}")
        for key in one.keys():
            holds = wanted.get(key[1:], wanted.get(key[1:] + "?"))
            if holds is None:
                self.wrong(path, f"{shape} with {key}")
            else:
                self.value(one[key], holds, path + key)
        return None

    def value(self, one, holds, path):
        if isinstance(holds, list):
            if not isinstance(one, Array):
                return self.wrong(path, "is no list")
            if one.is_indirect:
                self.seen.add(one.objgen)
            for at, each in enumerate(one):
                self.value(each, holds[0], f"{path}[{at}]")
        elif isinstance(holds, set):
            if not isinstance(one, Name) or str(one) not in holds:
                self.wrong(path, f"is {one!r:.40}")
        elif holds in (NUMBER, TEXT, BOOL, Name):
            if not is_kind(one, holds):
                self.wrong(path, f"is not {holds}")
        elif holds in SHAPES:
            self.dictionary(one, holds, path)
        else:
            getattr(self, holds)(one, path)
        return None

    def up(self, one, path):
        """Something the walk comes by on its own way; met here it must be the thing itself and no copy."""
        if not one.is_indirect:
            self.wrong(path, "leads to a copy")

    def place(self, one, path):
        """A page and where on it (6.5: no action, no other file)."""
        wrong = not isinstance(one, Array) or len(one) != 5 or not one[0].is_indirect or one[1] != Name.XYZ
        if wrong or not all(is_kind(each, NUMBER) for each in list(one)[2:]):
            self.wrong(path, "is no place on a page")
        elif one.is_indirect:
            self.seen.add(one.objgen)

    def colours(self, one, path):
        for key in one.keys():
            space = one[key]
            if not isinstance(space, Array) or len(space) != 2 or space[0] != Name.ICCBased:
                self.wrong(path + key, "is no colour of a profile")
            else:
                if space.is_indirect:
                    self.seen.add(space.objgen)
                self.dictionary(space[1], "colour profile", path + key)

    def fonts(self, one, path):
        for key in one.keys():
            self.dictionary(one[key], "font", path + key)

    def widths(self, one, path):
        try:
            told_widths(one)
        except (IndexError, TypeError, ValueError):
            self.wrong(path, "are no widths")

    def roles(self, one, path):
        for key in one.keys():
            if not isinstance(one[key], Name):
                self.wrong(path + key, "is no kind")

    def numbered(self, one, path):
        """ISO 32000-1, 7.9.7: numbers with the elements of their page."""
        for number, elements in zip(list(one)[::2], list(one)[1::2]):
            if not is_kind(number, NUMBER) or not isinstance(elements, Array):
                self.wrong(path, "is no list by page")
                continue
            if elements.is_indirect:
                self.seen.add(elements.objgen)
            for element in elements:
                self.up(element, path)

    def kids(self, one, path):
        for at, kid in enumerate(one if isinstance(one, Array) else [one]):
            if isinstance(kid, int):
                continue
            is_mark = isinstance(kid, Dictionary) and kid.get("/Type") == Name.MCR
            self.dictionary(kid, "mark" if is_mark else "element", f"{path}[{at}]")


def is_kind(one, kind):
    if kind is BOOL:
        return isinstance(one, bool)
    if kind is NUMBER:
        return not isinstance(one, (bool, Object))
    return isinstance(one, String if kind is TEXT else Name)


def told_widths(rows):
    """Letters with their widths (ISO 32000-1, 9.7.4.3): a first letter and a list, or a first, a last and what all have."""
    told, rows = {}, list(rows)
    while rows:
        first, then = int(rows.pop(0)), rows.pop(0)
        if isinstance(then, Array):
            told.update((first + at, float(width)) for at, width in enumerate(then))
        else:
            told.update(dict.fromkeys(range(first, int(then) + 1), float(rows.pop(0))))
    return told
