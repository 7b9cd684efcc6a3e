"""Asks each mock what a connector asks: makes records, lists them page by page and by changes, gets, changes, comments on and deletes one.

Ends with 1 and says what did not come out, or what the vendor's description refuses.
"""

import json
import os
import sys
import tempfile
import traceback

from vendor_mock import Mock
from werkzeug.test import Client
from werkzeug.wrappers import Request, Response

faults = []
BEARER = {"Authorization": "Bearer key"}
FIRST = {"filter": [{"op": "gte", "field": "id", "value": 0}], "MaxRecords": 2}
UUID = "00000000-0000-4000-8000-000000000001"


class Session:
    def __init__(self, system, headers):
        handle, self.log = tempfile.mkstemp()
        os.close(handle)
        self.mock, self.name, self.headers = Mock(system, 1, self.log), system, headers

        @Request.application
        def app(request):
            status, body, *more = self.mock.answer(request)
            return Response("" if body is None else json.dumps(body), status, more[0] if more else {}, content_type="application/json")

        self.client = Client(app)

    def ask(self, method, path, body=None, status=None, headers=None):
        path = path.removeprefix(self.mock.origin)
        if not path.startswith(self.base):
            path = self.base + path
        answer = self.client.open(path, method=method, json=body, headers=self.headers if headers is None else headers, base_url=self.mock.origin)
        self.answered = answer
        if status is not None and answer.status_code != status or status is None and answer.status_code >= 300:
            faults.append("%s: %s %s gives %d: %s" % (self.name, method, path, answer.status_code, answer.get_data(as_text=True)[:300]))
        return answer.get_json(silent=True)

    @property
    def base(self):
        return self.mock.base.removeprefix(self.mock.origin)

    def expect(self, what, found, wanted):
        if found != wanted:
            faults.append("%s: %s: %r, not %r" % (self.name, what, found, wanted))


def common(s, path, write, body):
    """Keys, limits and faults, in every system alike."""
    s.ask("GET" if s.name != "linear" else "POST", path, body if s.name == "linear" else None, 401,
          {name: "Bearer wrong" if name == "Authorization" else value for name, value in s.headers.items() if name != "Secret"})
    for fault, status in (("rate limit", (429, 403, 400)), ("maintenance", (503,)), ("deny write", (403,))):
        s.client.post("/__control", json={"fail": fault})
        answer = s.client.open(s.base + (write if fault == "deny write" else path), method="POST" if fault == "deny write" or s.name == "linear" else "GET",
                               json=body, headers=s.headers, base_url=s.mock.origin)
        s.expect(fault, answer.status_code in status, True)
        s.client.post("/__control", json={"fail": "none"})


def github(s):
    i = "/repos/acme/api/issues"
    for n in range(3):
        s.ask("POST", i, {"title": "n%d" % n})
    s.expect("page", len(s.ask("GET", i + "?state=all&per_page=2&sort=updated&direction=asc")), 2)
    s.expect("next", "page=2" in s.answered.headers["Link"], True)
    one = s.ask("PATCH", i + "/1", {"state": "closed", "title": "x"})
    s.expect("open", len(s.ask("GET", i)), 2)
    s.expect("since", len(s.ask("GET", i + "?state=all&since=" + one["updated_at"])) > 0, True)
    s.ask("POST", i + "/1/comments", {"body": "hello"})
    s.expect("comments", s.ask("GET", i + "/1/comments")[0]["body"], "hello")
    s.expect("get", s.ask("GET", i + "/1")["state"], "closed")
    return i, i, {"title": "x"}


def gitlab(s):
    i = "/projects/1/issues"
    for n in range(3):
        s.ask("POST", i, {"title": "n%d" % n, "labels": "a,b"})
    s.ask("GET", i + "?per_page=2&order_by=updated_at&sort=asc")
    s.expect("next", s.answered.headers["X-Next-Page"], "2")
    one = s.ask("PUT", i + "/1", {"state_event": "close"})
    s.expect("state", one["state"], "closed")
    s.expect("since", [x["iid"] for x in s.ask("GET", i + "?updated_after=" + one["updated_at"])], [1])
    s.ask("POST", i + "/1/notes", {"body": "hello"})
    s.expect("notes", s.ask("GET", i + "/1/notes")[0]["body"], "hello")
    s.ask("DELETE", i + "/1", status=204)
    s.ask("GET", i + "/1", status=404)
    return i, i, {"title": "x"}


