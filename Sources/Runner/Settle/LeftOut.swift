package import Model
import Reconcile
import Values

/// Something of a run that is not put back, as it is shown.
package struct LeftOut: Sendable, Hashable {
    package var side: Side
    package var id: String
    /// The field's arrow; nil for a whole record.
    package var field: String?
    /// A sentence.
    package var reason: String
}

extension LeftOut {
    init(_ left: Undoing.LeftOut) {
        self.init(side: left.side, id: left.id.key, field: left.field, reason: Self.sentence(left.reason, left.side))
    }

    /// A write that was not made.
    init(_ hold: Hold, _ words: HoldWords) {
        let side: Side =
            switch hold.reason {
            case .moved(let side), .refused(let side, _): side
            default: hold.ids.left == nil ? .right : .left
            }
        let id = hold.ids[side] ?? hold.ids[side.other]
        self.init(side: side, id: id?.key ?? "", field: nil, reason: words.sentence(hold))
    }

    private static func sentence(_ reason: Undoing.Reason, _ side: Side) -> String {
        switch reason {
        case .edited(let wrote, let now):
            "it was edited since: the run wrote \(wrote.shown), and now it holds \(now.shown)"
        case .recordEdited(let fields) where fields.isEmpty: "the record holds more than the run wrote, and stays"
        case .recordEdited(let fields): "the record was edited since, and stays: \(fields.joined(separator: ", "))"
        case .gone: "the record is gone"
        case .back: "a record of this id is there again, and is not what was deleted"
        case .replaced(let id, let partner):
            "the record is gone, and \(side.other) \(partner) is linked with \(side) \(id) now"
        case .unknownID(let made):
            "the run was cut off before the \(made) told under which id it made the record, if it did"
        case .notLinked: "the record has no link any more"
        case .notMapped: "the sync has no such field any more"
        case .idIsAssigned:
            "the \(side) gives new records ids of its own, and nothing tells what the record was linked with"
        case .unreadable: "the record cannot be read"
        case .cannot(let verb): "the \(side) cannot \(verb) records"
        }
    }
}
