import CEL
import Diagnostics
import Model
import Reconcile
import Values

/// Takes values of one field to the other side and back.
struct FieldTrips {
    let mapping: FieldMapping
    let trip: RoundTrip
    let forms: Sides<ValueForm>
    private let words: TripWords
    private let memory: TripMemory

    init(_ mapping: FieldMapping, _ sync: Sync, _ forms: Sides<ValueForm>, _ memory: TripMemory) {
        self.mapping = mapping
        self.forms = forms
        self.memory = memory
        trip = RoundTrip(mapping, sync.direction, forms)
        words = TripWords(mapping, sync, trip)
    }

    var findings: [Diagnostic] {
        if let table = mapping.values { return TableTrips(table, self, words).findings }
        guard goesBothWays, !isPlain, !readsOtherFields else { return [] }
        let losses = memory.losses(TripKey(mapping, forms)) {
            let tried = Sides(left: tries(from: .left), right: tries(from: .right))
            return Side.allCases.compactMap { loss($0, tried) }
        }
        // What changes by itself comes before what does not come back, and what people know before what was met at random.
        guard let worst = losses.first(where: \.isMoving) ?? losses.first(where: { !$0.isRandom }) ?? losses.first
        else { return [] }
        return [words.diagnostic(worst, losses.filter { $0.side != worst.side })]
    }

    /// Whether each side sets the other, again and again.
    var goesBothWays: Bool {
        mapping.link == nil && (mapping.when == .always || mapping.when == .update)
            && Side.allCases.allSatisfy(trip.flows)
    }

    private var isComputed: Bool { mapping.conversions.left != nil || mapping.conversions.right != nil }

    /// Whether values go over as they are: each side then reads what the other wrote.
    private var isPlain: Bool {
        if isComputed { return false }
        return mapping.type == nil || (forms.left == forms.right && mapping.format == nil)
    }

    /// Whether what goes over depends on more of the record than the field: then nothing can be said of a value alone.
    private var readsOtherFields: Bool {
        Side.allCases.contains { side in
            guard let uses = mapping.conversions[side]?.uses else { return false }
            return uses.readsWholeRecord || uses.fields.contains { !$0.mayBeType }
        }
    }

    /// A value, and what becomes of it.
    private typealias Try = (value: Value, end: RoundTrip.End)

    private func tries(from side: Side) -> [Try] {
        EdgeValues.all(mapping.type, forms[side], isComputed: isComputed).compactMap { value in
            trip.held(value, on: side).map { ($0, trip.end(of: $0, from: side)) }
        }
    }

    /// The first value of a side that does not come back, as small as it can be made.
    private func loss(_ side: Side, _ tried: Sides<[Try]>) -> Loss? {
        let kinds = kinds(tried[side.other])
        let losses = meant(tried[side], kinds).lazy.compactMap { Loss($0.value, side, $0.end) }
        if let moving = losses.first(where: \.isMoving) { return moving.shrunk(trip) }
        if let first = losses.first { return first.isOfText ? first : first.shrunk(trip) }
        var random = SeededValues(side, mapping.type)
        for _ in 0..<40 {
            guard let value = trip.held(random.next(like: kinds), on: side),
                let loss = Loss(value, side, trip.end(of: value, from: side))
            else { continue }
            return loss.shrunk(trip, isRandom: true)
        }
        return nil
    }

    /// What a field without a type holds on a side is of the kinds that the mapping gives it there: `int(value)` says that they are
    /// whole numbers. Where none of these goes over, all kinds are tried.
    private func meant(_ tried: [Try], _ kinds: Set<ValueKind>) -> [Try] {
        guard mapping.type == nil else { return tried }
        let meant = tried.filter { kinds.contains(ValueKind($0.value)) }
        return meant.contains { $0.end.there != nil } ? meant : tried
    }

    /// The kinds of value that the mapping gives a side, by what becomes of those of the other one.
    private func kinds(_ others: [Try]) -> Set<ValueKind> {
        guard mapping.type == nil else { return [] }
        var kinds: Set<ValueKind> = [.blank]
        for other in others {
            if let there = other.end.there { kinds.insert(ValueKind(there)) }
        }
        if kinds.contains(.fraction) { kinds.insert(.whole) }
        return kinds
    }
}

/// A value that does not come back as it was.
struct Loss: Sendable {
    let value: Value
    let side: Side
    let end: RoundTrip.End
    /// Whether the value was met at random.
    var isRandom = false

    /// nil where the value comes back, or never goes over.
    init?(_ value: Value, _ side: Side, _ end: RoundTrip.End) {
        switch end {
        case .stays, .same: return nil
        case .changed(_, let back) where value.isBeyondDoubles && value.isSameDouble(back): return nil
        case .stuck where value.isBeyondDoubles: return nil
        case .changed, .stuck, .altered: break
        }
        self.value = value
        self.side = side
        self.end = end
    }

    /// Whether runs change data by themselves.
    var isMoving: Bool { if case .altered = end { true } else { false } }

    /// The value, and what each run after the other sets it to; the last of them, too, is to be set to another one where `isEndless`.
    func walk(_ trip: RoundTrip) -> (steps: [Value], isEndless: Bool) {
        var steps = [value]
        while steps.count < 9 {
            guard case .altered(_, let back?) = trip.end(of: steps[steps.count - 1], from: side),
                let stored = trip.held(back, on: side)
            else { return (steps, false) }
            steps.append(stored)
            if trip.isSame(stored, back, on: side) { return (steps, false) }
        }
        return (steps, true)
    }

    /// Text is chosen so that people understand it: shorter is not better.
    var isOfText: Bool { if case .text = value { true } else { false } }

    /// The same loss of a smaller value, as far as one is found.
    func shrunk(_ trip: RoundTrip, isRandom: Bool = false) -> Loss {
        var smallest = self
        var tries = 300
        search: while tries > 0 {
            for value in smallest.value.smaller {
                tries -= 1
                guard let held = trip.held(value, on: side), held != smallest.value,
                    let loss = Loss(held, side, trip.end(of: held, from: side)), loss.isMoving == isMoving
                else { continue }
                smallest = loss
                continue search
            }
            break
        }
        smallest.isRandom = isRandom
        return smallest
    }
}

extension RoundTrip.End {
    /// What the other side is read to hold; nil where nothing gets there.
    var there: Value? {
        switch self {
        case .stays: nil
        case .same(let there), .changed(let there, _), .stuck(let there, _), .altered(let there, _): there
        }
    }
}

extension Value {
    /// Whether it is a number with more digits than arithmetic in doubles ever keeps, which is not held against a mapping.
    var isBeyondDoubles: Bool {
        guard let digits = exactNumber?.canonical.text.utf8.filter({ (0x30...0x39).contains($0) }) else { return false }
        return digits.count > 15
    }

    fileprivate func isSameDouble(_ other: Value) -> Bool {
        guard let mine = exactNumber, let theirs = other.exactNumber else { return false }
        return mine.double == theirs.double
    }
}
