"""Asana: tasks in `data`, fields only as asked for, pages by an offset, changes by `modified_since`."""

from store import read, utc

SPECS = ["asana"]
BASE = "/api/1.0"
UNAUTHORIZED = {"errors": [{"message": "Not Authorized", "help": "For more information on API status codes"}]}
FORBIDDEN = {"errors": [{"message": "You do not have access to this resource"}]}
RATE_LIMIT = (429, {"errors": [{"message": "You have made too many requests recently."}]}, {"Retry-After": "1"})
MISSING = 404, {"errors": [{"message": "task: Unknown object"}]}
TIME = "%Y-%m-%dT%H:%M:%S.%fZ"


def whole(record):
    return dict({"completed": False, "notes": "", "assignee": None, "due_on": None}, **record.fields, gid=gid(record), resource_type="task",
                created_at=utc(record.created, TIME), modified_at=utc(record.updated, TIME))


def gid(record):
    return str(1_200_000_000_000_000 + record.number)


def show(record, request, compact=False):
    """A list tells little by itself, a task all; opt_fields say what else."""
    names = [name.split(".")[0] for name in request.args.get("opt_fields", "").split(",") if name]
    names = names or (["name", "resource_type"] if compact else [])
    return {name: value for name, value in whole(record).items() if not names or name in names or name == "gid"}


def find(mock, wanted):
    return mock.store.find("tasks", int(wanted) - 1_200_000_000_000_000) if wanted.isdigit() else None


def listed(mock, request, project=None):
    project, since = project or request.args.get("project"), request.args.get("modified_since")
    if not (project or request.args.get("section") or request.args.get("assignee")):
        return 400, {"errors": [{"message": "You should specify one of workspace, project, section"}]}
    records = sorted(mock.store.living("tasks", read(since)), key=lambda record: record.number)
    records = [record for record in records if not project or project in record.fields.get("projects", [project])]
    start = mock.parts(request.args["offset"]) if request.args.get("offset") else [0]
    if start is None:
        return 400, {"errors": [{"message": "offset: Your pagination token has expired."}]}
    some, more = mock.page(records, min(int(request.args.get("limit", 20)), 100), start[0])
    offset = mock.cursor(more)
    following = {"offset": offset, "path": "/tasks", "uri": mock.link(request, offset=offset)} if more else None
    return 200, {"data": [show(record, request, True) for record in some], "next_page": following}


def make(mock, request):
    fields = request.get_json()["data"]
    if not (fields.get("projects") or fields.get("workspace") or fields.get("parent")):
        return 400, {"errors": [{"message": "You should specify one of workspace, parent, projects"}]}
    return 201, {"data": show(mock.store.make("tasks", fields), request)}


def one(work, status=200):
    def answer(mock, request, wanted):
        record = find(mock, wanted)
        return (status, {"data": work(mock, request, record)}) if record else MISSING

    return answer


def story(said):
    return dict(said.fields, gid=gid(said), type="comment", resource_subtype="comment_added", created_at=utc(said.created, TIME),
                created_by={"gid": "1", "name": "Robot"})


TASK = r"/tasks/(\d+)"
UNDESCRIBED = [TASK + "/stories"]
ROUTES = [
    ("GET", "/tasks", listed), ("GET", r"/projects/(\d+)/tasks", listed), ("POST", "/tasks", make),
    ("GET", TASK, one(lambda mock, request, record: show(record, request))),
    ("PUT", TASK, one(lambda mock, request, record: show(mock.store.change(record, request.get_json()["data"]), request))),
    ("DELETE", TASK, one(lambda mock, request, record: mock.store.delete(record) or {})),
    ("GET", TASK + "/stories", one(lambda mock, request, record: [story(said) for said in record.comments])),
    ("POST", TASK + "/stories", one(lambda mock, request, record: story(mock.store.comment(record, request.get_json()["data"])), 201)),
]
