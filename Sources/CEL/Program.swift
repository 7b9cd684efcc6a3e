package import Values

package struct Program: Sendable, Hashable {
    package let source: String
    package func evaluate(_ scope: Scope) throws(EvaluationFailure) -> Value { .null }
}
package struct Scope { package init(record: Object, extras: [(String, Value)] = []) {} }
package struct EvaluationFailure: Error, Hashable { package var message: String }
