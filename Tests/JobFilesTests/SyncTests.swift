import CEL
import Cron
import Diagnostics
import JobFiles
import Model
import Testing
import Values

struct SyncTests {
    @Test("what is left out has the safe default")
    func defaults() throws {
        let sync = try Folder().sync()
        #expect(sync.direction == .twoWay)
        #expect(sync.creates == [.left, .right])
        #expect(sync.deletes == .ignore)
        #expect(sync.deleteVersusEdit == .hold)
        #expect(sync.match.isEmpty)
        #expect(sync.firstRun == .sync)
        #expect(sync.firstValues == .hold)
        #expect(sync.conflicts == .hold)
        #expect(sync.outOfScope == .freeze)
        #expect(sync.fullRead == .seconds(86_400))
        #expect(sync.retry == Retry(attempts: 5, backoff: .seconds(300)))
        #expect(sync.after.isEmpty)
        #expect(sync.limits.creates == nil)
        #expect(sync.limits.updates?.amount == .percent(50))
        #expect(sync.limits.deletes?.amount == .percent(10))
        #expect(sync.timing.schedule == nil)
        #expect(sync.timing.timeZone == "UTC")
        #expect(sync.place.start.line == 5)
    }

    @Test("every choice of a sync is read", arguments: Direction.allCases)
    func directions(direction: Direction) throws {
        let sync = try Folder(sync: "direction: \(direction.rawValue)").sync()
        #expect(sync.direction == direction)
        #expect(sync.creates == Set(Side.allCases.filter(direction.writes(to:))))
    }

    @Test(
        "where records may be made can be said apart from the direction",
        arguments: [("both", [Side.left, .right]), ("left", [.left]), ("right", [.right]), ("none", [])])
    func creates(word: String, sides: [Side]) throws {
        #expect(try Folder(sync: "creates: \(word)").sync().creates == Set(sides))
    }

    @Test("first values, conflicts and deletes take each of their words")
    func policies() throws {
        for policy in FirstValues.allCases {
            #expect(try Folder(sync: "first_values: \(policy.rawValue)").sync().firstValues == policy)
        }
        for policy in ConflictPolicy.allCases {
            let sync = try Folder(sync: "conflicts: \(policy.rawValue)").sync()
            #expect(sync.conflicts == policy)
            #expect(sync.fields[0].conflicts == policy)
        }
        for policy in [DeletePolicy.ignore, .propagate] {
            #expect(try Folder(sync: "deletes: \(policy.rawValue)").sync().deletes == policy)
        }
        #expect(try Folder(sync: "first_run: link\nmatch: id <-> id").sync().firstRun == .link)
    }

    @Test("limits are counts or percentages, and 0 allows none")
    func limits() throws {
        let limits = try Folder(sync: "limits: {creates: 0, updates: 12.5%, deletes: 100%, read_drop: 5}").sync().limits
        #expect(limits.creates?.amount == .count(0))
        #expect(limits.updates?.amount == .percent(12.5))
        #expect(limits.deletes?.amount == .percent(100))
        #expect(limits.readDrop.amount == .count(5))
    }

    @Test("a whole read is always, or every so often")
    func fullRead() throws {
        #expect(try Folder(sync: "full_read: always").sync().fullRead == nil)
        #expect(try Folder(sync: "full_read: every 7d").sync().fullRead == .seconds(604_800))
    }

    @Test("a schedule may be in parts: an interval or a cron expression, a window")
    func schedule() throws {
        let timing = try Folder(sync: "schedule: {cron: 30 2 * * 1-5, window: 'Mon-Fri 01:00-05:00'}")
            .sync().timing
        #expect(timing.schedule?.description == "30 2 * * 1-5")
        #expect(timing.window?.text == "Mon-Fri 01:00-05:00")
        #expect(try Folder(sync: "schedule: {every: 1h30m}").sync().timing.schedule?.description == "every 1h30m")
        #expect(try Folder(sync: "schedule: manual").sync().timing.schedule == .manual)
    }

    @Test("a collection may bring a filter and settings of its connector")
    func collection() throws {
        let job = """
            job: crm
            left: desk
            right: files
            syncs:
              companies:
                left: {collection: clients, filter: active, view: all}
                right: {collection: 2024, id: [country, code], delimiter: ";"}
                fields: [name <-> name]
            """
        let sides = try Folder(job: job).sync().collections
        #expect(sides.left.filter?.path?.text == "active")
        #expect(sides.left.settings.map(\.name) == ["view"])
        #expect(sides.right.name == "2024")
        #expect(sides.right.settings.map(\.name) == ["id", "delimiter"])
        guard case .list(let names)? = sides.right.settings.first?.content else {
            throw Unexpected("no list")
        }
        #expect(names.count == 2)
    }

    @Test("a sync comes after those that it names and those that it links to, each once, and never after itself")
    func after() throws {
        let job = """
            job: crm
            left: desk
            right: files
            syncs:
              a: {left: a, right: a, fields: [x <-> x]}
              b: {left: b, right: b, fields: [x <-> x]}
              c:
                left: c
                right: c
                after: [a, shop/orders]
                fields:
                  - a <-> a: {link: a}
                  - b <-> b: {link: b}
                  - parent <-> parent: {link: c}
                  - order <-> order: {link: shop/orders}
            """
        let shop = """
            job: shop
            left: desk
            right: files
            syncs:
              orders: {left: orders, right: orders, fields: [x <-> x]}
            """
        let checked = Folder(["crm.yaml": job, "shop.yaml": shop]).check()
        let sync = try #require(checked.jobs.first?.syncs.last)
        #expect(sync.after.map(\.description) == ["crm/a", "shop/orders", "crm/b"])
        #expect(sync.fields.map { $0.link?.sync.description } == ["crm/a", "crm/b", "crm/c", "shop/orders"])
        #expect(checked.diagnostics == [])
    }
}
