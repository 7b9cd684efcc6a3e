import Model
import Synchronization
import TestKit
import Values

/// The people who use both systems beside Lockstep, and what they remember of it.
final class People: Sendable {
    struct Memory: Sendable {
        var things: [String: Thing] = [:]
        var companies: [String: Company] = [:]
        var lastValue = 0
        var lastID = Sides(left: 0, right: 0)
        /// What was deleted on each side, and may be put back.
        var removed = Sides<[Object]>(left: [], right: [])
        /// Whose each id is.
        var tokens = Sides<[String: String]>(left: [:], right: [:])
        /// Whether the last run went to its end with no accident.
        var isQuiet = true
        /// What happened, in words.
        var told: [String] = []
    }

    let kinds: Sides<SideKind>
    let collections: Sides<[String: PeoplesCollection]>
    private let state = Mutex(Memory())

    init(_ kinds: Sides<SideKind>, _ collections: Sides<[String: PeoplesCollection]>) {
        self.kinds = kinds
        self.collections = collections
    }

    func remember<R: Sendable>(_ body: (inout Memory) -> sending R) -> R { state.withLock { body(&$0) } }

    func tell(_ line: String) { remember { $0.told.append(line) } }

    func fresh(_ prefix: String) -> String {
        remember { memory in
            memory.lastValue += 1
            return "\(prefix)\(memory.lastValue)"
        }
    }

    func things(_ side: Side) -> PeoplesCollection { collections[side]["things"] ?? .csv(path: "") }
    func companies(_ side: Side) -> PeoplesCollection { collections[side]["companies"] ?? .csv(path: "") }

    func token(_ record: Object) -> String? { Records.text(record["token"]) }

    func shown(_ record: Object, _ side: Side) -> Shown {
        Records.shown(record, side, companies: companies(side).records, idField: kinds[side].idField("code"))
    }

    /// The record of a thing on a side, as it is now.
    func record(_ token: String, _ side: Side) -> Object? {
        things(side).records.first { self.token($0) == token }
    }

    private func set(_ value: String, _ field: Field, in record: inout Object, _ side: Side) {
        let companies = field == .company ? self.companies(side).records : []
        Records.set(value, field, in: &record, side, companies: companies, idField: kinds[side].idField("code"))
    }

    /// An id that no record of the side has or had; nil where the system gives it.
    private func newID(_ side: Side, _ collection: PeoplesCollection) -> Value? {
        guard case .int(let next)? = collection.nextID else { return nil }
        return remember { memory in
            memory.lastID[side] = max(Int(next), memory.lastID[side] + 1)
            return .int(Int64(memory.lastID[side]))
        }
    }

    /// Remembers whose the ids are that stand on a side now.
    func noteIDs(_ side: Side) {
        let (field, records) = (kinds[side].idField("token"), things(side).records)
        let numbers = companies(side).records.compactMap { Records.text($0["id"]).flatMap { Int($0) } }
        remember { memory in
            for record in records {
                guard let id = Records.text(record[field]), let token = Records.text(record["token"]) else { continue }
                memory.tokens[side][id] = token
                if let number = Int(id) { memory.lastID[side] = max(memory.lastID[side], number) }
            }
            memory.lastID[side] = max(memory.lastID[side], numbers.max() ?? 0)
        }
    }
}

// What they do.
extension People {
    func create(_ side: Side, _ b: Int, _ c: Int) {
        let token = fresh("k")
        var values: [(Field, String)] = [(.name, fresh("n")), (.status, "0")]
        if c & 1 == 0 { values.append((.note, fresh("v"))) }
        if c & 2 == 0 { values.append((.pick, fresh("v"))) }
        if c & 4 == 0 { values.append((.extra, fresh("v"))) }
        let codes = companies(side).records.compactMap { Records.text($0["code"]) }
        if !codes.isEmpty, b % 4 != 0 { values.append((.company, codes[b % codes.count])) }
        values += body
        make(token, side, values)
        tell("\(side) makes \(token)")
    }

    private var body: [(Field, String)] { (0..<Field.lineCount).map { (.line($0), "line \($0)") } }

    /// Makes the same thing on both sides; some of its values differ.
    func twins(_ a: Int) {
        let token = fresh("k")
        let common = [(Field.name, fresh("n"))] + body
        let note = fresh("v")
        for side in Side.allCases {
            let notes = a & 1 == 0 ? fresh("v") : note
            let more = [
                (Field.note, notes), (.pick, a & 2 == 0 ? fresh("v") : note),
                (.status, side == .left && a & 4 == 0 ? "1" : "0"),
            ]
            make(token, side, common + more)
        }
        remember { $0.things[token]?.areTwins = true }
        tell("both make \(token)")
    }

