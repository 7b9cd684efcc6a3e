internal import Connectors
internal import Diagnostics
internal import FileIO
internal import JobFiles
internal import Model
internal import Runner
internal import StateStore
internal import TestKit
internal import Values

/// Plays an episode: people and accidents as the steps say, runs in between, then runs without accidents, and the model's verdict.
package struct Machine {
    /// What an episode was found to break.
    package struct Failure: Error, CustomStringConvertible, Sendable {
        package let episode: Episode
        package let wrong: [String]
        package let told: [String]

        package var description: String {
            (["\(episode)"] + told.map { "  " + $0 } + wrong.map { "wrong: " + $0 }).joined(separator: "\n")
        }
    }

    private let episode: Episode
    private let scratch: ScratchFolder
    let people: People
    let servers: [String: FakeServer]
    private var setup: Setup
    private var workspaces: [Setup: Workspace] = [:]
    private var accidents: [Step] = []
    private var now = Timestamp("2026-11-21T10:00:00Z") ?? .earliest
    private var wrong: [String] = []
    /// How many runs there were.
    package private(set) var runs = 0

    /// Plays an episode to its end.
    ///
    /// - Returns: what is wrong; nil where nothing is.
    package static func play(_ episode: Episode) async throws -> Failure? {
        var machine = try Machine(episode)
        try await machine.play()
        let told = machine.people.remember { $0.told }
        return machine.wrong.isEmpty ? nil : Failure(episode: episode, wrong: machine.wrong, told: told)
    }

    private init(_ episode: Episode) throws {
        self.episode = episode
        let kinds = Sides(left: episode.left, right: episode.right)
        setup = Setup(kinds: kinds)
        scratch = try ScratchFolder(inMemory: true)
        let path = scratch.path
        var servers: [String: FakeServer] = [:]
        var collections = Sides<[String: PeoplesCollection]>(left: [:], right: [:])
        for folder in ["jobs", "left", "right"] { try Disk().makeFolder("\(path)/\(folder)") }
        for side in Side.allCases {
            for name in ["things", "companies"] {
                switch kinds[side] {
                case .jsonl:
                    collections[side][name] = .jsonLines(path: try scratch.write("\(side)/\(name).jsonl", ""))
                case .csv:
                    let names = name == "things" ? Self.columns[side] : ["id", "code", "name"]
                    let file = try scratch.write("\(side)/\(name).csv", names.joined(separator: ",") + "\n")
                    collections[side][name] = .csv(path: file)
                case .server(let kind):
                    let server = FakeServer(kind.options(id: name == "things" ? "token" : "code"))
                    servers["\(side == .left ? "desk" : "shop")/\(name)"] = server
                    collections[side][name] = .server(server)
                }
            }
        }
        self.servers = servers
        people = People(kinds, collections)
    }

    private static let columns = Sides(
        left: ["id", "token", "name", "note", "pick", "status", "count", "body", "company", "scope", "extra"],
        right: ["id", "token", "title", "memo", "choice", "state", "amount", "text", "customer", "label", "more"])

    private mutating func play() async throws {
        for step in episode.steps {
            try await take(step)
            if !wrong.isEmpty { return }
        }
        try await end()
    }

    private mutating func take(_ step: Step) async throws {
        let (a, b, c) = (step.numbers[0], step.numbers[1], step.numbers[2])
        let side: Side = a & 1 == 0 ? .left : .right
        switch step.verb {
        case .create: people.create(side, b, c)
        case .twins: people.twins(b)
        case .edit: people.edit(side, a, b, c)
        case .agree: people.agree(side, b, c)
        case .remove: people.remove(side, b)
        case .restore: people.restore(side, b)
        case .scope: people.changeScope(b)
        case .company: people.company(side)
        case .rename: people.renameCompany(side, b)
        case .map:
            setup.hasExtra.toggle()
            people.tell("the job \(setup.hasExtra ? "maps" : "does not map") 'extra'")
        case .filter:
            setup.isFiltered.toggle()
            people.tell("the job has \(setup.isFiltered ? "a" : "no") filter")
        case .fault, .die, .dieAtCall, .meanwhile: accidents.append(step)
        case .plan: _ = try await reports(.plan, Disk())
        case .run: try await run()
        case .wait: pass(90_000)
        }
    }

    private mutating func pass(_ seconds: Int) { now = now.adding(.seconds(seconds)) ?? now }
}

