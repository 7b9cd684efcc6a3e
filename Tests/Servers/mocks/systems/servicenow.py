"""ServiceNow: tables and files, encoded queries with the grain of a second, pages by offset, all values as text."""

import hashlib
import re

from store import read, utc

SPECS = ["servicenow-table"]
UNAUTHORIZED = {"error": {"message": "User Not Authenticated", "detail": "Required to provide Auth information"}, "status": "failure"}
FORBIDDEN = {"error": {"message": "Operation Failed", "detail": "ACL Exception Update Failed due to security constraints"}, "status": "failure"}
RATE_LIMIT = (429, {"error": {"message": "Rate limit exceeded"}}, {"Retry-After": "1", "X-RateLimit-Limit": "100"})
MISSING = 404, {"error": {"message": "No Record found", "detail": "Record doesn't exist or ACL restricts the record retrieval"}, "status": "failure"}
TIME = "%Y-%m-%d %H:%M:%S"


def show(record, names=None):
    fields = dict({"state": "1"}, **{name: "" if value is None else str(value) for name, value in record.fields.items()})
    fields.update(sys_id=record.hex, number="INC%07d" % record.number, sys_mod_count=str(len(record.comments)),
                  sys_created_on=utc(record.created, TIME), sys_updated_on=utc(record.updated, TIME))
    return {name: value for name, value in fields.items() if not names or name in names}


def holds(term, shown):
    """Whether a term of an encoded query holds; one of an unknown field is ignored, as there."""
    found = re.fullmatch(r"(\w+)(>=|<=|!=|=|>|<)(.*)", term)
    if not found or found[1] not in shown:
        return True
    one, other = shown[found[1]], found[3]
    return {">=": one >= other, "<=": one <= other, "=": one == other, "!=": one != other, ">": one > other, "<": one < other}[found[2]]


def listed(mock, request, table):
    terms = [term for term in request.args.get("sysparm_query", "").split("^") if term]
    records = sorted(mock.store.living(table), key=lambda record: record.number)
    for term in reversed([term[7:] for term in terms if term.startswith("ORDERBY")]):
        records.sort(key=lambda record: show(record).get(term, ""))
    wanted = [term for term in terms if not term.startswith("ORDERBY")]
    records = [record for record in records if all(holds(term, show(record)) for term in wanted)]
    size, start = int(request.args.get("sysparm_limit", 10_000)), int(request.args.get("sysparm_offset", 0))
    some, more = mock.page(records, size, start)
    headers = {"X-Total-Count": str(len(records))}
    if more and request.args.get("sysparm_suppress_pagination_header") != "true":
        headers["Link"] = '<%s>;rel="next"' % mock.link(request, sysparm_offset=more)
    return 200, {"result": [show(record, names(request)) for record in some]}, headers


def names(request):
    return [name for name in request.args.get("sysparm_fields", "").split(",") if name]


def put(mock, table, record, fields):
    """A comment that is written into a record becomes one of sys_journal_field."""
    text = fields.pop("comments", None)
    mock.store.change(record, fields)
    if text:
        record.comments.append(mock.store.make("sys_journal_field", {
            "element_id": record.hex, "name": table, "element": "comments", "value": text, "sys_created_by": "robot"}))
    return record


def make(mock, request, table):
    fields = dict(request.get_json())
    text = fields.pop("comments", None)
    record = mock.store.make(table, fields)
    put(mock, table, record, {"comments": text} if text else {})
    return 201, {"result": show(record, names(request))}


def one(work, status=200):
    def answer(mock, request, table, number):
        record = mock.store.find(table, number, by="hex")
        if not record:
            return MISSING
        work(mock, request, table, record)
        return (status, None) if status == 204 else (status, {"result": show(record, names(request))})

    return answer


def file(record):
    data = record.fields["data"]
    return {"sys_id": record.hex, "table_name": record.fields["table"], "table_sys_id": record.fields["record"], "file_name": record.fields["name"],
            "content_type": record.fields["type"], "size_bytes": str(len(data)), "hash": hashlib.sha256(data).hexdigest(),
            "sys_created_by": "robot", "sys_created_on": utc(record.created, TIME), "sys_updated_on": utc(record.updated, TIME)}


def files(mock, request):
    terms = [term for term in request.args.get("sysparm_query", "").split("^") if term and not term.startswith("ORDERBY")]
    records = [record for record in mock.store.living("files") if all(holds(term, file(record)) for term in terms)]
    some, _ = mock.page(records, int(request.args.get("sysparm_limit", 10_000)), int(request.args.get("sysparm_offset", 0)))
    return 200, {"result": [file(record) for record in some]}


def attach(mock, request):
    told = request.args
    if not mock.store.find(told.get("table_name"), told.get("table_sys_id"), by="hex"):
        return MISSING
    fields = {"table": told["table_name"], "record": told["table_sys_id"], "name": told["file_name"],
              "type": request.headers["Content-Type"], "data": request.get_data()}
    return 201, {"result": file(mock.store.make("files", fields))}


def attached(work, status=200):
    def answer(mock, request, number):
        record = mock.store.find("files", number, by="hex")
        return (status, work(mock, record)) if record else MISSING

    return answer


# The description that is at hand has no attachments; these are as the vendor's documentation tells, unchecked.
UNDESCRIBED = ["/api/now/attachment(/.+)?"]
FILES = "/api/now/attachment"
TABLE = r"/api/now/table/(\w+)"
ONE = TABLE + "/([^/]+)"
change = one(lambda mock, request, table, record: put(mock, table, record, dict(request.get_json())))
ROUTES = [
    ("GET", TABLE, listed), ("POST", TABLE, make), ("GET", ONE, one(lambda *_: None)), ("PATCH", ONE, change), ("PUT", ONE, change),
    ("DELETE", ONE, one(lambda mock, request, table, record: mock.store.delete(record), 204)),
    ("GET", FILES, files), ("POST", FILES + "/file", attach),
    ("GET", FILES + "/([^/]+)/file", attached(lambda mock, record: record.fields["data"])),
    ("GET", FILES + "/([^/]+)", attached(lambda mock, record: {"result": file(record)})),
    ("DELETE", FILES + "/([^/]+)", attached(lambda mock, record: mock.store.delete(record), 204)),
]
