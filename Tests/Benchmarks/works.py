"""The works that are measured, each with what must have come of it, and with the peers that do the same on the same data."""
import json
import os
import subprocess
import sys
from dataclasses import dataclass, field

from measurement import Measurement, measure, repeated
from workspace import Workspace, report

HERE = os.path.dirname(os.path.abspath(__file__))


@dataclass
class Result:
    work: str
    records: int
    ours: Measurement
    state: int = 0
    """Bytes of the state afterwards."""
    side: int = 0
    """Bytes of the greater of the two files afterwards."""
    left: int = 0
    peers: dict = field(default_factory=dict)
    faults: list = field(default_factory=list)
    """What was not as it must be."""


class Works:
    def __init__(self, binary, peers, data, scratch, records, times):
        self.peers, self.data, self.records, self.times = peers, data, records, times
        self.scratch = scratch
        self.begun = Workspace(os.path.join(scratch, "begun"), binary)
        self.space = Workspace(os.path.join(scratch, "space"), binary)
        with open(os.path.join(data, "stats.json")) as file:
            self.stats = json.load(file)

    def all(self, only=None):
        """Does each work, or those named. What the later ones start from is the end of a first run."""
        first = repeated(self.times, lambda: self.begun.start(self.file("base.csv")), self.begun.command(), self.begun.folder)
        for name, work in WORKS.items():
            if only and name not in only:
                continue
            yield work(self, name, first)

    def file(self, name):
        return os.path.join(self.data, name)

    def first(self, name, ours):
        """Everything is new on the left."""
        result = self._result(name, ours, self.begun, right={"created": self.records})
        self._same(result, self.begun.left, self.begun.right)
        base = self.file("base.csv")
        nothing = os.path.join(self.scratch, "nothing")
        return self._beside(
            result, self.peers.copy(base, self.scratch) | self.peers.two_way(base, nothing, nothing, self.scratch))

    def unchanged(self, name, _):
        """Both files are as the last run left them."""
        result = self._measured(name, outcome="unchanged")
        result.peers = {}
        return self._beside(result, self.peers.digest(self.space.left, self.space.right))

    def reordered(self, name, _):
        """The left file is written anew, with the same records in another order."""
        result = self._measured(name, left=self.file("shuffled.csv"))
        base, shuffled = self.file("base.csv"), self.file("shuffled.csv")
        return self._beside(
            result, self.peers.three_way(base, shuffled, base, self.scratch) | self._two_way(shuffled, base))

    def updated(self, name, _):
        """On the left 1 % are updated, 0.1 % new, 0.1 % deleted."""
        result = self._measured(
            name, left=self.file("changed.csv"),
            counts={"created": self.stats["new"], "updated": self.stats["updated"], "deleted": self.stats["deleted"]})
        self._same(result, self.space.right, self.file("changed.jsonl"))
        base, changed = self.file("base.csv"), self.file("changed.csv")
        return self._beside(
            result, self.peers.three_way(base, changed, base, self.scratch) | self._two_way(changed, base))

    def both(self, name, _):
        """Each side has 0.5 % updated: some records on both, in other fields or in conflict, which the newest edit wins."""
        result = self._measured(name, left=self.file("a.csv"), right=self.file("b.jsonl"))
        base, a, b = self.file("base.csv"), self.file("a.csv"), self.file("b.csv")
        self._beside(result, self.peers.three_way(base, a, b, self.scratch) | self._two_way(a, b))
        # pysync merges as the job says, so its outcome is what ours must be.
        self._same(result, self.space.left, os.path.join(self.scratch, "pysync-left.csv"))
        self._same(result, self.space.left, self.space.right)
        return result

    def not_due(self, name, _):
        """The schedule says that nothing is due yet."""
        self.space.copy(self.begun)
        measure(self.space.command(), self.space.folder)
        result = Result(name, self.records, repeated(
            self.times, lambda: None, self.space.command(now=False), self.space.folder))
        self._check(result, "not-due", {})
        return result

    def _measured(self, name, outcome="done", left=None, right=None, counts=None):
        ours = repeated(self.times, lambda: self.space.copy(self.begun, left, right), self.space.command(), self.space.folder)
        result = self._result(name, ours, self.space, outcome, right=counts, is_counted=right is None)
        return result

    def _result(self, name, ours, space, outcome="done", right=None, is_counted=True):
        sizes = [os.path.getsize(path) for path in (space.left, space.right)]
        result = Result(name, self.records, ours, space.state_bytes(), max(sizes), sizes[0])
        self._check(result, outcome, right or {}, is_counted)
        return result

    def _check(self, result, outcome, right, is_counted=True):
        found, written, held = report(result.ours.output)
        if found != outcome:
            result.faults.append(f"the outcome is '{found}', not '{outcome}'")
        if held:
            result.faults.append(f"{held} records are held")
        counts = {key: value for key, value in written["right"].items() if value}
        if is_counted and (counts != right or any(written["left"].values())):
            result.faults.append(f"written: {written}, not {right} on the right alone")

    def _same(self, result, a, b):
        command = [sys.executable, os.path.join(HERE, "same_records.py"), a, b]
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode != 0:
            result.faults.append(done.stderr.strip())
            return
        found = json.loads(done.stdout)
        if found["same"] == 0 or any(value for key, value in found.items() if key != "same"):
            result.faults.append(f"{os.path.basename(a)} against {os.path.basename(b)}: {found}")

    def _two_way(self, left, right):
        state = os.path.join(self.scratch, "base.json")
        if not os.path.exists(state):
            base, outs = self.file("base.csv"), [os.path.join(self.scratch, name) for name in ("l.csv", "r.csv")]
            measure([sys.executable, f"{HERE}/peers/pysync.py", base, base, os.path.join(self.scratch, "none"), *outs, state])
        return self.peers.two_way(left, right, state, self.scratch)

    def _beside(self, result, commands):
        for name, command in commands.items():
            result.peers[name] = repeated(self.times, lambda: None, command)
        return result


WORKS = {
    "first run": Works.first,
    "nothing changed": Works.unchanged,
    "another order": Works.reordered,
    "1 % updated": Works.updated,
    "both changed": Works.both,
    "not due": Works.not_due,
}