// Runs.
extension Machine {
    private mutating func workspace() throws -> Workspace {
        if let known = workspaces[setup] { return known }
        try scratch.write("jobs/crm.yaml", setup.job)
        try scratch.write("jobs/connections.yaml", setup.connections(scratch.path))
        let path = scratch.path
        let workspace = try Workspace.load(jobs: path + "/jobs", state: path + "/state", world: world(Disk()))
        guard !workspace.checked.hasErrors else {
            throw Breach(HumanRenderer { workspace.sources[$0] }.render(workspace.diagnostics))
        }
        workspaces[setup] = workspace
        return workspace
    }

    private func world(_ disk: Disk) -> World {
        let now = now
        var world = World(now: { now }, environment: { _ in nil }, disk: disk, holder: { "the machine" })
        world.connect = .servers(servers)
        return world
    }

    private mutating func reports(_ mode: JobRunner.Mode, _ disk: Disk) async throws -> [SyncReport] {
        try await JobRunner(try workspace(), world: world(disk), evenIfNotDue: true).run(Selection(), mode)
    }

    /// A run with the accidents that are to happen in it; then all is looked at.
    @discardableResult
    private mutating func run() async throws -> [SyncReport] {
        pass(3600)
        runs += 1
        let operation = accidents.first { $0.verb == .die }
        let limit = operation.map { 1 + $0.numbers[0] + 64 * ($0.numbers[1] & 3) } ?? .max
        let death = Death(at: limit, Array(servers.values))
        for server in servers.values { server.forgetCalls() }
        var isQuiet = accidents.isEmpty
        let before = isQuiet ? nil : Sides(left: things(.left), right: things(.right))
        for accident in accidents { arm(accident, death) }
        accidents = []
        var reports = try await reports(.run(accepting: nil), death.disk)
        tell(reports, death)
        if let part = operation?.numbers[2], death.isDead { death.tear(part) }
        for server in servers.values { server.heal() }
        // Someone looks at a plan that a brake stopped, and lets it pass.
        for _ in 0..<2 where !death.isDead {
            guard let digest = reports.firstRefused else { break }
            reports = try await self.reports(.run(accepting: digest), Disk())
            tell(reports, death)
        }
        isQuiet = isQuiet && reports.allSatisfy(\.isAtItsEnd)
        if let before { noteDoubts(since: before) }
        look(isAfterRun: isQuiet, held: held(in: reports))
        return reports
    }

    private func tell(_ reports: [SyncReport], _ death: Death) {
        people.tell("run\(death.isDead ? " that died" : ""): " + reports.map(\.inShort).joined(separator: "; "))
    }
}

// What is looked at.
extension Machine {
    /// The things of a side by their tokens.
    private mutating func things(_ side: Side) -> [String: Object] {
        var things: [String: Object] = [:]
        for record in people.things(side).records {
            guard let token = people.token(record) else {
                wrong.append("a record of the \(side) is nobody's: \(JSON.text(.object(record)))")
                continue
            }
            if things[token] != nil { wrong.append("\(token) is twice on the \(side)") }
            things[token] = record
        }
        return things
    }

