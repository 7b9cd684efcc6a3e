"""Notion: pages of a data source, changes with the grain of a minute, a deletion is a change."""

from store import read, utc

SPECS = ["notion"]
# The description knows only sorts by a property, and a data source as a parent only by its name of old.
WIDER = [
    r"'property' is a required property at /sorts/0", r".*\('timestamp' was unexpected\) at /sorts/0",
    r"\{.*'data_source_id': '[0-9a-f-]{36}'.*\} is not valid under any of the given schemas at /parent",
]
UNAUTHORIZED = {"object": "error", "status": 401, "code": "unauthorized", "message": "API token is invalid."}
FORBIDDEN = {"object": "error", "status": 403, "code": "restricted_resource", "message": "Insufficient permissions for this endpoint."}
RATE_LIMIT = (429, {"object": "error", "status": 429, "code": "rate_limited", "message": "You have been rate limited."}, {"Retry-After": "1"})
MISSING = 404, {"object": "error", "status": 404, "code": "object_not_found", "message": "Could not find page."}
TIME = "%Y-%m-%dT%H:%M:00.000Z"


def typed(properties):
    """As a reader gets them: each says its type, texts are spelled out."""
    shown = {}
    for name, value in properties.items():
        value = dict(value)
        kind = value.get("type") or next(iter(value), "rich_text")
        for text in value.get(kind) if kind in ("title", "rich_text") and value.get(kind) else ():
            text.setdefault("type", "text")
            text["plain_text"] = text.get("text", {}).get("content", "")
        shown[name] = dict(value, type=kind, id=name[:4])
    return shown


def show(record):
    return {"object": "page", "id": record.uuid, "created_time": utc(record.created, TIME), "last_edited_time": utc(record.updated, TIME),
            "in_trash": record.deleted, "archived": record.deleted, "parent": record.fields["parent"],
            "properties": typed(record.fields["properties"])}


def terms(told):
    """The filter's terms, those of its `and` too."""
    return [inner for term in told["and"] for inner in terms(term)] if "and" in told else [told] if told else []


def query(mock, request, source):
    told = request.get_json(silent=True) or {}
    records = mock.store.living(source)
    for term in terms(told.get("filter") or {}):
        if term.get("timestamp") == "last_edited_time":
            asked = term["last_edited_time"]
            since = read(asked.get("on_or_after") or asked.get("after"))
            records = [r for r in records if r.updated // 60_000 * 60_000 >= since + (0 if "on_or_after" in asked else 1)]
    if not told.get("sorts"):
        records = sorted(records, key=lambda record: record.created, reverse=True)
    elif told["sorts"][0].get("direction") == "descending":
        records = records[::-1]
    start = mock.parts(told["start_cursor"]) if told.get("start_cursor") else [0]
    if start is None:
        return 400, {"object": "error", "status": 400, "code": "validation_error", "message": "The start_cursor provided is invalid."}
    some, more = mock.page(records, min(int(told.get("page_size", 100)), 100), start[0])
    return 200, {"object": "list", "results": [show(record) for record in some], "next_cursor": mock.cursor(more), "has_more": bool(more)}


def make(mock, request):
    told = request.get_json()
    source = told["parent"].get("data_source_id") or told["parent"].get("database_id")
    return 200, show(mock.store.make(source, {"parent": told["parent"], "properties": told["properties"]}))


def find(mock, wanted):
    """What is in the trash still answers."""
    found = [r for records in mock.store.collections.values() for r in records if wanted in (r.uuid, r.hex)]
    return found[0] if found else None


def get(mock, request, wanted):
    record = find(mock, wanted)
    return (200, show(record)) if record else MISSING


def change(mock, request, wanted):
    record, told = find(mock, wanted), request.get_json()
    if not record:
        return MISSING
    trashed = told.get("in_trash", told.get("archived"))
    if record.deleted and trashed is not False:
        return 400, {"object": "error", "status": 400, "code": "validation_error", "message": "Can't edit block that is archived."}
    record.deleted = record.deleted if trashed is None else trashed
    mock.store.change(record, {"properties": dict(record.fields["properties"], **told.get("properties", {}))})
    return 200, show(record)


def comment(said):
    return {"object": "comment", "id": said.uuid, "created_time": utc(said.created), "rich_text": said.fields["rich_text"], "parent": said.fields["parent"]}


def comments(mock, request):
    record = find(mock, request.args.get("block_id"))
    shown = [comment(said) for said in record.comments] if record else []
    return (200, {"object": "list", "results": shown, "next_cursor": None, "has_more": False}) if record else MISSING


def say(mock, request):
    told = request.get_json()
    record = find(mock, told["parent"].get("page_id"))
    return (200, comment(mock.store.comment(record, told))) if record else MISSING


UNDESCRIBED = ["/v1/comments"]
ROUTES = [
    ("POST", "/v1/data_sources/([^/]+)/query", query), ("POST", "/v1/pages", make), ("GET", "/v1/pages/([^/]+)", get),
    ("PATCH", "/v1/pages/([^/]+)", change), ("GET", "/v1/comments", comments), ("POST", "/v1/comments", say),
    ("GET", "/v1/users/me", lambda *_: (200, {"object": "user", "id": "robot", "type": "bot"})),
]
