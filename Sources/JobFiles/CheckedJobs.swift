package import Diagnostics
package import Model

/// What came of checking the files of a jobs folder.
package struct CheckedJobs: Sendable {
    /// The jobs that have no error, by the order of their files. A job is not among them where its file, a connection
    /// that it uses, or a file that it names has one.
    package var jobs: [Job]
    /// The connections that have no error, by name.
    package var connections: [String: Connection]
    /// The tests of jobs that have no error, in the order of their files.
    package var tests: [MappingTest]
    /// Who is told of what: those that have no error, in the order of the file.
    package var notifiers: [Notifier] = []
    /// All mistakes of all files, in source order.
    package var diagnostics: [Diagnostic]

    package var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }
}
