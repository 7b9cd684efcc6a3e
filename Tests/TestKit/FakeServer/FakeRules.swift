package import Model
internal import Synchronization
internal import Values

/// What a fake server does not take, which people change while it runs: for ``FakeOptions/refuses``.
package final class FakeRules: Sendable {
    private struct Rule {
        var field: String
        /// The value that is not taken; nil for any.
        var value: String?
        var outcome: WriteOutcome
    }

    private let rules = Mutex<[Rule]>([])

    package init() {}

    /// Has each write that sets a field to a value come to an outcome, without effect.
    ///
    /// - Parameter value: as text; nil for any.
    package func add(_ field: String, _ value: String?, _ outcome: WriteOutcome) {
        rules.withLock { $0.append(Rule(field: field, value: value, outcome: outcome)) }
    }

    /// Takes everything again.
    package func clear() { rules.withLock { $0 = [] } }

    package func outcome(of write: WriteRequest) -> WriteOutcome? {
        rules.withLock { rules in
            rules.first { rule in
                write.fields.contains { field in
                    field.path.text == rule.field && (rule.value == nil || field.value.text == rule.value)
                }
            }?.outcome
        }
    }
}
