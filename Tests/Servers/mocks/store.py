"""Records in memory, with their times of change and their comments."""

import time
import uuid
from datetime import datetime, timezone


class Record:
    def __init__(self, number, fields, now):
        self.number, self.fields, self.created, self.updated = number, fields, now, now
        self.uuid = str(uuid.uuid4())
        self.hex = self.uuid.replace("-", "")
        self.deleted, self.comments, self.files = False, [], []


class Store:
    def __init__(self):
        self.collections, self.last, self.numbers = {}, 0, 0

    def now(self):
        """Milliseconds since 1970; never the same twice, so that an order by it is one."""
        self.last = max(int(time.time() * 1000), self.last + 1)
        return self.last

    def all(self, name):
        """Oldest change first, deleted ones too."""
        return sorted(self.collections.get(name, []), key=lambda record: record.updated)

    def living(self, name, since=None, grain=1):
        """Those that changed at or after a time, as a system sees it whose times are cut to `grain` milliseconds."""
        return [r for r in self.all(name) if not r.deleted and (since is None or r.updated // grain * grain >= since)]

    def make(self, name, fields):
        self.numbers += 1
        record = Record(self.numbers, fields, self.now())
        self.collections.setdefault(name, []).append(record)
        return record

    def find(self, name, wanted, by="number"):
        for record in self.collections.get(name, []):
            if str(getattr(record, by)) == str(wanted) and not record.deleted:
                return record
        return None

    def change(self, record, fields):
        record.fields.update(fields)
        record.updated = self.now()
        return record

    def delete(self, record):
        record.deleted, record.updated = True, self.now()

    def comment(self, record, fields):
        self.numbers += 1
        made = Record(self.numbers, fields, self.now())
        record.comments.append(made)
        record.updated = made.updated
        return made

    def attach(self, record, fields):
        self.numbers += 1
        made = Record(self.numbers, fields, self.now())
        record.files.append(made)
        record.updated = made.updated
        return made

    def attached(self, name, number):
        """A file and the record that has it; None, None where there is none."""
        for record in self.living(name):
            for one in record.files:
                if str(one.number) == str(number):
                    return record, one
        return None, None


def utc(milliseconds, format="%Y-%m-%dT%H:%M:%SZ"):
    """A time as text; %f is milliseconds here, three digits."""
    text = format.replace("%f", "%03d" % (milliseconds % 1000))
    return datetime.fromtimestamp(milliseconds // 1000, timezone.utc).strftime(text)


def read(text):
    """Milliseconds of a time in one of the usual forms, in UTC where it names no zone; None of no text."""
    if not text:
        return None
    moment = datetime.fromisoformat(text.strip().replace("/", "-").replace("Z", "+00:00"))
    return int(moment.replace(tzinfo=moment.tzinfo or timezone.utc).timestamp() * 1000)
