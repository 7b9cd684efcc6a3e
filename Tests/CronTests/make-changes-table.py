#!/usr/bin/env python3
"""Makes changes.txt with a second implementation, cronsim, which mimics Debian's build of Vixie cron. To make it anew:

    python3 -m venv venv && venv/bin/pip install cronsim==2.8 tzdata==2026.6
    PYTHONTZPATH= venv/bin/python make-changes-table.py > changes.txt

For each zone and each change of its clocks from 2000 to 2040, and each of 200 expressions, it takes the ten slots that follow an
instant from 25 minutes to 36 hours before the change: for change c and expression e the start is number (c + e) % 7. (Of an even
number of starts each would meet changes in spring only, or in autumn.) The table holds the zones themselves, as TZif files in
base64, so that both sides see the same changes whatever a system has; and for each expression a digest for each zone of all its
slots. With a zone and an expression as arguments it prints the slots themselves, to see which of them is another.

Where cronsim is not followed: it moves a slot that does not exist to the moment after the gap and takes the first of two, as
Lockstep does, but only for expressions whose minute and hour do not begin with '*'. For the others it follows the time that
passes: those of an hour that comes twice run twice, and those in a gap do not run at all. (Debian's cron does so too; a slot
of Lockstep is a reading of the clock, whatever the expression looks like.) So these are handed to it with '0-59' and '0-23' in
place of the '*', which means the same times. The third column of a row says for each zone at how many changes that gives other
slots than the expression as it is written; it is 0 for all that begin with no '*'. Among them are those where cronsim does not
end: where the clocks of America/St_Johns are put back at 00:01 (until 2011) it goes back and forth over midnight for ever.
"""
import base64
import random
import signal
import sys
from datetime import datetime, timezone
from importlib.resources import files
from itertools import islice
from zoneinfo import ZoneInfo

from cronsim import CronSim

UTC = timezone.utc
ZONES = """Europe/London Europe/Dublin Europe/Berlin Europe/Moscow Atlantic/Azores Africa/Casablanca Africa/Cairo
Asia/Beirut Asia/Tehran America/New_York America/Los_Angeles America/St_Johns America/Sao_Paulo America/Santiago
America/Havana Australia/Sydney Australia/Lord_Howe Pacific/Apia Pacific/Chatham Antarctica/Troll""".split()
STARTS = [36 * 3600, 20 * 3600, 12 * 3600, 7 * 3600, 3 * 3600, 100 * 60, 25 * 60]
NAMED = """* * * * *;*/2 * * * *;*/5 * * * *;*/7 * * * *;*/10 * * * *;*/15 * * * *;*/20 * * * *;*/30 * * * *
0 * * * *;15 * * * *;30 * * * *;59 * * * *;1,31 * * * *;0-10 * * * *;5-55/10 * * * *;45-59/7 * * * *;0,1,2,3,59 * * * *
0 */2 * * *;0 */3 * * *;30 */2 * * *;30 1-23/2 * * *;*/10 */2 * * *;*/30 0-4 * * *;*/30 1,2,3 * * *;*/15 2 * * *
0 0 * * *;1 0 * * *;30 0 * * *;59 0 * * *;0 1 * * *;15 1 * * *;30 1 * * *;45 1 * * *;59 1 * * *;0 2 * * *;5 2 * * *
15 2 * * *;30 2 * * *;59 2 * * *;0 3 * * *;1 3 * * *;30 3 * * *;0 4 * * *;45 2,3 * * *;0 12 * * *;0 23 * * *;30 23 * * *
59 23 * * *;0,30 0-3 * * *;0,15,30,45 1,2 * * *;10-50/20 0,1,2,3,23 * * *;0 0,12 * * *;0 1,13 * * *;30 2,14 * * *
0-59 2 * * *;0-59/5 1 * * *;0,59 0,23 * * *;30 2 * * sun;30 1 * * sun;0 3 * * sun;0 0 * * sun;0 0 * * sat;30 0 * * sat
0 0 * * fri;30 1 * * fri;0 0 * * thu;15 1 * * 7;0 2 * * 0;0 2 * * 0,6;30 2 * * 1-5;0 9-17 * * mon-fri;0 9-17/2 * * mon-fri
*/30 8-18 * * 1-5;0 0 * * mon;59 23 * * 5-7;30 1 * * */2;0 2 * * 1-7/2;30 2 * * 0-6/3;0 1 * * TUE,Thu;0 0 1 * *;30 1 1 * *
0 2 15 * *;30 2 31 * *;0 0 28-31 * *;30 2 */2 * *;30 2 2-30/2 * *;0 1 1-7 * *;30 2 8-14 * *;59 23 25-31 * *;0 0 */10 * *
0 0 1,15 * *;0 0 13 * fri;30 1 1-7 * sun;30 2 25-31 * sun;0 2 */2 * sun;30 2 8-14 * */7;15 1 31 * 0;0 1 1 * 0;0 0 1 1 *
30 2 * 3 *;30 2 * mar sun;30 1 * oct,nov *;0 1 * 3,10 0;30 1 25-31 3,10 *;0 2 8-14 mar *;0 0 * 4-10 *;0 3 * jan-jun *
30 2 31 3 *;30 1 26 oct *;0 0 29 2 *;0 12 29 feb *;0 0 31 */2 *;0 0 30 4,6,9,11 *;0 0 1 */3 *;59 23 31 12 *;15 10 * DEC Sun
0 0 * * *;23 0-20/2 * * *;0 22 * * 1-5;5 4 * * sun;0 0,12 1 */2 *;0 4 8-14 * *;14 1 * * *;10 2 * * 2-4""".replace("\n", ";")
COUNT = 200


