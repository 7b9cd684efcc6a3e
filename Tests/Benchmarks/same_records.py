#!/usr/bin/env python3
"""Compares the records of two files, CSV or JSON Lines, whatever their order: same_records.py A B

Prints how many are the same, differ, and stand in one file alone, as JSON. A process of its own, because it keeps a digest of each record."""
import csv
import hashlib
import json
import sys

FIELDS = "id title description status priority assignee company_id tags created_at updated_at".split()


def records(path):
    if path.endswith(".csv"):
        with open(path, newline="", encoding="utf-8") as file:
            for row in csv.DictReader(file):
                row["tags"] = row["tags"].split(";") if row["tags"] else []
                for name in ("id", "priority", "company_id"):
                    row[name] = int(row[name])
                yield row
    else:
        with open(path, encoding="utf-8") as file:
            for line in file:
                yield json.loads(line)


def digests(path):
    found, count = {}, 0
    for record in records(path):
        if sorted(record) != sorted(FIELDS):
            raise SystemExit(f"{path}: a record has the fields {sorted(record)}")
        text = json.dumps([record[name] for name in FIELDS])
        found[record["id"]] = hashlib.blake2b(text.encode(), digest_size=12).digest()
        count += 1
    if count != len(found):
        raise SystemExit(f"{path}: {count - len(found)} ids stand twice")
    return found


a, b = digests(sys.argv[1]), digests(sys.argv[2])
both = a.keys() & b.keys()
same = sum(a[key] == b[key] for key in both)
print(json.dumps({"same": same, "differ": len(both) - same, "first alone": len(a) - len(both), "second alone": len(b) - len(both)}))
