#!/usr/bin/env python3
"""Makes ZoneTable.swift from the system's zones: python3 make-zone-table.py > ZoneTable.swift

The C library and Python's zoneinfo must agree on each row. Rows past 2024 are only of zones whose rule is old.
"""
import os
import time
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

ZONES = """Europe/London America/New_York Australia/Lord_Howe Asia/Kathmandu Africa/Casablanca America/Sao_Paulo
Pacific/Apia Asia/Tehran Europe/Dublin Africa/Cairo Pacific/Chatham UTC""".split()
STEADY = {"Europe/London", "America/New_York", "Australia/Lord_Howe", "Europe/Dublin", "Pacific/Chatham", "UTC"}
UTC = timezone.utc


def seconds(year, month=1, day=1, hour=0):
    return int(datetime(year, month, day, hour, tzinfo=UTC).timestamp())


def offset(zone, at):
    return int(datetime.fromtimestamp(at, zone).utcoffset().total_seconds())


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


def moments(name):
    zone = ZoneInfo(name)
    found = []
    for first, last in [(1985, 1988), (2009, 2012), (2022, 2025)]:
        found += list(changes(zone, seconds(first), seconds(last)))[:5]
    if name in STEADY:
        for year in (2039, 2100, 2400):
            found += list(changes(zone, seconds(year), seconds(year + 1)))
    return found, [seconds(year, 7, 1) for year in ([1970, 1995, 2024] + ([2999] if name in STEADY else []))]


def row(name, at):
    os.environ["TZ"] = name
    time.tzset()
    local = time.localtime(at)
    there = datetime.fromtimestamp(at, ZoneInfo(name))
    assert local.tm_gmtoff == there.utcoffset().total_seconds() and local.tm_zone == there.tzname(), (name, at)
    return f"{name} {at} {local.tm_gmtoff} {local.tm_zone} {local.tm_isdst}"


def readings(name, at):
    """Readings around a change, with the instants at which they are shown."""
    zone = ZoneInfo(name)
    before, after = offset(zone, at - 1), offset(zone, at)
    low, high = sorted((at + before, at + after))
    for local in (low - 60, low, (low + high) // 2, high - 1, high):
        naive = datetime(1970, 1, 1) + timedelta(seconds=local)
        shown = {int(naive.replace(tzinfo=zone, fold=fold).timestamp()) for fold in (0, 1)}
        shown = sorted(s for s in shown if s + offset(zone, s) == local)
        yield f"{name} {local} " + (",".join(map(str, shown)) if shown else f"gap:{at}")


print("// Made by make-zone-table.py.\n")
print("/// Zone, instant, seconds east of UTC, abbreviation, daylight saving time.")
print('let zoneTable = """')
lines = []
for name in ZONES:
    found, plain = moments(name)
    for at in sorted(found + [at - 1 for at in found] + plain):
        lines.append(row(name, at))
print("\n".join("    " + line for line in lines))
print('    """\n')
print("/// Zone, reading in seconds, and the instants that show it or the one at which it is skipped.")
print('let readingTable = """')
for name in ZONES:
    found, _ = moments(name)
    for at in found[-4:]:
        for line in readings(name, at):
            print("    " + line)
print('    """')