    private func make(_ token: String, _ side: Side, _ values: [(Field, String)]) {
        var record = Object()
        let id = newID(side, things(side))
        if let id { record["id"] = id }
        record["token"] = .text(token)
        for (field, value) in values { set(value, field, in: &record, side) }
        record[Records.count[side]] = .int(0)
        if kinds.left != .csv, kinds.right != .csv { record[Records.tags[side]] = .list([]) }
        if side == .left { record["scope"] = .text("on") }
        things(side).change { $0.append(record) }
        noteIDs(side)
        remember { memory in
            var thing = memory.things[token] ?? Thing(token: token)
            for (field, value) in values { thing.histories[field, default: History()].write(value, over: nil) }
            memory.things[token] = thing
        }
    }

    private func pick(_ side: Side, _ number: Int) -> (record: Object, token: String)? {
        let records = things(side).records
        guard !records.isEmpty else { return nil }
        let record = records[number % records.count]
        return token(record).map { (record, $0) }
    }

    private func replace(_ token: String, _ side: Side, _ body: (inout Object) -> Void) {
        things(side).change { records in
            guard let at = records.firstIndex(where: { self.token($0) == token }) else { return }
            body(&records[at])
        }
    }

    /// - Parameter spared: the ids of records that nobody edits now.
    func edit(_ side: Side, _ a: Int, _ b: Int, _ c: Int, sparing spared: Set<RecordID> = []) {
        guard let (record, token) = pick(side, b) else { return }
        if let id = record[kinds[side].idField("token")].flatMap({ RecordID($0) }), spared.contains(id) { return }
        let shown = shown(record, side)
        switch c % 13 {
        case 0:
            // Twins that have other names by the time they are met are two.
            if !remember({ $0.things[token]?.areTwins ?? true }) { write(fresh("n"), .name, token, side, shown) }
        case 1, 2: write(fresh("v"), .note, token, side, shown)
        case 3: write(fresh("v"), .pick, token, side, shown)
        case 4:
            let known = remember { memory in memory.things[token]?.histories[.status] }
            let free = (0..<Setup.stateCount).first { !(known?.knows("\($0)") ?? false) }
            if let free { write("\(free)", .status, token, side, shown) }
        case 5:
            let known = remember { memory in memory.things[token]?.histories[.company] }
            let codes = companies(side).records.compactMap { Records.text($0["code"]) }
            if let free = codes.first(where: { !(known?.knows($0) ?? false) }) {
                write(free, .company, token, side, shown)
            }
        case 6: write(fresh("v"), .extra, token, side, shown)
        case 7, 8, 9: write(fresh("l"), .line(a / 2 % Field.lineCount), token, side, shown)
        case 10: add(token, side)
        default: tag(token, side, shown, adds: c % 13 == 11)
        }
    }

    private func write(_ value: String, _ field: Field, _ token: String, _ side: Side, _ shown: Shown) {
        replace(token, side) { set(value, field, in: &$0, side) }
        noteMurk(token) { Murk.edited($0, side, field) }
        remember { $0.things[token]?.histories[field, default: History()].write(value, over: shown.fields[field]) }
        tell("\(side) sets \(field) of \(token) to \(value), where it was '\(shown.fields[field] ?? "")'")
    }

    private func noteMurk(_ token: String, _ isMurky: @Sendable (Thing) -> Bool) {
        remember { memory in
            if let thing = memory.things[token], isMurky(thing) { memory.things[token]?.isMurky = true }
        }
    }

    private func add(_ token: String, _ side: Side) {
        noteMurk(token) { Murk.added($0, side) }
        let bit = remember { memory -> Int in
            let bit = 1 << (memory.things[token]?.nextBit ?? 0)
            memory.things[token]?.nextBit += 1
            memory.things[token]?.count += bit
            return bit
        }
        replace(token, side) { record in
            let old = Records.text(record[Records.count[side]]).flatMap { Int($0) } ?? 0
            record[Records.count[side]] = .int(Int64(old + bit))
        }
        tell("\(side) adds \(bit) to \(token)")
    }

    private func tag(_ token: String, _ side: Side, _ shown: Shown, adds: Bool) {
        guard kinds.left != .csv, kinds.right != .csv else { return }
        noteMurk(token) { Murk.edited($0, side, nil) }
        guard let tag = adds ? fresh("t") : shown.tags.sorted().first else { return }
        let tags = adds ? shown.tags.union([tag]) : shown.tags.subtracting([tag])
        replace(token, side) { $0[Records.tags[side]] = .list(tags.sorted().map { .text($0) }) }
        remember { memory in
            guard var thing = memory.things[token] else { return }
            if adds { thing.tags.added.insert(tag) } else { thing.tags.removed.insert(tag) }
            memory.things[token] = thing
        }
        tell("\(side) \(adds ? "adds" : "removes") the tag \(tag) of \(token)")
    }

