"""Linear: GraphQL of a few shapes, told apart by their root field; what is asked for stands in `variables`. Newest first."""

import re

from store import read, utc

SPECS = ["linear-graphql"]
UNAUTHORIZED = {"errors": [{"message": "Authentication required, not authenticated", "extensions": {"code": "AUTHENTICATION_ERROR"}}]}
FORBIDDEN = {"errors": [{"message": "You don't have permission to do this", "extensions": {"code": "FORBIDDEN"}}]}
RATE_LIMIT = (400, {"errors": [{"message": "Rate limit exceeded", "extensions": {"code": "RATELIMITED"}}]}, {"Retry-After": "1"})
TIME = "%Y-%m-%dT%H:%M:%S.%fZ"
STATES = [{"id": "state-%d" % n, "name": name, "type": kind} for n, name, kind in (
    (1, "Todo", "unstarted"), (2, "In Progress", "started"), (3, "Done", "completed"))]


def key(request):
    return (request.headers.get("Authorization") or "").removeprefix("Bearer ")


def error(text, code="INPUT_ERROR"):
    return 200, {"errors": [{"message": text, "extensions": {"code": code}}]}


def identifier(record):
    return record.fields.get("id") or record.uuid


def show(record):
    fields = {name: value for name, value in record.fields.items() if name not in ("stateId", "assigneeId", "teamId")}
    state = next((state for state in STATES if state["id"] == record.fields.get("stateId", "state-1")), None)
    assignee = record.fields.get("assigneeId")
    return dict({"description": None, "priority": 0}, **fields, id=identifier(record), identifier="ENG-%d" % record.number, state=state,
                team={"id": record.fields["teamId"], "key": "ENG"}, assignee={"id": assignee} if assignee else None,
                createdAt=utc(record.created, TIME), updatedAt=utc(record.updated, TIME), archivedAt=None,
                comments=connection([comment(said) for said in record.comments], None))


def comment(said):
    return dict(said.fields, id=identifier(said), createdAt=utc(said.created, TIME), updatedAt=utc(said.updated, TIME), user={"id": "robot", "name": "Robot"})


def connection(nodes, after):
    return {"nodes": nodes, "pageInfo": {"hasNextPage": after is not None, "endCursor": after}}


def find(mock, wanted):
    return next((r for r in mock.store.living("issues") if wanted in (identifier(r), "ENG-%d" % r.number)), None)


def said_anywhere(told, *names):
    """The first of some names that a variable, or an object in one, has."""
    for name, value in told.items():
        found = value if name in names else said_anywhere(value, *names) if isinstance(value, dict) else None
        if found is not None:
            return found
    return None


def issues(mock, told):
    since = said_anywhere(told, "gte", "since", "updatedSince", "updatedAfter")
    start = mock.parts(told["after"]) if told.get("after") else [0]
    if start is None:
        return error("Invalid cursor")
    some, more = mock.page(mock.store.living("issues", read(since))[::-1], min(int(told.get("first") or 50), 250), start[0])
    return 200, {"data": {"issues": connection([show(record) for record in some], mock.cursor(more))}}


def unknown(mock, name, fields):
    """What an input has that the vendor's type lacks, or lacks that it needs."""
    schema = mock.checkers[0].spec["components"]["schemas"][name]
    return sorted(set(fields) - set(schema["properties"])) + sorted(set(schema.get("required", [])) - set(fields))


def put(mock, field, told):
    fields = told.get("input") or {}
    wrong = unknown(mock, {"issueCreate": "IssueCreateInput", "issueUpdate": "IssueUpdateInput"}[field], fields)
    if wrong:
        return violation(mock, field, "%s: wrong fields %s" % (field, ", ".join(wrong)))
    if fields.get("stateId") and not any(state["id"] == fields["stateId"] for state in STATES):
        return error("The state does not belong to the issue's team")
    if field == "issueUpdate":
        record = find(mock, told.get("id"))
        return payload(field, mock.store.change(record, fields)) if record else error("Entity not found: Issue")
    if fields.get("id") and find(mock, fields["id"]):
        return error("Entity already exists: Issue")
    return payload(field, mock.store.make("issues", fields)) if fields.get("title") else error("title should not be null")


def violation(mock, field, text):
    import json

    mock.log.write(json.dumps({"method": "POST", "path": "/graphql " + field, "errors": [text]}) + "\n")
    return 400, {"errors": [{"message": text, "extensions": {"code": "GRAPHQL_VALIDATION_FAILED"}}]}


def payload(field, record):
    return 200, {"data": {field: {"success": True, "issue": show(record)}}}


def remove(mock, field, told):
    record = find(mock, told.get("id"))
    if not record:
        return error("Entity not found: Issue")
    mock.store.delete(record)
    return 200, {"data": {field: {"success": True}}}


def say(mock, told):
    fields = told.get("input") or {}
    record = find(mock, fields.get("issueId"))
    if not record:
        return error("Entity not found: Issue")
    return 200, {"data": {"commentCreate": {"success": True, "comment": comment(mock.store.comment(record, fields))}}}


def answer(mock, request):
    asked = request.get_json()
    told, found = asked.get("variables") or {}, re.search(r"\{\s*(?:\w+\s*:\s*)?(\w+)", asked["query"])
    field = found[1] if found else ""
    if field == "issues":
        return issues(mock, told)
    if field == "issue":
        record = find(mock, told.get("id"))
        return (200, {"data": {"issue": show(record)}}) if record else error("Entity not found: Issue")
    if field in ("issueCreate", "issueUpdate"):
        return put(mock, field, told)
    if field in ("issueDelete", "issueArchive"):
        return remove(mock, field, told)
    if field == "commentCreate":
        return say(mock, told)
    if field == "workflowStates":
        return 200, {"data": {"workflowStates": connection(STATES, None)}}
    if field == "viewer":
        return 200, {"data": {"viewer": {"id": "robot", "name": "Robot"}}}
    return violation(mock, field, "unknown field " + field)


ROUTES = [("POST", "/graphql", answer)]
