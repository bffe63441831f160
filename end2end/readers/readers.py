"""Has seven calendar readers on five recurrence engines expand one feed, and says whether they agree.

  readers.py TOOLS FILE-OR-URL FROM TO

TOOLS is the folder that `cargo xtask test` fills with the readers. FROM and TO are dates; an occurrence belongs to the
window when it starts in it. A URL is fetched once and its ETag is tried with If-None-Match. Prints what is in dispute, a
lint of the bytes, and a last line; exit code 0 only if all agree and the lint is clean.

What a reader gives must also be what the event says in words of the time zone database: whether the zone in the feed is right is not
for the zone in the feed to say.

Engines: icalendar + recurring-ical-events; khal (icalendar + dateutil); ical.js (Thunderbird's); ical-expander (an older
ical.js); node-ical (rrule-temporal); libical (Evolution, GNOME); KCalendarCore (KDE).
"""

import collections
import datetime as dt
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
import zoneinfo

HERE = pathlib.Path(__file__).resolve().parent
PATIENCE = 120


def commands(tools):
    python = [tools / "python/bin/python", HERE / "expand_python.py"]
    node = ["node", HERE / "expand.mjs"]
    return {
        "recurring-ical-events": [*python, "recurring-ical-events"],
        "khal": [*python, "khal"],
        "icaljs": [*node, "icaljs"],
        "ical-expander": [*node, "ical-expander"],
        "node-ical": [*node, "node-ical"],
        "libical": [tools / "expand_libical"],
        "kcal": [tools / "expand_kcal"],
    }


def fetch(url):
    """The feed's bytes, and what is wrong with how it is served."""
    with urllib.request.urlopen(url, timeout=PATIENCE) as answer:
        body, headers = answer.read(), answer.headers
    problems = []
    if not headers["Content-Type"].startswith("text/calendar"):
        problems.append(f"Content-Type is {headers['Content-Type']}")
    request = urllib.request.Request(url, headers={"If-None-Match": headers["ETag"] or ""})
    try:
        again = urllib.request.urlopen(request, timeout=PATIENCE).status
    except urllib.error.HTTPError as error:
        again = error.code
    if again != 304:
        problems.append(f"asked again with ETag {headers['ETag']} it answers {again}")
    return body, problems


def events(text):
    return re.findall(r"^BEGIN:VEVENT\r?\n(.*?)^END:VEVENT", text, re.M | re.S)


def first(pattern, text):
    found = re.search(pattern, text, re.M)
    return found[1] if found else ""


def unfolded(body):
    return re.sub("\r?\n[ \t]", "", body.decode())


def told(text):
    """When each event is, by the time zone database: uid, start and end in seconds."""

    def seconds(event, name):
        zone, local = re.search(rf"^{name};TZID=([^:;]+):(\d{{8}}T\d{{6}})\r?$", event, re.M).groups()
        moment = dt.datetime.strptime(local, "%Y%m%dT%H%M%S").replace(tzinfo=zoneinfo.ZoneInfo(zone))
        return str(int(moment.timestamp()))

    return {(first(r"^UID:(.*?)\r?$", event), seconds(event, "DTSTART"), seconds(event, "DTEND")) for event in events(text)}


def lint_lines(body):
    if b"\n" in body.replace(b"\r\n", b""):
        yield "a line ends without CRLF"
    if long := sum(len(line) > 75 for line in body.split(b"\r\n")):
        yield f"{long} lines over 75 octets"


def lint_calendar(text):
    zones = set(re.findall(r"^BEGIN:VTIMEZONE.*?^TZID:(.*?)\r?$", text, re.M | re.S))
    if missing := set(re.findall(r";TZID=\"?([^:;\"]+)", text)) - zones:
        yield f"TZID without VTIMEZONE: {sorted(missing)}"
    for name in "VERSION", "PRODID":
        if not re.search(rf"^{name}:", text, re.M):
            yield f"no {name}"