def jira_cloud(s):
    i, q = "/rest/api/3/issue", "/rest/api/3/search/jql"
    for n in range(3):
        s.ask("POST", i, {"fields": {"project": {"key": "A"}, "issuetype": {"name": "Task"}, "summary": "n%d" % n}}, 201)
    told = {"jql": 'project = A AND updated >= "2020-01-01 00:00" ORDER BY updated ASC', "fields": ["summary", "status", "updated"], "maxResults": 2}
    page = s.ask("POST", q, told)
    rest = s.ask("POST", q, dict(told, nextPageToken=page["nextPageToken"]))
    s.expect("pages", [x["key"] for x in page["issues"] + rest["issues"]], ["A-1", "A-2", "A-3"])
    s.expect("last", rest["isLast"], True)
    s.expect("later", s.ask("POST", q, dict(told, jql='updated >= "2099-01-01 00:00"'))["issues"], [])
    s.ask("PUT", i + "/A-1", {"fields": {"summary": "x"}}, 204)
    s.ask("PUT", i + "/A-1", {"fields": {"status": {"name": "Done"}}}, 400)
    s.ask("POST", i + "/A-1/transitions", {"transition": {"id": s.ask("GET", i + "/A-1/transitions")["transitions"][-1]["id"]}}, 204)
    s.expect("status", s.ask("GET", i + "/10001?fields=status,summary")["fields"], {"status": {"id": "10001", "name": "Done"}, "summary": "x"})
    document = {"type": "doc", "version": 1, "content": []}
    s.ask("POST", i + "/A-1/comment", {"body": document}, 201)
    s.expect("comments", s.ask("GET", i + "/A-1/comment")["comments"][0]["body"], document)
    s.ask("DELETE", i + "/A-1", status=204)
    s.ask("GET", i + "/A-1", status=404)
    s.ask("GET", "/rest/api/3/search?jql=project=A", status=410)
    return q + "?jql=project=A", i, {"fields": {}}


def servicenow(s):
    t = "/api/now/table/incident"
    made = [s.ask("POST", t, {"short_description": "n%d" % n, "priority": 3}, 201)["result"] for n in range(3)]
    page = s.ask("GET", t + "?sysparm_query=sys_updated_on>=2020-01-01 00:00:00^ORDERBYsys_updated_on^ORDERBYsys_id&sysparm_limit=2&sysparm_offset=0")
    s.expect("page", len(page["result"]), 2)
    s.expect("total", s.answered.headers["X-Total-Count"], "3")
    s.expect("texts", page["result"][0]["priority"], "3")
    s.expect("later", s.ask("GET", t + "?sysparm_query=sys_updated_on>=2099-01-01 00:00:00")["result"], [])
    one = made[0]["sys_id"]
    s.expect("state", s.ask("PATCH", t + "/" + one, {"state": "6", "comments": "hello"})["result"]["state"], "6")
    said = s.ask("GET", "/api/now/table/sys_journal_field?sysparm_query=element_id=%s^element=comments" % one)["result"]
    s.expect("comments", [x["value"] for x in said], ["hello"])
    s.ask("DELETE", t + "/" + one, status=204)
    s.ask("GET", t + "/" + one, status=404)
    return t, t, {}


def zendesk(s):
    t = "/api/v2/tickets"
    for n in range(3):
        s.ask("POST", t, {"ticket": {"subject": "n%d" % n, "comment": {"body": "d"}}}, 201)
    page = s.ask("GET", t + "?page[size]=2")
    rest = s.ask("GET", t + "?page[size]=2&page[after]=" + page["meta"]["after_cursor"])
    s.expect("pages", [x["id"] for x in page["tickets"] + rest["tickets"]], [1, 2, 3])
    export = s.ask("GET", "/api/v2/incremental/tickets/cursor?start_time=0")
    s.expect("export", export["end_of_stream"], True)
    one = s.ask("PUT", t + "/1", {"ticket": {"status": "solved", "comment": {"body": "hello"}}})["ticket"]
    s.expect("status", one["status"], "solved")
    s.ask("PUT", t + "/1", {"ticket": {"status": "open", "safe_update": True, "updated_stamp": "2020-01-01T00:00:00Z"}}, 409)
    s.expect("comments", s.ask("GET", t + "/1/comments")["comments"][0]["body"], "hello")
    s.ask("DELETE", t + "/2", status=204)
    changes = s.ask("GET", "/api/v2/incremental/tickets/cursor?cursor=" + export["after_cursor"])["tickets"]
    s.expect("changes", [(x["id"], x["status"]) for x in changes], [(1, "solved"), (2, "deleted")])
    return t, t, {"ticket": {"subject": "x"}}


