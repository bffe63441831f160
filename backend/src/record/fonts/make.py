"""Makes the fonts of the record from the ones they derive from.

    npm pack @expo-google-fonts/source-serif-4@0.4.1 @expo-google-fonts/atkinson-hyperlegible-next@0.4.1
    for one in *.tgz; do tar xzf "$one" --one-top-level; done
    pip install fonttools==4.68.0
    python3 make.py FOLDER_WITH_BOTH .

Kept are the letters that names and Swedish sentences are written with; pairs are kerned by a plain `kern` table, which needs no
shaper. Added are the letters ŧ and Ŧ of Northern Sami, and the sign that stands where a font has no glyph (U+FFFD). As they
are changed, the fonts do not carry the reserved name (OFL 1.1, 3).
"""

import sys
from pathlib import Path

from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont, newTable
from fontTools.ttLib.tables._k_e_r_n import KernTable_format_0

FONTS = [
    ("source-serif-4", "400Regular/SourceSerif4_400Regular.ttf", "record-regular.ttf", "Samverkan Record", "Regular"),
    ("source-serif-4", "600SemiBold/SourceSerif4_600SemiBold.ttf", "record-semibold.ttf", "Samverkan Record", "SemiBold"),
    (
        "atkinson-hyperlegible-next",
        "400Regular/AtkinsonHyperlegibleNext_400Regular.ttf",
        "label-regular.ttf",
        "Samverkan Label",
        "Regular",
    ),
    (
        "atkinson-hyperlegible-next",
        "600SemiBold/AtkinsonHyperlegibleNext_600SemiBold.ttf",
        "label-semibold.ttf",
        "Samverkan Label",
        "SemiBold",
    ),
]

KEPT = [
    *range(0x20, 0x7F),
    *range(0xA0, 0x250),
    0x259,
    *range(0x2B9, 0x2BD),
    *range(0x2C6, 0x2DE),
    *range(0x300, 0x332),
    *range(0x370, 0x400),
    *range(0x400, 0x460),
    0x490,
    0x491,
    *range(0x1E00, 0x1F00),
    *range(0x2010, 0x2027),
    *range(0x2030, 0x203B),
    0x2044,
    0x2070,
    *range(0x2074, 0x207A),
    *range(0x2080, 0x208A),
    0x20AC,
    0x2116,
    0x2122,
    *range(0x2153, 0x215F),
    *range(0x2190, 0x219A),
    *range(0x2200, 0x2266),
    0x25A0,
    0x25CA,
    0x2610,
    0x2611,
    0x2713,
    0xFFFD,
]

KERNED = [
    *range(0x21, 0x7F),
    *map(ord, "åäöéèüøæçÅÄÖÉÈÜØÆÇšžčŠŽČ–—’”»«·"),
]


def kerning(font):
    """The distances between pairs that the font's own lookups give."""
    names = {font.getBestCmap()[code] for code in KERNED if code in font.getBestCmap()}
    table = font["GPOS"].table
    lookups = {
        index
        for record in table.FeatureList.FeatureRecord
        if record.FeatureTag == "kern"
        for index in record.Feature.LookupListIndex
    }
    pairs = {}
    for index in sorted(lookups):
        done = set()
        for part in table.LookupList.Lookup[index].SubTable:
            part = getattr(part, "ExtSubTable", part)
            if type(part).__name__ != "PairPos":
                continue
            for left in names.intersection(part.Coverage.glyphs):
                for right, distance in beside(part, left, names):
                    if (left, right) not in done:
                        done.add((left, right))
                        pairs[left, right] = pairs.get((left, right), 0) + distance
    return {pair: distance for pair, distance in pairs.items() if abs(distance) >= 8}