def lint_event(event):
    uid = first(r"^UID:(.*?)\r?$", event)
    for name in "UID", "DTSTAMP", "DTSTART":
        if len(re.findall(rf"^{name}[;:]", event, re.M)) != 1:
            yield f"an event without exactly one {name}"
    if re.search(r"^DTSTART;TZID=", event, re.M) and re.search(r"^RRULE:.*UNTIL=\d{8}(T\d{6})?(?!\w)", event, re.M):
        yield f"UNTIL not in UTC though DTSTART has a zone ({uid})"
    starts_by_day = "VALUE=DATE:" in first(r"^(DTSTART.*)", event)
    if not starts_by_day and re.search(r"^(EXDATE|RDATE|RECURRENCE-ID);VALUE=DATE:", event, re.M):
        yield f"an exception by day though DTSTART has a time ({uid})"
    if re.search(r"^RDATE", event, re.M):
        yield f"RDATE: libical 3.0.16 and node-ical get it wrong ({uid})"


def lint_exceptions(all_events):
    """No occurrence may be told twice, or be both taken out and changed."""
    told, taken_out = collections.Counter(), set()
    for event in all_events:
        uid = first(r"^UID:(.*?)\r?$", event)
        told[uid, first(r"^RECURRENCE-ID(.*?)\r?$", event)] += 1
        for line in re.findall(r"^EXDATE(.*?)\r?$", event, re.M):
            parameters, _, values = line.rpartition(":")
            taken_out |= {(uid, f"{parameters}:{value}") for value in values.split(",")}
    if twice := [key for key, count in told.items() if count > 1]:
        yield f"repeated UID and RECURRENCE-ID: {twice[:3]}"
    if both := taken_out & set(told):
        yield f"both in EXDATE and overridden: {sorted(both)[:3]}"


def lint(body):
    problems = list(lint_lines(body))
    try:
        text = unfolded(body)
    except UnicodeDecodeError as error:
        return [*problems, f"not UTF-8: {error}"]
    problems += lint_calendar(text)
    for event in events(text):
        problems += lint_event(event)
    return problems + list(lint_exceptions(events(text)))


def expand(command, file, start, stop):
    """The occurrences one reader gives, counted, and its exit code."""
    said = subprocess.run(
        [*command, file, str(start), str(stop)], capture_output=True, text=True, timeout=PATIENCE, env=os.environ | {"TZ": "UTC"}
    )
    if said.stderr.strip():
        print(said.stderr.strip()[-400:])
    return collections.Counter(tuple(line.split("\t", 4)) for line in said.stdout.splitlines() if line.count("\t") >= 4), said.returncode


def main(tools, source, start, stop):
    body, problems = fetch(source) if "://" in source else (pathlib.Path(source).read_bytes(), [])
    start, stop = (int(dt.datetime.fromisoformat(day).replace(tzinfo=dt.timezone.utc).timestamp()) for day in (start, stop))
    given, failed = {}, []
    with tempfile.NamedTemporaryFile(suffix=".ics") as file:
        file.write(body)
        file.flush()
        for name, command in commands(pathlib.Path(tools)).items():
            given[name], code = expand(command, file.name, start, stop)
            print(f"{name}: {sum(given[name].values())} occurrences")
            if code:
                failed.append(f"{name} (exit code {code})")
    every = sorted(set().union(*given.values()), key=lambda row: (row[1].ljust(10, "0"), row))
    disputed = [row for row in every if {given[name][row] for name in given} != {1}]
    for row in disputed:
        print(" | ".join(row), "| only", ", ".join(f"{name}×{given[name][row]}" for name in given if given[name][row]))
    problems += lint(body)
    if not any(failed) and {row[:3] for row in every} != told(unfolded(body)):
        problems.append("not when the time zone database says")
    print("lint:", "; ".join(problems) or "clean")
    agreed = bool(every) and not disputed and not failed and not problems
    verdict = "AGREE" if agreed else "DISAGREE"
    print(f"{verdict}: {len(given)} readers, {len(every)} distinct occurrences, {len(disputed)} in dispute", *failed)
    sys.exit(0 if agreed else 1)


if len(sys.argv) != 5:
    sys.exit(__doc__)
main(*sys.argv[1:])
