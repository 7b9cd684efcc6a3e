"""Microsoft Graph: users, pages by a link, changes by a delta link which tells deleted ones, no time of change."""

SPECS = ["msgraph-users"]
BASE = "/v1.0"
UNAUTHORIZED = {"error": {"code": "InvalidAuthenticationToken", "message": "Access token has expired or is not yet valid."}}
FORBIDDEN = {"error": {"code": "Authorization_RequestDenied", "message": "Insufficient privileges to complete the operation."}}
RATE_LIMIT = (429, {"error": {"code": "TooManyRequests", "message": "Too many requests"}}, {"Retry-After": "1"})
MISSING = 404, {"error": {"code": "Request_ResourceNotFound", "message": "Resource does not exist"}}
USUAL = "businessPhones,displayName,givenName,jobTitle,mail,mobilePhone,officeLocation,preferredLanguage,surname,userPrincipalName"


def show(record, request, select=None):
    names = (select or request.args.get("$select") or USUAL).split(",")
    return dict({name: record.fields.get(name) for name in names if name != "id"}, id=record.uuid)


def listed(mock, request):
    records = sorted(mock.store.living("users"), key=lambda record: record.number)
    start = mock.parts(request.args.get("$skiptoken", "")) or [0]
    some, more = mock.page(records, min(int(request.args.get("$top", 100)), 999), start[0])
    answer = {"value": [show(record, request) for record in some]}
    return 200, dict(answer, **{"@odata.nextLink": mock.link(request, **{"$skiptoken": mock.cursor(more)})}) if more else answer


def delta(mock, request):
    """Its tokens hold: what is asked for, since when, until when, and from where on."""
    token = request.args.get("$skiptoken") or request.args.get("$deltatoken")
    told = mock.parts(token) if token else [request.args.get("$select") or USUAL, 0, mock.store.now(), 0]
    if told is None:
        return 410, {"error": {"code": "SyncStateNotFound", "message": "The sync state generation is not found."}}
    select, since, until, start = told
    if request.args.get("$deltatoken"):
        since, until, start = until, mock.store.now(), 0
    records = [r for r in mock.store.all("users") if since < r.updated and (since > 0 or not r.deleted)]
    # What changes while pages are read comes with the next delta again.
    size = next((int(part.strip()[18:]) for part in request.headers.get("Prefer", "").split(",") if part.strip().startswith("odata.maxpagesize=")), 200)
    some, more = mock.page(records, size, start)
    shown = [{"id": r.uuid, "@removed": {"reason": "deleted"}} if r.deleted else show(r, request, select) for r in some]
    name, parts = ("$skiptoken", (select, since, until, more)) if more else ("$deltatoken", (select, since, until, 0))
    link = "@odata.nextLink" if more else "@odata.deltaLink"
    return 200, {"value": shown, link: "%s/users/delta?%s=%s" % (mock.base, name, mock.cursor(*parts))}


def make(mock, request):
    fields = request.get_json()
    needed = ("accountEnabled", "displayName", "mailNickname", "userPrincipalName", "passwordProfile")
    missing = [name for name in needed if name not in fields]
    if missing:
        return 400, {"error": {"code": "Request_BadRequest", "message": "A value is required for property '%s'." % missing[0]}}
    if any(record.fields["userPrincipalName"] == fields["userPrincipalName"] for record in mock.store.living("users")):
        return 400, {"error": {"code": "Request_BadRequest", "message": "Another object with the same value for property userPrincipalName already exists."}}
    record = mock.store.make("users", fields)
    return 201, dict({name: value for name, value in fields.items() if name != "passwordProfile"}, id=record.uuid)


def find(mock, wanted):
    return next((r for r in mock.store.living("users") if wanted in (r.uuid, r.fields["userPrincipalName"])), None)


def get(mock, request, wanted):
    record = find(mock, wanted)
    return (200, show(record, request)) if record else MISSING


def change(mock, request, wanted):
    record = find(mock, wanted)
    return (204, mock.store.change(record, request.get_json()) and None) if record else MISSING


def delete(mock, request, wanted):
    record = find(mock, wanted)
    return (204, mock.store.delete(record)) if record else MISSING


ROUTES = [
    ("GET", "/users", listed), ("POST", "/users", make), ("GET", "/users/delta", delta),
    ("GET", "/users/([^/]+)", get), ("PATCH", "/users/([^/]+)", change), ("DELETE", "/users/([^/]+)", delete),
]