    /// Sets a field to what the other side has.
    func agree(_ side: Side, _ b: Int, _ c: Int) {
        guard let (record, token) = pick(side, b), let other = self.record(token, side.other) else { return }
        let field = Field.plain[c % Field.plain.count]
        let shown = shown(record, side)
        guard let value = self.shown(other, side.other).fields[field], value != shown.fields[field] else { return }
        if field == .company, !companies(side).records.contains(where: { Records.text($0["code"]) == value }) { return }
        write(value, field, token, side, shown)
        remember { _ = $0.things[token]?.agreed.insert(field) }
    }

    func remove(_ side: Side, _ b: Int) {
        guard let (record, token) = pick(side, b) else { return }
        let shown = shown(record, side)
        let isThere = self.record(token, side.other) != nil
        things(side).change { records in records.removeAll { self.token($0) == token } }
        remember { memory in
            memory.removed[side].removeAll { self.token($0) == token }
            memory.removed[side].append(record)
            guard var thing = memory.things[token] else { return }
            thing.isMurky = thing.isMurky || Murk.removed(thing, side, isOnOther: isThere)
            thing.removals[side] = shown
            thing.buried.formUnion(shown.fields.values)
            memory.things[token] = thing
        }
        tell("\(side) deletes \(token)")
    }

    /// Puts back what was deleted, under its old id, with another note.
    func restore(_ side: Side, _ b: Int) {
        let removed = remember { $0.removed[side] }
        guard !removed.isEmpty else { return }
        var record = removed[b % removed.count]
        let field = kinds[side].idField("token")
        guard let token = token(record), self.record(token, side) == nil,
            !things(side).records.contains(where: { $0[field]?.asCell == record[field]?.asCell })
        else { return }
        // Not where the id is by now that of another: it would be that one, edited.
        if let id = Records.text(record[field]), remember({ $0.tokens[side][id] ?? token }) != token { return }
        // Nor where its partner was put back before, with another name: they would be two.
        let (other, isMet) = (self.record(token, side.other), remember { $0.things[token]?.isMet ?? false })
        if let other, !isMet, self.shown(other, side.other).fields[.name] != self.shown(record, side).fields[.name] {
            return
        }
        let shown = shown(record, side)
        let note = fresh("v")
        set(note, .note, in: &record, side)
        let now = self.shown(record, side)
        things(side).change { $0.append(record) }
        let isGone = other == nil
        remember { memory in
            guard var thing = memory.things[token] else { return }
            // Where its partner went with it, or a run saw that both are gone, it is a new thing. Else it is the same, put back.
            if isGone, thing.isForgotten || thing.removals[side.other] == nil {
                thing.isMet = false
                thing.isForgotten = false
                thing.histories = [:]
                for (field, value) in now.fields { thing.histories[field, default: History()].write(value, over: nil) }
                thing.count = now.count
                thing.tags = (now.tags, [])
                thing.removals = Sides(left: nil, right: nil)
            } else {
                thing.histories[.note, default: History()].write(note, over: shown.fields[.note])
                thing.removals[side] = nil
                if Murk.restored(thing, isOnOther: !isGone) {
                    (thing.isMurky, thing.isMet) = (true, false)
                    // A field that was not mapped went with its record.
                    thing.histories[.extra]?.settle(now.fields[.extra])
                }
                if !thing.isMet {
                    thing.know(now)
                    thing.areTwins = !isGone
                }
            }
            memory.things[token] = thing
        }
        tell("\(side) puts \(token) back")
    }

    func changeScope(_ b: Int) {
        guard let (record, token) = pick(.left, b) else { return }
        let scope = record["scope"] == .text("off") ? "on" : "off"
        replace(token, .left) { $0["scope"] = .text(scope) }
        remember { memory in
            guard var thing = memory.things[token] else { return }
            thing.wasOut = true
            thing.isMurky = thing.isMurky || Murk.leftScope(thing)
            memory.things[token] = thing
        }
        tell("left sets the scope of \(token) to \(scope)")
    }

    func company(_ side: Side) {
        let (code, name) = (fresh("c"), fresh("n"))
        var record: Object = ["code": .text(code), "name": .text(name)]
        if let id = newID(side, companies(side)) { record["id"] = id }
        companies(side).change { $0.append(record) }
        remember { $0.companies[code, default: Company()].names.write(name, over: nil) }
        tell("\(side) makes the company \(code)")
    }

    func renameCompany(_ side: Side, _ b: Int) {
        let records = companies(side).records
        guard !records.isEmpty, let code = Records.text(records[b % records.count]["code"]) else { return }
        let (old, name) = (Records.text(records[b % records.count]["name"]), fresh("n"))
        companies(side).change { $0[b % records.count]["name"] = .text(name) }
        remember { memory in
            var company = memory.companies[code] ?? Company()
            company.isMurky = company.isMurky || company.inDoubt.contains(side)
            company.names.write(name, over: old)
            memory.companies[code] = company
        }
        tell("\(side) names the company \(code) \(name)")
    }
}