    /// What changed in a run that met with accidents may be what it wrote and was never told of.
    private mutating func noteDoubts(since before: Sides<[String: Object]>) {
        let counts = Sides(
            left: before.left.mapValues { Records.text($0[Records.count.left]) },
            right: before.right.mapValues { Records.text($0[Records.count.right]) })
        people.remember { memory in
            for (token, count) in counts.left where counts.right[token].map({ $0 != count }) ?? false {
                memory.things[token]?.isSumDue = true
            }
        }
        for side in Side.allCases {
            let now = things(side)
            let changed = Set(now.keys).union(before[side].keys).filter { now[$0] != before[side][$0] }
            people.remember { memory in
                for token in changed { memory.things[token]?.inDoubt.insert(side) }
                for code in memory.companies.keys { memory.companies[code]?.inDoubt.insert(side) }
            }
        }
    }

    /// The things that a run held, by their tokens.
    private func held(in reports: [SyncReport]) -> [String: Verdict.Held] {
        let tokens = people.remember { $0.tokens }
        var held: [String: Verdict.Held] = [:]
        for item in reports.filter({ $0.sync.sync == "things" }).flatMap(\.items) {
            let named = Side.allCases.compactMap { side in item.ids[side].flatMap { tokens[side][$0] } }
            // Where a create is in doubt, the id that it was to have may be another's.
            let isPair = named.count == 2 && item.cause != "create-in-doubt"
            for token in named where held[token] != .pair { held[token] = isPair ? .pair : .record }
        }
        // What is without a link then may be held beside it, and is not made a pair; as it is while a create is asked for again, which
        // the first run does after one that met with an accident.
        let wasQuiet = people.remember { $0.isQuiet }
        if !wasQuiet || reports.flatMap(\.items).contains(where: { $0.cause == "create-in-doubt" }) {
            for (token, thing) in people.remember({ $0.things }) where thing.areTwins && held[token] == nil {
                held[token] = .record
            }
        }
        return held
    }

    private mutating func look(isAfterRun: Bool, held: [String: Verdict.Held]) {
        people.remember { memory in
            memory.isQuiet = isAfterRun
            if isAfterRun { for code in memory.companies.keys { memory.companies[code]?.inDoubt = [] } }
        }
        for side in Side.allCases { people.noteIDs(side) }
        let records = Sides(left: things(.left), right: things(.right))
        for (token, thing) in people.remember({ $0.things }) {
            let verdict = Verdict(shown: shown(token, records))
            let (wrong, next) = verdict.atAnyMoment(
                thing, isAfterRun: isAfterRun, held: held[token] ?? .no)
            self.wrong += wrong.map { "\(token): \($0)" }
            people.remember { $0.things[token] = next }
        }
    }

    private func shown(_ token: String, _ records: Sides<[String: Object]>) -> Sides<Shown?> {
        Sides(
            left: records.left[token].map { people.shown($0, .left) },
            right: records.right[token].map { people.shown($0, .right) })
    }

    /// The accidents are over: after two runs, three where ids are given by a system, all is as it must be.
    private mutating func end() async throws {
        accidents = []
        var reports: [SyncReport] = []
        for _ in 0..<(setup.kinds.left.givesIDs || setup.kinds.right.givesIDs ? 3 : 2) {
            pass(90_000)
            reports = try await run()
            if !wrong.isEmpty { return }
        }
        for report in reports where !report.isAtItsEnd {
            wrong.append("the last run came to no end: \(report.inShort)")
        }
        judge(Set(try heldTokens()))
        for report in try await self.reports(.plan, Disk()) where !(report.plan?.isEmpty ?? true) {
            wrong.append("a further plan is not empty: \(report.inShort)")
        }
        let logs = servers.mapValues { $0.log.count }
        reports = try await run()
        for report in reports where report.written.left.total + report.written.right.total > 0 {
            wrong.append("a further run writes: \(report.inShort)")
        }
        if servers.mapValues({ $0.log.count }) != logs { wrong.append("a further run writes to a server") }
    }

