import CEL
import Model
import Synchronization
import Values

/// What trials of mappings came to. Jobs are written after each other's pattern, so that a check meets the same conversion in many: it
/// is tried once.
package final class TripMemory: Sendable {
    private let known = Mutex<[TripKey: [Loss]]>([:])

    package init() {}

    /// The losses of a mapping, tried where no other mapping was that gives the same ones.
    func losses(_ key: TripKey, _ find: () -> [Loss]) -> [Loss] {
        if let losses = known.withLock({ $0[key] }) { return losses }
        // Trials are long, and two at once of one mapping come to the same.
        let losses = find()
        known.withLock { $0[key] = losses }
        return losses
    }
}

/// All that decides what a two-way field without a table loses: two fields with the same key lose the same values in the same way.
struct TripKey: Hashable {
    /// Reasons for a hold name the arrow.
    private let text: TextKey
    private let paths: Sides<FieldPath?>
    private let conversions: Sides<TextKey?>
    private let type: ValueType?
    private let format: DateFormat?
    private let empty: Empty
    private let forms: Sides<ValueForm>

    init(_ mapping: FieldMapping, _ forms: Sides<ValueForm>) {
        text = TextKey(mapping.text)
        paths = Sides(left: mapping.path(on: .left), right: mapping.path(on: .right))
        conversions = mapping.conversions.map { $0.map { TextKey($0.source) } }
        type = mapping.type
        format = mapping.format
        empty = mapping.empty
        self.forms = forms
    }
}
