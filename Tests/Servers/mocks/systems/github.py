"""GitHub: issues by number, pages by Link, changes by `since`."""

from store import read, utc

SPECS = ["github-issues"]
# The description is of 2020, and has two of the three states that a list is asked for by.
WIDER = [r"'all' is not one of \['open', 'closed'\].*"]
UNAUTHORIZED = {"message": "Bad credentials"}
FORBIDDEN = {"message": "Resource not accessible by personal access token"}
RATE_LIMIT = (403, {"message": "You have exceeded a secondary rate limit"}, {"Retry-After": "1", "X-RateLimit-Remaining": "0"})
MISSING = 404, {"message": "Not Found"}


def show(record):
    fields = dict({"body": None, "labels": [], "assignees": [], "state": "open", "state_reason": None}, **record.fields)
    fields["labels"] = [{"name": name} for name in fields["labels"]]
    return dict(fields, id=10_000 + record.number, number=record.number, comments=len(record.comments),
                created_at=utc(record.created), updated_at=utc(record.updated))


def pages(mock, request, records, show):
    page, size = int(request.args.get("page", 1)), min(int(request.args.get("per_page", 30)), 100)
    some, more = mock.page(records, size, (page - 1) * size)
    link = {"Link": '<%s>; rel="next"' % mock.link(request, page=page + 1)} if more else {}
    return 200, [show(record) for record in some], link


def listed(mock, request, repository):
    records = mock.store.living(repository, read(request.args.get("since")), 1000)
    state = request.args.get("state", "open")
    records = [r for r in records if state in ("all", r.fields.get("state", "open"))]
    if request.args.get("sort") != "updated":
        records.sort(key=lambda record: record.number)
    return pages(mock, request, records if request.args.get("direction") == "asc" else records[::-1], show)


def make(mock, request, repository):
    fields = request.get_json()
    if not fields.get("title"):
        return 422, {"message": "Validation Failed", "errors": [{"field": "title", "code": "missing_field"}]}
    return 201, show(mock.store.make(repository, fields))


def get(mock, request, repository, number):
    record = mock.store.find(repository, number)
    return (200, show(record)) if record else MISSING


def change(mock, request, repository, number):
    record = mock.store.find(repository, number)
    return (200, show(mock.store.change(record, request.get_json()))) if record else MISSING


def comment(record):
    return dict(record.fields, id=record.number, user={"login": "robot"}, created_at=utc(record.created), updated_at=utc(record.updated))


def comments(mock, request, repository, number):
    record = mock.store.find(repository, number)
    return pages(mock, request, record.comments, comment) if record else MISSING


def say(mock, request, repository, number):
    record = mock.store.find(repository, number)
    return (201, comment(mock.store.comment(record, request.get_json()))) if record else MISSING


ISSUES = r"/repos/([^/]+/[^/]+)/issues"
ROUTES = [
    ("GET", ISSUES, listed), ("POST", ISSUES, make),
    ("GET", ISSUES + r"/(\d+)", get), ("PATCH", ISSUES + r"/(\d+)", change),
    ("GET", ISSUES + r"/(\d+)/comments", comments), ("POST", ISSUES + r"/(\d+)/comments", say),
]