    /// The things that are held; and of those of which it cannot be told whether a record is theirs, since a person took the id that
    /// it was to have, nothing is asked.
    private mutating func heldTokens() throws -> [String] {
        let tokens = people.remember { $0.tokens }
        let statuses = try workspace().status(Selection(), world: world(Disk())).filter { $0.sync.sync == "things" }
        return statuses.flatMap(\.held).flatMap { held in
            var named = [held.ids.left.flatMap { tokens.left[$0] }, held.ids.right.flatMap { tokens.right[$0] }]
                .compactMap(\.self)
            if held.cause == "create-in-doubt", let side = Side.allCases.first(where: { held.ids[$0] == nil }) {
                let candidates = candidates(in: held.reason)
                named += candidates.compactMap { tokens[side][$0] }
                // Of many it names but some; none of them has a partner.
                if candidates.contains("more") {
                    named += people.remember { memory in memory.things.values.filter { !$0.isMet }.map(\.token) }
                }
            }
            people.tell("held: \(named.joined(separator: ", ")), \(held.cause): \(held.reason)")
            // What names a company that nobody can be sure of waits for it.
            let isMurky = people.remember { $0.companies.values.contains(where: \.isMurky) }
            if held.cause == "create-in-doubt" || (held.cause == "parent-not-linked" && isMurky) {
                people.remember { memory in for token in named { memory.things[token]?.isMurky = true } }
            }
            return named.isEmpty ? ["?"] : named
        }
    }

    /// The ids of records of which one may be the one that a run made: `it may be right S-2, S-3. Link it…`.
    private func candidates(in reason: String) -> [String] {
        guard let list = reason.split(separator: "it may be ").dropFirst().first?.split(separator: ". ").first else {
            return []
        }
        return list.split { $0 == " " || $0 == "," }.dropFirst().map(String.init)
    }

    private mutating func judge(_ held: Set<String>) {
        let records = Sides(left: things(.left), right: things(.right))
        let mapped = Set(Field.all.filter { $0 != .extra || setup.hasExtra })
        for (token, thing) in people.remember({ $0.things }).sorted(by: { $0.key < $1.key }) {
            let isOut = setup.isFiltered && records.left[token]?["scope"] == .text("off")
            let wrong = Verdict(shown: shown(token, records)).atTheEnd(
                thing, isHeld: held.contains(token), isOutOfScope: isOut, mapped: mapped)
            self.wrong += wrong.map { "\(token): \($0)" }
        }
        judgeCompanies()
    }

    private mutating func judgeCompanies() {
        for (code, company) in people.remember({ $0.companies }) {
            let names = Side.allCases.map { side in
                people.companies(side).records.filter { Records.text($0["code"]) == code }.map {
                    Records.text($0["name"])
                }
            }
            let isSame = names[0] == names[1] || company.names.heads.count > 1 || company.isMurky
            if names.contains(where: { $0.count != 1 }) || !isSame {
                wrong.append("the company \(code) is \(names[0]) on the left and \(names[1]) on the right")
            }
        }
    }
}

extension [SyncReport] {
    /// The digest of the first plan that a brake stopped.
    fileprivate var firstRefused: String? {
        for report in self {
            if case .refused = report.outcome { return report.plan?.digest }
        }
        return nil
    }
}

extension SyncReport {
    fileprivate var isAtItsEnd: Bool {
        switch outcome {
        case .planned, .untouched: true
        default: false
        }
    }

    fileprivate var inShort: String {
        let name = sync.sync
        switch outcome {
        case .untouched: return "\(name) untouched"
        case .planned:
            let counts = written.left.total + written.right.total == 0 ? plan?.counts ?? written : written
            return Side.allCases.reduce(name) { text, side in
                let count = counts[side]
                return count.total == 0 ? text : text + " \(side) +\(count.creates) ~\(count.updates) -\(count.deletes)"
            } + (items.isEmpty ? "" : " held \(items.count)")
        case .refused(let refusals):
            return "\(name) brake: " + refusals.map { BrakeWords(sync, $0).sentence }.joined(separator: ", ")
        case .failed(let failure): return "\(name) failed: " + FailureWords(failure).sentence
        default: return "\(name) \(outcome)"
        }
    }
}
