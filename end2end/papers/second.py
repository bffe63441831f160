"""A second opinion: the PDF/A validator of PDFluent, which its makers hold against veraPDF.

Version 1.2 reads operators only with a space before them, and an escaped backspace as the letter b. So what is drawn is spelled out for
it, each text in hexadecimal digits; the rest of a paper is as it was.
"""

import pdfluent
import pikepdf


def spelled(one):
    if isinstance(one, pikepdf.String):
        return b"<" + bytes(one).hex().encode() + b">"
    if isinstance(one, pikepdf.Array):
        return b"[ " + b" ".join(spelled(part) for part in one) + b" ]"
    return one.unparse() if isinstance(one, pikepdf.Object) else str(one).encode()


def faults(pdf, path):
    """Each fault it finds, as (rule, what is wrong)."""
    for page in pdf.pages:
        steps = pikepdf.parse_content_stream(page)
        lines = (b" ".join([*map(spelled, operands), str(operator).encode()]) for operands, operator in steps)
        page.Contents.write(b"\n".join(lines) + b"\n")
    pdf.save(path)
    report = pdfluent.validate_pdfa(str(path))
    if report.pdfa_level != "PDF/A-2A":
        yield "6.6.4-3", f"it takes the paper for {report.pdfa_level}"
    yield from ((issue.rule, issue.message) for issue in report.issues)