def expressions():
    named = list(dict.fromkeys(NAMED.split(";")))
    made, source = [], random.Random(2000)
    while len(named) + len(made) < COUNT:
        minute = source.choice(["0", "30", str(source.randrange(60)), "%d,%d" % (source.randrange(60), source.randrange(60)),
                                "*/%d" % source.randrange(2, 31), "%d-%d" % (source.randrange(30), source.randrange(30, 60))])
        hour = source.choice(["*", str(source.randrange(5)), str(source.randrange(24)), "0-%d" % source.randrange(1, 24),
                              "%d,%d" % (source.randrange(4), source.randrange(4, 24)), "*/%d" % source.randrange(2, 7)])
        day = source.choice(["*"] * 4 + [str(source.randrange(1, 29)), "%d-31" % source.randrange(1, 29), "*/%d" % source.randrange(2, 5)])
        month = source.choice(["*"] * 4 + ["3,10", "%d-%d" % (source.randrange(1, 7), source.randrange(7, 13))])
        weekday = source.choice(["*"] * 3 + ["sun", "fri,sat", "1-5", str(source.randrange(8))])
        made.append(" ".join([minute, hour, day, month, weekday]))
        made = [text for text in dict.fromkeys(made) if text not in named]
    return named + made


def tzif(name):
    return files("tzdata").joinpath("zoneinfo", *name.split("/")).read_bytes()


def offset(zone, at):
    return datetime.fromtimestamp(at, zone).utcoffset()


def changes(zone):
    step = 6 * 3600
    start, end = (int(datetime(year, 1, 1, tzinfo=UTC).timestamp()) for year in (2000, 2041))
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


def by_the_clock(expression):
    minute, hour, *days = expression.split()
    minute = "0-59" + minute[1:] if minute.startswith("*") else minute
    hour = "0-23" + hour[1:] if hour.startswith("*") else hour
    return " ".join([minute, hour, *days])


def slots(expression, zone, start):
    return [int(slot.timestamp()) for slot in islice(CronSim(expression, datetime.fromtimestamp(start, zone)), 10)]


def slots_in_time(expression, zone, start):
    """None where it does not end within a second of the processor's time; it takes some milliseconds."""
    def stop(*_):
        raise TimeoutError
    signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, 1)
    try:
        return slots(expression, zone, start)
    except TimeoutError:
        print("does not end:", expression, zone, start, file=sys.stderr, flush=True)
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)


def fnv(numbers):
    digest = 0xCBF29CE484222325
    for number in numbers:
        digest = (digest ^ number) * 0x100000001B3 % 2**64
    return f"{digest:016x}"


def table():
    zones = [(ZoneInfo(name), list(changes(ZoneInfo(name)))) for name in ZONES]
    for zone, around in zones:
        print("zone", zone.key, len(around), base64.b64encode(tzif(zone.key)).decode(), sep="|")
    for number, expression in enumerate(expressions()):
        clock, others, digests = by_the_clock(expression), [], []
        for zone, around in zones:
            found, other = [], 0
            for at, change in enumerate(around):
                start = change - STARTS[(at + number) % len(STARTS)]
                expected = slots(clock, zone, start)
                assert len(expected) == 10, (expression, zone, start)
                other += clock != expression and slots_in_time(expression, zone, start) != expected
                found += expected
            others.append(other)
            digests.append(fnv(found))
        print("slots", expression, " ".join(map(str, others)) if any(others) else 0, " ".join(digests), sep="|", flush=True)


def show(name, expression):
    zone, number = ZoneInfo(name), expressions().index(expression)
    for at, change in enumerate(changes(zone)):
        start = change - STARTS[(at + number) % len(STARTS)]
        print(start, *slots(by_the_clock(expression), zone, start))


show(*sys.argv[1:]) if len(sys.argv) > 1 else table()
