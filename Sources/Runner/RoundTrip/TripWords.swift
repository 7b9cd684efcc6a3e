import Diagnostics
import Model
import Reconcile
import Values

/// The sentences about what does not come back.
struct TripWords {
    private let mapping: FieldMapping
    private let sync: Sync
    private let trip: RoundTrip

    init(_ mapping: FieldMapping, _ sync: Sync, _ trip: RoundTrip) {
        self.mapping = mapping
        self.sync = sync
        self.trip = trip
    }

    /// - Parameter others: what else is lost, told in notes.
    func diagnostic(
        _ loss: Loss, _ others: [Loss], _ code: RoundTripCode = .noRoundTrip, _ severity: Severity? = nil
    ) -> Diagnostic {
        let walk = loss.walk(trip)
        let code = walk.isEndless ? .neverRests : loss.isMoving ? .changesByItself : code
        let message =
            walk.isEndless ? Self.endless(walk.steps.map { show($0, loss.side) }, loss.side) : sentence(loss)
        let reason: [Diagnostic.Note] =
            if case .stuck(_, let reason) = loss.end { [Diagnostic.Note(words(reason))] } else { [] }
        return Diagnostic(
            severity ?? code.severity, code.rawValue, message, at: mapping.place,
            notes: reason + others.map { Diagnostic.Note(sentence($0)) })
    }

    /// - Parameter steps: the first value, and each that it is set to.
    static func endless(_ steps: [String], _ side: Side) -> String {
        let next = steps.dropFirst().prefix(3).joined(separator: ", then ")
        return "\(steps[0]) on the \(side) is set to \(next), and so on without end: "
            + "a step further whenever a run looks at the records again, though nobody edited it"
    }

    func sentence(_ loss: Loss) -> String {
        let (side, other) = (loss.side, loss.side.other)
        let value = show(loss.value, side)
        switch loss.end {
        case .stays, .same: return ""
        case .changed(let there, let back):
            let path = mapping.path(on: other)?.text ?? ""
            return "\(value) on the \(side) becomes \(show(there, other)), which comes back as \(show(back, side)): "
                + "the \(side) stays so until '\(path)' is edited on the \(other)"
        case .stuck(let there, _):
            return "\(value) on the \(side) becomes \(show(there, other)), which cannot come back: "
                + "an edit on the \(other) that ends there is held"
        case .altered(let there, let back?):
            return "\(value) on the \(side) is \(show(there, other)) once it is read on the \(other), "
                + "which comes back as \(show(back, side)): a later run sets the \(side) to that, though nobody edited the field"
        case .altered(let there, nil):
            return "\(value) on the \(side) is written as \(show(there, other)) on the \(other), "
                + "which cannot be read there again: the record is held from then on"
        }
    }

    private func words(_ reason: Hold.Reason) -> String {
        HoldWords(sync).sentence(Hold(ids: Sides(left: nil, right: nil), reason: reason))
    }

    /// As the side spells it.
    private func show(_ value: Value, _ side: Side) -> String { trip.spelled(value, on: side).quoted }
}

extension Value {
    /// The value in a sentence: text between apostrophes, all else as JSON.
    var quoted: String {
        let text: String
        switch self {
        case .text(let own): text = own
        case .timestamp, .date, .duration: text = ValueType.text.spell(self)
        default: return shown
        }
        if text.isEmpty { return "an empty text" }
        let escaped = text.escapedForDisplay
        let isLong = escaped.unicodeScalars.count > 60
        return "'" + (isLong ? String(String.UnicodeScalarView(escaped.unicodeScalars.prefix(59))) + "…" : escaped)
            + "'"
    }
}
