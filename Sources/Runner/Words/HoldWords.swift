import Diagnostics
import Model
import StateStore
import Values

/// The sentences about what a run leaves alone.
struct HoldWords {
    private let sync: Sync

    init(_ sync: Sync) { self.sync = sync }

    func item(_ hold: Hold) -> QueueItem {
        QueueItem(
            state: state(of: hold.reason), ids: hold.ids.map { $0?.key }, cause: cause(of: hold.reason).name,
            reason: sentence(hold), place: hold.place?.fileAndLine)
    }

    private func state(of reason: Hold.Reason) -> QueueItem.State {
        switch reason {
        case .conflict, .firstValues, .noNewest, .deletedAndEdited, .leftScopeAndEdited: .conflict
        case .parentNotLinked, .parentAwaited, .moved, .askedLater, .mayBeUnread: .waiting
        case .refused, .forbidden, .putOff: .failed
        default: .held
        }
    }

    /// The stable name of a kind of reason.
    func cause(of reason: Hold.Reason) -> Cause {
        switch reason {
        case .conflict: .conflict
        case .firstValues: .firstValues
        case .noNewest: .noNewest
        case .needsType: .needsType
        case .ambiguousMatch: .ambiguousMatch
        case .malformed: .malformed
        case .mayBeUnread: .mayBeUnread
        case .filter: .filterError
        case .evaluation: .evaluationError
        case .wrongType: .wrongType
        case .unmapped: .unmappedValue
        case .parentNotLinked: .parentNotLinked
        case .parentAwaited: .parentMade
        case .parentCycle: .parentCycle
        case .notAnID: .notAnID
        case .noNewID: .noNewID
        case .idTaken, .idOutOfScope: .idTaken
        case .changesID: .changesID
        case .deletedAndEdited: .deletedAndEdited
        case .leftScopeAndEdited: .leftScopeAndEdited
        case .createInDoubt, .madeInDoubt: .createInDoubt
        case .inDoubt: .inDoubt
        case .notAllowed: .notAllowed
        case .cannot: .notPossible
        case .refused, .putOff: .refused
        case .oscillation: .oscillation
        case .forbidden: .notPermitted
        case .askedLater: .askedLater
        case .moved: .moved
        }
    }

