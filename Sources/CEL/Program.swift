package struct Program: Sendable, Hashable { package let source: String }
package struct EvaluationFailure: Error, Hashable { package var message: String }
