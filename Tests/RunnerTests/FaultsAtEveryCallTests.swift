import Model
import Runner
import TestKit
import Testing
import Values

/// Something goes wrong at a call to a server; after at most two more runs all is as it would have been.
@Suite(.serialized)
struct FaultsAtEveryCallTests {
    static let kinds: [FakeKind] = [.pages, .chosen, .batch, .keyed, .groups, .assigned]

    /// Each kind on either side; in the long mode each with each.
    static let pairs: [Sides<FakeKind>] =
        isFull
        ? kinds.flatMap { left in kinds.map { Sides(left: left, right: $0) } }
        : zip(kinds, kinds.dropFirst() + kinds.prefix(1)).map { Sides(left: $0, right: $1) }

    static let syncs = """
        syncs:
          things:
            left: things
            right: things
            match: name <-> title
            deletes: propagate
            retry: {attempts: 10, backoff: 1m}
            fields: [code <-> code, name <-> title, note <-> memo]
        """

    private static func record(_ number: Int, _ names: [String], _ code: String? = nil) -> Object {
        Object([
            ("id", .int(Int64(number))), ("code", .text(code ?? "c\(number)")),
            (names[0], .text("n\(code ?? "\(number)")")),
            (names[1], .text("a")),
        ])
    }

    private static let names = Sides(left: ["name", "note"], right: ["title", "memo"])

    /// Two servers in step, and what people did since: every kind of change, on both sides.
    private func setting(_ kinds: Sides<FakeKind>) async throws -> Setting {
        let servers = Sides(left: kinds.left.options(id: "code"), right: kinds.right.options(id: "code")).map {
            FakeServer($0)
        }
        for side in Side.allCases {
            for number in 1...8 { servers[side].put(Self.record(number, Self.names[side])) }
        }
        let story = try Story(Self.syncs, servers: ["desk/things": servers.left, "shop/things": servers.right])
        try #require(try await story.run() == "things nothing")
        for side in Side.allCases {
            let first = side == .left ? 1 : 4
            servers[side].edit(code: "c\(first)") { $0[Self.names[side][1]] = .text("\(side)") }
            servers[side].remove(code: "c\(first + 1)")
            servers[side].edit(code: "c7") { $0[Self.names[side][side == .left ? 0 : 1]] = .text("\(side)") }
            for new in 1...2 { servers[side].put(Self.record(20 + new, Self.names[side], "\(side)\(new)")) }
        }
        for side in Side.allCases {
            servers[side].forgetCalls()
            servers[side].clearLog()
        }
        return Setting(story: story, servers: servers)
    }

    private struct Setting {
        var story: Story
        let servers: Sides<FakeServer>

        /// What both sides hold, without the ids that a server gives as it pleases.
        var end: Sides<[String]> {
            servers.map { server in
                server.records.map { record in
                    Object(record.filter { name, _ in name != "id" }.sorted { $0.0 < $1.0 }.map { ($0.0, $0.1) })
                }.map { JSON.text(.object($0)) }.sorted()
            }
        }

        /// Whether nothing can tell if a record was made: its maker gives the ids, and knows nothing of what it was asked. Then it is held,
        /// and not made again.
        func isInDoubt(_ fault: FakeFault, _ side: Side, _ kinds: Sides<FakeKind>) throws -> Bool {
            guard kinds[side] == .assigned, [.lost, .cut, .serverError].contains(fault) else { return false }
            let held = try story.held()
            let codes = servers[side].records.compactMap { $0["code"] }
            #expect(Set(codes).count == codes.count)
            return !held.isEmpty && held.allSatisfy { $0.contains("doubt") }
        }

        mutating func run() async throws -> String {
            // What failed is asked for again once its time has come.
            let now = Timestamp(story.clock) ?? .earliest
            story.clock = "\(now.adding(.seconds(90_000)) ?? now)"
            return try await story.run()
        }
    }

    @Test("whatever goes wrong at whichever call, the end is the same, and nothing is made twice", arguments: pairs)
    func everyFault(kinds: Sides<FakeKind>) async throws {
        var undisturbed = try await setting(kinds)
        try #require(try await undisturbed.run() == "things left +2 ~2 -1, right +2 ~2 -1")
        let end = undisturbed.end
        let calls = undisturbed.servers.map(\.callCount)
        var cases = 0
        for side in Side.allCases {
            for call in 1...calls[side] {
                for fault in FakeFault.allCases {
                    var setting = try await setting(kinds)
                    // Nothing but the count tells that a listing is not whole.
                    if !setting.servers[side].canTell(fault) { continue }
                    setting.servers[side].fail(fault, at: call)
                    var told = [try await setting.run()]
                    for server in [setting.servers.left, setting.servers.right] { server.heal() }
                    while told.count < 3, told.last != "things nothing" { told.append(try await setting.run()) }
                    cases += 1
                    let place = "\(fault) at call \(call) of the \(side): \(told)"
                    if try setting.isInDoubt(fault, side, kinds) {
                        #expect(setting.end != end, "\(place)")
                        continue
                    }
                    #expect(setting.end == end, "\(place)")
                    #expect(try setting.story.held() == [], "\(place)")
                    #expect(try await setting.story.plan() == "things nothing", "\(place)")
                    for server in [setting.servers.left, setting.servers.right] {
                        let made = server.log.filter { $0.verb == .create }.map { $0.fields.description }
                        #expect(Set(made).count == made.count, "\(place)")
                    }
                }
            }
        }
        #expect(cases > 100)
        figure("faults at calls", cases)
    }
}

extension FakeServer {
    /// Whether anything tells a run that a fault of this kind happened.
    fileprivate func canTell(_ fault: FakeFault) -> Bool {
        switch fault {
        case .truncated, .shifts: false
        default: true
        }
    }

    fileprivate func edit(code: String, _ body: (inout Object) -> Void) {
        if let id = id(code) { edit(id, body) }
    }

    fileprivate func remove(code: String) {
        if let id = id(code) { remove(id) }
    }

    private func id(_ code: String) -> RecordID? {
        records.first { $0["code"] == .text(code) }?[options.idFields[0].text].flatMap { RecordID($0) }
    }
}
