"""expand_python.py READER FILE FROM TO, READER one of recurring-ical-events, khal. Same arguments and output as expand_libical."""

import datetime as dt
import os
import pathlib
import subprocess
import sys
import tempfile

READER, FILE, START, STOP = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
UTC = dt.timezone.utc
KHAL_FIELDS = ["uid", "start-long-full", "end-long-full", "all-day", "status", "cancelled", "title"]
KHAL_SETTINGS = """[calendars]
[[feed]]
path = {folder}/feed
[locale]
local_timezone = UTC
default_timezone = UTC
timeformat = %H:%M:%S
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M:%S
longdatetimeformat = %Y-%m-%d %H:%M:%S
[sqlite]
path = {folder}/database
"""


def instant(seconds):
    return dt.datetime.fromtimestamp(seconds, UTC)


def seconds(moment):
    return int((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp())


def show(uid, start, end, status, summary):
    if isinstance(start, dt.datetime):
        when, shown = seconds(start), (seconds(start), seconds(end))
    else:
        when = int(dt.datetime(start.year, start.month, start.day, tzinfo=UTC).timestamp())
        shown = start.strftime("%Y%m%d"), end.strftime("%Y%m%d")
    if START <= when < STOP:
        print(uid, *shown, status or "-", summary, sep="\t")


def recurring_ical_events():
    import icalendar
    import recurring_ical_events as reader

    calendar = icalendar.Calendar.from_ical(pathlib.Path(FILE).read_bytes())
    for component in calendar.walk():
        for name, why in getattr(component, "errors", []):
            print(f"icalendar: {name}: {why}", file=sys.stderr)
    margin = dt.timedelta(days=2)
    for event in reader.of(calendar).between(instant(START) - margin, instant(STOP) + margin):
        show(event["UID"], event.start, event.end, event.get("STATUS"), str(event.get("SUMMARY", "")))


def khal():
    """The command-line calendar, through its own import and list commands."""
    program = pathlib.Path(sys.executable).parent / "khal"
    with tempfile.TemporaryDirectory() as folder:
        settings = pathlib.Path(folder) / "settings"
        settings.write_text(KHAL_SETTINGS.format(folder=folder))
        (pathlib.Path(folder) / "feed").mkdir()
        env = os.environ | {"XDG_CONFIG_HOME": folder, "HOME": folder, "LC_ALL": "C.UTF-8", "TZ": "UTC"}

        def ask(*args):
            said = subprocess.run([program, "-c", settings, *args], env=env, capture_output=True, text=True)
            if said.returncode:
                sys.exit(said.stderr[-500:])
            return said.stdout

        ask("import", "--batch", "-a", "feed", FILE)
        fields = "\x1f".join("{" + name + "}" for name in KHAL_FIELDS)
        until = instant(STOP) + dt.timedelta(days=1)
        listed = ask("list", "-df", "", "-f", fields, instant(START).strftime("%Y-%m-%d"), until.strftime("%Y-%m-%d"))
        # An event over midnight is listed once a day.
        for line in dict.fromkeys(listed.splitlines()):
            show_khal(line.split("\x1f"))


def show_khal(fields):
    if len(fields) != len(KHAL_FIELDS):
        return
    uid, start, end, all_day, status, cancelled, title = fields
    status = "CANCELLED" if "CANCELLED" in cancelled.upper() else status.strip().upper()
    if all_day == "True":
        first, last = (dt.date.fromisoformat(text[:10]) for text in (start, end))
        show(uid, first, last + dt.timedelta(days=1), status, title)
    else:
        show(uid, *(dt.datetime.fromisoformat(text).replace(tzinfo=UTC) for text in (start, end)), status, title)


{"recurring-ical-events": recurring_ical_events, "khal": khal}[READER]()
