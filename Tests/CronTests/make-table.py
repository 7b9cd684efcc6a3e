#!/usr/bin/env python3
"""Makes slots.txt with a second implementation: pip install cronsim croniter; python3 make-table.py > slots.txt

cronsim moves a slot that does not exist to the moment after the gap and takes the first of two, as Lockstep does, but only
for expressions whose minute and hour do not begin with '*'; for the others it follows the time that passes, as Debian's cron
does. So each expression is handed to it with '0-59' and '0-23' in place of a leading '*'.

Compared with croniter and cronsim on the expression as it is, the slots differ so (counts are printed to standard error):
- cronsim, leading '*' in minute or hour: slots of an hour that comes twice run twice; slots in a gap do not run at all, so
  that none runs at the moment after it.
- croniter: every slot of an hour that comes twice runs twice; with a '*' as the hour, slots in a gap do not run at all.
- croniter: a day field that begins with '*' and has a step, such as '*/2', counts as restricted: day OR weekday, not AND.

Rows: 'dates' has the first slots of an expression in UTC; 'slots' has those of the three days around a change, in minutes
after the first instant; 'digest' has the number and the FNV-1a of all slots, as decimal lines, of the three days around each
change of a range of years and after each New Year of it.
"""
import sys
from collections import Counter
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from croniter import croniter
from cronsim import CronSim

UTC = timezone.utc
ZONES = """Europe/London Europe/Dublin Europe/Berlin Europe/Lisbon Europe/Moscow Atlantic/Azores Africa/Casablanca
Africa/Cairo Asia/Beirut Asia/Tehran Asia/Kathmandu America/New_York America/Los_Angeles America/St_Johns America/Sao_Paulo
America/Santiago America/Havana Australia/Sydney Australia/Lord_Howe Pacific/Apia Pacific/Auckland Pacific/Chatham""".split()
# Their rules are old enough to trust them until 2040.
STEADY = """Europe/London Europe/Dublin Europe/Berlin Europe/Lisbon Asia/Kathmandu America/New_York America/Los_Angeles
Australia/Sydney Australia/Lord_Howe Pacific/Auckland Pacific/Chatham""".split()
EXPRESSIONS = ["30 2 * * *", "0,30 0-3 * * *", "*/20 * * * *", "15 1 * * sun", "0 0 * * *", "5 */2 * * *",
               "45 23,0,1 1-7 * sun", "59 * */2 * sat,sun"]
# The busiest makes no digest: its slots would be most of the work.
DIGESTED = [e for e in EXPRESSIONS if e != "*/20 * * * *"] + ["*/30 0-4 * * *"]
DATES = """* * * * *;*/5 * * * *;1-30/7 * * * *;0 0 * * *;30 2 * * 1-5;0 9-17/2 * * mon-fri;0 0 1 * *;0 0 31 * *;0 0 30 2-4 *
0 0 29 2 *;0 12 29 feb */7;0 0 13 * 5;0 0 13 * fri,mon;0 0 */10 * 1;0 0 1-31/10 * 1;0 0 1 jan,jul *;15 10 * DEC Sun;0 0 * * 7
0 0 * * 5-7;0 0 * * 0-6/3;0 0 * * */3;0 0 * * 1-7/2;0 0 1,15 * */2;0 0 * */5 *;59 23 31 12 *;0 0 29 2 1;5,10-12,50-59/4 3 * * *
*/60 * * * *;*/59 */23 * * *;00 08 01 03 *;0 0 31 4,6,8 *;0 4 8-14 * *;0 4 8-14 * tue;0 4 */1 * tue;1 1 1 1 1;0 0 28-31 2 *
0 0 * 2 sun;59 23 28-31 * *;0 22 * * 1-5;23 0-20/2 * * *;0 0,12 1 */2 *;0 4 15-21 * 1""".replace("\n", ";").split(";")
# Not all: in America/St_Johns, whose clocks changed at 00:01, one of them does not end.
COMPARED = {"Europe/London", "America/New_York", "America/Sao_Paulo", "Australia/Lord_Howe"}
ODD = Counter()