def halopsa(s):
    for n in range(3):
        s.ask("POST", "/Tickets", [{"summary": "n%d" % n}])
    s.expect("page", [x["id"] for x in s.ask("GET", "/Tickets?pageinate=true&page_size=2&page_no=2&order=id&orderdesc=false")["tickets"]], [3])
    one = s.ask("POST", "/Tickets", [{"id": 1, "status_id": 9}])
    s.expect("status", one["status_id"], 9)
    s.expect("since", [x["id"] for x in s.ask("GET", "/Tickets?lastupdatefromdate=" + one["last_update"])["tickets"]], [1])
    s.ask("POST", "/Actions", [{"ticket_id": 1, "note": "hello", "outcome": "Note"}])
    s.expect("notes", s.ask("GET", "/Actions?ticket_id=1")["actions"][0]["note"], "hello")
    s.ask("DELETE", "/Tickets/1?reason=x")
    s.ask("GET", "/Tickets/1", status=404)
    return "/Tickets", "/Tickets", [{"summary": "x"}]


def connectwise(s):
    t = "/service/tickets"
    for n in range(3):
        s.ask("POST", t, {"summary": "n%d" % n, "board": {"id": 1}}, 201)
    s.expect("page", len(s.ask("GET", t + "?pageSize=2&page=1&orderBy=lastUpdated asc")), 2)
    s.expect("next", "page=2" in s.answered.headers["Link"], True)
    one = s.ask("PATCH", t + "/1", [{"op": "replace", "path": "status/id", "value": 5}, {"op": "replace", "path": "summary", "value": "x"}])
    s.expect("status", (one["status"], one["summary"]), ({"id": 5}, "x"))
    s.expect("later", s.ask("GET", t + "?conditions=lastUpdated>[2099-01-01T00:00:00Z]"), [])
    s.ask("POST", t + "/1/notes", {"text": "hello", "detailDescriptionFlag": True}, 201)
    s.expect("notes", s.ask("GET", t + "/1/notes")[0]["text"], "hello")
    s.ask("DELETE", t + "/1", status=204)
    s.ask("GET", t + "/1", status=404)
    return t, t, {"summary": "x"}


def autotask(s):
    t = "/V1.0/Tickets"
    for n in range(3):
        s.ask("POST", t, {"title": "n%d" % n})
    page = s.ask("POST", t + "/query", FIRST)
    rest = s.ask("GET", page["pageDetails"]["nextPageUrl"])
    s.expect("pages", [x["id"] for x in page["items"] + rest["items"]], [1, 2, 3])
    s.expect("end", rest["pageDetails"]["nextPageUrl"], None)
    s.ask("PATCH", t, {"id": 1, "status": 5})
    one = s.ask("GET", t + "/1")["item"]
    s.expect("status", one["status"], 5)
    since = [{"op": "gte", "field": "lastActivityDate", "value": one["lastActivityDate"]}]
    s.expect("since", [x["id"] for x in s.ask("POST", t + "/query", {"filter": since})["items"]], [1])
    s.ask("POST", t + "/1/Notes", {"description": "hello"})
    s.expect("notes", s.ask("GET", t + "/1/Notes")["items"][0]["description"], "hello")
    return t + "/1", t, {"title": "x"}


def hubspot(s):
    for kind in ("tickets", "contacts"):
        o, name = "/crm/v3/objects/" + kind, "subject" if kind == "tickets" else "lastname"
        made = [s.ask("POST", o, {"properties": {name: "n%d" % n}, "associations": []}, 201) for n in range(3)]
        page = s.ask("GET", o + "?limit=2&properties=" + name)
        s.expect("next", len(s.ask("GET", o + "?limit=2&after=" + page["paging"]["next"]["after"])["results"]), 1)
        one = s.ask("PATCH", o + "/" + made[0]["id"], {"properties": {name: "x"}})
        changed = {"tickets": "hs_lastmodifieddate", "contacts": "lastmodifieddate"}[kind]
        told = {"filterGroups": [{"filters": [{"propertyName": changed, "operator": "GTE", "value": one["updatedAt"]}]}],
                "sorts": [changed], "properties": [name], "limit": 100, "after": "0"}
        s.expect("since", [x["id"] for x in s.ask("POST", o + "/search", told)["results"]], [one["id"]])
        s.ask("DELETE", o + "/" + one["id"], status=204)
        s.ask("GET", o + "/" + one["id"], status=404)
    return o, o, {"properties": {}, "associations": []}


