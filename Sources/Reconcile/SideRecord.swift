import CEL
import Model
import Values

/// A record of one side, parsed, with what the planner asks of it.
struct SideRecord {
    var side: Side
    /// Its number among the kept records of the snapshot.
    var number: Int
    var id: RecordID
    var fingerprint: Fingerprint
    var object: Object
    var updated: Timestamp?
}

/// What became of reading a record.
enum Reading {
    case inScope(SideRecord)
    case outOfScope(RecordID)
    case held(Hold)
}

/// What became of parsing a record, whether it is in scope or not.
enum Parsing {
    case record(SideRecord)
    case held(Hold)
}

/// Whether a record takes part.
enum ScopeAnswer {
    case inside
    case outside
    /// It cannot be told.
    case held(Hold)
}

/// Parses kept records and tells which are in scope. A class, because a snapshot is much to copy for each of them.
final class SideReader: Sendable {
    let side: Side
    let snapshot: Snapshot
    private let collection: CollectionReference
    private let updatedField: FieldPath?

    init(_ side: Side, _ inputs: Inputs) {
        self.side = side
        snapshot = inputs.snapshots[side]
        collection = inputs.sync.collections[side]
        updatedField = inputs.capabilities[side].updatedField
    }

    func read(_ number: Int) -> Reading {
        meet(number).standing
    }

    /// The record of a number, in scope or not, and where it stands; no record where its bytes spell none.
    func meet(_ number: Int) -> (record: SideRecord?, standing: Reading) {
        switch parse(number) {
        case .held(let hold): return (nil, .held(hold))
        case .record(let record):
            switch scope(of: record.object, record.id) {
            case .inside: return (record, .inScope(record))
            case .outside: return (record, .outOfScope(record.id))
            case .held(let hold): return (record, .held(hold))
            }
        }
    }

    func parse(_ number: Int) -> Parsing {
        let id = snapshot.id(number)
        let object: Object
        do {
            object = try snapshot.decode(number)
        } catch {
            return .held(hold(id, .malformed(side: side, message: error.message)))
        }
        return .record(
            SideRecord(
                side: side, number: number, id: id, fingerprint: snapshot.kept[number].fingerprint, object: object,
                updated: updatedField.flatMap { object.value(at: $0) }.flatMap(Timestamp.init(from:))))
    }

    func scope(of object: Object, _ id: RecordID) -> ScopeAnswer {
        guard let filter = collection.filter else { return .inside }
        do {
            return try passes(filter, object) ? .inside : .outside
        } catch {
            return .held(hold(id, error))
        }
    }

    private func passes(_ filter: Program, _ object: Object) throws(Hold.Reason) -> Bool {
        let result: Value
        do {
            result = try filter.evaluate(Scope(record: object))
        } catch {
            throw .filter(side: side, message: error.message)
        }
        guard case .bool(let passes) = result else {
            throw .filter(side: side, message: "it gives \(result.kind), not true or false")
        }
        return passes
    }

    private func hold(_ id: RecordID, _ reason: Hold.Reason) -> Hold {
        var ids = Sides<RecordID?>(left: nil, right: nil)
        ids[side] = id
        return Hold(ids: ids, reason: reason, place: collection.filterPlace ?? collection.place)
    }
}

extension Timestamp {
    /// The instant of a value that says when a record was last changed: an instant, its text, a day, or seconds since 1970.
    init?(from value: Value) {
        switch value {
        case .timestamp(let timestamp): self = timestamp
        case .text(let text):
            if let timestamp = Timestamp(text) {
                self = timestamp
            } else if let date = CalendarDate(text) {
                self.init(seconds: CivilTime(date: date).secondsSinceEpoch)
            } else {
                return nil
            }
        case .date(let date): self.init(seconds: CivilTime(date: date).secondsSinceEpoch)
        case .int(let seconds): self.init(seconds: seconds)
        default: return nil
        }
    }
}