def seconds(year):
    return int(datetime(year, 1, 1, tzinfo=UTC).timestamp())


def offset(zone, at):
    return datetime.fromtimestamp(at, zone).utcoffset()


def changes(zone, start, end):
    step = 6 * 3600
    for low in range(start, end, step):
        if offset(zone, low) == offset(zone, low + step):
            continue
        before, after = low, low + step
        while after - before > 1:
            middle = (before + after) // 2
            if offset(zone, middle) == offset(zone, low):
                before = middle
            else:
                after = middle
        yield after


def wall_clock(expression):
    minute, hour, *days = expression.split()
    minute = "0-59" + minute[1:] if minute.startswith("*") else minute
    hour = "0-23" + hour[1:] if hour.startswith("*") else hour
    return " ".join([minute, hour, *days])


def slots(expression, zone, start, end):
    found = []
    for slot in CronSim(expression, datetime.fromtimestamp(start, zone)):
        at = int(slot.timestamp())
        if at > end:
            return found
        found.append(at)


def compared(expression, zone, start, end):
    expected = slots(wall_clock(expression), zone, start, end)
    if zone.key not in COMPARED:
        return expected
    if slots(expression, zone, start, end) != expected:
        ODD["cronsim as it is", expression] += 1
    other, found = croniter(expression, datetime.fromtimestamp(start, zone)), []
    while (at := int(other.get_next(datetime).timestamp())) <= end:
        found.append(at)
    if found != expected:
        ODD["croniter", expression] += 1
    return expected


def fnv(numbers):
    digest = 0xCBF29CE484222325
    for number in numbers:
        for byte in f"{number}\n".encode():
            digest = (digest ^ byte) * 0x100000001B3 % 2**64
    return f"{digest:016x}"


def dates():
    for expression in DATES:
        for start in (datetime(2023, 11, 14, 22, 13, tzinfo=UTC), datetime(2096, 3, 1, 0, 0, tzinfo=UTC)):
            found, other = [], croniter(expression, start, max_years_between_matches=60)
            for slot in CronSim(expression, start):
                found.append(slot.strftime("%Y-%m-%dT%H:%M"))
                if len(found) == 4:
                    break
            if [other.get_next(datetime).strftime("%Y-%m-%dT%H:%M") for _ in found] != found:
                ODD["croniter", expression] += 1
            print("dates", start.strftime("%Y-%m-%dT%H:%M"), expression, " ".join(found), sep="|")


def around_changes():
    day = 86400
    for name in ZONES:
        zone = ZoneInfo(name)
        around = list(changes(zone, seconds(2010), seconds(2012)))[:4] + list(changes(zone, seconds(2023), seconds(2024)))
        for expression in EXPRESSIONS[:3] + EXPRESSIONS[4:6]:
            for at in around:
                # The busy expression is shown for the hours next to the change only.
                start, end = (at - 7200, at + 7200) if expression == EXPRESSIONS[2] else (at - 1.5 * day, at + 1.5 * day)
                found = slots(wall_clock(expression), zone, int(start), int(end))
                print("slots", name, expression, int(start), int(end), " ".join(str((s - int(start)) // 60) for s in found), sep="|")


def digests():
    half = 36 * 3600
    for name in ZONES:
        zone = ZoneInfo(name)
        first, last = 2000, 2040 if name in STEADY else 2024
        starts = [at - half for at in changes(zone, seconds(first), seconds(last + 1))]
        starts += [seconds(year) for year in range(first, last + 1)]
        for expression in DIGESTED:
            found = [s for start in starts for s in compared(expression, zone, start, start + 2 * half)]
            print("digest", name, expression, first, last, len(starts), len(found), fnv(found), sep="|")


dates()
around_changes()
digests()
for (what, expression), count in sorted(ODD.items()):
    print(f"differs: {what}: {expression}: {count}", file=sys.stderr)