def beside(part, left, names):
    """What one table says of a glyph and those after it."""
    if part.Format == 1:
        for record in part.PairSet[part.Coverage.glyphs.index(left)].PairValueRecord:
            if record.SecondGlyph in names:
                yield record.SecondGlyph, getattr(record.Value1, "XAdvance", 0) or 0
        return
    row = part.Class1Record[part.ClassDef1.classDefs.get(left, 0)].Class2Record
    for right in names:
        value = row[part.ClassDef2.classDefs.get(right, 0)].Value1
        yield right, getattr(value, "XAdvance", 0) or 0


def add(font, code, name, glyph, advance):
    """One more glyph."""
    font.setGlyphOrder([*font.getGlyphOrder(), name])
    font["glyf"][name] = glyph
    font["hmtx"][name] = (advance, getattr(glyph, "xMin", 0))
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap[code] = name


def rectangle(pen, left, bottom, right, top, inner=False):
    corners = [(left, bottom), (left, top), (right, top), (right, bottom)]
    corners = corners[::-1] if inner else corners
    pen.moveTo(corners[0])
    for corner in corners[1:]:
        pen.lineTo(corner)
    pen.closePath()


def barred(font, base, height, reach):
    """A letter with a stroke through its stem."""
    glyphs, name = font.getGlyphSet(), font.getBestCmap()[base]
    weight = 90 if font["OS/2"].usWeightClass > 500 else 58
    shape = font["glyf"][name]
    middle = (shape.xMin + shape.xMax) / 2 - (20 if base == ord("t") else 0)
    pen = TTGlyphPen(glyphs)
    glyphs[name].draw(pen)
    rectangle(pen, middle - reach, height, middle + reach, height + weight)
    glyph = pen.glyph(dropImpliedOnCurves=False)
    glyph.recalcBounds(font["glyf"])
    return glyph, font["hmtx"][name][0]


def replacement(font):
    """An upright empty box, as high as a capital."""
    pen = TTGlyphPen(None)
    top = font["OS/2"].sCapHeight
    rectangle(pen, 60, 0, 460, top)
    rectangle(pen, 110, 50, 410, top - 50, inner=True)
    glyph = pen.glyph()
    glyph.recalcBounds(font["glyf"])
    return glyph


def rename(font, family, style):
    names = font["name"]
    whole = f"{family} {style}"
    for record in list(names.names):
        if record.nameID not in (0, 5, 13, 14):
            names.removeNames(nameID=record.nameID)
    for number, text in {1: whole, 2: "Regular", 3: f"{whole};1", 4: whole, 6: whole.replace(" ", ""), 16: family, 17: style}.items():
        names.setName(text, number, 3, 1, 0x409)


def make(source, target, family, style):
    font = TTFont(source, recalcTimestamp=False)
    pairs = kerning(font)
    if 0x167 not in font.getBestCmap() and "Record" in family:
        add(font, 0x167, "tbar.record", *barred(font, ord("t"), 215, 150))
        add(font, 0x166, "Tbar.record", *barred(font, ord("T"), 300, 190))
    add(font, 0xFFFD, "replacement.record", replacement(font), 520)
    options = Options(hinting=False, layout_features=[], name_IDs=["*"], notdef_outline=True, glyph_names=False)
    options.drop_tables += ["GPOS", "GSUB", "GDEF", "BASE", "STAT", "gasp"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=KEPT)
    subsetter.subset(font)
    part = KernTable_format_0()
    part.coverage, part.tupleIndex, part.apple, part.kernTable = 1, None, False, pairs
    font["kern"] = newTable("kern")
    font["kern"].version, font["kern"].kernTables = 0, [part]
    rename(font, family, style)
    font.save(target)
    print(target.name, target.stat().st_size, "bytes,", len(pairs), "pairs,", len(font.getBestCmap()), "letters")




if __name__ == "__main__":
    sources, target = Path(sys.argv[1]), Path(sys.argv[2])
    for package, inside, name, family, style in FONTS:
        (source,) = sources.glob(f"*{package}-*/package/{inside}")
        make(source, target / name, family, style)