def syncro(s):
    for n in range(26):
        s.ask("POST", "/tickets", {"subject": "n%d" % n, "customer_id": 1})
    s.expect("page", len(s.ask("GET", "/tickets?page=2&since_updated_at=2020-01-01")["tickets"]), 1)
    s.expect("later", s.ask("GET", "/tickets?since_updated_at=2099-01-01")["tickets"], [])
    s.expect("status", s.ask("PUT", "/tickets/1", {"status": "Resolved"})["ticket"]["status"], "Resolved")
    s.ask("POST", "/tickets/1/comment", {"subject": "x", "body": "hello", "hidden": False, "do_not_email": True})
    s.expect("comments", s.ask("GET", "/tickets/1")["ticket"]["comments"][0]["body"], "hello")
    s.ask("DELETE", "/tickets/1")
    s.ask("GET", "/tickets/1", status=404)
    return "/tickets", "/tickets", {"subject": "x"}


def msgraph(s):
    for n in range(3):
        s.ask("POST", "/users", {"accountEnabled": True, "displayName": "n%d" % n, "mailNickname": "n%d" % n, "userPrincipalName": "n%d@a.example" % n,
                                 "passwordProfile": {"password": "x"}}, 201)
    page = s.ask("GET", "/users?$select=id,displayName&$top=2")
    users = page["value"] + s.ask("GET", page["@odata.nextLink"])["value"]
    s.expect("pages", [x["displayName"] for x in users], ["n0", "n1", "n2"])
    delta = s.ask("GET", "/users/delta?$select=displayName", headers=dict(s.headers, Prefer="odata.maxpagesize=2"))
    s.expect("delta page", len(delta["value"]), 2)
    delta = s.ask("GET", delta["@odata.nextLink"])
    s.ask("PATCH", "/users/" + users[0]["id"], {"displayName": "x", "accountEnabled": False}, 204)
    s.ask("DELETE", "/users/" + users[1]["id"], status=204)
    changes = s.ask("GET", delta["@odata.deltaLink"])
    s.expect("changes", [x.get("displayName", x.get("@removed")) for x in changes["value"]], ["x", {"reason": "deleted"}])
    s.expect("nothing", s.ask("GET", changes["@odata.deltaLink"])["value"], [])
    s.client.post("/__control", json={"fail": "expire cursor"})
    s.ask("GET", changes["@odata.deltaLink"], status=410)
    return "/users", "/users", {"displayName": "x"}


def salesforce(s):
    import systems.salesforce

    systems.salesforce.PAGE = 2
    c = "/services/data/v60.0/sobjects/Case"
    ids = [s.ask("POST", c, {"Subject": "n%d" % n}, 201)["id"] for n in range(3)]
    q = "/services/data/v60.0/query?q=SELECT Id, Subject, SystemModstamp FROM Case WHERE SystemModstamp >= %s ORDER BY SystemModstamp, Id"
    page = s.ask("GET", q % "2020-01-01T00:00:00Z")
    s.expect("pages", len(page["records"] + s.ask("GET", page["nextRecordsUrl"])["records"]), 3)
    s.ask("PATCH", c + "/" + ids[0], {"Status": "Closed"}, 204)
    one = s.ask("GET", c + "/" + ids[0] + "?fields=Status,SystemModstamp")
    s.expect("status", one["Status"], "Closed")
    s.expect("since", [x["Id"] for x in s.ask("GET", q % one["SystemModstamp"].replace("+0000", "Z"))["records"]], [ids[0]])
    s.ask("POST", "/services/data/v60.0/sobjects/CaseComment", {"ParentId": ids[0], "CommentBody": "hello"}, 201)
    said = s.ask("GET", "/services/data/v60.0/query?q=SELECT Id, CommentBody FROM CaseComment WHERE ParentId = '%s'" % ids[0])
    s.expect("comments", said["records"][0]["CommentBody"], "hello")
    s.ask("DELETE", c + "/" + ids[0], status=204)
    s.expect("deleted", s.ask("GET", c + "/deleted?start=2020-01-01T00:00:00Z&end=2099-01-01T00:00:00Z")["deletedRecords"][0]["id"], ids[0])
    return c + "/" + ids[1], c, {"Subject": "x"}