    func sentence(_ hold: Hold) -> String {
        let mending = MendingCommands(sync.name, hold.ids)
        return switch hold.reason {
        case .conflict(let field, let base, let now):
            "\(field): both sides changed it: left from \(show(base.left)) to \(show(now.left)), right from \(show(base.right)) to \(show(now.right)). Make them agree, set 'conflicts', or take one\(mending.resolve)"
        case .firstValues(let field, let now):
            "\(field): first met with \(show(now.left)) on the left and \(show(now.right)) on the right. Make them agree, set 'first_values', or take one\(mending.resolve)\(typeHint(now))"
        case .needsType(let field, let now):
            "\(field): \(show(now.left)) on the left is \(now.left.kind) and \(show(now.right)) on the right is \(now.right.kind), and nothing says that they mean the same. Give the field a 'type', such as \(Self.type(now))"
        case .noNewest(let field, let now):
            "\(field): \(show(now.left)) on the left and \(show(now.right)) on the right, and their times of change do not say which is newer. Make them agree, set 'updated' on both collections, or take one\(mending.resolve)"
        case .ambiguousMatch(let key, let candidates):
            "several records share the match key \(show(.text(key))): \(list(candidates)). Make their keys differ\(mending.link(among: candidates))"
        case .malformed(let side, let message): "the \(side) record cannot be read: \(message)"
        case .mayBeUnread(let side):
            "it may be on the \(side) already: a record there cannot be read. Nothing is made on the \(side) until all can be"
        case .filter(let side, let message): "the filter of the \(side) cannot be decided: \(message)"
        case .evaluation(let field, let message): "\(field): \(message)"
        case .wrongType(let field, let message): "\(field): \(message)"
        case .unmapped(let field, let value):
            "\(field): the table has no entry for \(show(value)). Add one, or set 'unmapped'"
        case .parentNotLinked(let field, let parent, let id):
            "\(field): \(parent) has no link for \(show(.text(id.key))). The record waits until it has"
        case .parentAwaited(let field, let id):
            "\(field): what \(show(.text(id.key))) is linked with gets its id when it is made. The record follows in the next run"
        case .parentCycle(let field, let id): "\(field): \(show(.text(id.key))) is its own ancestor"
        case .notAnID(let field, let value): "\(field): \(show(value)) names no record"
        case .noNewID(let side, let fields):
            "nothing gives the new record on the \(side) an id: map '\(fields.joined(separator: "', '"))', or set 'new_id' for the collection"
        case .idTaken(let side, let id):
            "a record with the id \(show(.text(id.key))) is on the \(side) already, and no match rule pairs the two\(mending.link(with: id, on: side))"
        case .idOutOfScope(let side, let id):
            "a record with the id \(show(.text(id.key))) is on the \(side) already, and the filter of the \(side) leaves it out"
        case .changesID(let side, let field):
            "'\(field)' names the record on the \(side), and the id of a record that exists is not changed"
        case .deletedAndEdited(let deleted):
            "it was deleted on the \(deleted) and edited on the \(deleted.other). Delete it there too, put it back, or take one side\(mending.resolve)"
        case .leftScopeAndEdited(let left):
            "it left the scope on the \(left) and was edited on the \(left.other). Bring it back into scope, or set 'delete_vs_edit'"
        case .createInDoubt(let side, let fields):
            "a run that was cut off was to make the \(side) record from the \(side.other) one, and a record of that id holds something else in '\(fields.joined(separator: "', '"))'. If it is the one, give it the \(side.other) record's values there; if not, give it none of them, or remove it"
        case .madeInDoubt(let side, let candidates):
            "it was to be made on the \(side), no answer came, and it cannot be told whether it is there\(among(side, candidates)). Give the one that was made all its values, and it is found; if there is none, change or remove what is like it"
        case .notAllowed(let side, let verb):
            "its partner is gone or out of scope, and the job file allows no \(verb) on the \(side): 'direction'\(verb == .create ? " or 'creates'" : "")"
        case .cannot(let side, let verb): "the \(side) cannot \(verb) records"
        case .refused(let side, let message): "the \(side) refused it: \(message)\(mending.retry)"
        case .putOff(let write): "the \(write.side) refused it before, and it is not tried again yet\(mending.retry)"
        case .oscillation(let field, let values, let before):
            "\(field): something on each side sets it back in turn, \(pair(before)) and \(pair(values)), again and again. Stop one of the two, then give both sides one value"
        case .forbidden(let side, let message): "the \(side) does not permit it: \(message)\(mending.retry)"
        case .askedLater(let side, let message):
            "the \(side) asked to be asked later: \(message). The next run asks again"
        case .inDoubt(let side, let verb, let message):
            "the \(side) was asked to \(verb) it, and did not answer: \(message). Whether it did is found out by the next run"
        case .moved(let side): "the \(side) record changed while the run wrote. The next run looks again"
        }
    }

    private func pair(_ values: Sides<Value>) -> String {
        values.left == values.right ? show(values.left) : "\(show(values.left)) | \(show(values.right))"
    }

    private func among(_ side: Side, _ candidates: [RecordID]) -> String {
        if candidates.isEmpty { return "" }
        var ids = Sides<[RecordID]>(left: [], right: [])
        ids[side] = candidates
        return ": it may be \(list(ids))"
    }

    private func list(_ candidates: Sides<[RecordID]>) -> String {
        Side.allCases.compactMap { side in
            let ids = candidates[side]
            guard !ids.isEmpty else { return nil }
            let shown = ids.prefix(5).map(\.key).joined(separator: ", ")
            return "\(side) \(shown)" + (ids.count > 5 ? " and \(ids.count - 5) more" : "")
        }.joined(separator: "; ")
    }

    /// Text on one side and a number on the other are most often one thing that lacks a type.
    private func typeHint(_ now: Sides<Value>) -> String {
        guard let left = ValueTable.spelling(of: now.left), let right = ValueTable.spelling(of: now.right),
            left.hasSameBytes(as: right)
        else { return "" }
        return ", or give the field a 'type': they differ in kind alone (\(now.left.kind) and \(now.right.kind))"
    }

    /// The type that the value that is no text suggests.
    static func type(_ now: Sides<Value>) -> String {
        let value = if case .text = now.left { now.right } else { now.left }
        return switch value {
        case .bool: "bool"
        case .int, .uint: "int"
        default: "decimal"
        }
    }

    private func show(_ value: Value) -> String { value.shown }
}

extension Value {
    /// The value for people, on one line, shortened, with control characters escaped.
    package var shown: String {
        guard case .text(let content) = self else { return JSON.text(self).shortenedForDisplay(columns: 80) }
        return "\"" + content.replacing("\"", with: "\\\"").shortenedForDisplay(columns: 78) + "\""
    }
}
