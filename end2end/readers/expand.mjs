// expand.mjs READER FILE FROM TO, READER one of icaljs, ical-expander, node-ical. Same arguments and output as expand_libical.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';

const require = createRequire(import.meta.url);
const [reader, file, from, to] = [process.argv[2], process.argv[3], Number(process.argv[4]), Number(process.argv[5])];
const text = readFileSync(file, 'utf8'), pad = 400 * 86400;
const day = (d) => d.toISOString().slice(0, 10).replaceAll('-', '');

function show(uid, start, end, isDate, status, summary) {
  const t = isDate ? Date.UTC(start.getUTCFullYear(), start.getUTCMonth(), start.getUTCDate()) / 1000 : start.getTime() / 1000;
  if (t < from || t >= to) return;
  console.log([uid, isDate ? day(start) : t, isDate ? day(end) : end.getTime() / 1000, status || '-', summary || ''].join('\t'));
}

const utc = (t) => (t.isDate ? new Date(Date.UTC(t.year, t.month - 1, t.day)) : t.toJSDate());
const status = (item) => item.component.getFirstPropertyValue('status');

if (reader === 'icaljs') { // Mozilla's library, the engine of Thunderbird
  const { default: ICAL } = await import('ical.js');
  const cal = new ICAL.Component(ICAL.parse(text));
  const events = cal.getAllSubcomponents('vevent').map((c) => new ICAL.Event(c));
  const overrides = events.filter((e) => e.isRecurrenceException());
  for (const e of events.filter((x) => !x.isRecurrenceException())) {
    for (const o of overrides) if (o.uid === e.uid) e.relateException(o);
    if (!e.isRecurring()) { show(e.uid, utc(e.startDate), utc(e.endDate), e.startDate.isDate, status(e), e.summary); continue; }
    const it = e.iterator();
    for (let n = it.next(); n && n.toUnixTime() < to + pad; n = it.next()) {
      const { item, startDate, endDate } = e.getOccurrenceDetails(n);
      show(e.uid, utc(startDate), utc(endDate), startDate.isDate, status(item), item.summary);
    }
  }
  for (const o of overrides) if (!events.some((e) => e.uid === o.uid && !e.isRecurrenceException())) {
    show(o.uid, utc(o.startDate), utc(o.endDate), o.startDate.isDate, status(o), o.summary);
  }
} else if (reader === 'ical-expander') {
  const IcalExpander = require('ical-expander');
  const { events, occurrences } = new IcalExpander({ ics: text, maxIterations: 100000 }).between(new Date((from - pad) * 1000), new Date((to + pad) * 1000));
  for (const e of events) show(e.uid, utc(e.startDate), utc(e.endDate), e.startDate.isDate, status(e), e.summary);
  for (const o of occurrences) show(o.item.uid, utc(o.startDate), utc(o.endDate), o.startDate.isDate, status(o.item), o.item.summary);
} else if (reader === 'node-ical') {
  const ical = require('node-ical');
  const local = (d) => (d.dateOnly ? new Date(Date.UTC(d.getFullYear(), d.getMonth(), d.getDate())) : d);
  for (const e of Object.values(ical.sync.parseICS(text))) {
    if (e.type !== 'VEVENT') continue;
    for (const i of ical.expandRecurringEvent(e, { from: new Date((from - pad) * 1000), to: new Date((to + pad) * 1000) })) {
      const str = (s) => (s && typeof s === 'object' ? s.val : s);
      show(e.uid, i.isFullDay ? local(Object.assign(i.start, { dateOnly: true })) : i.start, i.isFullDay ? local(Object.assign(i.end, { dateOnly: true })) : i.end,
        i.isFullDay, i.event?.status, str(i.summary));
    }
  }
}
