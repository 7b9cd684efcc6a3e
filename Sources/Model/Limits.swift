package import Diagnostics

/// How much a run may do, per side, before a brake stops it.
package struct Limits: Sendable {
    package var creates: Limit?
    package var updates: Limit?
    package var deletes: Limit?
    /// How far a collection may have shrunk since it was last read whole.
    package var readDrop: Limit

    package init(
        creates: Limit? = nil, updates: Limit? = Limit(.percent(50)), deletes: Limit? = Limit(.percent(10)),
        readDrop: Limit = Limit(.percent(50))
    ) {
        self.creates = creates
        self.updates = updates
        self.deletes = deletes
        self.readDrop = readDrop
    }
}

extension Limits {
    package subscript(verb: WriteRequest.Verb) -> Limit? {
        switch verb {
        case .create: creates
        case .update: updates
        case .delete: deletes
        }
    }
}

/// What limits of a job file were, for the run that first meets another one.
package struct WriteLimits: Sendable, Hashable {
    package var amounts: [WriteRequest.Verb: Limit.Amount]

    package init(amounts: [WriteRequest.Verb: Limit.Amount]) { self.amounts = amounts }

    package init(_ limits: Limits) {
        amounts = [:]
        for verb in WriteRequest.Verb.allCases { amounts[verb] = limits[verb]?.amount }
    }

    package subscript(verb: WriteRequest.Verb) -> Limit.Amount? { amounts[verb] }
}

/// One limit, as written or by default.
package struct Limit: Sendable {
    package enum Amount: Sendable, Hashable {
        case count(Int)
        /// Of the links that there are.
        case percent(Double)
    }

    package var amount: Amount
    /// Where it is written; nil for a default.
    package var place: Place?

    package init(_ amount: Amount, at place: Place? = nil) {
        self.amount = amount
        self.place = place
    }

    /// Below so many links a percentage means little, and ``smallCount`` holds in its place.
    package static let smallCollection = 20
    package static let smallCount = 5

    /// Whether the limit is less than everything there is.
    package var isBelowAll: Bool {
        if case .percent(let percent) = amount { percent < 100 } else { true }
    }

    /// The greatest number allowed with so many links; 100 % or more allow everything.
    package func allowed(of links: Int) -> Int {
        switch amount {
        case .count(let count): count
        case .percent(0): 0
        case .percent(100...): Int.max
        case .percent where links < Self.smallCollection: Self.smallCount
        case .percent(let percent): Int((Double(links) * percent / 100).rounded(.down))
        }
    }
}

extension Limit.Amount {
    /// Reads what ``description`` spells; nil for anything else.
    package init?(_ text: String) {
        if text.hasSuffix("%") {
            guard let percent = Double(text.dropLast()), percent >= 0, percent.isFinite else { return nil }
            self = .percent(percent)
        } else {
            guard let count = Int(text), count >= 0 else { return nil }
            self = .count(count)
        }
    }
}

extension Limit.Amount: CustomStringConvertible {
    package var description: String {
        switch self {
        case .count(let count): return String(count)
        case .percent(let percent):
            let whole = Int(percent)
            return Double(whole) == percent ? "\(whole)%" : "\(percent)%"
        }
    }
}
