"""The bytes of a paper: what ISO 19005-2, 6.1, says of a file before anybody knows what is in it.

Read from the bytes and not through a library, as libraries mend what they read.
"""

import re

HEADER = re.compile(rb"\A%PDF-1\.[0-7]\n")
BINARY = re.compile(rb"\A[^\n]*\n%[\x80-\xff]{4}")
XREF = re.compile(rb"\Axref\n0 (\d+)\n((?:\d{10} \d{5} [nf](?: \n|\r\n| \r))+)trailer\n<<")
OBJECT = re.compile(rb"\A(\d+) 0 obj\n(.*)\nendobj\n+\Z", re.DOTALL)
STREAM = re.compile(rb">>\nstream\n")
TOKEN = re.compile(
    rb"(?P<open><<)|(?P<close>>>)|<(?P<hex>[^<>]*)>|/(?P<name>[^\s()<>\[\]{}/%]*)|(?P<word>[^\s()<>\[\]{}/%]+)|[\[\]]|\s+"
)


def faults(raw):
    """Each fault as (rule, what is wrong)."""
    if not HEADER.match(raw):
        yield "6.1.2-1", "the first line is not %PDF-1.n"
    if not BINARY.match(raw):
        yield "6.1.2-2", "the second line does not begin with four bytes over 127"
    if not re.search(rb"\n%%EOF\n?\Z", raw):
        yield "6.1.3-3", "something follows the end of the file"
    found = re.search(rb"\nstartxref\n(\d+)\n%%EOF\n?\Z", raw)
    table = found and XREF.match(raw[int(found[1]) :])
    if not table or len(table[2]) != 20 * int(table[1]):
        yield "6.1.4-2", "the table of objects is not one table of twenty bytes a row"
        return
    if raw.count(b"%%EOF") != 1:
        yield "dialect", "the file was added to"
    trailer = raw[int(found[1]) + table.end() - 2 : found.start()]
    yield from tokens(trailer)
    rows = [table[2][at : at + 20] for at in range(0, len(table[2]), 20)]
    starts = {int(row[:10]): number for number, row in enumerate(rows) if row[17:18] == b"n"}
    if len(starts) > 8_388_607:
        yield "6.1.13-7", "more than 8 388 607 objects"
    ends = sorted(starts)[1:] + [int(found[1])]
    for start, end in zip(sorted(starts), ends):
        yield from of_object(starts[start], raw[start:end])


def of_object(number, written):
    whole = OBJECT.match(written)
    if not whole or int(whole[1]) != number:
        yield "6.1.9-1", f"object {number} does not stand between its own lines"
        return
    stream = STREAM.search(whole[2])
    if stream is None:
        if b"stream" in re.sub(rb"\((?:\\.|[^\\()])*\)", b"", whole[2], flags=re.DOTALL):
            yield "6.1.7-2", f"the stream of object {number} does not stand on lines of its own"
        yield from tokens(whole[2])
        return
    head, body = whole[2][: stream.start() + 2], whole[2][stream.end() :]
    yield from tokens(head)
    if not body.endswith(b"\nendstream"):
        yield "6.1.7-2", f"the stream of object {number} does not end on a line of its own"
    length = re.search(rb"/Length (\d+)\b", head)
    if not length or int(length[1]) != len(body) - len(b"\nendstream"):
        yield "6.1.7-1", f"object {number} does not say how long its stream is"


def tokens(written, operators=()):
    """The limits of single values (6.1.6, 6.1.8, 6.1.13), in a file or in what is drawn."""
    at = 0
    while at < len(written):
        if written[at : at + 1] == b"(":
            end = string(written, at)
            if end is None:
                yield "dialect", "a string has no end"
                return
            if end - at > 32_767:
                yield "6.1.13-3", "a string is longer than 32 767 bytes"
            at = end
            continue
        token = TOKEN.match(written, at)
        if not token:
            yield "dialect", f"something stands there that is no value: {written[at : at + 20]!r}"
            return
        yield from value(token, operators)
        at = token.end()


def string(written, at):
    """The end of a string in round brackets."""
    depth = 0
    while at < len(written):
        byte = written[at : at + 1]
        at += 2 if byte == b"\\" else 1
        depth += (byte == b"(") - (byte == b")")
        if depth == 0:
            return at
    return None


def value(token, operators):
    if token["hex"] is not None:
        digits = re.sub(rb"\s", b"", token["hex"])
        if len(digits) % 2:
            yield "6.1.6-1", "a string of hexadecimal digits has half a byte"
        if re.search(rb"[^0-9A-Fa-f]", digits):
            yield "6.1.6-2", "a string of hexadecimal digits holds something else"
        if len(digits) > 2 * 32_767:
            yield "6.1.13-3", "a string is longer than 32 767 bytes"
    elif token["name"] is not None:
        name = re.sub(rb"#([0-9A-Fa-f]{2})", lambda code: bytes.fromhex(code[1].decode()), token["name"])
        if len(name) > 127:
            yield "6.1.13-4", "a name is longer than 127 bytes"
        try:
            name.decode()
        except UnicodeDecodeError:
            yield "6.1.8-1", "a name is not UTF-8"
    elif token["word"] is not None:
        if token["word"].decode("latin-1") not in operators:
            yield from word(token["word"])


def word(written):
    if re.fullmatch(rb"[+-]?\d+", written):
        if not -(2**31) <= int(written) < 2**31:
            yield "6.1.13-1", "a whole number needs more than 32 bits"
    elif re.fullmatch(rb"[+-]?(\d+\.\d*|\.\d+)", written):
        size = abs(float(written))
        if size > 3.403e38:
            yield "6.1.13-2", "a number is too large"
        if 0 < size < 1.175e-38:
            yield "6.1.13-5", "a number is too close to zero"
    elif written not in {b"true", b"false", b"null", b"R"}:
        yield "dialect", f"an unknown word: {written!r}"
