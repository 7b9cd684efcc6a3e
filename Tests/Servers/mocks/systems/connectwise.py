"""ConnectWise PSA: changes by a list of operations, conditions with dates in brackets, pages by number and Link."""

import re

from store import read, utc

SPECS = ["connectwise-tickets"]
BASE = "/v4_6_release/apis/3.0"
UNAUTHORIZED = {"code": "Unauthorized", "message": "Invalid credentials"}
FORBIDDEN = {"code": "Forbidden", "message": "You do not have security permission to perform this action."}
MISSING = 404, {"code": "NotFound", "message": "Entity not found"}


def show(record):
    fields = dict({"status": {"id": 1, "name": "New"}}, **record.fields)
    return dict(fields, id=record.number, _info={"lastUpdated": utc(record.updated), "updatedBy": "robot", "dateEntered": utc(record.created)})


def pages(mock, request, records, show):
    size, page = min(int(request.args.get("pageSize", 25)), 1000), int(request.args.get("page", 1))
    some, more = mock.page(records, size, (page - 1) * size)
    return 200, [show(record) for record in some], {"Link": '<%s>; rel="next"' % mock.link(request, page=page + 1)} if more else {}


def listed(mock, request):
    found = re.search(r"lastUpdated\s*(>=|>)\s*\[([^\]]+)\]", request.args.get("conditions", ""))
    since = read(found[2]) if found else None
    records = mock.store.living("tickets", since, 1000)
    if found and found[1] == ">":
        records = [record for record in records if record.updated // 1000 * 1000 > since]
    order = request.args.get("orderBy", "id")
    if "lastUpdated" not in order:
        records.sort(key=lambda record: record.number)
    return pages(mock, request, records[::-1] if order.endswith(" desc") else records, show)


def make(mock, request):
    fields = request.get_json()
    if not fields.get("summary") or len(fields["summary"]) > 100:
        return 400, {"code": "InvalidObject", "errors": [{"code": "MaxLength", "field": "summary", "message": "1 to 100 characters"}]}
    return 201, show(mock.store.make("tickets", fields))


def operate(mock, request, record):
    """Paths go without or with a leading slash, into objects too."""
    fields = dict(record.fields)
    for operation in request.get_json():
        *way, last = operation["path"].strip("/").split("/")
        inner = fields
        for name in way:
            inner[name] = dict(inner.get(name) or {})
            inner = inner[name]
        if operation["op"] == "remove":
            inner.pop(last, None)
        else:
            inner[last] = operation.get("value")
    record.fields = fields
    return show(mock.store.change(record, {}))


def replace(mock, request, record):
    record.fields = {}
    return show(mock.store.change(record, request.get_json()))


def one(work, status=200):
    def answer(mock, request, number):
        record = mock.store.find("tickets", number)
        return (status, work(mock, request, record)) if record else MISSING

    return answer


def note(record):
    return dict(record.fields, id=record.number, createdBy="robot", dateCreated=utc(record.created), _info={"lastUpdated": utc(record.updated)})


def notes(mock, request, number):
    record = mock.store.find("tickets", number)
    return pages(mock, request, record.comments, note) if record else MISSING


TICKETS = "/service/tickets"
ONE = TICKETS + r"/(\d+)"
ROUTES = [
    ("GET", TICKETS, listed), ("POST", TICKETS, make), ("GET", ONE, one(lambda mock, request, record: show(record))),
    ("PATCH", ONE, one(operate)), ("PUT", ONE, one(replace)), ("DELETE", ONE, one(lambda mock, request, record: mock.store.delete(record), 204)),
    ("GET", ONE + "/notes", notes),
    ("POST", ONE + "/notes", one(lambda mock, request, record: note(mock.store.comment(record, request.get_json())), 201)),
]
