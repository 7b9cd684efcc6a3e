import Model
import Values

/// A record that is to be made, worked out but for the id where it needs a new one.
struct Draft: Sendable {
    /// The record that it is made from.
    var source: RecordID
    var fingerprint: Fingerprint
    /// The base of the link to come.
    var base: ByteArena.Range
    /// The numbers of the fields that are set.
    var fields: [Int]
    /// The id that the fields say; nil where they leave it open.
    var id: RecordID?
    /// Whether the new record will have something to say to its source, which the next run carries over.
    var speaksBack: Bool
}

/// What became of drafting a record.
enum Drafting: Sendable {
    case draft(Draft)
    // Indirect, because there are as many draftings as new records, and what is rare would make each of them large.
    /// It waits for a record of its own collection.
    indirect case waits(for: RecordID, Hold.Reason, rule: Int)
    indirect case held(Hold)
    case outOfScope
}

/// Works out what new records get. A draft follows from its record and the links alone.
struct Drafter {
    let rules: [FieldRule]
    /// For each rule, the field that it writes on a side, where that makes records' ids.
    let idPaths: Sides<[FieldPath?]>
    private let idFields: Sides<[FieldPath]>
    private let sync: Sync
    // Reused, so that a record costs no buffers of its own.
    private var base: [UInt8] = []
    private var fields: [Int] = []
    private var idParts: [(path: FieldPath, value: Value)] = []
    /// The fields of the last draft: those of the next are mostly the same, and then share their memory.
    private var lastFields: [Int] = []

    init(_ inputs: Inputs) {
        let forms = inputs.capabilities.map(\.values)
        let rules = inputs.sync.fields.enumerated().map { number, mapping in
            FieldRule(mapping, number: number, direction: inputs.sync.direction, forms: forms)
        }
        self.rules = rules
        idFields = inputs.capabilities.map(\.idFields)
        idPaths = Sides(left: Self.idPaths(rules, inputs, .left), right: Self.idPaths(rules, inputs, .right))
        sync = inputs.sync
    }

    private static func idPaths(_ rules: [FieldRule], _ inputs: Inputs, _ side: Side) -> [FieldPath?] {
        rules.map { rule in
            rule.paths[side].flatMap { inputs.capabilities[side].idFields.contains($0) ? $0 : nil }
        }
    }

    /// Drafts a record on the other side.
    ///
    /// - Parameter arena: takes the base.
    mutating func draft(_ record: SideRecord, _ links: KnownLinks, into arena: inout ByteArena) -> Drafting {
        let side = record.side.other
        base.removeAll(keepingCapacity: true)
        fields.removeAll(keepingCapacity: true)
        idParts.removeAll(keepingCapacity: true)
        var speaksBack = false
        for rule in rules {
            base.append(rule.number == 0 ? UInt8(ascii: "[") : UInt8(ascii: ","))
            do {
                if try !fill(rule, record, links) { speaksBack = speaksBack || rule.flows(to: record.side) }
            } catch {
                return failed(record, rule, error)
            }
        }
        if rules.isEmpty { base.append(UInt8(ascii: "[")) }
        base.append(UInt8(ascii: "]"))
        if fields != lastFields { lastFields = fields }
        return .draft(
            Draft(
                source: record.id, fingerprint: record.fingerprint, base: arena.append(base), fields: lastFields,
                id: id(on: side), speaksBack: speaksBack || isNews(to: record.side)))
    }

    /// Adds what a field holds on both sides; false where it does not go to the new record.
    private mutating func fill(
        _ rule: FieldRule, _ record: SideRecord, _ links: KnownLinks
    ) throws(Hold.Reason) -> Bool {
        let side = record.side.other
        guard rule.flows(to: side) else {
            Base.encode(nil, to: &base)
            return false
        }
        let value = try rule.read(record.object, on: record.side)
        guard rule.mapping.when != .update,
            case .value(let translated) = try rule.translate(value, to: side, record: record.object, links: links),
            rule.hasPath[side]
        else {
            add(value, rule.stored(.null, on: side), from: record.side)
            return true
        }
        // A blank id is none: the record gets one of its own.
        let idPath = idPaths[side][rule.number]
        if translated != .null, idPath == nil || !translated.isBlank { fields.append(rule.number) }
        if let idPath { idParts.append((idPath, translated)) }
        add(value, translated, from: record.side)
        return true
    }

    private mutating func add(_ source: Value, _ made: Value, from side: Side) {
        let values = side == .left ? Sides(left: source, right: made) : Sides(left: made, right: source)
        Base.encode(Base.Entry(values), to: &base)
    }

    private func failed(_ record: SideRecord, _ rule: FieldRule, _ reason: Hold.Reason) -> Drafting {
        if case .parentNotLinked(_, let parentSync, let parent) = reason, parentSync == sync.name {
            return .waits(for: parent, reason, rule: rule.number)
        }
        var ids = Sides<RecordID?>(left: nil, right: nil)
        ids[record.side] = record.id
        return .held(Hold(ids: ids, reason: reason, place: rule.mapping.place))
    }

    /// The id that the fields make.
    private func id(on side: Side) -> RecordID? {
        var parts: [Value] = []
        for path in idFields[side] {
            guard let value = idParts.first(where: { $0.path == path })?.value, !value.isBlank else { return nil }
            if idFields[side].count == 1 { return RecordID(value) }
            parts.append(value)
        }
        return RecordID(.list(parts))
    }

    /// Whether the new record has an id that its source could not say, and that a field carries back.
    private func isNews(to source: Side) -> Bool {
        guard idFields[source.other].count == 1, idParts.contains(where: { $0.value.isBlank }) else { return false }
        return rules.contains { $0.flows(to: source) && idPaths[source.other][$0.number] != nil }
    }
}
