package import Diagnostics
package import Model

/// What came of a test.
package struct TestResult: Sendable {
    package var test: MappingTest
    /// What is not as it was expected; empty where the test passed.
    package var failures: [TestFailure]

    package var passed: Bool { failures.isEmpty }

    /// The failure as a message that points at the test, at what it expects, and at the mapping behind it; nil where it passed.
    package var diagnostic: Diagnostic? {
        if passed { return nil }
        return Diagnostic(
            .error, ReadingCode.failedTest.rawValue, "the test '\(test.name)' of \(test.sync) fails", at: test.place,
            notes: failures.flatMap(\.notes))
    }
}

/// One thing of a test that is not as it was expected.
package struct TestFailure: Sendable, Hashable {
    /// A sentence without a full stop.
    package var message: String
    /// What the test expects.
    package var place: Place?
    /// The arrow that gives the field its value, or the line that decided.
    package var cause: Cause?

    package struct Cause: Sendable, Hashable {
        package var message: String
        package var place: Place
    }

    var notes: [Diagnostic.Note] {
        [Diagnostic.Note(message, at: place)] + (cause.map { [Diagnostic.Note($0.message, at: $0.place)] } ?? [])
    }
}
