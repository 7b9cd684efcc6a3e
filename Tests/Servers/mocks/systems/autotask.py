"""Autotask PSA: queries by POST with filters, in the order of ids, a change has its id in its body; nothing is deleted."""

import json

from store import read, utc

SPECS = ["autotask-tickets"]
BASE = "/ATServicesRest"
UNAUTHORIZED = {"errors": ["The logged in user does not have access."]}
FORBIDDEN = {"errors": ["The logged in Resource does not have the adequate permissions to update this entity type."]}
TIME = "%Y-%m-%dT%H:%M:%S.%fZ"


def key(request):
    return request.headers.get("Secret")


def show(record):
    return dict({"status": 1, "priority": 2}, **record.fields, id=record.number, createDate=utc(record.created, TIME),
                lastActivityDate=utc(record.updated, TIME))


OPERATORS = {
    "eq": lambda one, other: one == other, "noteq": lambda one, other: one != other,
    "gt": lambda one, other: one is not None and one > other, "gte": lambda one, other: one is not None and one >= other,
    "lt": lambda one, other: one is not None and one < other, "lte": lambda one, other: one is not None and one <= other,
    "contains": lambda one, other: other in (one or ""), "beginsWith": lambda one, other: (one or "").startswith(other),
    "endsWith": lambda one, other: (one or "").endswith(other), "exist": lambda one, other: one is not None,
    "notExist": lambda one, other: one is None, "in": lambda one, other: one in other, "notIn": lambda one, other: one not in other,
}


def fits(term, shown):
    if isinstance(term.get("items"), list):
        return (any if term["op"] == "or" else all)(fits(inner, shown) for inner in term["items"])
    one, other = shown.get(term["field"]), term.get("value")
    if term["field"].endswith("Date") and other:
        one, other = read(one), read(other)
    return OPERATORS[term["op"]](one, other)


def query(mock, request):
    told = request.get_json() if request.method == "POST" else json.loads(request.args["search"])
    records = sorted(mock.store.living("tickets"), key=lambda record: record.number)
    records = [record for record in records if all(fits(term, show(record)) for term in told["filter"])]
    some, more = mock.page(records, min(int(told.get("MaxRecords") or 500), 500))
    # The next page is asked as the first was, with a filter that begins where this one ended.
    after = dict(told, filter=[*told["filter"], {"op": "gt", "field": "id", "value": some[-1].number}]) if more else None
    url = "%s/V1.0/Tickets/query?%s" % (mock.base, encoded(after)) if more else None
    return 200, {"items": [show(record) for record in some],
                 "pageDetails": {"count": len(some), "requestCount": 500, "prevPageUrl": None, "nextPageUrl": url}}


def encoded(told):
    from urllib.parse import urlencode

    return urlencode({"search": json.dumps(told)})


def make(mock, request):
    fields = request.get_json()
    if not fields.get("title"):
        return 500, {"errors": ["Missing Required Field: title."]}
    return 200, {"itemId": mock.store.make("tickets", {name: value for name, value in fields.items() if name != "id"}).number}


def change(mock, request):
    fields = dict(request.get_json())
    record = mock.store.find("tickets", fields.pop("id"))
    if not record:
        return 404, {"errors": ["No record found."]}
    if request.method == "PUT":
        record.fields = {}
    return 200, {"itemId": mock.store.change(record, fields).number}


def get(mock, request, number):
    record = mock.store.find("tickets", number)
    return 200, {"item": show(record) if record else None}


def count(mock, request):
    told = request.get_json()
    return 200, {"queryCount": sum(all(fits(term, show(record)) for term in told["filter"]) for record in mock.store.living("tickets"))}


def say(mock, request, number):
    record = mock.store.find("tickets", number)
    return (200, {"itemId": mock.store.comment(record, request.get_json()).number}) if record else (404, {"errors": ["No record found."]})


def notes(mock, request, number):
    record = mock.store.find("tickets", number)
    shown = [dict(one.fields, id=one.number, createDateTime=utc(one.created, TIME)) for one in record.comments] if record else []
    return 200, {"items": shown, "pageDetails": {"count": len(shown), "nextPageUrl": None}}


PICKLIST = [{"name": "status", "isPickList": True, "picklistValues": [
    {"value": "1", "label": "New", "isActive": True}, {"value": "8", "label": "In Progress", "isActive": True},
    {"value": "5", "label": "Complete", "isActive": True}]}]
TICKETS = "/V1.0/Tickets"
UNDESCRIBED = [TICKETS + r"/\d+/Notes"]
ROUTES = [
    ("POST", TICKETS + "/query", query), ("GET", TICKETS + "/query", query), ("POST", TICKETS + "/query/count", count),
    ("POST", TICKETS, make), ("PATCH", TICKETS, change), ("PUT", TICKETS, change), ("GET", TICKETS + r"/(\d+)", get),
    ("GET", TICKETS + "/entityInformation/fields", lambda *_: (200, {"fields": PICKLIST})),
    ("GET", TICKETS + r"/(\d+)/Notes", notes), ("POST", TICKETS + r"/(\d+)/Notes", say),
]
