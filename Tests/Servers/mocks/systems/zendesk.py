"""Zendesk: tickets, pages by cursor, changes by the incremental export, which tells deleted ones too."""

from store import read, utc

SPECS = ["zendesk-tickets"]
UNAUTHORIZED = {"error": "Couldn't authenticate you"}
FORBIDDEN = {"error": {"title": "Forbidden", "message": "You do not have access to this page."}}
RATE_LIMIT = (429, {"error": "APIRateLimitExceeded"}, {"Retry-After": "1", "X-Rate-Limit-Remaining": "0"})
MISSING = 404, {"error": "RecordNotFound", "description": "Not found"}


def show(record):
    fields = dict({"status": "new", "external_id": None, "description": ""}, **record.fields)
    return dict(fields, id=record.number, status="deleted" if record.deleted else fields["status"],
                created_at=utc(record.created), updated_at=utc(record.updated))


def listed(mock, request):
    records = sorted(mock.store.living("tickets"), key=lambda record: record.number)
    start = mock.parts(request.args.get("page[after]", "")) or [0]
    some, more = mock.page(records, min(int(request.args.get("page[size]", 100)), 100), start[0])
    after = mock.cursor(more)
    links = {"next": mock.link(request, **{"page[after]": after}) if after else None}
    return 200, {"tickets": [show(r) for r in some], "meta": {"has_more": bool(more), "after_cursor": after}, "links": links}


def export(mock, request):
    if "cursor" in request.args:
        since = mock.parts(request.args["cursor"])
        if since is None:
            return 400, {"error": "InvalidCursor"}
        records = [record for record in mock.store.all("tickets") if record.updated > since[0]]
    else:
        since = [int(request.args.get("start_time", 0)) * 1000]
        records = [record for record in mock.store.all("tickets") if record.updated >= since[0]]
    some, more = mock.page(records, int(request.args.get("per_page", 1000)))
    after = mock.cursor(some[-1].updated if some else since[0])
    return 200, {"tickets": [show(record) for record in some], "after_cursor": after, "end_of_stream": more is None,
                 "after_url": mock.link(request, cursor=after)}


def make(mock, request):
    fields = dict(request.get_json()["ticket"])
    comment = fields.pop("comment", None)
    if not comment and not fields.get("description"):
        return 422, {"error": "RecordInvalid", "details": {"description": [{"description": "Description: cannot be blank"}]}}
    record = mock.store.make("tickets", dict(fields, description=(comment or {}).get("body", fields.get("description"))))
    return 201, {"ticket": show(record)}


def get(mock, request, number):
    record = mock.store.find("tickets", number)
    return (200, {"ticket": show(record)}) if record else MISSING


def change(mock, request, number):
    record, fields = mock.store.find("tickets", number), dict(request.get_json()["ticket"])
    if not record:
        return MISSING
    if record.fields.get("status") == "closed":
        return 422, {"error": "RecordInvalid", "details": {"status": [{"description": "Status: closed prevents ticket update"}]}}
    safe, stamp, comment = (fields.pop(name, None) for name in ("safe_update", "updated_stamp", "comment"))
    if safe and stamp and read(stamp) < record.updated // 1000 * 1000:
        return 409, {"error": "UpdateConflict", "description": "Safe Update prevented the update"}
    mock.store.change(record, fields)
    if comment:
        mock.store.comment(record, comment)
    return 200, {"ticket": show(record)}


def delete(mock, request, number):
    record = mock.store.find("tickets", number)
    return (204, mock.store.delete(record)) if record else MISSING


def comments(mock, request, number):
    record = mock.store.find("tickets", number)
    shown = [dict(one.fields, id=one.number, author_id=1, created_at=utc(one.created)) for one in record.comments] if record else []
    return (200, {"comments": shown, "meta": {"has_more": False}}) if record else MISSING


TICKETS = "/api/v2/tickets"
UNDESCRIBED = [TICKETS + r"/\d+/comments"]
ONE = TICKETS + r"/(\d+)"
ROUTES = [
    ("GET", TICKETS, listed), ("POST", TICKETS, make), ("GET", ONE, get), ("PUT", ONE, change), ("DELETE", ONE, delete),
    ("GET", "/api/v2/incremental/tickets/cursor", export), ("GET", ONE + "/comments", comments),
]
