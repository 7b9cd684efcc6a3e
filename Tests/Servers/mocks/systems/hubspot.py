"""HubSpot: objects with properties, all of them texts; pages by `after`, changes by a search."""

import re

from store import utc

SPECS = ["hubspot-tickets", "hubspot-contacts"]
UNAUTHORIZED = {"status": "error", "category": "INVALID_AUTHENTICATION", "message": "Authentication credentials not found."}
FORBIDDEN = {"status": "error", "category": "MISSING_SCOPES", "message": "This app hasn't been granted all required scopes.",
             "errors": [{"context": {"requiredGranularScopes": ["tickets", "crm.objects.contacts.write"]}}]}
RATE_LIMIT = (429, {"status": "error", "errorType": "RATE_LIMIT", "policyName": "TEN_SECONDLY_ROLLING"})
MISSING = 404, {"status": "error", "category": "OBJECT_NOT_FOUND", "message": "resource not found"}
TIME = "%Y-%m-%dT%H:%M:%S.%fZ"
CHANGED = {"tickets": "hs_lastmodifieddate", "contacts": "lastmodifieddate"}


def show(kind, record, names=()):
    """Without names, what HubSpot shows by itself: here all."""
    all_of_them = dict({"hs_object_id": str(record.number), "createdate": utc(record.created, TIME)}, **record.fields)
    all_of_them[CHANGED[kind]] = utc(record.updated, TIME)
    properties = {name: all_of_them.get(name) for name in names} if names else all_of_them
    return {"id": str(record.number), "properties": properties, "createdAt": utc(record.created, TIME),
            "updatedAt": utc(record.updated, TIME), "archived": record.deleted}


def texts(fields):
    return {name: "" if value is None else str(value) for name, value in fields.items()}


def listed(mock, request, kind):
    records = sorted(mock.store.all(kind), key=lambda record: record.number)
    records = [record for record in records if record.deleted == (request.args.get("archived") == "true")]
    names = [name for text in request.args.getlist("properties") for name in text.split(",")]
    some, more = mock.page(records, min(int(request.args.get("limit", 10)), 100), request.args.get("after"))
    answer = {"results": [show(kind, record, names) for record in some]}
    return 200, dict(answer, paging={"next": {"after": str(more), "link": mock.link(request, after=more)}}) if more else answer


def number(text):
    from store import read

    return int(text) if re.fullmatch(r"-?\d+", text) else read(text) if re.match(r"\d{4}-\d\d-\d\dT", text) else None


def fits(term, properties):
    one, op, other = properties.get(term["propertyName"]), term["operator"], term.get("value")
    if op in ("HAS_PROPERTY", "NOT_HAS_PROPERTY"):
        return bool(one) == (op == "HAS_PROPERTY")
    if op == "IN":
        return one in term.get("values", [])
    if op in ("EQ", "NEQ"):
        return (one == other) == (op == "EQ")
    one, other = number(one or ""), number(other or "")
    return one is not None and other is not None and {"GTE": one >= other, "GT": one > other, "LTE": one <= other, "LT": one < other}[op]


def search(mock, request, kind):
    told = request.get_json()
    groups = told.get("filterGroups") or [{"filters": []}]
    records = [record for record in mock.store.living(kind) if any(
        all(fits(term, show(kind, record)["properties"]) for term in group["filters"]) for group in groups)]
    if not told.get("sorts"):
        records.sort(key=lambda record: record.number)
    start = int(told.get("after") or 0)
    if start + int(told.get("limit", 10)) > 10_000:
        return 400, {"status": "error", "category": "VALIDATION_ERROR", "message": "paging past 10000 is not allowed"}
    some, more = mock.page(records, min(int(told.get("limit", 10)), 200), start)
    answer = {"total": len(records), "results": [show(kind, record, told.get("properties") or ()) for record in some]}
    return 200, dict(answer, paging={"next": {"after": str(more)}}) if more else answer


def make(mock, request, kind):
    fields = texts(request.get_json()["properties"])
    same = [record for record in mock.store.living(kind) if fields.get("email") and record.fields.get("email") == fields["email"]]
    if same:
        return 409, {"status": "error", "category": "CONFLICT", "message": "Contact already exists. Existing ID: %d" % same[0].number}
    return 201, show(kind, mock.store.make(kind, fields))


def found(mock, request, kind, wanted):
    by = request.args.get("idProperty")
    if not by:
        return mock.store.find(kind, wanted)
    return next((record for record in mock.store.living(kind) if record.fields.get(by) == wanted), None)


def get(mock, request, kind, wanted):
    record = found(mock, request, kind, wanted)
    names = [name for text in request.args.getlist("properties") for name in text.split(",")]
    return (200, show(kind, record, names)) if record else MISSING


def change(mock, request, kind, wanted):
    record = found(mock, request, kind, wanted)
    return (200, show(kind, mock.store.change(record, texts(request.get_json()["properties"])))) if record else MISSING


def delete(mock, request, kind, wanted):
    record = mock.store.find(kind, wanted)
    if record:
        mock.store.delete(record)
    return 204, None


OBJECTS = "/crm/v3/objects/(tickets|contacts)"
ONE = OBJECTS + "/([^/]+)"
ROUTES = [
    ("GET", OBJECTS, listed), ("POST", OBJECTS, make), ("POST", OBJECTS + "/search", search),
    ("GET", ONE, get), ("PATCH", ONE, change), ("DELETE", ONE, delete),
]
