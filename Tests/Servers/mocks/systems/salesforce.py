"""Salesforce: sObjects by SOQL, pages by a locator, errors in an array, a limit told with 403."""

import re

from store import read, utc

SPECS = ["salesforce-sobjects"]
UNAUTHORIZED = [{"errorCode": "INVALID_SESSION_ID", "message": "Session expired or invalid"}]
FORBIDDEN = [{"errorCode": "INSUFFICIENT_ACCESS_OR_READONLY", "message": "insufficient access rights on object id", "fields": []}]
RATE_LIMIT = (403, [{"errorCode": "REQUEST_LIMIT_EXCEEDED", "message": "TotalRequests Limit exceeded."}], {"Sforce-Limit-Info": "api-usage=5000/5000"})
MAINTENANCE = [{"errorCode": "SERVER_UNAVAILABLE", "message": "Server is unavailable"}]
MISSING = 404, [{"errorCode": "NOT_FOUND", "message": "The requested resource does not exist"}]
TIME = "%Y-%m-%dT%H:%M:%S.%f+0000"
PAGE = 2000


def identifier(record):
    return "500%012dAAA" % record.number


def show(kind, record, names=None):
    fields = dict({"Status": "New"}, **record.fields, Id=identifier(record), IsDeleted=record.deleted,
                  CreatedDate=utc(record.created, TIME), LastModifiedDate=utc(record.updated, TIME), SystemModstamp=utc(record.updated, TIME))
    shown = {name: fields.get(name) for name in names} if names else fields
    return dict(shown, attributes={"type": kind, "url": "/services/data/v60.0/sobjects/%s/%s" % (kind, identifier(record))})


def find(mock, kind, wanted):
    number = re.fullmatch(r"500(\d{12})(AAA)?", wanted)
    return mock.store.find(kind, int(number[1])) if number else None


def query(mock, request, deleted=False):
    soql = request.args["q"]
    found = re.fullmatch(r"(?is)\s*SELECT\s+(.+?)\s+FROM\s+(\w+)(?:\s+WHERE\s+(.+?))?(?:\s+ORDER\s+BY\s+(.+?))?(?:\s+LIMIT\s+(\d+))?\s*", soql)
    if not found:
        return 400, [{"errorCode": "MALFORMED_QUERY", "message": "unexpected token"}]
    names, kind, where, order = [name.strip() for name in found[1].split(",")], found[2], found[3] or "", found[4] or ""
    records = mock.store.all(kind) if deleted else mock.store.living(kind)
    for name, op, value in re.findall(r"(\w+)\s*(>=|<=|!=|=|>|<)\s*('(?:[^'\\]|\\.)*'|[^\s)]+)", where):
        records = [record for record in records if fits(show(kind, record).get(name), op, value)]
    if not re.match(r"(?i)(SystemModstamp|LastModifiedDate)", order):
        records.sort(key=lambda record: record.number)
    records = records[:int(found[5])] if found[5] else records
    return 200, answer(mock, kind, names, records, 0)


def fits(one, op, value):
    if value.startswith("'"):
        other = re.sub(r"\\(.)", r"\1", value[1:-1])
    elif re.match(r"\d{4}-\d\d-\d\dT", value):
        one, other = one and read(one), read(value.replace("%2B", "+"))
    else:
        other = {"true": True, "false": False, "null": None}.get(value.lower(), value)
    if op in ("=", "!="):
        return (one == other) == (op == "=")
    return one is not None and {">=": one >= other, ">": one > other, "<=": one <= other, "<": one < other}[op]


def answer(mock, kind, names, records, start):
    some, more = mock.page(records, PAGE, start)
    told = {"totalSize": len(records), "done": more is None, "records": [show(kind, record, names) for record in some]}
    if more:
        mock.locators = dict(getattr(mock, "locators", {}), **{"01g%d-%d" % (mock.asked, more): (kind, names, records, more, mock.epoch)})
        told["nextRecordsUrl"] = "/services/data/v60.0/query/01g%d-%d" % (mock.asked, more)
    return told


def further(mock, request, locator):
    kind, names, records, start, epoch = getattr(mock, "locators", {}).get(locator, (None, None, None, None, None))
    if kind is None or epoch != mock.epoch:
        return 400, [{"errorCode": "INVALID_QUERY_LOCATOR", "message": "invalid query locator"}]
    return 200, answer(mock, kind, names, records, start)


def make(mock, request, kind):
    fields = request.get_json()
    if kind == "Case" and fields.get("Subject") is None:
        return 400, [{"errorCode": "REQUIRED_FIELD_MISSING", "message": "Required fields are missing: [Subject]", "fields": ["Subject"]}]
    return 201, {"id": identifier(mock.store.make(kind, fields)), "success": True, "errors": []}


def upsert(mock, request, kind, name, value):
    record = next((record for record in mock.store.living(kind) if str(record.fields.get(name)) == value), None)
    made = record is None
    record = mock.store.make(kind, dict(request.get_json(), **{name: value})) if made else mock.store.change(record, request.get_json())
    return 201 if made else 200, {"id": identifier(record), "success": True, "errors": [], "created": made}


def get(mock, request, kind, wanted):
    record = find(mock, kind, wanted)
    return (200, show(kind, record, [name for name in request.args.get("fields", "").split(",") if name])) if record else MISSING


def change(mock, request, kind, wanted):
    record, since = find(mock, kind, wanted), request.headers.get("If-Unmodified-Since")
    if record and since:
        from werkzeug.http import parse_date

        if record.updated // 1000 > parse_date(since).timestamp():
            return 412, [{"errorCode": "PRECONDITION_FAILED", "message": "the record was modified"}]
    return (204, mock.store.change(record, request.get_json()) and None) if record else MISSING


def delete(mock, request, kind, wanted):
    record = find(mock, kind, wanted)
    return (204, mock.store.delete(record)) if record else MISSING


def deleted(mock, request, kind):
    start, end = read(request.args["start"].replace(" ", "+")), read(request.args["end"].replace(" ", "+"))
    gone = [record for record in mock.store.all(kind) if record.deleted and start <= record.updated < end]
    return 200, {"deletedRecords": [{"id": identifier(r), "deletedDate": utc(r.updated, TIME)} for r in gone],
                 "earliestDateAvailable": utc(0, TIME), "latestDateCovered": utc(end, TIME)}


API = r"/services/data/v[\d.]+"
KIND = API + r"/sobjects/(\w+)"
ROUTES = [
    ("GET", API + "/query", query), ("GET", API + "/queryAll", lambda mock, request: query(mock, request, True)),
    ("GET", API + "/query/([^/]+)", further), ("POST", KIND, make), ("GET", KIND + "/deleted", deleted),
    ("GET", KIND + "/([^/]+)", get), ("PATCH", KIND + "/([^/]+)", change), ("DELETE", KIND + "/([^/]+)", delete),
    ("PATCH", KIND + "/([^/]+)/([^/]+)", upsert), ("GET", API + "/limits", lambda *_: (200, {"DailyApiRequests": {"Max": 5000, "Remaining": 4982}})),
]