def airtable(s):
    t = "/v0/app1/Tasks"
    made = [x["id"] for x in s.ask("POST", t, {"records": [{"fields": {"Name": "n%d" % n, "Note": ""}} for n in range(3)]})["records"]]
    page = s.ask("GET", t + "?pageSize=2")
    rest = s.ask("GET", t + "?pageSize=2&offset=" + page["offset"])
    s.expect("pages", [x["fields"] for x in page["records"] + rest["records"]], [{"Name": "n%d" % n} for n in range(3)])
    s.expect("later", s.ask("GET", t + "?filterByFormula=IS_AFTER(LAST_MODIFIED_TIME(),'2099-01-01T00:00:00.000Z')")["records"], [])
    s.ask("PATCH", t, {"records": [{"id": made[0], "fields": {"Status": "Done"}}]})
    s.expect("status", s.ask("GET", t + "/" + made[0])["fields"], {"Name": "n0", "Status": "Done"})
    s.ask("POST", t + "/" + made[0] + "/comments", {"text": "hello"})
    s.expect("comments", s.ask("GET", t + "/" + made[0] + "/comments")["comments"][0]["text"], "hello")
    s.ask("DELETE", t + "/" + made[0])
    s.ask("GET", t + "/" + made[0], status=404)
    return t, t, {"fields": {}}


def notion(s):
    title = lambda text: {"Name": {"title": [{"text": {"content": text}}]}}
    parent = {"data_source_id": UUID}
    q = "/v1/data_sources/%s/query" % UUID
    made = [s.ask("POST", "/v1/pages", {"parent": parent, "properties": title("n%d" % n)}) for n in range(3)]
    told = {"filter": {"timestamp": "last_edited_time", "last_edited_time": {"on_or_after": "2020-01-01T00:00:00Z"}}, "page_size": 2,
            "sorts": [{"timestamp": "last_edited_time", "direction": "ascending"}]}
    page = s.ask("POST", q, told)
    s.expect("pages", len(page["results"] + s.ask("POST", q, dict(told, start_cursor=page["next_cursor"]))["results"]), 3)
    one = "/v1/pages/" + made[0]["id"]
    s.ask("PATCH", one, {"properties": {"Status": {"status": {"name": "Done"}}}})
    s.expect("status", s.ask("GET", one)["properties"]["Status"]["status"]["name"], "Done")
    s.ask("POST", "/v1/comments", {"parent": {"page_id": made[0]["id"]}, "rich_text": [{"text": {"content": "hello"}}]})
    s.expect("comments", len(s.ask("GET", "/v1/comments?block_id=" + made[0]["id"])["results"]), 1)
    s.expect("trash", s.ask("PATCH", one, {"in_trash": True})["in_trash"], True)
    s.expect("gone", len(s.ask("POST", q, {})["results"]), 2)
    return "/v1/users/me", "/v1/pages", {"parent": parent, "properties": {}}


def asana(s):
    made = [s.ask("POST", "/tasks", {"data": {"name": "n%d" % n, "projects": ["1"]}}, 201)["data"]["gid"] for n in range(3)]
    page = s.ask("GET", "/tasks?project=1&limit=2&opt_fields=name,modified_at")
    rest = s.ask("GET", "/tasks?project=1&limit=2&offset=" + page["next_page"]["offset"])
    s.expect("pages", [x["gid"] for x in page["data"] + rest["data"]], made)
    one = s.ask("PUT", "/tasks/" + made[0], {"data": {"completed": True}})["data"]
    s.expect("since", [x["gid"] for x in s.ask("GET", "/tasks?project=1&modified_since=" + one["modified_at"])["data"]], [made[0]])
    s.ask("POST", "/tasks/%s/stories" % made[0], {"data": {"text": "hello"}}, 201)
    s.expect("comments", s.ask("GET", "/tasks/%s/stories" % made[0])["data"][0]["text"], "hello")
    s.ask("DELETE", "/tasks/" + made[0])
    s.ask("GET", "/tasks/" + made[0], status=404)
    return "/tasks?project=1", "/tasks", {"data": {"name": "x", "projects": ["1"]}}


