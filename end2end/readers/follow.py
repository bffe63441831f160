"""Has a real client subscribe to a demo's feed, moves and cancels a meeting there, and says whether the client follows.

  follow.py TOOLS FEED

TOOLS is the folder that `cargo xtask test` fills with the readers; FEED is the address the demo offers. vdirsyncer fetches, khal shows:
what stands in khal's agenda is compared before and after. The meeting is changed as people change it, by the demo's own forms. Exit
code 0 only if the client follows.
"""

import datetime as dt
import html.parser
import http.cookiejar
import pathlib
import re
import subprocess
import sys
import tempfile
import urllib.parse
import urllib.request

PATIENCE = 60
COORDINATOR = "Maria Lindqvist"


class Forms(html.parser.HTMLParser):
    """The forms of a page: where each is sent, what it sends as it stands, and the words on its buttons."""

    def __init__(self, page):
        super().__init__()
        self.forms, self.choice, self.on_button = [], None, False
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if tag == "form":
            self.forms.append({"action": given["action"], "fields": {}, "buttons": ""})
        elif not self.forms:
            return
        elif tag == "input" and "name" in given:
            self.forms[-1]["fields"][given["name"]] = given.get("value", "")
        elif tag == "select":
            self.choice = given["name"]
        elif tag == "option" and self.choice:
            self.forms[-1]["fields"].setdefault(self.choice, given.get("value", ""))
        elif tag == "button":
            self.on_button = True
            self.forms[-1]["buttons"] += given.get("aria-label") or ""

    def handle_endtag(self, tag):
        if tag == "select":
            self.choice = None
        elif tag == "button":
            self.on_button = False

    def handle_data(self, data):
        if self.on_button:
            self.forms[-1]["buttons"] += data


class Browser:
    """As little of a browser as the demo's forms need."""

    def __init__(self, origin):
        self.origin = origin
        cookies = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self.opener = urllib.request.build_opener(cookies)
        self.opener.addheaders = [("Origin", origin), ("Sec-Fetch-Site", "same-origin"), ("Accept", "text/html")]
        self.page = ""

    def go(self, path, data=None):
        with self.opener.open(self.origin + path, data, timeout=PATIENCE) as answer:
            self.page, self.at = answer.read().decode(), answer.url

    def press(self, words, **typed):
        form = next(form for form in Forms(self.page).forms if words in form["buttons"])
        self.go(form["action"], urllib.parse.urlencode(form["fields"] | typed).encode())


class Client:
    """vdirsyncer and khal, set up as somebody would who subscribes to one address."""

    def __init__(self, tools, feed, home):
        self.bin, self.home = pathlib.Path(tools) / "python/bin", home
        (home / "calendar").mkdir()
        (home / "vdirsyncer").write_text(
            f'[general]\nstatus_path = "{home}/status"\n'
            '[pair meetings]\na = "here"\nb = "there"\ncollections = null\nconflict_resolution = "b wins"\n'
            f'[storage here]\ntype = "filesystem"\npath = "{home}/calendar"\nfileext = ".ics"\n'
            f'[storage there]\ntype = "http"\nurl = "{feed}"\n'
        )
        (home / "khal").write_text(
            f"[calendars]\n[[meetings]]\npath = {home}/calendar\nreadonly = True\n"
            "[locale]\nlocal_timezone = Europe/Stockholm\ndefault_timezone = Europe/Stockholm\n"
            "timeformat = %H:%M\ndateformat = %Y-%m-%d\nlongdateformat = %Y-%m-%d\n"
            "datetimeformat = %Y-%m-%d %H:%M\nlongdatetimeformat = %Y-%m-%d %H:%M\n"
            f"[sqlite]\npath = {home}/khal.db\n"
        )
        self.run("vdirsyncer", "-c", home / "vdirsyncer", "discover")

    def run(self, program, *arguments):
        ran = subprocess.run([self.bin / program, *arguments], capture_output=True, text=True, timeout=PATIENCE, input="y\n")
        if ran.returncode:
            sys.exit(f"{program}: {ran.stdout[-600:]}{ran.stderr[-600:]}")
        return ran.stdout

    def agenda(self):
        """What the client shows from today on, after it fetched."""
        self.run("vdirsyncer", "-c", self.home / "vdirsyncer", "sync")
        asked = ["list", "--day-format", "", "--format", "{start-long} {title}", "today", "200d"]
        said = self.run("khal", "-c", self.home / "khal", *asked)
        return {line.strip() for line in said.splitlines() if line.strip()}


def coming(feed):
    """The first meeting to come in a feed: its page, and its local start."""
    with urllib.request.urlopen(feed, timeout=PATIENCE) as answer:
        text = re.sub("\r\n[ \t]", "", answer.read().decode())
    found = []
    for event in re.findall(r"BEGIN:VEVENT(.*?)END:VEVENT", text, re.S):
        start = dt.datetime.strptime(re.search(r"DTSTART[^:]*:(\S+)", event)[1], "%Y%m%dT%H%M%S")
        if start.date() > dt.date.today() and "STATUS:CONFIRMED" in event:
            found.append((start, urllib.parse.urlparse(re.search(r"^URL:(\S+)", event, re.M)[1]).path))
    return min(found)


def next_working_day(day):
    return next(later for ahead in range(1, 8) if (later := day + dt.timedelta(days=ahead)).weekday() < 5)


def changed(what, before, after, gone, come):
    """Says whether exactly what was meant to changed."""
    right = before - after == gone and after - before == come
    print(f"{what}: gone {sorted(before - after)}, come {sorted(after - before)}" + ("" if right else "  NOT AS MEANT"))
    return right


def main(tools, feed):
    origin = "{0.scheme}://{0.netloc}".format(urllib.parse.urlparse(feed))
    start, page = coming(feed)
    browser = Browser(origin)
    browser.go("/logga-in")
    browser.press(f"Logga in som {COORDINATOR}")
    browser.press("Använd koden")
    with tempfile.TemporaryDirectory() as home:
        client = Client(tools, feed, pathlib.Path(home))
        first = client.agenda()
        was = next(line for line in first if line.startswith(f"{start:%Y-%m-%d %H:%M} "))
        title = was.removeprefix(f"{start:%Y-%m-%d %H:%M} ")
        day = next_working_day(start.date())
        browser.go(f"{page}/flytta")
        browser.press("Flytta träffen", on=f"{day}")
        moved = client.agenda()
        now = f"{day} {start:%H:%M} {title}"
        followed = changed("moved", first, moved, {was}, {now})
        browser.go(f"{page}/flytta")
        browser.press("Ställ in träffen", because="other")
        cancelled = client.agenda()
        followed &= changed("cancelled", moved, cancelled, {now}, {f"{day} {start:%H:%M} INSTÄLLT: {title}"})
    print("FOLLOWS" if followed else "DOES NOT FOLLOW")
    sys.exit(0 if followed else 1)


if len(sys.argv) != 3:
    sys.exit(__doc__)
main(*sys.argv[1:])
