"""GitLab: issues by their number in a project, pages by X-Next-Page and Link, changes by `updated_after`."""

from store import read, utc

SPECS = ["gitlab-issues"]
BASE = "/api/v4"
UNAUTHORIZED = {"message": "401 Unauthorized"}
FORBIDDEN = {"message": "403 Forbidden"}
RATE_LIMIT = (429, {"message": "Retry later"}, {"Retry-After": "1", "RateLimit-Remaining": "0"})
MISSING = 404, {"message": "404 Not found"}
TIME = "%Y-%m-%dT%H:%M:%S.%fZ"


def key(request):
    from vendor_mock import bearer_or_basic

    return request.headers.get("PRIVATE-TOKEN") or bearer_or_basic(request)


def show(record):
    fields = dict({"description": None, "labels": [], "state": "opened"}, **record.fields)
    return dict(fields, id=10_000 + record.number, iid=record.number, user_notes_count=len(record.comments),
                created_at=utc(record.created, TIME), updated_at=utc(record.updated, TIME))


def taken(fields, old=None):
    """What of a body is kept: labels are a text with commas, a state comes by an event."""
    kept = {name: value for name, value in fields.items() if name not in ("state_event", "add_labels", "remove_labels")}
    if isinstance(kept.get("labels"), str):
        kept["labels"] = [label for label in kept["labels"].split(",") if label]
    if "state_event" in fields:
        kept["state"] = "closed" if fields["state_event"] == "close" else "opened"
    return kept


def pages(mock, request, records, show):
    page, size = int(request.args.get("page", 1)), min(int(request.args.get("per_page", 20)), 100)
    some, more = mock.page(records, size, (page - 1) * size)
    headers = {"X-Next-Page": str(page + 1) if more else "", "X-Total": str(len(records))}
    if more:
        headers["Link"] = '<%s>; rel="next"' % mock.link(request, page=page + 1)
    return 200, [show(record) for record in some], headers


def listed(mock, request, project):
    records = mock.store.living(project, read(request.args.get("updated_after")))
    if request.args.get("order_by") != "updated_at":
        records.sort(key=lambda record: record.created)
    return pages(mock, request, records if request.args.get("sort") == "asc" else records[::-1], show)


def make(mock, request, project):
    fields = taken(request.get_json())
    return (201, show(mock.store.make(project, fields))) if fields.get("title") else (400, {"message": "title is missing"})


def one(work, status=200):
    def answer(mock, request, project, number):
        record = mock.store.find(project, number)
        return (status, work(mock, request, record)) if record else MISSING

    return answer


def note(record):
    return dict(record.fields, id=record.number, author={"username": "robot"}, system=False,
                created_at=utc(record.created, TIME), updated_at=utc(record.updated, TIME))


def notes(mock, request, project, number):
    record = mock.store.find(project, number)
    return pages(mock, request, record.comments, note) if record else MISSING


ISSUES = r"/projects/([^/]+(?:/[^/]+)?)/issues"
ONE = ISSUES + r"/(\d+)"
ROUTES = [
    ("GET", ISSUES, listed), ("POST", ISSUES, make),
    ("GET", ONE, one(lambda mock, request, record: show(record))),
    ("PUT", ONE, one(lambda mock, request, record: show(mock.store.change(record, taken(request.get_json()))))),
    ("DELETE", ONE, one(lambda mock, request, record: mock.store.delete(record), 204)),
    ("GET", ONE + "/notes", notes),
    ("POST", ONE + "/notes", one(lambda mock, request, record: note(mock.store.comment(record, request.get_json())), 201)),
]