def trello(s):
    made = [s.ask("POST", "/cards", {"idList": "a", "name": "n%d" % n})["id"] for n in range(3)]
    s.expect("cards", [x["id"] for x in s.ask("GET", "/boards/b/cards?filter=all&fields=name,idList")], made)
    s.expect("status", s.ask("PUT", "/cards/" + made[0], {"idList": "c"})["idList"], "c")
    s.ask("POST", "/cards/%s/actions/comments?text=hello" % made[0])
    s.expect("comments", s.ask("GET", "/cards/%s/actions?filter=commentCard" % made[0])[0]["data"]["text"], "hello")
    s.ask("DELETE", "/cards/" + made[1])
    kinds = [x["type"] for x in s.ask("GET", "/boards/b/actions?filter=updateCard,deleteCard,commentCard&since=2020-01-01T00:00:00Z&limit=1000")]
    s.expect("actions", kinds, ["deleteCard", "commentCard", "updateCard"])
    s.ask("GET", "/cards/" + made[1], status=404)
    return "/boards/b/cards", "/cards", {"idList": "a"}


def linear(s):
    def run(query, **variables):
        return s.ask("POST", "/graphql", {"query": query, "variables": variables})["data"]

    create = "mutation Make($input: IssueCreateInput!) { issueCreate(input: $input) { success issue { id } } }"
    made = [run(create, input={"teamId": "t", "title": "n%d" % n})["issueCreate"]["issue"]["id"] for n in range(3)]
    listing = "query List($filter: IssueFilter, $after: String) { issues(filter: $filter, first: 2, after: $after) { nodes { id } } }"
    page = run(listing, first=2)["issues"]
    s.expect("pages", [x["id"] for x in page["nodes"] + run(listing, first=2, after=page["pageInfo"]["endCursor"])["issues"]["nodes"]], made[::-1])
    one = run("mutation U($id: String!, $input: IssueUpdateInput!) { issueUpdate(id: $id, input: $input) { success } }", id=made[0],
              input={"stateId": "state-3"})["issueUpdate"]["issue"]
    s.expect("status", one["state"]["name"], "Done")
    s.expect("since", [x["id"] for x in run(listing, filter={"updatedAt": {"gte": one["updatedAt"]}})["issues"]["nodes"]], [made[0]])
    run("mutation C($input: CommentCreateInput!) { commentCreate(input: $input) { success } }", input={"issueId": made[0], "body": "hello"})
    s.expect("comments", run("query One($id: String!) { issue(id: $id) { id } }", id=made[0])["issue"]["comments"]["nodes"][0]["body"], "hello")
    run("mutation D($id: String!) { issueDelete(id: $id) { success } }", id=made[0])
    s.expect("gone", len(run(listing)["issues"]["nodes"]), 2)
    return "/graphql", "/graphql", {"query": create, "variables": {"input": {"teamId": "t", "title": "x"}}}


KEYS = {
    "autotask": {"ApiIntegrationCode": "a", "UserName": "b", "Secret": "key"}, "connectwise": dict(BEARER, clientId="c"),
    "notion": dict(BEARER, **{"Notion-Version": "2025-09-03"}), "trello": {"Authorization": 'OAuth oauth_consumer_key="k", oauth_token="key"'},
}
SYSTEMS = [jira_cloud, servicenow, github, gitlab, zendesk, halopsa, connectwise, autotask, hubspot, syncro, msgraph, salesforce, airtable,
           notion, asana, trello, linear]

for work in SYSTEMS:
    name = work.__name__.replace("_", "-")
    if len(sys.argv) > 1 and name not in sys.argv[1:]:
        continue
    session = Session(name, KEYS.get(name, BEARER))
    try:
        common(session, *work(session))
    except Exception as error:
        faults.append("%s: %r\n%s" % (name, error, "".join(traceback.format_tb(error.__traceback__)[-2:])))
    with open(session.log, encoding="utf-8") as file:
        faults.extend("%s: %s" % (name, line.strip()) for line in file)
    os.unlink(session.log)

print("\n".join(faults) or "%d systems" % len(SYSTEMS))
sys.exit(1 if faults else 0)
