"""Airtable: tables of a base, pages by an offset, changes by a formula, empty fields are left out."""

import re

from store import read, utc

SPECS = ["airtable"]
UNAUTHORIZED = {"error": {"type": "AUTHENTICATION_REQUIRED", "message": "Authentication required"}}
FORBIDDEN = {"error": {"type": "INVALID_PERMISSIONS_OR_MODEL_NOT_FOUND", "message": "Invalid permissions, or the requested model was not found."}}
RATE_LIMIT = (429, {"errors": [{"error": "RATE_LIMIT_REACHED", "message": "Rate limit exceeded."}]})
MISSING = 404, {"error": "NOT_FOUND"}
TIME = "%Y-%m-%dT%H:%M:%S.%fZ"


def show(record, names=()):
    fields = {name: value for name, value in record.fields.items() if value not in (None, "", [], False) and (not names or name in names)}
    return {"id": identifier(record), "createdTime": utc(record.created, TIME), "fields": fields}


def identifier(record):
    return "rec%014d" % record.number


def find(mock, table, wanted):
    return mock.store.find(table, int(wanted[3:])) if re.fullmatch(r"rec\d{14}", wanted or "") else None


def listed(mock, request, table):
    told = request.get_json() if request.method == "POST" else request.args
    found = re.search(r"IS_AFTER\(\s*LAST_MODIFIED_TIME\(\)\s*,\s*(?:DATETIME_PARSE\()?['\"]([^'\"]+)['\"]", told.get("filterByFormula") or "")
    records = sorted(mock.store.living(table, read(found[1]) + 1 if found else None), key=lambda record: record.number)
    names = (told.get("fields") if request.method == "POST" else request.args.getlist("fields[]")) or ()
    start = mock.parts(told["offset"]) if told.get("offset") else [0]
    if start is None:
        return 422, {"error": {"type": "LIST_RECORDS_ITERATOR_NOT_AVAILABLE", "message": "The iterator is no longer available."}}
    some, more = mock.page(records, min(int(told.get("pageSize", 100)), 100), start[0])
    answer = {"records": [show(record, names) for record in some]}
    return 200, dict(answer, offset=mock.cursor(more)) if more else answer


def one_or_ten(request):
    told = request.get_json()
    return told.get("records"), told.get("records") or [told], (told.get("performUpsert") or {}).get("fieldsToMergeOn")


def make(mock, request, table):
    many, given, _ = one_or_ten(request)
    made = [show(mock.store.make(table, dict(one["fields"]))) for one in given]
    return 200, {"records": made} if many else made[0]


def put(mock, table, request, record, fields):
    if request.method == "PUT":
        record.fields = {}
    return mock.store.change(record, fields)


def change(mock, request, table):
    _, given, merged = one_or_ten(request)
    shown, made = [], []
    for one in given:
        record = find(mock, table, one.get("id"))
        if merged and not record:
            record = next((r for r in mock.store.living(table) if all(r.fields.get(n) == one["fields"].get(n) for n in merged)), None)
        if not record and not merged:
            return MISSING
        if record:
            put(mock, table, request, record, one["fields"])
        else:
            record = mock.store.make(table, dict(one["fields"]))
            made.append(identifier(record))
        shown.append(show(record))
    return 200, dict({"records": shown}, **({"createdRecords": made} if merged else {}))


def delete(mock, request, table):
    records = [find(mock, table, wanted) for wanted in request.args.getlist("records[]")]
    if None in records:
        return MISSING
    for record in records:
        mock.store.delete(record)
    return 200, {"records": [{"id": identifier(record), "deleted": True} for record in records]}


def one(work):
    def answer(mock, request, table, wanted):
        record = find(mock, table, wanted)
        return (200, work(mock, request, table, record)) if record else MISSING

    return answer


def comments(mock, request, table, record):
    return {"comments": [dict(said.fields, id="com%014d" % said.number, createdTime=utc(said.created, TIME)) for said in record.comments], "offset": None}


def say(mock, request, table, record):
    said = mock.store.comment(record, request.get_json())
    return dict(said.fields, id="com%014d" % said.number, createdTime=utc(said.created, TIME))


changed = one(lambda mock, request, table, record: show(put(mock, table, request, record, request.get_json()["fields"])))
TABLE = "/v0/(app[^/]+/[^/]+)"
ONE = TABLE + "/(rec[^/]+)"
UNDESCRIBED = [ONE + "/comments"]
ROUTES = [
    ("GET", TABLE, listed), ("POST", TABLE, make), ("POST", TABLE + "/listRecords", listed),
    ("PATCH", TABLE, change), ("PUT", TABLE, change), ("DELETE", TABLE, delete),
    ("GET", ONE, one(lambda mock, request, table, record: show(record))), ("PATCH", ONE, changed), ("PUT", ONE, changed),
    ("DELETE", ONE, one(lambda mock, request, table, record: mock.store.delete(record) or {"id": identifier(record), "deleted": True})),
    ("GET", ONE + "/comments", one(comments)), ("POST", ONE + "/comments", one(say)),
]
