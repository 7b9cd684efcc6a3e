import Diagnostics
import Model
import Runner
import Values

/// Tests of mappings for programs.
enum TestJSON {
    static func report(_ results: [TestResult], mistakes: [Diagnostic]) -> Object {
        [
            "version": .int(1), "tests": .list(results.map { .object(test($0)) }),
            "passed": .number(results.count { $0.passed }),
            "failed": .number(results.count { !$0.passed }), "diagnostics": DiagnosticsJSON.list(mistakes),
        ]
    }

    private static func test(_ result: TestResult) -> Object {
        [
            "name": .text(result.test.name), "sync": .text("\(result.test.sync)"),
            "file": .text(result.test.place.file), "line": .number(result.test.place.start.line),
            "passed": .bool(result.passed), "failures": .list(result.failures.map { .object(failure($0)) }),
        ]
    }

    private static func failure(_ failure: TestFailure) -> Object {
        [
            "message": .text(failure.message), "file": .text(orNull: failure.place?.file),
            "line": .number(failure.place?.start.line), "column": .number(failure.place?.start.column),
            "cause": failure.cause.map { cause in
                .object([
                    "message": .text(cause.message), "file": .text(cause.place.file),
                    "line": .number(cause.place.start.line),
                ])
            } ?? .null,
        ]
    }
}
