import CEL
import Diagnostics
import Model
import Reconcile
import Values

/// Two one-way arrows that follow each other round: what one makes of a field, the other writes back into it.
struct Circles {
    private let sync: Sync
    private let forms: Sides<ValueForm>

    init(_ sync: Sync, _ forms: Sides<ValueForm>) {
        self.sync = sync
        self.forms = forms
    }

    var findings: [Diagnostic] {
        guard sync.direction == .twoWay else { return [] }
        var findings: [Diagnostic] = []
        for there in sync.fields where isLasting(there) && there.flow == .to(.right) {
            for back in sync.fields where isLasting(back) && back.flow == .to(.left) {
                guard let read = source(there, .left), let written = back.path(on: .left), read == written,
                    source(back, .right) == there.path(on: .right)
                else { continue }
                findings += finding(there, back, read)
            }
        }
        return findings
    }

    private func isLasting(_ mapping: FieldMapping) -> Bool {
        mapping.link == nil && (mapping.when == .always || mapping.when == .update)
    }

    /// The one field that an arrow reads of its source; nil where it reads more than one, or none.
    private func source(_ mapping: FieldMapping, _ side: Side) -> FieldPath? {
        switch mapping.ends[side] {
        case .field(let path): return path
        case .expression(let program):
            let paths = program.uses.paths
            return program.uses.readsWholeRecord || paths.count != 1 ? nil : paths[0]
        }
    }

    private func finding(_ there: FieldMapping, _ back: FieldMapping, _ path: FieldPath) -> [Diagnostic] {
        let trips = (RoundTrip(there, sync.direction, forms), RoundTrip(back, sync.direction, forms))
        var moved: Walk?
        for value in EdgeValues.all(there.type, forms.left) where !value.isBeyondDoubles {
            guard let walk = Walk(value, path, trips), walk.steps.count > 1 else { continue }
            if walk.isEndless { return [diagnostic(walk, there, back)] }
            moved = moved ?? walk
        }
        return moved.map { [diagnostic($0, there, back)] } ?? []
    }

    private func diagnostic(_ walk: Walk, _ there: FieldMapping, _ back: FieldMapping) -> Diagnostic {
        let code = walk.isEndless ? RoundTripCode.neverRests : .changesByItself
        let message =
            walk.isEndless
            ? TripWords.endless(walk.steps.map(\.quoted), .left)
            : "\(walk.steps[0].quoted) on the left is set to \(walk.steps[walk.steps.count - 1].quoted) by the next runs, though nobody edited it"
        return Diagnostic(
            code.severity, code.rawValue, message, at: there.place,
            notes: [Diagnostic.Note("this arrow writes back what that one makes", at: back.place)])
    }
}

/// What becomes of a field of the left, run after run.
private struct Walk {
    /// The first value, and each that it is set to.
    private(set) var steps: [Value] = []
    private(set) var isEndless = false

    /// nil where the value goes nowhere.
    init?(_ value: Value, _ path: FieldPath, _ trips: (there: RoundTrip, back: RoundTrip)) {
        var record = Object()
        guard record.set(value, at: path) else { return nil }
        steps = [value]
        for _ in 0..<8 {
            guard let right = trips.there.crossed(record, from: .left),
                let left = trips.back.crossed(right, from: .right),
                let next = left.value(at: path)
            else { return }
            if trips.back.isSame(next, steps[steps.count - 1], on: .left) { return }
            steps.append(next)
            record = left
        }
        isEndless = true
    }
}
