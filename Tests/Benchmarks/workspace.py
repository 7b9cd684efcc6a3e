"""A folder in which lockstep runs: a job, a CSV file on its left, a JSON Lines file on its right, and its state."""
import json
import os
import shutil

JOB = """\
job: tickets
left: table
right: app
syncs:
  tickets:
    schedule: every 1h
    left: {collection: left, updated: updated_at}
    right: {collection: right, updated: updated_at}
    match: id <-> id
    deletes: propagate
    conflicts: newest
    limits: {updates: 100%, deletes: 100%}
    fields:
      - id <-> id: {type: int}
      - title <-> title
      - description <-> description
      - status <-> status
      - priority <-> priority: {type: int}
      - assignee <-> assignee
      - company_id <-> company_id: {type: int}
      - tags <-> tags:
          to_right: "value == '' ? [] : value.split(';')"
          to_left: value.join(';')
      - created_at <-> created_at
      - updated_at <-> updated_at
"""
CONNECTIONS = """\
connections:
  table: {type: csv, path: data}
  app: {type: jsonl, path: data}
"""


class Workspace:
    def __init__(self, folder, binary):
        self.folder = folder
        self.binary = binary
        self.left = os.path.join(folder, "data", "left.csv")
        self.right = os.path.join(folder, "data", "right.jsonl")
        self.state = os.path.join(folder, ".lockstep")

    def command(self, now=True):
        return [self.binary, "run", "--format", "json"] + (["--now", "--force"] if now else [])

    def start(self, left):
        """No state, records on the left, none on the right."""
        shutil.rmtree(self.folder, ignore_errors=True)
        os.makedirs(os.path.join(self.folder, "data"))
        os.makedirs(os.path.join(self.folder, "jobs"))
        for name, text in (("tickets", JOB), ("connections", CONNECTIONS)):
            with open(os.path.join(self.folder, "jobs", name + ".yaml"), "w") as file:
                file.write(text)
        shutil.copyfile(left, self.left)
        open(self.right, "w").close()

    def copy(self, other, left=None, right=None):
        """As another workspace stands, but for the files that are given."""
        shutil.rmtree(self.folder, ignore_errors=True)
        shutil.copytree(other.folder, self.folder)
        if left:
            shutil.copyfile(left, self.left)
        if right:
            shutil.copyfile(right, self.right)

    def state_bytes(self):
        return sum(
            os.path.getsize(os.path.join(folder, name)) for folder, _, names in os.walk(self.state) for name in names)


def report(output):
    """The outcome of the one sync, and what was written: {'left': {'created': …, …}, 'right': …}, and how many records are held."""
    sync = json.loads(output)["syncs"][0]
    return sync["outcome"], sync["written"], len(sync["held"])
