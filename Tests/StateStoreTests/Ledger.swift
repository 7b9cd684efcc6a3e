import FileIO
import Model
import StateStore
import TestKit
import Values

/// The state of a sync in a folder of its own, and runs that are written into it.
struct Ledger {
    static let sync = SyncName(job: "crm", sync: "things")

    let scratch: ScratchFolder
    var fields = ["name <-> title"]

    init() throws {
        scratch = try ScratchFolder()
        try Disk().makeFolder(folder.path)
    }

    /// A copy of all files of another ledger.
    init(copying other: Ledger) throws {
        try self.init()
        fields = other.fields
        try Disk().makeFolder(folder.path + "/runs")
        for name in other.files { try write(name, try other.read(name)) }
    }

    var folder: SyncFolder { StateFolder(scratch.path, disk: Disk()).sync(Self.sync) }

    /// The names of all files, from the sync's folder.
    var files: [String] {
        let top = ((try? Disk().list(folder.path)) ?? []).filter { $0 != "runs" && $0 != "lock" }
        return top + ((try? Disk().list(folder.path + "/runs")) ?? []).map { "runs/" + $0 }
    }

    func read(_ name: String) throws -> [UInt8] { try Disk().read(folder.path + "/" + name) }

    func write(_ name: String, _ bytes: [UInt8]) throws { try scratch.write("crm/things/" + name, bytes) }

    func load() throws -> SyncStore { try SyncStore(folder, fields: fields) }

    /// Writes a run, and gives the store as it is then. An operation's outcome stands at the end of its line; one without an outcome
    /// is left in doubt, as by a process that died.
    @discardableResult
    func run(_ name: String, on store: SyncStore? = nil, _ lines: [String]) throws -> SyncStore {
        let journal = RunJournal(try store ?? load(), run: name)
        let plan = try PlanSketch(lines, journal.store)
        try journal.settle(plan.plan.settlements, of: plan.plan)
        for side in Side.allCases {
            let numbers = plan.plan.operations.indices.filter { plan.plan.operations[$0].side == side }
            for number in numbers { try journal.intend(number, plan.plan.operations[number], of: plan.plan) }
            try journal.sync()
            for number in plan.order(numbers) {
                guard let outcome = plan.outcomes[number] else { continue }
                try journal.record(outcome, of: number, plan.plan.operations[number], in: plan.plan)
            }
            try journal.giveUp(numbers.filter(plan.givenUp.contains), why: "no \"disk\"\n")
            try journal.sync()
        }
        try journal.finish()
        return journal.store
    }
}

extension SyncStore {
    /// The links as short text, such as `1=a A`, in the order of their left ids; `?` stands behind one of which a record has to be
    /// looked at again.
    var text: String {
        get throws {
            let live = links.numbers.filter { !links.isRemoved($0) }
            let bases = try bases(of: live)
            let lines = try live.map { link in
                let base = try bases.base(of: link)
                let values = base?.entries.map { entry in
                    guard let values = entry?.values else { return "-" }
                    return values.left == values.right
                        ? JSON.text(values.left) : JSON.text(values.left) + "/" + JSON.text(values.right)
                }
                let isOpen = Side.allCases.contains { links.fingerprint(link, $0) == .none }
                return "\(links.id(link, .left))=\(links.id(link, .right)) "
                    + (values?.joined(separator: ",") ?? "none") + (isOpen ? " ?" : "")
            }
            return lines.sorted().joined(separator: "; ")
        }
    }
}

/// A plan in short text, a line each: `link 1=a: A`, `agree 1=a: B`, `forget 1=a`, `pass left 9`, `create right a from 1: A done`,
/// `update left 1: B moved`, `delete right a refused`,
/// `delete right a failed`.
struct PlanSketch {
    var plan: Plan
    var outcomes: [Int: WriteOutcome] = [:]
    /// Those that are given up together.
    var givenUp: Set<Int> = []
    private let links: LinkTable

