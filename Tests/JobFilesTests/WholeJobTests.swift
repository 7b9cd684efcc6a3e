import CEL
import Cron
import Diagnostics
import JobFiles
import Model
import Testing
import Values

/// The example of the job-file reference, without the parts whose engine comes later.
struct WholeJobTests {
    static let folder = Folder([
        "connections.yaml": """
        connections:
          halo:
            type: desk
            url: https://acme.halopsa.com
            token: ${file:/run/secrets/halo}
          portal:
            type: csv
            path: data/${STAGE}/portal
        """,
        "maps/urgency.csv": "left,right\n1,critical\n2,high\n",
        "helpdesk.yaml": """
        # jobs/helpdesk.yaml
        job: helpdesk
        description: HaloPSA tickets and the customer portal, both ways.
        enabled: true
        schedule: every 10m                 # for each sync that says nothing else
        timezone: Europe/London
        left: halo
        right: portal

        syncs:
          companies:
            schedule: every 4h
            left: clients
            right: customers
            direction: left-to-right
            match: name <-> name
            fields:
              - name <-> name
              - inactive -> archived
              - name.upperAscii() -> sort_name

          tickets:
            left:
              collection: tickets
              filter: queue in ['Service Desk', 'Network'] && status != 'Spam'
            right: {collection: requests, updated: changed}
            match:
              - external_ref <-> id
              - summary <-> title: {ignore_case: true}
            fields:
              - summary <-> title
              - client_id <-> customer_id:
                  link: companies
              - status <-> state:
                  values: {New: open, In Progress: doing, Waiting: doing, Closed: done}
                  to_left: {doing: In Progress}
                  unmapped: hold
              - priority <-> urgency:
                  values: {file: maps/urgency.csv}
              - minutes <-> hours:
                  to_right: value / 60.0
                  to_left: int(value * 60.0)
              - user.first + ' ' + user.last -> requester
              - id -> external_ref:
                  when: create
            deletes: propagate
            conflicts: newest
            out_of_scope: freeze
            limits: {creates: 200, updates: 30%, deletes: 10}
        """,
    ])

    @Test("the example of the reference has no mistakes")
    func noMistakes() {
        let checked = WholeJobTests.folder.check()
        #expect(WholeJobTests.folder.page(checked.diagnostics) == "")
        #expect(checked.jobs.map(\.name) == ["helpdesk"])
        #expect(checked.connections.keys.sorted() == ["halo", "portal"])
    }

    @Test("what stands at the top of the file is the job")
    func top() throws {
        let job = try WholeJobTests.folder.job()
        #expect(job.description == "HaloPSA tickets and the customer portal, both ways.")
        #expect(job.isEnabled)
        #expect(job.connections == Sides(left: "halo", right: "portal"))
        #expect(job.syncs.map(\.name.description) == ["helpdesk/companies", "helpdesk/tickets"])
    }

    @Test("a sync's own schedule counts before the job's, and the job's zone for both")
    func schedules() throws {
        let syncs = try WholeJobTests.folder.job().syncs
        #expect(syncs.map { $0.timing.schedule?.description } == ["every 4h", "every 10m"])
        #expect(syncs.map(\.timing.timeZone) == ["Europe/London", "Europe/London"])
        #expect(syncs[0].timing.place?.start.line == 12)
        #expect(syncs[1].timing.place?.start.line == 5)
    }

    @Test("a one-way sync creates only where it writes")
    func companies() throws {
        let sync = try WholeJobTests.folder.job().syncs[0]
        #expect(sync.direction == .leftToRight)
        #expect(sync.creates == [.right])
        #expect(sync.collections.left.name == "clients")
        #expect(sync.collections.left.filter == nil)
        #expect(sync.match.map(\.text) == ["name <-> name"])
        #expect(sync.fields.map(\.flow) == [.both, .to(.right), .to(.right)])
        #expect(sync.fields.map { $0.path(on: .left)?.text } == ["name", "inactive", nil])
        #expect(sync.fields.map { $0.path(on: .right)?.text } == ["name", "archived", "sort_name"])
    }

    @Test("a filter is a program that knows where it stands")
    func filter() throws {
        let reference = try WholeJobTests.folder.job().syncs[1].collections.left
        #expect(reference.name == "tickets")
        #expect(reference.filterPlace?.start.line == 25)
        let filter = try #require(reference.filter)
        let inScope: Object = ["queue": .text("Network"), "status": .text("New")]
        let spam: Object = ["queue": .text("Network"), "status": .text("Spam")]
        #expect(try filter.evaluateBool(Scope(record: inScope)))
        #expect(try !filter.evaluateBool(Scope(record: spam)))
    }

    @Test("a sync keeps its policies and its limits with their places")
    func policies() throws {
        let sync = try WholeJobTests.folder.job().syncs[1]
        #expect(sync.deletes == .propagate)
        #expect(sync.conflicts == .newest)
        #expect(sync.outOfScope == .freeze)
        #expect(sync.fields.allSatisfy { $0.conflicts == .newest })
        #expect(sync.limits.creates?.amount == .count(200))
        #expect(sync.limits.updates?.amount == .percent(30))
        #expect(sync.limits.deletes?.amount == .count(10))
        #expect(sync.limits.readDrop.amount == .percent(50))
        #expect(sync.limits.creates?.place?.start.line == 49)
        #expect(sync.limits.readDrop.place == nil)
        #expect(sync.after == [SyncName(job: "helpdesk", sync: "companies")])
    }

    @Test("each match is read with its options")
    func match() throws {
        let match = try WholeJobTests.folder.job().syncs[1].match
        #expect(match.map(\.text) == ["external_ref <-> id", "summary <-> title"])
        #expect(match.map(\.ignoresCase) == [false, true])
    }

    @Test("a link, a table, a table from a file and conversions are what they say")
    func fields() throws {
        let fields = try WholeJobTests.folder.job().syncs[1].fields
        #expect(fields[1].link?.sync.description == "helpdesk/companies")
        #expect(fields[1].linkMissing == .wait)
        let states = try #require(fields[2].values)
        #expect(states.value(on: .right, for: .text("Waiting")) == .text("doing"))
        #expect(states.value(on: .left, for: .text("doing")) == .text("In Progress"))
        #expect(states.value(on: .left, for: .text("done")) == .text("Closed"))
        #expect(states.value(on: .left, for: .text("gone")) == nil)
        let urgency = try #require(fields[3].values)
        #expect(urgency.value(on: .right, for: .int(1)) == .text("critical"))
        #expect(urgency.value(on: .right, for: .text("left")) == nil)
        let hours = try #require(fields[4].conversions.right)
        #expect(try hours.evaluate(Scope(extras: [("value", .double(90))])) == .double(1.5))
        #expect(fields[4].conversions.left != nil)
        #expect(fields[6].when == .create)
    }
}
