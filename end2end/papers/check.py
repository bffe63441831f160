"""Holds papers against PDF/A-2a (ISO 19005-2) and PDF/UA-1: check.py FOLDER.

Every paper in the folder must be without fault to two who judge apart: ours, which goes by each rule of veraPDF's profile PDF/A-2a, and
PDFluent. Then one is spoiled in every way a rule can be broken; ours must find each, so that the first judgement says something.
"""

import io
import pathlib
import sys
import tempfile

import pikepdf

import grammar
import rules
import second
import spoiled
import syntax

# veraPDF's profile PDF/A-2a, by clause of ISO 19005-2: how many tests it has, or which. (Later versions number some of them finer.)
PROFILE = {
    "6.1.2": 2, "6.1.3": 3, "6.1.4": (2,), "6.1.6": 2, "6.1.7": 4, "6.1.8": 1, "6.1.9": 1, "6.1.10": 1, "6.1.12": 2,
    "6.1.13": (1, 2, 3, 4, 5, 7, 8, 9, 10, 11), "6.2.2": 2, "6.2.3": 3, "6.2.4.2": 2, "6.2.4.3": (2, 3, 4), "6.2.4.4": 2, "6.2.5": 6,
    "6.2.6": 1, "6.2.8": 3, "6.2.8.3": 5, "6.2.9": 3, "6.2.10": 2, "6.2.11.2": 7, "6.2.11.3": 5, "6.2.11.4": 4, "6.2.11.5": 1,
    "6.2.11.6": 4, "6.2.11.7": 3, "6.2.11.8": 1, "6.3.1": 1, "6.3.2": 2, "6.3.3": 2, "6.4.1": 3, "6.4.2": 2, "6.4.3": 2, "6.5.1": 2,
    "6.5.2": 2, "6.6.2.1": 5, "6.6.2.3": 7, "6.6.4": 4, "6.7.2": 1, "6.7.3": 2, "6.7.4": 1, "6.8": (2, 5), "6.9": 4, "6.10": 2, "6.11": 1,
}  # fmt: skip
# A file of more than eight million objects is not made for a test.
UNTRIED = {"6.1.13-7"}


def ours(pdf):
    """What is wrong with what a paper is made of; what is of another kind is not looked at further."""
    found = list(grammar.faults(pdf))
    return found or list(rules.faults(pdf))


def main(folder):
    papers = sorted(pathlib.Path(folder).glob("*.pdf"))
    wrong = []
    with tempfile.TemporaryDirectory() as scratch:
        spelled = pathlib.Path(scratch) / "spelled.pdf"
        for path in papers:
            raw = path.read_bytes()
            found = [*syntax.faults(raw), *ours(pikepdf.open(io.BytesIO(raw)))]
            found += second.faults(pikepdf.open(io.BytesIO(raw)), spelled)
            wrong += [f"{path.name}: {rule}: {what}" for rule, what in found]
        tried, seen = spoil_all((pathlib.Path(folder) / "with-addendum.pdf").read_bytes(), spelled, wrong)
    profile = {
        f"{clause}-{test}"
        for clause, tests in PROFILE.items()
        for test in (range(1, tests + 1) if isinstance(tests, int) else tests)
    }
    broken = {rule for rules_of, _ in tried for rule in rules_of if rule[0].isdigit()}
    wrong += [f"nothing was spoiled by rule {rule}" for rule in sorted(profile - broken - UNTRIED)]
    wrong += [f"there is no rule {rule}" for rule in sorted(broken - profile)]
    if not papers or seen < 40:
        wrong.append(f"{len(papers)} papers; the second opinion found {seen} faults")
    print(f"{len(papers)} papers, {len(profile)} rules, {len(tried)} ways to spoil one; the second opinion found {seen} of them")
    print("\n".join(wrong))
    return 1 if wrong else 0


def spoil_all(raw, path, wrong):
    """Spoils a paper in every way; what ours does not find is wrong. How many the second finds is counted."""
    tried, seen = [], 0
    for rules_of, says, spoil in spoiled.BYTES:
        found = {rule for rule, _ in syntax.faults(spoil(raw))}
        tried.append((rules_of, found))
        if (says or rules_of[0]) not in found:
            wrong.append(f"spoiled by {rules_of}, found {sorted(found)}")
    for rules_of, says, pdf in spoiled.objects(raw):
        found = {rule for rule, _ in ours(pdf)}
        tried.append((rules_of, found))
        if (says or rules_of[0]) not in found:
            wrong.append(f"spoiled by {rules_of}, found {sorted(found)}")
        try:
            seen += any(True for _ in second.faults(pdf, path))
        except Exception:  # noqa: BLE001 - what can no longer be written or read is found too
            seen += 1
    return tried, seen


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