    init(_ lines: [String], _ store: SyncStore) throws {
        plan = Plan(sync: Ledger.sync)
        plan.fieldSets = [[0]]
        links = store.links
        for line in lines { try add(line.split(separator: " ").map(String.init)) }
    }

    /// `#7` is a number, `["a"]` a list of several fields, anything else text; a colon behind it is none of it.
    static func id(_ text: String) -> RecordID {
        let key = text.filter { $0 != ":" }
        if key.hasPrefix("#") { return RecordID(key: String(key.dropFirst()), kind: .number) }
        return RecordID(key: key, kind: key.hasPrefix("[") ? .composite : .text)
    }

    /// Outcomes come back in another order than writes went out.
    func order(_ numbers: [Int]) -> [Int] {
        numbers.count > 2 ? Array(numbers.dropFirst(2) + numbers.prefix(2)) : numbers
    }

    private mutating func add(_ words: [String]) throws {
        if let kind = Settlement.Kind(rawValue: words[0]) { return try settle(kind, words) }
        guard let verb = WriteRequest.Verb(rawValue: words[0]), let side = Side(rawValue: words[1]) else {
            throw Breach("\(words)")
        }
        let target = Self.id(words[2])
        let link = verb == .create ? nil : links.find(target, on: side)
        if verb != .create, link == nil { throw Breach("no link of \(target)") }
        let source = verb == .create ? Self.id(words[4]) : links.id(link!, side.other)
        let outcome = ["done", "moved", "refused", "failed"].contains(words.last) ? words.last : nil
        let value = verb == .delete ? "" : words[verb == .create ? 5 : 3]
        var fingerprints = Sides(left: Fingerprint.none, right: Fingerprint.none)
        fingerprints[side.other] = Self.fingerprint(value)
        plan.operations.append(
            Operation(
                verb: verb, side: side, link: Int32(link ?? -1), target: plan.intern(target),
                source: plan.intern(source), fingerprints: fingerprints, base: verb == .delete ? .empty : base(value),
                before: verb == .create ? .empty : plan.arena.append(Array(#"["before"]"#.utf8))))
        let number = plan.operations.count - 1
        switch outcome {
        case "done": outcomes[number] = .stored(verb == .delete ? .none : Self.fingerprint(value + "!"))
        case "moved": outcomes[number] = .moved
        case "refused": outcomes[number] = .refused("it \"says\" no\n")
        case "failed": givenUp.insert(number)
        default: break
        }
    }

    private mutating func settle(_ kind: Settlement.Kind, _ words: [String]) throws {
        let empty = IDRange(range: .empty, kind: .text)
        var ids = Sides(left: empty, right: empty)
        var link: Int?
        if kind == .pass {
            guard let side = Side(rawValue: words[1]) else { throw Breach("\(words)") }
            ids[side] = plan.intern(Self.id(words[2]))
        } else {
            let keys = words[1].filter { $0 != ":" }.split(separator: "=").map { Self.id(String($0)) }
            ids = Sides(left: plan.intern(keys[0]), right: plan.intern(keys[1]))
            if kind != .link { link = links.find(keys[0], on: .left) }
            if kind != .link, link == nil { throw Breach("no link \(words[1])") }
        }
        let value = words.count > 2 ? words[2] : ""
        let print = Self.fingerprint(value)
        plan.settlements.append(
            Settlement(
                kind: kind, link: Int32(link ?? -1), ids: ids, fingerprints: Sides(left: print, right: print),
                base: kind == .link || kind == .agree ? base(value) : .empty))
    }

    private mutating func base(_ value: String) -> ByteArena.Range {
        var bytes: [UInt8] = []
        Base(entries: [Base.Entry(Sides(left: .text(value), right: .text(value)))]).encode(to: &bytes)
        return plan.arena.append(bytes)
    }

    static func fingerprint(_ text: String) -> Fingerprint { Fingerprint(of: Array(text.utf8)) }
}
